"""Persons."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, String, event
from sqlalchemy.orm import Mapped, mapped_column

from app.database.base import Base
from app.shared import clock
from app.shared.folding import fold


class Person(Base):
    """A human being: an elected official, a coordinator, an interpreter, a guest.

    ``name_as_written`` is how the person writes it (« ORBÁN Sándor »); it wins wherever it is set.
    ``folded`` is kept up to date by itself; lists are ordered by it: family name first.
    ``email_since``: since when the record gives this address, or none; ``name_since``: since when it bears another name
    than at first. Nothing there: long ago.
    ``kept_by_body_id`` names the body that keeps this record (a value, bodies stand above); None: shared.
    """

    __tablename__ = "person"
    __table_args__ = (Index("ix_person_folded_id", "folded", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kept_by_body_id: Mapped[int | None] = mapped_column(index=True)
    title: Mapped[str] = mapped_column(String(40), default="")
    given_name: Mapped[str] = mapped_column(String(120), default="")
    family_name: Mapped[str] = mapped_column(String(120), default="")
    name_as_written: Mapped[str] = mapped_column(String(240), default="")
    folded: Mapped[str] = mapped_column(String(500), default="", server_default="")
    email: Mapped[str] = mapped_column(String(254), default="")
    email_since: Mapped[datetime | None]
    name_since: Mapped[datetime | None]
    phone: Mapped[str] = mapped_column(String(40), default="")
    languages: Mapped[list[str]] = mapped_column(default=list)
    created_at: Mapped[datetime]
    revision: Mapped[int] = mapped_column(default=1)
    trashed_at: Mapped[datetime | None]

    @property
    def name(self) -> str:
        """The name as the person writes it, else given name then family name."""
        return self.name_as_written or f"{self.given_name} {self.family_name}".strip()


@event.listens_for(Person.email, "set", active_history=True)
def _note_since(person: Person, email: str, before: object, _initiator: object) -> None:
    """Keep since when the address is as it is, whoever writes it."""
    known = before.strip().lower() if isinstance(before, str) else ""
    if known != (email or "").strip().lower():
        person.email_since = clock.now()


@event.listens_for(Person, "before_insert")
def _fold_name(_mapper: object, _connection: object, person: Person) -> None:
    """Keep the folded name true to the name."""
    parts = (person.family_name, person.given_name, person.name_as_written)
    person.folded = fold(" ".join(part for part in parts if part))[:500]


@event.listens_for(Person, "before_update")
def _note_renamed(mapper: object, connection: object, person: Person) -> None:
    """Keep since when it bears another name, accents and capitals apart."""
    before = person.folded
    _fold_name(mapper, connection, person)
    if person.folded != before:
        person.name_since = clock.now()
