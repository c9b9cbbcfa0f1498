"""What a page of questions says, read from what its fields hold: when it was opened, as it was sent, as it is now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from app.funding import groups
from app.funding.forms.fields import UNKNOWN, in_words, read
from app.funding.forms.figures import Unreadable
from app.funding.forms.wording import worded
from app.rules.vocabulary.fields import Field

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.funding.groups import Group
    from app.rules.words import Words

MOST_ROWS = 60
_EXTRA = {
    "count": Field("count", "number", "nombre de personnes", "personnes"),
    "age_min": Field("age_min", "number", "âge de la plus jeune", "ans"),
    "age_max": Field("age_max", "number", "âge de la plus âgée", "ans"),
}

_LISTED = {
    one: {"partners": "organisations"}.get(one, one) for one in sorted({one.listed for one in groups.GROUPS} - {""})
}


@dataclass(frozen=True)
class Answers:
    """The answers of a page: those of one value by path, the rows of its list by their number on the page.

    ``UNKNOWN`` is the answer « je ne sais pas »; None says nothing. A row that says nothing is left out.
    """

    single: Mapping[str, Any]
    rows: Mapping[int, Mapping[str, Any]]
    is_complete: bool


def answers_of(held: Mapping[str, Any], group: Group, words: Words) -> Answers:
    """The answers that the fields of a page hold, by name of field."""
    kinds = {path: words.scalar(path) for path in groups.scalars(group, words)}
    single = {path: _single(held, path, kind) for path, kind in kinds.items() if kind is not None}
    rows = {number: _row(held, group, number, words) for number in range(MOST_ROWS if group.listed else 0)}
    return Answers(single, {number: row for number, row in rows.items() if row}, bool(held.get("tout")))


def name_of(path: str) -> str:
    """The name of the form field of a fact."""
    return path.replace(".", "-")


def element_of(group: Group, name: str, words: Words) -> Field | None:
    """A field of the rows of a page."""
    if group.listed == "participants" and name in _EXTRA:
        return _EXTRA[name]
    return groups.element_field(group, name, words)


def said_of(sent: Mapping[str, str], words: Words) -> dict[str, str]:
    """What was sent from a page of questions, by the words of each question; empty where it was no such page."""
    found: dict[str, str] = {}
    paths = {name_of(path): path for path in words.paths()}
    for name, text in sent.items():
        first, _, rest = name.partition("-")
        number, _, column = rest.partition("-")
        kind = _EXTRA.get(column) if first == "participants" else None
        if kind is None and number.isdecimal() and first in _LISTED:
            kind = words.element(_LISTED[first], column)
        kind = kind or words.scalar(paths.get(name, ""))
        if kind is not None:
            asked, value = worded(kind.asks), _read(kind, text)
            rank = f" ({int(number) + 1})" if number.isdecimal() else ""
            found[asked[:1].upper() + asked[1:] + rank] = text if value is None else in_words(kind, value)
    return found


def _single(held: Mapping[str, Any], path: str, kind: Field) -> Any:  # noqa: ANN401  # any JSON value
    name = name_of(path)
    typed = held.get(name)
    if held.get(f"{name}-inconnu") or typed == UNKNOWN:
        return UNKNOWN
    value = _read(kind, typed)
    if isinstance(value, list) and path.startswith("project."):
        return {"items": value, "complete": bool(held.get(f"{name}-tout"))}
    return value


def _row(held: Mapping[str, Any], group: Group, number: int, words: Words) -> dict[str, Any]:
    prefix = f"{group.listed}-{number}-"
    if held.get(f"{prefix}retirer"):
        return {}
    main, more = groups.columns(group)
    kinds = {name: element_of(group, name, words) for name in [*main, *more] if held.get(prefix + name)}
    told = {name: _read(kind, held[prefix + name]) for name, kind in kinds.items() if kind is not None}
    told = {name: value for name, value in told.items() if value is not None}
    if not told:
        return {}
    hidden = {name: str(held[prefix + name])[:120] for name in sorted(groups.HIDDEN) if held.get(prefix + name)}
    return {**hidden, **told}


def _read(kind: Field, typed: Any) -> Any:  # noqa: ANN401  # any JSON value
    """The value; what cannot be read stands for itself, so that it can be compared."""
    try:
        return read(kind, typed)
    except Unreadable:
        return str(typed)
