"""Giving, changing, ending and handing over roles. An account owns nothing: roles are all there is to pass on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from app.accounts import queries
from app.accounts.models import Account, RoleGrant
from app.audit.services import record
from app.bodies.models import Body
from app.shared import clock
from app.shared.errors import DomainError

if TYPE_CHECKING:
    from datetime import date, datetime

    from sqlalchemy.orm import Session

    from app.access.roles import Role
    from app.shared.actor import Actor


class LastAdministrator(DomainError):
    """A body would be left without anybody to manage its accounts."""

    def __init__(self) -> None:
        super().__init__(
            _l(
                "C’est la dernière personne qui administre cet organisme. "
                "Nommez d’abord une deuxième personne, puis recommencez."
            )
        )


class EndsBeforeItBegins(DomainError):
    """A role would end before its first day."""

    def __init__(self) -> None:
        super().__init__(
            _l("Ce rôle finirait avant d’avoir commencé. Choisissez un dernier jour plus tardif."), field="until"
        )


class RoleHeldAlready(DomainError):
    """The same person already holds this role in this body."""

    def __init__(self) -> None:
        super().__init__(
            _l("Cette personne a déjà ce rôle dans cet organisme. Modifiez-le plutôt que d’en donner un second."),
            field="role",
        )


@dataclass(frozen=True, kw_only=True)
class GiveRole:
    """A role in a body for somebody who has an account."""

    account_id: int
    body_id: int
    role: Role
    is_administrator: bool = False
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, kw_only=True)
class ChangeRole:
    """What a role becomes."""

    role: Role
    is_administrator: bool
    until: date | None = None


def give_role(session: Session, command: GiveRole, *, by: Actor, at: datetime) -> RoleGrant:
    """Give a role; a body that gains its own administrator from now on keeps itself.

    :raises RoleHeldAlready: when the person holds it today.
    """
    day = clock.day_of(at)
    held = select(RoleGrant.id).where(
        RoleGrant.account_id == command.account_id,
        RoleGrant.body_id == command.body_id,
        RoleGrant.role == command.role,
        queries.holds(day),
    )
    if session.scalar(held) is not None:
        raise RoleHeldAlready
    administered = _administers(session, command.account_id, command.body_id, day)
    grant = RoleGrant(
        account=session.get_one(Account, command.account_id),
        body=session.get_one(Body, command.body_id),
        role=command.role,
        is_administrator=command.is_administrator,
        since=command.since or day,
        until=command.until,
        granted_by=by.name,
        created_at=at,
    )
    if grant.until is not None and grant.until < grant.since:
        raise EndsBeforeItBegins
    session.add(grant)
    if grant.is_administrator:
        grant.body.kept_by_id = None
    session.flush()
    _tell(session, "accounts.role_given", grant, by=by, at=at)
    _tell_administration(session, grant, before=administered, by=by, at=at)
    return grant


def change_role(session: Session, grant: RoleGrant, command: ChangeRole, *, by: Actor, at: datetime) -> None:
    """Change a role, whether it administers, and its last day.

    :raises LastAdministrator: when nobody would administer the body any more.
    """
    if command.until is not None and command.until < grant.since:
        raise EndsBeforeItBegins
    day = clock.day_of(at)
    stays = command.is_administrator and command.until is None
    if grant.is_administrator and not stays:
        _keep_one_administrator(session, grant, day)
    administered = _administers(session, grant.account_id, grant.body_id, day)
    is_only_about_administration = (grant.role, grant.until) == (command.role, command.until) and (
        grant.is_administrator != command.is_administrator
    )
    grant.role = command.role
    grant.is_administrator = command.is_administrator
    grant.until = command.until
    session.flush()
    if not is_only_about_administration:
        if command.until is not None:
            _tell(session, "accounts.role_ends", grant, by=by, at=at, until=command.until.isoformat())
        else:
            _tell(session, "accounts.role_changed", grant, by=by, at=at)
    _tell_administration(session, grant, before=administered, by=by, at=at)


def let_administer(session: Session, grant: RoleGrant, *, by: Actor, at: datetime) -> None:
    """Let whoever holds a role administer the body besides; a body with its own administrator keeps itself."""
    administered = _administers(session, grant.account_id, grant.body_id, clock.day_of(at))
    grant.is_administrator = True
    grant.body.kept_by_id = None
    session.flush()
    _tell_administration(session, grant, before=administered, by=by, at=at)


def end_role(session: Session, grant: RoleGrant, *, by: Actor, at: datetime) -> None:
    """End a role now: it no longer holds from the next request on.

    :raises LastAdministrator: when nobody would administer the body any more.
    """
    day = clock.day_of(at)
    if grant.is_administrator:
        _keep_one_administrator(session, grant, day)
    administered = _administers(session, grant.account_id, grant.body_id, day)
    _close(grant, day)
    session.flush()
    _tell(session, "accounts.role_ended", grant, by=by, at=at)
    _tell_administration(session, grant, before=administered, by=by, at=at)


def hand_over(session: Session, grant: RoleGrant, heir: Account, *, by: Actor, at: datetime) -> RoleGrant:
    """Give somebody's role to the person who takes over, and end it for the one who leaves."""
    day = clock.day_of(at)
    held = session.scalar(
        select(RoleGrant).where(
            RoleGrant.account_id == heir.id,
            RoleGrant.body_id == grant.body_id,
            RoleGrant.role == grant.role,
            queries.holds(day),
        )
    )
    before = {one: _administers(session, one, grant.body_id, day) for one in (heir.id, grant.account_id)}
    if held is None:
        held = RoleGrant(
            account=heir,
            body_id=grant.body_id,
            role=grant.role,
            since=day,
            granted_by=by.name,
            created_at=at,
        )
        session.add(held)
    held.is_administrator = held.is_administrator or grant.is_administrator
    held.until = None
    _close(grant, day)
    session.flush()
    _tell(session, "accounts.role_handed_over", grant, by=by, at=at, heir=heir.name)
    for one in (held, grant):
        _tell_administration(session, one, before=before[one.account_id], by=by, at=at)
    return held


