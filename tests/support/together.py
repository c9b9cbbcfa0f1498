"""Two people who press at the same moment: the second begins when the first has written and not yet committed."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, TypeVar

from sqlalchemy import event
from sqlalchemy.orm import Session

from app.extensions import db

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask
    from flask.testing import FlaskClient

    from app.accounts.models import Account

T = TypeVar("T")
HEAD_START = 1
"""Seconds for the second to finish before the first commits, which nobody should who must wait for the first."""


def at_the_same_moment(app: Flask, wrote: type, first: Callable[[], T], second: Callable[[], T]) -> tuple[T, T]:
    """What each gives when the second begins as soon as the first wrote a ``wrote``, before it is committed.

    Each has a connection of its own. On PostgreSQL both are at work; SQLite lets the second wait by itself.
    """
    given: list[T] = []

    def run() -> None:
        with app.app_context():
            try:
                given.append(second())
            finally:
                db.session.remove()

    other = threading.Thread(target=run)

    def begin(session: Session, _context: object) -> None:
        if other.ident is None and any(isinstance(one, wrote) for one in session.new):
            other.start()
            other.join(HEAD_START)

    event.listen(Session, "after_flush", begin)
    try:
        mine = first()
    finally:
        event.remove(Session, "after_flush", begin)
    assert other.ident is not None, f"the first wrote no {wrote.__name__}"
    other.join(60)
    (theirs,) = given
    return mine, theirs


def another_browser(app: Flask, account: Account) -> FlaskClient:
    """A second screen with its own person at it."""
    browser = app.test_client()
    with browser.session_transaction() as cookie:
        cookie["_user_id"] = f"{account.id}:{account.session_epoch}"
        cookie["_fresh"] = True
    return browser
