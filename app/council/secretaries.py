"""Who keeps the minutes at each item: whoever the council named at the opening, and who took over when they left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.council.models import MeetingStatus
from app.council.reckoning import standing_at

if TYPE_CHECKING:
    from app.council.models import AgendaPoint, Meeting, Seat


def named_secretaries(meeting: Meeting) -> list[Seat]:
    """All who kept the minutes, in their order: each of them signs (CGCT, L2121-23)."""
    seats = {seat.id: seat for seat in meeting.seats}
    taken_over = [seats[one.secretary_id] for one in meeting.agenda if one.secretary_id in seats]
    return list(dict.fromkeys([*(seat for seat in meeting.seats if seat.is_secretary), *taken_over]))


def secretary_at(meeting: Meeting, point: AgendaPoint) -> Seat | None:
    """The last one named who is in the room and takes part in this item; None: nobody keeps the minutes."""
    there = {seat.id for seat in standing_at(meeting, point).present}
    return next((seat for seat in reversed(_named_by(meeting, point)) if seat.id in there), None)


def secretary_before(meeting: Meeting, point: AgendaPoint) -> Seat | None:
    """Who last kept the minutes until this item."""
    kept = (secretary_at(meeting, one) for one in reversed(_earlier(meeting, point)))
    return next((seat for seat in kept if seat is not None), _first_named(meeting))


def resumes_at(meeting: Meeting, point: AgendaPoint) -> Seat | None:
    """Who takes the minutes up again at this item, named earlier and back in the room; None: nobody does."""
    if point.secretary_id is not None:
        return None
    earlier = _earlier(meeting, point)
    last = secretary_at(meeting, earlier[-1]) if earlier else _first_named(meeting)
    keeper = secretary_at(meeting, point)
    return keeper if keeper is not last else None


def items_without(meeting: Meeting) -> list[AgendaPoint]:
    """The items of an evening at which nobody keeps the minutes, though somebody was named: it is noted while open."""
    if meeting.status != MeetingStatus.OPEN or not any(seat.is_secretary for seat in meeting.seats):
        return []
    return [point for point in meeting.agenda if secretary_at(meeting, point) is None]


def _earlier(meeting: Meeting, point: AgendaPoint) -> list[AgendaPoint]:
    agenda = list(meeting.agenda)
    return agenda[: agenda.index(point)] if point in agenda else []


def _first_named(meeting: Meeting) -> Seat | None:
    return next((seat for seat in meeting.seats if seat.is_secretary), None)


def _named_by(meeting: Meeting, point: AgendaPoint) -> list[Seat]:
    """Those named at the opening or up to an item, in their order."""
    agenda = meeting.agenda
    until = agenda[: agenda.index(point) + 1] if point in agenda else []
    seats = {seat.id: seat for seat in meeting.seats}
    named = [seat for seat in meeting.seats if seat.is_secretary]
    return [*named, *(seats[one.secretary_id] for one in until if one.secretary_id in seats)]
