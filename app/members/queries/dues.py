"""Reading dues: periods, what each household owes, payments, who has not paid yet."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from itertools import starmap
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import func, or_, select, tuple_
from sqlalchemy.orm import joinedload, selectinload

from app.law.words import listed
from app.members.models import (
    DuesPeriod,
    DuesRate,
    DuesReminder,
    Household,
    Member,
    MemberStatus,
    Payment,
    PaymentLine,
)
from app.members.queries.roll import RollFilter, members_wanted
from app.members.queries.standing import owed, standing_of
from app.members.queries.voters import FOLDED, is_member_on
from app.people.models import Person

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, datetime

    from sqlalchemy.orm import Session

    from app.members.queries.standing import Standing
    from app.people.paging import Place

PAGE = 25


@dataclass(frozen=True, kw_only=True)
class Debt:
    """What a household, or somebody alone, has not paid yet, by the numbers alone.

    ``place``: where it stands by name; ``amount``: what is left to pay; ``received``: what was paid of it already.
    ``counted``: as much of the amount as is to come, where another home that ``others`` live in may pay it as well.
    """

    member_ids: tuple[int, ...]
    place: Place
    amount: Decimal
    counted: Decimal
    has_email: bool
    others: frozenset[int] = frozenset()
    received: Decimal = Decimal(0)
    reminded_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Owing:
    """The same with the people: one letter for all of them."""

    members: tuple[Member, ...]
    amount: Decimal
    received: Decimal = Decimal(0)
    reminded_at: datetime | None = None
    others: tuple[Member, ...] = ()
    """Who may pay the same amount in another home: it is owed once."""

    @property
    def key(self) -> int:
        """The member that stands for the household."""
        return self.members[0].id

    @property
    def name(self) -> str:
        """How the letter names them."""
        return named_together(self.members)

    @property
    def email(self) -> str:
        """The first address of the household."""
        return next((one.email for one in self.members if one.email), "")


def named_together(members: Sequence[Member]) -> str:
    """« Jean et Marie Dupont », « Jean Dupont et Marie Martin », or what the envelope says."""
    household = members[0].household
    if household is not None and household.envelope and len(members) > 1:
        return household.envelope
    people = [one.person for one in members if one.person is not None and not one.organisation]
    if len(people) == len(members) == 2:  # noqa: PLR2004  # a couple
        first, second = people
        if first.family_name and first.family_name == second.family_name and not first.name_as_written:
            return f"{first.given_name} et {second.name}"
    return listed(one.name for one in members)


def periods_of(session: Session, body_id: int) -> list[DuesPeriod]:
    """The periods of a body, the newest first, with their amounts."""
    statement = (
        select(DuesPeriod)
        .where(DuesPeriod.body_id == body_id)
        .options(selectinload(DuesPeriod.rates).joinedload(DuesRate.category))
        .order_by(DuesPeriod.starts_on.desc(), DuesPeriod.id.desc())
    )
    return list(session.scalars(statement))


def period_by_id(session: Session, period_id: int) -> DuesPeriod | None:
    """The period of this identifier, with its body and amounts."""
    return session.get(
        DuesPeriod,
        period_id,
        options=[joinedload(DuesPeriod.body), selectinload(DuesPeriod.rates).joinedload(DuesRate.category)],
    )


def payment_by_id(session: Session, payment_id: int) -> Payment | None:
    """The payment of this identifier, with its body, period and lines."""
    return session.get(
        Payment,
        payment_id,
        options=[
            joinedload(Payment.body),
            joinedload(Payment.period),
            selectinload(Payment.lines).joinedload(PaymentLine.member).joinedload(Member.person),
        ],
    )


def page_of_payments(
    session: Session, body_id: int, *, period_id: int = 0, after: tuple[date, int] | None = None
) -> list[Payment]:
    """A page of payments and one more, the newest first, cancelled ones too."""
    statement = (
        select(Payment)
        .where(Payment.body_id == body_id)
        .options(joinedload(Payment.period))
        .order_by(Payment.paid_on.desc(), Payment.id.desc())
        .limit(PAGE + 1)
    )
    if period_id:
        statement = statement.where(Payment.period_id == period_id)
    if after is not None:
        statement = statement.where(tuple_(Payment.paid_on, Payment.id) < after)
    return list(session.scalars(statement))


def payments_of(session: Session, member_id: int) -> list[Payment]:
    """What was paid for a member, the newest first."""
    statement = (
        select(Payment)
        .join(PaymentLine, PaymentLine.payment_id == Payment.id)
        .where(PaymentLine.member_id == member_id)
        .options(joinedload(Payment.period))
        .order_by(Payment.paid_on.desc(), Payment.id.desc())
        .limit(50)
    )
    return list(session.scalars(statement))


def payments_for(session: Session, period_id: int, member_ids: Iterable[int]) -> dict[int, Payment]:
    """The last payment for some members and a period, by member, whether it was all or a part."""
    statement = (
        select(PaymentLine.member_id, Payment)
        .join(Payment, Payment.id == PaymentLine.payment_id)
        .where(
            Payment.period_id == period_id,
            Payment.cancelled_at.is_(None),
            PaymentLine.amount > 0,
            PaymentLine.member_id.in_(list(member_ids)),
        )
        .order_by(Payment.id)
    )
    return {row[0]: row[1] for row in session.execute(statement)}


def debts_of(session: Session, period: DuesPeriod, *, on: date) -> list[Debt]:
    """Who owes something for a period, by name; suspended members and those who left are not asked. Five queries."""
    standing, reminded = standing_of(session, period), _reminders(session, period.id)
    households: dict[object, list[_Asked]] = defaultdict(list)
    for one in _asked(session, period, on):
        if one.id not in standing.paid_up and owed(period, [one.category_id]):
            households[one.household_id or f"member {one.id}"].append(one)
    found = [(together, left) for together in households.values() if (left := standing.left(together))]
    counted = standing.counted_once((together[0], left) for together, left in found)
    owing = frozenset(one.id for together, _left in found for one in together)
    debts = (
        Debt(
            member_ids=tuple(one.id for one in together),
            place=(together[0].folded, together[0].id),
            amount=left,
            counted=once,
            has_email=any(one.has_email for one in together),
            others=standing.others_with(together) & owing,
            received=standing.received(together),
            reminded_at=max((reminded[one.id] for one in together if one.id in reminded), default=None),
        )
        for (together, left), once in zip(found, counted, strict=True)
    )
    return sorted(debts, key=lambda one: one.place)


class _Asked(NamedTuple):
    id: int
    category_id: int
    household_id: int | None
    folded: str
    has_email: bool


def _asked(session: Session, period: DuesPeriod, on: date) -> list[_Asked]:
    """Of whom dues are asked, by name: nothing is read of them but what that takes."""
    statement = (
        select(
            Member.id,
            Member.category_id,
            Member.household_id,
            func.coalesce(FOLDED, ""),
            or_(func.coalesce(Person.email, "") != "", func.coalesce(Household.email, "") != ""),
        )
        .outerjoin(Person, Person.id == Member.person_id)
        .outerjoin(Household, Household.id == Member.household_id)
        .where(
            Member.body_id == period.body_id,
            is_member_on(_day_asked(period, on)),
            Member.status == MemberStatus.ACTIVE,
            or_(Member.until_sort.is_(None), Member.until_sort > on),
        )
    )
    return sorted(starmap(_Asked, session.execute(statement)), key=lambda one: (one.folded, one.id))


def _day_asked(period: DuesPeriod, on: date) -> date:
    return min(max(on, period.starts_on), period.ends_on)


def with_people(session: Session, period: DuesPeriod, debts: Sequence[Debt], *, on: date) -> list[Owing]:
    """Debts with who owes them. One query."""
    statement = members_wanted(period.body_id, RollFilter(), on=_day_asked(period, on))
    if len(debts) <= PAGE:
        wanted = [one for debt in debts for one in (*debt.member_ids, *debt.others)]
        statement = statement.where(Member.id.in_(wanted))
    people = {one.id: one for one in session.scalars(statement)}
    return [
        Owing(
            members=tuple(people[one] for one in debt.member_ids),
            amount=debt.amount,
            received=debt.received,
            reminded_at=debt.reminded_at,
            others=tuple(people[one] for one in sorted(debt.others)),
        )
        for debt in debts
    ]


def others_asked(session: Session, standing: Standing, home: Sequence[Member]) -> str:
    """The names of who may pay in another home what is left for this one; empty where nobody may."""
    others = standing.others_with(home)
    if not others:
        return ""
    found = session.scalars(
        select(Member).where(Member.id.in_(others), Member.trashed_at.is_(None)).order_by(Member.id)
    )
    return listed(one.name for one in found if one.erased_at is None)


def not_paid_yet(session: Session, period: DuesPeriod, *, on: date) -> list[Owing]:
    """All who owe something for a period, by name, with the people: for letters and reminders."""
    return with_people(session, period, debts_of(session, period, on=on), on=on)


def _reminders(session: Session, period_id: int) -> dict[int, datetime]:
    statement = (
        select(DuesReminder.member_id, func.max(DuesReminder.at))
        .where(DuesReminder.period_id == period_id)
        .group_by(DuesReminder.member_id)
    )
    return {member: at for member, at in session.execute(statement)}  # noqa: C416  # rows become pairs


@dataclass(frozen=True)
class DuesTotals:
    """What a period brought in; cancelled payments do not count."""

    payments: int
    dues: Decimal
    gifts: Decimal


def totals_of(session: Session, period_id: int) -> DuesTotals:
    """What a period brought in."""
    row = session.execute(
        select(func.count(Payment.id), func.sum(Payment.amount), func.sum(Payment.gift)).where(
            Payment.period_id == period_id, Payment.cancelled_at.is_(None)
        )
    ).one()
    return DuesTotals(row[0], Decimal(row[1] or 0), Decimal(row[2] or 0))


@dataclass(frozen=True)
class Received:
    """What came in for a period on some days."""

    period: str
    starts_on: date
    dues: Decimal
    gifts: Decimal


def received_between(session: Session, body_id: int, first: date, last: date) -> list[Received]:
    """What a body received from a day to another, by the day of payment, for whatever period it was paid."""
    rows = session.execute(
        select(DuesPeriod.name, DuesPeriod.starts_on, func.sum(Payment.amount), func.sum(Payment.gift))
        .join(Payment, Payment.period_id == DuesPeriod.id)
        .where(Payment.body_id == body_id, Payment.cancelled_at.is_(None), Payment.paid_on.between(first, last))
        .group_by(DuesPeriod.id, DuesPeriod.name, DuesPeriod.starts_on)
        .order_by(DuesPeriod.starts_on, DuesPeriod.id)
    )
    return [Received(name, starts_on, Decimal(dues or 0), Decimal(gifts or 0)) for name, starts_on, dues, gifts in rows]
