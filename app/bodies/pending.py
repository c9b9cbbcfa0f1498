"""What a person who leaves office leaves pending; the rooms above say it.

A room registers ``leaves_pending(query)`` with ``query(session, person_id, body_id)`` giving the things that
wait for this person in the name of this body: a convention to sign, a ceremony to lead, a dossier to follow.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

Query: TypeAlias = "Callable[[Session, int, int], list[tuple[str, str]]]"
_queries: list[Query] = []


@dataclass(frozen=True)
class Pending:
    """One thing that waits: a sentence and the address where it is dealt with."""

    sentence: str
    url: str


def leaves_pending(query: Query) -> None:
    """Register what a room knows to be pending."""
    if query not in _queries:
        _queries.append(query)


def pending_of(session: Session, person_id: int, body_id: int) -> list[Pending]:
    """Everything that waits for a person in the name of a body."""
    return [Pending(str(sentence), url) for query in _queries for sentence, url in query(session, person_id, body_id)]
