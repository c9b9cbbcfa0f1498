"""From a document to its last words: what today's phrases, dates and labels make of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from app.conventions.facts import facts_of, heading, language_of, recorded_facts
from app.conventions.fixed import FixedWords
from app.conventions.labels import kind_name
from app.conventions.models import PrintKind
from app.conventions.prints import Print, in_languages, is_past, is_transcription
from app.conventions.signatures import signatures, witnesses
from app.documents.textdoc import Emblem, plain
from app.texts import formats, labels, pending, seal
from app.texts.document import Layout
from app.texts.merge import merge_all
from app.texts.phrases import Speaker

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.conventions.facts import Group
    from app.texts.document import Document

_STATES = {PrintKind.DRAFT: "draft", PrintKind.SUBMITTED: "submitted", PrintKind.ORIGINAL: "original"}
_COLUMNS = 3
_SHORT = 1500
_NEVER = datetime.max.replace(tzinfo=UTC)
_FEW, _WITH_ARMS = 4, 6
_MANY_HEADED_SINCE = datetime(2026, 11, 22, 23, 45, tzinfo=UTC)
"""Before, a text of more than four parties had no letterhead; what was frozen then keeps its bytes."""


def settle(document: Document, wanted: Print, arms: Mapping[str, str] | None = None) -> FixedWords:
    """Say a document in today's words; ``arms`` names the files of the arms by party."""
    document = in_languages(document)
    past = is_past(document, wanted)
    texts = merge_all(document, carried=past)
    first = document.languages[0]
    speaker = Speaker(document, wanted.language or first)
    teller = Speaker(document, wanted.language or language_of(document))
    state = teller.words.phrases["transcription" if past else _STATES[wanted.kind]]
    names = [speaker.own_name(party) for party in document.parties]
    title = texts[0].title or kind_name(document)
    facts = _facts(document, wanted)
    return FixedWords(
        title=title,
        lang=first,
        language=wanted.language or language_of(document),
        author=" – ".join(names),
        texts=texts,
        own_names=tuple(formats.own_name(text.language) for text in texts),
        emblems=_emblems(speaker) if _is_headed(document, wanted) else (),
        arms=dict(arms or {}),
        running=" – ".join([title, *names])[:140],
        footer=_footer_of_the_past(document, teller) if past else _footer(wanted, teller.tongue),
        state="" if wanted.kind is PrintKind.ORIGINAL else state,
        watermark="" if wanted.kind is PrintKind.ORIGINAL or past else state,
        signatures=signatures(document, wanted),
        witnesses_heading=teller.words.phrases["witnesses"] if document.witnesses else "",
        witnesses=witnesses(document, wanted),
        has_articles=bool(document.articles),
        facts=facts if not document.articles else (),
        recorded_heading=heading(wanted.language or language_of(document)) if document.articles and facts else "",
        recorded=facts if document.articles else (),
        apart=not (is_transcription(document, wanted.created.date()) and is_short(document)),
        side_by_side=document.layout is not Layout.SEQUENTIAL and 1 < len(texts) <= _COLUMNS,
        is_short=is_short(document),
    )


def said_again(today: FixedWords, frozen: FixedWords, *, whole: bool) -> FixedWords:
    """Keep the words that a text was frozen with; state, foot and page of facts are those of the new print.

    ``whole``: the document is the very same; else only its articles are, and what surrounds them is said today.
    """
    if not whole:
        return replace(today, texts=frozen.texts)
    return replace(
        frozen,
        arms=today.arms,
        footer=today.footer,
        state=today.state,
        watermark=today.watermark,
        recorded_heading=today.recorded_heading,
        recorded=today.recorded,
        apart=today.apart,
    )


def recorded(document: Document, language: str, *, imported: bool = False) -> list[Group]:
    """Return what is recorded of a text beside its words; of a text without words, everything."""
    document = in_languages(document)
    if not document.articles:
        return facts_of(document, language)
    return recorded_facts(document, language, _words(document), imported=imported)


def is_short(document: Document) -> bool:
    """Whether one language of the text leaves most of its page empty."""
    return all(sum(len(one.body.get(code, "")) for one in document.articles) < _SHORT for code in document.languages)


def _facts(document: Document, wanted: Print) -> tuple[Group, ...]:
    """All that is known of a text without words; of others what they do not say, but the original is words alone."""
    if document.articles and wanted.kind is PrintKind.ORIGINAL:
        return ()
    language = wanted.language or language_of(document)
    return tuple(recorded(document, language, imported=wanted.imported))


def _words(document: Document) -> str:
    """Everything that the print of a text says: its words, its letterhead, its signatures."""
    texts, speaker = merge_all(document, carried=True), Speaker(document, document.languages[0])
    said = [str(word) for one in texts for word in (one.title or kind_name(document), one.subtitle)]
    said += [part.text for text in texts for part in text.parts]
    if len(document.parties) <= _FEW:  # a frozen print of more does not say them at its head
        said += [f"{one.name}, {one.under}" for one in _emblems(speaker)]
    if document.model is not None and pending.days_open(document):  # the print holds the place of these days
        spoken = {*labels.languages(), *document.languages}
        said += [labels.value("When", "state", "to_be_set", one) for one in sorted(spoken)]
    wanted = Print(PrintKind.DRAFT, _NEVER)
    for one in (*signatures(document, wanted), *witnesses(document, wanted)):
        said += [plain(one.party), one.name, plain(one.function)]
    return "\n".join([*said, *(formats.language_name(code, speaker.language) for code in document.languages)])


def _emblems(speaker: Speaker) -> tuple[Emblem, ...]:
    """The towns at the head of the first page; a long row of them is named without arms, or it would fill the page."""
    made = []
    for party in speaker.in_order:
        country = formats.country(party.country, speaker.tongue) if party.country else ""
        division = party.divisions[0].name if party.divisions else ""
        under = ", ".join(word for word in (division, country) if word)
        arms = party.id if len(speaker.in_order) <= _WITH_ARMS else ""
        made.append(Emblem(name=speaker.own_name(party), arms=arms, under=under))
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
