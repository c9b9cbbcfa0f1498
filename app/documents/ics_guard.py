"""The door of the calendar reader: what a file may weigh, how its bytes are read, where its components lie.

Files of unknown hands come cut, mis-encoded or built to exhaust a parser. They are cut here into single components,
so that each is read alone: a broken one spoils no other, and no time zone leaks from one file into the next.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum

MAX_BYTES = 5 * 1024 * 1024
MAX_COMPONENTS = 10_000
MAX_DEPTH = 6
MAX_LINE = 200_000
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_MARK = re.compile(r"^(BEGIN|END):[ \t]*([A-Za-z0-9-]+)[ \t]*$", re.IGNORECASE)


class Refusal(StrEnum):
    """Why a file is not read at all."""

    TOO_LARGE = "too_large"
    TOO_MANY = "too_many"
    TOO_DEEP = "too_deep"
    NOT_A_CALENDAR = "not_a_calendar"
    CUT_OFF = "cut_off"


class UnreadableCalendar(ValueError):
    """The file cannot be read as a calendar; ``reason`` says why."""

    def __init__(self, reason: Refusal) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Block:
    """One component as it stands in the file, nested ones included."""

    kind: str
    line: int
    text: str
    closed: bool = True
    numbers: tuple[int, ...] = ()
    """For each line of ``text``, the number of the file's line where it begins."""


@dataclass
class Blocks:
    """What was found in a file: events and zones apart, the rest counted by kind."""

    events: list[Block] = field(default_factory=list)
    zones: list[Block] = field(default_factory=list)
    others: dict[str, int] = field(default_factory=dict)
    head: list[str] = field(default_factory=list)
    odd_encoding: str | None = None
    controls: bool = False
    open: int = 0
    """Calendars that begin and do not end."""


def split(data: bytes) -> Blocks:
    """Cut a file into its components.

    :raises UnreadableCalendar: when it is too large, too deep, no calendar, or ends before the calendar does: the
        last hour may have lost the sign that makes it one of another zone.
    """
    if len(data) > MAX_BYTES:
        raise UnreadableCalendar(Refusal.TOO_LARGE)
    text, encoding = _decode(data)
    clean = _CONTROL.sub("", text)
    found = Blocks(odd_encoding=encoding, controls=clean != text)
    _Cutter(found).cut(_unfold(clean))
    if not (found.events or found.zones or found.others or "" in found.head):
        raise UnreadableCalendar(Refusal.NOT_A_CALENDAR)
    if found.open > 0:
        raise UnreadableCalendar(Refusal.CUT_OFF)
    return found


class _Cutter:
    def __init__(self, found: Blocks) -> None:
        self.found = found
        self.stack: list[str] = []
        self.lines: list[str] = []
        self.numbers: list[int] = []
        self.start = 0
        self.seen = 0

    def cut(self, lines: list[tuple[int, str]]) -> None:
        number = 0
        for number, line in lines:
            mark = _MARK.match(line)
            if mark is None:
                self._keep(line, number)
            elif mark[1].upper() == "BEGIN":
                self._open(mark[2].upper(), number)
            else:
                self._close(mark[2].upper(), number)
        if self.stack:
            self._finish(number, closed=False)

    def _write(self, line: str, number: int) -> None:
        self.lines.append(line)
        self.numbers.append(number)

    def _keep(self, line: str, number: int) -> None:
        if not line.strip():
            return
        if self.stack:
            self._write(line, number)
        elif ":" in line:
            self.found.head.append(line)

    def _open(self, kind: str, number: int) -> None:
        self.seen += 1
        self.found.open += kind == "VCALENDAR"
        if self.seen > MAX_COMPONENTS:
            raise UnreadableCalendar(Refusal.TOO_MANY)
        if kind == "VCALENDAR" and not self.stack:
            self.found.head.append("")
            return
        if self.stack and kind in {"VEVENT", "VCALENDAR"}:
            self._finish(number, closed=False)
            if kind == "VCALENDAR":
                return
        if not self.stack:
            self.start, self.lines, self.numbers = number, [], []
        self.stack.append(kind)
        if len(self.stack) > MAX_DEPTH:
            raise UnreadableCalendar(Refusal.TOO_DEEP)
        self._write(f"BEGIN:{kind}", number)

    def _close(self, kind: str, number: int) -> None:
        if kind == "VCALENDAR":
            self.found.open -= self.found.open > 0
            if self.stack:
                self._finish(self.start, closed=False)
            return
        if kind not in self.stack:
            return
        while self.stack:
            top = self.stack.pop()
            self._write(f"END:{top}", number)
            if top == kind:
                break
        if not self.stack:
            self._store(kind, closed=True)

    def _finish(self, number: int, *, closed: bool) -> None:
        kind = self.stack[0]
        for name in reversed(self.stack):
            self._write(f"END:{name}", number)
        self.stack = []
        self._store(kind, closed=closed)

    def _store(self, kind: str, *, closed: bool) -> None:
        block = Block(kind, self.start, "\r\n".join(self.lines) + "\r\n", closed, tuple(self.numbers))
        if kind == "VEVENT":
            self.found.events.append(block)
        elif kind == "VTIMEZONE":
            self.found.zones.append(block)
        else:
            self.found.others[kind] = self.found.others.get(kind, 0) + 1


def _decode(data: bytes) -> tuple[str, str | None]:
    for mark, name in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return data.decode(name, "replace"), "UTF-16"
    try:
        return data.decode("utf-8-sig"), None
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace"), "Windows-1252"


def _unfold(text: str) -> list[tuple[int, str]]:
    """Join folded lines; lone carriage returns count as line ends, and a line without end is cut.

    Each comes with the number of the file's line where it begins.
    """
    lines: list[list[str]] = []
    sizes: list[int] = []
    numbers: list[int] = []
    for number, raw in enumerate(re.split(r"\r\n|\r|\n", text), 1):
        if raw[:1] in {" ", "\t"} and lines:
            if sizes[-1] < MAX_LINE:
                lines[-1].append(raw[1:])
                sizes[-1] += len(raw)
        else:
            lines.append([raw[:MAX_LINE]])
            sizes.append(len(raw))
            numbers.append(number)
    return [(number, "".join(parts)) for number, parts in zip(numbers, lines, strict=True)]
