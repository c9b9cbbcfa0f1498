"""The number of a deliberation as it stands in the register on paper, given before the vote is written down.

Else it takes the one after the last. No number serves twice: the table refuses it too.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from app.bodies.models import Body
from app.council.queries import act_of_number, last_rank
from app.council.services.meetings import BadMeeting
from app.council.services.settled import require_evening, require_unvoted
from app.council.services.telling import tell_meeting
from app.shared.clock import day_of
from app.shared.saying import full_day

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from app.council.models import Act, AgendaPoint
    from app.shared.actor import Actor

_NUMBER = re.compile(r"(?:(?P<year>\d{4})\s*[-/]\s*)?(?P<rank>\d{1,4})", re.ASCII)


def take_next_number(session: Session, act: Act, year: int) -> None:
    """Give an act that is voted the number after the last one, unless it has its own."""
    if act.register_rank is None:
        _one_at_a_time(session, act.body_id)
        act.register_year, act.register_rank = year, last_rank(session, act.body_id, year) + 1


def _one_at_a_time(session: Session, body_id: int) -> None:
    """Two votes written down at once wait for each other, and take two numbers."""
    session.execute(select(Body.id).where(Body.id == body_id).with_for_update())


def give_number(session: Session, point: AgendaPoint, text: str, *, by: Actor, at: datetime) -> None:
    """Give the deliberation of an item its number in the register: « 14 », « 2026-014 ».

    :raises BadMeeting: when it is no number, of another year, or that of another deliberation.
    """
    require_evening(point.meeting)
    require_unvoted(point)
    if point.act is None:
        raise BadMeeting(_l("Ce point ne porte aucune délibération : il ne prend pas de numéro."))
    day = day_of(point.meeting.starts_at)
    rank = _rank(text, day.year)
    _one_at_a_time(session, point.act.body_id)
    other = act_of_number(session, point.act.body_id, day.year, rank)
    if other is not None and other.id != point.act_id:
        raise BadMeeting(
            _l(
                "Le numéro %(number)s est déjà celui de « %(title)s » (%(day)s) : un numéro ne sert qu’une fois. "
                "Relisez le registre.",
                number=other.number,
                title=other.title,
                day=full_day(other.voted_on) if other.voted_on else _l("pas encore votée"),
            ),
            field="register_number",
        )
    point.act.register_year, point.act.register_rank = day.year, rank
    point.act.changed_at, point.act.changed_by = at, by.name
    point.act.revision += 1
    session.flush()
    tell_meeting(session, "council.recorded", point.meeting, by=by, at=at)


def _rank(text: str, year: int) -> int:
    found = _NUMBER.fullmatch(text.strip())
    rank = int(found["rank"]) if found else 0
    if not found or not rank:
        raise BadMeeting(
            _l("Écrivez le numéro comme au registre, par exemple 14 ou %(year)s-014.", year=year),
            field="register_number",
        )
    if found["year"] and int(found["year"]) != year:
        raise BadMeeting(
            _l("La séance est de %(year)s : sa délibération ne porte pas un numéro d’une autre année.", year=year),
            field="register_number",
        )
    return rank
