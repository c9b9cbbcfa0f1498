"""A text on neutral ground: one structure from which PDF, DOCX and ODT are all written.

Every block says its language, or inherits that of the document. ``templates/documents/text.html`` prints it;
``docx.write_docx`` and ``odt.write_odt`` write it for the partner's lawyer.

A sign that none of our fonts draws is given by its code in the PDF, which is final and carries its fonts; DOCX and ODT
keep the sign itself, for a word processor draws it with the fonts of its machine and a lawyer must be able to edit it.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

_ROOM = 2600  # letters that surely fit on one page, shared by the sides of a pair
_EAST_ASIAN = frozenset({"ja", "ko", "yue", "zh"})
_RIGHT_TO_LEFT = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})


def script_kind(lang: str) -> str:
    """Return which of the three kinds of script of office formats a language is in: ``asian``, ``complex`` or none."""
    if lang.split("-", maxsplit=1)[0].lower() in _EAST_ASIAN:
        return "asian"
    return "complex" if direction(lang) == "rtl" else ""


def direction(lang: str) -> str:
    """Return ``rtl`` or ``ltr`` for a language tag."""
    return "rtl" if lang.split("-", maxsplit=1)[0].lower() in _RIGHT_TO_LEFT else "ltr"


_COUNTRIES = {
    "ar": "MA", "bg": "BG", "cs": "CZ", "da": "DK", "de": "DE", "el": "GR", "en": "GB", "es": "ES", "et": "EE",
    "fi": "FI", "fr": "FR", "he": "IL", "hr": "HR", "hu": "HU", "hy": "AM", "it": "IT", "ka": "GE", "lt": "LT",
    "lv": "LV", "nl": "NL", "pl": "PL", "pt": "PT", "ro": "RO", "sk": "SK", "sl": "SI", "sq": "AL", "sr": "RS",
    "sv": "SE", "tr": "TR", "uk": "UA",
}  # fmt: skip


def locale_of(lang: str) -> str:
    """Return the language with a country, as word processors want it: ``uk`` gives ``uk-UA``."""
    country = _COUNTRIES.get(lang)
    return f"{lang}-{country}" if country else lang


@dataclass(frozen=True)
class Run:
    """A stretch of text in one manner. ``blank`` is a blank still to be filled, and is shown as such."""

    text: str
    bold: bool = False
    italic: bool = False
    blank: bool = False
    lang: str = ""


Words: TypeAlias = str | tuple[Run, ...]
"""What a block says: plain text, or runs. A line feed in it is a line break."""


def runs(words: Words) -> tuple[Run, ...]:
    """Return what a block says as runs."""
    return (Run(words),) if isinstance(words, str) else words


def plain(words: Words) -> str:
    """Return what a block says without its manner."""
    return "".join(run.text for run in runs(words))


@dataclass(frozen=True)
class Heading:
    """A heading; the document's title is its only one of level 1."""

    words: Words
    level: int = 2
    lang: str = ""
    kind: str = "heading"


@dataclass(frozen=True)
class Paragraph:
    """A paragraph. ``manner`` is ``body``, ``lead`` (opening words), ``note`` (small) or ``centre``."""

    words: Words
    manner: str = "body"
    lang: str = ""
    kind: str = "paragraph"


@dataclass(frozen=True)
class ItemList:
    """A list; ``ordered`` numbers it from ``start``."""

    items: tuple[Words, ...]
    ordered: bool = False
    start: int = 1
    lang: str = ""
    kind: str = "list"


@dataclass(frozen=True)
class Table:
    """A table of figures or facts, never a layout. ``numeric`` lists the columns set flush with their digits."""

    header: tuple[Words, ...]
    rows: tuple[tuple[Words, ...], ...]
    caption: str = ""
    numeric: frozenset[int] = frozenset()
    lang: str = ""
    kind: str = "table"


@dataclass(frozen=True)
class Signature:
    """The place where one person signs. What is unknown stays empty and prints as a dotted line.

    ``signed``: what is known of a signature that was given, perhaps nothing; then there is no place to sign.
    """

    party: Words
    name: str = ""
    function: Words = ""
    place: str = ""
    date: str = ""
    caption: str = ""
    lang: str = ""
    signed: str | None = None


NOBODY = Signature("", signed="")
"""An empty place beside a signature: nobody signs there."""


@dataclass(frozen=True)
class Signatures:
    """Signatures that stand side by side and are never cut by a page."""

    signatures: tuple[Signature, ...]
    lang: str = ""
    kind: str = "signatures"

    @property
    def pairs(self) -> list[tuple[Signature, ...]]:
        """Two beside each other, as many rows as they need: no third fits a page with its box."""
        return [self.signatures[rank : rank + 2] for rank in range(0, len(self.signatures), 2)]


