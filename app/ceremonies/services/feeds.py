"""Opening and revoking the calendars people subscribe to."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from app.audit.services import record
from app.ceremonies import agenda
from app.ceremonies.models import CalendarFeed, Ceremony

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from app.shared.actor import Actor


@dataclass(frozen=True, kw_only=True)
class MakeFeed:
    """What the calendar shows: one ceremony, one twinning, or all that one account's bodies share.

    One of a ceremony or a twinning belongs to the body: it stays when the person leaves.
    """

    label: str
    language: str = "fr"
    ceremony_id: int | None = None
    twinning_id: int | None = None
    account_id: int | None = None
    body_id: int | None = None


_AT_ONCE = 50


def rewrite_agendas(session: Session, *, at: datetime) -> int:
    """Write anew some of the entries that an older version of the software wrote; call it until it has done none.

    Agendas are told of what changed: an entry that stays the same keeps its sequence and its date.
    """
    older = (
        select(Ceremony)
        .where(Ceremony.calendar_shape != agenda.SHAPE)
        .options(selectinload(Ceremony.items), selectinload(Ceremony.twinnings))
        .order_by(Ceremony.id)
        .limit(_AT_ONCE)
    )
    found = session.scalars(older).all()
    for ceremony in found:
        agenda.refresh(ceremony, at=at)
    return len(found)


def make_feed(session: Session, command: MakeFeed, *, by: Actor, at: datetime) -> CalendarFeed:
    """Open a calendar at an address that nobody can guess."""
    feed = CalendarFeed(
        token=secrets.token_urlsafe(24),
        label=command.label,
        language=command.language,
        ceremony_id=command.ceremony_id,
        twinning_id=command.twinning_id,
        account_id=command.account_id,
        body_id=None if command.account_id is not None else command.body_id,
        created_by_id=by.id,
        created_by_name=by.name,
        created_at=at,
    )
    session.add(feed)
    session.flush()
    _record(session, "ceremonies.feed_made", feed, by=by, at=at, body_id=command.body_id)
    return feed


def revoke_feed(session: Session, feed: CalendarFeed, *, by: Actor, at: datetime, body_id: int | None = None) -> None:
    """Close a calendar: its address answers no more, those who subscribed are asked to remove it."""
    feed.revoked_at, feed.revoked_by_name = at, by.name
    _record(session, "ceremonies.feed_revoked", feed, by=by, at=at, body_id=body_id)


def _record(  # a journal entry has many sides
    session: Session, action: str, feed: CalendarFeed, *, by: Actor, at: datetime, body_id: int | None
) -> None:
    record(
        session,
        action,
        by=by,
        at=at,
        body_id=body_id,
        twinning_id=feed.twinning_id,
        subject=("calendar_feed", feed.id),
        label=feed.label,
    )
