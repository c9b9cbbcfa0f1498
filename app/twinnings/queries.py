"""Reading twinnings: which ones a body may know, pages of them, their timeline, their anniversaries.

A body of a twinning knows it until the day it leaves. Who keeps the records of *all* its towns (a
federation that filled in a list) knows it too, until one of them keeps itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from sqlalchemy import Integer, and_, cast, exists, func, literal, or_, select, tuple_
from sqlalchemy.orm import aliased, contains_eager, joinedload, selectinload

from app.bodies.models import Body, BodyKind
from app.shared.folding import fold
from app.twinnings.models import Twinning, TwinningEvent, TwinningKind, TwinningParty, TwinningPerson

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from sqlalchemy import ColumnElement, Select
    from sqlalchemy.orm import Session

Bodies: TypeAlias = frozenset[int]
PAGE = 25


def is_own(bodies: Bodies) -> ColumnElement[bool]:
    """Bodies that are one of these or one of their services in régie."""
    return or_(Body.id.in_(bodies), and_(Body.kind == BodyKind.COMMITTEE_SERVICE, Body.parent_id.in_(bodies)))


def twinning_ids_of(bodies: Bodies) -> Select[int]:
    """The twinnings that these bodies are in today."""
    return (
        select(TwinningParty.twinning_id)
        .join(Body, Body.id == TwinningParty.body_id)
        .where(is_own(bodies), TwinningParty.left_on.is_(None))
    )


def is_visible_to(bodies: Bodies) -> ColumnElement[bool]:
    """Twinnings that these bodies may know."""
    party, record = aliased(TwinningParty), aliased(Body)
    kept = (
        select(party.twinning_id)
        .join(record, record.id == party.body_id)
        .where(record.kept_by_id.in_(bodies), party.left_on.is_(None))
    )
    others = (
        exists()
        .where(party.twinning_id == Twinning.id, party.is_town.is_(True), party.left_on.is_(None))
        .where(record.id == party.body_id)
        .where(or_(record.kept_by_id.is_(None), record.kept_by_id.not_in(bodies)))
    )
    return or_(Twinning.id.in_(twinning_ids_of(bodies)), and_(Twinning.id.in_(kept), ~others))


def bodies_sharing_with(bodies: Bodies) -> Select[int]:
    """Bodies that are in a twinning together with one of these."""
    return (
        select(TwinningParty.body_id)
        .join(Twinning, Twinning.id == TwinningParty.twinning_id)
        .where(
            TwinningParty.left_on.is_(None),
            Twinning.trashed_at.is_(None),
            TwinningParty.twinning_id.in_(twinning_ids_of(bodies)),
        )
    )


def persons_met_by(bodies: Bodies) -> Select[int]:
    """Persons of the dossiers that these bodies share."""
    return select(TwinningPerson.person_id).where(
        TwinningPerson.trashed_at.is_(None), TwinningPerson.twinning_id.in_(twinning_ids_of(bodies))
    )


def twinning_by_id(session: Session, twinning_id: int) -> Twinning | None:
    """The twinning with its parties, in the trash or not; two queries."""
    return session.scalar(
        select(Twinning)
        .where(Twinning.id == twinning_id)
        .options(joinedload(Twinning.kind), selectinload(Twinning.parties).joinedload(TwinningParty.body))
    )


def event_by_id(session: Session, event_id: int) -> TwinningEvent | None:
    """A point of a timeline, with its twinning."""
    event = session.get(TwinningEvent, event_id)
    return event if event is not None and twinning_by_id(session, event.twinning_id) else None


def person_by_id(session: Session, dossier_person_id: int) -> TwinningPerson | None:
    """Somebody of a dossier, with the twinning."""
    found = session.get(TwinningPerson, dossier_person_id)
    return found if found is not None and twinning_by_id(session, found.twinning_id) else None


def party_by_id(session: Session, party_id: int) -> TwinningParty | None:
    """A body's part in a twinning."""
    found = session.get(TwinningParty, party_id)
    return found if found is not None and twinning_by_id(session, found.twinning_id) else None


