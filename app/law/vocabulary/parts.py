"""Reads an object into one of the dataclasses, key by key, and describes it."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from app.law.vocabulary.kinds import Fault, Many, shown
from app.law.words import french, nearest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.law.vocabulary.kinds import Kind


@dataclass(frozen=True)
class Part:
    """An object whose keys are the fields of ``cls``; an unknown key is refused with the nearest word."""

    cls: type

    def read(self, value: object, at: str, faults: list[Fault]) -> Any:
        """Return an instance of ``cls``."""
        if not isinstance(value, dict):
            faults.append(Fault(at, f"un objet {{ … }} est attendu, et non {shown(value)}."))
            return None
        keys = _keys(self.cls)
        told: dict[str, Any] = {}
        for key, one in value.items():
            where = f"{at}.{key}" if at else key
            if key not in keys:
                faults.append(Fault(where, _unknown(key, self.cls)))
            elif one is not None:
                field = keys[key]
                if field.name in told:
                    faults.append(Fault(where, f"le même fait est déjà donné sous « {field.name} » ; gardez-en un."))
                told[field.name] = field.metadata["kind"].read(one, where, faults)
        return self.cls(**told)

    def schema(self) -> dict[str, Any]:
        """Point to the definition that ``definition`` writes."""
        return {"$ref": f"#/$defs/{self.cls.__name__}"}


def _keys(cls: type) -> dict[str, dataclasses.Field[Any]]:
    found = {}
    for field in dataclasses.fields(cls):
        found[field.name] = field
        if field.metadata["singular"]:
            found[field.metadata["singular"]] = field
    return found


def _unknown(key: str, cls: type) -> str:
    keys = _keys(cls)
    words = {word: word for word in keys} | {
        word: name for name, field in keys.items() for word in field.metadata["aka"]
    }
    near = words.get(key.lower()) or words.get(nearest(key, words), "")
    if near:
        hint = f"Vouliez-vous dire « {near} » ?"
    elif elsewhere := _places(_root(), key.lower(), ""):
        hint = f"Il se dit ailleurs : {', '.join(elsewhere[:3])}."
    else:
        hint = f"Mots possibles ici : {', '.join(keys)}."
    return f"ce mot n'est pas du vocabulaire. {hint} Le vocabulaire : flask law schema."


def _root() -> type:
    from app.law.vocabulary.case import Case  # noqa: PLC0415  # the whole, which is made of these parts

    return Case


def _places(cls: type, key: str, at: str) -> list[str]:
    """Return the paths under ``cls`` where a word, or another word for it, is known."""
    found = []
    for field in dataclasses.fields(cls):
        path = f"{at}.{field.name}" if at else field.name
        if key in {field.name, field.metadata["singular"], *field.metadata["aka"]}:
            found.append(path)
        kind = field.metadata["kind"]
        suffix = "[]" if isinstance(kind, Many) else ""
        for inner in _reached(kind):
            found += _places(inner, key, path + suffix)
    return found


def definition(cls: type) -> dict[str, Any]:
    """Write the JSON Schema of a class."""
    properties = {}
    for key, field in _keys(cls).items():
        described = {"description": french(field.metadata["sense"]), **_optional(field.metadata["kind"])}
        properties[key] = described
    return {"type": "object", "additionalProperties": False, "properties": properties}


def _optional(kind: Kind) -> dict[str, Any]:
    """``null`` says the same as an absent key: not known."""
    return {"anyOf": [kind.schema(), {"type": "null"}]}


def classes(root: type) -> Mapping[str, type]:
    """Every class that is reached from ``root``, by name."""
    found: dict[str, type] = {root.__name__: root}
    for field in dataclasses.fields(root):
        for cls in _reached(field.metadata["kind"]):
            if cls.__name__ not in found:
                found |= classes(cls)
    return found


def _reached(kind: Any) -> list[type]:
    if isinstance(kind, Part):
        return [kind.cls]
    if inner := getattr(kind, "kind", None):
        return _reached(inner)
    return [cls for one in getattr(kind, "by_type", {}).values() for cls in _reached(one)]
