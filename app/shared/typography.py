"""What French asks of a sentence that is filled in: its spaces, « d’Anaïs » for « de Anaïs », “…” inside « … »."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

NO_BREAK = "\N{NO-BREAK SPACE}"
_SPACE = re.compile(r"(?:(?<=\S)|^) (?=[:;?!»](?:[\s.,)»…]|$))|(?<=«) |(?<=\bart\.) (?=[LRDA%])|(?<=\b[LRDA]\.) (?=\d)")
_VOWEL = re.compile(r"[aeiouàâäéèêëîïôöùûüœæ]|y[^aeiouy\s]", re.IGNORECASE)
"""A Y before a consonant is one; an H may be aspirated, so it is none."""
_AFTER_DE = re.compile(r"\b([Dd])e ((?:%\(|{)(\w+)(?:\)s|}))")
_QUOTED = re.compile(r"«[^«»]*?(?:%\(|{)(\w+)[^«»]*»")
_OPENS, _CLOSES = re.compile(r"«\s*"), re.compile(r"\s*»")
_MONTH = re.compile(r"(?<=\d)(er|\.)? (?=[^\W\d_])")
"""Between a day and its month: « 14 novembre », « 1er octobre », « 6. April »."""


def unbroken(day: str) -> str:
    """A day in words whose number stays on the line of its month."""
    return _MONTH.sub(lambda found: (found[1] or "") + NO_BREAK, day, count=1)


@cache
def typeset(sentence: str) -> str:
    """The sentence with no-break spaces before « : ; ? ! » », after « « », and inside « art. L. 2131-1 ».

    For the product's own sentences, which are finite in number: what people typed stays as they typed it.
    """
    return _SPACE.sub(NO_BREAK, sentence)


def elides(word: str) -> bool:
    """Whether « de » loses its e before this word."""
    return _VOWEL.match(word) is not None


def elided(sentence: str, values: Mapping[str, Any]) -> str:
    """The French sentence with « d’ » before each blank that a vowel will fill."""
    return _AFTER_DE.sub(
        lambda found: f"{found[1]}’{found[2]}" if elides(str(values.get(found[3], ""))) else found[0], sentence
    )


def unnested(sentence: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """The values, with “…” for the « … » of those that the sentence puts between « and » already."""
    inner = dict(values)
    for name in _QUOTED.findall(sentence):
        if "«" in (text := str(values.get(name, ""))):
            kind = type(values[name]) if isinstance(values[name], str) else str
            inner[name] = kind(_CLOSES.sub("”", _OPENS.sub("“", text)))
    return inner
