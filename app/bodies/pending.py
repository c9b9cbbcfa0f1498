"""What a person who leaves office leaves pending; the rooms above say it.

A room registers ``leaves_pending(query)`` with ``query(session, body_id, people)`` – names by person – giving the
things that wait for these people in the name of this body: a convention to sign, a dossier to follow, an account.
The same queries tell, long after the office has ended, what nobody has taken over yet.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

from app.bodies.labels import ONE_AT_A_TIME
from app.bodies.queries import is_in_office, mandates_of_bodies

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping
    from datetime import date

    from sqlalchemy.orm import Session

    from app.bodies.models import Mandate

Told: TypeAlias = "list[tuple[int, str, str]]"
Query: TypeAlias = "Callable[[Session, int, Mapping[int, str]], Told]"


class Heirs(StrEnum):
    """Who of a body may take over what somebody leaves: all who write for it, or those who administer it alone."""

    WRITERS = "writers"
    ADMINISTRATORS = "administrators"


_queries: dict[Query, Heirs] = {}


@dataclass(frozen=True)
class Pending:
    """One thing that waits: a sentence, the address where it is dealt with, and by whom it may be."""

    sentence: str
    url: str
    heirs: Heirs = Heirs.WRITERS


@dataclass(frozen=True)
class LeftBehind:
    """Somebody whose office is over, and what still waits for them."""

    person_id: int
    name: str
    things: tuple[Pending, ...]


def leaves_pending(query: Query, *, heirs: Heirs = Heirs.WRITERS) -> None:
    """Register what a room knows to be pending, and who may take it over."""
    _queries.setdefault(query, heirs)


def pending_of(session: Session, person_id: int, name: str, body_id: int) -> list[Pending]:
    """Everything that waits for a person in the name of a body."""
    return _waiting(session, body_id, {person_id: name}).get(person_id, [])


def left_behind(session: Session, body_id: int, *, on: date) -> list[LeftBehind]:
    """What people whose office in a body is over have left to nobody; a query for each room."""
    gone = out_of_office(session, {body_id}, on=on).get(body_id, {})
    waiting = _waiting(session, body_id, gone) if gone else {}
    return [LeftBehind(person, name, tuple(waiting[person])) for person, name in gone.items() if person in waiting]


def left_by(session: Session, person_id: int, body_ids: Collection[int], *, on: date) -> list[tuple[int, Pending]]:
    """What a person has left to nobody in these bodies, each thing with its body."""
    gone = out_of_office(session, body_ids, on=on)
    return [
        (body_id, thing)
        for body_id, names in sorted(gone.items())
        if person_id in names
        for thing in pending_of(session, person_id, names[person_id], body_id)
    ]


def out_of_office(session: Session, body_ids: Collection[int], *, on: date) -> dict[int, dict[int, str]]:
    """Whose time is over, by body: names by person. One query.

    Who keeps a smaller mandate in the same body has left too, if the one that ended is held by one person at a time.
    """
    by_body: dict[int, list[Mandate]] = defaultdict(list)
    for mandate in mandates_of_bodies(session, body_ids):
        by_body[mandate.body_id].append(mandate)
    return {body: _gone(mandates, on) for body, mandates in by_body.items()}


def _gone(mandates: Iterable[Mandate], on: date) -> dict[int, str]:
    held: dict[int, set[str]] = defaultdict(set)
    ended: dict[int, set[str]] = defaultdict(set)
    names: dict[int, str] = {}
    for mandate in mandates:
        names[mandate.person_id] = mandate.person.name
        if is_in_office(mandate, on):
            held[mandate.person_id].add(mandate.function)
        elif mandate.until is not None and mandate.until.latest < on:
            ended[mandate.person_id].add(mandate.function)
    return {
        person: names[person]
        for person, functions in ended.items()
        if not held[person] or (functions & ONE_AT_A_TIME and not held[person] & ONE_AT_A_TIME)
    }


def _waiting(session: Session, body_id: int, people: Mapping[int, str]) -> dict[int, list[Pending]]:
    found: dict[int, list[Pending]] = {}
    for query, heirs in _queries.items():
        for person, sentence, url in query(session, body_id, people):
            found.setdefault(person, []).append(Pending(str(sentence), url, heirs))
    return found
