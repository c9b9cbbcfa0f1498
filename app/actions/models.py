"""Projects and the facts that people state about them."""

from __future__ import annotations

import json
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.bodies.models import Body
from app.ceremonies.models import Ceremony
from app.database.base import Base
from app.twinnings.models import Twinning


class ProjectKind(StrEnum):
    """What the towns want to do."""

    EXCHANGE = "exchange"
    CEREMONY = "ceremony"
    EVENT = "event"
    YOUTH = "youth"
    CULTURE = "culture"
    NETWORK = "network"
    COOPERATION = "cooperation"
    TRAINING = "training"
    POST = "post"
    OTHER = "other"


class FactOrigin(StrEnum):
    """How a stated fact came to the project."""

    TYPED = "typed"
    ADVICE = "advice"
    COPIED = "copied"


class Project(Base):
    """Something that the bodies of a twinning want to do; shared by all of them, as the twinning is.

    ``owner_body_id`` is the body that applies for money. ``ceremony_id``: the ceremony whose days and guests the
    project has. ``copied_from_id``: the project that this one was tried out from. ``facts_version`` grows with
    every change of its facts.
    """

    __tablename__ = "project"
    __table_args__ = (Index("ix_project_changed_at_id", "changed_at", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(String(36), unique=True)
    twinning_id: Mapped[int] = mapped_column(ForeignKey("twinning.id"), index=True)
    owner_body_id: Mapped[int] = mapped_column(ForeignKey("body.id"), index=True)
    ceremony_id: Mapped[int | None] = mapped_column(ForeignKey("ceremony.id"), index=True)
    copied_from_id: Mapped[int | None] = mapped_column(ForeignKey("project.id"), index=True)
    kind: Mapped[str] = mapped_column(String(16), default=ProjectKind.EXCHANGE)
    title: Mapped[str] = mapped_column(String(200))
    summary: Mapped[str] = mapped_column(Text, default="")
    facts_version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    revision: Mapped[int] = mapped_column(default=1)
    trashed_at: Mapped[datetime | None]

    twinning: Mapped[Twinning] = relationship()
    owner_body: Mapped[Body] = relationship()
    ceremony: Mapped[Ceremony | None] = relationship()
    copied_from: Mapped[Project | None] = relationship(remote_side=[id])
    facts: Mapped[list[ProjectFact]] = relationship(back_populates="project", order_by="ProjectFact.path")


class ProjectFact(Base):
    """One thing that somebody stated: where it stands (``money.total_cost``), its value, who said it and when.

    ``value`` is JSON text; numbers keep their decimals. ``is_known`` False: somebody was asked and does not know.
    A fact that was taken back keeps its row with ``taken_back_at``, and is the project's no longer.
    """

    __tablename__ = "project_fact"
    __table_args__ = (UniqueConstraint("project_id", "path"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    path: Mapped[str] = mapped_column(String(120))
    value: Mapped[str] = mapped_column(Text, default="null")
    is_known: Mapped[bool] = mapped_column(default=True)
    origin: Mapped[str] = mapped_column(String(12), default=FactOrigin.TYPED)
    said_by: Mapped[str] = mapped_column(String(200), default="")
    said_at: Mapped[datetime]
    revision: Mapped[int] = mapped_column(default=1)
    taken_back_at: Mapped[datetime | None]

    project: Mapped[Project] = relationship(back_populates="facts")

    @property
    def plain(self) -> Any:  # noqa: ANN401  # whatever JSON holds
        """The value as plain data; numbers as :class:`Decimal` or whole numbers."""
        return read_value(self.value)


def read_value(text: str) -> Any:  # noqa: ANN401  # whatever JSON holds
    """A value from its JSON text, its decimals exact."""
    return json.loads(text, parse_float=Decimal)


def write_value(value: object) -> str:
    """A value as JSON text; the same value gives the same text."""
    return _written(value)


def _written(value: object) -> str:
    match value:
        case Decimal():
            return format(value, "f")
        case dict():
            return "{" + ", ".join(f"{json.dumps(key)}: {_written(value[key])}" for key in sorted(value)) + "}"
        case list() | tuple():
            return "[" + ", ".join(_written(one) for one in value) + "]"
        case _:
            return json.dumps(value, ensure_ascii=False)
