"""Assemblies of an association: a quorum, a proxy, a vote, an election, as its statutes (``statutes``) ask for them.

The law fixes neither delay nor quorum (loi du 1er juillet 1901, art. 1): the statutes rule. What they are not known to
say is ``None`` here, and then the answer is « unknown », never « no ».
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Literal

from app.law.statutes import MAJORITIES, USUAL

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from datetime import date

    from app.law.statutes import Majority, Statutes

Standing = Literal["reached", "missed", "unknown", "not_needed", "unreachable"]
Notice = Literal["met", "short", "unknown"]
Fault = Literal[
    "too_many",
    "holder_absent",
    "giver_present",
    "given_twice",
    "holder_gave",
    "giver_holds",
    "to_oneself",
    "not_entitled",
]
Outcome = Literal["adopted", "rejected", "unknown"]


@dataclass(frozen=True)
class Attendance:
    """Whether an assembly may deliberate: who counts, how many it takes."""

    standing: Standing
    needed: int | None
    counted: int

    @property
    def may_deliberate(self) -> bool:
        """What is unknown hinders nobody."""
        return self.standing not in {"missed", "unreachable"}


def attendance(
    statutes: Statutes, *, entitled: int, present: int, represented: int, is_second: bool = False
) -> Attendance:
    """Judge the quorum. Where it is not recorded whether the represented count, both readings must agree."""
    needed = statutes.quorum_needed(entitled, is_second=is_second)
    counts = statutes.quorum_counts_proxies
    counted = present if counts is False else present + represented
    if needed is None:
        return Attendance("unknown", None, counted)
    if needed == 0:
        return Attendance("not_needed", 0, counted)
    if needed > entitled:
        return Attendance("unreachable", needed, counted)
    if counted < needed:
        return Attendance("missed", needed, counted)
    if counts is None and present < needed:
        return Attendance("unknown", needed, counted)
    return Attendance("reached", needed, counted)


def notice(days: int | None, sent_on: date | None, held_on: date) -> Notice:
    """Say whether a convocation left early enough, the day of the assembly counted, that of the dispatch not."""
    if days is None or sent_on is None:
        return "unknown"
    return "met" if (held_on - sent_on).days >= days else "short"


def latest_sending(days: int | None, held_on: date) -> date | None:
    """The last day for sending; None when the statutes are not known to ask for a delay."""
    return None if days is None else held_on - timedelta(days=days)


@dataclass(frozen=True)
class Proxy:
    """Somebody's vote given to somebody else, both by what identifies them."""

    giver: int
    holder: int


def proxy_fault(  # noqa: PLR0911  # one way out for each way to fail
    proxy: Proxy,
    others: Iterable[Proxy],
    *,
    entitled: Collection[int],
    limit: int | None,
    present: Collection[int] | None = None,
) -> Fault | None:
    """Why a proxy cannot stand beside those already noted; ``present`` None: before the assembly."""
    if proxy.giver == proxy.holder:
        return "to_oneself"
    if proxy.giver not in entitled or proxy.holder not in entitled:
        return "not_entitled"
    noted = list(others)
    if (crossed := _crossed(proxy, noted)) is not None:
        return crossed
    if limit is not None and sum(one.holder == proxy.holder for one in noted) >= limit:
        return "too_many"
    if present is not None and proxy.giver in present:
        return "giver_present"
    if present is not None and proxy.holder not in present:
        return "holder_absent"
    return None


def _crossed(proxy: Proxy, noted: Collection[Proxy]) -> Fault | None:
    """Why a proxy cannot stand with those of the same people: a vote that is passed on twice is lost."""
    if any(one.giver == proxy.giver for one in noted):
        return "given_twice"
    if any(one.giver == proxy.holder for one in noted):
        return "holder_gave"
    return "giver_holds" if any(one.holder == proxy.giver for one in noted) else None


