"""One project against one edition. Everything but the verdict is made when it is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from app.rules.amount import amount_of
from app.rules.logic import MET, NOT_APPLICABLE, NOT_MET, UNKNOWN
from app.rules.model import UNVERIFIED, Severity
from app.rules.result import Amount, State, Verdict

if TYPE_CHECKING:
    from app.rules.facts import Facts
    from app.rules.logic import Status
    from app.rules.model import Criterion, Edition


@dataclass(frozen=True)
class Assessment:
    """A project against an edition."""

    edition: Edition
    facts: Facts
    verdict: Verdict
    states: tuple[State, ...]

    @cached_property
    def amount(self) -> Amount:
        """How much; nothing for a project that gets nothing."""
        if self.verdict in (Verdict.NOT_ELIGIBLE, Verdict.NOT_CONCERNED):
            return Amount()
        return amount_of(self.edition, self.facts)

    def state(self, criterion: str) -> State:
        """The state of the criterion of this name."""
        return next(one for one in self.states if one.criterion.id == criterion)

    @property
    def failing(self) -> tuple[State, ...]:
        """What says no, or asks to look again."""
        return tuple(one for one in self.states if one.status is NOT_MET and counts(one.criterion))

    @property
    def open(self) -> tuple[State, ...]:
        """What is not known and matters."""
        return tuple(
            one for one in self.states if one.status is UNKNOWN and counts(one.criterion) and not one.criterion.later
        )


def assess(edition: Edition, facts: Facts) -> Assessment:
    """Assess a project against an edition."""
    states = tuple([state_of(one, facts) for one in edition.criteria])
    return Assessment(edition, facts, verdict_of(states), states)


def verdict_of(states: tuple[State, ...]) -> Verdict:
    """The verdict that these states make."""
    no = doubt = False
    for one in states:
        status = one.status
        if status is MET or status is NOT_APPLICABLE or not counts(one.criterion):
            continue
        if status is NOT_MET:
            if one.criterion.scope:
                return Verdict.NOT_CONCERNED
            no = no or one.criterion.severity is Severity.BLOCKING
            doubt = True
        elif not one.criterion.later:
            doubt = True
    if no:
        return Verdict.NOT_ELIGIBLE
    return Verdict.TO_CHECK if doubt else Verdict.ELIGIBLE


def counts(criterion: Criterion) -> bool:
    """Whether the criterion can change the verdict: an unverified or informative one cannot."""
    return criterion.decides


def state_of(criterion: Criterion, facts: Facts) -> State:
    """The state of one criterion."""
    guard = _guard(criterion, facts)
    if guard is NOT_MET:
        return State(criterion, NOT_APPLICABLE)
    if len(criterion.readings) == 1:
        status, conflict = criterion.readings[0].condition.judge(facts), False
    else:
        status, conflict = _reconciled(criterion, facts)
    if guard is UNKNOWN and status is NOT_MET:
        status = UNKNOWN
    return State(criterion, status, conflict)


def _guard(criterion: Criterion, facts: Facts) -> Status:
    """Whether the criterion applies."""
    guard = MET
    if criterion.unless is not None:
        excepted = criterion.unless.judge(facts)
        if excepted is MET:
            return NOT_MET
        guard = UNKNOWN if excepted is UNKNOWN else MET
    if criterion.when is not None:
        wanted = criterion.when.judge(facts)
        return guard if wanted is MET else wanted
    return guard


def _reconciled(criterion: Criterion, facts: Facts) -> tuple[Status, bool]:
    """What several sources say together: their common answer, or a conflict."""
    readings = [one for one in criterion.readings if one.origin.confidence != UNVERIFIED] or criterion.readings
    seen = {one.condition.judge(facts) for one in readings} - {NOT_APPLICABLE}
    if len(seen) == 1:
        return seen.pop(), False
    return UNKNOWN, MET in seen and NOT_MET in seen
