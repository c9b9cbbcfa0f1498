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

    def next(self, level: str, as_written: str = "") -> str:
        """Return the number of the next part of this level; empty when it bears none.

        ``as_written``: the number it bears in its source, from which the next ones follow: § 2 after § 1 bis.
        """
        if as_written:
            known = _FIGURES.search(as_written)
            if level == "article" and known:
                self._articles = int(known.group())
            elif level == "title":
                self._titles += 1
            return as_written
        if level == "title":
            self._titles += 1
            return self._words["title"].format(n=roman(self._titles))
        if level != "article" or self._numbering is Numbering.NONE:
            return ""
        self._articles += 1
        if self._numbering is Numbering.PARAGRAPH:
            return self._words["paragraph"].format(n=self._articles)
        if self._articles == 1:
            return self._words["first_article"].format(n=1)
        return self._words["article"].format(n=self._articles)


def roman(number: int) -> str:
    """Return a Roman numeral below forty."""
    made = ""
    for value, letters in _ROMAN:
        while number >= value:
            made += letters
            number -= value
    return made
