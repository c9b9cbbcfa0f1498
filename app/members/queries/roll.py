"""Reading the list of members of a body: a page of it, one member, categories, fields, groups."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import and_, func, or_, select, tuple_
from sqlalchemy.orm import joinedload

from app.bodies.models import Body, BodyKind
from app.members.models import (
    DuesPeriod,
    GroupMember,
    Household,
    Member,
    MemberCategory,
    MemberField,
    MemberGroup,
    MemberStatus,
)
from app.members.queries.standing import paid_up
from app.members.queries.voters import FOLDED, counts_on, is_member_on
from app.people.models import Person
from app.shared.folding import fold

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date

    from sqlalchemy import ColumnElement, Select
    from sqlalchemy.orm import Session

PAGE = 25
HAVE_MEMBERS = frozenset({BodyKind.COMMITTEE, BodyKind.COMMITTEE_SERVICE, BodyKind.PARTNER_COMMITTEE})


@dataclass(frozen=True)
class Roll:
    """The list of members of a body, as something that one may or may not know."""

    body: Body


@dataclass(frozen=True, kw_only=True)
class RollFilter:
    """Which members a list shows. ``state``: current, left, applicant, all; ``paid``: yes or no for a period."""

    words: str = ""
    state: str = "current"
    category_id: int = 0
    group_id: int = 0
    period_id: int = 0
    paid: str = ""
    trashed: bool = False


def roll_of(session: Session, body_id: int) -> Roll | None:
    """The list of a body that can have members."""
    body = session.get(Body, body_id, options=[joinedload(Body.parent)])
    return Roll(body) if body is not None and body.trashed_at is None and body.kind in HAVE_MEMBERS else None


def bodies_with_members(session: Session, body_ids: frozenset[int]) -> list[Body]:
    """Those of the bodies that can have members, and the régies of communes among them."""
    statement = select(Body).where(
        Body.trashed_at.is_(None),
        Body.kind.in_(HAVE_MEMBERS),
        or_(
            Body.id.in_(body_ids),
            and_(Body.parent_id.in_(body_ids), Body.kind == BodyKind.COMMITTEE_SERVICE),
        ),
    )
    return list(session.scalars(statement.order_by(Body.folded, Body.id)))


def member_by_id(session: Session, member_id: int) -> Member | None:
    """The member of this identifier, with everything a page shows."""
    return session.scalar(_whole().where(Member.id == member_id))


def page_of_members(
    session: Session, body_id: int, wanted: RollFilter, *, on: date, after: tuple[str, int] | None = None
) -> list[Member]:
    """A page of members and one more, by name; ``after`` is the (folded name, id) of the last one shown."""
    paid = paid_up_for(session, body_id, wanted)
    statement = members_wanted(body_id, wanted, on=on, paid_up=paid).limit(PAGE + 1)
    if after is not None:
        statement = statement.where(tuple_(FOLDED, Member.id) > after)
    return list(session.scalars(statement))


def members_wanted(
    body_id: int, wanted: RollFilter, *, on: date, paid_up: Collection[int] | None = None
) -> Select[Member]:
    """Members that a filter lets through, by name; ``paid_up`` as :func:`paid_up_for` gives it."""
    statement = _whole().where(Member.body_id == body_id).order_by(FOLDED, Member.id)
    if wanted.trashed:
        return statement.where(Member.trashed_at.is_not(None))
    statement = statement.where(Member.trashed_at.is_(None), *_in_state(wanted.state, on))
    for word in fold(wanted.words[:200]).split():
        statement = statement.where(_says(word))
    if wanted.category_id:
        statement = statement.where(Member.category_id == wanted.category_id)
    if wanted.group_id:
        within = select(GroupMember.member_id).where(
            GroupMember.group_id == wanted.group_id, or_(GroupMember.until.is_(None), GroupMember.until >= on)
        )
        statement = statement.where(Member.id.in_(within))
    if paid_up is not None:
        statement = statement.where(Member.id.in_(paid_up) if wanted.paid == "yes" else Member.id.not_in(paid_up))
    return statement


def members_since(body_id: int, day: date, *, on: date) -> Select[Member]:
    """Members by name, and those who left or died since a day: what they did before is noted afterwards."""
    left = and_(Member.until_sort >= day, Member.erased_at.is_(None))
    everybody = members_wanted(body_id, RollFilter(state="all"), on=on)
    return everybody.where(or_(is_member_on(on), left))


def without_address(session: Session, wanted: Select[Member]) -> int:
    """How many of the members wanted have no whole address: street, postcode and town."""
    known = select(Household.id).where(Household.street != "", Household.postcode != "", Household.town != "")
    unknown = wanted.where(or_(Member.household_id.is_(None), Member.household_id.not_in(known)))
    ids = unknown.with_only_columns(Member.id, maintain_column_froms=True).order_by(None)
    return session.scalar(select(func.count()).select_from(ids.subquery())) or 0


def paid_up_for(session: Session, body_id: int, wanted: RollFilter) -> frozenset[int] | None:
    """Who owes nothing more for the period that a filter asks about; None when it asks about none of this body."""
    period = session.get(DuesPeriod, wanted.period_id) if wanted.period_id and wanted.paid else None
    return paid_up(session, period) if period is not None and period.body_id == body_id else None


def _whole() -> Select[Member]:
    return (
        select(Member)
        .outerjoin(Person, Person.id == Member.person_id)
        .options(
            joinedload(Member.person),
            joinedload(Member.household),
            joinedload(Member.category),
            joinedload(Member.body).joinedload(Body.parent),
        )
    )


def _in_state(state: str, on: date) -> list[ColumnElement[bool]]:
    match state:
        case "left":
            return [Member.until_sort < on]
        case "applicant":
            return [Member.status == MemberStatus.APPLICANT]
        case "suspended":
            return [Member.status == MemberStatus.SUSPENDED, is_member_on(on)]
        case "all":
            return []
    return [is_member_on(on)]


def _says(word: str) -> ColumnElement[bool]:
    number = [Member.number == int(word)] if word.isdecimal() and len(word) < 9 else []  # noqa: PLR2004  # an integer
    return or_(
        Person.folded.contains(word, autoescape=True),
        Member.organisation_folded.contains(word, autoescape=True),
        Person.email.contains(word, autoescape=True),
        *number,
    )


def members_of_household(session: Session, household_id: int) -> Sequence[Member]:
    """Who shares an address."""
    return session.scalars(
        _whole().where(Member.household_id == household_id, Member.trashed_at.is_(None)).order_by(Member.id)
    ).all()


def memberships_of(session: Session, person_id: int) -> Sequence[Member]:
    """The memberships of a person, the newest first."""
    return session.scalars(
        _whole().where(Member.person_id == person_id, Member.trashed_at.is_(None)).order_by(Member.id.desc())
    ).all()


def categories_of(session: Session, body_id: int, *, retired: bool = False) -> list[MemberCategory]:
    """The categories of a body, in its own order."""
    statement = select(MemberCategory).where(MemberCategory.body_id == body_id)
    if not retired:
        statement = statement.where(MemberCategory.retired_at.is_(None))
    return list(session.scalars(statement.order_by(MemberCategory.position, MemberCategory.id)))


def fields_of(session: Session, body_id: int, *, retired: bool = False) -> list[MemberField]:
    """The own questions of a body, in its order."""
    statement = select(MemberField).where(MemberField.body_id == body_id)
    if not retired:
        statement = statement.where(MemberField.retired_at.is_(None))
    return list(session.scalars(statement.order_by(MemberField.position, MemberField.id)))


def groups_of(session: Session, body_id: int, *, on: date) -> list[MemberGroup]:
    """The groups of a body that are at work."""
    statement = select(MemberGroup).where(
        MemberGroup.body_id == body_id, or_(MemberGroup.ended_on.is_(None), MemberGroup.ended_on >= on)
    )
    return list(session.scalars(statement.order_by(MemberGroup.name, MemberGroup.id)))


def count_by_category(session: Session, body_id: int, *, on: date) -> list[tuple[str, int]]:
    """How many members each category has; nobody is named."""
    statement = (
        select(MemberCategory.name, func.count(Member.id))
        .join(Member, Member.category_id == MemberCategory.id)
        .where(Member.body_id == body_id, counts_on(on))
        .group_by(MemberCategory.id, MemberCategory.name, MemberCategory.position)
        .order_by(MemberCategory.position, MemberCategory.id)
    )
    return [(name, number) for name, number in session.execute(statement)]


def count_by_town(session: Session, body_id: int, *, on: date) -> list[tuple[str, int]]:
    """How many members live in each commune, which a town hall may ask (CE, 28 mars 1997, Solana)."""
    statement = (
        select(Household.town, func.count(Member.id))
        .select_from(Member)
        .outerjoin(Household, Household.id == Member.household_id)
        .where(Member.body_id == body_id, counts_on(on))
        .group_by(Household.town)
    )
    counted: dict[str, tuple[str, int]] = {}
    for written, number in session.execute(statement):
        town = written or ""
        known, before = counted.get(fold(town), (town, 0))
        counted[fold(town)] = (known, before + number)
    return sorted(counted.values(), key=lambda one: (one[0] == "", -one[1], fold(one[0])))


def persons_hidden_from(bodies: frozenset[int]) -> Select[int]:
    """Persons that a committee keeps as its members, hidden from who does not write for it; a régie is its commune."""
    service = select(Body.id).where(Body.parent_id.in_(bodies), Body.kind == BodyKind.COMMITTEE_SERVICE)
    return (
        select(Person.id)
        .join(Member, Member.person_id == Person.id)
        .where(Person.kept_by_body_id == Member.body_id, Member.body_id.not_in(bodies), Member.body_id.not_in(service))
    )
