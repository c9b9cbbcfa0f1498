"""Facts as they are told, in plain values: copied, and changed at paths."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


def plain(value: Any) -> Any:  # noqa: ANN401  # any TOML value
    """The same value as JSON would tell it: dates become text."""
    if isinstance(value, dict):
        return {key: plain(one) for key, one in value.items()}
    if isinstance(value, list):
        return [plain(one) for one in value]
    return value.isoformat() if isinstance(value, date) else value


class NoSuchPlace(ValueError):
    """A path leads nowhere in the facts told."""


def changed(base: Mapping[str, Any], put: Mapping[str, Any], unset: Iterable[str]) -> dict[str, Any]:
    """A copy of facts with some values put at paths (``partners.items.0.country``) and some removed.

    :raises NoSuchPlace: a path goes through what is no object or list, or past the end of a list.
    """
    facts: dict[str, Any] = plain(base)
    for path, value in [*put.items(), *((path, None) for path in unset)]:
        try:
            _put(facts, path.split("."), plain(value))
        except (AttributeError, TypeError, ValueError, LookupError) as error:
            raise NoSuchPlace(f"le chemin « {path[:80]} » ne mène à rien dans ces faits.") from error
    return facts


def _put(node: Any, path: list[str], value: object) -> None:  # noqa: ANN401  # any JSON value
    for name in path[:-1]:
        node = node[int(name)] if isinstance(node, list) else node.setdefault(name, {})
    if isinstance(node, list):
        rank = int(path[-1])
        if value is None:
            del node[rank]
        elif rank == len(node):
            node.append(value)
        else:
            node[rank] = value
    elif value is None:
        node.pop(path[-1], None)
    else:
        node[path[-1]] = value
