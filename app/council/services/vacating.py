"""Whoever left the council in the course of the evening: their mandates in it end on the day of the meeting."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from flask_babel import force_locale
from flask_babel import gettext as _

from app.bodies.queries import mandates_in_office
from app.bodies.services.mandates import close_mandate, correct_mandate, facts_of
from app.council.moving import vacated
from app.council.queries.councils import COUNCIL_FUNCTIONS
from app.shared.clock import day_of
from app.shared.fuzzydate import FuzzyDate
from app.shared.saying import full_day

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from app.bodies.models import Mandate
    from app.council.models import Meeting, Seat
    from app.shared.actor import Actor


def end_mandates(session: Session, meeting: Meeting, *, by: Actor, at: datetime) -> list[Mandate]:
    """End what they held in the council whose seats fell vacant: the next meeting is of the members in office.

    One that was to end later, a resignation announced, ends now.
    """
    gone = {seat.person_id for seat in vacated(meeting)}
    held = [one for one in _held(session, meeting) if one.person_id in gone and one.until != _end(meeting)]
    for mandate in held:
        if mandate.until is None:
            close_mandate(session, mandate, until=_end(meeting), why=_why(meeting), by=by, at=at)
        else:
            facts = replace(facts_of(mandate), until=_end(meeting), closed_by=_why(meeting))
            correct_mandate(session, mandate, facts, revision=mandate.revision, by=by, at=at)
    return held


def give_back(session: Session, meeting: Meeting, seat: Seat, *, by: Actor, at: datetime) -> None:
    """Take back the end of these mandates, of somebody who did not leave the council after all.

    An end that somebody noted otherwise is theirs, and stays.

    :raises MandateOverlap: when somebody else holds the office since.
    """
    if seat in vacated(meeting):
        return
    for mandate in _held(session, meeting):
        is_ours = mandate.until == _end(meeting) and mandate.closed_by == _why(meeting)
        if mandate.person_id == seat.person_id and is_ours:
            facts = replace(facts_of(mandate), until=None, closed_by="")
            correct_mandate(session, mandate, facts, revision=mandate.revision, by=by, at=at)


def _held(session: Session, meeting: Meeting) -> list[Mandate]:
    held = mandates_in_office(session, meeting.body_id, on=day_of(meeting.starts_at))
    return [mandate for mandate in held if mandate.function in COUNCIL_FUNCTIONS]


def _end(meeting: Meeting) -> FuzzyDate:
    return FuzzyDate(day_of(meeting.starts_at).isoformat())


def _why(meeting: Meeting) -> str:
    """The reason as it is kept: French, whatever the clerk reads, so that it is known again."""
    with force_locale("fr"):
        return str(_("N’est plus membre du conseil (séance du %(day)s)", day=full_day(day_of(meeting.starts_at))))
