"""Reading host families, stays and travellers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import and_, exists, not_, or_, select, union
from sqlalchemy.orm import joinedload, selectinload

from app.bodies.models import Body, BodyKind, Mandate
from app.members.models import HostFamily, Member, Stay, Traveller, TravelPaper
from app.people.models import Person
from app.shared.folding import fold
from app.twinnings.models import TwinningParty, TwinningPerson

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from sqlalchemy import Select
    from sqlalchemy.orm import Session

MOST = 500


def host_by_id(session: Session, family_id: int) -> HostFamily | None:
    """A host family, with its person and body."""
    return session.get(HostFamily, family_id, options=[joinedload(HostFamily.person), joinedload(HostFamily.body)])


def hosts_of(session: Session, body_id: int, *, trashed: bool = False) -> list[HostFamily]:
    """The host families of a body, by name; in the trash also those whose person is there."""
    in_use = and_(HostFamily.trashed_at.is_(None), Person.trashed_at.is_(None))
    statement = (
        select(HostFamily)
        .join(Person, Person.id == HostFamily.person_id)
        .where(HostFamily.body_id == body_id)
        .where(not_(in_use) if trashed else in_use)
        .options(joinedload(HostFamily.person))
        .order_by(Person.folded, HostFamily.id)
        .limit(MOST)
    )
    return list(session.scalars(statement))


def stay_by_id(session: Session, stay_id: int) -> Stay | None:
    """A stay with its travellers, their papers and families."""
    return session.get(
        Stay,
        stay_id,
        options=[
            joinedload(Stay.body),
            joinedload(Stay.twinning),
            selectinload(Stay.travellers).joinedload(Traveller.person),
            selectinload(Stay.travellers)
            .selectinload(Traveller.papers)
            .joinedload(TravelPaper.host_family)
            .joinedload(HostFamily.person),
            selectinload(Stay.travellers).joinedload(Traveller.host_family).joinedload(HostFamily.person),
        ],
    )


def stays_of(session: Session, body_id: int) -> list[Stay]:
    """The stays of a body, the latest first."""
    statement = (
        select(Stay)
        .where(Stay.body_id == body_id, Stay.trashed_at.is_(None))
        .options(selectinload(Stay.travellers))
        .order_by(Stay.starts_on.desc(), Stay.id.desc())
        .limit(200)
    )
    return list(session.scalars(statement))


def stays_for(session: Session, occasion: str) -> list[Stay]:
    """The stays of an occasion (« ceremony:12 »), for the rooms above."""
    return list(
        session.scalars(
            select(Stay)
            .where(Stay.occasion == occasion, Stay.trashed_at.is_(None))
            .options(selectinload(Stay.travellers), joinedload(Stay.body))
            .order_by(Stay.starts_on, Stay.id)
        )
    )


def stays_ahead(session: Session, body_ids: Collection[int], *, on: date, until: date) -> list[Stay]:
    """The stays that go on or begin until a day, with who takes part and what is known of them."""
    statement = (
        select(Stay)
        .where(Stay.body_id.in_(body_ids), Stay.trashed_at.is_(None), Stay.ends_on >= on, Stay.starts_on <= until)
        .options(
            joinedload(Stay.body),
            selectinload(Stay.travellers).joinedload(Traveller.host_family).joinedload(HostFamily.person),
            selectinload(Stay.travellers)
            .selectinload(Traveller.papers)
            .joinedload(TravelPaper.host_family)
            .joinedload(HostFamily.person),
        )
        .order_by(Stay.starts_on, Stay.id)
        .limit(200)
    )
    return list(session.scalars(statement))


def lodged_ahead(session: Session, family: HostFamily, *, on: date) -> list[Traveller]:
    """Whom a family lodges, or is to lodge."""
    statement = (
        select(Traveller)
        .join(Traveller.stay)
        .where(Traveller.host_family_id == family.id, Traveller.trashed_at.is_(None))
        .where(Stay.trashed_at.is_(None), Stay.ends_on >= on)
        .options(joinedload(Traveller.stay), joinedload(Traveller.person))
        .order_by(Stay.starts_on, Traveller.id)
    )
    return list(session.scalars(statement))


def country_of_place(session: Session, stay: Stay) -> str:
    """The country abroad in which the place of a stay lies, where a town of the body's twinnings bears that name."""
    words = fold(stay.place).split()
    own = [one for one in (stay.body_id, stay.body.parent_id) if one]
    shared = select(TwinningParty.twinning_id).where(TwinningParty.body_id.in_(own), TwinningParty.left_on.is_(None))
    towns = (
        select(Body.name, Body.country)
        .join(TwinningParty, TwinningParty.body_id == Body.id)
        .where(TwinningParty.twinning_id.in_(shared), Body.country != "FR", Body.country != "")
        .distinct()
    )
    for name, country in session.execute(towns) if words else ():
        wanted = fold(name).split()
        if any(words[start : start + len(wanted)] == wanted for start in range(len(words))):
            return str(country)
    return ""


def traveller_by_id(session: Session, traveller_id: int) -> Traveller | None:
    """A traveller with the stay, its body and the papers."""
    return session.get(
        Traveller,
        traveller_id,
        options=[
            joinedload(Traveller.person),
            joinedload(Traveller.stay).joinedload(Stay.body),
            joinedload(Traveller.host_family),
            selectinload(Traveller.papers),
        ],
    )


def guests_hidden_from(own: frozenset[int], towns: frozenset[int]) -> Select[int]:
    """Persons whom a committee keeps as hosts or travellers alone, hidden from who does not place guests there.

    ``own``: the bodies for which guests are placed; ``towns``: the communes for whose régie they are.
    """
    placing = select(Body.id).where(
        or_(Body.id.in_(own), and_(Body.parent_id.in_(towns), Body.kind == BodyKind.COMMITTEE_SERVICE))
    )
    hosts = (
        select(Person.id, Person.kept_by_body_id)
        .join(HostFamily, HostFamily.person_id == Person.id)
        .where(Person.kept_by_body_id == HostFamily.body_id, HostFamily.body_id.not_in(placing))
    )
    travellers = (
        select(Person.id, Person.kept_by_body_id)
        .join(Traveller, Traveller.person_id == Person.id)
        .join(Stay, Stay.id == Traveller.stay_id)
        .where(Person.kept_by_body_id == Stay.body_id, Stay.body_id.not_in(placing))
    )
    found = union(hosts, travellers).subquery()
    known_as_such = (
        exists().where(Member.person_id == found.c.id, Member.body_id == found.c.kept_by_body_id),
        exists().where(Mandate.person_id == found.c.id, Mandate.trashed_at.is_(None)),
        exists().where(TwinningPerson.person_id == found.c.id, TwinningPerson.trashed_at.is_(None)),
    )
    return select(found.c.id).where(not_(or_(*known_as_such)))


def mere_travellers() -> Select[int]:
    """Persons known by a stay alone: neither members, hosts, nor named by a mandate or a dossier."""
    elsewhere = (Member.person_id, HostFamily.person_id, Mandate.person_id, TwinningPerson.person_id)
    return select(Traveller.person_id).where(
        *(Traveller.person_id.not_in(select(one).where(one.is_not(None))) for one in elsewhere)
    )
