"""Codes of languages, countries, currencies and time zones: which exist, what they are called, which one was meant."""

from __future__ import annotations

import difflib
import re
import zoneinfo
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

from babel.languages import get_official_languages
from babel.numbers import format_currency, format_decimal, get_currency_name

from app.shared.datewords import locale

if TYPE_CHECKING:
    from collections.abc import Iterable

_PAST_COUNTRIES = {
    "DD": {
        "fr": "République démocratique allemande",
        "en": "German Democratic Republic",
        "de": "Deutsche Demokratische Republik",
        "it": "Repubblica Democratica Tedesca",
        "es": "República Democrática Alemana",
        "pt": "República Democrática Alemã",
        "pl": "Niemiecka Republika Demokratyczna",
        "uk": "Німецька Демократична Республіка",
    },
    "SU": {
        "fr": "Union soviétique",
        "en": "Soviet Union",
        "de": "Sowjetunion",
        "it": "Unione Sovietica",
        "es": "Unión Soviética",
        "pt": "União Soviética",
        "pl": "Związek Radziecki",
        "uk": "Радянський Союз",
    },
    "YU": {
        "fr": "Yougoslavie",
        "en": "Yugoslavia",
        "de": "Jugoslawien",
        "it": "Jugoslavia",
        "es": "Yugoslavia",
        "pt": "Jugoslávia",
        "pl": "Jugosławia",
        "uk": "Югославія",
    },
    "CS": {
        "fr": "Tchécoslovaquie",
        "en": "Czechoslovakia",
        "de": "Tschechoslowakei",
        "it": "Cecoslovacchia",
        "es": "Checoslovaquia",
        "pt": "Checoslováquia",
        "pl": "Czechosłowacja",
        "uk": "Чехословаччина",
    },
}
"""States of ISO 3166-3 with which French towns were twinned, and which Babel does not name."""
_NOT_COUNTRIES = {"ZZ", "EU", "EZ", "UN", "QO", "XA", "XB"}
_MEANT = {
    "language": {
        "ua": "uk",
        "cz": "cs",
        "gr": "el",
        "gb": "en",
        "dk": "da",
        "jp": "ja",
        "cn": "zh",
        "fra": "fr",
        "fre": "fr",
        "deu": "de",
        "ger": "de",
        "eng": "en",
        "ukr": "uk",
        "ita": "it",
        "spa": "es",
        "por": "pt",
        "pol": "pl",
    },
    "country": {"UK": "GB", "EL": "GR", "EN": "GB"},
    "currency": {"UKR": "UAH", "PLZ": "PLN", "EURO": "EUR", "LIV": "GBP"},
    "timezone": {"Paris": "Europe/Paris", "CEST": "Europe/Paris"},
}


@cache
def known(kind: str) -> frozenset[str]:
    """Return every code of a kind: ``language``, ``country``, ``currency`` or ``timezone``."""
    words = locale("en")
    if kind == "language":
        return frozenset({str(code).split("_", maxsplit=1)[0] for code in words.languages} - {"und", "zxx"})
    if kind == "country":
        codes = {str(code) for code in words.territories}
        codes = {code for code in codes if len(code) == 2 and code.isalpha()}  # noqa: PLR2004  # alpha-2
        return frozenset((codes | set(_PAST_COUNTRIES)) - _NOT_COUNTRIES)
    if kind == "currency":
        return frozenset(set(words.currencies) - {"XXX", "XTS"})
    return frozenset(zoneinfo.available_timezones() - {"localtime", "Factory"})


def exists(kind: str, code: str) -> bool:
    """Whether there is such a code. Of a language tag the first part counts; qaa to qtz are for private use."""
    if kind == "language":
        code = code.split("-", maxsplit=1)[0]
        if len(code) == 3 and "qaa" <= code <= "qtz":  # noqa: PLR2004  # ISO 639-2
            return True
    return code in known(kind)


def meant(kind: str, code: str) -> str:
    """Return the code that was probably meant, or nothing."""
    first = code.split("-", maxsplit=1)[0] if kind == "language" else code
    likely = _MEANT.get(kind, {}).get(first, "")
    if likely or kind != "timezone":
        return likely
    return nearest(code, known(kind))[0] if nearest(code, known(kind), 0.6) else ""


def nearest(word: str, known_words: Iterable[str], cutoff: float = 0.0) -> list[str]:
    """Return words, the most alike first."""
    words = list(dict.fromkeys(known_words))
    close = difflib.get_close_matches(word.casefold(), words, max(len(words), 1), cutoff)
    return close if cutoff else [*close, *(one for one in words if one not in close)]


def country(code: str, language: str) -> str:
    """Name a country of today or of the past."""
    if names := _PAST_COUNTRIES.get(code):
        return names.get(language.split("-", maxsplit=1)[0], names["en"])
    return str(locale(language).territories.get(code, code))


def spoken_by(languages: Iterable[str], country_code: str | None) -> tuple[str, ...]:
    """Return the languages of a party: its own, else those that are official in its country."""
    own = tuple(languages)
    if own or not country_code:
        return own
    found = get_official_languages(country_code, de_facto=True)
    return tuple(dict.fromkeys(code.split("_")[0] for code in found))


def money(amount: str, currency: str | None, language: str) -> str:
    """Write an amount; outside the euro the currency is named in full, as « F » or « kr » are several ones."""
    number = Decimal(amount)
    if currency is None:
        return str(format_decimal(number, locale=locale(language)))
    if currency == "EUR":
        return str(format_currency(number, currency, locale=locale(language)))
    return str(format_currency(number, currency, locale=locale(language), format_type="name"))


_SIGNS = ("€", "£", "₴", "zł", "Kč", "Ft", "lei", "leu", "kr", "US$", "$", "Fr.")
_NAMES = (
    *("euros?", "francs?", "franken", "marks?", "mark", "lires?", "pesetas?", "pfund", "pounds?", "dollars?"),
    *("zlotys?", "złot\\w+", "hryvn\\w+", "грив\\w+", "forint\\w*", "couronnes?", "kronen", "kroner", "kronor"),
)
"""What people write of the sums that twin towns count in, where it is not the whole name."""
_UNSEEN = {0x200E: None, 0x200F: None}
_COUNTS = (0, 1, 2, 5, 11, Decimal("1.5"), 1_000_000)
"""One number for each of the forms that a language gives a name of money."""


@cache
def money_words(language: str) -> re.Pattern[str]:
    """A sum of money as a text in a language says it: a number and any currency by its name, its sign or its code."""
    words, all_codes = locale(language), sorted(known("currency"))
    names = {get_currency_name(code, count, locale=words) for code in all_codes for count in _COUNTS}
    named = "|".join([*(re.escape(name) for name in sorted(names - {*all_codes}, key=len, reverse=True)), *_NAMES])
    signs = sorted({*_SIGNS, *all_codes, *(sign for sign in words.currency_symbols.values() if len(sign) > 1)})
    signed = "|".join(re.escape(" ".join(sign.split())) for sign in sorted(signs, key=len, reverse=True))
    number = r"\d[\d\s.,'’]*"
    return re.compile(rf"{number}(?:de )?(?:{signed}|(?i:{named}))(?!\w)|(?<!\w)(?:{signed})\s?\d")


def is_sum(text: str, language: str) -> bool:
    """Whether a text in a language says a sum of money."""
    return money_words(language).search(" ".join(text.translate(_UNSEEN).split())) is not None
