"""What the verbs of the room share: their refusals, and how they are told in the journal.

A body's journal is read by whoever has a role in it; so members are told by their number, never by name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from app.audit.services import record
from app.bodies.models import Body
from app.shared.errors import DomainError

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from app.members.models import Member
    from app.shared.actor import Actor


class BadMember(DomainError):
    """What was written of a member cannot be kept."""


class RollChanged(BadMember):
    """The list of members is no longer what it was when somebody looked at what would be written."""

    def __init__(self) -> None:
        super().__init__(_l("La liste des membres a changé entre-temps : relisez ce qui serait fait, puis importez."))


class BadDues(DomainError):
    """What was written of dues or a payment cannot be kept."""


class BadStay(DomainError):
    """What was written of a stay, a traveller or a host family cannot be kept."""


def refuse_gone(member: Member, *, field: str = "") -> None:
    """Nothing more is noted of who was erased, nor of a record in the trash, whatever an open page still offers.

    :raises BadMember: saying which of the two.
    """
    refuse_erased(member, field=field)
    if member.trashed_at is not None:
        raise BadMember(
            _l("Cette fiche est à la corbeille : sortez-la d’abord de la corbeille, puis recommencez."), field=field
        )


def refuse_erased(member: Member, *, field: str = "") -> None:
    """Who was erased comes back from nowhere.

    :raises BadMember: when the record was erased.
    """
    if member.erased_at is not None:
        raise BadMember(_l("Cette fiche a été effacée : il n’y a plus rien à y noter."), field=field)


def hold_numbers(session: Session, body_id: int) -> None:
    """Let nobody else give a number of this body until this is written: two receipts never bear the same."""
    session.execute(select(Body.id).where(Body.id == body_id).with_for_update(key_share=True))


def tell(
    session: Session,
    action: str,
    body_id: int,
    subject: tuple[str, int],
    *,
    by: Actor,
    at: datetime,
    **details: Any,  # noqa: ANN401  # what the sentence says
) -> None:
    """Write it in the journal of the body."""
    record(session, action, by=by, at=at, body_id=body_id, subject=subject, **details)
