"""What waits to be done in associations: assemblies ahead, to finish, elections to install, changes to declare."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from app.assemblies.models import Assembly, AssemblyItem, Outcome, Status
from app.bodies.models import Body

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session


def changes_to_declare(session: Session, body_ids: Collection[int]) -> Sequence[Assembly]:
    """Assemblies that changed the officers or the statutes, and whose declaration nobody noted."""
    return session.scalars(
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
