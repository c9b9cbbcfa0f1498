"""The course of a meeting: who is there when an item is reached, and whose proxy is carried from where to where."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from app.assemblies.models import ItemKind, Outcome, Presence, Status
from app.law.carrying import Given, fault_of, follow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.assemblies.models import Assembly, AssemblyItem, AssemblyProxy, AssemblySeat
    from app.law.assembly import Fault
    from app.law.carrying import Carried
    from app.law.statutes import Statutes

HERE = frozenset({Presence.PRESENT, Presence.REMOTE})
VOTED = frozenset({Outcome.ADOPTED, Outcome.PROPOSED, Outcome.REJECTED, Outcome.ELECTED, Outcome.NOT_ELECTED})
"""What became of an item by a vote: who could give one does not change any more."""


@dataclass(frozen=True)
class Course:
    """A meeting from its opening (point 0) through its items, in the order of the agenda."""

    assembly: Assembly
    limit: int | None

    @cached_property
    def _positions(self) -> list[int]:
        return sorted(item.position for item in self.assembly.items)

    @cached_property
    def _points(self) -> dict[int, int]:
        return {item.id: bisect_right(self._positions, item.position) for item in self.assembly.items}

    def point(self, item: AssemblyItem | int | None) -> int:
        """The point of an item or of its identifier; the opening for none."""
        number = item if isinstance(item, int) or item is None else item.id
        return self._points.get(number or 0, 0)

    def is_here(self, seat: AssemblySeat, item: AssemblyItem | None) -> bool:
        """Whether somebody is there when an item is reached; who comes later is noted as present from then on."""
        return self._is_here(seat, self.point(item))

    def _is_here(self, seat: AssemblySeat, point: int) -> bool:
        if seat.presence not in HERE or point < self.point(seat.came_before_id):
            return False
        if seat.left_before_id is not None and self.point(seat.left_before_id) <= point:
            return False
        return not any(left <= point < back for left, back in self._outings.get(seat.id, ()))

    @cached_property
    def _outings(self) -> dict[int, list[tuple[int, int]]]:
        """From which point to which somebody was out, by seat."""
        found: dict[int, list[tuple[int, int]]] = {}
        for out in self.assembly.absences:
            span = self.point(out.left_before_id), self.point(out.back_before_id)
            found.setdefault(out.seat_id, []).append(span)
        return found

    @cached_property
    def presence(self) -> list[frozenset[int]]:
        """Who is there and votes, point by point."""
        came = [seat for seat in self.assembly.members if seat.presence in HERE]
        return [
            frozenset(seat.id for seat in came if self._is_here(seat, point))
            for point in range(len(self._positions) + 1)
        ]

    @cached_property
    def carried(self) -> list[tuple[AssemblyProxy, Carried]]:
        """What becomes of each proxy of somebody who votes, in the order noted."""
        members = {seat.id for seat in self.assembly.members}
        noted = [one for one in self.assembly.proxies if one.giver_id in members]
        found = follow([self._given(one) for one in noted], self.presence, limit=self.limit)
        return list(zip(noted, found, strict=True))

    @cached_property
    def _fates(self) -> dict[AssemblyProxy, Carried]:
        return dict(self.carried)

    @cached_property
    def _given_by(self) -> dict[int, list[Carried]]:
        """What becomes of the proxies of each giver."""
        found: dict[int, list[Carried]] = {}
        for proxy, fate in self.carried:
            found.setdefault(proxy.giver_id, []).append(fate)
        return found

    def _given(self, proxy: AssemblyProxy) -> Given:
        until = self.point(proxy.until_item_id) if proxy.until_item_id is not None else None
        return Given(proxy.giver_id, proxy.holder_id, self.point(proxy.from_item_id), until)

    def counting(self, item: AssemblyItem | None) -> list[AssemblyProxy]:
        """The proxies that give a vote at an item."""
        point = self.point(item)
        return [proxy for proxy, fate in self.carried if fate.counts_at(point)]

    def aside(self, item: AssemblyItem | None) -> list[AssemblyProxy]:
        """The proxies beyond what the statutes allow, that stand at an item and give no vote."""
        point = self.point(item)
        return [proxy for proxy, fate in self.carried if fate.is_aside and fate.stands_at(point)]

    def standing(self, item: AssemblyItem | None) -> list[AssemblyProxy]:
        """The proxies within the limit that did not end at an item, whether who carries them is there yet or not."""
        point = self.point(item)
        return [proxy for proxy, fate in self.carried if fate.stands_at(point) and not fate.is_aside]

    def fault(self, giver: AssemblySeat, holder: AssemblySeat, since: AssemblyItem | None) -> Fault | None:
        """Why somebody cannot give a proxy from an item on."""
        return fault_of(
            Given(giver.id, holder.id, self.point(since)),
            [fate.given for _proxy, fate in self.carried],
            self.presence,
            entitled={seat.id for seat in self.assembly.members},
            limit=self.limit,
            is_open=self.assembly.status == Status.OPEN,
        )

    def earliest(self, giver: AssemblySeat) -> AssemblyItem | None:
        """From which item a proxy of somebody can count at the soonest; None: from the opening.

        What was voted keeps its count: once something was, it counts from what follows.
        """
        if self.assembly.status != Status.OPEN:
            return None
        if not self.is_here(giver, None) and not any(item.outcome in VOTED for item in self.assembly.items):
            return None
        left = ahead(self.assembly)
        free = (item for item in left if not self.is_here(giver, item) and not self._has_given(giver, item))
        away = (item for item in left if not self.is_here(giver, item))
        return next(free, None) or next(away, left[0] if left else None)

    def _has_given(self, giver: AssemblySeat, item: AssemblyItem) -> bool:
        point = self.point(item)
        return any(fate.stands_at(point) for fate in self._given_by.get(giver.id, ()))

    def may_give(self, giver: AssemblySeat) -> bool:
        """Whether somebody is or will be away, and no proxy of theirs stands where one could begin."""
        if self.assembly.status == Status.OPEN and not ahead(self.assembly):
            return False
        point = self.point(self.earliest(giver))
        stands = any(fate.until > point for fate in self._given_by.get(giver.id, ()))
        return giver.id not in self.presence[point] and not stands

    @property
    def changes(self) -> bool:
        """Whether other people are there or represented further on than at the opening."""
        opening = self.presence[0], self.counting(None)
        return any((self.presence[self.point(one)], self.counting(one)) != opening for one in self.assembly.agenda)

    def moved_round(self, item: AssemblyItem) -> int:
        """Before which round of an item those moved who are noted as moving before it: 1, or a later one.

        A round that was closed keeps how many were there (``rooms``): where others are there now, they moved after it.
        """
        now = len(self.presence[self.point(item)]) + len(self.counting(item))
        moved = 1
        while item.rooms.get(str(moved), now) != now:
            moved += 1
        return moved

    def has_served(self, proxy: AssemblyProxy) -> bool:
        """Whether a proxy gave a vote, to something that was decided, in a round that was closed or from a screen."""
        if proxy.served:
            return True
        fate = self._fates.get(proxy)
        voted = (self.point(item) for item in self.assembly.items if item.outcome in VOTED)
        return fate is not None and any(fate.counts_at(point) for point in voted)

    def may_end(self, proxy: AssemblyProxy) -> bool:
        """Whether a proxy that served still stands for something to be voted."""
        left = ahead(self.assembly)
        fate = self._fates.get(proxy)
        return bool(left) and fate is not None and fate.until > self.point(left[0])

    def span(self, fate: Carried) -> tuple[int, int]:
        """From which item of the agenda a proxy counts, and before which it ends; 0 for the opening, and for the end.

        The numbers are those that people read beside the items.
        """
        first = self.number(fate.counts_from) if fate.counts_from else 0
        last = self.number(fate.until) if fate.until < len(self.presence) else 0
        return first, last if last <= len(self.assembly.agenda) else 0

    def number(self, point: int) -> int:
        """The number that the agenda gives to a point, or to the next one that was not withdrawn."""
        before = self._positions[point - 1] if point else -1
        return 1 + sum(item.position < before for item in self.assembly.agenda)


def course_of(assembly: Assembly, statutes: Statutes) -> Course:
    """The course of a meeting under its statutes."""
    return Course(assembly, statutes.proxies_per_person)


def ahead(assembly: Assembly) -> Sequence[AssemblyItem]:
    """The items after the last one that was voted: what is noted from now on may change what follows."""
    last = max((item.position for item in assembly.items if item.outcome in VOTED), default=-1)
    return [item for item in assembly.agenda if item.position > last]


def in_hand(assembly: Assembly) -> AssemblyItem | None:
    """The next item to be voted of a meeting that is open; None before and after."""
    if assembly.status != Status.OPEN:
        return None
    return next((item for item in ahead(assembly) if item.kind != ItemKind.INFORMATION and not item.outcome), None)
