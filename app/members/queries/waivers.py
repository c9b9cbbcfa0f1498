"""Reading the dues that are not asked of somebody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.members.models import DuesPeriod, DuesWaiver, Member

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session


def waiver_by_id(session: Session, waiver_id: int) -> DuesWaiver | None:
    """The waiver of this identifier, as long as it stands."""
    found = session.get(DuesWaiver, waiver_id, options=[joinedload(DuesWaiver.period).joinedload(DuesPeriod.body)])
    return found if found is not None and found.taken_back_at is None else None


def waivers_of(session: Session, period_id: int) -> Sequence[DuesWaiver]:
    """What is not asked for a period, the newest first."""
    return session.scalars(
        select(DuesWaiver)
        .where(DuesWaiver.period_id == period_id, DuesWaiver.taken_back_at.is_(None))
        .options(joinedload(DuesWaiver.member).joinedload(Member.person))
        .order_by(DuesWaiver.granted_at.desc(), DuesWaiver.id)
    ).all()
