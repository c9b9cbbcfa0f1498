"""Workbooks of LibreOffice, read straight from their content: values as kept, no formula worked out."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from app.documents.archive import open_office
from app.documents.errors import UnreadableFile
from app.documents.sheets import Remark, Row, Understood, tidy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.documents.sheets import Limits, Sheet

_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_REPEATED_CELLS = f"{_TABLE}number-columns-repeated"
_REPEATED_ROWS = f"{_TABLE}number-rows-repeated"


def read(content: bytes, *, sheet: str, limits: Limits) -> Sheet:
    """Read one sheet, the first that is not empty unless one is named."""
    try:
        with open_office(content) as archive:
            tree = ET.fromstring(archive.read("content.xml"))  # noqa: S314  (open_office refused any document type)
    except KeyError as error:
        raise UnreadableFile("broken-file", reason="part-missing") from error
    except ET.ParseError as error:
        raise UnreadableFile("broken-file", reason="not-xml") from error
    tables = list(tree.iter(f"{_TABLE}table"))
    names = tuple(table.get(f"{_TABLE}name", "") for table in tables)
    if sheet and sheet not in names:
        raise UnreadableFile("no-such-sheet", sheet=sheet, sheets=", ".join(names))
    for name, table in zip(names, tables, strict=True):
        if sheet and name != sheet:
            continue
        remarks: list[Remark] = []
        rows = list(_rows(table, remarks, limits))
        if rows or sheet:
            return tidy(rows, Understood(kind="ods", sheet=name, sheets=names), remarks, limits)
    raise UnreadableFile("empty-file")


def _rows(table: ET.Element, remarks: list[Remark], limits: Limits) -> Iterator[Row]:
    line, kept = 1, 0
    for element in table.iter(f"{_TABLE}table-row"):
        cells, formulas = _cells(element, line, limits)
        repeated = _number(element.get(_REPEATED_ROWS))
        if any(cell.strip() for cell in cells):
            kept += repeated
            if kept > limits.rows:
                raise UnreadableFile("too-many-rows", limit=limits.rows)
            if formulas:
                remarks.append(Remark(code="formula", line=line, values=(("count", formulas),)))
            for offset in range(repeated):
                yield Row(line + offset, cells)
        line += repeated


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