@dataclass(frozen=True)
class PageBreak:
    """What follows starts a new page."""

    lang: str = ""
    kind: str = "page-break"


Simple: TypeAlias = Heading | Paragraph | ItemList | Table


@dataclass(frozen=True)
class Side:
    """One language's side of a pair."""

    lang: str
    blocks: tuple[Simple, ...]


@dataclass(frozen=True)
class PairRow:
    """What of a pair stands level on one page. ``stacked`` sides stand one under the other: they are too long."""

    sides: tuple[Side, ...]
    stacked: bool = False


@dataclass(frozen=True)
class Pair:
    """The same article in two or three languages, side by side. One pair an article keeps them aligned."""

    sides: tuple[Side, ...]
    lang: str = ""
    kind: str = "pair"

    @property
    def rows(self) -> tuple[PairRow, ...]:
        """Return the pair in rows that fit on a page: one where the article is short, else one a paragraph."""
        room = _ROOM // max(len(self.sides), 1)
        if all(sum(map(_length, side.blocks)) <= room for side in self.sides):
            return (PairRow(self.sides),)
        return tuple(
            PairRow(sides, stacked=any(_length(block) > room for side in sides for block in side.blocks))
            for sides in _levels(self.sides)
        )


@dataclass(frozen=True)
class Part:
    """A whole text in one language, for documents that give one language after the other.

    ``flowing``: it does not start a new page.
    """

    lang: str
    blocks: tuple[Simple | Signatures | PageBreak, ...]
    kind: str = "part"
    flowing: bool = False


Block: TypeAlias = Heading | Paragraph | ItemList | Table | Signatures | PageBreak | Pair | Part


@dataclass(frozen=True)
class Emblem:
    """A town in the letterhead: its name and, where known, its arms (the name of an asset)."""

    name: str
    arms: str = ""
    lang: str = ""
    under: str = ""


@dataclass(frozen=True, kw_only=True)
class TextDocument:
    """A document. ``created`` is the date of the version; ``running`` is the line at the head of each page.

    ``state`` is said under the title (« Brouillon »…), since the watermark is only a drawing. ``subtitles`` are the
    title in the other languages, as (language, title). ``assets`` holds the arms by the names the emblems use.
    """

    title: str
    lang: str
    created: datetime
    blocks: tuple[Block, ...]
    author: str = ""
    subtitles: tuple[tuple[str, str], ...] = ()
    emblems: tuple[Emblem, ...] = ()
    running: str = ""
    footer: str = ""
    state: str = ""
    watermark: str = ""

    def __post_init__(self) -> None:
        """Close the ranks of the headings: a screen reader must not fall from level 1 to level 3 (PDF/UA 7.4.2)."""
        object.__setattr__(self, "blocks", _without_gaps(self.blocks))

    @property
    def footer_direction(self) -> str:
        """The direction of the line at the foot, which may be in another language than the text."""
        strong = (unicodedata.bidirectional(sign) for sign in self.footer)
        first = next((kind for kind in strong if kind in {"L", "R", "AL"}), "")
        return "ltr" if first in {"", "L"} else "rtl"


def _without_gaps(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    last = 1

    def close(block: Any) -> Any:  # noqa: ANN401  (gives back the kind of block that it took)
        nonlocal last
        if isinstance(block, Heading):
            last = min(max(block.level, 2), last + 1, 6)
            return replace(block, level=last)
        if isinstance(block, Part | Side):
            return replace(block, blocks=tuple(map(close, block.blocks)))
        if isinstance(block, Pair):
            return replace(block, sides=tuple(map(close, block.sides)))
        return block

    return tuple(map(close, blocks))


def _levels(sides: tuple[Side, ...]) -> Iterator[tuple[Side, ...]]:
    """Cut the sides after each paragraph, a heading staying with what it heads."""
    start, depth = 0, max(len(side.blocks) for side in sides)
    for end in range(1, depth + 1):
        if end < depth and any(isinstance(block, Heading) for side in sides for block in side.blocks[end - 1 : end]):
            continue
        yield tuple(Side(side.lang, side.blocks[start:end]) for side in sides)
        start = end


def _length(block: Simple) -> int:
    """Return about how many letters of room a block takes."""
    if isinstance(block, ItemList):
        return sum(len(plain(item)) + 40 for item in block.items)
    if isinstance(block, Table):
        return sum(len(plain(cell)) + 20 for row in block.rows for cell in row)
    return len(plain(block.words)) + 60


def language(block: Block | Side | Signature, inherited: str) -> str:
    """Return the language of a block inside one of another language."""
    return block.lang or inherited
