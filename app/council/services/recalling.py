"""Convening anew: what went out and is to be changed, what found no quorum at all or lost it at an item (L2121-17)."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l

from app.council.models import ActStatus, AgendaPoint, Meeting, MeetingStatus
from app.council.queries import TAKEN_BACK, second_of
from app.council.reckoning import article_for, left_without_quorum
from app.council.services.meetings import BadMeeting, NotPossibleNow, has_gone, require_draft
from app.council.services.telling import tell_meeting
from app.mail.services import call_off_letters
from app.shared.clock import day_of
from app.shared.saying import full_day

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from app.council.services.meetings import MeetingFacts
    from app.shared.actor import Actor


_WAITING = frozenset({ActStatus.ADJOURNED, ActStatus.VALIDATED})
"""An act that no agenda holds: as the first meeting left it, or given back by another one that called it since."""


def waiting_after(first: Meeting) -> list[AgendaPoint]:
    """What a meeting left for want of a quorum, and no agenda took up yet."""
    return [one for one in left_without_quorum(first) if one.act is None or one.act.status in _WAITING]


def require_second(session: Session, first: Meeting) -> list[AgendaPoint]:
    """The items that a second convocation takes up after this meeting.

    :raises NotPossibleNow: where a second meeting is prepared already, or no quorum was missing.
    """
    if (already := second_of(session, first)) is not None:
        raise NotPossibleNow(
            _l(
                "Une seconde séance est déjà préparée, pour le %(day)s\N{NO-BREAK SPACE}: changez-la, ou annulez-la.",
                day=full_day(day_of(already.starts_at)),
            )
        )
    left = waiting_after(first)
    if not left and first.status != MeetingStatus.NO_QUORUM:
        raise NotPossibleNow(
            _l(
                "Une seconde convocation suit une séance où le quorum a manqué, au début ou pour un point "
                "(CGCT, art. %(article)s). Ici, aucun point n’attend pour ce motif.",
                article=article_for(first.body, "L2121-17 al. 2"),
            )
        )
    return left if first.status == MeetingStatus.CLOSED else list(first.agenda)


def call_second(session: Session, first: Meeting, facts: MeetingFacts, *, by: Actor, at: datetime) -> Meeting:
    """Convene again for what found no quorum: the same items, at least three clear days later, no quorum then."""
    taken_up = require_second(session, first)
    if day_of(facts.starts_at) <= day_of(first.starts_at):
        raise BadMeeting(_l("La seconde séance vient après la première. Vérifiez la date."), field="day")
    meeting = Meeting(
        uid=str(uuid.uuid4()),
        body_id=first.body_id,
        starts_at=facts.starts_at,
        place=facts.place.strip() or first.place,
        second_of_id=first.id,
        created_at=at,
    )
    session.add(meeting)
    session.flush()
    for point in taken_up:
        session.add(
            AgendaPoint(
                meeting_id=meeting.id,
                position=point.position,
                title=point.title,
                rapporteur=point.rapporteur,
                note=point.note,
                act_id=point.act_id,
            )
        )
        if point.act is not None and point.act.status in _WAITING:
            point.act.status = ActStatus.ON_AGENDA
    session.flush()
    tell_meeting(session, "council.meeting_called", meeting, by=by, at=at)
    return meeting


def take_dispatch_back(session: Session, meeting: Meeting, *, by: Actor, at: datetime) -> None:
    """Take up a convocation that went out, to change what it carries: everybody is convened anew, and told so."""
    require_draft(meeting)
    if not has_gone(meeting, day_of(at)):
        raise NotPossibleNow(_l("Aucune convocation n’est partie\N{NO-BREAK SPACE}: changez ce qu’il faut."))
    never_left = call_off_letters(session, [seat.letter for seat in meeting.seats if seat.letter])
    for seat in meeting.seats:
        if seat.letter not in never_left and seat.sent_on is not None and seat.sent_on <= day_of(at):
            first = _l("Premier envoi le %(day)s, repris. %(proof)s", day=full_day(seat.sent_on), proof=seat.proof)
            seat.proof = str(first).strip()[:300]
        seat.sent_on, seat.letter = None, ""
    meeting.posted_on = None
    session.flush()
    tell_meeting(session, TAKEN_BACK, meeting, by=by, at=at)
