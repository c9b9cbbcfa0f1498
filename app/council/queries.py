"""Reading councils, meetings, acts and subsidies: one of them whole in a fixed number of queries, or a page."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import and_, func, or_, select, tuple_
from sqlalchemy.orm import joinedload, selectinload

from app.bodies.models import Body, BodyKind, Function, Mandate
from app.bodies.queries import is_in_office, mandates_in_office
from app.council.models import (
    Act,
    ActStatus,
    AgendaPoint,
    CheckOverride,
    Council,
    Meeting,
    MeetingStatus,
    SamePerson,
    Seat,
    Subsidy,
)
from app.council.models.meetings import Movement, Proxy, Recusal
from app.people.naming import compared
from app.twinnings.models import Twinning, TwinningParty
from app.twinnings.queries import twinning_ids_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, datetime

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from app.people.models import Person

PAGE = 25
Bodies = frozenset[int]
COUNCIL_FUNCTIONS = (Function.MAYOR, Function.DEPUTY_MAYOR, Function.COUNCILLOR)
BOARD_FUNCTIONS = (
    Function.PRESIDENT,
    Function.VICE_PRESIDENT,
    Function.SECRETARY,
    Function.TREASURER,
    Function.BOARD_MEMBER,
)
VOTED = (ActStatus.ADOPTED, ActStatus.REJECTED)
"""A deliberation in one of these states is a public act (CGCT, L2121-26): who shares the twinning may read it."""


class MeetingRow(NamedTuple):
    """A line of the list of meetings."""

    id: int
    body_id: int
    body_name: str
    starts_at: datetime
    place: str
    status: str
    is_urgent: bool


def councils_of(session: Session, bodies: Bodies) -> dict[int, Council]:
    """What was told of the councils of these communes."""
    return {one.body_id: one for one in session.scalars(select(Council).where(Council.body_id.in_(bodies)))}


def commune_by_id(session: Session, body_id: int) -> Body | None:
    """The commune of this identifier, with its place; no other kind of body has a municipal council."""
    body = session.get(Body, body_id, options=[joinedload(Body.place)])
    return body if body is not None and body.kind == BodyKind.COMMUNE else None


def commune_of_year(session: Session, body_id: int, year: int) -> Body | None:
    """The commune, for the register of a year."""
    return commune_by_id(session, body_id) if 1800 < year < 2200 else None  # noqa: PLR2004  # years that exist


def council_of(session: Session, body_id: int) -> Council | None:
    """What was told of the council of a commune."""
    return session.scalar(select(Council).where(Council.body_id == body_id))


def communes_among(session: Session, bodies: Bodies) -> list[Body]:
    """The communes among these bodies, by name."""
    statement = select(Body).where(Body.id.in_(bodies), Body.kind == BodyKind.COMMUNE, Body.trashed_at.is_(None))
    return list(session.scalars(statement.order_by(Body.folded, Body.id)))


def councillors(session: Session, body_id: int, *, on: date) -> list[Mandate]:
    """Who sits in the council on a day: the mayor, the deputies in their order, the councillors by name."""
    held = mandates_in_office(session, body_id, on=on)
    chosen: dict[int, Mandate] = {}
    for function in COUNCIL_FUNCTIONS:
        for mandate in held:
            if mandate.function == function:
                chosen.setdefault(mandate.person_id, mandate)
    return list(chosen.values())


# --- meetings ---


def meeting_by_id(session: Session, meeting_id: int) -> Meeting | None:
    """A meeting with all that happened in it; a fixed number of queries."""
    return session.scalar(
        select(Meeting)
        .where(Meeting.id == meeting_id)
        .options(
            joinedload(Meeting.body).joinedload(Body.place),
            selectinload(Meeting.points).joinedload(AgendaPoint.act),
            selectinload(Meeting.points).selectinload(AgendaPoint.recusals).joinedload(Recusal.seat),
            selectinload(Meeting.seats).selectinload(Seat.movements),
            selectinload(Meeting.proxies).joinedload(Proxy.giver),
            selectinload(Meeting.proxies).joinedload(Proxy.holder),
        )
    )


def meeting_to_print(session: Session, meeting_id: int, document: str) -> Meeting | None:
    """A meeting, for one of its documents."""
    return meeting_by_id(session, meeting_id) if document in MEETING_DOCUMENTS else None


MEETING_DOCUMENTS = frozenset({"convocation", "note-de-synthese", "feuille", "proces-verbal", "liste", "affichage"})
ACT_DOCUMENTS = frozenset({"deliberation", "extrait", "certificat", "affichage"})


def point_by_id(session: Session, point_id: int) -> AgendaPoint | None:
    """An item, with its meeting whole."""
    point = session.get(AgendaPoint, point_id)
    if point is None:
        return None
    meeting = meeting_by_id(session, point.meeting_id)
    return point if meeting is not None else None


def seat_by_id(session: Session, seat_id: int) -> Seat | None:
    """A seat, with its meeting whole."""
    seat = session.get(Seat, seat_id)
    if seat is None:
        return None
    return seat if meeting_by_id(session, seat.meeting_id) is not None else None


def proxy_by_id(session: Session, proxy_id: int) -> Proxy | None:
    """A proxy, with its meeting whole."""
    proxy = session.get(Proxy, proxy_id)
    if proxy is None:
        return None
    return proxy if meeting_by_id(session, proxy.meeting_id) is not None else None


def movement_by_id(session: Session, movement_id: int) -> Movement | None:
    """An arrival or a departure, with its meeting whole."""
    move = session.get(Movement, movement_id)
    return move if move is not None and seat_by_id(session, move.seat_id) is not None else None


def recusal_by_id(session: Session, recusal_id: int) -> Recusal | None:
    """A withdrawal, with its item and meeting."""
    found = session.get(Recusal, recusal_id)
    return found if found is not None and point_by_id(session, found.point_id) is not None else None


def page_of_meetings(
    session: Session,
    bodies: Bodies,
    *,
    before: tuple[datetime, int] | None = None,
    trashed: bool = False,
) -> list[MeetingRow]:
    """A page of meetings and one more, the latest first."""
    key = tuple_(Meeting.starts_at, Meeting.id)
    statement = (
        select(
            Meeting.id, Meeting.body_id, Body.name, Meeting.starts_at, Meeting.place, Meeting.status, Meeting.is_urgent
        )
        .join(Body, Body.id == Meeting.body_id)
        .where(Meeting.body_id.in_(bodies))
        .where(Meeting.trashed_at.is_not(None) if trashed else Meeting.trashed_at.is_(None))
        .order_by(Meeting.starts_at.desc(), Meeting.id.desc())
        .limit(PAGE + 1)
    )
    if before is not None:
        statement = statement.where(key < tuple_(*before))
    return [MeetingRow(*row) for row in session.execute(statement)]


def upcoming_meetings(session: Session, bodies: Bodies, *, at: datetime, limit: int = 8) -> Sequence[Meeting]:
    """Meetings that are prepared or that will be held, the nearest first."""
    statement = (
        select(Meeting)
        .where(Meeting.body_id.in_(bodies), Meeting.trashed_at.is_(None), Meeting.starts_at >= at)
        .where(Meeting.status.in_([MeetingStatus.DRAFT, MeetingStatus.CONVENED, MeetingStatus.OPEN]))
        .options(joinedload(Meeting.body).joinedload(Body.place))
        .order_by(Meeting.starts_at, Meeting.id)
        .limit(limit)
    )
    return session.scalars(statement).all()


def meetings_to_publish(session: Session, bodies: Bodies, *, limit: int = 8) -> Sequence[Meeting]:
    """Meetings whose list of deliberations is not yet put up, the oldest first."""
    statement = (
        select(Meeting)
        .where(Meeting.body_id.in_(bodies), Meeting.trashed_at.is_(None))
        .where(Meeting.status == MeetingStatus.CLOSED, Meeting.list_posted_on.is_(None))
        .order_by(Meeting.starts_at, Meeting.id)
        .limit(limit)
    )
    return session.scalars(statement).all()


def meetings_to_choose(session: Session, body_id: int) -> Sequence[Meeting]:
    """Meetings whose agenda is still open, the nearest first."""
    statement = (
        select(Meeting)
        .where(Meeting.body_id == body_id, Meeting.status == MeetingStatus.DRAFT, Meeting.trashed_at.is_(None))
        .order_by(Meeting.starts_at, Meeting.id)
        .limit(20)
    )
    return session.scalars(statement).all()


def point_of_act(session: Session, act_id: int) -> AgendaPoint | None:
    """The latest item in which an act was called, with its meeting whole."""
    found = session.scalar(
        select(AgendaPoint.id)
        .where(AgendaPoint.act_id == act_id, AgendaPoint.trashed_at.is_(None))
        .order_by(AgendaPoint.id.desc())
        .limit(1)
    )
    return point_by_id(session, found) if found is not None else None


def consecutive_proxies(session: Session, meeting: Meeting, person_id: int) -> int:
    """In how many meetings in a row, this one included, somebody is represented."""
    earlier = session.scalars(
        select(Meeting.id)
        .where(
            Meeting.body_id == meeting.body_id,
            Meeting.starts_at < meeting.starts_at,
            Meeting.trashed_at.is_(None),
            Meeting.status == MeetingStatus.CLOSED,
        )
        .order_by(Meeting.starts_at.desc(), Meeting.id.desc())
        .limit(6)
    ).all()
    given = set(
        session.scalars(
            select(Proxy.meeting_id)
            .join(Seat, Seat.id == Proxy.giver_id)
            .where(Seat.person_id == person_id, Proxy.meeting_id.in_(earlier))
        )
    )
    count = 1
    for number in earlier:
        if number not in given:
            break
        count += 1
    return count


# --- acts ---


def is_visible_to(bodies: Bodies) -> ColumnElement[bool]:
    """Acts that these bodies may read: their own, and those that were voted on a twinning they share."""
    shared = and_(Act.status.in_(VOTED), Act.twinning_id.in_(twinning_ids_of(bodies)))
    return or_(Act.body_id.in_(bodies), shared)


def act_by_id(session: Session, act_id: int) -> Act | None:
    """An act with what hangs on it."""
    return session.scalar(
        select(Act)
        .where(Act.id == act_id)
        .options(
            joinedload(Act.body).joinedload(Body.place),
            joinedload(Act.twinning).selectinload(Twinning.parties).joinedload(TwinningParty.body),
            joinedload(Act.convention),
            joinedload(Act.version),
            selectinload(Act.events),
        )
    )


def act_to_print(session: Session, act_id: int, document: str) -> Act | None:
    """An act, for one of its documents."""
    return act_by_id(session, act_id) if document in ACT_DOCUMENTS else None


def page_of_acts(
    session: Session, bodies: Bodies, *, before: tuple[datetime, int] | None = None, trashed: bool = False
) -> list[Act]:
    """A page of acts and one more, the last changed first."""
    key = tuple_(Act.changed_at, Act.id)
    statement = (
        select(Act)
        .where(is_visible_to(bodies), Act.trashed_at.is_not(None) if trashed else Act.trashed_at.is_(None))
        .options(joinedload(Act.body))
        .order_by(Act.changed_at.desc(), Act.id.desc())
        .limit(PAGE + 1)
    )
    if before is not None:
        statement = statement.where(key < tuple_(*before))
    return list(session.scalars(statement))


def acts_of_twinning(session: Session, twinning_id: int, bodies: Bodies) -> Sequence[Act]:
    """The acts on one twinning that these bodies may read, the latest first."""
    statement = (
        select(Act)
        .where(Act.twinning_id == twinning_id, Act.trashed_at.is_(None), is_visible_to(bodies))
        .order_by(Act.changed_at.desc(), Act.id.desc())
        .limit(50)
    )
    return session.scalars(statement).all()


def acts_on_convention(session: Session, convention_id: int) -> Sequence[Act]:
    """The acts to which a text is annexed, the latest first."""
    statement = (
        select(Act)
        .where(Act.convention_id == convention_id, Act.trashed_at.is_(None))
        .options(joinedload(Act.version), selectinload(Act.events))
        .order_by(Act.id.desc())
    )
    return session.scalars(statement).all()


def acts_ready(session: Session, body_id: int) -> Sequence[Act]:
    """Acts that may be put on an agenda: validated, or adjourned by an earlier meeting."""
    statement = (
        select(Act)
        .where(Act.body_id == body_id, Act.trashed_at.is_(None))
        .where(Act.status.in_([ActStatus.VALIDATED, ActStatus.ADJOURNED]))
        .order_by(Act.changed_at.desc(), Act.id.desc())
        .limit(50)
    )
    return session.scalars(statement).all()


def acts_to_follow(session: Session, bodies: Bodies, *, limit: int = 8) -> Sequence[Act]:
    """Adopted acts that are not yet both transmitted and published."""
    statement = (
        select(Act)
        .where(Act.body_id.in_(bodies), Act.trashed_at.is_(None), Act.status == ActStatus.ADOPTED)
        .where(or_(Act.transmitted_on.is_(None), Act.published_on.is_(None)))
        .order_by(Act.voted_on, Act.id)
        .limit(limit)
    )
    return session.scalars(statement).all()


def register_of(session: Session, body_id: int, year: int) -> Sequence[Act]:
    """The acts of one year in the order of the register."""
    statement = select(Act).where(Act.body_id == body_id, Act.register_year == year).order_by(Act.register_rank)
    return session.scalars(statement).all()


def last_rank(session: Session, body_id: int, year: int) -> int:
    """The last number of the register in a year."""
    return (
        session.scalar(select(func.max(Act.register_rank)).where(Act.body_id == body_id, Act.register_year == year))
        or 0
    )


def overrides_of(session: Session, *, meeting_id: int | None = None, act_id: int | None = None) -> list[CheckOverride]:
    """What somebody went past, for a meeting or an act."""
    statement = select(CheckOverride).order_by(CheckOverride.id)
    if meeting_id is not None:
        statement = statement.where(CheckOverride.meeting_id == meeting_id)
    else:
        statement = statement.where(CheckOverride.act_id == act_id)
    return list(session.scalars(statement))


# --- people who sit on both sides ---


class Interested(NamedTuple):
    """A councillor who is, or may be, somebody on a committee's board; ``is_same`` is None until a human said."""

    councillor: Person
    other: Person
    body: Body
    mandate: Mandate
    is_same: bool | None


