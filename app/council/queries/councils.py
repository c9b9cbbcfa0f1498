"""Reading communes and who sits in their councils."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.bodies.models import Body, BodyKind, Function
from app.bodies.queries import mandates_in_office
from app.council.models import Act, ActStatus, Council, Meeting, MeetingStatus

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy.orm import Session

    from app.bodies.models import Mandate

PAGE = 25


Bodies = frozenset[int]


COUNCIL_FUNCTIONS = (Function.MAYOR, Function.DEPUTY_MAYOR, Function.COUNCILLOR)


def councils_of(session: Session, bodies: Bodies) -> dict[int, Council]:
    """What was told of the councils of these communes."""
    return {one.body_id: one for one in session.scalars(select(Council).where(Council.body_id.in_(bodies)))}


def has_published(session: Session, body_id: int) -> bool:
    """Whether an act of a commune is published, so that it matters since when its council chose how."""
    found = select(Act.id).where(Act.body_id == body_id, Act.published_on.is_not(None)).limit(1)
    return session.scalar(found) is not None


def has_met(session: Session, body_id: int) -> bool:
    """Whether the council of a commune was convened or voted, so that it matters since when a fact of it holds."""
    met = select(Meeting.id).where(
        Meeting.body_id == body_id, Meeting.trashed_at.is_(None), Meeting.status != MeetingStatus.DRAFT
    )
    voted = select(Act.id).where(Act.body_id == body_id, Act.voted_on.is_not(None))
    return session.scalar(met.limit(1)) is not None or session.scalar(voted.limit(1)) is not None


def published_acts(session: Session, body_id: int) -> list[Act]:
    """The acts of a commune that are published, in the order of their days."""
    found = select(Act).where(
        Act.body_id == body_id, Act.published_on.is_not(None), Act.trashed_at.is_(None), Act.status == ActStatus.ADOPTED
    )
    return list(session.scalars(found.order_by(Act.published_on, Act.id)))


def commune_by_id(session: Session, body_id: int) -> Body | None:
    """The commune of this identifier, with its place; no other kind of body has a municipal council."""
    body = session.get(Body, body_id, options=[joinedload(Body.place)])
    return body if body is not None and body.kind == BodyKind.COMMUNE else None


def commune_of_year(session: Session, body_id: int, year: int) -> Body | None:
    """The commune, for the register of a year."""
    return commune_by_id(session, body_id) if 1800 < year < 2200 else None  # noqa: PLR2004  # years that exist


def council_of(session: Session, body_id: int) -> Council | None:
    """What was told of the council of a commune."""
    return session.scalar(select(Council).where(Council.body_id == body_id))


def communes_among(session: Session, bodies: Bodies) -> list[Body]:
    """The communes among these bodies, by name."""
    statement = select(Body).where(Body.id.in_(bodies), Body.kind == BodyKind.COMMUNE, Body.trashed_at.is_(None))
    return list(session.scalars(statement.order_by(Body.folded, Body.id)))


def has_epci(session: Session, bodies: Bodies) -> bool:
    """Whether one of these bodies is an intercommunal one, whose council is not held here."""
    wanted = select(Body.id).where(Body.id.in_(bodies), Body.kind == BodyKind.EPCI, Body.trashed_at.is_(None))
    return session.scalar(wanted.limit(1)) is not None


def councillors(session: Session, body_id: int, *, on: date) -> list[Mandate]:
    """Who sits in the council on a day: the mayor, the deputies in their order, the councillors by name."""
    held = mandates_in_office(session, body_id, on=on)
    chosen: dict[int, Mandate] = {}
    for function in COUNCIL_FUNCTIONS:
        for mandate in held:
            if mandate.function == function:
                chosen.setdefault(mandate.person_id, mandate)
    return list(chosen.values())
