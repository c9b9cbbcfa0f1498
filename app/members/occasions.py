"""What a stay can be for; the rooms above offer it.

A room registers ``offered_by(query)`` with ``query(session, body_id)`` giving (« ceremony:12 », title, first day).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from sqlalchemy.orm import Session

Offer: TypeAlias = "Callable[[Session, int], Iterable[tuple[str, str]]]"
_offers: list[Offer] = []


def offered_by(query: Offer) -> None:
    """Register what a room offers."""
    if query not in _offers:
        _offers.append(query)


def occasions_of(session: Session, body_id: int) -> list[tuple[str, str]]:
    """Everything that a stay of a body can be for: its code and its title."""
    return [one for query in _offers for one in query(session, body_id)]
