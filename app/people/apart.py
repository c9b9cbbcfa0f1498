"""Records of one name that stand in one list: what tells them apart is said beside the name."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask_babel import gettext as _

from app.shared.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.people.models import Person


@dataclass(frozen=True)
class Named:
    """``hints``: what may tell it apart, the plainest first; said only where it differs."""

    id: int
    name: str
    hints: tuple[str, ...]


def alike(named: Iterable[tuple[int, str]]) -> frozenset[int]:
    """Those whose name others bear too, for who looks up hints for these alone."""
    known: dict[str, list[int]] = defaultdict(list)
    for number, name in named:
        known[fold(name)].append(number)
    return frozenset(number for numbers in known.values() if len(numbers) > 1 for number in numbers)


def told_apart(named: Iterable[Named]) -> dict[int, str]:
    """The names, each its own: by the first hint that is nobody else's, else by the number of the record."""
    held = list(named)
    same: dict[str, list[Named]] = defaultdict(list)
    for one in held:
        same[fold(one.name)].append(one)
    return {one.id: _said(one, same[fold(one.name)]) for one in held}


def _said(one: Named, same: list[Named]) -> str:
    if len(same) == 1:
        return one.name
    own = next(
        (
            hint
            for rank, hint in enumerate(one.hints)
            if hint and sum(rank < len(other.hints) and other.hints[rank] == hint for other in same) == 1
        ),
        None,
    )
    return str(_("%(name)s (%(what)s)", name=one.name, what=own or _("fiche n° %(number)s", number=one.id)))


def persons_apart(persons: Iterable[Person]) -> dict[int, str]:
    """The names of persons, each its own: by title, else by the number of the record; not everybody sees addresses."""
    return told_apart(Named(one.id, one.name, (one.title,)) for one in persons)


def person_choices(persons: Iterable[Person]) -> list[tuple[str, str]]:
    """Persons to choose from in a form."""
    return [(str(number), name) for number, name in persons_apart(persons).items()]
