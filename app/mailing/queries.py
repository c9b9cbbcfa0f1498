"""Reading letters to many, what became of them, and whom a group of addresses is made of."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sqlalchemy import and_, func, or_, select, tuple_
from sqlalchemy.orm import joinedload

from app.bodies.models import Body, BodyKind
from app.bodies.queries import mandates_in_office
from app.law.words import listed
from app.mail.addresses import BadAddress, clean
from app.mail.models import MessageState, OutboxMessage
from app.mailing.models import AudienceKind, Delivery, KnownAddress, Mailing, MailingKind, MailingModel
from app.members.models import Consent, GroupMember, HostFamily, Household, Member, MemberGroup
from app.members.models.care import ConsentKind
from app.members.queries import paid_up, period_on
from app.members.queries.voters import is_member_on
from app.people.models import Person

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, datetime

    from sqlalchemy import ColumnElement, Select
    from sqlalchemy.orm import Session

Bodies = frozenset[int]
PAGE = 25
_OFFICES = frozenset({"president", "vice_president", "secretary", "treasurer", "board_member"})


@dataclass(frozen=True)
class Somebody:
    """One human being or organisation whom a letter is for."""

    name: str
    given_name: str
    family_name: str
    email: str
    person_id: int | None


@dataclass(frozen=True)
class Recipient:
    """One address, and who reads there."""

    address: str
    people: tuple[Somebody, ...]

    @property
    def names(self) -> str:
        """« Ada et Basile Fictif », « Ada Fictif et Céleste Croquis »."""
        return together(self.people)


@dataclass(frozen=True)
class Audience:
    """To whom a letter goes today, and who is left out for which reason."""

    recipients: tuple[Recipient, ...] = ()
    left_out: tuple[tuple[str, str], ...] = field(default=())


def together(people: Iterable[Somebody]) -> str:
    """The names of people who share an address; a family name that all of them bear is said once."""
    found = list(people)
    families = {one.family_name for one in found}
    if len(found) > 1 and len(families) == 1 and all(one.given_name for one in found) and "" not in families:
        return f"{listed(one.given_name for one in found)} {families.pop()}"
    return listed(one.name for one in found)


# --- letters ---


def mailing_by_id(session: Session, mailing_id: int) -> Mailing | None:
    """A letter with its body and its group."""
    return session.get(Mailing, mailing_id, options=[joinedload(Mailing.body), joinedload(Mailing.group)])


def page_of_mailings(
    session: Session, bodies: Bodies, *, before: tuple[datetime, int] | None = None, trashed: bool = False
) -> list[Mailing]:
    """A page of letters and one more, the last changed first."""
    statement = (
        select(Mailing)
        .join(Body, Body.id == Mailing.body_id)
        .where(_is_of(bodies), Mailing.trashed_at.is_not(None) if trashed else Mailing.trashed_at.is_(None))
        .options(joinedload(Mailing.body), joinedload(Mailing.group))
        .order_by(Mailing.changed_at.desc(), Mailing.id.desc())
        .limit(PAGE + 1)
    )
    if before is not None:
        statement = statement.where(tuple_(Mailing.changed_at, Mailing.id) < tuple_(*before))
    return list(session.scalars(statement))


def _is_of(bodies: Bodies) -> ColumnElement[bool]:
    """Bodies that are one of these, or the régie of one of them."""
    return or_(Body.id.in_(bodies), and_(Body.parent_id.in_(bodies), Body.kind == BodyKind.COMMITTEE_SERVICE))


@dataclass(frozen=True)
class Sent:
    """One delivery and how it fares: a state of the outbox, « returned » or « unknown »."""

    delivery: Delivery
    state: str
    why: str


def page_of_deliveries(session: Session, mailing_id: int, *, after: int = 0) -> list[Sent]:
    """A page of deliveries and one more, with what the outbox knows; one query."""
    statement = (
        select(Delivery, OutboxMessage.state, OutboxMessage.last_error)
        .outerjoin(OutboxMessage, OutboxMessage.message_id == Delivery.message_id)
        .where(Delivery.mailing_id == mailing_id, Delivery.id > after)
        .order_by(Delivery.id)
        .limit(PAGE + 1)
    )
    return [_sent(*row) for row in session.execute(statement)]


def _sent(delivery: Delivery, state: str | None, error: str | None) -> Sent:
    if delivery.bounced_at is not None:
        return Sent(delivery, "returned", delivery.bounced_why)
    return Sent(delivery, state or "unknown", error or "")


def counts_of(session: Session, mailing_id: int) -> dict[str, int]:
    """How many deliveries stand in each state; one query."""
    state = func.coalesce(OutboxMessage.state, "unknown")
    statement = (
        select(state, Delivery.bounced_at.is_not(None), func.count())
        .outerjoin(OutboxMessage, OutboxMessage.message_id == Delivery.message_id)
        .where(Delivery.mailing_id == mailing_id)
        .group_by(state, Delivery.bounced_at.is_not(None))
    )
    found: dict[str, int] = {}
    for code, returned, number in session.execute(statement):
        name = "returned" if returned else str(code)
        found[name] = found.get(name, 0) + number
    return found


def delivery_by_id(session: Session, delivery_id: int) -> Delivery | None:
    """A delivery with its letter."""
    return session.get(Delivery, delivery_id, options=[joinedload(Delivery.mailing).joinedload(Mailing.body)])


def models_of(session: Session, body_id: int) -> Sequence[MailingModel]:
    """The models of letters of a body, by name."""
    statement = (
        select(MailingModel)
        .where(MailingModel.body_id == body_id, MailingModel.trashed_at.is_(None))
        .order_by(MailingModel.name, MailingModel.id)
        .limit(100)
    )
    return session.scalars(statement).all()


def model_by_id(session: Session, model_id: int) -> MailingModel | None:
    """A model of a letter."""
    return session.get(MailingModel, model_id, options=[joinedload(MailingModel.body)])


def known_address(session: Session, body_id: int, address: str) -> KnownAddress | None:
    """What a body knows of an address."""
    return session.scalar(select(KnownAddress).where(KnownAddress.body_id == body_id, KnownAddress.address == address))


def body_by_uid(session: Session, uid: str) -> Body | None:
    """The body that a link names."""
    return session.scalar(select(Body).where(Body.uid == uid))


# --- audiences ---


def audience_of(session: Session, mailing: Mailing, *, on: date) -> Audience:
    """To whom a letter goes today; a fixed number of queries, whatever the number of people."""
    people = _PEOPLE[AudienceKind(mailing.audience)](session, mailing, on)
    agreed = _agreed(session, mailing.body_id) if mailing.kind == MailingKind.NEWS else None
    opposed, refused = _opposed(session, mailing.body_id), refused_addresses(session, mailing.body_id)
    by_address: dict[str, list[Somebody]] = {}
    left: list[tuple[str, str]] = []
    for one in people:
        address, reason = _address(one)
        if not reason and agreed is not None and one.person_id not in agreed:
            reason = "no_consent"
        if not reason and agreed is not None and address in opposed:
            reason = "opposed"
        if not reason and address in refused:
            reason = "refused"
        if reason:
            left.append((one.name, reason))
        elif one not in by_address.setdefault(address, []):
            by_address[address].append(one)
    recipients = tuple(Recipient(address, tuple(readers)) for address, readers in by_address.items())
    return Audience(recipients, tuple(dict.fromkeys(left)))


def _address(one: Somebody) -> tuple[str, str]:
    if not one.email.strip():
        return "", "no_address"
    try:
        return clean(one.email), ""
    except BadAddress:
        return "", "bad_address"


def _members(statement: Select[Member]) -> Select[Member]:
    return statement.options(joinedload(Member.person), joinedload(Member.household)).order_by(Member.id)


def _somebody(member: Member) -> Somebody:
    person = member.person
    is_person = person is not None and not member.organisation
    return Somebody(
        name=member.name,
        given_name=person.given_name if is_person and person else "",
        family_name=person.family_name if is_person and person else "",
        email=member.email,
        person_id=member.person_id,
    )


def _of_person(person: Person) -> Somebody:
    return Somebody(person.name, person.given_name, person.family_name, person.email, person.id)


def _all_members(session: Session, mailing: Mailing, on: date) -> list[Somebody]:
    statement = select(Member).where(Member.body_id == mailing.body_id, is_member_on(on))
    return [_somebody(one) for one in session.scalars(_members(statement))]


def _paid_up(session: Session, mailing: Mailing, on: date) -> list[Somebody]:
    period = period_on(session, mailing.body_id, on)
    paid = paid_up(session, period) if period is not None else set()
    statement = select(Member).where(Member.body_id == mailing.body_id, is_member_on(on))
    return [_somebody(one) for one in session.scalars(_members(statement)) if one.id in paid]


def _board(session: Session, mailing: Mailing, on: date) -> list[Somebody]:
    held = mandates_in_office(session, mailing.body_id, on=on)
    people = {one.person_id: one.person for one in held if one.function in _OFFICES}
    homes = _household_addresses(session, mailing.body_id, people)
    return [_with_home(_of_person(one), homes) for one in people.values()]


def _hosts(session: Session, mailing: Mailing, on: date) -> list[Somebody]:
    del on
    statement = (
        select(Person)
        .join(HostFamily, HostFamily.person_id == Person.id)
        .where(HostFamily.body_id == mailing.body_id, HostFamily.trashed_at.is_(None), Person.trashed_at.is_(None))
        .order_by(Person.folded, Person.id)
    )
    people = {one.id: one for one in session.scalars(statement)}
    homes = _household_addresses(session, mailing.body_id, people)
    return [_with_home(_of_person(one), homes) for one in people.values()]


def _group(session: Session, mailing: Mailing, on: date) -> list[Somebody]:
    statement = (
        select(Member)
        .join(GroupMember, GroupMember.member_id == Member.id)
        .join(MemberGroup, MemberGroup.id == GroupMember.group_id)
        .where(MemberGroup.id == mailing.group_id, MemberGroup.body_id == mailing.body_id, is_member_on(on))
        .where(or_(GroupMember.until.is_(None), GroupMember.until >= on))
    )
    return [_somebody(one) for one in session.scalars(_members(statement))]


def _household_addresses(session: Session, body_id: int, people: Iterable[int]) -> dict[int, str]:
    """The shared address of those who have none of their own."""
    statement = (
        select(Member.person_id, Household.email)
        .join(Household, Household.id == Member.household_id)
        .where(Member.body_id == body_id, Member.person_id.in_(list(people)), Household.email != "")
    )
    return {number: email for number, email in session.execute(statement) if number}


def _with_home(one: Somebody, homes: dict[int, str]) -> Somebody:
    shared = homes.get(one.person_id or 0, "")
    return (
        one if one.email or not shared else Somebody(one.name, one.given_name, one.family_name, shared, one.person_id)
    )


_PEOPLE = {
    AudienceKind.MEMBERS: _all_members,
    AudienceKind.PAID_UP: _paid_up,
    AudienceKind.BOARD: _board,
    AudienceKind.HOSTS: _hosts,
    AudienceKind.GROUP: _group,
}


def _agreed(session: Session, body_id: int) -> set[int]:
    statement = select(Consent.person_id).where(
        Consent.body_id == body_id, Consent.kind == ConsentKind.NEWSLETTER, Consent.withdrawn_on.is_(None)
    )
    return set(session.scalars(statement))


def _opposed(session: Session, body_id: int) -> set[str]:
    statement = select(KnownAddress.address).where(
        KnownAddress.body_id == body_id, KnownAddress.opposed_at.is_not(None)
    )
    return set(session.scalars(statement))


def refused_addresses(session: Session, body_id: int) -> dict[str, str]:
    """Addresses whose last letter was refused for good or came back, with the reason; not those noted good since."""
    noted = select(KnownAddress).where(KnownAddress.body_id == body_id, KnownAddress.good_since.is_not(None))
    good = {known.address: known.good_since for known in session.scalars(noted)}
    statement = (
        select(Delivery.address, Mailing.sent_at, Delivery.bounced_at, Delivery.bounced_why, OutboxMessage.last_error)
        .join(Mailing, Mailing.id == Delivery.mailing_id)
        .outerjoin(OutboxMessage, OutboxMessage.message_id == Delivery.message_id)
        .where(Mailing.body_id == body_id)
        .where(or_(Delivery.bounced_at.is_not(None), OutboxMessage.state == MessageState.FAILED))
        .order_by(Delivery.id)
    )
    found: dict[str, str] = {}
    for address, sent_at, bounced_at, why, error in session.execute(statement):
        happened = bounced_at or sent_at
        since = good.get(address)
        if since is None or happened is None or since < happened:
            found[address] = why or error or ""
    return found


def news_consents_at(session: Session, body_id: int, address: str) -> Sequence[Consent]:
    """The living consents to news of the people who read at an address."""
    own = select(Person.id).where(func.lower(Person.email) == address)
    shared = (
        select(Member.person_id)
        .join(Household, Household.id == Member.household_id)
        .join(Person, Person.id == Member.person_id)
        .where(Member.body_id == body_id, Person.email == "", func.lower(Household.email) == address)
    )
    return session.scalars(
        select(Consent).where(
            Consent.body_id == body_id,
            Consent.kind == ConsentKind.NEWSLETTER,
            Consent.withdrawn_on.is_(None),
            or_(Consent.person_id.in_(own), Consent.person_id.in_(shared)),
        )
    ).all()


def consents_ended_by_link(session: Session, body_id: int, address: str, how: str) -> Sequence[Consent]:
    """The consents that the link in a letter ended, for somebody who changes their mind."""
    own = select(Person.id).where(func.lower(Person.email) == address)
    shared = (
        select(Member.person_id)
        .join(Household, Household.id == Member.household_id)
        .where(Member.body_id == body_id, func.lower(Household.email) == address)
    )
    return session.scalars(
        select(Consent).where(
            Consent.body_id == body_id,
            Consent.kind == ConsentKind.NEWSLETTER,
            Consent.withdrawn_how == how,
            or_(Consent.person_id.in_(own), Consent.person_id.in_(shared)),
        )
    ).all()
