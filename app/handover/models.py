"""A handover: its people, what is handed on by hand, what becomes of the accounts."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account, RoleGrant
from app.assemblies.models import Assembly
from app.bodies.models import Body
from app.database.base import Base
from app.people.models import Person
from app.shared.clock import day_of


class Stage(StrEnum):
    """How far a handover has come; ``SEALED``: its content is frozen and waits for signatures."""

    DRAFT = "draft"
    SEALED = "sealed"
    SIGNED = "signed"


class Side(StrEnum):
    """Who leaves, who comes."""

    OUTGOING = "outgoing"
    INCOMING = "incoming"


class Signed(StrEnum):
    """How somebody signed: not yet, from their own account, on paper; ``WAIVED``: they cannot, and it is said why."""

    NOT_YET = ""
    ACCOUNT = "account"
    PAPER = "paper"
    WAIVED = "waived"


class Fate(StrEnum):
    """What becomes of a role of somebody who leaves."""

    ENDS = "ends"
    PASSES = "passes"
    STAYS = "stays"


class ThingKind(StrEnum):
    """What is handed on by hand."""

    TASK = "task"
    ACCESS = "access"
    OBJECT = "object"
    DOCUMENT = "document"
    CONTACT = "contact"


class Handover(Base):
    """What one board hands to the next, or one officer to another.

    ``assembly_id``: the assembly that elected the next one. ``access_ends_on``: the last day of the outgoing people's
    roles. ``content``: the pack as it was when it was sealed, frozen.
    """

    __tablename__ = "handover"

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(String(36), unique=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("body.id"), index=True)
    assembly_id: Mapped[int | None] = mapped_column(ForeignKey("assembly.id"), index=True)
    takes_over_on: Mapped[date]
    access_ends_on: Mapped[date]
    message: Mapped[str] = mapped_column(Text, default="")
    stage: Mapped[str] = mapped_column(String(8), default=Stage.DRAFT)
    content: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    sealed_at: Mapped[datetime | None]
    sealed_by: Mapped[str] = mapped_column(String(200), default="")
    signed_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    revision: Mapped[int] = mapped_column(default=1)
    trashed_at: Mapped[datetime | None]

    body: Mapped[Body] = relationship()
    assembly: Mapped[Assembly | None] = relationship()
    people: Mapped[list[HandoverPerson]] = relationship(back_populates="handover", order_by="HandoverPerson.id")
    things: Mapped[list[HandoverThing]] = relationship(back_populates="handover", order_by="HandoverThing.id")
    rights: Mapped[list[HandoverRight]] = relationship(back_populates="handover", order_by="HandoverRight.id")

    def side(self, side: Side) -> list[HandoverPerson]:
        """Those who leave, or those who come."""
        return [one for one in self.people if one.side == side]

    @property
    def leaving(self) -> list[HandoverPerson]:
        """Those who leave an office, without who hands over in somebody's place."""
        return [one for one in self.side(Side.OUTGOING) if not one.stands_in]

    @property
    def unsigned(self) -> list[HandoverPerson]:
        """Who has not signed yet."""
        return [one for one in self.people if not one.signed_how]


