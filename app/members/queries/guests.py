"""Whoever a committee knows as host or traveller, and not as a member."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import exists, not_, or_, select
from sqlalchemy.orm import joinedload

from app.bodies.models import Body, Mandate
from app.members.erasing import ERASED
from app.members.models import HostFamily, Member, Stay, Traveller
from app.members.queries.stays import lodged_ahead
from app.people.models import Person
from app.twinnings.models import TwinningPerson

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from sqlalchemy import Select
    from sqlalchemy.orm import Session

WORDS = ("address", "pets", "diets", "children", "transport", "available", "interests", "emergency", "note")
"""What a family told of itself."""


@dataclass(frozen=True)
class Guest:
    """A person who lodges guests or takes part in stays of a body, and has no record as its member."""

    body: Body
    person: Person

    @property
    def body_id(self) -> int:
        """The committee."""
        return self.body.id

    @property
    def person_id(self) -> int:
        """Who it is."""
        return self.person.id

    @property
    def name(self) -> str:
        """As on every page."""
        return self.person.name

    @property
    def household(self) -> None:
        """Only members have one here."""
        return


def guest_of(session: Session, body_id: int, person_id: int, **_more: object) -> Guest | None:
    """Somebody known as host or traveller alone; None for a member, whose own record says more."""
    body = session.get(Body, body_id, options=[joinedload(Body.parent)])
    person = session.get(Person, person_id)
    if body is None or person is None or record_of(session, body_id, person_id) is not None:
        return None
    hosts = select(HostFamily.person_id).where(HostFamily.body_id == body_id)
    travels = select(Traveller.person_id).join(Stay, Stay.id == Traveller.stay_id).where(Stay.body_id == body_id)
    is_known = select(Person.id).where(Person.id == person_id, or_(Person.id.in_(hosts), Person.id.in_(travels)))
    return Guest(body, person) if session.scalar(is_known) is not None else None


def lodged_by(session: Session, guest: Guest, *, on: date) -> list[Traveller]:
    """Whom somebody lodges, or is to lodge."""
    families = select(HostFamily).where(
        HostFamily.body_id == guest.body_id, HostFamily.person_id == guest.person_id, HostFamily.trashed_at.is_(None)
    )
    return [one for family in session.scalars(families) for one in lodged_ahead(session, family, on=on)]


def record_of(session: Session, body_id: int, person_id: int) -> Member | None:
    """The record of somebody as a member, the one at work first."""
    statement = (
        select(Member)
        .where(Member.body_id == body_id, Member.person_id == person_id, Member.erased_at.is_(None))
        .where(Member.organisation == "")
        .order_by(Member.trashed_at.is_not(None), Member.id.desc())
        .limit(1)
    )
    return session.scalar(statement)


def is_told_of(family: HostFamily) -> bool:
    """Whether something is kept of how a family lodges."""
    return any(getattr(family, name) for name in WORDS) or family.beds is not None or family.rooms is not None


def withdrawn_hosts(session: Session, body_ids: Collection[int]) -> list[HostFamily]:
    """Families that withdrew and of which something is kept still, the longest ago first; one query."""
    texts = (getattr(HostFamily, name) for name in WORDS)
    is_kept = or_(*(one != "" for one in texts), HostFamily.beds.is_not(None), HostFamily.rooms.is_not(None))
    statement = (
        select(HostFamily)
        .where(HostFamily.body_id.in_(body_ids), HostFamily.trashed_at.is_not(None))
        .where(or_(is_kept, HostFamily.person_id.in_(_hosts_alone())))
        .options(joinedload(HostFamily.person), joinedload(HostFamily.body))
        .order_by(HostFamily.trashed_at, HostFamily.id)
        .limit(200)
    )
    return list(session.scalars(statement))


def _hosts_alone() -> Select[int]:
    """Persons whom a committee knows for having lodged alone, and by name still."""
    elsewhere = (
        exists().where(Member.person_id == Person.id, Member.erased_at.is_(None)),
        exists().where(Traveller.person_id == Person.id),
        exists().where(Mandate.person_id == Person.id),
        exists().where(TwinningPerson.person_id == Person.id),
    )
    return (
        select(Person.id)
        .join(HostFamily, HostFamily.person_id == Person.id)
        .where(Person.kept_by_body_id == HostFamily.body_id, Person.family_name != ERASED)
        .where(not_(or_(*elsewhere)))
    )