@dataclass(frozen=True, kw_only=True)
class Votes:
    """What was counted of one decision, over all its channels."""

    votes_for: int
    votes_against: int
    abstentions: int = 0
    blank: int = 0
    void: int = 0

    @property
    def cast(self) -> int:
        """Votes that say yes or no."""
        return self.votes_for + self.votes_against

    @property
    def voters(self) -> int:
        """Everybody who took part."""
        return self.cast + self.abstentions + self.blank + self.void


@dataclass(frozen=True)
class Result:
    """What a vote decided, and how many votes it took; ``is_assumed``: by custom, the statutes are not recorded."""

    outcome: Outcome
    reason: Literal["majority", "minority", "casting_vote", "tie", "tie_secret", "casting_unknown"]
    needed: int
    majority: str
    is_assumed: bool


def result(  # what decides a vote
    votes: Votes,
    majority: str,
    *,
    present: int,
    entitled: int,
    casting_vote: bool | None = None,
    is_secret: bool = False,
    president: str = "",
) -> Result:
    """Decide. ``president``: how the chair voted (``for``, ``against``), where a tie may turn on it."""
    code = majority or USUAL
    rule = MAJORITIES[code]
    among = {"cast": votes.cast, "present": present, "entitled": entitled}[rule.base]
    needed, is_assumed = rule.needed(among), not majority
    if votes.votes_for >= needed:
        return Result("adopted", "majority", needed, code, is_assumed)
    if not _turns_on_the_chair(votes, rule, needed):
        return Result("rejected", "minority", needed, code, is_assumed)
    if is_secret:
        return Result("rejected", "tie_secret", needed, code, is_assumed)
    if casting_vote and president in {"for", "against"}:
        return Result("adopted" if president == "for" else "rejected", "casting_vote", needed, code, is_assumed)
    if casting_vote:
        return Result("unknown", "casting_unknown", needed, code, is_assumed)
    return Result("rejected", "tie", needed, code, is_assumed)


def _turns_on_the_chair(votes: Votes, rule: Majority, needed: int) -> bool:
    """Whether votes are level and one more would win: a voice that counts twice cannot make two thirds."""
    is_half = rule.numerator * 2 == rule.denominator
    return is_half and votes.cast > 0 and votes.votes_for == votes.votes_against and votes.votes_for + 1 >= needed


@dataclass(frozen=True)
class Round:
    """One round of an election: votes by candidate, and how many valid papers there were."""

    votes: Mapping[int, int]
    papers: int


@dataclass(frozen=True)
class Election:
    """Who is elected, in which round each; who stand level for the last place; places still open."""

    elected: Mapping[int, int]
    tied: tuple[int, ...]
    open_places: int
    is_assumed: bool

    @property
    def is_decided(self) -> bool:
        """Whether every place is taken."""
        return self.open_places == 0


def election(rounds: Sequence[Round], *, places: int, absolute_rounds: int | None) -> Election:
    """Follow the rounds: more than half of the papers as long as the statutes ask for it, then whoever has most.

    Where the statutes are not recorded, whoever has most is elected at once, and that is said to be assumed.
    A tie on the last place leaves it open, for another round or for what the statutes say.
    """
    elected: dict[int, int] = {}
    tied: tuple[int, ...] = ()
    for number, one in enumerate(rounds, 1):
        standing = {name: votes for name, votes in one.votes.items() if name not in elected and votes > 0}
        free = places - len(elected)
        if not free:
            break
        if number <= (absolute_rounds or 0):
            standing = {name: votes for name, votes in standing.items() if votes * 2 > one.papers}
        winners, tied = _first(standing, free)
        elected |= dict.fromkeys(winners, number)
    return Election(elected, tied, places - len(elected), absolute_rounds is None)


def _first(votes: Mapping[int, int], free: int) -> tuple[list[int], tuple[int, ...]]:
    """Whoever leads, as many as there are places; those level on the last one win nothing yet."""
    levels = Counter(votes.values())
    winners: list[int] = []
    for level in sorted(levels, reverse=True):
        here = [name for name, count in votes.items() if count == level]
        if len(here) > free - len(winners):
            return winners, tuple(sorted(here)) if len(winners) < free else ()
        winners += here
    return winners, ()