class HandoverPerson(Base):
    """Somebody of either side; ``signed_by``: who recorded a signature on paper, ``noted_on``: when.

    ``stands_in``: neither leaves nor comes, but hands over or receives where an office was or stays vacant.
    ``proof_file``: the copy of the signed paper, as it came, under a name of ours in the folder of files;
    ``proof_struck_on``: it belongs to a note that was contested, and is kept until another one is joined.
    ``contested_on``: when the person said that what ``contested_noter`` had noted for them is not so; without a noter,
    that a signature from an account in their name was not theirs.
    ``sealed_name``, ``sealed_email``: as their record said on the day the content was frozen, and since when.
    ``account_id``: the account that signed (a value); ``tied_on``, ``tied_by``: since when it was this person's, and
    who said so.
    """

    __tablename__ = "handover_person"
    __table_args__ = (UniqueConstraint("handover_id", "side", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    handover_id: Mapped[int] = mapped_column(ForeignKey("handover.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    side: Mapped[str] = mapped_column(String(8))
    function: Mapped[str] = mapped_column(String(200), default="")
    stands_in: Mapped[bool] = mapped_column(default=False)
    signed_how: Mapped[str] = mapped_column(String(8), default=Signed.NOT_YET)
    signed_on: Mapped[date | None]
    signed_by: Mapped[str] = mapped_column(String(200), default="")
    remark: Mapped[str] = mapped_column(Text, default="")
    noted_on: Mapped[date | None]
    proof_file: Mapped[str | None] = mapped_column(String(80))
    proof_name: Mapped[str | None] = mapped_column(String(200))
    proof_type: Mapped[str | None] = mapped_column(String(40))
    proof_struck_on: Mapped[date | None]
    contested_on: Mapped[date | None]
    contested_noter: Mapped[str | None] = mapped_column(String(200))
    sealed_name: Mapped[str | None] = mapped_column(String(240))
    sealed_email: Mapped[str | None] = mapped_column(String(254))
    sealed_email_since: Mapped[datetime | None]
    sealed_name_since: Mapped[datetime | None]
    account_id: Mapped[int | None]
    tied_on: Mapped[date | None]
    tied_by: Mapped[str | None] = mapped_column(String(200))

    handover: Mapped[Handover] = relationship(back_populates="people")
    person: Mapped[Person] = relationship()

    @property
    def name(self) -> str:
        """As it was when the content was frozen: two records that are united later rename nobody here."""
        return self.sealed_name or self.person.name

    @property
    def reached_on(self) -> date | None:
        """The day since when their record gave its address, where that is known."""
        return day_of(self.sealed_email_since) if self.sealed_email_since is not None else None

    @property
    def is_noted(self) -> bool:
        """Whether it stands on a note, not on a signature from the person's own account."""
        return self.signed_how in {Signed.PAPER, Signed.WAIVED}

    @property
    def is_proven(self) -> bool:
        """Whether the copy of the signed paper is joined to what is noted now."""
        return self.is_noted and self.proof_file is not None and self.proof_struck_on is None

    @property
    def is_contested(self) -> bool:
        """Whether the person struck what somebody noted for them, and nothing stands there since."""
        return self.contested_on is not None and not self.signed_how


class HandoverThing(Base):
    """Something that no software hands on: a key, the bank's signature, a website, a binder. Never a password."""

    __tablename__ = "handover_thing"

    id: Mapped[int] = mapped_column(primary_key=True)
    handover_id: Mapped[int] = mapped_column(ForeignKey("handover.id"), index=True)
    kind: Mapped[str] = mapped_column(String(12), default=ThingKind.TASK)
    label: Mapped[str] = mapped_column(String(200))
    detail: Mapped[str] = mapped_column(Text, default="")
    goes_to: Mapped[str] = mapped_column(String(200), default="")
    due_on: Mapped[date | None]

    handover: Mapped[Handover] = relationship(back_populates="things")


class HandoverRight(Base):
    """What becomes of one role of somebody who leaves; ``applied_at``: when it was done."""

    __tablename__ = "handover_right"
    __table_args__ = (UniqueConstraint("handover_id", "grant_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    handover_id: Mapped[int] = mapped_column(ForeignKey("handover.id"))
    grant_id: Mapped[int] = mapped_column(ForeignKey("role_grant.id"), index=True)
    fate: Mapped[str] = mapped_column(String(8), default=Fate.ENDS)
    heir_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    applied_at: Mapped[datetime | None]

    handover: Mapped[Handover] = relationship(back_populates="rights")
    grant: Mapped[RoleGrant] = relationship()
    heir: Mapped[Account | None] = relationship()
