"""Write PDF. The only module that knows WeasyPrint, and only once a document is asked for.

One file is PDF/A-3a *and* PDF/UA-1. WeasyPrint takes one variant, so the finisher adds the second identifier, with
the extension schema that PDF/A asks for; and as WeasyPrint 70 gives a language to the whole document only, a
wrapper on its tag builder gives one to each part. Both lean on its private parts: the version is pinned, and
``tests/documents/test_pdf.py`` fails the day they move.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import importlib
import mimetypes
from dataclasses import replace
from functools import cache
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.documents.errors import DocumentError, PdfUnavailable, said
from app.documents.fonts import FOLDER, font_faces, spelled_out
from app.documents.watermark import outline

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

    from app.documents.page import PrintPage

_LIBRARIES = (
    ("gobject-2.0", 0, "libpango-1.0-0"),
    ("pango-1.0", 0, "libpango-1.0-0"),
    ("pangoft2-1.0", 0, "libpangoft2-1.0-0"),
    ("harfbuzz-subset", 0, "libharfbuzz-subset0"),
)
_INSTALL = "apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
_DPI = 150
_OWN_INTENT = "given"
_UA_IDENTIFIER = b"""\
<rdf:Description xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" rdf:about="" pdfuaid:part="1"/>
<rdf:Description xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#" rdf:about="">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 that the file follows</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
"""


def missing_libraries() -> tuple[str, ...]:
    """Return the Debian packages that PDF writing wants and this machine lacks; empty when all is well.

    Without ``libharfbuzz-subset0`` a document still comes out, three times as slowly.
    """
    lacking = (package for name, major, package in _LIBRARIES if not _loads(name, major))
    return tuple(dict.fromkeys(lacking))


def _loads(name: str, major: int) -> bool:
    try:
        ctypes.CDLL(ctypes.util.find_library(name) or f"lib{name}.so.{major}")
    except OSError:
        return False
    return True


def install_command() -> str:
    """Return the line that mends ``missing_libraries`` on Debian and Ubuntu."""
    return _INSTALL


def write_pdf(page: PrintPage) -> bytes:
    """Return the PDF of a page.

    :raises PdfUnavailable: when Pango is not installed.
    :raises DocumentError: ``forbidden-resource`` or ``pdf-too-long``.
    """
    weasyprint = _engine()
    page = _without_squares(page)
    fetcher = _make_fetcher(weasyprint, page)
    document = _lay_out(weasyprint, page, fetcher)
    if page.one_sheet and len(document.pages) == 2:  # noqa: PLR2004  # one sheet and a little more
        document = _on_one_sheet(weasyprint, page, fetcher) or document
    _refuse_strangers(fetcher)
    if len(document.pages) > page.max_pages:
        raise DocumentError("pdf-too-long", pages=len(document.pages), limit=page.max_pages)
    _describe(weasyprint, document, page)
    _profile_colours(weasyprint, document)
    content: bytes = document.write_pdf(
        finisher=_declare_ua if page.variant.startswith("pdf/a-3") else None,
        pdf_variant=page.variant,
        dpi=_DPI,
        output_intent=_OWN_INTENT,
    )
    _refuse_strangers(fetcher)  # attachments and drawings are fetched while writing
    return content


def _on_one_sheet(weasyprint: ModuleType, page: PrintPage, fetcher: Any) -> Any:  # noqa: ANN401  (untyped library)
    """Set it tighter, no more than needed; None when even that takes two sheets."""
    styles = ""
    for name in ("snug.css", "tight.css"):
        styles += _sheet(name)
        document = _lay_out(weasyprint, replace(page, styles=styles + page.styles), fetcher)
        if len(document.pages) == 1:
            return document
    return None


def _without_squares(page: PrintPage) -> PrintPage:
    """Name the characters that no font of ours can draw, and say so at the end: a square is no conforming PDF."""
    html, missing = spelled_out(page.html)
    if not missing:
        return page
    note = f'<p class="note">{said("not-drawn", page.lang)}</p>'
    head, end, tail = html.rpartition("</main>")
    return replace(page, html=f"{head}{note}{end}{tail}" if end else html)


def _refuse_strangers(fetcher: Any) -> None:  # noqa: ANN401  (untyped library)
    if fetcher.refused:
        raise DocumentError("forbidden-resource", url=fetcher.refused[0][:200])


def _lay_out(weasyprint: ModuleType, page: PrintPage, fetcher: Any) -> Any:  # noqa: ANN401  (untyped library)
    fonts = weasyprint.text.fonts.FontConfiguration()  # one a document: a shared one damages memory under threads
    sheets = [
        weasyprint.CSS(string=css, url_fetcher=fetcher, font_config=fonts, base_url="asset:")
        for css in (font_faces(page.html), _sheet("print.css"), _watermark_rule(page), page.styles)
        if css
    ]
    html = weasyprint.HTML(string=page.html, url_fetcher=fetcher, base_url="asset:")
    html.etree_element.attrib.setdefault("lang", page.lang)
    return html.render(
        font_config=fonts, stylesheets=sheets, pdf_variant=page.variant, dpi=_DPI, presentational_hints=False
    )


def _describe(weasyprint: ModuleType, document: Any, page: PrintPage) -> None:  # noqa: ANN401  (untyped library)
    metadata = document.metadata
    metadata.title, metadata.lang = page.title, page.lang
    metadata.authors = [page.author] if page.author else []
    metadata.description = page.subject or None
    metadata.created = metadata.modified = page.created.isoformat(timespec="seconds")
    metadata.generator = "Trait d’union"
    metadata.attachments = [_attach(weasyprint, attachment, page) for attachment in page.attachments]


def _profile_colours(weasyprint: ModuleType, document: Any) -> None:  # noqa: ANN401  (untyped library)
    """Give the sRGB profile that PDF/A wants; WeasyPrint 70 would open its file and never close it."""
    document.output_intent = "srgb"
    document.color_profiles["srgb"] = weasyprint.css.ColorProfile(
        BytesIO(_srgb()), "sRGB2014.icc", "relative-colorimetric", (["r"], ["g"], ["b"])
    )


@cache
def _srgb() -> bytes:
    return (files("weasyprint.pdf") / "sRGB2014.icc").read_bytes()


def _attach(weasyprint: ModuleType, attachment: Any, page: PrintPage) -> Any:  # noqa: ANN401  (untyped library)
    return weasyprint.Attachment(
        url=f"attachment:{page.attachments.index(attachment)}",
        url_fetcher=_make_fetcher(weasyprint, page),
        name=attachment.name,
        description=attachment.description or attachment.name,
        created=attachment.date,
        modified=attachment.date,
        relationship=attachment.relationship,
    )


def _watermark_rule(page: PrintPage) -> str:
    return "@page{background:url('watermark:') center/contain no-repeat}" if page.watermark else ""


@cache
def _sheet(name: str) -> str:
    return Path(__file__).with_name(name).read_text("utf-8")


def _make_fetcher(weasyprint: ModuleType, page: PrintPage) -> Any:  # noqa: ANN401  (untyped library)
    """Return a fetcher that knows ``data:``, the page's own parts and our fonts, and opens nothing else."""
    response = weasyprint.urls.URLFetcherResponse

    class OwnFilesOnly(weasyprint.urls.URLFetcher):  # type: ignore[name-defined]  # untyped library
        def __init__(self) -> None:
            super().__init__(allowed_protocols=("data",), allow_redirects=False)
            self.refused: list[str] = []

        def fetch(self, url: str, headers: dict[str, str] | None = None) -> object:
            scheme, _, name = url.partition(":")
            if scheme == "data":
                return super().fetch(url, headers)
            found = _own(page, scheme, name)
            if found is None:
                self.refused.append(url)
                raise ValueError(f"refused: {url[:200]}")
            content, media_type = found
            return response(url, content, {"Content-Type": media_type})

    return OwnFilesOnly()


