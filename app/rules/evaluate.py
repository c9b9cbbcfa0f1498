"""One project against one edition. Everything but the verdict is made when it is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from app.rules.amount import amount_of
from app.rules.derived import doubted
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

    @property
    def amount_waits_for(self) -> tuple[str, ...]:
        """The facts that can still change the amount."""
        amount = self.amount
        if amount.refused or not amount.pays:
            return ()
        certain = amount_of(self.edition, doubted(self.facts))
        is_certain = (certain.low, certain.high, certain.exact) == (amount.low, amount.high, amount.exact)
        return tuple(dict.fromkeys((*amount.asked, *(() if is_certain else certain.asked))))

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
        return tuple(one for one in self.states if one.status is UNKNOWN and one.effect)

    @cached_property
    def doubted(self) -> Assessment:
        """The same project, of which nothing is believed that another answer may still replace."""
        return assess(self.edition, doubted(self.facts))

    @cached_property
    def reserved(self) -> tuple[State, ...]:
        """The rules by which a missing answer can still change a decided verdict, as nothing is believed.

        Of a yes, all that is not certain: what is judged later, a choice left open. Of a no, whether the programme
        concerns the project at all, and the rules that say no only until another answer is told.
        """
        doubts = [one for one in self.doubted.states if one.status is UNKNOWN and counts(one.criterion)]
        if self.verdict is Verdict.ELIGIBLE:
            return tuple(doubts)
        deciding = self.doubted.verdict is self.verdict
        failing = {one.criterion.id for one in self.failing if one.effect == max(each.effect for each in self.states)}
        is_no = self.verdict is Verdict.NOT_ELIGIBLE
        return tuple(
            one for one in doubts if (is_no and one.criterion.scope) or (not deciding and one.criterion.id in failing)
        )

    @property
    def is_settled(self) -> bool:
        """Whether no missing answer can change the verdict."""
        return self.verdict.is_decided and not self.reserved


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
