"""What is known of a text that its print does not say."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from app.texts.telling import Section, Told, sections

if TYPE_CHECKING:
    from app.texts.document import Document

_SHORT = 4
_ISOLATES = {0x2068: None, 0x2069: None}


def unsaid(document: Document, language: str, print_: str, *, own: bool | None = None) -> list[Section]:
    """Return the facts of a document that its print does not say, nor the product filled in by itself.

    ``own``: the text was written here; left out, a text with a model was.
    """
    page = _folded(print_)
    made = []
    written_here = document.model is not None if own is None else own
    for section in sections(document, language, own=written_here):
        facts = [left for one in section.facts if (left := _left(one, page))]
        if facts:
            made.append(Section(section.title, tuple(facts)))
    return made


def _left(fact: Told, page: str) -> Told | None:
    if not _is_said(", ".join(fact.head), page) and any(not _is_said(piece, page) for piece in fact.head):
        return fact
    said = tuple(pair for pair in fact.said if not _is_said(pair[1], page))
    return Told(fact.head, said) if said else None


def _is_said(text: str, page: str) -> bool:
    """Whether the print holds these words; short ones and plain numbers are found anywhere, so they prove nothing."""
    words = _folded(text)
    return len(words) >= _SHORT and not words.replace(" ", "").isdigit() and words in page


def _folded(text: str) -> str:
    bare = text.translate(_ISOLATES)
    plain = unicodedata.normalize("NFKC", bare).replace("’", "'").casefold()
    return " ".join(plain.split())
