"""An answer as text for the terminal."""

from __future__ import annotations

from typing import Any

_MARKS = {"met": "✓", "not_met": "✗", "unknown": "?", "not_applicable": "–"}
_NOTES = {"avertissement": " [avertissement]", "information": " [information]", "bloquant": ""}


def as_text(told: dict[str, Any]) -> str:
    """The answer, readable."""
    lines = [f"{told['title']} ({told['programme']}/{told['edition']})", told["sentence"]]
    if told["verdict"] in ("eligible", "to_check"):
        lines.append(told["amount"]["sentence"])
        lines += [
            f"    {one['says']} : {one['said']}" for one in told["amount"]["lines"] if one["applies"] != "not_met"
        ]
    lines.append("")
    lines += [_criterion(one) for one in told["criteria"]]
    for title, key, said in (
        ("Il reste à dire :", "missing", "question"),
        ("Pour que ce soit possible :", "advice", "sentence"),
        ("Marges :", "margins", "sentence"),
    ):
        if told[key]:
            lines += ["", title, *(f"  • {one[said]}" for one in told[key])]
    return "\n".join(lines)


def _criterion(one: dict[str, Any]) -> str:
    sources = ", ".join(source["id"] for source in one["source"])
    stale = ", à reconfirmer" if one["stale"] else ""
    return (
        f"  {_MARKS[one['status']]} {one['sentence']}{_NOTES[one['severity']]} ({sources} ; {one['confidence']}{stale})"
    )
