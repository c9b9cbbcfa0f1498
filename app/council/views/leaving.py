"""What people whose office is over leave open in the council: a meeting, its minutes, a deliberation to present."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import url_for
from flask_babel import gettext as _

from app.council import queries
from app.council.models import MeetingStatus
from app.people.naming import compared
from app.shared.clock import day_of
from app.shared.saying import full_day

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

    from app.council.models import Seat


def council_awaiting(session: Session, body_id: int, people: Mapping[int, str]) -> list[tuple[int, str, str]]:
    """The seats these people have at meetings that are not over, the minutes and acts that wait for them."""
    waiting = [
        (seat.person_id, _sentence(seat), url_for("council.meeting", meeting_id=seat.meeting_id))
        for seat in queries.open_seats(session, body_id, people)
    ]
    for act in queries.acts_to_present(session, body_id):
        told = str(_("Doit présenter la délibération « %(title)s »", title=act.title))
        url = url_for("council.act", act_id=act.id)
        who = compared(act.rapporteur)
        waiting += [(person, told, url) for person, name in people.items() if compared(name) == who]
    return waiting


def _sentence(seat: Seat) -> str:
    day = full_day(day_of(seat.meeting.starts_at))
    if seat.meeting.status == MeetingStatus.CLOSED:
        return str(_("Doit signer le procès-verbal du conseil du %(day)s", day=day))
    return str(_("Figure au conseil du %(day)s", day=day))
