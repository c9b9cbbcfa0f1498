"""How many councillors a commune has, and how many must be there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from app.law import tables

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

Side = Literal["under", "at_least", "unsure"]


@dataclass(frozen=True)
class Strength:
    """The legal strength of a council; ``is_deemed_complete`` when the law takes the elected for the whole."""

    members: int
    is_deemed_complete: bool
    article: str


def legal_strength(population: int, *, on: date | None = None, elected: int | None = None) -> Strength:
    """Return the legal strength for the population of the last renewal (CGCT L2121-2, L2121-2-1).

    ``elected`` is the number really elected at the last election: from the minimum of L2121-2-1 on, it takes the
    place of the strength for every legal purpose.
    """
    table = tables.load("strengths")
    legal = _step(table["legal"]["steps"], population)
    assert legal is not None  # noqa: S101  # the last step has no bound
    deemed = table["deemed_complete"]
    least = _step(deemed["steps"], population) if on is None or on >= deemed["from"] else None
    if elected is not None and least is not None and least <= elected < legal:
        return Strength(elected, is_deemed_complete=True, article=f"CGCT {deemed['article'].removeprefix('CGCT ')}")
    return Strength(legal, is_deemed_complete=False, article="CGCT L2121-2")


def _step(steps: Iterable[dict[str, Any]], population: int) -> int | None:
    return next((step["members"] for step in steps if population <= step.get("up_to", population)), None)


def crosses_step(first: int, second: int) -> bool:
    """Say whether two populations call for two different strengths."""
    return legal_strength(first).members != legal_strength(second).members


def quorum(in_office: int, *, excluded: int = 0) -> int:
    """Return how many members must be present: more than half of those in office (CGCT L2121-17).

    ``excluded`` are the representatives of L1111-6 II, who are not counted as members in office for an item.
    """
    return max(in_office - excluded, 0) // 2 + 1


def side_of_threshold(populations: Iterable[int], threshold: int) -> Side | None:
    """Say on which side a commune stands; ``unsure`` when its two populations disagree, None without any."""
    sides = {number >= threshold for number in populations}
    if not sides:
        return None
    if len(sides) > 1:
        return "unsure"
    return "at_least" if sides.pop() else "under"
