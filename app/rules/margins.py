"""How much may still be lost before a rule, or a step of a scale, is: withdrawals, days, euros."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.rules.logic import MET, NOT_MET
from app.rules.numbers import is_exact
from app.rules.rawsearch import texts_in
from app.rules.result import Verdict
from app.rules.units import UNITS
from app.rules.vocabulary.fields import COLLECTIONS

if TYPE_CHECKING:
    from app.rules.evaluate import Assessment
    from app.rules.facts import Facts
    from app.rules.language.room import Room
    from app.rules.model import Criterion
    from app.rules.numbers import Number
    from app.rules.saying import Speaker

PERIODS = {"project": "project.end", "event": "events"}
_VALUES = ("value", "each_group", "every", "some", "that", "of", "conditions")
_LONG = ("mois", "ans")
_COUNTED = ("personnes", "organismes", "pays", "rencontres", "jours", "mois", "ans", "EUR", "CAD", "km")


@dataclass(frozen=True, slots=True)
class Margin:
    """So much may be lost (``side`` min) or added (``side`` max) before the rule no longer holds."""

    criterion: str
    label: str
    fact: str
    left: Number
    unit: str
    side: str

    def sentence(self, speaker: Speaker) -> str:
        """The margin in one sentence."""
        said = speaker.number(self.left, self.unit)
        none = self.left == 0
        key = f"margin_{self.side}_none" if none else f"margin_{self.side}"
        return str(speaker.words[key].format(label=self.label, left=said))


def margins(assessment: Assessment) -> list[Margin]:
    """The margins of a project that nothing refuses, the narrowest relative to its size first."""
    if assessment.verdict in (Verdict.NOT_ELIGIBLE, Verdict.NOT_CONCERNED):
        return []
    found: list[Margin] = []
    for state in assessment.states:
        if state.status is MET and state.criterion.decides:
            found.extend(_of(state.criterion, assessment.facts))
    return found + _steps(assessment)


def _of(criterion: Criterion, facts: Facts) -> list[Margin]:
    condition = criterion.readings[0].condition
    if condition.kind == "date":
        gap = condition.gap(facts)
        fact = min(criterion.reads, key=lambda path: (path.count("."), path), default="")
        return [] if gap is None else [Margin(criterion.id, criterion.label, fact, gap, "jours", "late")]
    fact = varying(criterion.raw, criterion.reads)
    found: dict[tuple[str, str | int], Margin] = {}
    for one in condition.room(facts):
        if one.unit in _COUNTED:
            left = _whole(one)
            key = (one.side, one.unit if left else 0)  # said once, whatever it is that there is no more of
            found.setdefault(key, Margin(criterion.id, criterion.label, fact, left, one.unit, one.side))
    return list(found.values())


def _whole(room: Room) -> Number:
    """Months and years begun count as none: so much is certain."""
    return math.floor(room.left) if room.unit in _LONG else room.left


def varying(raw: object, reads: frozenset[str]) -> str:
    """The fact that varies in a rule: the first that its value names, or failing that the shortest that it reads."""
    told = [raw[key] for key in _VALUES if key in raw] if isinstance(raw, Mapping) else raw
    named = (_fact_of(one, reads) for one in texts_in(told))
    return next((one for one in named if one), min(reads, key=lambda path: (path.count("."), path), default=""))


def _fact_of(word: str, reads: frozenset[str]) -> str:
    """A path that a rule reads; a list that it counts; the end of a period that it measures."""
    if word in PERIODS:
        return PERIODS[word]
    first = word.partition(".")[0]
    if first in COLLECTIONS:
        return first
    return word if word in reads else ""


def _steps(assessment: Assessment) -> list[Margin]:
    """How far above the step of its scale a line of the amount is."""
    found = []
    for one in assessment.amount.lines:
        scale = one.line.value.scale
        if scale is None or one.applies is NOT_MET:
            continue
        quantity, table = scale
        value = quantity.read(assessment.facts)
        row = next((row for row in table.rows if is_exact(value) and _holds(row.low, row.high, value[0])), None)
        if row is not None and value[0] is not None and table.rows[0] is not row and quantity.unit in UNITS:
            left = value[0] - row.low
            found.append(Margin(f"montant-{one.line.id}", one.line.says, "", left, quantity.unit, "step"))
    return found


def _holds(low: Number, high: Number | None, value: Number | None) -> bool:
    return value is not None and value >= low and (high is None or value <= high)
