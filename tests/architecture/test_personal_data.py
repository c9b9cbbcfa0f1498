"""What becomes of each column that can hold words about a person; a new one must be decided, and an erasure is real."""

from __future__ import annotations

import tomllib
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import JSON, String, Text, select

from app.access.roles import Role
from app.accounts.models import Account
from app.assemblies.models import AssemblyCandidate, ItemKind, Status
from app.bodies.models import BodyKind
from app.database.base import Base
from app.handover.models import Handover, HandoverThing
from app.mail.services import Letter, enqueue
from app.mailing.models import KnownAddress
from app.members.models import Household
from app.members.queries.care import proposals
from app.shared import clock
from tests.factories.accounts import make_member
from tests.factories.assemblies import add_item, make_assembly, open_with
from tests.factories.bodies import make_body
from tests.factories.founding import LATER, make_ready
from tests.factories.mailing import make_delivery, make_mailing
from tests.factories.members import enrol, make_committee, make_consent, make_gift, make_host, make_household, make_stay

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from flask.testing import FlaskClient
    from sqlalchemy import Column
    from sqlalchemy.orm import Session

    from app.assemblies.models import Assembly
    from app.bodies.models import Body
    from app.members.models import Member

    SignIn = Callable[[Account], FlaskClient]

DECIDED = tomllib.loads(Path(__file__).with_name("personal_data.toml").read_text("utf-8"))
CODES = frozenset(DECIDED.pop("codes"))
"""Names under which a column holds a code, a date, a mark: never words about a person."""
EXCEPT = {("member_group", "purpose"), ("subsidy", "purpose")}


@pytest.mark.usefixtures("app")
def test_every_column_that_can_tell_of_a_person_is_decided() -> None:
    decided = [
        (table, column) for fate in DECIDED.values() for table, columns in fate.items() for column in columns.split()
    ]
    there = {
        (table.name, column.name)
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if can_tell(column)
    }
    new = there - set(decided)
    assert not new, "decide what an erasure does with these, in personal_data.toml"
    gone = set(decided) - there
    assert not gone, "these columns are no more"
    assert not [one for one, number in Counter(decided).items() if number > 1]


def can_tell(column: Column[object]) -> bool:
    """Whether a column names a person or holds words."""
    if any(key.column.table.name == "person" for key in column.foreign_keys):
        return True
    if column.foreign_keys or not isinstance(column.type, String | Text | JSON):
        return False
    return column.name not in CODES or (column.table.name, column.name) in EXCEPT


def test_after_an_erasure_no_table_tells_of_the_person_but_where_it_proves_something(
    session: Session, sign_in: SignIn
) -> None:
    committee = make_committee(session)
    keeper = sign_in(make_member(session, committee, Role.PRESIDENT))
    member, companion = _known_everywhere(session, committee)
    old, recent = _assemblies(session, committee, member)
    where = f"/membres/fiche/{member.id}/effacer"
    assert "procès-verbaux de moins de cinq ans" in keeper.get(where).text
    assert keeper.post(where).status_code == 302
    session.expire_all()
    allowed = {("assembly_seat", "name"), ("assembly_seat", "folded"), ("assembly_candidate", "name")}
    found = {(table, column) for table, column, _text in _telling(session, "zéphyrine", "inconnuette", "0611223344")}
    assert found <= allowed, found
    assert {seat.name for seat in old.seats if seat.person_id == member.person_id} == {"Personne effacée"}
    assert {seat.name for seat in recent.seats if seat.person_id == member.person_id} == {"Zéphyrine Inconnuette"}
    assert len(old.seats) == len(recent.seats)
    assert companion.email == "ensemble@exemple.fr"
    assert session.get(Household, companion.household_id).street
    later = clock.today() + timedelta(days=6 * 366)
    assert ("assemblies", member.id) in [
        (one.rule, one.member_id) for one in proposals(session, committee.id, on=later)
    ]


