"""Deliberations of former years, as a list told them: recorded facts, never drafts."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.bodies.models import Body
from app.database.base import Base, FuzzyText
from app.shared.fuzzydate import FuzzyDate
from app.twinnings.models import Twinning


class PastDeliberation(Base):
    """A deliberation that was brought in from a list.

    ``cells`` is the whole row as it stood, column by column, so that nothing of the list is lost. ``fingerprint`` is
    that of date, number and title: the same deliberation is kept once. ``tells_twinning``: the title holds one of the
    words of ``data/twinning_words.toml``; ``twinning_id`` is set by a human only.
    """

    __tablename__ = "past_deliberation"
    __table_args__ = (
        UniqueConstraint("body_id", "fingerprint"),
        Index("ix_past_deliberation_body_id_voted_sort_id", "body_id", "voted_sort", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("body.id"))
    twinning_id: Mapped[int | None] = mapped_column(ForeignKey("twinning.id"), index=True)
    number: Mapped[str] = mapped_column(String(80), default="")
    voted: Mapped[FuzzyDate] = mapped_column("voted_text", FuzzyText())
    voted_sort: Mapped[date]
    title: Mapped[str] = mapped_column(Text)
    folded: Mapped[str] = mapped_column(Text)
    tells_twinning: Mapped[bool] = mapped_column(default=False)
    cells: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    fingerprint: Mapped[str] = mapped_column(String(64))
    source_file: Mapped[str] = mapped_column(String(160))
    source_line: Mapped[int]
    imported_by: Mapped[str] = mapped_column(String(200), default="")
    imported_at: Mapped[datetime]
    trashed_at: Mapped[datetime | None]

    body: Mapped[Body] = relationship()
    twinning: Mapped[Twinning | None] = relationship()
