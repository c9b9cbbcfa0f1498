"""On which line of a JSON text a value stands."""

from __future__ import annotations

import re
from json.decoder import scanstring  # type: ignore[attr-defined]  # the decoder's own, in all versions
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

_SPACE = re.compile(r"[ \t\n\r]*")
_PLAIN = re.compile(r"[^\s,\]}]+")


def lines_of(text: str, paths: Collection[str]) -> dict[str, tuple[int, int]]:
    """Return the line and the column of each of these places (``$.parties[0].name``) of a text that is sound JSON.

    Of a key that is written twice the later one counts. Places that the text does not have are left out.
    """
    walk = _Walk(text, frozenset(paths))
    walk.value(0, "$")
    made: dict[str, tuple[int, int]] = {}
    line, at = 1, 0
    for path, offset in sorted(walk.found.items(), key=lambda one: one[1]):
        line, at = line + text.count("\n", at, offset), offset
        made[path] = (line, offset - text.rfind("\n", 0, offset))
    return made


def nearest_line(lines: Mapping[str, tuple[int, int]], path: str) -> tuple[int, int]:
    """Return the line and the column of a place, or of what holds it; nought where neither is known."""
    while path and path not in lines:
        path = path[: max(path.rfind("."), path.rfind("["), 0)]
    return lines.get(path, (0, 0))


class _Walk:
    def __init__(self, text: str, wanted: frozenset[str]) -> None:
        self._text, self._wanted = text, wanted
        self.found: dict[str, int] = {}

    def value(self, at: int, path: str) -> int:
        """Go through the value that begins here; return where it ends."""
        at = self._skipped(at)
        if path in self._wanted:
            self.found[path] = at
        char = self._text[at]
        if char == '"':
            return int(scanstring(self._text, at + 1)[1])
        if char in "{[":
            return self._inside(self._skipped(at + 1), path, is_object=char == "{")
        plain = _PLAIN.match(self._text, at)
        return plain.end() if plain else at + 1

    def _inside(self, at: int, path: str, *, is_object: bool) -> int:
        place = 0
        while self._text[at] not in "]}":
            inner = f"{path}[{place}]"
            if is_object:
                name, at = scanstring(self._text, at + 1)
                inner, at = f"{path}.{name}", self._skipped(at) + 1
            at = self._skipped(self.value(at, inner))
            place += 1
            if self._text[at] == ",":
                at = self._skipped(at + 1)
        return at + 1

    def _skipped(self, at: int) -> int:
        space = _SPACE.match(self._text, at)
        return space.end() if space else at
