"""Advice for projects that break three rules or more: enough, minimal, within its limit, and saying what is untried."""

from __future__ import annotations

import random
from datetime import date
from itertools import combinations
from typing import TYPE_CHECKING

import pytest

from app.rules.advice import PER_SUGGESTION, advise
from app.rules.answer import answer
from app.rules.changing import together
from app.rules.evaluate import assess
from app.rules.loader import load
from app.rules.reading import FactsError, read_facts
from app.rules.told import NoSuchPlace, changed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.rules.changing import Change
    from app.rules.evaluate import Assessment
    from app.rules.model import Edition

CATALOGUE = load()
TODAY = date(2024, 1, 10)  # before most editions close: dates can still be moved
SEVERAL = 3


def broken() -> Iterator[Assessment]:
    """What the failing examples of a file put, several at once, on the project that conforms."""
    chance = random.Random(7)  # noqa: S311  # a draw that can be done again
    for edition in CATALOGUE.editions:
        wrong = [one for one in edition.examples if one.verdict in ("not_eligible", "to_check") and one.puts]
        right = next((one for one in edition.examples if one.verdict == "eligible"), None)
        for _ in range(2 if right and len(wrong) >= SEVERAL else 0):
            told = right.facts if right else {}
            try:
                for put in (put for one in chance.sample(wrong, SEVERAL) for put in one.puts):
                    told = changed(told, put, ())
                found = assess(edition, read_facts(told, CATALOGUE.words))
            except (FactsError, NoSuchPlace):
                continue
            if len(found.failing) >= SEVERAL and found.verdict != "not_concerned":
                yield found


def after(edition: Edition, before: Assessment, changes: tuple[Change, ...]) -> Assessment:
    told = before.facts.told or {}
    return assess(edition, read_facts(changed(told, together(told, changes), ()), CATALOGUE.words))


@pytest.mark.parametrize("before", list(broken()), ids=lambda one: one.edition.id)
def test_several_broken_rules_are_mended_by_enough_and_no_more(before: Assessment) -> None:
    found = advise(CATALOGUE, before, today=TODAY)
    doubtful = {one.criterion.id for one in before.open}
    told = answer(before, catalogue=CATALOGUE, today=TODAY)

    assert found.assessments <= PER_SUGGESTION * max(1, len(found.suggestions))
    assert told["advice_assessments"]["cut"] is found.cut
    assert ("arrêtée à sa limite" in told["advice_sentence"]) is found.cut
    assert [one.effort for one in found.suggestions] == sorted(one.effort for one in found.suggestions)
    for one in found.suggestions:
        end = after(before.edition, before, one.changes)
        kept = {state.criterion.id for state in end.failing}
        assert all(state.criterion in [warned.criterion for warned in before.failing] for state in end.failing)
        assert end.verdict != "not_eligible"
        assert bool(one.leaves) is (end.verdict == "to_check")
        assert {state.criterion.id for state in end.open} <= doubtful
        for part in (part for size in range(1, len(one.changes)) for part in combinations(one.changes, size)):
            smaller = after(before.edition, before, part)
            failing = {state.criterion.id for state in smaller.failing}
            assert failing - kept or {state.criterion.id for state in smaller.open} - doubtful