def committees_of_twinning(session: Session, twinning_id: int | None) -> list[Body]:
    """The committees of a twinning that are associations."""
    if twinning_id is None:
        return []
    statement = (
        select(Body)
        .join(TwinningParty, TwinningParty.body_id == Body.id)
        .where(TwinningParty.twinning_id == twinning_id, Body.kind == BodyKind.COMMITTEE)
    )
    return list(session.scalars(statement))


def interested_in(
    session: Session, body_id: int, persons: Iterable[Person], committees: Iterable[Body], *, on: date
) -> list[Interested]:
    """Who of these councillors sits on the board of one of these committees: the same record, or a like name.

    A like name is a question for a human; what they answered is kept.
    """
    bodies = {body.id: body for body in committees}
    if not bodies:
        return []
    board = session.scalars(
        select(Mandate)
        .where(Mandate.body_id.in_(bodies), Mandate.trashed_at.is_(None), Mandate.function.in_(BOARD_FUNCTIONS))
        .options(joinedload(Mandate.person))
    ).all()
    decided = {
        (one.councillor_id, one.other_id): one.is_same
        for one in session.scalars(select(SamePerson).where(SamePerson.body_id == body_id))
    }
    found = []
    for person in persons:
        for mandate in board:
            if not is_in_office(mandate, on):
                continue
            other = mandate.person
            answer = True if other.id == person.id else decided.get((person.id, other.id))
            if answer is None and compared(person.name) != compared(other.name):
                continue
            found.append(Interested(person, other, bodies[mandate.body_id], mandate, answer))
    return found


