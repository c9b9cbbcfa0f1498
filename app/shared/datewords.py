"""Dates of any precision in words, in the languages that texts are written in; English where there are none.

One table a language, no catalogue: the same words serve the screen, the print and the programme.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton

if TYPE_CHECKING:
    from app.shared.fuzzydate import FuzzyDate, Point

_HOME = {"en": "en_GB", "pt": "pt_PT"}
_QUARTERS = {"33": 2, "34": 5, "35": 8, "36": 11}
_LEAP = 2000


@dataclass(frozen=True)
class _Words:
    """How one language says what is not a plain day, month or year; ``datewords.toml`` holds them."""

    about: str
    uncertain: str
    both: str
    until: str
    since: str
    decade: str
    between: str
    no_year: str
    no_month: str
    no_day: str
    one_of: str
    all_of: str
    among: str
    or_before: str
    or_after: str
    no_end: str
    no_start: str
    parts: tuple[str, ...]


_FILE = Path(__file__).with_suffix(".toml")
_TABLE = {language: _Words(**said) for language, said in tomllib.loads(_FILE.read_text("utf-8")).items()}


@cache
def locale(language: str) -> Locale:
    """Return Babel's locale of a language; English where it knows none."""
    try:
        return Locale.parse(_HOME.get(language, language).replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return Locale("en", "GB")


def say(when: FuzzyDate, language: str) -> str:
    """Write a date in words, never more precise than it is."""
    if when.is_set:
        return _said_set(when, language)
    words, (first, last) = _words(language), when.members[0]
    if first is None and last is not None:
        return (words.no_start if when.text.startswith("/") else words.until).format(d=_on(last, language))
    if last is None and first is not None:
        return (words.no_end if when.text.endswith("/") else words.since).format(d=_on(first, language))
    if first is None or last is None:
        return when.text
    return _said_span(first, last, language) if "/" in when.text else say_point(first, language)


def _said_span(start: Point, end: Point, language: str) -> str:
    """From one date to another: « 17–18 septembre 2016 »."""
    if start.day.isdigit() and end.day.isdigit() and not (start.mark or end.mark) and start.bounds and end.bounds:
        first, last = start.bounds[0], end.bounds[1]
        whole = exact(last, language)
        if (first.year, first.month) == (last.year, last.month) and whole.startswith(str(last.day)):
            dot = "." if whole.startswith(f"{last.day}.") else ""
            return f"{first.day}{dot}–{whole}"
    return f"{say_point(start, language)} – {say_point(end, language)}"


def _said_set(when: FuzzyDate, language: str) -> str:
    """« 1968 ou 1969 », « 12 et 19 mai 1968 », « entre 1968 et 1970 »: one of several dates, or all of them."""
    words, plain = _words(language), when.text.replace("?", "")
    if when.text.count("?") == len(when.members) and plain.count("..") == 0:  # of all the source is as unsure
        return words.uncertain.format(d=say(type(when)(plain), language))
    told = [_said_member(member, when, language) for member in when.members]
    if all(first is last and first is not None and not first.mark for first, last in when.members):
        heads, tails = zip(*(one.partition(" ")[::2] for one in told), strict=True)
        if tails[0] and len(set(tails)) == 1:  # the month, or the year, is said once
            told = [*heads[:-1], told[-1]]
    both = words.one_of if when.is_choice else words.all_of
    return both.format(a=", ".join(told[:-1]), b=told[-1]) if told[1:] else told[0]


def _said_member(member: tuple[Point | None, Point | None], when: FuzzyDate, language: str) -> str:
    words, (first, last) = _words(language), member
    if first is last and first is not None:
        return say_point(first, language)
    if first is not None and last is not None:
        if not when.is_choice:
            return _said_span(first, last, language)
        return words.among.format(a=_on(first, language), b=_on(last, language))
    if first is not None:
        return words.or_after.format(d=say_point(first, language))
    return words.or_before.format(d=say_point(last, language)) if last is not None else ""


def say_point(point: Point, language: str) -> str:
    """Write one end of a date in words, with how sure the source is of it."""
    words = _words(language)
    said = _known(point, language)
    marks = {"~": words.about, "?": words.uncertain, "%": words.both}
    if point.mark in {"~", "%"} and language == "fr" and point.day.isdigit():
        said = f"le {said}"
    return marks[point.mark].format(d=said) if point.mark else said


def _on(point: Point, language: str) -> str:
    """A date behind a preposition: « le 17 septembre 2016 »."""
    said = say_point(point, language)
    return f"le {said}" if language == "fr" and not point.mark and point.day.isdigit() else said


def exact(day: date, language: str, *, width: Literal["long", "full"] = "long") -> str:
    """Write a day; in full with its weekday: « samedi 1er juin 2024 »."""
    if language == "uk" and width == "long":
        return format_date(day, "d MMMM y 'року'", locale=locale(language))
    written = format_date(day, width, locale=locale(language))
    return re.sub(r"\b1\b", "1er", written, count=1) if language == "fr" and day.day == 1 else written


def _known(point: Point, language: str) -> str:
    """A date without its mark."""
    words = _words(language)
    if point.day == "XX":
        return words.no_day.format(d=_month(point, language))
    if point.month == "XX":
        return words.no_month.format(d=", ".join(part for part in (point.day, _year(point, language)) if part))
    if not point.month:
        return _year(point, language)
    if "X" in point.year:
        return _masked(point, language)
    if point.day and point.bounds:
        return exact(point.bounds[0], language)
    return _month(point, language)


def _month(point: Point, language: str) -> str:
    """A month, a season, a quarter or a half-year."""
    names = dict(zip(("21", "22", "23", "24", "40", "41"), _words(language).parts, strict=True))
    if point.month in names:
        return names[point.month].format(y=_year(point, language))
    if "X" in point.year or point.bounds is None:
        return _masked(point, language)
    skeleton = "yQQQQ" if point.month in _QUARTERS else "yMMMM"
    return str(format_skeleton(skeleton, point.bounds[0], locale=locale(language)))


def _masked(point: Point, language: str) -> str:
    """A day or a month whose year is not known, or known within a decade or a century."""
    number = int(point.month) if point.month.isdigit() and int(point.month) <= 12 else _QUARTERS.get(point.month, 1)  # noqa: PLR2004
    shown = date(_LEAP, number, int(point.day) if point.day.isdigit() else 1)
    said = str(format_skeleton("MMMMd" if point.day.isdigit() else "MMMM", shown, locale=locale(language)))
    said = re.sub("^1 ", "1er ", said) if language == "fr" else said
    if point.year == "XXXX":
        return _words(language).no_year.format(d=said)
    return f"{said}, {_year(point, language)}"


def _year(point: Point, language: str) -> str:
    """A year, a decade, or the years between which it is."""
    if "X" not in point.year:  # before our era there is no year 0: -0599 is the 600th
        number, era = int(point.year), locale(language).eras["abbreviated"][0]
        return str(number) if number > 0 else f"{1 - number} {era}"
    if point.year == "XXXX":
        return ""
    first, last = point.year.replace("X", "0"), point.year.replace("X", "9")
    if point.year.endswith("XX"):
        return _words(language).between.format(a=int(first), b=int(last))
    return _words(language).decade.format(y=int(first))


def _words(language: str) -> _Words:
    return _TABLE.get(language.split("-", maxsplit=1)[0].split("_", maxsplit=1)[0], _TABLE["en"])
