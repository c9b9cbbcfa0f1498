"""Walks through a document by its types: every value with its place and the part it plays."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from types import UnionType
from typing import TYPE_CHECKING, Annotated, Any, Union, get_args, get_origin, get_type_hints

from msgspec import Struct

from app.texts import words

if TYPE_CHECKING:
    from collections.abc import Iterator

_ALIASES = {
    "slug": words.Slug,
    "line": words.Line,
    "prose": words.Prose,
    "language": words.Language,
    "country": words.Country,
    "currency": words.Currency,
    "amount": words.Amount,
    "day": words.Day,
    "hour": words.Hour,
}
_ROLES = {id(get_args(alias)[1]): name for name, alias in _ALIASES.items()}
_ROLES[id(get_args(words.EndHour)[1])] = "hour"


@dataclass(frozen=True)
class Leaf:
    """A value: where it stands, in which structure and field, and what it is (``slug``, ``day``, ``language``…).

    ``is_key``: it is the key of a mapping.
    """

    path: str
    value: Any
    owner: Struct
    field: str
    role: str
    is_key: bool = False


@cache
def hints(kind: type[Any]) -> dict[str, Any]:
    """Return the types of the fields of a structure, with what is said about them."""
    return get_type_hints(kind, include_extras=True)


def bare(hint: Any) -> Any:  # noqa: ANN401  # any type
    """Return a type without what is said about it, and without « or nothing »."""
    while get_origin(hint) is Annotated:
        hint = get_args(hint)[0]
    if is_union(hint):
        members = [one for one in get_args(hint) if one is not type(None)]
        return bare(members[0]) if len(members) == 1 else hint
    return hint


def is_union(hint: Any) -> bool:  # noqa: ANN401  # any type
    """Whether a type is one of several."""
    return get_origin(hint) in {Union, UnionType}


def role_of(hint: Any) -> str:  # noqa: ANN401  # any type
    """Return the part that a plain text plays, by the name of its type; empty for others."""
    while get_origin(hint) is Annotated:
        if get_args(hint)[0] is str:
            return _ROLES.get(id(get_args(hint)[1]), "")
        hint = get_args(hint)[0]
    if is_union(hint):
        return next((role for one in get_args(hint) if (role := role_of(one))), "")
    return ""


def leaves(document: Struct, path: str = "$") -> Iterator[Leaf]:
    """Return every value of a document, in its order."""
    for name, hint in hints(type(document)).items():
        if name.startswith("__"):
            continue
        yield from _inside(getattr(document, name), hint, f"{path}.{name}", document, name)


def structures(value: Any, path: str = "$") -> Iterator[tuple[str, Struct]]:  # noqa: ANN401  # any part of a document
    """Return every structure of a document, itself included."""
    if isinstance(value, Struct):
        yield path, value
        for name in value.__struct_fields__:
            yield from structures(getattr(value, name), f"{path}.{name}")
    elif isinstance(value, list):
        for place, one in enumerate(value):
            yield from structures(one, f"{path}[{place}]")
    elif isinstance(value, dict):
        for name, one in value.items():
            yield from structures(one, f"{path}.{name}")


def _inside(value: Any, hint: Any, path: str, owner: Struct, name: str) -> Iterator[Leaf]:  # noqa: ANN401
    if value is None:
        return
    if isinstance(value, Struct):
        yield from leaves(value, path)
        return
    kind = bare(hint)
    if isinstance(value, list):
        (inner,) = get_args(kind) or (Any,)
        for place, one in enumerate(value):
            yield from _inside(one, inner, f"{path}[{place}]", owner, name)
    elif isinstance(value, dict):
        key_hint, value_hint = get_args(kind) or (Any, Any)
        for key, one in value.items():
            yield Leaf(f"{path}.{key}", key, owner, name, role_of(key_hint), is_key=True)
            yield from _inside(one, value_hint, f"{path}.{key}", owner, name)
    else:
        yield Leaf(path, value, owner, name, role_of(hint))
