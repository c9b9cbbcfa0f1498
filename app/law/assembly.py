"""Assemblies of an association: what its statutes ask of a quorum, a proxy, a majority, a notice.

The law fixes neither delay nor quorum (loi du 1er juillet 1901, art. 1): the statutes rule. What they are not known to
say is ``None`` here, and then the answer is « unknown », never « no ».
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from datetime import date

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
Base = Literal["cast", "present", "entitled"]


@dataclass(frozen=True)
class Majority:
    """A share of a number of votes: of those cast, of those present and represented, of all who may vote."""

    numerator: int
    denominator: int
    is_more_than: bool
    base: Base

    def needed(self, among: int) -> int:
        """How many votes win; at least one."""
        return share(among, self.numerator, self.denominator, is_more_than=self.is_more_than)


MAJORITIES: Mapping[str, Majority] = {
    "simple": Majority(1, 2, is_more_than=True, base="cast"),
    "absolute_present": Majority(1, 2, is_more_than=True, base="present"),
    "two_thirds_cast": Majority(2, 3, is_more_than=False, base="cast"),
    "two_thirds_present": Majority(2, 3, is_more_than=False, base="present"),
    "three_quarters_cast": Majority(3, 4, is_more_than=False, base="cast"),
    "three_quarters_present": Majority(3, 4, is_more_than=False, base="present"),
    "absolute_entitled": Majority(1, 2, is_more_than=True, base="entitled"),
    "two_thirds_entitled": Majority(2, 3, is_more_than=False, base="entitled"),
    "unanimous": Majority(1, 1, is_more_than=False, base="cast"),
}
RESERVED = ("statutes", "dissolution")
"""Decisions that statutes often keep for an extraordinary assembly."""
MATTERS = (*RESERVED, "board", "officers")
"""What statutes may keep for one kind of assembly: both of these, the election of the board, of its officers."""
_LAW = re.compile(r"\b(?:code|loi|décret|ordonnance|CGCT)\b")
USUAL = "simple"
"""Taken where the statutes are not known to say more: more votes for than against."""


def share(among: int, numerator: int, denominator: int, *, is_more_than: bool) -> int:
    """The smallest whole number that is at least, or more than, a share of a number; never nobody."""
    if is_more_than:
        return among * numerator // denominator + 1
    return max(1, -(-among * numerator // denominator))


@dataclass(frozen=True)
class Reserve:
    """For which assembly statutes keep a matter, and where they say so; ``settles``: a vote elsewhere counts anyway.

    ``keeper``: ``extraordinary``, ``members`` (an assembly of them), ``unknown`` (nothing is recorded of it).
    """

    keeper: Literal["extraordinary", "members", "unknown"]
    clause: str
    settles: bool


@dataclass(frozen=True, kw_only=True)
class Statutes:
    """What the statutes say for one kind of assembly; ``None`` or empty: not recorded.

    ``quorum``: ``none`` (asked for nowhere), ``fraction`` or ``number``. ``voters``: ``members`` or ``paid_up``.
    ``second_quorum``: ``none`` or ``same``. ``absolute_rounds``: rounds of an election that ask for more than half of
    the votes cast; 0 when the first already goes to whoever has most. ``tie``: ``elder``, ``lot`` or ``new_round``.
    ``keeps``: the matters that only this kind of assembly may settle, in a row.
    ``clauses``: where each is written, by name (``quorum``, ``proxies``, ``notice``, ``majority``, ``election``, …);
    ``ballot`` is there where elections are by secret ballot, ``reserved_…`` where a matter is kept for an
    extraordinary assembly and ``members_…`` where it is kept for an assembly of the members, and this is another.
    """

    quorum: str = ""
    quorum_numerator: int | None = None
    quorum_denominator: int | None = None
    quorum_is_more_than: bool = False
    quorum_number: int | None = None
    quorum_counts_proxies: bool | None = None
    notice_days: int | None = None
    second_notice_days: int | None = None
    second_quorum: str = ""
    proxies_per_person: int | None = None
    majority_ordinary: str = ""
    majority_statutes: str = ""
    majority_dissolution: str = ""
    absolute_rounds: int | None = None
    tie: str = ""
    voters: str = ""
    casting_vote: bool | None = None
    remote_vote: bool | None = None
    keeps: str = ""
    clauses: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, thing: object) -> Statutes:
        """Read them from anything that has these names."""
        return cls(**{one.name: getattr(thing, one.name) for one in fields(cls)})

    @classmethod
    def read(cls, kept: Mapping[str, Any]) -> Statutes:
        """Read what :meth:`kept` wrote; a name that is no longer one is left aside."""
        return cls(**{one.name: kept[one.name] for one in fields(cls) if one.name in kept})

    def kept(self) -> dict[str, Any]:
        """The same as plain data."""
        return {**asdict(self), "clauses": dict(self.clauses)}

    def clause(self, name: str) -> str:
        """Where the statutes say it; empty when that is not noted."""
        return self.clauses.get(name, "")

    def is_of_law(self, name: str) -> bool:
        """Whether it is the law that says it, as for an assembly that adopts the first statutes."""
        return _LAW.search(self.clause(name)) is not None

    @property
    def kept_here(self) -> frozenset[str]:
        """The matters that this kind of assembly alone may settle."""
        return frozenset(filter(None, self.keeps.split(",")))

    def reserving(self, extraordinary: Statutes) -> Statutes:
        """The same, with what is kept for an extraordinary assembly: said so, or spoken of in its rule only."""
        kept = [one for one in MATTERS if self._leaves(one, extraordinary)]
        return self._without(kept, "reserved", extraordinary)

    def leaving_to_members(self, general: Statutes) -> Statutes:
        """The same for a meeting of few, with what an assembly of the members settles, and the statutes leave to it."""
        kept = [one for one in MATTERS if not general.is_reserved(one) and self._leaves(one, general)]
        return self._without(kept, "members", general)

    def _leaves(self, matter: str, other: Statutes) -> bool:
        if matter in self.kept_here or f"members_{matter}" in self.clauses:
            return False
        return matter in other.kept_here or bool(other.majority(matter) and not self.majority(matter))

    def _without(self, matters: Sequence[str], prefix: str, other: Statutes) -> Statutes:
        """Say for which assembly these are kept and where that is written; its majority is asked for here too."""
        asked: dict[str, Any] = {f"majority_{one}": other.majority(one) for one in matters if other.majority(one)}
        where = {f"{prefix}_{one}": other.clause("keeps") or other.clause("majority") for one in matters}
        where |= {f"majority_{one}": (other if other.majority(one) else self).clause("majority") for one in matters}
        return replace(self, **asked, clauses={**self.clauses, **where})

    def is_reserved(self, decision: str) -> bool:
        """Whether a decision is kept for an extraordinary assembly, and this is another."""
        return f"reserved_{decision}" in self.clauses

    def reserve(self, matter: str, *, is_of_members: bool) -> Reserve | None:
        """Why a meeting cannot settle a matter by itself; None when nothing is known against it.

        Where the statutes say nothing of who changes them or dissolves, it is for the members, by custom: a vote of
        the board then counts, and that it is unsure is said beside it.
        """
        if self.is_reserved(matter):
            return Reserve("extraordinary", self.clause(f"reserved_{matter}"), settles=is_of_members)
        if f"members_{matter}" in self.clauses:
            return Reserve("members", self.clause(f"members_{matter}"), settles=is_of_members)
        if is_of_members or matter not in RESERVED or matter in self.kept_here or self.majority(matter):
            return None
        return Reserve("unknown", "", settles=True)

    def majority_clause(self, decision: str) -> str:
        """Where the majority of a decision is written; empty when that is not noted."""
        return self.clause(self.majority_source(decision))

    def majority_source(self, decision: str) -> str:
        """The name of that clause: of the assembly for which the decision is kept, else of this one."""
        kept = (f"{prefix}_{decision}" for prefix in ("majority", "reserved"))
        return next((name for name in kept if name in self.clauses), "majority")

    def quorum_needed(self, entitled: int, *, is_second: bool = False) -> int | None:
        """How many must be there; 0 when nobody must, None when that is not known."""
        if is_second and self.second_quorum != "same":
            return 0 if self.second_quorum == "none" else None
        if self.quorum == "none":
            return 0
        if self.quorum == "number":
            return self.quorum_number
        if self.quorum == "fraction" and self.quorum_numerator and self.quorum_denominator:
            return share(
                entitled, self.quorum_numerator, self.quorum_denominator, is_more_than=self.quorum_is_more_than
            )
        return None

    def majority(self, decision: str) -> str:
        """The majority that a kind of decision asks for; empty when it is not recorded."""
        found: str = getattr(self, f"majority_{decision}", "")
        return found


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


def usable(proxies: Iterable[Proxy], present: Collection[int]) -> list[Proxy]:
    """The proxies that count: who holds them is there, who gave them is not."""
    return [one for one in proxies if one.holder in present and one.giver not in present]


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
