"""Finds the line of a TOML file on which a key stands, which the standard reader does not tell."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

Path = tuple[str | int, ...]
_HEADER = re.compile(r"\s*(\[\[?)([^\[\]]+)\]\]?\s*(?:#.*)?$")
_KEY = re.compile(
    r"""\s*((?:"[^"]*"|'[^']*'|[A-Za-z0-9_-]+)(?:\s*\.\s*(?:"[^"]*"|'[^']*'|[A-Za-z0-9_-]+))*)\s*=(.*)$"""
)
_PART = re.compile(r""""([^"]*)"|'([^']*)'|([A-Za-z0-9_-]+)""")
_TEXT = re.compile(r'"""|\'\'\'|"(?:\\.|[^"\\])*"|\'[^\']*\'|#.*$|[\[\]{}]')


class Places:
    """Line numbers by path in the file: ``("criteria", 2, "max")``. Found only when one is asked for."""

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def _lines(self) -> dict[Path, int]:
        lines: dict[Path, int] = {}
        counts: dict[Path, int] = {}
        table: Path = ()
        for number, header, key in _statements(self._text):
            if header is not None:
                table = _opened(header, counts)
                lines.setdefault(table, number)
            elif key is not None:
                lines.setdefault((*table, *_parts(key)), number)
        return lines

    def line(self, path: Path) -> int:
        """The line of a path, or of the nearest thing around it."""
        while path and path not in self._lines:
            path = path[:-1]
        return self._lines.get(path, 1)


def _statements(text: str) -> Iterator[tuple[int, str | None, str | None]]:
    """Each line that begins a table or a value, leaving out those inside a longer value."""
    depth, fence = 0, ""
    for number, line in enumerate(text.splitlines(), 1):
        if depth == 0 and not fence:
            if _HEADER.match(line):
                yield number, line.strip(), None
                continue
            if key := _KEY.match(line):
                yield number, None, key[1]
                depth, fence = _open_at_end(key[2], 0, "")
            continue
        depth, fence = _open_at_end(line, depth, fence)


def _open_at_end(line: str, depth: int, fence: str) -> tuple[int, str]:
    """How many brackets, and which long text, are still open where the line ends."""
    for token in _TEXT.findall(line):
        if fence:
            fence = "" if token == fence else fence
        elif token in ('"""', "'''"):
            fence = token
        elif token in ("[", "{"):
            depth += 1
        elif token in ("]", "}"):
            depth -= 1
    return max(depth, 0), fence


def _opened(header: str, counts: dict[Path, int]) -> Path:
    """The path that a ``[table]`` or ``[[array]]`` header opens."""
    is_array = header.startswith("[[")
    names = _parts(header.strip("[] \t").split("]", maxsplit=1)[0])
    path: Path = ()
    for rank, name in enumerate(names):
        path = (*path, name)
        if is_array and rank == len(names) - 1:
            counts[path] = counts.get(path, -1) + 1
        if path in counts:
            path = (*path, counts[path])
    return path


def _parts(dotted: str) -> Path:
    return tuple("".join(found) for found in _PART.findall(dotted))
