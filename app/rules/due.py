"""The dates to respect, counted from the facts of a project."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from app.rules.when import When, months_later

if TYPE_CHECKING:
    from datetime import date

    from app.rules.facts import Facts
    from app.rules.model import DueDate, Edition


def due_dates(edition: Edition, facts: Facts) -> list[tuple[date | None, DueDate]]:
    """Each date to respect; None where the fact it is counted from is not known to the day."""
    return [(_due(one, facts, edition.window.zone), one) for one in edition.dates]


def _due(one: DueDate, facts: Facts, zone: str) -> date | None:
    known = facts.flat.get(one.counted_from)
    if not isinstance(known, When) or not known.is_day:
        return None
    start = known.days(zone)[0]
    return months_later(start, one.offset) if one.unit == "mois" else start + timedelta(one.offset)
