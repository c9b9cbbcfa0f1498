"""What importing a list would do, and what the person decided about it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from app.shared.folding import fold
from app.twinnings.models import TwinningParty

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from app.bodies.models import BodyKind
    from app.twinnings.lists import BadLine, Link, TownName


@dataclass(frozen=True, kw_only=True)
class Choices:
    """What the person decided: match exact names to places, keep links between French towns, join by date."""

    match: bool = False
    french_pairs: bool = False
    together: bool = False


@dataclass(frozen=True)
class Importer:
    """In whose name: the body that keeps the new records, the bodies that a line must concern (None: any)."""

    keeper: int | None = None
    concerned: frozenset[int] | None = None
    known_to: frozenset[int] | None = None


@dataclass(frozen=True)
class Doubt:
    """A town that a human should look at; the list is imported with the name as it is written."""

    line: int
    name: str
    reason: object


@dataclass
class Plan:
    """What importing would do."""

    fresh: list[list[Link]] = field(default_factory=list)
    known: list[Link] = field(default_factory=list)
    bad: list[BadLine] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    places: dict[TownName, int] = field(default_factory=dict)
    kinds: dict[TownName, BodyKind] = field(default_factory=dict)
    bodies: dict[TownName, int] = field(default_factory=dict)
    homonyms: dict[TownName, frozenset[int]] = field(default_factory=dict)
    """Records that a name alone does not tell apart: a line is known when one of them faces its partner already."""
    recognised: frozenset[TownName] = frozenset()
    newest: int = 0
    """The newest party of all dossiers as the plan was made (``newest_party``)."""

    @property
    def matchable(self) -> int:
        """How many towns have the very name of one place of the lists."""
        return len(self.recognised)

    @property
    def new_towns(self) -> int:
        """How many records would be made."""
        named = {town for group in self.fresh for link in group for town in (link.town, link.partner)}
        return len(named - set(self.bodies))


def newest_party(session: Session) -> int:
    """The newest party of all dossiers: another one since says that somebody opened or widened a dossier."""
    return session.scalar(select(func.max(TwinningParty.id))) or 0


def key_of(town: TownName, plan: Plan) -> object:
    """What a town is known by: its record, else its place, else its name."""
    if town in plan.bodies:
        return plan.bodies[town]
    if town in plan.places:
        return f"place {plan.places[town]}"
    return town.country, fold(town.name), town.departement
