"""The hours of an evening, as people write them, and none before the opening or after the end."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l

from app.council.services.meetings import BadMeeting

if TYPE_CHECKING:
    from app.council.models import Meeting

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


def moved_at(meeting: Meeting, text: str) -> str:
    """The hour of a movement, which is not before the opening."""
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
    return hour


def closing_hour(meeting: Meeting, text: str) -> str:
    """The hour of the end, which is neither before the opening nor before the last movement."""
    hour, opened = read_hour(text), meeting.opened_at
    last = max((move.at for seat in meeting.seats for move in seat.movements), default="")
    if hour and _DAWN <= hour < last:
        raise BadMeeting(
            _l(
                "Close à %(closed)s, la séance le serait avant un mouvement noté à %(moved)s. Corrigez l’heure.",
                closed=hour,
                moved=last,
            )
        )
    if hour and opened and _DAWN <= hour < opened:
        raise BadMeeting(
            _l(
                "Close à %(closed)s, la séance le serait avant d’avoir été ouverte, à %(opened)s. Corrigez l’heure.",
                closed=hour,
                opened=opened,
            )
        )
    return hour
