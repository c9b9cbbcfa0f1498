"""Workbooks of the old Excel (.xls, BIFF8 in a compound file): the values of one sheet, nothing else.

Structures: [MS-CFB] (sectors, chains, directory) and [MS-XLS] (records BOUNDSHEET, SST, LABELSST, LABEL, NUMBER, RK,
MULRK, FORMULA, STRING, FORMAT, XF). Older ones, and encrypted ones, are refused: the person saves them anew.
"""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from app.documents.errors import UnreadableFile
from app.documents.sheets import Row, Understood, tidy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.documents.sheets import Limits, Sheet

_FREE = 0xFFFFFFFA
"""From here on, a sector number means an end or nothing."""
_SMALL = 4096
_BIFF8 = 0x0600
_BOF, _EOF, _CODED, _DATES_1904 = 0x809, 0x0A, 0x2F, 0x22
_SHEET, _SST, _FORMAT, _XF = 0x85, 0xFC, 0x41E, 0xE0
_LABELSST, _LABEL, _NUMBER, _RK, _MULRK, _FORMULA, _STRING, _BOOL = 0xFD, 0x204, 0x203, 0x27E, 0xBD, 0x06, 0x207, 0x205
_ONE_CELL = frozenset({_LABELSST, _LABEL, _NUMBER, _RK, _FORMULA, _BOOL})
_CONTROLS = {code: "\n" for code in range(32) if chr(code) != "\t"}
"""Old programs left controls where a line ends; nothing else may follow a text into the database."""
_DAY_FORMATS = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
_DAY_LETTERS = re.compile(r"[dmyhs]", re.IGNORECASE)
_SAID = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')


class _BadWorkbook(ValueError):
    """The bytes are no BIFF8 workbook."""


def read(content: bytes, *, sheet: str, limits: Limits) -> Sheet:
    """Read one sheet, the first visible one unless it is named.

    :raises UnreadableFile: when it is older than Excel 97, protected, or broken.
    """
    try:
        book = _Workbook(_stream(content))
        names = tuple(book.sheets)
        chosen = sheet if sheet in book.sheets else next(iter(names), "")
        rows = book.rows(chosen, limits)
    except (_BadWorkbook, struct.error, IndexError, UnicodeDecodeError, OverflowError) as error:
        raise UnreadableFile("old-excel") from error
    return tidy(rows, Understood(kind="xls", sheet=chosen, sheets=names), (), limits)


# --- the compound file ---


