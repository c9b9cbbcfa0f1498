"""What a person changes about their own account."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.accounts.models import RecoveryCode
from app.accounts.services.accounts import LANGUAGES, end_sessions
from app.accounts.services.addresses import remove_totp
from app.audit.services import record
from app.mail.services import one_line
from app.shared.actor import Actor

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from app.accounts.models import Account


def rename(session: Session, account: Account, *, name: str, language: str, at: datetime) -> None:
    """Be named and spoken to otherwise."""
    name = one_line(name, 200)
    if name and name != account.name:
        account.name = name
        _tell(session, account, "accounts.renamed", at=at, name=name)
    if language in LANGUAGES:
        account.language = language


def set_password(session: Session, account: Account, password_hash: str, *, at: datetime) -> None:
    """Keep the hash of a new password (or none); every other session ends."""
    account.password_hash = password_hash
    end_sessions(account)
    _tell(session, account, "accounts.password_set" if password_hash else "accounts.password_removed", at=at)


def set_totp(  # what a second factor is made of
    session: Session, account: Account, *, secret: str, step: int, codes: Sequence[str], at: datetime
) -> None:
    """Ask for a one-time code at each sign-in from now on; every other session ends."""
    remove_totp(session, account, at=at)
    account.totp_secret = secret
    account.totp_last_step = step
    for code_hash in codes:
        session.add(RecoveryCode(account_id=account.id, code_hash=code_hash, created_at=at))
    end_sessions(account)
    _tell(session, account, "accounts.totp_set", at=at)


def unset_totp(session: Session, account: Account, *, at: datetime) -> None:
    """Ask for one factor only."""
    remove_totp(session, account, at=at)
    _tell(session, account, "accounts.totp_removed", at=at)


def end_all_sessions(session: Session, account: Account, *, at: datetime) -> None:
    """Go out everywhere."""
    end_sessions(account)
    _tell(session, account, "accounts.sessions_ended", at=at)


def _tell(session: Session, account: Account, action: str, *, at: datetime, **details: str) -> None:
    record(
        session,
        action,
        by=Actor(account.id, account.name),
        at=at,
        subject=("account", account.id),
        **details,  # type: ignore[arg-type]  # details are no ids
    )
