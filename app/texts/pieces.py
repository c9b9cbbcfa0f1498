"""The stretches that a text is made of, and how they fill a phrase."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_PART = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Piece:
    """A stretch of text. ``blank``: still to be filled in; ``field`` then names what is missing."""

    text: str
    blank: bool = False
    field: str = ""


Pieces = tuple[Piece, ...]


def filled(template: str, parts: Mapping[str, Pieces | str]) -> Pieces:
    """Fill the parts of a phrase; what is filled in is never filled again."""
    made: list[Piece] = []
    end = 0
    for match in _PART.finditer(template):
        made.append(Piece(template[end : match.start()]))
        part = parts.get(match[1], "")
        made.extend((Piece(part),) if isinstance(part, str) else part)
        end = match.end()
    made.append(Piece(template[end:]))
    return tuple(piece for piece in made if piece.text)
