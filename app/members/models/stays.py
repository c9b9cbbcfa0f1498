"""Host families, stays, travellers and the papers of minors."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import ForeignKey, Numeric, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.bodies.models import Body
from app.database.base import Base
from app.people.models import Person
from app.twinnings.models import Twinning


class PaperKind(StrEnum):
    """The papers that a traveller, mostly a minor, needs."""

    PARENTAL = "parental"
    EXIT = "exit"
    IDENTITY = "identity"
    SIGNATORY = "signatory"
    HEALTH = "health"
    HOST = "host"
    INSURANCE = "insurance"


class HostFamily(Base):
    """A family that lodges guests; seen by the few who place them.

    ``checked_on``: when somebody of the body met them. ``insured_until``: the last day their insurance is known for.
    """

    __tablename__ = "host_family"

    id: Mapped[int] = mapped_column(primary_key=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("body.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    address: Mapped[str] = mapped_column(Text, default="")
    distance_km: Mapped[Decimal | None] = mapped_column(Numeric(6, 1))
    rooms: Mapped[int | None]
    beds: Mapped[int | None]
    languages: Mapped[list[str]] = mapped_column(default=list)
    pets: Mapped[str] = mapped_column(String(200), default="")
    smoking: Mapped[bool | None]
    stairs: Mapped[bool | None]
    diets: Mapped[str] = mapped_column(String(300), default="")
    children: Mapped[str] = mapped_column(String(200), default="")
    transport: Mapped[str] = mapped_column(String(200), default="")
    available: Mapped[str] = mapped_column(String(300), default="")
    interests: Mapped[str] = mapped_column(String(300), default="")
    emergency: Mapped[str] = mapped_column(String(120), default="")
    takes_minors: Mapped[bool | None]
    checked_on: Mapped[date | None]
    checked_by: Mapped[str] = mapped_column(String(200), default="")
    insured_until: Mapped[date | None]
    note: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime]
    revision: Mapped[int] = mapped_column(default=1)
    trashed_at: Mapped[datetime | None]

    body: Mapped[Body] = relationship()
    person: Mapped[Person] = relationship()


class Stay(Base):
    """A journey or a reception: days, place, and who takes part.

    ``occasion`` names the ceremony or project it is for (« ceremony:12 »), a value: those rooms stand above.
    """

    __tablename__ = "stay"

    id: Mapped[int] = mapped_column(primary_key=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("body.id"), index=True)
    twinning_id: Mapped[int | None] = mapped_column(ForeignKey("twinning.id"), index=True)
    occasion: Mapped[str] = mapped_column(String(40), default="", index=True)
    title: Mapped[str] = mapped_column(String(200))
    place: Mapped[str] = mapped_column(String(200), default="")
    leaves_france: Mapped[bool] = mapped_column(default=False)
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    created_at: Mapped[datetime]
    revision: Mapped[int] = mapped_column(default=1)
    trashed_at: Mapped[datetime | None]

    body: Mapped[Body] = relationship()
    twinning: Mapped[Twinning | None] = relationship()
    travellers: Mapped[list[Traveller]] = relationship(back_populates="stay", order_by="Traveller.id")


class Traveller(Base):
    """Somebody who takes part in a stay; what is delicate is kept only as long as the stay needs it."""

    __tablename__ = "traveller"
    __table_args__ = (UniqueConstraint("stay_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    stay_id: Mapped[int] = mapped_column(ForeignKey("stay.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    host_family_id: Mapped[int | None] = mapped_column(ForeignKey("host_family.id"), index=True)
    is_guest: Mapped[bool] = mapped_column(default=False)
    born_on: Mapped[date | None]
    with_parent: Mapped[bool] = mapped_column(default=False)
    parents: Mapped[str] = mapped_column(Text, default="")
    diet: Mapped[str] = mapped_column(String(300), default="")
    health: Mapped[str] = mapped_column(Text, default="")
    wishes: Mapped[str] = mapped_column(String(300), default="")
    arrival: Mapped[str] = mapped_column(String(200), default="")
    emergency: Mapped[str] = mapped_column(String(200), default="")
    created_at: Mapped[datetime]
    revision: Mapped[int] = mapped_column(default=1)
    cleared_at: Mapped[datetime | None]
    trashed_at: Mapped[datetime | None]

    stay: Mapped[Stay] = relationship(back_populates="travellers")
    person: Mapped[Person] = relationship()
    host_family: Mapped[HostFamily | None] = relationship()
    papers: Mapped[list[TravelPaper]] = relationship(back_populates="traveller", order_by="TravelPaper.id")


class TravelPaper(Base):
    """That a paper was seen: never the paper itself. ``valid_until`` is compared with the days of the stay.

    ``host_family_id``: for which family the parents agreed.
    """

    __tablename__ = "travel_paper"
    __table_args__ = (UniqueConstraint("traveller_id", "kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    traveller_id: Mapped[int] = mapped_column(ForeignKey("traveller.id"))
    kind: Mapped[str] = mapped_column(String(12))
    seen_on: Mapped[date]
    seen_by: Mapped[str] = mapped_column(String(200), default="")
    signed_on: Mapped[date | None]
    signed_by: Mapped[str] = mapped_column(String(200), default="")
    valid_until: Mapped[date | None]
    host_family_id: Mapped[int | None] = mapped_column(ForeignKey("host_family.id"), index=True)

    traveller: Mapped[Traveller] = relationship(back_populates="papers")
    host_family: Mapped[HostFamily | None] = relationship()
