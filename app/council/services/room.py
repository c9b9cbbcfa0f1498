"""Who is in the room at an item: who comes and goes, who withdraws, who presides it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l

from app.council.models import Movement, MovementKind, Recusal
from app.council.moving import clashes, is_there, vacant_at
from app.council.reckoning import standing_at
from app.council.services.hours import moved_at, require_no_clash
from app.council.services.meetings import BadMeeting
from app.council.services.proxies import end_proxies, give_proxies_back
from app.council.services.settled import require_evening, require_same_votes, require_unvoted, votes_so_far
from app.council.services.telling import tell_meeting
from app.council.services.vacating import give_back

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from app.council.models import AgendaPoint, Meeting, Seat
    from app.shared.actor import Actor


def note_movement(  # who, how, when
    session: Session,
    point: AgendaPoint,
    seat: Seat,
    hour: str,
    *,
    kind: MovementKind | None = None,
    by: Actor,
    at: datetime,
) -> Movement:
    """Somebody comes in, or goes out, before the vote of this item; untold, ``kind`` follows from where they are.

    Whoever leaves the council for good is from then on neither absent nor represented: there is one member less.

    :raises BadMeeting: when it contradicts what is noted of the same person: out twice, in twice.
    """
    meeting = point.meeting
    require_evening(meeting)
    require_unvoted(point)
    before = votes_so_far(meeting)
    if seat.meeting_id != meeting.id:
        raise BadMeeting(_l("Cette personne n’est pas de ce conseil."))
    if kind is None:
        kind = MovementKind.DEPARTURE if is_there(seat, meeting, point) else MovementKind.ARRIVAL
    clashed = set(clashes(meeting, seat))
    move = Movement(seat_id=seat.id, point_id=point.id, kind=kind, at=moved_at(meeting, point, hour))
    session.add(move)
    end_proxies(meeting, seat, kind, point)
    session.flush()
    session.refresh(seat, ["movements"])
    require_same_votes(meeting, before)
    require_no_clash(meeting, seat, clashed)
    _require_none_withdrawn(meeting, seat)
    tell_meeting(session, "council.recorded", meeting, by=by, at=at)
    return move


def _require_none_withdrawn(meeting: Meeting, seat: Seat) -> None:
    """Who is of the council no more withdraws from nothing: neither in the room nor among its members.

    :raises BadMeeting: naming the item.
    """
    for point in meeting.agenda:
        if seat.id in vacant_at(meeting, point) and any(one.seat_id == seat.id for one in point.recusals):
            raise BadMeeting(
                _l(
                    "%(name)s est noté·e comme se retirant du point « %(title)s », où cette personne ne serait plus "
                    "membre du conseil. Rien n’est enregistré : effacez d’abord ce déport, ou notez la vacance plus "
                    "tard.",
                    name=seat.name,
                    title=point.title,
                )
            )


def erase_movement(session: Session, move: Movement, *, by: Actor, at: datetime) -> None:
    """Take back an arrival or a departure that was noted by mistake, as long as nothing was voted since.

    :raises BadMeeting: when what is left of the same person would contradict itself.
    """
    seat, meeting, kind = move.seat, move.seat.meeting, MovementKind(move.kind)
    point = next((one for one in meeting.points if one.id == move.point_id), None)
    require_evening(meeting)
    order = {one.id: place for place, one in enumerate(meeting.points)}
    since = [one for one in meeting.points if order[one.id] >= order.get(move.point_id, 0)]
    for later in since:
        require_unvoted(later)
    clashed = set(clashes(meeting, seat))
    session.delete(move)
    session.flush()
    session.refresh(seat, ["movements"])
    if point is not None:
        give_proxies_back(meeting, seat, kind, point)
    require_no_clash(meeting, seat, clashed)
    give_back(session, meeting, seat, by=by, at=at)
    tell_meeting(session, "council.recorded", meeting, by=by, at=at)


def note_recusal(  # one person and how they withdraw
    session: Session,
    point: AgendaPoint,
    seat: Seat,
    reason: str,
    *,
    is_delegate: bool = False,
    by: Actor,
    at: datetime,
) -> Recusal:
    """Somebody withdraws from an item: neither debate nor vote, no proxy given or held; the quorum is counted anew."""
    require_evening(point.meeting)
    require_unvoted(point)
    if seat.meeting_id != point.meeting_id:
        raise BadMeeting(_l("Cette personne n’est pas de ce conseil."))
    if seat.id in vacant_at(point.meeting, point):
        raise BadMeeting(
            _l(
                "%(name)s n’est plus membre du conseil à ce point et ne s’en retire donc pas. Si c’est une erreur, "
                "effacez d’abord ce mouvement.",
                name=seat.name,
            ),
            field="recused",
        )
    if any(one.seat_id == seat.id for one in point.recusals):
        raise BadMeeting(_l("Le déport de %(name)s est déjà noté.", name=seat.name))
    recusal = Recusal(point_id=point.id, seat_id=seat.id, reason=reason.strip()[:300], is_delegate=is_delegate)
    session.add(recusal)
    session.flush()
    session.refresh(point, ["recusals"])
    tell_meeting(session, "council.recorded", point.meeting, by=by, at=at)
    return recusal


def erase_recusal(session: Session, recusal: Recusal, *, by: Actor, at: datetime) -> None:
    """Take back a withdrawal that was noted by mistake, as long as the item is not voted."""
    point = recusal.point
    require_evening(point.meeting)
    require_unvoted(point)
    session.delete(recusal)
    session.flush()
    session.refresh(point, ["recusals"])
    tell_meeting(session, "council.recorded", point.meeting, by=by, at=at)


def elect_chair(session: Session, point: AgendaPoint, seat: Seat | None, *, by: Actor, at: datetime) -> None:
    """Note who the council elected to preside an item, in the place of the mayor (CGCT, L2121-14); None: nobody.

    :raises BadMeeting: for somebody who is not in the room.
    """
    require_evening(point.meeting)
    require_unvoted(point)
    _require_in_the_room(point, seat, field="chair")
    point.chair_id = seat.id if seat is not None else None
    session.flush()
    tell_meeting(session, "council.recorded", point.meeting, by=by, at=at)


def replace_secretary(session: Session, point: AgendaPoint, seat: Seat | None, *, by: Actor, at: datetime) -> None:
    """Note who keeps the minutes from an item on, in the place of a secretary who left; None: nobody new.

    An item that is voted takes it too: no vote depends on it.

    :raises BadMeeting: for somebody who is not in the room.
    """
    require_evening(point.meeting)
    _require_in_the_room(point, seat, field="secretary")
    point.secretary_id = seat.id if seat is not None else None
    session.flush()
    tell_meeting(session, "council.recorded", point.meeting, by=by, at=at)


def _require_in_the_room(point: AgendaPoint, seat: Seat | None, *, field: str) -> None:
    """Who takes a charge at an item is there and did not withdraw; None: nobody takes it."""
    if seat is not None and seat not in standing_at(point.meeting, point).present:
        raise BadMeeting(
            _l(
                "%(name)s n’est pas dans la salle à ce point\N{NO-BREAK SPACE}: choisissez une personne présente, qui "
                "ne s’est pas retirée.",
                name=seat.name,
            ),
            field=field,
        )
