"""Writing to the outbox, in the same transaction as the fact that the letter tells."""

from __future__ import annotations

import unicodedata
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import delete, func, select

from app.database.unit import alone_on
from app.mail import addresses
from app.mail.models import MessageState, OutboxMessage

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import datetime

    from sqlalchemy.orm import Session


@dataclass(frozen=True, kw_only=True)
class Letter:
    """A message to one address.

    ``is_secret``: the text opens something (a link, a code); only its reader ever sees it.
    ``unsubscribe_url``: an address where one POST, without sign-in, ends such letters (RFC 8058).
    ``body_id``: the body in whose name it is sent and whose administrators see that it was.
    """

    to: str
    subject: str
    text: str
    name: str = ""
    language: str = "fr"
    reply_to: str = ""
    body_id: int | None = None
    is_secret: bool = False
    from_name: str = ""
    unsubscribe_url: str = ""


def enqueue(session: Session, letter: Letter, *, at: datetime) -> OutboxMessage:
    """Put a letter into the outbox; the worker sends it once the transaction is committed.

    :raises app.mail.addresses.BadAddress: when the address is none.
    """
    message = OutboxMessage(
        message_id=uuid.uuid4().hex,
        to_address=addresses.clean(letter.to),
        to_name=one_line(letter.name, 200),
        reply_to=addresses.clean(letter.reply_to) if letter.reply_to else "",
        subject=one_line(letter.subject, 300),
        text=_without_controls(letter.text),
        language=letter.language,
        body_id=letter.body_id,
        is_secret=letter.is_secret,
        from_name=one_line(letter.from_name, 200),
        unsubscribe_url=one_line(letter.unsubscribe_url, 500),
        state=MessageState.WAITING,
        next_try_at=at,
        created_at=at,
    )
    session.add(message)
    return message


def one_line(text: str, longest: int) -> str:
    """A text fit for a header: no line break or control character can start another header."""
    return " ".join(_without_controls(text).split())[:longest]


def _without_controls(text: str) -> str:
    return "".join(
        character if character == "\n" or unicodedata.category(character) not in {"Cc", "Cs", "Zl", "Zp"} else " "
        for character in text.replace("\r\n", "\n")
    )


def try_again(session: Session, message: OutboxMessage, *, at: datetime) -> None:
    """Give a message that was given up another round of attempts; one that leaves again already is left alone."""
    alone_on(session, message)
    if message.state != MessageState.FAILED:
        return
    message.state = MessageState.WAITING
    message.attempts = 0
    message.next_try_at = at
    message.last_error = ""


def call_off(session: Session, body_id: int, *, to: Collection[str], written_at: datetime, subject: str = "") -> bool:
    """Take back a letter that still waits, since what it asks is done meanwhile; whether there was one.

    Without a subject, whatever was written to them at that moment.
    """
    waiting = delete(OutboxMessage).where(
        OutboxMessage.body_id == body_id,
        OutboxMessage.state == MessageState.WAITING,
        OutboxMessage.created_at == written_at,
        OutboxMessage.to_address.in_(to),
    )
    if subject:
        waiting = waiting.where(OutboxMessage.subject == one_line(subject, 300))
    return session.scalar(waiting.returning(OutboxMessage.id).execution_options(synchronize_session=False)) is not None


def call_off_letters(session: Session, message_ids: Collection[str]) -> frozenset[str]:
    """Take back those of these letters that still wait, since others will say otherwise; which they were."""
    waiting = delete(OutboxMessage).where(
        OutboxMessage.state == MessageState.WAITING, OutboxMessage.message_id.in_(message_ids)
    )
    taken_back = waiting.returning(OutboxMessage.message_id).execution_options(synchronize_session=False)
    return frozenset(session.scalars(taken_back))


def call_off_news(session: Session, body_id: int, *, to: Collection[str]) -> None:
    """Take back the news of a body that still wait for these addresses (in small letters): nobody agrees there now."""
    waiting = delete(OutboxMessage).where(
        OutboxMessage.body_id == body_id,
        OutboxMessage.state == MessageState.WAITING,
        OutboxMessage.unsubscribe_url != "",
        func.lower(OutboxMessage.to_address).in_(to),
    )
    session.execute(waiting.execution_options(synchronize_session=False))


@dataclass(frozen=True, kw_only=True)
class Addressee:
    """Somebody who is erased. ``addresses`` (in small letters) are theirs alone; at the others somebody else reads.

    ``readers``: who still reads at each shared address, as a letter greets them.
    """

    name: str
    given_name: str
    addresses: Collection[str]
    readers: Mapping[str, str]


def forget_letters(session: Session, body_id: int, gone: Addressee) -> None:
    """Forget what was written in the name of a body to somebody who is erased, and what waited to be sent.

    At a shared address what is for them alone goes; a letter for the household that still waits is for the others.
    """
    at = func.lower(OutboxMessage.to_address)
    theirs = delete(OutboxMessage).where(OutboxMessage.body_id == body_id, OutboxMessage.state != MessageState.SENDING)
    session.execute(theirs.where(at.in_(gone.addresses)))
    if not (gone.given_name or gone.name):
        return
    shared = at.in_(list(gone.readers))
    named = shared & OutboxMessage.to_name.contains(gone.given_name or gone.name, autoescape=True)
    session.execute(theirs.where(named, OutboxMessage.state != MessageState.WAITING))
    session.execute(theirs.where(shared, OutboxMessage.to_name == gone.name))
    waiting = select(OutboxMessage).where(
        OutboxMessage.body_id == body_id, OutboxMessage.state == MessageState.WAITING, named
    )
    for message in session.scalars(waiting):
        others = gone.readers[message.to_address.lower()]
        message.text = message.text.replace(message.to_name, others)
        message.to_name = others
