"""The outbox."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.database.base import Base


class MessageState(StrEnum):
    """Where a message stands."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    SHOWN = "shown"


class OutboxMessage(Base):
    """One message to one address, written with the fact it tells.

    ``message_id`` is fixed when it is written, so that a message sent twice is recognised as one.
    ``SHOWN``: the demonstration shows its outbox instead of sending. ``body_id`` is a value.
    ``from_name``: in whose name, beside the address of the site. ``unsubscribe_url``: one POST to it ends such letters.
    ``is_secret``: the text holds a link that opens something; it is shown to nobody and forgotten once sent.
    """

    __tablename__ = "outbox_message"
    __table_args__ = (Index("ix_outbox_message_state_next_try_at_id", "state", "next_try_at", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    message_id: Mapped[str] = mapped_column(String(200), unique=True)
    to_address: Mapped[str] = mapped_column(String(254), index=True)
    to_name: Mapped[str] = mapped_column(String(200), default="")
    reply_to: Mapped[str] = mapped_column(String(254), default="")
    from_name: Mapped[str] = mapped_column(String(200), default="", server_default="")
    unsubscribe_url: Mapped[str] = mapped_column(String(500), default="", server_default="")
    subject: Mapped[str] = mapped_column(String(300))
    text: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(8), default="fr")
    body_id: Mapped[int | None] = mapped_column(index=True)
    is_secret: Mapped[bool] = mapped_column(default=False)
    state: Mapped[str] = mapped_column(String(12), default=MessageState.WAITING)
    attempts: Mapped[int] = mapped_column(default=0)
    next_try_at: Mapped[datetime]
    lease_until: Mapped[datetime | None]
    last_error: Mapped[str] = mapped_column(String(400), default="")
    created_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
