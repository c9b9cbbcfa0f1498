"""Following a programme, and no more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from app.accounts.models import Account
from app.funding.models import Watch
from app.funding.queries import watch_of

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session


def follow(session: Session, account_id: int, programme: str, *, on: bool, body_id: int | None, at: datetime) -> None:
    """Tell a person of a programme from now on, or no more."""
    session.execute(select(Account.id).where(Account.id == account_id).with_for_update())  # a button pressed twice
    watch = watch_of(session, account_id, programme)
    if watch is None:
        if on:
            session.add(Watch(account_id=account_id, programme=programme, body_id=body_id, since=at))
        return
    if on and watch.ended_at is not None:
        watch.since, watch.body_id = at, body_id
    watch.ended_at = None if on else (watch.ended_at or at)
