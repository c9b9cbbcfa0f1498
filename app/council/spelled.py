"""Sums written out in French letters, as a deliberation gives them beside their figures."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

_SMALL = (
    *("zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix"),
    *("onze", "douze", "treize", "quatorze", "quinze", "seize", "dix-sept", "dix-huit", "dix-neuf"),
)
_TENS = {20: "vingt", 30: "trente", 40: "quarante", 50: "cinquante", 60: "soixante", 80: "quatre-vingt"}
_CENT = Decimal("0.01")
LARGEST = 10**9
"""Sums from here on are not written out."""


def number(count: int) -> str:
    """Write a whole number out: ``quatre-vingt-un``, ``deux cents``, ``mille deux cent un``.

    :raises ValueError: below zero, or too large.
    """
    if not 0 <= count < LARGEST:
        raise ValueError(count)
    millions, rest = divmod(count, 1_000_000)
    thousands, units = divmod(rest, 1000)
    parts = []
    if millions:
        parts.append(f"{_hundreds(millions)} million{'s' if millions > 1 else ''}")
    if thousands:
        parts.append("mille" if thousands == 1 else f"{_hundreds(thousands, is_last=False)} mille")
    if units or not parts:
        parts.append(_hundreds(units))
    return " ".join(parts)


def _hundreds(count: int, *, is_last: bool = True) -> str:
    """Under a thousand; « cents » and « vingts » take their s at the very end only, not before « mille »."""
    hundreds, rest = divmod(count, 100)
    if not hundreds:
        return _under_hundred(rest, is_last=is_last)
    head = "cent" if hundreds == 1 else f"{_SMALL[hundreds]} cent"
    if rest:
        return f"{head} {_under_hundred(rest, is_last=is_last)}"
    return f"{head}s" if hundreds > 1 and is_last else head


def _under_hundred(count: int, *, is_last: bool) -> str:
    if count < 20:  # noqa: PLR2004  # those have their own names
        return _SMALL[count]
    ten = count // 10 * 10
    base = ten if ten in _TENS else ten - 10  # 70 is 60 + 10, 90 is 80 + 10
    rest = count - base
    if not rest:
        return "quatre-vingts" if base == 80 and is_last else _TENS[base]  # noqa: PLR2004
    is_joined = rest in {1, 11} and base != 80  # noqa: PLR2004
    return f"{_TENS[base]} et {_SMALL[rest]}" if is_joined else f"{_TENS[base]}-{_SMALL[rest]}"


def euros(amount: Decimal) -> str:
    """Write a sum out: ``mille cinq cents euros et cinquante centimes``."""
    cents = int((amount.quantize(_CENT, ROUND_HALF_UP)) * 100)
    whole, rest = divmod(cents, 100)
    parts = []
    if whole or not rest:
        link = " d’" if whole and whole % 1_000_000 == 0 else " "
        parts.append(f"{number(whole)}{link}euro{'s' if whole > 1 else ''}")
    if rest:
        parts.append(f"{number(rest)} centime{'s' if rest > 1 else ''}")
    return " et ".join(parts)
