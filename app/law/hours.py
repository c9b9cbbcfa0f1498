"""Hours of one evening, which may go past midnight."""

from __future__ import annotations

DAWN = "06:00"
"""A meeting that goes on before this hour has gone past midnight; later than that, it is a slip."""
NOON = "12:00"
"""A meeting that began before this hour does not go past midnight."""


def is_past_midnight(hour: str, began: str) -> bool:
    """Whether an hour is one of the next day, in a meeting that began at another: « 00:30 » after « 20:00 »."""
    return hour < DAWN and began >= NOON
