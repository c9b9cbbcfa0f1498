"""The journal."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.database.base import Base


class JournalEntry(Base):
    """One thing done: by whom, when, to what, in words.

    The sentence is made when it is read, in the reader's language, from ``action`` and ``details``;
    actor, body and twinning are values, not foreign keys: the journal outlives what it tells of.
    """

    __tablename__ = "journal_entry"
    __table_args__ = (
        Index("ix_journal_entry_body_id_at_id", "body_id", "at", "id"),
        Index("ix_journal_entry_twinning_id_at_id", "twinning_id", "at", "id"),
        Index("ix_journal_entry_subject_type_subject_id", "subject_type", "subject_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    actor_id: Mapped[int | None]
    actor_name: Mapped[str] = mapped_column(String(200))
    action: Mapped[str] = mapped_column(String(60))
    details: Mapped[dict[str, Any]] = mapped_column(default=dict)
    body_id: Mapped[int | None]
    twinning_id: Mapped[int | None]
    subject_type: Mapped[str] = mapped_column(String(40), default="")
    subject_id: Mapped[int | None]
