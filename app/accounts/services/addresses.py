"""A new address for an account: confirmed from the new mailbox, or set by a second administrator for a lost one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l
from sqlalchemy import select, update

from app.accounts import queries
from app.accounts.models import Account, RecoveryCode, RoleGrant, Token, TokenPurpose
from app.accounts.services.accounts import AddressTaken
from app.accounts.services.signing_in import LinkOver
from app.accounts.services.ties import resaid
from app.audit.services import record
from app.mail import addresses
from app.mail.services import enqueue
from app.shared import clock
from app.shared.actor import Actor
from app.shared.errors import DomainError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from app.mail.services import Letter

CONFIRMATION_LASTS = timedelta(days=2)


class RunsTheInstallation(DomainError):
    """The account administers the installation: only the machine itself lets it in again."""

    status = 403

    def __init__(self, account: Account) -> None:
        super().__init__(
            _l(
                "%(name)s administre l’installation : son adresse ne se change pas d’ici. La personne qui a accès au "
                "serveur peut lui imprimer un lien pour entrer : script/flask accounts link %(email)s",
                name=account.name,
                email=account.email,
            )
        )


class RolesElsewhere(DomainError):
    """The account opens doors that the person who would repair it does not administer."""

    status = 403

    def __init__(self) -> None:
        super().__init__(
            _l(
                "Cette personne a aussi un rôle dans un organisme que vous n’administrez pas : son compte ne se change "
                "pas d’ici. Invitez-la à sa nouvelle adresse, puis transmettez-lui son rôle."
            )
        )


@dataclass(frozen=True, kw_only=True)
class AskForAddress:
    """A person wants to be reached elsewhere; the letter to the new address is ready."""

    email: str
    link_hash: str
    letter: Letter


@dataclass(frozen=True, kw_only=True)
class RecoverMailbox:
    """A second administrator gives a person a new address; both addresses are told."""

    email: str
    administered: frozenset[int]
    removes_totp: bool
    letters: Sequence[Letter]


def ask_for_address(session: Session, account: Account, command: AskForAddress, *, at: datetime) -> None:
    """Send a link to the new address; nothing changes before it is confirmed there.

    When the address is somebody else's, nothing is sent and nothing is said: an account is nobody's business.
    """
    if session.scalar(select(Account.id).where(Account.email == command.email)) is not None:
        return
    session.execute(
        update(Token)
        .where(Token.account_id == account.id, Token.purpose == TokenPurpose.NEW_ADDRESS, Token.used_at.is_(None))
        .values(used_at=at)
    )
    session.add(
        Token(
            purpose=TokenPurpose.NEW_ADDRESS,
            link_hash=command.link_hash,
            email=command.email,
            account_id=account.id,
            created_at=at,
            expires_at=at + CONFIRMATION_LASTS,
        )
    )
    enqueue(session, command.letter, at=at)


def confirm_address(session: Session, link_hash: str, letter: Letter, *, at: datetime) -> Account:
    """Make the new address the account's, end its sessions, tell the old one.

    :raises LinkOver: when the link opens nothing any more.
    :raises AddressTaken: when somebody else took the address meanwhile.
    """
    token = queries.token(session, link_hash, purpose=TokenPurpose.NEW_ADDRESS, at=at)
    account = None if token is None or token.account_id is None else queries.account(session, token.account_id)
    if token is None or account is None:
        raise LinkOver
    _move(session, account, token.email, at=at)
    token.used_at = at
    enqueue(session, letter, at=at)
    record(
        session,
        "accounts.address_changed",
        by=Actor(account.id, account.name),
        at=at,
        subject=("account", account.id),
    )
    return account


def check_recoverable(session: Session, grant: RoleGrant, administered: frozenset[int], *, at: datetime) -> None:
    """Refuse an account that opens more than the person at work administers; asked before the form is shown.

    :raises RunsTheInstallation: when the account administers the installation.
    :raises RolesElsewhere: when it has a role in a body of others.
    """
    account, day = grant.account, clock.day_of(at)
    if account.is_instance_administrator:
        raise RunsTheInstallation(account)
    bodies = session.scalars(select(RoleGrant.body_id).where(RoleGrant.account_id == account.id, queries.holds(day)))
    if set(bodies) - administered:
        raise RolesElsewhere


def recover_mailbox(session: Session, grant: RoleGrant, command: RecoverMailbox, *, by: Actor, at: datetime) -> None:
    """Replace a lost address. The password goes too: whoever has the old mailbox may have read it.

    :raises RunsTheInstallation: when the account administers the installation.
    :raises RolesElsewhere: when the account opens more than the person at work administers.
    """
    check_recoverable(session, grant, command.administered, at=at)
    account = grant.account
    old = account.email
    _move(session, account, addresses.clean(command.email), at=at)
    account.password_hash = ""
    if command.removes_totp:
        remove_totp(session, account, at=at)
    for letter in command.letters:
        enqueue(session, letter, at=at)
    if account.person_id is not None:
        resaid(session, account, by=by, at=at)
    record(
        session,
        "accounts.mailbox_recovered",
        by=by,
        at=at,
        body_id=grant.body_id,
        subject=("account", account.id),
        name=account.name,
        old=old,
        new=account.email,
    )


def _move(session: Session, account: Account, email: str, *, at: datetime) -> None:
    """Change the address; whatever was mailed to the old one, and every open session, is worthless now."""
    taken = session.scalar(select(Account.id).where(Account.email == email, Account.id != account.id))
    if taken is not None:
        raise AddressTaken
    session.execute(
        update(Token)
        .where(Token.account_id == account.id, Token.purpose == TokenPurpose.SIGN_IN, Token.used_at.is_(None))
        .values(used_at=at)
    )
    account.email = email
    account.session_epoch += 1


def remove_totp(session: Session, account: Account, *, at: datetime) -> None:
    """Forget the second factor and the codes that replace it."""
    account.totp_secret = ""
    account.totp_last_step = 0
    session.execute(
        update(RecoveryCode)
        .where(RecoveryCode.account_id == account.id, RecoveryCode.used_at.is_(None))
        .values(used_at=at)
    )
