"""The hours of an evening, as people write them: none before the opening or after the end, and in the items' order."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l

from app.council.services.meetings import BadMeeting
from app.shared.clock import PARIS

if TYPE_CHECKING:
    from app.council.models import AgendaPoint, Meeting

_HOUR = re.compile(r"^(\d{1,2})\s*(?:h|:|\.)?\s*(\d{2})?$", re.IGNORECASE)


def read_hour(text: str) -> str:
    """Read « 18 h 30 », « 18:30 » or « 18h »; empty for nothing.

    :raises BadMeeting: when it is no hour.
    """
    raw = text.replace("\N{NO-BREAK SPACE}", " ").strip()
    if not raw:
        return ""
    match = _HOUR.match(raw)
    hours, minutes = (int(match[1]), int(match[2] or 0)) if match else (99, 0)
    if hours > 23 or minutes > 59:  # noqa: PLR2004  # a clock's face
        raise BadMeeting(_l("« %(text)s » n’est pas une heure. Écrivez par exemple 18:30.", text=raw[:20]))
    return f"{hours:02d}:{minutes:02d}"


_DAWN = "06:00"
"""A meeting that closes before this hour has gone past midnight; later than that, it is a slip."""
_NOON = "12:00"
_DAY = 24 * 60


def convened_hour(meeting: Meeting) -> str:
    """The hour for which the council was convened."""
    return f"{meeting.starts_at.astimezone(PARIS):%H:%M}"


def _minutes(meeting: Meeting, hour: str) -> int:
    """Where an hour lies in the evening; after midnight it comes later than before."""
    hours, minutes = (int(part) for part in hour.split(":"))
    is_past_midnight = hour < _DAWN and hour < (meeting.opened_at or convened_hour(meeting))
    return hours * 60 + minutes + (_DAY if is_past_midnight else 0)


def opening_hour(meeting: Meeting, text: str) -> str:
    """The hour of the opening, which is not after a movement that is noted."""
    hour = read_hour(text)
    early = min(
        (move.at for seat in meeting.seats for move in seat.movements if hour and _DAWN <= move.at < hour), default=""
    )
    if early:
        raise BadMeeting(
            _l(
                "Ouverte à %(opened)s, la séance le serait après un mouvement noté à %(moved)s. Corrigez l’heure.",
                opened=hour,
                moved=early,
            )
        )
    return hour


def opens_early(meeting: Meeting) -> bool:
    """Whether the meeting is told to have begun before the hour for which everybody was called."""
    opened, called = meeting.opened_at, convened_hour(meeting)
    is_past_midnight = opened < _DAWN and called >= _NOON
    return bool(opened) and opened < called and not is_past_midnight


def moved_at(meeting: Meeting, point: AgendaPoint, text: str) -> str:
    """The hour of a movement: not before the opening, and in the order of the items.

    :raises BadMeeting: when a movement at an earlier item has a later hour, or the reverse.
    """
    hour, opened = read_hour(text), meeting.opened_at
    if hour and opened and _DAWN <= hour < opened:
        raise BadMeeting(
            _l(
                "%(hour)s est avant l’ouverture de la séance, à %(opened)s. Qui était là à l’ouverture "
                "se note présent ; sinon, corrigez l’heure.",
                hour=hour,
                opened=opened,
            )
        )
    if hour:
        _require_order(meeting, point, hour)
    return hour


def _require_order(meeting: Meeting, point: AgendaPoint, hour: str) -> None:
    order = {one.id: place for place, one in enumerate(meeting.points)}
    here, now = order[point.id], _minutes(meeting, hour)
    for seat in meeting.seats:
        for move in seat.movements:
            there = order.get(move.point_id, here)
            then = _minutes(meeting, move.at) if move.at else now
            if (there < here and then > now) or (there > here and then < now):
                raise BadMeeting(
                    _l(
                        "%(hour)s au point %(number)s, alors que le mouvement de %(name)s est noté à %(moved)s au "
                        "point %(other)s\N{NO-BREAK SPACE}: les heures suivent l’ordre des points. Corrigez l’heure, "
                        "ou effacez d’abord l’autre mouvement s’il est faux.",
                        hour=hour,
                        number=_number(meeting, point.id),
                        name=seat.name,
                        moved=move.at,
                        other=_number(meeting, move.point_id),
                    )
                )


def _number(meeting: Meeting, point_id: int) -> int:
    """Where an item stands on the agenda, as the page counts."""
    return next((number for number, one in enumerate(meeting.agenda, 1) if one.id == point_id), 0)


def closing_hour(meeting: Meeting, text: str) -> str:
    """The hour of the end, which is neither before the opening nor before the last movement."""
    hour, opened = read_hour(text), meeting.opened_at
    moves = [move.at for seat in meeting.seats for move in seat.movements if move.at]
    last = max(moves, key=lambda at: _minutes(meeting, at), default="")
    if hour and last and _minutes(meeting, hour) < _minutes(meeting, last):
        raise BadMeeting(
            _l(
                "Close à %(closed)s, la séance le serait avant un mouvement noté à %(moved)s. Corrigez l’heure.",
                closed=hour,
                moved=last,
            )
        )
    if hour and opened and _minutes(meeting, hour) < _minutes(meeting, opened):
        raise BadMeeting(
            _l(
                "Close à %(closed)s, la séance le serait avant d’avoir été ouverte, à %(opened)s. Corrigez l’heure.",
                closed=hour,
                opened=opened,
            )
        )
    return hour
