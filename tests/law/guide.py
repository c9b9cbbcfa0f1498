"""Writes the tables of app/law/README.md from the vocabulary and the table of checks.

``python -m tests.law.guide`` from the root of the project puts them into the file; a test compares.
"""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path
from typing import Any

from app.law.tables import check_rules
from app.law.vocabulary.case import Case
from app.law.vocabulary.kinds import (
    ByName,
    Cells,
    Count,
    Country,
    Day,
    FirstOf,
    Flag,
    Many,
    Money,
    OneOf,
    OrNo,
    PlaceCode,
    Text,
)
from app.law.vocabulary.parts import Part
from app.law.words import french

README = Path(__file__).resolve().parents[2] / "app" / "law" / "README.md"
_SIMPLE = {Text: "texte", Flag: "`true`/`false`", Count: "nombre", Money: "euros", Day: "date", Cells: "ligne"} | {
    Country: "pays",
    PlaceCode: "code",
}
_SEVERITIES = {"blocking": "bloquante", "warning": "avertissement", "information": "information"}
_CONFIDENCES = {"high": "haute", "medium": "moyenne", "low": "basse"}


def _kind(kind: Any) -> str:
    if isinstance(kind, OneOf):
        return " · ".join(f"`{word}` {sense}" for word, sense in kind.words.items())
    if isinstance(kind, OrNo):
        return f"{_kind(kind.kind)} ou `false`"
    if isinstance(kind, Many):
        return f"liste : {_kind(kind.kind)}" if not kind.or_one else f"un ou plusieurs : {_kind(kind.kind)}"
    if isinstance(kind, FirstOf):
        return " ou ".join(dict.fromkeys(_kind(one) for one in kind.by_type.values()))
    if isinstance(kind, Part):
        return f"→ {kind.cls.__name__}"
    return f"objet nom → {_kind(kind.kind)}" if isinstance(kind, ByName) else _SIMPLE[type(kind)]


def _parts(kind: Any) -> list[type]:
    if isinstance(kind, Part):
        return [kind.cls]
    if hasattr(kind, "kind"):
        return _parts(kind.kind)
    return [cls for one in getattr(kind, "by_type", {}).values() for cls in _parts(one)]


def _table(cls: type, title: str) -> list[str]:
    lines = [f"#### {title}", "", "| mot | valeur | sens |", "|---|---|---|"]
    for field in dataclasses.fields(cls):
        told = field.metadata
        name = f"`{field.name}`" + (f" ou `{told['singular']}`" if told["singular"] else "")
        lines.append(f"| {name} | {_kind(told['kind'])} | {told['sense']} |")
    return [*lines, ""]


def vocabulary() -> str:
    """Return every table of words, a class after the place where it is first used."""
    lines = _table(Case, "Le cas (racine)")
    seen, todo = {Case}, [(field, field.name) for field in dataclasses.fields(Case)]
    while todo:
        field, path = todo.pop(0)
        for cls in _parts(field.metadata["kind"]):
            if cls not in seen:
                seen.add(cls)
                suffix = "[]" if isinstance(field.metadata["kind"], Many) else ""
                where = path + suffix
                lines += _table(cls, f"{cls.__name__} (`{where}`)")
                todo[:0] = [(one, f"{where}.{one.name}") for one in dataclasses.fields(cls)]
    return french("\n".join(lines).strip())


def checks() -> str:
    """Return the table of the checks."""
    lines = [
        "| n° | vérification | gravité | motif | article | confiance | faits lus |",
        "|---|---|---|---|---|---|---|",
    ]
    for rule in check_rules().values():
        grave, sure = _SEVERITIES[rule.severity], _CONFIDENCES[rule.confidence]
        reason = "aucun" if rule.override == "never" else "admis" if rule.severity == "blocking" else ""
        lines.append(f"| {rule.id} | {rule.title} | {grave} | {reason} | {rule.article} | {sure} | {rule.facts} |")
    return french("\n".join(lines))


def filled(text: str) -> str:
    """Return the guide with its tables made anew."""
    for name, table in (("vocabulary", vocabulary()), ("checks", checks())):
        between = re.compile(rf"(?<=<!-- {name} -->\n).*?(?=\n<!-- /{name} -->)", re.DOTALL)
        text, count = between.subn(lambda _, table=table: table, text)  # type: ignore[misc]
        assert count == 1, name
    return text


if __name__ == "__main__":
    README.write_text(filled(README.read_text("utf-8")), "utf-8")
