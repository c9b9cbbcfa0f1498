"""The only place that asks what time it is."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from datetime import date

PARIS = ZoneInfo("Europe/Paris")


def now() -> datetime:
    """Return the present moment, aware, in UTC."""
    return datetime.now(UTC)  # noqa: TID251  # the one home of the clock


def today() -> date:
    """Return the present day in metropolitan France."""
    return day_of(now())


def day_of(moment: datetime) -> date:
    """Return the day that this moment belongs to in metropolitan France."""
    return moment.astimezone(PARIS).date()
