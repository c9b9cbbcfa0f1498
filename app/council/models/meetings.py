"""The council, its meetings, and what happened on the evening."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.bodies.models import Body
from app.database.base import Base
from app.people.models import Person

if TYPE_CHECKING:
    from app.council.models.acts import Act  # noqa: TC004  # the mapper finds it by its name


class PublicationMode(StrEnum):
    """How the acts of a commune are brought to the public's knowledge; empty when the council chose none."""

    UNCHOSEN = ""
    ELECTRONIC = "electronic"
    POSTING = "posting"
    PAPER = "paper"


class Council(Base):
    """What the council of a commune is; who sits in it are the mandates of the body.

    ``reference_population`` is that of the last general renewal, which fixes the strength for the whole term; it and
    ``current_population`` hold since ``population_since``, ``former_populations`` are those before (``populations``);
    ``seats`` is set only where the council counts otherwise (deemed complete, commune nouvelle, Paris, overseas).
    ``publication_mode`` holds since ``mode_since``, ``former_modes`` are the choices before it (see ``modes``).
    """

    __tablename__ = "council"

    id: Mapped[int] = mapped_column(primary_key=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("body.id"), unique=True)
    reference_population: Mapped[int | None]
    current_population: Mapped[int | None]
    population_since: Mapped[date | None]
    former_populations: Mapped[list[dict[str, Any]] | None] = mapped_column(JSON(none_as_null=True))
    seats: Mapped[int | None]
    in_office: Mapped[int | None]
    publication_mode: Mapped[str] = mapped_column(String(12), default=PublicationMode.UNCHOSEN)
    mode_decided_by: Mapped[str] = mapped_column(String(200), default="")
    mode_since: Mapped[date | None]
    former_modes: Mapped[list[dict[str, Any]] | None] = mapped_column(JSON(none_as_null=True))
    has_website: Mapped[bool] = mapped_column(default=False)
    court: Mapped[str] = mapped_column(String(160), default="")
    prefecture: Mapped[str] = mapped_column(String(160), default="")
    created_at: Mapped[datetime]
    revision: Mapped[int] = mapped_column(default=1)

    body: Mapped[Body] = relationship()


