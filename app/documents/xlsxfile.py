"""Workbooks of Excel: read with their last computed values; no formula is ever worked out."""

from __future__ import annotations

import io
import re
import warnings
from dataclasses import replace
from datetime import date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from app.documents.archive import open_office
from app.documents.errors import UnreadableFile
from app.documents.sheets import Remark, Row, Understood, mail_address, said_again, tidy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.documents.sheets import Limits, Sheet

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_MERGE = re.compile(rb'<mergeCell\s[^>]{0,40}?ref="\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})"')
_LINK = re.compile(rb"<hyperlink\s([^>]{1,600})>")
_ATTRIBUTE = re.compile(rb'([\w:]+)="([^"]*)"')
_PLACE = re.compile(rb"\$?([A-Z]{1,3})\$?(\d{1,7})")
_TARGET = re.compile(rb"<Relationship\s([^>]{1,2000})>")
_WHOLE = 10**15  # beyond this a float no longer holds each whole number
_EMPTY_RUN = 20_000  # rows without a cell after which a sheet is taken to be over


def read(content: bytes, *, sheet: str, limits: Limits) -> Sheet:
    """Read one sheet, the first that is visible and not empty unless one is named."""
    open_office(content).close()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl tells of styles and extensions that we do not read
        try:
            return _read(content, sheet, limits)
        except UnreadableFile:
            raise
        except Exception as error:
            # openpyxl raises whatever the broken part made it raise
            raise UnreadableFile("broken-file", reason="part-missing") from error


def _read(content: bytes, sheet: str, limits: Limits) -> Sheet:
    from openpyxl import load_workbook  # noqa: PLC0415  (slow to load, rarely needed)

    book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
    try:
        visible = [page for page in book.worksheets if page.sheet_state == "visible"]
        names = tuple(page.title for page in visible)
        if sheet and sheet not in names:
            raise UnreadableFile("no-such-sheet", sheet=sheet, sheets=", ".join(names))
        for page in visible:
            if sheet and page.title != sheet:
                continue
            rows = _linked(list(_rows(page, limits)), content, page)
            if any(map(_says_something, rows)) or sheet or page is visible[-1]:
                remarks = [*said_again(rows, _merged(content, page)), *_formulas(content, page.title, rows, limits)]
                understood = Understood(kind="xlsx", sheet=page.title, sheets=names)
                return tidy(rows, understood, remarks, limits)
    finally:
        book.close()
    raise UnreadableFile("empty-file")


def _says_something(row: Row) -> bool:
    return any(cell.strip() for cell in row.cells)


def _rows(page: Any, limits: Limits) -> Iterator[Row]:  # noqa: ANN401  (untyped library)
    """Give the rows that say something; padding that a wide declaration brings along is never walked twice."""
    page.reset_dimensions()
    empty = count = 0
    for line, values in enumerate(page.iter_rows(values_only=True), 1):
        if not any(value is not None for value in values):
            empty += 1
            if empty > _EMPTY_RUN:
                return
            continue
        if any(value is not None for value in values[limits.columns :]):
            raise UnreadableFile("too-many-columns", line=line, limit=limits.columns)
        empty = 0
        count += 1
        if count > limits.rows:
            raise UnreadableFile("too-many-rows", limit=limits.rows)
        cells = tuple(as_text(value) for value in values[: limits.columns])
        yield Row(line, cells)


def _merged(content: bytes, page: Any) -> Iterator[tuple[int, int, int]]:  # noqa: ANN401  (untyped library)
    """The cells that are merged over several rows: first line, last line, column. Reading only skips them."""
    with open_office(content) as archive, archive.open(page._worksheet_path) as part:  # noqa: SLF001  (nowhere else)
        tail = b""
        while piece := part.read(1 << 20):
            text = tail + piece
            end = 0
            for found in _MERGE.finditer(text):
                end = found.end()
                if found[2] != found[4]:
                    yield int(found[2]), int(found[4]), _column(found[1])
            tail = text[max(end, len(text) - 80) :]


def _linked(rows: list[Row], content: bytes, page: Any) -> list[Row]:  # noqa: ANN401  (untyped library)
    """The rows with the mail addresses that their cells lead to. Reading only skips them."""
    folder, _slash, name = str(page._worksheet_path).rpartition("/")  # noqa: SLF001  (nowhere else)
    with open_office(content) as archive:
        if f"{folder}/_rels/{name}.rels" not in archive.namelist():
            return rows
        targets = {}
        for found in _TARGET.finditer(archive.read(f"{folder}/_rels/{name}.rels")):
            said = dict(_ATTRIBUTE.findall(found[1]))
            if (address := mail_address(said.get(b"Target", b"").decode("utf-8", "replace"))) is not None:
                targets[said.get(b"Id", b"")] = address
        if not targets:
            return rows
        part = archive.read(f"{folder}/{name}")
    links: dict[int, list[tuple[int, str]]] = {}
    for found in _LINK.finditer(part):
        said = dict(_ATTRIBUTE.findall(found[1]))
        place, address = _PLACE.match(said.get(b"ref", b"")), targets.get(said.get(b"r:id", b""))
        if place is not None and address:
            links.setdefault(int(place[2]), []).append((_column(place[1]), address))
    return [replace(row, links=tuple(links[row.line])) if row.line in links else row for row in rows]


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


def _formulas(content: bytes, title: str, rows: list[Row], limits: Limits) -> list[Remark]:
    """Say where a cell holds a formula; a second reading, made only where the sheets hold one."""
    with open_office(content) as archive:
        if not any(_mentions_formula(archive, name) for name in archive.namelist() if "worksheets/" in name):
            return []
    from openpyxl import load_workbook  # noqa: PLC0415

    book = load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
    try:
        page = book[title]
        page.reset_dimensions()
        found: list[Remark] = []
        read = {row.line: row.cells for row in rows}
        for line, values in enumerate(page.iter_rows(values_only=True), 1):
            if line > limits.rows + _EMPTY_RUN:
                break
            held = [rank for rank, value in enumerate(values) if isinstance(value, str) and value.startswith("=")]
            known = read.get(line, ())
            bare = sum(rank >= len(known) or not known[rank].strip() for rank in held)
            if bare:
                found.append(Remark(code="formula-empty", line=line, values=(("count", bare),)))
            if len(held) > bare:
                found.append(Remark(code="formula", line=line, values=(("count", len(held) - bare),)))
        return found
    finally:
        book.close()


def _mentions_formula(archive: Any, name: str) -> bool:  # noqa: ANN401  (a zip file)
    with archive.open(name) as part:
        tail = b""
        while piece := part.read(1 << 20):
            if re.search(rb"<f[ >/]", tail + piece):
                return True
            tail = piece[-8:]
    return False


def as_text(value: object) -> str:
    """Return a cell as text: dates as ISO, numbers with a point and without a needless « .0 »."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < _WHOLE else format(Decimal(repr(value)), "f")
    return _ESCAPED.sub(_unescaped, str(value)).replace("\r\n", "\n")


def _unescaped(found: re.Match[str]) -> str:
    char = chr(int(found[1], 16))
    return char if char.isprintable() or char in "\n\t" else ""
