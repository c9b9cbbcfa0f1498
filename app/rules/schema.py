"""The published JSON Schemas: of a project's facts, and of an edition file (in the JSON that its TOML means)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from app.rules import filekeys
from app.rules.language.registry import CONDITIONS, QUANTITIES
from app.rules.vocabulary.fields import COLLECTION_WORDS, COLLECTIONS, SECTIONS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.rules.language.syntax import Param
    from app.rules.vocabulary.fields import Field
    from app.rules.words import Words

_DRAFT = "https://json-schema.org/draft/2020-12/schema"
_COUNTRY = {"type": ["string", "null"], "pattern": "^[A-Z]{2}(-[A-Z0-9]{1,3})?$"}
_WHEN = (
    "Date : 2024, 2024-09, 2024-09-19, ou avec l’heure et le fuseau : 2024-09-19T17:00:00+02:00, "
    "2024-09-19T17:00[Europe/Brussels]."
)


def facts_schema(words: Words) -> dict[str, Any]:
    """The schema of a project's facts. Every fact may be left out or null: it is then unknown."""
    properties: dict[str, Any] = {
        "schema": {"type": "string"},
        "title": {"type": ["string", "null"], "description": "Titre du projet."},
        "reference": {"type": ["string", "null"], "description": "Référence du dossier."},
        "applicant": _object(COLLECTIONS["organisations"], words, "L’organisme qui demande l’aide."),
    }
    for name, fields in SECTIONS.items():
        properties[name] = _object(fields, words, "")
    properties["score"]["properties"]["parts"] = {
        "type": "object",
        "additionalProperties": {"type": ["number", "null"]},
        "description": "Note de chaque critère.",
    }
    for name, fields in COLLECTIONS.items():
        if name == "participants":
            continue
        key = "partners" if name == "organisations" else name
        said = "Les autres organismes du projet." if key == "partners" else f"Les {COLLECTION_WORDS[name]}."
        properties[key] = _list(_object(fields, words, "", documents=name == "documents"), said)
    properties["participants"] = _participants(words)
    properties["answers"] = _object(words.answers.values(), words, "Faits que seuls certains programmes demandent.")
    return {
        "$schema": _DRAFT,
        "title": "Faits d’un projet",
        "description": "Tout fait absent ou nul est inconnu : aucun n’a de valeur par défaut. Une liste qui ne dit pas "
        "« complete: true » peut avoir d’autres éléments : elle prouve un minimum, jamais une absence. "
        "Les organismes d’un projet sont le demandeur (applicant) et les autres (partners).",
        "type": "object",
        "additionalProperties": False,
        "properties": properties,
    }


def _participants(words: Words) -> dict[str, Any]:
    count = {"type": ["integer", "null"], "minimum": 0}
    person = _object(COLLECTIONS["participants"], words, "Une personne.")
    group = _object(COLLECTIONS["participants"], words, "Un groupe de personnes semblables.")
    age = {"type": ["number", "null"], "minimum": 0}
    group["properties"] |= {
        "count": {**count, "description": "Nombre de personnes du groupe."},
        "age_min": {**age, "description": "Âge de la plus jeune."},
        "age_max": {**age, "description": "Âge de la plus âgée."},
    }
    return {
        "type": ["object", "array", "null"],
        "description": "Qui vient : des groupes avec leur nombre, et des personnes une à une, qui s’additionnent. "
        "« invited » : combien viennent d’un autre pays que celui de la rencontre ; il se déduit des pays quand "
        "la liste des rencontres est complète.",
        "additionalProperties": False,
        "items": group,
        "properties": {
            "complete": {"type": ["boolean", "null"], "description": "Personne d’autre ne vient."},
            "total": {**count, "description": "Nombre total de participants, s’il est connu autrement."},
            "invited": {**count, "description": "Nombre d’invités, s’il est connu autrement."},
            "groups": {"type": ["array", "null"], "items": group},
            "persons": {"type": ["array", "null"], "items": person},
        },
    }


def _list(item: dict[str, Any], said: str) -> dict[str, Any]:
    return {
        "description": f"{said} Un tableau seul vaut une liste incomplète.",
        "type": ["object", "array", "null"],
        "items": item,
        "additionalProperties": False,
        "properties": {
            "complete": {"type": ["boolean", "null"], "description": "La liste n’a pas d’autre élément."},
            "items": {"type": ["array", "null"], "items": item},
        },
    }


def _object(fields: Iterable[Field], words: Words, said: str, *, documents: bool = False) -> dict[str, Any]:
    properties = {}
    for one in fields:
        properties[one.name] = _field(one)
        if documents and one.name == "kind":
            properties["kind"] = {"enum": [*words.documents, None], "description": one.asks}
    made = {"type": ["object", "null"], "additionalProperties": False, "properties": properties}
    return {**made, "description": said} if said else made


