"""What is read about ceremonies, in a number of queries that does not grow with their programmes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, or_, select, tuple_
from sqlalchemy.orm import joinedload, selectinload

from app.accounts.models import Account, RoleGrant
from app.accounts.queries import holds
from app.ceremonies.models import CalendarFeed, Ceremony, CeremonyStatus, ProgrammeItem, ceremony_twinning
from app.places import clocks
from app.twinnings.models import Twinning, TwinningParty
from app.twinnings.queries import present_parties

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from sqlalchemy import ColumnElement, Select
    from sqlalchemy.orm import Session

    from app.bodies.models import Body

PAGE = 25
MOST_TO_COME = 50


def bodies_of(thing: object) -> frozenset[int]:
    """The bodies that share a ceremony, a moment, a twinning or an agenda; not those that have left."""
    if isinstance(thing, ProgrammeItem):
        return bodies_of(thing.ceremony)
    if isinstance(thing, Twinning):
        return frozenset(party.body_id for party in present_parties(thing))
    if isinstance(thing, Ceremony):
        own = {thing.owner_body_id, thing.host_body_id} - {None}
        shared = {party.body_id for twinning in thing.twinnings for party in present_parties(twinning)}
        return frozenset(own | shared)  # type: ignore[arg-type]  # None was taken out
    if isinstance(thing, CalendarFeed):
        opened = frozenset() if thing.body_id is None else frozenset({thing.body_id})
        return bodies_of(thing.ceremony or thing.twinning) | opened
    return frozenset()


def clock_of(body: Body) -> str:
    """The zone of a body; empty where its country has several and nobody said which."""
    return body.timezone if body.place_id else clocks.believable(body.timezone, body.country)


def clocks_to_ask(twinning: Twinning) -> list[str]:
    """The zones among which a human must choose, should one of these towns be the host."""
    unsure = {party.body.country for party in twinning.parties if party.is_town and not clock_of(party.body)}
    return [zone for country in sorted(unsure) for zone in clocks.zones_of(country)]


def ceremony_to_see(session: Session, ceremony_id: int) -> Ceremony | None:
    """A ceremony with all that its page shows."""
    return session.scalar(_whole().where(Ceremony.id == ceremony_id, Ceremony.trashed_at.is_(None)))


def ceremony_in_trash(session: Session, ceremony_id: int) -> Ceremony | None:
    """A ceremony that was put in the trash."""
    return session.scalar(_whole().where(Ceremony.id == ceremony_id, Ceremony.trashed_at.is_not(None)))


def item_to_edit(session: Session, ceremony_id: int, item_id: int) -> ProgrammeItem | None:
    """A moment of a ceremony, in the trash or not, with its ceremony."""
    ceremony = ceremony_to_see(session, ceremony_id)
    if ceremony is None:
        return None
    return next((item for item in ceremony.items if item.id == item_id), None)


def ceremonies_by_uid(session: Session, uids: Iterable[str] | None = None) -> Sequence[Ceremony]:
    """Whole ceremonies named by their uids, or all that are not in the trash, oldest first."""
    statement = _whole().where(Ceremony.trashed_at.is_(None)).order_by(Ceremony.sort_day, Ceremony.id)
    if uids is not None:
        statement = statement.where(Ceremony.uid.in_(list(uids)))
    return session.scalars(statement).all()


@dataclass(frozen=True)
class Listed:
    """One line of a list, without the programme."""

    id: int
    title: dict[str, Any]
    status: str
    sort_day: date
    last_day: date
    details: dict[str, Any]


def listed(
    session: Session,
    *,
    body_ids: Iterable[int],
    after: tuple[date, int] | None = None,
    before: tuple[date, int] | None = None,
    trashed: bool = False,
    limit: int = PAGE,
) -> list[Listed]:
    """One page of the ceremonies that these bodies share, latest first; one more than a page tells there is another."""
    key = tuple_(Ceremony.sort_day, Ceremony.id)
    statement = _lines(body_ids).where(Ceremony.trashed_at.is_not(None) if trashed else Ceremony.trashed_at.is_(None))
    if before is not None:
        rows = session.execute(
            statement.where(key > before).order_by(Ceremony.sort_day, Ceremony.id).limit(limit + 1)
        ).all()
        return [Listed(*row) for row in reversed(rows)]
    if after is not None:
        statement = statement.where(key < after)
    statement = statement.order_by(Ceremony.sort_day.desc(), Ceremony.id.desc()).limit(limit + 1)
    return [Listed(*row) for row in session.execute(statement)]


def upcoming_events(session: Session, *, body_ids: Iterable[int], on: date, limit: int = 10) -> list[Listed]:
    """The ceremonies of these bodies that are not over on that day, soonest first; for the home page."""
    statement = (
        _lines(body_ids)
        .where(Ceremony.trashed_at.is_(None), Ceremony.last_day >= on)
        .order_by(Ceremony.sort_day, Ceremony.id)
        .limit(limit)
    )
    return [Listed(*row) for row in session.execute(statement)]


def ceremonies_to_come(session: Session, body_id: int, *, on: date) -> Sequence[Ceremony]:
    """The ceremonies of a body that are neither over nor called off, with their programmes."""
    statement = (
        select(Ceremony)
        .options(selectinload(Ceremony.items))
        .where(is_visible_to([body_id]), Ceremony.trashed_at.is_(None), Ceremony.last_day >= on)
        .where(Ceremony.status.not_in((CeremonyStatus.CANCELLED, CeremonyStatus.HELD)))
        .order_by(Ceremony.sort_day, Ceremony.id)
        .limit(MOST_TO_COME)
    )
    return session.scalars(statement).all()


def agendas_shared(session: Session, body_id: int) -> Sequence[tuple[CalendarFeed, int | None]]:
    """The open agendas of a body, with the record of the person who opened each, where that is known.

    One that an older version opened in no body's name is that of all who share what it shows.
    """
    twinnings = select(TwinningParty.twinning_id).where(
        TwinningParty.body_id == body_id, TwinningParty.left_on.is_(None)
    )
    ceremonies = select(Ceremony.id).where(is_visible_to([body_id]))
    statement = (
        select(CalendarFeed, Account.person_id)
        .outerjoin(Account, Account.id == CalendarFeed.created_by_id)
        .where(CalendarFeed.revoked_at.is_(None))
        .where(
            or_(
                CalendarFeed.body_id == body_id,
                and_(
                    CalendarFeed.body_id.is_(None),
                    or_(CalendarFeed.twinning_id.in_(twinnings), CalendarFeed.ceremony_id.in_(ceremonies)),
                ),
            )
        )
        .order_by(CalendarFeed.id)
    )
    return [(feed, person_id) for feed, person_id in session.execute(statement)]


def ceremonies_of_twinning(session: Session, twinning_id: int, *, limit: int = 50) -> list[Listed]:
    """The ceremonies of one twinning, latest first; for its dossier."""
    chosen = select(ceremony_twinning.c.ceremony_id).where(ceremony_twinning.c.twinning_id == twinning_id)
    statement = (
        _columns()
        .where(Ceremony.trashed_at.is_(None), Ceremony.id.in_(chosen))
        .order_by(Ceremony.sort_day.desc(), Ceremony.id.desc())
        .limit(limit)
    )
    return [Listed(*row) for row in session.execute(statement)]


def twinnings_to_choose(session: Session, body_ids: Iterable[int]) -> Sequence[Twinning]:
    """The twinnings of these bodies with their parties, for a form."""
    mine = select(TwinningParty.twinning_id).where(
        TwinningParty.body_id.in_(list(body_ids)), TwinningParty.left_on.is_(None)
    )
    statement = (
        select(Twinning)
        .where(Twinning.id.in_(mine), Twinning.trashed_at.is_(None))
        .options(selectinload(Twinning.parties).joinedload(TwinningParty.body))
        .order_by(Twinning.id)
        .limit(300)
    )
    return session.scalars(statement).all()


def feeds_of(session: Session, *, account_id: int, body_ids: Iterable[int]) -> Sequence[CalendarFeed]:
    """The calendars a person may see: their own, and those of what their bodies share or have opened."""
    bodies = list(body_ids)
    twinnings = select(TwinningParty.twinning_id).where(
        TwinningParty.body_id.in_(bodies), TwinningParty.left_on.is_(None)
    )
    statement = (
        select(CalendarFeed)
        .where(
            or_(
                CalendarFeed.account_id == account_id,
                CalendarFeed.body_id.in_(bodies),
                CalendarFeed.twinning_id.in_(twinnings),
                CalendarFeed.ceremony_id.in_(select(Ceremony.id).where(is_visible_to(bodies))),
            )
        )
        .options(
            joinedload(CalendarFeed.ceremony).selectinload(Ceremony.twinnings).selectinload(Twinning.parties),
            joinedload(CalendarFeed.twinning).selectinload(Twinning.parties).joinedload(TwinningParty.body),
            joinedload(CalendarFeed.body),
        )
        .order_by(CalendarFeed.revoked_at.is_not(None), CalendarFeed.id.desc())
        .limit(200)
    )
    return session.scalars(statement).all()


def known_to_leavers(session: Session, feeds: Sequence[CalendarFeed], *, on: date) -> set[int]:
    """Which open agendas of a body were opened by somebody who has no role in it any more and knows the address."""
    asked = {(feed.created_by_id, feed.body_id) for feed in feeds if feed.body_id and feed.created_by_id}
    held = select(RoleGrant.account_id, RoleGrant.body_id).where(
        tuple_(RoleGrant.account_id, RoleGrant.body_id).in_(list(asked)), holds(on)
    )
    staying = {(account_id, body_id) for account_id, body_id in session.execute(held)} if asked else set()
    return {
        feed.id
        for feed in feeds
        if feed.revoked_at is None and (pair := (feed.created_by_id, feed.body_id)) in asked and pair not in staying
    }


def feed_to_revoke(session: Session, feed_id: int) -> CalendarFeed | None:
    """A calendar that is still open, with what it shows."""
    statement = (
        select(CalendarFeed)
        .where(CalendarFeed.id == feed_id, CalendarFeed.revoked_at.is_(None))
        .options(
            joinedload(CalendarFeed.ceremony).selectinload(Ceremony.twinnings).selectinload(Twinning.parties),
            joinedload(CalendarFeed.twinning).selectinload(Twinning.parties),
        )
    )
    return session.scalar(statement)


def twinning_to_follow(session: Session, twinning_id: int) -> Twinning | None:
    """A twinning with its parties, to make a calendar of it."""
    statement = (
        select(Twinning)
        .where(Twinning.id == twinning_id, Twinning.trashed_at.is_(None))
        .options(selectinload(Twinning.parties))
    )
    return session.scalar(statement)


def is_visible_to(bodies: Iterable[int] | Select[int]) -> ColumnElement[bool]:
    """Ceremonies of these bodies' twinnings, those they hold and those they host."""
    shared = (
        select(ceremony_twinning.c.ceremony_id)
        .join(TwinningParty, TwinningParty.twinning_id == ceremony_twinning.c.twinning_id)
        .where(TwinningParty.body_id.in_(bodies), TwinningParty.left_on.is_(None))
    )
    return or_(Ceremony.owner_body_id.in_(bodies), Ceremony.host_body_id.in_(bodies), Ceremony.id.in_(shared))


def _columns() -> Select[Any]:
    return select(Ceremony.id, Ceremony.title, Ceremony.status, Ceremony.sort_day, Ceremony.last_day, Ceremony.details)


def _lines(body_ids: Iterable[int]) -> Select[Any]:
    return _columns().where(is_visible_to(list(body_ids)))


def _whole() -> Select[Ceremony]:
    return select(Ceremony).options(
        selectinload(Ceremony.items),
        selectinload(Ceremony.twinnings).selectinload(Twinning.parties).joinedload(TwinningParty.body),
        joinedload(Ceremony.owner_body),
        joinedload(Ceremony.host_body),
    )
