"""Why a proxy is refused, or counts for nothing: said to whoever holds the sheet, or to whoever gives it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_ngettext as _ln

from app.assemblies.models import Status

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.assemblies.course import Course
    from app.assemblies.models import AssemblyProxy, AssemblySeat
    from app.assemblies.reckoning import Room
    from app.law import assembly as law
    from app.law.carrying import Carried
    from app.law.statutes import Statutes

    Refused = law.Fault | Literal["voted"]


def refusal(fault: Refused, giver: AssemblySeat, holder: AssemblySeat, statutes: Statutes, *, is_own: bool) -> object:
    """Say it; ``is_own``: to the person who gives the proxy, else to whoever notes it."""
    if fault == "too_many":
        return _too_many(giver, holder, statutes, is_own=is_own)
    names = {"giver": giver.name, "holder": holder.name}
    return (_to_giver if is_own else _to_office)(fault, names)


def beyond_limit(room: Room, statutes: Statutes) -> object:
    """Which proxies the statutes leave uncounted, and what can be done; nothing is said where there are none."""
    if not room.beyond:
        return ""
    who = ", ".join(
        str(_l("celui de %(giver)s à %(holder)s", giver=one.giver.name, holder=one.holder.name)) for one in room.beyond
    )
    if not statutes.proxies_per_person:
        return _l(
            "%(where)s n’admettent aucun pouvoir ; ne comptent pas : %(who)s.", where=_where(statutes, _THEM), who=who
        )
    facts = {"where": _where(statutes, _THEM), "limit": _limit(statutes), "who": who}
    if room.beyond[0].assembly.finished_at is not None:
        return _l(
            "%(where)s permettent %(limit)s par personne ; ne comptent pas, notés en dernier : %(who)s.",
            **facts,
        )
    return _l(
        "%(where)s permettent %(limit)s par personne ; ne comptent pas, notés en dernier : %(who)s. "
        "Retirez-les, puis notez-les pour d’autres personnes présentes.",
        **facts,
    )


@dataclass(frozen=True)
class Line:
    """A proxy as the sheet shows it: whether it counts and from where to where, and what can be done with it."""

    proxy: AssemblyProxy
    counts: bool
    said: str
    action: Literal["", "take_back", "end"]


def in_order(course: Course) -> list[tuple[AssemblyProxy, Carried]]:
    """Every proxy noted with what becomes of it, in the order of the opening and of the items."""
    return sorted(course.carried, key=lambda row: (row[1].given.since, row[0].id))


def lines_of(course: Course, rows: Iterable[tuple[AssemblyProxy, Carried]]) -> list[Line]:
    """Some of the proxies noted, as the sheet shows them."""
    return [Line(proxy, _counts(fate), _fate_said(course, proxy, fate), _action(course, proxy)) for proxy, fate in rows]


def _counts(fate: Carried) -> bool:
    return fate.counts_from is not None and not fate.is_aside


def _action(course: Course, proxy: AssemblyProxy) -> Literal["", "take_back", "end"]:
    if not course.has_served(proxy):
        return "take_back"
    return "end" if course.may_end(proxy) else ""


def _fate_said(course: Course, proxy: AssemblyProxy, fate: Carried) -> str:
    giver, holder = proxy.giver, proxy.holder
    if not holder.votes:
        return str(_l("ne compte plus : %(holder)s ne vote pas à cette réunion", holder=holder.name))
    if fate.is_aside:
        return str(_l("ne compte pas : un pouvoir de trop"))
    if fate.counts_from is not None:
        first, last = course.span(fate)
        since = str(_l("à partir du point %(number)s", number=first)) if first else ""
        return ", ".join(filter(None, (f"{_l('compte')} {since}".strip(), _end_said(proxy, fate, last))))
    ended = {
        "giver_came": _l("ne compte pas : %(giver)s est là", giver=giver.name),
        "taken_back": _l("ne compte pas : retiré"),
    }
    if fate.why in ended:
        return str(ended[fate.why])
    if holder.presence or course.assembly.status == Status.OPEN:
        return str(_l("ne compte pas : %(holder)s n’est pas là", holder=holder.name))
    return ""


def _end_said(proxy: AssemblyProxy, fate: Carried, number: int) -> str:
    if not number:
        return ""
    facts = {"number": number, "giver": proxy.giver.name, "holder": proxy.holder.name}
    match fate.why:
        case "giver_came":
            return str(_l("jusqu’à l’arrivée de %(giver)s avant le point %(number)s", **facts))
        case "holder_left":
            return str(_l("jusqu’au départ de %(holder)s avant le point %(number)s", **facts))
        case _:
            return str(_l("jusqu’à son retrait avant le point %(number)s", **facts))


_THEM = _l("Les statuts")


def _where(statutes: Statutes, plain: object) -> object:
    clause = statutes.clause("proxies")
    return _l("%(statutes)s (%(clause)s)", statutes=plain, clause=clause) if clause else plain


def _limit(statutes: Statutes) -> object:
    return _ln("%(num)s pouvoir", "%(num)s pouvoirs", statutes.proxies_per_person or 0)


def _too_many(giver: AssemblySeat, holder: AssemblySeat, statutes: Statutes, *, is_own: bool) -> object:
    if not statutes.proxies_per_person:
        where = _where(statutes, _THEM)
        if is_own:
            return _l("%(where)s n’admettent aucun pouvoir : venez, ou excusez-vous.", where=where)
        return _l(
            "%(where)s n’admettent aucun pouvoir : %(giver)s vient, ou ne vote pas.", where=where, giver=giver.name
        )
    limit = statutes.proxies_per_person
    facts = {"where": _where(statutes, _l("les statuts")), "holder": holder.name, "giver": giver.name}
    too_many = _ln(
        "C’est un pouvoir de trop : %(where)s permettent %(num)s pouvoir par personne, et %(holder)s le porte déjà.",
        "C’est un pouvoir de trop : %(where)s permettent %(num)s pouvoirs par personne, et %(holder)s les porte déjà.",
        limit,
        **facts,
    )
    if is_own:
        return _l("%(why)s Choisissez quelqu’un d’autre.", why=too_many)
    return _l("%(why)s Demandez à %(giver)s de choisir quelqu’un d’autre.", why=too_many, giver=giver.name)


def _to_office(fault: Refused, names: dict[str, str]) -> object:  # noqa: PLR0911  # one sentence for each fault
    match fault:
        case "voted":
            return _l("%(giver)s a déjà voté à distance : une personne, une voix. Pas de pouvoir en plus.", **names)
        case "to_oneself":
            return _l("Personne ne se donne pouvoir à soi-même : choisissez deux personnes.")
        case "given_twice":
            return _l("%(giver)s a déjà donné pouvoir. Retirez d’abord le premier.", **names)
        case "holder_gave":
            return _l(
                "%(holder)s a donné son propre pouvoir à quelqu’un d’autre et ne peut donc pas en porter un : "
                "choisissez une autre personne.",
                **names,
            )
        case "giver_holds":
            return _l(
                "%(giver)s porte le pouvoir de quelqu’un, qui serait perdu : retirez d’abord ce pouvoir-là, "
                "puis redonnez-le à une autre personne.",
                **names,
            )
        case "giver_present":
            return _l(
                "%(giver)s est là et vote en personne : son pouvoir n’est pas utile. En cas de départ, notez d’abord "
                "le départ, puis le pouvoir.",
                **names,
            )
        case "holder_absent":
            return _l("%(holder)s n’est pas noté présent : son vote ne peut pas porter un pouvoir.", **names)
        case _:
            return _l("Un pouvoir va d’un membre qui vote à un autre membre qui vote.")


def _to_giver(fault: Refused, names: dict[str, str]) -> object:
    match fault:
        case "voted":
            return _l("Vous avez déjà voté à distance : une personne, une voix. Pas de pouvoir en plus.")
        case "to_oneself":
            return _l("On ne se donne pas pouvoir à soi-même : choisissez quelqu’un d’autre.")
        case "giver_holds":
            return _l(
                "Vous portez le pouvoir de quelqu’un, qui serait perdu : venez, ou demandez d’abord à cette personne "
                "d’en choisir une autre."
            )
        case "holder_gave":  # to whom somebody else gave theirs is nobody's business
            return _l("%(holder)s ne peut pas porter votre pouvoir : choisissez une autre personne, ou venez.", **names)
        case "giver_present":
            return _l("Vous êtes déjà noté·e comme présent·e : adressez-vous à qui tient la feuille de présence.")
        case _:
            return _to_office(fault, names)
