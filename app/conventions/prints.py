"""What a print is: its form, its state, and whether the text is one of the past."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from msgspec.structs import replace

from app.conventions.models import PrintKind
from app.documents.errors import DocumentError
from app.documents.images import scale_arms
from app.shared.fuzzydate import understand

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from app.texts.document import Document

_WITHOUT_DAY = {"undated", "illegible"}
"""What is said of the day of a signing that took place."""
MEDIA = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "odt": "application/vnd.oasis.opendocument.text",
    "json": "application/json",
}


@dataclass(frozen=True)
class Print:
    """What a print needs to know besides the text: its state, its date, its number, its fingerprint, its arms.

    ``language`` is that of the letterhead, the state and the recorded facts; left out, that of the text. ``imported``:
    the text came in as a file, so that what is recorded beside its words is printed whatever model it names.
    """

    kind: PrintKind
    created: datetime
    number: int = 0
    sha256: str = ""
    arms: Mapping[str, bytes] | None = None
    language: str = ""
    imported: bool = False


def is_transcription(document: Document, today: date) -> bool:
    """Whether the text is one of the past that was carried over, not one that is being written."""
    if document.model is not None or document.state == "draft":
        return False
    told = [*(one.date for one in document.signings), *(one.date for one in document.acts)]
    told += [one.signed_on for one in document.signatories]
    if document.term is not None:
        told += [document.term.since]
    dates = [when for when in told if when and when.state == "given"]
    past = [when for one in dates if (when := understand(one.gregorian or one.date or "")) and when.earliest <= today]
    signed = any(one.mark or one.signed or one.legible is not None for one in document.signatories)
    bare = any(one.date and one.date.state in _WITHOUT_DAY for one in document.signings)
    return bool(document.state or document.source or document.sources or past or signed or bare)


def is_past(document: Document, wanted: Print) -> bool:
    """Whether the print renders a text of the past: nothing on it is still to be signed."""
    return wanted.kind is PrintKind.DRAFT and is_transcription(document, wanted.created.date())


def in_languages(document: Document) -> Document:
    """A text that does not say which languages it is in is in those that it has words in."""
    if document.languages:
        return document
    found = [*document.title, *(code for one in document.articles for code in (*one.heading, *one.body))]
    return replace(document, languages=list(dict.fromkeys(found)) or ["fr"])


def assets(wanted: Print) -> Mapping[str, bytes]:
    """The pictures of a print, by the party whose arms they are."""
    return wanted.arms or {}


def drawn_arms(content: bytes) -> bytes | None:
    """Return arms small enough for a letterhead, or nothing when the picture cannot be read."""
    try:
        return scale_arms(content).content
    except DocumentError:
        return None
