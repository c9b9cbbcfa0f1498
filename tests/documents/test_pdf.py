"""What leaves on paper: archival, accessible, complete, and the same bytes for the same text."""

from __future__ import annotations

import io
import re
import subprocess
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader
from pypdf.generic import IndirectObject

from app.documents import pdf
from app.documents.errors import DocumentError
from app.documents.page import Attachment, PrintPage
from app.documents.pdf import missing_libraries, write_pdf
from app.documents.textdoc import Heading, Pair, Paragraph, Part, Side, TextDocument
from tests.documents import samples
from tests.support import tools, verapdf

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="module")
def convention() -> bytes:
    return write_pdf(samples.printed(samples.convention()))


@pytest.fixture(scope="module")
def arabic() -> bytes:
    return write_pdf(samples.printed(samples.arabic()))


def text_of(content: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)


def letters(text: str) -> str:
    return re.sub(r"[\s\u00ad\u200e\u200f\u202a-\u202e\u2010-]", "", text)


def verify(tmp_path: Path, *contents: bytes) -> str:
    """What the veraPDF engine says against these files; empty when they conform."""
    paths = []
    for number, content in enumerate(contents):
        path = tmp_path / f"{number}.pdf"
        path.write_bytes(content)
        paths.append(path)
    return verapdf.complaints(*paths)


def test_one_file_is_both_archival_and_accessible(convention: bytes, arabic: bytes, tmp_path: Path) -> None:
    carried = Attachment(
        name="ceremonie.ics",
        media_type="text/calendar",
        content=b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n",
        date=samples.CREATED,
    )
    with_file = write_pdf(samples.printed(samples.arabic(), attachments=(carried,)))

    assert verify(tmp_path, convention, arabic, with_file) == ""


def test_the_sample_has_the_length_of_a_real_convention(convention: bytes) -> None:
    assert len(PdfReader(io.BytesIO(convention)).pages) >= 4


def test_same_page_gives_same_bytes(convention: bytes) -> None:
    assert write_pdf(samples.printed(samples.convention())) == convention


def test_every_word_is_printed_once(convention: bytes) -> None:
    found = letters(text_of(convention))

    for block in samples.convention().blocks:
        if isinstance(block, Pair):
            for side in block.sides:
                for inner in side.blocks:
                    assert isinstance(inner, Heading | Paragraph)
                    assert letters(str(inner.words)) in found


@pytest.mark.parametrize(("words", "paragraphs"), [(40, 1), (200, 3), (1200, 1)])
def test_no_pair_loses_or_repeats_a_word_at_the_foot_of_a_page(words: int, paragraphs: int) -> None:
    def side(mark: str, article: int) -> Side:
        said = (
            Paragraph(" ".join(f"w{article}x{paragraph}x{word}{mark}" for word in range(words)))
            for paragraph in range(paragraphs)
        )
        return Side("fr" if mark == "a" else "uk", (Heading("Article"), *said))

    blocks = tuple(Pair((side("a", article), side("b", article))) for article in range(5))
    document = TextDocument(title="Longueurs", lang="fr", created=samples.CREATED, blocks=blocks)

    found = Counter(re.findall(r"w\dx\dx\d+[ab]", text_of(write_pdf(samples.printed(document)))))

    assert len(found) == 5 * paragraphs * words * 2
    assert set(found.values()) == {1}


def test_arabic_can_be_read_out_and_searched(arabic: bytes, tmp_path: Path) -> None:
    path = tmp_path / "arabic.pdf"
    path.write_bytes(arabic)
    command = [tools.need("pdftotext"), "-raw", str(path), "-"]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    words = samples.ARABIC.rstrip(".").split()

    assert samples.ARABIC in text_of(arabic)
    assert sum(word in said for word in words) >= 0.85 * len(words)


def structure(content: bytes) -> Iterator[dict[str, object]]:
    """Every element of the tag tree."""
    waiting: list[object] = [PdfReader(io.BytesIO(content)).trailer["/Root"]["/StructTreeRoot"]["/K"]]
    while waiting:
        item = waiting.pop()
        item = item.get_object() if isinstance(item, IndirectObject) else item
        if isinstance(item, list):
            waiting.extend(item)
        elif isinstance(item, dict):
            yield item
            waiting.append(item.get("/K", []))


def test_each_part_says_its_language(convention: bytes, arabic: bytes) -> None:
    languages = Counter(str(element["/Lang"]) for element in structure(convention) if "/Lang" in element)
    assert languages["fr"] == 18
    assert languages["uk"] == 18 + 4
    assert "ar" in {str(element.get("/Lang")) for element in structure(arabic)}
    assert PdfReader(io.BytesIO(convention)).trailer["/Root"]["/Lang"] == "fr"


def test_every_font_is_ours_and_embedded(convention: bytes, arabic: bytes) -> None:
    for content in (convention, arabic):
        for page in PdfReader(io.BytesIO(content)).pages:
            for font in page["/Resources"]["/Font"].values():
                (descendant,) = font.get_object()["/DescendantFonts"]
                described = descendant.get_object()["/FontDescriptor"]
                assert re.search(r"Noto-?S|Amiri", str(described["/FontName"])), described["/FontName"]
                assert {"/FontFile2", "/FontFile3"} & set(described)


