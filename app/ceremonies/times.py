"""Local hours and the instants they mean: an hour that a clock skips is none, one that comes twice is two."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from app.documents.zones import UnknownZone, zone

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

LAST_DAY = date(9999, 12, 31)
"""The last day that a calendar can say; nothing ends after it."""
MIDNIGHT = "24:00"
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


class Showing(StrEnum):
    """How often a clock on the wall shows an hour on a day."""

    ONCE = "once"
    NEVER = "never"
    TWICE = "twice"


def exact_day(text: str) -> date | None:
    """The day that an EDTF text names to the day, else None: « 2027-06 » and « 2027-06-12~ » name none."""
    if not _DAY.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def first_day(text: str) -> date | None:
    """The day, or the first of two, where it is known to the day."""
    return exact_day(text.partition("/")[0])


def last_day(text: str) -> date | None:
    """The day, or the last of two, where it is known to the day."""
    return exact_day(text.rpartition("/")[2])


def place_zone(name: str) -> ZoneInfo | None:
    """Find a zone by its name, or None when it has none we know."""
    try:
        return zone(name) if name else None
    except UnknownZone:
        return None


def showing(day: date, hour: str, place: ZoneInfo) -> Showing:
    """Tell how often the clocks of a place show an hour on a day."""
    local = _wall(day, hour, place)
    if hour == MIDNIGHT or local is None or local.replace(fold=0).utcoffset() == local.replace(fold=1).utcoffset():
        return Showing.ONCE
    try:
        back = local.astimezone(UTC).astimezone(place)
    except OverflowError:
        return Showing.ONCE
    return Showing.TWICE if back.replace(tzinfo=None) == local.replace(tzinfo=None) else Showing.NEVER


def instant(day: date, hour: str, place: ZoneInfo, occurrence: str = "") -> datetime | None:
    """The instant of a local hour; None when the clock never shows it, or twice and nobody said which.

    Midnight at the end of a day is when that day is over, also on the nights on which clocks change just then. At both
    ends of the calendar an hour has a local name and none that all the world can say: it is no instant either.
    """
    try:
        found = _instant(day, hour, place, occurrence)
        if found is not None:
            found.astimezone(UTC)
    except OverflowError:
        return None
    return found


def _instant(day: date, hour: str, place: ZoneInfo, occurrence: str) -> datetime | None:
    if hour == MIDNIGHT and day < LAST_DAY:
        last_minute = datetime.combine(day, time(23, 59), tzinfo=place).replace(fold=1)
        return (last_minute.astimezone(UTC) + timedelta(minutes=1)).astimezone(place)
    local = _wall(day, hour, place)
    if local is None:
        return None
    match showing(day, hour, place):
        case Showing.NEVER:
            return None
        case Showing.TWICE if not occurrence:
            return None
        case Showing.TWICE:
            return local.replace(fold=1 if occurrence == "second" else 0)
        case _:
            return local


def occurrence_of(moment: datetime) -> str:
    """Which of the two a local instant is, when its clock shows that hour twice; empty otherwise."""
    place = moment.tzinfo
    if place is None or showing(moment.date(), f"{moment:%H:%M}", place) is not Showing.TWICE:  # type: ignore[arg-type]  # any tzinfo will do
        return ""
    return "second" if moment.fold else "first"


def minutes_between(start: str, end: str) -> int:
    """Minutes from one hour to another of the same day; less than none when the end comes first."""
    (hours, minutes), (later, after) = ([int(part) for part in text.split(":")] for text in (start, end))
    return (later * 60 + after) - (hours * 60 + minutes)


def lasting(start: str, end: str, days: tuple[date | None, date | None], zones: tuple[str, str]) -> int | None:
    """Minutes from the hour of one day and place to that of another; None when they cannot be known.

    Where no day is fixed, the hours are those of one day.
    """
    if not (start and end):
        return None
    begins, ends = days[0], days[1] or days[0]
    first, last = (place_zone(name) for name in zones)
    if begins is None or ends is None or first is None or last is None:
        return minutes_between(start, end) if zones[0] == zones[1] and begins == ends else None
    opening, closing = instant(begins, start, first), instant(ends, end, last)
    if opening is None or closing is None:
        return None
    return int((closing.astimezone(UTC) - opening.astimezone(UTC)).total_seconds()) // 60


def shifted(day: date | None, days: int) -> date | None:
    """A day some days later or earlier; None when there is no such day."""
    try:
        return None if day is None else day + timedelta(days=days)
    except OverflowError:
        return None


def _wall(day: date, hour: str, place: ZoneInfo) -> datetime | None:
    if hour != MIDNIGHT:
        return datetime.combine(day, time.fromisoformat(hour), tzinfo=place)
    return None if day >= LAST_DAY else datetime.combine(day + timedelta(days=1), time(), tzinfo=place)
