"""What holds whatever the facts: nothing decided is turned, advice is enough and not too much, bounds cut once."""

from __future__ import annotations

import random
from datetime import date
from itertools import combinations, pairwise
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.rules.advice import PER_SUGGESTION, advise
from app.rules.answer import answer
from app.rules.changing import together
from app.rules.evaluate import assess
from app.rules.loader import load
from app.rules.logic import MET, NOT_APPLICABLE, NOT_MET, UNKNOWN
from app.rules.margins import margins
from app.rules.numbers import exact
from app.rules.questions import missing
from app.rules.reading import FactsError, read_facts
from app.rules.told import changed, plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.rules.evaluate import Assessment
    from app.rules.model import Edition, Example

CATALOGUE = load()
TODAY = date(2026, 11, 22)
TOLD = [(edition, example) for edition in CATALOGUE.editions for example in edition.examples if example.verdict]
EDITIONS = [one for one in CATALOGUE.editions if any(one is edition for edition, _ in TOLD)]
FAILING = [(edition, example) for edition, example in TOLD if example.verdict in ("not_eligible", "to_check")]
LATER = {MET: {MET, NOT_APPLICABLE}, NOT_MET: {NOT_MET, NOT_APPLICABLE}, NOT_APPLICABLE: {NOT_APPLICABLE}}


def assessed(edition: Edition, told: dict[str, Any]) -> Assessment:
    return assess(edition, read_facts(told, CATALOGUE.words))


def forget(told: Any, chance: random.Random, share: float) -> Any:
    """The same facts with some of them unknown: a value left out, a list that may have other elements."""
    if isinstance(told, dict):
        kept = {}
        for key, value in told.items():
            if key == "complete":
                kept[key] = value and chance.random() > share
            elif chance.random() > share or isinstance(value, dict | list):
                kept[key] = forget(value, chance, share)
        if not kept.get("complete", True):
            for key in ("items", "groups", "persons"):
                if isinstance(kept.get(key), list):
                    kept[key] = [one for one in kept[key] if chance.random() > share]
        return kept
    return [forget(one, chance, share) for one in told] if isinstance(told, list) else told


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, len(TOLD) - 1), st.integers(0, 10**6), st.sampled_from([0.05, 0.2, 0.5]))
def test_a_fact_more_never_turns_what_was_decided(rank: int, seed: int, share: float) -> None:
    edition, example = TOLD[rank]
    less = forget(example.facts, random.Random(seed), share)  # noqa: S311  # a draw that can be done again
    before, after = assessed(edition, less), assessed(edition, example.facts)

    for earlier, later in zip(before.states, after.states, strict=True):
        if earlier.status is not UNKNOWN:
            assert later.status in LATER[earlier.status], earlier.criterion.id
    if before.verdict == "eligible" and not any(one.criterion.later and one.status is NOT_MET for one in after.states):
        assert after.verdict == "eligible"
    if before.verdict in ("not_eligible", "not_concerned"):
        assert after.verdict in ("not_eligible", "not_concerned")
    assert before.verdict != "not_concerned" or after.verdict == "not_concerned"
    assert not before.is_settled or after.verdict == before.verdict


@pytest.mark.parametrize("edition", EDITIONS, ids=lambda edition: edition.id)
def test_each_suggestion_is_enough_and_no_part_of_it_is(edition: Edition) -> None:
    for failing, example in FAILING:
        if failing is edition:
            _is_enough_and_not_too_much(edition, example)


def _is_enough_and_not_too_much(edition: Edition, example: Example) -> None:
    told = example.facts
    before = assessed(edition, told)
    advice = advise(CATALOGUE, before, today=TODAY)
    already_open = {one.criterion.id for one in before.open}

    assert advice.assessments <= PER_SUGGESTION * max(1, len(advice.suggestions))
    for one in advice.suggestions:
        after = assessed(edition, _with(told, one.changes))
        assert not after.failing
        assert {state.criterion.id for state in after.open} <= already_open
        assert after.verdict == one.verdict
        for size in range(1, len(one.changes)):
            for part in combinations(one.changes, size):
                smaller = assessed(edition, _with(told, part))
                assert smaller.failing or {state.criterion.id for state in smaller.open} - already_open


