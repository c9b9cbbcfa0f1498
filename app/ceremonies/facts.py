"""All that is known of a ceremony or a moment, field by field, in the reader's words: nothing stays out of sight."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_babel import get_locale
from flask_babel import gettext as _

from app.ceremonies import phrases
from app.ceremonies.fieldnames import CODES, FIELDS
from app.ceremonies.interchange import definition
from app.ceremonies.labels import LANGUAGE_NAMES
from app.ceremonies.meaning import REFERENCES
from app.ceremonies.wording import joined
from app.shared.fuzzydate import understand
from app.shared.saying import said as said_date
from app.texts import formats

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

Schema = dict[str, Any]


class Worded(str):  # noqa: SLOT000  # it carries one
    """A text in people's own words, with the language that they wrote in."""

    languages: tuple[str, ...] = ()

    @staticmethod
    def of(text: str, languages: Iterable[str]) -> Worded:
        """These words, in the first of these languages."""
        worded = Worded(text)
        worded.languages = tuple(languages)[:1]
        return worded


_QUIET = frozenset({"sequence", "modified"})
"""What machines need; identifiers, which the schema names as such, are left out too."""


def rows(
    details: dict[str, Any], kind: str, languages: Iterable[str], *, but: Collection[str] = ()
) -> list[tuple[str, str]]:
    """Tell each known field of a « ceremony » or an « item » with its label, in the order of the format.

    ``languages``: the reader's, then those of the programme; people's own words carry theirs (``Worded``).
    """
    languages = list(languages)
    told = []
    for name, schema in definition(kind)["properties"].items():
        if name in details and name not in but and not is_internal(name, schema):
            values = details[name] if _is_list(schema) else [details[name]]
            label = _capital(str(FIELDS[name]))
            inner = schema["items"] if _is_list(schema) else schema
            told += [(label, text) for value in values if (text := _tell(name, value, inner, languages))]
    return told


def own_words(note: str, details: dict[str, Any], languages: Sequence[str]) -> tuple[str, Worded]:
    """What the page says of a fact, and what people said: « À prévoir : » and « table de signature »."""
    held = {part for text in _strings(details) for part in (text, *text.split(", "))}
    before, colon, after = note.partition(":")
    for said, words in (("", note), (f"{before}{colon} ", after.strip())):
        if words and (words in held or all(part in held for part in words.split(", "))):
            return said, Worded.of(words, languages)
    return note, Worded("")


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    inner: Iterable[object] = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for one in inner:
        yield from _strings(one)


def is_internal(name: str, schema: Schema) -> bool:
    """Whether machines only need a field: identifiers, and the count and hour of changes."""
    return name in _QUIET or schema.get("$ref") == "#/$defs/uid"


def _tell(name: str, value: Any, schema: Schema, languages: list[str]) -> str:  # noqa: ANN401  # any part of the format
    if isinstance(value, bool):
        return str(_("oui") if value else _("non"))
    if isinstance(value, int):
        return str(value)
    if isinstance(value, list):
        parts = (_tell(name, one, inner_of(schema), languages) for one in value)
        return ", ".join(part for part in parts if part)
    if isinstance(value, dict):
        return _tell_group(name, value, schema, languages)
    return _tell_text(name, str(value), languages)


def _tell_group(name: str, value: dict[str, Any], schema: Schema, languages: list[str]) -> str:
    if name == "as_printed" and not any(known in value for known in LANGUAGE_NAMES):
        return " ; ".join(f"{field}{_(' : ')}{text}" for field, text in value.items())
    if schema.get("$ref") == "#/$defs/slot" and set(value) <= _SLOT:
        return phrases.slot_line(value, languages)
    told = _tell_thing(value, schema, languages)
    return Worded.of(told, value) if len(value) == 1 and told in value.values() else told


def _tell_text(name: str, text: str, languages: list[str]) -> str:
    if text in CODES and name in {
        *("status", "moment", "interpretation", "start_occurrence", "end_occurrence", "every", "weekdays"),
    }:
        return str(CODES[text])
    if name in {"language", "languages", "from", "to"} and text in LANGUAGE_NAMES:
        return str(LANGUAGE_NAMES[text])
    if name == "country":
        return formats.country(text, str(get_locale() or "fr"))
    if name.endswith("date") or name in _DATES:
        when = understand(text)
        return said_date(when) if when else text
    if name in _MOMENTS:
        return _tell_moment(text)
    return text if name in REFERENCES else Worded.of(text, languages[1:])


def _tell_moment(text: str) -> str:
    """A day and perhaps an hour, as published; an hour alone stays as it is."""
    day, _separator, hour = text.partition("T")
    when = understand(day) if "-" in day else None
    return ", ".join(filter(None, (said_date(when), hour))) if when else text


_SLOT = frozenset({"title", "date", "end_date", "start", "end", "approximate", "place", "reason", "note"})
"""What one line says of another day, hour or place."""
_DATES = frozenset({"since", "due", "until", "opens", "consulted"})
_MOMENTS = frozenset({"start", "end"})


def _tell_thing(value: dict[str, Any], schema: Schema, languages: list[str]) -> str:
    properties = properties_of(schema, value)
    if properties is None:
        return joined(value)
    if "name" in value and "value" in value:
        fact = {"name": f"{value['name']}{_(' : ')}{phrases.fact_value(value['value'], languages)}"}
        value = {**value, **fact}
        del value["value"]
    main = next((key for key in ("name", "title", "text", "what", "label", "entity") if value.get(key)), "")
    parts = [joined(value[main])] if main else []
    for key, inner in properties.items():
        if key in value and key != main and not is_internal(key, inner):
            told = _tell(key, value[key], inner, languages)
            parts.append(f"{FIELDS[key]}{_(' : ')}{told}" if told else "")
    return " ; ".join(part for part in parts if part)


def properties_of(schema: Schema, value: dict[str, Any]) -> dict[str, Schema] | None:
    """The fields of the shape that a group has; None for one text by language."""
    for option in options_of(schema):
        if "properties" in option and set(value) <= set(option["properties"]):
            found: dict[str, Schema] = option["properties"]
            return found
    return None


def options_of(schema: Schema) -> list[Schema]:
    """The shapes that a field may have."""
    if "$ref" in schema:
        return options_of(definition(schema["$ref"].rpartition("/")[2]))
    if "anyOf" in schema:
        return [option for one in schema["anyOf"] for option in options_of(one)]
    return [schema]


def inner_of(schema: Schema) -> Schema:
    """What a list holds."""
    found: Schema = next((option["items"] for option in options_of(schema) if "items" in option), {})
    return found


def _is_list(schema: Schema) -> bool:
    return schema.get("type") == "array"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
