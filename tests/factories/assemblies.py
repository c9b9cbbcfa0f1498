"""Associations with members, statutes and assemblies for tests."""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from app.assemblies.models import AssemblyKind, ItemKind, Presence
from app.assemblies.services import calling, convening, holding, statutes
from app.bodies.models import BodyKind
from app.law.statutes import Statutes
from app.shared.actor import Actor
from app.shared.clock import PARIS
from tests.factories.bodies import make_body
from tests.factories.people import make_person

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from app.assemblies.models import Assembly, AssemblyItem
    from app.bodies.models import Body

BY = Actor(1, "Camille Fictive")
DAY = date(2027, 3, 20)
LONG_AGO = datetime(2026, 1, 5, 12, tzinfo=UTC)
STATUTES = Statutes(
    quorum="fraction",
    quorum_numerator=1,
    quorum_denominator=2,
    quorum_is_more_than=True,
    quorum_counts_proxies=True,
    notice_days=15,
    proxies_per_person=2,
    majority_ordinary="simple",
    majority_statutes="two_thirds_present",
    absolute_rounds=1,
    second_quorum="none",
    casting_vote=True,
    clauses={"quorum": "art. 9", "proxies": "art. 10", "notice": "art. 8", "majority": "art. 11"},
)
_numbers = itertools.count(1)


def make_association(session: Session, **given: Any) -> Body:
    """A committee without members yet."""
    name = given.pop("name", f"Comité fictif {next(_numbers)}")
    body = make_body(session, name, BodyKind.COMMITTEE, **given)
    session.commit()
    return body


def record_statutes(
    session: Session, body: Body, rules: Statutes = STATUTES, kind: AssemblyKind = AssemblyKind.ORDINARY
) -> None:
    """Note what the statutes say since 2020."""
    command = statutes.RecordRule(kind=kind, since=date(2020, 1, 1), statutes=rules)
    statutes.record_rule(session, body.id, command, by=BY, at=LONG_AGO)
    session.commit()


def at(day: date, hour: int = 18) -> datetime:
    """That day at that hour in France."""
    return datetime.combine(day, time(hour), PARIS)


def make_assembly(session: Session, body: Body, *, day: date = DAY, people: int = 10, **fields: Any) -> Assembly:
    """An assembly in preparation with so many members called, the first half by e-mail."""
    given = {"kind": AssemblyKind.ORDINARY, "starts_at": at(day), "place": "Salle des fêtes", **fields}
    facts = calling.AssemblyFacts(**given)
    assembly = calling.call_assembly(session, body.id, facts, by=BY, at=at(day - timedelta(days=40)))
    seats = []
    for number in range(people):
        person = make_person(session, given_name="Membre", family_name=f"Fictif {number:02d}", kept_by_body_id=body.id)
        email = f"membre{number:02d}@exemple.test" if number < people / 2 else ""
        seats.append(calling.SeatFacts(name=person.name, person_id=person.id, email=email, quality="membre actif"))
    calling.call_people(session, assembly, seats, by=BY, at=at(day - timedelta(days=30)))
    session.commit()
    return assembly


def add_item(session: Session, assembly: Assembly, title: str = "Budget", **fields: Any) -> AssemblyItem:
    """An item; a decision unless told otherwise."""
    facts = calling.ItemFacts(title=title, **{"kind": ItemKind.DECISION, **fields})
    item = calling.add_item(session, assembly, facts, by=BY, at=at(DAY))
    session.commit()
    return item


def open_with(session: Session, assembly: Assembly, present: int) -> None:
    """Convene without letters, note so many present and open."""
    day = assembly.starts_at
    convening.convene(session, assembly, [], by=BY, at=day - timedelta(days=20))
    said = {
        seat.id: Presence.PRESENT if number < present else Presence.ABSENT
        for number, seat in enumerate(assembly.members)
    }
    seats = assembly.members
    roll = holding.Roll(presences=said, president_id=seats[0].id, secretary_id=seats[min(present, 2) - 1].id)
    holding.note_roll(session, assembly, roll, by=BY, at=day)
    holding.open_assembly(session, assembly, "18:00", by=BY, at=day)
    session.commit()
