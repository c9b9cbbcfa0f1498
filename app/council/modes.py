"""How the council chose to publish its acts, and since when: an act is judged by the choice of its own day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from app.council.models import PublicationMode

if TYPE_CHECKING:
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


def choices_of(council: Council | None) -> tuple[Choice, ...]:
    """The choices of a council one after the other, the last one that was told at the end."""
    if council is None:
        return ()
    former = tuple(_read(row) for row in council.former_modes or [])
    return (*former, Choice(council.publication_mode or "", council.mode_decided_by or "", council.mode_since))


def choice_on(choices: tuple[Choice, ...], on: date) -> Choice:
    """The one that holds on a day; before the first one, none was made."""
    return next((one for one in reversed(choices) if one.since is None or one.since <= on), Choice())


def kept_before(choices: tuple[Choice, ...], since: date | None) -> list[dict[str, Any]]:
    """The choices that another one leaves to the days before it, as they are kept."""
    if since is None:
        return []
    held = [one for one in choices if one.since is None or one.since < since]
    return [
        {"mode": one.mode, "decided_by": one.decided_by, "since": one.since.isoformat() if one.since else None}
        for one in held
    ]


def _read(row: dict[str, Any]) -> Choice:
    since = row.get("since")
    return Choice(
        str(row.get("mode", "")), str(row.get("decided_by", "")), date.fromisoformat(since) if since else None
    )
