"""A ``TextDocument`` for LibreOffice: real styles, a language on each run, right to left where it is written so.

The format is plain XML in a zip; writing it ourselves keeps the bytes the same from one day to the next.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from app.documents.archive import pack
from app.documents.textdoc import (
    Heading,
    ItemList,
    PageBreak,
    Pair,
    Paragraph,
    Part,
    Run,
    Signatures,
    Table,
    direction,
    locale_of,
    runs,
    script_kind,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.documents.textdoc import Block, Signature, TextDocument, Words

_KIND = "application/vnd.oasis.opendocument.text"
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_DOTS = "…………………………"
_OASIS = "urn:oasis:names:tc:opendocument:xmlns"
_NAMES = (
    f'xmlns:office="{_OASIS}:office:1.0" xmlns:style="{_OASIS}:style:1.0" xmlns:text="{_OASIS}:text:1.0" '
    f'xmlns:table="{_OASIS}:table:1.0" xmlns:fo="{_OASIS}:xsl-fo-compatible:1.0" '
    f'xmlns:meta="{_OASIS}:meta:1.0" xmlns:svg="{_OASIS}:svg-compatible:1.0" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" office:version="1.3"'
)
_XML = '<?xml version="1.0" encoding="UTF-8"?>'
_MIRRORED = {"start": "end", "end": "start"}  # LibreOffice takes « start » for the left side, whatever the direction
_MANNERS = {"body": "Standard", "lead": "Standard", "note": "Note", "centre": "Centre"}


def write_odt(document: TextDocument) -> bytes:
    """Return the document as ODT; the same document gives the same bytes."""
    writer = _Writer(document)
    body = writer.body()
    automatic = writer.automatic_styles()
    parts = {
        "mimetype": _KIND,
        "content.xml": f"{_XML}<office:document-content {_NAMES}>{automatic}<office:body><office:text>{body}"
        "</office:text></office:body></office:document-content>",
        "styles.xml": _styles(document),
        "meta.xml": _meta(document),
        "META-INF/manifest.xml": _manifest(("content.xml", "styles.xml", "meta.xml")),
    }
    return pack({name: text.encode() for name, text in parts.items()}, stored=("mimetype",))


class _Writer:
    """Walks the blocks and remembers which automatic styles they ask for."""

    def __init__(self, document: TextDocument) -> None:
        self.document = document
        self.spoken: dict[tuple[str, str], str] = {}
        self.tables = 0

    def body(self) -> str:
        """Return the text, title first."""
        document, lang = self.document, self.document.lang
        head = [self._paragraph(emblem.name, emblem.lang or lang, "Subtitle") for emblem in document.emblems]
        if document.state:
            head.append(self._paragraph(document.state, lang, "State"))
        head.append(self._heading(document.title, 1, lang))
        head += [self._paragraph(title, spoken, "Subtitle") for spoken, title in document.subtitles]
        return "".join((*head, *(self._block(block, lang) for block in document.blocks)))

    def automatic_styles(self) -> str:
        """Return the styles that say language and manner of runs."""
        made = "".join(
            f'<style:style style:name="{name}" style:family="text">'
            f"<style:text-properties {_speech(lang)}{manner}/></style:style>"
            for (lang, manner), name in self.spoken.items()
        )
        return (
            f"<office:automatic-styles>{made}"
            '<style:style style:name="Break" style:family="paragraph" style:parent-style-name="Standard">'
            '<style:paragraph-properties fo:break-before="page"/></style:style>'
            '<style:style style:name="Whole" style:family="table-row">'
            '<style:table-row-properties fo:keep-together="always"/></style:style>'
            '<style:style style:name="Plain" style:family="table-cell">'
            '<style:table-cell-properties fo:border="none" fo:padding="0.15cm" fo:padding-left="0cm" '
            'fo:padding-right="0.5cm"/></style:style>'
            '<style:style style:name="Ruled" style:family="table-cell">'
            '<style:table-cell-properties fo:border="0.5pt solid #8b8575" fo:padding="0.1cm"/></style:style>'
            "</office:automatic-styles>"
        )

    def _block(self, block: Block, lang: str) -> str:  # noqa: C901, PLR0911  (a case a kind of block)
        lang = block.lang or lang
        match block:
            case Heading(words, level):
                return self._heading(words, level, lang)
            case Paragraph(words, manner):
                return self._paragraph(words, lang, _MANNERS[manner])
            case ItemList():
                return self._list(block, lang)
            case Table():
                return self._table(block, lang)
            case Pair(sides):
                return self._row("".join(self._block(one, side.lang) for one in side.blocks) for side in sides)
            case Signatures():
                return "".join(
                    self._row(self._signature(one, one.lang or lang) for one in pair) for pair in block.pairs
                )
            case Part(_, blocks):
                return "".join(self._block(inner, lang) for inner in blocks)
            case PageBreak():
                return '<text:p text:style-name="Break"/>'

    def _heading(self, words: Words, level: int, lang: str) -> str:
        style = f"Heading_20_{level}{_side(lang)}"
        return f'<text:h text:style-name="{style}" text:outline-level="{level}">{self._said(words, lang)}</text:h>'

    def _paragraph(self, words: Words, lang: str, style: str = "Standard") -> str:
        return f'<text:p text:style-name="{style}{_side(lang)}">{self._said(words, lang)}</text:p>'

    def _said(self, words: Words, lang: str) -> str:
        return "".join(self._run(run, run.lang or lang) for run in runs(words) if run.text)

    def _run(self, run: Run, lang: str) -> str:
        manner = ""
        if run.bold:
            manner += ' fo:font-weight="bold" style:font-weight-complex="bold"'
        if run.italic:
            manner += ' fo:font-style="italic" style:font-style-complex="italic"'
        if run.blank:
            manner += ' fo:background-color="#f7ecd4"'
        style = self.spoken.setdefault((lang, manner), f"T{len(self.spoken) + 1}")
        text = escape(_FORBIDDEN.sub("", run.text)).replace("\n", "<text:line-break/>").replace("\t", "<text:tab/>")
        text = re.sub(" {2,}", lambda spaces: f' <text:s text:c="{len(spaces[0]) - 1}"/>', text)
        return f'<text:span text:style-name="{style}">{text}</text:span>'

    def _list(self, block: ItemList, lang: str) -> str:
        """Write the numbers as text: they are part of what was agreed and must not shift in another program."""
        if block.ordered:
            return "".join(
                self._paragraph((Run(f"{number}. "), *runs(item)), lang, "List")
                for number, item in enumerate(block.items, block.start)
            )
        entries = "".join(f"<text:list-item>{self._paragraph(item, lang)}</text:list-item>" for item in block.items)
        return f'<text:list text:style-name="Points">{entries}</text:list>'

    def _table(self, block: Table, lang: str) -> str:
        caption = self._paragraph(block.caption, lang, "Caption") if block.caption else ""
        head = self._cells((tuple(Run(run.text, bold=True) for run in runs(title)) for title in block.header), lang)
        rows = "".join(
            f"<table:table-row>{self._cells(row, lang, block.numeric)}</table:table-row>" for row in block.rows
        )
        return (
            f"{caption}{self._open(max(len(block.header), 1))}<table:table-header-rows><table:table-row>{head}"
            f"</table:table-row></table:table-header-rows>{rows}</table:table><text:p/>"
        )

    def _cells(self, row: Iterable[Words], lang: str, numeric: frozenset[int] = frozenset()) -> str:
        return "".join(
            '<table:table-cell table:style-name="Ruled" office:value-type="string">'
            f"{self._paragraph(words, lang, 'Figures' if column in numeric else 'Standard')}</table:table-cell>"
            for column, words in enumerate(row)
        )

    def _row(self, cells: Iterable[str]) -> str:
        inner = [
            f'<table:table-cell table:style-name="Plain" office:value-type="string">{cell or "<text:p/>"}'
            "</table:table-cell>"
            for cell in cells
        ]
        return (
            f'{self._open(len(inner))}<table:table-row table:style-name="Whole">{"".join(inner)}'
            "</table:table-row></table:table>"
        )

    def _open(self, columns: int) -> str:
        self.tables += 1
        return (
            f'<table:table table:name="Table{self.tables}">'
            f'<table:table-column table:number-columns-repeated="{columns}"/>'
        )

    def _signature(self, one: Signature, lang: str) -> str:
        if one.signed is not None:
            facts = (one.party, one.name, one.function, one.signed)
            return "".join(self._paragraph(words, lang) for words in facts if words)
        done = ", ".join((one.place or _DOTS, one.date or _DOTS))
        said = (one.party, done, one.name or _DOTS, one.function, one.caption, "", "", "")
        return "".join(self._paragraph(words, lang) for words in said)


def _side(lang: str) -> str:
    return "_20_RTL" if direction(lang) == "rtl" else ""


def _speech(lang: str) -> str:
    language, _, country = locale_of(lang).partition("-")
    country = country or "none"
    kind = f"-{script}" if (script := script_kind(lang)) else ""
    space = "style" if kind else "fo"
    return f'{space}:language{kind}="{escape(language)}" {space}:country{kind}="{escape(country)}"'


def _styles(document: TextDocument) -> str:
    sizes = {"Heading_20_1": 20, "Heading_20_2": 13, "Heading_20_3": 11, "Heading_20_4": 10.5, "Subtitle": 14}
    serif = "".join(_style(name, size=size, font="Noto Serif", bold=True, keep=True) for name, size in sizes.items())
    lower = "".join(
        _style(f"Heading_20_{level}", size=10.5, font="Noto Serif", bold=True, keep=True) for level in (5, 6)
    )
    others = (
        _style("Standard")
        + _style("Note", size=8.5)
        + _style("Centre", align="center")
        + _style("Figures", align="end")
        + _style("List")
        + _style("Caption", bold=True, keep=True)
        + _style("State", bold=True)
    )
    running = escape(" · ".join(filter(None, (document.running, document.state))))
    footer = escape(f"{document.footer} — " if document.footer else "")
    return (
        f"{_XML}<office:document-styles {_NAMES}><office:styles><style:default-style "
        f'style:family="paragraph"><style:text-properties fo:font-size="10.5pt" fo:color="#1c2741" '
        f"{_speech(document.lang)}/></style:default-style>{others}{serif}{lower}"
        '<text:list-style style:name="Points"><text:list-level-style-bullet text:level="1" text:bullet-char="•">'
        '<style:list-level-properties text:space-before="0.4cm" text:min-label-width="0.4cm"/>'
        "</text:list-level-style-bullet></text:list-style></office:styles><office:automatic-styles>"
        '<style:page-layout style:name="A4"><style:page-layout-properties fo:page-width="210mm" '
        'fo:page-height="297mm" fo:margin="22mm"/><style:header-style/><style:footer-style/></style:page-layout>'
        '</office:automatic-styles><office:master-styles><style:master-page style:name="Standard" '
        f'style:page-layout-name="A4"><style:header><text:p text:style-name="Note">{running}</text:p></style:header>'
        f'<style:footer><text:p text:style-name="Note">{footer}<text:page-number/> / <text:page-count/></text:p>'
        "</style:footer></style:master-page></office:master-styles></office:document-styles>"
    )


def _style(
    name: str,
    *,
    size: float = 10.5,
    font: str = "Noto Sans",
    bold: bool = False,
    keep: bool = False,
    align: str = "start",
) -> str:
    """Return a paragraph style and its twin from right to left."""
    weight = ' fo:font-weight="bold" style:font-weight-complex="bold"' if bold else ""
    kept = ' fo:keep-with-next="always"' if keep else ""
    return "".join(
        f'<style:style style:name="{name}{end}" style:family="paragraph"><style:paragraph-properties '
        f'fo:text-align="{flush}" style:writing-mode="{mode}" fo:margin-bottom="0.2cm"{kept}/><style:text-properties '
        f'fo:font-family="{font}" style:font-family-complex="Amiri" fo:font-size="{size}pt" '
        f'style:font-size-complex="{size + 1.5}pt"{weight}/></style:style>'
        for end, mode, flush in (("", "lr-tb", align), ("_20_RTL", "rl-tb", _MIRRORED.get(align, align)))
    )


def _meta(document: TextDocument) -> str:
    stamp = document.created.strftime("%Y-%m-%dT%H:%M:%S")
    return (
        f"{_XML}<office:document-meta {_NAMES}><office:meta><meta:generator>Trait d’union</meta:generator>"
        f"<dc:title>{escape(document.title)}</dc:title><dc:creator>{escape(document.author)}</dc:creator>"
        f"<dc:language>{escape(locale_of(document.lang))}</dc:language><meta:creation-date>{stamp}"
        f"</meta:creation-date><dc:date>{stamp}</dc:date></office:meta></office:document-meta>"
    )


def _manifest(names: Iterable[str]) -> str:
    entries = "".join(
        f'<manifest:file-entry manifest:full-path="{name}" manifest:media-type="text/xml"/>' for name in names
    )
    return (
        f'{_XML}<manifest:manifest xmlns:manifest="{_OASIS}:manifest:1.0" manifest:version="1.3">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{_KIND}" manifest:version="1.3"/>'
        f"{entries}</manifest:manifest>"
    )
