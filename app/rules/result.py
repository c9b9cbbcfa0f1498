"""What an assessment says: a verdict, a state per criterion, an amount with its calculation."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from decimal import Decimal

    from app.rules.logic import Status
    from app.rules.model import Criterion, Line
    from app.rules.numbers import Bounds


class Verdict(StrEnum):
    """The answer in one word."""

    ELIGIBLE = "eligible"
    NOT_ELIGIBLE = "not_eligible"
    TO_CHECK = "to_check"
    NOT_CONCERNED = "not_concerned"

    @property
    def is_decided(self) -> bool:
        """Whether no further fact changes it."""
        return self is not Verdict.TO_CHECK


NONE, DOUBT, NO, OUTSIDE = range(4)
VERDICTS = (Verdict.ELIGIBLE, Verdict.TO_CHECK, Verdict.NOT_ELIGIBLE, Verdict.NOT_CONCERNED)


@dataclass(frozen=True, slots=True)
class State:
    """The state of one criterion; ``conflict``: sources disagree on these facts; ``effect`` on the verdict."""

    criterion: Criterion
    status: Status
    conflict: bool = False
    effect: int = NONE


@dataclass(frozen=True, slots=True)
class AmountLine:
    """One line of the calculation, as known."""

    line: Line
    bounds: Bounds
    applies: Status
    needs_table: str = ""


@dataclass(frozen=True, slots=True)
class Amount:
    """How much: exact, between bounds, or unknown. ``to_check``: something is missing to say more.

    ``pays`` is false for what gives no money, ``refused`` true for a project that gets none; ``asked``: the facts that
    the calculation looked for in vain.
    """

    low: Decimal | None = None
    high: Decimal | None = None
    exact: Decimal | None = None
    lines: tuple[AmountLine, ...] = ()
    to_check: bool = False
    notes: tuple[str, ...] = field(default=())
    pays: bool = True
    refused: bool = False
    asked: tuple[str, ...] = ()
