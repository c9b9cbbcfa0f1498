"""Lists as people have them: read whatever comes, say what was understood, write what they can open.

Reading never guesses meanings: each cell comes out as text (dates as ISO, numbers with a point), each row with the
number of the line where it starts. What was doubtful is a remark with its line; what cannot be read is an
``UnreadableFile`` whose sentence says what to do.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections import Counter
from dataclasses import dataclass, replace
from html import unescape
from typing import TYPE_CHECKING
from urllib.parse import unquote

from app.documents.errors import UnreadableFile
from app.documents.letters import is_twice_converted, restored

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_OLD_EXCEL = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_KNOWN = (
    (b"%PDF", "PDF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"\x1f\x8b", "gzip"),
    (b"Rar!", "RAR"),
    (b"7z\xbc\xaf", "7z"),
    (b"{\\rtf", "RTF"),
)
_PACKED = {"gzip", "RAR", "7z"}
_BROKEN_ARCHIVE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, LookupError, ValueError, RuntimeError)
_ENCRYPTED_OOXML = "EncryptedPackage".encode("utf-16-le")


@dataclass(frozen=True, kw_only=True)
class Limits:
    """How much a list may hold. The rows count is that of rows that say something."""

    size: int = 20 * 1024**2
    rows: int = 100_000
    columns: int = 300
    cell: int = 32_767


@dataclass(frozen=True)
class Row:
    """One record and the line of the file where it starts.

    ``links``: the mail addresses that cells lead to, by column (from 0); what such a cell shows may be « Écrire ».
    """

    line: int
    cells: tuple[str, ...]
    links: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Remark:
    """Something doubtful, and the line where.

    ``ragged``: more cells (``width``) than the first row (``expected``); ``replaced-letters``: Windows letters in a
    file that called itself something else, or letters that were converted once too often; ``controls``: invisible
    characters taken out; ``formula``: the last computed value was read; ``formula-empty``: none was kept;
    ``merged-lines``: line breaks were taken as part of a text; ``merged-cells``: what a cell merged with those above
    says is said again; ``trailing-separators``: separators at the end of lines were dropped; ``error-value``: the
    spreadsheet itself says that it failed, and the cell is empty.
    """

    code: str
    line: int
    values: tuple[tuple[str, str | int], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Understood:
    """How the file was read: ``kind`` is ``csv``, ``xlsx``, ``xls`` or ``ods``."""

    kind: str
    encoding: str = ""
    separator: str = ""
    sheet: str = ""
    sheets: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A list that was read. Empty rows are left out; their lines still count."""

    rows: tuple[Row, ...]
    understood: Understood
    remarks: tuple[Remark, ...] = ()

    @property
    def header(self) -> tuple[str, ...]:
        """The cells of the first row, or none."""
        return self.rows[0].cells if self.rows else ()

    @property
    def records(self) -> tuple[Row, ...]:
        """The rows after the first."""
        return self.rows[1:]

    def from_headings(self, is_heading: Callable[[str], bool]) -> Sheet:
        """The list from its headings on: above them people write a title, a date, the name of their service.

        Headings are the row of the first ones that names most columns, two at least; without one all stays. Where they
        stand over two rows (« Identité » over « Nom » and « Prénom »), a column that the lower row leaves empty is
        called as the upper one says.
        """
        first = self.rows[:_TITLES]
        known = [sum(is_heading(cell) for cell in row.cells if cell.strip()) for row in first]
        rank = known.index(max(known)) if known else 0
        if not known or known[rank] < _NAMED:
            return self
        head = first[rank]
        above = first[rank - 1].cells if rank else ()
        if sum(bool(cell.strip()) for cell in above) >= _NAMED:
            over = (*above, *[""] * len(head.cells))
            head = replace(
                head, cells=tuple(cell if cell.strip() else over[place] for place, cell in enumerate(head.cells))
            )
        width = len(_trimmed(head.cells))
        remarks = tuple(one for one in self.remarks if one.code != "ragged" or int(dict(one.values)["width"]) > width)
        return replace(self, rows=(head, *self.rows[rank + 1 :]), remarks=remarks)


_USUAL = Limits()
_FAILED = re.compile(r"#(?:REF|N/A|NAME|VALUE|DIV/0|NUM|NULL|NOM|VALEUR|NOMBRE|NUL)[!?]?", re.IGNORECASE)
"""What a spreadsheet shows in the place of a value, in English or in French."""
_TITLES, _NAMED = 12, 2
"""How many rows down headings are looked for, and how many columns a row of them names at least."""
SUFFIXES = (".csv", ".txt", ".tsv", ".xlsx", ".xls", ".ods")
"""How the files are named that are read here; what a page offers to choose from."""


def read_sheet(content: bytes, filename: str = "", *, sheet: str = "", limits: Limits = _USUAL) -> Sheet:
    """Read a list by what it holds, not by its name; ``sheet`` chooses one in a workbook.

    :raises UnreadableFile: with what is wrong and what to do.
    """
    from app.documents import csvfile, odsfile, xlsfile, xlsxfile  # noqa: PLC0415  (they need the values above)

    try:
        kind = kind_of(content, filename, limits)
        reader = {"csv": csvfile.read, "xlsx": xlsxfile.read, "ods": odsfile.read, "xls": xlsfile.read}[kind]
        return reader(content, sheet=sheet, limits=limits)
    except _BROKEN_ARCHIVE as error:
        raise UnreadableFile("broken-file", reason="not-a-zip") from error


