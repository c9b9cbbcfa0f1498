"""How old somebody is on a day."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from app.members.models import Stay, Traveller

ADULT = 18


def age_on(born: date, day: date) -> int:
    """How old somebody is on a day."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def is_minor(traveller: Traveller, stay: Stay) -> bool:
    """Whether a traveller is under eighteen when the stay begins; False when the birth is not known."""
    return traveller.born_on is not None and age_on(traveller.born_on, stay.starts_on) < ADULT
