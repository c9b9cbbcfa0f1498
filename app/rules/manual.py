"""The manual of the rule language: its guide and its reference, taken apart into blocks that a page can lay out.

Both are Markdown; only what they use is read: headings, paragraphs, lists, tables, and code between fences.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from app.rules.documentation import language
from app.rules.loader import RULES

if TYPE_CHECKING:
    from app.rules.loader import Catalogue

Words = tuple[tuple[str, str], ...]
"""A sentence in pieces: what each is (``text``, ``code``, ``strong``, ``em``), and its words."""

_PIECE = re.compile(r"`(?P<code>[^`]+)`|\*\*(?P<strong>[^*]+)\*\*|\*(?P<em>[^*\s][^*]*)\*")
_ITEM = re.compile(r"(?:- |\d+\. )(.*)")


@dataclass(frozen=True)
class Block:
    """``heading`` (with its level), ``text``, ``items``, ``table`` (its first row heads the columns) or ``code``."""

    kind: str
    level: int = 0
    words: Words = ()
    rows: tuple[tuple[Words, ...], ...] = ()
    code: str = ""


def manual(catalogue: Catalogue) -> tuple[Block, ...]:
    """The guide, then the reference, as one page under the page's own title."""
    guide = blocks((RULES / "README.md").read_text("utf-8"))[1:]  # its title is the page's
    raised = [replace(one, level=one.level - 1) if one.kind == "heading" else one for one in guide]
    return (*raised, *blocks(language(catalogue)))


def blocks(text: str) -> tuple[Block, ...]:
    """A text in Markdown, block by block."""
    found = []
    lines = text.splitlines()
    while lines:
        line = lines.pop(0)
        if line.startswith("```"):
            found.append(Block("code", code="\n".join(_until_fence(lines))))
        elif line.startswith("#"):
            marks, _, title = line.partition(" ")
            found.append(Block("heading", len(marks), _words(title)))
        elif line.startswith("|"):
            found.append(_table([line, *_while(lines, "|")]))
        elif _ITEM.match(line):
            found.append(_items([line, *_paragraph(lines)]))
        elif line.strip():
            found.append(Block("text", words=_words(" ".join([line, *_paragraph(lines)]))))
    return tuple(found)


def _until_fence(lines: list[str]) -> list[str]:
    taken = []
    while lines and not (line := lines.pop(0)).startswith("```"):
        taken.append(line)
    return taken


def _while(lines: list[str], mark: str) -> list[str]:
    taken = []
    while lines and lines[0].startswith(mark):
        taken.append(lines.pop(0))
    return taken


def _paragraph(lines: list[str]) -> list[str]:
    taken = []
    while lines and lines[0].strip() and not lines[0].startswith(("#", "|", "```")):
        taken.append(lines.pop(0))
    return taken


def _items(lines: list[str]) -> Block:
    items: list[str] = []
    for line in lines:
        if begun := _ITEM.match(line):
            items.append(begun[1])
        else:
            items[-1] += f" {line.strip()}"
    return Block("items", rows=tuple((_words(item),) for item in items))


def _table(lines: list[str]) -> Block:
    rows = [tuple(_words(cell.strip()) for cell in line.strip("|").split("|")) for line in lines]
    return Block("table", rows=tuple(row for number, row in enumerate(rows) if number != 1))


def _words(text: str) -> Words:
    found = []
    place = 0
    for piece in _PIECE.finditer(text):
        found.append(("text", text[place : piece.start()]))
        kind = piece.lastgroup or "text"
        found.append((kind, piece[kind]))
        place = piece.end()
    found.append(("text", text[place:]))
    return tuple((kind, words) for kind, words in found if words)
