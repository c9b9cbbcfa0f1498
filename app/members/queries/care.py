"""Reading consents: what somebody agreed to, and who agrees today."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import or_, select

from app.members.models import Consent

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from sqlalchemy.orm import Session

    from app.members.models import ConsentKind


def consents_of(session: Session, body_id: int, person_id: int) -> Sequence[Consent]:
    """What a person agreed to in a body, the newest first, taken back or not."""
    return session.scalars(
        select(Consent)
        .where(Consent.body_id == body_id, Consent.person_id == person_id)
        .order_by(Consent.given_on.desc(), Consent.id.desc())
    ).all()


def consent_by_id(session: Session, consent_id: int) -> Consent | None:
    """The consent of this identifier."""
    return session.get(Consent, consent_id)


def persons_who_agree(session: Session, body_id: int, kind: ConsentKind, *, on: date) -> frozenset[int]:
    """Who agrees to something on a day."""
    return frozenset(
        session.scalars(
            select(Consent.person_id).where(
                Consent.body_id == body_id,
                Consent.kind == kind,
                Consent.given_on <= on,
                or_(Consent.withdrawn_on.is_(None), Consent.withdrawn_on > on),
            )
        )
    )
