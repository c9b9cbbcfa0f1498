"""A text as it prints: one structure for PDF, DOCX and ODT, in three states."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from flask import current_app, render_template
from flask_babel import gettext as _
from msgspec.structs import replace

from app.conventions.facts import facts_of, heading, language_of, recorded_facts
from app.conventions.labels import PRINT_NAMES, kind_name
from app.conventions.models import PrintKind
from app.documents.docx import write_docx
from app.documents.errors import DocumentError
from app.documents.images import scale_arms
from app.documents.odt import write_odt
from app.documents.page import Attachment, PrintPage
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
    Signature,
    Signatures,
    TextDocument,
    plain,
)
from app.documents.workshop import shared_workshop
from app.shared.downloads import file_name
from app.shared.errors import DomainError
from app.shared.fuzzydate import understand
from app.texts import formats, interchange, seal, signed
from app.texts.document import Layout
from app.texts.merge import merge_all
from app.texts.phrases import Speaker

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from app.conventions.facts import Group
    from app.documents.textdoc import Block, Simple, Words
    from app.texts.document import Document, Signatory
    from app.texts.merge import Part as MergedPart
    from app.texts.merge import Text
    from app.texts.phrases import Piece

MEDIA = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "odt": "application/vnd.oasis.opendocument.text",
    "json": "application/json",
}
_STATES = {PrintKind.DRAFT: "draft", PrintKind.SUBMITTED: "submitted", PrintKind.ORIGINAL: "original"}
_COLUMNS = 3
_SHORT = 1500
_NAMED = 4
_NEVER = datetime.max.replace(tzinfo=UTC)


class CannotPrint(DomainError):
    """The document cannot be written on this machine, or just now."""


@dataclass(frozen=True)
class Print:
    """What a print needs to know besides the text: its state, its date, its number, its fingerprint, its arms.

    ``language`` is that of the letterhead, the state and the recorded facts; left out, that of the text. ``imported``:
    the text came in as a file, so that what is recorded beside its words is printed whatever model it names.
    """

    kind: PrintKind
    created: datetime
    number: int = 0
    sha256: str = ""
    arms: Mapping[str, bytes] | None = None
    language: str = ""
    imported: bool = False


def text_document(document: Document, wanted: Print) -> TextDocument:
    """Lay a text out on neutral ground."""
    document = _in_languages(document)
    texts = merge_all(document)
    first = document.languages[0]
    speaker = Speaker(document, wanted.language or first)
    past = is_past(document, wanted)
    state = speaker.words.phrases["transcription" if past else _STATES[wanted.kind]]
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
        emblems=_emblems(speaker, _assets(wanted)),
        running=" – ".join([title, *names])[:140],
        footer=_footer_of_the_past(document, speaker) if past else _footer(wanted, speaker.language),
        state="" if wanted.kind is PrintKind.ORIGINAL else state,
        watermark="" if wanted.kind is PrintKind.ORIGINAL or past else state,
    )


def is_transcription(document: Document, today: date) -> bool:
    """Whether the text is one of the past that was carried over, not one that is being written."""
    if document.model is not None or document.state == "draft":
        return False
    told = [*(one.date for one in document.signings), *(one.date for one in document.acts)]
    dates = [when for when in told if when and when.state == "given"]
    past = [when for one in dates if (when := understand(one.gregorian or one.date or "")) and when.earliest <= today]
    return bool(document.state or document.source or past)


def is_past(document: Document, wanted: Print) -> bool:
    """Whether the print renders a text of the past: nothing on it is still to be signed."""
    return wanted.kind is PrintKind.DRAFT and is_transcription(document, wanted.created.date())


def _subtitles(texts: tuple[Text, ...]) -> tuple[tuple[str, str], ...]:
    """The subtitle of the first language, then title and subtitle of each other one."""
    lines = [(texts[0].language, texts[0].subtitle)]
    lines += [(text.language, line) for text in texts[1:] for line in (text.title, text.subtitle)]
    return tuple((language, line) for language, line in lines if line)


def page(document: Document, wanted: Print) -> PrintPage:
    """Return the page of a text, ready for the PDF writer. The text itself is attached, as JSON, to what is frozen."""
    laid = text_document(document, wanted)
    attached: tuple[Attachment, ...] = ()
    if wanted.kind is not PrintKind.DRAFT:
        attached = (
            Attachment(
                name=f"{document.id}.json",
                media_type="application/json",
                content=interchange.write(document),
                date=wanted.created,
                description=laid.title,
                relationship="Source",
            ),
        )
    return PrintPage(
        html=render_template("conventions/documents/text.html", document=laid),
        title=laid.title,
        lang=laid.lang,
        created=laid.created,
        author=laid.author,
        watermark=laid.watermark,
        assets=dict(_assets(wanted)),
        attachments=attached,
    )


def write(document: Document, wanted: Print, form: str, language: str) -> bytes:
    """Return a text in one of the forms of :data:`MEDIA`.

    :raises CannotPrint: when the form needs what this machine does not have.
    """
    if form == "json":
        return interchange.write(document)
    try:
        if form == "pdf":
            return shared_workshop(current_app.extensions, in_process=current_app.testing).write(page(document, wanted))
        laid = text_document(document, wanted)
        return write_docx(laid) if form == "docx" else write_odt(laid)
    except DocumentError as error:
        raise CannotPrint(error.sentence(language)) from error


def html(document: Document, wanted: Print) -> str:
    """Return a text as one page of HTML."""
    return page(document, wanted).html


def print_name(document: Document, wanted: Print, form: str, language: str) -> str:
    """Name a download: what it is, between whom, in which state, which version."""
    speaker = Speaker(document, language)
    names = [name for party in document.parties if (name := speaker.name(party))]
    if len(names) > _NAMED:
        names = [*names[: _NAMED - 1], str(_("et %(number)s autres", number=len(names) - _NAMED + 1))]
    state = str(_("Transcription") if is_past(document, wanted) else PRINT_NAMES[wanted.kind])
    version = [str(_("version %(number)s", number=wanted.number))] if wanted.number else []
    return file_name([kind_name(document), *names, state[:1].lower() + state[1:], *version], form)


def recorded(document: Document, language: str, *, imported: bool = False) -> list[Group]:
    """Return what is recorded of a text beside its words; of a text without words, everything."""
    document = _in_languages(document)
    if not document.articles:
        return facts_of(document, language)
    return recorded_facts(document, language, _words(document), imported=imported)


def _in_languages(document: Document) -> Document:
    """A text that does not say which languages it is in is in those that it has words in."""
    if document.languages:
        return document
    found = [*document.title, *(code for one in document.articles for code in (*one.heading, *one.body))]
    return replace(document, languages=list(dict.fromkeys(found)) or ["fr"])


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
    if groups and not (is_transcription(document, wanted.created.date()) and _is_short(document)):
        made.insert(0, PageBreak())
    for group in groups:
        made.append(Heading(group.title, level=3, lang=language))
        made.append(ItemList(group.lines, lang=language))
    return made


def _words(document: Document) -> str:
    """Everything that the print of a text says: its words, its letterhead, its signatures."""
    texts, speaker = merge_all(document), Speaker(document, document.languages[0])
    said = [str(word) for one in texts for word in (one.title or kind_name(document), one.subtitle)]
    said += [part.text for text in texts for part in text.parts]
    said += [f"{one.name}, {one.under}" for one in _emblems(speaker, {})]
    wanted = Print(PrintKind.DRAFT, _NEVER)
    ends = [*_signatures(document, wanted), *_witnesses(document, wanted)]
    blocks = [block for block in ends if isinstance(block, Signatures)]
    for one in [one for block in blocks for one in block.signatures]:
        said += [plain(one.party), one.name, one.function]
    return "\n".join([*said, *(formats.language_name(code, speaker.language) for code in document.languages)])


def _is_short(document: Document) -> bool:
    """Whether one language of the text leaves most of its page empty."""
    return all(sum(len(one.body.get(code, "")) for one in document.articles) < _SHORT for code in document.languages)


def _blocks(document: Document, texts: tuple[Text, ...], wanted: Print) -> list[Block]:
    ends = [*_signatures(document, wanted), *_witnesses(document, wanted)]
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
        inner: list[Simple | Signatures | PageBreak] = [PageBreak()] if number and not _is_short(document) else []
        inner.append(Heading(f"{formats.own_name(text.language)} – {text.title}", level=2))
        inner.extend(block for part in text.parts for block in _part(part, depth=1))
        whole.append(Part(text.language, tuple(inner), flowing=_is_short(document)))
    return [*whole, *ends]


def _part(part: MergedPart, depth: int = 0) -> list[Simple]:
    made: list[Simple] = []
    heading = _runs(part.heading)
    if part.number or heading:
        number = (Run(f"{part.number} – " if heading else part.number),) if part.number else ()
        made.append(Heading((*number, *heading), level=(2 if part.level == "title" else 3) + depth))
    for paragraph in part.paragraphs:
        lines = [_runs(line) for line in paragraph.lines]
        if paragraph.items:
            made.append(ItemList(tuple(lines)))
        else:
            made.extend(Paragraph(line, manner="centre" if part.level == "closing" else "body") for line in lines)
    return made or [Paragraph("")]


def _runs(pieces: tuple[Piece, ...]) -> tuple[Run, ...]:
    return tuple(Run(piece.text, blank=piece.blank) for piece in pieces)


def _signatures(document: Document, wanted: Print) -> list[Signatures]:
    """One block a signatory, in the language of its party where the text has it.

    A party that nobody signs for has a place to sign only in a text that is still to be signed.
    """
    made: list[Signature] = []
    unnamed: list[Signatory | None] = [] if _says_who_signs(document, wanted) else [None]
    for party in Speaker(document, document.languages[0]).in_order:
        signing: list[Signatory | None] = [one for one in document.signatories if party.id in one.parties]
        made.extend(_signature(document, party.id, one, wanted) for one in signing or unnamed)
    rest = [one for one in document.signatories if not set(one.parties) & {party.id for party in document.parties}]
    made.extend(_signature(document, "", one, wanted) for one in rest)
    return [Signatures(tuple(made))] if made else []


def _says_who_signs(document: Document, wanted: Print) -> bool:
    """Whether the parties without a signatory do not sign: the text names those who do, or is one of the past."""
    if document.model is not None:
        return False
    return bool(document.signatories) or is_transcription(document, wanted.created.date())


def _signature(document: Document, name: str, one: Signatory | None, wanted: Print) -> Signature:
    party = next((party for party in document.parties if party.id == name), None)
    own = next((code for code in (party.languages if party else ()) if code in document.languages), None)
    speaker = Speaker(document, own or wanted.language or document.languages[0])
    said: Words = ""
    if party is not None:
        said = _runs(speaker.fill("signed_for", party=speaker.signing_party(party)))
    elif one is not None:
        said = one.for_as_written
    return Signature(
        party=said,
        name=_person(one) if one else "",
        function=_function(speaker, one) if one else "",
        caption=speaker.words.phrases["signature"],
        lang=speaker.language,
        signed=signed.told(speaker, one) if one is not None and is_past(document, wanted) else None,
    )


def _person(one: Signatory) -> str:
    return f"{one.title} {one.name or one.initials}".strip()


def _function(speaker: Speaker, one: Signatory) -> str:
    """A signatory's function as written or in this language, and for whom they sign by delegation."""
    known = bool(one.role or one.roles)
    function = one.role_as_written or ("".join(piece.text for piece in speaker.role(one, "")) if known else "")
    delegated = speaker.delegation(one.delegation) if one.delegation else ""
    return ", ".join(word for word in (function, delegated) if word)


