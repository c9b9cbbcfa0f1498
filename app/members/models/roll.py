"""Members, their households, categories, own fields and groups."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.bodies.models import Body
from app.database.base import Base, FuzzyText
from app.people.models import Person
from app.shared.fuzzydate import FuzzyDate


class MemberStatus(StrEnum):
    """Where a member stands; who has left is told by the day of leaving."""

    APPLICANT = "applicant"
    ACTIVE = "active"
    SUSPENDED = "suspended"


class Leaving(StrEnum):
    """Why somebody is a member no longer."""

    RESIGNED = "resigned"
    NOT_RENEWED = "not_renewed"
    EXCLUDED = "excluded"
    MOVED = "moved"
    DECEASED = "deceased"
    DISSOLVED = "dissolved"


class FieldKind(StrEnum):
    """What a body's own field holds."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    YES_NO = "yes_no"
    CHOICE = "choice"


class MemberCategory(Base):
    """A category of a body's own list; ``is_voting``: its members vote in assemblies, as the statutes say."""

    __tablename__ = "member_category"
    __table_args__ = (UniqueConstraint("body_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("body.id"))
    name: Mapped[str] = mapped_column(String(80))
    is_voting: Mapped[bool] = mapped_column(default=True)
    position: Mapped[int] = mapped_column(default=0)
    retired_at: Mapped[datetime | None]


class MemberField(Base):
    """A question that a body asks about each member beyond the usual ones."""

    __tablename__ = "member_field"
    __table_args__ = (UniqueConstraint("body_id", "label"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("body.id"))
    label: Mapped[str] = mapped_column(String(80))
    kind: Mapped[str] = mapped_column(String(8), default=FieldKind.TEXT)
    choices: Mapped[list[str]] = mapped_column(default=list)
    position: Mapped[int] = mapped_column(default=0)
    retired_at: Mapped[datetime | None]


class Household(Base):
    """People who share a postal address, and often an e-mail address: one letter, one envelope.

    ``envelope`` is how the envelope names them; empty: made of their names. ``email`` and ``phone`` are the shared
    ones, used for whoever has none of their own.
    """

    __tablename__ = "household"

    id: Mapped[int] = mapped_column(primary_key=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("body.id"), index=True)
    envelope: Mapped[str] = mapped_column(String(200), default="")
    street: Mapped[str] = mapped_column(Text, default="")
    postcode: Mapped[str] = mapped_column(String(12), default="")
    town: Mapped[str] = mapped_column(String(120), default="")
    country: Mapped[str] = mapped_column(String(80), default="")
    email: Mapped[str] = mapped_column(String(254), default="")
    phone: Mapped[str] = mapped_column(String(40), default="")
    created_at: Mapped[datetime]
    revision: Mapped[int] = mapped_column(default=1)

    members: Mapped[list[Member]] = relationship(back_populates="household", order_by="Member.id")

    @property
    def lines(self) -> list[str]:
        """The postal address, line by line."""
        town = f"{self.postcode} {self.town}".strip()
        return [line for line in (*self.street.splitlines(), town, self.country) if line.strip()]


class Member(Base):
    """A member of a body: a person, or an organisation for which a person may speak.

    ``organisation`` is empty for a person. ``number`` is the body's own. ``until`` is the last day. ``answers`` holds
    the body's own fields by their identifier. ``erased_at``: who it was is known no more, the figures stay.
    """

    __tablename__ = "member"
    __table_args__ = (
        UniqueConstraint("body_id", "number"),
        Index("ix_member_body_id_until_sort", "body_id", "until_sort"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("body.id"))
    number: Mapped[int]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    organisation: Mapped[str] = mapped_column(String(200), default="")
    organisation_folded: Mapped[str] = mapped_column(String(200), default="")
    household_id: Mapped[int | None] = mapped_column(ForeignKey("household.id"), index=True)
    category_id: Mapped[int] = mapped_column(ForeignKey("member_category.id"), index=True)
    status: Mapped[str] = mapped_column(String(12), default=MemberStatus.ACTIVE)
    since: Mapped[FuzzyDate | None] = mapped_column("since_text", FuzzyText())
    since_sort: Mapped[date | None]
    until: Mapped[FuzzyDate | None] = mapped_column("until_text", FuzzyText())
    until_sort: Mapped[date | None]
    leaving: Mapped[str] = mapped_column(String(12), default="")
    answers: Mapped[dict[str, Any]] = mapped_column(default=dict)
    note: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime]
    revision: Mapped[int] = mapped_column(default=1)
    erased_at: Mapped[datetime | None]
    trashed_at: Mapped[datetime | None]

    body: Mapped[Body] = relationship()
    person: Mapped[Person | None] = relationship()
    household: Mapped[Household | None] = relationship(back_populates="members")
    category: Mapped[MemberCategory] = relationship()

    @property
    def name(self) -> str:
        """The organisation's name, or the person's."""
        return self.organisation or (self.person.name if self.person else "")

    @property
    def email(self) -> str:
        """Where mail reaches the member: their own address, else that of the household."""
        own = self.person.email if self.person else ""
        return own or (self.household.email if self.household else "")

    @property
    def phone(self) -> str:
        """The member's own telephone, else that of the household."""
        own = self.person.phone if self.person else ""
        return own or (self.household.phone if self.household else "")


class MemberGroup(Base):
    """A group or a working party of a body; ``ended_on`` once its work is done."""

    __tablename__ = "member_group"
    __table_args__ = (UniqueConstraint("body_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("body.id"))
    name: Mapped[str] = mapped_column(String(120))
    purpose: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime]
    ended_on: Mapped[date | None]

    body: Mapped[Body] = relationship()
    places: Mapped[list[GroupMember]] = relationship(back_populates="group", order_by="GroupMember.id")


class GroupMember(Base):
    """A member's place in a group; ``is_lead``: who leads it."""

    __tablename__ = "member_group_place"
    __table_args__ = (UniqueConstraint("group_id", "member_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("member_group.id"))
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), index=True)
    is_lead: Mapped[bool] = mapped_column(default=False)
    since: Mapped[date]
    until: Mapped[date | None]

    group: Mapped[MemberGroup] = relationship(back_populates="places")
    member: Mapped[Member] = relationship()
