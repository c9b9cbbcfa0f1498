"""An act on its way to the vote: validated, put on an agenda; what the law holds back takes a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l

from app.council.models import Act, MeetingStatus
from app.council.reckoning import article_for, left_without_quorum
from app.council.services.acts import validate_act
from app.council.services.convening import NotLawful
from app.council.services.meetings import AgendaIsFrozen, add_point, require_open_agenda, require_taken_up
from app.council.services.weighing import holding_back
from app.shared.clock import day_of

if TYPE_CHECKING:
    from collections.abc import Iterable
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


def still_left(meeting: Meeting) -> list[AgendaPoint] | None:
    """What a second convocation may take up and does not carry yet; None for a meeting that takes any item."""
    if meeting.second_of is None:
        return None
    if meeting.status != MeetingStatus.DRAFT:
        return []
    acts, titles = {one.act_id for one in meeting.agenda}, {one.title for one in meeting.agenda}
    left = left_without_quorum(meeting.second_of)
    return [one for one in left if (one.title not in titles if one.act_id is None else one.act_id not in acts)]


def may_take(meeting: Meeting, act: Act) -> bool:
    """Whether an act that is ready may be put on the agenda of this meeting."""
    left = still_left(meeting)
    return left is None or act.id in {one.act_id for one in left}


def takes_items(meeting: Meeting, acts: Iterable[Act]) -> bool:
    """Whether anything may be put on the agenda: these acts are ready, what carries no act needs nothing."""
    left = still_left(meeting)
    return left is None or any(one.act_id is None for one in left) or any(may_take(meeting, one) for one in acts)


def require_room(meeting: Meeting, acts: Iterable[Act], at: datetime) -> None:
    """Refuse to ask for an item that no answer could be.

    :raises AgendaIsFrozen: at a second convocation that carries all that it may.
    """
    require_open_agenda(meeting, at)
    if not takes_items(meeting, acts):
        raise AgendaIsFrozen(
            _l(
                "Sur seconde convocation, le conseil ne délibère que des points restés sans quorum (CGCT, art. "
                "%(article)s)\N{NO-BREAK SPACE}: aucun autre ne s’y inscrit. Inscrivez-le à une autre séance.",
                article=article_for(meeting.body, "L2121-17 al. 2"),
            )
        )


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