# --- money ---


def subsidy_by_id(session: Session, subsidy_id: int) -> Subsidy | None:
    """A subsidy with those it is between."""
    return session.get(
        Subsidy,
        subsidy_id,
        options=[joinedload(Subsidy.body), joinedload(Subsidy.beneficiary), joinedload(Subsidy.act)],
    )


def page_of_subsidies(
    session: Session, bodies: Bodies, *, before: tuple[int, int] | None = None, trashed: bool = False
) -> list[Subsidy]:
    """A page of subsidies and one more, the latest year first."""
    statement = (
        select(Subsidy)
        .where(or_(Subsidy.body_id.in_(bodies), Subsidy.beneficiary_id.in_(bodies)))
        .where(Subsidy.trashed_at.is_not(None) if trashed else Subsidy.trashed_at.is_(None))
        .options(joinedload(Subsidy.body), joinedload(Subsidy.beneficiary), joinedload(Subsidy.act))
        .order_by(Subsidy.year.desc(), Subsidy.id.desc())
        .limit(PAGE + 1)
    )
    if before is not None:
        statement = statement.where(tuple_(Subsidy.year, Subsidy.id) < tuple_(*before))
    return list(session.scalars(statement))


def subsidies_of_year(session: Session, body_id: int, beneficiary_id: int, year: int) -> Sequence[Subsidy]:
    """Every aid of one commune to one association in one year."""
    statement = (
        select(Subsidy)
        .where(
            Subsidy.body_id == body_id,
            Subsidy.beneficiary_id == beneficiary_id,
            Subsidy.year == year,
            Subsidy.trashed_at.is_(None),
        )
        .order_by(Subsidy.id)
    )
    return session.scalars(statement).all()


