"""Working on the moments of a programme."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from flask_babel import lazy_gettext as _l

from app.audit.services import record
from app.ceremonies import agenda, order, standing
from app.ceremonies.models import CeremonyStatus, ProgrammeItem
from app.ceremonies.wording import said
from app.database.unit import alone_on
from app.shared.errors import DomainError, EditConflict

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from app.ceremonies.models import Ceremony
    from app.shared.actor import Actor
    from app.shared.fuzzydate import FuzzyDate


class MomentInTheTrash(DomainError):
    """Somebody put the moment in the trash while another wrote."""

    status = 409

    def __init__(self) -> None:
        super().__init__(_l("Ce moment est à la corbeille : quelqu’un l’y a mis pendant que vous écriviez."))


@dataclass(frozen=True, kw_only=True)
class ItemFields:
    """What a moment's page asks; ``facts`` replaces the named details, empty ones fall away."""

    revision: int = 0
    title: dict[str, str] = field(default_factory=dict)
    kind: str = ""
    status: str | None = None
    own_date: FuzzyDate | None = None
    day: int | None = None
    start: str = ""
    end: str = ""
    public: bool | None = None
    facts: dict[str, Any] = field(default_factory=dict)


def add_item(session: Session, ceremony: Ceremony, command: ItemFields, *, by: Actor, at: datetime) -> ProgrammeItem:
    """Add a moment where its day and hour put it, else at the end."""
    item = ProgrammeItem(uid=str(uuid.uuid4()), details={}, modified=at, position=0)
    _fill(item, command)
    order.insert(ceremony, item)
    session.flush()
    agenda.refresh(ceremony, at=at)
    session.flush()
    _record(session, "ceremonies.item_added", item, by=by, at=at)
    return item


def edit_item(session: Session, item: ProgrammeItem, command: ItemFields, *, by: Actor, at: datetime) -> None:
    """Change a moment; one whose day or hour changes goes where they put it.

    :raises MomentInTheTrash: when somebody put it in the trash meanwhile.
    :raises EditConflict: when somebody else changed it meanwhile.
    """
    alone_on(session, item)
    if item.trashed_at is not None:
        raise MomentInTheTrash
    if command.revision != item.revision:
        raise EditConflict(theirs={}, yours={})  # the page compares every field of its form
    before = order.place_of(item, item.ceremony)
    _fill(item, command)
    if order.place_of(item, item.ceremony) != before:
        order.insert(item.ceremony, item)
    item.revision += 1
    agenda.refresh(item.ceremony, at=at)
    _record(session, "ceremonies.item_edited", item, by=by, at=at)


def move_item(session: Session, item: ProgrammeItem, step: int, *, by: Actor, at: datetime) -> None:
    """Move a moment one place up (-1) or down (1) in its day; at either end, or in the trash, nothing happens."""
    shown = order.by_day(item.ceremony)
    if item not in shown:
        return
    here = shown.index(item)
    there = here + step
    if not 0 <= there < len(shown) or order.day_of(shown[there], item.ceremony) != order.day_of(item, item.ceremony):
        return
    shown[here], shown[there] = shown[there], shown[here]
    order.number_anew(shown)
    agenda.refresh(item.ceremony, at=at)
    _record(session, "ceremonies.item_moved", item, by=by, at=at)


def cancel_item(session: Session, item: ProgrammeItem, reason: str, *, by: Actor, at: datetime) -> None:
    """Call a moment off: it stays in programme and calendars, marked as cancelled."""
    item.status = CeremonyStatus.CANCELLED
    item.details = {**item.details, "status_reason": reason} if reason else item.details
    item.revision += 1
    agenda.refresh(item.ceremony, at=at)
    _record(session, "ceremonies.item_cancelled", item, by=by, at=at)


def reinstate_item(session: Session, item: ProgrammeItem, *, by: Actor, at: datetime) -> None:
    """Take a cancellation back."""
    item.status = CeremonyStatus.UNSAID
    item.details = {name: value for name, value in item.details.items() if name not in standing.OF_A_STATE}
    item.revision += 1
    agenda.refresh(item.ceremony, at=at)
    _record(session, "ceremonies.item_reinstated", item, by=by, at=at)


def trash_item(session: Session, item: ProgrammeItem, *, by: Actor, at: datetime) -> None:
    """Put a moment in the trash: it leaves programme and calendars, and can be put back."""
    item.trashed_at = at
    agenda.refresh(item.ceremony, at=at)
    _record(session, "ceremonies.item_trashed", item, by=by, at=at)


def restore_item(session: Session, item: ProgrammeItem, *, by: Actor, at: datetime) -> None:
    """Take a moment out of the trash."""
    item.trashed_at = None
    agenda.refresh(item.ceremony, at=at)
    _record(session, "ceremonies.item_restored", item, by=by, at=at)


def _fill(item: ProgrammeItem, command: ItemFields) -> None:
    item.title, item.kind = command.title, command.kind
    item.own_date, item.day = command.own_date, command.day
    item.start, item.end, item.public = command.start, command.end, command.public
    facts = {**item.details, **command.facts}
    if command.status is not None:
        facts |= standing.told_of(item, command.status, facts.get("status_reason"))
        item.status = command.status
    item.details = {name: value for name, value in facts.items() if value not in (None, "", [], {}, ())}


def _record(session: Session, action: str, item: ProgrammeItem, *, by: Actor, at: datetime) -> None:
    ceremony = item.ceremony
    record(
        session,
        action,
        by=by,
        at=at,
        body_id=ceremony.owner_body_id,
        twinning_id=ceremony.twinnings[0].id if ceremony.twinnings else None,
        subject=("ceremony", ceremony.id),
        title=said(ceremony.title, ceremony.languages),
        item=said(item.title, ceremony.languages),
    )
