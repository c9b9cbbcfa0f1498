"""Reading what the commune gives."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import or_, select, tuple_
from sqlalchemy.orm import joinedload

from app.bodies.models import Body, BodyKind
from app.council.models import (
    Subsidy,
)
from app.council.queries.councils import PAGE
from app.twinnings.models import TwinningParty

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from app.council.queries.councils import Bodies


def subsidy_by_id(session: Session, subsidy_id: int) -> Subsidy | None:
    """A subsidy with those it is between."""
    return session.get(
        Subsidy,
        subsidy_id,
        options=[joinedload(Subsidy.body), joinedload(Subsidy.beneficiary), joinedload(Subsidy.act)],
    )


def page_of_subsidies(
    session: Session, bodies: Bodies, *, before: tuple[int, int] | None = None, trashed: bool = False
) -> list[Subsidy]:
    """A page of subsidies and one more, the latest year first."""
    statement = (
        select(Subsidy)
        .where(or_(Subsidy.body_id.in_(bodies), Subsidy.beneficiary_id.in_(bodies)))
        .where(Subsidy.trashed_at.is_not(None) if trashed else Subsidy.trashed_at.is_(None))
        .options(joinedload(Subsidy.body), joinedload(Subsidy.beneficiary), joinedload(Subsidy.act))
        .order_by(Subsidy.year.desc(), Subsidy.id.desc())
        .limit(PAGE + 1)
    )
    if before is not None:
        statement = statement.where(tuple_(Subsidy.year, Subsidy.id) < tuple_(*before))
    return list(session.scalars(statement))


def subsidies_of_year(session: Session, body_id: int, beneficiary_id: int, year: int) -> Sequence[Subsidy]:
    """Every aid of one commune to one association in one year."""
    statement = (
        select(Subsidy)
        .where(
            Subsidy.body_id == body_id,
            Subsidy.beneficiary_id == beneficiary_id,
            Subsidy.year == year,
            Subsidy.trashed_at.is_(None),
        )
        .order_by(Subsidy.id)
    )
    return session.scalars(statement).all()


def reports_of(session: Session, body_id: int, beneficiary_id: int) -> Sequence[Subsidy]:
    """Every aid of one commune to one association, the latest year first."""
    statement = (
        select(Subsidy)
        .where(Subsidy.body_id == body_id, Subsidy.beneficiary_id == beneficiary_id, Subsidy.trashed_at.is_(None))
        .order_by(Subsidy.year.desc(), Subsidy.id.desc())
        .limit(50)
    )
    return session.scalars(statement).all()


def associations_known(session: Session, body_id: int) -> list[Body]:
    """The associations that a commune may aid: those that work for it or that it shares a twinning with."""
    party, other = TwinningParty, select(TwinningParty.twinning_id).where(TwinningParty.body_id == body_id)
    shared = select(party.body_id).where(party.twinning_id.in_(other))
    statement = (
        select(Body)
        .where(Body.kind == BodyKind.COMMITTEE, Body.trashed_at.is_(None))
        .where(or_(Body.parent_id == body_id, Body.id.in_(shared)))
    )
    return list(session.scalars(statement.order_by(Body.folded, Body.id)))
