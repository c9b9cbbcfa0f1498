"""After the meeting: the list of deliberations, the minutes adopted at the next meeting, then published."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l

from app.council.models import MeetingStatus
from app.council.queries import next_held
from app.council.reckoning import setting_of
from app.council.services.meetings import BadMeeting, NotPossibleNow
from app.council.services.telling import tell_meeting
from app.shared.clock import day_of
from app.shared.saying import full_day

if TYPE_CHECKING:
    from datetime import date, datetime

    from sqlalchemy.orm import Session

    from app.council.models import Meeting
    from app.shared.actor import Actor


@dataclass(frozen=True, kw_only=True)
class AfterMeeting:
    """What happened since."""

    list_posted_on: date | None = None
    list_online_on: date | None = None
    minutes_adopted_on: date | None = None
    minutes_published_on: date | None = None
    minutes_text: str = ""


def note_after(session: Session, meeting: Meeting, command: AfterMeeting, *, by: Actor, at: datetime) -> None:
    """Note it; no date lies before the meeting or ahead of today."""
    if meeting.status not in {MeetingStatus.CLOSED, MeetingStatus.NO_QUORUM}:
        raise NotPossibleNow(_l("Cette séance n’est pas encore close."))
    held_on = day_of(meeting.starts_at)
    for name in ("list_posted_on", "list_online_on", "minutes_adopted_on", "minutes_published_on"):
        day = getattr(command, name)
        if day is not None and day < held_on:
            raise BadMeeting(
                _l("Ce jour est avant la séance du %(day)s. Vérifiez la date.", day=full_day(held_on)), field=name
            )
        if day is not None and day > day_of(at):
            raise BadMeeting(
                _l("Ce jour n’est pas encore arrivé\N{NO-BREAK SPACE}: notez-le quand ce sera fait."), field=name
            )
    adopted, published = command.minutes_adopted_on, command.minutes_published_on
    if published and adopted and published < adopted:
        raise BadMeeting(
            _l(
                "Le procès-verbal est publié après avoir été arrêté, le %(adopted)s (CGCT, art. L. 2121-15)"
                "\N{NO-BREAK SPACE}: corrigez l’une des deux dates.",
                adopted=full_day(adopted),
            ),
            field="minutes_published_on",
        )
    if published and not adopted:
        raise BadMeeting(
            _l(
                "Le procès-verbal est publié après avoir été arrêté par le conseil (CGCT, "
                "art. L. 2121-15)\N{NO-BREAK SPACE}: écrivez les deux dates."
            ),
            field="minutes_adopted_on",
        )
    if meeting.minutes_adopted_on is not None and command.minutes_text.strip() != meeting.minutes_text:
        raise NotPossibleNow(_l("Le procès-verbal est arrêté\N{NO-BREAK SPACE}: son texte ne change plus."))
    _require_a_later_meeting(session, meeting, adopted)
    meeting.list_posted_on, meeting.list_online_on = command.list_posted_on, command.list_online_on
    meeting.minutes_adopted_on = command.minutes_adopted_on
    meeting.minutes_published_on = command.minutes_published_on
    meeting.minutes_text = command.minutes_text.strip()
    tell_meeting(session, "council.recorded", meeting, by=by, at=at)


def _require_a_later_meeting(session: Session, meeting: Meeting, adopted: date | None) -> None:
    """The minutes are adopted at the beginning of the next meeting (L2121-15): never on the evening that they tell.

    A day without a meeting that is known here is let pass: nobody says that all of them are noted.

    :raises BadMeeting: naming the next meeting where it is known.
    """
    if adopted is None or adopted == meeting.minutes_adopted_on or setting_of(meeting.body, None).is_local_law:
        return
    following = next_held(session, meeting)
    next_on = day_of(following.starts_at) if following else None
    if next_on is not None and adopted < next_on:
        raise BadMeeting(
            _l(
                "Le procès-verbal s’arrête au commencement de la séance suivante, celle du %(day)s (CGCT, "
                "art. L. 2121-15)\N{NO-BREAK SPACE}: corrigez la date.",
                day=full_day(next_on),
            ),
            field="minutes_adopted_on",
        )
    if next_on is None and adopted == day_of(meeting.starts_at):
        raise BadMeeting(
            _l(
                "Le procès-verbal s’arrête au commencement de la séance suivante (CGCT, art. L. 2121-15), pas à la "
                "séance qu’il raconte\N{NO-BREAK SPACE}: laissez vide jusque-là."
            ),
            field="minutes_adopted_on",
        )


def is_adopted_apart(session: Session, meeting: Meeting) -> bool:
    """Whether the minutes are told as adopted on a day on which no next meeting is known here; it only warns."""
    adopted, following = meeting.minutes_adopted_on, next_held(session, meeting)
    if adopted is None or setting_of(meeting.body, None).is_local_law:
        return False
    return following is None or day_of(following.starts_at) != adopted
