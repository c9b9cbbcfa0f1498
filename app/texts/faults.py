"""Where plain values and the format part: every place, and what was expected there."""

from __future__ import annotations

import json
import re
from enum import EnumType
from typing import Annotated, Any, Literal, get_args, get_origin

import msgspec
from msgspec import Meta, Struct

from app.texts.codes import nearest
from app.texts.walk import bare, hints, is_union, role_of

SHOWN = 80
MOST = 200
"""So many faults are counted; a file with more is not read further."""
_GONE: Any = object()
OF_WHAT_IS_INSIDE = {"missing_key", "unknown_key", "double_key"}
_LEAST = {
    "language": "fr",
    "country": "FR",
    "currency": "EUR",
    "amount": "0",
    "day": "2000",
    "hour": "00:00",
}
_SIMPLE = {str: "text", int: "whole", bool: "bool", float: "number", dict: "object", list: "list", type(None): "null"}


class BadDocument(ValueError):  # named for what it is
    """A document that cannot be read. ``code`` and ``values`` make the sentence; ``path`` is where, as JSON path."""

    def __init__(self, code: str, path: str = "$", **values: str) -> None:
        self.code = code
        self.whole_path = path
        self.path = shown(path, 300)
        self.line = 0
        self.values = {name: shown(text, 2000) for name, text in values.items()}
        super().__init__(f"{self.path}: {code} {self.values}")


def shown(text: str, most: int = SHOWN) -> str:
    """Return a text that any terminal and page can show: cut, without control characters or halves of pairs."""
    safe = text.encode("utf-8", "backslashreplace").decode("utf-8")
    safe = re.sub(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]", "\N{REPLACEMENT CHARACTER}", safe)
    return safe if len(safe) <= most else f"{safe[: most - 1]}…"


class BadFile(BadDocument):
    """Everything that is wrong with a file, in its order; ``is_cut``: there may be more than is listed."""

    def __init__(self, faults: list[BadDocument], *, is_cut: bool = False) -> None:
        first = faults[0]
        super().__init__(first.code, first.whole_path, **first.values)
        self.line, self.faults, self.is_cut = first.line, tuple(faults), is_cut


class Enough(Exception):  # no error: a file with very many faults is not worth more time
    """So many faults are found that the rest may wait."""


