"""Dues, payments with their receipts, reminders, and what volunteers give."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, Numeric, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.bodies.models import Body
from app.database.base import Base
from app.members.models.roll import Member, MemberCategory

Money = Numeric(10, 2)


class Means(StrEnum):
    """How something was paid."""

    CASH = "cash"
    CHEQUE = "cheque"
    TRANSFER = "transfer"
    CARD = "card"
    OTHER = "other"


class DuesPeriod(Base):
    """A period for which dues are asked; ``decided`` says which assembly set the amounts, and when."""

    __tablename__ = "dues_period"
    __table_args__ = (UniqueConstraint("body_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("body.id"))
    name: Mapped[str] = mapped_column(String(40))
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    due_on: Mapped[date]
    decided: Mapped[str] = mapped_column(String(200), default="")
    created_at: Mapped[datetime]
    revision: Mapped[int] = mapped_column(default=1)

    body: Mapped[Body] = relationship()
    rates: Mapped[list[DuesRate]] = relationship(back_populates="period", order_by="DuesRate.id")


class DuesRate(Base):
    """What a category owes for a period: each member, or a whole household where that is cheaper."""

    __tablename__ = "dues_rate"
    __table_args__ = (UniqueConstraint("period_id", "category_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    period_id: Mapped[int] = mapped_column(ForeignKey("dues_period.id"))
    category_id: Mapped[int] = mapped_column(ForeignKey("member_category.id"))
    amount: Mapped[Decimal] = mapped_column(Money)
    household_amount: Mapped[Decimal | None] = mapped_column(Money)

    period: Mapped[DuesPeriod] = relationship(back_populates="rates")
    category: Mapped[MemberCategory] = relationship()


class Payment(Base):
    """Money received, with its receipt: numbered by body and year, never edited; a cancelled one keeps its number.

    ``receipt`` is what the receipt says, as it said on its day: names and address do not follow later changes.
    """

    __tablename__ = "dues_payment"
    __table_args__ = (
        UniqueConstraint("body_id", "receipt_year", "receipt_number"),
        Index("ix_dues_payment_body_id_paid_on_id", "body_id", "paid_on", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("body.id"))
    period_id: Mapped[int] = mapped_column(ForeignKey("dues_period.id"), index=True)
    amount: Mapped[Decimal] = mapped_column(Money)
    gift: Mapped[Decimal] = mapped_column(Money, default=Decimal(0))
    paid_on: Mapped[date]
    means: Mapped[str] = mapped_column(String(12), default=Means.CHEQUE)
    reference: Mapped[str] = mapped_column(String(120), default="")
    receipt_year: Mapped[int]
    receipt_number: Mapped[int]
    receipt: Mapped[dict[str, Any]] = mapped_column(default=dict)
    recorded_by: Mapped[str] = mapped_column(String(200), default="")
    recorded_at: Mapped[datetime]
    cancelled_at: Mapped[datetime | None]
    cancelled_by: Mapped[str] = mapped_column(String(200), default="")
    cancelled_why: Mapped[str] = mapped_column(Text, default="")

    body: Mapped[Body] = relationship()
    period: Mapped[DuesPeriod] = relationship()
    lines: Mapped[list[PaymentLine]] = relationship(back_populates="payment", order_by="PaymentLine.id")


class PaymentLine(Base):
    """For whom a part of a payment is."""

    __tablename__ = "dues_payment_line"
    __table_args__ = (UniqueConstraint("payment_id", "member_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    payment_id: Mapped[int] = mapped_column(ForeignKey("dues_payment.id"))
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), index=True)
    amount: Mapped[Decimal] = mapped_column(Money)

    payment: Mapped[Payment] = relationship(back_populates="lines")
    member: Mapped[Member] = relationship()


class DuesReminder(Base):
    """That a member was reminded, by a mail or a letter."""

    __tablename__ = "dues_reminder"

    id: Mapped[int] = mapped_column(primary_key=True)
    period_id: Mapped[int] = mapped_column(ForeignKey("dues_period.id"), index=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), index=True)
    by_mail: Mapped[bool]
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column("by_name", String(200), default="")


class DuesWaiver(Base):
    """A part of the dues, or all of them, that a committee does not ask of a member for a period; no money came in.

    Rows of one household bear the same ``granted_at``. One that is taken back stays, with its day.
    """

    __tablename__ = "dues_waiver"

    id: Mapped[int] = mapped_column(primary_key=True)
    period_id: Mapped[int] = mapped_column(ForeignKey("dues_period.id"), index=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), index=True)
    amount: Mapped[Decimal] = mapped_column(Money)
    decided: Mapped[str] = mapped_column(String(200), default="")
    granted_by: Mapped[str] = mapped_column(String(200), default="")
    granted_at: Mapped[datetime]
    taken_back_at: Mapped[datetime | None]

    period: Mapped[DuesPeriod] = relationship()
    member: Mapped[Member] = relationship()

    @property
    def body(self) -> Body:
        """The committee that does not ask for it."""
        return self.period.body


class VolunteerEntry(Base):
    """Hours that a volunteer gave, or something given in kind, with its value where it was estimated."""

    __tablename__ = "volunteer_entry"
    __table_args__ = (Index("ix_volunteer_entry_body_id_given_on_id", "body_id", "given_on", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("body.id"))
    member_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"), index=True)
    giver: Mapped[str] = mapped_column(String(200), default="")
    given_on: Mapped[date]
    what: Mapped[str] = mapped_column(String(300))
    hours: Mapped[Decimal | None] = mapped_column(Numeric(7, 2))
    value: Mapped[Decimal | None] = mapped_column(Money)
    basis: Mapped[str] = mapped_column(String(200), default="")
    created_at: Mapped[datetime]
    trashed_at: Mapped[datetime | None]

    member: Mapped[Member | None] = relationship()
