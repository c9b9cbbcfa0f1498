"""Comma-separated lists in the encodings and separators that spreadsheets really leave behind."""

from __future__ import annotations

import contextlib
import csv
import io
import itertools
import re
from collections import Counter
from typing import TYPE_CHECKING

from app.documents.errors import UnreadableFile
from app.documents.sheets import Remark, Row, Understood, tidy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.documents.sheets import Limits, Sheet

_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_SEPARATORS = (";", "\t", ",", "|")
_SAMPLE = 60  # records on which the separator is chosen
_UNDEFINED = b"\x81\x8d\x8f\x90\x9d"  # bytes that cp1252 does not know
_MAC = "mac-roman"  # old lists of Apple machines: « PrŽnom » for « Prénom » when read as one of Windows
_DOS = "cp850"  # what Excel calls « CSV (MS-DOS) »
_LETTERS = re.compile("[àâäçèéêëîïôöùûüß]|(?<=[A-Z])[ÀÂÄÇÈÉÊËÎÏÔÖÙÛÜ]|[ÀÂÄÇÈÉÊËÎÏÔÖÙÛÜ](?=[A-Z])")
_MISPLACED = re.compile("(?<=[A-Z])[àâäçèéêëîïôöùûü](?=[A-Z])")
_BINARY = frozenset(map(chr, (*range(9), *range(14, 27), *range(28, 32))))
_C1 = {chr(code): bytes([code]).decode("cp1252", "ignore") for code in range(0x80, 0xA0)}
_GUARDED = ("'=", "'+", "'-", "'@", "'\t", "'\r")
_LINES_IN_A_CELL = 60
_MARGIN = 0.25
_INNER = "\u2028"
_QUOTE = '"'
_BREAK = re.compile("\r\n|[\r\n\u2028]")
_SHOWN = 40


def read(content: bytes, *, sheet: str, limits: Limits) -> Sheet:
    """Read a text list; ``sheet`` has no meaning here."""
    del sheet
    text, encoding, remarks = _decode(content)
    separator, score = _separator(text)
    if "\r\n" in text and (joined := _joined(text)) != text:
        other, better = _separator(joined)
        if better > score + _MARGIN / 2:
            text, separator = joined, other
            remarks.append(Remark(code="merged-lines", line=1))
    rows = list(_records(text, separator, limits))
    if separator != ";" and sum(row.cells[-1].endswith(";") for row in rows if row.cells) > len(rows) // 2:
        rows = [Row(row.line, (*row.cells[:-1], row.cells[-1].rstrip(";"))) for row in rows if row.cells]
        remarks.append(Remark(code="trailing-separators", line=1))
    understood = Understood(kind="csv", encoding=encoding, separator=separator)
    return tidy(rows, understood, remarks, limits)


def _joined(text: str) -> str:
    """Take a lone line feed as part of a text, where records end otherwise."""
    return text.replace("\r\n", "\r").replace("\n", _INNER).replace("\r", "\n")


def _decode(content: bytes) -> tuple[str, str, list[Remark]]:
    encoding = _encoding(content)
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnreadableFile("broken-file", reason="not-text") from error
    text = text.removeprefix("\ufeff").replace("\x00", "")
    remarks = []
    if found := set(text) & set(_C1):
        text = text.translate({ord(char): _C1[char] for char in _C1})
        remarks.append(Remark(code="replaced-letters", line=1, values=(("count", len(found)),)))
    if found := set(text) & _BINARY:
        if sum(map(text.count, found)) > len(text) // 50:
            raise UnreadableFile("not-a-list", kind="unknown-kind")
        text = text.translate(dict.fromkeys(map(ord, found)))
        remarks.append(Remark(code="controls", line=1, values=(("count", len(found)),)))
    return text, "utf-8" if encoding == "utf-8-sig" else encoding, remarks


def _encoding(content: bytes) -> str:
    for mark, name in _MARKS:
        if content.startswith(mark):
            return name
    head = content[:4096]
    if head.count(0) > len(head) // 4:
        return "utf-16-le" if head[1::2].count(0) > head[::2].count(0) else "utf-16-be"
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        windows = "latin-1" if any(byte in content for byte in _UNDEFINED) else "cp1252"
        return max((windows, _DOS, _MAC), key=lambda name: _likely(content, name))
    return "utf-8"


