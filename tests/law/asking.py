"""Asks the law a case as the command line does: JSON in, plain values out."""

from __future__ import annotations

import json
from typing import Any

from app.law.answer import as_json, judge
from app.law.reading import UnreadableFacts, read_case


def ask(**facts: Any) -> dict[str, Any]:
    """Return the answer for these facts, having gone through JSON both ways."""
    told: dict[str, Any] = json.loads(json.dumps(as_json(judge(read_case(json.dumps(facts).encode())))))
    told["by_id"] = {one["id"]: one for one in told["checks"]}
    return told


def check(id_: str, **facts: Any) -> dict[str, Any]:
    """Return one check of the answer."""
    found: dict[str, Any] = ask(**facts)["by_id"][id_]
    return found


def status(id_: str, **facts: Any) -> str:
    """Return the status of one check."""
    return str(check(id_, **facts)["status"])


def refusals(**facts: Any) -> list[str]:
    """Return the sentences with which these facts are refused."""
    try:
        read_case(json.dumps(facts).encode())
    except UnreadableFacts as error:
        return error.sentences()
    return []
