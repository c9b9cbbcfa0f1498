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


@pytest.mark.parametrize("case", CASES, ids=[f"{index} {one['case'][:60]}" for index, one in enumerate(CASES)])
def test_a_case_worked_out_by_hand_is_answered_so(case: dict[str, Any]) -> None:
    if "refused" in case["want"]:
        assert refusals(**case["facts"])
        return
    answer = ask(**case["facts"])
    assert {path: _told(answer, path, wanted) for path, wanted in case["want"].items()} == case["want"]
