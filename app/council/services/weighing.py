"""Going on with an act that the law holds back before its vote: only with a reason, an author and a date."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l

from app.council.forecast import faults_of_act
from app.council.services.overriding import is_overridden
from app.shared.clock import day_of

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy.orm import Session

    from app.council.forecast import Fault
    from app.council.models import Act, AgendaPoint, Meeting


def faults_of_agenda(session: Session, meeting: Meeting) -> list[tuple[str, object]]:
    """The same for every act of an agenda, as (check, sentence)."""
    held_on = day_of(meeting.starts_at)
    return [
        (one.check_id, _l("« %(title)s »\N{NO-BREAK SPACE}: %(fault)s", title=point.title, fault=one.sentence))
        for point in meeting.agenda
        if point.act is not None
        for one in holding_back(session, point.act, held_on, point=point)
    ]


def left_to_tell(session: Session, act: Act, on: date) -> list[Fault]:
    """What stands against the vote of an act, without what somebody answers for already."""
    return [
        one
        for one in faults_of_act(session, act, on)
        if not (one.blocks and is_overridden(session, one.check_id, act_id=act.id))
    ]


def holding_back(
    session: Session, act: Act, on: date, *, point: AgendaPoint | None = None, meeting: Meeting | None = None
) -> list[Fault]:
    """What blocks an act and nobody went past, for the act itself, its item or its meeting."""
    return [
        one
        for one in faults_of_act(session, act, on)
        if one.blocks
        and not is_overridden(session, one.check_id, act_id=act.id)
        and not (point is not None and is_overridden(session, one.check_id, point_id=point.id))
        and not (meeting is not None and is_overridden(session, one.check_id, meeting_id=meeting.id))
    ]
