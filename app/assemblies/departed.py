"""Who was called and belongs there no more on the day: gone from the association, or out of the office.

The lists tell it, whoever changes them and however late, so that nothing has to be noted a second time. When the
assembly opens it keeps who votes; who voted before leaving has voted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, case, exists, func, null, select
from sqlalchemy.orm import column_property

from app.bodies.models import Function, Mandate
from app.members.models import Member
from app.shared.clock import day_of

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Mapped

    from app.assemblies.models import Assembly
    from app.database.base import Base

_AHEAD = frozenset({"draft", "convened"})
_BOARD = ("board", "office")


class Standing:
    """Whether somebody who is called still votes; ``ended_on``: the last day of their membership, or of their office.

    ``ended_on`` is None for who belongs there to this day, or was never on a list.
    """

    if TYPE_CHECKING:
        may_vote: Mapped[bool]
        assembly: Mapped[Assembly]
        ended_on: Mapped[date | None]

    @property
    def left_before(self) -> bool:
        """Whether they are gone on the day of the assembly."""
        return self.ended_on is not None and self.ended_on < day_of(self.assembly.starts_at)

    @property
    def votes(self) -> bool:
        """Whether their vote counts: they may, and are not gone before it opens."""
        return self.may_vote and not (self.left_before and self.assembly.status in _AHEAD)


def follow_departures(seat: Any, assembly: Any, voice: Any) -> None:  # noqa: ANN401  # three mapped classes
    """Let a seat know its last day, read with it."""
    called_to = assembly.__table__.alias("called_to")
    is_board = called_to.c.kind.in_(_BOARD)
    member = _last_day(Member, seat, called_to, ~is_board)
    office = _last_day(Mandate, seat, called_to, and_(is_board, Mandate.function != Function.COUNCIL_DELEGATE))
    has_voted = exists().where(voice.seat_id == seat.id).correlate(seat.__table__)
    seat.__mapper__.add_property(
        "ended_on", column_property(case((has_voted, null()), else_=func.coalesce(member, office)))
    )


def _last_day(listed: type[Base], seat: Any, called_to: Any, where: ColumnElement[bool]) -> Any:  # noqa: ANN401  # mapped
    """The last day of what somebody is or holds in the body; NULL where some of it goes on, or there is none."""
    row: Any = listed
    last = case((func.count() > func.count(row.until_sort), null()), else_=func.max(row.until_sort))
    return (
        select(last)
        .select_from(row)
        .join(called_to, called_to.c.body_id == row.body_id)
        .where(
            called_to.c.id == seat.assembly_id,
            row.person_id == seat.person_id,
            row.trashed_at.is_(None),
            where,
        )
        .correlate(seat.__table__)
        .scalar_subquery()
    )
