"""How much a condition that holds can still bear: so many persons fewer, so many days or euros more."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from app.rules.numbers import exact, is_exact
from app.rules.units import MONEY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from app.rules.numbers import Bounds, Number

_CENT = Fraction(1, 100)
_SIDES = {"min": ("min", 1), "above": ("min", 1), "max": ("max", -1), "below": ("max", -1)}
_EXCLUDED = ("above", "below")


@dataclass(frozen=True, slots=True)
class Room:
    """So much fewer (``side`` min) or more (``side`` max) before the condition no longer holds."""

    side: str
    left: Number
    unit: str


def room_between(value: Bounds, bounds: Mapping[str, Bounds], unit: str) -> tuple[Room, ...]:
    """The room of a known number between known bounds; of an excluded one, up to the last cent or the last whole."""
    found = []
    for name, bound in bounds.items():
        if name not in _SIDES or not is_exact(value) or not is_exact(bound):
            continue
        side, sign = _SIDES[name]
        left = Fraction(value[0] or 0) * sign - Fraction(bound[0] or 0) * sign
        if name in _EXCLUDED:
            left -= _CENT if unit in MONEY else 1
        if left >= 0:
            found.append(Room(side, exact(left), unit))
    return tuple(found)


def narrowest_room(several: Iterable[tuple[Room, ...]]) -> tuple[Room, ...]:
    """Where all must hold: on each side, the least."""
    return _picked(several, min)


def widest_room(several: Iterable[tuple[Room, ...]]) -> tuple[Room, ...]:
    """Where one is enough: on each side that all of them bound, the most."""
    there = list(several)
    shared = set.intersection(*({(one.side, one.unit) for one in rooms} for rooms in there)) if there else set()
    return tuple(one for one in _picked(there, max) if (one.side, one.unit) in shared)


def _picked(several: Iterable[tuple[Room, ...]], pick: Callable[[Number, Number], Number]) -> tuple[Room, ...]:
    found: dict[tuple[str, str], Room] = {}
    for one in (room for rooms in several for room in rooms):
        key = (one.side, one.unit)
        found[key] = Room(one.side, pick(found[key].left, one.left) if key in found else one.left, one.unit)
    return tuple(found.values())
