"""How members stand with their dues: what a household owes, what was paid for it, what is left."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Protocol

from sqlalchemy import and_, func, or_, select

from app.members.models import DuesWaiver, Member, MemberStatus, Payment, PaymentLine

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from sqlalchemy.orm import Session

    from app.members.models import DuesPeriod

NOTHING = Decimal(0)


class Payer(Protocol):
    """Of whom dues are asked: a member, or as much of one as was read."""

    @property
    def id(self) -> int:
        """The member's identifier."""

    @property
    def category_id(self) -> int:
        """What tells how much they owe."""


@dataclass
class _Together:
    """People who pay together: of one household, or for whom one payment was made."""

    people: dict[int, int] = field(default_factory=dict)
    """Member → category."""


@dataclass(frozen=True)
class Standing:
    """Where everybody stands for a period.

    ``paid``: what was paid for each member; ``settled``: the same with what is not asked of them; ``paid_up``: who owes
    nothing more. Part of the dues is not the dues: a household is paid up when what it paid reaches what it owes
    together, somebody alone when it reaches their own.
    """

    period: DuesPeriod
    paid: dict[int, Decimal]
    paid_up: frozenset[int]
    groups: dict[int, _Together]
    settled: dict[int, Decimal]

    def left(self, members: Collection[Payer]) -> Decimal:
        """What some members, of one household, still owe together."""
        open_ones = [one for one in members if one.id not in self.paid_up]
        if not open_ones:
            return NOTHING
        alone = sum((self._left_alone(one) for one in open_ones), start=NOTHING)
        group = self.groups.get(open_ones[0].id)
        if group is None:
            return min(alone, owed(self.period, [one.category_id for one in open_ones]))
        return min(alone, _left_together(self.period, group, self.settled))

    def parts(self, members: Sequence[Payer]) -> list[Decimal]:
        """What each of some members who pay together owes of it: nothing where their category owes nothing."""
        of_category = Counter(one.category_id for one in members)
        found = []
        for one in members:
            number = of_category[one.category_id]
            each = owed(self.period, [one.category_id] * number) / number
            found.append(max(NOTHING, each - self.settled.get(one.id, NOTHING)))
        return found

    def left_with(self, member: Payer) -> Decimal:
        """What somebody and those who pay with them still owe, as it will be asked of them."""
        group = self.groups.get(member.id)
        if group is None or member.id in self.paid_up:
            return self.left([member])
        open_ones = {one: category for one, category in group.people.items() if one not in self.paid_up}
        alone = sum((self._alone(one, category) for one, category in open_ones.items()), start=NOTHING)
        return min(alone, _left_together(self.period, group, self.settled))

    def counted_once(self, homes: Iterable[tuple[Payer, Decimal]]) -> list[Decimal]:
        """How much of what each of several homes is asked for is to come: what two may pay, the first of them owes."""
        rest: dict[int, Decimal] = {}
        counted = []
        for member, asked in homes:
            group = self.groups[member.id]
            left = rest.setdefault(id(group), _left_together(self.period, group, self.settled))
            counted.append(min(asked, left))
            rest[id(group)] = left - counted[-1]
        return counted

    def others_with(self, members: Iterable[Payer]) -> frozenset[int]:
        """Who else may pay what some members, of one household, still owe: people they paid together with."""
        here = {one.id for one in members}
        found: set[int] = set()
        for member in (here & self.groups.keys()) - self.paid_up:
            group = self.groups[member]
            open_ones = {one: category for one, category in group.people.items() if one not in self.paid_up}
            alone = sum((self._alone(one, category) for one, category in open_ones.items()), start=NOTHING)
            if alone > _left_together(self.period, group, self.settled):
                found |= open_ones.keys()
        return frozenset(found - here)

    def who_owes(self, members: Sequence[Member]) -> list[Member]:
        """Those of some members who owe something themselves."""
        return [one for one in members if self._left_alone(one)]

    def _left_alone(self, member: Payer) -> Decimal:
        return self._alone(member.id, member.category_id)

    def _alone(self, member_id: int, category: int) -> Decimal:
        return max(NOTHING, owed(self.period, [category]) - self.settled.get(member_id, NOTHING))

    def received(self, members: Iterable[Payer]) -> Decimal:
        """What was paid for some members so far."""
        return sum((self.paid.get(one.id, NOTHING) for one in members), start=NOTHING)


