"""Ceremonies, the moments of their programmes, and the calendars people subscribe to."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Column, Date, ForeignKey, Index, String, Table, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.bodies.models import Body
from app.ceremonies import times
from app.database.base import Base, FuzzyText, WhenMixin
from app.shared.fuzzydate import FuzzyDate
from app.twinnings.models import Twinning

NOT_FIXED = date(9999, 12, 31)
"""Where a ceremony stands in lists as long as no day is known."""


class CeremonyStatus(StrEnum):
    """How sure a ceremony or a moment is; empty when nobody said (an old programme)."""

    UNSAID = ""
    PLANNED = "planned"
    CONFIRMED = "confirmed"
    TENTATIVE = "tentative"
    CANCELLED = "cancelled"
    POSTPONED = "postponed"
    HELD = "held"


ceremony_twinning = Table(
    "ceremony_twinning",
    Base.metadata,
    Column("ceremony_id", ForeignKey("ceremony.id"), primary_key=True),
    Column("twinning_id", ForeignKey("twinning.id"), primary_key=True, index=True),
)


class Ceremony(WhenMixin, Base):
    """A ceremony, a visit or an anniversary with its programme, shared by all the bodies of its twinnings.

    ``title`` holds one text a language. ``details`` holds every other fact in the shape of the published
    interchange format (``schema.json``): hosts, guests, published range, sources, needs… ``vevent`` is the
    whole visit as calendars show it; ``calendar_text`` is that entry and those of the moments in their order, each
    with the ceremony's title, ``calendar_zones`` the years each time zone is named in: a feed of several ceremonies
    only joins them. ``calendar_version`` grows with every change that a calendar could show; ``calendar_shape`` says
    which version of the software wrote the entries.
    """

    __tablename__ = "ceremony"
    __table_args__ = (Index("ix_ceremony_sort_day_id", "sort_day", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(String(120), unique=True)
    owner_body_id: Mapped[int | None] = mapped_column(ForeignKey("body.id"), index=True)
    host_body_id: Mapped[int | None] = mapped_column(ForeignKey("body.id"), index=True)
    title: Mapped[dict[str, Any]] = mapped_column(default=dict)
    kind: Mapped[str] = mapped_column(String(60), default="")
    status: Mapped[str] = mapped_column(String(12), default=CeremonyStatus.PLANNED)
    sort_day: Mapped[date] = mapped_column(Date(), default=NOT_FIXED)
    last_day: Mapped[date] = mapped_column(Date(), default=NOT_FIXED)
    timezone: Mapped[str] = mapped_column(String(64), default="")
    languages: Mapped[list[str]] = mapped_column(default=list)
    details: Mapped[dict[str, Any]] = mapped_column(default=dict)
    sequence: Mapped[int] = mapped_column(default=0)
    modified: Mapped[datetime]
    vevent: Mapped[str] = mapped_column(Text, default="")
    calendar_text: Mapped[str] = mapped_column(Text, default="", deferred=True)
    calendar_zones: Mapped[dict[str, Any]] = mapped_column(default=dict)
    calendar_version: Mapped[int] = mapped_column(default=1)
    calendar_shape: Mapped[int] = mapped_column(default=0, server_default="0")
    calendar_changed_at: Mapped[datetime]
    created_at: Mapped[datetime]
    revision: Mapped[int] = mapped_column(default=1)
    trashed_at: Mapped[datetime | None]

    owner_body: Mapped[Body | None] = relationship(foreign_keys=[owner_body_id])
    host_body: Mapped[Body | None] = relationship(foreign_keys=[host_body_id])
    twinnings: Mapped[list[Twinning]] = relationship(secondary=ceremony_twinning, order_by=Twinning.id)
    items: Mapped[list[ProgrammeItem]] = relationship(
        back_populates="ceremony", order_by="ProgrammeItem.position, ProgrammeItem.id"
    )

    @property
    def first_day(self) -> date | None:
        """The day the programme's « first day » means, when it is fixed."""
        return None if self.when is None else times.first_day(self.when.text)

    @property
    def final_day(self) -> date | None:
        """The last of its days, when that is fixed."""
        return None if self.when is None else times.last_day(self.when.text)

    @property
    def programme(self) -> list[ProgrammeItem]:
        """The moments that are not in the trash, in their order."""
        return [item for item in self.items if item.trashed_at is None]


