"""Names made comparable: ASCII, lower case, one space between words; the same on both databases."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_BETWEEN = re.compile(r"[\W_]+")
_PLAIN_BETWEEN = re.compile(r"[^a-z0-9\n]+")
_LETTERS = str.maketrans(
    {
        "œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ħ": "h",
        "ŋ": "n", "ŧ": "t", "ə": "a", "ʻ": "", "ʼ": " ", "’": " ", "'": " ", "`": " ", "ʹ": "", "ʺ": "",
    }
)  # fmt: skip


def fold_all(texts: Sequence[str]) -> list[str]:
    """``fold`` of many texts without line breaks: plain ones together, which takes a fifth of the time."""
    plain = iter(_PLAIN_BETWEEN.sub(" ", "\n".join(text for text in texts if text.isascii()).lower()).split("\n"))
    return [next(plain).strip(" ") if text.isascii() else fold(text) for text in texts]


def fold(text: str) -> str:
    """Return the text without accents, ligatures, hyphens, apostrophes or capitals.

    Letters of other alphabets stay as they are: a name in Cyrillic is found in Cyrillic.
    """
    if text.isascii():
        plain = text.lower().replace("'", " ").replace("`", " ")
    else:
        spread = unicodedata.normalize("NFKD", text.lower().translate(_LETTERS))
        plain = "".join(letter for letter in spread if not unicodedata.combining(letter))
    if plain.isalnum():
        return plain
    return " ".join(_BETWEEN.sub(" ", plain).split())