def present_parties(twinning: Twinning) -> list[TwinningParty]:
    """The bodies that have not left."""
    return [party for party in twinning.parties if party.left_on is None]


def holds(bodies: Bodies, twinning: Twinning) -> bool:
    """Whether one of these bodies is in the twinning, or keeps the records of all its towns."""
    present = present_parties(twinning)
    if any(_is_own(bodies, party.body) for party in present):
        return True
    towns = [party for party in present if party.is_town]
    return bool(towns) and all(party.body.kept_by_id in bodies for party in towns)


def _is_own(bodies: Bodies, body: Body) -> bool:
    return body.id in bodies or (body.kind == BodyKind.COMMITTEE_SERVICE and body.parent_id in bodies)


def own_side(twinning: Twinning, bodies: Iterable[int]) -> int:
    """The side on which one of these bodies stands; else that of the French, else the first."""
    own = frozenset(bodies)
    for party in twinning.parties:
        if _is_own(own, party.body):
            return party.side
    for party in twinning.parties:
        if party.body.kept_by_id not in own and party.body.country == "FR":
            return party.side
    return min((party.side for party in twinning.parties), default=1)


def partner_towns(parties: Iterable[TwinningParty], body_id: int) -> list[Body]:
    """The towns across from a body: neighbours that stand on its own side are no partners of it."""
    present = [party for party in parties if party.left_on is None]
    mine = {party.side for party in present if party.body_id == body_id}
    return [party.body for party in present if party.is_town and party.side not in mine and party.body_id != body_id]


def sides(twinning: Twinning, bodies: Iterable[int]) -> list[list[TwinningParty]]:
    """The parties by side, the reader's own side first."""
    mine = own_side(twinning, bodies)
    numbers = sorted({party.side for party in twinning.parties}, key=lambda side: (side != mine, side))
    return [[party for party in twinning.parties if party.side == number] for number in numbers]


def twinnings_between(
    session: Session, kind_id: int, own: Iterable[int], others: Iterable[int], *, visible_to: Bodies
) -> list[Twinning]:
    """Twinnings of this kind that join one of these bodies with one of those, the trash included."""
    one, other = aliased(TwinningParty), aliased(TwinningParty)
    joined = (
        select(one.twinning_id)
        .join(other, and_(other.twinning_id == one.twinning_id, other.side != one.side))
        .where(one.body_id.in_(list(own)), other.body_id.in_(list(others)))
    )
    statement = select(Twinning).where(Twinning.kind_id == kind_id, Twinning.id.in_(joined), is_visible_to(visible_to))
    return list(session.scalars(statement.order_by(Twinning.id).limit(PAGE)))


def kinds(session: Session, *, retired: bool = False) -> list[TwinningKind]:
    """The kinds of twinning that may be chosen, in their order; or all of them."""
    statement = select(TwinningKind).order_by(TwinningKind.position, TwinningKind.id)
    return list(session.scalars(statement if retired else statement.where(TwinningKind.retired_at.is_(None))))


@dataclass(frozen=True, kw_only=True)
class TwinningFilter:
    """Which twinnings a list shows."""

    words: str = ""
    stage: str = ""
    country: str = ""
    kind_id: int = 0
    trashed: bool = False


class TwinningRow(NamedTuple):
    """A line of the list; ``folded`` and ``id`` are its place in it."""

    id: int
    stage: str
    title: str
    kind_id: int
    folded: str


def page_of_twinnings(
    session: Session,
    bodies: Bodies,
    wanted: TwinningFilter,
    *,
    after: tuple[str, int] | None = None,
    limit: int | None = PAGE + 1,
) -> list[TwinningRow]:
    """Twinnings by the name of the partner, a page and one more; ``after`` is the place of the last one shown."""
    partner = _partner(bodies)
    statement = (
        select(Twinning.id, Twinning.stage, Twinning.title, Twinning.kind_id, partner)
        .where(is_visible_to(bodies), *_conditions(wanted))
        .order_by(partner, Twinning.id)
        .limit(limit)
    )
    if after is not None:
        statement = statement.where(tuple_(partner, Twinning.id) > tuple_(literal(after[0]), literal(after[1])))
    return [TwinningRow(*row) for row in session.execute(statement)]


