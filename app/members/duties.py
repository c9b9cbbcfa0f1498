"""What the lists of members ask of somebody today: to erase what a stay that is long over left behind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import url_for
from flask_babel import gettext as _

from app.bodies.duty import BodyDuty
from app.members.policy import keeps_travellers
from app.members.queries.care import stays_to_clear
from app.shared.clock import day_of

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from app.access.table import Identity


def member_duties(session: Session, who: Identity, *, at: datetime) -> list[BodyDuty]:
    """Stays whose travellers’ births, health and papers are kept too long, for the few who see them; one query."""
    if not who.written_body_ids:
        return []
    return [
        BodyDuty(
            title=_("Effacer santé, naissances et papiers du séjour « %(name)s »", name=stay.title),
            url=url_for("members.stay", stay_id=stay.id),
            reason=stay.body.name,
            body_id=stay.body_id,
        )
        for stay in stays_to_clear(session, who.written_body_ids, on=day_of(at))
        if keeps_travellers(who, stay.body)
    ]
