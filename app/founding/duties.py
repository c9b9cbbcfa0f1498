"""What the creation of a committee asks of somebody today: the step to take now. A fixed number of queries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import url_for
from flask_babel import gettext as _

from app.bodies.duty import BodyDuty
from app.bodies.inside import inside
from app.founding import queries
from app.founding.firsts import duties_to_enrol
from app.founding.models import Stage
from app.founding.running import is_running, runs
from app.founding.steps import now_step, steps_of
from app.shared.clock import day_of

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from app.access.table import Identity
    from app.founding.models import Founding


def founding_duties(session: Session, who: Identity, *, at: datetime) -> list[BodyDuty]:
    """The step to take now of each committee that the person’s bodies found."""
    today, own = day_of(at), who.written_body_ids
    rows = [(one, steps_of(one, on=today)) for one in queries.page_of_foundings(session, own)[: queries.PAGE]]
    services = [one for one, steps in rows if is_running(one, is_decided=steps[0].is_over) and one.body_id in own]
    unrun = queries.unrun_services(session, services, on=today)
    found = [_to_run(one) for one in services if one.committee_id in unrun]
    for founding, steps in rows:
        step = now_step(steps)
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


def _to_run(founding: Founding) -> BodyDuty:
    matter = runs(())
    return BodyDuty(
        title=_("%(name)s : %(step)s", name=founding.committee.name, step=inside(str(matter.title))),
        url=url_for("founding.page", founding_id=founding.id),
        reason=str(matter.reason),
        is_todo=True,
        body_id=founding.body_id,
    )
