"""A text as it prints: one structure for PDF, DOCX and ODT, in three states."""

from __future__ import annotations

from app.conventions.documents.files import html, page, print_name, write
from app.conventions.documents.laying import recorded, text_document
from app.conventions.documents.prints import MEDIA, Print, drawn_arms, is_transcription

__all__ = [
    "MEDIA",
    "Print",
    "drawn_arms",
    "html",
    "is_transcription",
    "page",
    "print_name",
    "recorded",
    "text_document",
    "write",
]
