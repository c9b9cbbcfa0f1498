"""Dates as people know them: a day, a month, a season, a year, about then, from one day to another, one or the other.

Written in EDTF (ISO 8601-2, level 1, quarters and sets of level 2): ``2016-09-17``, ``2016-09``, ``2016``, ``0836``,
``-0599`` (600 BC, a year alone, sorted as year 1); ``1950~`` (about), ``2016-06?`` (uncertain), ``1950%`` (both);
``2016-21`` (spring; 22 to 24 the other seasons, 33 to 36 quarters, 40 and 41 half-years); ``199X``, ``19XX`` (decade,
century), ``XXXX-07-14`` (a day without its year), ``2016-09-XX`` (a day not known); ``2016-09-17/2016-09-18``,
``2016/..`` and ``../2016`` (open), ``2016/`` (until when is not known); ``[1968,1969]`` (one of them),
``[1968..1970]`` (one of those between), ``[..1968]`` (or before), ``{1968,1972}`` (each). Never made more precise.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property

_POINT = re.compile(r"(-(?!0000)\d{4}(?=[~?%]?$)|\d{4}|\d{3}X|\d{2}XX|XXXX)(?:-(\d{2}|XX)(?:-(\d{2}|XX))?)?([~?%]?)")
_PARTS = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 12)}
_PARTS |= {33: (1, 3), 34: (4, 6), 35: (7, 9), 36: (10, 12), 40: (1, 6), 41: (7, 12)}
_OPEN = {"", ".."}
_SETS = {"[": "]", "{": "}"}
_COMMA = re.compile(r", ?")
LONGEST = 120
"""No date is longer, in signs: as many days as a set can hold."""


class Precision(StrEnum):
    """How well a date is known."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    ABOUT = "about"
    RANGE = "range"
    SEASON = "season"
    DECADE = "decade"
    CENTURY = "century"
    YEARLESS = "yearless"
    OPEN = "open"
    ONE_OF = "one_of"
    ALL_OF = "all_of"


class BadDate(ValueError):
    """The text is not a date that can be read; ``args[0]`` is the text."""


@dataclass(frozen=True)
class Point:
    """One end of a date: the digits that are known, X for those that are not, and how sure the source is."""

    year: str
    month: str = ""
    day: str = ""
    mark: str = ""

    @cached_property
    def bounds(self) -> tuple[date, date] | None:
        """The first and the last day it can mean; None when there is no such day."""
        years = self._years()
        first, last = self._within(years[0]), self._within(years[-1])
        if self.day == "29" and self.month == "02" and len(years) > 1:  # the mask holds leap years and others
            leap = [year for year in years if calendar.isleap(year)]
            first, last = self._within(leap[0]), self._within(leap[-1])
        return (first[0], last[1]) if first and last else None

    @property
    def precision(self) -> Precision:
        """How well it is known."""
        if self.mark or self.month == "XX" or self.day == "XX":
            return Precision.ABOUT
        if "X" in self.year:
            masks = {"XXXX": Precision.YEARLESS, "XX": Precision.CENTURY}
            return masks.get(self.year, masks.get(self.year[2:], Precision.DECADE))
        if self.month and int(self.month) in _PARTS:
            return Precision.SEASON
        return Precision.DAY if self.day else Precision.MONTH if self.month else Precision.YEAR

    def _years(self) -> range:
        return range(max(int(self.year.replace("X", "0")), 1), max(int(self.year.replace("X", "9")), 1) + 1)

    def _within(self, year: int) -> tuple[date, date] | None:
        start, end = self._months()
        try:
            if self.day not in {"", "XX"}:
                return date(year, start, int(self.day)), date(year, end, int(self.day))
            return date(year, start, 1), date(year, end, calendar.monthrange(year, end)[1])
        except (ValueError, calendar.IllegalMonthError):
            return None

    def _months(self) -> tuple[int, int]:
        if self.month in {"", "XX"}:
            return 1, 12
        number = int(self.month)
        return _PARTS.get(number, (number, number))