def owed(period: DuesPeriod, categories: Iterable[int]) -> Decimal:
    """What people of one household owe together: the household's amount where it is the smaller one."""
    rates = {rate.category_id: rate for rate in period.rates}
    by_category: dict[int, int] = defaultdict(int)
    for category in categories:
        by_category[category] += 1
    total = NOTHING
    for category, number in by_category.items():
        rate = rates.get(category)
        if rate is None:
            continue
        each = rate.amount * number
        together = rate.household_amount
        total += min(each, together) if together is not None and number > 1 else each
    return total


def paid_up(session: Session, period: DuesPeriod) -> frozenset[int]:
    """Members whose dues are paid in full for a period; a gift alone, or a part, pays none."""
    return standing_of(session, period).paid_up


def standing_of(session: Session, period: DuesPeriod) -> Standing:
    """Where everybody stands for a period. Three queries."""
    lines = session.execute(
        select(PaymentLine.member_id, PaymentLine.payment_id, func.sum(PaymentLine.amount))
        .join(Payment, Payment.id == PaymentLine.payment_id)
        .where(Payment.period_id == period.id, Payment.cancelled_at.is_(None), PaymentLine.amount > 0)
        .group_by(PaymentLine.member_id, PaymentLine.payment_id)
    ).all()
    paid: dict[int, Decimal] = defaultdict(Decimal)
    payments: dict[int, list[int]] = defaultdict(list)
    for member, payment, amount in lines:
        paid[member] += Decimal(amount)
        payments[payment].append(member)
    settled = defaultdict(Decimal, paid)
    for member, amount in _waived(session, period):
        settled[member] += Decimal(amount)
    groups = _groups(_asked(session, period), list(payments.values()))
    done = {one for group in groups.values() for one in _done(period, group, settled)}
    return Standing(period, dict(paid), frozenset(done), groups, dict(settled))


def _waived(session: Session, period: DuesPeriod) -> list[tuple[int, Decimal]]:
    statement = (
        select(DuesWaiver.member_id, func.sum(DuesWaiver.amount))
        .where(DuesWaiver.period_id == period.id, DuesWaiver.taken_back_at.is_(None))
        .group_by(DuesWaiver.member_id)
    )
    return [(member, amount) for member, amount in session.execute(statement)]


def _asked(session: Session, period: DuesPeriod) -> list[tuple[int, int | None, int]]:
    """Members of the period, and whoever something was paid for: identifier, household, category."""
    something = (
        select(PaymentLine.member_id)
        .join(Payment, Payment.id == PaymentLine.payment_id)
        .where(Payment.period_id == period.id, Payment.cancelled_at.is_(None))
    )
    of_period = and_(
        Member.trashed_at.is_(None),
        Member.erased_at.is_(None),
        Member.status == MemberStatus.ACTIVE,
        or_(Member.since_sort.is_(None), Member.since_sort <= period.ends_on),
        or_(Member.until_sort.is_(None), Member.until_sort >= period.starts_on),
    )
    rows = session.execute(
        select(Member.id, Member.household_id, Member.category_id).where(
            Member.body_id == period.body_id, or_(of_period, Member.id.in_(something))
        )
    )
    return [(member, home, category) for member, home, category in rows]


def _groups(people: list[tuple[int, int | None, int]], payments: list[list[int]]) -> dict[int, _Together]:
    """Who pays with whom, by member."""
    groups = {member: _Together({member: category}) for member, _home, category in people}
    homes: dict[int, list[int]] = defaultdict(list)
    for member, home, _category in people:
        if home is not None:
            homes[home].append(member)
    for together in [*homes.values(), *payments]:
        known = [one for one in together if one in groups]
        for other in known[1:]:
            first, second = groups[known[0]], groups[other]
            if first is not second:
                first.people |= second.people
                for moved in second.people:
                    groups[moved] = first
    return groups


def _left_together(period: DuesPeriod, group: _Together, paid: dict[int, Decimal]) -> Decimal:
    received = sum((paid.get(one, NOTHING) for one in group.people), start=NOTHING)
    return max(NOTHING, owed(period, group.people.values()) - received)


def _done(period: DuesPeriod, group: _Together, paid: dict[int, Decimal]) -> Iterable[int]:
    """Who of a group owes nothing more, among those who owed something or for whom something was paid."""
    together = not _left_together(period, group, paid)
    for member, category in group.people.items():
        alone, received = owed(period, [category]), paid.get(member, NOTHING)
        if (together and (alone or received)) or (received and received >= alone):
            yield member
