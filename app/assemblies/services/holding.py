"""Holding the assembly: who came, who gave a proxy, opening it, closing it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_ngettext as _ln

from app.assemblies import queries
from app.assemblies.course import HERE, ahead, course_of
from app.assemblies.models import (
    AssemblyAbsence,
    AssemblyKind,
    AssemblyProxy,
    Channel,
    ItemKind,
    Outcome,
    Presence,
    Status,
)
from app.assemblies.reckoning import room_at, undecided
from app.assemblies.services.alone import alone_on
from app.assemblies.services.calling import need
from app.assemblies.services.distance import carries_beyond, voted_for
from app.assemblies.services.keeping import votes_kept
from app.assemblies.services.proxies import beyond_limit, refusal
from app.assemblies.services.settling import statutes_for
from app.assemblies.services.telling import tell
from app.law.hours import is_past_midnight
from app.shared.clock import day_of
from app.shared.errors import DomainError
from app.shared.saying import full_day

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from sqlalchemy.orm import Session

    from app.assemblies.models import Assembly, AssemblyItem, AssemblySeat
    from app.assemblies.reckoning import Room
    from app.law.statutes import Statutes
    from app.shared.actor import Actor

_BEFORE = frozenset({Status.DRAFT, Status.CONVENED})
_AWAY = frozenset({Presence.EXCUSED, Presence.ABSENT})
_LIVE = frozenset({Status.DRAFT, Status.CONVENED, Status.OPEN})
_OVER = _l("La réunion est finie : ses présences et ses pouvoirs ne changent plus.")


class BadProxy(DomainError):
    """A proxy that cannot be used; the sentence names the clause."""


class NoQuorum(DomainError):
    """Too few are there for the statutes."""


class NotThere(DomainError):
    """Whoever presides, keeps the minutes or counts the votes is in the meeting."""


class CannotOpen(DomainError):
    """Something is missing before the assembly can begin, or end."""


@dataclass(frozen=True, kw_only=True)
class Roll:
    """What was noted on the sheet: presence by person, and who presides, writes, counts; 0 is nobody.

    Of what is None nothing was said: it stays, as do those who are not named.
    """

    presences: Mapping[int, Presence]
    president_id: int | None = None
    secretary_id: int | None = None
    teller_ids: frozenset[int] | None = None


def note_roll(session: Session, assembly: Assembly, roll: Roll, *, by: Actor, at: datetime) -> None:
    """Note who is there; those of whom nothing is said stay as they were.

    :raises ChangesVote: when it would change who was there for something voted already.
    :raises NotThere: when whoever presides, writes or counts is told to be away.
    """
    need(assembly, _LIVE, _OVER)
    with votes_kept(session, assembly):
        for seat in assembly.seats:
            before = _duties(seat)
            if seat.id in roll.presences:
                seat.presence = roll.presences[seat.id].value
            if roll.president_id is not None:
                seat.presides = seat.id == roll.president_id
            if roll.secretary_id is not None:
                seat.is_secretary = seat.id == roll.secretary_id
            if roll.teller_ids is not None:
                seat.is_teller = seat.id in roll.teller_ids
            if seat.presence in _AWAY and _duties(seat) != before:
                _require_there(seat)
    assembly.revision += 1
    session.flush()
    tell(session, "roll_noted", assembly, by=by, at=at, number=sum(seat.presence in HERE for seat in assembly.members))


def _duties(seat: AssemblySeat) -> tuple[str, bool, bool, bool]:
    return seat.presence, seat.presides, seat.is_secretary, seat.is_teller


def _require_there(seat: AssemblySeat) -> None:
    if seat.presence in HERE or not (seat.presides or seat.is_secretary or seat.is_teller):
        return
    raise NotThere(
        _l(
            "%(name)s n’est pas noté·e présent·e : qui préside, écrit le procès-verbal ou compte les voix est là, "
            "dans la salle ou à distance. Notez sa présence, ou choisissez quelqu’un d’autre.",
            name=seat.name,
        )
    )


def note_move(
    session: Session, seat: AssemblySeat, item: AssemblyItem, *, comes: bool, by: Actor, at: datetime
) -> None:
    """Note that somebody arrives, or leaves, before an item is dealt with; each as often as it happens.

    :raises ChangesVote: when it would change who was there for something voted already.
    :raises NotThere: when whoever presides, writes or counts would never have been there.
    """
    assembly = seat.assembly
    alone_on(session, assembly)
    need(assembly, {Status.OPEN}, _l("On note les arrivées et les départs une fois la réunion ouverte."))
    if item.assembly_id != assembly.id:
        raise CannotOpen(_l("Ce point est celui d’une autre réunion."))
    with votes_kept(session, assembly):
        (_come if comes else _leave)(session, seat, item)
    action = "came" if comes else "left"
    tell(session, action, assembly, by=by, at=at, title=item.title)


def _come(session: Session, seat: AssemblySeat, item: AssemblyItem) -> None:
    """Let somebody arrive or come back; back where they left, they never did."""
    left = _item(seat.assembly, seat.left_before_id)
    if seat.presence not in HERE:
        for out in [one for one in seat.assembly.absences if one.seat_id == seat.id]:
            seat.assembly.absences.remove(out)
            session.delete(out)
        seat.presence, seat.came_before_id, seat.left_before_id = Presence.PRESENT, item.id, None
    elif left is None:
        raise CannotOpen(_l("%(name)s est déjà là : on ne note que son départ.", name=seat.name))
    elif item.position < left.position:
        raise CannotOpen(_later(seat, left))
    else:
        seat.left_before_id = None
        if item is not left:
            out = AssemblyAbsence(seat_id=seat.id, left_before_id=left.id, back_before_id=item.id)
            seat.assembly.absences.append(out)


def _leave(session: Session, seat: AssemblySeat, item: AssemblyItem) -> None:
    """Let somebody leave; before the item at which they arrived or came back, they never did."""
    assembly = seat.assembly
    if seat.presence not in HERE or seat.left_before_id is not None:
        raise CannotOpen(_l("%(name)s n’est pas là : on ne note que son arrivée.", name=seat.name))
    out = next((one for one in reversed(assembly.absences) if one.seat_id == seat.id), None)
    came = _item(assembly, out.back_before_id if out is not None else seat.came_before_id)
    if came is None or item.position > came.position:
        seat.left_before_id = item.id
    elif item is not came:
        raise CannotOpen(_later(seat, came))
    elif out is not None:
        seat.left_before_id = out.left_before_id
        assembly.absences.remove(out)
        session.delete(out)
    else:
        seat.presence, seat.came_before_id = Presence.ABSENT, None
        _require_there(seat)


def _item(assembly: Assembly, number: int | None) -> AssemblyItem | None:
    return next((item for item in assembly.items if item.id == number), None)


def _later(seat: AssemblySeat, item: AssemblyItem) -> object:
    return _l(
        "Le dernier mouvement noté de %(name)s est avant « %(title)s » : choisissez ce point, ou un point qui suit.",
        name=seat.name,
        title=item.title,
    )


def give_proxy(  # noqa: PLR0913  # who, to whom, from where, how
    session: Session,
    assembly: Assembly,
    giver: AssemblySeat,
    holder: AssemblySeat,
    *,
    since: AssemblyItem | None = None,
    channel: Channel = Channel.PAPER,
    by: Actor,
    at: datetime,
) -> AssemblyProxy:
    """Note that somebody votes through somebody else: from the item told, else as soon as it can count.

    :raises BadProxy: when the statutes refuse it, with their clause.
    :raises ChangesVote: when it would change who was represented for something voted already.
    """
    alone_on(session, assembly)
    need(assembly, _LIVE, _OVER)
    statutes = queries.statutes_of(session, assembly, day_of(assembly.starts_at))
    course, is_own = course_of(assembly, statutes), channel == Channel.ELECTRONIC
    if since is not None and since.assembly_id != assembly.id:
        raise BadProxy(_l("Ce point est celui d’une autre réunion."), field="since")
    if assembly.status == Status.OPEN and not ahead(assembly):
        raise BadProxy(_l("Tout est déjà voté : un pouvoir ne servirait plus."), field="giver")
    since = since if since is not None and assembly.status == Status.OPEN else course.earliest(giver)
    if (fault := course.fault(giver, holder, since)) is not None:
        raise BadProxy(refusal(fault, giver, holder, statutes, is_own=is_own), field="holder")
    first = since.position if since is not None else 0
    left = [item for item in assembly.items if item.position >= first]
    if any(voice.seat_id == giver.id and voice.through_id is None for item in left for voice in item.voices):
        raise BadProxy(refusal("voted", giver, holder, statutes, is_own=is_own), field="giver")
    if any(voted_for(item, holder) and carries_beyond(item, holder, course, more=1) for item in left):
        raise BadProxy(refusal("too_many", giver, holder, statutes, is_own=is_own), field="holder")
    proxy = AssemblyProxy(
        assembly_id=assembly.id,
        giver=giver,
        holder=holder,
        from_item_id=since.id if since is not None else None,
        channel=channel.value,
        noted_at=at,
    )
    with votes_kept(session, assembly):
        assembly.proxies.append(proxy)
    if since is None:
        tell(session, "proxy_noted", assembly, by=by, at=at)
    else:
        tell(session, "proxy_noted_from", assembly, by=by, at=at, title=since.title)
    return proxy


def take_back_proxy(session: Session, proxy: AssemblyProxy, *, by: Actor, at: datetime) -> None:
    """Take a proxy back: one that served ends at the next item, and stays in the minutes.

    :raises BadProxy: when it ended already, or nothing is left to be voted.
    """
    assembly = proxy.assembly
    alone_on(session, assembly)
    need(assembly, _LIVE, _OVER)
    course, name = course_of(assembly, statutes_for(session, assembly)), proxy.giver.name
    if not course.has_served(proxy):
        with votes_kept(session, assembly):
            assembly.proxies.remove(proxy)
            session.delete(proxy)
        tell(session, "proxy_taken_back", assembly, by=by, at=at)
        return
    if not course.may_end(proxy):
        raise BadProxy(
            _l("Le pouvoir de %(giver)s a servi et a pris fin : il reste dans le procès-verbal.", giver=name)
        )
    first = ahead(assembly)[0]
    with votes_kept(session, assembly):
        proxy.until_item_id = first.id
    tell(session, "proxy_ended", assembly, by=by, at=at, title=first.title)


def open_assembly(session: Session, assembly: Assembly, opened_at: str, *, by: Actor, at: datetime) -> Room:
    """Open the assembly under the statutes of its day, which it keeps from now on.

    :raises NoQuorum: when too few are there; what is not recorded hinders nobody.
    :raises NotThere: when whoever presides is not noted as there.
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
    for seat in assembly.seats:
        if seat.presides:
            _require_there(seat)
    _keep_voters(assembly)
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


