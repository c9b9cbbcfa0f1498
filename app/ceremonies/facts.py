"""All that is known of a ceremony or a moment, field by field, in the reader's words: nothing stays out of sight."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _

from app.ceremonies import telling
from app.ceremonies.fieldnames import CODES, FIELDS
from app.ceremonies.interchange import definition
from app.ceremonies.labels import LANGUAGE_NAMES
from app.ceremonies.wording import joined, said
from app.shared.fuzzydate import understand
from app.shared.saying import said as said_date

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

Schema = dict[str, Any]

_QUIET = frozenset({"sequence", "modified", "uid", "body", "number", "moment"})
"""What machines need, and what the place of a moment in the programme already says."""


def rows(
    details: dict[str, Any], kind: str, languages: Iterable[str], *, but: Collection[str] = ()
) -> list[tuple[str, str]]:
    """Tell each known field of a « ceremony » or an « item » with its label, in the order of the format."""
    languages = list(languages)
    told = []
    for name, schema in definition(kind)["properties"].items():
        if name in details and name not in but and name not in _QUIET:
            values = details[name] if _is_list(schema) else [details[name]]
            label = _capital(str(FIELDS[name]))
            inner = schema["items"] if _is_list(schema) else schema
            told += [(label, text) for value in values if (text := _tell(name, value, inner, languages))]
    return told


def _tell(name: str, value: Any, schema: Schema, languages: list[str]) -> str:  # noqa: ANN401  # any part of the format
    if isinstance(value, bool):
        return str(_("oui") if value else _("non"))
    if isinstance(value, int):
        return str(value)
    if isinstance(value, list):
        parts = (_tell(name, one, _inner(schema), languages) for one in value)
        return ", ".join(part for part in parts if part)
    if isinstance(value, dict):
        return _tell_thing(value, schema, languages)
    return _tell_text(name, str(value))


def _tell_text(name: str, text: str) -> str:
    if text in CODES and name in {"status", "moment", "interpretation", "start_occurrence", "end_occurrence"}:
        return str(CODES[text])
    if name in {"language", "languages", "from", "to"} and text in LANGUAGE_NAMES:
        return str(LANGUAGE_NAMES[text])
    when = understand(text) if name.endswith("date") or name in _DATES else None
    return said_date(when) if when else text


_DATES = frozenset({"since", "due", "until", "opens", "consulted"})


def _tell_thing(value: dict[str, Any], schema: Schema, languages: list[str]) -> str:
    properties = _properties(schema, value)
    if properties is None:
        return joined(value)
    if set(value) == {"name", "value"} or ("name" in value and "value" in value):
        return f"{value['name']}{_(' : ')}{telling.fact_value(value['value'], languages)}"
    main = next((key for key in ("name", "title", "text", "what", "label", "entity") if value.get(key)), "")
    parts = [said(value[main], languages)] if main else []
    for key, inner in properties.items():
        if key in value and key != main and key not in _QUIET:
            told = _tell(key, value[key], inner, languages)
            parts.append(f"{FIELDS[key]}{_(' : ')}{told}" if told else "")
    return " ; ".join(part for part in parts if part)


def _properties(schema: Schema, value: dict[str, Any]) -> dict[str, Schema] | None:
    """The fields of the shape that a group has; None for one text by language."""
    for option in _options(schema):
        if "properties" in option and set(value) <= set(option["properties"]):
            found: dict[str, Schema] = option["properties"]
            return found
    return None


def _options(schema: Schema) -> list[Schema]:
    if "$ref" in schema:
        return _options(definition(schema["$ref"].rpartition("/")[2]))
    if "anyOf" in schema:
        return [option for one in schema["anyOf"] for option in _options(one)]
    return [schema]


def _inner(schema: Schema) -> Schema:
    found: Schema = next((option["items"] for option in _options(schema) if "items" in option), {})
    return found


def _is_list(schema: Schema) -> bool:
    return schema.get("type") == "array"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
