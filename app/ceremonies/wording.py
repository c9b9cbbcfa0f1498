"""The words that programmes and calendars need beside what people wrote, in the language of the document.

A calendar entry is written once and read by many: its words cannot come from the reader's catalogue. They lie in
``words/<language>.toml``. Languages without words here borrow those of the first language that has some, else French.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.places import clocks
from app.shared.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

LANGUAGES = ("fr", "en", "de", "it", "es", "pt", "pl", "uk")
_FOLDER = Path(__file__).with_name("words")


@dataclass(frozen=True)
class Vocabulary:
    """The words of one language; ``to_reread`` as long as nobody who speaks it has read them."""

    words: dict[str, str]
    hour_shape: str
    to_reread: bool
    parts_of_day: dict[str, list[str]]
    """« morning » and its like: how people write it, the first as a programme says it."""


@cache
def vocabulary(language: str) -> Vocabulary:
    """Read the words of one of :data:`LANGUAGES`."""
    told = tomllib.loads((_FOLDER / f"{language}.toml").read_text("utf-8"))
    return Vocabulary(told["words"], told["hour_shape"], told["to_reread"], told["parts_of_day"])


@cache
def _known_parts() -> dict[str, str]:
    return {
        fold(word): part
        for language in LANGUAGES
        for part, ways in vocabulary(language).parts_of_day.items()
        for word in ways
    }


def part_of_day(value: Any, language: str) -> str:  # noqa: ANN401  # a « words » of the interchange format
    """Say « matin » in a language; a part of the day in other words stays as people wrote it."""
    told = said(value, [language])
    part = _known_parts().get(fold(told), "")
    if not part or not known(language) or (isinstance(value, dict) and language in value):
        return told
    mine = vocabulary(base(language)).parts_of_day[part]
    return told if fold(told) in map(fold, mine) else mine[0]


def base(language: str) -> str:
    """The language without its country or script."""
    return language.split("-", maxsplit=1)[0]


def spoken(languages: Iterable[str]) -> str:
    """The first of these languages that has words here, else French."""
    return next((base(language) for language in languages if known(language)), "fr")


def words(languages: Iterable[str]) -> dict[str, str]:
    """Return the words of the first of these languages that has some."""
    return vocabulary(spoken(languages)).words


def labels(languages: Iterable[str]) -> dict[str, str]:
    """The words of every one of these languages that has some, side by side: « Heure / Hora »."""
    sides = [vocabulary(one).words for one in dict.fromkeys(base(code) for code in languages if known(code))]
    sides = sides or [vocabulary("fr").words]
    return {
        key: word if key == "colon" else " / ".join(dict.fromkeys(one[key] for one in sides))
        for key, word in sides[0].items()
    }


def known(language: str) -> bool:
    """Whether the software has words in this language."""
    return base(language) in LANGUAGES


def to_reread(languages: Iterable[str]) -> list[str]:
    """Those of these languages whose words nobody has proof-read yet."""
    return [one for one in dict.fromkeys(map(base, languages)) if known(one) and vocabulary(one).to_reread]


def said(value: Any, languages: Iterable[str] = ()) -> str:  # noqa: ANN401  # a « words » of the interchange format
    """Say a text, or a text by language: the wanted languages first, then whatever there is."""
    if not value:
        return ""
    if isinstance(value, dict):
        for language in languages:
            if language in value:
                return str(value[language])
        return str(next(iter(value.values())))
    return str(value)


def joined(value: Any, separator: str = " / ") -> str:  # noqa: ANN401  # as above
    """Say a text in all its languages, each wording once."""
    if isinstance(value, dict):
        return separator.join(dict.fromkeys(str(text) for text in value.values()))
    return str(value or "")


def hour(text: str, language: str) -> str:
    """Say an hour: « 15:30 » becomes « 15 h 30 » in French."""
    if not text:
        return ""
    hours, minutes = text.split(":")
    one = base(language)
    shape = vocabulary("fr" if one == "und" else one).hour_shape if known(one) or one == "und" else "{hour}:{two}"
    minute = "" if minutes == "00" else f"\N{NO-BREAK SPACE}{minutes}"
    return shape.format(hour=int(hours), two=minutes, minute=minute)


def city(timezone: str, language: str) -> str:
    """Name the place whose clock a time zone is: « Paris », « Lisbonne »."""
    return clocks.city(timezone, spoken([language]))


def zone_name(timezone: str, language: str) -> str:
    """A time zone as people know it: « Paris (France) »."""
    return clocks.told(timezone, spoken([language])) if timezone else ""
