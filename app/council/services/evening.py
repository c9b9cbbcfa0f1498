"""The evening: who is there at the opening, the opening, the end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_ngettext as _ln

from app.council.labels import ATTENDANCES
from app.council.models import (
    ActStatus,
    Attendance,
    MeetingStatus,
    Outcome,
)
from app.council.moving import clashes
from app.council.queries import council_of
from app.council.reckoning import article_for, standing_at, urgency_article
from app.council.services.composition import require_as_it_is
from app.council.services.convening import NotLawful
from app.council.services.hours import closing_hour, opening_hour, require_meant, require_no_clash
from app.council.services.meetings import BadMeeting, NotPossibleNow, waiting_acts
from app.council.services.overriding import is_overridden
from app.council.services.settled import require_evening, require_same_votes, votes_so_far
from app.council.services.telling import tell_meeting
from app.council.services.vacating import end_mandates
from app.database.unit import alone_on
from app.shared.clock import day_of
from app.shared.errors import DomainError
from app.shared.saying import full_day

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlalchemy.orm import Session

    from app.council.models import Meeting
    from app.shared.actor import Actor


def note_attendance(  # noqa: PLR0913  # what is asked at the opening
    session: Session,
    meeting: Meeting,
    attendance: Mapping[int, str],
    *,
    president: int | None,
    secretary: int | None,
    opened_at: str,
    revision: int | None = None,
    shown: Mapping[int, str] | None = None,
    by: Actor,
    at: datetime,
) -> None:
    """Note who is there at the opening, who presides, who is secretary.

    :raises NotPossibleNow: when it would change who was there at a vote that is recorded.
    :raises NotedMeanwhile: when somebody else noted them since ``revision`` was read, otherwise than here: those that
        are not as they were ``shown``.
    """
    alone_on(session, meeting)
    require_evening(meeting)
    _require_fresh(meeting, attendance, shown or {}, revision)
    hour, before = opening_hour(meeting, opened_at), votes_so_far(meeting)
    clashed = {seat.id: set(clashes(meeting, seat)) for seat in meeting.seats}
    for seat in meeting.seats:
        said = attendance.get(seat.id)
        if said in set(Attendance) - {Attendance.GONE}:
            seat.attendance = said or ""
        seat.presides = seat.id == president
        seat.is_secretary = seat.id == secretary
        if (seat.presides or seat.is_secretary) and seat.attendance != Attendance.PRESENT:
            raise BadMeeting(
                _l(
                    "%(name)s n’est pas noté·e présent·e\N{NO-BREAK SPACE}: qui préside "
                    "et qui tient le secrétariat sont présents à l’ouverture.",
                    name=seat.name,
                )
            )
    require_same_votes(meeting, before)
    for seat in meeting.seats:
        require_no_clash(meeting, seat, clashed[seat.id])
    meeting.opened_at = hour
    meeting.revision += 1
    session.flush()
    tell_meeting(session, "council.recorded", meeting, by=by, at=at)


class NotedMeanwhile(DomainError):
    """Two people note who is there: what the first one saved is shown before it is written over."""

    status = 409


def _require_fresh(
    meeting: Meeting, attendance: Mapping[int, str], shown: Mapping[int, str], revision: int | None
) -> None:
    if revision is None or revision == meeting.revision:
        return
    others = [
        seat
        for seat in meeting.seats
        if seat.attendance and seat.attendance not in {attendance.get(seat.id), shown.get(seat.id)}
    ]
    if others:
        raise NotedMeanwhile(
            _l(
                "Quelqu’un d’autre a noté les présences entre-temps\N{NO-BREAK SPACE}: %(names)s. "
                "Rien n’est enregistré. Vérifiez ce qui est coché, puis enregistrez de nouveau.",
                names=", ".join(f"{seat.name} ({ATTENDANCES[Attendance(seat.attendance)]})" for seat in others),
            )
        )


def open_meeting(session: Session, meeting: Meeting, *, urgency_accepted: bool | None, by: Actor, at: datetime) -> None:
    """Open the meeting: president and secretary are named, the quorum is there.

    :raises NotLawful: without quorum (C10), or when an urgent meeting opens without the council's ruling (C02).
    """
    require_evening(meeting)
    require_as_it_is(session, meeting)
    if day_of(at) < day_of(meeting.starts_at):
        raise NotPossibleNow(
            _l(
                "La séance est prévue le %(day)s\N{NO-BREAK SPACE}: elle s’ouvre ce jour-là.",
                day=full_day(day_of(meeting.starts_at)),
            )
        )
    if not any(seat.presides for seat in meeting.seats):
        raise BadMeeting(_l("Choisissez qui préside la séance, puis enregistrez les présences."))
    if not any(seat.is_secretary for seat in meeting.seats):
        raise BadMeeting(
            _l(
                "Le conseil nomme un secrétaire au début de la séance (CGCT, "
                "art. %(article)s)\N{NO-BREAK SPACE}: choisissez-le.",
                article=article_for(meeting.body, "L2121-15"),
            )
        )
    if meeting.is_urgent and urgency_accepted is None:
        raise NotLawful(
            _l(
                "Le conseil se prononce sur l’urgence à l’ouverture (CGCT, art. %(article)s)"
                "\N{NO-BREAK SPACE}: notez sa réponse.",
                article=urgency_article(meeting, council_of(session, meeting.body_id)),
            ),
            "C02",
        )
    standing = standing_at(meeting, None)
    if not standing.has_quorum and not is_overridden(session, "C10", meeting_id=meeting.id):
        raise NotLawful(
            _l(
                "Le quorum n’est pas réuni\N{NO-BREAK SPACE}: %(present)s, "
                "il en faut %(quorum)s ; les procurations ne "
                "comptent pas (CGCT, art. L. 2121-17). Constatez l’absence de quorum, puis convoquez de nouveau.",
                present=_ln("%(num)s présent", "%(num)s présents", len(standing.present)),
                quorum=standing.quorum,
            ),
            "C10",
        )
    meeting.urgency_accepted = urgency_accepted if meeting.is_urgent else None
    meeting.status = MeetingStatus.OPEN
    meeting.revision += 1
    tell_meeting(session, "council.opened", meeting, by=by, at=at)


def rule_on_urgency(session: Session, meeting: Meeting, *, accepted: bool, by: Actor, at: datetime) -> None:
    """Put right what the council said of the urgency, as long as no vote rests on it.

    :raises NotPossibleNow: when items were voted that a refusal forbids.
    """
    if meeting.status != MeetingStatus.OPEN or not meeting.is_urgent or accepted == meeting.urgency_accepted:
        return
    voted = next((point.title for point in meeting.agenda if point.voted_at is not None), None)
    if not accepted and voted is not None:
        raise NotPossibleNow(
            _l(
                "Le vote de « %(title)s » est consigné\N{NO-BREAK SPACE}: sans l’urgence, il n’avait pas lieu. "
                "Reprenez d’abord ce vote, puis corrigez la réponse du conseil.",
                title=voted,
            )
        )
    meeting.urgency_accepted = accepted
    meeting.revision += 1
    session.flush()
    tell_meeting(session, "council.recorded", meeting, by=by, at=at)


def close_meeting(
    session: Session, meeting: Meeting, closed_at: str, *, meant: str | None = None, by: Actor, at: datetime
) -> list[str]:
    """Close the meeting: what was not reached is adjourned, deliberation or information; gives their titles.

    The council took note of an information only where somebody recorded it: said so, or wrote down its debate.
    Whoever left the council in the course of the evening holds nothing in it any more. ``meant``: the hour that
    somebody said twice, where one can be asked.
    """
    if meeting.status != MeetingStatus.OPEN:
        raise NotPossibleNow(_l("Seule une séance ouverte se clôt."))
    hour = closing_hour(meeting, closed_at)
    if meant is not None:
        require_meant(meeting, hour, meant)
    meeting.closed_at = hour
    unsaid = [point for point in meeting.agenda if point.outcome == Outcome.UNSAID]
    adjourned = [point.title for point in unsaid if point.act_id or not point.debate]
    for point in unsaid:
        point.outcome = Outcome.ADJOURNED if point.act_id or not point.debate else Outcome.NOTED
    for act in waiting_acts(session, meeting):
        act.status, act.changed_at = ActStatus.ADJOURNED, at
        act.give_number_back()
    meeting.status = MeetingStatus.CLOSED
    meeting.revision += 1
    tell_meeting(session, "council.closed", meeting, by=by, at=at)
    end_mandates(session, meeting, by=by, at=at)
    return adjourned
