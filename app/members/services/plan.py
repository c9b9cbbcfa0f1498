"""What importing a list of members would do, and what the person decided about it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l

from app.members.labels import STATUS_NAMES
from app.members.models import MemberStatus
from app.members.services.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.members.alike import Likeness
    from app.members.lines import BadLine, ReadLine
    from app.members.models import Leaving
    from app.members.services.changes import Change
    from app.members.services.roll import MemberFacts
    from app.shared.fuzzydate import FuzzyDate


@dataclass(frozen=True, kw_only=True)
class Choices:
    """What the person decided: one household for one address and name, correct known members, note who left.

    ``categories``: what words of the list become, by the key of each. ``left_on``: when those left of whom the list
    does not say it. ``alike``: what was said of lines whose people bear a name that is there already, by the
    key of each.
    """

    together: bool = True
    update: bool = False
    departures: bool = False
    categories: Mapping[str, str] = field(default_factory=dict)
    left_on: FuzzyDate | None = None
    alike: Mapping[str, str] = field(default_factory=dict)


@dataclass
class Newcomer:
    """A line that brings in those of its people at ``ranks``; ``shares_with``: the line whose household it shares.

    ``joins``: the member of the same household who is here already. ``until``: the last day of those who left.
    """

    line: ReadLine
    facts: MemberFacts
    ranks: tuple[int, ...]
    shares_with: int | None = None
    joins: int | None = None
    until: FuzzyDate | None = None

    @property
    def standing(self) -> object | None:
        """Why who comes in neither votes nor pays, whatever their category; None for members."""
        has_left = self.until is not None and self.line.gone.issuperset(self.ranks)
        sentence: object | None = _l("ancien membre") if has_left else None
        if sentence is None and self.facts.status != MemberStatus.ACTIVE:
            sentence = STATUS_NAMES[self.facts.status]
        return sentence


@dataclass(frozen=True)
class Departure:
    """A member whom the list says gone while the record does not; ``until`` None: not to be noted without a date."""

    line: int
    member_id: int
    name: str
    said: str
    until: FuzzyDate | None
    why: Leaving


@dataclass
class Plan:
    """What importing would do, to a list that bears this mark."""

    fresh: list[Newcomer] = field(default_factory=list)
    known: list[ReadLine] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    bad: list[BadLine] = field(default_factory=list)
    doubts: list[BadLine] = field(default_factory=list)
    departures: list[Departure] = field(default_factory=list)
    likenesses: dict[str, Likeness] = field(default_factory=dict)
    wording: Wording = field(default_factory=lambda: Wording([], {}))
    lacks_a_day: bool = False
    notes_departures: bool = False
    mark: tuple[int, int] = (0, 0)

    @property
    def does_something(self) -> bool:
        """Whether importing would write anything."""
        return bool(self.fresh or self.changes or (self.notes_departures and any(one.until for one in self.departures)))

    @property
    def people(self) -> int:
        """How many members would be added."""
        return sum(len(one.ranks) for one in self.fresh)
