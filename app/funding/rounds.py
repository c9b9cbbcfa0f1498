"""The deadlines that come back every year, as moments: the next ones of an edition that has no single date."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from app.rules.facts import Facts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from app.rules.language.rounds import Yearly
    from app.rules.model import Edition

YEARS = 2
"""This year and the next."""
_NO_FACTS = Facts({}, {})
_LAST_MINUTE = time(23, 59)


def rounds_of(edition: Edition, today: date) -> list[datetime]:
    """The deadlines of this year and the next, the nearest first; none after the edition's last day."""
    found = set()
    for one, zone in _yearly(edition):
        for year in range(today.year, today.year + YEARS):
            moment = one.in_year(year)
            whole = moment if isinstance(moment, datetime) else datetime.combine(moment, _LAST_MINUTE)
            if edition.since <= whole.date() and (edition.until is None or whole.date() <= edition.until):
                found.add(whole.replace(tzinfo=ZoneInfo(zone)))
    return sorted(found)


def next_round(edition: Edition, now: datetime) -> datetime | None:
    """The next deadline of an edition that has several a year."""
    return next((one for one in rounds_of(edition, now.date()) if one >= now), None)


def _yearly(edition: Edition) -> Iterator[tuple[Yearly, str]]:
    for criterion in edition.criteria:
        condition = criterion.readings[0].condition
        if condition.kind == "recurring":
            days, zone = condition.threshold(_NO_FACTS).value
            yield from ((one, zone) for one in days)
        elif condition.kind == "window_for_start":
            sessions, zone = condition.threshold(_NO_FACTS).value
            yield from ((deadline, zone) for _since, _until, deadline in sessions)
