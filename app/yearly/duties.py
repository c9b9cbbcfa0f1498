"""What the yearly papers ask of somebody today: an insurance that ends."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from flask import url_for
from flask_babel import gettext as _

from app.bodies.duty import BodyDuty
from app.shared.clock import day_of
from app.yearly import queries

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from app.access.table import Identity

_AHEAD = timedelta(days=60)


def yearly_duties(session: Session, who: Identity, *, at: datetime) -> list[BodyDuty]:
    """Insurances that end within two months, or have ended; one query."""
    if not who.written_body_ids:
        return []
    today = day_of(at)
    return [
        BodyDuty(
            title=_("Renouveler l’assurance de l’association"),
            url=url_for("yearly.papers", book_id=book.id),
            reason=", ".join(part for part in (book.body.name, book.insurer) if part),
            day=book.insured_until,
            is_late=book.insured_until is not None and book.insured_until < today,
            body_id=book.body_id,
        )
        for book in queries.insurances_ending(session, who.written_body_ids, today + _AHEAD)
    ]
