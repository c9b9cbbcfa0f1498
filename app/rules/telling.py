"""An answer as text for the terminal."""

from __future__ import annotations

from typing import Any

from app.rules.phrases import PHRASES

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
        lines += [f"    ? {one['question']}" for one in told["amount"]["missing"]]
    lines.append(told["settled_sentence"])
    lines.append("")
    lines += [_criterion(one) for one in told["criteria"]]
    for title, key, said in (
        ("Il reste à dire :", "missing", "question"),
        ("Peut encore changer ce verdict :", "still_open", "question"),
        ("Pour que ce soit possible :", "advice", "sentence"),
        ("Marges :", "margins", "sentence"),
    ):
        if told[key]:
            lines += ["", title, *(f"  • {one[said]} {one.get('leaves', '')}".rstrip() for one in told[key])]
    if told["warnings"]:
        lines += ["", "Attention :", *(f"  • {one}" for one in told["warnings"])]
    return "\n".join(lines)


def _criterion(one: dict[str, Any]) -> str:
    sources = ", ".join(source["id"] for source in one["source"])
    stale = ", à reconfirmer" if one["stale"] else ""
    return (
        f"  {_MARKS[one['status']]} {one['sentence']}{_NOTES[one['severity']]} ({sources} ; {one['confidence']}{stale})"
    )


_GROUPS = {
    "eligible": "Éligible",
    "nearly": "Presque : une chose à changer",
    "to_check": "À vérifier",
    "not_eligible": "Non éligible",
    "not_concerned": "Non concerné",
}


def overview_text(told: dict[str, Any]) -> str:
    """All programmes, by what they answer; each with what decides."""
    lines: list[str] = []
    helpers = [one for one in told["assessments"] if one["kind"] != "cash" and one["group"] != "not_concerned"]
    for group, title in _GROUPS.items():
        members = [one for one in told["assessments"] if one["group"] == group and one not in helpers]
        if members:
            lines += ["", title, *(line for one in members for line in _brief(one))]
    if helpers:
        lines += ["", "Conseils, services et contacts", *(f"  {one['title']} : {one['sentence']}" for one in helpers)]
    if told["warnings"]:
        lines += ["", "Attention", *(f"  • {one['sentence']}" for one in told["warnings"])]
    return "\n".join(lines[1:])


def _brief(one: dict[str, Any]) -> list[str]:
    lines = [f"  {one['title']} ({one['programme']}/{one['edition']})", f"      {one['sentence']}"]
    if one["group"] in ("eligible", "to_check") and one["kind"] == "cash":
        lines.append(f"      {one['amount']['sentence']}")
    if one["group"] == "nearly":
        enough = next(each for each in one["advice"] if each["verdict"] == "eligible")
        lines.append(f"      → {enough['sentence']}")
    if one["group"] == "to_check" and one["missing"]:
        lines.append(f"      ? {one['missing'][0]['question']}")
    return lines


def changes_text(told: dict[str, Any]) -> str:
    """What changes for one project."""
    words = PHRASES["fr"]
    lines = [
        f"{one['id']} : {words['verdicts'][one['verdict']]}. {one['amount']}" for one in (told["old"], told["new"])
    ]
    for one in told["changes"]:
        states = [words["statuses"].get(one[key], "—") for key in ("was", "is")]
        lines.append(f"  • {one['label']} : {states[0]} → {states[1]}. {one['sentence']}")
    return "\n".join(lines)
