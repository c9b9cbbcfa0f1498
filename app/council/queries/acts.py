"""Reading acts: one of them, a page, the register."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import and_, func, or_, select, tuple_
from sqlalchemy.orm import joinedload, selectinload

from app.bodies.models import Body
from app.conventions.models import ConventionVersion, PrintKind
from app.council.models import (
    Act,
    ActStatus,
    CheckOverride,
)
from app.council.queries.councils import PAGE
from app.twinnings.models import Twinning, TwinningParty
from app.twinnings.queries import twinning_ids_of

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date, datetime

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from app.council.queries.councils import Bodies

VOTED = (ActStatus.ADOPTED, ActStatus.REJECTED)
"""A deliberation in one of these states is a public act (CGCT, L2121-26): who shares the twinning may read it."""


ACT_DOCUMENTS = frozenset({"deliberation", "extrait", "certificat", "affichage"})


def is_visible_to(bodies: Bodies) -> ColumnElement[bool]:
    """Acts that these bodies may read: their own, and those that were voted on a twinning they share."""
    shared = and_(Act.status.in_(VOTED), Act.twinning_id.in_(twinning_ids_of(bodies)))
    return or_(Act.body_id.in_(bodies), shared)


def act_by_id(session: Session, act_id: int) -> Act | None:
    """An act with what hangs on it."""
    return session.scalar(
        select(Act)
        .where(Act.id == act_id)
        .options(
            joinedload(Act.body).joinedload(Body.place),
            joinedload(Act.twinning).selectinload(Twinning.parties).joinedload(TwinningParty.body),
            joinedload(Act.convention),
            joinedload(Act.version),
            selectinload(Act.events),
        )
    )


def act_to_print(session: Session, act_id: int, document: str) -> Act | None:
    """An act, for one of its documents."""
    return act_by_id(session, act_id) if document in ACT_DOCUMENTS else None


def page_of_acts(
    session: Session, bodies: Bodies, *, before: tuple[datetime, int] | None = None, trashed: bool = False
) -> list[Act]:
    """A page of acts and one more, the last changed first."""
    key = tuple_(Act.changed_at, Act.id)
    statement = (
        select(Act)
        .where(is_visible_to(bodies), Act.trashed_at.is_not(None) if trashed else Act.trashed_at.is_(None))
        .options(joinedload(Act.body))
        .order_by(Act.changed_at.desc(), Act.id.desc())
        .limit(PAGE + 1)
    )
    if before is not None:
        statement = statement.where(key < tuple_(*before))
    return list(session.scalars(statement))


def acts_of_twinning(session: Session, twinning_id: int, bodies: Bodies) -> Sequence[Act]:
    """The acts on one twinning that these bodies may read, the latest first."""
    statement = (
        select(Act)
        .where(Act.twinning_id == twinning_id, Act.trashed_at.is_(None), is_visible_to(bodies))
        .options(selectinload(Act.events))
        .order_by(Act.changed_at.desc(), Act.id.desc())
        .limit(50)
    )
    return session.scalars(statement).all()


def acts_on_convention(session: Session, convention_id: int) -> Sequence[Act]:
    """The acts to which a text is annexed, the latest first."""
    statement = (
        select(Act)
        .where(Act.convention_id == convention_id, Act.trashed_at.is_(None))
        .options(joinedload(Act.version), selectinload(Act.events))
        .order_by(Act.id.desc())
    )
    return session.scalars(statement).all()


def adopted_on_conventions(session: Session, convention_ids: Collection[int]) -> Sequence[Act]:
    """The adopted acts to which these texts are annexed, the latest first; with what their force depends on."""
    statement = (
        select(Act)
        .where(Act.convention_id.in_(convention_ids), Act.trashed_at.is_(None), Act.status == ActStatus.ADOPTED)
        .options(
            joinedload(Act.convention),
            joinedload(Act.body).joinedload(Body.place),
            selectinload(Act.events),
        )
        .order_by(Act.id.desc())
    )
    return session.scalars(statement).all()


def acts_ready(session: Session, body_id: int) -> Sequence[Act]:
    """Acts that may be put on an agenda: validated, or adjourned by an earlier meeting."""
    statement = (
        select(Act)
        .where(Act.body_id == body_id, Act.trashed_at.is_(None))
        .where(Act.status.in_([ActStatus.VALIDATED, ActStatus.ADJOURNED]))
        .order_by(Act.changed_at.desc(), Act.id.desc())
        .limit(50)
    )
    return session.scalars(statement).all()


def acts_to_follow(session: Session, bodies: Bodies, *, limit: int = 8) -> Sequence[Act]:
    """Adopted acts that are not yet both transmitted and published."""
    statement = (
        select(Act)
        .where(Act.body_id.in_(bodies), Act.trashed_at.is_(None), Act.status == ActStatus.ADOPTED)
        .where(or_(Act.transmitted_on.is_(None), Act.published_on.is_(None)))
        .options(selectinload(Act.events))
        .order_by(Act.voted_on, Act.id)
        .limit(limit)
    )
    return session.scalars(statement).all()


def acts_to_present(session: Session, body_id: int) -> Sequence[Act]:
    """The acts that the council has not voted yet and that name who presents them."""
    open_ = (ActStatus.DRAFT, ActStatus.VALIDATED, ActStatus.ON_AGENDA, ActStatus.CONVENED, ActStatus.ADJOURNED)
    statement = (
        select(Act)
        .where(Act.body_id == body_id, Act.trashed_at.is_(None), Act.status.in_(open_), Act.rapporteur != "")
        .order_by(Act.id)
    )
    return session.scalars(statement).all()


def register_of(session: Session, body_id: int, year: int) -> Sequence[Act]:
    """The acts of one year in the order of the register."""
    statement = select(Act).where(Act.body_id == body_id, Act.register_year == year).order_by(Act.register_rank)
    return session.scalars(statement).all()


def last_rank(session: Session, body_id: int, year: int) -> int:
    """The last number of the register in a year."""
    return (
        session.scalar(select(func.max(Act.register_rank)).where(Act.body_id == body_id, Act.register_year == year))
        or 0
    )


def act_of_number(session: Session, body_id: int, year: int, rank: int) -> Act | None:
    """The act that has a number of the register."""
    statement = select(Act).where(Act.body_id == body_id, Act.register_year == year, Act.register_rank == rank)
    return session.scalar(statement)


def numbered_after(session: Session, body_id: int, day: date) -> Sequence[Act]:
    """The acts that were voted later in the year than a day, by their numbers: an evening written down late follows."""
    statement = (
        select(Act)
        .where(Act.body_id == body_id, Act.register_year == day.year, Act.voted_on > day)
        .order_by(Act.register_rank)
    )
    return session.scalars(statement).all()


def overrides_of(
    session: Session, *, meeting_id: int | None = None, act_id: int | None = None, subsidy_id: int | None = None
) -> list[CheckOverride]:
    """What somebody went past, for a meeting, an act or an aid."""
    statement = select(CheckOverride).order_by(CheckOverride.id)
    if meeting_id is not None:
        statement = statement.where(CheckOverride.meeting_id == meeting_id)
    elif subsidy_id is not None:
        statement = statement.where(CheckOverride.subsidy_id == subsidy_id)
    else:
        statement = statement.where(CheckOverride.act_id == act_id)
    return list(session.scalars(statement))


def is_cleared(session: Session, act: Act) -> bool:
    """Whether an original to be signed was made of the words that were voted."""
    return original_of(session, act) is not None


def original_of(session: Session, act: Act) -> ConventionVersion | None:
    """The newest original to be signed of the words that were voted."""
    if act.convention_id is None or not act.sealed_sha256:
        return None
    statement = select(ConventionVersion).where(
        ConventionVersion.convention_id == act.convention_id,
        ConventionVersion.kind == PrintKind.ORIGINAL,
        ConventionVersion.sha256 == act.sealed_sha256,
    )
    return session.scalar(statement.order_by(ConventionVersion.number.desc()).limit(1))


def shares_twinning(session: Session, bodies: Bodies, twinning_id: int | None) -> bool:
    """Whether one of these bodies is in the twinning today."""
    return twinning_id is not None and twinning_id in set(session.scalars(twinning_ids_of(bodies)))
