"""The smallest changes that make a project eligible, each checked by the engine before it is shown.

For every rule that fails, each lever that the rule can notice is moved just far enough. The combinations are tried
from the least effort up; one is shown when nothing fails any more, nothing else is left in doubt, and no part of it
would be enough. What has happened is not a lever.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from app.rules.evaluate import assess
from app.rules.remedies import Remedies
from app.rules.result import Verdict

if TYPE_CHECKING:
    from datetime import date

    from app.rules.changing import Change
    from app.rules.evaluate import Assessment
    from app.rules.loader import Catalogue
    from app.rules.model import Criterion

PER_SUGGESTION = 50
MOST_SUGGESTIONS = 4
CAP = PER_SUGGESTION * MOST_SUGGESTIONS
_MOST_FAILING = 3


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
        self.remedies = Remedies(catalogue, assessment, today)
        self.base = assessment
        self.open = {one.criterion.id for one in assessment.open}

    @property
    def assessments(self) -> int:
        """How many facts were tried."""
        return self.remedies.assessments

    def suggestions(self, failing: list[Criterion]) -> list[Suggestion]:
        several = [list(self.remedies.of(one)) for one in failing]
        found: list[Suggestion] = []
        for changes in _combinations(several):
            if len(found) >= MOST_SUGGESTIONS or self._is_spent(len(found)):
                break
            known = {frozenset(one.key for one in suggestion.changes) for suggestion in found}
            mine = frozenset(one.key for one in changes)
            if any(other <= mine for other in known):
                continue
            if (suggestion := self._suggestion(changes)) and self._is_minimal(changes):
                found.append(suggestion)
        return found

    def _is_spent(self, found: int) -> bool:
        return self.assessments >= max(PER_SUGGESTION, PER_SUGGESTION * (found + 1)) or self.assessments >= CAP

    def _suggestion(self, changes: tuple[Change, ...]) -> Suggestion | None:
        """The changes as a suggestion, if after them nothing fails and nothing more is in doubt."""
        facts = self.remedies.facts(dict(pair for one in changes for pair in one.put))
        if facts is None:
            return None
        self.remedies.assessments += 1
        after = assess(self.base.edition, facts)
        still_open = {one.criterion.id for one in after.open}
        if after.failing or not still_open <= self.open:
            return None
        return Suggestion(changes, after.verdict, after)

    def _is_minimal(self, changes: tuple[Change, ...]) -> bool:
        parts = (part for size in range(1, len(changes)) for part in itertools.combinations(changes, size))
        return not any(self._suggestion(part) for part in parts)


def _combinations(several: list[list[Change]]) -> list[tuple[Change, ...]]:
    """One remedy for each rule, from the least effort up; a remedy that serves two rules is taken once."""
    found: dict[frozenset[str], tuple[Change, ...]] = {}
    for picked in itertools.product(*several):
        merged = _merged(picked)
        if merged is not None:
            found.setdefault(frozenset(one.key for one in merged), merged)
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