class SamePerson(Base):
    """What a human decided: a councillor and somebody on a committee's board are, or are not, one person."""

    __tablename__ = "same_person"
    __table_args__ = (UniqueConstraint("body_id", "councillor_id", "other_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("body.id"))
    councillor_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    other_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    is_same: Mapped[bool]
    decided_by: Mapped[str] = mapped_column(String(200))
    decided_at: Mapped[datetime]


class MeetingStatus(StrEnum):
    """How far a meeting has come; ``NO_QUORUM`` is one that could not begin."""

    DRAFT = "draft"
    CONVENED = "convened"
    OPEN = "open"
    CLOSED = "closed"
    NO_QUORUM = "no_quorum"
    CANCELLED = "cancelled"


class Meeting(Base):
    """A meeting of the council (séance).

    ``convened_agenda`` is the agenda as it was sent, frozen: position, title, point, articles proposed; the points of
    the meeting are the final one. ``town_name`` is the commune's name as it was convened under, which its papers keep.
    ``seats`` are those of the council as it is at the opening; ``former_seats`` were convened and left office before.
    ``urgency_accepted`` is what the council ruled at the opening; None as long as it did not.
    """

    __tablename__ = "council_meeting"
    __table_args__ = (Index("ix_council_meeting_body_id_starts_at_id", "body_id", "starts_at", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(String(36), unique=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("body.id"))
    town_name: Mapped[str] = mapped_column(String(200), default="")
    status: Mapped[str] = mapped_column(String(12), default=MeetingStatus.DRAFT)
    starts_at: Mapped[datetime]
    place: Mapped[str] = mapped_column(String(200), default="")
    second_of_id: Mapped[int | None] = mapped_column(ForeignKey("council_meeting.id"), index=True)
    is_first: Mapped[bool] = mapped_column(default=False)
    is_urgent: Mapped[bool] = mapped_column(default=False)
    urgency_reason: Mapped[str] = mapped_column(Text, default="")
    urgency_accepted: Mapped[bool | None]
    note: Mapped[str] = mapped_column(Text, default="")
    convened_at: Mapped[datetime | None]
    convened_by: Mapped[str] = mapped_column(String(200), default="")
    convened_agenda: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    posted_on: Mapped[date | None]
    members_in_office: Mapped[int | None]
    opened_at: Mapped[str] = mapped_column(String(5), default="")
    closed_at: Mapped[str] = mapped_column(String(5), default="")
    list_posted_on: Mapped[date | None]
    list_online_on: Mapped[date | None]
    minutes_text: Mapped[str] = mapped_column(Text, default="")
    minutes_adopted_on: Mapped[date | None]
    minutes_published_on: Mapped[date | None]
    created_at: Mapped[datetime]
    revision: Mapped[int] = mapped_column(default=1)
    trashed_at: Mapped[datetime | None]

    body: Mapped[Body] = relationship()
    second_of: Mapped[Meeting | None] = relationship(remote_side="Meeting.id")
    points: Mapped[list[AgendaPoint]] = relationship(
        back_populates="meeting", order_by="AgendaPoint.position, AgendaPoint.id"
    )
    seats: Mapped[list[Seat]] = relationship(
        back_populates="meeting",
        order_by="Seat.rank, Seat.id",
        primaryjoin=lambda: (Meeting.id == Seat.meeting_id) & (Seat.attendance != Attendance.GONE),
    )
    former_seats: Mapped[list[Seat]] = relationship(
        order_by="Seat.rank, Seat.id",
        primaryjoin=lambda: (Meeting.id == Seat.meeting_id) & (Seat.attendance == Attendance.GONE),
        viewonly=True,
    )
    proxies: Mapped[list[Proxy]] = relationship(back_populates="meeting", order_by="Proxy.id")

    @property
    def agenda(self) -> list[AgendaPoint]:
        """The points that are on the agenda, in their order."""
        return [point for point in self.points if point.trashed_at is None]


class Attendance(StrEnum):
    """Whether somebody was there at the opening; empty as long as nobody said. ``GONE``: of the council no more."""

    UNSAID = ""
    PRESENT = "present"
    ABSENT = "absent"
    EXCUSED = "excused"
    GONE = "gone"


class Channel(StrEnum):
    """How a convocation went to one councillor."""

    ELECTRONIC = "electronic"
    POST = "post"
    HAND = "hand"
    PIGEON_HOLE = "pigeon_hole"


class Seat(Base):
    """A councillor at one meeting, as they were on that day: name, office, order of precedence, convocation, presence.

    ``wants_paper`` is the councillor's own wish, which alone allows another way than the electronic one.
    ``letter`` is the message of the outbox that carried the convocation; its state is the proof.
    """

    __tablename__ = "council_seat"
    __table_args__ = (UniqueConstraint("meeting_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("council_meeting.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    name: Mapped[str] = mapped_column(String(240))
    function: Mapped[str] = mapped_column(String(24))
    wording: Mapped[str] = mapped_column(String(160), default="")
    rank: Mapped[int] = mapped_column(default=0)
    channel: Mapped[str] = mapped_column(String(12), default=Channel.ELECTRONIC)
    address: Mapped[str] = mapped_column(String(300), default="")
    wants_paper: Mapped[bool] = mapped_column(default=False)
    sent_on: Mapped[date | None]
    proof: Mapped[str] = mapped_column(String(300), default="")
    letter: Mapped[str] = mapped_column(String(200), default="")
    attendance: Mapped[str] = mapped_column(String(8), default=Attendance.UNSAID)
    presides: Mapped[bool] = mapped_column(default=False)
    is_secretary: Mapped[bool] = mapped_column(default=False)

    meeting: Mapped[Meeting] = relationship(back_populates="seats")
    person: Mapped[Person] = relationship()
    movements: Mapped[list[Movement]] = relationship(back_populates="seat", order_by="Movement.id")


class MovementKind(StrEnum):
    """Somebody comes in or goes out before an item; with ``VACANCY``, leaves the council for good."""

    ARRIVAL = "arrival"
    DEPARTURE = "departure"
    VACANCY = "vacancy"


class Movement(Base):
    """An arrival or a departure in the course of the meeting, before the vote of the item it names.

    ``at`` is the hour, where it was noted. One person may come and go several times within one item.
    """

    __tablename__ = "council_movement"

    id: Mapped[int] = mapped_column(primary_key=True)
    seat_id: Mapped[int] = mapped_column(ForeignKey("council_seat.id"), index=True)
    point_id: Mapped[int] = mapped_column(ForeignKey("agenda_point.id"), index=True)
    kind: Mapped[str] = mapped_column(String(10))
    at: Mapped[str] = mapped_column(String(5), default="")

    seat: Mapped[Seat] = relationship(back_populates="movements")


class Proxy(Base):
    """A written power that a councillor who is prevented gave to another.

    ``is_admitted``: the law refuses it, and somebody went past that with a reason. ``since`` is the item from which it
    counts, when it came in the course of the meeting; None: from the opening. ``until`` is the item at which it ended
    and counts no more; None: it did not. One giver may give several, one after the other (see ``powers``).
    """

    __tablename__ = "council_proxy"

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("council_meeting.id"), index=True)
    giver_id: Mapped[int] = mapped_column(ForeignKey("council_seat.id"), index=True)
    holder_id: Mapped[int] = mapped_column(ForeignKey("council_seat.id"), index=True)
    is_written: Mapped[bool] = mapped_column(default=True)
    illness: Mapped[bool] = mapped_column(default=False)
    is_admitted: Mapped[bool] = mapped_column(default=False)
    since_id: Mapped[int | None] = mapped_column(ForeignKey("agenda_point.id"), index=True)
    until_id: Mapped[int | None] = mapped_column(ForeignKey("agenda_point.id"), index=True)
    created_at: Mapped[datetime]

    meeting: Mapped[Meeting] = relationship(back_populates="proxies")
    giver: Mapped[Seat] = relationship(foreign_keys=[giver_id])
    holder: Mapped[Seat] = relationship(foreign_keys=[holder_id])


class BallotKind(StrEnum):
    """How an item is voted."""

    SHOW_OF_HANDS = "show_of_hands"
    PUBLIC = "public"
    SECRET = "secret"  # noqa: S105  # a kind of ballot


class Outcome(StrEnum):
    """What became of an item; empty as long as nothing did."""

    UNSAID = ""
    ADOPTED = "adopted"
    REJECTED = "rejected"
    ADJOURNED = "adjourned"
    WITHDRAWN = "withdrawn"
    NOTED = "noted"


class AgendaPoint(Base):
    """An item of the agenda with its note, its debate, its ballot.

    ``added_reason`` says why it came after the convocation. ``votes`` holds, for a ballot with names, the sense of each
    seat by its identifier. A ballot's counts are None as long as it was not held. ``president_vote`` decides a tie.
    ``appointment`` holds the candidates and the rounds of a designation (see ``services.appointing``).
    ``voted_with_id`` names the item with which this one was voted at once, for a common object.
    ``draft`` is what was typed and is not recorded yet (see ``services.drafts``); ``taken_back`` holds the votes that
    were written down wrongly, as they stood. ``chair_id`` is the seat that the council elected to preside this item,
    ``secretary_id`` that of whoever keeps the minutes from it on.
    """

    __tablename__ = "agenda_point"
    __table_args__ = (Index("ix_agenda_point_meeting_id_position", "meeting_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("council_meeting.id"))
    position: Mapped[int] = mapped_column(default=0)
    title: Mapped[str] = mapped_column(String(300))
    rapporteur: Mapped[str] = mapped_column(String(200), default="")
    note: Mapped[str] = mapped_column(Text, default="")
    act_id: Mapped[int | None] = mapped_column(ForeignKey("council_act.id"), index=True)
    added_reason: Mapped[str] = mapped_column(Text, default="")
    debate: Mapped[str] = mapped_column(Text, default="")
    ballot: Mapped[str] = mapped_column(String(14), default=BallotKind.SHOW_OF_HANDS)
    asked_public: Mapped[int | None]
    asked_secret: Mapped[int | None]
    votes_for: Mapped[int | None]
    votes_against: Mapped[int | None]
    abstentions: Mapped[int | None]
    blank: Mapped[int | None]
    void: Mapped[int | None]
    not_voting: Mapped[int | None]
    votes: Mapped[dict[str, str]] = mapped_column(default=dict)
    president_vote: Mapped[str] = mapped_column(String(10), default="")
    appointment: Mapped[dict[str, Any]] = mapped_column(default=dict)
    voted_with_id: Mapped[int | None] = mapped_column(ForeignKey("agenda_point.id"), index=True)
    draft: Mapped[dict[str, Any]] = mapped_column(default=dict)
    taken_back: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    chair_id: Mapped[int | None] = mapped_column(ForeignKey("council_seat.id"), index=True)
    secretary_id: Mapped[int | None] = mapped_column(ForeignKey("council_seat.id"), index=True)
    outcome: Mapped[str] = mapped_column(String(10), default=Outcome.UNSAID)
    voted_at: Mapped[datetime | None]
    revision: Mapped[int] = mapped_column(default=1)
    trashed_at: Mapped[datetime | None]

    meeting: Mapped[Meeting] = relationship(back_populates="points")
    act: Mapped[Act | None] = relationship()
    recusals: Mapped[list[Recusal]] = relationship(back_populates="point", order_by="Recusal.id")


class Recusal(Base):
    """A councillor who withdraws from an item (déport).

    ``is_delegate`` when the commune designated the person (CGCT, L1111-6, II): not counted among those in office then.
    """

    __tablename__ = "council_recusal"
    __table_args__ = (UniqueConstraint("point_id", "seat_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    point_id: Mapped[int] = mapped_column(ForeignKey("agenda_point.id"))
    seat_id: Mapped[int] = mapped_column(ForeignKey("council_seat.id"), index=True)
    reason: Mapped[str] = mapped_column(String(300), default="")
    left_room: Mapped[bool] = mapped_column(default=True)
    is_delegate: Mapped[bool] = mapped_column(default=False)

    point: Mapped[AgendaPoint] = relationship(back_populates="recusals")
    seat: Mapped[Seat] = relationship()
