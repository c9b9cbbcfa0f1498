"""Where plain values and the format part: the exact place, and what was expected there."""

from __future__ import annotations

import re
from enum import EnumType
from typing import Annotated, Any, Literal, NoReturn, get_args, get_origin

import msgspec
from msgspec import Meta, Struct

from app.texts.codes import nearest
from app.texts.walk import bare, hints, is_union, role_of

SHOWN = 80
_SIMPLE = {str: "text", int: "whole", bool: "bool", float: "number", dict: "object", list: "list", type(None): "null"}


class BadDocument(ValueError):  # named for what it is
    """A document that cannot be read. ``code`` and ``values`` make the sentence; ``path`` is where, as JSON path."""

    def __init__(self, code: str, path: str = "$", **values: str) -> None:
        self.code = code
        self.path = shown(path, 300)
        self.values = {name: shown(text, 2000) for name, text in values.items()}
        super().__init__(f"{self.path}: {code} {self.values}")


def shown(text: str, most: int = SHOWN) -> str:
    """Return a text that any terminal and page can show: cut, without control characters or halves of pairs."""
    safe = text.encode("utf-8", "backslashreplace").decode("utf-8")
    safe = re.sub(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]", "\N{REPLACEMENT CHARACTER}", safe)
    return safe if len(safe) <= most else f"{safe[: most - 1]}…"


def refuse(value: Any, hint: Any, path: str) -> NoReturn:  # noqa: ANN401  # any JSON, any type
    """Say what is wrong with a value that does not convert.

    :raises BadDocument: always.
    """
    kind = bare(hint)
    if is_union(kind):
        kind = _chosen(value, kind, path)
    if isinstance(kind, type) and issubclass(kind, Struct) and isinstance(value, dict):
        _refuse_structure(value, kind, path)
    if get_origin(kind) is list and isinstance(value, list):
        (inner,) = get_args(kind)
        for place, one in enumerate(value):
            _try(one, inner, f"{path}[{place}]")
    if get_origin(kind) is dict and isinstance(value, dict):
        key_hint, value_hint = get_args(kind)
        for key, one in value.items():
            _try(key, key_hint, f"{path}.{key}")
            _try(one, value_hint, f"{path}.{key}")
    _refuse_plain(value, hint, kind, path)


def allowed(kind: Any) -> list[str]:  # noqa: ANN401  # any type
    """Return the values of a closed list; nothing for other types."""
    if isinstance(kind, EnumType):
        members: list[Any] = list(kind.__members__.values())
        return [str(one.value) for one in members]
    return [str(one) for one in get_args(kind)] if get_origin(kind) is Literal else []


def _try(value: Any, hint: Any, path: str) -> None:  # noqa: ANN401  # any JSON, any type
    try:
        msgspec.convert(value, hint)
    except (msgspec.ValidationError, RecursionError):
        refuse(value, hint, path)


def _chosen(value: Any, kind: Any, path: str) -> Any:  # noqa: ANN401  # any JSON, any type
    """The structure that ``type`` names, of several."""
    tags = {str(one.__struct_config__.tag): one for one in get_args(kind)}
    if not isinstance(value, dict):
        raise BadDocument("wrong_type", path, wanted="object", name=_sort(value), text=str(value))
    if "type" not in value:
        raise BadDocument("missing_key", path, name="type")
    if value["type"] not in tags:
        raise _not_in_list(value["type"], list(tags), f"{path}.type")
    return tags[value["type"]]


def _refuse_structure(value: dict[str, Any], kind: type[Struct], path: str) -> None:
    known = {name: hint for name, hint in hints(kind).items() if not name.startswith("__")}
    tag = kind.__struct_config__.tag_field
    for name, one in value.items():
        if name in known:
            _try(one, known[name], f"{path}.{name}")
        elif name != tag:
            close = nearest(name, known, 0.6)
            raise BadDocument("unknown_key", path, name=name, nearest=close[0] if close else "")
    for field in msgspec.structs.fields(kind):
        if field.required and field.name not in value:
            raise BadDocument("missing_key", path, name=field.name)


def _refuse_plain(value: Any, hint: Any, kind: Any, path: str) -> NoReturn:  # noqa: ANN401  # any JSON, any type
    choice = allowed(kind)
    if choice and not isinstance(value, dict | list):
        raise _not_in_list(value, choice, path)
    wanted = "text" if choice else _SIMPLE.get(get_origin(kind) or kind, "object")
    if _sort(value) != wanted:
        raise BadDocument("wrong_type", path, wanted=wanted, name=_sort(value), text=str(value))
    if isinstance(value, int):
        raise BadDocument("out_of_range", path, text=str(value), **_bounds(hint))
    most = max((one.max_length for one in _said(hint) if one.max_length), default=0)
    if most and len(str(value)) > most:
        raise BadDocument("too_long", path, wanted=str(most))
    raise BadDocument("wrong_form", path, text=str(value), wanted=role_of(hint) or _pattern(hint))


def _sort(value: object) -> str:
    """What kind of JSON value it is."""
    return "object" if isinstance(value, dict) else _SIMPLE.get(type(value), "text")


def _not_in_list(value: object, choice: list[str], path: str) -> BadDocument:
    return BadDocument("not_in_list", path, name=str(value), choice=", ".join(nearest(str(value), choice)))


def _said(hint: Any) -> list[Meta]:  # noqa: ANN401  # any type
    """Everything that is said about a type, whatever it is wrapped in."""
    if get_origin(hint) is Annotated:
        return [*_said(get_args(hint)[0]), *(one for one in get_args(hint)[1:] if isinstance(one, Meta))]
    if is_union(hint):
        return [one for member in get_args(hint) for one in _said(member)]
    return []


def _bounds(hint: Any) -> dict[str, str]:  # noqa: ANN401  # any type
    said = _said(hint)
    least = [one.ge for one in said if one.ge is not None]
    most = [one.le for one in said if one.le is not None]
    return {"least": str(max(least, default="")), "most": str(min(most, default=""))}


def _pattern(hint: Any) -> str:  # noqa: ANN401  # any type
    return next((one.pattern for one in _said(hint) if one.pattern), "")
