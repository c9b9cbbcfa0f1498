"""What the statutes say, in plain sentences."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from flask_babel import gettext as _
from flask_babel import ngettext

from app.assemblies.labels import MAJORITIES, MATTERS, TIES, VOTERS
from app.shared.clock import day_of
from app.shared.saying import full_day

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.assemblies.course import Course
    from app.assemblies.models import Assembly, StatutesRule
    from app.law.statutes import Statutes

_HUNDRED = 100
_DECIMALS = (100, 1_000, 10_000, 100_000)
"""The denominators of a percentage with up to three decimals."""


def lines_of(statutes: Statutes) -> list[tuple[str, str, str]]:
    """(what, what is said, clause); what is not recorded is said to be unknown with an empty text."""
    return [
        (quorum_label(statutes), _quorum(statutes), statutes.clause("quorum")),
        (_("Convocation"), _days(statutes.notice_days), statutes.clause("notice")),
        (_("Après une réunion sans quorum"), _second(statutes), statutes.clause("second")),
        (_("Pouvoirs"), _proxies(statutes), statutes.clause("proxies")),
        (_("Décisions ordinaires"), _majority(statutes.majority_ordinary), statutes.clause("majority")),
        (_("Modification des statuts"), *_weighty(statutes, "statutes")),
        (_("Dissolution"), *_weighty(statutes, "dissolution")),
        *_kept(statutes),
        (_("Voix prépondérante de la présidence"), _yes_no(statutes.casting_vote), statutes.clause("casting")),
        (_("Tours et égalité des élections"), _election(statutes), statutes.clause("election")),
        *_term(statutes),
        (_("Élections à bulletin secret"), _("oui") if statutes.clause("ballot") else "", statutes.clause("ballot")),
        (_("Qui vote"), str(VOTERS[statutes.voters]) if statutes.voters else "", statutes.clause("voters")),
        (_("Vote à distance"), _yes_no(statutes.remote_vote), statutes.clause("remote")),
    ]


def why_unknown(assembly: Assembly, rules: Sequence[StatutesRule], name: str) -> str:
    """Why something of the statutes is not known for an assembly; ``rules`` are all those of its body."""
    on, mine = day_of(assembly.starts_at), [one for one in rules if one.kind == assembly.kind]
    standing = next((one for one in mine if one.since <= on), None)
    if rules and not mine:
        return str(_("inconnu : rien n’est noté des statuts pour ce genre de réunion"))
    if not mine:
        return str(_("inconnu : les statuts ne sont pas notés"))
    if standing is None:
        since = full_day(mine[-1].since)
        return str(_("inconnu pour ce jour : ce qui est noté des statuts vaut depuis le %(day)s", day=since))
    if assembly.rules and getattr(standing, name) not in (None, ""):
        return str(_("inconnu quand la réunion s’est ouverte ; noté depuis, pour les suivantes"))
    return str(_("inconnu : ce qui est noté des statuts ne le dit pas"))


def quorum_said(assembly: Assembly, statutes: Statutes, rules: Sequence[StatutesRule], needed: int | None) -> str:
    """How many must be there; that it is not known yet as long as nobody is called."""
    if needed and statutes.quorum == "fraction" and not assembly.members:
        return str(_("pas encore connu : personne n’est encore appelé à voter"))
    if needed is not None:
        return str(needed or _("aucun n’est exigé"))
    return why_unknown(assembly, rules, "quorum")


def attendance_said(assembly: Assembly, course: Course) -> list[tuple[str, str]]:
    """How many are there and represented: at the opening, then from each item at which that changes."""
    found = [(0, len(course.presence[0]), len(course.counting(None)))]
    for number, item in enumerate(assembly.agenda, 1):
        now = len(course.presence[course.point(item)]), len(course.counting(item))
        if now != found[-1][1:]:
            found.append((number, *now))
    first = _("Présents et représentés à l’ouverture") if len(found) > 1 else _("Présents et représentés")
    return [
        (
            str(_("À partir du point %(number)s", number=number) if number else first),
            str(_("%(present)s et %(represented)s", present=present, represented=represented)),
        )
        for number, present, represented in found
    ]


def quorum_label(statutes: Statutes) -> str:
    """« Quorum », or founders: the law that lets people found an association knows no quorum (loi de 1901, art. 1)."""
    return str(_("Fondateurs qu’il faut au moins") if statutes.is_of_law("quorum") else _("Quorum"))


def _quorum(statutes: Statutes) -> str:
    match statutes.quorum:
        case "none":
            said = _("aucun quorum n’est exigé")
        case "number":
            if statutes.is_of_law("quorum"):
                return str(ngettext("%(num)s fondateur", "%(num)s fondateurs", statutes.quorum_number or 0))
            said = ngettext("%(num)s membre", "%(num)s membres", statutes.quorum_number or 0)
        case "fraction":
            share = share_said(statutes.quorum_numerator, statutes.quorum_denominator)
            if statutes.quorum_is_more_than:
                said = _("plus de %(share)s des membres", share=share)
            else:
                said = _("au moins %(share)s des membres", share=share)
        case _:
            return ""
    said = str(said)
    if statutes.quorum != "none" and statutes.quorum_counts_proxies is not None:
        counts = statutes.quorum_counts_proxies
        return f"{said}, {_('représentés compris') if counts else _('présents seulement')}"
    return said


def share_said(top: int | None, bottom: int | None) -> str:
    """« 1/4 », or « 66,6 % » where the statutes count in hundredths."""
    if top is None or bottom is None or bottom not in _DECIMALS:
        return f"{top}/{bottom}"
    number = f"{Decimal(top) * _HUNDRED / bottom:f}".replace(".", ",")
    return f"{number}\N{NO-BREAK SPACE}%"


def _days(days: int | None) -> str:
    if days is None:
        return ""
    return str(ngettext("%(num)s jour avant la réunion", "%(num)s jours avant la réunion", days))


def _second(statutes: Statutes) -> str:
    said = {"none": _("on délibère sans quorum"), "same": _("le même quorum")}.get(statutes.second_quorum, "")
    days = _days(statutes.second_notice_days)
    return ", ".join(part for part in (said, days) if part)


def _proxies(statutes: Statutes) -> str:
    number = statutes.proxies_per_person
    if number is None:
        return ""
    if not number:
        return str(_("aucun pouvoir n’est admis"))
    return str(_("%(number)s par personne au plus", number=number))


def _majority(code: str) -> str:
    return str(MAJORITIES[code]) if code else ""


def _kept(statutes: Statutes) -> list[tuple[str, str, str]]:
    """What only this assembly decides, and which elections another one keeps; nothing where nothing is noted."""
    lines = []
    if statutes.kept_here:
        said = ", ".join(str(label) for one, label in MATTERS.items() if one in statutes.kept_here)
        lines.append((_("Réservé à cette réunion"), said, statutes.clause("keeps")))
    for matter, label in (("board", _("Élection du conseil")), ("officers", _("Élection du bureau"))):
        if (told := _elsewhere(statutes, matter)) is not None:
            lines.append((label, *told))
    return lines


def _elsewhere(statutes: Statutes, matter: str) -> tuple[str, str] | None:
    """For which other assembly a matter is kept, and where that is written."""
    if statutes.is_reserved(matter):
        return str(_("réservée à une assemblée générale extraordinaire")), statutes.clause(f"reserved_{matter}")
    if f"members_{matter}" in statutes.clauses:
        return str(_("réservée à une assemblée des membres")), statutes.clause(f"members_{matter}")
    if f"board_{matter}" in statutes.clauses:
        return str(_("réservée au conseil d’administration")), statutes.clause(f"board_{matter}")
    return None


def _weighty(statutes: Statutes, decision: str) -> tuple[str, str]:
    kept = _elsewhere(statutes, decision)
    return kept or (_majority(statutes.majority(decision)), statutes.majority_clause(decision))


def _term(statutes: Statutes) -> list[tuple[str, str, str]]:
    """How long those elected hold office; nothing where nothing is noted."""
    if not statutes.mandate_years:
        return []
    said = str(ngettext("%(num)s an", "%(num)s ans", statutes.mandate_years))
    return [(_("Durée des mandats"), said, statutes.clause("term"))]


def _yes_no(value: bool | None) -> str:  # noqa: FBT001  # the value itself
    return "" if value is None else _("oui") if value else _("non")


def _election(statutes: Statutes) -> str:
    match statutes.absolute_rounds:
        case None:
            said = ""
        case 0:
            said = _("qui a le plus de voix est élu")
        case number:
            said = ngettext(
                "plus de la moitié des voix au premier tour, puis le plus de voix",
                "plus de la moitié des voix aux %(num)s premiers tours, puis le plus de voix",
                number,
            )
    tie = str(TIES[statutes.tie]) if statutes.tie else ""
    return " ; ".join(part for part in (said, _("à égalité, %(what)s", what=tie) if tie else "") if part)