def reports_of(session: Session, body_id: int, beneficiary_id: int) -> Sequence[Subsidy]:
    """Every aid of one commune to one association, the latest year first."""
    statement = (
        select(Subsidy)
        .where(Subsidy.body_id == body_id, Subsidy.beneficiary_id == beneficiary_id, Subsidy.trashed_at.is_(None))
        .order_by(Subsidy.year.desc(), Subsidy.id.desc())
        .limit(50)
    )
    return session.scalars(statement).all()


def associations_known(session: Session, body_id: int) -> list[Body]:
    """The associations that a commune may aid: those that work for it or that it shares a twinning with."""
    party, other = TwinningParty, select(TwinningParty.twinning_id).where(TwinningParty.body_id == body_id)
    shared = select(party.body_id).where(party.twinning_id.in_(other))
    statement = (
        select(Body)
        .where(Body.kind == BodyKind.COMMITTEE, Body.trashed_at.is_(None))
        .where(or_(Body.parent_id == body_id, Body.id.in_(shared)))
    )
    return list(session.scalars(statement.order_by(Body.folded, Body.id)))


def shares_twinning(session: Session, bodies: Bodies, twinning_id: int | None) -> bool:
    """Whether one of these bodies is in the twinning today."""
    return twinning_id is not None and twinning_id in set(session.scalars(twinning_ids_of(bodies)))
