"""How a language says a phrase: its blanks, its dates, its lists, its two forms."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from app.shared.fuzzydate import understand
from app.texts import formats
from app.texts.pieces import Piece, filled
from app.texts.wording import load_model, load_phrases

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.texts.document import Document, When
    from app.texts.pieces import Pieces


class Voice:
    """One language about one document.

    ``tongue`` is the language of the phrases: that one, or French where we have no phrases in it; days, lists and
    countries inside a phrase are said in the language of the phrase, not in two.
    """

    def __init__(self, document: Document, language: str) -> None:
        self.document = document
        self.language = language
        self.words = load_phrases(language)
        self.tongue = self.words.language

    def blank(self, name: str) -> Pieces:
        """A visible blank: the label of the field where the language has one."""
        model = self.document.model
        known = load_model(model.kind).field(name) if model and model.kind else None
        label = known.label.get(self.language, "") if known else ""
        return (Piece(f"[{label or self.words.phrases['blank']}]", blank=True, field=name),)

    def fill(self, phrase: str, **parts: Pieces | str) -> Pieces:
        """Fill a phrase of the language with pieces."""
        return filled(self._agreeing(phrase, parts), parts)

    def _agreeing(self, phrase: str, parts: Mapping[str, Pieces | str]) -> str:
        """A phrase whose « représenté·e » agrees with the party that it is about."""
        said, party = self.words.phrases[phrase], parts.get("party")
        if party is None:
            return said
        whole = party if isinstance(party, str) else "".join(piece.text for piece in party)
        return formats.one_form(said, is_feminine=not formats.is_masculine(whole))

    def fill_dated(self, phrase: str, when: When | None, **parts: Pieces | str) -> Pieces:
        """Fill a phrase that holds a date; « le », “on” stand before days alone: « Fait à Nesmy, été 2016 »."""
        template = self._agreeing(phrase, parts)
        if not _is_day(when):
            loose = r", \1" if phrase in {"done_one", "occasion"} else r" (\1)"
            template = re.sub(r",? (?:\S+ )?(\{date\})", loose, template)
        return filled(template, parts)

    def joined(self, items: list[Pieces]) -> Pieces:
        """Join pieces as the language joins a list, whatever they say."""
        if not items:
            return ()
        marks = [f"\x01{number}\x02" for number in range(len(items))]
        made: list[Piece] = []
        for word in re.split(r"(\x01\d+\x02)", formats.join(marks, self.tongue)):
            made.extend(items[int(word[1:-1])] if word.startswith("\x01") else (Piece(word),))
        return tuple(piece for piece in made if piece.text)


def _is_day(when: When | None) -> bool:
    """Whether a date is a day, or still to be filled in as one."""
    if when is None or when.date is None:
        return when is None or when.state != "undated"
    found = understand(when.date)
    ends = (found.start, found.end) if found else ()
    return all(end is not None and end.day.isdigit() and not end.mark for end in ends)
