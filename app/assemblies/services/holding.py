"""Holding the assembly: who came, who gave a proxy, opening it, closing it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_ngettext as _ln

from app.assemblies import queries
from app.assemblies.models import (
    AssemblyKind,
    AssemblyProxy,
    Channel,
    ItemKind,
    Outcome,
    Presence,
    Status,
)
from app.assemblies.reckoning import HERE, room_at, undecided
from app.assemblies.services.alone import alone_on
from app.assemblies.services.calling import need
from app.assemblies.services.proxies import beyond_limit, refusal
from app.assemblies.services.telling import tell
from app.law import assembly as law
from app.shared.clock import day_of
from app.shared.errors import DomainError
from app.shared.saying import full_day

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlalchemy.orm import Session

    from app.assemblies.models import Assembly, AssemblyItem, AssemblySeat
    from app.assemblies.reckoning import Room
    from app.law.statutes import Statutes
    from app.shared.actor import Actor

_BEFORE = frozenset({Status.DRAFT, Status.CONVENED})
_LIVE = frozenset({Status.DRAFT, Status.CONVENED, Status.OPEN})
_OVER = _l("La réunion est finie : ses présences et ses pouvoirs ne changent plus.")


class BadProxy(DomainError):
    """A proxy that cannot be used; the sentence names the clause."""


class NoQuorum(DomainError):
    """Too few are there for the statutes."""


class CannotOpen(DomainError):
    """Something is missing before the assembly can begin, or end."""


@dataclass(frozen=True, kw_only=True)
class Roll:
    """What was noted on the sheet: presence by person, and who presides, writes, counts."""

    presences: Mapping[int, Presence]
    president_id: int = 0
    secretary_id: int = 0
    teller_ids: frozenset[int] = frozenset()


def note_roll(session: Session, assembly: Assembly, roll: Roll, *, by: Actor, at: datetime) -> None:
    """Note who is there; those of whom nothing is said stay as they were."""
    need(assembly, _LIVE, _OVER)
    for seat in assembly.seats:
        if seat.id in roll.presences:
            seat.presence = roll.presences[seat.id].value
        seat.presides = seat.id == roll.president_id
        seat.is_secretary = seat.id == roll.secretary_id
        seat.is_teller = seat.id in roll.teller_ids
    assembly.revision += 1
    session.flush()
    tell(session, "roll_noted", assembly, by=by, at=at, number=sum(seat.presence in HERE for seat in assembly.members))


def note_move(
    session: Session, seat: AssemblySeat, item: AssemblyItem, *, comes: bool, by: Actor, at: datetime
) -> None:
    """Note that somebody arrives, or leaves, before an item is dealt with."""
    need(seat.assembly, {Status.OPEN}, _l("On note les arrivées et les départs une fois la réunion ouverte."))
    if item.assembly_id != seat.assembly_id:
        raise CannotOpen(_l("Ce point est celui d’une autre réunion."))
    if comes:
        seat.presence, seat.came_before_id, seat.left_before_id = Presence.PRESENT, item.id, None
    else:
        seat.left_before_id = item.id
    session.flush()
    action = "came" if comes else "left"
    tell(session, action, seat.assembly, by=by, at=at, name=seat.name, title=item.title)


def give_proxy(
    session: Session,
    assembly: Assembly,
    giver: AssemblySeat,
    holder: AssemblySeat,
    *,
    channel: Channel = Channel.PAPER,
    by: Actor,
    at: datetime,
) -> AssemblyProxy:
    """Note that somebody votes through somebody else.

    :raises BadProxy: when the statutes refuse it, with their clause.
    """
    alone_on(session, assembly)
    need(assembly, _LIVE, _OVER)
    statutes = queries.statutes_of(session, assembly, day_of(assembly.starts_at))
    present = {seat.id for seat in assembly.seats if seat.presence in HERE}
    is_own = channel == Channel.ELECTRONIC
    fault = law.proxy_fault(
        law.Proxy(giver.id, holder.id),
        (law.Proxy(one.giver_id, one.holder_id) for one in assembly.proxies),
        entitled={seat.id for seat in assembly.members},
        limit=statutes.proxies_per_person,
        present=present if assembly.status == Status.OPEN else None,
    )
    if fault is None and giver.presence in HERE:
        fault = "giver_present"
    if fault is not None:
        raise BadProxy(refusal(fault, giver, holder, statutes, is_own=is_own), field="holder")
    if any(voice.seat_id == giver.id for item in assembly.items for voice in item.voices):
        raise BadProxy(refusal("voted", giver, holder, statutes, is_own=is_own), field="giver")
    proxy = AssemblyProxy(assembly_id=assembly.id, giver=giver, holder=holder, channel=channel.value, noted_at=at)
    assembly.proxies.append(proxy)
    session.flush()
    tell(session, "proxy_noted", assembly, by=by, at=at, giver=giver.name, holder=holder.name)
    return proxy


def take_back_proxy(session: Session, proxy: AssemblyProxy, *, by: Actor, at: datetime) -> None:
    """Take a proxy back."""
    assembly = proxy.assembly
    need(assembly, _LIVE, _OVER)
    name = proxy.giver.name
    assembly.proxies.remove(proxy)
    session.delete(proxy)
    session.flush()
    tell(session, "proxy_taken_back", assembly, by=by, at=at, giver=name)


def open_assembly(session: Session, assembly: Assembly, opened_at: str, *, by: Actor, at: datetime) -> Room:
    """Open the assembly under the statutes of its day, which it keeps from now on.

    :raises NoQuorum: when too few are there; what is not recorded hinders nobody.
    """
    need(assembly, _BEFORE, _l("La réunion est déjà ouverte, ou finie."))
    if day_of(assembly.starts_at) > day_of(at):
        raise CannotOpen(
            _l(
                "La réunion est prévue le %(day)s : elle ne s’ouvre pas avant. Vous pouvez déjà noter les pouvoirs.",
                day=full_day(day_of(assembly.starts_at)),
            )
        )
    if not any(seat.presides for seat in assembly.seats):
        raise CannotOpen(_l("Dites qui préside la réunion."), field="president")
    if not any(seat.presence in HERE for seat in assembly.members):
        raise CannotOpen(_l("Notez d’abord qui est là."))
    statutes = queries.statutes_of(session, assembly, day_of(assembly.starts_at))
    room = room_at(assembly, statutes)
    if not room.attendance.may_deliberate:
        raise NoQuorum(quorum_sentence(assembly, statutes, room))
    assembly.status, assembly.opened_at = Status.OPEN, opened_at
    assembly.rules = statutes.kept()
    assembly.revision += 1
    session.flush()
    tell(session, "opened", assembly, by=by, at=at, number=len(room.present))
    return room


def close_without_quorum(session: Session, assembly: Assembly, *, by: Actor, at: datetime) -> None:
    """Write down that the assembly met and could not deliberate."""
    need(assembly, _BEFORE, _l("La réunion est déjà ouverte, ou finie."))
    statutes = queries.statutes_of(session, assembly, day_of(assembly.starts_at))
    if room_at(assembly, statutes).attendance.may_deliberate:
        raise CannotOpen(
            _l("Le quorum n’est pas manqué d’après ce qui est noté : vérifiez les présences et les pouvoirs.")
        )
    assembly.rules = statutes.kept()
    assembly.status, assembly.finished_at = Status.NO_QUORUM, at
    assembly.revision += 1
    session.flush()
    tell(session, "no_quorum", assembly, by=by, at=at)


def close_assembly(session: Session, assembly: Assembly, closed_at: str, *, by: Actor, at: datetime) -> None:
    """Close the assembly once everything that is to be decided has an issue.

    It took note of an information only where somebody wrote down what was said of it.
    """
    need(assembly, {Status.OPEN}, _l("Seule une réunion ouverte se clôt."))
    if waiting := undecided(assembly):
        raise CannotOpen(
            _l(
                "« %(title)s » n’a pas d’issue : consignez le vote, ajournez le point ou retirez-le, puis recommencez.",
                title=waiting[0].title,
            )
        )
    if not any(seat.is_secretary for seat in assembly.seats):
        raise CannotOpen(_l("Dites qui a écrit : le procès-verbal porte le nom de la ou du secrétaire de séance."))
    for item in assembly.agenda:
        if item.kind == ItemKind.INFORMATION and not item.outcome and item.debate:
            item.outcome, item.decided_at = Outcome.NOTED, at
    assembly.status, assembly.closed_at, assembly.finished_at = Status.CLOSED, closed_at, at
    assembly.revision += 1
    session.flush()
    tell(session, "closed", assembly, by=by, at=at)


def quorum_sentence(assembly: Assembly, statutes: Statutes, room: Room) -> object:
    """Say why the assembly cannot deliberate, with the clause where it is noted."""
    judged, asks = room.attendance, _who_asks(statutes)
    needed = _ln("%(num)s membre", "%(num)s membres", judged.needed or 0)
    if statutes.is_of_law("quorum"):
        needed = _ln("%(num)s fondateur", "%(num)s fondateurs", judged.needed or 0)
    if judged.standing == "unreachable":
        return _l(
            "%(asks)s %(needed)s ; %(entitled)s seulement ont le droit de vote. Ce quorum ne peut pas "
            "être atteint : vérifiez ce qui est noté des statuts, ou la liste des membres.",
            asks=asks,
            needed=needed,
            entitled=room.entitled,
        )
    after = (
        _l("Constatez l’absence de quorum, puis convoquez une seconde fois.")
        if assembly.kind != AssemblyKind.FOUNDING
        else _l("Attendez du monde, ou fixez une autre date.")
    )
    said = _l(
        "%(asks)s %(needed)s ; %(counted)s comptent. %(after)s",
        asks=asks,
        needed=needed,
        counted=judged.counted,
        after=after,
    )
    return _l("%(quorum)s %(beyond)s", quorum=said, beyond=beyond_limit(room, statutes)) if room.beyond else said


def _who_asks(statutes: Statutes) -> object:
    """« Les statuts (art. 9) demandent », or the law where no statutes are adopted yet."""
    clause = statutes.clause("quorum")
    if statutes.is_of_law("quorum"):
        return _l("La loi (%(clause)s) demande", clause=clause)
    return _l("Les statuts (%(clause)s) demandent", clause=clause) if clause else _l("Les statuts demandent")
