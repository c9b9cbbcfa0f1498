"""The guide says what the program does: its tables are those of the vocabulary, its examples are answered."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Any

import pytest

from app.law.tables import check_rules, figures, load, local_changes, sources
from tests.law.asking import ask, refusals
from tests.law.guide import README, filled

GUIDE = README.read_text("utf-8")
EXAMPLES = [
    json.loads(found) for found in re.findall(r"```json\n(.*?)```", GUIDE, re.DOTALL) if '"summary"' not in found
]


def test_the_tables_of_the_guide_are_those_of_the_vocabulary() -> None:
    assert filled(GUIDE) == GUIDE, "python -m tests.law.guide"


def test_the_guide_names_every_value_worked_out() -> None:
    told: dict[str, Any] = {}
    for facts in EXAMPLES:
        for name, section in ask(**facts)["results"].items():
            for one in section if isinstance(section, list) else [section]:
                told.setdefault(name, set()).update(one if isinstance(one, dict) else ())
    assert set(told) >= {
        "council",
        "convocation",
        "second_convocation",
        "meeting",
        "items",
        "acts",
        "texts",
        "subsidies",
    }
    for name, keys in told.items():
        assert [key for key in keys if f"`{key}`" not in GUIDE] == [], name


@pytest.mark.parametrize("facts", EXAMPLES, ids=[str(index) for index in range(len(EXAMPLES))])
def test_an_example_of_the_guide_is_answered(facts: dict[str, Any]) -> None:
    assert refusals(**facts) == []
    assert ask(**facts)["results"]


def test_the_evening_of_the_guide_is_as_told() -> None:
    facts = next(one for one in EXAMPLES if len(one.get("items", [])) == 2)
    answer = ask(**facts)
    assert answer["summary"]["blocking"] == []
    assert [one["present"] for one in answer["results"]["items"]] == [10, 10]
    assert answer["results"]["items"][1]["voters"] == 11
    assert answer["by_id"]["C14"]["status"] == "ok"
    assert answer["by_id"]["C18"]["status"] == "ok"


def test_every_figure_and_rule_names_a_known_source() -> None:
    assert {figure.source for figure in figures()} <= set(sources())
    assert {rule.source for rule in check_rules().values()} <= set(sources())
    assert {change.source for change in local_changes().values()} <= set(sources())
    assert {row["source"] for row in load("articles")["article"]} <= set(sources())


def test_no_day_has_two_figures_of_the_same_name() -> None:
    bounds = {day for one in figures() for day in (one.starts, one.ends) if day}
    for day in bounds | {date(2026, 11, 22)}:
        names = [one.name for one in figures() if one.holds(day)]
        assert len(names) == len(set(names)), day


def test_the_57_matters_are_there() -> None:
    codes = [row["code"] for row in load("actes")["matter"]]
    assert len(codes) == len(set(codes)) == 57
    counts = [sum(code.startswith(f"{level}.") for code in codes) for level in range(1, 10)]
    assert counts == [7, 3, 6, 5, 8, 5, 10, 9, 4]
