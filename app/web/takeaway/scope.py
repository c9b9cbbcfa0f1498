"""What belongs to a body and what its twinnings share: the rows that everything else in its archive hangs on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import and_, or_, select

from app.accounts.models import Account, RoleGrant
from app.assemblies.models import Assembly, AssemblyCandidate, AssemblyItem, AssemblySeat
from app.bodies.labels import ASSOCIATIONS
from app.bodies.models import Body, BodyKind, Function, Mandate
from app.founding.models import Founder
from app.founding.policy import foundings_with_founders
from app.members.models import Consent, HostFamily, Member, Stay, Traveller
from app.people.models import Person
from app.twinnings.models import Twinning, TwinningParty, TwinningPerson

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session


@dataclass(frozen=True)
class Scope:
    """The rows that everything else hangs on."""

    body_id: int
    own: frozenset[int]
    held: frozenset[int]
    """Its own, and those whose record it fills in as long as nobody of theirs does."""
    bodies: frozenset[int]
    twinnings: frozenset[int]
    people: frozenset[int]
    reached: frozenset[int]
    """Those of them whose own address and telephone it may take along: it keeps their record, or they are its own."""
    accounts: frozenset[int]
    places: frozenset[int]
    kinds: frozenset[int]
    foundings: frozenset[int]
    """The creations whose founders it may still name (CE, 28 March 1997, Solana)."""


def scope_of(session: Session, body_id: int) -> Scope:
    """Find what belongs to a body and what its twinnings share, in a fixed number of queries."""
    service = select(Body.id).where(Body.parent_id == body_id, Body.kind == BodyKind.COMMITTEE_SERVICE)
    own = frozenset({body_id, *session.scalars(service)})
    twinnings = frozenset(session.scalars(select(TwinningParty.twinning_id).where(TwinningParty.body_id.in_(own))))
    parties = select(TwinningParty.body_id).where(TwinningParty.twinning_id.in_(twinnings))
    bodies = own | frozenset(session.scalars(parties))
    held = own | frozenset(session.scalars(select(Body.id).where(Body.kept_by_id.in_(own))))
    works_for_it = frozenset(session.scalars(select(Body.id).where(Body.parent_id.in_(own))))
    parents = select(Body.parent_id).where(Body.id.in_(bodies), Body.parent_id.is_not(None))
    bodies |= held | works_for_it | frozenset(p for p in session.scalars(parents) if p is not None)
    foundings = foundings_with_founders(session, own)
    reached = _reached(session, own, held, foundings)
    return Scope(
        body_id=body_id,
        own=own,
        held=held,
        bodies=bodies,
        twinnings=twinnings,
        people=reached | _met(session, own, held, bodies, twinnings),
        reached=reached,
        accounts=frozenset(session.scalars(select(RoleGrant.account_id).where(RoleGrant.body_id.in_(own)))),
        places=frozenset(p for p in session.scalars(select(Body.place_id).where(Body.id.in_(bodies))) if p is not None),
        kinds=frozenset(session.scalars(select(Twinning.kind_id).where(Twinning.id.in_(twinnings)))),
        foundings=foundings,
    )


def mandates_shown(held: frozenset[int], bodies: frozenset[int]) -> ColumnElement[bool]:
    """Every mandate of the bodies held; of others the officers alone, never whoever else is of an association."""
    associations = select(Body.id).where(Body.kind.in_(ASSOCIATIONS))
    is_officer = or_(Mandate.function != Function.OTHER, Mandate.body_id.not_in(associations))
    return or_(
        Mandate.body_id.in_(held),
        and_(Mandate.body_id.in_(bodies), Mandate.trashed_at.is_(None), is_officer),
    )


def _met(
    session: Session, own: frozenset[int], held: frozenset[int], bodies: frozenset[int], twinnings: frozenset[int]
) -> frozenset[int]:
    """Whom accounts, shared dossiers and the offices of those who share them name: without address or telephone."""
    accounts = session.scalars(select(Account.person_id).join(RoleGrant).where(RoleGrant.body_id.in_(own)))
    named = session.scalars(select(TwinningPerson.person_id).where(TwinningPerson.twinning_id.in_(twinnings)))
    officers = session.scalars(select(Mandate.person_id).where(mandates_shown(held, bodies)))
    return frozenset({*named, *officers, *(one for one in accounts if one is not None)})


def _reached(session: Session, own: frozenset[int], held: frozenset[int], foundings: frozenset[int]) -> frozenset[int]:
    """The people whose record the body keeps, and those of its own lists and assemblies."""
    statements = (
        select(Person.id).where(Person.kept_by_body_id.in_(held)),
        select(Member.person_id).where(Member.body_id.in_(own)),
        select(Consent.person_id).where(Consent.body_id.in_(own)),
        select(HostFamily.person_id).where(HostFamily.body_id.in_(own)),
        select(Traveller.person_id).join(Stay).where(Stay.body_id.in_(own)),
        select(AssemblySeat.person_id).join(AssemblySeat.assembly).where(Assembly.body_id.in_(own)),
        select(AssemblyCandidate.person_id)
        .join(AssemblyCandidate.item)
        .join(AssemblyItem.assembly)
        .where(Assembly.body_id.in_(own)),
        select(Founder.person_id).where(Founder.founding_id.in_(foundings)),
    )
    return frozenset(p for statement in statements for p in session.scalars(statement) if p is not None)
