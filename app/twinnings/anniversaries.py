"""Round anniversaries of oaths and signatures: 10, 20, 25, 50 years…, as precisely as the date is known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import or_, select

from app.shared.fuzzydate import FuzzyDate, Precision
from app.twinnings.labels import OATHS
from app.twinnings.models import EventKind, Twinning, TwinningEvent
from app.twinnings.queries import is_visible_to

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from app.twinnings.queries import Bodies

ROUND = frozenset({5, 10, 15, 20, 25, 30, 40, 50, 60, 70, 75, 80, 90, 100})


@dataclass(frozen=True)
class Anniversary:
    """So many years of an act, at a date known as well as the act's own."""

    twinning_id: int
    event_id: int
    years: int
    when: FuzzyDate
    stage: str


def is_round(years: int) -> bool:
    """Whether people celebrate this number of years."""
    return years in ROUND or (years > 100 and years % 50 == 0)  # noqa: PLR2004  # centuries and halves


def next_anniversary(event: TwinningEvent, on: date) -> Anniversary | None:
    """The next round anniversary of an act that is not over on a day; none for a date that is not known well enough."""
    when = event.when
    if when is None or when.precision not in {Precision.DAY, Precision.MONTH, Precision.YEAR}:
        return None
    years = max(on.year - when.earliest.year, 1)
    while True:
        if is_round(years):
            candidate = FuzzyDate(_shifted(when, years))
            if candidate.latest >= on:
                return Anniversary(event.twinning_id, event.id, years, candidate, event.stage)
        years += 1


def upcoming_anniversaries(session: Session, bodies: Bodies, *, on: date, within: int = 550) -> list[Anniversary]:
    """The round anniversaries of these bodies' twinnings within so many days, the nearest first; one query."""
    statement = (
        select(TwinningEvent)
        .join(Twinning, Twinning.id == TwinningEvent.twinning_id)
        .where(is_visible_to(bodies), Twinning.trashed_at.is_(None), Twinning.stage != "ended", *is_an_act())
    )
    found = (next_anniversary(event, on) for event in session.scalars(statement))
    near = [one for one in found if one is not None and one.when.earliest <= on + timedelta(days=within)]
    return sorted(near, key=lambda one: (one.when.earliest, one.twinning_id, one.event_id))


def first_upcoming(acts: Iterable[TwinningEvent], on: date) -> Anniversary | None:
    """The nearest round anniversary among the acts of one twinning."""
    found = [one for event in acts if is_act(event) and (one := next_anniversary(event, on)) is not None]
    return min(found, key=lambda one: (one.when.earliest, one.event_id), default=None)


def is_act(event: TwinningEvent) -> bool:
    """Whether an event is an oath or a signature."""
    return event.kind == EventKind.SIGNATURE or (event.kind == EventKind.STAGE and event.stage in OATHS)


def is_an_act() -> tuple[ColumnElement[bool], ...]:
    """The same in the database."""
    return (
        TwinningEvent.trashed_at.is_(None),
        TwinningEvent.when_sort.is_not(None),
        or_(
            TwinningEvent.kind == EventKind.SIGNATURE,
            (TwinningEvent.kind == EventKind.STAGE) & TwinningEvent.stage.in_(sorted(OATHS)),
        ),
    )


def _shifted(when: FuzzyDate, years: int) -> str:
    """The same day so many years later; the 29th of February becomes the 28th."""
    year = f"{when.earliest.year + years:04d}"
    rest = when.text[4:]
    if rest == "-02-29":
        rest = "-02-28"
    return year + rest
