"""The members of the demonstration's committee: plainly fictional, with dues, a group, a consent and a host family."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from sqlalchemy import select

from app.members.models import ConsentKind, Means
from app.members.queries.roll import categories_of
from app.members.services.care import GiveConsent, give_consent
from app.members.services.dues import PeriodFacts, RecordPayment, open_period, record_payment
from app.members.services.roll import AddMembers, Address, MemberFacts, add_members
from app.members.services.settings import join_group, make_group
from app.members.services.stays import HostFacts, keep_host
from app.members.services.volunteers import GiveTime, note_gift
from app.people.models import Person
from app.people.services import PersonFacts
from app.seeds.maker import SEEDER
from app.shared.fuzzydate import FuzzyDate

if TYPE_CHECKING:
    from app.bodies.models import Body
    from app.members.models import Member
    from app.seeds.maker import Cast, Maker

_TOWN = {"postcode": "59390", "town": "Sailly-lez-Lannoy"}
_COUPLE = ("Jean", "Marie", "Fictif", "1 rue de l’Exemple")


def play(maker: Maker, cast: Cast) -> None:
    """Write the members, through the services."""
    body = cast.committee
    officers = maker.session.scalars(select(Person).where(Person.kept_by_body_id == body.id).order_by(Person.id)).all()
    for person in officers:
        _enrol(maker, body, person, since="2024-10")
    couple = _couple(maker, body)
    for given, family, street in (
        ("Andréa", "Imaginaire", "4 place du Modèle"),
        ("Noé", "Inventé", "7 chemin de l’Essai"),
        ("Éloïse", "Prétexte", ""),
    ):
        _enrol(maker, body, PersonFacts(given_name=given, family_name=family), street=street, since="2025")
    _enrol(maker, body, None, organisation="École fictive des Tilleuls", since="2025-09")
    _dues(maker, body, couple)
    _rest(maker, body, couple)


def _enrol(
    maker: Maker,
    body: Body,
    person: PersonFacts | Person | None,
    *,
    street: str = "",
    organisation: str = "",
    since: str = "2025",
) -> list[Member]:
    command = AddMembers(
        facts=MemberFacts(
            category="Association ou entreprise" if organisation else "",
            organisation=organisation,
            since=FuzzyDate(since),
        ),
        person=person,
        address=Address(street=street, **_TOWN) if street else Address(),
    )
    return add_members(maker.session, body, command, by=SEEDER, at=maker.at)


def _couple(maker: Maker, body: Body) -> tuple[Member, ...]:
    first, second, family, street = _COUPLE
    email = "famille.fictif@demonstration.example"
    command = AddMembers(
        facts=MemberFacts(since=FuzzyDate("2012")),
        person=PersonFacts(given_name=first, family_name=family, email=email),
        second=PersonFacts(given_name=second, family_name=family),
        address=Address(street=street, email=email, **_TOWN),
    )
    return tuple(add_members(maker.session, body, command, by=SEEDER, at=maker.at))


def _dues(maker: Maker, body: Body, couple: tuple[Member, ...]) -> None:
    today = maker.at.date()
    rates: dict[int, tuple[Decimal, Decimal | None]] = {
        one.id: (Decimal(15), Decimal(25)) if rank == 0 else (Decimal(30 if rank == 1 else 0), None)
        for rank, one in enumerate(categories_of(maker.session, body.id))
    }
    facts = PeriodFacts(
        name=str(today.year),
        starts_on=date(today.year, 1, 1),
        ends_on=date(today.year, 12, 31),
        due_on=date(today.year, 3, 31),
        decided="Assemblée générale (fictive)",
        rates=rates,
    )
    period = open_period(maker.session, body, facts, by=SEEDER, at=maker.at)
    payment = RecordPayment(
        members=couple,
        amount=Decimal(25),
        paid_on=max(today - timedelta(days=30), facts.starts_on),
        means=Means.CHEQUE,
        reference="chèque fictif",
        signed_by="Claude Échantillon",
    )
    record_payment(maker.session, period, payment, by=SEEDER, at=maker.at)


def _rest(maker: Maker, body: Body, couple: tuple[Member, ...]) -> None:
    session, today = maker.session, maker.at.date()
    group = make_group(
        session, body, "Accueil des familles", "Loger les invités, les conduire.", by=SEEDER, at=maker.at
    )
    for rank, member in enumerate(couple):
        join_group(session, group, member, is_lead=rank == 0, by=SEEDER, at=maker.at)
    first = couple[0].person
    if first is None:
        raise LookupError("the couple are persons")
    consent = GiveConsent(kind=ConsentKind.NEWSLETTER, given_on=today, proof="bulletin d’adhésion fictif")
    give_consent(session, couple[0], consent, by=SEEDER, at=maker.at)
    host = HostFacts(
        address="1 rue de l’Exemple, 59390 Sailly-lez-Lannoy",
        beds=2,
        languages=("en",),
        available="Toute l’année (famille fictive)",
    )
    keep_host(session, body, first, host, by=SEEDER, at=maker.at)
    gift = GiveTime(member_id=couple[0].id, what="Préparation d’un repas (fictif)", given_on=today, hours=Decimal(6))
    note_gift(session, body, gift, by=SEEDER, at=maker.at)
