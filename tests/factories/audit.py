"""Journals of any length."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import insert

from app.audit.models import JournalEntry

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

BEGIN = datetime(2026, 1, 1, 8, tzinfo=UTC)


def make_entries(  # what an entry says
    session: Session,
    many: int,
    *,
    body_id: int | None = None,
    twinning_id: int | None = None,
    actor: tuple[int | None, str] = (1, "Camille Fictive"),
    every: timedelta = timedelta(hours=1),
) -> None:
    """So many entries, one every hour; their details number them."""
    rows = [
        {
            "at": BEGIN + every * number,
            "actor_id": actor[0],
            "actor_name": actor[1],
            "action": "accounts.renamed",
            "details": {"name": f"entrée {number:03d}"},
            "body_id": body_id,
            "twinning_id": twinning_id,
            "subject_type": "",
        }
        for number in range(many)
    ]
    session.execute(insert(JournalEntry), rows)
    session.commit()
