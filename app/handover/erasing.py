"""What a handover keeps of a person who is erased: the name of who signed, and for five years the paper."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from app.handover.models import Handover, HandoverPerson
from app.members.erasing import Kept
from app.members.queries.care import Proposal
from app.members.retention import is_over
from app.shared.saying import said

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from sqlalchemy.orm import Session

    from app.members.erasing import Erasure

RULE = "handover"


def forget(session: Session, erasure: Erasure) -> None:
    """Take addresses and telephones of a person out of the packs, sealed ones too."""
    held = select(HandoverPerson).where(HandoverPerson.person_id == erasure.person_id)
    for one in session.scalars(held.where(HandoverPerson.sealed_email.is_not(None))):
        one.sealed_email = None
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


def kept(session: Session, body_id: int, person_id: int, _on: date) -> Iterator[Kept]:
    """The name of who handed over, or took over, and for a time the copy of what they signed."""
    stands = (
        select(HandoverPerson.id)
        .join(Handover, Handover.id == HandoverPerson.handover_id)
        .where(Handover.body_id == body_id, HandoverPerson.person_id == person_id, Handover.trashed_at.is_(None))
    )
    if session.scalar(stands.limit(1)) is not None:
        yield Kept(_l("le nom dans les passations signées"), _l("preuve de ce qui a été remis"), holds_name=True)
    held = select(HandoverPerson.id).join(Handover, Handover.id == HandoverPerson.handover_id)
    held = held.where(HandoverPerson.person_id == person_id, HandoverPerson.proof_file.is_not(None))
    if session.scalar(held.where(Handover.body_id == body_id).limit(1)) is not None:
        yield Kept(
            _l("la copie du papier signé pour une passation"),
            _l("preuve de la signature (code civil, article 2224) ; passé cinq ans, l’effacement vous sera proposé"),
        )


def overdue(session: Session, body_id: int, on: date) -> list[Proposal]:
    """Handovers whose copies of signed papers are old enough to go."""
    holding = select(HandoverPerson.handover_id).where(HandoverPerson.proof_file.is_not(None))
    old = (
        select(Handover)
        .where(Handover.body_id == body_id, Handover.id.in_(holding))
        .order_by(Handover.takes_over_on, Handover.id)
        .limit(100)
    )
    return [
        Proposal(
            rule=RULE,
            name=_("Passation du %(day)s", day=said(one.takes_over_on)),
            since=one.takes_over_on,
            url=url_for("handover.page", handover_id=one.id, _anchor="copies"),
        )
        for one in session.scalars(old)
        if is_over(RULE, one.takes_over_on, on=on)
    ]
