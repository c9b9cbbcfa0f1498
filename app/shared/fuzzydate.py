"""Dates as people know them: a day, a month, a year, about a year, or from one day to another.

Written in the subset of EDTF (ISO 8601-2) that twinning history needs: ``2016-09-17``, ``2016-09``,
``2016``, ``0836``, ``1950~``, ``2016-09-17/2016-09-18``. Nothing is ever made more precise than it was.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

_POINT = re.compile(r"^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(~?)$")


class Precision(StrEnum):
    """How well a date is known."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    ABOUT = "about"
    RANGE = "range"


class BadDate(ValueError):
    """The text is not a date that can be read; ``args[0]`` is the text."""


@dataclass(frozen=True, order=False)
class FuzzyDate:
    """A date of any precision, kept as its EDTF text."""

    text: str

    def __post_init__(self) -> None:
        """Refuse what is not a date.

        :raises BadDate: when the text is not of the subset, or names a day that does not exist.
        """
        parts = self.text.split("/")
        if len(parts) > 2 or any(_bounds(part) is None for part in parts):  # noqa: PLR2004  # from / to
            raise BadDate(self.text)
        if len(parts) == 2 and self.earliest > self.latest:  # noqa: PLR2004  # from / to
            raise BadDate(self.text)

    @property
    def earliest(self) -> date:
        """The first day it can mean; used for sorting."""
        return _known(self.text.split("/")[0])[0]

    @property
    def latest(self) -> date:
        """The last day it can mean."""
        return _known(self.text.rsplit("/", maxsplit=1)[-1])[1]

    @property
    def precision(self) -> Precision:
        """How well it is known."""
        if "/" in self.text:
            return Precision.RANGE
        if self.text.endswith("~"):
            return Precision.ABOUT
        return (Precision.YEAR, Precision.MONTH, Precision.DAY)[self.text.count("-")]

    @property
    def day(self) -> date | None:
        """The day itself when it is known to the day, else None."""
        return self.earliest if self.precision is Precision.DAY else None

    def __str__(self) -> str:
        """Return the EDTF text."""
        return self.text


def parse(text: str) -> FuzzyDate:
    """Read a date as a French volunteer may type it, or as EDTF.

    Understands ``17/09/2016``, ``09/2016``, ``2016``, ``vers 1950``, ``836`` and every EDTF form above.

    :raises BadDate: when it is none of these, with the text as argument.
    """
    raw = " ".join(text.strip().lower().split())
    about = re.fullmatch(r"(?:vers|environ|env\.|about|c\.|um)\s*(\d{3,4})|(\d{3,4})\s*~", raw)
    if about:
        return FuzzyDate(f"{int(about[1] or about[2]):04d}~")
    if match := re.fullmatch(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{3,4})", raw):
        return FuzzyDate(f"{int(match[3]):04d}-{int(match[2]):02d}-{int(match[1]):02d}")
    if match := re.fullmatch(r"(\d{1,2})[/.](\d{4})", raw):
        return FuzzyDate(f"{match[2]}-{int(match[1]):02d}")
    if re.fullmatch(r"\d{3}", raw):
        return FuzzyDate(f"{int(raw):04d}")
    return FuzzyDate(raw)


def _bounds(point: str) -> tuple[date, date] | None:
    match = _POINT.match(point)
    if match is None or (match[4] and match[2]):
        return None
    year, month, day = int(match[1]), match[2], match[3]
    try:
        if day:
            exact = date(year, int(month), int(day))
            return exact, exact
        if month:
            last = calendar.monthrange(year, int(month))[1]
            return date(year, int(month), 1), date(year, int(month), last)
        return date(year, 1, 1), date(year, 12, 31)
    except (ValueError, calendar.IllegalMonthError):
        return None


def _known(point: str) -> tuple[date, date]:
    bounds = _bounds(point)
    if bounds is None:
        raise BadDate(point)
    return bounds
