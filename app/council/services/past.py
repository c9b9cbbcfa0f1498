"""Bringing in a list of former deliberations: what it would do is told first; twice the same adds nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l
from sqlalchemy import insert, select, update

from app.audit.services import record
from app.bodies.models import Body
from app.council.models import PastDeliberation
from app.shared.errors import DomainError
from app.shared.folding import fold
from app.twinnings.models import TwinningParty

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from app.council.pastlists import PastRecord, ReadList
    from app.shared.actor import Actor

_CHUNK = 500
_FILE = 160


class BadPast(DomainError):
    """The list, or what a person chose for it, cannot be kept."""


@dataclass(frozen=True)
class Namesake:
    """A deliberation of the list whose day and number another one already bears, under another title."""

    line: int
    number: str
    title: str


@dataclass(frozen=True)
class Plan:
    """What bringing a list in would do."""

    fresh: tuple[PastRecord, ...]
    known: int
    namesakes: tuple[Namesake, ...]

    @property
    def on_twinnings(self) -> list[PastRecord]:
        """The new ones whose title tells of a twinning."""
        return [one for one in self.fresh if one.tells_twinning]


def plan_import(session: Session, body_id: int, read: ReadList) -> Plan:
    """Compare a list with what the commune already holds; two queries at most."""
    held = session.execute(
        select(PastDeliberation.fingerprint, PastDeliberation.voted_sort, PastDeliberation.number).where(
            PastDeliberation.body_id == body_id
        )
    ).all()
    marks = {row.fingerprint for row in held}
    fresh = tuple(one for one in read.records if one.fingerprint not in marks)
    taken = {(row.voted_sort, row.number) for row in held if row.number}
    namesakes = []
    for one in fresh:
        key = (one.when.earliest, one.number)
        if one.number and key in taken:
            namesakes.append(Namesake(one.line, one.number, one.title))
        taken.add(key)
    return Plan(fresh, len(read.records) - len(fresh), tuple(namesakes))


def write_import(  # what an import is
    session: Session, body_id: int, records: Sequence[PastRecord], *, file: str, by: Actor, at: datetime
) -> int:
    """Keep the records that the commune does not hold yet; return how many. Two who import at once do it in turn."""
    session.execute(select(Body.id).where(Body.id == body_id).with_for_update())
    marks = set(session.scalars(select(PastDeliberation.fingerprint).where(PastDeliberation.body_id == body_id)))
    rows = [
        {
            "body_id": body_id,
            "number": one.number,
            "voted": one.when,
            "voted_sort": one.when.earliest,
            "title": one.title,
            "folded": fold(f"{one.number} {one.title}"),
            "tells_twinning": one.tells_twinning,
            "cells": [{"head": head, "text": text} for head, text in one.cells],
            "fingerprint": one.fingerprint,
            "source_file": file[:_FILE],
            "source_line": one.line,
            "imported_by": by.name,
            "imported_at": at,
        }
        for one in records
        if one.fingerprint not in marks
    ]
    for start in range(0, len(rows), _CHUNK):
        session.execute(insert(PastDeliberation), rows[start : start + _CHUNK])
    if rows:
        record(
            session, "council.past_imported", by=by, at=at, body_id=body_id,
            subject=("body", body_id), number=len(rows), file=file[:_FILE],
        )  # fmt: skip
    return len(rows)


def attach(session: Session, past: PastDeliberation, twinning_id: int | None, *, by: Actor, at: datetime) -> None:
    """Say which twinning a former deliberation concerns; None takes it back."""
    if twinning_id is not None:
        shared = select(TwinningParty.id).where(
            TwinningParty.twinning_id == twinning_id, TwinningParty.body_id == past.body_id
        )
        if session.scalar(shared.limit(1)) is None:
            raise BadPast(_l("Ce jumelage n’est pas de cette commune\N{NO-BREAK SPACE}: choisissez dans la liste."))
    if past.twinning_id != twinning_id:
        past.twinning_id = twinning_id
        _tell(session, "council.past_attached" if twinning_id else "council.past_detached", past, by, at)


def trash(session: Session, past: PastDeliberation, *, by: Actor, at: datetime) -> None:
    """Put one that does not belong here in the trash."""
    if past.trashed_at is None:
        past.trashed_at = at
        _tell(session, "council.past_trashed", past, by, at)


def restore(session: Session, past: PastDeliberation, *, by: Actor, at: datetime) -> None:
    """Take one out of the trash."""
    if past.trashed_at is not None:
        past.trashed_at = None
        _tell(session, "council.past_restored", past, by, at)


def trash_import(session: Session, past: PastDeliberation, *, by: Actor, at: datetime) -> int:
    """Undo a whole import: all that came with this one goes to the trash; return how many."""
    return _whole_import(session, past, "council.past_import_trashed", at, by=by, at=at)


def restore_import(session: Session, past: PastDeliberation, *, by: Actor, at: datetime) -> int:
    """Take all that came with this one out of the trash; return how many."""
    return _whole_import(session, past, "council.past_import_restored", None, by=by, at=at)


def _whole_import(
    session: Session, past: PastDeliberation, action: str, trashed_at: datetime | None, *, by: Actor, at: datetime
) -> int:
    held = PastDeliberation.trashed_at.is_(None) if trashed_at else PastDeliberation.trashed_at.is_not(None)
    of_import = select(PastDeliberation.id).where(*import_of(past), held)
    number = len(session.scalars(of_import).all())
    if number:
        session.execute(update(PastDeliberation).where(*import_of(past), held).values(trashed_at=trashed_at))
        record(
            session, action, by=by, at=at, body_id=past.body_id,
            subject=("body", past.body_id), number=number, file=past.source_file,
        )  # fmt: skip
    return number


def import_of(past: PastDeliberation) -> tuple[ColumnElement[bool], ...]:
    """What came with one deliberation: the same commune, file and moment."""
    return (
        PastDeliberation.body_id == past.body_id,
        PastDeliberation.source_file == past.source_file,
        PastDeliberation.imported_at == past.imported_at,
    )


def _tell(session: Session, action: str, past: PastDeliberation, by: Actor, at: datetime) -> None:
    record(
        session, action, by=by, at=at, body_id=past.body_id, twinning_id=past.twinning_id,
        subject=("past_deliberation", past.id), title=past.title.replace("\n", " ")[:200],
    )  # fmt: skip
