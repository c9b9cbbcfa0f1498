"""What the commune gives to associations, in cash and in kind."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import ForeignKey, Index, Numeric, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.bodies.models import Body
from app.council.models.acts import Act
from app.database.base import Base


class Subsidy(Base):
    """One aid to one association in one year: cash, premises, staff, printing, valued; ``in_kind`` None: nobody told.

    ``convention_signed_on`` and ``contract_signed_on`` (contrat d'engagement républicain) are the papers that the law
    asks for; ``year_ends_on`` is the end of the beneficiary's year, from which the financial report is due.
    """

    __tablename__ = "subsidy"
    __table_args__ = (
        Index("ix_subsidy_body_id_year_id", "body_id", "year", "id"),
        Index("ix_subsidy_beneficiary_id_year", "beneficiary_id", "year"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("body.id"))
    beneficiary_id: Mapped[int] = mapped_column(ForeignKey("body.id"))
    year: Mapped[int]
    purpose: Mapped[str] = mapped_column(String(256))
    cash: Mapped[Decimal] = mapped_column(Numeric(12, 2), default=Decimal(0))
    in_kind: Mapped[Decimal | None] = mapped_column(Numeric(12, 2))
    in_kind_note: Mapped[str] = mapped_column(String(300), default="")
    act_id: Mapped[int | None] = mapped_column(ForeignKey("council_act.id"), index=True)
    requested_on: Mapped[date | None]
    contract_signed_on: Mapped[date | None]
    convention_signed_on: Mapped[date | None]
    convention_published_on: Mapped[date | None]
    payment_terms: Mapped[str] = mapped_column(String(256), default="")
    paid_on: Mapped[date | None]
    year_ends_on: Mapped[date | None]
    report_received_on: Mapped[date | None]
    note: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime]
    revision: Mapped[int] = mapped_column(default=1)
    trashed_at: Mapped[datetime | None]

    body: Mapped[Body] = relationship(foreign_keys=[body_id])
    beneficiary: Mapped[Body] = relationship(foreign_keys=[beneficiary_id])
    act: Mapped[Act | None] = relationship()
