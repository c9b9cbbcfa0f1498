"""The longest names of communes stand on the sheet: broken at their hyphens, or wherever the line ends."""

from __future__ import annotations

import io
import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader

from app.conventions.documents import page
from app.conventions.models import PrintKind
from app.conventions.prints import Print
from app.documents.pdf import write_pdf
from app.texts import interchange
from app.texts.document import FORMAT
from tests.support import verapdf

if TYPE_CHECKING:
    from pathlib import Path

    from flask import Flask

    from app.texts.document import Document

FRENCH = "Saint-Remy-en-Bouzemont-Saint-Genest-et-Isson"
WELSH = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch"
PRESIDENT = "Marie-Madeleine-Bernadette Exemple-Specimen de La Tour-Fictive"
NOW = datetime(2026, 11, 24, tzinfo=UTC)


@pytest.fixture
def oath() -> Document:
    values = {
        "format": FORMAT,
        "version": 1,
        "id": "long",
        "kind": "oath",
        "languages": ["fr", "de"],
        "title": {"fr": f"Serment de {FRENCH}", "de": "Eid"},
        "parties": [{"id": "a", "name": FRENCH, "country": "FR"}, {"id": "b", "name": WELSH, "country": "GB"}],
        "signatories": [{"name": PRESIDENT, "parties": ["a"]}, {"name": "B. Exemple", "parties": ["b"]}],
        "articles": [{"id": "x", "heading": {"fr": WELSH, "de": "Kurz"}, "body": {"fr": "Un.", "de": "Eins."}}],
    }
    return interchange.read(json.dumps(values).encode())


def _pdf(app: Flask, document: Document, wanted: Print) -> bytes:
    with app.test_request_context():
        return write_pdf(page(document, wanted))


def _lines(pdf: bytes) -> list[str]:
    """The first sheet line by line."""
    return [line.strip() for line in PdfReader(io.BytesIO(pdf)).pages[0].extract_text().splitlines()]


def test_no_name_runs_over_its_neighbour_or_off_the_sheet(app: Flask, oath: Document) -> None:
    lines = _lines(_pdf(app, oath, Print(PrintKind.DRAFT, NOW)))
    assert "Saint-Remy-en-Bouzemont-Saint-" in lines
    for name in (FRENCH, WELSH, PRESIDENT):
        assert not any(name in line for line in lines), f"{name} stands on one line, which is too short for it"
        assert name.replace(" ", "") in "".join(lines).replace(" ", "")


def test_what_was_frozen_before_keeps_its_bytes(app: Flask, oath: Document) -> None:
    before = Print(PrintKind.SUBMITTED, datetime(2026, 11, 23, 5, tzinfo=UTC), 1, "ab" * 32)
    assert FRENCH in "\n".join(_lines(_pdf(app, oath, before)))


@pytest.mark.once
def test_a_broken_name_is_archival_and_accessible(app: Flask, oath: Document, tmp_path: Path) -> None:
    path = tmp_path / "long.pdf"
    path.write_bytes(_pdf(app, oath, Print(PrintKind.SUBMITTED, NOW, 1, "ab" * 32)))
    assert verapdf.complaints(path) == ""
