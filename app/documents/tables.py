"""Lists written for the spreadsheets of a town hall: XLSX, ODS, and CSV as a French Excel opens it.

No cell can become a formula: in a workbook it is typed as text; in CSV, where a cell has no type, what starts like a
formula gets an apostrophe before it, which ``read_sheet`` takes off again.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeAlias
from xml.sax.saxutils import escape, quoteattr

from app.documents.archive import pack, unpack

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

Cell: TypeAlias = str | int | Decimal | date | datetime | bool | None
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_PLAIN_NUMBER = re.compile(r"[+-]?[\d\s.,]+")
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_TITLE = re.compile(r"[\[\]:*?/\\']")
_TITLE_LENGTH = 31
_WIDTHS = (8, 60)
_ODS = "application/vnd.oasis.opendocument.spreadsheet"


@dataclass(frozen=True, kw_only=True)
class TableSheet:
    """One sheet: its name, its column titles, its rows."""

    name: str
    header: tuple[str, ...]
    rows: Sequence[tuple[Cell, ...]]


def write_csv(sheet: TableSheet) -> bytes:
    """Return UTF-8 with a mark, semicolons and decimal commas."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow([_guarded(title) for title in sheet.header])
    writer.writerows([_csv_cell(cell) for cell in row] for row in sheet.rows)
    return b"\xef\xbb\xbf" + text.getvalue().encode("utf-8")


def _csv_cell(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "oui" if cell else "non"
    if isinstance(cell, datetime):
        return cell.strftime("%Y-%m-%d %H:%M")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, int | Decimal):
        return format(cell, "f" if isinstance(cell, Decimal) else "d").replace(".", ",")
    return _guarded(cell)


def _guarded(text: str) -> str:
    text = _FORBIDDEN.sub("", text)
    return f"'{text}" if text.startswith(_FORMULA) and not _PLAIN_NUMBER.fullmatch(text) else text


def write_xlsx(sheets: Iterable[TableSheet], *, created: datetime) -> bytes:
    """Return a workbook of Excel with a frozen, filtered header."""
    from openpyxl import Workbook  # noqa: PLC0415  (slow to load, rarely needed)

    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.created = book.properties.modified = created.replace(tzinfo=None, microsecond=0)
    book.properties.creator = "Trait d’union"
    for sheet, title in _titled(sheets):
        _fill(book.create_sheet(title), sheet)
    buffer = io.BytesIO()
    book.save(buffer)
    parts = unpack(buffer.getvalue())
    stamp = created.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    parts["docProps/core.xml"] = re.sub(
        rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + stamp, parts["docProps/core.xml"]
    )
    return pack(parts)


def _fill(page: Any, sheet: TableSheet) -> None:  # noqa: ANN401  (untyped library)
    from openpyxl.styles import Font  # noqa: PLC0415  (as above)
    from openpyxl.utils import get_column_letter  # noqa: PLC0415

    bold = Font(bold=True)
    for column, title in enumerate(sheet.header, 1):
        _put(page, 1, column, title)
        page.cell(1, column).font = bold
        page.column_dimensions[get_column_letter(column)].width = _width(sheet, column - 1)
    for line, row in enumerate(sheet.rows, 2):
        for column, value in enumerate(row, 1):
            _put(page, line, column, value)
    page.freeze_panes = "A2"
    if sheet.header:
        page.auto_filter.ref = f"A1:{get_column_letter(len(sheet.header))}{len(sheet.rows) + 1}"


def _put(page: Any, line: int, column: int, value: Cell) -> None:  # noqa: ANN401  (untyped library)
    cell = page.cell(line, column)
    if isinstance(value, datetime):
        cell.value, cell.number_format = value.replace(tzinfo=None), "yyyy-mm-dd hh:mm"
    elif isinstance(value, date):
        cell.value, cell.number_format = value, "yyyy-mm-dd"
    elif isinstance(value, Decimal):
        cell.value, cell.number_format = value, "#,##0.00"
    elif isinstance(value, str):
        text = _FORBIDDEN.sub("", value)
        cell.value = text
        cell.data_type = "s"
        cell.quotePrefix = text.startswith(_FORMULA)
    else:
        cell.value = value


def _width(sheet: TableSheet, column: int) -> int:
    shown = (len(str(row[column])) for row in sheet.rows[:200] if column < len(row) and row[column] is not None)
    least, most = _WIDTHS
    return min(max(least, len(sheet.header[column]) + 3, *shown, 0) + 1, most)


def _titled(sheets: Iterable[TableSheet]) -> Iterator[tuple[TableSheet, str]]:
    """Give each sheet a name that a workbook accepts: 31 letters, none twice."""
    taken: set[str] = set()
    for number, sheet in enumerate(sheets, 1):
        title = " ".join(_TITLE.sub(" ", sheet.name).split())[:_TITLE_LENGTH] or f"Feuille {number}"
        if title.casefold() in taken:
            title = f"{title[: _TITLE_LENGTH - 4]} {number}"
        taken.add(title.casefold())
        yield sheet, title


