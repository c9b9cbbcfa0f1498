"""Freezing a text: a version to keep, the one that the council votes, the one that is signed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from app.conventions import fixed
from app.conventions.models import ConventionVersion, PrintKind, Status
from app.conventions.prints import Print
from app.conventions.queries import document_of, versions_of, was_imported
from app.conventions.queries.words import arms_named, standing_version, texts_now, without_signing, words_of
from app.conventions.services.saving import keep, tell
from app.conventions.settling import said_again, settle
from app.documents.fonts import missing_glyphs
from app.shared import clock
from app.shared.errors import DomainError
from app.shared.fuzzydate import understand
from app.shared.saying import full_day
from app.texts import checks, pending, seal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from sqlalchemy.orm import Session

    from app.conventions.models import Convention
    from app.shared.actor import Actor
    from app.texts.document import Document

_AT_ONCE = 20


class NotComplete(DomainError):
    """The text has blanks, or lacks what the law asks for."""


class NotSubmitted(DomainError):
    """Only a text that was frozen complete may be signed."""


class SignedTooEarly(DomainError):
    """The day of signature that the text bears has not come."""


class NotCleared(DomainError):
    """Nobody said why the text may be signed."""


@dataclass(frozen=True)
class Clearance:
    """The permission to sign one frozen text: given by whom, when, why, for which fingerprint.

    The room of the council gives it from an enforceable deliberation; without one, a named person gives it with a
    reason, which is printed in the journal.
    """

    granted_by: str
    reason: str
    granted_at: datetime
    sha256: str
    deliberation: str = ""
    signatory: str = ""
    """Who is to sign for the body that cleared it, where that is known."""


@dataclass(frozen=True)
class ClearOriginal:
    """The original to be made of a frozen version."""

    number: int
    clearance: Clearance


@dataclass(frozen=True)
class SubmitText:
    """Why a text is frozen. ``days_open``: the days that it lacks get a place to be filled in by hand."""

    reason: str = ""
    days_open: bool = False


def keep_version(
    session: Session, convention: Convention, reason: str, *, by: Actor, at: datetime
) -> ConventionVersion:
    """Keep the draft as it stands, to come back to it or compare it later."""
    version = _freeze(session, convention, PrintKind.DRAFT, reason, by=by, at=at)
    tell(session, "convention.kept", convention, by=by, at=at, number=version.number)
    return version


def submit(
    session: Session, convention: Convention, command: SubmitText, *, by: Actor, at: datetime
) -> ConventionVersion:
    """Freeze the complete text that the council will vote.

    :raises NotComplete: when something is missing.
    """
    if command.days_open and pending.days_lacking(document_of(convention)):
        keep(session, convention, pending.leave_open(document_of(convention)), by=by, at=at)
    if [remark for remark in checks.examine(document_of(convention)) if remark.blocks]:
        raise NotComplete(
            _l("Le texte n’est pas complet : remplissez ce que la liste de droite demande, puis recommencez.")
        )
    if unknown := missing_glyphs(seal.canonical(texts_now(session, convention), ())):
        raise NotComplete(
            _l(
                "Ces signes ne s’impriment pas avec nos polices : %(signs)s. Remplacez-les.",
                signs=" ".join(unknown[:20]),
            )
        )
    version = _freeze(session, convention, PrintKind.SUBMITTED, command.reason, by=by, at=at)
    convention.status = Status.SUBMITTED
    tell(session, "convention.submitted", convention, by=by, at=at, number=version.number, seal=version.sha256[:12])
    return version


def clear_original(
    session: Session, convention: Convention, command: ClearOriginal, *, by: Actor, at: datetime
) -> ConventionVersion:
    """Make the original to be signed from a frozen version, word for word.

    :raises NotSubmitted: when that version was not frozen complete, or the fingerprint is another text's.
    :raises NotCleared: when no person or no reason is named.
    """
    clearance = command.clearance
    if not clearance.granted_by.strip() or not clearance.reason.strip():
        raise NotCleared(
            _l("Écrivez qui autorise la signature et pourquoi : ce motif est gardé au journal."),
            field="reason" if clearance.granted_by.strip() else "granted_by",
        )
    source = next((one for one in versions_of(session, convention.id) if one.number == command.number), None)
    if source is None or source.kind != PrintKind.SUBMITTED or source.sha256 != clearance.sha256:
        raise NotSubmitted(_l("Seul un projet figé complet peut devenir un original. Figez d’abord le texte."))
    number = _next(session, convention)
    wanted = Print(PrintKind.ORIGINAL, at, number, source.sha256)
    words = settle(document_of(source), wanted, arms_named(convention))
    version = ConventionVersion(
        convention_id=convention.id,
        number=number,
        kind=PrintKind.ORIGINAL,
        document=source.document,
        text=source.text,
        words=fixed.kept(said_again(words, words_of(session, source), whole=True)),
        sha256=source.sha256,
        reason=clearance.reason,
        clearance={
            "granted_by": clearance.granted_by,
            "reason": clearance.reason,
            "granted_at": clearance.granted_at.isoformat(),
            "deliberation": clearance.deliberation,
            "signatory": clearance.signatory,
            "submitted": source.number,
        },
        made_by=by.name,
        made_at=at,
        revision=source.revision,
    )
    session.add(version)
    convention.status = Status.CLEARED
    session.flush()
    tell(
        session,
        "convention.cleared",
        convention,
        by=by,
        at=at,
        number=version.number,
        granted_by=clearance.granted_by,
        reason=clearance.reason,
    )
    return version


@dataclass(frozen=True)
class SignedWords:
    """Which words are signed: those of this fingerprint, else those of the newest original.

    ``before_its_date``: somebody said that the text was signed before the day that it bears.
    """

    sha256: str = ""
    before_its_date: bool = False


def note_signed(
    session: Session, convention: Convention, told: SignedWords = SignedWords(), *, by: Actor, at: datetime
) -> None:
    """Note that the text is signed; it does not change any more.

    :raises NotSubmitted: when no original was made.
    :raises SignedTooEarly: when the text bears a day of signature that has not come.
    """
    if convention.status in {Status.SIGNED, Status.ENDED}:
        return
    signed = signed_version(session, convention, told.sha256)
    if signed is None:
        raise NotSubmitted(_l("Aucun original n’a été préparé : figez le texte, puis préparez l’original à signer."))
    day = day_to_come(document_of(convention), clock.day_of(at))
    if day and not told.before_its_date:
        raise SignedTooEarly(
            _l("Le texte dit qu’il est signé le %(day)s, et ce jour n’est pas venu.", day=full_day(day)), field="signe"
        )
    _put_back(session, convention, signed, by=by, at=at)
    convention.status = Status.SIGNED
    tell(session, "convention.signed", convention, by=by, at=at)


def note_unsigned(session: Session, convention: Convention, day: date, *, by: Actor, at: datetime) -> None:
    """Take back a signature of that day, noted by mistake: the text waits to be signed again, and does not tell it."""
    document = without_signing(session, convention, day)
    if document != document_of(convention):
        keep(session, convention, document, by=by, at=at)
    if convention.status != Status.SIGNED:
        return
    is_original = any(one.kind == PrintKind.ORIGINAL for one in versions_of(session, convention.id))
    convention.status = Status.CLEARED if is_original else Status.SUBMITTED
    tell(session, "convention.unsigned", convention, by=by, at=at)


def signed_version(session: Session, convention: Convention, sha256: str = "") -> ConventionVersion | None:
    """The version whose words are signed: the newest original, or the frozen one of this fingerprint."""
    found = versions_of(session, convention.id)
    originals = [one for one in found if one.kind == PrintKind.ORIGINAL]
    if not sha256:
        return next(iter(originals), None)
    return next((one for one in (*originals, *found) if one.sha256 == sha256), None)


def _put_back(session: Session, convention: Convention, signed: ConventionVersion, *, by: Actor, at: datetime) -> None:
    """A draft that was rewritten since is kept as a version; the text that stands is the one that was signed."""
    if _articles(convention.document) == _articles(signed.document):
        return
    _freeze(session, convention, PrintKind.DRAFT, str(_l("Brouillon modifié, qui n’est pas signé.")), by=by, at=at)
    keep(session, convention, document_of(signed), by=by, at=at)


def _articles(document: Mapping[str, Any]) -> list[tuple[Any, Any, Any]]:
    return [(one.get("id"), one.get("heading"), one.get("body")) for one in document.get("articles", [])]


def day_to_come(document: Document, today: date) -> date | None:
    """The last day of signature that a text bears, if it has not come yet."""
    known = [
        understand(one.date.gregorian or one.date.date or "")
        for one in document.signings
        if one.date and one.status not in {"cancelled", "postponed"}
    ]
    last = max((one.earliest for one in known if one is not None), default=None)
    return last if last is not None and last > today else None


def fix_words(session: Session) -> int:
    """Keep the words of some versions that were frozen before words were kept; call it until it has done none."""
    older = select(ConventionVersion).where(ConventionVersion.words.is_(None)).order_by(ConventionVersion.id)
    found = session.scalars(older.limit(_AT_ONCE)).all()
    for version in found:
        version.words = fixed.kept(words_of(session, version))
    session.flush()
    return len(found)


def _freeze(  # what a version holds
    session: Session, convention: Convention, kind: PrintKind, reason: str, *, by: Actor, at: datetime
) -> ConventionVersion:
    """Keep the document and its words: those of the version that the text still is, or today's."""
    document, number = document_of(convention), _next(session, convention)
    standing = standing_version(session, convention)
    text = seal.canonical_text(document) if standing is None else standing.text
    sha256 = seal.fingerprint(text) if standing is None else standing.sha256
    imported = was_imported(session, convention.id, until=at)
    words = settle(document, Print(kind, at, number, sha256, imported=imported), arms_named(convention))
    if standing is not None:
        whole = standing.document == convention.document
        words = said_again(words, words_of(session, standing), whole=whole)
    version = ConventionVersion(
        convention_id=convention.id,
        number=number,
        kind=kind,
        document=convention.document,
        text=text,
        words=fixed.kept(words),
        sha256=sha256,
        reason=reason.strip()[:2000],
        clearance={},
        made_by=by.name,
        made_at=at,
        revision=convention.revision,
    )
    session.add(version)
    session.flush()
    return version


def _next(session: Session, convention: Convention) -> int:
    return max((version.number for version in versions_of(session, convention.id)), default=0) + 1
