"""One project against one edition. Everything but the verdict is made when it is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from app.rules.amount import amount_of
from app.rules.logic import NOT_MET, UNKNOWN
from app.rules.result import VERDICTS, Amount, Verdict

if TYPE_CHECKING:
    from app.rules.facts import Facts
    from app.rules.model import Criterion, Edition
    from app.rules.result import State


@dataclass
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
            return Amount(refused=True)
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

    @property
    def reserved(self) -> tuple[State, ...]:
        """What is not known, casts no doubt yet, and would still say no: what is judged later, a choice left open."""
        return tuple(
            one for one in self.states if one.status is UNKNOWN and counts(one.criterion) and one.criterion.later
        )

    @property
    def is_settled(self) -> bool:
        """Whether no missing answer can change the verdict."""
        if self.verdict is Verdict.NOT_ELIGIBLE:
            return not any(one.status is UNKNOWN and one.criterion.scope for one in self.states)
        return self.verdict.is_decided and not (self.verdict is Verdict.ELIGIBLE and self.reserved)


def assess(edition: Edition, facts: Facts) -> Assessment:
    """Assess a project against an edition."""
    effect = 0
    states = []
    for resolve in edition.resolvers:
        state = resolve(facts)
        states.append(state)
        effect = max(effect, state.effect)
    return Assessment(edition, facts, VERDICTS[effect], tuple(states))


def state_of(criterion: Criterion, facts: Facts) -> State:
    """The state of one criterion."""
    return criterion.resolve(facts)


def counts(criterion: Criterion) -> bool:
    """Whether the criterion can change the verdict: an unverified or informative one cannot."""
    return criterion.decides
