"""What waits to be done in associations: assemblies ahead, to finish, elections to install, changes to declare."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import joinedload, selectinload

from app.assemblies.models import Assembly, AssemblyItem, AssemblyProxy, AssemblySeat, Outcome, Status
from app.bodies.models import Body, Function, Mandate
from app.members.models import Member

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date, datetime

    from sqlalchemy.orm import Session


def changes_to_declare(session: Session, body_ids: Collection[int]) -> Sequence[Assembly]:
    """Assemblies that changed the officers or the statutes, and whose declaration nobody noted.

    A board and its officers elected to begin on one day are one change to declare: the last meeting stands for both.
    """
    found = session.scalars(
        select(Assembly)
        .options(joinedload(Assembly.body).joinedload(Body.parent), selectinload(Assembly.items))
        .where(
            Assembly.body_id.in_(body_ids),
            Assembly.trashed_at.is_(None),
            Assembly.change_of != "",
            Assembly.change_declared_on.is_(None),
        )
        .order_by(Assembly.starts_at, Assembly.id)
    ).all()
    last = {(one.body_id, one.change_of, one.offices_on or one.id): one.id for one in found}
    return [one for one in found if one.id in set(last.values())]


def declared_with(session: Session, assembly: Assembly) -> Sequence[Assembly]:
    """Other assemblies whose change the same declaration tells: the same one, from the same day."""
    same = select(Assembly).where(
        Assembly.body_id == assembly.body_id,
        Assembly.id != assembly.id,
        Assembly.change_of == assembly.change_of,
        Assembly.offices_on == assembly.offices_on,
        Assembly.change_declared_on.is_(None),
        Assembly.trashed_at.is_(None),
    )
    return session.scalars(same).all() if assembly.offices_on else []


def assemblies_ahead(session: Session, body_ids: Collection[int], *, at: datetime) -> Sequence[Assembly]:
    """Assemblies still to be held."""
    return session.scalars(
        select(Assembly)
        .options(joinedload(Assembly.body), selectinload(Assembly.seats))
        .where(
            Assembly.body_id.in_(body_ids),
            Assembly.trashed_at.is_(None),
            Assembly.status.in_([Status.DRAFT, Status.CONVENED, Status.OPEN]),
            Assembly.starts_at >= at,
        )
        .order_by(Assembly.starts_at, Assembly.id)
        .limit(20)
    ).all()


def proxies_adrift(session: Session, body_ids: Collection[int], *, person_id: int | None = None) -> list[AssemblyProxy]:
    """Proxies for a meeting ahead that nobody will carry: who was to is gone, or, for ``person_id``, is that person."""
    gone = or_(AssemblySeat.ended_on.is_not(None), AssemblySeat.may_vote.is_(False))
    holders = session.scalars(
        select(AssemblySeat)
        .join(Assembly, Assembly.id == AssemblySeat.assembly_id)
        .options(joinedload(AssemblySeat.assembly))
        .where(
            Assembly.body_id.in_(body_ids),
            Assembly.trashed_at.is_(None),
            Assembly.status.in_([Status.DRAFT, Status.CONVENED]),
            AssemblySeat.id.in_(select(AssemblyProxy.holder_id)),
            gone if person_id is None else AssemblySeat.person_id == person_id,
        )
    ).all()
    adrift = {one.id for one in holders if person_id is not None or not one.votes}
    found = session.scalars(
        select(AssemblyProxy)
        .options(joinedload(AssemblyProxy.giver), joinedload(AssemblyProxy.holder), joinedload(AssemblyProxy.assembly))
        .where(AssemblyProxy.holder_id.in_(adrift), AssemblyProxy.until_item_id.is_(None))
        .order_by(AssemblyProxy.id)
    )
    return [one for one in found if one.giver.votes]


def offices_of_who_left(session: Session, body_ids: Collection[int], *, on: date) -> Sequence[Mandate]:
    """Offices that nobody ended, of people who are members no more."""
    theirs = (Member.person_id == Mandate.person_id, Member.body_id == Mandate.body_id, Member.trashed_at.is_(None))
    return session.scalars(
        select(Mandate)
        .options(joinedload(Mandate.person), joinedload(Mandate.body))
        .where(
            Mandate.body_id.in_(body_ids),
            Mandate.trashed_at.is_(None),
            Mandate.until_sort.is_(None),
            Mandate.function != Function.COUNCIL_DELEGATE,
            exists().where(*theirs, Member.until_sort <= on),
            ~exists().where(*theirs, or_(Member.until_sort.is_(None), Member.until_sort > on)),
        )
        .order_by(Mandate.id)
        .limit(20)
    ).all()


def elections_to_install(session: Session, body_ids: Collection[int]) -> Sequence[Assembly]:
    """Closed assemblies that elected somebody to an office whose mandate is not open yet."""
    elected = (
        select(AssemblyItem.assembly_id)
        .where(AssemblyItem.outcome == Outcome.ELECTED, AssemblyItem.function != "")
        .scalar_subquery()
    )
    return session.scalars(
        select(Assembly)
        .options(joinedload(Assembly.body))
        .where(
            Assembly.body_id.in_(body_ids),
            Assembly.trashed_at.is_(None),
            Assembly.status == Status.CLOSED,
            Assembly.offices_on.is_(None),
            Assembly.id.in_(elected),
        )
        .order_by(Assembly.starts_at, Assembly.id)
        .limit(20)
    ).all()


def assemblies_to_finish(session: Session, body_ids: Collection[int], *, before: datetime) -> Sequence[Assembly]:
    """Assemblies whose day is past and that nobody closed."""
    return session.scalars(
        select(Assembly)
        .options(joinedload(Assembly.body))
        .where(
            Assembly.body_id.in_(body_ids),
            Assembly.trashed_at.is_(None),
            Assembly.status.in_([Status.DRAFT, Status.CONVENED, Status.OPEN]),
            Assembly.starts_at < before,
        )
        .order_by(Assembly.starts_at, Assembly.id)
        .limit(20)
    ).all()
