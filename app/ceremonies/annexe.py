"""What is stored of a ceremony and no line of its printed programme says: the annexe of the team's own copy.

A text is said when it stands, whole words, among the lines told of the same moment. For numbers, dates and codes
``_CODED`` names the fields that the lines put in words. The software's own sorting, by the five moments and by its
list of kinds, is no fact of the programme; a kind in other words is one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from app.ceremonies import facts
from app.ceremonies.interchange import definition
from app.ceremonies.labels import ITEM_KIND_NAMES, KIND_NAMES
from app.ceremonies.meaning import REFERENCES
from app.ceremonies.wording import said

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from app.ceremonies.models import Ceremony
    from app.ceremonies.programme import Day, Line

_SLOT = ("date", "end_date", "day", "start", "end", "approximate")
_LENGTH = frozenset({"minutes", "minutes_max", "approximate_length"})
_CODED = _LENGTH | {
    *("all_day", "approximate", "approximate_end", "start_until", "end_until", "start_occurrence", "end_occurrence"),
    *("timezone", "end_timezone", "end_date", "end_next_day", "end_day", "after", "before", "alternative_to"),
    *("doors_open", "meeting_time", "fallback_date", "fallback_start", "invitation", "capacity", "languages"),
    *("interpretation", "order_uncertain", "route"),
    *(
        f"{name}.{key}"
        for name in ("alternatives", "sessions", "postponed_to", "postponed_from", "earlier_dates", "actual")
        for key in _SLOT
    ),
    *(f"speakers.{key}" for key in ("language", "languages", "minutes", "interpretation", "interpreted", "absent")),
    *(f"interpreters.{key}" for key in ("from", "to", "interpretation", "absent")),
    *(f"anthems.{key}" for key in ("country", "european")),
    *(f"flags.{key}" for key in ("country", "european", "position", "half_mast")),
    *(f"prices.{key}" for key in ("amount", "amount_max", "currency", "free", "until")),
    *(f"booking.{key}" for key in ("required", "until", "full")),
    *(f"legs.{side}{key}" for side in ("departure", "arrival") for key in ("", "_date", "_timezone")),
    *(f"repeats.{key}" for key in ("every", "interval", "weekdays", "until", "count", "except", "also")),
    "kilometres",
    *(
        "conflicts.values.value",
        "facts.value",
        "signing.copies",
        "performers.size",
        "performers.absent",
        "places_uncertain",
    ),
}
_OF_THE_WHOLE = _CODED - _LENGTH - {"approximate", "signing.copies", "end_date"} | {
    *("people.absent", "edition.date", "public", "date"),
    *(f"{role}.{key}" for role in ("hosts", "guests") for key in ("absent", "country", "languages")),
    *(f"{role}.delegation.{key}" for role in ("hosts", "guests") for key in ("size", "approximate")),
}
"""What the head of the programme and its last lines say. Countries: see ``programme.parties``."""
_NOT_OF_THE_WHOLE = frozenset(
    name.partition(".")[0]
    for name in _CODED
    if name.startswith(("anthems", "flags", "legs", "interpreters", "facts", "languages", "interpretation"))
)


_SORTED = frozenset({"number", "moment"})


@dataclass(frozen=True)
class Part:
    """A moment, or the whole under an empty title, with what its lines leave out."""

    title: str
    rows: tuple[tuple[str, str], ...]


def parts(ceremony: Ceremony, days: Sequence[Day], told: Iterable[str], languages: Sequence[str]) -> list[Part]:
    """What no line of the programme says, the whole first; ``told`` are the lines that the page adds to the days."""
    own = {**ceremony.details, "kind": "" if ceremony.kind in KIND_NAMES else ceremony.kind}
    own |= {"status": ceremony.status} if ceremony.status in {"confirmed", "held"} else {}
    coded = frozenset(one for one in _OF_THE_WHOLE if one.partition(".")[0] not in _NOT_OF_THE_WHOLE)
    if ceremony.first_day is not None and ceremony.sort_day == ceremony.last_day:
        coded |= {"start", "end", "approximate"}
    found = [Part("", _rows(own, "ceremony", told, languages, coded))]
    found += [_of_line(line, [name for _lang, name in day.names], languages) for day in days for line in day.lines]
    return [part for part in found if part.rows]


def _of_line(line: Line, names: list[str], languages: Sequence[str]) -> Part:
    number = line.item.details.get("number", "")
    title = said(line.item.title, languages)
    return Part(f"{number}. {title}" if number != "" else title, of_item(line, languages, names))


def of_item(
    line: Line, languages: Sequence[str], names: Iterable[str] = (), *, but: Collection[str] = ()
) -> tuple[tuple[str, str], ...]:
    """What is stored of a moment and its line does not say; ``names`` are those of its day."""
    item = line.item
    own = {**item.details, "kind": "" if item.kind in ITEM_KIND_NAMES else item.kind}
    own |= {"status": item.status} if item.status and not line.state else {}
    own |= {"day": item.day} if item.day is not None and item.own_date is not None else {}
    own = {
        name: _named(line, value, languages) if name in REFERENCES else value
        for name, value in own.items()
        if name not in {*_SORTED, *but}
    }
    told = [line.hours, line.length, line.place, line.state, *line.notes, *names, *(text for _, text in line.titles)]
    return _rows(own, "item", told, languages, _CODED if line.length else _CODED - _LENGTH)


def _named(line: Line, references: list[Any] | int | str, languages: Sequence[str]) -> list[str]:
    """The moments that another one refers to, by their titles; one that is gone by its number."""
    titles = {
        key: said(one.title, languages)
        for one in line.item.ceremony.programme
        for key in (one.uid, str(one.details.get("number", "")))
    }
    numbers = references if isinstance(references, list) else [references]
    return [titles.get(str(number)) or str(number) for number in numbers]


def _rows(
    details: dict[str, Any], kind: str, told: Iterable[str], languages: Sequence[str], coded: frozenset[str]
) -> tuple[tuple[str, str], ...]:
    page, left = _plain("\n".join(told)), {}
    for name, schema in definition(kind)["properties"].items():
        value = details.get(name)
        if value in (None, "", [], {}) or facts.is_internal(name, schema):
            continue
        if isinstance(value, list):
            left[name] = [one for one in value if _is_left(name, one, facts.inner_of(schema), page, coded)]
        elif _is_left(name, value, schema, page, coded):
            left[name] = value
    return tuple(facts.rows(left, kind, languages))


def _is_left(path: str, value: Any, schema: dict[str, Any], page: str, coded: frozenset[str]) -> bool:  # noqa: ANN401  # any part of the format
    """Whether something of a value is not said."""
    if isinstance(value, list):
        return any(_is_left(path, one, facts.inner_of(schema), page, coded) for one in value)
    if isinstance(value, dict):
        return _is_group_left(path, value, schema, page, coded)
    if isinstance(value, str) and _is_text(schema) and not path.endswith("timezone"):
        return not _stands(value, page)
    return path not in coded


def _is_group_left(path: str, value: dict[str, Any], schema: dict[str, Any], page: str, coded: frozenset[str]) -> bool:
    """As above; of one text by language, one is enough: the others say the same."""
    known = facts.properties_of(schema, value)
    if known is None:
        missing = [not _stands(str(text), page) for text in value.values()]
        return any(missing) if path.endswith("as_printed") else all(missing)
    if path == "prices" and "as_printed" in value:  # told as printed, a price does not tell its amount
        coded -= {"prices.amount", "prices.currency"}
    return any(
        _is_left(f"{path}.{key}", one, known[key], page, coded)
        for key, one in value.items()
        if not facts.is_internal(key, known[key])
    )


def _is_text(schema: dict[str, Any]) -> bool:
    """Whether people's own words may stand here, not only a date, an hour or a code."""
    return schema.get("$ref") != "#/$defs/ref" and any(
        option.get("type") == "string" and not {"pattern", "format", "enum"} & set(option)
        for option in facts.options_of(schema)
    )


def _stands(text: str, page: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(_plain(text))}(?!\w)", page) is not None


def _plain(text: str) -> str:
    return " ".join(text.split())
