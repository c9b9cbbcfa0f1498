"""Exact numbers, known wholly or between two bounds.

A number is an ``int`` or a ``Fraction``: no rounding before the last operation. Bounds are a pair; ``None`` is an
open side, ``(None, None)`` is unknown.
"""

from __future__ import annotations

import math
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

Number = int | Fraction
Bounds = tuple[Number | None, Number | None]

NOTHING: Bounds = (None, None)
CENT = Decimal("0.01")


def exact(value: Decimal | Number | float) -> Number:
    """The same number, exactly; whole ones as ``int``, which compare fastest."""
    if type(value) is int:
        return value
    fraction = Fraction(value)
    return fraction.numerator if fraction.denominator == 1 else fraction


def cents(value: Number) -> Decimal:
    """To the cent, half up, once, at the end."""
    fraction = Fraction(value)
    whole = fraction.numerator * 100
    sign = -1 if whole < 0 else 1
    rounded = (2 * abs(whole) + fraction.denominator) // (2 * fraction.denominator)
    return (Decimal(sign * rounded) / 100).quantize(CENT, ROUND_HALF_UP)


def to_the_cent(value: Number | None) -> Number | None:
    """The same, as a number to work with further."""
    return value if value is None or isinstance(value, int) else exact(cents(value))


def up_to_the_cent(value: Fraction) -> Number:
    """The next cent: sums of money are told in cents."""
    return exact(Fraction(math.ceil(value * 100), 100))


def point(value: Number | None) -> Bounds:
    """A number that is known."""
    return (value, value)


def is_exact(bounds: Bounds) -> bool:
    """Whether the number is wholly known."""
    return bounds[0] is not None and bounds[0] == bounds[1]


def plus(left: Bounds, right: Bounds) -> Bounds:
    """Sum."""
    return (_both(left[0], right[0]), _both(left[1], right[1]))


def minus(left: Bounds, right: Bounds) -> Bounds:
    """Difference."""
    return plus(left, negative(right))


def negative(bounds: Bounds) -> Bounds:
    """The opposite number."""
    low, high = bounds
    return (None if high is None else -high, None if low is None else -low)


def times(left: Bounds, right: Bounds) -> Bounds:
    """Product of numbers that are not negative; with a negative one only when both are exact."""
    if is_exact(left) and is_exact(right):
        return _ordinary(point(exact((left[0] or 0) * (right[0] or 0))))
    if (left[0] or 0) < 0 or (right[0] or 0) < 0:
        return NOTHING
    low = None if left[0] is None or right[0] is None else exact(left[0] * right[0])
    high = None if left[1] is None or right[1] is None else exact(left[1] * right[1])
    return _ordinary((low, high))


def over(left: Bounds, right: Bounds) -> Bounds:
    """Quotient of numbers that are not negative; unknown when the divisor may be zero."""
    if right[0] is None or right[0] <= 0 or (left[0] or 0) < 0:
        return NOTHING
    low = None if left[0] is None or right[1] is None else exact(Fraction(left[0]) / right[1])
    high = None if left[1] is None else exact(Fraction(left[1]) / right[0])
    return _ordinary((low, high))


def _ordinary(bounds: Bounds) -> Bounds:
    """The same numbers, unless one has grown beyond what anybody counts: it is then unknown, not worked with."""
    sizes = [max(abs(one.numerator), one.denominator).bit_length() for one in bounds if one is not None]
    return bounds if max(sizes, default=0) <= _MOST_BITS else NOTHING


_MOST_BITS = 400


def smallest(several: list[Bounds]) -> Bounds:
    """The least of several: known as soon as what is known bounds it."""
    lows, highs = [low for low, _ in several], [high for _, high in several if high is not None]
    return (None if None in lows else min(_known(lows)), min(highs) if highs else None)


def largest(several: list[Bounds]) -> Bounds:
    """The greatest of several."""
    return negative(smallest([negative(bounds) for bounds in several]))


def hull(several: list[Bounds]) -> Bounds:
    """One of these, and it is not known which."""
    lows, highs = [low for low, _ in several], [high for _, high in several]
    return (
        None if None in lows or not lows else min(_known(lows)),
        None if None in highs or not highs else max(_known(highs)),
    )


def common(left: Bounds, right: Bounds) -> Bounds:
    """What two statements about the same number leave possible; where they contradict each other, one or the other."""
    lows, highs = _known([left[0], right[0]]), _known([left[1], right[1]])
    low, high = max(lows) if lows else None, min(highs) if highs else None
    return (low, high) if low is None or high is None or low <= high else hull([left, right])


def _known(values: list[Number | None]) -> list[Number]:
    return [value for value in values if value is not None]


def _both(left: Number | None, right: Number | None) -> Number | None:
    return None if left is None or right is None else exact(left + right)
