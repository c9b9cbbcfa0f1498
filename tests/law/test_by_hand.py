"""Eight hundred cases whose answers were worked out by hand, around every bound, date and population of the tables.

``data/by_hand.jsonl``: one case a line. ``want`` names checks (``C01``: its status, and its severity where it
matters), values of the answer (``results.council.quorum``, ``C34.dates.prefect_last_day``), or ``refused``.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.law.asking import ask, refusals

CASES = [
    json.loads(line) for line in (Path(__file__).parent / "data" / "by_hand.jsonl").read_text("utf-8").splitlines()
]


def _value(answer: dict[str, Any], path: str) -> object:
    found: Any = answer
    for key in path.split("."):
        found = found[int(key)] if isinstance(found, list) else found.get(key)
    return found


def _told(answer: dict[str, Any], path: str, wanted: object) -> object:
    if path.startswith("results."):
        return _value(answer, path)
    id_, _, rest = path.partition(".")
    one = answer["by_id"][id_]
    if rest == "article":
        return wanted if str(wanted) in one["article"] else one["article"]
    if rest:
        return _value(one, rest)
    return f"{one['status']} {one['severity']}" if " " in str(wanted) else one["status"]


@pytest.mark.parametrize("start", range(0, len(CASES), 100))
def test_a_hundred_cases_worked_out_by_hand_are_answered_so(start: int) -> None:
    cases = {f"{index} {case['case']}": case for index, case in enumerate(CASES[start : start + 100], start)}
    assert {name: _answered(case) for name, case in cases.items()} == {
        name: case["want"] for name, case in cases.items()
    }


def _answered(case: dict[str, Any]) -> dict[str, object]:
    """What is told of everything that the case wants to know."""
    if "refused" in case["want"]:
        return case["want"] if refusals(**case["facts"]) else {"refused": None}
    answer = ask(**case["facts"])
    return {path: _told(answer, path, wanted) for path, wanted in case["want"].items()}
