"""Letters to many, what became of each, their models, and what is known of an address."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.bodies.models import Body
from app.database.base import Base
from app.members.models import MemberGroup


class MailingKind(StrEnum):
    """News go to those who agreed to them; a notice of the association's own life goes to its members."""

    NEWS = "news"
    NOTICE = "notice"


class AudienceKind(StrEnum):
    """To whom a letter goes."""

    MEMBERS = "members"
    PAID_UP = "paid_up"
    BOARD = "board"
    HOSTS = "hosts"
    GROUP = "group"


class Mailing(Base):
    """A letter to many; once sent it does not change. ``count`` is how many addresses it went to."""

    __tablename__ = "mailing"
    __table_args__ = (Index("ix_mailing_body_id_changed_at_id", "body_id", "changed_at", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(String(36), unique=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("body.id"))
    kind: Mapped[str] = mapped_column(String(8))
    audience: Mapped[str] = mapped_column(String(8))
    group_id: Mapped[int | None] = mapped_column(ForeignKey("member_group.id"), index=True)
    subject: Mapped[str] = mapped_column(String(200))
    text: Mapped[str] = mapped_column(Text, default="")
    reply_to: Mapped[str] = mapped_column(String(254), default="")
    count: Mapped[int] = mapped_column(default=0)
    sent_at: Mapped[datetime | None]
    sent_by: Mapped[str] = mapped_column(String(200), default="")
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    changed_by: Mapped[str] = mapped_column(String(200), default="")
    revision: Mapped[int] = mapped_column(default=1)
    trashed_at: Mapped[datetime | None]

    body: Mapped[Body] = relationship()
    group: Mapped[MemberGroup | None] = relationship()


class Delivery(Base):
    """One letter to one address. ``message_id`` is that of the outbox; a mailing never writes twice to one address.

    ``bounced_at``: a human says that it came back; what the server refused stands in the outbox.
    """

    __tablename__ = "mailing_delivery"
    __table_args__ = (UniqueConstraint("mailing_id", "address"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    mailing_id: Mapped[int] = mapped_column(ForeignKey("mailing.id"))
    address: Mapped[str] = mapped_column(String(254), index=True)
    name: Mapped[str] = mapped_column(String(200), default="")
    message_id: Mapped[str] = mapped_column(String(200), default="", index=True)
    bounced_at: Mapped[datetime | None]
    bounced_why: Mapped[str] = mapped_column(String(300), default="")

    mailing: Mapped[Mailing] = relationship()


class MailingModel(Base):
    """A letter that a committee writes again and again."""

    __tablename__ = "mailing_model"

    id: Mapped[int] = mapped_column(primary_key=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("body.id"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    subject: Mapped[str] = mapped_column(String(200), default="")
    text: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime]
    revision: Mapped[int] = mapped_column(default=1)
    trashed_at: Mapped[datetime | None]

    body: Mapped[Body] = relationship()


class KnownAddress(Base):
    """What a body knows of an address: it wants no news (since when, how); or it was good again after a refusal."""

    __tablename__ = "mailing_address"
    __table_args__ = (UniqueConstraint("body_id", "address"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("body.id"))
    address: Mapped[str] = mapped_column(String(254))
    opposed_at: Mapped[datetime | None]
    opposed_how: Mapped[str] = mapped_column(String(200), default="")
    good_since: Mapped[datetime | None]
