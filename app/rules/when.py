"""Days and instants, known to the second, the day, the month or the year; and the lengths between them.

A month later is the same day of the later month, or its last day. A length counts to the day after its end:
from 1 January to 30 June are six months.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from app.rules.numbers import Number

_DAY = timedelta(days=1)
_PRECISION = re.compile(r"(\d{4})(?:-(\d{2}))?")
_DAY_TOLD = re.compile(r"\d{4}-\d{2}-\d{2}(?:T|$)", re.ASCII)
_NAMED_ZONE = re.compile(r"(.+)\[([A-Za-z_]+(?:/[A-Za-z_+\-0-9]+)*)\]")
_YEARS = (1900, 2200)
_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_FEBRUARY, _SAFE = 2, 28
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class When:
    """From ``first`` to ``last`` day; ``instant`` where even the second is known."""

    first: date
    last: date
    instant: datetime | None = None

    @property
    def is_day(self) -> bool:
        """Whether the day is known."""
        return self.first == self.last

    def days(self, zone: str) -> tuple[date, date]:
        """The day it is in a zone, or the days it may be."""
        if self.instant is None:
            return (self.first, self.last)
        local = self.instant.astimezone(zone_of(zone)).date()
        return (local, local)

    def seconds(self, zone: str) -> tuple[int, int]:
        """First and last second, counted from 1970."""
        if self.instant is not None:
            moment = int((self.instant - EPOCH).total_seconds())
            return (moment, moment)
        return (opening(self.first, zone), closing(self.last, zone))

    def __str__(self) -> str:
        if self.instant is not None:
            return self.instant.isoformat()
        return self.first.isoformat() if self.is_day else f"{self.first.isoformat()}/{self.last.isoformat()}"


@lru_cache(maxsize=64)
def zone_of(name: str) -> ZoneInfo:
    """The time zone of this name."""
    return ZoneInfo(name)


@lru_cache(maxsize=4096)
def opening(value: date | datetime, zone: str) -> int:
    """The second at which a day begins; an instant is itself."""
    return _seconds(value if isinstance(value, datetime) else datetime.combine(value, time.min), zone)


@lru_cache(maxsize=4096)
def closing(value: date | datetime, zone: str) -> int:
    """The last second of a day; an instant is itself, and still in time."""
    if isinstance(value, datetime):
        return _seconds(value, zone)
    return _seconds(datetime.combine(value + _DAY, time.min), zone) - 1


def _seconds(value: datetime, zone: str) -> int:
    if value.tzinfo is None:
        value = value.replace(tzinfo=zone_of(zone))
    return int((value - EPOCH).total_seconds())


def parse_when(text: str) -> When:
    """Read ``2024``, ``2024-09``, ``2024-09-19``, ``2024-09-19T17:00+02:00`` or ``…T17:00[Europe/Brussels]``.

    :raises ValueError: it is none of these, or a time without a zone, or that its zone skips or never
        gives this offset.
    """
    if text[:4].isdecimal() and not _YEARS[0] <= int(text[:4]) <= _YEARS[1]:
        raise ValueError(text)
    if rough := _PRECISION.fullmatch(text):
        year, month = int(rough[1]), int(rough[2] or 1)
        last = 12 if rough[2] is None else month
        return When(date(year, month, 1), date(year, last, days_in_month(year, last)))
    if not _DAY_TOLD.match(text):
        raise ValueError(text)
    if "T" not in text:
        day = date.fromisoformat(text)
        return When(day, day)
    moment = _moment(text)
    return When(moment.date(), moment.date(), moment)


def _moment(text: str) -> datetime:
    """A day with its hour, in a zone, at an offset, or both where they go together."""
    zone = _NAMED_ZONE.fullmatch(text)
    moment = datetime.fromisoformat(zone[1] if zone else text)
    if zone is None:
        if moment.tzinfo is None:
            raise ValueError("zone")
        return moment
    there = zone_of(zone[2])
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=there)
        if moment.astimezone(UTC).astimezone(there).hour != moment.hour:
            raise ValueError("skipped")
    elif not zone[1].endswith("Z") and moment.utcoffset() != moment.astimezone(there).utcoffset():
        raise ValueError("offset")
    return moment


def days_in_month(year: int, month: int) -> int:
    """How many days a month has."""
    if month == _FEBRUARY and (year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)):
        return 29
    return _DAYS[month - 1]


def months_later(day: date, months: int) -> date:
    """The same day so many months later, or the last day of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    month += 1
    number = day.day
    return date(year, month, number if number <= _SAFE else min(number, days_in_month(year, month)))


def months_between(start: date, end: date) -> Number:
    """Whole months from a day to another, and the part begun as a share of its own days."""
    if end < start:
        return -months_between(end, start)
    whole = (end.year - start.year) * 12 + end.month - start.month
    reached = months_later(start, whole)
    if reached > end:
        whole -= 1
        reached = months_later(start, whole)
    if reached == end:
        return whole
    following = months_later(start, whole + 1)
    return whole + Fraction((end - reached).days, (following - reached).days)


def length_in_months(start: date, end: date) -> Number:
    """The length of a period of which ``end`` is the last day."""
    return months_between(start, end + _DAY)


def length_in_days(start: date, end: date) -> int:
    """Days from the first to the last, both counted."""
    return (end - start).days + 1
