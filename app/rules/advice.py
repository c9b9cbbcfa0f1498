"""The smallest changes that make a project eligible, each checked by the engine before it is shown.

For every rule that fails, each lever that the rule can notice is moved just far enough. The combinations are tried
from the least effort up; what a combination breaks is mended in turn. One is shown when nothing fails any more,
nothing else is left in doubt, and no part of it would be enough. What has happened is not a lever.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from app.rules.changing import Change, number_at, together
from app.rules.evaluate import assess
from app.rules.remedies import CHOICES, Remedies
from app.rules.result import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from app.rules.evaluate import Assessment
    from app.rules.loader import Catalogue
    from app.rules.model import Criterion

PER_SUGGESTION = 50
MOST_SUGGESTIONS = 4
CAP = PER_SUGGESTION * MOST_SUGGESTIONS
_MOST_FAILING = 6
_MOST_CHANGES = 4
_FEW_FAILING = 2
_MENDED = 2
_MENDING = 20
_SHARPENING = 10
_COMBINATIONS = 2000


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Changes that together are enough, and none of them too many."""

    changes: tuple[Change, ...]
    verdict: Verdict
    assessment: Assessment = field(compare=False)

    @property
    def effort(self) -> float:
        """What it costs in all."""
        return round(sum(one.effort for one in self.changes), 3)

    @property
    def sentence(self) -> str:
        """The changes, one after the other."""
        return " ".join(one.sentence for one in self.changes)


@dataclass(frozen=True, slots=True)
class Advice:
    """What was found, and how many assessments it took."""

    suggestions: tuple[Suggestion, ...] = ()
    assessments: int = 0


def advise(catalogue: Catalogue, assessment: Assessment, *, today: date) -> Advice:
    """The suggestions for a project that is refused or in doubt because something fails."""
    failing = [one.criterion for one in assessment.failing]
    if not failing or len(failing) > _MOST_FAILING or assessment.verdict is Verdict.NOT_CONCERNED:
        return Advice()
    search = _Search(catalogue, assessment, today)
    return Advice(tuple(search.suggestions(failing)), search.assessments)


