"""The towns that a person names: one that is known already, a place of the lists, or a free name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from app.bodies.models import Body, BodyKind
from app.bodies.queries import is_visible_to, same_place
from app.bodies.services.records import BodyFacts, RegisterBody, facts_for, register_body
from app.places.models import Place
from app.shared.folding import fold

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from app.shared.actor import Actor


@dataclass(frozen=True, kw_only=True)
class NamedTown:
    """A town as somebody named it; ``place_id`` only when a human chose it in the lists."""

    name: str
    country: str
    place_id: int | None = None
    kind: BodyKind | None = None

    @property
    def body_kind(self) -> BodyKind:
        """What it is in law, unless it was said."""
        return self.kind or (BodyKind.COMMUNE if self.country == "FR" else BodyKind.FOREIGN_AUTHORITY)


def settle_town(
    session: Session, town: NamedTown, *, known_to: frozenset[int], keeper: int | None, by: Actor, at: datetime
) -> Body:
    """The body of a town: one already known to these bodies, else a new record that ``keeper`` keeps."""
    known = known_town(session, town, known_to)
    if known is not None:
        return known
    kind = town.body_kind
    if town.place_id is not None:
        facts = facts_for(session.get_one(Place, town.place_id), kind)
    else:
        facts = BodyFacts(name=town.name, country=town.country, languages=("fr",) if town.country == "FR" else ())
    command = RegisterBody(kind=kind, facts=facts, place_id=town.place_id, kept_by_id=keeper)
    return register_body(session, command, by=by, at=at)


def known_town(session: Session, town: NamedTown, known_to: frozenset[int]) -> Body | None:
    """The body of a town that these bodies know already."""
    if town.place_id is not None:
        return same_place(session, known_to, town.place_id, town.body_kind)
    return same_name(session, known_to, town)


def same_name(session: Session, known_to: frozenset[int], town: NamedTown) -> Body | None:
    """A body of this name in this country that one knows and that is at no place of the lists."""
    if not known_to:
        return None
    asked = fold(town.name)
    statement = select(Body).where(
        Body.country == town.country,
        Body.kind == town.body_kind,
        Body.folded.contains(asked, autoescape=True),  # with its names in other languages
        Body.place_id.is_(None),
        Body.trashed_at.is_(None),
        is_visible_to(known_to),
    )
    found = session.scalars(statement.order_by(Body.id))
    return next((body for body in found if asked in {fold(one) for one in (body.name, *body.names.values())}), None)
