"""The fingerprint of a text: sha-256 of its words in every language, so that what was voted can be recognised."""

from __future__ import annotations

import hashlib
import unicodedata
from typing import TYPE_CHECKING

from app.texts.merge import merge_all

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.texts.document import Document
    from app.texts.merge import Text


def canonical_text(document: Document) -> str:
    """Return the words of the document as today's phrases have them, one language after the other."""
    return canonical(merge_all(document), signatory_lines(document))


def canonical(texts: Iterable[Text], signatories: Iterable[str]) -> str:
    """Return words in one agreed form.

    Unicode NFC, one line feed between lines, one empty line between articles, a language line before each language.
    Ticks of proof-readers, notes and layout are not words: they do not change the fingerprint.
    """
    blocks: list[str] = []
    for text in texts:
        blocks.append(f"[{text.language}]")
        blocks.append("\n".join(line for line in (text.title, text.subtitle) if line))
        blocks.extend(part.text for part in text.parts)
    return unicodedata.normalize("NFC", "\n\n".join([*blocks, *signatories])) + "\n"


def signatory_lines(document: Document) -> list[str]:
    """Who signs, a line each, as the fingerprint has it."""
    return [" | ".join([one.title, one.name, one.role, *one.parties]) for one in document.signatories]


def seal(document: Document) -> str:
    """Return the fingerprint, in 64 hexadecimal digits."""
    return fingerprint(canonical_text(document))


def fingerprint(text: str) -> str:
    """Return the sha-256 of a canonical text."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def grouped(digest: str) -> str:
    """Write a fingerprint in groups of four, as people read it out."""
    return " ".join(digest[place : place + 4] for place in range(0, len(digest), 4))