def test_metadata_come_from_the_page_and_never_from_a_clock(convention: bytes) -> None:
    described = PdfReader(io.BytesIO(convention)).metadata

    assert described is not None
    assert described.title == "Convention de jumelage entre Sailly-lez-Lannoy et Semenivka"
    assert described.author == "Commune de Sailly-lez-Lannoy"
    assert described.creation_date == samples.CREATED
    assert described.modification_date == samples.CREATED


def test_an_attachment_keeps_its_own_date_and_kind() -> None:
    day = datetime(2026, 10, 1, 8, tzinfo=UTC)
    carried = Attachment(name="texte.json", media_type="application/json", content=b"{}", date=day, description="Texte")
    reader = PdfReader(io.BytesIO(write_pdf(samples.printed(samples.arabic(), attachments=(carried,)))))

    (found,) = reader.attachment_list
    assert (found.name, bytes(found.content), found.creation_date) == ("texte.json", b"{}", day)
    assert found.subtype == "/application/json"


@pytest.mark.parametrize(
    "hostile",
    [
        '<img alt="x" src="file:///etc/hostname">',
        '<img alt="x" src="http://127.0.0.1:9/x.png">',
        '<img alt="x" src="//127.0.0.1/x.png">',
        '<img alt="x" src="asset:../../etc/hostname">',
        '<img alt="x" src="font:../print.css">',
        '<img alt="x" src="watermark-of-another:x">',
        '<a rel="attachment" href="file:///etc/hostname">x</a>',
        '<link rel="stylesheet" href="file:///etc/hostname">',
        '<style>@import "http://127.0.0.1:9/x.css"; p{background:url(file:///etc/hostname)}</style><p>x</p>',
        '<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/hostname" width="9" height="9"/></svg>',
        '<object data="file:///etc/hostname"></object>',
        '<embed src="file:///etc/hostname">',
    ],
)
def test_nothing_is_fetched_from_the_machine_or_the_network(hostile: str) -> None:
    page = PrintPage(html=f"<html lang=fr><p>{hostile}</p></html>", title="T", lang="fr", created=samples.CREATED)

    with pytest.raises(DocumentError) as caught:
        write_pdf(page)

    assert caught.value.code == "forbidden-resource"


def test_a_page_attaches_nothing_by_itself() -> None:
    html = '<html lang="fr"><link rel="attachment" href="file:///etc/hostname"><p>x</p></html>'
    content = write_pdf(PrintPage(html=html, title="T", lang="fr", created=samples.CREATED))

    assert list(PdfReader(io.BytesIO(content)).attachment_list) == []


def test_a_document_that_is_too_long_is_refused_with_its_length() -> None:
    page = samples.printed(samples.convention(), max_pages=2)

    with pytest.raises(DocumentError) as caught:
        write_pdf(page)

    assert caught.value.code == "pdf-too-long"
    assert "la limite est de 2" in caught.value.sentence("fr")
    assert "the limit is 2" in caught.value.sentence("en")


def test_the_watermark_is_a_drawing_and_the_state_is_said(convention: bytes) -> None:
    plain = write_pdf(samples.printed(replace(samples.convention(), watermark="")))

    assert plain != convention
    assert text_of(plain) == text_of(convention)
    assert "Brouillon" in text_of(plain)


def test_one_language_after_the_other_starts_a_new_page() -> None:
    parts = tuple(
        Part(lang, (Heading("Titre"), Paragraph(said))) for lang, said in (("fr", "Premier"), ("uk", "Друге"))
    )
    document = TextDocument(title="Suite", lang="fr", created=samples.CREATED, blocks=parts)

    pages = PdfReader(io.BytesIO(write_pdf(samples.printed(document)))).pages

    assert [word in page.extract_text() for page, word in zip(pages, ("Premier", "Друге"), strict=True)] == [True, True]


def test_markup_in_a_name_is_printed_and_not_obeyed() -> None:
    document = TextDocument(
        title="<script>x</script>",
        lang="fr",
        created=samples.CREATED,
        blocks=(Paragraph("<img src=file:///etc/passwd>"),),
    )

    assert "<img src=file:///etc/passwd>" in text_of(write_pdf(samples.printed(document)))


def test_headings_never_skip_a_level() -> None:
    document = TextDocument(
        title="T", lang="fr", created=samples.CREATED, blocks=(Heading("a", 4), Heading("b", 2), Heading("c", 6))
    )

    assert [block.level for block in document.blocks if isinstance(block, Heading)] == [2, 2, 3]


def test_without_its_libraries_the_writer_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(name: str) -> None:
        raise OSError(f"cannot load library '{name}'")

    pdf._engine.cache_clear()
    monkeypatch.setattr("importlib.import_module", refuse)
    with pytest.raises(pdf.PdfUnavailable) as caught:
        write_pdf(samples.printed(samples.arabic()))
    monkeypatch.undo()
    pdf._engine.cache_clear()

    assert "apt-get install" in caught.value.sentence("fr")


def test_this_machine_has_what_pdf_needs() -> None:
    assert missing_libraries() == ()
