"""Kept checks, human ticks, a body's own rule files, and who is told of what and when."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Date, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.actions.models import Project
from app.bodies.models import Body
from app.database.base import Base


class RuleText(Base):
    """The text of a rule file or of a list as it was once used; named by its own fingerprint, kept once."""

    __tablename__ = "funding_text"

    id: Mapped[int] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(String(64), unique=True)
    text: Mapped[str] = mapped_column(Text)


class Check(Base):
    """A project checked against an edition, kept: with its facts and every file used it gives the same again.

    ``facts`` and ``answer`` are JSON text, compared as they are. ``files`` names, by its place in the folder of
    the rules, the fingerprint of each text that the engine had read. ``checked_on`` is the day of the check.
    """

    __tablename__ = "funding_check"
    __table_args__ = (Index("ix_funding_check_project_id_id", "project_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    edition: Mapped[str] = mapped_column(String(160))
    title: Mapped[str] = mapped_column(String(300), default="")
    verdict: Mapped[str] = mapped_column(String(16))
    sentence: Mapped[str] = mapped_column(Text, default="")
    facts: Mapped[str] = mapped_column(Text)
    sources: Mapped[dict[str, Any]] = mapped_column(default=dict)
    answer: Mapped[str] = mapped_column(Text)
    files: Mapped[dict[str, str]] = mapped_column(default=dict)
    ticks: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    checked_on: Mapped[date] = mapped_column(Date())
    kept_by: Mapped[str] = mapped_column(String(200), default="")
    kept_at: Mapped[datetime]
    trashed_at: Mapped[datetime | None]

    project: Mapped[Project] = relationship()


class Tick(Base):
    """A condition that no machine can check, found to hold by a named person; taken back, it stays in sight."""

    __tablename__ = "funding_tick"
    __table_args__ = (Index("ix_funding_tick_project_id_edition", "project_id", "edition"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    edition: Mapped[str] = mapped_column(String(160))
    condition: Mapped[str] = mapped_column(String(120))
    says: Mapped[str] = mapped_column(Text, default="")
    note: Mapped[str] = mapped_column(Text, default="")
    ticked_by_id: Mapped[int | None]
    ticked_by: Mapped[str] = mapped_column(String(200))
    ticked_at: Mapped[datetime]
    taken_back_at: Mapped[datetime | None]
    taken_back_by: Mapped[str] = mapped_column(String(200), default="")

    project: Mapped[Project] = relationship()


class RuleFileState(StrEnum):
    """What an uploaded rule file does."""

    DRAFT = "draft"
    ON = "on"
    OFF = "off"


class RuleFile(Base):
    """A rule file of this installation: one version of it. ``name`` is « local-…/edition »; never a shipped one."""

    __tablename__ = "funding_rule_file"
    __table_args__ = (Index("ix_funding_rule_file_name_id", "name", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(160))
    title: Mapped[str] = mapped_column(String(300), default="")
    text: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(8), default=RuleFileState.DRAFT)
    body_id: Mapped[int | None] = mapped_column(ForeignKey("body.id"), index=True)
    uploaded_by: Mapped[str] = mapped_column(String(200), default="")
    uploaded_at: Mapped[datetime]
    switched_by: Mapped[str] = mapped_column(String(200), default="")
    switched_at: Mapped[datetime | None]
    revision: Mapped[int] = mapped_column(default=1)
    trashed_at: Mapped[datetime | None]

    body: Mapped[Body | None] = relationship()


class DeadlineFeed(Base):
    """A calendar of deadlines at a secret address, until it is revoked.

    ``programmes`` are those shown, all when empty; ``project_id``: the dates of one project instead.
    """

    __tablename__ = "funding_feed"
    __table_args__ = (Index("ix_funding_feed_created_by_id_id", "created_by_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    token: Mapped[str] = mapped_column(String(40), unique=True)
    label: Mapped[str] = mapped_column(String(200), default="")
    programmes: Mapped[list[str]] = mapped_column(default=list)
    project_id: Mapped[int | None] = mapped_column(ForeignKey("project.id"), index=True)
    created_by_id: Mapped[int | None]
    created_by_name: Mapped[str] = mapped_column(String(200), default="")
    created_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]

    project: Mapped[Project | None] = relationship()


class Watch(Base):
    """Somebody who wants to be told when a programme opens, closes or changes."""

    __tablename__ = "funding_watch"
    __table_args__ = (UniqueConstraint("account_id", "programme"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    programme: Mapped[str] = mapped_column(String(80), index=True)
    body_id: Mapped[int | None]
    since: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class SentAlert(Base):
    """What somebody was told already; ``mark`` says about what, so that a second run tells nothing twice."""

    __tablename__ = "funding_alert"
    __table_args__ = (UniqueConstraint("account_id", "mark"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    mark: Mapped[str] = mapped_column(String(240))
    sent_at: Mapped[datetime]


class SeenEdition(Base):
    """An edition as it was when it was last looked at: a change of it is told to those who follow it."""

    __tablename__ = "funding_seen"

    edition: Mapped[str] = mapped_column(String(160), primary_key=True)
    sha256: Mapped[str] = mapped_column(String(64))
    seen_at: Mapped[datetime]
