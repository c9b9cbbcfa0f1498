"""What stands around a deliberation: the day of its meeting, whom it aids, what they receive."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.council.models import ActModel, ActStatus, Subsidy
from app.council.queries.meetings import point_of_act
from app.council.queries.money import associations_known, reports_of
from app.shared.clock import day_of
from app.shared.folding import fold

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from sqlalchemy.orm import Session

    from app.bodies.models import Body
    from app.council.models import Act


@dataclass(frozen=True)
class Around:
    """``held_on``: the day of the meeting that voted the act or is to; ``aids`` are those of its year."""

    held_on: date | None = None
    year: int | None = None
    association: Body | None = None
    aids: Sequence[Subsidy] = ()
    earlier: Sequence[Subsidy] = ()


def around_act(session: Session, act: Act, on: date) -> Around:
    """What is known around an act; without a meeting, its year is that of ``on``."""
    held_on = act.voted_on or _foreseen(session, act)
    year = (held_on or on).year
    association = _association(session, act) if act.model == ActModel.SUBSIDY else None
    if association is None:
        return Around(held_on, year)
    noted = reports_of(session, act.body_id, association.id)
    return Around(
        held_on,
        year,
        association,
        aids=[one for one in noted if one.year == year],
        earlier=[one for one in noted if one.year < year],
    )


def _foreseen(session: Session, act: Act) -> date | None:
    """The day of the meeting that is still to vote an act."""
    if act.status not in {ActStatus.ON_AGENDA, ActStatus.CONVENED}:
        return None
    point = point_of_act(session, act.id)
    return day_of(point.meeting.starts_at) if point is not None else None


def _association(session: Session, act: Act) -> Body | None:
    """Whom the act aids: noted with an aid, else the one association whose name its answer holds."""
    noted = session.query(Subsidy).filter_by(act_id=act.id, trashed_at=None).first()
    if noted is not None:
        return noted.beneficiary
    told = fold(str(act.answers.get("beneficiaire") or ""))
    found = [one for one in associations_known(session, act.body_id) if fold(one.name) in told]
    return max(found, key=lambda one: len(one.name), default=None)