class Sieve:
    """Notes what the format does not take, and gives back what is left of the values, which converts.

    What may be left out is left out; for what must be there something stands in, so that the places of the rest stay.
    """

    def __init__(self) -> None:
        self.found: list[BadDocument] = []
        self._stand_ins = 0

    def note(self, fault: BadDocument) -> None:
        """Keep a fault, unless one is known at this place or around it.

        :raises Enough: when the list is full.
        """
        for known in self.found:
            if known.code not in OF_WHAT_IS_INSIDE and _is_within(fault.whole_path, known.whole_path):
                return
        self.found.append(fault)
        if len(self.found) >= MOST:
            raise Enough

    def sift(self, value: Any, hint: Any, path: str, owner: tuple[str, str] = ("", "")) -> Any:  # noqa: ANN401
        """Return a value without what does not convert; ``owner``: the structure and the field that hold it."""
        try:
            msgspec.convert(value, hint)
        except (msgspec.ValidationError, RecursionError):
            known = len(self.found)
            left = self._parts(value, hint, path, owner)
            if left is _GONE and len(self.found) == known:
                self.note(_plain_fault(value, hint, path, owner))
            return left
        return value

    def kept(self, value: Any, hint: Any, path: str) -> Any:  # noqa: ANN401  # any JSON, any type
        """Return what is left of a value that must be there."""
        left = self.sift(value, hint, path)
        return self._stand_in(hint) if left is _GONE else left

    def _parts(self, value: Any, hint: Any, path: str, owner: tuple[str, str]) -> Any:  # noqa: ANN401
        kind = bare(hint)
        if is_union(kind):
            kind = self._chosen(value, kind, path)
            if kind is _GONE:
                return _GONE
        if isinstance(kind, type) and issubclass(kind, Struct) and isinstance(value, dict):
            return self._structure(value, kind, path)
        if get_origin(kind) is list and isinstance(value, list):
            (inner,) = get_args(kind)
            return [self._item(one, inner, f"{path}[{place}]", owner) for place, one in enumerate(value)]
        if get_origin(kind) is dict and isinstance(value, dict):
            key_hint, value_hint = get_args(kind)
            rest = {
                key: self.sift(one, value_hint, f"{path}.{key}", owner)
                for key, one in value.items()
                if self.sift(key, key_hint, f"{path}.{key}", owner) is not _GONE
            }
            return {key: one for key, one in rest.items() if one is not _GONE}
        return _GONE

    def _item(self, value: Any, hint: Any, path: str, owner: tuple[str, str]) -> Any:  # noqa: ANN401
        left = self.sift(value, hint, path, owner)
        return self._stand_in(hint) if left is _GONE else left

    def _chosen(self, value: Any, kind: Any, path: str) -> Any:  # noqa: ANN401  # any JSON, any type
        """The structure that ``type`` names, of several."""
        tags = {str(one.__struct_config__.tag): one for one in get_args(kind)}
        if not isinstance(value, dict):
            self.note(BadDocument("wrong_type", path, wanted="object", name=_sort(value), text=_written(value)))
        elif "type" not in value:
            self.note(BadDocument("missing_key", path, name="type"))
        elif value["type"] not in tags:
            self.note(_not_in_list(value["type"], list(tags), f"{path}.type", ("", "")))
        else:
            return tags[value["type"]]
        return _GONE

    def _structure(self, value: dict[str, Any], kind: type[Struct], path: str) -> dict[str, Any]:
        known = {name: hint for name, hint in hints(kind).items() if not name.startswith("__")}
        tag = kind.__struct_config__.tag_field
        made: dict[str, Any] = {}
        for name, one in value.items():
            if name in known:
                made[name] = self.sift(one, known[name], f"{path}.{name}", (kind.__name__, name))
            elif name == tag:
                made[name] = one
            else:
                close = nearest(name, known, 0.6)
                self.note(BadDocument("unknown_key", path, name=name, nearest=close[0] if close else ""))
        required = [field.name for field in msgspec.structs.fields(kind) if field.required]
        for name in required:
            if name not in value:
                self.note(BadDocument("missing_key", path, name=name))
            if made.get(name, _GONE) is _GONE:
                made[name] = self._stand_in(known[name])
        return {name: one for name, one in made.items() if one is not _GONE}

    def _stand_in(self, hint: Any) -> Any:  # noqa: ANN401  # any type
        """The least value of a type."""
        kind = bare(hint)
        if is_union(kind):
            kind = get_args(kind)[0]
        if choice := allowed(kind):
            return choice[0] if get_origin(kind) is not Literal else get_args(kind)[0]
        if isinstance(kind, type) and issubclass(kind, Struct):
            fields = {one.name: hints(kind)[one.name] for one in msgspec.structs.fields(kind) if one.required}
            tag = {kind.__struct_config__.tag_field or "": kind.__struct_config__.tag}
            return {name: one for name, one in tag.items() if name} | {
                name: self._stand_in(one) for name, one in fields.items()
            }
        if get_origin(kind) in {list, dict}:
            return get_origin(kind)()
        if kind is str:
            self._stand_ins += 1
            return _LEAST.get(role_of(hint), "") or (f"stand-in-{self._stand_ins}" if role_of(hint) == "slug" else "")
        return max((one.ge for one in _said(hint) if one.ge is not None), default=0) if kind is int else kind()


def allowed(kind: Any) -> list[str]:  # noqa: ANN401  # any type
    """Return the values of a closed list; nothing for other types."""
    if isinstance(kind, EnumType):
        members: list[Any] = list(kind.__members__.values())
        return [str(one.value) for one in members]
    return [str(one) for one in get_args(kind)] if get_origin(kind) is Literal else []


def _is_within(path: str, around: str) -> bool:
    """Whether a place is another one or lies inside it."""
    return path == around or path.startswith((f"{around}.", f"{around}["))


def _plain_fault(value: Any, hint: Any, path: str, owner: tuple[str, str]) -> BadDocument:  # noqa: ANN401
    kind = bare(hint)
    choice = allowed(kind)
    if choice and not isinstance(value, dict | list):
        return _not_in_list(value, choice, path, owner)
    wanted = "text" if choice else _SIMPLE.get(get_origin(kind) or kind, "object")
    if _sort(value) != wanted:
        return BadDocument("wrong_type", path, wanted=wanted, name=_sort(value), text=_written(value))
    if isinstance(value, int):
        return BadDocument("out_of_range", path, text=_written(value), **_bounds(hint))
    most = max((one.max_length for one in _said(hint) if one.max_length), default=0)
    if most and len(str(value)) > most:
        return BadDocument("too_long", path, wanted=str(most))
    return BadDocument("wrong_form", path, text=_written(value), wanted=role_of(hint) or _pattern(hint))


def _not_in_list(value: object, choice: list[str], path: str, owner: tuple[str, str]) -> BadDocument:
    """What is permitted, in the order of the format, and the structure and field that permit it."""
    close = nearest(str(value), choice, 0.6)
    known = {"owner": owner[0], "field": owner[1], "nearest": close[0] if close else ""}
    return BadDocument("not_in_list", path, name=_written(value), choice=" ".join(choice), **known)


def _written(value: object) -> str:
    """A value as the file writes it, cut where it is long."""
    return shown(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))


def _sort(value: object) -> str:
    """What kind of JSON value it is."""
    return "object" if isinstance(value, dict) else _SIMPLE.get(type(value), "text")


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
