"""The amount and how it is calculated. Rounded to the cent, half up, after the last operation."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from app.rules import numbers
from app.rules.logic import MET, NOT_MET, UNKNOWN
from app.rules.model import UNVERIFIED
from app.rules.numbers import NOTHING, cents, is_exact
from app.rules.result import Amount, AmountLine

if TYPE_CHECKING:
    from app.rules.facts import Facts
    from app.rules.model import Edition, Line
    from app.rules.numbers import Bounds


_WITHOUT_MONEY = ("advice", "contact")


def amount_of(edition: Edition, facts: Facts) -> Amount:
    """What the edition gives for these facts."""
    tracing = facts.tracing()
    lines = tuple([_line(one, tracing) for one in edition.lines])
    if not lines:
        notes = (edition.amount_note,) if edition.amount_note else ()
        return Amount(notes=notes, pays=edition.kind not in _WITHOUT_MONEY)
    formulae, caps, floors, thresholds = (
        [one for one in lines if one.line.role == role and one.applies is not NOT_MET]
        for role in ("formula", "cap", "floor", "payable_from")
    )
    amount = _added(formulae) if formulae else NOTHING
    amount = _capped(amount, caps)
    amount = _raised(amount, floors)
    if formulae:
        amount = _payable(amount, thresholds)
    asked = tuple(dict.fromkeys(path for path in tracing.asked or () if not path.startswith(("table:", "rule:"))))
    found = _rounded(amount, lines, edition.amount_note, computed=bool(formulae))
    return replace(found, asked=asked if found.exact is None else ())


def _line(line: Line, facts: Facts) -> AmountLine:
    applies = MET if line.when is None else line.when.judge(facts)
    if applies is NOT_MET:
        return AmountLine(line, NOTHING, applies)
    before = len(facts.asked or ())
    bounds = line.value.read(facts)
    tables = [path[6:] for path in (facts.asked or ())[before:] if path.startswith("table:")]
    return AmountLine(line, bounds, applies, tables[0] if tables else "")


def _added(lines: list[AmountLine]) -> Bounds:
    total: Bounds = (0, 0)
    for one in lines:
        low, high = one.bounds
        total = numbers.plus(total, (low if one.applies is MET else min(low or 0, 0), high))
    return total


def _capped(amount: Bounds, caps: list[AmountLine]) -> Bounds:
    """Not more than the least cap; a cap that may not apply lowers only what is certain."""
    for one in caps:
        low, high = one.bounds
        if one.applies is MET:
            kept_high = high if amount[1] is None else amount[1] if high is None else min(amount[1], high)
            kept_low = None if amount[0] is None or low is None else min(amount[0], low)
            amount = (kept_low, kept_high)
        else:
            amount = (None if low is None or amount[0] is None else min(amount[0], low), amount[1])
    return amount


def _raised(amount: Bounds, floors: list[AmountLine]) -> Bounds:
    for one in floors:
        low = one.bounds[0]
        if one.applies is MET and low is not None:
            amount = (low if amount[0] is None else max(amount[0], low), amount[1])
    return amount


def _payable(amount: Bounds, thresholds: list[AmountLine]) -> Bounds:
    """Below the threshold nothing is paid."""
    for one in thresholds:
        limit = one.bounds[0]
        low, high = amount
        if limit is None or (low is not None and low >= limit):
            continue
        amount = (0, 0) if high is not None and high < limit and one.applies is MET else (0, high)
    return amount


def _rounded(amount: Bounds, lines: tuple[AmountLine, ...], note: str, *, computed: bool) -> Amount:
    low, high = (None if one is None else cents(one) for one in amount)
    exact = low if computed and is_exact(amount) else None
    to_check = exact is None and (
        not any(one.line.role in ("cap", "formula") for one in lines)
        or any(
            one.applies is UNKNOWN or one.bounds == NOTHING or one.needs_table
            for one in lines
            if one.applies is not NOT_MET
        )
    )
    unverified = any(one.line.origin.confidence == UNVERIFIED for one in lines if one.applies is not NOT_MET)
    to_check = to_check or unverified
    return Amount(low, high, exact, lines, to_check=to_check, notes=(note,) if note else ())