def _with(told: dict[str, Any], changes: Any) -> dict[str, Any]:
    return changed(told, together(told, changes), [])


def test_what_has_happened_is_no_lever() -> None:
    edition = CATALOGUE.by_id["fonds-citoyen/depuis-2020"]
    late = next(one for one in edition.examples if one.statuses.get("delai") == "not_met" and one.verdict)
    begun = changed(late.facts, {"project.start": "2025-05-01"}, [])

    assert advise(CATALOGUE, assessed(edition, late.facts), today=TODAY).suggestions
    assert not advise(CATALOGUE, assessed(edition, begun), today=TODAY).suggestions


def bounds() -> Iterator[Any]:
    """Every rule that compares one told number with figures."""
    for edition in CATALOGUE.editions:
        conform = next((one.facts for one in edition.examples if one.verdict == "eligible"), None)
        for criterion in edition.criteria:
            raw = criterion.raw
            path = raw.get("value")
            if conform and criterion.readings[0].condition.kind == "between" and isinstance(path, str) and "." in path:
                facts = read_facts(conform, CATALOGUE.words)
                parts = criterion.readings[0].condition.threshold(facts).parts
                figures = [one.value[0] for one in parts if one.value[0] is not None and one.value[0] == one.value[1]]
                free = criterion.when is None and criterion.unless is None and len(criterion.readings) == 1
                if free and len(figures) == len(parts) and type(facts.flat.get(path)) is int:
                    yield pytest.param(edition, criterion, path, figures, id=f"{edition.id}:{criterion.id}")


@pytest.mark.parametrize(("edition", "criterion", "path", "figures"), list(bounds()))
def test_along_one_fact_each_bound_changes_the_status_once(
    edition: Edition, criterion: Any, path: str, figures: list[Any]
) -> None:
    conform = next(one.facts for one in edition.examples if one.verdict == "eligible")
    facts = read_facts(conform, CATALOGUE.words)
    seen = []
    for figure in sorted(set(figures)):
        for step in (-2, -1, 0, 1, 2):
            point = figure + exact(step) / 100
            state = criterion.resolve(type(facts)({**facts.flat, path: point}, facts.lists))
            seen.append(state.status)
    turns = sum(one is not two for one, two in pairwise(seen))

    assert turns == (
        2 if criterion.readings[0].condition.threshold(facts).parts[0].kind == "equals" else len(set(figures))
    )


@pytest.mark.parametrize("edition", EDITIONS, ids=lambda edition: edition.id)
def test_an_answer_says_everything_and_asks_only_what_is_needed(edition: Edition) -> None:
    for one, example in TOLD:
        if one is edition:
            _says_everything(edition, example)


def _says_everything(edition: Edition, example: Example) -> None:
    assessment = assessed(edition, example.facts)
    told = answer(assessment, catalogue=CATALOGUE, today=TODAY)

    assert told == answer(assessed(edition, plain(example.facts)), catalogue=CATALOGUE, today=TODAY)
    assert all(
        one["sentence"].endswith((".", "!", "?", ":", ";")) or "«" in one["sentence"] for one in told["criteria"]
    )
    assert told["settled"] <= (told["verdict"] != "to_check")
    if told["verdict"] != "to_check":
        assert told["missing"] == []
    for one in missing(assessment, CATALOGUE.words):
        assert one.criteria
    assert all(one.left >= 0 for one in margins(assessment))


