"""Keeping a changed document, in one place: revision, what lists show, the journal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_babel import lazy_gettext as _l

from app.audit.services import record
from app.conventions.labels import kind_name
from app.conventions.models import Convention, ConventionBody, PrintKind, Status
from app.conventions.queries import newest_project
from app.conventions.queries.words import standing_version
from app.conventions.refusals import bad_document
from app.shared.errors import DomainError, EditConflict
from app.texts import interchange
from app.texts.interchange import BadDocument

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from app.shared.actor import Actor
    from app.texts.document import Document
    from app.twinnings.models import Twinning


class TextTooLong(DomainError):
    """The whole text is larger than the format carries."""


class SomebodyElseWrote(EditConflict):
    """Somebody else saved the text in the meantime."""


def keep(session: Session, convention: Convention, document: Document, *, by: Actor, at: datetime) -> None:
    """Put the document in its place; every change counts.

    :raises TextTooLong: when nobody could read it back.
    :raises DomainError: when the document does not hold together.
    """
    raw = interchange.write(document)
    if len(raw) > interchange.LARGEST:
        raise TextTooLong(_l("Le texte entier est trop long : retirez des annexes ou coupez-le en deux documents."))
    checked(document)
    convention.document = interchange.plain(document)
    convention.kind = document.kind.value
    convention.title = headline(document)
    convention.languages = list(document.languages)
    convention.revision += 1
    convention.changed_at, convention.changed_by = at, by.name
    session.flush()


def begun(  # whose text, and what it is about
    session: Session,
    document: Document,
    *,
    bodies: Mapping[str, int],
    twinnings: Sequence[Twinning],
    owner_body_id: int | None,
    by: Actor,
    at: datetime,
) -> Convention:
    """A text that the house did not know yet, as a draft."""
    convention = Convention(
        uid=document.id,
        kind=document.kind.value,
        status=Status.DRAFT,
        title=headline(document),
        languages=list(document.languages),
        document=interchange.plain(document),
        owner_body_id=owner_body_id,
        created_at=at,
        changed_at=at,
        changed_by=by.name,
        revision=1,
    )
    convention.twinnings = list(twinnings)
    convention.bodies = [ConventionBody(body_id=body, party=party) for party, body in bodies.items()]
    session.add(convention)
    session.flush()
    return convention


def checked(document: Document) -> Document:
    """Return a document that holds together.

    :raises UnreadableDocument: naming the place that does not: a control character, a date that does not exist.
    """
    try:
        interchange.check(document)
    except BadDocument as error:
        raise bad_document(error) from error
    return document


def rewrite(session: Session, convention: Convention, document: Document, *, by: Actor, at: datetime) -> None:
    """Put the document in its place; a text whose words changed is a draft again.

    What was frozen stays frozen in its version, and a text that says its words once more, or still, stands with it.
    """
    keep(session, convention, document, by=by, at=at)
    if convention.status not in {Status.DRAFT, Status.SUBMITTED, Status.CLEARED}:
        return
    standing = standing_version(session, convention)
    newest = newest_project(session, [convention.id]).get(convention.id)
    if standing is None or standing.sha256 != newest:
        convention.status = Status.DRAFT
    elif standing.kind == PrintKind.ORIGINAL:
        convention.status = Status.CLEARED
    else:
        convention.status = Status.SUBMITTED


def headline(document: Document) -> str:
    """The line that names a text in lists: its title and its towns."""
    first = document.languages[0] if document.languages else "fr"
    title = document.title.get(first) or next(iter(document.title.values()), "") or kind_name(document)
    towns = [party.name for party in document.parties if party.name]
    return " · ".join(part for part in (title, " – ".join(towns)) if part)[:300]


def tell(  # what an entry says
    session: Session,
    action: str,
    convention: Convention,
    *,
    by: Actor,
    at: datetime,
    **details: Any,  # noqa: ANN401
) -> None:
    """Note it in the journal of the body and of the twinnings that share the text."""
    shared: list[int | None] = [twinning.id for twinning in convention.twinnings]
    if convention.kind == "town_committee":
        shared = []
    for twinning_id in shared or [None]:
        record(
            session,
            action,
            by=by,
            at=at,
            body_id=convention.owner_body_id,
            twinning_id=twinning_id,
            subject=("convention", convention.id),
            title=convention.title,
            **details,
        )


def expect(convention: Convention, revision: int, *, theirs: Mapping[str, str], yours: Mapping[str, str]) -> None:
    """Refuse to write over what somebody else saved in the meantime.

    :raises EditConflict: with both texts.
    """
    if convention.revision != revision:
        raise EditConflict(theirs=theirs, yours=yours)
