"""Parts a rule file from its examples, which only its check and its tests need.

The examples are almost half of a file. They are left for later when they stand last and look right: their own keys,
each once. Whatever looks odd is read whole, at once, and says what is wrong with it.
"""

from __future__ import annotations

import re

from app.rules.filekeys import EXAMPLE, TRIAL

_OWN: dict[str, set[str]] = {"examples": {one.name for one in EXAMPLE}, "trials": {one.name for one in TRIAL}}
_FIRST = re.compile(r"^\[\[?(?:conform|examples|trials)\b", re.MULTILINE)
_LINE = re.compile(r"^(?:\[\[?([^\]\n]*)\]|([\w-]+) ?=)", re.MULTILINE)
_NONE: set[str] = set()


def parted(text: str) -> tuple[str, str]:
    """What has to be read now, and the examples that can wait."""
    found = _FIRST.search(text)
    if found is None:
        return text, ""
    head, tail = text[: found.start()], text[found.start() :]
    if '"""' in text or "'''" in text or not _looks_right(tail):
        return text, ""
    return head, "\n" * head.count("\n") + tail


def _looks_right(tail: str) -> bool:
    own: set[str] | None = set()
    seen: set[str] = set()
    for name, key in _LINE.findall(tail):
        if not key:
            name = name.strip()  # noqa: PLW2901  # the header as it is meant
            own = None if name.startswith("conform") else _OWN.get(name, _NONE)
            if own is _NONE:
                return False
            seen = set()
        elif own is not None:
            if key not in own or key in seen:
                return False
            seen.add(key)
    return True
