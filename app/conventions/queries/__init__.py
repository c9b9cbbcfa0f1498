"""Reading texts: those that some bodies share, one of them with its versions, a body's own wording."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import and_, or_, select, tuple_
from sqlalchemy.orm import joinedload, selectinload

from app.audit.models import JournalEntry
from app.conventions.models import (
    Convention,
    ConventionBody,
    ConventionScan,
    ConventionVersion,
    OwnWording,
    PrintKind,
    convention_twinning,
)
from app.texts import interchange
from app.texts.document import Kind
from app.twinnings.models import Twinning, TwinningEvent, TwinningParty
from app.twinnings.queries import present_parties, twinning_ids_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from app.texts.document import Document

PAGE = 25
FORMS = frozenset({"pdf", "docx", "odt", "json"})
Bodies = frozenset[int]


class ConventionRow(NamedTuple):
    """A line of a list."""

    id: int
    title: str
    kind: str
    status: str
    languages: list[str]
    changed_at: datetime
    changed_by: str


def was_imported(session: Session, convention_id: int, *, until: datetime | None = None) -> bool:
    """Whether the text came in as a file, up to that moment."""
    found = select(JournalEntry.id).where(
        JournalEntry.subject_type == "convention",
        JournalEntry.subject_id == convention_id,
        JournalEntry.action == "convention.imported",
    )
    found = found.where(JournalEntry.at <= until) if until else found
    return session.scalar(found.limit(1)) is not None


def convention_by_id(session: Session, convention_id: int) -> Convention | None:
    """The text of this identifier, in the trash or not, with whom it is shared; four queries."""
    return session.scalar(
        select(Convention)
        .where(Convention.id == convention_id)
        .options(
            selectinload(Convention.bodies).joinedload(ConventionBody.body),
            selectinload(Convention.twinnings).selectinload(Twinning.parties).joinedload(TwinningParty.body),
        )
    )


def article_holder(session: Session, convention_id: int, article_id: str) -> Convention | None:
    """The text, if it holds this article."""
    found = convention_by_id(session, convention_id)
    if found is None or all(article.id != article_id for article in document_of(found).articles):
        return None
    return found


def convention_to_print(session: Session, convention_id: int, form: str) -> Convention | None:
    """The text, for one of the forms it is downloaded in."""
    return convention_by_id(session, convention_id) if form in FORMS else None


def version_to_print(session: Session, convention_id: int, number: int, form: str) -> ConventionVersion | None:
    """A frozen version, for one of the forms it is downloaded in."""
    return version_by_number(session, convention_id, number) if form in FORMS else None


def version_by_number(session: Session, convention_id: int, number: int) -> ConventionVersion | None:
    """A frozen version, with its text."""
    if convention_by_id(session, convention_id) is None:
        return None
    return session.scalar(
        select(ConventionVersion).where(
            ConventionVersion.convention_id == convention_id, ConventionVersion.number == number
        )
    )


def versions_of(session: Session, convention_id: int) -> list[ConventionVersion]:
    """Every frozen version, the newest first."""
    return list(
        session.scalars(
            select(ConventionVersion)
            .where(ConventionVersion.convention_id == convention_id)
            .order_by(ConventionVersion.number.desc())
        )
    )


def newest_project(session: Session, convention_ids: Iterable[int]) -> dict[int, str]:
    """The fingerprint of the newest complete version of each of these texts; one query."""
    statement = (
        select(ConventionVersion.convention_id, ConventionVersion.sha256)
        .where(ConventionVersion.convention_id.in_(list(convention_ids)), ConventionVersion.kind != PrintKind.DRAFT)
        .order_by(ConventionVersion.number)
    )
    return {row.convention_id: row.sha256 for row in session.execute(statement)}


def originals_made(session: Session, convention_ids: Iterable[int]) -> dict[tuple[int, str], int]:
    """The number of the newest original of each of these texts and of each of its fingerprints; one query."""
    statement = (
        select(ConventionVersion.convention_id, ConventionVersion.sha256, ConventionVersion.number)
        .where(ConventionVersion.convention_id.in_(list(convention_ids)), ConventionVersion.kind == PrintKind.ORIGINAL)
        .order_by(ConventionVersion.number)
    )
    return {(row.convention_id, row.sha256): row.number for row in session.execute(statement)}


def scan_by_id(session: Session, convention_id: int, scan_id: int) -> ConventionScan | None:
    """A scan of this text."""
    if convention_by_id(session, convention_id) is None:
        return None
    return session.scalar(
        select(ConventionScan).where(ConventionScan.id == scan_id, ConventionScan.convention_id == convention_id)
    )


def scans_of(session: Session, convention_id: int) -> list[ConventionScan]:
    """The scans of a text that are not in the trash, the newest first."""
    return list(
        session.scalars(
            select(ConventionScan)
            .where(ConventionScan.convention_id == convention_id, ConventionScan.trashed_at.is_(None))
            .order_by(ConventionScan.id.desc())
        )
    )


def is_visible_to(bodies: Bodies) -> ColumnElement[bool]:
    """Texts that these bodies share; a town and its committee keep theirs to themselves."""
    named = select(ConventionBody.convention_id).where(ConventionBody.body_id.in_(bodies))
    twinned = select(convention_twinning.c.convention_id).where(
        convention_twinning.c.twinning_id.in_(twinning_ids_of(bodies))
    )
    return or_(
        Convention.id.in_(named),
        Convention.owner_body_id.in_(bodies),
        and_(Convention.kind != Kind.TOWN_COMMITTEE, Convention.id.in_(twinned)),
    )


def page_of_conventions(
    session: Session, bodies: Bodies, *, after: tuple[datetime, int] | None = None, trashed: bool = False
) -> list[ConventionRow]:
    """A page of texts and one more, the last changed first."""
    key = tuple_(Convention.changed_at, Convention.id)
    statement = (
        select(
            Convention.id,
            Convention.title,
            Convention.kind,
            Convention.status,
            Convention.languages,
            Convention.changed_at,
            Convention.changed_by,
        )
        .where(
            is_visible_to(bodies), Convention.trashed_at.is_not(None) if trashed else Convention.trashed_at.is_(None)
        )
        .order_by(Convention.changed_at.desc(), Convention.id.desc())
        .limit(PAGE + 1)
    )
    if after is not None:
        statement = statement.where(key < tuple_(*after))
    return [ConventionRow(*row) for row in session.execute(statement)]


def conventions_of_twinning(session: Session, twinning_id: int, bodies: Bodies) -> Sequence[Convention]:
    """The texts of one twinning that these bodies share, the last changed first."""
    chosen = select(convention_twinning.c.convention_id).where(convention_twinning.c.twinning_id == twinning_id)
    return session.scalars(
        select(Convention)
        .where(Convention.id.in_(chosen), is_visible_to(bodies), Convention.trashed_at.is_(None))
        .order_by(Convention.changed_at.desc(), Convention.id.desc())
        .limit(50)
    ).all()


def twinnings_to_choose(session: Session, bodies: Bodies) -> Sequence[Twinning]:
    """The twinnings for which these bodies may write a text, with their parties."""
    return session.scalars(
        select(Twinning)
        .where(Twinning.id.in_(twinning_ids_of(bodies)), Twinning.trashed_at.is_(None))
        .options(selectinload(Twinning.parties).joinedload(TwinningParty.body))
        .order_by(Twinning.id)
        .limit(300)
    ).all()


def conventions_by_uid(session: Session, uids: Iterable[str] | None = None) -> Sequence[Convention]:
    """Texts named by their uids, or all that are not in the trash, oldest first."""
    statement = select(Convention).where(Convention.trashed_at.is_(None)).order_by(Convention.id)
    if uids is not None:
        statement = statement.where(Convention.uid.in_(list(uids)))
    return session.scalars(statement).all()


def convention_named(session: Session, uid: str) -> Convention | None:
    """The text of this uid, in the trash too."""
    return session.scalar(select(Convention).where(Convention.uid == uid))


def document_of(holder: Convention | ConventionVersion) -> Document:
    """The document that a text or a version keeps."""
    return interchange.from_plain(holder.document)


def own_wording(session: Session, body_id: int | None, model: str) -> OwnWording | None:
    """What a body writes in place of a model."""
    if body_id is None:
        return None
    return session.scalar(
        select(OwnWording)
        .where(OwnWording.body_id == body_id, OwnWording.model == model)
        .options(joinedload(OwnWording.body))
    )


def oaths_of(session: Session, twinning_id: int) -> Sequence[TwinningEvent]:
    """The oaths of a twinning, the oldest first."""
    return session.scalars(
        select(TwinningEvent)
        .where(
            TwinningEvent.twinning_id == twinning_id,
            TwinningEvent.stage.in_(["first_oath", "second_oath"]),
            TwinningEvent.trashed_at.is_(None),
        )
        .order_by(TwinningEvent.when_sort, TwinningEvent.id)
    ).all()


def twinning_name(twinning: Twinning) -> str:
    """The towns of a twinning."""
    towns = [party.body.name for party in present_parties(twinning) if party.is_town]
    return " – ".join(towns) or twinning.title or str(twinning.id)