@pytest.mark.parametrize(
    ("name", "more"),
    [
        ("fonds-citoyen/depuis-2020", {"submission.category": 4}),
        ("erasmus-ka210/2026", {"score.parts": {"relevance": 20, "design": 19, "partnership": 10, "impact": 10}}),
    ],
)
def test_a_yes_that_an_answer_can_still_turn_is_not_said_to_be_settled(name: str, more: dict[str, Any]) -> None:
    edition, facts = next((one, two.facts) for one, two in TOLD if one.id == name and two.verdict == "eligible")
    told = answer(assessed(edition, facts), catalogue=CATALOGUE, today=TODAY)

    assert told["verdict"] == "eligible"
    assert assessed(edition, changed(facts, more, ())).verdict == "not_eligible"
    assert told["settled"] is False
    assert "peuvent encore changer ce verdict : " in told["settled_sentence"]
    assert told["sentence"].startswith("Éligible, sous réserve de ce qui n’est pas encore dit : ")
    assert {one["fact"] for one in told["still_open"]} & {*more, *(f"score.parts.{part}" for part in _marks(more))}


def _marks(more: dict[str, Any]) -> list[str]:
    return list(more.get("score.parts", {}))


@pytest.mark.parametrize(
    ("name", "put", "fact", "more", "verdict"),
    [
        ("fonds-citoyen/depuis-2020", {"applicant.country": None, "money.requested": 60000}, "applicant.country",
         {"applicant.country": "PL"}, "not_concerned"),
        ("cerv-jumelage/2024", {"project.months": 12, "project.end": None}, "project.end",
         {"project.end": "2026-01-01"}, "to_check"),
        ("meae-general/2025", {"money.requested": 45000, "project.several_countries": None},
         "project.several_countries", {"project.several_countries": True}, "eligible"),
    ],
)  # fmt: skip
def test_a_verdict_that_an_answer_can_turn_names_the_fact(
    name: str, put: dict[str, Any], fact: str, more: dict[str, Any], verdict: str
) -> None:
    edition, facts = next((one, two.facts) for one, two in TOLD if one.id == name and two.verdict == "eligible")
    less = changed(facts, put, [path for path, value in put.items() if value is None])
    told = answer(assessed(edition, less), catalogue=CATALOGUE, today=TODAY)

    assert told["verdict"] not in ("to_check", verdict)
    assert fact in {one["fact"] for one in told["still_open"]}
    assert not told["settled"]
    assert assessed(edition, changed(less, more, ())).verdict == verdict


@pytest.mark.parametrize(("name", "day"), [("cerv-jumelage/2026", "2026-09-23"), ("erasmus-ka210/2026", "2026-03-05")])
def test_the_day_of_the_deadline_without_its_hour_is_asked_for_again(name: str, day: str) -> None:
    edition, facts = next((one, two.facts) for one, two in TOLD if one.id == name and two.verdict == "eligible")
    assessment = assessed(edition, changed(facts, {"submission.date": day}, ()))

    assert assessment.verdict == "to_check"
    assert [one.path for one in missing(assessment, CATALOGUE.words)] == ["submission.date"]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**6), 10**15) | st.floats(allow_nan=False) | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, len(TOLD) - 1), st.data())
def test_no_facts_however_wrong_end_in_a_traceback(rank: int, data: st.DataObject) -> None:
    edition, example = TOLD[rank]
    told = example.facts
    paths = list(_paths(told))
    for _ in range(data.draw(st.integers(1, 3))):
        path = data.draw(st.sampled_from(paths))
        _spoil(told, path, data.draw(JSON))
    try:
        facts = read_facts(told, CATALOGUE.words)
    except FactsError:
        return
    assert answer(assess(edition, facts), catalogue=CATALOGUE, today=TODAY)["verdict"]


def _paths(told: Any, above: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    for key, value in told.items() if isinstance(told, dict) else enumerate(told):
        yield (*above, key)
        if isinstance(value, dict | list):
            yield from _paths(value, (*above, key))


def _spoil(told: Any, path: tuple[Any, ...], value: Any) -> None:
    """Put a value at a path, if it still leads somewhere."""
    try:
        for key in path[:-1]:
            told = told[key]
        told[path[-1]] = value
    except (TypeError, LookupError):
        return
