"""Proxies in the course of an assembly: from which point each one counts, until when, and which are one too many.

Point 0 is the opening, each further one an item of the agenda. A mandate ends where whoever gave it comes to vote in
person, where whoever carries it leaves, or where it is taken back (code civil, art. 2003 and 2004); it does not live
again. What the statutes allow holds at every point: a proxy too many when it begins stays aside to its end.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from app.law.assembly import Proxy, proxy_fault

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from app.law.assembly import Fault

End = Literal["", "giver_came", "holder_left", "taken_back"]


@dataclass(frozen=True)
class Given(Proxy):
    """A proxy given from one point on, and taken back before another."""

    since: int = 0
    until: int | None = None


@dataclass(frozen=True)
class Carried:
    """What became of a proxy: it stands until a point, and counts from another; ``counts_from`` None: never."""

    given: Given
    until: int
    why: End
    counts_from: int | None
    is_aside: bool

    def stands_at(self, point: int) -> bool:
        """Whether it was given and did not end, be whoever carries it there or not."""
        return self.given.since <= point < self.until

    def counts_at(self, point: int) -> bool:
        """Whether it gives a vote."""
        return not self.is_aside and self.counts_from is not None and self.counts_from <= point < self.until


def follow(proxies: Sequence[Given], presence: Sequence[Collection[int]], *, limit: int | None) -> list[Carried]:
    """What becomes of each proxy, in the order noted: who was first at a point is carried, whoever comes later.

    Whoever gives another proxy takes the first one back by that (code civil, art. 2006).
    """
    found: dict[int, Carried] = {}
    by_giver: dict[int, list[int]] = {}
    by_holder: dict[int, list[int]] = {}
    for number in sorted(range(len(proxies)), key=lambda one: (proxies[one].since, one)):
        given = proxies[number]
        until, why = _end(given, presence)
        if given.since < until:
            found |= {one: _until(found[one], given.since) for one in by_giver.get(given.giver, ())}
        here = (point for point in range(given.since, until) if given.holder in presence[point])
        beside = (found[one] for one in by_holder.get(given.holder, ()))
        held = sum(one.stands_at(given.since) and not one.is_aside for one in beside)
        is_aside = given.since < until and limit is not None and held >= limit
        found[number] = Carried(given, until, why, next(here, None), is_aside)
        by_giver.setdefault(given.giver, []).append(number)
        by_holder.setdefault(given.holder, []).append(number)
    return [found[number] for number in range(len(proxies))]


def _until(one: Carried, point: int) -> Carried:
    """The same proxy, taken back at a point unless it ended before."""
    if one.until <= point:
        return one
    counts_from = one.counts_from if one.counts_from is not None and one.counts_from < point else None
    return replace(one, until=point, why="taken_back", counts_from=counts_from)


def _end(given: Given, presence: Sequence[Collection[int]]) -> tuple[int, End]:
    """The point from which it stands no more."""
    is_held = False
    for point in range(given.since, len(presence)):
        if given.until is not None and given.until <= point:
            return point, "taken_back"
        if given.giver in presence[point]:
            return point, "giver_came"
        if is_held and given.holder not in presence[point]:
            return point, "holder_left"
        is_held = is_held or given.holder in presence[point]
    return len(presence), ""


def fault_of(
    given: Given,
    others: Sequence[Given],
    presence: Sequence[Collection[int]],
    *,
    entitled: Collection[int],
    limit: int | None,
    is_open: bool,
) -> Fault | None:
    """Why a proxy cannot be given at its point beside those noted; before the opening its holder may still come."""
    before, here = follow(others, presence, limit=limit), presence[given.since]
    beside = [one.given for one in before if one.stands_at(given.since)]
    beside += [one.given for one in before if one.given.giver == given.giver and one.until > given.since]
    if (fault := proxy_fault(given, beside, entitled=entitled, limit=None)) is not None:
        return fault
    if given.giver in here:
        return "giver_present"
    *after, mine = follow([*others, given], presence, limit=limit)
    if mine.is_aside or [one.is_aside for one in after] != [one.is_aside for one in before]:
        return "too_many"
    return "holder_absent" if is_open and given.holder not in here else None
