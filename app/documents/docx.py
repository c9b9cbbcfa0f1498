"""A ``TextDocument`` for Word: real styles, a language on each run, right to left where it is written so."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any

from app.documents.archive import pack, unpack
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
    from app.documents.textdoc import Block, Signature, TextDocument, Words

_INK = "1C2741"
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_RULED = "Table Grid"


def write_docx(document: TextDocument) -> bytes:
    """Return the document as DOCX; the same document gives the same bytes."""
    from docx import Document  # noqa: PLC0415  (slow to load, rarely needed)

    book = Document()
    _set_styles(book, document)
    _Writer(book, document).write()
    _describe(book, document)
    buffer = io.BytesIO()
    book.save(buffer)
    return pack(unpack(buffer.getvalue()))


def _describe(book: Any, document: TextDocument) -> None:  # noqa: ANN401  (untyped library)
    properties = book.core_properties
    properties.title, properties.author = document.title, document.author
    properties.language = locale_of(document.lang)
    properties.created = properties.modified = document.created.replace(tzinfo=None, microsecond=0)
    properties.last_modified_by, properties.comments, properties.revision = document.author, document.state, 1


def _set_styles(book: Any, document: TextDocument) -> None:  # noqa: ANN401  (untyped library)
    from docx.shared import Mm, Pt, RGBColor  # noqa: PLC0415  (as above)

    ink = RGBColor.from_string(_INK)
    sizes = {
        "Normal": 10.5,
        "Title": 20,
        "Subtitle": 14,
        "Heading 2": 13,
        "Heading 3": 11,
        "Heading 4": 10.5,
        "Caption": 9,
    }
    for name, size in sizes.items():
        style = book.styles[name]
        style.font.name = "Noto Sans" if name == "Normal" else "Noto Serif"
        style.font.size, style.font.color.rgb, style.font.italic = Pt(size), ink, False
        style.font.bold = name not in {"Normal", "Subtitle"}
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for kind in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(_w(kind), None)
        for kind in ("w:hAnsi", "w:cs", "w:eastAsia"):
            fonts.set(_w(kind[2:]), style.font.name)
    for border in book.styles["Title"].element.iter(_w("pBdr")):
        border.getparent().remove(border)
        break
    normal = book.styles["Normal"]
    normal.paragraph_format.space_after = Pt(6)
    _speak(normal.element.get_or_add_rPr(), document.lang)
    section = book.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(22)


def _w(name: str) -> str:
    from docx.oxml.ns import qn  # noqa: PLC0415  (as above)

    return str(qn(f"w:{name}"))


def _child(parent: Any, name: str, **attributes: str) -> Any:  # noqa: ANN401  (untyped library)
    from docx.oxml import OxmlElement  # noqa: PLC0415  (as above)

    made = OxmlElement(f"w:{name}")
    for key, value in attributes.items():
        made.set(_w(key), value)
    parent.append(made)
    return made


def _speak(properties: Any, lang: str) -> None:  # noqa: ANN401  (untyped library)
    """Say the language of a run, in the attribute that its direction asks for."""
    if direction(lang) == "rtl":
        _child(properties, "rtl")
        _child(properties, "lang", bidi=locale_of(lang))
    else:
        _child(properties, "lang", **{"eastAsia" if script_kind(lang) == "asian" else "val": locale_of(lang)})


class _Writer:
    """Walks the blocks. ``place`` is the body, or the cell in which one side of a pair stands."""

    def __init__(self, book: Any, document: TextDocument) -> None:  # noqa: ANN401  (untyped library)
        self.book, self.document = book, document

    def write(self) -> None:
        """Write head, title and every block."""
        document, section = self.document, self.book.sections[0]
        if document.running:
            said = " · ".join(filter(None, (document.running, document.state)))
            self._fill(section.header.paragraphs[0], said, document.lang)
        self._foot(section.footer.paragraphs[0])
        for emblem in document.emblems:
            self._say(self.book, emblem.name, emblem.lang or document.lang, "Subtitle")
        if document.state:
            self._say(self.book, (Run(document.state, bold=True),), document.lang)
        self._say(self.book, document.title, document.lang, "Title")
        for lang, title in document.subtitles:
            self._say(self.book, title, lang, "Subtitle")
        for block in document.blocks:
            self._block(self.book, block, document.lang)

    def _foot(self, paragraph: Any) -> None:  # noqa: ANN401  (untyped library)
        if self.document.footer:
            self._fill(paragraph, f"{self.document.footer} — ", self.document.lang)
        for field, after in (("PAGE", " / "), ("NUMPAGES", "")):
            _child(paragraph._p, "fldSimple", instr=field)  # noqa: SLF001  (the library has no fields)
            paragraph.add_run(after)

    def _say(self, place: Any, words: Words, lang: str, style: str = "Normal") -> Any:  # noqa: ANN401  (untyped)
        paragraph = place.add_paragraph(style=self.book.styles[style])
        self._fill(paragraph, words, lang)
        return paragraph

    def _fill(self, paragraph: Any, words: Words, lang: str) -> None:  # noqa: ANN401  (untyped library)
        from docx.enum.text import WD_COLOR_INDEX  # noqa: PLC0415  (as above)

        if direction(lang) == "rtl":
            _child(paragraph._p.get_or_add_pPr(), "bidi")  # noqa: SLF001  (the library has no direction)
        for said in runs(words):
            run = paragraph.add_run(_FORBIDDEN.sub("", said.text))
            run.bold, run.italic = said.bold or None, said.italic or None
            if said.blank:
                run.font.highlight_color = WD_COLOR_INDEX.YELLOW
            _speak(run._r.get_or_add_rPr(), said.lang or lang)  # noqa: SLF001  (the library has no language)

    def _block(self, place: Any, block: Block, lang: str) -> None:  # noqa: ANN401, C901  (untyped; a case a kind)
        lang = block.lang or lang
        match block:
            case Heading(words, level):
                self._say(place, words, lang, f"Heading {min(level, 4)}")
            case Paragraph(words, manner):
                self._paragraph(place, words, manner, lang)
            case ItemList():
                self._list(place, block, lang)
            case Table():
                self._table(place, block, lang)
            case Pair(sides):
                cells = self._row(place, len(sides))
                for cell, side in zip(cells, sides, strict=True):
                    self._into(cell, side.blocks, side.lang)
            case Signatures():
                for pair in block.pairs:
                    for cell, one in zip(self._row(place, len(pair)), pair, strict=True):
                        self._signature(cell, one, one.lang or lang)
            case Part(_, blocks):
                for inner in blocks:
                    self._block(place, inner, lang)
            case PageBreak():
                self.book.add_page_break()

    def _paragraph(self, place: Any, words: Words, manner: str, lang: str) -> None:  # noqa: ANN401  (untyped)
        from docx.enum.text import WD_ALIGN_PARAGRAPH  # noqa: PLC0415  (as above)
        from docx.shared import Pt  # noqa: PLC0415  (as above)

        paragraph = self._say(place, words, lang)
        if manner == "centre":
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        if manner == "note":
            for run in paragraph.runs:
                run.font.size = Pt(8.5)

    def _list(self, place: Any, block: ItemList, lang: str) -> None:  # noqa: ANN401  (untyped library)
        """Write the numbers as text: they are part of what was agreed and must not shift in another program."""
        for number, item in enumerate(block.items, block.start):
            if block.ordered:
                mark = f"{number}. "
                self._say(place, (*runs(mark), *runs(item)), lang, "List Continue")
            else:
                self._say(place, item, lang, "List Bullet")

    def _table(self, place: Any, block: Table, lang: str) -> None:  # noqa: ANN401  (untyped library)
        from docx.enum.text import WD_ALIGN_PARAGRAPH  # noqa: PLC0415  (as above)

        if block.caption:
            self._say(place, block.caption, lang, "Caption")
        table = self._grid(place, 0, max(len(block.header), 1))
        table.style = self.book.styles[_RULED]
        for line, row in enumerate((block.header, *block.rows)):
            cells = table.add_row().cells
            for column, (cell, words) in enumerate(zip(cells, row, strict=False)):
                self._fill(cell.paragraphs[0], words, lang)
                if column in block.numeric:
                    cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
                for run in cell.paragraphs[0].runs if line == 0 else ():
                    run.bold = True
        _child(table.rows[0]._tr.get_or_add_trPr(), "tblHeader")  # noqa: SLF001  (the library has no header row)
        self._say(place, "", lang)

    def _row(self, place: Any, columns: int) -> Any:  # noqa: ANN401  (untyped library)
        table = self._grid(place, 1, columns)
        _child(table.rows[0]._tr.get_or_add_trPr(), "cantSplit")  # noqa: SLF001  (the library cannot say it)
        return table.rows[0].cells

    def _grid(self, place: Any, rows: int, columns: int) -> Any:  # noqa: ANN401  (untyped library)
        if place is self.book:
            return self.book.add_table(rows, columns)
        return place.add_table(rows, columns)

    def _into(self, cell: Any, blocks: tuple[Any, ...], lang: str) -> None:  # noqa: ANN401  (untyped library)
        for block in blocks:
            self._block(cell, block, lang)
        for paragraph in cell.paragraphs:
            paragraph.paragraph_format.keep_with_next = False  # the row is whole; chained rows would fill pages
        if len(cell.paragraphs) > 1:
            first = cell.paragraphs[0]._p  # noqa: SLF001  (a cell is born with an empty paragraph)
            first.getparent().remove(first)

    def _signature(self, cell: Any, one: Signature, lang: str) -> None:  # noqa: ANN401  (untyped library)
        self._fill(cell.paragraphs[0], one.party, lang)
        if one.signed is not None:
            for words in (one.name, one.function, one.signed):
                if words:
                    self._say(cell, words, lang)
            return
        done = ", ".join((one.place or _DOTS, one.date or _DOTS))
        for words in (done, one.name or _DOTS, one.function, one.caption, "", ""):
            self._say(cell, words, lang)


_DOTS = "…………………………"
