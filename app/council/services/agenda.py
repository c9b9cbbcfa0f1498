"""An act on its way to the vote: validated, put on an agenda; what the law holds back takes a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.council.models import Act
from app.council.services.acts import validate_act
from app.council.services.convening import NotLawful
from app.council.services.meetings import add_point, require_taken_up
from app.council.services.weighing import holding_back
from app.shared.clock import day_of

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from app.council.models import AgendaPoint, Meeting
    from app.council.services.meetings import PointFacts
    from app.shared.actor import Actor


def validate(session: Session, act: Act, *, by: Actor, at: datetime) -> None:
    """Declare a draft ready for an agenda.

    :raises NotLawful: when its vote would be too late, or on nothing (C21, C54…), and nobody said why it goes on.
    """
    validate_act(session, act, by=by, at=at)
    _require_lawful(session, act, at)


def put_on_agenda(session: Session, meeting: Meeting, facts: PointFacts, *, by: Actor, at: datetime) -> AgendaPoint:
    """Put an item on the agenda; its act is judged at the day of the meeting.

    :raises NotLawful: as above.
    :raises AgendaIsFrozen: for something new at a second convocation, before any letter promises otherwise.
    """
    point = add_point(session, meeting, facts, by=by, at=at)
    require_taken_up(meeting, point.act_id, point.title)
    act = session.get(Act, facts.act_id) if facts.act_id else None
    if act is not None:
        _require_lawful(session, act, at)
    return point


def _require_lawful(session: Session, act: Act, at: datetime) -> None:
    for fault in holding_back(session, act, day_of(at)):
        raise NotLawful(fault.sentence, fault.check_id)
