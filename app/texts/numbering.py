"""Numbers of articles: Article 1; § 1; Titre I with articles counted through; none."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from app.texts.document import Numbering

if TYPE_CHECKING:
    from collections.abc import Mapping

_FIGURES = re.compile(r"\d{1,4}")
_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


class Counter:
    """Counts as the text goes on."""

    def __init__(self, numbering: Numbering, words: Mapping[str, str]) -> None:
        self._numbering = numbering
        self._words = words
        self._articles = 0
        self._titles = 0

    def next(self, level: str, as_written: str = "", figure: str = "") -> str:
        """Return the number of the next part of this level; empty when it bears none.

        ``as_written``: the number it bears in its source; ``figure``: the same with its figure, in another language.
        The next ones follow from it: § 2 after § 1 bis.
        """
        if as_written:
            self._follow(level, figure or as_written)
            return as_written
        if level == "title":
            return self._title()
        if level != "article" or self._numbering is Numbering.NONE:
            return ""
        self._articles += 1
        key = "paragraph" if self._numbering is Numbering.PARAGRAPH else "article"
        if key == "article" and self._articles == 1:
            key = "first_article"
        return self._words[key].format(n=self._articles)

    def _follow(self, level: str, written: str) -> None:
        """Go on from a number that stands in the source."""
        known = _FIGURES.search(written)
        if level == "article" and known:
            self._articles = int(known.group())
        elif level == "title":
            self._titles += 1

    def _title(self) -> str:
        if self._numbering is not Numbering.TITLE_ARTICLE:
            return ""
        self._titles += 1
        return self._words["title"].format(n=roman(self._titles))


def roman(number: int) -> str:
    """Return a Roman numeral below forty."""
    made = ""
    for value, letters in _ROMAN:
        while number >= value:
            made += letters
            number -= value
    return made
