"""Sessions that come back every year: their deadline, and the days on which a project of each may start."""

from __future__ import annotations

import re
from calendar import isleap
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfoNotFoundError, available_timezones

from app.rules.language.syntax import Param
from app.rules.when import closing, opening, zone_of
from app.rules.words import nearest

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.rules.language.syntax import Context
    from app.rules.when import When

_LEAP_DAY = (2, 29)
_MOST_YEARS = 5
_YEARLY = re.compile(r"(\d{2})-(\d{2})(?:T(\d{2}):(\d{2}))?")


def zone_named(raw: object, context: Context) -> str:
    """A time zone that exists."""
    if raw is None:
        return context.zone
    try:
        zone_of(str(raw))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        said = str(raw)[:60]
        hint = nearest(said, available_timezones())
        context.fail(f"« {said} » n’est pas un fuseau horaire (Europe/Brussels, Europe/Paris…).{hint}")
    return str(raw)


@dataclass(frozen=True, slots=True)
class Yearly:
    """A day of every year, and an hour if there is one."""

    month: int
    day: int
    at: time | None = None

    def in_year(self, year: int) -> date | datetime:
        """Its date in a year; 29 February falls on the 28th in a common one."""
        leap = (self.month, self.day) == _LEAP_DAY and not isleap(year)
        day = date(year, self.month, self.day - leap)
        return day if self.at is None else datetime.combine(day, self.at)


def yearly(raw: object, context: Context) -> Yearly:
    """Read « 02-01 » or « 02-01T12:00 »."""
    found = _YEARLY.fullmatch(str(raw))
    said = "il faut ici un jour de l’année, « mm-jj » ou « mm-jjThh:mm », entre guillemets."
    if found is None:
        context.fail(said)
    try:
        date(2024, int(found[1]), int(found[2]))
        at = time(int(found[3]), int(found[4])) if found[3] else None
    except ValueError:
        context.fail(said)
    return Yearly(int(found[1]), int(found[2]), at)


@dataclass(frozen=True, slots=True)
class Round:
    """One session: when its projects start, its deadline, and how many years before the start that is."""

    since: Yearly
    until: Yearly
    deadline: Yearly
    years_before: int
    opens: Yearly | None


ROUND = (
    Param("start_from", "yearly", "premier jour de début du projet", required=True),
    Param("start_until", "yearly", "dernier jour de début du projet", required=True),
    Param("deadline", "yearly", "date limite de dépôt", required=True),
    Param("years_before", "number", "combien d’années avant le début (0 : la même année)", required=True),
    Param("opens", "yearly", "ouverture des dépôts, la même année que la date limite"),
)


def read_rounds(raw: object, context: Context) -> list[Round]:
    """The sessions of a condition."""
    if not isinstance(raw, list) or not raw:
        context.fail("il faut une liste de périodes.")
    return [_round(one, context.inside(rank)) for rank, one in enumerate(raw)]


def _round(raw: object, context: Context) -> Round:
    table = context.table(raw, ROUND)
    years = table["years_before"]
    if not isinstance(years, int) or isinstance(years, bool) or not 0 <= years <= _MOST_YEARS:
        context.inside("years_before").fail("il faut ici un nombre d’années.")
    since, until, deadline = (
        yearly(table[name], context.inside(name)) for name in ("start_from", "start_until", "deadline")
    )
    opens = yearly(table["opens"], context.inside("opens")) if "opens" in table else None
    return Round(since, until, deadline, years, opens)


def of_start(rounds: Iterable[Round], begun: When, zone: str) -> set[date]:
    """The deadlines of the sessions for projects that start on these days."""
    first, last = begun.seconds(zone)
    return {
        _deadline(one, year)
        for one in rounds
        for year in range(begun.first.year, begun.last.year + 1)
        if first <= closing(one.until.in_year(year), zone) and last >= opening(one.since.in_year(year), zone)
    }


def of_filing(rounds: Iterable[Round], told: When, zone: str) -> set[date]:
    """The deadlines that a request filed then may meet: those left in its year, or else those of the next."""
    first, last = told.seconds(zone)
    several = {one.deadline for one in rounds}
    found: set[date] = set()
    for year in range(told.days(zone)[0].year, told.days(zone)[1].year + 1):
        closed = {one.in_year(year): closing(one.in_year(year), zone) for one in several}
        found |= {_as_day(day) for day, moment in closed.items() if moment >= first}
        if max(closed.values()) < last:
            found |= {_as_day(one.in_year(year + 1)) for one in several}
    return found


def of_year(rounds: Iterable[Round], year: int) -> set[date]:
    """The deadlines that a request of a year may meet: one filed after the last of them waits for the next year."""
    return {_as_day(one.deadline.in_year(known)) for one in rounds for known in (year, year + 1)}


def _deadline(one: Round, year: int) -> date:
    return _as_day(one.deadline.in_year(year - one.years_before))


def _as_day(value: date | datetime) -> date:
    return value.date() if isinstance(value, datetime) else value
