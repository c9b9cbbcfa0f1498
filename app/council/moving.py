"""Who comes and goes in the course of an evening: one order of the movements for the count, the refusals, the minutes.

What is noted at an item happened before its vote. Within an item the hours give the order; a movement without one stays
beside what is noted of the same person, else comes last.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from app.council.models import Attendance, MovementKind
from app.law.hours import is_past_midnight
from app.shared.clock import PARIS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from app.council.models import AgendaPoint, Meeting, Movement, Recusal, Seat

_DAY = 24 * 60
_LAST = 2 * _DAY


def convened_hour(meeting: Meeting) -> str:
    """The hour for which the council was convened."""
    return f"{meeting.starts_at.astimezone(PARIS):%H:%M}"


def minutes_into(meeting: Meeting, hour: str, opened: str = "") -> int:
    """Where an hour lies in the evening; after midnight it comes later than before. ``opened``: told otherwise."""
    hours, minutes = (int(part) for part in hour.split(":"))
    began = opened or meeting.opened_at or convened_hour(meeting)
    return hours * 60 + minutes + (_DAY if is_past_midnight(hour, began) else 0)


def in_order(meeting: Meeting) -> list[Movement]:
    """All movements of the evening as they happened."""
    places = {one.id: place for place, one in enumerate(meeting.points)}
    keys = {
        move.id: (places.get(move.point_id, -1), moment, move.id)
        for seat in meeting.seats
        for move, moment in _moments(meeting, seat)
    }
    return sorted((move for seat in meeting.seats for move in seat.movements), key=lambda move: keys[move.id])


def moves_at(meeting: Meeting, point: AgendaPoint) -> list[Movement]:
    """Who came and left before the vote of an item, as it happened."""
    return [move for move in in_order(meeting) if move.point_id == point.id]


def _moments(meeting: Meeting, seat: Seat) -> Iterator[tuple[Movement, int]]:
    """When each movement of one person happened; without an hour: with their one before at that item, else after."""
    for place, move in enumerate(seat.movements):
        before = [one.at for one in seat.movements[: place + 1] if one.point_id == move.point_id and one.at]
        later = [one.at for one in seat.movements[place:] if one.point_id == move.point_id and one.at]
        if move.at:
            yield move, minutes_into(meeting, move.at)
        elif before:
            yield move, max(minutes_into(meeting, hour) for hour in before)
        else:
            yield move, min((minutes_into(meeting, hour) for hour in later), default=_LAST)


def room_at(meeting: Meeting, point: AgendaPoint | None) -> frozenset[int]:
    """The seats of those in the room when an item is voted, withdrawn or not; without one, at the opening."""
    there = frozenset(seat.id for seat in meeting.seats if seat.attendance == Attendance.PRESENT)
    if point is None:
        return there
    places = {one.id: place for place, one in enumerate(meeting.points)}
    for move in in_order(meeting):
        if places.get(move.point_id, -1) > places[point.id]:
            break
        there = after(there, move)
    return there


def after(there: frozenset[int], move: Movement) -> frozenset[int]:
    """The room once somebody came or went."""
    return there | {move.seat_id} if move.kind == MovementKind.ARRIVAL else there - {move.seat_id}


def is_there(seat: Seat, meeting: Meeting, point: AgendaPoint | None) -> bool:
    """Whether a councillor is in the room when an item is voted, withdrawn or not."""
    return seat.id in room_at(meeting, point)


def vacant_at(meeting: Meeting, point: AgendaPoint | None) -> frozenset[int]:
    """The seats that fell vacant in the course of the meeting, up to an item; none at the opening."""
    if point is None:
        return frozenset()
    places = {one.id: place for place, one in enumerate(meeting.points)}
    return frozenset(
        move.seat_id
        for seat in meeting.seats
        for move in seat.movements
        if move.kind == MovementKind.VACANCY and places.get(move.point_id, -1) <= places[point.id]
    )


def vacated(meeting: Meeting) -> list[Seat]:
    """The seats that fell vacant in the course of the whole evening."""
    gone = vacant_at(meeting, meeting.points[-1] if meeting.points else None)
    return [seat for seat in meeting.seats if seat.id in gone]


def withdrawn_at(meeting: Meeting, point: AgendaPoint | None) -> list[Recusal]:
    """Who withdrew from an item; one who is of the council no more withdraws from nothing."""
    gone = vacant_at(meeting, point)
    return [one for one in point.recusals if one.seat_id not in gone] if point is not None else []


def in_office_at(meeting: Meeting, point: AgendaPoint | None) -> int:
    """How many members the council has at an item: as at the opening, less the seats that fell vacant since."""
    return (meeting.members_in_office or len(meeting.seats)) - len(vacant_at(meeting, point))


def has_been_there(meeting: Meeting, seat: Seat, move: Movement | None = None) -> bool:
    """Whether somebody was in the room before a movement of theirs, or so far: who arrives then comes back."""
    moves = [one for one in in_order(meeting) if one.seat_id == seat.id and one.kind != MovementKind.VACANCY]
    earlier = moves[: moves.index(move)] if move in moves else moves
    return seat.attendance == Attendance.PRESENT or bool(earlier)


def clashes(meeting: Meeting, seat: Seat) -> list[tuple[Movement | None, Movement]]:
    """The movements of one person that contradict the one before (None: the opening): out twice, in twice.

    Whoever leaves the council may do so from the room or from afar; nothing of that person comes after.
    """
    moves: Sequence[Movement | None] = [None, *(one for one in in_order(meeting) if one.seat_id == seat.id)]
    found: list[tuple[Movement | None, Movement]] = []
    is_in = seat.attendance == Attendance.PRESENT
    for before, move in pairwise(moves):
        if move is None:
            continue
        if before is not None and before.kind == MovementKind.VACANCY:
            found.append((before, move))
        if move.kind == MovementKind.VACANCY:
            continue
        arrives = move.kind == MovementKind.ARRIVAL
        if arrives == is_in and (before, move) not in found:
            found.append((before, move))
        is_in = arrives
    return found
