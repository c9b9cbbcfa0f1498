"""Inviting people into a body, and what becomes of it when they accept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select, update

from app.access.roles import Role
from app.accounts import queries
from app.accounts.models import Account, RoleGrant, Token, TokenPurpose
from app.accounts.services.accounts import OpenAccount, open_account
from app.accounts.services.roles import GiveRole, RoleHeldAlready, give_role, let_administer
from app.accounts.services.signing_in import LinkOver
from app.accounts.services.ties import tie_by_address
from app.audit.services import record
from app.bodies.models import Body
from app.mail import addresses
from app.mail.services import call_off, enqueue
from app.shared import clock
from app.shared.actor import Actor

if TYPE_CHECKING:
    from datetime import date, datetime

    from sqlalchemy.orm import Session

    from app.mail.services import Letter

INVITATION_LASTS = timedelta(days=14)


@dataclass(frozen=True, kw_only=True)
class Invite:
    """Whom, into which body, as what; the letter is ready, or there is none: people who invite themselves."""

    body_id: int
    email: str
    name: str
    role: Role
    language: str
    is_administrator: bool
    link_hash: str
    letter: Letter | None


def invite(session: Session, command: Invite, *, by: Actor, at: datetime) -> Token:
    """Invite somebody; the newest invitation of an address into a body replaces those before.

    The first person of a body always administers it, so that from then on it keeps itself.

    :raises RoleHeldAlready: when the invitation would give nothing that the person does not hold today.
    """
    session.execute(select(Body.id).where(Body.id == command.body_id).with_for_update())  # two at once write one letter
    email = addresses.clean(command.email)
    day = clock.day_of(at)
    first = not queries.administrators(session, command.body_id, on=day)
    gains = command.is_administrator or first
    held = [one for one in queries.roles_of_body(session, command.body_id, on=day) if one.account.email == email]
    if any(one.role == command.role and (one.is_administrator or not gains) for one in held):
        raise RoleHeldAlready
    before = select(Token).where(
        Token.email == email,
        Token.body_id == command.body_id,
        Token.purpose == TokenPurpose.INVITATION,
        Token.used_at.is_(None),
    )
    for older in session.scalars(before).all():
        older.used_at = at
        _call_off_letter(session, older)
    token = Token(
        purpose=TokenPurpose.INVITATION,
        link_hash=command.link_hash,
        email=email,
        body_id=command.body_id,
        role=command.role,
        is_administrator=command.is_administrator or first,
        name=command.name.strip(),
        language=command.language,
        invited_by=by.name,
        created_at=at,
        expires_at=at + INVITATION_LASTS,
    )
    session.add(token)
    session.flush()
    if command.letter is not None:
        enqueue(session, command.letter, at=at)
    record(
        session,
        "accounts.invited",
        by=by,
        at=at,
        body_id=command.body_id,
        name=token.name,
        email=email,
        role=command.role,
    )
    return token


def withdraw(session: Session, token: Token, *, by: Actor, at: datetime) -> None:
    """Make an invitation worthless."""
    token.used_at = at
    _call_off_letter(session, token)
    record(session, "accounts.invitation_withdrawn", by=by, at=at, body_id=token.body_id, name=token.name)


def accept(session: Session, link_hash: str, *, at: datetime) -> Account:
    """Take an invitation up: whoever holds it has the mailbox it was sent to.

    :raises LinkOver: when it was taken up, withdrawn or is too old.
    """
    token = queries.token(session, link_hash, purpose=TokenPurpose.INVITATION, at=at)
    if token is None:
        raise LinkOver
    return take_up(session, token, at=at)


def take_up(session: Session, token: Token, *, at: datetime) -> Account:
    """Give what an invitation promises to the account of its address, which is opened where there is none.

    :raises LinkOver: when it was taken up or withdrawn a moment ago.
    """
    if token.body_id is None:
        raise LinkOver
    used = session.execute(update(Token).where(Token.id == token.id, Token.used_at.is_(None)).values(used_at=at))
    if used.rowcount != 1:  # type: ignore[attr-defined]  # a CursorResult
        raise LinkOver
    _call_off_letter(session, token)
    account = _account_of(session, token, at=at)
    grant = _held(session, account, token, clock.day_of(at))
    if grant is None:
        give_role(
            session,
            GiveRole(
                account_id=account.id,
                body_id=token.body_id,
                role=Role(token.role),
                is_administrator=token.is_administrator,
            ),
            by=Actor(None, token.invited_by),
            at=at,
        )
    elif token.is_administrator:
        let_administer(session, grant, by=Actor(None, token.invited_by), at=at)
    account.current_body_id = token.body_id
    session.flush()
    tie_by_address(session, account, at=at)
    record(
        session,
        "accounts.invitation_accepted",
        by=Actor(account.id, account.name),
        at=at,
        body_id=token.body_id,
        role=token.role,
    )
    return account


def _call_off_letter(session: Session, token: Token) -> None:
    """Take back the letter if it still waits for a mail server: its link opens nothing any more."""
    if token.body_id is not None:
        call_off(session, token.body_id, to=[token.email], written_at=token.created_at)


def _account_of(session: Session, token: Token, *, at: datetime) -> Account:
    account = session.scalar(select(Account).where(Account.email == token.email))
    if account is None:
        command = OpenAccount(email=token.email, name=token.name, language=token.language)
        return open_account(session, command, by=Actor(None, token.invited_by), at=at)
    if account.closed_at is not None:  # somebody comes back: the account opens again, old cookies stay worthless
        account.closed_at = None
        account.session_epoch += 1
    if token.name and account.name.casefold() in {
        "",
        account.email,
    }:  # opened by an address alone
        account.name = token.name
    return account


def print_anew(session: Session, email: str, link_hash: str, *, at: datetime) -> bool:
    """Give the newest waiting invitation of an address another link, to be handed over by hand; False when none waits.

    The link of the letter is worthless from then on.
    """
    waiting = queries.invitations_of_address(session, email, at=at)
    if not waiting:
        return False
    waiting[-1].link_hash = link_hash
    _call_off_letter(session, waiting[-1])
    return True


def _held(session: Session, account: Account, token: Token, day: date) -> RoleGrant | None:
    return session.scalar(
        select(RoleGrant).where(
            RoleGrant.account_id == account.id,
            RoleGrant.body_id == token.body_id,
            RoleGrant.role == token.role,
            queries.holds(day),
        )
    )
