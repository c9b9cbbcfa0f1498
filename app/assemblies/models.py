"""What the statutes say, assemblies with their agenda, who is called, who came, how they voted."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.assemblies.declared import OfficersDeclaration  # noqa: F401  # a table of this room
from app.assemblies.departed import Standing, follow_departures
from app.bodies.models import Body
from app.database.base import Base
from app.law.statutes import Statutes
from app.people.models import Person


class AssemblyKind(StrEnum):
    """What meets; ``FOUNDING`` is the constitutive assembly."""

    ORDINARY = "ordinary"
    EXTRAORDINARY = "extraordinary"
    FOUNDING = "founding"
    BOARD = "board"
    OFFICE = "office"


class Status(StrEnum):
    """How far an assembly has come; ``NO_QUORUM``: it met and could not deliberate."""

    DRAFT = "draft"
    CONVENED = "convened"
    OPEN = "open"
    CLOSED = "closed"
    NO_QUORUM = "no_quorum"
    CANCELLED = "cancelled"


class ItemKind(StrEnum):
    """What an item of the agenda asks for."""

    INFORMATION = "information"
    DECISION = "decision"
    ELECTION = "election"


class Decision(StrEnum):
    """What is decided, as far as the majority goes."""

    ORDINARY = "ordinary"
    STATUTES = "statutes"
    DISSOLUTION = "dissolution"


class Ballot(StrEnum):
    """How people vote; ``UNSAID``: an assembly held on paper of which nobody noted it."""

    UNSAID = ""
    SHOW_OF_HANDS = "show_of_hands"
    SECRET = "secret"  # noqa: S105  # a way to vote


class Channel(StrEnum):
    """How a vote came in: in the room, on a paper sent beforehand, from a screen."""

    ROOM = "room"
    PAPER = "paper"
    ELECTRONIC = "electronic"


class Presence(StrEnum):
    """What was noted of somebody who was called."""

    UNSAID = ""
    PRESENT = "present"
    REMOTE = "remote"
    EXCUSED = "excused"
    ABSENT = "absent"


class Dispatch(StrEnum):
    """How a convocation went to somebody."""

    UNSENT = ""
    EMAIL = "email"
    LETTER = "letter"
    HAND = "hand"


class Outcome(StrEnum):
    """What became of an item; ``PROPOSED``: voted by few, who may only propose it to the members."""

    UNSAID = ""
    ADOPTED = "adopted"
    PROPOSED = "proposed"
    REJECTED = "rejected"
    ELECTED = "elected"
    NOT_ELECTED = "not_elected"
    NOTED = "noted"
    ADJOURNED = "adjourned"
    WITHDRAWN = "withdrawn"


class StatutesRule(Base):
    """What the statutes of a body ask of one kind of assembly, from a day on; the names are those of the law room.

    Nothing here is ever guessed: what is not recorded stays empty and is said to be unknown.
    """

    __tablename__ = "statutes_rule"
    __table_args__ = (UniqueConstraint("body_id", "kind", "since"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("body.id"))
    kind: Mapped[str] = mapped_column(String(16))
    since: Mapped[date]
    quorum: Mapped[str] = mapped_column(String(12), default="")
    quorum_numerator: Mapped[int | None]
    quorum_denominator: Mapped[int | None]
    quorum_is_more_than: Mapped[bool] = mapped_column(default=False)
    quorum_number: Mapped[int | None]
    quorum_counts_proxies: Mapped[bool | None]
    notice_days: Mapped[int | None]
    second_notice_days: Mapped[int | None]
    second_quorum: Mapped[str] = mapped_column(String(12), default="")
    proxies_per_person: Mapped[int | None]
    majority_ordinary: Mapped[str] = mapped_column(String(24), default="")
    majority_statutes: Mapped[str] = mapped_column(String(24), default="")
    majority_dissolution: Mapped[str] = mapped_column(String(24), default="")
    absolute_rounds: Mapped[int | None]
    tie: Mapped[str] = mapped_column(String(12), default="")
    voters: Mapped[str] = mapped_column(String(12), default="")
    casting_vote: Mapped[bool | None]
    remote_vote: Mapped[bool | None]
    keeps: Mapped[str] = mapped_column(String(60), default="")
    mandate_years: Mapped[int | None]
    clauses: Mapped[dict[str, str]] = mapped_column(default=dict)
    created_at: Mapped[datetime]
    revision: Mapped[int] = mapped_column(default=1)
    trashed_at: Mapped[datetime | None]

    body: Mapped[Body] = relationship()

    @property
    def statutes(self) -> Statutes:
        """The rule as the law room reads it."""
        return Statutes.of(self)


class Assembly(Base):
    """An assembly, a board meeting or a meeting of the officers.

    ``rules``: the statutes as they were when it opened, frozen; ``rules_note``: where they come from.
    ``convened_agenda``: the agenda as it was sent; ``convened_as``: day, place and agenda of the convocation, where the
    assembly was written down otherwise afterwards. ``offices_on``: the day from which the elected hold office, set
    when their mandates were opened. ``change_*``: the declaration of the change to the registry (loi de 1901, art. 5);
    ``change_of`` holds what changed (``officers``, ``statutes``).
    """

    __tablename__ = "assembly"
    __table_args__ = (Index("ix_assembly_body_id_starts_at_id", "body_id", "starts_at", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(String(36), unique=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("body.id"))
    kind: Mapped[str] = mapped_column(String(16))
    status: Mapped[str] = mapped_column(String(12), default=Status.DRAFT)
    starts_at: Mapped[datetime]
    place: Mapped[str] = mapped_column(String(200), default="")
    link: Mapped[str] = mapped_column(String(300), default="")
    message: Mapped[str] = mapped_column(Text, default="")
    called_by: Mapped[str] = mapped_column(String(200), default="")
    second_of_id: Mapped[int | None] = mapped_column(ForeignKey("assembly.id"), index=True)
    rules: Mapped[dict[str, Any]] = mapped_column(default=dict)
    convened_at: Mapped[datetime | None]
    convened_agenda: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    convened_as: Mapped[dict[str, Any]] = mapped_column(default=dict)
    opened_at: Mapped[str] = mapped_column(String(5), default="")
    closed_at: Mapped[str] = mapped_column(String(5), default="")
    finished_at: Mapped[datetime | None]
    minutes_text: Mapped[str] = mapped_column(Text, default="")
    minutes_approved_on: Mapped[date | None]
    cancelled_reason: Mapped[str] = mapped_column(Text, default="")
    offices_on: Mapped[date | None]
    change_of: Mapped[str] = mapped_column(String(40), default="")
    change_declared_on: Mapped[date | None]
    change_reference: Mapped[str] = mapped_column(String(120), default="")
    created_at: Mapped[datetime]
    revision: Mapped[int] = mapped_column(default=1)
    trashed_at: Mapped[datetime | None]

    body: Mapped[Body] = relationship()
    second_of: Mapped[Assembly | None] = relationship(remote_side="Assembly.id")
    items: Mapped[list[AssemblyItem]] = relationship(
        back_populates="assembly", order_by="(AssemblyItem.position, AssemblyItem.id)"
    )
    seats: Mapped[list[AssemblySeat]] = relationship(
        back_populates="assembly", order_by="(AssemblySeat.folded, AssemblySeat.id)"
    )
    proxies: Mapped[list[AssemblyProxy]] = relationship(back_populates="assembly", order_by="AssemblyProxy.id")
    absences: Mapped[list[AssemblyAbsence]] = relationship(order_by="AssemblyAbsence.id")

    @property
    def agenda(self) -> list[AssemblyItem]:
        """The items that stand, in their order."""
        return [item for item in self.items if item.outcome != Outcome.WITHDRAWN]

    @property
    def members(self) -> list[AssemblySeat]:
        """Those whose vote counts."""
        return [seat for seat in self.seats if seat.votes]

    @property
    def is_of_members(self) -> bool:
        """Whether all members are called, not the board alone."""
        return self.kind not in {AssemblyKind.BOARD, AssemblyKind.OFFICE}


class AssemblyItem(Base):
    """An item of the agenda: an information, a decision, an election.

    ``function`` and ``places``: the office of an election and how many are to be elected. ``resolution``: the words
    put to the vote; ``number`` is what the register gave them when they were adopted. ``open_since``: people may vote
    from a screen. ``decided_note``: why the result is what it is, where a human had to say (a tie broken by lot).
    ``rooms``: how many were there or represented at each round that was closed, for who leaves between two rounds.
    """

    __tablename__ = "assembly_item"

    id: Mapped[int] = mapped_column(primary_key=True)
    assembly_id: Mapped[int] = mapped_column(ForeignKey("assembly.id"), index=True)
    position: Mapped[int]
    kind: Mapped[str] = mapped_column(String(12), default=ItemKind.INFORMATION)
    decision: Mapped[str] = mapped_column(String(12), default=Decision.ORDINARY)
    title: Mapped[str] = mapped_column(String(300))
    note: Mapped[str] = mapped_column(Text, default="")
    resolution: Mapped[str] = mapped_column(Text, default="")
    added_reason: Mapped[str] = mapped_column(Text, default="")
    function: Mapped[str] = mapped_column(String(24), default="")
    places: Mapped[int] = mapped_column(default=1)
    ballot: Mapped[str] = mapped_column(String(16), default=Ballot.SHOW_OF_HANDS)
    debate: Mapped[str] = mapped_column(Text, default="")
    open_since: Mapped[datetime | None]
    closed_round: Mapped[int] = mapped_column(default=0)
    rooms: Mapped[dict[str, Any]] = mapped_column(default=dict)
    president_voice: Mapped[str] = mapped_column(String(8), default="")
    outcome: Mapped[str] = mapped_column(String(12), default=Outcome.UNSAID)
    decided_note: Mapped[str] = mapped_column(Text, default="")
    decided_at: Mapped[datetime | None]
    number: Mapped[str] = mapped_column(String(20), default="")
    revision: Mapped[int] = mapped_column(default=1)

    assembly: Mapped[Assembly] = relationship(back_populates="items")
    counts: Mapped[list[AssemblyCount]] = relationship(
        back_populates="item", order_by="(AssemblyCount.round, AssemblyCount.id)"
    )
    voices: Mapped[list[AssemblyVoice]] = relationship(back_populates="item", order_by="AssemblyVoice.id")
    candidates: Mapped[list[AssemblyCandidate]] = relationship(back_populates="item", order_by="AssemblyCandidate.id")

    @property
    def round(self) -> int:
        """The round that is being voted."""
        return self.closed_round + 1


class AssemblySeat(Standing, Base):
    """Somebody who is called: a voting member, or a guest with a voice only (``may_vote`` False).

    ``came_before_id``: who arrived during the meeting; ``left_before_id``: who left it and did not come back.
    """

    __tablename__ = "assembly_seat"

    id: Mapped[int] = mapped_column(primary_key=True)
    assembly_id: Mapped[int] = mapped_column(ForeignKey("assembly.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    name: Mapped[str] = mapped_column(String(240))
    folded: Mapped[str] = mapped_column(String(240), default="")
    quality: Mapped[str] = mapped_column(String(160), default="")
    email: Mapped[str] = mapped_column(String(254), default="")
    address: Mapped[str] = mapped_column(Text, default="")
    may_vote: Mapped[bool] = mapped_column(default=True)
    why_not: Mapped[str] = mapped_column(String(200), default="")
    dispatch: Mapped[str] = mapped_column(String(8), default=Dispatch.UNSENT)
    sent_on: Mapped[date | None]
    message_id: Mapped[str] = mapped_column(String(200), default="")
    link_hash: Mapped[str] = mapped_column(String(64), default="", index=True)
    answered_at: Mapped[datetime | None]
    presence: Mapped[str] = mapped_column(String(8), default=Presence.UNSAID)
    came_before_id: Mapped[int | None] = mapped_column(ForeignKey("assembly_item.id"), index=True)
    left_before_id: Mapped[int | None] = mapped_column(ForeignKey("assembly_item.id"), index=True)
    presides: Mapped[bool] = mapped_column(default=False)
    is_secretary: Mapped[bool] = mapped_column(default=False)
    is_teller: Mapped[bool] = mapped_column(default=False)

    assembly: Mapped[Assembly] = relationship(back_populates="seats")
    person: Mapped[Person | None] = relationship()


class AssemblyAbsence(Base):
    """Some items during which somebody who had come was out, and came back before another one."""

    __tablename__ = "assembly_absence"

    id: Mapped[int] = mapped_column(primary_key=True)
    assembly_id: Mapped[int] = mapped_column(ForeignKey("assembly.id"), index=True)
    seat_id: Mapped[int] = mapped_column(ForeignKey("assembly_seat.id"), index=True)
    left_before_id: Mapped[int] = mapped_column(ForeignKey("assembly_item.id"), index=True)
    back_before_id: Mapped[int] = mapped_column(ForeignKey("assembly_item.id"), index=True)


class AssemblyProxy(Base):
    """A vote given to somebody else, on paper or by the person's own link.

    ``from_item_id``: the item from which it was given, for who leaves during the meeting; None: from the opening.
    ``until_item_id``: the item before which it was taken back, once it had served. ``served``: a vote was given with it
    from a screen, or in a round that was closed; decided items tell by themselves.
    """

    __tablename__ = "assembly_proxy"

    id: Mapped[int] = mapped_column(primary_key=True)
    assembly_id: Mapped[int] = mapped_column(ForeignKey("assembly.id"), index=True)
    giver_id: Mapped[int] = mapped_column(ForeignKey("assembly_seat.id"), index=True)
    holder_id: Mapped[int] = mapped_column(ForeignKey("assembly_seat.id"), index=True)
    from_item_id: Mapped[int | None] = mapped_column(ForeignKey("assembly_item.id"), index=True)
    until_item_id: Mapped[int | None] = mapped_column(ForeignKey("assembly_item.id"), index=True)
    channel: Mapped[str] = mapped_column(String(12), default=Channel.PAPER)
    noted_at: Mapped[datetime]
    served: Mapped[bool] = mapped_column(default=False)

    assembly: Mapped[Assembly] = relationship(back_populates="proxies")
    giver: Mapped[AssemblySeat] = relationship(foreign_keys=[giver_id])
    holder: Mapped[AssemblySeat] = relationship(foreign_keys=[holder_id])


class AssemblyCandidate(Base):
    """Somebody who stands in an election; ``elected_round``: 0 as long as they are not elected."""

    __tablename__ = "assembly_candidate"

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("assembly_item.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    name: Mapped[str] = mapped_column(String(240))
    elected_round: Mapped[int] = mapped_column(default=0)
    withdrew_round: Mapped[int] = mapped_column(default=0)

    item: Mapped[AssemblyItem] = relationship(back_populates="candidates")
    person: Mapped[Person | None] = relationship()


class AssemblyCount(Base):
    """What one channel gave in one round: votes by choice (``for``, ``against``, or a candidate's identifier)."""

    __tablename__ = "assembly_count"
    __table_args__ = (UniqueConstraint("item_id", "round", "channel"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("assembly_item.id"))
    round: Mapped[int] = mapped_column(default=1)
    channel: Mapped[str] = mapped_column(String(12), default=Channel.ROOM)
    papers: Mapped[int] = mapped_column(default=0)
    blank: Mapped[int] = mapped_column(default=0)
    void: Mapped[int] = mapped_column(default=0)
    choices: Mapped[dict[str, Any]] = mapped_column(default=dict)
    revision: Mapped[int] = mapped_column(default=1)

    item: Mapped[AssemblyItem] = relationship(back_populates="counts")


class AssemblyVoice(Base):
    """That somebody has voted in a round, once, whatever the channel; a secret ballot forgets their ``choice``.

    ``through``: who gave it, with that person's proxy.
    """

    __tablename__ = "assembly_voice"
    __table_args__ = (UniqueConstraint("item_id", "round", "seat_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("assembly_item.id"))
    round: Mapped[int] = mapped_column(default=1)
    seat_id: Mapped[int] = mapped_column(ForeignKey("assembly_seat.id"), index=True)
    channel: Mapped[str] = mapped_column(String(12))
    choice: Mapped[str] = mapped_column(String(20), default="")
    through_id: Mapped[int | None] = mapped_column(ForeignKey("assembly_seat.id"), index=True)

    item: Mapped[AssemblyItem] = relationship(back_populates="voices")
    seat: Mapped[AssemblySeat] = relationship(foreign_keys=[seat_id])
    through: Mapped[AssemblySeat | None] = relationship(foreign_keys=[through_id])


follow_departures(AssemblySeat, Assembly, AssemblyVoice)