class ProgrammeItem(Base):
    """A moment of a programme; its end may be missing, its hour approximate, its day not yet fixed.

    ``own_date`` is a day of its own; otherwise ``day`` counts from the ceremony's first day (1 is the first).
    ``start`` and ``end`` are local times as HH:MM, empty when not known, each in the time zone of its place: the
    ceremony's, ``details["timezone"]`` where it is another, ``details["end_timezone"]`` at the end of a journey.
    ``details`` holds every other fact in the shape of the interchange format.
    """

    __tablename__ = "programme_item"
    __table_args__ = (Index("ix_programme_item_ceremony_id_position", "ceremony_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    ceremony_id: Mapped[int] = mapped_column(ForeignKey("ceremony.id"))
    uid: Mapped[str] = mapped_column(String(120), unique=True)
    position: Mapped[int] = mapped_column(default=0)
    title: Mapped[dict[str, Any]] = mapped_column(default=dict)
    kind: Mapped[str] = mapped_column(String(60), default="")
    status: Mapped[str] = mapped_column(String(12), default="")
    own_date: Mapped[FuzzyDate | None] = mapped_column("date_text", FuzzyText())
    day: Mapped[int | None]
    start: Mapped[str] = mapped_column(String(5), default="")
    end: Mapped[str] = mapped_column(String(5), default="")
    public: Mapped[bool | None]
    details: Mapped[dict[str, Any]] = mapped_column(default=dict)
    sequence: Mapped[int] = mapped_column(default=0)
    modified: Mapped[datetime]
    vevent: Mapped[str] = mapped_column(Text, default="")
    revision: Mapped[int] = mapped_column(default=1)
    trashed_at: Mapped[datetime | None]

    ceremony: Mapped[Ceremony] = relationship(back_populates="items")

    def actual_day(self, first_day: date | None) -> date | None:
        """The day it begins, if it is known: its own, or counted from the ceremony's first."""
        if self.own_date is not None:
            return times.first_day(self.own_date.text)
        if self.day is None or first_day is None:
            return None
        return times.shifted(first_day, self.day - 1)

    def last_day(self, first_day: date | None) -> date | None:
        """The day it ends, where it says one: named apart, counted, the night after, or the end of its own dates."""
        if self.details.get("end_date"):
            return times.last_day(self.details["end_date"])
        begins = self.actual_day(first_day)
        if self.details.get("end_day") is not None and first_day is not None:
            return times.shifted(first_day, self.details["end_day"] - 1)
        if self.details.get("end_next_day"):
            return times.shifted(begins, 1)
        if self.own_date is not None and begins is not None and "/" in self.own_date.text:
            return times.last_day(self.own_date.text)
        return None


class CalendarFeed(Base):
    """A calendar that a person subscribes to at a secret address, until it is revoked.

    Exactly one of ``ceremony_id``, ``twinning_id`` and ``account_id`` is what it shows; ``created_by_id``
    and the name beside it say who asked for it (values: the journal's way). One of a ceremony or a twinning belongs
    to ``body_id``, in whose name it was opened, whoever of it leaves; empty where an older version did not say it.
    ``token`` is 192 bits of chance.
    """

    __tablename__ = "calendar_feed"
    __table_args__ = (Index("ix_calendar_feed_created_by_id_id", "created_by_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    token: Mapped[str] = mapped_column(String(40), unique=True)
    label: Mapped[str] = mapped_column(String(200), default="")
    language: Mapped[str] = mapped_column(String(8), default="fr")
    ceremony_id: Mapped[int | None] = mapped_column(ForeignKey("ceremony.id"), index=True)
    twinning_id: Mapped[int | None] = mapped_column(ForeignKey("twinning.id"), index=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    body_id: Mapped[int | None] = mapped_column(ForeignKey("body.id"), index=True)
    created_by_id: Mapped[int | None]
    created_by_name: Mapped[str] = mapped_column(String(200), default="")
    created_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    revoked_by_name: Mapped[str] = mapped_column(String(200), default="")

    ceremony: Mapped[Ceremony | None] = relationship()
    twinning: Mapped[Twinning | None] = relationship()
    body: Mapped[Body | None] = relationship()