def _field(field: Field) -> dict[str, Any]:
    said = field.asks + (f" (en {field.unit})" if field.unit else "")
    if field.type == "yes_no":
        made: dict[str, Any] = {"type": ["boolean", "null"]}
    elif field.type in ("number", "age"):
        made = {"type": ["number", "null"], "minimum": 0}
    elif field.type == "when":
        made = {"type": ["string", "null"]}
        said = f"{said}. {_WHEN}"
    elif field.type == "country":
        made = dict(_COUNTRY)
    elif field.type in ("codes", "countries"):
        made = _codes(field)
    elif field.codes is not None:
        made = {"enum": [*field.codes, None]}
        said += " : " + ", ".join(f"{code} = {word}" for code, word in field.codes.items())
    else:
        made = {"type": ["string", "null"]}
    return {**made, "description": said + _by_name(field)}


def _by_name(field: Field) -> str:
    """How a fact that is told by a name is named."""
    if not field.named:
        return ""
    if not field.codes:
        return f". {_PROGRAMME} {_STRANGE}"
    return f" : {', '.join(f'{code} = {word}' for code, word in field.codes.items())}. {_STRANGE}"


_PROGRAMME = "Un programme de « flask rules list » : son identifiant, son titre ou son sigle ; « other » pour un autre."
_STRANGE = "Un nom que nul ne connaît ici ne dit rien."


def _codes(field: Field) -> dict[str, Any]:
    one = {"enum": list(field.codes)} if field.codes and not field.named else {"type": "string"}
    listed = {"type": "array", "items": one}
    whole = {
        "type": "object",
        "additionalProperties": False,
        "properties": {"complete": {"type": "boolean"}, "items": listed},
    }
    return {"anyOf": [{"type": "null"}, one, listed, whole]}


def edition_schema() -> dict[str, Any]:
    """The schema of an edition file."""
    head = _params(filekeys.HEAD)
    properties = head["properties"]
    criterion = _params(filekeys.CRITERION)
    reading = _params(filekeys.READING)
    for name, params in (
        ("documents", filekeys.DOCUMENT), ("payments", filekeys.PAYMENT), ("dates", filekeys.DATE),
        ("contacts", filekeys.CONTACT), ("notes", filekeys.NOTE), ("cumulation", filekeys.CUMULATION),
        ("examples", filekeys.EXAMPLE), ("trials", filekeys.TRIAL),
    ):  # fmt: skip
        properties[name] = {"type": "array", "items": _params(params)}
    properties["sources"] = {"type": "object", "additionalProperties": _params(filekeys.SOURCE)}
    properties["window"] = _params(filekeys.WINDOW)
    properties["lists"] = {"type": "object", "additionalProperties": _params(filekeys.FILE_LIST)}
    properties["tables"] = {"type": "object", "additionalProperties": _params(filekeys.TABLE)}
    amount = _params(filekeys.AMOUNT)
    amount["properties"]["lines"] = {"type": "array", "items": _params(filekeys.LINE)}
    properties["amount"] = amount
    criterion.pop("additionalProperties")
    criterion["properties"]["readings"] = {
        "type": "array", "minItems": 2, "items": {**reading, "additionalProperties": True},
    }  # fmt: skip
    properties["criteria"] = {"type": "array", "items": {**criterion, **_UNLESS_READ_TWICE}}
    return {
        "$schema": _DRAFT,
        "title": "Édition d’un programme de financement",
        **head,
        "$defs": {
            "condition": {"anyOf": [_kind(one.name, one.params) for one in CONDITIONS.values()]},
            "quantity": {
                "anyOf": [
                    {"type": ["number", "string"]},
                    *(_params(one.params) for one in QUANTITIES.values()),
                ]
            },
        },
    }


# Where sources disagree, each reading has its own share of the condition.
_UNLESS_READ_TWICE = {"if": {"required": ["readings"]}, "then": {}, "else": {"$ref": "#/$defs/condition"}}


def _kind(name: str, params: tuple[Param, ...]) -> dict[str, Any]:
    made = _params(params)
    made.pop("additionalProperties")
    made["properties"]["condition"] = {"const": name}
    made["required"] = ["condition", *made["required"]]
    return made


def _params(params: tuple[Param, ...]) -> dict[str, Any]:
    return {
        "type": "object",
        "additionalProperties": False,
        "required": [one.name for one in params if one.required],
        "properties": {one.name: _param(one) for one in params},
    }


_TYPES: dict[str, dict[str, Any]] = {
    "text": {"type": "string"},
    "texts": {"type": "array", "items": {"type": "string"}},
    "path": {"type": "string"},
    "collection": {"enum": list(COLLECTIONS)},
    "yes_no": {"type": "boolean"},
    "severity": {"enum": ["bloquant", "avertissement", "information"]},
    "confidence": {"enum": ["A", "B", "C", "G", "U"]},
    "source": {"type": ["string", "array"]},
    "condition": {"$ref": "#/$defs/condition"},
    "conditions": {"type": "array", "items": {"$ref": "#/$defs/condition"}},
    "quantity": {"$ref": "#/$defs/quantity"},
    "quantities": {"type": "array", "items": {"$ref": "#/$defs/quantity"}},
    "where": {"type": "object"},
    "facts": {"type": "object"},
}


def _param(param: Param) -> dict[str, Any]:
    return {**_TYPES.get(param.type, {}), "description": param.says}
