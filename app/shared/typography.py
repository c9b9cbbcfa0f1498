"""The spaces of French: no line begins with « : » or « ? », none ends with « « »."""

from __future__ import annotations

import re
from functools import cache

NO_BREAK = "\N{NO-BREAK SPACE}"
_SPACE = re.compile(r"(?<=\S) (?=[:;?!»](?:[\s.,)»…]|$))|(?<=«) ")


@cache
def typeset(sentence: str) -> str:
    """The sentence with no-break spaces before « : ; ? ! » » and after « « ».

    For the product's own sentences, which are finite in number: what people typed stays as they typed it.
    """
    return _SPACE.sub(NO_BREAK, sentence)
