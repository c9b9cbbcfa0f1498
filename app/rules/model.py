"""A programme's edition as it was read: frozen, compiled, every figure with its source."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Any

from app.rules.judging import resolver_of
from app.rules.result import DOUBT, NO, NONE, OUTSIDE
from app.rules.told import changed, plain

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date, datetime

    from app.rules.facts import Facts
    from app.rules.language.syntax import Condition, Quantity
    from app.rules.result import State
    from app.rules.scales import Table


class Severity(StrEnum):
    """What a failure does: it says no, it asks to look again, or nothing."""

    BLOCKING = "bloquant"
    WARNING = "avertissement"
    INFORMATION = "information"


CONFIDENCES = ("A", "B", "C", "G", "U")
UNVERIFIED = "U"
_LOWER = {"A": "B", "B": "C", "G": "C", "C": "U", "U": "U"}


@dataclass(frozen=True, slots=True)
class Source:
    """Where a figure comes from."""

    id: str
    title: str
    url: str
    consulted: date
    confidence: str
    page: str = ""


@dataclass(frozen=True, slots=True)
class Origin:
    """Sources, confidence and expiry of one figure."""

    sources: tuple[Source, ...]
    confidence: str
    expires: date

    def is_stale(self, today: date) -> bool:
        """Whether the figure should have been confirmed again."""
        return today > self.expires

    def shown(self, today: date) -> str:
        """The confidence to show: one step lower when stale."""
        return _LOWER[self.confidence] if self.is_stale(today) else self.confidence


@dataclass(frozen=True, slots=True)
class Reading:
    """One way a source states a rule."""

    condition: Condition
    origin: Origin
    says: str = ""


@dataclass(frozen=True)
class Criterion:
    """One rule. Several readings: the sources disagree, and all are kept."""

    id: str
    label: str
    says: str
    severity: Severity
    readings: tuple[Reading, ...]
    when: Condition | None = None
    unless: Condition | None = None
    scope: bool = False
    remedy: str = ""
    raw: Mapping[str, Any] = field(default_factory=dict)
    place: Callable[[], int] = lambda: 0
    reads: frozenset[str] = frozenset()
    later: bool = False

    @cached_property
    def resolve(self) -> Callable[[Facts], State]:
        """From facts to the state of this criterion."""
        return resolver_of(self)

    @property
    def failure(self) -> int:
        """What a failure does to the verdict; an unverified rule changes neither yes nor no."""
        if not self.decides:
            return NONE
        if self.scope:
            return OUTSIDE
        return NO if self.severity is Severity.BLOCKING else DOUBT

    @cached_property
    def decides(self) -> bool:
        """Whether the criterion can change the verdict."""
        verified = any(one.origin.confidence != UNVERIFIED for one in self.readings)
        return verified and (self.scope or self.severity is not Severity.INFORMATION)

    @property
    def line(self) -> int:
        """Where the rule stands in its file."""
        return self.place()

    @property
    def origin(self) -> Origin:
        """Where the first reading comes from."""
        return self.readings[0].origin


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the calculation of the amount."""

    id: str
    says: str
    role: str
    value: Quantity
    origin: Origin
    when: Condition | None = None
    raw: str = ""


@dataclass(frozen=True, slots=True)
class Window:
    """When requests are taken. ``opens`` None: not found; ``rolling``: at any time."""

    opens: date | datetime | None = None
    closes: date | datetime | None = None
    zone: str = "Europe/Brussels"
    rolling: bool = False


@dataclass(frozen=True, slots=True)
class DueDate:
    """A date to respect, counted from a fact."""

    says: str
    counted_from: str
    offset: int
    unit: str


@dataclass(frozen=True, slots=True)
class Cumulation:
    """What this money does not go with, or goes with on a condition."""

    programmes: tuple[str, ...]
    levels: tuple[str, ...]
    forbidden: bool
    says: str
    place: Callable[[], int] = field(default=lambda: 1, compare=False)


@dataclass(frozen=True, slots=True)
class Example:
    """Facts and what is expected of them."""

    name: str
    base: Mapping[str, Any]
    puts: tuple[Mapping[str, Any], ...]
    unset: tuple[str, ...]
    verdict: str
    amount: Mapping[str, Any]
    statuses: Mapping[str, str]
    place: Callable[[], int]

    @property
    def facts(self) -> dict[str, Any]:
        """The facts, as they would be told."""
        told = plain(self.base)
        for put in self.puts:
            told = changed(told, put, ())
        return changed(told, {}, self.unset)

    @property
    def line(self) -> int:
        """Where the example stands in its file."""
        return self.place()


@dataclass(frozen=True)
class Edition:
    """One programme in one call."""

    programme: str
    edition: str
    title: str
    kind: str
    criteria: tuple[Criterion, ...]
    lines: tuple[Line, ...]
    window: Window
    since: date
    consulted: date
    expires: date
    sources: Mapping[str, Source]
    until: date | None = None
    call: str = ""
    funder: str = ""
    summary: str = ""
    url: str = ""
    automatic: bool = True
    amount_note: str = ""
    currency: str = "EUR"
    tables: Mapping[str, Table] = field(default_factory=dict)
    documents: tuple[Mapping[str, Any], ...] = ()
    payments: tuple[Mapping[str, Any], ...] = ()
    dates: tuple[DueDate, ...] = ()
    contacts: tuple[Mapping[str, Any], ...] = ()
    notes: tuple[Mapping[str, Any], ...] = ()
    cumulation: tuple[Cumulation, ...] = ()
    read_examples: Callable[[], tuple[Example, ...]] = tuple
    file: str = ""

    @cached_property
    def examples(self) -> tuple[Example, ...]:
        """Facts with what is expected of them, which run as tests."""
        return self.read_examples()

    @cached_property
    def resolvers(self) -> tuple[Callable[[Facts], State], ...]:
        """For each criterion, the function from facts to its state."""
        return tuple(one.resolve for one in self.criteria)

    @property
    def id(self) -> str:
        """Programme and edition, as people name them."""
        return f"{self.programme}/{self.edition}"
