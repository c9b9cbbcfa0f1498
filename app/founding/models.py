"""The creation of a committee, its founders, the proofs of its steps; and the delegations a committee acts under."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, Numeric, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.assemblies.models import Assembly
from app.bodies.models import Body
from app.conventions.models import Convention
from app.council.models import Act
from app.database.base import Base
from app.people.models import Person
from app.twinnings.models import Twinning


class FoundingForm(StrEnum):
    """What is created: an association of its own, or a service of the commune."""

    ASSOCIATION = "association"
    SERVICE = "service"


class Stage(StrEnum):
    """The five steps, in their usual order."""

    DELIBERATION = "deliberation"
    STATUTES = "statutes"
    ASSEMBLY = "assembly"
    DECLARATION = "declaration"
    CONVENTION = "convention"


class Attendance(StrEnum):
    """How a founder took part in the constitutive assembly."""

    PRESENT = "present"
    REPRESENTED = "represented"
    ABSENT = "absent"


class Founding(Base):
    """A committee that is being created: shared by its founders and the town hall that founds with them.

    ``committee_id`` is the body that comes into being; until it is declared it is a project. ``clauses`` and
    ``fields`` answer the questions of the statutes, ``own_words`` are articles rewritten by hand (identifier →
    heading, body). ``independence`` holds the facts of check C51. ``registered_*`` is the register of the court in
    Alsace-Moselle; elsewhere ``receipt_*`` and the RNA number of the body stand in its place. ``meeting_id``: the
    constitutive assembly, in the room of assemblies; what founding keeps of it is what the declaration needs.
    """

    __tablename__ = "founding"
    __table_args__ = (Index("ix_founding_changed_at_id", "changed_at", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(String(36), unique=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("body.id"), index=True)
    committee_id: Mapped[int] = mapped_column(ForeignKey("body.id"), index=True)
    twinning_id: Mapped[int | None] = mapped_column(ForeignKey("twinning.id"), index=True)
    form: Mapped[str] = mapped_column(String(12))
    act_id: Mapped[int | None] = mapped_column(ForeignKey("council_act.id"), index=True)
    deliberated_on: Mapped[date | None]
    deliberation_reference: Mapped[str] = mapped_column(String(200), default="")
    clauses: Mapped[dict[str, str]] = mapped_column(default=dict)
    fields: Mapped[dict[str, str]] = mapped_column(default=dict)
    own_words: Mapped[dict[str, Any]] = mapped_column(default=dict)
    statutes_on: Mapped[date | None]
    assembly_at: Mapped[datetime | None]
    assembly_place: Mapped[str] = mapped_column(String(300), default="")
    convened_on: Mapped[date | None]
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey("assembly.id"), index=True)
    held_on: Mapped[date | None]
    chaired_by: Mapped[str] = mapped_column(String(200), default="")
    written_by: Mapped[str] = mapped_column(String(200), default="")
    votes_for: Mapped[int | None]
    votes_against: Mapped[int | None]
    abstentions: Mapped[int | None]
    fee: Mapped[Decimal | None] = mapped_column(Numeric(12, 2))
    declarant_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    assembly_note: Mapped[str] = mapped_column(Text, default="")
    filed_on: Mapped[date | None]
    receipt_on: Mapped[date | None]
    receipt_reference: Mapped[str] = mapped_column(String(120), default="")
    registered_on: Mapped[date | None]
    register_reference: Mapped[str] = mapped_column(String(200), default="")
    published_on: Mapped[date | None]
    publication_reference: Mapped[str] = mapped_column(String(200), default="")
    convention_id: Mapped[int | None] = mapped_column(ForeignKey("convention.id"), index=True)
    convention_on: Mapped[date | None]
    independence: Mapped[dict[str, Any]] = mapped_column(default=dict)
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    changed_by: Mapped[str] = mapped_column(String(200), default="")
    revision: Mapped[int] = mapped_column(default=1)
    trashed_at: Mapped[datetime | None]

    body: Mapped[Body] = relationship(foreign_keys=[body_id])
    committee: Mapped[Body] = relationship(foreign_keys=[committee_id])
    twinning: Mapped[Twinning | None] = relationship()
    act: Mapped[Act | None] = relationship()
    convention: Mapped[Convention | None] = relationship()
    declarant: Mapped[Person | None] = relationship()
    meeting: Mapped[Assembly | None] = relationship()
    founders: Mapped[list[Founder]] = relationship(back_populates="founding", order_by="Founder.position, Founder.id")
    proofs: Mapped[list[FoundingProof]] = relationship(back_populates="founding", order_by="FoundingProof.id")

    @property
    def is_association(self) -> bool:
        """Whether a legal person of its own comes into being."""
        return self.form == FoundingForm.ASSOCIATION

    @property
    def deliberation(self) -> Act | None:
        """What the council decides, or is to decide, as far as it is written here and not in the trash."""
        return self.act if self.act is not None and self.act.trashed_at is None else None

    @property
    def founders_now(self) -> list[Founder]:
        """The founders that were not taken back."""
        return [one for one in self.founders if one.trashed_at is None]


class Founder(Base):
    """Somebody who founds the committee; ``office`` is a :class:`app.bodies.models.Function`, or empty.

    Neither a date nor a place of birth: where the court wants them, they are written on the print by hand.
    """

    __tablename__ = "founder"
    __table_args__ = (UniqueConstraint("founding_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    founding_id: Mapped[int] = mapped_column(ForeignKey("founding.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    occupation: Mapped[str] = mapped_column(String(120), default="")
    nationality: Mapped[str] = mapped_column(String(80), default="")
    address: Mapped[str] = mapped_column(String(300), default="")
    office: Mapped[str] = mapped_column(String(24), default="")
    votes: Mapped[int | None]
    attendance: Mapped[str] = mapped_column(String(12), default="")
    represented_by: Mapped[str] = mapped_column(String(200), default="")
    created_at: Mapped[datetime]
    trashed_at: Mapped[datetime | None]

    founding: Mapped[Founding] = relationship(back_populates="founders")
    person: Mapped[Person] = relationship()


class FoundingProof(Base):
    """A file that proves a step: signed statutes, minutes, receipt, page of the Journal officiel."""

    __tablename__ = "founding_proof"
    __table_args__ = (Index("ix_founding_proof_founding_id_stage", "founding_id", "stage"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    founding_id: Mapped[int] = mapped_column(ForeignKey("founding.id"))
    stage: Mapped[str] = mapped_column(String(12))
    about: Mapped[str] = mapped_column(String(200), default="")
    filename: Mapped[str] = mapped_column(String(200))
    file: Mapped[str] = mapped_column(String(80))
    media_type: Mapped[str] = mapped_column(String(40))
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    added_by: Mapped[str] = mapped_column(String(200))
    added_at: Mapped[datetime]
    trashed_at: Mapped[datetime | None]

    founding: Mapped[Founding] = relationship(back_populates="proofs")


class Delegation(Base):
    """What a commune lets a committee do in its name, by which deliberation, from a day to a day."""

    __tablename__ = "body_delegation"
    __table_args__ = (Index("ix_body_delegation_delegate_id_since", "delegate_id", "since"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(String(36), unique=True)
    commune_id: Mapped[int] = mapped_column(ForeignKey("body.id"), index=True)
    delegate_id: Mapped[int] = mapped_column(ForeignKey("body.id"))
    about: Mapped[str] = mapped_column(Text)
    act_id: Mapped[int | None] = mapped_column(ForeignKey("council_act.id"), index=True)
    act_reference: Mapped[str] = mapped_column(String(200), default="")
    since: Mapped[date]
    until: Mapped[date | None]
    created_at: Mapped[datetime]
    revision: Mapped[int] = mapped_column(default=1)
    trashed_at: Mapped[datetime | None]

    commune: Mapped[Body] = relationship(foreign_keys=[commune_id])
    delegate: Mapped[Body] = relationship(foreign_keys=[delegate_id])
    act: Mapped[Act | None] = relationship()

    def holds(self, on: date) -> bool:
        """Whether the delegation holds on a day."""
        return self.trashed_at is None and self.since <= on and (self.until is None or on <= self.until)
