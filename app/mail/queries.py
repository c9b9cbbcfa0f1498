"""Reads of the outbox."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import and_, func, or_, select

from app.mail.models import MessageState, OutboxMessage

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

PAGE = 25


def due(at: datetime) -> ColumnElement[bool]:
    """The condition that a message may be taken: it waits, or the worker that took it has died."""
    return or_(
        and_(OutboxMessage.state == MessageState.WAITING, OutboxMessage.next_try_at <= at),
        and_(OutboxMessage.state == MessageState.SENDING, OutboxMessage.lease_until <= at),
    )


def next_due(session: Session, *, at: datetime) -> OutboxMessage | None:
    """The message to send now; on PostgreSQL, one that no other worker is taking."""
    return session.scalar(
        select(OutboxMessage)
        .where(due(at))
        .order_by(OutboxMessage.next_try_at, OutboxMessage.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )


def outbox_page(
    session: Session, *, body_ids: frozenset[int] | None, before: int | None = None
) -> tuple[Sequence[OutboxMessage], int | None]:
    """The letters sent in the name of these bodies (None: of all), newest first, and where the next page begins."""
    query = select(OutboxMessage).order_by(OutboxMessage.id.desc()).limit(PAGE + 1)
    if body_ids is not None:
        query = query.where(OutboxMessage.body_id.in_(body_ids))
    if before is not None:
        query = query.where(OutboxMessage.id < before)
    found = session.scalars(query).all()
    return found[:PAGE], (found[PAGE - 1].id if len(found) > PAGE else None)


def waiting_letters(session: Session, body_id: int) -> int:
    """How many letters in the name of a body have not left yet, or were refused."""
    states = (MessageState.WAITING, MessageState.SENDING, MessageState.FAILED)
    count = select(func.count(OutboxMessage.id)).where(
        OutboxMessage.body_id == body_id, OutboxMessage.state.in_(states)
    )
    return session.scalar(count) or 0


def message(session: Session, message_id: int) -> OutboxMessage | None:
    """One letter."""
    return session.get(OutboxMessage, message_id)


def is_anything_due(session: Session, *, at: datetime) -> bool:
    """Whether the worker has something to do."""
    return session.scalar(select(OutboxMessage.id).where(due(at)).limit(1)) is not None


def states_of(session: Session, message_ids: Collection[str]) -> dict[str, str]:
    """What became of some letters, by the identifier that each keeps."""
    statement = select(OutboxMessage.message_id, OutboxMessage.state).where(OutboxMessage.message_id.in_(message_ids))
    return {row.message_id: row.state for row in session.execute(statement)}


def refused_last(session: Session, body_id: int, addresses: Collection[str]) -> frozenset[str]:
    """Those of these addresses, in small letters, whose last letter in the name of a body was refused or given up."""
    newest = (
        select(func.max(OutboxMessage.id))
        .where(
            OutboxMessage.body_id == body_id,
            OutboxMessage.state.in_((MessageState.SENT, MessageState.FAILED)),
            func.lower(OutboxMessage.to_address).in_({one.lower() for one in addresses}),
        )
        .group_by(func.lower(OutboxMessage.to_address))
    )
    found = select(func.lower(OutboxMessage.to_address)).where(
        OutboxMessage.id.in_(newest), OutboxMessage.state == MessageState.FAILED
    )
    return frozenset(session.scalars(found))
