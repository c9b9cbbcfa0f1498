"""For one rule that fails, every lever that it can notice, moved just far enough."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from app.rules.changing import Change, Teller, expanded, number_at, plain_number, shifted, value_at
from app.rules.evaluate import state_of
from app.rules.logic import MET, UNKNOWN
from app.rules.numbers import exact
from app.rules.reading import FactsError, read_facts
from app.rules.saying import Speaker
from app.rules.told import NoSuchPlace, changed
from app.rules.vocabulary.fields import SECTIONS
from app.rules.when import When

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from app.rules.evaluate import Assessment
    from app.rules.facts import Facts
    from app.rules.levers import Lever
    from app.rules.loader import Catalogue
    from app.rules.logic import Status
    from app.rules.model import Criterion
    from app.rules.numbers import Number

_CHOICES = 4
_TRIES = 4
Make = "Callable[[Number], dict[str, Any]]"


class Remedies:
    """The remedies for the rules of one assessment; counts the facts it tries."""

    def __init__(self, catalogue: Catalogue, assessment: Assessment, today: date) -> None:
        self.catalogue, self.base, self.today = catalogue, assessment, today
        self.told = assessment.facts.told or {}
        self.teller = Teller(catalogue.words, Speaker())
        self.assessments = 0
        submitted = assessment.facts.flat.get("submission.date")
        self.submitted = submitted if isinstance(submitted, When) else None
        self.on = min(today, self.submitted.last) if self.submitted else today
        self.has_begun = self._has_begun()

    def facts(self, put: dict[str, Any]) -> Facts | None:
        """The facts after a change; None when they would contradict each other."""
        try:
            return read_facts(changed(self.told, put, []), self.catalogue.words)
        except (FactsError, NoSuchPlace):
            return None

    def _has_begun(self) -> bool:
        begun, start = (self.base.facts.flat.get(f"project.{name}") for name in ("has_begun", "start"))
        return begun is True or (isinstance(start, When) and start.last <= self.on)

    def of(self, criterion: Criterion) -> Iterator[Change]:
        """What would make this rule hold."""
        found = 0
        levers = sorted((one for one in self._levers() if one.touches(criterion.reads)), key=lambda one: one.effort)
        for lever in levers:
            for change in _KINDS[lever.kind](self, lever, criterion):
                found += 1
                yield change
            if found >= _CHOICES:
                return

    def _levers(self) -> Iterable[Lever]:
        return (one for one in self.catalogue.levers if not (one.planned and self.has_begun))

    def _state(self, criterion: Criterion, put: dict[str, Any]) -> tuple[Status, Number | None]:
        """The state of one rule after a change, and how far inside its bounds it is."""
        facts = self.facts(put)
        if facts is None:
            return UNKNOWN, None
        self.assessments += 1
        status = state_of(criterion, facts).status
        return status, criterion.readings[0].condition.gap(facts)

    def numbers(self, lever: Lever, criterion: Criterion) -> Iterator[Change]:
        """A number moved as little as is enough."""
        for path in expanded(self.told, lever.paths[0]):
            start = number_at(self.told, path)
            if start is None:
                continue
            for direction in lever.directions:
                steps = self._steps(
                    criterion,
                    lambda n, path=path, at=start, by=direction: self._number(path, at, by * n, lever),
                    fine=path.startswith("money."),
                )
                if steps is None:
                    continue
                put = self._number(path, start, direction * steps, lever)
                new = exact(Fraction(start) + direction * steps)
                sentence = self.teller.number(lever, self.told, path, new)
                yield Change(lever.id, tuple(put.items()), lever.effort + lever.per * float(steps), sentence)

    def _number(self, path: str, start: Number, by: Number, lever: Lever) -> dict[str, Any]:
        put: dict[str, Any] = {path: plain_number(exact(Fraction(start) + by))}
        for other in lever.also:
            for known in expanded(self.told, other):
                total = number_at(self.told, known)
                if total is not None:
                    put[known] = plain_number(exact(Fraction(total) + by))
        return put

    def shifts(self, lever: Lever, criterion: Criterion) -> Iterator[Change]:
        """Dates moved as few days as are enough, never into the past."""
        paths = [path for pattern in lever.paths for path in expanded(self.told, pattern)]
        for moved in [[path] for path in paths] if lever.each else [paths]:
            if not moved or not self._may_move(moved):
                continue
            for direction in lever.directions:
                steps = self._steps(criterion, lambda n, moved=moved, by=direction: self._shift(moved, by * n))
                if steps is None:
                    continue
                put = self._shift(moved, direction * int(steps))
                sentence = self.teller.shift(lever, self.told, moved[0], direction * int(steps))
                yield Change(lever.id, tuple(put.items()), lever.effort + lever.per * steps, sentence)

    def _may_move(self, paths: list[str]) -> bool:
        if paths == ["submission.date"]:
            return self.submitted is not None and self.submitted.first > self.today
        return shifted(self.told, paths, 0) is not None

    def _shift(self, paths: list[str], days: int) -> dict[str, Any]:
        """The moved dates; nothing when one of them would be in the past."""
        put = shifted(self.told, paths, days) or {}
        earliest = self.today if paths == ["submission.date"] else self.on
        return put if all(str(value)[:10] >= earliest.isoformat() for value in put.values()) else {}

    def _steps(self, criterion: Criterion, make: Any, *, fine: bool = False) -> Number | None:  # noqa: ANN401  # a change of so many units
        """The least number of units that is enough, guessed from how the first one helps, then checked."""
        before = criterion.readings[0].condition.gap(self.base.facts)
        first = make(1)
        if before is None or not first:
            return None
        status, gap = self._state(criterion, first)
        if gap is None or gap <= before:
            return 1 if status is MET else None
        exactly = Fraction(-before) / (Fraction(gap) - before)
        if (
            fine
            and (cents := _up_to_the_cent(exactly)) != math.ceil(exactly)
            and self._is_enough(criterion, make, cents)
        ):
            return cents
        guess = max(1, math.ceil(exactly))
        for steps in range(guess, guess + _TRIES):
            if self._is_enough(criterion, make, steps):
                return self._least(criterion, make, steps) if steps == guess else steps
        return None

    def _is_enough(self, criterion: Criterion, make: Any, steps: Number) -> bool:  # noqa: ANN401
        put = make(steps)
        return bool(put) and self._state(criterion, put)[0] is MET

    def _least(self, criterion: Criterion, make: Any, steps: int) -> int:  # noqa: ANN401
        for fewer in range(steps - 1, max(0, steps - _TRIES), -1):
            if self._state(criterion, make(fewer))[0] is not MET:
                return fewer + 1
        return steps

    def choices(self, lever: Lever, criterion: Criterion) -> Iterator[Change]:
        """Another word, among those that the lever allows."""
        for path in expanded(self.told, lever.paths[0]):
            old = value_at(self.told, path)
            for new in self._values(lever, criterion):
                if new == old or self._state(criterion, {path: new})[0] is not MET:
                    continue
                sentence = self.teller.choice(lever, self.told, path, new, old=old)
                yield Change(lever.id, ((path, new),), lever.effort, sentence)
                break

    def additions(self, lever: Lever, criterion: Criterion) -> Iterator[Change]:
        """One more element of a list."""
        name = lever.paths[0]
        there = self.told.get(name)
        if not there:
            return
        path, items = (name, there) if isinstance(there, list) else (f"{name}.items", there.get("items") or [])
        for country in self._values(lever, criterion):
            put = {f"{path}.{len(items)}": {**dict(lever.value), "country": country}}
            if self._state(criterion, put)[0] is MET:
                sentence = self.teller.choice(lever, self.told, name, country)
                yield Change(lever.id, tuple(put.items()), lever.effort, sentence)
                return

    def drops(self, lever: Lever, criterion: Criterion) -> Iterator[Change]:
        """A list without what the rule forbids."""
        path = lever.paths[0]
        there = next(iter([value_at(self.told, one) for one in expanded(self.told, path)]), None)
        if not isinstance(there, dict) or not isinstance(there.get("items"), list):
            return
        field_ = next(one for one in SECTIONS["project"] if one.name == path.rsplit(".", 1)[-1])
        for one in there["items"]:
            put = {f"{path}.items": [other for other in there["items"] if other != one]}
            if self._state(criterion, put)[0] is MET:
                sentence = lever.says.format(old=(field_.codes or {}).get(one, one))
                yield Change(lever.id, tuple(put.items()), lever.effort, sentence)
                return

    def _values(self, lever: Lever, criterion: Criterion) -> list[Any]:
        if lever.choices != "countries":
            return list(lever.choices)
        named = [self.catalogue.lists[name] for name in _strings(criterion.raw) if name in self.catalogue.lists]
        listed = [entry.code for one in named for entry in one.entries if entry.until is None]
        written = [one for one in _strings(criterion.raw) if len(one) == 2 and one.isupper()]  # noqa: PLR2004  # a code
        there = [one.get("country") for one in self.base.facts.lists["organisations"].items]
        partners = [str(one) for one in there if one]
        return list(dict.fromkeys([*written, *partners, "DE", "FR", *listed]))[:_CHOICES]


def _up_to_the_cent(value: Fraction) -> Number:
    """The next cent: sums of money are told in cents."""
    return exact(Fraction(math.ceil(value * 100), 100))


def _strings(raw: Any) -> Iterator[str]:  # noqa: ANN401  # any TOML value
    if isinstance(raw, str):
        yield raw
    elif isinstance(raw, dict):
        for one in raw.values():
            yield from _strings(one)
    elif isinstance(raw, list):
        for one in raw:
            yield from _strings(one)


_KINDS = {
    "number": Remedies.numbers,
    "shift": Remedies.shifts,
    "choice": Remedies.choices,
    "add": Remedies.additions,
    "drop": Remedies.drops,
}
