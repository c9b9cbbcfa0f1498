"""Bringing in a document of the interchange format, whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.conventions.models import Status
from app.conventions.queries import convention_named
from app.conventions.services.freezing import keep_version
from app.conventions.services.saving import begun, rewrite, tell
from app.shared.errors import DomainError
from app.texts import interchange

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from app.conventions.models import Convention
    from app.shared.actor import Actor
    from app.texts.document import Document
    from app.twinnings.models import Twinning


class AlreadySigned(DomainError):
    """A signed text does not change any more."""


class InTheTrash(DomainError):
    """What is in the trash is not changed unseen."""


@dataclass(frozen=True)
class ImportConvention:
    """A document to keep; ``bodies`` says which body a party is, where that is known."""

    document: Document
    owner_body_id: int | None = None
    twinnings: Sequence[Twinning] = ()
    bodies: Mapping[str, int] | None = None


def bring_in(session: Session, command: ImportConvention, *, by: Actor, at: datetime) -> tuple[Convention, str]:
    """Keep a document; return it with ``added``, ``changed`` or ``same``. The same one twice adds nothing.

    The text that another one replaces stays among its versions.

    :raises AlreadySigned: when the text is signed.
    :raises InTheTrash: when it is in the trash.
    """
    document = command.document
    found = convention_named(session, document.id)
    if found is not None:
        if interchange.from_plain(found.document) == document:
            return found, "same"
        if found.status in {Status.SIGNED, Status.ENDED}:
            raise AlreadySigned(
                _l(
                    "« %(title)s » (%(name)s) est signé : un import ne le remplace pas. "
                    "Donnez un autre « id » au texte.",
                    title=found.title,
                    name=found.uid,
                )
            )
        if found.trashed_at is not None:
            raise InTheTrash(
                _l(
                    "« %(title)s » (%(name)s) est à la corbeille. Sortez-le d’abord, ou donnez un autre « id ».",
                    title=found.title,
                    name=found.uid,
                )
            )
        keep_version(session, found, _("remplacé par import"), by=by, at=at)
        rewrite(session, found, document, by=by, at=at)
        tell(session, "convention.imported", found, by=by, at=at)
        return found, "changed"
    convention = begun(
        session,
        document,
        bodies=command.bodies or {},
        twinnings=command.twinnings,
        owner_body_id=command.owner_body_id,
        by=by,
        at=at,
    )
    tell(session, "convention.imported", convention, by=by, at=at)
    return convention, "added"
