"""Makes, once for each criterion, the function that gives its state: its guards, its readings, its effect."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.rules.logic import MET, NOT_APPLICABLE, NOT_MET, UNKNOWN
from app.rules.result import DOUBT, NONE, State

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.rules.facts import Facts
    from app.rules.logic import Status
    from app.rules.model import Criterion

Resolve = "Callable[[Facts], State]"


def resolver_of(criterion: Criterion) -> Callable[[Facts], State]:
    """The function from facts to the state of this criterion; its few possible states are made beforehand."""
    met = State(criterion, MET)
    not_met = State(criterion, NOT_MET, effect=criterion.failure)
    unknown = State(criterion, UNKNOWN, effect=NONE if criterion.later else min(criterion.failure, DOUBT))
    not_applicable = State(criterion, NOT_APPLICABLE)
    judge = _guarded(criterion, _judge(criterion))
    conflict = State(criterion, UNKNOWN, conflict=True, effect=min(criterion.failure, DOUBT))

    def resolve(facts: Facts) -> State:
        status = judge(facts)
        if status is MET:
            return met
        if status is NOT_MET:
            return not_met
        if status is UNKNOWN:
            return conflict if several and _disagree(criterion, facts) else unknown
        return not_applicable

    several = len(criterion.readings) > 1
    return resolve


def _judge(criterion: Criterion) -> Callable[[Facts], Status]:
    """What the readings say together: their common answer; unverified ones are left out beside others."""
    judges = _judges(criterion)
    if len(judges) == 1:
        return judges[0]

    def judge(facts: Facts) -> Status:
        seen = {one(facts) for one in judges} - {NOT_APPLICABLE}
        return seen.pop() if len(seen) == 1 else UNKNOWN

    return judge


def _judges(criterion: Criterion) -> list[Callable[[Facts], Status]]:
    verified = [one for one in criterion.readings if one.origin.confidence != "U"]
    return [one.condition.judge for one in verified or criterion.readings]


def _disagree(criterion: Criterion, facts: Facts) -> bool:
    """Whether the sources contradict each other on these facts."""
    seen = {one(facts) for one in _judges(criterion)}
    return MET in seen and NOT_MET in seen


def _guarded(criterion: Criterion, judge: Callable[[Facts], Status]) -> Callable[[Facts], Status]:
    """The judgment, where the criterion applies."""
    if criterion.when is None and criterion.unless is None:
        return judge
    wanted = None if criterion.when is None else criterion.when.judge
    excepted = None if criterion.unless is None else criterion.unless.judge

    def guarded(facts: Facts) -> Status:
        exception = NOT_MET if excepted is None else excepted(facts)
        if exception is MET:
            return NOT_APPLICABLE
        applies = MET if wanted is None else wanted(facts)
        if applies is NOT_MET or applies is NOT_APPLICABLE:
            return NOT_APPLICABLE
        status = judge(facts)
        is_sure = exception is not UNKNOWN and applies is MET
        return status if is_sure or status is not NOT_MET else UNKNOWN

    return guarded
