"""Bodies (organismes) and mandates."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, event
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.database.base import Base, FuzzyText
from app.people.models import Person
from app.places.models import Place
from app.shared import clock
from app.shared.folding import fold
from app.shared.fuzzydate import FuzzyDate


class BodyKind(StrEnum):
    """What a body is in law."""

    COMMUNE = "commune"
    EPCI = "epci"
    COMMITTEE = "committee"
    COMMITTEE_SERVICE = "committee_service"
    FOREIGN_AUTHORITY = "foreign_authority"
    PARTNER_COMMITTEE = "partner_committee"
    FEDERATION = "federation"


class Body(Base):
    """A body owns its data; another body sees only what a shared twinning shares.

    ``parent_id``: the commune that a committee works for or a régie service belongs to.
    ``kept_by_id``: the body that fills this record in as long as nobody of its own does (a partner
    town without an account); None once it keeps itself. ``place_id`` is set by a human only.
    ``names`` holds the name in other languages, by language code; ``name`` is as the body writes it;
    ``folded`` keeps itself true to both.
    """

    __tablename__ = "body"
    __table_args__ = (Index("ix_body_folded_id", "folded", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(String(36), unique=True)
    kind: Mapped[str] = mapped_column(String(24), index=True)
    name: Mapped[str] = mapped_column(String(200))
    folded: Mapped[str] = mapped_column(String(200), default="")
    names: Mapped[dict[str, str]] = mapped_column(default=dict)
    country: Mapped[str] = mapped_column(String(2), default="FR")
    division: Mapped[str] = mapped_column(String(200), default="")
    place_id: Mapped[int | None] = mapped_column(ForeignKey("place.id"), index=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("body.id"), index=True)
    kept_by_id: Mapped[int | None] = mapped_column(ForeignKey("body.id"), index=True)
    code: Mapped[str] = mapped_column(String(12), default="")
    siret: Mapped[str] = mapped_column(String(14), default="")
    rna: Mapped[str] = mapped_column(String(10), default="")
    address: Mapped[str] = mapped_column(Text, default="")
    email: Mapped[str] = mapped_column(String(254), default="")
    phone: Mapped[str] = mapped_column(String(40), default="")
    website: Mapped[str] = mapped_column(String(300), default="")
    languages: Mapped[list[str]] = mapped_column(default=list)
    timezone: Mapped[str] = mapped_column(String(40), default="Europe/Paris")
    population: Mapped[int | None]
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    arms_file: Mapped[str] = mapped_column(String(80), default="")
    note: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime]
    revision: Mapped[int] = mapped_column(default=1)
    trashed_at: Mapped[datetime | None]

    place: Mapped[Place | None] = relationship()
    parent: Mapped[Body | None] = relationship(foreign_keys=[parent_id], remote_side=[id])
    kept_by: Mapped[Body | None] = relationship(foreign_keys=[kept_by_id], remote_side=[id])


@event.listens_for(Body, "before_insert")
@event.listens_for(Body, "before_update")
def _fold_name(_mapper: object, _connection: object, body: Body) -> None:
    """Keep the folded name true to the name and its forms in other languages."""
    body.folded = fold(" ".join([body.name or "", *(body.names or {}).values()]))[:200]


class FederationMember(Base):
    """A body that a federation advises; its adviser may read what the body's twinnings share."""

    __tablename__ = "federation_member"
    __table_args__ = (UniqueConstraint("federation_id", "body_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    federation_id: Mapped[int] = mapped_column(ForeignKey("body.id"))
    body_id: Mapped[int] = mapped_column(ForeignKey("body.id"), index=True)


class Function(StrEnum):
    """Functions held under a mandate; ``OTHER`` is told by its wording alone."""

    MAYOR = "mayor"
    DEPUTY_MAYOR = "deputy_mayor"
    COUNCILLOR = "councillor"
    EPCI_PRESIDENT = "epci_president"
    PRESIDENT = "president"
    VICE_PRESIDENT = "vice_president"
    SECRETARY = "secretary"
    TREASURER = "treasurer"
    BOARD_MEMBER = "board_member"
    COUNCIL_DELEGATE = "council_delegate"
    TOWN_CLERK = "town_clerk"
    COORDINATOR = "coordinator"
    OTHER = "other"


class Mandate(Base):
    """One person, one body, one function, from a date to a date: council, committee and signatures.

    ``wording`` is the function as it is written there (« Bürgermeisterin », « maire déléguée »);
    ``closed_by`` says why it ended (election of …, resignation). Dates may be known to the month only.
    ``due_on``: until when it is meant to last by the statutes; it goes on after that day until somebody ends it.
    ``recast_at``: since when it is another office, or holds again after it had ended; nothing there: as it was noted.
    """

    __tablename__ = "mandate"
    __table_args__ = (Index("ix_mandate_body_id_until_sort", "body_id", "until_sort"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("body.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    function: Mapped[str] = mapped_column(String(24))
    wording: Mapped[str] = mapped_column(String(160), default="")
    rank: Mapped[int | None]
    since: Mapped[FuzzyDate | None] = mapped_column("since_text", FuzzyText())
    until: Mapped[FuzzyDate | None] = mapped_column("until_text", FuzzyText())
    since_sort: Mapped[date | None]
    until_sort: Mapped[date | None]
    closed_by: Mapped[str] = mapped_column(String(200), default="")
    due_on: Mapped[date | None]
    created_at: Mapped[datetime]
    recast_at: Mapped[datetime | None]
    revision: Mapped[int] = mapped_column(default=1)
    trashed_at: Mapped[datetime | None]

    body: Mapped[Body] = relationship()
    person: Mapped[Person] = relationship()


_PUT_RIGHT = timedelta(days=62)
"""For how long an end, or a mandate in the trash, is a slip that somebody puts right."""


@event.listens_for(Mandate.until, "set", active_history=True)
def _note_revived(mandate: Mandate, until: FuzzyDate | None, before: object, _initiator: object) -> None:
    """A mandate that had ended long ago and holds again is as new as that; an end put right by some weeks is none."""
    ended = before.latest if isinstance(before, FuzzyDate) else None
    if ended is not None and ended < clock.today() - _PUT_RIGHT and (until is None or until.latest > ended):
        mandate.recast_at = clock.now()


@event.listens_for(Mandate.trashed_at, "set", active_history=True)
def _note_restored(mandate: Mandate, trashed_at: datetime | None, before: object, _initiator: object) -> None:
    """So is one that lay in the trash for long."""
    if trashed_at is None and isinstance(before, datetime) and before < clock.now() - _PUT_RIGHT:
        mandate.recast_at = clock.now()


@event.listens_for(Mandate.function, "set", active_history=True)
def _note_recast(mandate: Mandate, function: str, before: object, _initiator: object) -> None:
    if isinstance(before, str) and before != str(function):
        mandate.recast_at = clock.now()
