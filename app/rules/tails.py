"""Parts a rule file from its examples, which only its check and its tests need.

The examples are almost half of a file. They are left for later when they stand last and look right: their own keys,
each once. Whatever looks odd is read whole, at once, and says what is wrong with it.
"""

from __future__ import annotations

import re

from app.rules.filekeys import EXAMPLE, TRIAL

_OWN = {"conform": None, "examples": {one.name for one in EXAMPLE}, "trials": {one.name for one in TRIAL}}
_FIRST = re.compile(r"^\[\[?(?:conform|examples|trials)\b", re.MULTILINE)
_HEADER = re.compile(r"^\[\[?([^\]\n]*)\]\]?", re.MULTILINE)
_KEY = re.compile(r"^([\w-]+) ?=", re.MULTILINE)


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
    headers = list(_HEADER.finditer(tail))
    ends = [one.start() for one in headers[1:]] + [len(tail)]
    for header, end in zip(headers, ends, strict=True):
        name = header[1].strip()
        if name.startswith("conform"):
            continue
        own = _OWN.get(name)
        keys = _KEY.findall(tail[header.end() : end])
        if own is None or not set(keys) <= own or len(keys) != len(set(keys)):
            return False
    return True
