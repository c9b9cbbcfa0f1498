"""Tying an account to the record of its person: by the address of both, or by who administers the body.

What an account may do as somebody – sign, read what is theirs – hangs on this tie alone, never on a name.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l
from sqlalchemy import exists, select

from app.accounts import queries
from app.accounts.models import Account, RoleGrant
from app.audit.models import JournalEntry
from app.audit.services import record
from app.bodies.models import Mandate
from app.mail.services import enqueue
from app.people.models import Person
from app.people.naming import compared
from app.shared import clock
from app.shared.actor import Actor
from app.shared.errors import DomainError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from sqlalchemy.orm import Session

    from app.mail.services import Letter


class NotTied(DomainError):
    """The account cannot be tied to this record, or untied, by this person."""


@dataclass(frozen=True, kw_only=True)
class Tie:
    """The record that is an account's, in the bodies that the person at work administers, and who is told of it."""

    person_id: int
    administered: frozenset[int]
    letters: Sequence[Letter] = ()


def tie(session: Session, grant: RoleGrant, command: Tie, *, by: Actor, at: datetime) -> None:
    """Say whose record an account is; who administers the body says so of others, of themselves their address does.

    :raises NotTied: when one of the two is tied already, or it is not for this person to say.
    """
    session.execute(select(Account.id).where(Account.id == grant.account_id).with_for_update())
    account = grant.account
    session.refresh(account, ["person_id"])
    wanted = select(Person).where(Person.id == command.person_id, queries.stands_in({grant.body_id}))
    person = session.scalar(wanted.with_for_update(of=Person))  # one account for each
    if person is None:
        raise NotTied(_l("Choisissez une fiche de cet organisme."), field="person")
    if account.person_id == person.id:
        return
    if account.person_id is not None:
        raise NotTied(_l("Ce compte est déjà relié à une fiche : défaites d’abord ce lien."), field="person")
    other = queries.account_tied_to(session, person.id)
    if other is not None and queries.is_in_use(session, other, on=clock.day_of(at)):
        raise NotTied(
            _l("La fiche de %(name)s est déjà reliée au compte %(email)s.", name=person.name, email=other.email),
            field="person",
        )
    if person.email.strip().lower() != account.email:
        _need_say(session, account, person, command.administered, by, clock.day_of(at))
    if other is not None:  # who left with it comes back with another
        loosen(session, other, body_id=grant.body_id, by=by, at=at)
    _tie(session, account, person, body_id=grant.body_id, by=by, at=at)
    for letter in command.letters:
        enqueue(session, letter, at=at)


def resaid(session: Session, account: Account, *, by: Actor, at: datetime) -> None:
    """Note who says now that an account is the person of its record, and since when."""
    account.tied_at, account.tied_by, account.tied_by_id = at, by.name[:200], by.id
    session.flush()


def unite(session: Session, person_id: int, *, by: Actor, at: datetime) -> None:
    """Two records that became one bear their name and address, and their account, on the word of who united them."""
    person = session.get_one(Person, person_id)
    person.email_since = person.name_since = at
    for account in session.scalars(select(Account).where(Account.person_id == person_id)):
        resaid(session, account, by=by, at=at)


def untie(session: Session, grant: RoleGrant, *, administered: frozenset[int], by: Actor, at: datetime) -> None:
    """Take the tie of an account away.

    :raises NotTied: when there is none, or it is not for this person to say.
    """
    account = grant.account
    if account.person is None:
        raise NotTied(_l("Ce compte n’est relié à aucune fiche."))
    _need_say(session, account, account.person, administered, by, clock.day_of(at))
    loosen(session, account, body_id=grant.body_id, by=by, at=at)


def loosen(session: Session, account: Account, *, body_id: int | None, by: Actor, at: datetime) -> None:
    """Let an account be nobody's record any more."""
    name = account.person.name if account.person is not None else ""
    account.person_id = account.tied_at = account.tied_by = account.tied_by_id = None
    session.flush()
    session.expire(account, ["person"])
    record(
        session,
        "accounts.untied",
        by=by,
        at=at,
        body_id=body_id,
        subject=("account", account.id),
        name=account.name,
        person=name,
    )


def tie_by_address(session: Session, account: Account, *, at: datetime) -> None:
    """Tie an account whose mailbox was just proven to the one record of its bodies that gives the same address.

    A couple may share an address: of two records that give it, it is the one of that name. Where the name says somebody
    else, a human decides; so it does once a tie was undone, and of who chose another name and has somebody to ask: that
    name may be anybody's.
    """
    if account.person_id is not None or _told_of(session, account, "accounts.untied"):
        return
    day = clock.day_of(at)
    bodies = [one.body_id for one in queries.roles_of_account(session, account.id, on=day)]
    at_address = queries.records_at(session, account.email, bodies) if bodies else ()
    found = [one for one in at_address if compared(one.name) == compared(account.name)]
    if len(found) != 1:
        return
    if _told_of(session, account, "accounts.renamed") and _others_administer(session, account, bodies):
        return
    if queries.account_tied_to(session, found[0].id) is None:
        keeper = found[0].kept_by_body_id
        shown = keeper if keeper in bodies else bodies[0]
        _tie(session, account, found[0], body_id=shown, by=Actor(account.id, account.name), at=at)


def _told_of(session: Session, account: Account, action: str) -> bool:
    """Whether the journal tells this of an account."""
    mine = (JournalEntry.subject_type == "account") & (JournalEntry.subject_id == account.id)
    return bool(session.scalar(select(exists().where(mine, JournalEntry.action == action))))


def _others_administer(session: Session, account: Account, body_ids: Sequence[int]) -> bool:
    """Whether somebody else administers one of these bodies, and can say whose record it is."""
    others = RoleGrant.is_administrator & (RoleGrant.account_id != account.id) & RoleGrant.body_id.in_(body_ids)
    return bool(session.scalar(select(exists().where(others, queries.holds(clock.today())))))


def _tie(session: Session, account: Account, person: Person, *, body_id: int | None, by: Actor, at: datetime) -> None:
    account.person_id = person.id
    resaid(session, account, by=by, at=at)
    session.expire(account, ["person"])
    record(
        session,
        "accounts.tied",
        by=by,
        at=at,
        body_id=body_id,
        subject=("account", account.id),
        name=account.name,
        person=person.name,
    )


def _need_say(
    session: Session, account: Account, person: Person, administered: frozenset[int], by: Actor, day: date
) -> None:
    """Nobody says it of themselves, nor where the record and the account also meet in a body of others."""
    if account.id == by.id:
        raise NotTied(
            _l(
                "Personne ne choisit sa propre fiche : demandez-le à une autre personne qui administre l’organisme. Si "
                "votre fiche donne la même adresse et le même nom que votre compte, ils se relient tout seuls à votre "
                "prochaine entrée."
            ),
            field="person",
        )
    held = set(session.scalars(select(RoleGrant.body_id).where(RoleGrant.account_id == account.id, queries.holds(day))))
    known = set(session.scalars(select(Mandate.body_id).where(Mandate.person_id == person.id)))
    if (known | {person.kept_by_body_id}) & held - administered:
        raise NotTied(
            _l(
                "Ce compte et cette fiche servent aussi dans un organisme que vous n’administrez pas : écrivez sur la "
                "fiche l’adresse du compte, ou demandez-le à qui administre cet organisme."
            ),
            field="person",
        )
