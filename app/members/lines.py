"""The lines of a list of members as they were understood, and those that could not be read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from app.law.words import listed
from app.members.headings import Meaning, folded
from app.members.situations import Situation

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from app.members.doubtful import Reading
    from app.people.couples import Named
    from app.shared.fuzzydate import FuzzyDate

_ADDRESS = (Meaning.STREET, Meaning.POSTCODE, Meaning.TOWN)


@dataclass(frozen=True)
class BadLine:
    """A line, or a cell of it, and why it cannot be read."""

    line: int
    reason: object


@dataclass(frozen=True, kw_only=True)
class ReadLine:
    """A line as it was understood: one person, several of one household, or an organisation.

    ``emails`` and ``phones`` are those of each in turn; one address of two people is their household's, and so is the
    telephone where ``phones`` says nothing. ``category``: the word for what they are. ``gone``: who of them left, and
    ``leaving`` why, ``until`` when, as far as the list tells. ``born`` tells two people of one name apart.
    """

    line: int
    people: tuple[Named, ...] = ()
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    organisation: str = ""
    category: str = ""
    cells: Mapping[str, str] = field(default_factory=dict)
    born: FuzzyDate | None = None
    since: FuzzyDate | None = None
    until: FuzzyDate | None = None
    number: int | None = None
    situation: Situation = field(default_factory=Situation)
    gone: frozenset[int] = frozenset()
    languages: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()

    def names_of(self, ranks: Iterable[int]) -> str:
        """Some of its people, for people."""
        named = [] if self.organisation else [self.people[rank] for rank in ranks if rank < len(self.people)]
        return listed(map(full_name, named)) or self.name

    @property
    def name(self) -> str:
        """Who stands there, for people."""
        named = listed(map(full_name, self.people))
        return f"{self.organisation} ({named})" if self.organisation and named else self.organisation or named

    def cell(self, meaning: Meaning) -> str:
        """What a column says."""
        return self.cells.get(meaning.value, "")

    def email_of(self, rank: int) -> str:
        """Where one of its people reads; two may share an address."""
        return self.emails[min(rank, len(self.emails) - 1)] if self.emails else ""

    def phone_of(self, rank: int) -> str:
        """The telephone of one of its people; that of the line where each has none of their own."""
        return self.phones[rank] if rank < len(self.phones) else self.cell(Meaning.PHONE)

    def is_reached_as(self, rank: int, other: ReadLine, place: int) -> bool:
        """Whether nothing that two lines say of where somebody is reached differs."""
        mine, theirs = self.email_of(rank), other.email_of(place)
        if mine and theirs:
            return mine == theirs
        here, there = address_key(self.cells), address_key(other.cells)
        return not (here and there) or here == there


@dataclass
class ReadRoll:
    """What a list says; ``said``: how a person wants lines to be read, ``readings``: those of which it is asked."""

    columns: tuple[str, ...]
    header: tuple[str, ...]
    count: int
    on: date
    categories: frozenset[str] = frozenset()
    lines: list[ReadLine] = field(default_factory=list)
    bad: list[BadLine] = field(default_factory=list)
    doubts: list[BadLine] = field(default_factory=list)
    said: Mapping[str, str] = field(default_factory=dict)
    readings: list[Reading] = field(default_factory=list)


def full_name(one: Named) -> str:
    """A person's name, given names first."""
    return f"{one.given_name} {one.family_name}".strip()


def address_key(cells: Mapping[str, str]) -> str:
    """An address to compare; empty without a street."""
    if not cells.get(Meaning.STREET):
        return ""
    return folded(" ".join(cells.get(one, "") for one in _ADDRESS))
