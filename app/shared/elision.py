"""« d’Anaïs », « de Zoé »: French drops the e of « de » before a vowel, also one that somebody's name begins with."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

_VOWEL = re.compile(r"[aeiouàâäéèêëîïôöùûüœæ]|y[^aeiouy\s]", re.IGNORECASE)
"""A Y before a consonant is one; an H may be aspirated, so it is none."""
_BLANK = re.compile(r"\b([Dd])e (%\((\w+)\)s)")


def elides(word: str) -> bool:
    """Whether « de » loses its e before this word."""
    return _VOWEL.match(word) is not None


def elided(sentence: str, values: Mapping[str, Any]) -> str:
    """The French sentence with « d’ » before each blank that a vowel will fill."""
    return _BLANK.sub(
        lambda found: f"{found[1]}’{found[2]}" if elides(str(values.get(found[3], ""))) else found[0], sentence
    )
