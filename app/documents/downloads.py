"""The name of a file that a person downloads: speaking, safe on every disk, and readable in every browser."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Iterable

_LONGEST = 150
_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff/\\:*?"<>|]+')
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−", "-") | {"’": "'", "œ": "oe", "Œ": "OE", "æ": "ae", "ß": "ss", "ł": "l"})


def file_name(parts: Iterable[str], form: str) -> str:
    """Join what a file is into its name: « Convention de jumelage – Nesmy – Burggen – brouillon.pdf ».

    What no disk takes (slashes, colons, orders to a screen) becomes a space; a name too long loses its end.
    """
    words = [" ".join(_FORBIDDEN.sub(" ", part).split()).strip(". ") for part in parts]
    return f"{' – '.join(word for word in words if word)[:_LONGEST].strip(' –.') or 'document'}.{form}"


def disposition(name: str, *, inline: bool = False) -> str:
    """Return the header that names a download: in ASCII for old browsers, in full for the others (RFC 6266, 5987)."""
    kind = "inline" if inline else "attachment"
    stem, dot, form = _FORBIDDEN.sub(" ", name).rpartition(".")
    plain = _ascii(stem)
    if plain == stem:
        return f'{kind}; filename="{stem}{dot}{form}"'
    return (
        f"{kind}; filename=\"{plain or 'document'}{dot}{form}\"; filename*=UTF-8''{quote(stem + dot + form, safe='')}"
    )


def _ascii(text: str) -> str:
    """The text without accents; letters of other alphabets fall away, with the dashes that they leave behind."""
    plain = unicodedata.normalize("NFKD", text.translate(_DASHES)).encode("ascii", "ignore").decode("ascii")
    if plain == text:
        return text
    return " - ".join(word for part in plain.split(" - ") if (word := " ".join(part.split())))
