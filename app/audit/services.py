"""Writing the journal: in the same transaction as the fact it tells."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from app.audit.models import JournalEntry

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from app.shared.actor import Actor


def record(
    session: Session,
    action: str,
    *,
    by: Actor,
    at: datetime,
    body_id: int | None = None,
    twinning_id: int | None = None,
    subject: tuple[str, int] | None = None,
    **details: Any,  # noqa: ANN401  # plain values that the sentence names
) -> None:
    """Note that something was done.

    ``action`` is a key of a room's ``journal.SENTENCES`` (« twinning.stage_changed »); ``details`` are
    the plain values its sentence names. ``body_id`` is the body in whose name it was done: its journal
    shows the entry; ``twinning_id`` shows it to everybody who shares that twinning.
    """
    session.add(
        JournalEntry(
            at=at,
            actor_id=by.id,
            actor_name=by.name,
            action=action,
            details=details,
            body_id=body_id,
            twinning_id=twinning_id,
            subject_type=subject[0] if subject else "",
            subject_id=subject[1] if subject else None,
        )
    )
