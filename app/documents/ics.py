"""Calendars, written and read: ``ics_write`` makes them, ``ics_read`` trusts no file, ``ics_guard`` opens it."""

from __future__ import annotations

from app.documents.ics_guard import Refusal, UnreadableCalendar
from app.documents.ics_read import read
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
