"""The days on which offices of a board change hands: who leaves, who comes, who hands over where a side is empty."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Literal, TypeAlias

from sqlalchemy import select

from app.assemblies.models import Assembly
from app.bodies.labels import ASSOCIATIONS, ONE_AT_A_TIME, ORDER
from app.bodies.models import Body, Function
from app.bodies.queries import is_in_office, mandates_of, mandates_of_bodies
from app.bodies.services.renewal import Occasion, functions_of
from app.handover.models import Handover, HandoverPerson, Side
from app.shared.clock import day_of
from app.shared.fuzzydate import Precision

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from datetime import date

    from sqlalchemy.orm import Session

    from app.bodies.models import Mandate
    from app.shared.fuzzydate import FuzzyDate

    People = Mapping[int, list[Mandate]]

_DAY = timedelta(days=1)
_LOOKED_BACK, _LOOKED_AHEAD = timedelta(days=366), timedelta(days=31)
"""An older change is history that somebody types in; one far ahead is the end of a term, not of its work."""


@dataclass(frozen=True, kw_only=True)
class Change:
    """What changes on a day; mandates by person. ``stands_in``: who hands over, or receives, where a side is empty."""

    body: Body
    day: date
    leaving: People
    coming: People
    stands_in: Mandate | None
    assembly_id: int | None = None

    @property
    def hindrance(self) -> Literal["", "nobody", "first", "all_gone"]:
        """Why there is nothing to hand over: nobody moves, nobody was there before, nobody is left to receive."""
        if not self.leaving and not self.coming:
            return "nobody"
        if (self.leaving and self.coming) or self.stands_in is not None:
            return ""
        return "all_gone" if self.leaving else "first"

    @property
    def people(self) -> set[tuple[str, int]]:
        """Who leaves and who comes, by side."""
        sides = ((Side.OUTGOING, self.leaving), (Side.INCOMING, self.coming))
        return {(side.value, person) for side, people in sides for person in people}

    @property
    def names(self) -> list[str]:
        """Who leaves and who comes."""
        return [held[0].person.name for people in (self.leaving, self.coming) for held in people.values()]


def change_on(session: Session, body: Body, on: date) -> Change:
    """What changes in the board of a body on a day."""
    assembly_id = _elected(session, [body.id])[body.id].get(on)
    return _change(body, _board(body, mandates_of(session, body.id)), on, assembly_id)


def changes_without(session: Session, body_ids: Collection[int], *, today: date) -> list[Change]:
    """Every change of these associations that has no handover yet, the latest first; a fixed number of queries.

    Officers noted when a body is registered are no change, nor is what is long past, unless an assembly elected them.
    """
    bodies = session.scalars(
        select(Body).where(Body.id.in_(body_ids), Body.kind.in_(ASSOCIATIONS), Body.trashed_at.is_(None))
    ).all()
    if not bodies:
        return []
    numbers = [body.id for body in bodies]
    done = _handed_over(session, numbers)
    elected = _elected(session, numbers)
    held: dict[int, list[Mandate]] = defaultdict(list)
    for mandate in mandates_of_bodies(session, numbers):
        held[mandate.body_id].append(mandate)
    found = []
    for body in bodies:
        board, assemblies = _board(body, held[body.id]), elected[body.id]
        days = {day for day in _days(board, day_of(body.created_at)) if -_LOOKED_BACK < day - today < _LOOKED_AHEAD}
        found += [
            change
            for day in days | {*assemblies}
            if (change := _change(body, board, day, assemblies.get(day))).people
            - (done[body.id, day] | done[body.id, assemblies.get(day)])
        ]
    return sorted(found, key=lambda one: (one.day, one.body.id))[::-1]


@dataclass(frozen=True)
class Apart:
    """Where a handover and the mandates as they are now do not name the same people."""

    missing: Sequence[Mandate]
    gone: Sequence[HandoverPerson]

    def __bool__(self) -> bool:
        """Whether anybody is named by one of the two alone."""
        return bool(self.missing or self.gone)


def lacking(session: Session, handovers: Sequence[Handover]) -> dict[int, Apart]:
    """By handover, who leaves or comes on its day by the mandates as they are now and is not in it, or the reverse."""
    held: dict[int, list[Mandate]] = defaultdict(list)
    for mandate in mandates_of_bodies(session, sorted({one.body_id for one in handovers})):
        held[mandate.body_id].append(mandate)
    found = {}
    for one in handovers:
        change = _change(one.body, _board(one.body, held[one.body_id]), one.takes_over_on)
        known = {(who.side, who.person_id) for who in one.people}
        sides = ((Side.OUTGOING, change.leaving), (Side.INCOMING, change.coming))
        found[one.id] = Apart(
            [
                mandates[0]
                for side, people in sides
                for person, mandates in people.items()
                if (side.value, person) not in known
            ],
            [who for who in one.people if not who.stands_in and (who.side, who.person_id) not in change.people],
        )
    return found


Key: TypeAlias = "tuple[int, date | int | None]"


def _handed_over(session: Session, body_ids: Sequence[int]) -> dict[Key, set[tuple[str, int]]]:
    """By body, for each day and each assembly, who stands on which side of a handover."""
    rows = session.execute(
        select(
            Handover.body_id,
            Handover.takes_over_on,
            Handover.assembly_id,
            HandoverPerson.side,
            HandoverPerson.person_id,
        )
        .join(HandoverPerson, HandoverPerson.handover_id == Handover.id)
        .where(Handover.body_id.in_(body_ids), Handover.trashed_at.is_(None))
    )
    found: dict[Key, set[tuple[str, int]]] = defaultdict(set)
    for body_id, day, assembly_id, side, person_id in rows:
        found[body_id, day].add((side, person_id))
        if assembly_id is not None:
            found[body_id, assembly_id].add((side, person_id))
    return found


def _elected(session: Session, body_ids: Sequence[int]) -> dict[int, dict[date, int]]:
    """By body, the assembly that opened mandates on a day."""
    found: dict[int, dict[date, int]] = defaultdict(dict)
    rows = session.execute(
        select(Assembly.body_id, Assembly.offices_on, Assembly.id)
        .where(Assembly.body_id.in_(body_ids), Assembly.offices_on.is_not(None), Assembly.trashed_at.is_(None))
        .order_by(Assembly.id)
    )
    for body_id, day, number in rows:
        if day is not None:
            found[body_id][day] = number
    return found


def _board(body: Body, mandates: Iterable[Mandate]) -> list[Mandate]:
    functions = {*functions_of(body.kind, Occasion.BOARD)}
    return [one for one in mandates if one.function in functions]


def _days(board: Iterable[Mandate], here_since: date) -> set[date]:
    """The days, known as such, on which a mandate ended or began."""
    ends, begins = set(), set()
    for one in board:
        if (end := _whole_day(one.until)) is not None:
            ends.add(end)
        if (begin := _whole_day(one.since)) is not None and begin >= here_since:
            begins.add(begin)
    return ends | begins


def _whole_day(when: FuzzyDate | None) -> date | None:
    return when.earliest if when is not None and when.precision == Precision.DAY else None


def _change(body: Body, board: Sequence[Mandate], on: date, assembly_id: int | None = None) -> Change:
    """Who leaves and who comes on a day.

    Who changes from an office held by a single person to a smaller one leaves too; who is elected again does neither.
    Who takes an office on the morrow of its former holder's last day belongs to that last day.
    """
    leaving: dict[int, list[Mandate]] = {}
    coming: dict[int, list[Mandate]] = {}
    for mandate in board:
        mine = [one for one in board if one.person_id == mandate.person_id]
        after = {one.function for one in mine if is_in_office(one, on + _DAY)}
        before = {one.function for one in mine if is_in_office(one, on - _DAY)}
        if mandate.until is not None and mandate.until.latest == on and mandate.function not in after:
            if not after or mandate.function in ONE_AT_A_TIME:
                leaving.setdefault(mandate.person_id, []).append(mandate)
        elif _taken_over(mandate, board) == on and mandate.function not in before:
            coming.setdefault(mandate.person_id, []).append(mandate)
    stands_in = None if leaving and coming else _stand_in(board, on, {*leaving, *coming})
    return Change(body=body, day=on, leaving=leaving, coming=coming, stands_in=stands_in, assembly_id=assembly_id)


def _taken_over(mandate: Mandate, board: Iterable[Mandate]) -> date | None:
    """The day on which an office changes hands: the first of who comes, or the last of who left the day before."""
    if mandate.since is None:
        return None
    first = mandate.since.earliest
    ended = (one.until.latest for one in board if one.until is not None and one.function == mandate.function)
    return first - _DAY if first - _DAY in ended else first


def _stand_in(board: Iterable[Mandate], on: date, moving: Collection[int]) -> Mandate | None:
    """Who is in office before and after, the first in rank."""
    staying = [
        one
        for one in board
        if one.person_id not in moving and is_in_office(one, on - _DAY) and is_in_office(one, on + _DAY)
    ]
    return min(staying, key=lambda one: (ORDER[Function(one.function)], one.id), default=None)