@dataclass(frozen=True, order=False)
class FuzzyDate:
    """A date of any precision, kept as its EDTF text."""

    text: str

    def __post_init__(self) -> None:
        """Refuse what is not a date.

        :raises BadDate: when the text is not of the subset, or names a day that does not exist.
        """
        if len(self.text) > LONGEST or not self.members:
            raise BadDate(self.text)
        for first, last in self.members:
            ages = first and last and last.year[0] == "-" and int(last.year) < int(first.year.replace("X", "9"))
            if (first or last) is None or ages or (first and last and _first(first) > _last(last)):
                raise BadDate(self.text)

    @property
    def is_choice(self) -> bool:
        """Whether it is one of several dates."""
        return self.text.startswith("[")

    @property
    def is_set(self) -> bool:
        """Whether it names several dates: one of them, or all."""
        return self.text[:1] in _SETS

    @cached_property
    def members(self) -> tuple[tuple[Point | None, Point | None], ...]:
        """The dates it names, each from its first to its last end; one, but for a set. None: that end is open."""
        if not self.is_set:
            parts = self.text.split("/")
            return ((_point(parts[0]), _point(parts[-1])),) if len(parts) <= 2 else ()  # noqa: PLR2004  # from / to
        listed = _COMMA.split(self.text[1:-1])
        if self.text[-1:] != _SETS[self.text[0]] or (len(listed) == 1 and ".." not in listed[0]):
            return ()
        last = len(listed) - 1
        return tuple(_member(one, is_first=rank == 0, is_last=rank == last) for rank, one in enumerate(listed))

    @cached_property
    def start(self) -> Point | None:
        """Where it begins, a set with its first date; None when that is open."""
        begins = [first for first, _last in self.members]
        return None if None in begins else min((point for point in begins if point), key=_first)

    @cached_property
    def end(self) -> Point | None:
        """Where it ends, a set with its last date; None when that is open."""
        ends = [last for _first, last in self.members]
        return None if None in ends else max((point for point in ends if point), key=_last)

    @property
    def earliest(self) -> date:
        """The first day it can mean, the first of all days when its beginning is open; used for sorting."""
        return _first(self.start) if self.start else date.min

    @property
    def latest(self) -> date:
        """The last day it can mean, the last of all days when its end is open."""
        return _last(self.end) if self.end else date.max

    @property
    def precision(self) -> Precision:
        """How well it is known."""
        if self.is_set:
            return Precision.ONE_OF if self.is_choice else Precision.ALL_OF
        if self.start is None or self.end is None:
            return Precision.OPEN
        return Precision.RANGE if "/" in self.text else self.start.precision

    @property
    def day(self) -> date | None:
        """The day itself when it is known to the day, else None."""
        return self.earliest if self.precision is Precision.DAY else None

    def __str__(self) -> str:
        """Return the EDTF text."""
        return self.text


def understand(text: str) -> FuzzyDate | None:
    """Return the date of an EDTF text, or None when it is none."""
    try:
        return FuzzyDate(text)
    except BadDate:
        return None


def _member(text: str, *, is_first: bool, is_last: bool) -> tuple[Point | None, Point | None]:
    """Read one date of a set, or those from one to another; only the outermost may be open.

    :raises BadDate: when there is no such day.
    """
    start, dots, end = text.partition("..")
    if (not start and not (dots and is_first)) or (dots and not end and not is_last):
        raise BadDate(text)
    if not dots:
        return (only := _point(start)), only
    return _point(start), _point(end)


def _first(point: Point) -> date:
    return point.bounds[0] if point.bounds else date.min


def _last(point: Point) -> date:
    return point.bounds[1] if point.bounds else date.max


def _point(text: str) -> Point | None:
    """Read one end of a date; None when it is open.

    :raises BadDate: when there is no such day.
    """
    if text in _OPEN:
        return None
    match = _POINT.fullmatch(text)
    if match is None or match[1] == "0000" or not match[1].isascii():
        raise BadDate(text)
    point = Point(match[1], match[2] or "", match[3] or "", match[4])
    no_part = point.day and point.month.isdigit() and int(point.month) in _PARTS
    if no_part or (point.year == "XXXX" and point.month in {"", "XX"}) or point.bounds is None:
        raise BadDate(text)
    return point
