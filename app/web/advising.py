"""What is due in the bodies that a federation advises, for its adviser's home page: a fixed number of queries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import url_for
from sqlalchemy import select

from app.access.roles import Role
from app.access.table import Grant, Identity
from app.bodies.models import Body
from app.council.duties import council_duties
from app.funding.duties import funding_duties
from app.twinnings.queries import parties_of
from app.web.board import dossiers_of, of_body, of_dossiers, of_funding, of_texts

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from app.web.board import Duty

MOST = 300
"""Of each kind; a federation advises some hundreds of towns."""
SHOWN = 3


@dataclass(frozen=True, kw_only=True)
class BodyDuties:
    """A body with what it has to do, the most pressing first: those that are shown, and how many there are."""

    name: str
    url: str
    duties: Sequence[Duty]
    count: int


def not_said_there(duties: Sequence[Duty], bodies: frozenset[int]) -> list[Duty]:
    """What waits for others and does not stand among the duties of the advised bodies."""
    return [duty for duty in duties if not duty.bodies & bodies]


def duties_by_body(session: Session, who: Identity, *, at: datetime, shown: int = SHOWN) -> list[BodyDuties]:
    """What the advised bodies have to do, as they read it themselves; a body with more to do before one with less."""
    bodies = session.execute(
        select(Body.id, Body.name, Body.kind).where(Body.id.in_(who.advised), Body.trashed_at.is_(None))
    ).all()
    if not bodies:
        return []
    theirs = Identity(language=who.language, grants=tuple(Grant(*body, Role.CLERK, False) for body in bodies))  # noqa: FBT003  # a field of Grant
    duties = _duties(session, theirs, at)
    found = []
    for number, name, _kind in bodies:
        own = [duty for duty in duties if number in duty.bodies]
        url = url_for("bodies.page", body_id=number)
        found.append(BodyDuties(name=name, url=url, duties=own[:shown], count=len(own)))
    return sorted(found, key=lambda one: (-one.count, one.name))


def _duties(session: Session, theirs: Identity, at: datetime) -> list[Duty]:
    dossiers = dossiers_of(session, theirs, MOST)
    parties = parties_of(session, [twinning.id for twinning in dossiers])
    todo, waiting = of_texts(session, theirs, MOST)
    return [
        *(of_body(one) for one in council_duties(session, theirs, at=at, limit=MOST) if one.is_todo),
        *(of_funding(one) for one in funding_duties(session, theirs, at=at) if one.is_todo),
        *todo,
        *waiting,
        *(duty for duty, _mine in of_dossiers(session, dossiers, parties, theirs, at.date())),
    ]
