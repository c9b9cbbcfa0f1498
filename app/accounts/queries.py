"""Reads about accounts and roles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import and_, bindparam, func, or_, select
from sqlalchemy.orm import contains_eager

from app.access.roles import Role
from app.access.table import NOBODY, Grant, Identity
from app.accounts.models import Account, RecoveryCode, RoleGrant, Token, TokenPurpose
from app.audit.models import JournalEntry
from app.bodies.doubles import Opening
from app.bodies.models import Body, FederationMember, Mandate
from app.people.models import Person
from app.people.naming import compared
from app.shared import clock

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import date, datetime

    from sqlalchemy import ColumnElement, Row, Select
    from sqlalchemy.orm import Session

_ACCOUNT, _GRANT, _BODY, _MEMBER = (
    Account.__table__.c,
    RoleGrant.__table__.c,
    Body.__table__.c,
    FederationMember.__table__.c,
)
# One statement for the whole identity, on tables rather than mapped classes: it runs at every request.
_IDENTITY = (
    select(
        _ACCOUNT.id,
        _ACCOUNT.name,
        _ACCOUNT.language,
        _ACCOUNT.is_instance_administrator,
        _ACCOUNT.current_body_id,
        _GRANT.body_id,
        _GRANT.role,
        _GRANT.is_administrator,
        _BODY.name,
        _BODY.kind,
        _MEMBER.body_id,
        _BODY.trashed_at,
    )
    .select_from(
        Account.__table__.outerjoin(
            RoleGrant.__table__.join(Body.__table__, _BODY.id == _GRANT.body_id),
            and_(
                _GRANT.account_id == _ACCOUNT.id,
                _GRANT.since <= bindparam("today"),
                or_(_GRANT.until.is_(None), _GRANT.until >= bindparam("today")),
            ),
        ).outerjoin(
            FederationMember.__table__,
            and_(
                _MEMBER.federation_id == _GRANT.body_id,
                _GRANT.role.notin_([Role.MEMBER.value, Role.READER.value]),
            ),
        )
    )
    .where(
        _ACCOUNT.id == bindparam("account"),
        _ACCOUNT.session_epoch == bindparam("epoch"),
        _ACCOUNT.closed_at.is_(None),
    )
    .order_by(_GRANT.id)
)


def identity(session: Session, *, account_id: int, epoch: int, on: date) -> Identity:
    """Who this account is today: nobody when it is closed or its sessions were ended."""
    rows = session.connection().execute(_IDENTITY, {"account": account_id, "epoch": epoch, "today": on}).all()
    if not rows:
        return NOBODY
    grants: dict[tuple[int, str], Grant] = {}
    advised: set[int] = set()
    laid_aside = frozenset(row[5] for row in rows if row[11] is not None and row[7])
    for row in rows:
        if row[11] is not None:
            continue
        if row[5] is not None:
            key = (row[5], row[6])
            if key not in grants or row[7]:
                grants[key] = Grant(row[5], row[8], row[9], Role(row[6]), row[7])
        if row[10] is not None:
            advised.add(row[10])
    first = rows[0]
    held = tuple(grants.values())
    mine = {grant.body_id for grant in held}
    current = first[4] if first[4] in mine else (held[0].body_id if held else None)
    return Identity(first[0], first[1], first[2], held, frozenset(advised), first[3], current, laid_aside)


def account(session: Session, account_id: int) -> Account | None:
    """An open account."""
    found = session.get(Account, account_id)
    return None if found is None or found.closed_at is not None else found


def account_at(session: Session, email: str) -> Account | None:
    """The open account of an address, which must be written as :func:`app.mail.addresses.clean` gives it."""
    return session.scalar(select(Account).where(Account.email == email, Account.closed_at.is_(None)))


def personas(session: Session, *, on: date) -> Sequence[Account]:
    """The demonstration's persons with the roles they hold, in the order in which they are introduced.

    Who runs the installation has no role in any body.
    """
    return (
        session.scalars(
            select(Account)
            .outerjoin(RoleGrant, and_(RoleGrant.account_id == Account.id, holds(on)))
            .outerjoin(RoleGrant.body)
            .where(Account.is_persona, Account.closed_at.is_(None))
            .where(or_(RoleGrant.id.is_not(None), Account.is_instance_administrator))
            .options(contains_eager(Account.grants).contains_eager(RoleGrant.body))
            .order_by(Account.persona_rank, Account.id, RoleGrant.id)
        )
        .unique()
        .all()
    )


def holds(on: date) -> ColumnElement[bool]:
    """The condition that a role holds on a day."""
    return and_(RoleGrant.since <= on, or_(RoleGrant.until.is_(None), RoleGrant.until >= on))


def token(session: Session, link_hash: str, *, purpose: TokenPurpose, at: datetime) -> Token | None:
    """The mailed link with this hash, if it still opens something."""
    return session.scalar(
        select(Token).where(
            Token.link_hash == link_hash,
            Token.purpose == purpose,
            Token.used_at.is_(None),
            Token.expires_at > at,
        )
    )


def token_ever(session: Session, link_hash: str, *, purpose: TokenPurpose) -> Token | None:
    """The mailed link with this hash, even if it opens nothing any more; the oldest are forgotten."""
    return session.scalar(select(Token).where(Token.link_hash == link_hash, Token.purpose == purpose))


def has_newer_invitation(session: Session, token: Token, *, at: datetime) -> bool:
    """Whether the address was invited into the same body again, and has not answered yet."""
    waiting = invitations_of_address(session, token.email, at=at)
    return any(one.body_id == token.body_id and one.id > token.id for one in waiting)


def was_taken_up(session: Session, token: Token) -> bool:
    """Whether an invitation that is used up was accepted, not withdrawn: the journal knows."""
    found = session.scalar(
        select(JournalEntry.id)
        .where(
            JournalEntry.action == "accounts.invitation_accepted",
            JournalEntry.body_id == token.body_id,
            JournalEntry.at == token.used_at,
        )
        .limit(1)
    )
    return found is not None


def tokens_of(session: Session, email: str, *, purpose: TokenPurpose, at: datetime) -> Sequence[Token]:
    """The links of an address that still open something, newest first."""
    return session.scalars(
        select(Token)
        .where(Token.email == email, Token.purpose == purpose, Token.used_at.is_(None), Token.expires_at > at)
        .order_by(Token.id.desc())
    ).all()


def roles_of_body(session: Session, body_id: int, *, on: date) -> Sequence[RoleGrant]:
    """Who holds which role in a body today or will later, administrators first."""
    return session.scalars(
        select(RoleGrant)
        .join(RoleGrant.account)
        .where(
            RoleGrant.body_id == body_id,
            Account.closed_at.is_(None),
            or_(RoleGrant.until.is_(None), RoleGrant.until >= on),
        )
        .options(contains_eager(RoleGrant.account))
        .order_by(RoleGrant.is_administrator.desc(), Account.name, RoleGrant.id)
    ).all()


def roles_of_account(session: Session, account_id: int, *, on: date) -> Sequence[RoleGrant]:
    """The roles that an account holds on a day."""
    return session.scalars(
        select(RoleGrant)
        .join(RoleGrant.body)
        .where(RoleGrant.account_id == account_id, holds(on), Body.trashed_at.is_(None))
        .options(contains_eager(RoleGrant.body))
        .order_by(RoleGrant.id)
    ).all()


def past_roles_of_body(session: Session, body_id: int, *, on: date, limit: int = 50) -> Sequence[RoleGrant]:
    """Who held a role that has ended, latest first."""
    return session.scalars(
        select(RoleGrant)
        .join(RoleGrant.account)
        .where(RoleGrant.body_id == body_id, RoleGrant.until < on)
        .options(contains_eager(RoleGrant.account))
        .order_by(RoleGrant.until.desc(), RoleGrant.id.desc())
        .limit(limit)
    ).all()


def invitations_of_body(session: Session, body_id: int, *, at: datetime) -> Sequence[Token]:
    """Invitations that nobody has accepted yet."""
    return session.scalars(
        select(Token)
        .where(
            Token.body_id == body_id,
            Token.purpose == TokenPurpose.INVITATION,
            Token.used_at.is_(None),
            Token.expires_at > at,
        )
        .order_by(Token.id)
    ).all()


def invitations_of_address(session: Session, email: str, *, at: datetime) -> Sequence[Token]:
    """Invitations of this mailbox that wait for an answer, with their bodies; the newest comes last."""
    return session.scalars(
        select(Token)
        .where(
            Token.email == email,
            Token.body_id.is_not(None),
            Token.purpose == TokenPurpose.INVITATION,
            Token.used_at.is_(None),
            Token.expires_at > at,
        )
        .order_by(Token.id)
    ).all()


def invitations_of_account(session: Session, account_id: int, *, at: datetime) -> Sequence[Row[Token, str]]:
    """Invitations that wait for this account, each with the name of its body."""
    return session.execute(
        select(Token, Body.name)
        .join(Body, Body.id == Token.body_id)
        .join(Account, Account.email == Token.email)
        .where(
            Account.id == account_id,
            Token.purpose == TokenPurpose.INVITATION,
            Token.used_at.is_(None),
            Token.expires_at > at,
        )
        .order_by(Token.id)
    ).all()


def administered_body_ids() -> Select[int]:
    """The bodies that somebody administers today."""
    return (
        select(RoleGrant.body_id)
        .join(Account, Account.id == RoleGrant.account_id)
        .where(RoleGrant.is_administrator, Account.closed_at.is_(None), holds(clock.today()))
    )


def administrators(session: Session, body_id: int, *, on: date) -> Sequence[Account]:
    """The open accounts that administer a body on a day."""
    return (
        session.scalars(
            select(Account)
            .join(Account.grants)
            .where(RoleGrant.body_id == body_id, RoleGrant.is_administrator, Account.closed_at.is_(None), holds(on))
            .order_by(Account.id)
        )
        .unique()
        .all()
    )


def has_accounts(session: Session, body_id: int, *, on: date) -> bool:
    """Whether anybody signs in for this body."""
    found = session.scalar(
        select(RoleGrant.id)
        .join(RoleGrant.account)
        .where(RoleGrant.body_id == body_id, Account.closed_at.is_(None), holds(on))
        .limit(1)
    )
    return found is not None


def openings(session: Session, body_ids: frozenset[int]) -> dict[int, Opening]:
    """When somebody was first given a role in each of these bodies, and by whom."""
    found: dict[int, Opening] = {}
    grants = session.execute(
        select(RoleGrant.body_id, RoleGrant.created_at, RoleGrant.granted_by)
        .where(RoleGrant.body_id.in_(list(body_ids)))
        .order_by(RoleGrant.created_at, RoleGrant.id)
    )
    for body_id, at, by in grants:
        found.setdefault(body_id, Opening(at, by))
    return found


def role_grant(session: Session, grant_id: int, body_id: int) -> RoleGrant | None:
    """One role in a body."""
    found = session.get(RoleGrant, grant_id)
    return found if found is not None and found.body_id == body_id else None


def person_of(account: Account, people: Collection[int]) -> int | None:
    """Which of these people an account is, by the record it is tied to; a name grants nothing."""
    return account.person_id if account.person_id is not None and account.person_id in people else None


def likely_person_of(account: Account, people: Mapping[int, str]) -> int | None:
    """Which of these people an account seems to be, to ask a human or to warn one: by its record, else by its name.

    Everybody chooses how their own account is named: nobody may do or read anything because of this answer.
    """
    if account.person_id is not None:
        return person_of(account, people)
    name = compared(account.name)
    return next((person for person, known in people.items() if compared(known) == name), None)


def stands_in(body_ids: Collection[int]) -> ColumnElement[bool]:
    """The records that these bodies keep, and those of whoever holds or held an office in them."""
    officers = select(Mandate.person_id).where(Mandate.body_id.in_(body_ids), Mandate.trashed_at.is_(None))
    return and_(Person.trashed_at.is_(None), or_(Person.kept_by_body_id.in_(body_ids), Person.id.in_(officers)))


def records_at(session: Session, email: str, body_ids: Collection[int]) -> Sequence[Person]:
    """The records of these bodies that give this address; a couple may share one."""
    return session.scalars(
        select(Person).where(stands_in(body_ids), func.lower(Person.email) == email.lower()).order_by(Person.id)
    ).all()


def records_for(session: Session, account: Account, body_id: int) -> list[Person]:
    """The records that may be an account's, for a human to choose: same address, same name, then the officers."""
    officers = select(Mandate.person_id).where(Mandate.body_id == body_id, Mandate.trashed_at.is_(None))
    held = session.scalars(
        select(Person)
        .where(Person.trashed_at.is_(None), Person.id.in_(officers))
        .order_by(Person.folded, Person.id)
        .limit(300)
    )
    words = compared(account.name)
    longest = max(words, key=len, default="")
    alike = session.scalars(
        select(Person).where(stands_in({body_id}), Person.folded.contains(longest, autoescape=True)).limit(200)
    )
    named = [one for one in alike if words and compared(one.name) == words]
    found = {one.id: one for one in (*records_at(session, account.email, {body_id}), *named, *held)}
    taken = set(session.scalars(_in_use(clock.today()).where(Account.person_id.in_(found))))
    return [one for number, one in found.items() if number not in taken]


