"""Who may vote in a body's assembly on a day, as far as the list of members tells; statutes may ask for more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import and_, case, or_, select
from sqlalchemy.orm import joinedload

from app.members.models import DuesPeriod, Leaving, Member, MemberCategory, MemberStatus
from app.members.queries.standing import paid_up
from app.people.models import Person

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from app.members.models import DuesRate


@dataclass(frozen=True)
class Voter:
    """A member who votes: ``person_id`` is None for an organisation that has named nobody.

    ``is_paid_up``: the dues of the period of that day are paid in full or none are asked; None when no period
    holds then.
    """

    member_id: int
    person_id: int | None
    name: str
    category_id: int
    category: str
    household_id: int | None
    email: str
    is_paid_up: bool | None


FOLDED = case((Member.organisation_folded != "", Member.organisation_folded), else_=Person.folded)
"""What members are ordered by: the organisation's name, else the person's family name."""


def is_member_on(on: date) -> ColumnElement[bool]:
    """Members on a day, suspended ones too; an unknown beginning lies in the past."""
    return and_(counts_on(on), Member.erased_at.is_(None))


def counts_on(on: date) -> ColumnElement[bool]:
    """The same for figures: who was erased since counts in the years before, without a name."""
    return and_(
        Member.trashed_at.is_(None),
        Member.status != MemberStatus.APPLICANT,
        or_(Member.since_sort.is_(None), Member.since_sort <= on),
        or_(Member.until_sort.is_(None), Member.until_sort >= on),
    )


def voters(session: Session, body_id: int, on: date) -> list[Voter]:
    """Members who vote on a day, by name: of a category that votes, neither suspended nor gone. Two queries."""
    statement = (
        select(Member)
        .join(MemberCategory, MemberCategory.id == Member.category_id)
        .outerjoin(Person, Person.id == Member.person_id)
        .where(
            Member.body_id == body_id,
            is_member_on(on),
            Member.status == MemberStatus.ACTIVE,
            or_(Member.leaving != Leaving.DECEASED, Member.until_sort > on),
            MemberCategory.is_voting,
        )
        .options(joinedload(Member.person), joinedload(Member.household), joinedload(Member.category))
        .order_by(FOLDED, Member.id)
    )
    found = list(session.scalars(statement))
    period = period_on(session, body_id, on)
    paid = frozenset() if period is None else paid_up(session, period)
    return [
        Voter(
            member_id=one.id,
            person_id=one.person_id,
            name=one.name,
            category_id=one.category_id,
            category=one.category.name,
            household_id=one.household_id,
            email=one.email,
            is_paid_up=None if period is None else one.id in paid or not asks_dues(period, one.category_id),
        )
        for one in found
    ]


def period_on(session: Session, body_id: int, on: date) -> DuesPeriod | None:
    """The period of dues that holds on a day; the one that began last where two do."""
    return session.scalar(
        select(DuesPeriod)
        .where(DuesPeriod.body_id == body_id, DuesPeriod.starts_on <= on, DuesPeriod.ends_on >= on)
        .order_by(DuesPeriod.starts_on.desc(), DuesPeriod.id.desc())
        .limit(1)
    )


def asks_dues(period: DuesPeriod, category_id: int) -> bool:
    """Whether a category owes something for a period."""
    return any(rate.category_id == category_id and _asks(rate) for rate in period.rates)


def _asks(rate: DuesRate) -> bool:
    return bool(rate.amount or rate.household_amount)
