"""Two records of what may be one and the same body.

A partner who may not know a town that keeps itself here opens a second record of it; whoever is let into both learns
which is which, and may put their own in its place. Nobody else is told that there are two.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from sqlalchemy import select

from app.bodies.models import Body, BodyKind
from app.bodies.queries import is_visible_to
from app.shared.folding import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from sqlalchemy.orm import Session

_TOWNS = frozenset({BodyKind.COMMUNE, BodyKind.FOREIGN_AUTHORITY})
"""There is one of them at a place; committees at one place may be several."""


@dataclass(frozen=True)
class Opening:
    """When somebody was first let into a body, and who opened the door."""

    at: datetime
    by: str


Openings: TypeAlias = "Callable[[Session, frozenset[int]], Mapping[int, Opening]]"
_openings: list[Openings] = []


@dataclass(frozen=True)
class Double:
    """``second`` may be the same body as ``first``, which has kept itself for longer."""

    first: Body
    second: Body
    first_opened: Opening
    second_opened: Opening


def opened_through(query: Openings) -> None:
    """Register when bodies were opened: ``query(session, body ids)`` gives the first opening of each."""
    if query not in _openings:
        _openings.append(query)


def may_be_one(one: Body, other: Body) -> bool:
    """Whether two records may be of the same body: of one kind, and at one place or of one name in one country."""
    if one.id == other.id or (one.kind, one.country) != (other.kind, other.country):
        return False
    if one.place_id is not None and other.place_id is not None:
        if one.place_id != other.place_id:
            return False
        if one.kind in _TOWNS:
            return True
    return bool(_names(one) & _names(other))


def doubles_among(session: Session, bodies: frozenset[int]) -> dict[int, Double]:
    """Which of these bodies may be the same as another of them, by the id of the one opened later."""
    if len(bodies) < 2:  # noqa: PLR2004  # two make a double
        return {}
    held = list(session.scalars(select(Body).where(Body.id.in_(bodies), Body.trashed_at.is_(None))))
    pairs = [(one, other) for number, one in enumerate(held) for other in held[number + 1 :] if may_be_one(one, other)]
    opened: dict[int, Opening] = {}
    if pairs:
        for query in _openings:
            opened.update(query(session, frozenset(body.id for pair in pairs for body in pair)))
    found: dict[int, Double] = {}
    for pair in pairs:
        if not all(body.id in opened for body in pair):
            continue
        first, second = sorted(pair, key=lambda body: (opened[body.id].at, body.id))
        known = found.get(second.id)
        if known is None or (opened[first.id].at, first.id) < (known.first_opened.at, known.first.id):
            found[second.id] = Double(first, second, opened[first.id], opened[second.id])
    return found


def either_way(found: Mapping[int, Double]) -> dict[int, Double]:
    """The same by either record: the one opened first may be the partner's, if the town came later.

    A person knows which is which; the days and names of the openings only help them.
    """
    turned = {
        one.first.id: Double(one.second, one.first, one.second_opened, one.first_opened) for one in found.values()
    }
    return turned | dict(found)


@dataclass(frozen=True)
class Sought:
    """A body that is about to be registered."""

    kind: BodyKind
    name: str
    country: str
    place_id: int | None = None


def registered_already(session: Session, sought: Sought, *, known_to: frozenset[int] | None) -> Body | None:
    """A body of this kind at this place, or of this name where one of the two is at none, that these bodies may know.

    ``known_to`` None: among all, for who runs the installation and knows of every body.
    """
    statement = select(Body).where(Body.kind == sought.kind, Body.trashed_at.is_(None)).order_by(Body.id)
    if known_to is not None:
        statement = statement.where(is_visible_to(known_to))
    if sought.place_id is not None:
        there = session.scalar(statement.where(Body.place_id == sought.place_id).limit(1))
        if there is not None:
            return there
        statement = statement.where(Body.place_id.is_(None))
    asked = fold(sought.name)
    if not asked:
        return None
    alike = statement.where(Body.country == sought.country, Body.folded.contains(asked, autoescape=True))
    return next((body for body in session.scalars(alike) if asked in _names(body)), None)


def _names(body: Body) -> set[str]:
    return {fold(name) for name in (body.name, *(body.names or {}).values())} - {""}
