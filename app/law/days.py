"""Days of the law: clear days, months, public holidays, the last day to go to court."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from app.law import tables

_ONE = timedelta(days=1)
_SATURDAY = 5


def easter(year: int) -> date:
    """Return Easter Sunday of a Gregorian year (the computus of Meeus, Jones and Butcher)."""
    golden = year % 19
    century, rest = divmod(year, 100)
    skipped, part = divmod(century, 4)
    moon_shift = (century - (century + 8) // 25 + 1) // 3
    moon = (19 * golden + century - skipped - moon_shift + 15) % 30
    leap, left = divmod(rest, 4)
    weekday = (32 + 2 * part + 2 * leap - moon - left) % 7
    late = (golden + 11 * moon + 22 * weekday) // 451
    month, day = divmod(moon + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


@lru_cache(maxsize=512)
def holidays(year: int, *, alsace_moselle: bool = False) -> dict[date, str]:
    """Return the public holidays of a year with their names; those of Alsace-Moselle on request."""
    found: dict[date, str] = {}
    for row in tables.load("holidays")["holiday"]:
        if row.get("alsace_moselle", False) and not alsace_moselle:
            continue
        day = (
            easter(year) + timedelta(days=row["easter"])
            if "easter" in row
            else date(year, int(row["day"][:2]), int(row["day"][3:]))
        )
        if "from" not in row or row["from"] <= day:
            found.setdefault(day, row["name"])
    return found


def is_working_day(day: date, *, alsace_moselle: bool = False) -> bool:
    """Say whether a day is neither Saturday, nor Sunday, nor a public holiday."""
    return day.weekday() < _SATURDAY and day not in holidays(day.year, alsace_moselle=alsace_moselle)


def next_working_day(day: date, *, alsace_moselle: bool = False) -> date:
    """Return that day, or the first working day after it."""
    while not is_working_day(day, alsace_moselle=alsace_moselle):
        day += _ONE
    return day


def add_months(day: date, months: int) -> date:
    """Return the same day number ``months`` later (or earlier), or the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def age_on(born_on: date, day: date) -> int:
    """Return the age in whole years; somebody born on 29 February grows older on 1 March."""
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))


def end_of_year(year: int) -> date:
    """Return 31 December."""
    return date(year, 12, 31)


def clear_days(sent_on: date, held_on: date) -> int:
    """Count whole days between: neither the sending day nor the meeting day; weekends and holidays count."""
    return (held_on - sent_on).days - 1


def latest_sending(held_on: date, clear: int) -> date:
    """Return the last day on which a convocation may go with ``clear`` clear days."""
    return held_on - timedelta(days=clear + 1)


def earliest_meeting(sent_on: date, clear: int) -> date:
    """Return the first day on which a council convened that day may meet."""
    return sent_on + timedelta(days=clear + 1)


@dataclass(frozen=True)
class LastDay:
    """The last day of a clear delay in months; ``raw`` before weekends and holidays move it."""

    day: date
    raw: date

    @property
    def is_moved(self) -> bool:
        """Say whether a weekend or a holiday moved the end."""
        return self.day != self.raw


def last_day_of_months(event: date, months: int, *, alsace_moselle: bool = False) -> LastDay:
    """Return the end of a clear delay: same day number ``months`` later, one day more, moved to a working day."""
    raw = add_months(event, months) + _ONE
    return LastDay(next_working_day(raw, alsace_moselle=alsace_moselle), raw)
