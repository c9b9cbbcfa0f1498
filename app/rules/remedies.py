"""For one rule that fails, every lever that it can notice, moved just far enough."""

from __future__ import annotations

import itertools
import math
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from app.rules.changing import Change, Teller, expanded, number_at, plain_number, shifted, value_at
from app.rules.evaluate import state_of
from app.rules.logic import MET, NOT_APPLICABLE, NOT_MET, UNKNOWN
from app.rules.numbers import exact, up_to_the_cent
from app.rules.rawsearch import documents_in, texts_in
from app.rules.saying import Speaker
from app.rules.vocabulary.countries import FRENCH_NAMES
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
    from app.rules.trying import Trials

CHOICES = 4
_COUNTRIES = 6
_PAIRED = 4
_TRIES = 4
_AROUND = (1, 2, 4, 8)
_STEPPED = ("window_for_start",)
_MONTH, _MOST_DAYS = 30, 400
_FEW = 10
_IN_PAIRS = ("partners", "participants", "documents")


class Remedies:
    """The remedies for the rules of one assessment."""

    def __init__(self, catalogue: Catalogue, assessment: Assessment, today: date, trials: Trials) -> None:
        self.catalogue, self.base, self.today = catalogue, assessment, today
        self.told = assessment.facts.told or {}
        self.teller = Teller(catalogue.words, Speaker())
        self.trials = trials
        submitted = assessment.facts.flat.get("submission.date")
        self.submitted = submitted if isinstance(submitted, When) else None
        self.on = min(today, self.submitted.last) if self.submitted else today
        self.has_begun = self._has_begun()
        self.felt: dict[tuple[str, str, int], Number] = {}
        self.way = -1

    def _has_begun(self) -> bool:
        begun, start = (self.base.facts.flat.get(f"project.{name}") for name in ("has_begun", "start"))
        return begun is True or (isinstance(start, When) and start.last <= self.on)

    def of(self, criterion: Criterion, at_most: int = CHOICES, *, only: str = "") -> Iterator[Change]:
        """What would make this rule hold; ``only``: by this lever."""
        found = 0
        for lever in self.levers_of(criterion):
            if only not in ("", lever.id):
                continue
            for change in self.pulled(lever, criterion):
                found += 1
                yield change
            if found >= at_most:
                return

    def levers_of(self, criterion: Criterion) -> list[Lever]:
        """The levers that this rule can notice, least effort first."""
        return sorted((one for one in self._levers() if one.touches(criterion.reads)), key=lambda one: one.effort)

    def pulled(self, lever: Lever, criterion: Criterion) -> Iterator[Change]:
        """What one lever can do for this rule."""
        yield from _KINDS[lever.kind](self, lever, criterion)

    def _levers(self) -> Iterable[Lever]:
        return (one for one in self.catalogue.levers if not (one.planned and self.has_begun))

    def _state(self, criterion: Criterion, put: dict[str, Any]) -> tuple[Status, Number | None]:
        """The state of one rule after a change, and how far inside its bounds it is."""
        facts = self.trials.facts(self.told, put)
        if facts is None:
            return UNKNOWN, None
        status = state_of(criterion, facts).status
        return status, self._gap(criterion, facts)

    def _gap(self, criterion: Criterion, facts: Facts) -> Number | None:
        """How far inside its bounds a rule is; of a rule with several ways, on the way that is tried."""
        condition = criterion.readings[0].condition
        return (condition if self.way < 0 else condition.ways[self.way]).gap(facts)

    def numbers(self, lever: Lever, criterion: Criterion) -> Iterator[Change]:
        """A number moved as little as is enough; or several alike, where one alone is not."""
        paths = [path for path in expanded(self.told, lever.paths[0]) if number_at(self.told, path) is not None]
        found = False
        for path in paths:
            for change in self._each_way(lever, criterion, path):
                found = True
                yield change
        if not found and len(paths) > 1:
            yield from self._numbers_together(lever, criterion, paths)

    def _numbers_together(self, lever: Lever, criterion: Criterion, paths: list[str]) -> Iterator[Change]:
        """All numbers of one kind moved by one step, two, three; then each put back that need not have moved."""
        before = self._gap(criterion, self.base.facts)
        for direction in lever.directions:
            for steps in range(1, _TRIES + 1):
                by = dict.fromkeys(paths, steps)
                status, gap = self._state(criterion, self._numbers(by, direction, lever))
                if status is not MET and (before is None or gap is None or gap <= before):
                    break
                if status is not MET:
                    continue
                for path in paths:
                    while by[path] and self._are_enough(lever, criterion, {**by, path: by[path] - 1}, direction):
                        by[path] -= 1
                moved = {path: number for path, number in by.items() if number}
                said = [
                    self.teller.number(lever, self.told, path, (number_at(self.told, path) or 0) + direction * number)
                    for path, number in moved.items()
                ]
                put = self._numbers(moved, direction, lever)
                effort = sum(lever.effort + lever.per * number for number in moved.values())
                yield Change(lever.id, tuple(put.items()), effort, " ".join(said))
                return

    def _are_enough(self, lever: Lever, criterion: Criterion, by: dict[str, int], direction: int) -> bool:
        return self._state(criterion, self._numbers(by, direction, lever))[0] is MET

    def _numbers(self, by: dict[str, int], direction: int, lever: Lever) -> dict[str, Any]:
        put: dict[str, Any] = {}
        for path, number in by.items():
            put[path] = plain_number((number_at(self.told, path) or 0) + direction * number)
        for other in lever.also:
            for known in expanded(self.told, other):
                if (total := number_at(self.told, known)) is not None:
                    put[known] = plain_number(total + direction * sum(by.values()))
        return put

    def _each_way(self, lever: Lever, criterion: Criterion, path: str) -> Iterator[Change]:
        """One number moved as little as is enough, on each way to meet the rule where there are several."""
        found: set[str] = set()
        for way in (-1, *range(len(criterion.readings[0].condition.ways))):
            self.way = way
            changes = list(self._one_number(lever, criterion, path))
            self.way = -1
            yield from (one for one in changes if one.key not in found)
            found |= {one.key for one in changes}

    def _one_number(self, lever: Lever, criterion: Criterion, path: str) -> Iterator[Change]:
        """One number moved as little as is enough."""
        start = number_at(self.told, path)
        if start is None:
            return
        before = self._gap(criterion, self.base.facts)
        for direction in lever.directions:
            felt = self.felt.get((criterion.id, path, self.way))
            if felt is not None and before is not None and felt >= before:
                continue  # the other way round did no harm: this way does no good
            steps = self._steps(
                criterion,
                lambda n, path=path, at=start, by=direction: self.moved(path, at, by * n, lever),
                fine=path.startswith("money."),
                even=True,
                moved=path,
            )
            if steps is None:
                continue
            put = self.moved(path, start, direction * steps, lever)
            new = exact(Fraction(start) + direction * steps)
            if new <= 0 < start and path.endswith(".count"):
                continue  # a delegation that does not come is no smaller group
            sentence = self.teller.number(lever, self.told, path, new)
            yield Change(lever.id, tuple(put.items()), lever.effort + lever.per * float(steps), sentence)

    def moved(self, path: str, start: Number, by: Number, lever: Lever) -> dict[str, Any]:
        """What is put when a number moves: the number, and those that change as much."""
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
        return put if all(str(put[path])[:10] >= earliest.isoformat() for path in paths if path in put) else {}

    def _steps(
        self,
        criterion: Criterion,
        make: Any,  # noqa: ANN401  # a change of so many units
        *,
        fine: bool = False,
        even: bool = False,
        moved: str = "",
    ) -> Number | None:
        """The least number of units that is enough, guessed from how the first one helps, then checked.

        ``fine``: a sum of money, told in cents; ``even``: each unit helps as much as the first (a day of a month not).
        """
        before = self._gap(criterion, self.base.facts)
        first = make(1)
        if not first:
            return None
        if before is None:
            return None if fine else self._searched(criterion, make)
        status, gap = self._state(criterion, first)
        if moved and gap is not None:
            self.felt.setdefault((criterion.id, moved, self.way), gap)
        if gap is None or gap <= before:
            return 1 if status is MET else None
        exactly = Fraction(-before) / (Fraction(gap) - before)
        if (
            fine
            and (cents := up_to_the_cent(exactly)) != math.ceil(exactly)
            and self._is_enough(criterion, make, cents)
        ):
            return cents
        guess = max(1, math.ceil(exactly))
        if even and exactly == guess and self._is_enough(criterion, make, guess):
            return guess
        return self._settled(criterion, make, guess)

    def _settled(self, criterion: Criterion, make: Any, guess: int) -> int | None:  # noqa: ANN401
        """The least number of units that is enough, near a guess: months and years are not of one length."""
        below, enough = 0, guess
        if self._is_enough(criterion, make, guess):
            for fewer in (one for one in _AROUND if one < guess):
                if not self._is_enough(criterion, make, guess - fewer):
                    below = guess - fewer
                    break
                enough = guess - fewer
        else:
            below, reached = guess, None
            for more in _AROUND:
                if self._is_enough(criterion, make, guess + more):
                    reached = guess + more
                    break
                below = guess + more
            if reached is None:
                return None
            enough = reached
        return self._halved(criterion, make, below, enough)

    def _searched(self, criterion: Criterion, make: Any) -> int | None:  # noqa: ANN401
        """The least number of units where the rule does not say how far away it is: month by month, then halved."""
        if criterion.readings[0].condition.kind not in _STEPPED or not criterion.reads & make(1).keys():
            return None
        reached = next(
            (far for far in range(_MONTH, _MOST_DAYS, _MONTH) if self._is_enough(criterion, make, far)), None
        )
        if reached is None:
            return None
        return self._halved(criterion, make, reached - _MONTH, reached)

    def _halved(self, criterion: Criterion, make: Any, below: int, enough: int) -> int:  # noqa: ANN401
        """The least number of units between one that is too few and one that is enough."""
        while enough - below > 1:
            middle = (below + enough) // 2
            if self._is_enough(criterion, make, middle):
                enough = middle
            else:
                below = middle
        return enough

    def _is_enough(self, criterion: Criterion, make: Any, steps: Number) -> bool:  # noqa: ANN401
        put = make(steps)
        return bool(put) and self._state(criterion, put)[0] is MET

    def choices(self, lever: Lever, criterion: Criterion) -> Iterator[Change]:
        """Another word, among those that the lever allows; for all elements at once, where one alone is not enough."""
        paths = list(expanded(self.told, lever.paths[0]))
        found = False
        for path in paths:
            for change in self._chosen(lever, criterion, [path]):
                found = True
                yield change
        if not found and len(paths) > 1:
            yield from self._chosen(lever, criterion, paths)

    def _chosen(self, lever: Lever, criterion: Criterion, paths: list[str]) -> Iterator[Change]:
        """The first word that is enough, with the facts that follow from it."""
        follows = {path: value for path, value in lever.value if list(expanded(self.told, path))}
        for new in self._values(lever, criterion):
            changing = [path for path in paths if value_at(self.told, path) != new]
            put = {**dict.fromkeys(changing, new), **follows}
            if not changing or self._state(criterion, put)[0] not in (MET, NOT_APPLICABLE):
                continue
            said = self.teller.choices(lever, self.told, changing, new)
            yield Change(lever.id, tuple(put.items()), lever.effort * len(changing), said)
            return

    def additions(self, lever: Lever, criterion: Criterion) -> Iterator[Change]:
        """One more element of a list; two more bodies or groups, where one is not enough."""
        name = lever.paths[0]
        there = self.told.get(name)
        if not there:
            return
        inside = "groups" if name == "participants" else "items"
        path, items = (name, there) if isinstance(there, list) else (f"{name}.{inside}", there.get(inside))
        who = dict(lever.value).get("role")
        if not isinstance(items, list) or (name == "participants" and who not in set(texts_in(criterion.raw))):
            return
        new = [
            ({**dict(lever.value), **more}, said)
            for more, said in self._new_elements(lever, criterion)
            if name != "documents" or not _is_there(more, items)
        ]
        together = itertools.combinations(new[:_PAIRED], 2) if name in _IN_PAIRS else ()
        for several in itertools.chain(((one,) for one in new), together):
            put = {f"{path}.{len(items) + rank}": one for rank, (one, _said) in enumerate(several)}
            if self._state(criterion, put)[0] is MET:
                said = " ".join(one for _more, one in several)
                yield Change(lever.id, tuple(put.items()), lever.effort * len(several), said)
                return

    def _new_elements(self, lever: Lever, criterion: Criterion) -> Iterator[tuple[dict[str, Any], str]]:
        """What may be added, and how that is said: the document that the rule asks for, or somebody of a country."""
        if lever.paths[0] == "documents":
            for one in documents_in(criterion.raw):
                named = self.catalogue.words.documents[one["document"]]
                more = {"kind": one["document"], **({"stage": one["stage"]} if "stage" in one else {})}
                yield more, lever.says.format(new=named, old="", delta="", who=named)
            return
        for country in self._values(lever, criterion):
            yield {"country": country}, self.teller.choice(lever, self.told, lever.paths[0], country)

    def drops(self, lever: Lever, criterion: Criterion) -> Iterator[Change]:
        """A list without what the rule forbids."""
        path = lever.paths[0]
        there = next(iter([value_at(self.told, one) for one in expanded(self.told, path)]), None)
        if not isinstance(there, dict) or not isinstance(there.get("items"), list):
            return
        fields = {one.name: one.codes or {} for one in SECTIONS["project"]}
        words, items = fields[path.rsplit(".", 1)[-1]], there["items"]
        alone = [[one] for one in items]
        unwanted = [one for one in items if self._state(criterion, {f"{path}.items": [one]})[0] is NOT_MET]
        for several in (*alone, unwanted):
            put = {f"{path}.items": [other for other in items if other not in several]}
            if several and self._state(criterion, put)[0] is MET:
                sentence = lever.says.format(old=", ".join(str(words.get(one, one)) for one in several))
                yield Change(lever.id, tuple(put.items()), lever.effort * len(several), sentence)
                return

    def _values(self, lever: Lever, criterion: Criterion) -> list[Any]:
        if lever.choices != "countries":
            return list(lever.choices)
        named = [self.catalogue.lists[name] for name in texts_in(criterion.raw) if name in self.catalogue.lists]
        several = [[entry.code for entry in one.entries if entry.until is None] for one in named]
        few = [code for one in several if len(one) <= _FEW for code in one]
        listed = [code for one in several for code in one]
        written = [one for one in texts_in(criterion.raw) if one in FRENCH_NAMES]
        there = [one.get("country") for one in self.base.facts.lists["organisations"].items]
        partners = [str(one) for one in there if one]
        return list(dict.fromkeys([*written, *few, *partners, "DE", "FR", *listed]))[:_COUNTRIES]


def _is_there(document: dict[str, Any], items: list[Any]) -> bool:
    """Whether this document is in the list: one that is there is made ready, not added again."""
    alike = [one for one in items if isinstance(one, dict) and one.get("kind") == document["kind"]]
    return any(one.get("stage") in (None, document.get("stage")) for one in alike)


_KINDS = {
    "number": Remedies.numbers,
    "shift": Remedies.shifts,
    "choice": Remedies.choices,
    "add": Remedies.additions,
    "drop": Remedies.drops,
}
