"""Named, dated lists: countries of the Union on a day, associated to a programme, least developed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from app.rules.logic import MET, NOT_MET, UNKNOWN, either
from app.rules.vocabulary.countries import country_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from app.rules.logic import Status

UNVERIFIED = "U"


@dataclass(frozen=True, slots=True)
class Entry:
    """One code of a list, from a day to a day (both included, None: without limit)."""

    code: str
    since: date | None = None
    until: date | None = None
    confidence: str = ""
    source: str = ""
    note: str = ""

    def covers(self, days: tuple[date, date] | None) -> Status:
        """Whether it holds on the day, or on one of the days it may be; an unverified entry says nothing."""
        if self.confidence == UNVERIFIED:
            return UNKNOWN
        if self.since is None and self.until is None:
            return MET
        if days is None:
            return UNKNOWN
        first, last = days
        if (self.since and last < self.since) or (self.until and first > self.until):
            return NOT_MET
        inside = (self.since is None or first >= self.since) and (self.until is None or last <= self.until)
        return MET if inside else UNKNOWN


@dataclass(frozen=True)
class NamedList:
    """A list of codes; ``complete`` when what is not on it is certainly outside."""

    id: str
    title: str
    entries: tuple[Entry, ...] = ()
    complete: bool = False
    holds: str = "country"
    by_code: Mapping[str, tuple[Entry, ...]] = field(default_factory=dict)

    @property
    def is_dated(self) -> bool:
        """Whether the day matters."""
        return any(entry.since or entry.until for entry in self.entries)

    def contains(self, code: str, days: tuple[date, date] | None) -> Status:
        """Whether a code is on the list; a part of a country is, where nothing is said of it, what the country is."""
        found = self.by_code.get(code) or self.by_code.get(str(country_of(code)), ())
        status = either(entry.covers(days) for entry in found) if found else NOT_MET
        if status is MET or (self.complete and not self._has_part_of(code)):
            return status
        return UNKNOWN

    def _has_part_of(self, code: str) -> bool:
        return any(other.startswith(f"{code}-") for other in self.by_code)
