"""Dates, amounts, lists, countries and French prepositions, as each language writes them."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton
from babel.lists import format_list
from babel.numbers import format_currency, format_decimal

from app.texts import edtf

if TYPE_CHECKING:
    from collections.abc import Sequence

_ABOUT = {
    "fr": ("vers {d}", "au plus tard {d}", "à partir de {d}"),
    "en": ("about {d}", "{d} at the latest", "from {d}"),
    "de": ("um {d}", "spätestens {d}", "ab {d}"),
    "it": ("verso il {d}", "al più tardi {d}", "dal {d}"),
    "es": ("hacia {d}", "a más tardar {d}", "desde {d}"),
    "pt": ("cerca de {d}", "o mais tardar {d}", "a partir de {d}"),
    "pl": ("około {d}", "najpóźniej {d}", "od {d}"),
    "uk": ("близько {d}", "не пізніше {d}", "з {d}"),
}
_YES = {
    "fr": ("oui", "non"),
    "en": ("yes", "no"),
    "de": ("ja", "nein"),
    "it": ("sì", "no"),
    "es": ("sí", "no"),
    "pt": ("sim", "não"),
    "pl": ("tak", "nie"),
    "uk": ("так", "ні"),
}
_HOME = {"en": "en-GB", "pt": "pt-PT"}
_UKRAINIAN_DAY = "d MMMM y 'року'"
_EXACT = 10


@cache
def locale(language: str) -> Locale:
    """Return Babel's locale of a language; English where it knows none."""
    try:
        return Locale.parse(_HOME.get(language, language), sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale("en")


def day(text: str, language: str) -> str:
    """Write an EDTF date in words, never more precise than it is."""
    if "/" in text:
        return _range(text, language)
    about = text[-1:] in {"~", "?", "%"}
    known = text.rstrip("~?%")
    words = _point(known, language)
    return _ABOUT.get(language, _ABOUT["en"])[0].format(d=words) if about else words


def _range(text: str, language: str) -> str:
    first, last = text.split("/")
    words = _ABOUT.get(language, _ABOUT["en"])
    if first in {"", ".."}:
        return words[1].format(d=day(last, language))
    if last in {"", ".."}:
        return words[2].format(d=day(first, language))
    if edtf.is_exact(first) and edtf.is_exact(last):
        start, end = date.fromisoformat(first), date.fromisoformat(last)
        whole_end = _exact(end, language)
        if (start.year, start.month) == (end.year, end.month) and whole_end.startswith(str(end.day)):
            dot = "." if whole_end.startswith(f"{end.day}.") else ""
            return f"{start.day}{dot}–{whole_end}"
    return f"{day(first, language)} – {day(last, language)}"


def _point(text: str, language: str) -> str:
    bounds = edtf.span(text)
    if bounds is None or bounds.first is None:
        return text
    if len(text) == _EXACT:
        return _exact(bounds.first, language)
    if re.fullmatch(r"\d{4}-(0\d|1[0-2])", text):
        return format_skeleton("yMMMM", bounds.first, locale=locale(language))
    return str(int(text)) if text.isdigit() else text


def _exact(when: date, language: str) -> str:
    if language == "uk":
        return format_date(when, _UKRAINIAN_DAY, locale=locale(language))
    written = format_date(when, "long", locale=locale(language))
    return f"1er{written[1:]}" if language == "fr" and when.day == 1 else written


def euros(amount: str, language: str) -> str:
    """Write an amount of euros."""
    return money(amount, "EUR", language)


def money(amount: str, currency: str, language: str) -> str:
    """Write an amount of money."""
    return str(format_currency(Decimal(amount), currency, locale=locale(language)))


def whole(number: int, language: str) -> str:
    """Write a whole number."""
    return str(format_decimal(number, locale=locale(language)))


def join(words: Sequence[str], language: str) -> str:
    """Join words: « A, B et C »."""
    return str(format_list(list(words), locale=locale(language))) if words else ""


def country(code: str, language: str) -> str:
    """Name a country."""
    return str(locale(language).territories.get(code, code))


def language_name(code: str, language: str) -> str:
    """Name a language in another one."""
    return str(locale(language).languages.get(code.split("-", maxsplit=1)[0], code))


def own_name(code: str) -> str:
    """Name a language in itself, with a capital."""
    name = locale(code).languages.get(code.split("-", maxsplit=1)[0], code)
    return str(name[:1].upper() + name[1:])


def of(name: str) -> str:
    """« de » and a town's name in French: d’Antibes, du Mans, des Marches, de La Rochelle."""
    if match := re.match(r"(Les?)\s+(?=\S)", name):
        return f"{'du' if match[1] == 'Le' else 'des'} {name[match.end() :]}"
    return f"d’{name}" if _elides(name) else f"de {name}"


def at(name: str) -> str:
    """« à » and a town's name in French: à Antibes, au Mans, aux Marches."""
    if match := re.match(r"(Les?)\s+(?=\S)", name):
        return f"{'au' if match[1] == 'Le' else 'aux'} {name[match.end() :]}"
    return f"à {name}"


def _elides(name: str) -> bool:
    """A vowel elides; a Y before a consonant does; an H may be aspirated, so it does not."""
    return bool(re.match(r"[AEIOUÀÂÄÉÈÊËÎÏÔÖÙÛÜŒÆaeiouàâäéèêëîïôöùûüœæ]|[Yy][^aeiouyAEIOUY\s]", name))


def add(one: str, other: str) -> str:
    """Add two amounts."""
    return str(Decimal(one) + Decimal(other))


def yes_or_no(value: bool, language: str) -> str:  # noqa: FBT001  # the value is what is said
    """Say yes or no."""
    words = _YES.get(language, _YES["en"])
    return words[0] if value else words[1]
