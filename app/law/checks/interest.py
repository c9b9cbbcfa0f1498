"""C18: a councillor with an interest in the item (CGCT L2131-11; L1111-6; code pénal 432-12)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.law import tables
from app.law.findings import broken, check, disputed, ok, unknown
from app.law.words import counted, listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.law.findings import Finding
    from app.law.situation import Situation
    from app.law.vocabulary.item import AgendaItem, Interested
    from app.law.vocabulary.meeting import Meeting

_LEADING = {"president", "vice_president", "treasurer", "secretary", "board_member", "employee"}
_TAKING_PART = {
    "presided": "présider",
    "reported": "rapporter",
    "prepared": "préparer le dossier",
    "debated": "débattre",
    "voted": "voter",
    "gave_proxy": "donner procuration",
    "held_proxy": "voter pour un autre",
}
_ADVICE = (
    "Se retirer : ni rapport, ni préparation, ni débat, ni vote, ni procuration ; quitter la salle ; le noter au "
    "procès-verbal."
)


@check("C18")
def interested(situation: Situation) -> Iterator[Finding]:
    """Advise the withdrawal of those who lead the body concerned."""
    for index, item in enumerate(situation.items):
        for place, one in enumerate(item.interested or ()):
            yield _judge(situation, item, one, f"items[{index}].interested[{place}]")
        if item.interested == ():
            yield ok(_none_told(item), at=f"items[{index}]")


def _none_told(item: AgendaItem) -> str:
    """Nobody told as interested; who withdrew all the same had a reason of their own."""
    gone = item.withdrawn
    if isinstance(gone, int) and gone:
        return f"{counted(gone, 'conseiller')} en retrait."
    return f"En retrait : {listed(gone)}." if isinstance(gone, tuple) and gone else "Aucun conseiller intéressé."


def _judge(situation: Situation, item: AgendaItem, one: Interested, at: str) -> Finding:
    name, conduct = one.name or "Ce conseiller", _conduct(item, one, situation.meeting)
    acts = [word for key, word in _TAKING_PART.items() if key in (conduct or ())]
    if conduct and "left" in conduct and not acts:
        return ok(f"{name} s'est retiré.", at=at)
    if one.like_name_only or (one.office is None and not one.paid and not one.designated_by_commune):
        return _who_is_it(one, name, at)
    if one.office in {"member", "none"} and not one.paid:
        return ok(f"{name} n'est que simple membre : pour information, rien n'oblige au retrait.", at=at)
    if conduct is None:
        return unknown(f"{name} : dites s'il s'est retiré. {_ADVICE}", f"{at}.conduct", at=at)
    return _took_part(one, name, acts, at) if acts else _present_or_left(situation, name, conduct, at)


def _who_is_it(one: Interested, name: str, at: str) -> Finding:
    """Ask what nobody told: whether a like name is the same person, what office they hold."""
    if not one.like_name_only:
        return unknown(f"{name} : donnez sa fonction dans l'organisme concerné.", f"{at}.office", at=at)
    return unknown(
        f"{name} porte le nom d'un membre du bureau ({one.body or 'organisme concerné'}) : dites si c'est la même "
        f"personne. Si oui : {_ADVICE[:1].lower()}{_ADVICE[1:]}",
        f"{at}.like_name_only",
        at=at,
    )


def _took_part(one: Interested, name: str, acts: list[str], at: str) -> Finding:
    if one.designated_by_commune and one.paid is False:
        return disputed(
            f"{name} y siège au nom de la commune (L1111-6, droit récent et discuté) ; prudence : ne pas "
            f"{' ni '.join(acts)}. {_ADVICE}",
            at=at,
        )
    return broken(f"{name} a un intérêt à l'affaire et n'aurait pas dû {' ni '.join(acts)}. {_ADVICE}", at=at)


def _present_or_left(situation: Situation, name: str, conduct: set[str], at: str) -> Finding:
    if "left" in conduct or "stayed" not in conduct:
        return ok(f"{name} s'est retiré.", at=at)
    rule = tables.figure("presence_vaut_participation", situation.law_day)
    if rule and rule.value:
        return broken(
            f"{name} est resté dans la salle : avant le 24 décembre 2025, cela peut valoir participation.", at=at
        )
    return ok(
        f"{name} est resté sans prendre part : la seule présence ne vaut plus participation (loi 2025-1249) ; "
        "prudence : quitter la salle.",
        at=at,
    )


def _conduct(item: AgendaItem, one: Interested, meeting: Meeting) -> set[str] | None:
    """What he did: told, read from those withdrawn by name, from the names of the ballot, from the proxies."""
    found = set(one.conduct or ())
    if one.name:
        if isinstance(item.withdrawn, tuple) and one.name in item.withdrawn:
            found.add("left")
        if item.vote and item.vote.names and item.vote.names.get(one.name, "none") != "none":
            found.add("voted")
        told = item.proxies
        if told is None and "left" not in found:
            told = meeting.proxies  # those of the meeting hold for each item, unless he withdrew
        for proxy in told if isinstance(told, tuple) else ():
            found |= {"gave_proxy"} if proxy.giver == one.name else set()
            found |= {"held_proxy"} if proxy.holder == one.name else set()
    return found if found or one.conduct is not None else None
