"""Lists by name, page by page: where a page begins, as it stands in an address, and the pages of a list at hand."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Place = tuple[str, int]
"""Where something stands in a list by name: its folded name and its identifier."""

Row = TypeVar("Row")
_DIGITS = 9


def mark_of(place: Place) -> str:
    """Write it as an address holds it: « 12~dupont »."""
    folded, number = place
    return f"{number}~{folded}"


def place_of(raw: str) -> Place | None:
    """Read it back; None when the address has none."""
    number, found, folded = raw.partition("~")
    if not found or not number.isascii() or not number.isdecimal() or len(number) > _DIGITS:
        return None
    return folded[:500], int(number)


@dataclass(frozen=True)
class Leaf(Generic[Row]):
    """A page of a list; ``before`` and ``following``: after which mark the next pages begin, None where there is none.

    The first page begins after the empty mark.
    """

    rows: Sequence[Row]
    before: str | None = None
    following: str | None = None


def leaf_of(rows: Sequence[Row], place: Callable[[Row], Place], *, after: Place | None, size: int) -> Leaf[Row]:
    """The page after a place of a whole list, ordered by place; the last one when nobody stands there any more."""
    start = bisect_right(rows, after, key=place) if after else 0
    if start >= len(rows):
        start = max(0, len(rows) - size)
    end = start + size
    return Leaf(
        rows[start:end],
        before=None if not start else mark_of(place(rows[start - size - 1])) if start > size else "",
        following=mark_of(place(rows[end - 1])) if end < len(rows) else None,
    )
