"""What a room above does when two records of one human being become one: it makes one of what it held of both."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

Unites: TypeAlias = "Callable[[Session, int], None]"
_rooms: list[Unites] = []


def unites(room: Unites) -> None:
    """Register what a room does with the identifier of the person who was kept, once all names that person."""
    if room not in _rooms:
        _rooms.append(room)


def unite_everywhere(session: Session, person_id: int) -> None:
    """Let every room make one of two."""
    for room in _rooms:
        room(session, person_id)
