"""The real programmes of ``tests/data/programmes``, told in the product's own format.

Every key of a record is carried by name; one that this table does not know stops the test, so that nothing can be
dropped in silence.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

PATH = Path(__file__).parents[1] / "data" / "programmes" / "ceremony_programmes.json"
_DERIVED = {"expected_start_utc", "expected_end_utc"}
_SAME = {"date", "start", "end", "place", "organiser", "kind", "part_of_day", "all_day", "public", "route", "end_from"}
_SAME |= {"weekday", "booking"}


def records() -> list[dict[str, Any]]:
    """Return the records as they were collected."""
    return json.loads(PATH.read_text("utf-8"))


def told(record: dict[str, Any]) -> dict[str, Any]:
    """Tell a record in the format."""
    left = dict(record)
    language = (left.get("languages") or ["und"])[0]
    ceremony: dict[str, Any] = {
        "uid": left.pop("id"),
        "title": {language: left.pop("title")},
        "hosts": [_party(left.pop("host"))],
        "guests": [_party(guest) for guest in left.pop("guests")],
        "timezone": left.pop("timezone"),
        "sources": [left.pop("source")],
        "items": [_item(item, language) for item in left.pop("items")],
    }
    if bounds := left.pop("published_range", None):
        ceremony["published_range"] = {"start": bounds[0], "end": bounds[1], "whole_days": True}
    for name in ("languages", "needs", "gaps"):
        if name in left:
            ceremony[name] = left.pop(name)
    assert left == {}
    return ceremony


def _party(party: dict[str, Any]) -> dict[str, Any]:
    left = dict(party)
    told: dict[str, Any] = {"name": left.pop("name"), "country": left.pop("country")}
    if "former" in left:
        told["former"] = [left.pop("former")]
    if "delegation" in left:
        told["delegation"] = {"size": left.pop("delegation")}
    assert left == {}
    return told


def _item(item: dict[str, Any], language: str) -> dict[str, Any]:
    left = {name: value for name, value in item.items() if value is not None and name not in _DERIVED}
    told: dict[str, Any] = {"number": left.pop("n"), "title": {language: left.pop("title")}}
    approximate = left.pop("approx", None)
    if approximate is not None:
        told["approximate"] = True
        if isinstance(approximate, str):
            told["approximate_words"] = approximate
    if "conflict" in left:
        told["conflicts"] = [left.pop("conflict")]
    if "overlaps" in left:
        told["overlaps"] = [left.pop("overlaps")]
    if prices := left.pop("prices_eur", None):
        told["prices"] = [
            {"category": category, "amount": str(amount), "currency": "EUR"} for category, amount in prices.items()
        ]
    told |= {name: left.pop(name) for name in sorted(_SAME & set(left))}
    assert left == {}
    return told