def _likely(content: bytes, encoding: str) -> int:
    """How many letters of French and German names stand where such letters do; « LEFêVRE » speaks against it."""
    text = content.decode(encoding)
    return len(_LETTERS.findall(text)) - 2 * len(_MISPLACED.findall(text))


def _separator(text: str) -> tuple[str, float]:
    """Return the separator under which most records have the same width, and which share of them has it."""
    sample = _head(text)
    best, regular, wide = ";", 0.0, 0
    for separator in _SEPARATORS:
        widths = Counter(_width(record) for record in _parsed(sample, separator) if any(record))
        width, count = widths.most_common(1)[0] if widths else (0, 0)
        share = count / widths.total() if width > 1 else 0.0
        alike = abs(share - regular) <= _MARGIN and wide
        if (share and width > wide) if alike else share > regular:
            best, regular, wide = separator, share, width
    return best, regular


def _width(record: list[str]) -> int:
    return max((place for place, cell in enumerate(record, 1) if cell.strip()), default=0)


def _head(text: str) -> str:
    end = 0
    for _ in range(_SAMPLE * 4):
        end = text.find("\n", end) + 1
        if not end:
            return text
    return text[:end]


def _parsed(text: str, separator: str) -> Iterator[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    with contextlib.suppress(csv.Error):  # the full reading will say it, with its line
        yield from itertools.islice(reader, _SAMPLE)


def _records(text: str, separator: str, limits: Limits) -> Iterator[Row]:
    taken: list[str] = []
    reader = csv.reader(_noted(text, taken), delimiter=separator)
    line, inner, width = 1, 0, 0
    try:
        for record in reader:
            width = width or len(record)
            raw = "".join(taken)
            taken.clear()
            if _QUOTE in raw:
                _refuse_unclosed(raw, separator, width, line)
            yield Row(line, tuple(_clean(cell) for cell in record))
            inner += sum(cell.count(_INNER) for cell in record)
            line = reader.line_num + inner + 1
    except csv.Error as error:
        _refuse_unclosed("".join(taken), separator, width, line)
        raise UnreadableFile("cell-too-long", line=line, limit=limits.cell) from error


def _noted(text: str, taken: list[str]) -> Iterator[str]:
    """The lines of a text, which are noted as they are read."""
    for line in io.StringIO(text, newline=""):
        taken.append(line)
        yield line


def _refuse_unclosed(raw: str, separator: str, width: int, line: int) -> None:
    """Refuse a record in which a quote opens that nobody closed: it took the lines below into its cell.

    What closes it then is the end of the file, or a quote that was to open another cell.
    """
    at = 0
    while 0 <= at < len(raw):
        if raw[at] == _QUOTE:
            end = _closing(raw, at + 1)
            cell, after = raw[at + 1 : end], raw[end + 1 : end + 2]
            broken = _BREAK.search(cell) is not None
            if end == len(raw) or (
                broken and (after not in {"", separator, "\r", "\n"} or _swallowed(cell, separator, width))
            ):
                opened = line + len(_BREAK.findall(raw, 0, at))
                start = _BREAK.split(cell.strip())[0]
                raise UnreadableFile("unclosed-quote", line=opened, start=_clean(start[:_SHOWN]))
            at = end + 1
        at = raw.find(separator, at) + 1 or len(raw)


def _closing(raw: str, at: int) -> int:
    """Where a quoted cell ends; a doubled quote is one of its letters. The end of the text where nothing closes it."""
    end = raw.find(_QUOTE, at)
    while end >= 0 and raw[end + 1 : end + 2] == _QUOTE:
        end = raw.find(_QUOTE, end + 2)
    return len(raw) if end < 0 else end


def _swallowed(cell: str, separator: str, width: int) -> bool:
    """Whether a cell holds what look like whole records: a quote was opened and never closed."""
    lines = cell.split("\n")
    records = sum(line.count(separator) >= max(width - 1, 1) for line in lines[1:])
    return records > 1 or len(lines) > _LINES_IN_A_CELL


def _clean(cell: str) -> str:
    cell = cell.replace("\r\n", "\n").replace("\r", "\n").replace(_INNER, "\n")
    return cell[1:] if cell.startswith(_GUARDED) else cell
