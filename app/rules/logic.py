"""Four states, and how they combine: an unknown is absorbed by what already decides, and reported otherwise."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


class Status(StrEnum):
    """What is known of one criterion."""

    MET = "met"
    NOT_MET = "not_met"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not_applicable"


MET, NOT_MET, UNKNOWN, NOT_APPLICABLE = Status
_OPPOSITE = {MET: NOT_MET, NOT_MET: MET, UNKNOWN: UNKNOWN, NOT_APPLICABLE: NOT_APPLICABLE}


def opposite(status: Status) -> Status:
    """The negation."""
    return _OPPOSITE[status]


def truth(*, held: bool) -> Status:
    """A decided state."""
    return MET if held else NOT_MET


def every(statuses: Iterable[Status]) -> Status:
    """And: one failure decides; what does not apply is left out."""
    seen = set(statuses)
    for status in (NOT_MET, UNKNOWN, MET):
        if status in seen:
            return status
    return NOT_APPLICABLE


def either(statuses: Iterable[Status]) -> Status:
    """Or: one success decides; what does not apply is left out."""
    seen = set(statuses)
    for status in (MET, UNKNOWN, NOT_MET):
        if status in seen:
            return status
    return NOT_APPLICABLE


def between_counts(statuses: Iterable[Status], low: int | None, high: int | None) -> Status:
    """How many hold, against bounds."""
    seen = list(statuses)
    sure, possible = seen.count(MET), seen.count(MET) + seen.count(UNKNOWN)
    if (low is not None and possible < low) or (high is not None and sure > high):
        return NOT_MET
    return truth(held=True) if (low is None or sure >= low) and (high is None or possible <= high) else UNKNOWN
