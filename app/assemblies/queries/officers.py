"""Officers of an association who changed without an assembly kept here: since when, and whether it was declared."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.assemblies.declared import OfficersDeclaration
from app.assemblies.models import Assembly
from app.bodies.models import Body, BodyKind
from app.bodies.queries import is_in_office, mandates_of_bodies
from app.bodies.services.renewal import Occasion, functions_of
from app.shared.clock import day_of
from app.shared.fuzzydate import Precision

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import date

    from sqlalchemy.orm import Session

    from app.bodies.models import Mandate
    from app.shared.fuzzydate import FuzzyDate

_DAY = timedelta(days=1)
_LOOKED_BACK = timedelta(days=366)
"""An older change is history that somebody types in, not a duty."""


def officers_to_declare(session: Session, body_ids: Collection[int], *, on: date) -> list[tuple[Body, date]]:
    """Committees whose officers changed in the last year and that told nobody; with the day of the first change.

    A change that an assembly of the product installed is declared with that assembly. Officers noted when a body is
    registered are no change: only a mandate that ended, or one that began since the body stands here.
    """
    bodies = session.scalars(
        select(Body)
        .where(Body.id.in_(body_ids), Body.kind == BodyKind.COMMITTEE, Body.trashed_at.is_(None))
        .options(joinedload(Body.parent))
        .order_by(Body.folded, Body.id)
    ).all()
    if not bodies:
        return []
    numbers = [body.id for body in bodies]
    board = set(functions_of(BodyKind.COMMITTEE, Occasion.BOARD))
    held: dict[int, list[Mandate]] = defaultdict(list)
    for mandate in mandates_of_bodies(session, numbers):
        if mandate.function in board:
            held[mandate.body_id].append(mandate)
    installed, declared = _told(session, numbers)
    found = []
    for body in bodies:
        days = [
            day
            for day in _changes(held[body.id], day_of(body.created_at))
            if on - _LOOKED_BACK < day <= on
            and day not in installed[body.id]
            and not any(told >= day for told in declared[body.id])
        ]
        if days:
            found.append((body, days[0]))
    return found


def _told(session: Session, body_ids: Collection[int]) -> tuple[dict[int, set[date]], dict[int, set[date]]]:
    """By body: the days on which assemblies installed officers, and those on which the registry was told."""
    installed: dict[int, set[date]] = defaultdict(set)
    declared: dict[int, set[date]] = defaultdict(set)
    assemblies = select(Assembly.body_id, Assembly.offices_on, Assembly.change_declared_on).where(
        Assembly.body_id.in_(body_ids), Assembly.trashed_at.is_(None)
    )
    for number, begins, told in session.execute(assemblies):
        if begins is not None:
            installed[number].add(begins)
        if told is not None:
            declared[number].add(told)
    noted = select(OfficersDeclaration.body_id, OfficersDeclaration.declared_on).where(
        OfficersDeclaration.body_id.in_(body_ids)
    )
    for number, told in session.execute(noted):
        declared[number].add(told)
    return installed, declared


def _changes(mandates: Iterable[Mandate], here_since: date) -> list[date]:
    """The days on which other people held the offices than the day before."""
    kept = list(mandates)
    ends = {day for one in kept if (day := _whole_day(one.until))}
    begins = {day for one in kept if (day := _whole_day(one.since)) and day >= here_since}
    return sorted(day for day in ends | begins if _holders(kept, day - _DAY) != _holders(kept, day + _DAY))


def _holders(mandates: Iterable[Mandate], day: date) -> set[tuple[int, str]]:
    return {(one.person_id, one.function) for one in mandates if is_in_office(one, day)}


def _whole_day(when: FuzzyDate | None) -> date | None:
    return when.earliest if when is not None and when.precision == Precision.DAY else None
