"""Whose letters a body sees beside its own: of those that it keeps until their own people come; bodies know which."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

Query: TypeAlias = "Callable[[Session, frozenset[int]], frozenset[int]]"
_queries: list[Query] = []


def keeps(query: Query) -> None:
    """Register who knows which bodies these keep."""
    if query not in _queries:
        _queries.append(query)


def kept_by(session: Session, body_ids: frozenset[int]) -> frozenset[int]:
    """The bodies that these keep; they have nobody of their own yet who could read their letters."""
    return frozenset().union(*(query(session, body_ids) for query in _queries))
