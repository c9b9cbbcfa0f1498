"""What the creation of a committee asks of somebody today: the step to take now. A fixed number of queries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import url_for
from flask_babel import gettext as _

from app.bodies.duty import BodyDuty
from app.founding import queries
from app.founding.firsts import duties_to_enrol
from app.founding.models import Stage
from app.founding.steps import now_step, steps_of
from app.shared.clock import day_of

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from app.access.table import Identity


def founding_duties(session: Session, who: Identity, *, at: datetime) -> list[BodyDuty]:
    """The step to take now of each committee that the person’s bodies found."""
    today, own = day_of(at), who.written_body_ids
    found = []
    for founding in queries.page_of_foundings(session, own)[: queries.PAGE]:
        step = now_step(steps_of(founding, on=today))
        if step is None:
            continue
        is_mine = step.stage != Stage.DELIBERATION or founding.body_id in own
        found.append(
            BodyDuty(
                title=_("%(name)s, en création : %(step)s", name=founding.committee.name, step=step.title),
                url=url_for("founding.page", founding_id=founding.id),
                reason=str(step.hindrances[0] if step.hindrances else step.sentence),
                is_todo=is_mine,
                body_id=founding.committee_id if founding.committee_id in own else founding.body_id,
            )
        )
    return [*found, *duties_to_enrol(session, who)]
