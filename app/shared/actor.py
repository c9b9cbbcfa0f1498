"""Who does something: a value that outlives the account."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Actor:
    """A person at work, as the journal names them; ``id`` is the account's, or None for the software."""

    id: int | None
    name: str


SOFTWARE = Actor(None, "Trait d’union")
