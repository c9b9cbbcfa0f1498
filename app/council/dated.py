"""What holds from a day on until something else does: what happened is judged by what held on its own day.

A row is replaced by one of the same first day, moved when only its day is told otherwise, and taken away only when
somebody asks for it. A row without a day holds all along.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable


@dataclass(frozen=True, kw_only=True)
class Dated:
    """Something that holds since a day; without one, all along."""

    since: date | None = None

    @property
    def mark(self) -> str:
        """What tells it apart from the others of its kind: its first day."""
        return self.since.isoformat() if self.since else "toujours"


Row = TypeVar("Row", bound=Dated)


def in_order(rows: Iterable[Row]) -> tuple[Row, ...]:
    """The rows by their days."""
    return tuple(sorted(rows, key=lambda one: one.since or date.min))


def holding(rows: tuple[Row, ...], on: date) -> Row | None:
    """The one that holds on a day; None before the first."""
    return next((one for one in reversed(rows) if one.since is None or one.since <= on), None)


def with_row(rows: tuple[Row, ...], new: Row, *, empty: Row, without: Collection[str] = ()) -> tuple[Row, ...]:
    """The rows once another one is told, which takes the place of that of its day; ``without`` are taken away.

    The last one told again with another day alone is moved to that day.
    """
    is_moved = bool(rows) and replace(rows[-1], since=new.since) == new
    others = rows[:-1] if is_moved else rows
    kept = [one for one in others if one.since != new.since and one.mark not in without and one != empty]
    is_taken_away = bool(kept) and new in rows and new.mark in without
    return in_order(kept if is_taken_away else (*kept, new))


def kept_day(since: date | None) -> str | None:
    """A first day as it is kept."""
    return since.isoformat() if since else None


def read_day(kept: object) -> date | None:
    """A first day as it was kept."""
    return date.fromisoformat(str(kept)) if kept else None
