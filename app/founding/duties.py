"""What the creation of a committee asks of somebody today: the step to take now. A fixed number of queries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import url_for
from flask_babel import gettext as _

from app.bodies.duty import BodyDuty
from app.bodies.queries import mandates_of_bodies
from app.founding import queries
from app.founding.models import Stage
from app.founding.reckoning import run_out
from app.founding.steps import now_step, steps_of
from app.shared.clock import day_of
from app.shared.saying import full_day

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from app.access.table import Identity
    from app.founding.models import Founding
    from app.founding.reckoning import RunOut


def founding_duties(session: Session, who: Identity, *, at: datetime) -> list[BodyDuty]:
    """The step to take now of each committee that the person’s bodies found."""
    today, own = day_of(at), who.written_body_ids
    found = []
    foundings = queries.page_of_foundings(session, own)[: queries.PAGE]
    mandates = mandates_of_bodies(session, {one.committee_id for one in foundings if one.committee_id in own})
    for founding in foundings:
        if (over := run_out(founding, mandates, on=today)) is not None:
            found.append(_to_elect(founding, over))
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
    return found


def _to_elect(founding: Founding, over: RunOut) -> BodyDuty:
    return BodyDuty(
        title=_("Élire de nouveau : les mandats de %(name)s sont arrivés à terme", name=founding.committee.name),
        url=url_for("bodies.page", body_id=founding.committee_id),
        reason=_(
            "Selon les statuts (article %(article)s), ils se terminaient le %(day)s. Si une élection a eu lieu, notez "
            "les nouveaux mandats.",
            article=over.article,
            day=full_day(over.since),
        ),
        day=over.since,
        is_late=True,
        body_id=founding.committee_id,
    )