def _known_everywhere(session: Session, committee: Body) -> tuple[Member, Member]:
    """A former member whom every room of a committee knows, and who lives with her companion."""
    home = make_household(
        session, committee, email="ensemble@exemple.fr", envelope="Zéphyrine Inconnuette et Jean Essai"
    )
    companion = enrol(session, committee, "Jean", household=home)
    member = enrol(
        session,
        committee,
        "Zéphyrine",
        "Inconnuette",
        household=home,
        email="zephyrine@inconnuette.test",
        until="2026-01-31",
        note="Zéphyrine chante",
        answers={"1": "Zéphyrine"},
    )
    member.person.phone = "0611223344"
    make_consent(session, member).given_by = "Mère Inconnuette"
    make_gift(session, member).giver = "Zéphyrine Inconnuette"
    host = make_host(session, member)
    host.address = host.note = "Chez Zéphyrine"
    traveller = make_stay(session, member).travellers[0]
    traveller.parents, traveller.health = "Mère Inconnuette", "Zéphyrine tousse"
    letter = make_mailing(session, committee)
    delivery = make_delivery(session, letter, "zephyrine@inconnuette.test")
    delivery.name = "Zéphyrine Inconnuette"
    make_delivery(session, letter, "ensemble@exemple.fr").name = "Zéphyrine et Jean"
    session.add(KnownAddress(body_id=committee.id, address="zephyrine@inconnuette.test", opposed_at=LATER))
    for to in ("Zephyrine@inconnuette.test", "zephyrine@inconnuette.test"):
        text = "Bonjour Zéphyrine Inconnuette,"
        enqueue(session, Letter(to=to, name="Zéphyrine", subject="Bonjour", text=text, body_id=committee.id), at=LATER)
    session.add(
        Account(
            email="zephyrine@inconnuette.test",
            name="Zéphyrine Inconnuette",
            person_id=member.person_id,
            created_at=LATER,
            closed_at=LATER,
        )
    )
    handover = Handover(
        uid="passation-fictive",
        body_id=committee.id,
        takes_over_on=date(2026, 3, 1),
        access_ends_on=date(2026, 3, 31),
        content=[{"title": "Contacts", "lines": [{"title": "Zéphyrine Inconnuette", "reason": "06 · 0611223344"}]}],
        created_at=LATER,
    )
    handover.things = [HandoverThing(label="Clé", goes_to="Zéphyrine Inconnuette")]
    session.add(handover)
    session.commit()
    return member, companion


def _assemblies(session: Session, committee: Body, member: Member) -> tuple[Assembly, Assembly]:
    """An assembly of long ago and one of last year, in which she sat and stood for nothing that was given to her."""
    made: list[Assembly] = []
    for day in (date(2019, 3, 20), clock.today() - timedelta(days=200)):
        assembly = make_assembly(session, committee, day=day, people=4)
        seat = assembly.seats[3]
        seat.person_id, seat.name, seat.folded = member.person_id, "Zéphyrine Inconnuette", "inconnuette zephyrine"
        seat.email = seat.address = "zephyrine@inconnuette.test"
        item = add_item(session, assembly, "Élection", kind=ItemKind.ELECTION, function="board_member")
        item.candidates = [AssemblyCandidate(person_id=member.person_id, name="Zéphyrine Inconnuette")]
        open_with(session, assembly, 4)
        assembly.status = Status.CLOSED
        made.append(assembly)
    session.commit()
    return made[0], made[1]


def _telling(session: Session, *words: str) -> Iterator[tuple[str, str, str]]:
    """Where a word still stands, in any table."""
    for table in Base.metadata.sorted_tables:
        columns = [one for one in table.columns if isinstance(one.type, String | Text | JSON)]
        if not columns:
            continue
        for row in session.execute(select(*columns)):
            for column, value in zip(columns, row, strict=True):
                if any(word in str(value).lower() for word in words):
                    yield table.name, column.name, str(value)


def test_a_founder_stays_named_in_the_statutes_without_an_address(session: Session, sign_in: SignIn) -> None:
    founding = make_ready(session, make_body(session, "Exempleville", BodyKind.COMMUNE))
    founder, committee = founding.founders_now[2], founding.committee
    member = enrol(session, committee, until="2026-01-31")
    member.person = founder.person
    founder.person.kept_by_body_id = committee.id
    session.commit()
    keeper = sign_in(make_member(session, committee, Role.PRESIDENT))
    where = f"/membres/fiche/{member.id}/effacer"
    assert "statuts et le procès-verbal constitutif" in keeper.get(where).text
    keeper.post(where)
    session.expire_all()
    assert (founder.address, founder.occupation, founder.nationality) == ("", "", "")
    assert founder.person.name == "Céleste Fictif"
