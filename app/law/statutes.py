"""What the statutes of an association say: the quorum, the majorities, and the matters kept for one kind of assembly.

What they are not known to say is ``None`` or empty, and then the answer is « unknown », never « no ».
"""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, field, fields, replace
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

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

    ``keeper``: ``extraordinary``, ``members`` (an assembly of them), ``board`` (the conseil d'administration, which
    elects its own officers), ``unknown`` (nothing is recorded of it).
    """

    keeper: Literal["extraordinary", "members", "board", "unknown"]
    clause: str
    settles: bool


@dataclass(frozen=True, kw_only=True)
class Statutes:
    """What the statutes say for one kind of assembly; ``None`` or empty: not recorded.

    ``quorum``: ``none`` (asked for nowhere), ``fraction`` or ``number``. ``voters``: ``members`` or ``paid_up``.
    ``second_quorum``: ``none`` or ``same``. ``absolute_rounds``: rounds of an election that ask for more than half of
    the votes cast; 0 when the first already goes to whoever has most. ``tie``: ``elder``, ``lot`` or ``new_round``.
    ``keeps``: the matters that only this kind of assembly may settle, in a row.
    ``mandate_years``: how long those hold office whom it elects.
    ``clauses``: where each is written, by name (``quorum``, ``proxies``, ``notice``, ``majority``, ``term``, …);
    ``ballot`` is there where elections are by secret ballot, ``reserved_…`` where a matter is kept for an
    extraordinary assembly, ``members_…`` where it is kept for an assembly of the members and ``board_…`` where it is
    kept for the board, and this is another.
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
    mandate_years: int | None = None
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

    def leaving_to_board(self, board: Statutes) -> Statutes:
        """The same for any other meeting, with what statutes say that the board alone settles."""
        kept = [one for one in MATTERS if one in board.kept_here and not self._is_elsewhere(one)]
        return self._without([one for one in kept if one not in self.kept_here], "board", board)

    def _is_elsewhere(self, matter: str) -> bool:
        return self.is_reserved(matter) or f"members_{matter}" in self.clauses

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
        the board then counts, and that it is unsure is said beside it. So does a vote of the members on what statutes
        leave to the board.
        """
        if self.is_reserved(matter):
            return Reserve("extraordinary", self.clause(f"reserved_{matter}"), settles=is_of_members)
        if f"members_{matter}" in self.clauses:
            return Reserve("members", self.clause(f"members_{matter}"), settles=is_of_members)
        if f"board_{matter}" in self.clauses:
            return Reserve("board", self.clause(f"board_{matter}"), settles=True)
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
