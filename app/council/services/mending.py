"""What was recorded by a slip on the evening, taken back with its reason: what stood before is kept with the act."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_babel import lazy_gettext as _l

from app.council.models import ActEvent, ActEventKind, ActStatus, BallotKind, MeetingStatus, Outcome
from app.council.queries.meetings import second_of
from app.council.services.appointing import proclaimed, round_lines
from app.council.services.meetings import BadMeeting, NotPossibleNow
from app.council.services.overriding import SHORTEST
from app.council.services.telling import tell_meeting
from app.shared.clock import day_of

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from app.council.models import Act, AgendaPoint, Meeting
    from app.shared.actor import Actor

_CALLED_ANEW = _l(
    "Le conseil est convoqué de nouveau, ou l’un des points est inscrit à une autre séance"
    "\N{NO-BREAK SPACE}: annulez-la d’abord, ou retirez-en ce point."
)
_COUNTS = ("votes_for", "votes_against", "abstentions", "blank", "void", "not_voting")


def reopen_meeting(session: Session, meeting: Meeting, *, by: Actor, at: datetime) -> None:
    """Open again an evening that was closed too early, as long as nothing of it has left the town hall.

    One that was said to lack its quorum waits for its opening again, unless the council is convened anew.
    """
    if meeting.status not in {MeetingStatus.CLOSED, MeetingStatus.NO_QUORUM}:
        raise NotPossibleNow(_l("Seule une séance close se rouvre."))
    if meeting.list_posted_on is not None or meeting.minutes_adopted_on is not None:
        raise NotPossibleNow(
            _l(
                "La liste des délibérations est publiée, ou le procès-verbal est arrêté\N{NO-BREAK SPACE}: "
                "la séance ne se rouvre plus. Une erreur se dit au début de la séance suivante."
            )
        )
    lacked_quorum = meeting.status == MeetingStatus.NO_QUORUM
    if lacked_quorum:
        _require_not_called_anew(session, meeting)
    elif second_of(session, meeting) is not None:
        raise NotPossibleNow(_CALLED_ANEW)
    for point in meeting.agenda:
        if point.act is not None:
            _require_kept(point.act)
    for point in meeting.agenda:
        _take_up(point)
    meeting.status, meeting.closed_at = (MeetingStatus.CONVENED if lacked_quorum else MeetingStatus.OPEN), ""
    meeting.revision += 1
    tell_meeting(session, "council.reopened", meeting, by=by, at=at)


def _take_up(point: AgendaPoint) -> None:
    """What the end of the evening adjourned waits for its turn again."""
    if point.voted_at is not None:
        return
    if point.act is None and point.outcome == Outcome.ADJOURNED and not point.debate:
        point.outcome = Outcome.UNSAID
    elif point.act is not None and point.act.status == ActStatus.ADJOURNED:
        point.outcome, point.act.status = Outcome.UNSAID, ActStatus.CONVENED


def _require_not_called_anew(session: Session, meeting: Meeting) -> None:
    acts = [point.act for point in meeting.agenda if point.act is not None]
    if second_of(session, meeting) is not None or any(act.status != ActStatus.ADJOURNED for act in acts):
        raise NotPossibleNow(_CALLED_ANEW)


def take_back_vote(session: Session, point: AgendaPoint, reason: str, *, by: Actor, at: datetime) -> None:
    """Take back a vote that was written down wrongly, to record it anew; the act keeps its number and the trace.

    :raises BadMeeting: without a reason.
    :raises NotPossibleNow: when the meeting is closed, or the act was signed, transmitted or published.
    """
    if point.meeting.status != MeetingStatus.OPEN or point.voted_at is None:
        raise NotPossibleNow(_l("Un vote se reprend tant que la séance est ouverte."))
    why = " ".join(reason.split())[:2000]
    if len(why) < SHORTEST:
        raise BadMeeting(
            _l("Écrivez en une phrase ce qui était faux\N{NO-BREAK SPACE}: la correction garde sa trace."),
            field="reason",
        )
    if point.act is not None:
        _require_kept(point.act)
    point.taken_back = [*point.taken_back, _as_it_stood(point, why, by=by, at=at)]
    if point.act is not None:
        _undecide(session, point, point.act, why, by=by, at=at)
    _forget(point)
    tell_meeting(session, "council.vote_taken_back", point.meeting, by=by, at=at, title=point.title, reason=why)


def _require_kept(act: Act) -> None:
    """What people outside were told is not taken back: the council decides anew."""
    if any((act.signed_on, act.transmitted_on, act.published_on)):
        raise NotPossibleNow(
            _l(
                "La délibération « %(title)s » est déjà signée, transmise ou publiée\N{NO-BREAK SPACE}: "
                "son vote ne se reprend plus.",
                title=act.title,
            )
        )


def _as_it_stood(point: AgendaPoint, why: str, *, by: Actor, at: datetime) -> dict[str, Any]:
    """The vote as it was written down, who took it back, when and why: the minutes tell it."""
    return {
        **{name: getattr(point, name) for name in _COUNTS},
        "ballot": point.ballot,
        "outcome": point.outcome,
        "proclaimed": proclaimed(point),
        "reason": why,
        "author": by.name,
        "on": day_of(at).isoformat(),
    }


def _undecide(session: Session, point: AgendaPoint, act: Act, why: str, *, by: Actor, at: datetime) -> None:
    before: dict[str, Any] = {name: getattr(point, name) for name in _COUNTS}
    before |= {"ballot": point.ballot, "president_vote": point.president_vote, "outcome": point.outcome}
    before |= {f"vote_{sense}": ", ".join(names) for sense, names in _named(point).items()}
    told = proclaimed(point)
    if told:
        before = {"rounds": " ".join(round_lines(point)), "proclaimed": told, "outcome": point.outcome}
    session.add(
        ActEvent(
            act_id=act.id,
            kind=ActEventKind.CORRECTION,
            happened_on=day_of(at),
            text=why,
            before={name: "" if value is None else str(value) for name, value in before.items()},
            author=by.name,
            created_at=at,
        )
    )
    act.articles = [text for text in act.articles if not told or text != told]
    act.status, act.voted_on, act.sealed_sha256 = ActStatus.CONVENED, None, ""
    act.changed_at, act.changed_by = at, by.name
    act.revision += 1
    session.flush()
    session.refresh(act, ["events"])


def _named(point: AgendaPoint) -> dict[str, list[str]]:
    """Who voted how in a public ballot, by the sense of the vote."""
    seats = {seat.id: seat.name for seat in point.meeting.seats}
    found: dict[str, list[str]] = {}
    for seat, sense in point.votes.items():
        found.setdefault(sense, []).append(seats.get(int(seat), ""))
    return found


def _forget(point: AgendaPoint) -> None:
    for name in _COUNTS:
        setattr(point, name, None)
    point.votes, point.president_vote, point.ballot = {}, "", BallotKind.SHOW_OF_HANDS
    point.outcome, point.voted_at, point.voted_with_id = Outcome.UNSAID, None, None
    for other in point.meeting.agenda:
        if other.voted_with_id == point.id:
            other.voted_with_id = None
    if point.appointment:
        kept = {name: value for name, value in point.appointment.items() if name not in {"elected", "reason"}}
        point.appointment = {**kept, "rounds": kept.get("rounds", [])[:-1]}
    point.revision += 1
