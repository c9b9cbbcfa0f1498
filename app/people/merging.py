"""What a room above does when two records of one human being become one: it makes one of what it held of both."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable
    from datetime import datetime

    from sqlalchemy.orm import Session

    from app.shared.actor import Actor


class Unites(Protocol):
    """Makes one of what a room holds of the person who was kept, once all names that person; or refuses to."""

    def __call__(self, session: Session, person_id: int, *, by: Actor, at: datetime) -> None:
        """Do it, for who decided it."""


Foretells: TypeAlias = "Callable[[Session, Collection[int]], Iterable[object]]"
_rooms: list[Unites] = []
_foretelling: list[Foretells] = []


def unites(room: Unites) -> None:
    """Register what a room does with the identifier of the person who was kept, once all names that person."""
    if room not in _rooms:
        _rooms.append(room)


def foretells(room: Foretells) -> None:
    """Register what a room says beforehand of persons that would be one: what will change, or is left to do."""
    if room not in _foretelling:
        _foretelling.append(room)


def unite_everywhere(session: Session, person_id: int, *, by: Actor, at: datetime) -> None:
    """Let every room make one of two."""
    for room in _rooms:
        room(session, person_id, by=by, at=at)


def told_before(session: Session, people: Collection[int]) -> list[object]:
    """What the rooms above say of it, to be read before anything moves."""
    return [sentence for room in _foretelling for sentence in room(session, people)]
