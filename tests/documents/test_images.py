"""Pictures and scans are known by what they hold, bounded, and harmless once kept."""

from __future__ import annotations

import io
import struct
import zlib
from typing import TYPE_CHECKING

import pytest
from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, TextStringObject

from app.documents.errors import UnreadableFile
from app.documents.images import check_image, check_scan, scale_arms
from app.documents.page import Attachment
from app.documents.pdf import write_pdf
from tests.documents import samples

if TYPE_CHECKING:
    from collections.abc import Callable


def picture(kind: str, size: tuple[int, int] = (40, 30), mode: str = "RGB") -> bytes:
    buffer = io.BytesIO()
    Image.new(mode, size, "#a5312a").save(buffer, kind)
    return buffer.getvalue()


def scan(**options: str) -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    if "script" in options:
        action = {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject(options["script"])}
        writer.root_object[NameObject("/OpenAction")] = DictionaryObject(action)
    if "locked_by" in options:
        writer.encrypt(options["locked_by"], algorithm="RC4-128")
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def refused(check: object, content: bytes) -> str:
    with pytest.raises(UnreadableFile) as caught:
        check(content)  # type: ignore[operator]
    for lang in ("fr", "en", "de"):
        assert "{" not in caught.value.sentence(lang)
    return caught.value.code


@pytest.mark.parametrize(("kind", "media_type"), [("PNG", "image/png"), ("JPEG", "image/jpeg"), ("WEBP", "image/webp")])
def test_a_picture_is_known_by_its_content(kind: str, media_type: str) -> None:
    found = check_image(picture(kind))

    assert (found.media_type, found.width, found.height) == (media_type, 40, 30)


def test_what_is_no_picture_is_refused() -> None:
    assert refused(check_image, b"") == "empty-file"
    assert refused(check_image, b"MZ\x90 a program") == "not-an-image"
    assert refused(check_image, picture("TIFF")) == "not-an-image"
    assert refused(check_image, picture("PNG")[:60]) in {"broken-image", "not-an-image"}
    assert refused(check_image, picture("PNG", (9000, 9000), "1")) == "image-too-large"
    assert refused(check_image, b"\x89PNG" + b"x" * 11 * 1024**2) == "file-too-big"


def test_a_picture_too_large_to_be_measured_is_refused_without_question_marks() -> None:
    size = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", size), (b"IDAT", zlib.compress(b"\0" * 99)), (b"IEND", b""))
    chunks = [
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in parts
    ]
    bomb = b"\x89PNG\r\n\x1a\n" + b"".join(chunks)
    with pytest.raises(UnreadableFile) as refusal:
        check_image(bomb)
    assert "?" not in str(refusal.value)
    assert "40 millions" in str(refusal.value)


def test_arms_are_scaled_upright_and_the_same_each_time() -> None:
    made = scale_arms(picture("JPEG", (2000, 1000)))

    assert (made.media_type, made.width, made.height) == ("image/png", 600, 300)
    assert scale_arms(picture("JPEG", (2000, 1000))) == made


def test_a_drawing_keeps_what_draws_and_loses_what_acts() -> None:
    hostile = b"""<?xml version="1.0"?>
    <!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">
    <svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" onload="alert(1)">
    <style>.a{fill:#123456}</style><style>@import url(http://x/y.css);</style>
    <script>alert(2)</script><foreignObject><p>x</p></foreignObject>
    <image href="file:///etc/passwd"/><use xlink:href="http://x/#y"/><use xlink:href="#ok"/>
    <a href="javascript:alert(3)"><path d="M0 0"/></a>
    <path id="ok" class="a" d="M0 0h9" fill="url(http://x)" font-size="4" stroke="url(#g)" onclick="alert(4)"/></svg>"""

    kept = check_image(hostile).content.decode()

    for word in ("alert", "script", "foreignObject", "<image", "http://x", "@import", "onload", "DOCTYPE"):
        assert word not in kept
    for word in ('d="M0 0h9"', 'font-size="4"', "url(#g)", 'href="#ok"', ".a{fill:#123456}"):
        assert word in kept
    assert check_image(kept.encode()).content.decode() == kept


def test_a_drawing_that_declares_entities_is_refused() -> None:
    bomb = (
        b'<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><svg xmlns="http://www.w3.org/2000/svg">&b;</svg>'
    )

    assert refused(check_image, bomb) == "unsafe-drawing"
    assert refused(check_image, b'<svg xmlns="http://www.w3.org/2000/svg"><g>') == "broken-image"


def test_a_picture_that_shows_nothing_is_refused() -> None:
    inside = (
        b"",
        b'<g><title>Blason</title></g><defs><path d="M0 0h9"/></defs>',
        b'<image href="data:image/png;base64,AAAA"/><use href="#none"/><path d=""/>',
        b'<g display="none"><rect width="9" height="9"/></g><use href="#a"/><g id="a"><use href="#a"/></g>',
    )
    for parts in inside:
        assert refused(check_image, b'<svg xmlns="http://www.w3.org/2000/svg">' + parts + b"</svg>") == "empty-drawing"
    seen = b'<svg xmlns="http://www.w3.org/2000/svg"><use href="#a"/><symbol id="a"><circle r="4"/></symbol></svg>'
    assert b"circle" in check_image(seen).content
    clear = io.BytesIO()
    Image.new("RGBA", (40, 30), (255, 0, 0, 0)).save(clear, "PNG")
    assert refused(scale_arms, clear.getvalue()) == "empty-drawing"


def test_the_arms_of_the_samples_pass_unchanged_in_what_they_draw() -> None:
    assert b"M2 26h56v14H2z" in check_image(samples.ARMS_LEFT).content


