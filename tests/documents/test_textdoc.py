"""The same text for Word and LibreOffice: complete, in its languages, and the same bytes each time."""

from __future__ import annotations

import io
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from docx import Document

from app.documents.archive import open_office, unpack
from app.documents.docx import write_docx
from app.documents.odt import write_odt
from app.documents.textdoc import (
    Heading,
    ItemList,
    PageBreak,
    Pair,
    Paragraph,
    Part,
    Run,
    Side,
    Signature,
    Signatures,
    TextDocument,
    direction,
    locale_of,
    plain,
)
from tests.documents import samples

if TYPE_CHECKING:
    from collections.abc import Callable

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_MAIN = {write_docx: "word/document.xml", write_odt: "content.xml"}
WRITERS = pytest.mark.parametrize("write", [write_docx, write_odt], ids=["docx", "odt"])


def inside(write: Callable[[TextDocument], bytes], document: TextDocument) -> ET.Element:
    return ET.fromstring(unpack(write(document))[_MAIN[write]])  # noqa: S314  (our own)


def said(write: Callable[[TextDocument], bytes], document: TextDocument) -> str:
    return "".join(inside(write, document).itertext())


def everything(document: TextDocument) -> list[str]:
    """Every sentence of the pairs of a document."""
    return [
        plain(inner.words)
        for block in document.blocks
        if isinstance(block, Pair)
        for side in block.sides
        for inner in side.blocks
        if isinstance(inner, Heading | Paragraph)
    ]


@WRITERS
def test_nothing_of_the_text_is_lost(write: Callable[[TextDocument], bytes]) -> None:
    found = said(write, samples.convention())

    for sentence in everything(samples.convention()):
        assert sentence in found
    for word in (
        "Convention de jumelage entre",
        "Brouillon",
        "Exposition de photographies",
        "Підпис і печатка",
        "sous réserve",
    ):
        assert word in found


@WRITERS
def test_the_same_text_gives_the_same_bytes(write: Callable[[TextDocument], bytes]) -> None:
    assert write(samples.convention()) == write(samples.convention())
    assert write(samples.convention()) != write(replace(samples.convention(), title="Autre"))


@WRITERS
def test_markup_and_odd_characters_stay_text(write: Callable[[TextDocument], bytes]) -> None:
    odd = "<b>&amp;</b>\x01 « x »\nligne\tdeux  espaces"
    document = TextDocument(title="A & <B>", lang="fr", created=samples.CREATED, blocks=(Paragraph(odd),))

    open_office(write(document)).close()
    found = said(write, document)
    assert "<b>&amp;</b>" in found
    assert "A & <B>" in found


@WRITERS
def test_every_kind_of_block_is_written(write: Callable[[TextDocument], bytes]) -> None:
    blocks = (
        Part("uk", (Heading("Розділ"), Paragraph("Текст", "note"), PageBreak())),
        ItemList(("un", "deux"), ordered=True, start=3),
        Paragraph((Run("penché", italic=True), Run("arabe", lang="ar")), "centre"),
    )

    found = said(write, TextDocument(title="T", lang="fr", created=samples.CREATED, blocks=blocks))

    for word in ("Розділ", "Текст", "3. un", "4. deux", "penché"):
        assert word in found


def test_word_hears_the_language_of_each_run() -> None:
    root = inside(write_docx, samples.convention())
    spoken = Counter(found.get(f"{_WORD}val") for found in root.iter(f"{_WORD}lang"))

    assert set(spoken) == {"fr-FR", "uk-UA"}
    assert all(
        run.find(f"{_WORD}rPr/{_WORD}lang") is not None
        for run in root.iter(f"{_WORD}r")
        if run.find(f"{_WORD}t") is not None
    )


def test_libreoffice_hears_the_language_of_each_run() -> None:
    root = inside(write_odt, samples.convention())
    styles = {style.get(f"{_STYLE}name"): style for style in root.iter(f"{_STYLE}style")}

    for span in root.iter(f"{_TEXT}span"):
        properties = styles[span.get(f"{_TEXT}style-name")].find(f"{_STYLE}text-properties")
        assert properties is not None
        assert properties.get(f"{_FO}language") in {"fr", "uk"}


def test_arabic_runs_from_right_to_left_in_both() -> None:
    word = inside(write_docx, samples.arabic())
    assert len(list(word.iter(f"{_WORD}bidi"))) >= 3
    assert {found.get(f"{_WORD}bidi") for found in word.iter(f"{_WORD}lang")} == {None, "ar-MA"}
    assert "Standard_20_RTL" in unpack(write_odt(samples.arabic()))["content.xml"].decode()


def test_headings_are_headings_and_dates_those_of_the_version() -> None:
    book = Document(io.BytesIO(write_docx(samples.convention())))

    assert book.core_properties.title == samples.convention().title
    assert book.core_properties.created == samples.CREATED
    assert [paragraph.style.name for paragraph in book.paragraphs if "Calendrier" in paragraph.text] == ["Heading 2"]


def test_a_long_article_is_cut_in_rows_and_a_huge_paragraph_is_stacked() -> None:
    short = Pair((Side("fr", (Heading("a"), Paragraph("x"))), Side("uk", (Heading("b"), Paragraph("y")))))
    long = Pair((Side("fr", (Heading("a"), *(Paragraph("x" * 600),) * 4)), Side("uk", (Heading("b"), Paragraph("y")))))
    huge = Pair((Side("fr", (Paragraph("x" * 3000),)), Side("uk", (Paragraph("y"),))))

    assert len(short.rows) == 1
    assert [len(row.sides[0].blocks) for row in long.rows] == [2, 1, 1, 1]
    assert [row.stacked for row in huge.rows] == [True]


def test_languages_know_their_direction_and_their_country() -> None:
    assert [direction(lang) for lang in ("fr", "ar", "ar-MA", "he", "uk")] == ["ltr", "rtl", "rtl", "rtl", "ltr"]
    assert [locale_of(lang) for lang in ("uk", "fr-CA", "oc")] == ["uk-UA", "fr-CA", "oc"]


@WRITERS
def test_a_sign_that_none_of_our_fonts_draws_stays_itself_where_a_text_is_edited(
    write: Callable[[TextDocument], bytes],
) -> None:
    words = "宇治市 🎉 เชียงใหม่ 𠮷"
    made = replace(samples.arabic(), title=words, lang="ja", blocks=(Paragraph(words), Paragraph("目的", lang="ja")))
    raw = write(made)
    assert _MAIN[write] in open_office(raw).namelist()
    text = said(write, made)
    assert text.count(words) >= 2
    assert "[U+" not in text
    spoken = unpack(raw)[_MAIN[write]].decode()
    assert ('w:eastAsia="ja"' if write is write_docx else 'style:language-asian="ja"') in spoken


@WRITERS
def test_five_who_sign_stand_two_beside_each_other(write: Callable[[TextDocument], bytes]) -> None:
    signing = Signatures(tuple(Signature(party=f"Ville {rank}", name="") for rank in range(5)))
    document = replace(samples.convention(), blocks=(signing,))
    row, cell = (f"{_WORD}tr", f"{_WORD}tc") if write is write_docx else (f"{_TABLE}table-row", f"{_TABLE}table-cell")
    rows = [found.findall(cell) for found in inside(write, document).iter(row)]
    assert [len(cells) for cells in rows if any("Ville" in "".join(one.itertext()) for one in cells)] == [2, 2, 1]
