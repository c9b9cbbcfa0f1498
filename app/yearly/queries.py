"""Reading the years of an association, and what the other rooms know of one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from app.bodies.labels import ASSOCIATIONS
from app.bodies.models import Body
from app.council.models import Subsidy
from app.yearly.models import YearBook

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date

    from sqlalchemy.orm import Session


def association_by_id(session: Session, body_id: int) -> Body | None:
    """An association."""
    body = session.get(Body, body_id)
    return body if body is not None and body.kind in ASSOCIATIONS else None


def associations_among(session: Session, body_ids: Collection[int]) -> list[Body]:
    """Which of these bodies are associations, by name."""
    statement = select(Body).where(Body.id.in_(body_ids), Body.kind.in_(ASSOCIATIONS), Body.trashed_at.is_(None))
    return list(session.scalars(statement.order_by(Body.folded, Body.id)))


def book_by_id(session: Session, book_id: int) -> YearBook | None:
    """A year with its figures."""
    return session.get(YearBook, book_id, options=[joinedload(YearBook.body), selectinload(YearBook.lines)])


def book_of(session: Session, body_id: int, year: int) -> YearBook | None:
    """The year of an association."""
    return session.scalar(select(YearBook).where(YearBook.body_id == body_id, YearBook.year == year))


def books_of(session: Session, body_ids: Collection[int]) -> Sequence[YearBook]:
    """The years of some associations, the latest first."""
    return session.scalars(
        select(YearBook)
        .options(joinedload(YearBook.body), selectinload(YearBook.lines))
        .where(YearBook.body_id.in_(body_ids))
        .order_by(YearBook.year.desc(), YearBook.id.desc())
        .limit(100)
    ).all()


def insurances_ending(session: Session, body_ids: Collection[int], before: date) -> Sequence[YearBook]:
    """Years whose insurance ends before a day and that no later year renews."""
    newest: dict[int, YearBook] = {}
    for book in books_of(session, body_ids):
        newest.setdefault(book.body_id, book)
    return [one for one in newest.values() if one.insured_until is not None and one.insured_until < before]


def aids_received(session: Session, body_id: int, years: Collection[int]) -> Sequence[Subsidy]:
    """What communes gave the association in some years."""
    return session.scalars(
        select(Subsidy)
        .options(joinedload(Subsidy.body), joinedload(Subsidy.act))
        .where(Subsidy.beneficiary_id == body_id, Subsidy.year.in_(years), Subsidy.trashed_at.is_(None))
        .order_by(Subsidy.year, Subsidy.id)
    ).all()
