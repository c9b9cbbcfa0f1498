"""Pictures and scans are known by what they hold, bounded, and harmless once kept."""

from __future__ import annotations

import io
import struct
import zlib

import pytest
from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from app.documents.errors import UnreadableFile
from app.documents.images import check_image, check_scan, scale_arms
from tests.documents import samples


def picture(kind: str, size: tuple[int, int] = (40, 30)) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", size, "#a5312a").save(buffer, kind)
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
    assert refused(check_image, picture("PNG", (9000, 9000))) == "image-too-large"
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


def test_a_scan_that_acts_or_is_locked_is_refused() -> None:
    assert refused(check_scan, scan(script="app.alert(1)")) == "active-pdf"
    assert refused(check_scan, scan(locked_by="azerty")) == "protected-file"
    assert refused(check_scan, b"%PDF-1.7\nnothing") == "broken-pdf"
    assert refused(check_scan, b"<html>") == "not-a-scan"
    assert refused(check_scan, picture("GIF")) == "not-a-scan"