def test_a_scan_is_a_quiet_pdf_or_a_picture() -> None:
    assert check_scan(scan()).pages == 1
    assert check_scan(picture("JPEG")).media_type == "image/jpeg"


def _pdf(change: Callable[[PdfWriter], object]) -> bytes:
    """A page with something added."""
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    change(writer)
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def in_object_stream(action: bytes) -> bytes:
    """A page that does something on opening, every object of it compressed in one stream."""
    objects = {
        2: b"<</Type/Catalog/Pages 3 0 R/OpenAction 5 0 R>>",
        3: b"<</Type/Pages/Kids[4 0 R]/Count 1>>",
        4: b"<</Type/Page/Parent 3 0 R/MediaBox[0 0 9 9]>>",
        5: action,
    }
    numbers, body = b"", b""
    for number, text in objects.items():
        numbers += b"%d %d " % (number, len(body))
        body += text + b" "
    packed = zlib.compress(numbers + body)
    head = b"%PDF-1.7\n"
    stream = b"1 0 obj<</Type/ObjStm/N %d/First %d/Filter/FlateDecode/Length %d>>stream\n%s\nendstream endobj\n" % (
        len(objects),
        len(numbers),
        len(packed),
        packed,
    )
    at = len(head) + len(stream)
    rows = [(0, 0, 0), (1, len(head), 0), *((2, 1, rank) for rank in range(len(objects))), (1, at, 0)]
    table = zlib.compress(b"".join(struct.pack(">BIB", *row) for row in rows))
    index = (
        b"6 0 obj<</Type/XRef/Size 7/W[1 4 1]/Root 2 0 R/Filter/FlateDecode/Length %d>>stream\n%s\nendstream endobj\n"
    )
    return head + stream + index % (len(table), table) + b"startxref\n%d\n%%%%EOF\n" % at


def _action(kind: str, **more: object) -> DictionaryObject:
    return DictionaryObject({NameObject("/S"): NameObject(kind), **{NameObject(f"/{k}"): v for k, v in more.items()}})


def test_a_scan_that_carries_a_file_or_acts_in_any_other_way_is_refused_by_name() -> None:
    opens = NameObject("/OpenAction")
    uri = _action("/URI", URI=TextStringObject("https://exemple.test/"))
    then = _action("/GoTo", Next=ArrayObject([uri]))
    form = DictionaryObject({NameObject("/XFA"): TextStringObject("<xdp/>")})
    film = DictionaryObject({NameObject("/Subtype"): NameObject("/RichMedia"), NameObject("/Rect"): ArrayObject()})
    cases = [
        (
            lambda one: one.add_attachment("devis.exe", b"MZ\x00"),
            "pdf-with-attachment",
            "devis.exe",
        ),
        (lambda one: one.add_attachment("faux.json", b"#!/bin/sh"), "pdf-with-attachment", "faux.json"),
        (lambda one: one.root_object.update({opens: uri}), "active-pdf", "ouvre ou envoie autre chose"),
        (lambda one: one.root_object.update({opens: then}), "active-pdf", "ouvre ou envoie autre chose"),
        (lambda one: one.root_object.update({opens: _action("/GoToR")}), "active-pdf", "ouvre ou envoie autre chose"),
        (lambda one: one.root_object.update({NameObject("/AcroForm"): form}), "active-pdf", "XFA"),
        (lambda one: one.pages[0].update({NameObject("/Annots"): ArrayObject([film])}), "active-pdf", "un film"),
        (lambda one: one.root_object.update({opens: _action("/Launch")}), "active-pdf", "lance un programme"),
    ]
    for change, code, said in cases:
        with pytest.raises(UnreadableFile) as caught:
            check_scan(_pdf(change))
        assert caught.value.code == code
        assert said in caught.value.sentence()


def test_a_script_in_an_object_stream_is_found_although_no_byte_of_it_can_be_read() -> None:
    content = in_object_stream(b"<</S/Java#53cript/J#53(app.alert\\(1\\))>>")
    assert b"alert" not in content
    assert refused(check_scan, content) == "active-pdf"


def test_links_that_are_clicked_and_the_data_that_our_originals_carry_are_let_in() -> None:
    link = {NameObject("/Subtype"): NameObject("/Link"), NameObject("/Rect"): ArrayObject()}
    link[NameObject("/A")] = _action("/URI", URI=TextStringObject("https://exemple.test/"))
    page = {NameObject("/Annots"): ArrayObject([DictionaryObject(link)])}

    def opens_at_its_link(one: PdfWriter) -> None:
        one.pages[0].update(page)
        target = ArrayObject([one.pages[0].indirect_reference, NameObject("/Fit")])
        one.root_object[NameObject("/OpenAction")] = target

    assert check_scan(_pdf(opens_at_its_link)).pages == 1
    assert check_scan(_pdf(lambda one: one.add_attachment("convention.json", b'{"titre": "Serment"}'))).pages == 1
    data = Attachment(name="t.json", media_type="application/json", content=b"{}", date=samples.CREATED)
    ours = write_pdf(samples.printed(samples.arabic(), attachments=(data,)))
    assert b"/EmbeddedFile" in ours
    assert check_scan(ours).media_type == "application/pdf"


def test_a_scan_that_acts_or_is_locked_is_refused() -> None:
    assert refused(check_scan, scan(script="app.alert(1)")) == "active-pdf"
    assert refused(check_scan, scan(locked_by="azerty")) == "protected-file"
    assert refused(check_scan, b"%PDF-1.7\nnothing") == "broken-pdf"
    assert refused(check_scan, b"<html>") == "not-a-scan"
    assert refused(check_scan, picture("GIF")) == "not-a-scan"
