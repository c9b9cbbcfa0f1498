"""Reading what volunteers give, and its yearly totals."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from sqlalchemy import and_, extract, func, select, tuple_
from sqlalchemy.orm import joinedload

from app.members.models import Member, VolunteerEntry

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy.orm import Session

PAGE = 25


@dataclass(frozen=True)
class YearTotal:
    """What was given in a year; ``givers``: who gave hours, for who only lends something is no volunteer."""

    year: int
    hours: Decimal
    value: Decimal
    givers: int


def page_of_gifts(session: Session, body_id: int, *, after: tuple[date, int] | None = None) -> list[VolunteerEntry]:
    """A page of what was given and one more, the newest first."""
    statement = (
        select(VolunteerEntry)
        .where(VolunteerEntry.body_id == body_id, VolunteerEntry.trashed_at.is_(None))
        .options(joinedload(VolunteerEntry.member).joinedload(Member.person))
        .order_by(VolunteerEntry.given_on.desc(), VolunteerEntry.id.desc())
        .limit(PAGE + 1)
    )
    if after is not None:
        statement = statement.where(tuple_(VolunteerEntry.given_on, VolunteerEntry.id) < after)
    return list(session.scalars(statement))


def yearly_totals(session: Session, body_id: int) -> list[YearTotal]:
    """What was given each year, the newest first; for the yearly papers (Cerfa 12156 and 15059)."""
    year = extract("year", VolunteerEntry.given_on)
    gave_time = VolunteerEntry.hours > 0
    is_somebody_else = and_(VolunteerEntry.member_id.is_(None), VolunteerEntry.giver != "")
    statement = (
        select(
            year,
            func.sum(VolunteerEntry.hours),
            func.sum(VolunteerEntry.value),
            func.count(VolunteerEntry.member_id.distinct()).filter(gave_time),
            func.count(func.lower(VolunteerEntry.giver).distinct()).filter(gave_time, is_somebody_else),
        )
        .where(VolunteerEntry.body_id == body_id, VolunteerEntry.trashed_at.is_(None))
        .group_by(year)
        .order_by(year.desc())
    )
    return [
        YearTotal(int(row[0]), Decimal(row[1] or 0), Decimal(row[2] or 0), row[3] + row[4])
        for row in session.execute(statement)
    ]
