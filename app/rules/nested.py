"""Reads lists and inline tables by way of JSON, which is read fast; only what both languages write alike.

Texts without escapes, whole and decimal numbers, yes or no, bare keys, commas and brackets; and days, which JSON does
not know: they become a table of one key that no TOML writes. A key and its sign become the JSON key; a comma before the
end of a list goes. TOML ends an inline table on the line where it begins, JSON does not: so no line may end inside one,
unless in a list. Whatever else is met is no error here: the standard reader says.
"""

from __future__ import annotations

import json
import re
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

_PLAIN = re.compile(
    r'(?>"[^"\\\n\t]*+"|[A-Za-z0-9_-]++ *+=(?!\s*+\n)(?: \d{4}-\d\d-\d\d(?= ?[,}]))?|[\[\]{}, \n]++'
    r"|true\b|false\b|-?(?:0|[1-9][0-9]*+)(?:\.[0-9]++)?(?![\w.+-]))*+"
)
_PIECES = re.compile(r'("[^"]*")|([A-Za-z0-9_-]+) *=(?: (\d{4}-\d\d-\d\d)(?= ?[,}]))?|,\s*\]|[^\S ]+')
_NOTHING = re.compile(r"\[\][ \t]*(?:#[^\n]*)?\n?")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\n?")
_DAY = "@"
_DECIMAL = re.compile(r"(?:0|[1-9][0-9]*)\.[0-9]+[ \t]*\n?")
_SIGNS = re.compile(r"[\[\]{}\n]")
_TEXT = re.compile(r'"[^"]*"')


def read_nested(text: str, parse_float: Callable[[str], Any]) -> Any:  # noqa: ANN401  # any TOML value
    """What the text of a value means.

    :raises ValueError: it is not written in what both languages share.
    """
    if _NOTHING.fullmatch(text):
        return []
    if _DECIMAL.fullmatch(text):
        return parse_float(text.strip())
    if _MOMENT.fullmatch(text):
        return datetime.fromisoformat(text.strip())
    if not _PLAIN.fullmatch(text) or text[:1] not in ("[", "{"):
        raise ValueError
    if "\n" in text.rstrip("\n") and _has_broken_table(text):
        raise ValueError
    return json.loads(_PIECES.sub(_as_json, text), parse_float=parse_float, object_pairs_hook=_table)


def _has_broken_table(text: str) -> bool:
    """Whether a line ends in an inline table, and not in a list inside it."""
    inside = [""]
    for sign in _SIGNS.findall(_TEXT.sub("", text)):
        if sign in "[{":
            inside.append(sign)
        elif sign != "\n":
            inside.pop()
            if not inside:
                return True
        elif inside[-1] == "{":
            return True
    return False


def _as_json(found: re.Match[str]) -> str:
    text, key, day = found.groups()
    if text is not None:
        return str(text)
    if key is not None:
        return f'"{key}":{{"{_DAY}":"{day}"}}' if day else f'"{key}":'
    return "]" if found[0][0] == "," else " "


def _table(pairs: list[tuple[str, Any]]) -> dict[str, Any] | date:
    made = dict(pairs)
    if _DAY in made:
        return date.fromisoformat(made[_DAY])
    if len(made) != len(pairs):
        raise ValueError  # the same key twice
    return made
