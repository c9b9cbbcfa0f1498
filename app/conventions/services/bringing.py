"""Bringing in a document of the interchange format, whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from app.conventions.models import Convention, ConventionBody, Status
from app.conventions.services.saving import headline, keep, tell
from app.texts import interchange

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from app.shared.actor import Actor
    from app.texts.document import Document
    from app.twinnings.models import Twinning


@dataclass(frozen=True)
class ImportConvention:
    """A document to keep; ``bodies`` says which body a party is, where that is known."""

    document: Document
    owner_body_id: int | None = None
    twinnings: Sequence[Twinning] = ()
    bodies: Mapping[str, int] | None = None


def bring_in(session: Session, command: ImportConvention, *, by: Actor, at: datetime) -> tuple[Convention, str]:
    """Keep a document; return it with ``added``, ``changed`` or ``same``. The same one twice adds nothing."""
    document = command.document
    found = session.scalar(select(Convention).where(Convention.uid == document.id))
    if found is not None:
        if interchange.from_plain(found.document) == document:
            return found, "same"
        keep(session, found, document, by=by, at=at)
        tell(session, "convention.imported", found, by=by, at=at)
        return found, "changed"
    convention = Convention(
        uid=document.id,
        kind=document.kind.value,
        status=Status.DRAFT,
        title=headline(document),
        languages=list(document.languages),
        document=interchange.plain(document),
        owner_body_id=command.owner_body_id,
        created_at=at,
        changed_at=at,
        changed_by=by.name,
        revision=1,
    )
    convention.twinnings = list(command.twinnings)
    convention.bodies = [ConventionBody(body_id=body, party=party) for party, body in (command.bodies or {}).items()]
    session.add(convention)
    session.flush()
    tell(session, "convention.imported", convention, by=by, at=at)
    return convention, "added"
