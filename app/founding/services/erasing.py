"""What a committee's creation keeps of a founder who is erased: the name that stands in the statutes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from app.founding.models import Founder, Founding
from app.members.erasing import Kept

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from sqlalchemy.orm import Session

    from app.members.erasing import Erasure


def forget(session: Session, erasure: Erasure) -> None:
    """Forget occupation, nationality and address, which only the declaration needed."""
    for founder in _founders(session, erasure.body_id, erasure.person_id):
        founder.occupation = founder.nationality = founder.address = ""


def kept(session: Session, body_id: int, person_id: int, on: date) -> Iterator[Kept]:
    """The name of a founder, as long as the association lives."""
    del on
    if any(one.trashed_at is None for one in _founders(session, body_id, person_id)):
        yield Kept(
            _l("le nom dans les statuts et le procès-verbal constitutif"),
            _l("preuve de la création, gardée tant que l’association vit"),
            holds_name=True,
        )


def _founders(session: Session, body_id: int, person_id: int) -> Sequence[Founder]:
    return session.scalars(
        select(Founder)
        .join(Founding, Founding.id == Founder.founding_id)
        .where(Founding.committee_id == body_id, Founder.person_id == person_id)
    ).all()
