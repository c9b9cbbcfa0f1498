"""Amounts in French words, as receipts say them: « vingt-cinq euros et cinquante centimes »."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from decimal import Decimal

_SMALL = [
    "zéro",
    "un",
    "deux",
    "trois",
    "quatre",
    "cinq",
    "six",
    "sept",
    "huit",
    "neuf",
    "dix",
    "onze",
    "douze",
    "treize",
    "quatorze",
    "quinze",
    "seize",
    "dix-sept",
    "dix-huit",
    "dix-neuf",
]
_TENS = {2: "vingt", 3: "trente", 4: "quarante", 5: "cinquante", 6: "soixante", 8: "quatre-vingt"}


def spelled(number: int) -> str:
    """A whole number below a thousand million, in words."""
    for size, word in ((1_000_000, "million"), (1000, "mille")):
        if number >= size:
            many, rest = divmod(number, size)
            return " ".join(part for part in (_many(many, word), spelled(rest) if rest else "") if part)
    return _hundreds(number)


def _many(many: int, word: str) -> str:
    if word == "mille":
        count = _hundreds(many).removesuffix("s") if many % 100 in {0, 80} else _hundreds(many)
        return "mille" if many == 1 else f"{count} mille"
    return f"{spelled(many)} {word}{'s' if many > 1 else ''}"


def _hundreds(number: int) -> str:
    hundreds, rest = divmod(number, 100)
    if not hundreds:
        return _below_hundred(rest)
    head = "cent" if hundreds == 1 else f"{_SMALL[hundreds]} cent{'' if rest else 's'}"
    return f"{head} {_below_hundred(rest)}" if rest else head


def _below_hundred(number: int) -> str:
    if number < len(_SMALL):
        return _SMALL[number]
    tens, units = divmod(number, 10)
    if tens in {7, 9}:
        tens, units = tens - 1, units + 10
    word = _TENS[tens]
    if not units:
        return f"{word}s" if tens == 8 else word  # noqa: PLR2004  # quatre-vingts
    joint = " et " if units in {1, 11} and tens != 8 else "-"  # noqa: PLR2004  # quatre-vingt-un
    return f"{word}{joint}{_SMALL[units]}"


def spelled_euros(amount: Decimal) -> str:
    """An amount in words."""
    whole, cents = divmod(int(amount * 100), 100)
    said = f"{spelled(whole)} euro{'s' if whole > 1 else ''}"
    return f"{said} et {spelled(cents)} centime{'s' if cents > 1 else ''}" if cents else said