def _witnesses(document: Document, wanted: Print) -> list[Block]:
    if not document.witnesses:
        return []
    speaker = Speaker(document, wanted.language or document.languages[0])
    caption = speaker.words.phrases["signature"]
    made = [
        Signature(
            party=one.for_as_written,
            name=_person(one),
            function=_function(speaker, one),
            caption=caption,
            signed=signed.told(speaker, one) if is_past(document, wanted) else None,
        )
        for one in document.witnesses
    ]
    return [Heading(speaker.words.phrases["witnesses"], level=2), Signatures(tuple(made))]


def _emblems(speaker: Speaker, arms: Mapping[str, bytes]) -> tuple[Emblem, ...]:
    made = []
    for party in speaker.in_order:
        country = formats.country(party.country, speaker.language) if party.country else ""
        division = party.divisions[0].name if party.divisions else ""
        under = ", ".join(word for word in (division, country) if word)
        made.append(Emblem(name=speaker.own_name(party), arms=party.id if party.id in arms else "", under=under))
    return tuple(made) if len(made) <= 4 else ()  # noqa: PLR2004  # more names than fit at the head of a page


def _assets(wanted: Print) -> Mapping[str, bytes]:
    return wanted.arms or {}


def drawn_arms(content: bytes) -> bytes | None:
    """Return arms small enough for a letterhead, or nothing when the picture cannot be read."""
    try:
        return scale_arms(content).content
    except DocumentError:
        return None


def _footer_of_the_past(document: Document, speaker: Speaker) -> str:
    """The dates that a document of the past bears, and where it was found; never today's."""
    dates = [one.date for one in document.signings if one.date and one.date.date]
    dates = dates or [one.date for one in document.acts if one.kind == "council_decision" and one.date]
    days = [formats.day(one.gregorian or one.date or "", speaker.language) for one in dates]
    source = document.source
    return " · ".join(dict.fromkeys(word for word in (*days, source.title or source.text if source else "") if word))


def _footer(wanted: Print, language: str) -> str:
    day = formats.day(wanted.created.date().isoformat(), language)
    parts = [f"v{wanted.number}" if wanted.number else "", day]
    if wanted.sha256:
        parts.append(f"sha-256 {seal.grouped(wanted.sha256[:16])}…")
    return " · ".join(part for part in parts if part)
