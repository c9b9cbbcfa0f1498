"""Reading consents: what somebody agreed to, who agrees today, and what may be erased."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import joinedload

from app.members.erasing import ERASED, overdue_in_rooms
from app.members.models import (
    Consent,
    ConsentKind,
    Household,
    Leaving,
    Member,
    MemberStatus,
    Payment,
    PaymentLine,
    Stay,
    Traveller,
)
from app.members.queries.guests import withdrawn_hosts
from app.members.retention import is_over
from app.people.models import Person
from app.shared.clock import day_of

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date

    from sqlalchemy import ColumnElement, Select
    from sqlalchemy.orm import Session

    from app.members.models import HostFamily


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


def unwanted_at(session: Session, withdrawn: Consent) -> set[str]:
    """Where somebody reads who took an agreement back, and nobody else reads who still gives it; in small letters."""
    mine = _read_at(session, withdrawn.body_id, Person.id == withdrawn.person_id)
    return mine - _agreeing_at(session, withdrawn.body_id, withdrawn.kind)


def news_unwanted_at(session: Session, body_id: int, addresses: Collection[str]) -> set[str]:
    """At which of these addresses (in small letters) nobody reads who agrees to news."""
    return set(addresses) - _agreeing_at(session, body_id, ConsentKind.NEWSLETTER)


def _agreeing_at(session: Session, body_id: int, kind: str) -> set[str]:
    agreeing = select(Consent.person_id).where(
        Consent.body_id == body_id, Consent.kind == kind, Consent.withdrawn_on.is_(None)
    )
    return _read_at(session, body_id, Person.id.in_(agreeing))


def _read_at(session: Session, body_id: int, who: ColumnElement[bool]) -> set[str]:
    here = and_(Member.person_id == Person.id, Member.body_id == body_id, Member.trashed_at.is_(None))
    statement = (
        select(Person.email, Household.email)
        .select_from(Person)
        .outerjoin(Member, here)
        .outerjoin(Household, Household.id == Member.household_id)
        .where(who)
    )
    return {(own or shared or "").lower() for own, shared in session.execute(statement)} - {""}


def ends_with_life(kind: str) -> bool:
    """Whether an agreement is over once somebody died; what to keep after them was said for afterwards."""
    return kind != ConsentKind.KEEP


def _the_dead(body_id: int, on: date) -> Select[int | None]:
    died = Member.leaving == Leaving.DECEASED
    return select(Member.person_id).where(
        Member.body_id == body_id, died, Member.until_sort <= on, Member.person_id.is_not(None)
    )


def persons_who_agree(session: Session, body_id: int, kind: ConsentKind, *, on: date) -> frozenset[int]:
    """Who agrees to something on a day; who died agrees to nothing but to what they wanted kept."""
    living = [Consent.person_id.not_in(_the_dead(body_id, on))] if ends_with_life(kind) else []
    return frozenset(
        session.scalars(
            select(Consent.person_id).where(
                Consent.body_id == body_id,
                Consent.kind == kind,
                Consent.given_on <= on,
                or_(Consent.withdrawn_on.is_(None), Consent.withdrawn_on > on),
                *living,
            )
        )
    )


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """Something whose time is over: which rule says so, of whom, since when; ``url``: where a room above shows it."""

    rule: str
    name: str
    since: date
    member_id: int | None = None
    stay_id: int | None = None
    family_id: int | None = None
    consent_id: int | None = None
    url: str = ""


def proposals(session: Session, body_id: int, *, on: date) -> list[Proposal]:
    """What a committee may erase or ask again today; nothing is done by itself. A fixed number of queries."""
    return [
        *_former(session, body_id, on),
        *_applicants(session, body_id, on),
        *_subscribers(session, body_id, on),
        *_stays(session, body_id, on),
        *_withdrawn(session, body_id, on),
        *_receipts(session, body_id, on),
        *overdue_in_rooms(session, body_id, on),
    ]


def _former(session: Session, body_id: int, on: date) -> list[Proposal]:
    agreed = persons_who_agree(session, body_id, ConsentKind.KEEP, on=on)
    statement = (
        select(Member)
        .where(Member.body_id == body_id, Member.until_sort < on)
        .where(Member.erased_at.is_(None), Member.trashed_at.is_(None))
        .options(joinedload(Member.person))
        .order_by(Member.until_sort, Member.id)
        .limit(500)
    )
    return [
        Proposal(rule="former_member", name=one.name, since=one.until_sort or on, member_id=one.id)
        for one in session.scalars(statement)
        if one.person_id is not None and one.person_id not in agreed
    ]


def _applicants(session: Session, body_id: int, on: date) -> list[Proposal]:
    statement = (
        select(Member)
        .where(
            Member.body_id == body_id,
            Member.status == MemberStatus.APPLICANT,
            Member.erased_at.is_(None),
            Member.trashed_at.is_(None),
        )
        .options(joinedload(Member.person))
        .order_by(Member.id)
        .limit(500)
    )
    return [
        Proposal(rule="applicant", name=one.name, since=day_of(one.created_at), member_id=one.id)
        for one in session.scalars(statement)
        if is_over("applicant", day_of(one.created_at), on=on)
    ]


def _subscribers(session: Session, body_id: int, on: date) -> list[Proposal]:
    statement = (
        select(Consent)
        .where(Consent.body_id == body_id, Consent.kind == ConsentKind.NEWSLETTER, Consent.withdrawn_on.is_(None))
        .where(Consent.person_id.not_in(_the_dead(body_id, on)))
        .options(joinedload(Consent.person))
        .order_by(Consent.given_on, Consent.id)
        .limit(500)
    )
    return [
        Proposal(rule="newsletter", name=one.person.name, since=one.given_on, consent_id=one.id)
        for one in session.scalars(statement)
        if is_over("newsletter", one.given_on, on=on)
    ]


def _receipts(session: Session, body_id: int, on: date) -> list[Proposal]:
    """Receipts of people erased already, whose ten years are over and which name them still."""
    statement = (
        select(Payment, Member.id, Member.number)
        .join(PaymentLine, PaymentLine.payment_id == Payment.id)
        .join(Member, Member.id == PaymentLine.member_id)
        .where(Payment.body_id == body_id, Member.erased_at.is_not(None))
        .options(joinedload(Payment.period))
        .order_by(Payment.paid_on, Payment.id)
        .limit(500)
    )
    return [
        Proposal(rule="accounts", name=str(one.receipt["payer"]), since=one.period.ends_on, member_id=member_id)
        for one, member_id, number in session.execute(statement)
        if is_over("accounts", one.period.ends_on, on=on) and _names(one, number)
    ]


def _names(payment: Payment, number: int) -> bool:
    """Whether a receipt still names the member of this number."""
    return any(one.get("number") == number and one.get("name") != ERASED for one in payment.receipt.get("members", []))


def _stays(session: Session, body_id: int, on: date) -> list[Proposal]:
    found = stays_to_clear(session, [body_id], on=on)
    return [Proposal(rule="stay", name=one.title, since=one.ends_on, stay_id=one.id) for one in found]


def _withdrawn(session: Session, body_id: int, on: date) -> list[Proposal]:
    found = hosts_to_clear(session, [body_id], on=on)
    return [
        Proposal(rule="host_families", name=family.person.name, since=since, family_id=family.id)
        for family, since in found
    ]


def hosts_to_clear(session: Session, body_ids: Collection[int], *, on: date) -> list[tuple[HostFamily, date]]:
    """Families that withdrew, and since when, of which more is kept than the rule allows; one query."""
    found = [(one, day_of(one.trashed_at)) for one in withdrawn_hosts(session, body_ids) if one.trashed_at is not None]
    return [(one, since) for one, since in found if is_over("host_families", since, on=on)]


def stays_to_clear(session: Session, body_ids: Collection[int], *, on: date) -> list[Stay]:
    """Stays of which something delicate is kept longer than the rule allows; one query."""
    delicate = select(Traveller.stay_id).where(Traveller.cleared_at.is_(None))
    statement = (
        select(Stay)
        .where(Stay.body_id.in_(body_ids), Stay.ends_on < on, Stay.id.in_(delicate))
        .options(joinedload(Stay.body))
        .order_by(Stay.ends_on, Stay.id)
        .limit(200)
    )
    return [one for one in session.scalars(statement) if is_over("stay", one.ends_on, on=on)]
