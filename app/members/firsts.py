"""What a list of members that only begins may begin with; a room above knows it.

A room registers ``begins_with(query)`` with ``query(session, body_id)`` giving a :class:`First`, or None.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session


@dataclass(frozen=True, kw_only=True)
class First:
    """Whom to enrol by one button (``label``, ``url``; empty when all are there), and the first dues with who decided.

    The founders of an association, and what their assembly fixed.
    """

    label: object = ""
    url: str = ""
    fee: Decimal = Decimal(0)
    decided: str = ""


Query: TypeAlias = "Callable[[Session, int], First | None]"
_queries: list[Query] = []


def begins_with(query: Query) -> None:
    """Register what a room knows."""
    if query not in _queries:
        _queries.append(query)


def first_of(session: Session, body_id: int) -> First:
    """What is known of the beginning of a body."""
    return next((found for query in _queries if (found := query(session, body_id)) is not None), First())
