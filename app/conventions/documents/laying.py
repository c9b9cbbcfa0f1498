"""A text laid out on neutral ground, from its last words: one structure for PDF, DOCX and ODT, in three states."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from app.conventions.prints import assets
from app.conventions.settling import settle
from app.conventions.signatures import runs_of
from app.documents.textdoc import (
    Heading,
    ItemList,
    PageBreak,
    Pair,
    Paragraph,
    Part,
    Run,
    Side,
    Signatures,
    TextDocument,
)

if TYPE_CHECKING:
    from app.conventions.facts import Group
    from app.conventions.fixed import FixedWords
    from app.conventions.prints import Print
    from app.documents.textdoc import Block, Emblem, Simple
    from app.texts.document import Document
    from app.texts.merge import Part as MergedPart
    from app.texts.merge import Text


def text_document(document: Document, wanted: Print, words: FixedWords | None = None) -> TextDocument:
    """Lay a text out on neutral ground: in the words it was frozen with, or in today's."""
    words = words or settle(document, wanted)
    return TextDocument(
        title=words.title,
        lang=words.lang,
        created=wanted.created,
        blocks=(*_blocks(words), *_recorded(words)),
        author=words.author,
        subtitles=_subtitles(words.texts),
        emblems=tuple(_emblem(one, wanted) for one in words.emblems),
        running=words.running,
        footer=words.footer,
        state=words.state,
        watermark=words.watermark,
    )


def _emblem(one: Emblem, wanted: Print) -> Emblem:
    """A town of the letterhead; the arms only where there is a picture of them."""
    return replace(one, arms=one.arms if one.arms in assets(wanted) else "")


def _subtitles(texts: tuple[Text, ...]) -> tuple[tuple[str, str], ...]:
    """The subtitle of the first language, then title and subtitle of each other one."""
    lines = [(texts[0].language, texts[0].subtitle)]
    lines += [(text.language, line) for text in texts[1:] for line in (text.title, text.subtitle)]
    return tuple((language, line) for language, line in lines if line)


def _blocks(words: FixedWords) -> list[Block]:
    texts, ends = words.texts, _ends(words)
    if not words.has_articles:
        return [*(block for group in words.facts for block in _group(group, 2, words.language)), *ends]
    if words.side_by_side:
        made: list[Block] = []
        for rows in zip(*(text.parts for text in texts), strict=True):
            sides = [Side(text.language, tuple(_part(part))) for text, part in zip(texts, rows, strict=True)]
            made.append(Pair(tuple(sides)))
        return [*made, *ends]
    if len(texts) == 1:
        return [*(block for part in texts[0].parts for block in _part(part)), *ends]
    whole: list[Block] = []
    for number, text in enumerate(texts):
        inner: list[Simple | Signatures | PageBreak] = [PageBreak()] if number and not words.is_short else []
        inner.append(Heading(" – ".join(filter(None, (words.own_names[number], text.title))), level=2))
        inner.extend(block for part in text.parts for block in _part(part, depth=1))
        whole.append(Part(text.language, tuple(inner), flowing=words.is_short))
    return [*whole, *ends]


def _ends(words: FixedWords) -> list[Block]:
    made: list[Block] = [Signatures(words.signatures)] if words.signatures else []
    if words.witnesses:
        made += [Heading(words.witnesses_heading, level=2), Signatures(words.witnesses)]
    return made


def _recorded(words: FixedWords) -> list[Block]:
    """A page behind the signatures for what is known beside the words."""
    if not words.recorded:
        return []
    made: list[Block] = [PageBreak()] if words.apart else []
    made.append(Heading(words.recorded_heading, level=2, lang=words.language))
    for group in words.recorded:
        made += _group(group, 3, words.language)
    return made


def _group(group: Group, level: int, language: str) -> list[Block]:
    return [Heading(group.title, level=level, lang=language), ItemList(group.lines, lang=language)]


def _part(part: MergedPart, depth: int = 0) -> list[Simple]:
    made: list[Simple] = []
    heading = runs_of(part.heading)
    if part.number or heading:
        number = (Run(f"{part.number} – " if heading else part.number),) if part.number else ()
        made.append(Heading((*number, *heading), level=(2 if part.level == "title" else 3) + depth))
    for paragraph in part.paragraphs:
        lines = [runs_of(line) for line in paragraph.lines]
        if paragraph.items:
            made.append(ItemList(tuple(lines)))
        else:
            made.extend(Paragraph(line, manner="centre" if part.level == "closing" else "body") for line in lines)
    return made or [Paragraph("")]