def _own(page: PrintPage, scheme: str, name: str) -> tuple[bytes, str] | None:
    if scheme == "font" and name in {path.name for path in FOLDER.glob("*.ttf")}:
        return (FOLDER / name).read_bytes(), "font/ttf"
    if scheme == "asset" and name in page.assets:
        return page.assets[name], mimetypes.guess_type(name)[0] or "application/octet-stream"
    if scheme == "watermark":
        return outline(page.watermark), "image/svg+xml"
    if scheme == "attachment":
        attachment = page.attachments[int(name)]
        return attachment.content, attachment.media_type
    return None


def _declare_ua(_document: object, pdf: Any) -> None:  # noqa: ANN401  (untyped library)
    """Add the PDF/UA-1 identifier to the XMP packet that PDF/A wrote."""
    number = int(pdf.catalog["Metadata"].split()[0])
    packet = pdf.objects[number]
    packet.stream = [part.replace(b"</rdf:RDF>", _UA_IDENTIFIER + b"</rdf:RDF>") for part in packet.stream]


@cache
def _engine() -> ModuleType:
    """Import WeasyPrint and teach its tag builder the language of each part.

    :raises PdfUnavailable: with what is missing and the line that installs it.
    """
    try:
        weasyprint = importlib.import_module("weasyprint")
    except OSError as error:
        missing = missing_libraries() or (str(error).split("'")[1:2] or ["Pango"])
        raise PdfUnavailable("pdf-unavailable", missing=", ".join(missing), command=_INSTALL) from error
    tags = importlib.import_module("weasyprint.pdf.tags")
    pydyf = importlib.import_module("pydyf")
    build = tags._build_box_tree  # noqa: SLF001  (no public door; see the head of this module)

    def build_with_language(box: Any, *rest: Any) -> Iterator[Any]:  # noqa: ANN401  (untyped library)
        box = getattr(box, "_box", box)
        lang = _language_of(box)
        for element in build(box, *rest):
            if lang and "Lang" not in element:
                element["Lang"] = pydyf.String(lang)
            yield element

    tags._build_box_tree = build_with_language  # type: ignore[attr-defined]  # noqa: SLF001  (as above)
    return weasyprint


def _language_of(box: Any) -> str | None:  # noqa: ANN401  (untyped library)
    """Return the language that this very element declares; what it inherits, its parent's tag says already."""
    element = box.element
    if element is None or box.element_tag in {"html", "body"}:
        return None
    lang: str | None = element.get("lang")
    return lang
