"""How many letters of a word are wrong, one too many or swapped with the next."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


def slips_between(one: str, other: str, *, most: int) -> int:
    """The number of slips that lead from one word to the other; one more than ``most`` when there are more."""
    return int(_measure()(one, other, score_cutoff=most))


@cache
def _measure() -> Callable[..., int]:
    from rapidfuzz.distance import OSA  # noqa: PLC0415  # thirty modules that every start would wait for

    return OSA.distance
