"""Reads the plain lines of a rule file quickly; whatever is not plain is left to the standard reader.

Most lines are ``key = "text"``. Those, headers, days, whole numbers and yes or no are read here; the other values go to
the standard reader together, under names of their own. At the least oddity the answer is None: the standard reader then
reads the whole file and says what is wrong, and on which line. So what is read is always what it would read itself.
"""

from __future__ import annotations

import re
import tomllib
from datetime import date
from typing import TYPE_CHECKING, Any

from app.rules.nested import read_nested

if TYPE_CHECKING:
    from collections.abc import Callable

# key, text with its quotes, another plain value, what follows; or any other line
_LINES = re.compile(
    r'^([A-Za-z0-9_-]+) = (?:("[^"\\\n]*")|(\d{4}-\d\d-\d\d|0|-?[1-9][0-9]*|true|false))?(.*)$|^(.*)$', re.MULTILINE
)
_HEADER = re.compile(r"(\[\[?)([A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*)(\]\]?)[ \t]*(?:#.*)?")
_COMMENT = re.compile(r"[ \t]*(?:#.*)?")
_TEXTS = re.compile(r'\["[^"\\]*"(?:, "[^"\\]*")*\]')
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f]")
_WORDS = {"true": True, "false": False}
_LATER = object()


class _OddError(Exception):
    """The text is not plain."""


def read_plainly(text: str, parse_float: Callable[[str], Any]) -> dict[str, Any] | None:
    """What the standard reader would make of it, or None where it has to be asked."""
    if '"""' in text or "'''" in text or _UNSEEN.search(text):
        return None
    reader = _Reader()
    try:
        reader.lines(text)
        reader.fill(parse_float)
    except (_OddError, ValueError, RecursionError):
        return None
    return reader.top


class _Reader:
    def __init__(self) -> None:
        self.top: dict[str, Any] = {}
        self.opened = {id(self.top)}  # the tables and lists that headers made, which headers may continue
        self.left: list[list[str]] = []
        self.homes: list[tuple[dict[str, Any], str]] = []

    def lines(self, text: str) -> None:
        """Read line by line; a line that is nothing by itself can only continue the value above it."""
        table = self.top
        value: list[str] | None = None
        for key, quoted, word, rest, other in _LINES.findall(text):
            if quoted and not rest and key not in table:  # most lines
                table[key], value = quoted[1:-1], None
            elif key:
                value = self._put(table, key, quoted or word, rest)
            elif other and (header := _HEADER.fullmatch(other)):
                table, value = self._open(*header.groups()), None
            elif other and not _COMMENT.fullmatch(other):
                if value is None:
                    raise _OddError
                value += (other, "\n")

    def _put(self, table: dict[str, Any], key: str, plain: str, rest: str) -> list[str] | None:
        """Put a plain value, or keep its place for the standard reader."""
        if key in table:
            raise _OddError
        if plain and (not rest or _COMMENT.fullmatch(rest)):
            table[key] = plain[1:-1] if plain[0] == '"' else _word(plain)
            return None
        if not plain and _TEXTS.fullmatch(rest):
            table[key] = rest[2:-2].split('", "')
            return None
        table[key] = _LATER
        value = [plain, rest, "\n"]
        self.left.append(value)
        self.homes.append((table, key))
        return value

    def _open(self, opening: str, path: str, closing: str) -> dict[str, Any]:
        if len(opening) != len(closing):
            raise _OddError
        *above, last = path.split(".")
        table = self.top
        for name in above:
            table = self._inside(table, name)
        made: dict[str, Any] = {}
        if opening == "[":
            if last in table:
                raise _OddError
            table[last] = made
        else:
            if last not in table:
                table[last] = []
                self.opened.add(id(table[last]))
            listed = table[last]
            if id(listed) not in self.opened or not isinstance(listed, list):
                raise _OddError
            listed.append(made)
        self.opened.add(id(made))
        return made

    def _inside(self, table: dict[str, Any], name: str) -> dict[str, Any]:
        if name not in table:
            table[name] = {}
            self.opened.add(id(table[name]))
        inner: Any = table[name]
        if id(inner) not in self.opened:
            raise _OddError
        found: dict[str, Any] = inner[-1] if isinstance(inner, list) else inner
        return found

    def fill(self, parse_float: Callable[[str], Any]) -> None:
        """Put the values that were left, all read at once; ``end`` shows that no line among them opened a table."""
        odd = []
        for (table, key), value in zip(self.homes, self.left, strict=True):
            text = "".join(value)
            try:
                table[key] = read_nested(text, parse_float)
            except ValueError:
                odd.append((table, key, text))
        text = "".join(f"v{rank} = {text}" for rank, (_table, _key, text) in enumerate(odd))
        read = tomllib.loads(f"{text}end = 0", parse_float=parse_float)
        if read.pop("end", None) != 0 or len(read) != len(odd):
            raise _OddError
        for rank, (table, key, _text) in enumerate(odd):
            table[key] = read[f"v{rank}"]


def _word(word: str) -> object:
    if word in _WORDS:
        return _WORDS[word]
    return date.fromisoformat(word) if word[4:5] == "-" else int(word)