def record_of(session: Session, person_id: int, body_id: int) -> Person | None:
    """One record of a body."""
    return session.scalar(select(Person).where(Person.id == person_id, stands_in({body_id})))


def has_records(session: Session, body_id: int) -> bool:
    """Whether a body keeps records of people, or has officers."""
    return session.scalar(select(Person.id).where(stands_in({body_id})).limit(1)) is not None


def _in_use(on: date) -> Select[int | None]:
    """The records of accounts that hold a role today or later, or run the installation."""
    lasting = select(RoleGrant.account_id).where(or_(RoleGrant.until.is_(None), RoleGrant.until >= on))
    used = or_(Account.id.in_(lasting), Account.is_instance_administrator)
    return select(Account.person_id).where(Account.closed_at.is_(None), used)


def is_in_use(session: Session, account: Account, *, on: date) -> bool:
    """Whether an account still holds a role anywhere; else whoever comes back with another takes their record over."""
    return session.scalar(_in_use(on).where(Account.id == account.id).limit(1)) is not None


def account_tied_to(session: Session, person_id: int) -> Account | None:
    """The open account of a person."""
    statement = select(Account).where(Account.person_id == person_id, Account.closed_at.is_(None))
    return session.scalars(statement.order_by(Account.id).limit(1)).first()


def recovery_codes_left(session: Session, account_id: int) -> int:
    """How many of the codes for a lost telephone are still unused."""
    return (
        session.scalar(
            select(func.count())
            .select_from(RecoveryCode)
            .where(RecoveryCode.account_id == account_id, RecoveryCode.used_at.is_(None))
        )
        or 0
    )
