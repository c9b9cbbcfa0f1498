"""Whatever the facts: an answer or a sentence, never a failure."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.law.answer import as_json, judge
from app.law.findings import REGISTER
from app.law.reading import UnreadableFacts, read_case, schema
from app.law.tables import check_rules
from app.law.telling import as_text
from tests.law.drawing import CASES

VALIDATOR = jsonschema.Draft202012Validator(schema())
ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["meeting", "items", "on", "x"]), inner)
    ),
    max_leaves=12,
)
LONG = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def _sentences(content: bytes) -> list[str]:
    """The answer's sentences, or those of the refusal."""
    try:
        return [one["sentence"] for one in as_json(judge(read_case(content)))["checks"]]
    except UnreadableFacts as error:
        return error.sentences()


@given(CASES)
@LONG
def test_every_case_of_the_vocabulary_is_answered_or_refused_in_words(facts: dict[str, Any]) -> None:
    VALIDATOR.validate(facts)
    assert all(_sentences(json.dumps(facts).encode()))
    try:
        answer = judge(read_case(json.dumps(facts).encode()))
    except UnreadableFacts:
        return
    told = as_json(answer)
    json.dumps(told)
    assert [one["id"] for one in told["checks"]] == [*check_rules()]
    assert all(one["sentence"] and one["article"] for one in told["checks"])
    assert as_text(answer, with_all=True)
    for one in told["checks"]:
        assert not (one["status"] == "not_ok" and one["conflict"] and one["severity"] == "blocking")


@given(ANY_JSON)
@LONG
def test_any_json_is_answered_or_refused_in_words(value: object) -> None:
    assert all(_sentences(json.dumps(value).encode()))


@given(st.binary(max_size=60))
@LONG
def test_any_bytes_are_answered_or_refused_in_words(content: bytes) -> None:
    assert all(_sentences(content))


@given(CASES)
@LONG
def test_null_says_no_more_than_an_absent_fact(facts: dict[str, Any]) -> None:
    told = as_json(judge(read_case(json.dumps(dict.fromkeys(facts)).encode())))
    assert {one["status"] for one in told["checks"]} <= {"unknown", "not_applicable"}


def test_every_check_of_the_table_has_its_function() -> None:
    assert set(REGISTER) == set(check_rules())
    assert len(check_rules()) == 58


def test_no_rule_of_low_confidence_blocks() -> None:
    assert not [rule.id for rule in check_rules().values() if rule.confidence == "low" and rule.severity == "blocking"]


@pytest.mark.parametrize("section", ["meeting", "commune", "council", "association"])
def test_an_empty_section_leaves_everything_unknown(section: str) -> None:
    told = as_json(judge(read_case(json.dumps({section: {}}).encode())))
    assert {one["status"] for one in told["checks"]} <= {"unknown", "not_applicable"}