def _stream(content: bytes) -> bytes:
    """The stream « Workbook »."""
    size = 1 << struct.unpack_from("<H", content, 30)[0]
    if size not in {512, 4096} or len(content) < size * 2:
        raise _BadWorkbook
    first_directory, first_small, table_start, table_count = (
        struct.unpack_from("<I", content, place)[0] for place in (48, 60, 68, 72)
    )
    table = list(struct.unpack_from("<109I", content, 76))
    following = table_start
    for _turn in range(min(table_count, len(content) // size)):
        if following >= _FREE:
            break
        *more, following = struct.unpack_from(f"<{size // 4}I", content, (following + 1) * size)
        table += more
    chains: list[int] = []
    for sector in table:
        if sector < _FREE:
            chains += struct.unpack_from(f"<{size // 4}I", content, (sector + 1) * size)
    directory = _chained(content[size:], first_directory, chains, size)
    entries = [directory[place : place + 128] for place in range(0, len(directory), 128)]
    start, length = _entry(entries, "Workbook")
    if length >= _SMALL:
        return _chained(content[size:], start, chains, size)[:length]
    small = _chained(content[size:], struct.unpack_from("<I", entries[0], 116)[0], chains, size)
    table_of_small = _chained(content[size:], first_small, chains, size)
    links = list(struct.unpack(f"<{len(table_of_small) // 4}I", table_of_small))
    return _chained(small, start, links, 64)[:length]


def _entry(entries: list[bytes], name: str) -> tuple[int, int]:
    for entry in entries:
        length = struct.unpack_from("<H", entry, 64)[0]
        if 0 < length <= 64 and entry[: length - 2].decode("utf-16-le") == name:  # noqa: PLR2004  # bytes of a name
            start, size = struct.unpack_from("<II", entry, 116)
            return start, size
    raise _BadWorkbook


def _chained(sectors: bytes, start: int, chains: list[int], size: int) -> bytes:
    parts: list[bytes] = []
    sector = start
    for _turn in range(len(chains) + 1):
        if sector >= _FREE:
            return b"".join(parts)
        parts.append(sectors[sector * size : (sector + 1) * size])
        sector = chains[sector]
    raise _BadWorkbook


# --- the workbook ---


@dataclass
class _Workbook:
    """The strings, formats and sheets of a workbook."""

    stream: bytes
    sheets: dict[str, int] = field(default_factory=dict)
    strings: list[str] = field(default_factory=list)
    days: dict[int, bool] = field(default_factory=dict)
    day_styles: list[bool] = field(default_factory=list)
    origin: datetime = datetime(1899, 12, 30)  # noqa: DTZ001  # a spreadsheet's days have no zone

    def __post_init__(self) -> None:
        for code, data, more in self._records(0):
            if code == _CODED:
                raise UnreadableFile("protected-file")
            if code == _SST:
                self.strings = list(_shared([data, *more]))
            else:
                self._note(code, data)
        if not self.sheets:
            raise _BadWorkbook

    def _note(self, code: int, data: bytes) -> None:
        """Keep what a record says of the days, the formats and the visible sheets."""
        if code == _DATES_1904 and data[0]:
            self.origin = datetime(1904, 1, 1)  # noqa: DTZ001  # as above
        elif code == _SHEET and data[4:6] == b"\0\0":
            self.sheets[_text(data, data[6], 7)] = struct.unpack_from("<I", data)[0]
        elif code == _FORMAT:
            number, length = struct.unpack_from("<HH", data)
            self.days[number] = bool(_DAY_LETTERS.search(_SAID.sub("", _text(data, length, 4))))
        elif code == _XF:
            number = struct.unpack_from("<H", data, 2)[0]
            self.day_styles.append(self.days.get(number, number in _DAY_FORMATS))

    def _records(self, place: int) -> Iterator[tuple[int, bytes, list[bytes]]]:
        """The records of a part, each with what continues it."""
        if struct.unpack_from("<HHH", self.stream, place)[::2] != (_BOF, _BIFF8):
            raise _BadWorkbook
        while True:
            code, length = struct.unpack_from("<HH", self.stream, place)
            data = self.stream[place + 4 : place + 4 + length]
            place += 4 + length
            more = []
            while self.stream[place : place + 2] == b"\x3c\x00":
                length = struct.unpack_from("<H", self.stream, place + 2)[0]
                more.append(self.stream[place + 4 : place + 4 + length])
                place += 4 + length
            if code == _EOF:
                return
            yield code, data, more

    def rows(self, name: str, limits: Limits) -> list[Row]:
        """The rows of a sheet, with the numbers that the program shows beside them."""
        found: dict[int, dict[int, str]] = {}
        waiting: tuple[int, int] | None = None
        for code, data, _more in self._records(self.sheets[name]):
            if code == _STRING and waiting:
                found.setdefault(waiting[0], {})[waiting[1]] = _text(data, struct.unpack_from("<H", data)[0], 2)
            waiting = struct.unpack_from("<HH", data) if code == _FORMULA else None
            for row, column, value in self._cells(code, data):
                if column >= limits.columns:
                    raise UnreadableFile("too-many-columns", line=row + 1, limit=limits.columns)
                if value:
                    found.setdefault(row, {})[column] = value
            if len(found) > limits.rows:
                raise UnreadableFile("too-many-rows", limit=limits.rows)
        return [
            Row(number + 1, tuple(cells.get(rank, "") for rank in range(max(cells) + 1)))
            for number, cells in sorted(found.items())
        ]

    def _cells(self, code: int, data: bytes) -> Iterator[tuple[int, int, str]]:
        if code == _MULRK:
            row, column = struct.unpack_from("<HH", data)
            for rank, place in enumerate(range(4, len(data) - 2, 6)):
                style = struct.unpack_from("<H", data, place)[0]
                yield row, column + rank, self._said(_unpacked(data[place + 2 : place + 6]), style)
        elif code in _ONE_CELL:
            row, column, style = struct.unpack_from("<HHH", data)
            yield row, column, self._cell(code, data, style)

    def _cell(self, code: int, data: bytes, style: int) -> str:
        if code == _LABELSST:
            return str(self.strings[struct.unpack_from("<I", data, 6)[0]])
        if code == _LABEL:
            return _text(data, struct.unpack_from("<H", data, 6)[0], 8)
        if code == _BOOL:
            return "" if data[7] else str(data[6])
        if code == _FORMULA and data[12:14] == b"\xff\xff":
            return ""  # a text, which the next record holds
        number: float = _unpacked(data[6:10]) if code == _RK else struct.unpack_from("<d", data, 6)[0]
        return self._said(number, style)

    def _said(self, number: float, style: int) -> str:
        if style < len(self.day_styles) and self.day_styles[style] and 0 <= number < 2958466:  # noqa: PLR2004  # year 9999
            moment = self.origin + timedelta(days=number)
            return moment.date().isoformat() if number == int(number) else moment.isoformat(timespec="seconds")
        return str(int(number)) if number == int(number) else repr(number)


def _unpacked(packed: bytes) -> float:
    """An RK number: thirty bits of an integer or of a float, perhaps a hundred times too big."""
    raw = struct.unpack("<i", packed)[0]
    number = float(raw >> 2) if raw & 2 else struct.unpack("<d", b"\0\0\0\0" + struct.pack("<i", raw & ~3))[0]
    return float(number / 100 if raw & 1 else number)


def _text(data: bytes, length: int, flags: int) -> str:
    """Letters of one or two bytes, after the byte of flags that says which."""
    wide = data[flags] & 1
    letters = data[flags + 1 : flags + 1 + length * (1 + wide)]
    return letters.decode("utf-16-le" if wide else "latin-1").translate(_CONTROLS)


def _shared(parts: list[bytes]) -> Iterator[str]:
    """The table of strings: a string may go on in the next record, whose first byte says its letters anew."""
    (count,) = struct.unpack_from("<I", parts[0], 4)
    reading = _Strings(parts)
    for _number in range(count):
        yield reading.one().translate(_CONTROLS)


@dataclass
class _Strings:
    parts: list[bytes]
    part: int = 0
    place: int = 8

    def one(self) -> str:
        if self.place >= len(self.parts[self.part]):
            self.part, self.place = self.part + 1, 0
        length, flags = self._take("<HB")
        runs = self._take("<H")[0] if flags & 8 else 0
        extra = self._take("<I")[0] if flags & 4 else 0
        text = self._letters(length, flags & 1)
        self._skip(runs * 4 + extra)
        return text

    def _take(self, form: str) -> tuple[int, ...]:
        found = struct.unpack_from(form, self.parts[self.part], self.place)
        self.place += struct.calcsize(form)
        return found

    def _letters(self, length: int, wide: int) -> str:
        letters = []
        while True:
            here = self.parts[self.part]
            room = min(length, (len(here) - self.place) // (1 + wide))
            raw = here[self.place : self.place + room * (1 + wide)]
            letters.append(raw.decode("utf-16-le" if wide else "latin-1"))
            self.place, length = self.place + len(raw), length - room
            if not length:
                return "".join(letters)
            self.part, self.place = self.part + 1, 1
            wide = self.parts[self.part][0] & 1

    def _skip(self, size: int) -> None:
        while size > len(self.parts[self.part]) - self.place and self.part + 1 < len(self.parts):
            size -= len(self.parts[self.part]) - self.place
            self.part, self.place = self.part + 1, 0
        self.place += size
