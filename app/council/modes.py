"""How the council chose to publish its acts, and since when: an act is judged by the choice of its own day.

Each choice has its mode, the deliberation that made it and its first day (see ``dated``).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from app.council.dated import Dated, holding, in_order, kept_day, read_day, with_row
from app.council.models import PublicationMode

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from app.council.models import Council

ON_PAPER = frozenset({PublicationMode.POSTING, PublicationMode.PAPER})
"""What takes a deliberation that chose it: without, acts are published electronically (CGCT, L2131-1)."""


@dataclass(frozen=True)
class Choice(Dated):
    """A choice of the council, the deliberation that made it, and its first day; without one, all along."""

    mode: str = ""
    decided_by: str = ""

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


def choices_of(council: Council | None) -> tuple[Choice, ...]:
    """The choices of a council in the order of their days."""
    if council is None:
        return ()
    former = tuple(_read(row) for row in council.former_modes or [])
    last = Choice(council.publication_mode or "", council.mode_decided_by or "", since=council.mode_since)
    return in_order((*former, last))


def choice_on(choices: tuple[Choice, ...], on: date) -> Choice:
    """The one that holds on a day; before the first one, none was made."""
    return holding(choices, on) or Choice()


def with_choice(choices: tuple[Choice, ...], new: Choice, *, without: Collection[str] = ()) -> tuple[Choice, ...]:
    """The choices once another one is told; ``without`` are taken away."""
    return with_row(choices, new, empty=Choice(), without=without)


def kept_beside(choices: tuple[Choice, ...]) -> list[dict[str, Any]]:
    """All choices but the last, as they are kept."""
    return [{"mode": one.mode, "decided_by": one.decided_by, "since": kept_day(one.since)} for one in choices[:-1]]


def _read(row: dict[str, Any]) -> Choice:
    return Choice(str(row.get("mode", "")), str(row.get("decided_by", "")), since=read_day(row.get("since")))
