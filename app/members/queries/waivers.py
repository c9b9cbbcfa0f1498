"""Reading the dues that are not asked of somebody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import joinedload

from app.members.models import DuesPeriod, DuesWaiver, Member

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session


PAGE = 25


def waiver_by_id(session: Session, waiver_id: int) -> DuesWaiver | None:
    """The waiver of this identifier, as long as it stands."""
    found = session.get(DuesWaiver, waiver_id, options=[joinedload(DuesWaiver.period).joinedload(DuesPeriod.body)])
    return found if found is not None and found.taken_back_at is None else None


def page_of_waivers(session: Session, period_id: int, *, after: tuple[datetime, int] | None = None) -> list[DuesWaiver]:
    """A page of what is not asked for a period and one more, the newest first, a household together."""
    statement = (
        select(DuesWaiver)
        .where(DuesWaiver.period_id == period_id, DuesWaiver.taken_back_at.is_(None))
        .options(joinedload(DuesWaiver.member).joinedload(Member.person))
        .order_by(DuesWaiver.granted_at.desc(), DuesWaiver.id)
        .limit(PAGE + 1)
    )
    if after is not None:
        moment, number = after
        statement = statement.where(
            or_(DuesWaiver.granted_at < moment, and_(DuesWaiver.granted_at == moment, DuesWaiver.id > number))
        )
    return list(session.scalars(statement))
