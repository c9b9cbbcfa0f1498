"""Reading former deliberations: a page of them, one of them, the twinnings that they may be put with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select, tuple_
from sqlalchemy.orm import joinedload, selectinload

from app.council.models import PastDeliberation
from app.shared.folding import fold
from app.twinnings.models import Twinning, TwinningParty

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from sqlalchemy.orm import Session

PAGE = 25
_INSEE = 5


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Which former deliberations to show."""

    words: str = ""
    on_twinnings: bool = False
    twinning_id: int | None = None
    trashed: bool = False


def past_by_id(session: Session, past_id: int) -> PastDeliberation | None:
    """One former deliberation, with its commune and its twinning."""
    return session.get(
        PastDeliberation, past_id, options=[joinedload(PastDeliberation.body), joinedload(PastDeliberation.twinning)]
    )


def page_of_past(
    session: Session, bodies: frozenset[int], wanted: Wanted, *, before: tuple[date, int] | None = None
) -> list[PastDeliberation]:
    """A page of former deliberations and one more, the latest first; every word must be in number or title."""
    past = PastDeliberation
    statement = (
        select(past)
        .where(past.body_id.in_(bodies), past.trashed_at.is_not(None) if wanted.trashed else past.trashed_at.is_(None))
        .options(joinedload(past.body), joinedload(past.twinning))
        .order_by(past.voted_sort.desc(), past.id.desc())
        .limit(PAGE + 1)
    )
    for word in fold(wanted.words).split():
        statement = statement.where(past.folded.contains(word, autoescape=True))
    if wanted.on_twinnings:
        statement = statement.where(past.tells_twinning)
    if wanted.twinning_id is not None:
        statement = statement.where(past.twinning_id == wanted.twinning_id)
    if before is not None:
        statement = statement.where(tuple_(past.voted_sort, past.id) < tuple_(*before))
    return list(session.scalars(statement))


def twinnings_of(session: Session, body_id: int) -> Sequence[Twinning]:
    """The twinnings of a commune, with their parties."""
    mine = select(TwinningParty.twinning_id).where(TwinningParty.body_id == body_id)
    statement = (
        select(Twinning)
        .where(Twinning.id.in_(mine), Twinning.trashed_at.is_(None))
        .options(selectinload(Twinning.parties).joinedload(TwinningParty.body))
        .order_by(Twinning.id)
        .limit(200)
    )
    return session.scalars(statement).all()
