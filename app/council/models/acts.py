"""Deliberations, what happened to them after the vote, and the checks that somebody went past."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.bodies.models import Body
from app.conventions.models import Convention, ConventionVersion
from app.database.base import Base
from app.twinnings.models import Twinning


class ActModel(StrEnum):
    """The models of deliberation."""

    PRINCIPLE = "principle"
    CONVENTION = "convention"
    COMMITTEE = "committee"
    REPRESENTATIVES = "representatives"
    SUBSIDY = "subsidy"
    TRAVEL = "travel"
    ENDING = "ending"
    FREE = "free"


class ActStatus(StrEnum):
    """How far a deliberation has come; signature, transmission and publication are dates of their own."""

    DRAFT = "draft"
    VALIDATED = "validated"
    ON_AGENDA = "on_agenda"
    CONVENED = "convened"
    ADOPTED = "adopted"
    REJECTED = "rejected"
    ADJOURNED = "adjourned"
    WITHDRAWN = "withdrawn"


class Act(Base):
    """A deliberation (délibération).

    ``visas`` are articles of law by their code, or words; what an article is called on the day of the meeting is
    computed. ``signatory`` is who signs the text instead of the mayor, with the arrêté that delegates.
    ``sealed_sha256`` is the fingerprint of the annexed version on the day of the vote. ``register_year`` and
    ``register_rank`` make the number; they are given with the vote, and given back only when a vote
    that was taken back is not held after all.
    """

    __tablename__ = "council_act"
    __table_args__ = (
        UniqueConstraint("body_id", "register_year", "register_rank"),
        Index("ix_council_act_body_id_changed_at_id", "body_id", "changed_at", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(String(36), unique=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("body.id"))
    twinning_id: Mapped[int | None] = mapped_column(ForeignKey("twinning.id"), index=True)
    model: Mapped[str] = mapped_column(String(16))
    status: Mapped[str] = mapped_column(String(10), default=ActStatus.DRAFT)
    title: Mapped[str] = mapped_column(String(300))
    rapporteur: Mapped[str] = mapped_column(String(200), default="")
    answers: Mapped[dict[str, Any]] = mapped_column(default=dict)
    visas: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    recitals: Mapped[list[str]] = mapped_column(default=list)
    articles: Mapped[list[str]] = mapped_column(default=list)
    matter: Mapped[str] = mapped_column(String(5), default="")
    matter_label: Mapped[str] = mapped_column(String(200), default="")
    convention_id: Mapped[int | None] = mapped_column(ForeignKey("convention.id"), index=True)
    version_id: Mapped[int | None] = mapped_column(ForeignKey("convention_version.id"), index=True)
    sealed_sha256: Mapped[str] = mapped_column(String(64), default="")
    register_year: Mapped[int | None]
    register_rank: Mapped[int | None]
    voted_on: Mapped[date | None]
    signatory: Mapped[dict[str, Any]] = mapped_column(default=dict)
    signed_on: Mapped[date | None]
    signed_by: Mapped[str] = mapped_column(String(200), default="")
    transmitted_on: Mapped[date | None]
    receipt: Mapped[str] = mapped_column(String(120), default="")
    published_on: Mapped[date | None]
    publication_mode: Mapped[str] = mapped_column(String(12), default="")
    published_until: Mapped[date | None]
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    changed_by: Mapped[str] = mapped_column(String(200), default="")
    revision: Mapped[int] = mapped_column(default=1)
    trashed_at: Mapped[datetime | None]

    body: Mapped[Body] = relationship()
    twinning: Mapped[Twinning | None] = relationship()
    convention: Mapped[Convention | None] = relationship()
    version: Mapped[ConventionVersion | None] = relationship()
    events: Mapped[list[ActEvent]] = relationship(back_populates="act", order_by="ActEvent.happened_on, ActEvent.id")

    @property
    def facts(self) -> list[ActEvent]:
        """What happened, without what was noted by mistake and struck out since."""
        return [event for event in self.events if not event.is_struck]

    @property
    def number(self) -> str:
        """« 2027-014 »; empty before the vote."""
        if self.register_year is None or self.register_rank is None:
            return ""
        return f"{self.register_year}-{self.register_rank:03d}"

    @property
    def elects(self) -> bool:
        """Whether it elects or appoints somebody: its model says so, or its matter in the list of ACTES (5.1, 5.3)."""
        return self.model == ActModel.REPRESENTATIVES or (self.model == ActModel.FREE and self.matter in {"5.1", "5.3"})

    def give_number_back(self) -> None:
        """An act that is not voted stands in no register: it takes the number of the day on which it is."""
        self.register_year = self.register_rank = None


class ActEventKind(StrEnum):
    """What may happen to an act after the vote."""

    PREFECT_LETTER = "prefect_letter"
    GRACIOUS_APPEAL = "gracious_appeal"
    LETTER_REFUSED = "letter_refused"
    GRACIOUS_REFUSED = "gracious_refused"
    PREFECT_REFERRAL = "prefect_referral"
    COURT_APPEAL = "court_appeal"
    SUSPENSION = "suspension"
    ANNULMENT = "annulment"
    APPEAL_DISMISSED = "appeal_dismissed"
    REPEAL = "repeal"
    REVOCATION = "revocation"
    CORRECTION = "correction"
    NOTIFICATION = "notification"
    PAPERS_ASKED = "papers_asked"
    PAPERS_GIVEN = "papers_given"
    TEXT_SIGNED = "text_signed"
    TEXT_TRANSMITTED = "text_transmitted"


class ActEvent(Base):
    """A dated fact after the vote; a correction keeps what stood before.

    A fact noted by mistake stays, struck out: ``before`` then says why (``struck``), by whom and when. ``sent_on`` is
    the day on which the prefect's letter went, where it is known; it happened on the day that the commune received it.
    """

    __tablename__ = "council_act_event"
    __table_args__ = (Index("ix_council_act_event_act_id_happened_on", "act_id", "happened_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    act_id: Mapped[int] = mapped_column(ForeignKey("council_act.id"))
    kind: Mapped[str] = mapped_column(String(20))
    happened_on: Mapped[date]
    sent_on: Mapped[date | None]
    text: Mapped[str] = mapped_column(Text, default="")
    before: Mapped[dict[str, Any]] = mapped_column(default=dict)
    author: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[datetime]

    act: Mapped[Act] = relationship(back_populates="events")

    @property
    def is_struck(self) -> bool:
        """Whether it was noted by mistake."""
        return "struck" in self.before

    @property
    def is_vote_taken_back(self) -> bool:
        """Whether it is the trace of a vote that was written down wrongly."""
        return self.kind == ActEventKind.CORRECTION and "outcome" in self.before


class CheckOverride(Base):
    """Somebody goes past a blocking check, and says why; the act and the minutes repeat it.

    ``check_id`` is the check's code (C01 … C58, SEAL); it concerns a meeting, one of its points, an act, or an aid.
    """

    __tablename__ = "check_override"

    id: Mapped[int] = mapped_column(primary_key=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("body.id"), index=True)
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey("council_meeting.id"), index=True)
    act_id: Mapped[int | None] = mapped_column(ForeignKey("council_act.id"), index=True)
    point_id: Mapped[int | None] = mapped_column(ForeignKey("agenda_point.id"), index=True)
    subsidy_id: Mapped[int | None] = mapped_column(ForeignKey("subsidy.id"), index=True)
    check_id: Mapped[str] = mapped_column(String(8))
    sentence: Mapped[str] = mapped_column(Text, default="")
    reason: Mapped[str] = mapped_column(Text)
    author: Mapped[str] = mapped_column(String(200))
    made_at: Mapped[datetime]
