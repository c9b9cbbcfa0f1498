"""Consents: dated, revocable, with their proof."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.database.base import Base
from app.people.models import Person


class ConsentKind(StrEnum):
    """What somebody can agree to."""

    PHOTO = "photo"
    NEWSLETTER = "newsletter"
    PARTNER = "partner"
    KEEP = "keep"
    HEALTH = "health"


class Consent(Base):
    """What a person agreed to, when and how; taking it back ends the row, agreeing again makes another.

    ``given_by`` names who agreed for a minor. ``proof`` says where the proof is (« bulletin d’adhésion signé »).
    """

    __tablename__ = "consent"
    __table_args__ = (Index("ix_consent_body_id_person_id", "body_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("body.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    kind: Mapped[str] = mapped_column(String(12))
    given_on: Mapped[date]
    given_by: Mapped[str] = mapped_column(String(200), default="")
    proof: Mapped[str] = mapped_column(String(300), default="")
    withdrawn_on: Mapped[date | None]
    withdrawn_how: Mapped[str] = mapped_column(String(300), default="")
    recorded_by: Mapped[str] = mapped_column(String(200), default="")
    created_at: Mapped[datetime]

    person: Mapped[Person] = relationship()
