"""The minutes after the assembly: what to add, when they were approved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l

from app.assemblies.models import Status
from app.assemblies.services.calling import WrongMoment, need
from app.assemblies.services.telling import tell
from app.people.naming import clean_text
from app.shared.clock import day_of

if TYPE_CHECKING:
    from datetime import date, datetime

    from sqlalchemy.orm import Session

    from app.assemblies.models import Assembly
    from app.shared.actor import Actor


def note_minutes(
    session: Session, assembly: Assembly, text: str, approved_on: date | None, *, by: Actor, at: datetime
) -> None:
    """Complete the minutes; once approved they change no more."""
    need(assembly, {Status.CLOSED, Status.NO_QUORUM}, _l("Le procès-verbal se complète une fois la réunion finie."))
    if assembly.minutes_approved_on is not None:
        raise WrongMoment(_l("Le procès-verbal est approuvé : il ne change plus."))
    if approved_on is not None and not day_of(assembly.starts_at) <= approved_on <= day_of(at):
        raise WrongMoment(_l("L’approbation suit la réunion : vérifiez le jour."), field="approved_on")
    assembly.minutes_text, assembly.minutes_approved_on = clean_text(text)[:20_000], approved_on
    assembly.revision += 1
    tell(session, "minutes_noted", assembly, by=by, at=at)
