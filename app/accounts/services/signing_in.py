"""Signing in: by a mailed link or its short code, by a password, with a second factor where one is set."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, update

from app.accounts import queries
from app.accounts.models import Account, RecoveryCode, Token, TokenPurpose
from app.accounts.services.ties import tie_by_address
from app.audit.services import record
from app.mail.services import enqueue
from app.shared import clock
from app.shared.actor import Actor
from app.shared.errors import DomainError

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from app.mail.services import Letter

LINK_LASTS = timedelta(minutes=30)
MOST_CODE_ATTEMPTS = 5
_KEPT_AFTER_EXPIRY = timedelta(days=30)


class LinkOver(DomainError):
    """The link or code is unknown, used or too old."""

    def __init__(self, *, field: str | None = None) -> None:
        super().__init__(
            _l(
                "Ce lien ou ce code ne sert plus : il a déjà servi, ou il est trop ancien. "
                "Demandez-en un autre, il arrive en une minute."
            ),
            field=field,
        )


class WrongCode(DomainError):
    """The code typed is not the one of the last letter."""

    def __init__(self) -> None:
        super().__init__(
            _l("Ce code n’est pas celui du dernier message. Relisez-le, ou demandez un autre message."), field="code"
        )


class WrongPassword(DomainError):
    """The address and the password do not go together; it is not said which of the two is wrong."""

    def __init__(self) -> None:
        super().__init__(
            _l(
                "L’adresse et le mot de passe ne vont pas ensemble. Vérifiez-les, "
                "ou demandez plutôt un lien par courriel : il marche toujours."
            ),
            field="password",
        )


class WrongSecondFactor(DomainError):
    """The one-time code is not right now, or was used already."""

    def __init__(self) -> None:
        super().__init__(
            _l("Ce code n’est pas le bon, ou il a déjà servi. Attendez le code suivant, puis tapez-le."), field="code"
        )


class NoSuchAccount(DomainError):
    """Nobody has this address; said only to whoever administers the machine."""

    def __init__(self) -> None:
        super().__init__(_l("Aucun compte n’a cette adresse. Vérifiez-la, ou créez d’abord le compte."), field="email")


@dataclass(frozen=True, kw_only=True)
class AskForLink:
    """Somebody wants to sign in with this address; the letter is ready, whether or not there is an account."""

    email: str
    link_hash: str
    code_hash: str
    letter: Letter


def ask_for_link(session: Session, command: AskForLink, *, at: datetime) -> None:
    """Send a link if there is an account; do the same work if there is none, so that nobody can tell."""
    account = queries.account_at(session, command.email)
    session.execute(delete(Token).where(Token.expires_at < at - _KEPT_AFTER_EXPIRY))
    session.add(
        Token(
            purpose=TokenPurpose.SIGN_IN,
            link_hash=command.link_hash,
            code_hash=command.code_hash,
            email=command.email,
            account_id=None if account is None else account.id,
            created_at=at,
            expires_at=at + LINK_LASTS,
        )
    )
    if account is not None:
        enqueue(session, command.letter, at=at)


def print_link(session: Session, email: str, link_hash: str, *, at: datetime) -> None:
    """Make a link that is shown instead of being mailed.

    :raises NoSuchAccount: nobody has this address.
    """
    account = queries.account_at(session, email)
    if account is None:
        raise NoSuchAccount
    session.add(
        Token(
            purpose=TokenPurpose.SIGN_IN,
            link_hash=link_hash,
            email=email,
            account_id=account.id,
            created_at=at,
            expires_at=at + LINK_LASTS,
        )
    )


def use_link(session: Session, link_hash: str, *, at: datetime) -> Account:
    """Use a sign-in link up.

    :raises LinkOver: when it opens nothing any more.
    """
    token = queries.token(session, link_hash, purpose=TokenPurpose.SIGN_IN, at=at)
    if token is None:
        raise LinkOver
    return _use(session, token, at=at)


def count_code_attempt(session: Session, email: str, *, at: datetime) -> None:
    """Count a typed code against every code of the address; five tries and a code is worth nothing."""
    session.execute(
        update(Token)
        .where(
            Token.email == email,
            Token.purpose == TokenPurpose.SIGN_IN,
            Token.used_at.is_(None),
            Token.expires_at > at,
        )
        .values(attempts=Token.attempts + 1)
    )


def use_code(session: Session, email: str, code_hash: str, *, at: datetime) -> Account:
    """Use the short code of a sign-in letter up.

    :raises WrongCode: when it is not one of those sent lately.
    """
    for token in queries.tokens_of(session, email, purpose=TokenPurpose.SIGN_IN, at=at):
        if token.code_hash == code_hash and token.attempts <= MOST_CODE_ATTEMPTS and token.account_id is not None:
            return _use(session, token, at=at)
    raise WrongCode


def _use(session: Session, token: Token, *, at: datetime) -> Account:
    """Only the first of two simultaneous uses changes the row."""
    used = session.execute(update(Token).where(Token.id == token.id, Token.used_at.is_(None)).values(used_at=at))
    account = None if token.account_id is None else queries.account(session, token.account_id)
    if used.rowcount != 1 or account is None:  # type: ignore[attr-defined]  # a CursorResult
        raise LinkOver
    return account


def note_sign_in(session: Session, account: Account, *, how: str, at: datetime) -> None:
    """Write down that somebody came in, and use up every other link that was waiting for them."""
    account.last_seen_on = clock.day_of(at)
    tie_by_address(session, account, at=at)
    session.execute(
        update(Token)
        .where(Token.account_id == account.id, Token.purpose == TokenPurpose.SIGN_IN, Token.used_at.is_(None))
        .values(used_at=at)
    )
    record(
        session,
        "accounts.signed_in",
        by=Actor(account.id, account.name),
        at=at,
        subject=("account", account.id),
        how=how,
    )


def use_totp(session: Session, account: Account, step: int | None) -> None:
    """Accept a one-time code once.

    :raises WrongSecondFactor: when it is wrong, or was accepted before (a replay).
    """
    if step is None:
        raise WrongSecondFactor
    taken = session.execute(
        update(Account).where(Account.id == account.id, Account.totp_last_step < step).values(totp_last_step=step)
    )
    if taken.rowcount != 1:  # type: ignore[attr-defined]  # a CursorResult
        raise WrongSecondFactor


def use_recovery_code(session: Session, account: Account, code_hash: str, *, at: datetime) -> None:
    """Use one of the codes for a lost telephone up.

    :raises WrongSecondFactor: when it is none of them, or served before.
    """
    taken = session.execute(
        update(RecoveryCode)
        .where(
            RecoveryCode.account_id == account.id,
            RecoveryCode.code_hash == code_hash,
            RecoveryCode.used_at.is_(None),
        )
        .values(used_at=at)
    )
    if taken.rowcount != 1:  # type: ignore[attr-defined]  # a CursorResult
        raise WrongSecondFactor
