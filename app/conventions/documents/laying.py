"""A text laid out on neutral ground: one structure for PDF, DOCX and ODT, in three states."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from app.conventions.documents.prints import Print, assets, in_languages, is_past, is_transcription
from app.conventions.documents.signatures import runs_of, signatures, witnesses
from app.conventions.facts import facts_of, heading, language_of, recorded_facts
from app.conventions.labels import kind_name
from app.conventions.models import PrintKind
from app.documents.textdoc import (
    Emblem,
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
    plain,
)
from app.texts import formats, labels, pending, seal
from app.texts.document import Layout
from app.texts.merge import merge_all
from app.texts.phrases import Speaker

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.conventions.facts import Group
    from app.documents.textdoc import Block, Simple
    from app.texts.document import Document
    from app.texts.merge import Part as MergedPart
    from app.texts.merge import Text

_STATES = {PrintKind.DRAFT: "draft", PrintKind.SUBMITTED: "submitted", PrintKind.ORIGINAL: "original"}
_COLUMNS = 3
_SHORT = 1500
_NEVER = datetime.max.replace(tzinfo=UTC)
_FEW, _WITH_ARMS = 4, 6
_MANY_HEADED_SINCE = datetime(2026, 11, 22, 23, 45, tzinfo=UTC)
"""Before, a text of more than four parties had no letterhead; what was frozen then keeps its bytes."""


def text_document(document: Document, wanted: Print) -> TextDocument:
    """Lay a text out on neutral ground."""
    document = in_languages(document)
    past = is_past(document, wanted)
    texts = merge_all(document, carried=past)
    first = document.languages[0]
    speaker = Speaker(document, wanted.language or first)
    teller = Speaker(document, wanted.language or language_of(document))
    state = teller.words.phrases["transcription" if past else _STATES[wanted.kind]]
    names = [speaker.own_name(party) for party in document.parties]
    title = texts[0].title or kind_name(document)
    blocks = _blocks(document, texts, wanted)
    return TextDocument(
        title=title,
        lang=first,
        created=wanted.created,
        blocks=(*blocks, *_recorded(document, wanted)),
        author=" – ".join(names),
        subtitles=_subtitles(texts),
        emblems=_emblems(speaker, assets(wanted)) if _is_headed(document, wanted) else (),
        running=" – ".join([title, *names])[:140],
        footer=_footer_of_the_past(document, teller) if past else _footer(wanted, teller.tongue),
        state="" if wanted.kind is PrintKind.ORIGINAL else state,
        watermark="" if wanted.kind is PrintKind.ORIGINAL or past else state,
    )


def _subtitles(texts: tuple[Text, ...]) -> tuple[tuple[str, str], ...]:
    """The subtitle of the first language, then title and subtitle of each other one."""
    lines = [(texts[0].language, texts[0].subtitle)]
    lines += [(text.language, line) for text in texts[1:] for line in (text.title, text.subtitle)]
    return tuple((language, line) for language, line in lines if line)


def recorded(document: Document, language: str, *, imported: bool = False) -> list[Group]:
    """Return what is recorded of a text beside its words; of a text without words, everything."""
    document = in_languages(document)
    if not document.articles:
        return facts_of(document, language)
    return recorded_facts(document, language, _words(document), imported=imported)


def _facts(document: Document, wanted: Print) -> list[Block]:
    """A text that is known by its facts prints them all."""
    made: list[Block] = []
    language = wanted.language or language_of(document)
    for group in facts_of(document, language):
        made.append(Heading(group.title, lang=language))
        made.append(ItemList(group.lines, lang=language))
    return made


def _recorded(document: Document, wanted: Print) -> list[Block]:
    """A page behind the signatures for what is known beside the words; the original to sign holds the words alone."""
    if not document.articles or wanted.kind is PrintKind.ORIGINAL:
        return []
    language = wanted.language or language_of(document)
    groups = recorded(document, language, imported=wanted.imported)
    made: list[Block] = [Heading(heading(language), level=2, lang=language)] if groups else []
    if groups and not (is_transcription(document, wanted.created.date()) and is_short(document)):
        made.insert(0, PageBreak())
    for group in groups:
        made.append(Heading(group.title, level=3, lang=language))
        made.append(ItemList(group.lines, lang=language))
    return made


def _words(document: Document) -> str:
    """Everything that the print of a text says: its words, its letterhead, its signatures."""
    texts, speaker = merge_all(document, carried=True), Speaker(document, document.languages[0])
    said = [str(word) for one in texts for word in (one.title or kind_name(document), one.subtitle)]
    said += [part.text for text in texts for part in text.parts]
    if len(document.parties) <= _FEW:  # a frozen print of more does not say them at its head
        said += [f"{one.name}, {one.under}" for one in _emblems(speaker, {})]
    if document.model is not None and pending.days_open(document):  # the print holds the place of these days
        spoken = {*labels.languages(), *document.languages}
        said += [labels.value("When", "state", "to_be_set", one) for one in sorted(spoken)]
    wanted = Print(PrintKind.DRAFT, _NEVER)
    ends = [*signatures(document, wanted), *witnesses(document, wanted)]
    blocks = [block for block in ends if isinstance(block, Signatures)]
    for one in [one for block in blocks for one in block.signatures]:
        said += [plain(one.party), one.name, plain(one.function)]
    return "\n".join([*said, *(formats.language_name(code, speaker.language) for code in document.languages)])


def is_short(document: Document) -> bool:
    """Whether one language of the text leaves most of its page empty."""
    return all(sum(len(one.body.get(code, "")) for one in document.articles) < _SHORT for code in document.languages)


def _blocks(document: Document, texts: tuple[Text, ...], wanted: Print) -> list[Block]:
    ends = [*signatures(document, wanted), *witnesses(document, wanted)]
    if not document.articles:
        return [*_facts(document, wanted), *ends]
    side_by_side = document.layout is not Layout.SEQUENTIAL and 1 < len(texts) <= _COLUMNS
    if side_by_side:
        made: list[Block] = []
        for rows in zip(*(text.parts for text in texts), strict=True):
            sides = [Side(text.language, tuple(_part(part))) for text, part in zip(texts, rows, strict=True)]
            made.append(Pair(tuple(sides)))
        return [*made, *ends]
    if len(texts) == 1:
        return [*(block for part in texts[0].parts for block in _part(part)), *ends]
    whole: list[Block] = []
    for number, text in enumerate(texts):
        inner: list[Simple | Signatures | PageBreak] = [PageBreak()] if number and not is_short(document) else []
        inner.append(Heading(" – ".join(filter(None, (formats.own_name(text.language), text.title))), level=2))
        inner.extend(block for part in text.parts for block in _part(part, depth=1))
        whole.append(Part(text.language, tuple(inner), flowing=is_short(document)))
    return [*whole, *ends]


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


def _emblems(speaker: Speaker, arms: Mapping[str, bytes]) -> tuple[Emblem, ...]:
    """The towns at the head of the first page; a long row of them is named without arms, or it would fill the page."""
    made = []
    pictured = arms if len(speaker.in_order) <= _WITH_ARMS else {}
    for party in speaker.in_order:
        country = formats.country(party.country, speaker.tongue) if party.country else ""
        division = party.divisions[0].name if party.divisions else ""
        under = ", ".join(word for word in (division, country) if word)
        made.append(Emblem(name=speaker.own_name(party), arms=party.id if party.id in pictured else "", under=under))
    return tuple(made)


def _is_headed(document: Document, wanted: Print) -> bool:
    return len(document.parties) <= _FEW or not wanted.number or wanted.created >= _MANY_HEADED_SINCE


def _footer_of_the_past(document: Document, speaker: Speaker) -> str:
    """The dates that a document of the past bears, and where it was found; never today's."""
    given = [one for one in document.signings if one.status in {None, "held"}]
    dates = [one.date for one in given if one.date and one.date.date]
    dates = dates or [one.date for one in document.acts if one.kind == "council_decision" and one.date]
    days = [formats.dated(one, speaker.tongue) for one in dates]
    source = document.source
    return " · ".join(dict.fromkeys(word for word in (*days, source.title or source.text if source else "") if word))


def _footer(wanted: Print, language: str) -> str:
    day = formats.day(wanted.created.date().isoformat(), language)
    parts = [f"v{wanted.number}" if wanted.number else "", day]
    if wanted.sha256:
        parts.append(f"sha-256 {seal.grouped(wanted.sha256[:16])}…")
    return " · ".join(part for part in parts if part)
