"""The words of the facts in the other languages of the screens; the rules and their answers are in French."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from babel import Locale

from app.rules.vocabulary.countries import FRENCH_NAMES, PARTS

FRENCH = "fr"
_FILE = Path(__file__).with_name("tongues.tsv")
_COLUMNS = {"en": 1, "de": 2}


def in_tongue(text: str, language: str) -> str:
    """What the facts and their codes are called, in a language; as in French where it has no word of its own."""
    return _words(language).get(text, text) if language in _COLUMNS else text


@lru_cache(maxsize=4)
def _words(language: str) -> dict[str, str]:
    column = _COLUMNS[language]
    rows = (line.split("\t") for line in _FILE.read_text("utf-8").splitlines())
    return {row[0]: row[column] for row in rows}


@lru_cache(maxsize=4)
def country_names(language: str) -> dict[str, str]:
    """Every country by its code, and the parts of one that programmes look at, in a language."""
    if language not in _COLUMNS:
        return FRENCH_NAMES | PARTS
    territories = Locale(language).territories
    countries = {code: str(territories.get(code, name)) for code, name in FRENCH_NAMES.items()}
    return countries | {code: in_tongue(name, language) for code, name in PARTS.items()}


def country_in(code: str, language: str) -> str:
    """One country or part of a country, in a language."""
    return country_names(language).get(code, code)
