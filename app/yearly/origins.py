"""What the rooms above know of an association since it was made: its register, its seat, who its officers are."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.members.models import Member

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from sqlalchemy.orm import Session

    from app.bodies.models import Body

    Source = Callable[[Session, Body], "Origin | None"]


@dataclass(frozen=True)
class OfficerFacts:
    """What the registry asks of an officer; empty where nobody noted it."""

    occupation: str = ""
    address: str = ""
    nationality: str = ""


@dataclass(frozen=True)
class Origin:
    """``registration``: of the court's register, in Alsace-Moselle; ``officers`` by person."""

    registration: str = ""
    seat: str = ""
    officers: Mapping[int, OfficerFacts] = field(default_factory=dict)


_SOURCES: list[Source] = []


def knows_origins(source: Source) -> None:
    """Let a room above tell what it knows of an association."""
    if source not in _SOURCES:
        _SOURCES.append(source)


def origin_of(session: Session, body: Body) -> Origin:
    """What is known; nothing where nobody knows it."""
    return next((found for one in _SOURCES if (found := one(session, body)) is not None), Origin())


def homes_of(session: Session, body_id: int, person_ids: Collection[int]) -> dict[int, str]:
    """Where officers who are members live, on one line."""
    members = session.scalars(
        select(Member)
        .where(Member.body_id == body_id, Member.person_id.in_(person_ids), Member.trashed_at.is_(None))
        .options(joinedload(Member.household))
    )
    return {
        one.person_id: ", ".join(one.household.lines)
        for one in members
        if one.person_id is not None and one.household is not None
    }
