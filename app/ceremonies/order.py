"""The order of a programme: day after day, and within a day the people's own order.

A moment that is added, or whose day or hour changes, goes where they put it; « matin » and « en soirée » stand for an
hour in that alone, and what lasts all day opens its day.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.ceremonies.wording import joined
from app.shared.folding import fold

if TYPE_CHECKING:
    from app.ceremonies.models import Ceremony, ProgrammeItem

Day = tuple[int, int, str]

_NUMBERED, _DATED, _OPEN = range(3)
_PARTS = (
    ("17:59", ("apres midi", "afternoon", "nachmittag")),
    ("23:58", ("soir", "evening", "abend", "fin de journee", "nuit", "night", "nacht")),
    ("11:59", ("matin", "morning", "vormittag", "morgen", "fruh")),
    ("12:30", ("midi", "noon", "mittag")),
)
"""Where parts of the day stand among hours, as folded; the first that is found counts."""


def by_day(ceremony: Ceremony) -> list[ProgrammeItem]:
    """The moments of the programme, each day once and the days one after the other."""
    return sorted(ceremony.programme, key=lambda item: day_of(item, ceremony))


def day_of(item: ProgrammeItem, ceremony: Ceremony) -> Day:
    """The day that a moment stands under: numbers first where no day is fixed, what has no day last."""
    day = item.actual_day(ceremony.first_day)
    if day is not None:
        return _DATED, day.toordinal(), ""
    if item.own_date is not None:
        return _DATED, item.own_date.latest.toordinal(), item.own_date.text
    return (_OPEN, 0, "") if item.day is None else (_NUMBERED, item.day, "")


def place_of(item: ProgrammeItem, ceremony: Ceremony) -> tuple[Day, str]:
    """Where a moment belongs: its day and an hour, empty where none is known."""
    return day_of(item, ceremony), _hour(item)


def insert(ceremony: Ceremony, item: ProgrammeItem) -> None:
    """Put a moment before the first one that is later; moments without an hour keep their place in their day."""
    shown = [one for one in by_day(ceremony) if one is not item]
    mine, hour = place_of(item, ceremony)
    rank = len(shown)
    for number, other in enumerate(shown):
        theirs, later = place_of(other, ceremony)
        if theirs > mine or (theirs == mine and hour and later > hour):
            rank = number
            break
    shown.insert(rank, item)
    if item not in ceremony.items:
        ceremony.items.append(item)
    number_anew(shown)


def number_anew(items: list[ProgrammeItem]) -> None:
    """Keep this order."""
    for position, item in enumerate(items):
        item.position = position


def _hour(item: ProgrammeItem) -> str:
    if item.details.get("all_day"):
        return "00:00"
    told = fold(joined(item.details.get("part_of_day")))
    if item.start or not told:
        return item.start
    return next((hour for hour, words in _PARTS if any(word in told for word in words)), "")
