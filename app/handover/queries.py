"""Reading handovers, and who would be on each side of a new one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from app.accounts.models import Account
from app.accounts.queries import likely_person_of, person_of, roles_of_body
from app.bodies.labels import ASSOCIATIONS
from app.bodies.models import Body
from app.handover.models import Handover, HandoverPerson, HandoverRight, HandoverThing, Side, Stage

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import date

    from sqlalchemy.orm import Session

    from app.accounts.models import RoleGrant
    from app.people.models import Person


def association_by_id(session: Session, body_id: int) -> Body | None:
    """An association."""
    body = session.get(Body, body_id)
    return body if body is not None and body.kind in ASSOCIATIONS else None


def handover_by_id(session: Session, handover_id: int) -> Handover | None:
    """A handover with everything that a page shows."""
    return session.get(
        Handover,
        handover_id,
        options=[
            joinedload(Handover.body),
            joinedload(Handover.assembly),
            selectinload(Handover.people).joinedload(HandoverPerson.person),
            selectinload(Handover.things),
            selectinload(Handover.rights).joinedload(HandoverRight.grant),
        ],
    )


def double_of(session: Session, handover: Handover) -> Handover | None:
    """Another sealed handover of that day between the same people, signed by as many at least."""
    if handover.stage != Stage.SEALED or handover.trashed_at is not None:
        return None
    others = session.scalars(
        select(Handover)
        .where(Handover.body_id == handover.body_id, Handover.takes_over_on == handover.takes_over_on)
        .where(Handover.id != handover.id, Handover.trashed_at.is_(None), Handover.stage != Stage.DRAFT)
        .order_by(Handover.id)
    )
    mine = {(one.side, one.person_id) for one in handover.people}
    for one in others:
        if {(who.side, who.person_id) for who in one.people} == mine and len(one.unsigned) <= len(handover.unsigned):
            return one
    return None


def person_by_id(session: Session, handover_person_id: int) -> HandoverPerson | None:
    """Somebody of either side."""
    return session.get(HandoverPerson, handover_person_id, options=[joinedload(HandoverPerson.handover)])


def thing_by_id(session: Session, thing_id: int) -> HandoverThing | None:
    """Something handed on by hand."""
    return session.get(HandoverThing, thing_id, options=[joinedload(HandoverThing.handover)])


def handovers_of(session: Session, body_ids: Collection[int]) -> Sequence[Handover]:
    """The handovers of some associations, the latest first; a board changes a few times a year at most."""
    return session.scalars(
        select(Handover)
        .options(joinedload(Handover.body), selectinload(Handover.people).joinedload(HandoverPerson.person))
        .where(Handover.body_id.in_(body_ids), Handover.trashed_at.is_(None))
        .order_by(Handover.takes_over_on.desc(), Handover.id.desc())
        .limit(100)
    ).all()


def waiting_for(session: Session, person_ids: Collection[int]) -> Sequence[HandoverPerson]:
    """What waits for the signature of these people."""
    return session.scalars(
        select(HandoverPerson)
        .join(HandoverPerson.handover)
        .options(joinedload(HandoverPerson.handover).joinedload(Handover.body))
        .where(
            HandoverPerson.person_id.in_(person_ids),
            HandoverPerson.signed_how == "",
            Handover.stage == Stage.SEALED,
            Handover.trashed_at.is_(None),
        )
        .order_by(HandoverPerson.id)
    ).all()


def contested_of(session: Session, body_ids: Collection[int]) -> Sequence[HandoverPerson]:
    """Who said that what was noted for them is not so, and has not signed since."""
    return session.scalars(
        select(HandoverPerson)
        .join(HandoverPerson.handover)
        .options(joinedload(HandoverPerson.handover), joinedload(HandoverPerson.person))
        .where(
            HandoverPerson.contested_on.is_not(None),
            HandoverPerson.signed_how == "",
            Handover.body_id.in_(body_ids),
            Handover.trashed_at.is_(None),
        )
        .order_by(HandoverPerson.id)
    ).all()


def grants_of(session: Session, body_id: int, people: Mapping[int, str], *, on: date) -> list[RoleGrant]:
    """The roles that these people hold in a body and that end on no day.

    An account tied to no record is proposed by its name, so that no access is forgotten: a human chooses its fate.
    """
    return [
        grant
        for grant in roles_of_body(session, body_id, on=on)
        if grant.until is None and likely_person_of(grant.account, people) is not None
    ]


def grants_forgotten(session: Session, handover: Handover, *, on: date) -> list[RoleGrant]:
    """The roles of those who leave that the handover does not know: their account was tied to its record since."""
    known = {right.grant_id for right in handover.rights}
    leaving = {one.person_id for one in handover.leaving}
    return [
        grant
        for grant in roles_of_body(session, handover.body_id, on=on)
        if grant.until is None and grant.id not in known and person_of(grant.account, leaving) is not None
    ]


def untied_grants(session: Session, body_id: int, *, on: date) -> list[RoleGrant]:
    """The roles of accounts that are nobody's record: they cannot sign."""
    return [grant for grant in roles_of_body(session, body_id, on=on) if grant.account.person_id is None]


def accounts_of(session: Session, people: Collection[int]) -> list[Account]:
    """The open accounts of people."""
    statement = select(Account).where(Account.person_id.in_(people), Account.closed_at.is_(None))
    return list(session.scalars(statement.order_by(Account.id)))


def is_account_of(account: Account, person: Person) -> bool:
    """Whether an account is this person's: it is tied to their record, a name is nothing."""
    return person_of(account, {person.id}) is not None


def addresses_of(session: Session, signer: HandoverPerson) -> dict[str, str]:
    """Where to write to somebody, with the language they read: as their record says, and said, and to their account.

    To all: should the account be tied to the wrong record, or the record be changed, the person is told all the same.
    """
    mine = accounts_of(session, {signer.person_id})
    language = mine[0].language if mine else "fr"
    written = (signer.person.email, signer.sealed_email or "")
    found = {address.strip().lower(): language for address in written} | {one.email: one.language for one in mine}
    return {address: spoken for address, spoken in found.items() if address}


def others_with_proof(session: Session, file: str) -> bool:
    """Whether a line of any handover still holds this copy: one sheet may bear several signatures."""
    return session.scalar(select(HandoverPerson.id).where(HandoverPerson.proof_file == file).limit(1)) is not None


def unsigned_by(session: Session, body_id: int, people: Mapping[int, str]) -> list[tuple[int, str, str]]:
    """Who left without signing the handover that waits for them."""
    return [
        (
            one.person_id,
            str(_("N’a pas encore signé la passation.")),
            url_for("handover.page", handover_id=one.handover_id),
        )
        for one in waiting_for(session, people)
        if one.side == Side.OUTGOING and one.handover.body_id == body_id
    ]
