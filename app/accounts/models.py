"""Accounts, roles per body, sign-in."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.access.roles import Role
from app.bodies.models import Body
from app.database.base import Base
from app.people.models import Person
from app.shared import clock

__all__ = ["Account", "AttemptCounter", "RecoveryCode", "Role", "RoleGrant", "Token", "TokenPurpose"]


class Account(Base):
    """Somebody who signs in. The body owns the work; the account only holds roles.

    ``session_epoch`` grows when every open session must end. ``totp_secret`` is empty without TOTP.
    ``tied_at``: since when its mailbox counts as that of the person of ``person_id``; ``tied_by`` said so, who may be
    its holder where the record gave the same address. Nothing there: long ago.
    """

    __tablename__ = "account"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    tied_at: Mapped[datetime | None]
    tied_by: Mapped[str | None] = mapped_column(String(200))
    tied_by_id: Mapped[int | None]
    language: Mapped[str] = mapped_column(String(8), default="fr")
    password_hash: Mapped[str] = mapped_column(String(200), default="")
    totp_secret: Mapped[str] = mapped_column(String(64), default="")
    totp_last_step: Mapped[int] = mapped_column(default=0)
    is_instance_administrator: Mapped[bool] = mapped_column(default=False)
    is_persona: Mapped[bool] = mapped_column(default=False)
    persona_rank: Mapped[int] = mapped_column(default=0)
    session_epoch: Mapped[int] = mapped_column(default=1)
    current_body_id: Mapped[int | None]
    created_at: Mapped[datetime]
    last_seen_on: Mapped[date | None]
    closed_at: Mapped[datetime | None]
    revision: Mapped[int] = mapped_column(default=1)

    person: Mapped[Person | None] = relationship()
    grants: Mapped[list[RoleGrant]] = relationship(
        back_populates="account", foreign_keys="RoleGrant.account_id", order_by="RoleGrant.id"
    )

    @property
    def tied_on(self) -> date | None:
        """The day since when its mailbox counts as its person's."""
        return clock.day_of(self.tied_at) if self.tied_at is not None else None

    @property
    def tied_on_the_word_of(self) -> str:
        """Who said that it is its person's; nobody, where the record gave its address."""
        return "" if self.tied_by_id in {None, self.id} else self.tied_by or ""


class RoleGrant(Base):
    """A role in a body, from a day to a day; ``until`` is the last day it holds.

    ``ended_on`` is the day on which somebody ended it: it held that day too, until that moment, and ``until`` is the
    day before. A role ended on its first day thus holds on no day, and ``until`` is before ``since``.
    """

    __tablename__ = "role_grant"
    __table_args__ = (Index("ix_role_grant_account_id_until", "account_id", "until"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    body_id: Mapped[int] = mapped_column(ForeignKey("body.id"), index=True)
    role: Mapped[str] = mapped_column(String(24))
    is_administrator: Mapped[bool] = mapped_column(default=False)
    since: Mapped[date]
    until: Mapped[date | None]
    ended_on: Mapped[date | None]
    granted_by: Mapped[str] = mapped_column(String(200), default="")
    created_at: Mapped[datetime]

    account: Mapped[Account] = relationship(back_populates="grants", foreign_keys=[account_id])
    body: Mapped[Body] = relationship()

    @property
    def last_day(self) -> date | None:
        """The last day on which it gave access to anything, an hour of it included."""
        return self.ended_on or self.until


class TokenPurpose(StrEnum):
    """What a mailed link is for."""

    SIGN_IN = "sign_in"
    INVITATION = "invitation"
    NEW_ADDRESS = "new_address"


class Token(Base):
    """A mailed link: opening it changes nothing, only the confirm button uses it up.

    Only hashes are kept, of the link and of the short code typed instead of it.
    """

    __tablename__ = "token"

    id: Mapped[int] = mapped_column(primary_key=True)
    purpose: Mapped[str] = mapped_column(String(16))
    link_hash: Mapped[str] = mapped_column(String(64), unique=True)
    code_hash: Mapped[str] = mapped_column(String(64), default="")
    email: Mapped[str] = mapped_column(String(254), index=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    body_id: Mapped[int | None] = mapped_column(ForeignKey("body.id"), index=True)
    role: Mapped[str] = mapped_column(String(24), default="")
    is_administrator: Mapped[bool] = mapped_column(default=False)
    name: Mapped[str] = mapped_column(String(200), default="")
    language: Mapped[str] = mapped_column(String(8), default="fr")
    invited_by: Mapped[str] = mapped_column(String(200), default="")
    attempts: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class RecoveryCode(Base):
    """One of the codes that replace a lost telephone; each serves once, only its hash is kept."""

    __tablename__ = "recovery_code"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    code_hash: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class AttemptCounter(Base):
    """How often something was tried by one source within one window; shared by all processes."""

    __tablename__ = "attempt_counter"
    __table_args__ = (UniqueConstraint("kind", "source", "window"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(24))
    source: Mapped[str] = mapped_column(String(64))
    window: Mapped[datetime]
    count: Mapped[int] = mapped_column(default=0)
