"""Time zones as calendars write them: a VTIMEZONE that every reader understands the same way.

Two readers out of five take only the first date of an RDATE list, so a zone that keeps a rule is written with
that rule (RRULE), and everything else with one RDATE a property. The transitions come from the pinned ``tzdata``
package, so that the same events give the same text on every machine.
"""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from importlib import resources
from io import BytesIO
from itertools import pairwise
from typing import NamedTuple
from zoneinfo import ZoneInfo

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LAST_YEAR = 2100
_DAYS = ("SU", "MO", "TU", "WE", "TH", "FR", "SA")
_POSIX = re.compile(
    r"^(?P<std><[^>]+>|[A-Za-z]+)(?P<off>[-+]?[\d:]+)"
    r"(?:(?P<dst><[^>]+>|[A-Za-z]+)(?P<dstoff>[-+]?[\d:]+)?,(?P<start>[^,]+),(?P<end>[^,]+))?$"
)
_WEEKDAY_RULE = re.compile(r"^M(\d+)\.(\d+)\.(\d+)(?:/([-+]?[\d:]+))?$")


class UnknownZone(LookupError):
    """No zone bears this name; ``args[0]`` is the name."""


class Transition(NamedTuple):
    """The moment a zone changes its offset, in UTC, with what held before and what holds after."""

    moment: datetime
    before: timedelta
    after: timedelta
    name: str

    @property
    def wall(self) -> datetime:
        """What the clock on the wall showed just before the change."""
        return (self.moment + self.before).replace(tzinfo=None)

    @property
    def is_daylight(self) -> bool:
        """Whether the clock goes forward: Ireland's and Morocco's « negative » summer times are told as others are."""
        return self.after > self.before


@dataclass(frozen=True)
class _Yearly:
    """A change that comes back every year, such as the last Sunday of March at two."""

    month: int
    week: int
    weekday: int
    seconds: int
    before: timedelta
    after: timedelta
    name: str

    def of(self, year: int) -> Transition:
        first = date(year, self.month, 1)
        day = first + timedelta(days=(self.weekday - first.isoweekday()) % 7 + 7 * (self.week - 1))
        while day.month != self.month:
            day -= timedelta(days=7)
        wall = datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(seconds=self.seconds)
        return Transition(wall - self.before, self.before, self.after, self.name)

    @property
    def recurrence(self) -> str | None:
        """The RRULE that says it, or None when the hour falls on another day than the one named."""
        if not 0 <= self.seconds < 24 * 3600:  # the hours of a day
            return None
        week = -1 if self.week == 5 else self.week  # noqa: PLR2004  # POSIX writes « the last » as the fifth
        return f"FREQ=YEARLY;BYMONTH={self.month};BYDAY={week}{_DAYS[self.weekday]}"


@dataclass(frozen=True)
class _Zone:
    first_offset: timedelta
    first_name: str
    observed: tuple[Transition, ...]
    observed_until: datetime
    rules: tuple[_Yearly, ...]

    def until(self, year: int) -> list[Transition]:
        """Every change from the first one recorded to the end of that year."""
        found = list(self.observed)
        last = self.observed_until
        offset = found[-1].after if found else self.first_offset
        for current in range(last.year, year + 1):
            for change in sorted(rule.of(current) for rule in self.rules):
                if change.moment > last and change.after != offset:
                    found.append(change)
                    offset = change.after
        return [change for change in found if change.moment.year <= year]

    @property
    def ruled_since(self) -> int:
        """The first year from which the present rule has never failed."""
        if not self.rules:
            return _LAST_YEAR
        changes: dict[int, list[tuple[datetime, timedelta]]] = {}
        for change in self.until(_LAST_YEAR - 1):
            changes.setdefault(change.moment.year, []).append((change.moment, change.after))
        year = _LAST_YEAR - 1
        while changes.get(year) == sorted((rule.of(year).moment, rule.of(year).after) for rule in self.rules):
            year -= 1
        return year + 1


def vtimezone(zone: str, first: int, last: int) -> str:
    """Write a zone as a VTIMEZONE, right for every local time from the first to the last of two years.

    :raises UnknownZone: when no zone bears the name.
    """
    return _vtimezone(zone, first, min(last, _LAST_YEAR - 1))


@lru_cache(maxsize=256)
def _vtimezone(zone: str, first: int, last: int) -> str:
    data = _read(zone)
    ruled = [rule for rule in data.rules if rule.recurrence]
    since = data.ruled_since if len(ruled) == 2 else _LAST_YEAR  # noqa: PLR2004  # to summer and back
    changes = data.until(last + 1)
    listed = [change for change in changes if change.moment.year < since]
    if since < _LAST_YEAR and first > since:
        listed = []
    before = [change for change in listed if change.moment.year < first]
    listed = (before[-1:] if before else []) + [change for change in listed if change.moment.year >= first]
    lines = ["BEGIN:VTIMEZONE", f"TZID:{zone}"]
    if not before and (since == _LAST_YEAR or first <= since):
        lines += _block(data.first_name, data.first_offset, data.first_offset, [datetime(1900, 1, 1)], None)  # noqa: DTZ001  # a wall clock's time
    groups: dict[tuple[str, timedelta, timedelta], list[datetime]] = {}
    for change in listed:
        groups.setdefault((change.name, change.before, change.after), []).append(change.wall)
    for (name, old, new), walls in groups.items():
        lines += _block(name, old, new, walls, None)
    if since < _LAST_YEAR and last >= since:
        for rule in ruled:
            lines += _block(rule.name, rule.before, rule.after, [rule.of(since).wall], rule.recurrence)
    return "".join(f"{line}\r\n" for line in [*lines, "END:VTIMEZONE"])