def _keep_voters(assembly: Assembly) -> None:
    """Write down who votes no more, being gone since they were called: what the lists tell later changes nothing."""
    why = _l("n’est plus membre") if assembly.is_of_members else _l("n’est plus en fonction")
    for seat in assembly.seats:
        if seat.may_vote and not seat.votes:
            seat.may_vote, seat.why_not = False, str(why)


def close_without_quorum(session: Session, assembly: Assembly, *, by: Actor, at: datetime) -> None:
    """Write down that the assembly met and could not deliberate."""
    need(assembly, _BEFORE, _l("La réunion est déjà ouverte, ou finie."))
    statutes = queries.statutes_of(session, assembly, day_of(assembly.starts_at))
    if room_at(assembly, statutes).attendance.may_deliberate:
        raise CannotOpen(
            _l("Le quorum n’est pas manqué d’après ce qui est noté : vérifiez les présences et les pouvoirs.")
        )
    _keep_voters(assembly)
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
    _check_end(assembly, closed_at, day_of(at))
    if not any(seat.is_secretary for seat in assembly.seats):
        raise CannotOpen(_l("Dites qui a écrit : le procès-verbal porte le nom de la ou du secrétaire de séance."))
    for seat in assembly.seats:
        _require_there(seat)
    for item in assembly.agenda:
        if item.kind == ItemKind.INFORMATION and not item.outcome and item.debate:
            item.outcome, item.decided_at = Outcome.NOTED, at
    assembly.status, assembly.closed_at, assembly.finished_at = Status.CLOSED, closed_at, at
    assembly.revision += 1
    session.flush()
    tell(session, "closed", assembly, by=by, at=at)


