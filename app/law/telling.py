"""The answer for people: a page of text, the gravest first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from app.law.words import french

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.law.answer import Answer, CheckAnswer

_HEADS = (
    ("blocking", "À corriger avant d'aller plus loin"),
    ("warning", "À revoir"),
    ("information", "Pour information"),
    ("unknown", "On ne peut pas savoir : des faits manquent"),
    ("ok", "En règle"),
)


def as_text(answer: Answer, *, with_all: bool = False) -> str:
    """Write the answer; checks that do not apply only ``with_all``."""
    lines: list[str] = []
    for key, head in _HEADS:
        found = [one for one in answer.checks if _heading(one) == key]
        if found:
            lines += ["", french(head), *(line for one in found for line in _told(one))]
    if with_all:
        others = [one for one in answer.checks if one.status == "not_applicable"]
        lines += ["", "Sans objet", *(line for one in others for line in _told(one))]
    values = [*_values(answer.results)]
    if values:
        lines += ["", french("Valeurs calculées"), *(f"  {line}" for line in values)]
    return "\n".join(lines).strip() or french("Ces faits ne permettent aucune vérification.")


def _heading(one: CheckAnswer) -> str:
    return one.severity if one.status == "not_ok" else one.status


def _told(one: CheckAnswer) -> Iterator[str]:
    sentence = " ".join(dict.fromkeys(finding.sentence for finding in one.worst))
    article = next((finding.article for finding in one.worst if finding.article), one.rule.article)
    yield french(f"  {one.rule.id} {one.rule.title} : {sentence} [{article}]")
    if one.override and one.status == "not_ok":
        by = one.override
        yield french(f"      écartée par {by.author} : {by.reason}")
    elif one.asked and one.status == "not_ok":
        yield french(f"      non écartée, malgré le motif de {one.asked.author} : {one.rule.override_note}")
    if one.status == "unknown":
        missing = dict.fromkeys(path for finding in one.worst for path in finding.missing)
        if missing:
            yield f"      à donner\u00a0: {', '.join(missing)}"


def _values(value: Any, path: str = "") -> Iterator[str]:  # noqa: ANN401  # plain JSON values
    if isinstance(value, dict):
        for key, one in value.items():
            yield from _values(one, f"{path}.{key}" if path else key)
    elif isinstance(value, list) and any(isinstance(one, dict) for one in value):
        for index, one in enumerate(value):
            yield from _values(one, f"{path}[{index}]")
    elif value is not None:
        yield f"{path} = {_plain(value)}"


def _plain(value: Any) -> str:  # noqa: ANN401  # plain JSON values
    if isinstance(value, bool):
        return "oui" if value else "non"
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
