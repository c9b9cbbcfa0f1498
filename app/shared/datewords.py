"""Dates of any precision in words, in the languages that texts are written in; English where there are none.

One table a language, no catalogue: the same words serve the screen, the print and the programme.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton

if TYPE_CHECKING:
    from app.shared.fuzzydate import FuzzyDate, Point

_HOME = {"en": "en_GB", "pt": "pt_PT"}
_QUARTERS = {"33": 2, "34": 5, "35": 8, "36": 11}
_LEAP = 2000


@dataclass(frozen=True)
class _Words:
    """How one language says what is not a plain day, month or year. ``parts``: spring to winter, the half-years."""

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
    parts: tuple[str, str, str, str, str, str]


_TABLE = {
    "fr": _Words(
        "vers {d}",
        "{d} (date incertaine)",
        "vers {d} (date incertaine)",
        "au plus tard {d}",
        "dès {d}",
        "années {y}",
        "entre {a} et {b}",
        "{d}, année non connue",
        "{d}, mois non connu",
        "{d}, jour non connu",
        ("printemps {y}", "été {y}", "automne {y}", "hiver {y}", "1er semestre {y}", "2e semestre {y}"),
    ),
    "en": _Words(
        "about {d}",
        "{d} (uncertain date)",
        "about {d} (uncertain date)",
        "{d} at the latest",
        "from {d}",
        "{y}s",
        "between {a} and {b}",
        "{d}, year not known",
        "{d}, month not known",
        "{d}, day not known",
        ("spring {y}", "summer {y}", "autumn {y}", "winter {y}", "first half of {y}", "second half of {y}"),
    ),
    "de": _Words(
        "um {d}",
        "{d} (Datum unsicher)",
        "um {d} (Datum unsicher)",
        "spätestens {d}",
        "ab {d}",
        "{y}er Jahre",
        "zwischen {a} und {b}",
        "{d}, Jahr nicht bekannt",
        "{d}, Monat nicht bekannt",
        "{d}, Tag nicht bekannt",
        ("Frühling {y}", "Sommer {y}", "Herbst {y}", "Winter {y}", "1. Halbjahr {y}", "2. Halbjahr {y}"),
    ),
    "it": _Words(
        "verso il {d}",
        "{d} (data incerta)",
        "verso il {d} (data incerta)",
        "al più tardi {d}",
        "dal {d}",
        "anni {y}",
        "tra il {a} e il {b}",
        "{d}, anno non noto",
        "{d}, mese non noto",
        "{d}, giorno non noto",
        ("primavera {y}", "estate {y}", "autunno {y}", "inverno {y}", "primo semestre {y}", "secondo semestre {y}"),
    ),
    "es": _Words(
        "hacia {d}",
        "{d} (fecha incierta)",
        "hacia {d} (fecha incierta)",
        "a más tardar {d}",
        "desde {d}",
        "década de {y}",
        "entre {a} y {b}",
        "{d}, año desconocido",
        "{d}, mes desconocido",
        "{d}, día desconocido",
        (
            "primavera de {y}",
            "verano de {y}",
            "otoño de {y}",
            "invierno de {y}",
            "primer semestre de {y}",
            "segundo semestre de {y}",
        ),
    ),
    "pt": _Words(
        "cerca de {d}",
        "{d} (data incerta)",
        "cerca de {d} (data incerta)",
        "o mais tardar {d}",
        "a partir de {d}",
        "década de {y}",
        "entre {a} e {b}",
        "{d}, ano desconhecido",
        "{d}, mês desconhecido",
        "{d}, dia desconhecido",
        (
            "primavera de {y}",
            "verão de {y}",
            "outono de {y}",
            "inverno de {y}",
            "primeiro semestre de {y}",
            "segundo semestre de {y}",
        ),
    ),
    "pl": _Words(
        "{d} (w przybliżeniu)",
        "{d} (data niepewna)",
        "{d} (w przybliżeniu, data niepewna)",
        "{d} lub wcześniej",
        "{d} lub później",
        "lata {y}.",
        "między {a} a {b}",
        "{d}, rok nieznany",
        "{d}, miesiąc nieznany",
        "{d}, dzień nieznany",
        ("wiosna {y}", "lato {y}", "jesień {y}", "zima {y}", "pierwsze półrocze {y}", "drugie półrocze {y}"),
    ),
    "uk": _Words(
        "{d} (приблизно)",
        "{d} (дата непевна)",
        "{d} (приблизно, дата непевна)",
        "{d} або раніше",
        "{d} або пізніше",
        "{y}-ті роки",
        "між {a} і {b}",
        "{d}, рік невідомий",
        "{d}, місяць невідомий",
        "{d}, день невідомий",
        ("весна {y}", "літо {y}", "осінь {y}", "зима {y}", "перше півріччя {y}", "друге півріччя {y}"),
    ),
}


@cache
def locale(language: str) -> Locale:
    """Return Babel's locale of a language; English where it knows none."""
    try:
        return Locale.parse(_HOME.get(language, language).replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return Locale("en", "GB")


def say(when: FuzzyDate, language: str) -> str:
    """Write a date in words, never more precise than it is."""
    words = _words(language)
    if when.start is None and when.end is not None:
        return words.until.format(d=_on(when.end, language))
    if when.end is None and when.start is not None:
        return words.since.format(d=_on(when.start, language))
    if when.start is None or when.end is None:
        return when.text
    if "/" not in when.text:
        return say_point(when.start, language)
    if when.start.day.isdigit() and when.end.day.isdigit() and not (when.start.mark or when.end.mark):
        first, last = when.earliest, when.latest
        whole = exact(last, language)
        if (first.year, first.month) == (last.year, last.month) and whole.startswith(str(last.day)):
            dot = "." if whole.startswith(f"{last.day}.") else ""
            return f"{first.day}{dot}–{whole}"
    return f"{say_point(when.start, language)} – {say_point(when.end, language)}"


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


def exact(day: date, language: str) -> str:
    """Write a day."""
    if language == "uk":
        return format_date(day, "d MMMM y 'року'", locale=locale(language))
    written = format_date(day, "long", locale=locale(language))
    return f"1er{written[1:]}" if language == "fr" and day.day == 1 and written[:1] == "1" else written


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
    if language == "fr" and said.startswith("1 "):
        said = f"1er{said[1:]}"
    if point.year == "XXXX":
        return _words(language).no_year.format(d=said)
    return f"{said}, {_year(point, language)}"


def _year(point: Point, language: str) -> str:
    """A year, a decade, or the years between which it is."""
    if "X" not in point.year:
        return str(int(point.year))
    if point.year == "XXXX":
        return ""
    first, last = point.year.replace("X", "0"), point.year.replace("X", "9")
    if point.year.endswith("XX"):
        return _words(language).between.format(a=int(first), b=int(last))
    return _words(language).decade.format(y=int(first))


def _words(language: str) -> _Words:
    return _TABLE.get(language.split("-", maxsplit=1)[0].split("_", maxsplit=1)[0], _TABLE["en"])