def _check_end(assembly: Assembly, closed_at: str, today: date) -> None:
    """Refuse an end before the beginning, and one of the next day as long as that has not come."""
    is_next = is_past_midnight(closed_at, assembly.opened_at)
    if not closed_at or closed_at >= assembly.opened_at or (is_next and today > day_of(assembly.starts_at)):
        return
    facts = {"opened": assembly.opened_at, "closed": closed_at}
    past = _l("La réunion est ouverte depuis %(opened)s : elle ne se clôt pas à %(closed)s. Corrigez l’heure.", **facts)
    ahead = _l("%(closed)s, c’est demain : closez la réunion quand elle finit, ou corrigez l’heure.", **facts)
    raise CannotOpen(ahead if is_next else past, field="closed")


def quorum_sentence(assembly: Assembly, statutes: Statutes, room: Room) -> object:
    """Say why the assembly cannot deliberate, with the clause where it is noted."""
    judged, asks = room.attendance, _who_asks(statutes)
    needed = _ln("%(num)s membre", "%(num)s membres", judged.needed or 0)
    if statutes.is_of_law("quorum"):
        needed = _ln("%(num)s fondateur", "%(num)s fondateurs", judged.needed or 0)
    if judged.standing == "unreachable":
        return _l(
            "%(asks)s %(needed)s ; %(entitled)s le droit de vote. Ce quorum ne peut pas "
            "être atteint : vérifiez ce qui est noté des statuts, ou la liste des membres.",
            asks=asks,
            needed=needed,
            entitled=_ln("%(num)s seulement a", "%(num)s seulement ont", room.entitled),
        )
    after = (
        _l("Constatez l’absence de quorum, puis convoquez une seconde fois.")
        if assembly.kind != AssemblyKind.FOUNDING
        else _l("Attendez du monde, ou fixez une autre date.")
    )
    said = _l(
        "%(asks)s %(needed)s ; %(counted)s. %(after)s",
        asks=asks,
        needed=needed,
        counted=_ln("%(num)s compte", "%(num)s comptent", judged.counted),
        after=after,
    )
    return _l("%(quorum)s %(beyond)s", quorum=said, beyond=beyond_limit(room, statutes)) if room.beyond else said


def _who_asks(statutes: Statutes) -> object:
    """« Les statuts (art. 9) demandent », or the law where no statutes are adopted yet."""
    clause = statutes.clause("quorum")
    if statutes.is_of_law("quorum"):
        return _l("La loi (%(clause)s) demande", clause=clause)
    return _l("Les statuts (%(clause)s) demandent", clause=clause) if clause else _l("Les statuts demandent")
