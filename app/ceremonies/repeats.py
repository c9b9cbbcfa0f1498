"""A moment that comes again: every week, every second day; but for some days, and on some more."""

from __future__ import annotations

import calendar
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from app.ceremonies import times
from app.ceremonies.wording import said, spoken, words
from app.shared import datewords
from app.shared.fuzzydate import understand
from app.texts import formats

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

Facts = dict[str, Any]

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MOST = 400
"""No calendar is given more times of one moment than that."""
_YEARS = 366 * 30


def further_days(repeats: Facts, first: date) -> list[date]:
    """The days after the first; only those added one by one where nobody said when it ends."""
    but = {times.exact_day(text) for text in repeats.get("except", [])}
    found = {day for text in repeats.get("also", []) if (day := times.exact_day(text))}
    until, count = _last(repeats), repeats.get("count")
    if repeats.get("every") and (until is not None or count):
        left = (count or MOST) - 1
        for day in _pattern(repeats, first):
            if left <= 0 or (until is not None and day > until) or (day - first).days > _YEARS:
                break
            found.add(day)
            left -= 1
    return sorted(found - but - {first})[:MOST]


def is_first_left_out(repeats: Facts, first: date) -> bool:
    """Whether the first of its days is among those on which it does not take place."""
    return first in {times.exact_day(text) for text in repeats.get("except", [])}


def _last(repeats: Facts) -> date | None:
    """The last day, where it is known to the day; of a month or a year, its last one."""
    text = repeats.get("until")
    if not text:
        return None
    known = understand(text)
    return known.latest if known is not None else None


def _pattern(repeats: Facts, first: date) -> Iterator[date]:
    """The days of the pattern after the first, without end."""
    step = repeats.get("interval", 1)
    match repeats["every"]:
        case "day":
            yield from _steps(first, step, repeats.get("weekdays", []))
        case "week":
            yield from _weeks(first, step, repeats.get("weekdays", []))
        case "month":
            yield from _months(first, step)
        case _:
            yield from _months(first, 12 * step)


def _steps(first: date, step: int, weekdays: list[str]) -> Iterator[date]:
    for number in range(1, _YEARS):
        day = times.shifted(first, number * step)
        if day is None:
            return
        if not weekdays or WEEKDAYS[day.weekday()] in weekdays:
            yield day


def _weeks(first: date, step: int, weekdays: list[str]) -> Iterator[date]:
    wanted = sorted({WEEKDAYS.index(name) for name in weekdays} | ({first.weekday()} if not weekdays else set()))
    monday = first - timedelta(days=first.weekday())
    for number in range(_YEARS):
        for weekday in wanted:
            day = times.shifted(monday, 7 * step * number + weekday)
            if day is None:
                return
            if day > first:
                yield day


def _months(first: date, step: int) -> Iterator[date]:
    """The same day of the month; a month without it is passed over (RFC 5545, 3.3.10)."""
    for number in range(1, _YEARS):
        year, month = divmod(first.month - 1 + step * number, 12)
        if first.year + year > times.LAST_DAY.year:
            return
        if first.day <= calendar.monthrange(first.year + year, month + 1)[1]:
            yield first.replace(year=first.year + year, month=month + 1)


def line(repeats: Facts, languages: list[str]) -> str:
    """Say it: « toutes les 2 semaines, mercredi, jusqu’au 9 juin 2027, sauf le 5 mai 2027 »."""
    vocabulary, language = words(languages), spoken(languages)
    told = []
    if every := repeats.get("every"):
        step = repeats.get("interval", 1)
        told.append(vocabulary[f"every_{every}"] if step == 1 else vocabulary[f"every_{every}s"].format(step))
    told += [_weekday(name, language) for name in repeats.get("weekdays", [])]
    if repeats.get("count"):
        told.append(vocabulary["times"].format(repeats["count"]))
    for key, word in (("until", "until_day"), ("except", "except_on"), ("also", "also_on")):
        days = repeats.get(key, [])
        days = [formats.day(text, language) for text in ([days] if isinstance(days, str) else days)]
        told += [f"{vocabulary[word]} {formats.join(days, language)}"] if days else []
    told.append(said(repeats.get("note"), languages))
    return ", ".join(filter(None, told)) or repeats.get("as_printed", "")


def _weekday(name: str, language: str) -> str:
    return str(datewords.locale(language).days["stand-alone"]["wide"][WEEKDAYS.index(name)])
