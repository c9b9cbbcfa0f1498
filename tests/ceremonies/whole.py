"""A programme that says one of everything the format can say, made of the schema itself: nobody must keep it up."""

from __future__ import annotations

import json
from typing import Any

from app.ceremonies import interchange

_SCHEMA = json.loads(interchange.schema_text())
_TEXTS = {
    "date": "2027-06-12",
    "end_date": "2027-06-13",
    "published_range": {"start": "2027-06-12", "end": "2027-06-13", "whole_days": True},
    "start": "15:00",
    "end": "17:30",
    "start_until": "15:30",
    "end_until": "18:00",
    "overlaps": [2],
    "after": [2],
    "before": [3],
    "alternative_to": [3],
    "within": 2,
    "replaces": 2,
    "day": 1,
    "end_day": 2,
}


def _made(schema: dict[str, Any], name: str = "") -> Any:  # noqa: C901, PLR0911  # one shape of a schema a line
    if name in _TEXTS and "properties" not in schema:
        return _TEXTS[name]
    if "$ref" in schema:
        return _made({**_SCHEMA["$defs"][schema["$ref"].rpartition("/")[2]]}, name)
    if "anyOf" in schema:
        return _made(max(schema["anyOf"], key=lambda one: len(json.dumps(one))), name)
    if "enum" in schema:
        return schema["enum"][0]
    match schema.get("type"):
        case "object" if "properties" in schema:
            return {key: _made(part, key) for key, part in schema["properties"].items() if key != "items"}
        case "object":
            return {"fr": f"Mot de {name.replace('_', ' ')}"}
        case "array":
            return [_made(schema["items"], name)]
        case "boolean":
            return True
        case "integer":
            return max(schema.get("minimum", 1), 7)
    return schema["examples"][0] if schema.get("examples") else f"Mot de {name.replace('_', ' ')}"


def _whole() -> dict[str, Any]:
    ceremony = _made(_SCHEMA["$defs"]["ceremony"])
    item = _made(_SCHEMA["$defs"]["item"])
    for gone in ("start_occurrence", "end_occurrence", "end_timezone", "end_next_day"):
        del item[gone]
    others = [{"number": number, "title": {"fr": f"Moment {number}"}} for number in (2, 3)]
    return {**ceremony, "uid": "tout", "items": [{**item, "uid": "tout-1", "number": "1"}, *others]}


WHOLE: dict[str, Any] = _whole()