def kind_of(content: bytes, filename: str, limits: Limits) -> str:
    """Return ``csv``, ``xlsx``, ``xls`` or ``ods``, or refuse."""
    if not content.strip(b"\x00 \r\n\t\xef\xbb\xbf\xff\xfe"):
        raise UnreadableFile("empty-file")
    if len(content) > limits.size:
        raise UnreadableFile("file-too-big", size=_weight(len(content)), limit=_weight(limits.size))
    if content.startswith(_OLD_EXCEL) and _ENCRYPTED_OOXML in content:
        raise UnreadableFile("protected-file")
    if content.startswith((_OLD_EXCEL, b"PK")):
        return _office_kind(content) if content.startswith(b"PK") else "xls"
    for magic, name in _KNOWN:
        if content.startswith(magic):
            raise UnreadableFile("compressed-file" if name in _PACKED else "not-a-list", kind=name)
    if filename.lower().endswith((".xlsx", ".xls", ".ods")):
        raise UnreadableFile("broken-file", reason="not-a-zip")
    return "csv"


def _office_kind(content: bytes) -> str:
    from app.documents.archive import open_office  # noqa: PLC0415  (only for office files)

    with open_office(content) as archive:
        names = set(archive.namelist())
        if "xl/workbook.xml" in names:
            return "xlsx"
        if "mimetype" in names and "spreadsheet" in archive.read("mimetype")[:200].decode("latin-1"):
            if b"encryption-data" in archive.read("META-INF/manifest.xml"):
                raise UnreadableFile("protected-file")
            return "ods"
    is_packed = any(name.lower().endswith(SUFFIXES) for name in names)
    raise UnreadableFile("compressed-file" if is_packed else "not-a-list", kind="zip")


def tidy(rows: Iterable[Row], understood: Understood, remarks: Iterable[Remark], limits: Limits) -> Sheet:
    """Drop empty rows and the empty columns at the right end of all, and hold the limits."""
    kept: list[Row] = []
    failed: list[Remark] = []
    for row in rows:
        cells = _trimmed(_without_failures(row, failed))
        if not cells:
            continue
        if len(cells) > limits.columns:
            raise UnreadableFile("too-many-columns", line=row.line, limit=limits.columns)
        if any(len(cell) > limits.cell for cell in cells):
            raise UnreadableFile("cell-too-long", line=row.line, limit=limits.cell)
        kept.append(replace(row, cells=cells))
        if len(kept) > limits.rows:
            raise UnreadableFile("too-many-rows", limit=limits.rows)
    if not kept:
        raise UnreadableFile("empty-file")
    width = _expected_width(kept)
    ragged = [
        Remark(code="ragged", line=row.line, values=(("width", len(row.cells)), ("expected", width)))
        for row in kept
        if len(row.cells) > width
    ]
    padded = [replace(row, cells=row.cells + ("",) * (width - len(row.cells))) for row in kept]
    wrong = [row.line for row in padded if any(map(is_twice_converted, row.cells))]
    if wrong:
        padded = [replace(row, cells=tuple(map(restored, row.cells))) for row in padded]
        remarks = [*remarks, Remark(code="replaced-letters", line=wrong[0])]
    return Sheet(rows=tuple(padded), understood=understood, remarks=(*remarks, *failed, *ragged))


def _without_failures(row: Row, failed: list[Remark]) -> tuple[str, ...]:
    """The cells of a row; where the spreadsheet shows that it failed, nothing is said, and that is told."""
    if not any(cell.startswith("#") and _FAILED.fullmatch(cell.strip()) for cell in row.cells):
        return row.cells
    failed.append(Remark(code="error-value", line=row.line))
    return tuple("" if _FAILED.fullmatch(cell.strip()) else cell for cell in row.cells)


def mail_address(link: str) -> str | None:
    """Where a link writes to: « mailto:ada@exemple.fr?subject=… » is an address; None for another link."""
    kind, _colon, rest = link.partition(":")
    address = unquote(unescape(rest).partition("?")[0]).strip()
    return address if kind.strip().lower() == "mailto" and "@" in address else None


def said_again(rows: list[Row], merged: Iterable[tuple[int, int, int]]) -> list[Remark]:
    """Let each row say what a cell that is merged over several of them says once; the remarks that tell where.

    ``merged``: first line, last line and column (from 0). Headings may stand over two rows: those stay as they are.
    """
    heading = next((row.line for row in rows if sum(bool(cell.strip()) for cell in row.cells) > 1), 0)
    ranks, touched, budget = {row.line: rank for rank, row in enumerate(rows)}, set[int](), 2 * len(rows) + _TITLES
    for first, last, column in merged:
        top = rows[ranks[first]].cells if first in ranks else ()
        if first <= heading or column >= len(top) or not top[column].strip():
            continue
        for line in range(first + 1, min(last, rows[-1].line) + 1):
            budget -= 1
            rank = ranks.get(line)
            if budget < 0 or rank is None:
                continue
            cells = [*rows[rank].cells, *[""] * (column + 1 - len(rows[rank].cells))]
            if not cells[column].strip():
                cells[column] = top[column]
                rows[rank] = replace(rows[rank], cells=tuple(cells))
                touched.add(line)
        if budget < 0:
            break
    return [Remark(code="merged-cells", line=line) for line in sorted(touched)]


def _expected_width(rows: list[Row]) -> int:
    """Return the width of the first row, or the usual one where the first is only a title."""
    first = len(rows[0].cells)
    return first if first > 1 else Counter(len(row.cells) for row in rows).most_common(1)[0][0]


def _trimmed(cells: tuple[str, ...]) -> tuple[str, ...]:
    end = len(cells)
    while end and not cells[end - 1].strip():
        end -= 1
    return cells[:end]


def _weight(size: int) -> str:
    return f"{max(size / 1024**2, 0.1):.1f} Mio".replace(".", ",")
