"""Calendars, written and read: ``ics_write`` makes them, ``ics_read`` trusts no file, ``ics_guard`` opens it."""

from __future__ import annotations

from app.documents.ics_guard import Refusal, UnreadableCalendar
from app.documents.ics_told import Found, Reading, Remark, RemarkCode
from app.documents.ics_write import CalendarEntry, Status, calendar, vevent, with_subject, zones_named

__all__ = [
    "CalendarEntry",
    "Found",
    "Reading",
    "Refusal",
    "Remark",
    "RemarkCode",
    "Status",
    "UnreadableCalendar",
    "calendar",
    "read",
    "vevent",
    "with_subject",
    "zones_named",
]


def read(data: bytes) -> Reading:
    """Read a calendar file of any hand; what reads it is loaded for the first one.

    :raises UnreadableCalendar: when it is too large, too deep, holds too much, or is no calendar.
    """
    from app.documents import ics_read  # noqa: PLC0415  # a start takes none of it

    return ics_read.read(data)
