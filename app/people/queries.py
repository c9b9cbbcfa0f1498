"""Reading persons: those a body keeps, those it meets through a twinning, and likely doubles.

The rooms above say who is met: a room registers with :func:`held_through` which bodies' records a body
holds (itself, its régie, a partner it fills in for), and with :func:`met_through` whom it may see besides.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from sqlalchemy import and_, false, or_, select, tuple_

from app.people.models import Person
from app.people.naming import compared
from app.shared.folding import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from sqlalchemy import ColumnElement, Select
    from sqlalchemy.orm import Session

    from app.access.table import Identity

Bodies: TypeAlias = frozenset[int]
Found: TypeAlias = "Callable[[Bodies], Select[int]]"
Guard: TypeAlias = "Callable[[Bodies, Identity | None], Select[int]]"

PAGE = 25
_held: list[Found] = []
_met: list[Found] = []
_guarded: list[Guard] = []
_passing: list[Callable[[], Select[int]]] = []


def held_through(query: Found) -> None:
    """Register which bodies' persons are held by some bodies: ``query(body ids)`` selects body ids."""
    if query not in _held:
        _held.append(query)


def met_through(query: Found) -> None:
    """Register whom some bodies may see though others keep them: ``query(body ids)`` selects person ids."""
    if query not in _met:
        _met.append(query)


def guard_through(query: Guard) -> None:
    """Register whose records only few may see: ``query(body ids, who)`` selects the persons hidden from somebody.

    The members of an association are not seen by whoever merely has a role in it, nor by the town it works for;
    children of a journey and who lodges them, by the few who place them. Where no ``who`` asks, but a verb that was
    granted, it is asked for these bodies as such.
    """
    if query not in _guarded:
        _guarded.append(query)


def passing_through(query: Callable[[], Select[int]]) -> None:
    """Register who is known only for a while, such as the children of a journey: ``query()`` selects person ids.

    They are not offered where somebody is chosen for an office.
    """
    if query not in _passing:
        _passing.append(query)


def is_held_by(bodies: Bodies, who: Identity | None = None) -> ColumnElement[bool]:
    """Persons whose record these bodies hold; guarded ones only where ``who`` may see them."""
    held = or_(
        Person.kept_by_body_id.in_(bodies),
        *(Person.kept_by_body_id.in_(query(bodies)) for query in _held),
    )
    return and_(held, *(Person.id.not_in(query(bodies, who)) for query in _guarded))


def is_guarded(session: Session, *persons: Person) -> bool:
    """Whether one of these records is seen by few: it is not named where everybody of a body reads."""
    hidden = or_(false(), *(Person.id.in_(query(frozenset(), None)) for query in _guarded))
    asked = select(Person.id).where(Person.id.in_([one.id for one in persons]), hidden).limit(1)
    return session.scalar(asked) is not None


def is_known_to(who: Identity) -> ColumnElement[bool]:
    """Persons whom somebody may see, held or met: what is searched is what may be opened."""
    met = (Person.id.in_(query(who.readable_body_ids)) for query in _met)
    return or_(is_held_by(who.body_ids, who), *met)


def person_by_id(session: Session, person_id: int) -> Person | None:
    """The person of this identifier, in the trash or not."""
    return session.get(Person, person_id)


def holds(session: Session, bodies: Bodies, person: Person, who: Identity | None = None) -> bool:
    """Whether one of these bodies holds the record of this person, and somebody may see it."""
    held = select(Person.id).where(Person.id == person.id, is_held_by(bodies, who))
    return bool(bodies) and session.scalar(held) is not None


def knows(session: Session, who: Identity, person: Person) -> bool:
    """Whether somebody may see this person, held or met."""
    return session.scalar(select(Person.id).where(Person.id == person.id, is_known_to(who))) is not None


def held_persons(  # how a list is narrowed
    session: Session,
    bodies: Bodies,
    *,
    words: str = "",
    after: tuple[str, int] | None = None,
    trashed: bool = False,
    who: Identity,
) -> list[Person]:
    """Persons held, by name, a page and one more; ``after`` is the (folded name, id) of the last one shown."""
    in_trash = Person.trashed_at.is_not(None) if trashed else Person.trashed_at.is_(None)
    statement = select(Person).where(is_held_by(bodies, who), in_trash).order_by(Person.folded, Person.id)
    for word in fold(words[:200]).split():
        statement = statement.where(Person.folded.contains(word, autoescape=True))
    if after is not None:
        statement = statement.where(tuple_(Person.folded, Person.id) > after)
    return list(session.scalars(statement.limit(PAGE + 1)))


def choosable_persons(
    session: Session, bodies: Bodies, *, limit: int = 500, who: Identity | None = None
) -> list[Person]:
    """Persons held, for a list to choose from; nobody who merely takes part in a journey."""
    stays = (Person.id.not_in(query()) for query in _passing)
    statement = select(Person).where(is_held_by(bodies, who), Person.trashed_at.is_(None), *stays)
    return list(session.scalars(statement.order_by(Person.folded, Person.id).limit(limit)))


def likely_doubles(
    session: Session, bodies: Bodies, name: str, *, but: Iterable[int] = (), who: Identity | None = None
) -> list[Person]:
    """Persons held whose name has the same words in any order; they are proposed, never merged."""
    words = compared(name)
    if not words:
        return []
    statement = select(Person).where(
        is_held_by(bodies, who),
        Person.trashed_at.is_(None),
        Person.folded.contains(max(words, key=len), autoescape=True),
    )
    left_out = set(but)
    return [
        person
        for person in session.scalars(statement.order_by(Person.id).limit(200))
        if person.id not in left_out and compared(person.name) == words
    ]