class _Search:
    def __init__(self, catalogue: Catalogue, assessment: Assessment, today: date) -> None:
        self.catalogue, self.today = catalogue, today
        self.remedies = Remedies(catalogue, assessment, today)
        self.base = assessment
        self.open = {one.criterion.id for one in assessment.open}
        self.mending = 0

    @property
    def assessments(self) -> int:
        """How many facts were tried."""
        return self.remedies.assessments + self.mending

    def suggestions(self, failing: list[Criterion]) -> list[Suggestion]:
        at_most = CHOICES if len(failing) <= _FEW_FAILING else _FEW_FAILING
        several = [list(self.remedies.of(one, at_most)) for one in failing]
        found: list[Suggestion] = []
        for changes in _combinations([remedies for remedies in several if remedies]):
            if len(found) >= MOST_SUGGESTIONS or self._is_spent(len(found)):
                break
            if self._is_known(changes, found):
                continue
            for suggestion in self._from(changes, _MENDED):
                if not self._is_known(suggestion.changes, found) and self._is_minimal(suggestion.changes, len(found)):
                    found.append(suggestion)
                    break
        return sorted(found, key=lambda one: one.effort)

    def _is_known(self, changes: tuple[Change, ...], found: list[Suggestion]) -> bool:
        """Whether something that was found already is part of these changes."""
        mine = frozenset(one.key for one in changes)
        return any(frozenset(one.key for one in other.changes) <= mine for other in found)

    def _is_spent(self, found: int, *, ahead: int = 0) -> bool:
        """Whether what was found so far does not pay for more."""
        return self.assessments + ahead >= min(PER_SUGGESTION * max(1, found), CAP)

    def _from(self, changes: tuple[Change, ...], rounds: int) -> Iterator[Suggestion]:
        """The changes as a suggestion; or, when they break another rule, with what mends it."""
        after = self._after(changes)
        if after is None:
            return
        if self._is_enough(after):
            yield self._sharpened(Suggestion(changes, after.verdict, after))
        elif after.failing and rounds and len(changes) < _MOST_CHANGES and not self._is_spent(0, ahead=_MENDING):
            yield from self._mended(changes, after, rounds)

    def _mended(self, changes: tuple[Change, ...], after: Assessment, rounds: int) -> Iterator[Suggestion]:
        """The changes with what mends the first rule that fails after them."""
        criterion = after.failing[0].criterion
        again: dict[frozenset[str], tuple[Change, ...]] = {}
        for one in self._remedies(criterion, after):
            kept = tuple(other for other in changes if other.lever != one.lever or not other.paths & one.paths)
            more_of = None if _changes_what_is_new(one, changes) else _merged((*changes, one))
            if len(kept) == len(changes) - 1 and (farther := self._farther(changes, one)) is not None:
                yield from self._from((*kept, farther), rounds - 1)
            elif len(kept) < len(changes):
                again[one.paths] = kept
            elif more_of is not None and len(more_of) > len(changes) and not self._is_spent(0):
                yield from self._from(more_of, rounds - 1)
        for paths, kept in again.items():
            yield from self._redone(criterion, kept, paths, rounds)

    def _farther(self, changes: tuple[Change, ...], one: Change) -> Change | None:
        """Several numbers that one lever moved, one of them moved on; said from what was told."""
        other = next(each for each in changes if each.lever == one.lever and each.paths & one.paths)
        lever = next(each for each in self.catalogue.levers if each.id == one.lever)
        if lever.kind != "number" or other.paths <= one.paths:
            return None
        put, told, teller = {**dict(other.put), **dict(one.put)}, self.remedies.told, self.remedies.teller
        moved = [path for path in put if path in other.paths | one.paths]
        steps = [abs(put[path] - (number_at(told, path) or 0)) for path in moved]
        said = [teller.number(lever, told, path, put[path]) for path in moved]
        effort = sum(lever.effort + lever.per * float(step) for step in steps)
        return Change(lever.id, tuple(put.items()), effort, " ".join(said))

    def _sharpened(self, found: Suggestion) -> Suggestion:
        """Each number and each date counted again after the other changes: it may not have to go so far."""
        for one in found.changes if len(found.changes) > 1 else ():
            kept = [other for other in found.changes if other is not one]
            spent = self._is_spent(0, ahead=_SHARPENING + 2 ** len(found.changes))  # parts are still to be tried
            after = None if spent else self._after(tuple(kept))
            if after is None or not after.failing:
                continue
            for less in self._remedies(after.failing[0].criterion, after, only=one.lever):
                changes = tuple(less if other is one else other for other in found.changes)
                if less.paths == one.paths and less.effort < one.effort and (end := self._after(changes)) is not None:
                    found = Suggestion(changes, end.verdict, end) if self._is_enough(end) else found
                    break
        return found

    def _redone(
        self, criterion: Criterion, kept: tuple[Change, ...], paths: frozenset[str], rounds: int
    ) -> Iterator[Suggestion]:
        """A change that the others made too short is counted again, from what was told, after the others."""
        after = self._after(kept) if kept and not self._is_spent(0, ahead=_MENDING) else None
        for one in [] if after is None else self._remedies(criterion, after):
            if one.paths & paths and not self._is_spent(0):
                yield from self._from((*kept, one), rounds - 1)

    def _remedies(self, criterion: Criterion, after: Assessment, *, only: str = "") -> list[Change]:
        remedies = Remedies(self.catalogue, after, self.today)
        found = list(remedies.of(criterion, only=only))
        self.mending += remedies.assessments
        return found

    def _after(self, changes: tuple[Change, ...]) -> Assessment | None:
        facts = self.remedies.facts(together(self.remedies.told, changes))
        if facts is None:
            return None
        self.remedies.assessments += 1
        return assess(self.base.edition, facts)

    def _is_enough(self, after: Assessment) -> bool:
        """Nothing fails any more, and nothing more is in doubt."""
        return not after.failing and {one.criterion.id for one in after.open} <= self.open

    def _is_minimal(self, changes: tuple[Change, ...], found: int) -> bool:
        """Whether no part is enough; when there is nothing left to find out with, it is not known, so no."""
        if self.assessments + 2 ** len(changes) - 2 > PER_SUGGESTION * max(1, found):
            return False
        parts = (part for size in range(1, len(changes)) for part in itertools.combinations(changes, size))
        tried = (self._after(part) for part in parts)
        return not any(after is not None and self._is_enough(after) for after in tried)


def _changes_what_is_new(one: Change, earlier: tuple[Change, ...]) -> bool:
    """Whether a change is about something that an earlier one adds: it is then better added as it should be."""
    new = [path for change in earlier for path, value in change.put if isinstance(value, dict)]
    return any(path.startswith(f"{other}.") for path, _value in one.put for other in new)


def _combinations(several: list[list[Change]]) -> list[tuple[Change, ...]]:
    """One remedy for each rule, from the least effort up; a remedy that serves two rules is taken once."""
    found: dict[frozenset[str], tuple[Change, ...]] = {}
    for picked in itertools.islice(itertools.product(*several), _COMBINATIONS):
        merged = _merged(picked)
        if merged is not None:
            found.setdefault(frozenset(one.key for one in merged), merged)
    found.pop(frozenset(), None)
    return sorted(found.values(), key=lambda changes: (sum(one.effort for one in changes), len(changes)))


def _merged(picked: tuple[Change, ...]) -> tuple[Change, ...] | None:
    """The same lever pulled for two rules is pulled once, the farther; two levers on one fact contradict."""
    by_lever: dict[tuple[str, str], Change] = {}
    for one in picked:
        key = (one.lever, one.put[0][0])
        if key not in by_lever or one.effort > by_lever[key].effort:
            by_lever[key] = one
    paths = [path for one in by_lever.values() for path, _value in one.put if not path.endswith("participants.total")]
    return tuple(by_lever.values()) if len(paths) == len(set(paths)) else None
