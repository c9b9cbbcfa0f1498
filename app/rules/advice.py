"""The smallest changes that make a project eligible, each checked by the engine before it is shown.

For every rule that fails, each lever that the rule can notice is moved just far enough. The sums are tried from the
least effort up; a sum that breaks another rule waits, with what mends it, until its own effort is the least. One is
shown when nothing fails any more, nothing else is left in doubt, and no part of it would be enough. What has happened
is not a lever. A warning that nothing can lift hides no change that lifts all that blocks: it is said to remain.
"""

from __future__ import annotations

import heapq
import itertools
import math
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING

from app.rules.changing import Change, number_at, together
from app.rules.numbers import exact
from app.rules.pieces import pieces_of
from app.rules.remedies import CHOICES, Remedies
from app.rules.result import NO, Verdict
from app.rules.supply import Supply
from app.rules.trying import Trials

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from app.rules.evaluate import Assessment
    from app.rules.loader import Catalogue
    from app.rules.model import Criterion
    from app.rules.result import State

PER_SUGGESTION = 50
MOST_SUGGESTIONS = 4
CAP = PER_SUGGESTION * MOST_SUGGESTIONS
_MOST_FAILING = 6
_MOST_CHANGES = 4
_FEW_FAILING = 2
_MENDED = 2
_MENDING = 10
_SHARPENING = 6
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
        return effort_of(self.changes)

    @property
    def sentence(self) -> str:
        """The changes, one after the other."""
        return " ".join(one.sentence for one in self.changes)

    @property
    def leaves(self) -> tuple[str, ...]:
        """The rules that keep it to be checked after these changes."""
        if self.verdict is not Verdict.TO_CHECK:
            return ()
        return tuple(dict.fromkeys(one.criterion.label for one in (*self.assessment.failing, *self.assessment.open)))


@dataclass(frozen=True, slots=True)
class Advice:
    """What was found, and how many assessments it took; ``cut``: a smaller change may be left untried."""

    suggestions: tuple[Suggestion, ...] = ()
    assessments: int = 0
    cut: bool = False

    @property
    def limit(self) -> int:
        """How many assessments the search could take: so many for each suggestion found, as many for none."""
        return PER_SUGGESTION * max(1, len(self.suggestions))


def effort_of(changes: tuple[Change, ...]) -> float:
    """What several changes cost in all."""
    return round(sum(one.effort for one in changes), 3)


def advise(catalogue: Catalogue, assessment: Assessment, *, today: date) -> Advice:
    """The suggestions for a project that is refused or in doubt because something fails."""
    whole = to_mend(assessment)
    blocking = [one for one in whole if one.effect == NO]
    trials = Trials(catalogue.words, assessment, PER_SUGGESTION)
    found, is_cut = list[Suggestion](), False
    for several in [whole] if len(blocking) in (0, len(whole)) else [whole, blocking]:
        if found:
            break
        if len(several) > _MOST_FAILING:
            is_cut = True
            continue
        search = _Search(catalogue, assessment, today, trials)
        search.left = {one.criterion.id for one in whole} - {one.criterion.id for one in several}
        found = search.suggestions([one.criterion for one in several])
        is_cut = is_cut or search.cut
    return Advice(tuple(found), trials.count, is_cut)


def to_mend(assessment: Assessment) -> list[State]:
    """What says no or warns; and the rules on which the sources disagree, where nothing else says no."""
    if assessment.verdict is Verdict.NOT_CONCERNED:
        return []
    disputed = (one for one in assessment.open if one.conflict and assessment.verdict is Verdict.TO_CHECK)
    return [*assessment.failing, *disputed]


