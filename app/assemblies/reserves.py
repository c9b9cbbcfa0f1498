"""What is said where a meeting votes on something that the statutes keep for another one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask_babel import gettext as _

from app.assemblies.labels import MAJORITIES
from app.assemblies.models import AssemblyKind, Outcome
from app.assemblies.reckoning import first_officers, misplaced, reserve_of
from app.law.statutes import Statutes

if TYPE_CHECKING:
    from app.assemblies.models import Assembly, AssemblyItem
    from app.law.statutes import Reserve

_SETTLED = frozenset({Outcome.ADOPTED, Outcome.ELECTED})


@dataclass(frozen=True, kw_only=True)
class Reservation:
    """What an item's page says of it; ``calls``: the kind of assembly to call for it, ``is_noted``: it is voted."""

    item_id: int
    title: str
    who: str
    what: str
    calls: AssemblyKind | None
    is_noted: bool


def reservations(assembly: Assembly, statutes: Statutes) -> list[Reservation]:
    """Everything of an agenda that another assembly should settle, or that nobody knows who settles."""
    if (item := first_officers(assembly, statutes)) is not None:
        return [_founders_told(item, statutes)]
    return [_told(item, reserve, statutes) for item, reserve in misplaced(assembly, statutes)]


def _founders_told(item: AssemblyItem, statutes: Statutes) -> Reservation:
    """At the foundation it is usual, and nobody contests it; who wants to follow the statutes to the letter may."""
    return Reservation(
        item_id=item.id,
        title=str(_("Le bureau est élu par le conseil, d’après les statuts à adopter.")),
        who=str(_("Statuts, %(clause)s.", clause=statutes.clause("board_officers"))),
        what=founders_counsel(),
        calls=None,
        is_noted=False,
    )


def founders_counsel() -> str:
    """What founders may do to keep to the letter of their own statutes."""
    return str(
        _(
            "À la fondation, il est d’usage que l’assemblée pourvoie ces fonctions, et le procès-verbal le dit. Pour "
            "suivre l’article à la lettre : élisez les membres du conseil d’administration, qui élit aussitôt son "
            "bureau."
        )
    )


def doubts(assembly: Assembly) -> list[str]:
    """What makes the changes of an assembly unsure, for whoever declares them."""
    found = misplaced(assembly, Statutes.read(assembly.rules))
    return list(dict.fromkeys(keeper_said(reserve) for item, reserve in found if item.outcome in _SETTLED))


def unsure_of(item: AssemblyItem) -> str:
    """The reserve under which a result was noted, as the statutes were on its evening; nothing where there is none."""
    reserve = reserve_of(item, Statutes.read(item.assembly.rules))
    return keeper_said(reserve) if reserve is not None else ""


def keeper_said(reserve: Reserve) -> str:
    """For whom the statutes keep it, in one sentence."""
    where = {"clause": reserve.clause}
    match reserve.keeper:
        case "extraordinary" if reserve.clause:
            said = _("Les statuts (%(clause)s) réservent ce vote à une assemblée générale extraordinaire.", **where)
        case "extraordinary":
            said = _("Les statuts réservent ce vote à une assemblée générale extraordinaire.")
        case "members" if reserve.clause:
            said = _("Les statuts (%(clause)s) réservent ce vote à une assemblée des membres.", **where)
        case "members":
            said = _("Les statuts réservent ce vote à une assemblée des membres.")
        case "board" if reserve.clause:
            said = _("Les statuts (%(clause)s) réservent ce vote au conseil d’administration.", **where)
        case "board":
            said = _("Les statuts réservent ce vote au conseil d’administration.")
        case _:
            said = _(
                "Rien n’est noté de qui décide cela d’après les statuts ; d’usage, c’est une assemblée des membres."
            )
    return str(said)


def _told(item: AssemblyItem, reserve: Reserve, statutes: Statutes) -> Reservation:
    titles = {
        "extraordinary": _("« %(title)s » relève d’une assemblée générale extraordinaire.", title=item.title),
        "members": _("« %(title)s » relève d’une assemblée des membres.", title=item.title),
        "board": _("« %(title)s » relève du conseil d’administration.", title=item.title),
        "unknown": _("« %(title)s » : qui en décide n’est pas noté.", title=item.title),
    }
    calls = {"extraordinary": AssemblyKind.EXTRAORDINARY, "members": AssemblyKind.ORDINARY, "board": AssemblyKind.BOARD}
    return Reservation(
        item_id=item.id,
        title=str(titles[reserve.keeper]),
        who=_who(item, reserve, statutes),
        what=str(_what(item, reserve, has_majority=bool(statutes.majority(item.decision)))),
        calls=calls.get(reserve.keeper),
        is_noted=bool(item.outcome),
    )


def _who(item: AssemblyItem, reserve: Reserve, statutes: Statutes) -> str:
    """Who settles it, with the majority that it takes there."""
    code = statutes.majority(item.decision)
    if reserve.keeper != "extraordinary" or not reserve.settles or not code:
        return keeper_said(reserve)
    majority = MAJORITIES[code]
    if reserve.clause:
        return str(
            _(
                "Les statuts (%(clause)s) réservent cette décision à une assemblée convoquée pour cela, à cette "
                "majorité : %(majority)s.",
                clause=reserve.clause,
                majority=majority,
            )
        )
    return str(
        _(
            "Les statuts réservent cette décision à une assemblée convoquée pour cela, à cette majorité : "
            "%(majority)s.",
            majority=majority,
        )
    )


def _what(item: AssemblyItem, reserve: Reserve, *, has_majority: bool) -> object:
    """What a vote here is worth, before it and after it."""
    if item.outcome == Outcome.PROPOSED:
        return _(
            "Ce vote est une proposition : rien ne change et rien ne se déclare tant que l’assemblée n’a pas voté."
        )
    if item.outcome in _SETTLED:
        return _("Le résultat est noté sous cette réserve : il peut être contesté.")
    if not reserve.settles:
        return _("Un vote ici ne sera qu’une proposition à l’assemblée : il ne change rien par lui-même.")
    return _counsel(reserve, has_majority=has_majority)


def _counsel(reserve: Reserve, *, has_majority: bool) -> object:
    """What to do before a vote that counts, and could be contested."""
    if reserve.keeper == "unknown":
        return _("Notez d’abord ce que disent vos statuts : un vote ici pourrait être contesté.")
    if reserve.keeper == "board":
        return _(
            "L’assemblée élit les membres du conseil, puis le conseil élit en son sein. Changez la fonction à "
            "pourvoir, ou retirez ce point : un vote ici pourrait être contesté."
        )
    if not has_majority:
        return _("Convoquez cette assemblée, ou retirez ce point : un vote ici pourrait être contesté.")
    return _(
        "Convoquez une assemblée extraordinaire, ou retirez ce point. Un vote ici se compterait à cette "
        "majorité, et pourrait être contesté."
    )
