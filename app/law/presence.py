"""Who is in the room, item after item, as far as the facts tell: by names, or by numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.law import proxies
from app.law.proxies import Proxy
from app.law.words import listed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.law.vocabulary.item import AgendaItem
    from app.law.vocabulary.meeting import GivenProxy, Meeting, People


@dataclass(frozen=True)
class Crowd:
    """Some people: how many, and their names where they are known."""

    count: int
    names: frozenset[str] | None = None

    @classmethod
    def of(cls, people: People | None) -> Crowd | None:
        """Read a number or names; None stays None."""
        if people is None:
            return None
        return cls(people) if isinstance(people, int) else cls(len(set(people)), frozenset(people))

    def joined_by(self, others: Crowd) -> Crowd:
        """Add people, by name where both sides have names."""
        if self.names is not None and others.names is not None:
            names = self.names | others.names
            return Crowd(len(names), names)
        return Crowd(self.count + others.count)

    def without(self, others: Crowd) -> Crowd:
        """Take people away; names that are not there change nothing."""
        if self.names is not None and others.names is not None:
            names = self.names - others.names
            return Crowd(len(names), names)
        return Crowd(max(self.count - others.count, 0))


NOBODY = Crowd(0, frozenset())


@dataclass(frozen=True)
class Presence:
    """The room at one moment: ``before`` the withdrawals, and those ``taking_part`` after them."""

    before: Crowd | None
    taking_part: Crowd | None
    withdrawn: Crowd
    excluded: Crowd
    represented: int | None

    @property
    def entitled(self) -> int | None:
        """How many votes may be given: present and represented."""
        if self.taking_part is None or self.represented is None:
            return None
        return self.taking_part.count + self.represented

    @property
    def lacks(self) -> tuple[str, ...]:
        """The facts without which nobody knows how many may vote, in the words of the vocabulary."""
        told = {"meeting.present": self.taking_part, "meeting.proxies": self.represented}
        return tuple(name for name, known in told.items() if known is None)

    @property
    def asked(self) -> str:
        """What to give, in words."""
        words = {"meeting.present": "les présents", "meeting.proxies": "les procurations"}
        return listed([words[name] for name in self.lacks])


def given(proxy: GivenProxy) -> Proxy:
    """Turn a told proxy into the law's; a side that is not told has no name."""
    return Proxy(proxy.giver or "", proxy.holder or "", proxy.written, proxy.meetings, proxy.illness)


def follow(meeting: Meeting, items: Iterable[AgendaItem]) -> list[Presence]:
    """Return the room at each item, in order."""
    room = Crowd.of(meeting.present)
    found: list[Presence] = []
    for item in items:
        if item.present is not None:
            room = Crowd.of(item.present)
        room = _moved(room, item)
        found.append(_at(room, item, meeting))
    return found


def at_opening(meeting: Meeting) -> Presence:
    """Return the room at the opening."""
    room = Crowd.of(meeting.present)
    return Presence(room, room, NOBODY, NOBODY, _represented(meeting.proxies, room, NOBODY))


def _moved(room: Crowd | None, item: AgendaItem) -> Crowd | None:
    if room is None or item.present is not None:
        return room
    return room.joined_by(Crowd.of(item.arrived) or NOBODY).without(Crowd.of(item.left) or NOBODY)


def _at(room: Crowd | None, item: AgendaItem, meeting: Meeting) -> Presence:
    withdrawn = _withdrawn(item)
    excluded = Crowd.of(item.excluded_representatives) or NOBODY
    away = _union(withdrawn, excluded)
    told = item.proxies if item.proxies is not None else meeting.proxies
    taking_part = room.without(away) if room else None
    return Presence(room, taking_part, withdrawn, excluded, _represented(told, taking_part, away))


def _withdrawn(item: AgendaItem) -> Crowd:
    """Those told as withdrawn, and the interested who left by name."""
    told = Crowd.of(item.withdrawn)
    left = frozenset(one.name for one in item.interested or () if one.name and "left" in (one.conduct or ()))
    if told is None:
        unnamed = [one for one in item.interested or () if not one.name and "left" in (one.conduct or ())]
        return Crowd(len(left) + len(unnamed), None if unnamed else left)
    if told.names is None:
        return told
    return told.joined_by(Crowd(len(left), left))


def _union(first: Crowd, second: Crowd) -> Crowd:
    """Numbers are taken as the same people told twice: the larger one counts."""
    if first.names is not None and second.names is not None:
        return first.joined_by(second)
    return Crowd(max(first.count, second.count))


def _represented(told: int | tuple[GivenProxy, ...] | None, room: Crowd | None, away: Crowd) -> int | None:
    if told is None or isinstance(told, int):
        return told
    if any(one.giver is None or one.holder is None for one in told):
        return None
    listed = [given(one) for one in told]
    if room is None or room.names is None:
        return len(listed) - len(proxies.refusals(listed))
    return len(proxies.represented(listed, room.names, away=away.names or ()))
