"""Bodies of one name that stand in one list: what tells them apart is said beside the name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.bodies.inside import inside
from app.bodies.labels import kind_name
from app.people.apart import Named, alike, told_apart
from app.places.telling import country_name, detail, label

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.access.table import Grant
    from app.bodies.models import Body


def bodies_apart(bodies: Iterable[Body]) -> dict[int, str]:
    """The names of bodies, each its own: by kind, by place, by country, else by the number of the record."""
    held = list(bodies)
    shared = alike((body.id, body.name) for body in held)
    return told_apart(Named(body.id, body.name, _hints(body) if body.id in shared else ()) for body in held)


def grants_apart(grants: Iterable[Grant]) -> dict[int, str]:
    """The same for the bodies in which somebody holds a role, of which only name and kind are at hand."""
    held = {one.body_id: one for one in grants}
    return told_apart(Named(one.body_id, one.body_name, (_kind(one.body_kind),)) for one in held.values())


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
