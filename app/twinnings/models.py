"""Twinnings: the relation between bodies, its stages, people and history."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.bodies.models import Body
from app.database.base import Base, WhenMixin
from app.people.models import Person


class TwinningKind(Base):
    """A kind of twinning; the list can be edited by the installation's administrator.

    ``code`` is set for the kinds shipped with the product, whose label is translated.
    """

    __tablename__ = "twinning_kind"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    label: Mapped[str] = mapped_column(String(120))
    position: Mapped[int] = mapped_column(default=0)
    retired_at: Mapped[datetime | None]


class Stage(StrEnum):
    """Where a twinning stands; a renewal is a dated event, not a stage."""

    IDEA = "idea"
    SEARCH = "search"
    CONTACT = "contact"
    VISIT = "visit"
    VOTE = "vote"
    FIRST_OATH = "first_oath"
    SECOND_OATH = "second_oath"
    ACTIVE = "active"
    DORMANT = "dormant"
    SUSPENDED = "suspended"
    ENDED = "ended"


class Twinning(Base):
    """One relation, shared as equals by all its bodies: neither side is first."""

    __tablename__ = "twinning"
    __table_args__ = (Index("ix_twinning_stage_id", "stage", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(String(36), unique=True)
    kind_id: Mapped[int] = mapped_column(ForeignKey("twinning_kind.id"))
    stage: Mapped[str] = mapped_column(String(16), default=Stage.IDEA)
    title: Mapped[str] = mapped_column(String(200), default="")
    themes: Mapped[list[str]] = mapped_column(default=list)
    languages: Mapped[list[str]] = mapped_column(default=list)
    summary: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime]
    revision: Mapped[int] = mapped_column(default=1)
    trashed_at: Mapped[datetime | None]

    kind: Mapped[TwinningKind] = relationship()
    parties: Mapped[list[TwinningParty]] = relationship(
        back_populates="twinning", order_by="TwinningParty.side, TwinningParty.position, TwinningParty.id"
    )


class TwinningParty(Base):
    """A body in a twinning. ``side`` groups the bodies of one town or group of towns (1, 2, 3 …).

    ``is_town`` marks the local authorities that are twinned; committees stand beside them.
    """

    __tablename__ = "twinning_party"
    __table_args__ = (UniqueConstraint("twinning_id", "body_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    twinning_id: Mapped[int] = mapped_column(ForeignKey("twinning.id"))
    body_id: Mapped[int] = mapped_column(ForeignKey("body.id"), index=True)
    side: Mapped[int]
    position: Mapped[int] = mapped_column(default=0)
    is_town: Mapped[bool] = mapped_column(default=True)
    joined_on: Mapped[date | None]
    left_on: Mapped[date | None]

    twinning: Mapped[Twinning] = relationship(back_populates="parties")
    body: Mapped[Body] = relationship()


class EventKind(StrEnum):
    """What a point of the timeline tells; ``SIGNATURE`` is an act whose place among the oaths is not known."""

    STAGE = "stage"
    SIGNATURE = "signature"
    RENEWAL = "renewal"
    ANNIVERSARY = "anniversary"
    CONTACT = "contact"
    VISIT = "visit"
    DECISION = "decision"
    GIFT = "gift"
    NOTE = "note"


class TwinningEvent(WhenMixin, Base):
    """A point of the timeline: a change of stage, an oath, a renewal, a visit, a memory.

    ``kind`` is a code of :class:`EventKind`; for ``stage``, ``stage`` names the new one. ``review_on`` is
    the day on which a suspension is to be looked at again. History may be older than the software by centuries.
    """

    __tablename__ = "twinning_event"
    __table_args__ = (Index("ix_twinning_event_twinning_id_when_sort_id", "twinning_id", "when_sort", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    twinning_id: Mapped[int] = mapped_column(ForeignKey("twinning.id"))
    kind: Mapped[str] = mapped_column(String(24))
    stage: Mapped[str] = mapped_column(String(16), default="")
    title: Mapped[str] = mapped_column(String(200), default="")
    text: Mapped[str] = mapped_column(Text, default="")
    place: Mapped[str] = mapped_column(String(200), default="")
    reason: Mapped[str] = mapped_column(Text, default="")
    source: Mapped[str] = mapped_column(String(300), default="")
    review_on: Mapped[date | None]
    entered_by: Mapped[str] = mapped_column(String(200), default="")
    created_at: Mapped[datetime]
    revision: Mapped[int] = mapped_column(default=1)
    trashed_at: Mapped[datetime | None]

    twinning: Mapped[Twinning] = relationship()


class Duty(StrEnum):
    """What somebody does in a dossier."""

    COORDINATOR = "coordinator"
    SIGNATORY = "signatory"
    INTERPRETER = "interpreter"
    CONTACT = "contact"


class TwinningPerson(Base):
    """Somebody of a dossier: coordinator, signatory, interpreter, on the side of one body."""

    __tablename__ = "twinning_person"
    __table_args__ = (Index("ix_twinning_person_twinning_id_body_id", "twinning_id", "body_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    twinning_id: Mapped[int] = mapped_column(ForeignKey("twinning.id"))
    body_id: Mapped[int] = mapped_column(ForeignKey("body.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    duty: Mapped[str] = mapped_column(String(24))
    wording: Mapped[str] = mapped_column(String(160), default="")
    since: Mapped[date | None]
    until: Mapped[date | None]
    revision: Mapped[int] = mapped_column(default=1, server_default="1")
    trashed_at: Mapped[datetime | None]

    twinning: Mapped[Twinning] = relationship()
    person: Mapped[Person] = relationship()
    body: Mapped[Body] = relationship()
