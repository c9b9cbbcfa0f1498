"""Dates of any precision in the interchange document: a subset of EDTF, level 1, and what it means in days."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

_POINT = re.compile(r"^(\d{3}[\dX]|\d{2}XX)(?:-(\d{2})(?:-(\d{2}))?)?([~?%]?)$")
_SEASONS = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 12)}


@dataclass(frozen=True)
class Span:
    """The first and the last day that a date can mean; None where it is open."""

    first: date | None
    last: date | None


def span(text: str) -> Span | None:
    """Return what a date means, or None when it is not one."""
    ends = text.split("/")
    if len(ends) > 2:  # noqa: PLR2004  # from / to
        return None
    if len(ends) == 1:
        return _point(ends[0])
    first, last = (Span(None, None) if end in {"", ".."} else _point(end) for end in ends)
    if first is None or last is None or text in {"/", "../..", "../", "/.."}:
        return None
    if first.first and last.last and first.first > last.last:
        return None
    return Span(first.first, last.last)


def is_exact(text: str) -> bool:
    """Whether it names one day and is sure of it."""
    return bool(re.fullmatch(r"\d{4}-\d{2}-\d{2}", text))


def _point(text: str) -> Span | None:  # noqa: PLR0911  # one line a form
    match = _POINT.match(text)
    if match is None or int(match[1].replace("X", "9")) == 0:
        return None
    if "X" in match[1]:
        return None if match[2] else _years(match[1])
    year, month, day = int(match[1]), match[2], match[3]
    if month is None:
        return Span(date(year, 1, 1), date(year, 12, 31)) if year else None
    if int(month) in _SEASONS and not day:
        start, end = _SEASONS[int(month)]
        return Span(date(year, start, 1), date(year, end, calendar.monthrange(year, end)[1]))
    try:
        if day:
            exact = date(year, int(month), int(day))
            return Span(exact, exact)
        return Span(date(year, int(month), 1), date(year, int(month), calendar.monthrange(year, int(month))[1]))
    except (ValueError, calendar.IllegalMonthError):
        return None


def _years(text: str) -> Span:
    first = max(int(text.replace("X", "0")), 1)
    return Span(date(first, 1, 1), date(int(text.replace("X", "9")), 12, 31))
