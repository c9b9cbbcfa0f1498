"""Erasing what is known of one person: what the rooms above hold of them, they forget, and tell, themselves.

A room registers ``erases(forgets, keeps=…)``: ``forgets`` clears what it holds, ``keeps`` says beforehand what it
must keep, and why; ``overdue`` names what was kept then and may go now; ``tells`` gives what it knows, part by part;
``waits`` says what is going on with that person that must end before anything of them is erased.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date, datetime

    from sqlalchemy.orm import Session

    from app.members.models import Household
    from app.members.queries.care import Proposal
    from app.people.models import Person

ERASED = "Personne effacée"


class Known(Protocol):
    """Somebody of whom a committee knows something: a member; or who hosts or travels, and is none."""

    @property
    def body_id(self) -> int:
        """The committee."""

    @property
    def person_id(self) -> int | None:
        """Who it is."""

    @property
    def person(self) -> Person | None:
        """The record."""

    @property
    def household(self) -> Household | None:
        """Where a member lives."""


@dataclass(frozen=True)
class Kept:
    """What stays after an erasure, and why; ``holds_name``: the record of the person itself must keep its name."""

    what: object
    why: object
    holds_name: bool = False


@dataclass(frozen=True, kw_only=True)
class Erasure:
    """Who is to be forgotten by a body. ``addresses``: theirs alone, in small letters; ``shared``: others read there.

    ``phones`` are theirs alone too. ``is_proof``: the name proves what the body decided or signed, and stays there.
    ``keeps_name``: the record of the person keeps its name, for that reason or because others keep it.
    """

    body_id: int
    person_id: int
    name: str
    given_name: str
    addresses: frozenset[str]
    shared: frozenset[str] = frozenset()
    phones: frozenset[str] = frozenset()
    is_proof: bool
    keeps_name: bool
    at: datetime
    on: date

    def names(self, text: str) -> bool:
        """Whether a text names them."""
        return bool(self.name) and self.name in text

    def without_contact(self, text: str) -> str:
        """A text without their addresses and telephones, and without their name where it goes."""
        for one in self.addresses | self.phones:
            text = _replace(text, one, "…")
        return text if self.keeps_name or not self.name else text.replace(self.name, ERASED)


def _replace(text: str, part: str, by: str) -> str:
    folded = text.lower()
    while part and (at := folded.find(part)) >= 0:
        text = f"{text[:at]}{by}{text[at + len(part) :]}"
        folded = text.lower()
    return text


Forgets: TypeAlias = "Callable[[Session, Erasure], None]"
Keeps: TypeAlias = "Callable[[Session, int, int, date], Iterable[Kept]]"
Overdue: TypeAlias = "Callable[[Session, int, date], Iterable[Proposal]]"
Tells: TypeAlias = "Callable[[Session, Known], Mapping[str, Any]]"
Waits: TypeAlias = "Callable[[Session, int, int], Iterable[object]]"


@dataclass(frozen=True)
class _Room:
    forgets: Forgets
    keeps: Keeps | None = field(default=None)
    overdue: Overdue | None = field(default=None)
    tells: Tells | None = field(default=None)
    waits: Waits | None = field(default=None)


_rooms: list[_Room] = []


def erases(
    forgets: Forgets,
    *,
    keeps: Keeps | None = None,
    overdue: Overdue | None = None,
    tells: Tells | None = None,
    waits: Waits | None = None,
) -> None:
    """Register what a room forgets of a person, keeps, lets go later, knows, and what an erasure waits for there."""
    if all(room.forgets is not forgets for room in _rooms):
        _rooms.append(_Room(forgets, keeps, overdue, tells, waits))


def forget_everywhere(session: Session, erasure: Erasure) -> None:
    """Let every room forget."""
    for room in _rooms:
        room.forgets(session, erasure)


def waiting_in_rooms(session: Session, body_id: int, person_id: int) -> list[object]:
    """What an erasure waits for, in sentences."""
    return [one for room in _rooms if room.waits for one in room.waits(session, body_id, person_id)]


def kept_by_rooms(session: Session, body_id: int, person_id: int, on: date) -> list[Kept]:
    """What the rooms above keep."""
    return [one for room in _rooms if room.keeps for one in room.keeps(session, body_id, person_id, on)]


def overdue_in_rooms(session: Session, body_id: int, on: date) -> list[Proposal]:
    """What was kept for a time that is over."""
    return [one for room in _rooms if room.overdue for one in room.overdue(session, body_id, on)]


def known_by_rooms(session: Session, known: Known) -> dict[str, Any]:
    """What the rooms above know of somebody."""
    return {name: part for room in _rooms if room.tells for name, part in room.tells(session, known).items()}
