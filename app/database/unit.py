"""The unit of work of a view: read freely, then write in one short transaction."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from sqlalchemy import inspect

from app.database.connection import WRITES
from app.extensions import db

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import Session

    from app.database.base import Base


@contextmanager
def writing() -> Iterator[Session]:
    """End what was read, start a writing transaction, commit it at the end of the block.

    Objects loaded before are read afresh inside, so that a decision is taken on what is true now.
    Keep parsing, hashing, rendering and mailing outside: other writers wait meanwhile.
    """
    session = db.session()
    session.rollback()
    session.connection(execution_options={WRITES: True})
    try:
        yield session
        session.commit()
    except BaseException:
        session.rollback()
        raise


def alone_on(session: Session, *things: Base) -> None:
    """Wait until nobody else writes on them, then read everything afresh: what was done meanwhile is not done again.

    On SQLite a unit of work that writes is alone from its beginning; on PostgreSQL two of them run at once. Several
    things are taken in the order of their numbers, so that nobody waits for somebody who waits for them; who only
    writes something that names one of them need not wait.
    """
    session.flush()
    for thing in sorted(things, key=lambda one: inspect(one).identity or ()):
        session.refresh(thing, ["id"], with_for_update={"key_share": True})
    session.expire_all()