def _partner(bodies: Bodies) -> ColumnElement[str]:
    """The first name among the towns that are not one's own."""
    party, town = aliased(TwinningParty), aliased(Body)
    name = (
        select(func.min(town.folded))
        .join(party, party.body_id == town.id)
        .where(party.twinning_id == Twinning.id, party.is_town.is_(True), town.id.not_in(bodies))
        .correlate(Twinning)
        .scalar_subquery()
    )
    return func.coalesce(name, "")


def _conditions(wanted: TwinningFilter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [
        Twinning.trashed_at.is_not(None) if wanted.trashed else Twinning.trashed_at.is_(None)
    ]
    if wanted.stage:
        found.append(Twinning.stage == wanted.stage)
    if wanted.kind_id:
        found.append(Twinning.kind_id == wanted.kind_id)
    if wanted.country:
        found.append(_has_party(Body.country == wanted.country))
    found += [_has_party(Body.folded.contains(word, autoescape=True)) for word in fold(wanted.words[:200]).split()]
    return found


def _has_party(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    return Twinning.id.in_(
        select(TwinningParty.twinning_id).join(Body, Body.id == TwinningParty.body_id).where(condition)
    )


def parties_of(session: Session, twinning_ids: Iterable[int]) -> dict[int, list[TwinningParty]]:
    """The parties of several twinnings with their bodies, in one query."""
    statement = (
        select(TwinningParty)
        .join(TwinningParty.body)
        .options(contains_eager(TwinningParty.body))
        .where(TwinningParty.twinning_id.in_(list(twinning_ids)))
        .order_by(TwinningParty.side, TwinningParty.position, TwinningParty.id)
    )
    found: dict[int, list[TwinningParty]] = {}
    for party in session.scalars(statement):
        found.setdefault(party.twinning_id, []).append(party)
    return found


def countries_of(session: Session, bodies: Bodies) -> list[str]:
    """The countries of the towns in these bodies' twinnings."""
    statement = (
        select(Body.country)
        .join(TwinningParty, TwinningParty.body_id == Body.id)
        .join(Twinning, Twinning.id == TwinningParty.twinning_id)
        .where(is_visible_to(bodies), Twinning.trashed_at.is_(None))
        .distinct()
    )
    return sorted(code for code in session.scalars(statement) if code)


class Mark(NamedTuple):
    """A place in a timeline: when it sorts (0 for an unknown date) and the number of the event."""

    day: int
    id: int

    def __str__(self) -> str:
        """Write it as an address carries it."""
        return f"{self.day}-{self.id}"

    @staticmethod
    def read(text: str) -> Mark | None:
        """Read one; None when it is none."""
        day, _, number = text.partition("-")
        if not all(part.isascii() and part.isdecimal() and len(part) < 10 for part in (day, number)):  # noqa: PLR2004  # an integer
            return None
        return Mark(int(day), int(number))


def day_number(day: date | None) -> int:
    """A day as a number that sorts on both databases: 20160917; 0 when it is not known."""
    return 0 if day is None else day.year * 10_000 + day.month * 100 + day.day


def _sort_number(session: Session) -> ColumnElement[int]:
    """The same in the database."""
    if session.get_bind().dialect.name == "sqlite":
        text = func.replace(TwinningEvent.when_sort, "-", "")
    else:
        text = func.to_char(TwinningEvent.when_sort, "YYYYMMDD")
    return func.coalesce(cast(text, Integer), 0)


def page_of_events(session: Session, twinning_id: int, *, before: Mark | None = None) -> list[TwinningEvent]:
    """A page of the timeline and one more event, newest first; those without a date come last."""
    number = _sort_number(session)
    statement = (
        select(TwinningEvent)
        .where(TwinningEvent.twinning_id == twinning_id, TwinningEvent.trashed_at.is_(None))
        .order_by(number.desc(), TwinningEvent.id.desc())
        .limit(PAGE + 1)
    )
    if before is not None:
        statement = statement.where(tuple_(number, TwinningEvent.id) < tuple_(literal(before.day), literal(before.id)))
    return list(session.scalars(statement))


def landmarks(session: Session, twinning_id: int) -> list[TwinningEvent]:
    """The changes of stage, signatures and renewals, the oldest first: what the next step depends on."""
    statement = select(TwinningEvent).where(
        TwinningEvent.twinning_id == twinning_id,
        TwinningEvent.trashed_at.is_(None),
        TwinningEvent.kind.in_(("stage", "signature", "renewal")),
    )
    return sorted(session.scalars(statement), key=lambda event: (day_number(event.when_sort), event.id))


def trashed_events(session: Session, twinning_id: int) -> Sequence[TwinningEvent]:
    """What was taken out of the timeline, newest first; at most a page of it."""
    statement = (
        select(TwinningEvent)
        .where(TwinningEvent.twinning_id == twinning_id, TwinningEvent.trashed_at.is_not(None))
        .order_by(TwinningEvent.trashed_at.desc(), TwinningEvent.id.desc())
        .limit(PAGE)
    )
    return session.scalars(statement).all()


def people_of(session: Session, twinning_id: int) -> Sequence[TwinningPerson]:
    """The people of a dossier, on all sides, those in duty first."""
    statement = (
        select(TwinningPerson)
        .where(TwinningPerson.twinning_id == twinning_id, TwinningPerson.trashed_at.is_(None))
        .options(joinedload(TwinningPerson.person), joinedload(TwinningPerson.body))
        .order_by(TwinningPerson.until.is_not(None), TwinningPerson.duty, TwinningPerson.id)
        .limit(200)
    )
    return session.scalars(statement).all()


def trashed_people(session: Session, twinning_id: int) -> Sequence[TwinningPerson]:
    """Who was taken out of the dossier, the latest first."""
    statement = (
        select(TwinningPerson)
        .where(TwinningPerson.twinning_id == twinning_id, TwinningPerson.trashed_at.is_not(None))
        .options(joinedload(TwinningPerson.person))
        .order_by(TwinningPerson.trashed_at.desc(), TwinningPerson.id.desc())
        .limit(PAGE)
    )
    return session.scalars(statement).all()


def twinnings_of_body(session: Session, body_id: int) -> Sequence[TwinningParty]:
    """The part that a body has today in each of its twinnings, the trash left out."""
    statement = (
        select(TwinningParty)
        .join(Twinning, Twinning.id == TwinningParty.twinning_id)
        .where(TwinningParty.body_id == body_id, TwinningParty.left_on.is_(None), Twinning.trashed_at.is_(None))
        .options(selectinload(TwinningParty.twinning).selectinload(Twinning.parties).joinedload(TwinningParty.body))
        .order_by(TwinningParty.id)
        .limit(PAGE)
    )
    return session.scalars(statement).all()


def open_duties(session: Session, person_ids: Iterable[int], body_id: int) -> Sequence[TwinningPerson]:
    """The dossiers that people still follow in the name of a body."""
    statement = (
        select(TwinningPerson)
        .join(Twinning, Twinning.id == TwinningPerson.twinning_id)
        .where(
            TwinningPerson.person_id.in_(list(person_ids)),
            TwinningPerson.body_id == body_id,
            TwinningPerson.until.is_(None),
            TwinningPerson.trashed_at.is_(None),
            Twinning.trashed_at.is_(None),
        )
        .options(selectinload(TwinningPerson.twinning).selectinload(Twinning.parties).joinedload(TwinningParty.body))
    )
    return session.scalars(statement).all()