@lru_cache(maxsize=256)
def zone(name: str) -> ZoneInfo:
    """The zone as the pinned data has it: the machine's own list of zones may be years older.

    :raises UnknownZone: when no zone bears the name.
    """
    return ZoneInfo.from_file(BytesIO(_bytes(name)), key=name)


def has_plain_offset(moment: datetime) -> bool:
    """Tell whether every reader finds this local moment: neither skipped nor doubled, its offset in whole minutes."""
    offset = moment.utcoffset()
    if offset is None or offset.total_seconds() % 60:
        return False
    return moment.replace(fold=0).utcoffset() == moment.replace(fold=1).utcoffset()


def is_zone(name: str) -> bool:
    """Tell whether a zone bears this name."""
    try:
        _read(name)
    except UnknownZone:
        return False
    return True


def _block(name: str, old: timedelta, new: timedelta, walls: list[datetime], rule: str | None) -> list[str]:
    kind = "DAYLIGHT" if new > old else "STANDARD"
    lines = [f"BEGIN:{kind}", f"DTSTART:{walls[0]:%Y%m%dT%H%M%S}"]
    if rule:
        lines.append(f"RRULE:{rule}")
    elif len(walls) > 1:  # the first one again: ical.js forgets DTSTART as soon as it sees an RDATE
        lines += [f"RDATE:{wall:%Y%m%dT%H%M%S}" for wall in walls]
    lines += [f"TZNAME:{name}", f"TZOFFSETFROM:{_offset(old)}", f"TZOFFSETTO:{_offset(new)}", f"END:{kind}"]
    return lines


def _offset(value: timedelta) -> str:
    """Write an offset to the minute: before railways towns kept seconds that no reader heeds."""
    minutes = round(value.total_seconds() / 60)
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02d}{abs(minutes) % 60:02d}"


@lru_cache(maxsize=64)
def _read(zone: str) -> _Zone:
    """Read a compiled zone (RFC 8536, version 2 or later)."""
    raw = _bytes(zone)
    counts = struct.unpack(">6l", raw[20:44])
    start = 44 + counts[3] * 5 + counts[4] * 6 + counts[5] + counts[2] * 8 + counts[1] + counts[0]
    return _decode(raw[start:])


def _bytes(zone: str) -> bytes:
    if not re.fullmatch(r"[A-Za-z0-9_+\-]+(?:/[A-Za-z0-9_+\-]+){0,2}", zone):
        raise UnknownZone(zone)
    try:
        raw = resources.files("tzdata").joinpath("zoneinfo", *zone.split("/")).read_bytes()
    except (OSError, ModuleNotFoundError) as error:
        raise UnknownZone(zone) from error
    if raw[:4] != b"TZif":
        raise UnknownZone(zone)
    return raw


def _decode(raw: bytes) -> _Zone:
    utc_count, std_count, leap_count, time_count, type_count, char_count = struct.unpack(">6l", raw[20:44])
    at = 44
    moments = struct.unpack(f">{time_count}q", raw[at : at + 8 * time_count])
    at += 8 * time_count
    kinds = raw[at : at + time_count]
    at += time_count
    types = [struct.unpack(">lbB", raw[at + 6 * n : at + 6 * n + 6]) for n in range(type_count)]
    at += 6 * type_count
    names = raw[at : at + char_count]
    footer = raw[at + char_count + 12 * leap_count + std_count + utc_count :].strip(b"\n").decode("ascii")

    def told(kind: int) -> tuple[timedelta, str]:
        offset, _daylight, place = types[kind]
        return timedelta(seconds=offset), names[place : names.index(b"\0", place)].decode("ascii")

    steps = [
        (_EPOCH + timedelta(seconds=moment), *told(kind))
        for moment, kind in zip(moments, kinds, strict=True)
        if moment > -(2**33)
    ]
    offset, name = told(0)
    observed = [
        Transition(moment, old, new, label)
        for (_, old, _), (moment, new, label) in pairwise([(_EPOCH, offset, name), *steps])
        if old != new
    ]
    until = steps[-1][0] if steps else datetime(1900, 1, 1, tzinfo=UTC)
    return _Zone(offset, name, tuple(observed), until, _rules(footer))


def _rules(footer: str) -> tuple[_Yearly, ...]:
    """Read the rule that holds from the last recorded change on (POSIX TZ string)."""
    match = _POSIX.match(footer)
    if match is None or match["dst"] is None:
        return ()
    standard = -timedelta(seconds=_clock(match["off"]))
    summer = -timedelta(seconds=_clock(match["dstoff"])) if match["dstoff"] else standard + timedelta(hours=1)
    found = []
    for text, old, new, name in (
        (match["start"], standard, summer, match["dst"]),
        (match["end"], summer, standard, match["std"]),
    ):
        rule = _WEEKDAY_RULE.match(text)
        if rule is None:
            return ()
        seconds = _clock(rule[4]) if rule[4] else 2 * 3600
        found.append(_Yearly(int(rule[1]), int(rule[2]), int(rule[3]), seconds, old, new, name.strip("<>")))
    return tuple(found)


def _clock(text: str) -> int:
    sign = -1 if text.startswith("-") else 1
    hours, minutes, seconds = ([int(part) for part in text.lstrip("+-").split(":")] + [0, 0])[:3]
    return sign * (hours * 3600 + minutes * 60 + seconds)
