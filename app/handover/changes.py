"""The days on which offices of a board change hands: who leaves, who comes, who hands over where a side is empty."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Literal

from sqlalchemy import select

from app.assemblies.models import Assembly
from app.bodies.labels import ASSOCIATIONS, ONE_AT_A_TIME, ORDER, office_shown
from app.bodies.models import Body, Function
from app.bodies.queries import is_in_office, mandates_of, mandates_of_bodies
from app.bodies.services.renewal import Occasion, functions_of
from app.handover.models import Handover, HandoverPerson, Side, Stage
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


_MORE_EXACT = timedelta(days=45)
"""How far a date may move when somebody corrects it, and still tell of the same change."""


@dataclass(frozen=True, kw_only=True)
class Change:
    """What changes on a day; mandates by person. ``stands_in``: who hands over, or receives, where a side is empty.

    ``stays``: the first in rank of those in office before and after.
    """

    body: Body
    day: date
    leaving: People
    coming: People
    stands_in: Mandate | None
    stays: Mandate | None = None
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
    def sides(self) -> tuple[tuple[Side, People], tuple[Side, People]]:
        """Who leaves, and who comes."""
        return (Side.OUTGOING, self.leaving), (Side.INCOMING, self.coming)

    def without(self, people: Collection[int]) -> Change:
        """The change of those who are left, once others have handed over; the first in rank of them stands opposite."""
        leaving, coming = (
            {person: held for person, held in side.items() if person not in people}
            for side in (self.leaving, self.coming)
        )
        done = [held[0] for side in (self.leaving, self.coming) for person, held in side.items() if person in people]
        opposite = self.coming if leaving else self.leaving
        there = [one for one in done if opposite.get(one.person_id)] or done
        stands_in = self.stands_in
        if done and not (leaving and coming) and stands_in is None:
            stands_in = self.stays or min(there, key=lambda one: (ORDER[Function(one.function)], one.id))
        return replace(self, leaving=leaving, coming=coming, stands_in=stands_in)

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
            if not done.covers(body.id, change := _change(body, board, day, assemblies.get(day)))
        ]
    return sorted(found, key=lambda one: (one.day, one.body.id))[::-1]


def missing(session: Session, handovers: Sequence[Handover]) -> dict[int, list[Mandate]]:
    """By handover, who leaves or comes on its day by the mandates as they are now, and is in none that is sealed."""
    held: dict[int, list[Mandate]] = defaultdict(list)
    numbers = sorted({one.body_id for one in handovers})
    for mandate in mandates_of_bodies(session, numbers):
        held[mandate.body_id].append(mandate)
    done = _handed_over(session, numbers, sealed=True)
    found = {}
    for one in handovers:
        change = _change(one.body, _board(one.body, held[one.body_id]), one.takes_over_on)
        here = {who.person_id for who in one.people}
        found[one.id] = [
            mandates[0]
            for side, people in change.sides
            for person, mandates in people.items()
            if person not in here and not done.knows(one.body_id, one.takes_over_on, side, mandates)
        ]
    return found


@dataclass(frozen=True)
class Done:
    """Who stands where in the handovers of some bodies: the day, the side, the person and the office; by assembly."""

    lines: Mapping[int, Collection[tuple[date, str, int, str]]]
    assemblies: Mapping[int, Collection[tuple[int, int]]]

    def knows(self, body_id: int, day: date, side: Side, mandates: Sequence[Mandate]) -> bool:
        """Whether somebody stands in a handover of the day, or for that office on that side some weeks around it.

        A date that is made more exact later asks nobody to hand over twice, nor does a smaller office of who leaves,
        on the day or on the morrow.
        """
        offices = [office_shown(one).casefold() for one in mandates]
        return any(
            person == mandates[0].person_id
            and (
                abs(on - day) <= _DAY
                or (where == side and abs(on - day) <= _MORE_EXACT and any(one in told.casefold() for one in offices))
            )
            for on, where, person, told in self.lines.get(body_id, ())
        )

    def covers(self, body_id: int, change: Change) -> bool:
        """Whether everybody of a change has handed over, or is about to."""
        by_assembly = {person for number, person in self.assemblies.get(body_id, ()) if number == change.assembly_id}
        return all(
            person in by_assembly or self.knows(body_id, change.day, side, mandates)
            for side, people in change.sides
            for person, mandates in people.items()
        )


def done_before(session: Session, body_id: int, on: date) -> set[int]:
    """Who stands in a sealed handover of a day already."""
    lines = _handed_over(session, [body_id], sealed=True).lines.get(body_id, ())
    return {person for day, _side, person, _office in lines if day == on}


def _handed_over(session: Session, body_ids: Sequence[int], *, sealed: bool = False) -> Done:
    statement = (
        select(
            Handover.body_id,
            Handover.takes_over_on,
            Handover.assembly_id,
            HandoverPerson.side,
            HandoverPerson.person_id,
            HandoverPerson.function,
        )
        .join(HandoverPerson, HandoverPerson.handover_id == Handover.id)
        .where(Handover.body_id.in_(body_ids), Handover.trashed_at.is_(None))
    )
    lines: dict[int, set[tuple[date, str, int, str]]] = defaultdict(set)
    assemblies: dict[int, set[tuple[int, int]]] = defaultdict(set)
    for body_id, day, assembly_id, side, person_id, office in session.execute(
        statement.where(Handover.stage != Stage.DRAFT) if sealed else statement
    ):
        lines[body_id].add((day, side, person_id, office))
        if assembly_id is not None:
            assemblies[body_id].add((assembly_id, person_id))
    return Done(lines, assemblies)


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
    stays = _stand_in(board, on, {*leaving, *coming})
    return Change(
        body=body,
        day=on,
        leaving=leaving,
        coming=coming,
        stands_in=None if leaving and coming else stays,
        stays=stays,
        assembly_id=assembly_id,
    )


def _taken_over(mandate: Mandate, board: Iterable[Mandate]) -> date | None:
    """The day on which an office changes hands: the first of who comes, or the last of those who left before."""
    if mandate.since is None:
        return None
    first = mandate.since.earliest
    ended = (one.until.latest for one in board if one.until is not None)
    return first - _DAY if first - _DAY in ended else first


def _stand_in(board: Iterable[Mandate], on: date, moving: Collection[int]) -> Mandate | None:
    """Who is in office before and after, the first in rank."""
    staying = [
        one
        for one in board
        if one.person_id not in moving and is_in_office(one, on - _DAY) and is_in_office(one, on + _DAY)
    ]
    return min(staying, key=lambda one: (ORDER[Function(one.function)], one.id), default=None)
