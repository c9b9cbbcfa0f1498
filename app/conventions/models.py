"""Texts of a twinning: the draft as one aggregate, its frozen versions, scans, and a body's own wording."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Column, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.bodies.models import Body
from app.database.base import Base
from app.twinnings.models import Twinning

convention_twinning = Table(
    "convention_twinning",
    Base.metadata,
    Column("convention_id", Integer, ForeignKey("convention.id"), primary_key=True),
    Column("twinning_id", Integer, ForeignKey("twinning.id"), primary_key=True, index=True),
)


class Status(StrEnum):
    """How far a text has come."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    CLEARED = "cleared"
    SIGNED = "signed"
    ENDED = "ended"


class Convention(Base):
    """A text, shared by the bodies of its twinnings; one between a town and its committee by these two alone.

    ``document`` is the interchange document as JSON, and the only place where the text is kept; ``title``, ``kind``
    and ``languages`` repeat it for lists. ``revision`` counts its changes.
    """

    __tablename__ = "convention"
    __table_args__ = (Index("ix_convention_changed_at_id", "changed_at", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(String(80), unique=True)
    kind: Mapped[str] = mapped_column(String(20))
    status: Mapped[str] = mapped_column(String(12), default=Status.DRAFT)
    title: Mapped[str] = mapped_column(String(300), default="")
    languages: Mapped[list[str]] = mapped_column(default=list)
    document: Mapped[dict[str, Any]]
    owner_body_id: Mapped[int | None] = mapped_column(ForeignKey("body.id"), index=True)
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    changed_by: Mapped[str] = mapped_column(String(200), default="")
    revision: Mapped[int] = mapped_column(default=1)
    trashed_at: Mapped[datetime | None]

    twinnings: Mapped[list[Twinning]] = relationship(secondary=convention_twinning, order_by=Twinning.id)
    bodies: Mapped[list[ConventionBody]] = relationship(back_populates="convention", order_by="ConventionBody.id")
    versions: Mapped[list[ConventionVersion]] = relationship(
        back_populates="convention", order_by="ConventionVersion.number.desc()"
    )
    scans: Mapped[list[ConventionScan]] = relationship(back_populates="convention", order_by="ConventionScan.id.desc()")


class ConventionBody(Base):
    """Which body a party of the text is; ``party`` is the party's identifier in the document."""

    __tablename__ = "convention_body"
    __table_args__ = (UniqueConstraint("convention_id", "party"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    convention_id: Mapped[int] = mapped_column(ForeignKey("convention.id"))
    body_id: Mapped[int] = mapped_column(ForeignKey("body.id"), index=True)
    party: Mapped[str] = mapped_column(String(80))

    convention: Mapped[Convention] = relationship(back_populates="bodies")
    body: Mapped[Body] = relationship()


class PrintKind(StrEnum):
    """What a frozen version may serve for."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    ORIGINAL = "original"


class ConventionVersion(Base):
    """A version that does not change any more: the document, its words, their fingerprint, who froze it and why.

    ``words`` are its last words, part by part (:class:`app.conventions.fixed.FixedWords`): every print is made of
    them, whatever a later release says otherwise; what was frozen before they were kept has none until the next start.
    ``clearance`` says, for an original, who allowed it to be signed, when and why.
    """

    __tablename__ = "convention_version"
    __table_args__ = (UniqueConstraint("convention_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    convention_id: Mapped[int] = mapped_column(ForeignKey("convention.id"))
    number: Mapped[int]
    kind: Mapped[str] = mapped_column(String(12))
    document: Mapped[dict[str, Any]]
    text: Mapped[str] = mapped_column(Text)
    words: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    reason: Mapped[str] = mapped_column(Text, default="")
    clearance: Mapped[dict[str, Any]] = mapped_column(default=dict)
    made_by: Mapped[str] = mapped_column(String(200))
    made_at: Mapped[datetime]
    revision: Mapped[int]

    convention: Mapped[Convention] = relationship(back_populates="versions")


class ConventionScan(Base):
    """A scan of the signed original, kept as it came."""

    __tablename__ = "convention_scan"

    id: Mapped[int] = mapped_column(primary_key=True)
    convention_id: Mapped[int] = mapped_column(ForeignKey("convention.id"), index=True)
    version_id: Mapped[int | None] = mapped_column(ForeignKey("convention_version.id"))
    filename: Mapped[str] = mapped_column(String(200))
    file: Mapped[str] = mapped_column(String(80))
    media_type: Mapped[str] = mapped_column(String(60))
    size: Mapped[int]
    pages: Mapped[int] = mapped_column(default=1)
    sha256: Mapped[str] = mapped_column(String(64))
    added_by: Mapped[str] = mapped_column(String(200))
    added_at: Mapped[datetime]
    trashed_at: Mapped[datetime | None]

    convention: Mapped[Convention] = relationship(back_populates="scans")


class OwnWording(Base):
    """What a body writes in place of a model: article, language, heading and body. What it leaves is the model's."""

    __tablename__ = "own_wording"
    __table_args__ = (UniqueConstraint("body_id", "model"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("body.id"))
    model: Mapped[str] = mapped_column(String(20))
    articles: Mapped[dict[str, Any]] = mapped_column(default=dict)
    changed_at: Mapped[datetime]
    changed_by: Mapped[str] = mapped_column(String(200), default="")
    revision: Mapped[int] = mapped_column(default=1)

    body: Mapped[Body] = relationship()
