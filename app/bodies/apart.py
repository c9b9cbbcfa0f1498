"""Bodies of one name that stand in one list: what tells them apart is said beside the name."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask_babel import gettext as _

from app.bodies.inside import inside
from app.bodies.labels import kind_name
from app.places.telling import country_name, detail, label
from app.shared.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.access.table import Grant
    from app.bodies.models import Body


@dataclass(frozen=True)
class _Named:
    """``hints``: what may tell it apart, the plainest first; said only where it differs."""

    id: int
    name: str
    hints: tuple[str, ...]


def bodies_apart(bodies: Iterable[Body]) -> dict[int, str]:
    """The names of bodies, each its own: by kind, by place, by country, else by the number of the record."""
    held = list(bodies)
    known: dict[str, int] = defaultdict(int)
    for body in held:
        known[fold(body.name)] += 1
    return _apart(_Named(body.id, body.name, _hints(body) if known[fold(body.name)] > 1 else ()) for body in held)


def grants_apart(grants: Iterable[Grant]) -> dict[int, str]:
    """The same for the bodies in which somebody holds a role, of which only name and kind are at hand."""
    held = {one.body_id: one for one in grants}
    return _apart(_Named(one.body_id, one.body_name, (_kind(one.body_kind),)) for one in held.values())


def choices_apart(bodies: Iterable[Body]) -> list[tuple[str, str]]:
    """Bodies to choose from in a form."""
    return [(str(number), name) for number, name in bodies_apart(bodies).items()]


def _hints(body: Body) -> tuple[str, ...]:
    place = body.place
    where = () if place is None else (label(place).removeprefix(place.name).strip(" ()"), detail(place))
    return (_kind(body.kind), country_name(body.country), *where)


def _kind(kind: str) -> str:
    """« comité de jumelage, association »: it stands in brackets itself."""
    return inside(kind_name(kind)).replace(" (", ", ").removesuffix(")")


def _apart(named: Iterable[_Named]) -> dict[int, str]:
    held = list(named)
    alike: dict[str, list[_Named]] = defaultdict(list)
    for one in held:
        alike[fold(one.name)].append(one)
    return {one.id: _said(one, alike[fold(one.name)]) for one in held}


def _said(one: _Named, alike: list[_Named]) -> str:
    """The first hint that is its own, else what the number of the record says."""
    if len(alike) == 1:
        return one.name
    own = next(
        (
            hint
            for rank, hint in enumerate(one.hints)
            if hint and sum(rank < len(other.hints) and other.hints[rank] == hint for other in alike) == 1
        ),
        None,
    )
    return str(_("%(name)s (%(what)s)", name=one.name, what=own or _("fiche n° %(number)s", number=one.id)))
