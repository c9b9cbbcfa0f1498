"""A project told fact by fact, against every shipped edition: what was called certain is never turned."""

from __future__ import annotations

import random
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.rules.amount import amount_of
from app.rules.derived import doubts
from app.rules.evaluate import assess
from app.rules.logic import MET, NOT_APPLICABLE, NOT_MET, UNKNOWN
from app.rules.questions import still_open
from app.rules.reading import FactsError, read_facts
from tests.rules.growing import CATALOGUE, TOLD, grown, project

if TYPE_CHECKING:
    from app.rules.evaluate import Assessment
    from app.rules.model import Edition
    from app.rules.result import Amount

LATER = {MET: {MET, NOT_APPLICABLE}, NOT_MET: {NOT_MET, NOT_APPLICABLE}, NOT_APPLICABLE: {NOT_APPLICABLE}}


def stages(edition: Edition, seed: int) -> list[Assessment]:
    """The same project with more and more facts, as long as they do not contradict each other."""
    chance = random.Random(seed)  # noqa: S311  # a draw that can be done again
    examples = [example for one, example in TOLD if one is edition] or [example for _edition, example in TOLD]
    found = []
    for told in grown(project(edition, chance.choice(examples).facts, chance), chance):
        try:
            facts = read_facts(told, CATALOGUE.words)
        except FactsError:
            break
        if doubts(facts):
            break
        found.append(assess(edition, facts))
    return found


def certain(one: Assessment) -> Amount:
    return amount_of(one.edition, one.doubted.facts)


def check(edition: Edition, seed: int) -> None:
    for less, more in pairwise(stages(edition, seed)):
        assert not less.is_settled or more.verdict is less.verdict, (less.facts.told, more.facts.told)
        assert not less.is_settled or more.is_settled, (less.facts.told, more.facts.told)
        for earlier, later in zip(less.doubted.states, more.states, strict=True):
            if earlier.status is not UNKNOWN:
                assert later.status in LATER[earlier.status], (earlier.criterion.id, more.facts.told)
        if less.verdict.is_decided and more.verdict is not less.verdict:
            assert still_open(less, CATALOGUE.words), less.facts.told
        known, now = certain(less), certain(more)
        assert known.exact is None or now.exact == known.exact, more.facts.told
        assert known.low is None or (now.low is not None and now.low >= known.low), more.facts.told
        assert known.high is None or (now.high is not None and now.high <= known.high), more.facts.told


@pytest.mark.parametrize("edition", CATALOGUE.editions, ids=[one.id for one in CATALOGUE.editions])
def test_no_fact_more_turns_what_is_settled_for_any_edition(edition: Edition) -> None:
    for seed in range(4):
        check(edition, seed)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
@given(st.integers(0, len(CATALOGUE.editions) - 1), st.integers(4, 10**9))
def test_no_fact_more_turns_what_is_settled(rank: int, seed: int) -> None:
    check(CATALOGUE.editions[rank], seed)