def lasting_administrators(session: Session, body_id: int, *, on: date) -> set[int]:
    """Accounts that administer a body without an end in sight."""
    found = session.scalars(
        select(RoleGrant.account_id)
        .join(RoleGrant.account)
        .where(
            RoleGrant.body_id == body_id,
            RoleGrant.is_administrator,
            RoleGrant.since <= on,
            RoleGrant.until.is_(None),
            Account.closed_at.is_(None),
        )
    )
    return set(found)


def _keep_one_administrator(session: Session, leaving: RoleGrant, day: date) -> None:
    session.get(Body, leaving.body_id, with_for_update=True)  # two administrators do not remove each other at once
    others = session.scalar(
        select(RoleGrant.id)
        .join(RoleGrant.account)
        .where(
            RoleGrant.body_id == leaving.body_id,
            RoleGrant.id != leaving.id,
            RoleGrant.is_administrator,
            RoleGrant.since <= day,
            RoleGrant.until.is_(None),
            Account.closed_at.is_(None),
        )
        .limit(1)
    )
    if others is None:
        raise LastAdministrator


def _close(grant: RoleGrant, day: date) -> None:
    """It held until a moment ago, today included; from now on it holds no more: its last whole day is yesterday."""
    grant.until = day - timedelta(days=1)
    grant.ended_on = max(day, grant.since)


def _administers(session: Session, account_id: int, body_id: int, day: date) -> bool:
    return (
        session.scalar(
            select(RoleGrant.id)
            .where(
                RoleGrant.account_id == account_id,
                RoleGrant.body_id == body_id,
                RoleGrant.is_administrator,
                queries.holds(day),
            )
            .limit(1)
        )
        is not None
    )


def _tell_administration(session: Session, grant: RoleGrant, *, before: bool, by: Actor, at: datetime) -> None:
    """Say that somebody administers the body from now on, or no more: the strongest right there is."""
    administers = _administers(session, grant.account_id, grant.body_id, clock.day_of(at))
    if administers != before:
        action = "accounts.administers" if administers else "accounts.administers_no_more"
        _tell(session, action, grant, by=by, at=at)


def _tell(
    session: Session,
    action: str,
    grant: RoleGrant,
    *,
    by: Actor,
    at: datetime,
    **details: Any,  # noqa: ANN401  # plain values that the sentence names
) -> None:
    record(
        session,
        action,
        by=by,
        at=at,
        body_id=grant.body_id,
        subject=("account", grant.account.id),
        name=grant.account.name,
        role=grant.role,
        **details,
    )
