"""What the rooms above add to the pack: what they know of an association, still to do or to keep."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from sqlalchemy.orm import Session

    from app.bodies.models import Body

    Source = Callable[[Session, Body, date], "HandedOn"]


@dataclass(frozen=True, kw_only=True)
class Line:
    """One thing: what, why or who, by when; ``url`` where it is dealt with on the screen."""

    title: str
    reason: str = ""
    date: str = ""
    url: str = ""


@dataclass(frozen=True, kw_only=True)
class HandedOn:
    """``waiting``: what is not finished; ``documents``: what proves what was done."""

    waiting: tuple[Line, ...] = ()
    documents: tuple[Line, ...] = ()


_SOURCES: list[Source] = []


def hands_on(source: Source) -> None:
    """Let a room above add what it knows of an association."""
    if source not in _SOURCES:
        _SOURCES.append(source)


def handed_on(session: Session, body: Body, on: date) -> Iterator[HandedOn]:
    """What each of them knows."""
    for source in _SOURCES:
        yield source(session, body, on)
