"""Opening and revoking calendars of deadlines."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.audit.services import record
from app.funding.models import DeadlineFeed

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from app.shared.actor import Actor


@dataclass(frozen=True, kw_only=True)
class MakeFeed:
    """What the calendar shows: these programmes, all of them, or the dates of one project."""

    label: str
    programmes: tuple[str, ...] = ()
    project_id: int | None = None
    twinning_id: int | None = None
    body_id: int | None = None


def make_feed(session: Session, command: MakeFeed, *, by: Actor, at: datetime) -> DeadlineFeed:
    """Open a calendar at an address that nobody can guess."""
    feed = DeadlineFeed(
        token=secrets.token_urlsafe(24),
        label=command.label,
        programmes=list(command.programmes),
        project_id=command.project_id,
        created_by_id=by.id,
        created_by_name=by.name,
        created_at=at,
    )
    session.add(feed)
    session.flush()
    record(
        session,
        "funding.feed_made",
        by=by,
        at=at,
        body_id=command.body_id,
        twinning_id=command.twinning_id,
        subject=("funding_feed", feed.id),
        label=feed.label,
    )
    return feed


def revoke_feed(session: Session, feed: DeadlineFeed, *, by: Actor, at: datetime, body_id: int | None = None) -> None:
    """Close a calendar: its address answers no more."""
    feed.revoked_at = at
    record(
        session,
        "funding.feed_revoked",
        by=by,
        at=at,
        body_id=body_id,
        twinning_id=feed.project.twinning_id if feed.project is not None else None,
        subject=("funding_feed", feed.id),
        label=feed.label,
    )
