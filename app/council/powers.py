"""Proxies in the course of an evening: which hold at an item, which count there, which keep another from being given.

A proxy holds from the item ``since`` on, or from the opening, and up to the item ``until``, at which it ended: its
giver came or revoked it, gave another one instead, or either of the two left the council. At every item each giver has
one that holds, and each holder carries one, but for those that somebody answers for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.council.models import Attendance, MovementKind
from app.council.moving import is_there, vacant_at
from app.law.proxies import Proxy as Power
from app.law.proxies import refusals, represented
from app.shared.clock import day_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from collections.abc import Set as AbstractSet

    from app.council.models import AgendaPoint, Meeting, Proxy, Seat
    from app.law.proxies import Fault


def proxies_at(meeting: Meeting, point: AgendaPoint | None) -> list[Proxy]:
    """The proxies that hold when an item is called: what came later or ended before changes nothing there."""
    now = _place(meeting, point)
    return [proxy for proxy in meeting.proxies if _begins(meeting, proxy) <= now < _ends(meeting, proxy)]


def never_counted(proxy: Proxy) -> bool:
    """Whether a proxy ended at the item at which it began."""
    meeting = proxy.meeting
    return _begins(meeting, proxy) >= _ends(meeting, proxy)


def served_no_item(proxy: Proxy) -> bool:
    """Whether a proxy ended before the council came to an item with it: it represented nobody at a vote."""
    meeting = proxy.meeting
    return proxy.until_id is not None and max(_begins(meeting, proxy), 0) >= _ends(meeting, proxy)


def hold_together(one: Proxy, other: Proxy) -> bool:
    """Whether there is an item at which both hold."""
    meeting = one.meeting
    last = min(_ends(meeting, one), _ends(meeting, other))
    return max(_begins(meeting, one), _begins(meeting, other)) < last


def proxies_served(
    proxies: Sequence[Proxy], there: AbstractSet[int], away: AbstractSet[int] = frozenset()
) -> tuple[Proxy, ...]:
    """The proxies that count in a room: the holder there, the giver not, neither withdrawn (``away``)."""
    there_now = there - away
    usable = represented(_powers(proxies), _names(there_now), away=_names(away))
    counted = {(power.giver, power.holder) for power in usable}
    admitted = {one.id for one in proxies if _is_admitted(one, there_now, there | away)}
    return tuple(one for one in proxies if one.id in admitted or (str(one.giver_id), str(one.holder_id)) in counted)


def _is_admitted(proxy: Proxy, there_now: AbstractSet[int], there: AbstractSet[int]) -> bool:
    """A proxy that the law refuses and somebody answers for: its holder is there, its giver is not."""
    return proxy.is_admitted and proxy.holder_id in there_now and proxy.giver_id not in there


def refused_proxy(
    meeting: Meeting, giver: Seat, holder: Seat, point: AgendaPoint | None, *, is_written: bool
) -> Fault | None:
    """Why the law refuses one more proxy that counts from an item on, if it does."""
    new = Power(str(giver.id), str(holder.id), is_written=is_written)
    found = refusals([*_powers(in_the_way(meeting, giver, holder, point)), new], None, on=day_of(meeting.starts_at))
    return next((one.fault for one in found if one.proxy is new), None)


def in_the_way(meeting: Meeting, giver: Seat, holder: Seat, point: AgendaPoint | None) -> list[Proxy]:
    """The proxies of this giver, or to this holder, beside which no other one counts from an item on."""
    return [one for one in _beside(meeting, giver, holder, point) if not _is_over(meeting, one, point)]


def lapsing(meeting: Meeting, giver: Seat, holder: Seat, point: AgendaPoint | None) -> list[Proxy]:
    """The proxies of this giver, or to this holder, that nobody uses any more: another one ends them."""
    return [one for one in _beside(meeting, giver, holder, point) if _is_over(meeting, one, point)]


def ended_by(meeting: Meeting, seat: Seat, kind: MovementKind, point: AgendaPoint) -> list[Proxy]:
    """The proxies that end when somebody comes in, who votes for himself, or leaves the council.

    Whoever goes out with a proxy brings it back, unless its giver gave another one meanwhile.
    """
    return [one for one in proxies_at(meeting, point) if _ends_with(one, seat, kind)]


def given_back(meeting: Meeting, seat: Seat, kind: MovementKind, point: AgendaPoint) -> list[Proxy]:
    """The proxies that this movement ended, and that hold again without it: nothing else took their place."""
    return [
        one
        for one in meeting.proxies
        if one.until_id == point.id
        and _ends_with(one, seat, kind)
        and not _beside(meeting, one.giver, one.holder, point)
    ]


def may_hold_again(meeting: Meeting, proxy: Proxy) -> bool:
    """Whether the end of a proxy may be taken back: nothing voted since, nobody came or went, none took its place."""
    place = _ends(meeting, proxy)
    if place == len(meeting.points) or any(point.voted_at for point in meeting.points[place:]):
        return False
    point, giver, holder = meeting.points[place], proxy.giver, proxy.holder
    if is_there(giver, meeting, point) or giver.id in vacant_at(meeting, point) or is_away(holder, meeting, point):
        return False
    return not _beside(meeting, giver, holder, point)


def is_away(seat: Seat, meeting: Meeting, point: AgendaPoint | None) -> bool:
    """Whether somebody is noted as not being in the room; of whom nothing is noted yet may be there."""
    return not is_there(seat, meeting, point) and bool(seat.movements or seat.attendance != Attendance.UNSAID)


def _ends_with(proxy: Proxy, seat: Seat, kind: MovementKind) -> bool:
    if kind == MovementKind.VACANCY:
        return seat.id in {proxy.giver_id, proxy.holder_id}
    return kind == MovementKind.ARRIVAL and seat.id == proxy.giver_id


def _beside(meeting: Meeting, giver: Seat, holder: Seat, point: AgendaPoint | None) -> list[Proxy]:
    """The proxies of the same giver or holder that hold at an item or begin after it."""
    now = _place(meeting, point)
    return [
        one
        for one in meeting.proxies
        if (one.giver_id == giver.id or one.holder_id == holder.id)
        and _ends(meeting, one) > max(now, _begins(meeting, one))
    ]


def _is_over(meeting: Meeting, proxy: Proxy, point: AgendaPoint | None) -> bool:
    """Whether a proxy that began does not serve any more: its holder went out, its giver came since or is no member."""
    if _begins(meeting, proxy) > _place(meeting, point):
        return False
    if is_away(proxy.holder, meeting, point) or is_there(proxy.giver, meeting, point):
        return True
    return proxy.giver_id in vacant_at(meeting, point) or _came_since(meeting, proxy, point)


def _came_since(meeting: Meeting, proxy: Proxy, point: AgendaPoint | None) -> bool:
    """Whether the giver came in after giving the proxy, and went out again."""
    first, last = _begins(meeting, proxy), _place(meeting, point)
    places = {one.id: place for place, one in enumerate(meeting.points)}
    return any(
        move.kind == MovementKind.ARRIVAL and first < places.get(move.point_id, -1) <= last
        for move in proxy.giver.movements
    )


def _place(meeting: Meeting, point: AgendaPoint | None) -> int:
    """Where an item stands; -1: the opening."""
    return -1 if point is None else next(place for place, one in enumerate(meeting.points) if one.id == point.id)


def _begins(meeting: Meeting, proxy: Proxy) -> int:
    return next((place for place, one in enumerate(meeting.points) if one.id == proxy.since_id), -1)


def _ends(meeting: Meeting, proxy: Proxy) -> int:
    points = meeting.points
    return next((place for place, one in enumerate(points) if one.id == proxy.until_id), len(points))


def _names(seats: Iterable[int]) -> frozenset[str]:
    return frozenset(str(seat) for seat in seats)


def _powers(proxies: Iterable[Proxy]) -> list[Power]:
    return [
        Power(str(proxy.giver_id), str(proxy.holder_id), is_written=proxy.is_written, is_ill=proxy.illness)
        for proxy in proxies
    ]
