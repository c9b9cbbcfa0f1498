"""A text as it prints: one structure for PDF, DOCX and ODT, in three states."""

from __future__ import annotations

from app.conventions.documents.files import html, page, print_name, write
from app.conventions.documents.laying import text_document
from app.conventions.documents.versions import draft_print, version_print, write_version
from app.conventions.prints import MEDIA, Print, drawn_arms, is_transcription
from app.conventions.settling import recorded

__all__ = [
    "MEDIA",
    "Print",
    "draft_print",
    "drawn_arms",
    "html",
    "is_transcription",
    "page",
    "print_name",
    "recorded",
    "text_document",
    "version_print",
    "write",
    "write_version",
]
