"""A committee with its keepers and its members, for tests; all of them invented."""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from sqlalchemy import select

from app.bodies.models import BodyKind
from app.forms.dates import parse
from app.members.models import (
    Consent,
    DuesPeriod,
    DuesRate,
    DuesWaiver,
    GroupMember,
    HostFamily,
    Household,
    Means,
    Member,
    MemberCategory,
    MemberGroup,
    Stay,
    Traveller,
    VolunteerEntry,
)
from app.members.services.desk import FIRST_CATEGORIES
from app.members.services.dues import RecordPayment, record_payment
from app.shared.actor import Actor
from tests.factories.bodies import make_body
from tests.factories.people import make_person

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from app.bodies.models import Body
    from app.members.models import Payment

BY = Actor(1, "Camille Exemple")
LONG_AGO = datetime(2026, 1, 5, 12, tzinfo=UTC)
_numbers = itertools.count(1)


def make_committee(session: Session, town: Body | None = None, **given: object) -> Body:
    """An association that works for a town."""
    town = town or make_body(session)
    name = str(given.pop("name", "Comité de jumelage fictif"))
    committee = make_body(session, name, BodyKind.COMMITTEE, parent_id=town.id, **given)
    session.commit()
    return committee


def make_category(session: Session, body: Body, name: str = "", *, is_voting: bool = True) -> MemberCategory:
    """The category of this name; the body's first one unless told otherwise."""
    wanted = name or str(FIRST_CATEGORIES[0][0])
    found = session.scalar(
        select(MemberCategory).where(MemberCategory.body_id == body.id, MemberCategory.name == wanted)
    )
    if found is None:
        found = MemberCategory(body_id=body.id, name=wanted, is_voting=is_voting, position=next(_numbers))
        session.add(found)
        session.flush()
    return found


def make_household(session: Session, body: Body, **given: object) -> Household:
    """A household at an invented address."""
    fields = {"street": "3 rue de l’Essai", "postcode": "59000", "town": "Exempleville", "created_at": LONG_AGO}
    household = Household(body_id=body.id, **{**fields, **given})
    session.add(household)
    session.flush()
    return household


def enrol(
    session: Session,
    body: Body,
    given_name: str = "Jean",
    family_name: str = "Essai",
    *,
    household: Household | None = None,
    email: str = "",
    **given: object,
) -> Member:
    """A person who is a member since 2020 unless told otherwise."""
    since, until = parse(str(given.pop("since", "2020-01-01"))), given.pop("until", "")
    ended = parse(str(until)) if until else None
    person = make_person(session, given_name, family_name, kept_by_body_id=body.id, email=email)
    taken = session.scalars(select(Member.number).where(Member.body_id == body.id)).all()
    member = Member(
        **{
            "body_id": body.id,
            "number": max(taken, default=0) + 1,
            "person": person,
            "household": household,
            "category": make_category(session, body),
            "since": since,
            "since_sort": since.earliest,
            "until": ended,
            "until_sort": ended.latest if ended else None,
            "answers": {},
            "created_at": LONG_AGO,
            **given,
        }
    )
    session.add(member)
    session.commit()
    return member


def make_period(
    session: Session, body: Body, year: int = 2026, *, each: str = "15", together: str | None = "25"
) -> DuesPeriod:
    """A calendar year of dues for the body's first category."""
    period = DuesPeriod(
        body_id=body.id,
        name=str(year),
        starts_on=date(year, 1, 1),
        ends_on=date(year, 12, 31),
        due_on=date(year, 3, 31),
        created_at=LONG_AGO,
    )
    rate = DuesRate(category_id=make_category(session, body).id, amount=Decimal(each))
    rate.household_amount = Decimal(together) if together is not None else None
    period.rates = [rate]
    session.add(period)
    session.commit()
    return period


def make_waiver(session: Session, period: DuesPeriod, member: Member) -> DuesWaiver:
    """Five euros that are not asked of a member."""
    waiver = DuesWaiver(period_id=period.id, member_id=member.id, amount=Decimal(5), granted_at=LONG_AGO)
    session.add(waiver)
    session.commit()
    return waiver


def make_payment(session: Session, period: DuesPeriod, member: Member) -> Payment:
    """Dues that were paid in March, with the next receipt."""
    command = RecordPayment(
        members=(member,), amount=Decimal(15), paid_on=date(period.starts_on.year, 3, 2), means=Means.CHEQUE
    )
    payment = record_payment(session, period, command, by=BY, at=datetime(period.starts_on.year, 3, 2, 12, tzinfo=UTC))
    session.commit()
    return payment


def make_group(session: Session, *members: Member, name: str = "Accueil") -> MemberGroup:
    """A group with these members in it, of the body of the first."""
    group = MemberGroup(body_id=members[0].body_id, name=name, created_at=LONG_AGO)
    group.places = [GroupMember(member_id=one.id, since=LONG_AGO.date()) for one in members]
    session.add(group)
    session.commit()
    return group


def make_consent(session: Session, member: Member, kind: str = "photo") -> Consent:
    """That a member agreed in 2026."""
    consent = Consent(
        body_id=member.body_id,
        person_id=member.person_id,
        kind=kind,
        given_on=date(2026, 3, 2),
        proof="bulletin signé",
        created_at=LONG_AGO,
    )
    session.add(consent)
    session.commit()
    return consent


def make_gift(session: Session, member: Member) -> VolunteerEntry:
    """Three hours that a member gave."""
    entry = VolunteerEntry(
        body_id=member.body_id,
        member_id=member.id,
        given_on=date(2026, 3, 2),
        what="Repas",
        hours=Decimal(3),
        created_at=LONG_AGO,
    )
    session.add(entry)
    session.commit()
    return entry


def make_host(session: Session, member: Member) -> HostFamily:
    """A member who lodges guests."""
    family = HostFamily(body_id=member.body_id, person_id=member.person_id, beds=2, languages=[], created_at=LONG_AGO)
    session.add(family)
    session.commit()
    return family


def make_guest(session: Session, stay: Stay) -> Traveller:
    """Somebody who takes part in a stay without being a member."""
    person = make_person(session, "Olena", "Pryklad", kept_by_body_id=stay.body_id)
    traveller = Traveller(stay_id=stay.id, person_id=person.id, is_guest=True, created_at=LONG_AGO)
    session.add(traveller)
    session.commit()
    return traveller


def make_stay(session: Session, member: Member) -> Stay:
    """A journey in June 2027 in which a member takes part."""
    stay = Stay(
        body_id=member.body_id,
        title="Voyage",
        starts_on=date(2027, 6, 10),
        ends_on=date(2027, 6, 14),
        created_at=LONG_AGO,
    )
    stay.travellers = [Traveller(person_id=member.person_id, created_at=LONG_AGO)]
    session.add(stay)
    session.commit()
    return stay
