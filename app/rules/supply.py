"""For each rule that fails, its levers from the least effort up: pulled as they are asked for, the rest left."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.rules.changing import Change
    from app.rules.levers import Lever
    from app.rules.model import Criterion
    from app.rules.remedies import Remedies


class Supply:
    """The remedies found so far for the rules that fail, and the levers that were not pulled yet."""

    def __init__(self, remedies: Remedies, failing: list[Criterion]) -> None:
        self.remedies, self.failing = remedies, failing
        self.levers: list[list[Lever]] = [remedies.levers_of(one) for one in failing]
        self.left: list[list[Lever]] = [list(levers) for levers in self.levers]
        self.found: list[list[Change]] = [[] for _one in failing]

    def draw(self, rank: int, at_least: int) -> None:
        """Pull the levers of one rule until it has so many remedies."""
        while self.left[rank] and len(self.found[rank]) < at_least:
            self._pull(rank)

    def several(self) -> list[list[Change]]:
        """The remedies of each rule that has some."""
        return [remedies for remedies in self.found if remedies]

    def further(self, below: float) -> Iterator[list[list[Change]]]:
        """One more lever of one rule at a time, the most promising first, beside what the other rules have."""
        while (rank := self._most_promising(below)) is not None:
            new = self._pull(rank)
            if new:
                yield [new if each == rank else one for each, one in enumerate(self.found) if one]

    def least_left(self) -> float | None:
        """At least what a sum costs that a lever still left is part of; None where none is left."""
        return min((bound for bound, _rank in self._bounds()), default=None)

    def _most_promising(self, below: float) -> int | None:
        bound, rank = min(self._bounds(), default=(below, -1))
        return rank if bound < below else None

    def _bounds(self) -> Iterator[tuple[float, int]]:
        for rank, left in enumerate(self.left):
            for lever in itertools.islice(left, 1):
                yield lever.effort + self._besides(rank, lever), rank

    def _besides(self, rank: int, lever: Lever) -> float:
        """What the rules cost at least that this lever cannot serve as well; one change may serve them all."""
        others = [
            min(one.effort for one in levers)
            for each, levers in enumerate(self.levers)
            if each != rank and levers and lever not in levers
        ]
        return max(others, default=0.0)

    def _pull(self, rank: int) -> list[Change]:
        lever = self.left[rank].pop(0)
        new = list(self.remedies.pulled(lever, self.failing[rank]))
        self.found[rank] += new
        return new
