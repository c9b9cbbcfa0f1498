"""What a handover keeps of a person who is erased: the name of who signed, no longer how to reach anybody."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from app.handover.models import Handover, HandoverPerson
from app.members.erasing import Kept

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from sqlalchemy.orm import Session

    from app.members.erasing import Erasure


def forget(session: Session, erasure: Erasure) -> None:
    """Take addresses and telephones of a person out of the packs, sealed ones too."""
    for handover in session.scalars(select(Handover).where(Handover.body_id == erasure.body_id)):
        content = _without(handover.content, erasure)
        if content != handover.content:
            handover.content = content
        for thing in handover.things:
            thing.label, thing.detail, thing.goes_to = (
                erasure.without_contact(one) for one in (thing.label, thing.detail, thing.goes_to)
            )


def _without(value: Any, erasure: Erasure) -> Any:  # noqa: ANN401  # what JSON holds
    if isinstance(value, str):
        return erasure.without_contact(value)
    if isinstance(value, list):
        return [_without(one, erasure) for one in value]
    if isinstance(value, dict):
        return {key: _without(one, erasure) for key, one in value.items()}
    return value


def kept(session: Session, body_id: int, person_id: int, on: date) -> Iterator[Kept]:
    """The name of who handed over, or took over."""
    del on
    stands = (
        select(HandoverPerson.id)
        .join(Handover, Handover.id == HandoverPerson.handover_id)
        .where(Handover.body_id == body_id, HandoverPerson.person_id == person_id, Handover.trashed_at.is_(None))
    )
    if session.scalar(stands.limit(1)) is not None:
        yield Kept(_l("le nom dans les passations signées"), _l("preuve de ce qui a été remis"), holds_name=True)
