"""Which mandates hold on the same days, as far as their dates are certain."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from app.bodies.labels import ONE_AT_A_TIME
from app.bodies.models import Function

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from app.bodies.models import Mandate
    from app.shared.fuzzydate import FuzzyDate


def certain_days(since: FuzzyDate | None, until: FuzzyDate | None, on: date) -> tuple[date, date]:
    """The days on which a mandate holds for certain; without an end it holds at least today."""
    last = until.earliest if until else on.max
    first = since.latest if since else min(on, last)
    return first, last


def share_days(one: tuple[date, date], other: tuple[date, date]) -> bool:
    """Whether two spans have days in common; the day on which one follows the other is none."""
    return min(one[1], other[1]) > max(one[0], other[0])


def held_twice(mandates: Iterable[Mandate], on: date) -> list[tuple[Mandate, Mandate]]:
    """The mandates that one person would hold beside another of the same function in the same body."""
    return [
        (one, other)
        for one, other in combinations(sorted(mandates, key=lambda one: one.id), 2)
        if one.body_id == other.body_id
        and one.function == other.function
        and is_same_office(one.function, one.wording, other.wording)
        and share_days(certain_days(one.since, one.until, on), certain_days(other.since, other.until, on))
    ]


def is_same_office(function: str, one: str, other: str) -> bool:
    """Whether two mandates of a function are one office by their words: a delegate may be so twice, by other names."""
    if function in ONE_AT_A_TIME:
        return True
    return one == other or (function != Function.OTHER and not (one and other))
