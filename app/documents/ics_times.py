"""When an entry of a calendar is, and by whose clock: the zones that files name, define or leave out."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

from icalendar import Timezone  # noqa: TID251  # a part of ics_read
from icalendar.prop.broken import vBroken as BrokenProperty  # noqa: TID251  # as above
from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON  # noqa: TID251  # as above

from app.documents.ics_told import Remark, RemarkCode
from app.documents.zones import is_zone, zone

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from icalendar import Event  # noqa: TID251  # as above

    from app.documents.ics_guard import Block


class Zones:
    """Finds the zone that a file means by a name: a known one, Windows' own, or one the file defines."""

    def __init__(self, blocks: list[Block]) -> None:
        self._blocks = {name: block for block in blocks if (name := line_value(block.text, "TZID"))}
        self._made: dict[str, Any] = {}

    def known(self, name: str) -> ZoneInfo | None:
        """The zone of the world that goes by a name, or by the last words of it."""
        parts = name.strip('"').strip("/").split("/")
        for length in (3, 2, 1):
            tail = "/".join(parts[-length:])
            candidate = WINDOWS_TO_OLSON.get(tail, tail)
            if (length > 1 or len(parts) == 1) and is_zone(candidate):
                return zone(candidate)
        return None

    def own(self, name: str) -> Any:  # noqa: ANN401  # whatever tzinfo the library makes
        """The zone that the file itself defines under a name."""
        if name not in self._made:
            self._made[name] = self._make(name)
        return self._made[name]

    def _make(self, name: str) -> Any:  # noqa: ANN401  # as above
        block = self._blocks.get(name)
        if block is None or len(block.text) > 20_000:  # noqa: PLR2004  # a thousand changes
            return None
        rules = re.findall(r"^RRULE:(.*?)\r?$", block.text, re.MULTILINE)
        if any("FREQ=YEARLY" not in rule.upper() for rule in rules):
            return None
        try:
            made = Timezone.from_ical(block.text)
            return made.to_tz(lookup_tzid=False) if isinstance(made, Timezone) else None
        except Exception:  # noqa: BLE001  # a file of unknown hand: whatever goes wrong, the zone is not known
            return None


def moment_of(event: Event, name: str, where: str, zones: Zones, remarks: list[Remark]) -> date | datetime | None:
    """The day or the moment that a property names; naive where nobody knows by whose clock.

    What the file's own zone tells is turned to the universal clock, under the zone's name.
    """
    value = event.get(name)
    value = value[0] if isinstance(value, list) else value
    moment = value_of(value)
    if not isinstance(moment, datetime):
        return moment if isinstance(moment, date) else None
    tzid = str(value.params.get("TZID", ""))
    if not tzid:
        if moment.tzinfo is None:
            remarks.append(Remark(RemarkCode.NO_ZONE, where))
        return moment
    naive = moment.replace(tzinfo=None)
    if known := zones.known(tzid):
        return naive.replace(tzinfo=known)
    if own := zones.own(tzid):
        remarks.append(Remark(RemarkCode.OWN_ZONE, where, tzid))
        return naive.replace(tzinfo=own).astimezone(timezone(timedelta(), tzid))
    remarks.append(Remark(RemarkCode.UNKNOWN_ZONE, where, tzid))
    return naive


def end_of(
    event: Event, start: date | datetime, where: str, zones: Zones, remarks: list[Remark]
) -> date | datetime | None:
    """When it ends, the last day included; None where the file does not say, or cannot be right."""
    end: date | datetime | None = None
    if "DTEND" in event:
        end = moment_of(event, "DTEND", where, zones, [])
    elif isinstance(length := value_of(event.get("DURATION")), timedelta):
        end = start + length
    if end is None:
        return None
    if isinstance(start, datetime) != isinstance(end, datetime) or _aware(start) != _aware(end):
        remarks.append(Remark(RemarkCode.BAD_VALUE, where, "DTEND"))
        return None
    last = end if isinstance(end, datetime) else end - timedelta(days=1)
    if last < start:
        remarks.append(Remark(RemarkCode.END_BEFORE_START, where))
        return None
    return last


def value_of(value: object) -> object:
    """Take the Python value, or None of a property that the library could not read."""
    return None if value is None or isinstance(value, BrokenProperty) else getattr(value, "dt", None)


def _aware(moment: date | datetime) -> bool:
    return isinstance(moment, datetime) and moment.tzinfo is not None


def occurrence_of(event: Event, start: date | datetime) -> date | None:
    """The local day of the time that an entry stands for."""
    moment = value_of(event.get("RECURRENCE-ID"))
    if not isinstance(moment, datetime):
        return moment if isinstance(moment, date) else None
    if moment.tzinfo is not None and isinstance(start, datetime) and start.tzinfo is not None:
        moment = moment.astimezone(start.tzinfo)
    return moment.date()


def line_value(text: str, name: str) -> str:
    """The value of the first line of this name in a block, as it is written."""
    match = re.search(rf"^{name}(?:;[^:\r\n]*)?:(.*?)\r?$", text, re.IGNORECASE | re.MULTILINE)
    return match[1].strip()[:200] if match else ""