def write_ods(sheets: Iterable[TableSheet], *, created: datetime) -> bytes:
    """Return a workbook of LibreOffice."""
    tables = "".join(_ods_table(sheet, title) for sheet, title in _titled(sheets))
    stamp = created.strftime("%Y-%m-%dT%H:%M:%S")
    parts = {
        "mimetype": _ODS,
        "content.xml": f"{_HEAD}<office:document-content {_NAMES}>{_STYLES}<office:body><office:spreadsheet>{tables}"
        "</office:spreadsheet></office:body></office:document-content>",
        "meta.xml": f"{_HEAD}<office:document-meta {_NAMES}><office:meta><meta:generator>Trait d’union"
        f"</meta:generator><meta:creation-date>{stamp}</meta:creation-date><dc:date>{stamp}</dc:date></office:meta>"
        "</office:document-meta>",
        "META-INF/manifest.xml": f'{_HEAD}<manifest:manifest {_MANIFEST} manifest:version="1.3">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{_ODS}" manifest:version="1.3"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
        '<manifest:file-entry manifest:full-path="meta.xml" manifest:media-type="text/xml"/></manifest:manifest>',
    }
    return pack({name: text.encode() for name, text in parts.items()}, stored=("mimetype",))


def _ods_table(sheet: TableSheet, title: str) -> str:
    head = "".join(_ods_cell(name, "titre") for name in sheet.header)
    body = "".join(
        f"<table:table-row>{''.join(_ods_cell(cell) for cell in row)}</table:table-row>" for row in sheet.rows
    )
    columns = f'<table:table-column table:number-columns-repeated="{max(len(sheet.header), 1)}"/>'
    return (
        f"<table:table table:name={quoteattr(title)}>{columns}<table:table-header-rows><table:table-row>{head}"
        f"</table:table-row></table:table-header-rows>{body}</table:table>"
    )


def _ods_cell(cell: Cell, style: str = "") -> str:
    if cell is None:
        return "<table:table-cell/>"
    if isinstance(cell, bool):
        return f'<table:table-cell office:value-type="boolean" office:boolean-value="{str(cell).lower()}"/>'
    if isinstance(cell, datetime):
        return _ods_date(cell.strftime("%Y-%m-%dT%H:%M:%S"), "moment")
    if isinstance(cell, date):
        return _ods_date(cell.isoformat(), "jour")
    if isinstance(cell, int | Decimal):
        name = ' table:style-name="montant"' if isinstance(cell, Decimal) else ""
        return (
            f'<table:table-cell{name} office:value-type="float" office:value="{format(cell, "f") if name else cell}"/>'
        )
    named = f' table:style-name="{style}"' if style else ""
    lines = "".join(f"<text:p>{_ods_text(line)}</text:p>" for line in _FORBIDDEN.sub("", cell).split("\n"))
    return f'<table:table-cell{named} office:value-type="string">{lines}</table:table-cell>'


def _ods_date(value: str, style: str) -> str:
    return f'<table:table-cell table:style-name="{style}" office:value-type="date" office:date-value="{value}"/>'


def _ods_text(line: str) -> str:
    """Keep runs of spaces, which the format would fold."""
    return re.sub(" {2,}", lambda run: f' <text:s text:c="{len(run[0]) - 1}"/>', escape(line))


_HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
_OASIS = "urn:oasis:names:tc:opendocument:xmlns"
_NAMES = (
    f'xmlns:office="{_OASIS}:office:1.0" xmlns:table="{_OASIS}:table:1.0" xmlns:text="{_OASIS}:text:1.0" '
    f'xmlns:style="{_OASIS}:style:1.0" xmlns:number="{_OASIS}:datastyle:1.0" xmlns:meta="{_OASIS}:meta:1.0" '
    f'xmlns:dc="http://purl.org/dc/elements/1.1/" '
    f'xmlns:fo="{_OASIS}:xsl-fo-compatible:1.0" office:version="1.3"'
)
_MANIFEST = f'xmlns:manifest="{_OASIS}:manifest:1.0"'
_DAY = (
    '<number:year number:style="long"/><number:text>-</number:text><number:month number:style="long"/>'
    '<number:text>-</number:text><number:day number:style="long"/>'
)
_HOUR = (
    '<number:text> </number:text><number:hours number:style="long"/><number:text>:</number:text>'
    '<number:minutes number:style="long"/>'
)
_STYLES = (
    f'<office:automatic-styles><number:date-style style:name="n-jour">{_DAY}</number:date-style>'
    f'<number:date-style style:name="n-moment">{_DAY}{_HOUR}</number:date-style>'
    '<number:number-style style:name="n-montant"><number:number number:decimal-places="2" '
    'number:min-decimal-places="2" number:min-integer-digits="1" number:grouping="true"/></number:number-style>'
    '<style:style style:name="jour" style:family="table-cell" style:data-style-name="n-jour"/>'
    '<style:style style:name="moment" style:family="table-cell" style:data-style-name="n-moment"/>'
    '<style:style style:name="montant" style:family="table-cell" style:data-style-name="n-montant"/>'
    '<style:style style:name="titre" style:family="table-cell"><style:text-properties fo:font-weight="bold"/>'
    "</style:style></office:automatic-styles>"
)
