"""How much may still be lost before a rule, or a step of a scale, is: withdrawals, days, euros."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.rules.logic import MET, NOT_MET
from app.rules.numbers import is_exact
from app.rules.result import Verdict
from app.rules.units import UNITS

if TYPE_CHECKING:
    from app.rules.evaluate import Assessment
    from app.rules.facts import Facts
    from app.rules.model import Criterion
    from app.rules.numbers import Number
    from app.rules.saying import Speaker

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
    fact = min(criterion.reads, key=lambda path: (path.count("."), path), default="")
    if condition.kind == "date":
        gap = condition.gap(facts)
        return [] if gap is None else [Margin(criterion.id, criterion.label, fact, gap, "jours", "late")]
    value = condition.value(facts)
    if condition.kind not in ("between", "some") or value.kind != "number" or not is_exact(value.value):
        return []
    if value.unit not in _COUNTED:
        return []
    wanted = condition.threshold(facts)
    return [
        Margin(criterion.id, criterion.label, fact, abs(value.value[0] - bound.value[0]), value.unit, side)
        for bound in (wanted.parts[0].parts if wanted.kind == "such" else wanted.parts)
        if is_exact(bound.value) and (side := {"min": "min", "max": "max"}.get(bound.kind))
    ]


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
