"""Workbooks of LibreOffice, read straight from their content: values as kept, no formula worked out."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING
from xml.etree import ElementTree as ET

from app.documents.archive import open_office
from app.documents.errors import UnreadableFile
from app.documents.sheets import Remark, Row, Understood, mail_address, said_again, tidy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.documents.sheets import Limits, Sheet

_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_HREF = "{http://www.w3.org/1999/xlink}href"
_REPEATED_CELLS = f"{_TABLE}number-columns-repeated"
_REPEATED_ROWS = f"{_TABLE}number-rows-repeated"


def read(content: bytes, *, sheet: str, limits: Limits) -> Sheet:
    """Read one sheet, the first that is not empty unless one is named."""
    try:
        with open_office(content) as archive, archive.open("content.xml") as part:
            found = list(_tables(part, sheet, limits))
    except KeyError as error:
        raise UnreadableFile("broken-file", reason="part-missing") from error
    except ET.ParseError as error:
        raise UnreadableFile("broken-file", reason="not-xml") from error
    names = tuple(name for name, _, _ in found)
    if sheet and sheet not in names:
        raise UnreadableFile("no-such-sheet", sheet=sheet, sheets=", ".join(names))
    for name, rows, remarks in found:
        if rows:
            return tidy(rows, Understood(kind="ods", sheet=name, sheets=names), remarks, limits)
    raise UnreadableFile("empty-file")


def _tables(part: IO[bytes], wanted: str, limits: Limits) -> Iterator[tuple[str, list[Row], list[Remark]]]:
    """Walk the sheets; only the rows of the one wanted, or of the first that says something, are kept."""
    name, rows, remarks, line, over = "", list[Row](), list[Remark](), 1, False
    merged: list[tuple[int, int, int]] = []
    for event, element in ET.iterparse(part, ("start", "end")):  # noqa: S314  (no document type can be in it)
        if event == "start" and element.tag == f"{_TABLE}table":
            name, rows, remarks, line = element.get(f"{_TABLE}name", ""), [], [], 1
            merged = []
        elif event == "end" and element.tag == f"{_TABLE}table-row":
            repeated = _number(element.get(_REPEATED_ROWS))
            if not over and (not wanted or name == wanted):
                _keep(element, line, repeated, (rows, remarks), limits)
                merged += _merged(element, line)
            line += repeated
            element.clear()
        elif event == "end" and element.tag == f"{_TABLE}table":
            if not over:
                remarks += said_again(rows, merged)
            yield name, rows, remarks
            over = over or bool(rows)


def _keep(element: ET.Element, line: int, repeated: int, into: tuple[list[Row], list[Remark]], limits: Limits) -> None:
    rows, remarks = into
    cells, formulas = _cells(element, line, limits)
    if not any(cell.strip() for cell in cells):
        return
    if len(rows) + repeated > limits.rows:
        raise UnreadableFile("too-many-rows", limit=limits.rows)
    if formulas:
        remarks.append(Remark(code="formula", line=line, values=(("count", formulas),)))
    links = _links(element)
    rows.extend(Row(line + offset, cells, links) for offset in range(repeated))


def _merged(row: ET.Element, line: int) -> Iterator[tuple[int, int, int]]:
    """The cells of a row that are merged with those below: first line, last line, column."""
    column = 0
    for cell in row:
        if cell.tag in {f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"}:
            if (spans := _number(cell.get(f"{_TABLE}number-rows-spanned"))) > 1:
                yield line, line + spans - 1, column
            column += _number(cell.get(_REPEATED_CELLS))


def _links(row: ET.Element) -> tuple[tuple[int, str], ...]:
    """The mail addresses that the cells of a row lead to, by column."""
    found: list[tuple[int, str]] = []
    column = 0
    for cell in row:
        if cell.tag in {f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"}:
            leads = (mail_address(link.get(_HREF, "")) for link in cell.iter(f"{_TEXT}a"))
            found += [(column, address) for address in leads if address]
            column += _number(cell.get(_REPEATED_CELLS))
    return tuple(found)


def _cells(row: ET.Element, line: int, limits: Limits) -> tuple[tuple[str, ...], int]:
    cells: list[str] = []
    formulas = waiting = 0
    for cell in row:
        if cell.tag not in {f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"}:
            continue
        repeated = _number(cell.get(_REPEATED_CELLS))
        said = _said(cell)
        formulas += f"{_TABLE}formula" in cell.attrib
        if not said:
            waiting += repeated
            continue
        if len(cells) + waiting + repeated > limits.columns:
            raise UnreadableFile("too-many-columns", line=line, limit=limits.columns)
        cells.extend([""] * waiting + [said] * repeated)
        waiting = 0
    return tuple(cells), formulas


def _said(cell: ET.Element) -> str:
    kind = cell.get(f"{_OFFICE}value-type")
    if kind in {"float", "currency", "percentage"}:
        return cell.get(f"{_OFFICE}value", "").removesuffix(".0")
    if kind == "date":
        return cell.get(f"{_OFFICE}date-value", "").removesuffix("T00:00:00").replace("T", " ").removesuffix(":00")
    if kind == "boolean":
        return "1" if cell.get(f"{_OFFICE}boolean-value") == "true" else "0"
    return "\n".join(_line(paragraph) for paragraph in cell.findall(f"{_TEXT}p"))


def _line(paragraph: ET.Element) -> str:
    parts = [paragraph.text or ""]
    for child in paragraph:
        if child.tag == f"{_TEXT}s":
            parts.append(" " * min(_number(child.get(f"{_TEXT}c")), 1000))
        elif child.tag == f"{_TEXT}line-break":
            parts.append("\n")
        elif child.tag == f"{_TEXT}tab":
            parts.append("\t")
        else:
            parts.append(_line(child))
        parts.append(child.tail or "")
    return "".join(parts)


def _number(given: str | None) -> int:
    return int(given) if given and given.isdecimal() and len(given) < 9 else 1  # noqa: PLR2004  (more is nonsense)
