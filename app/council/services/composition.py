"""The council changes after the convocation was closed: who left it and who came into it, before the meeting opens."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l

from app.bodies.labels import function_in_french
from app.council.models import Attendance, Channel, MeetingStatus, Seat
from app.council.moving import vacated
from app.council.queries import councillors
from app.council.services.meetings import BadMeeting, NotPossibleNow
from app.council.services.telling import tell_meeting
from app.shared.clock import day_of
from app.shared.saying import full_day

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from sqlalchemy.orm import Session

    from app.bodies.models import Mandate
    from app.council.models import Meeting
    from app.shared.actor import Actor


@dataclass(frozen=True)
class Changes:
    """What the mandates say of the day of the meeting, and its sheet does not: who left, came back, came.

    ``counted``: who left too, and what is recorded of the evening counts them; the sheet does not change under a vote.
    """

    left: Sequence[Seat] = ()
    back: Sequence[Seat] = ()
    come: Sequence[Mandate] = ()
    counted: Sequence[Seat] = ()

    def __bool__(self) -> bool:
        """Whether there is any."""
        return self.may_be_taken or bool(self.counted)

    @property
    def may_be_taken(self) -> bool:
        """Whether the sheet can take any of it as it stands."""
        return bool(self.left or self.back or self.come)

    @property
    def gone(self) -> list[str]:
        """The names of those who are of the council no more."""
        return [seat.name for seat in self.left]

    @property
    def new(self) -> list[str]:
        """The names of those who are of it now."""
        return [*(seat.name for seat in self.back), *(mandate.person.name for mandate in self.come)]


def changes_of(session: Session, meeting: Meeting) -> Changes:
    """How the council changed since its members were noted.

    Once a vote was made by the one that was, only who left before that day: an earlier meeting was written down late.
    """
    if meeting.status == MeetingStatus.OPEN and any(point.voted_at for point in meeting.agenda):
        return _left_before(session, meeting)
    if not _may_change(meeting):
        return Changes()
    held = {one.person_id: one for one in councillors(session, meeting.body_id, on=day_of(meeting.starts_at))}
    known = {seat.person_id for seat in [*meeting.seats, *meeting.former_seats]}
    return Changes(
        left=[seat for seat in meeting.seats if seat.person_id not in held],
        back=[seat for seat in meeting.former_seats if seat.person_id in held],
        come=[one for person, one in held.items() if person not in known],
    )


def _left_before(session: Session, meeting: Meeting) -> Changes:
    held = {one.person_id for one in councillors(session, meeting.body_id, on=day_of(meeting.starts_at))}
    in_the_evening = vacated(meeting)
    gone = [seat for seat in meeting.seats if seat.person_id not in held and seat not in in_the_evening]
    counted = [seat for seat in gone if _is_in_the_record(meeting, seat)]
    return Changes(left=[seat for seat in gone if seat not in counted], counted=counted)


def _is_in_the_record(meeting: Meeting, seat: Seat) -> bool:
    """Whether anything is noted of somebody but that they were not there."""
    roles = {number for point in meeting.points for number in (point.chair_id, point.secretary_id)}
    recused = {one.seat_id for point in meeting.points for one in point.recusals}
    powers = {number for proxy in meeting.proxies for number in (proxy.giver_id, proxy.holder_id)}
    is_there = seat.attendance == Attendance.PRESENT or bool(seat.movements) or seat.presides or seat.is_secretary
    return is_there or seat.id in roles | recused | powers


def require_as_it_is(session: Session, meeting: Meeting) -> None:
    """Refuse to open a meeting of a council that is another than the one on its sheet: its quorum would be false.

    :raises NotPossibleNow: saying who left and who came.
    """
    changes = changes_of(session, meeting)
    if changes:
        raise NotPossibleNow(
            _l(
                "Le conseil a changé depuis la convocation (%(names)s)\N{NO-BREAK SPACE}: le quorum se compte sur les "
                "membres en exercice le jour de la séance (CGCT, art. L. 2121-17). Mettez d’abord la feuille à jour, "
                "ou corrigez le mandat s’il est faux.",
                names=", ".join([*changes.gone, *changes.new]),
            )
        )


def may_still_be_called(meeting: Meeting, seat: Seat, sent_on: date | None = None, *, at: datetime) -> bool:
    """Whether the convocation was closed without somebody, who came since and is sent it by name.

    :raises BadMeeting: for a dispatch that is still to come.
    """
    if meeting.status not in {MeetingStatus.CONVENED, MeetingStatus.OPEN} or seat.sent_on is not None:
        return False
    if sent_on is not None and sent_on > day_of(at):
        raise BadMeeting(
            _l(
                "%(name)s\N{NO-BREAK SPACE}: l’envoi du %(sent)s n’a pas encore eu lieu. Notez-le quand il est parti.",
                name=seat.name,
                sent=full_day(sent_on),
            ),
            field=f"sent_{seat.id}",
        )
    return True


def _may_change(meeting: Meeting) -> bool:
    is_drawn_up = meeting.status == MeetingStatus.DRAFT and bool(meeting.seats)
    is_called = meeting.status in {MeetingStatus.CONVENED, MeetingStatus.OPEN}
    if meeting.trashed_at is not None or not (is_drawn_up or is_called):
        return False
    return not any(point.voted_at for point in meeting.agenda)


def update_members(session: Session, meeting: Meeting, *, by: Actor, at: datetime) -> Changes:
    """Take the council as it is on the day of the meeting: the quorum is that of its members in office (L2121-17).

    Who left keeps the dispatch that was made, and is neither present nor represented; who came is yet to be called.

    :raises NotPossibleNow: when nothing changed, or a vote was made by the council as it was.
    """
    changes = changes_of(session, meeting)
    if changes.counted and not changes.may_be_taken:
        raise NotPossibleNow(
            _l(
                "Ce qui est consigné de la séance compte %(names)s\N{NO-BREAK SPACE}: reprenez d’abord les votes "
                "(« Ce vote est mal consigné », à chaque point), puis mettez la feuille à jour.",
                names=", ".join(seat.name for seat in changes.counted),
            )
        )
    if not changes or meeting.status == MeetingStatus.DRAFT:
        raise NotPossibleNow(
            _l(
                "Rien à mettre à jour : les mandats notés pour ce jour sont ceux de la feuille, ou un vote est déjà "
                "consigné. Qui quitte le conseil en cours de séance se note au point où cela arrive."
            )
        )
    for seat in changes.left:
        _forget(session, meeting, seat)
    for seat in changes.back:
        seat.attendance = Attendance.UNSAID
    for mandate in changes.come:
        person = mandate.person
        seat = Seat(meeting_id=meeting.id, person_id=person.id, name=person.name, channel=Channel.ELECTRONIC)
        seat.function, seat.wording, seat.address = mandate.function, function_in_french(mandate), person.email
        session.add(seat)
    session.flush()
    session.refresh(meeting, ["seats", "former_seats", "proxies"])
    for point in meeting.points:
        session.refresh(point, ["recusals"])
    _rank(session, meeting)
    meeting.members_in_office = len(meeting.seats)
    meeting.revision += 1
    session.flush()
    session.refresh(meeting, ["seats"])
    tell_meeting(session, "council.members_changed", meeting, by=by, at=at, number=len(meeting.seats))
    return changes


def _forget(session: Session, meeting: Meeting, seat: Seat) -> None:
    """What was noted of somebody who is of the council no more, but the convocation."""
    seat.attendance, seat.presides, seat.is_secretary = Attendance.GONE, False, False
    for proxy in meeting.proxies:
        if seat.id in {proxy.giver_id, proxy.holder_id}:
            session.delete(proxy)
    for move in seat.movements:
        session.delete(move)
    for point in meeting.points:
        point.chair_id = None if point.chair_id == seat.id else point.chair_id
        point.secretary_id = None if point.secretary_id == seat.id else point.secretary_id
        for recusal in point.recusals:
            if recusal.seat_id == seat.id:
                session.delete(recusal)


def _rank(session: Session, meeting: Meeting) -> None:
    held = councillors(session, meeting.body_id, on=day_of(meeting.starts_at))
    order = {mandate.person_id: number for number, mandate in enumerate(held, 1)}
    for seat in meeting.seats:
        seat.rank = order.get(seat.person_id, seat.rank)
