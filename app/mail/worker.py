"""Empties the outbox: takes a message under a lease, sends it with no lock held, writes down what became of it.

A worker that dies leaves its lease, after which another one sends the message again under the same
``Message-ID``. A server that is down costs nothing but time: the message waits, longer after each failure.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import update

from app.database.unit import writing
from app.extensions import db
from app.mail import queries
from app.mail.models import MessageState, OutboxMessage
from app.mail.smtp import NotSentError

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from app.mail.smtp import Postman

LEASE = timedelta(minutes=15)  # above what a slow server is given for its answer
FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=4)
MOST_ATTEMPTS = 40  # about six days: a server that was down over a long week-end loses nothing


@dataclass(frozen=True)
class Taken:
    """A message that this worker holds until the lease is over."""

    message: OutboxMessage
    lease: datetime


def send_one(
    postman: Postman | None, *, now: Callable[[], datetime], tell: Callable[[str], None] | None = None
) -> bool:
    """Send the next message, if one is due; whether there was one. Without a postman it is only shown.

    ``tell`` is told in a sentence of each one that did not leave.
    """
    taken = _take(now())
    if taken is None:
        return False
    if postman is None:
        _settle(taken, state=MessageState.SHOWN, sent_at=now())
        return True
    try:
        postman.send(taken.message)
    except NotSentError as error:
        said = _wait(taken, error, at=now())
        if tell is not None:
            tell(said)
    else:
        _settle(taken, state=MessageState.SENT, sent_at=now(), last_error="", **_forgotten(taken.message))
    return True


def _take(at: datetime) -> Taken | None:
    """Take the next due message; the look before is read-only, so that an idle worker never asks for the lock."""
    session = db.session()
    session.rollback()
    waiting = queries.is_anything_due(session, at=at)
    session.rollback()
    if not waiting:
        return None
    with writing() as unit:
        message = queries.next_due(unit, at=at)
        if message is None:
            return None
        message.state = MessageState.SENDING
        message.lease_until = at + LEASE
        message.attempts += 1
        unit.flush()
        unit.refresh(message)
        unit.expunge(message)
    return Taken(message, at + LEASE)


def _settle(taken: Taken, **values: object) -> None:
    """Write down what became of it, unless the lease went to another worker meanwhile."""
    with writing() as unit:
        unit.execute(
            update(OutboxMessage)
            .where(OutboxMessage.id == taken.message.id, OutboxMessage.lease_until == taken.lease)
            .values(lease_until=None, **values)
        )


def _wait(taken: Taken, error: NotSentError, *, at: datetime) -> str:
    """Keep the message for later, or give it up; the sentence that says so."""
    attempts = taken.message.attempts
    given_up = error.for_good or attempts >= MOST_ATTEMPTS
    _settle(
        taken,
        state=MessageState.FAILED if given_up else MessageState.WAITING,
        next_try_at=at + pause_after(attempts),
        last_error=str(error)[:400],
    )
    number = taken.message.id
    if given_up:
        return f"Le courrier {number} n’est pas parti et ne repartira pas de lui-même (voir /courriers). {error}"
    return f"Le courrier {number} n’est pas parti ; nouvel essai plus tard. {error}"


def pause_after(attempts: int) -> timedelta:
    """How long to wait after so many failures: one minute, two, four … four hours."""
    doubled: int = 2 ** min(attempts - 1, 20)
    return min(FIRST_PAUSE * doubled, LONGEST_PAUSE)


def _forgotten(message: OutboxMessage) -> dict[str, object]:
    """A letter that opens something is not kept once it has left."""
    return {"text": ""} if message.is_secret else {}
