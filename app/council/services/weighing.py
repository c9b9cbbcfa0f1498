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


def left_to_tell(session: Session, act: Act, on: date, *, point: AgendaPoint | None = None) -> list[Fault]:
    """What stands against the vote of an act, without what somebody answers for, here or at its meeting."""
    meeting = point.meeting if point is not None else None
    return [
        one
        for one in faults_of_act(session, act, on)
        if not (one.blocks and _is_answered(session, one, act, point=point, meeting=meeting))
    ]


def holding_back(
    session: Session, act: Act, on: date, *, point: AgendaPoint | None = None, meeting: Meeting | None = None
) -> list[Fault]:
    """What blocks an act and nobody went past, for the act itself, its item or its meeting."""
    return [
        one
        for one in faults_of_act(session, act, on)
        if one.blocks and not _is_answered(session, one, act, point=point, meeting=meeting)
    ]


def _is_answered(
    session: Session, fault: Fault, act: Act, *, point: AgendaPoint | None, meeting: Meeting | None
) -> bool:
    """Whether somebody went past it."""
    return (
        is_overridden(session, fault.check_id, act_id=act.id)
        or (point is not None and is_overridden(session, fault.check_id, point_id=point.id))
        or (meeting is not None and is_overridden(session, fault.check_id, meeting_id=meeting.id))
    )
