"""What the foundation of an association tells its yearly papers: the register, the seat, the officers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from app.founding.models import Founding, FoundingForm
from app.shared.saying import full_day
from app.yearly.origins import OfficerFacts, Origin

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from app.bodies.models import Body


def origin_of(session: Session, body: Body) -> Origin | None:
    """What the foundation knows of an association; None where it was not founded here."""
    founding = session.scalar(
        select(Founding)
        .where(
            Founding.committee_id == body.id,
            Founding.form == FoundingForm.ASSOCIATION,
            Founding.trashed_at.is_(None),
        )
        .options(selectinload(Founding.founders))
        .order_by(Founding.id.desc())
        .limit(1)
    )
    if founding is None:
        return None
    return Origin(
        registration=_registration(founding),
        seat=founding.fields.get("siege_adresse", ""),
        officers={
            one.person_id: OfficerFacts(one.occupation, one.address, one.nationality) for one in founding.founders_now
        },
    )


def _registration(founding: Founding) -> str:
    if founding.registered_on is None:
        return founding.register_reference
    day = _("le %(day)s", day=full_day(founding.registered_on))
    return ", ".join(part for part in (founding.register_reference, day) if part)