class _Search:
    def __init__(self, catalogue: Catalogue, assessment: Assessment, today: date, trials: Trials) -> None:
        self.catalogue, self.today, self.trials = catalogue, today, trials
        self.disputed = {one.criterion.id for one in to_mend(assessment) if one.conflict}
        self.left: set[str] = set()  # the warnings that stay as they are
        self.remedies = Remedies(catalogue, assessment, today, self.trials)
        self.base = assessment
        self.open = {one.criterion.id for one in assessment.open}
        self.levers = {one.id: one for one in catalogue.levers}
        self.waiting: list[tuple[float, int, int, tuple[Change, ...], int]] = []
        self.seen: set[frozenset[str]] = set()
        self.cut = False
        self.dropped = math.inf  # the least effort of a sum that breaks a rule which was not mended any further

    def suggestions(self, failing: list[Criterion]) -> list[Suggestion]:
        supply = self._drawn(failing)
        whole = zip(failing, supply.found, strict=True)
        pieces = [piece for one, found in whole for piece in ([one] if found else pieces_of(one, self.base.facts))]
        if len(failing) < len(pieces) <= _MOST_FAILING:
            supply = self._drawn(pieces)
        self.left |= self._hopeless(supply)
        self._wait_for(supply.several())
        found: list[Suggestion] = []
        self._search(found)
        for several in () if self._is_spent(len(found)) else supply.further(self._least(found)):
            self._wait_for(several)
            self._search(found)
            if self._is_spent(len(found)):
                break
        least = supply.least_left()
        is_outside = least is not None and least < self._least(found)
        is_dropped = bool(found) and self.dropped < self._least(found)
        self.cut = self.cut or self.trials.is_dry or is_outside or is_dropped
        return sorted(found, key=lambda one: one.effort)[:MOST_SUGGESTIONS]

    def _hopeless(self, supply: Supply) -> set[str]:
        """Beside what blocks, the warnings that no lever lifts."""
        if self.base.verdict is not Verdict.NOT_ELIGIBLE:
            return set()
        helped = {one.id.partition("#")[0] for one, found in zip(supply.failing, supply.found, strict=True) if found}
        return {one.criterion.id for one in self.base.failing if one.effect != NO} - helped

    def _failing(self, after: Assessment) -> list[State]:
        """What still has to be mended."""
        disputed = (one for one in after.open if one.conflict and one.criterion.id in self.disputed)
        return [one for one in (*after.failing, *disputed) if one.criterion.id not in self.left]

    def _drawn(self, failing: list[Criterion]) -> Supply:
        supply = Supply(self.remedies, failing)
        for rank in range(len(failing)):
            supply.draw(rank, CHOICES if len(failing) <= _FEW_FAILING else _FEW_FAILING)
        return supply

    def _wait_for(self, several: list[list[Change]]) -> None:
        sums = list(itertools.islice(_combinations(several), _COMBINATIONS + 1))
        self.cut = self.cut or len(sums) > _COMBINATIONS
        for changes in sums[:_COMBINATIONS]:
            self._wait(changes, _MENDED)

    def _search(self, found: list[Suggestion]) -> None:
        """Try what waits, the least effort first; once there are enough, only what is smaller than all of them."""
        while self.waiting and (len(found) < MOST_SUGGESTIONS or self.waiting[0][0] < self._least(found)):
            if self._is_spent(len(found)):
                self.cut = self.cut or self.waiting[0][0] < self._least(found)
                break
            _effort, _size, _rank, changes, rounds = heapq.heappop(self.waiting)
            if not self._is_known(changes, found):
                found += self._tried(changes, rounds, found)
                self.trials.most = PER_SUGGESTION * max(1, len(found))

    def _least(self, found: list[Suggestion]) -> float:
        """What the smallest change found costs; more than any where none was."""
        return min((one.effort for one in found), default=math.inf)

    def _wait(self, changes: tuple[Change, ...], rounds: int) -> None:
        """Changes to try when nothing smaller is left."""
        key = frozenset(one.key for one in changes)
        if key not in self.seen:
            self.seen.add(key)
            heapq.heappush(self.waiting, (effort_of(changes), len(changes), len(self.seen), changes, rounds))

    def _is_known(self, changes: tuple[Change, ...], found: list[Suggestion]) -> bool:
        """Whether something that was found already is part of these changes."""
        mine = frozenset(one.key for one in changes)
        return any(frozenset(one.key for one in other.changes) <= mine for other in found)

    def _is_spent(self, found: int, *, ahead: int = 0) -> bool:
        """Whether what was found so far does not pay for more."""
        return self.trials.count + ahead >= min(PER_SUGGESTION * max(1, found), CAP)

    def _tried(self, changes: tuple[Change, ...], rounds: int, found: list[Suggestion]) -> list[Suggestion]:
        """The changes as a suggestion; when they break another rule, what mends it waits for its turn."""
        after = self._after(changes)
        if after is None:
            return []
        if self._is_enough(after):
            suggestion = self._sharpened(Suggestion(changes, after.verdict, after))
            is_new = not self._is_known(suggestion.changes, found)
            return [suggestion] if is_new and self._is_minimal(suggestion.changes, len(found)) else []
        failing = self._failing(after)
        if failing and rounds and len(changes) < _MOST_CHANGES and not self._is_spent(0, ahead=_MENDING):
            for more in self._mended(changes, after):
                self._wait(more, rounds - 1)
        elif failing:
            self.dropped = min(self.dropped, effort_of(changes))
        return []

    def _mended(self, changes: tuple[Change, ...], after: Assessment) -> Iterator[tuple[Change, ...]]:
        """The changes with what mends the first rule that fails after them."""
        criterion = self._failing(after)[0].criterion
        again: dict[frozenset[str], tuple[Change, ...]] = {}
        for one in self._remedies(criterion, after):
            if (back := self._pulled_back(changes, one)) is not None:
                yield back
                continue
            kept = tuple(other for other in changes if other.lever != one.lever or not other.paths & one.paths)
            more_of = None if _changes_what_is_new(one, changes) else _merged((*changes, one))
            if len(kept) == len(changes) - 1 and (farther := self._farther(changes, one)) is not None:
                yield (*kept, farther)
            elif len(kept) < len(changes):
                again[one.paths] = kept
            elif more_of is not None and len(more_of) > len(changes):
                yield more_of
        for paths, kept in again.items():
            yield from self._redone(criterion, kept, paths)

    def _pulled_back(self, changes: tuple[Change, ...], one: Change) -> tuple[Change, ...] | None:
        """A number that an earlier change moved too far for another rule, moved less far; None if it is not that."""
        other = next((each for each in changes if each.paths == one.paths and each.lever != one.lever), None)
        if other is None or len(one.paths) > 1 or self.levers[other.lever].kind != "number":
            return None
        (path,) = one.paths
        told, lever = self.remedies.told, self.levers[other.lever]
        start, new = number_at(told, path) or 0, exact(dict(one.put)[path])
        by = exact(Fraction(new) - start)
        if not by or (by > 0) is not (exact(dict(other.put)[path]) > start):
            return None
        put = self.remedies.moved(path, start, by, lever)
        less = Change(
            lever.id,
            tuple(put.items()),
            lever.effort + lever.per * abs(float(by)),
            self.remedies.teller.number(lever, told, path, new),
        )
        return tuple(less if each is other else each for each in changes)

    def _farther(self, changes: tuple[Change, ...], one: Change) -> Change | None:
        """Several numbers that one lever moved, one of them moved on; said from what was told."""
        other = next(each for each in changes if each.lever == one.lever and each.paths & one.paths)
        lever = self.levers[one.lever]
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
        parts, most = len(list(self._parts(found.changes))), self.trials.most
        for one in found.changes if len(found.changes) > 1 else ():
            self.trials.most = most - parts - 1  # what the proof and the last assessment take is kept for them
            kept = tuple(other for other in found.changes if other is not one)
            spent = self._is_spent(0, ahead=_SHARPENING + parts)
            after = None if spent else self._after(kept)
            if after is None or not self._failing(after):
                continue
            less = self._farthest(one, after)
            self.trials.most = most - parts
            if less is None or less.effort >= one.effort:
                continue
            changes = tuple(less if other is one else other for other in found.changes)
            end = self._after(changes)
            if end is not None and self._is_enough(end):
                found = Suggestion(changes, end.verdict, end)
        self.trials.most = most
        return found

    def _farthest(self, one: Change, after: Assessment) -> Change | None:
        """The same number or date, moved as far as the rules that fail without it ask, and no farther."""
        several = [
            less
            for state in self._failing(after)
            for less in self._remedies(state.criterion, after, only=one.lever)
            if less.paths == one.paths
        ]
        return max(several, key=lambda less: less.effort, default=None)

    def _redone(
        self, criterion: Criterion, kept: tuple[Change, ...], paths: frozenset[str]
    ) -> Iterator[tuple[Change, ...]]:
        """A change that the others made too short is counted again, from what was told, after the others."""
        after = self._after(kept) if kept and not self._is_spent(0, ahead=_MENDING) else None
        for one in [] if after is None else self._remedies(criterion, after):
            if one.paths & paths:
                yield (*kept, one)

    def _remedies(self, criterion: Criterion, after: Assessment, *, only: str = "") -> list[Change]:
        return list(Remedies(self.catalogue, after, self.today, self.trials).of(criterion, only=only))

    def _after(self, changes: tuple[Change, ...]) -> Assessment | None:
        return self.trials.after(self.remedies.told, together(self.remedies.told, changes))

    def _is_enough(self, after: Assessment) -> bool:
        """Nothing fails any more, and nothing more is in doubt."""
        return not self._failing(after) and {one.criterion.id for one in after.open} <= self.open

    def _is_minimal(self, changes: tuple[Change, ...], found: int) -> bool:
        """Whether no part is enough; when there is nothing left to find out with, it is not known, so no."""
        parts = list(self._parts(changes))
        if self.trials.count + len(parts) > PER_SUGGESTION * max(1, found):
            self.cut = True
            return False
        tried = (self._after(part) for part in parts)
        return not any(after is not None and self._is_enough(after) for after in tried)

    def _parts(self, changes: tuple[Change, ...]) -> Iterator[tuple[Change, ...]]:
        """The parts of a sum that could be enough: each rule that fails must notice one of their levers."""
        failing = [one.criterion.reads for one in self._failing(self.base)]
        for size in range(1, len(changes)):
            for part in itertools.combinations(changes, size):
                levers = [self.levers[one.lever] for one in part]
                if all(any(lever.touches(reads) for lever in levers) for reads in failing):
                    yield part


def _changes_what_is_new(one: Change, earlier: tuple[Change, ...]) -> bool:
    """Whether a change is about something that an earlier one adds: it is then better added as it should be."""
    new = [path for change in earlier for path, value in change.put if isinstance(value, dict)]
    return any(path.startswith(f"{other}.") for path, _value in one.put for other in new)


def _combinations(several: list[list[Change]]) -> Iterator[tuple[Change, ...]]:
    """One remedy for each rule; a remedy that serves two rules is taken once."""
    for picked in itertools.product(*several):
        merged = _merged(picked)
        if merged:
            yield merged


def _merged(picked: tuple[Change, ...]) -> tuple[Change, ...] | None:
    """The same lever pulled for two rules is pulled once, the farther; two levers on one fact contradict."""
    by_lever: dict[tuple[str, str], Change] = {}
    for one in picked:
        key = (one.lever, one.put[0][0])
        if key not in by_lever or one.effort > by_lever[key].effort:
            by_lever[key] = one
    paths = [path for one in by_lever.values() for path, _value in one.put if not path.endswith("participants.total")]
    return tuple(by_lever.values()) if len(paths) == len(set(paths)) else None
