"""Reading meetings: one of them whole in a fixed number of queries, or a page."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import and_, or_, select, tuple_
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from app.audit.models import JournalEntry
from app.bodies.models import Body
from app.council.models import (
    AgendaPoint,
    Meeting,
    MeetingStatus,
    MovementKind,
    Outcome,
    Seat,
)
from app.council.models.meetings import Movement, Proxy, Recusal
from app.council.powers import served_no_item
from app.council.queries.councils import PAGE
from app.mail.models import OutboxMessage

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from app.council.queries.councils import Bodies


BEFORE_THE_END = (MeetingStatus.DRAFT, MeetingStatus.CONVENED, MeetingStatus.OPEN)
"""What a meeting is as long as its agenda may still be gone through."""


def second_of(session: Session, first: Meeting) -> Meeting | None:
    """The second meeting that is prepared after one without quorum, neither cancelled nor in the trash."""
    statement = select(Meeting).where(
        Meeting.second_of_id == first.id, Meeting.trashed_at.is_(None), Meeting.status != MeetingStatus.CANCELLED
    )
    return session.scalars(statement.limit(1)).first()


TAKEN_BACK = "council.dispatch_taken_back"
"""What the journal calls a convocation that went out and was taken up to be changed."""


def replaces_a_convocation(session: Session, meeting: Meeting) -> bool:
    """Whether councillors hold a letter that this convocation replaces."""
    statement = select(JournalEntry.id).where(
        JournalEntry.subject_type == "council_meeting",
        JournalEntry.subject_id == meeting.id,
        JournalEntry.action == TAKEN_BACK,
    )
    return session.scalar(statement.limit(1)) is not None


def next_held(session: Session, meeting: Meeting) -> Meeting | None:
    """The meeting that the council held next, at whose beginning the minutes of this one are adopted."""
    statement = (
        select(Meeting)
        .where(Meeting.body_id == meeting.body_id, Meeting.trashed_at.is_(None), Meeting.id != meeting.id)
        .where(Meeting.starts_at > meeting.starts_at)
        .where(Meeting.status.in_([MeetingStatus.OPEN, MeetingStatus.CLOSED]))
        .order_by(Meeting.starts_at, Meeting.id)
    )
    return session.scalars(statement.limit(1)).first()


class MeetingRow(NamedTuple):
    """A line of the list of meetings."""

    id: int
    body_id: int
    body_name: str
    starts_at: datetime
    place: str
    status: str
    is_urgent: bool


def letters_of(session: Session, meeting: Meeting) -> dict[str, OutboxMessage]:
    """The letters that carried a convocation, by their identifier: their state is the proof of dispatch."""
    wanted = [seat.letter for seat in meeting.seats if seat.letter]
    if not wanted:
        return {}
    found = session.scalars(select(OutboxMessage).where(OutboxMessage.message_id.in_(wanted)))
    return {one.message_id: one for one in found}


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


def upcoming_meetings(
    session: Session, bodies: Bodies, *, own: Bodies, at: datetime, limit: int = 8
) -> Sequence[Meeting]:
    """Meetings that are prepared or will be held, and own ones that were called and never closed; earliest first."""
    is_called = and_(
        Meeting.body_id.in_(own),
        or_(Meeting.status != MeetingStatus.DRAFT, Meeting.seats.any(Seat.sent_on.is_not(None))),
    )
    statement = (
        select(Meeting)
        .where(Meeting.body_id.in_(bodies), Meeting.trashed_at.is_(None), or_(Meeting.starts_at >= at, is_called))
        .where(Meeting.status.in_(BEFORE_THE_END))
        .options(
            joinedload(Meeting.body).joinedload(Body.place),
            selectinload(Meeting.seats),
            selectinload(Meeting.points),
        )
        .order_by(Meeting.starts_at, Meeting.id)
        .limit(limit)
    )
    return session.scalars(statement).all()


def meetings_calling(session: Session, acts: Collection[int]) -> Sequence[Meeting]:
    """The meetings to come on whose agenda one of these acts stands, the nearest first; a fixed number of queries."""
    statement = (
        select(Meeting)
        .where(Meeting.trashed_at.is_(None), Meeting.status.in_(BEFORE_THE_END))
        .where(
            Meeting.points.any(
                and_(
                    AgendaPoint.act_id.in_(acts),
                    AgendaPoint.trashed_at.is_(None),
                    AgendaPoint.outcome == Outcome.UNSAID,
                )
            )
        )
        .options(
            joinedload(Meeting.body).joinedload(Body.place),
            selectinload(Meeting.seats),
            selectinload(Meeting.points),
        )
        .order_by(Meeting.starts_at, Meeting.id)
        .limit(PAGE)
    )
    return session.scalars(statement).all()


def open_seats(session: Session, body_id: int, people: Collection[int]) -> Sequence[Seat]:
    """The seats of these people at meetings to come, and where they have minutes to sign, that are not adopted yet.

    Who left the council in the course of a meeting has nothing to do there any more.
    """
    to_sign = and_(
        Meeting.status == MeetingStatus.CLOSED,
        Meeting.minutes_adopted_on.is_(None),
        or_(Seat.presides, Seat.is_secretary),
    )
    statement = (
        select(Seat)
        .join(Seat.meeting)
        .where(Seat.person_id.in_(people), Meeting.body_id == body_id, Meeting.trashed_at.is_(None))
        .where(~Seat.movements.any(Movement.kind == MovementKind.VACANCY))
        .where(or_(Meeting.status.in_(BEFORE_THE_END), to_sign))
        .options(contains_eager(Seat.meeting))
        .order_by(Meeting.starts_at, Seat.id)
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
        .where(~Meeting.seats.any(Seat.sent_on.is_not(None)))
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
    return runs_of_proxies(session, meeting).get(person_id, 1)


def runs_of_proxies(session: Session, meeting: Meeting) -> dict[int, int]:
    """For everybody who was represented of late, in how many meetings in a row, this one included; two queries.

    A proxy that ended before the first item at which it would count represented nobody.
    """
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
    given: dict[int, set[int]] = {}
    statement = select(Seat.person_id, Proxy).join(Seat, Seat.id == Proxy.giver_id).where(Proxy.meeting_id.in_(earlier))
    for person_id, proxy in session.execute(statement):
        if not served_no_item(proxy):
            given.setdefault(person_id, set()).add(proxy.meeting_id)
    return {person: 1 + sum(1 for _ in takewhile(held.__contains__, earlier)) for person, held in given.items()}
