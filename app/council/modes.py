"""How the council chose to publish its acts, and since when: an act is judged by the choice of its own day.

Each choice has its mode, the deliberation that made it and its first day; a choice is replaced by one of the same first
day, moved when only its day is told otherwise, and taken away only when somebody asks for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from app.council.models import PublicationMode

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from app.council.models import Council

ON_PAPER = frozenset({PublicationMode.POSTING, PublicationMode.PAPER})
"""What takes a deliberation that chose it: without, acts are published electronically (CGCT, L2131-1)."""


@dataclass(frozen=True)
class Choice:
    """A choice of the council, the deliberation that made it, and its first day; without one, all along."""

    mode: str = ""
    decided_by: str = ""
    since: date | None = None

    @property
    def told(self) -> str | None:
        """The mode that was chosen, « none » without a choice; None: no deliberation is noted that chose it."""
        if self.mode in ON_PAPER and not self.decided_by.strip():
            return None
        return self.mode or "none"

    @property
    def is_electronic(self) -> bool:
        """Whether acts are published electronically by it, chosen or not."""
        return self.mode not in ON_PAPER

    @property
    def mark(self) -> str:
        """What tells it apart from the others of its council: its first day."""
        return self.since.isoformat() if self.since else "toujours"


def choices_of(council: Council | None) -> tuple[Choice, ...]:
    """The choices of a council in the order of their days."""
    if council is None:
        return ()
    former = tuple(_read(row) for row in council.former_modes or [])
    last = Choice(council.publication_mode or "", council.mode_decided_by or "", council.mode_since)
    return _in_order((*former, last))


def choice_on(choices: tuple[Choice, ...], on: date) -> Choice:
    """The one that holds on a day; before the first one, none was made."""
    return next((one for one in reversed(choices) if one.since is None or one.since <= on), Choice())


def with_choice(choices: tuple[Choice, ...], new: Choice, *, without: Collection[str] = ()) -> tuple[Choice, ...]:
    """The choices once another one is told, which takes the place of that of its day; ``without`` are taken away.

    The last one told again with another day alone is moved to that day.
    """
    is_moved = bool(choices) and (choices[-1].mode, choices[-1].decided_by) == (new.mode, new.decided_by)
    others = choices[:-1] if is_moved else choices
    kept = [one for one in others if one.since != new.since and one.mark not in without and one != Choice()]
    is_taken_away = bool(kept) and new in choices and new.mark in without
    return _in_order(kept if is_taken_away else (*kept, new))


def kept_beside(choices: tuple[Choice, ...]) -> list[dict[str, Any]]:
    """All choices but the last, as they are kept."""
    return [
        {"mode": one.mode, "decided_by": one.decided_by, "since": one.since.isoformat() if one.since else None}
        for one in choices[:-1]
    ]


def _in_order(choices: Iterable[Choice]) -> tuple[Choice, ...]:
    return tuple(sorted(choices, key=lambda one: one.since or date.min))


def _read(row: dict[str, Any]) -> Choice:
    since = row.get("since")
    return Choice(
        str(row.get("mode", "")), str(row.get("decided_by", "")), date.fromisoformat(since) if since else None
    )
