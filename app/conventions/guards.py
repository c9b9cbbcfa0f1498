"""What rooms above say against the signature of a text: the council's vote, as long as it may not be executed.

A room above registers a guard: ``register(guard)`` with ``guard(session, version) -> Hindrance | None``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

    from app.conventions.models import ConventionVersion


@dataclass(frozen=True)
class Hindrance:
    """Why the original may not be made here, and the page where it is decided."""

    sentence: object
    label: object
    url: str


Guard: TypeAlias = "Callable[[Session, ConventionVersion], Hindrance | None]"
_guards: list[Guard] = []


def register(guard: Guard) -> None:
    """Ask this guard before an original is made."""
    if guard not in _guards:
        _guards.append(guard)


def hindrance(session: Session, version: ConventionVersion) -> Hindrance | None:
    """What the first guard says against it."""
    return next((found for guard in _guards if (found := guard(session, version)) is not None), None)
