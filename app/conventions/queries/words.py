"""The words of a text: those that a version was frozen with, those of the text as it stands."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from msgspec import structs
from sqlalchemy import select

from app.conventions import fixed
from app.conventions.models import ConventionVersion, PrintKind
from app.conventions.prints import Print, in_languages, is_transcription
from app.conventions.queries import document_of, was_imported
from app.conventions.settling import settle
from app.shared import clock
from app.shared.fuzzydate import understand
from app.texts import seal
from app.texts.merge import merge_all
from app.texts.recovered import recovered

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy.orm import Session

    from app.conventions.fixed import FixedWords
    from app.conventions.models import Convention
    from app.texts.document import Document, Signing
    from app.texts.merge import Text


def words_of(session: Session, version: ConventionVersion) -> FixedWords:
    """The words that a version was frozen with; of one frozen before they were kept, those of the text that was.

    What the fingerprint does not cover (letterhead, places to sign, foot) is then said as today.
    """
    if version.words is not None:
        return fixed.read(version.words)
    document = in_languages(document_of(version))
    imported = was_imported(session, version.convention_id, until=version.made_at)
    wanted = Print(PrintKind(version.kind), version.made_at, version.number, version.sha256, imported=imported)
    today = settle(document, wanted, arms_named(version.convention))
    if seal.canonical_text(document) == version.text:
        return today
    texts = recovered(merge_all(document), len(document.signatories), version.text)
    return replace(today, texts=texts)


def standing_version(session: Session, convention: Convention) -> ConventionVersion | None:
    """The project or original whose words a text still is, word for word: nobody changed any since it was frozen.

    A text of which nothing was frozen complete, or that was changed since, is a draft in today's words. When and where
    it was signed in the end is a fact about the words that were frozen, and changes none of them.
    """
    found = session.scalars(
        select(ConventionVersion)
        .where(ConventionVersion.convention_id == convention.id, ConventionVersion.kind != PrintKind.DRAFT)
        .order_by(ConventionVersion.number.desc())
    )
    now, document = "", document_of(convention)
    for version in found:
        if version.document == convention.document:
            return version
        frozen = document_of(version)
        words, now = seal.canonical_text(frozen), now or seal.canonical_text(document)
        if words == now:
            return version
        if _is_signed_since(document, frozen) and words == seal.canonical_text(_as_foreseen(document, frozen)):
            return version
    return None


def _is_signed_since(document: Document, frozen: Document) -> bool:
    """Whether a signing took place that the frozen text could only foresee."""
    return any(_took_place(document, frozen))


def _took_place(document: Document, frozen: Document) -> list[bool]:
    before = [one.status for one in frozen.signings]
    return [
        one.status == "held" and (number >= len(before) or before[number] != "held")
        for number, one in enumerate(document.signings)
    ]


def _as_foreseen(document: Document, frozen: Document) -> Document:
    """The text with the signings that took place since as they were foreseen when it was frozen."""
    foreseen = dict(enumerate(frozen.signings))
    since = _took_place(document, frozen)
    kept = [foreseen.get(number) if since[number] else one for number, one in enumerate(document.signings)]
    return structs.replace(document, signings=[one for one in kept if one is not None])


def without_signing(session: Session, convention: Convention, day: date) -> Document:
    """The text without a signing of that day, noted by mistake: it stands as it was foreseen, else as planned."""
    document, standing = document_of(convention), standing_version(session, convention)
    foreseen = document_of(standing).signings if standing is not None else []
    made = []
    for number, one in enumerate(document.signings):
        before = foreseen[number] if number < len(foreseen) else None
        if not _was_held_on(one, day) or (before is not None and before.status == "held"):
            made.append(one)
        elif before is not None:
            made.append(before)
        elif standing is None:
            made.append(structs.replace(one, status="planned"))
    return structs.replace(document, signings=made)


def _was_held_on(one: Signing, day: date) -> bool:
    known = understand(one.date.gregorian or one.date.date or "") if one.status == "held" and one.date else None
    return known is not None and known.earliest == known.latest == day


def texts_now(session: Session, convention: Convention) -> tuple[Text, ...]:
    """A text as it stands: in the words of the version that it still is, or in today's."""
    version = standing_version(session, convention)
    if version is not None:
        return words_of(session, version).texts
    document = document_of(convention)
    return merge_all(document, carried=is_transcription(document, clock.today()))


def seal_now(session: Session, convention: Convention) -> str:
    """The fingerprint of a text as it stands."""
    version = standing_version(session, convention)
    return version.sha256 if version is not None else seal.seal(document_of(convention))


def arms_named(convention: Convention) -> dict[str, str]:
    """The files that hold the arms of the parties, by their identifier in the text."""
    return {one.party: one.body.arms_file for one in convention.bodies if one.body.arms_file}
