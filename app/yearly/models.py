"""A year of an association: its words, its figures, its papers."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import ForeignKey, Numeric, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.bodies.models import Body
from app.database.base import Base


class Heading(StrEnum):
    """The headings of the budget in the forms Cerfa 12156 and 15059, by account."""

    PURCHASES = "60"
    SERVICES = "61"
    OTHER_SERVICES = "62"
    TAXES = "63"
    STAFF = "64"
    OTHER_CHARGES = "65"
    FINANCIAL_CHARGES = "66"
    EXCEPTIONAL_CHARGES = "67"
    PROVISIONS = "68"
    TAX_ON_PROFIT = "69"
    USED_IN_KIND = "86"
    SALES = "70"
    ENDOWMENTS = "73"
    SUBSIDIES = "74"
    DUES = "75"
    FINANCIAL_INCOME = "76"
    EXCEPTIONAL_INCOME = "77"
    REVERSALS = "78"
    TRANSFERS = "79"
    GIVEN_IN_KIND = "87"


CHARGES = tuple(one for one in Heading if one.value[0] == "6" or one is Heading.USED_IN_KIND)
INCOME = tuple(one for one in Heading if one not in CHARGES)


class YearBook(Base):
    """One year: from a day to a day; ``contract_*`` is the contrat d'engagement républicain (décret 2021-1947).

    ``informed_how``: how members were told of it (posting, website). ``employees`` to ``seconded`` are the people whom
    the form Cerfa 12156 counts on the last day of the year, None where nobody told: ``full_time`` in equivalents of a
    full-time post, ``subsidised`` of the employees, ``in_service`` volunteers under contract (service civique),
    ``seconded`` staff that an authority lends. Nothing here is accounting: the accounts are kept elsewhere, their
    summary stands here.
    """

    __tablename__ = "year_book"
    __table_args__ = (UniqueConstraint("body_id", "year"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("body.id"))
    year: Mapped[int]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    moral: Mapped[str] = mapped_column(Text, default="")
    activity: Mapped[str] = mapped_column(Text, default="")
    outlook: Mapped[str] = mapped_column(Text, default="")
    contract_signed_on: Mapped[date | None]
    contract_signed_by: Mapped[str] = mapped_column(String(200), default="")
    informed_how: Mapped[str] = mapped_column(String(300), default="")
    insurer: Mapped[str] = mapped_column(String(200), default="")
    policy_number: Mapped[str] = mapped_column(String(80), default="")
    insured_until: Mapped[date | None]
    covers: Mapped[str] = mapped_column(Text, default="")
    employees: Mapped[int | None]
    full_time: Mapped[Decimal | None] = mapped_column(Numeric(8, 2))
    subsidised: Mapped[int | None]
    in_service: Mapped[int | None]
    seconded: Mapped[int | None]
    created_at: Mapped[datetime]
    revision: Mapped[int] = mapped_column(default=1)

    body: Mapped[Body] = relationship()
    lines: Mapped[list[YearLine]] = relationship(back_populates="book", order_by="YearLine.heading")

    def of(self, heading: str) -> YearLine | None:
        """The line of a heading, if there is one."""
        return next((one for one in self.lines if one.heading == heading), None)


class YearLine(Base):
    """What one heading of the budget was planned to be, and was; None: not known."""

    __tablename__ = "year_line"
    __table_args__ = (UniqueConstraint("book_id", "heading"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    book_id: Mapped[int] = mapped_column(ForeignKey("year_book.id"))
    heading: Mapped[str] = mapped_column(String(2))
    planned: Mapped[Decimal | None] = mapped_column(Numeric(12, 2))
    actual: Mapped[Decimal | None] = mapped_column(Numeric(12, 2))
    note: Mapped[str] = mapped_column(String(300), default="")

    book: Mapped[YearBook] = relationship(back_populates="lines")
