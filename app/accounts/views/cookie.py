"""The signed cookie that says who somebody is: ``id:epoch``, worthless once the account's epoch has grown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import session

from app.access.table import NOBODY
from app.accounts import queries
from app.shared import clock

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from app.access.table import Identity
    from app.accounts.models import Account

KEY = "_user_id"


def enter(account: Account) -> None:
    """Begin a new session: nothing of the visit before it stays, not even its form token (fixation)."""
    kept = {name: session[name] for name in ("suite",) if name in session}
    session.clear()
    session.update(kept)
    session[KEY] = f"{account.id}:{account.session_epoch}"
    session.permanent = True


def renew(account: Account) -> None:
    """Stay in on this machine after every other session was ended."""
    session[KEY] = f"{account.id}:{account.session_epoch}"


def leave() -> None:
    """End the session on this machine."""
    language = session.get("language")
    session.clear()
    if language:
        session["language"] = language


def identify(database: Session) -> Identity:
    """Who asks, in one query; nobody when there is no cookie or it is not worth anything any more."""
    account, _, epoch = str(session.get(KEY, "")).partition(":")
    if not account.isdecimal() or not epoch.isdecimal():
        return NOBODY
    return queries.identity(database, account_id=int(account), epoch=int(epoch), on=clock.today())
