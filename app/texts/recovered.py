"""The words of a text that was frozen before its words were kept part by part, from the plain text that was kept.

What was kept is what the fingerprint was taken of: each language's mark, title, articles. Which article a block is,
and what in it is a heading, an item or a blank, is read off the same document said today; the words are the old ones.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from app.texts.merge import Paragraph, plain
from app.texts.pieces import Piece

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.texts.merge import Part, Text
    from app.texts.pieces import Pieces

_GAP = "\n\n"


def recovered(today: Sequence[Text], signatories: int, kept: str) -> tuple[Text, ...]:
    """Return the texts in the words that were kept, after today's structure; ``signatories`` lines close them."""
    blocks = kept.removesuffix("\n").split(_GAP)
    said = [_folded(block) for text in today for block in _blocks_of(text)]
    blocks = _aligned(blocks[: len(blocks) - signatories] if signatories else blocks, said)
    made, place = [], 0
    for text in today:
        end = place + len(_blocks_of(text))
        made.append(_text(text, blocks[place:end]))
        place = end
    return tuple(made)


def _blocks_of(text: Text) -> list[str]:
    head = "\n".join(line for line in (text.title, text.subtitle) if line)
    return [f"[{text.language}]", head, *(part.text for part in text.parts)]


def _folded(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def _aligned(kept: list[str], said: list[str]) -> list[str]:
    """As many blocks as today: one that held an empty line, and so was cut in two, is put together again."""
    if len(kept) == len(said):
        return kept
    made: list[str] = []
    for _tag, i, j, k, m in SequenceMatcher(None, kept, said, autojunk=False).get_opcodes():
        here, wanted = kept[i:j], m - k
        if wanted == 0 and here and made:
            made[-1] = _GAP.join([made[-1], *here])
        elif wanted:
            made += [*here[: wanted - 1], _GAP.join(here[wanted - 1 :])] if len(here) >= wanted else here
            made += [""] * (wanted - len(here))
    return made


def _text(today: Text, blocks: list[str]) -> Text:
    title = blocks[1] if today.title or today.subtitle else ""
    if today.title and today.subtitle:
        title, _, subtitle = title.partition("\n")
    else:
        title, subtitle = (title, "") if today.title else ("", title)
    parts = (_part(part, block) for part, block in zip(today.parts, blocks[2:], strict=True))
    return replace(today, title=title, subtitle=subtitle, parts=tuple(parts))


def _part(today: Part, kept: str) -> Part:
    """The same part in other words; where its shape cannot be told, the words alone, as one paragraph."""
    if _folded(today.text) == kept:
        return today
    made = _shaped(today, kept)
    if made.text != kept:
        return replace(today, number="", heading=(), paragraphs=(Paragraph(((Piece(kept),),)),) if kept else ())
    return made


def _shaped(today: Part, kept: str) -> Part:
    lines = kept.split("\n")
    blanks = [piece for line in _lines(today) for piece in line if piece.blank]
    number, heading = today.number, today.heading
    if number or plain(heading):
        number, heading = _head(today, lines.pop(0), blanks)
    return replace(today, number=number, heading=heading, paragraphs=_paragraphs(today, lines, blanks))


def _head(today: Part, first: str, blanks: list[Piece]) -> tuple[str, Pieces]:
    """A number and a heading; a number may hold a dash of its own."""
    if not today.number:
        return "", _marked(first, blanks)
    if not plain(today.heading):
        return first, ()
    same = f"{today.number} – "
    number, _dash, rest = (
        (today.number, "", first.removeprefix(same)) if first.startswith(same) else first.partition(" – ")
    )
    return number, _marked(rest, blanks)


def _lines(part: Part) -> list[Pieces]:
    return [part.heading, *(line for paragraph in part.paragraphs for line in paragraph.lines)]


def _paragraphs(today: Part, lines: list[str], blanks: list[Piece]) -> tuple[Paragraph, ...]:
    """Today's paragraphs, filled with the old lines where they are as many; else an item is what begins with a dash."""
    heights = [[plain(line).count("\n") + 1 for line in paragraph.lines] for paragraph in today.paragraphs]
    if sum(map(sum, heights)) != len(lines):
        return _guessed(lines, blanks)
    made, place = [], 0
    for paragraph, tall in zip(today.paragraphs, heights, strict=True):
        filled = []
        for height in tall:
            said = "\n".join(lines[place : place + height])
            filled.append(_marked(said.removeprefix("- ") if paragraph.items else said, blanks))
            place += height
        made.append(replace(paragraph, lines=tuple(filled)))
    return tuple(made)


def _guessed(lines: list[str], blanks: list[Piece]) -> tuple[Paragraph, ...]:
    made: list[Paragraph] = []
    for line in lines:
        is_item = line.startswith("- ")
        said = _marked(line.removeprefix("- ") if is_item else line, blanks)
        if is_item and made and made[-1].items:
            made[-1] = replace(made[-1], lines=(*made[-1].lines, said))
        else:
            made.append(Paragraph((said,), items=is_item))
    return tuple(made)


def _marked(said: str, blanks: list[Piece]) -> Pieces:
    """A line with the blanks that today's words leave too, each taken once, in their order."""
    if not blanks:
        return (Piece(said),) if said else ()
    cut = re.split("(" + "|".join(sorted({re.escape(piece.text) for piece in blanks})) + ")", said)
    return tuple(_blank(word, blanks) or Piece(word) for word in cut if word)


def _blank(word: str, blanks: list[Piece]) -> Piece | None:
    alike = [piece for piece in blanks if piece.text == word]
    if len(alike) > 1:
        blanks.remove(alike[0])
    return alike[0] if alike else None
