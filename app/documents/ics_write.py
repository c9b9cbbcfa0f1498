"""Writing calendars: entries written once and joined as often as they are asked for.

Nobody is told more than is known: no end is invented, an hour that is not known makes a whole-day entry, and a local
time that a zone skips or doubles is written in UTC so that all find the same instant.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from app.documents.zones import has_plain_offset, is_zone, vtimezone

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

PRODUCT = "-//Trait d’union//Jumelages//FR"
_NAMED = re.compile(r"^DT(?:START|END);TZID=([^:\r\n]+):(\d{4})", re.MULTILINE)
_LINE = 74  # bytes of a line, without the space that continues it (RFC 5545, 3.1)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


class Status(StrEnum):
    """How sure an entry is."""

    TENTATIVE = "TENTATIVE"
    CONFIRMED = "CONFIRMED"
    CANCELLED = "CANCELLED"


@dataclass(frozen=True, kw_only=True)
class CalendarEntry:
    """One line of a calendar.

    ``start`` and ``end`` are both dates (the last day included) or both aware local times whose zones have a name,
    each its own: a journey ends by the clock of another town.
    ``cancelled_word`` opens the summary of a cancelled entry, for readers that do not heed the status; ``mark`` opens
    that of one that is put off, which no status tells: it takes nobody's time.
    """

    uid: str
    summary: str
    stamp: datetime
    start: date | datetime
    end: date | datetime | None = None
    sequence: int = 0
    description: str = ""
    location: str = ""
    status: Status | None = None
    categories: tuple[str, ...] = ()
    url: str = ""
    cancelled_word: str = "ANNULÉ"
    mark: str = ""


def vevent(entry: CalendarEntry) -> str:
    """Write an entry as the text of a VEVENT, folded and ended, ready to be kept and joined."""
    from icalendar import Event  # noqa: PLC0415, TID251  # its one home, with ics_read; a start needs none of it

    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", entry.stamp.astimezone(UTC))
    event.add("last-modified", entry.stamp.astimezone(UTC))
    event.add("sequence", entry.sequence)
    event.add("dtstart", _written(entry.start))
    end = None if entry.end is None else _written_end(entry.start, entry.end)
    if end is not None:
        event.add("dtend", end)
    mark = entry.cancelled_word if entry.status is Status.CANCELLED else entry.mark
    event.add("summary", plain_text(f"{mark} – {entry.summary}" if mark else entry.summary))
    if entry.status is not None:
        event.add("status", entry.status.value)
    for name, value in (("description", entry.description), ("location", entry.location)):
        if value:
            event.add(name, plain_text(value))
    if entry.url:
        event.add("url", entry.url)
    if entry.categories:
        event.add("categories", [plain_text(category) for category in entry.categories])
    if entry.mark or not isinstance(entry.start, datetime):
        event.add("transp", "TRANSPARENT")
    return str(event.to_ical().decode("utf-8"))


def with_subject(texts: str, subject: str) -> str:
    """Say after the summary of each entry what it is a part of; a summary that says just that stays.

    The addition is a folded line of its own: entries kept as text need not be read again.
    """
    from icalendar import vText  # noqa: PLC0415, TID251  # as above

    words = vText(plain_text(subject)).to_ical().decode("utf-8")
    width = _LINE // max((len(letter.encode()) for letter in words), default=1)
    lines = "".join(f"\r\n {words[at : at + width]}" for at in range(0, len(words), width))
    if not words:
        return texts
    summary = re.compile(rf"(\r\nSUMMARY:(?!{re.escape(words)}\r\n)[^\r]*(?:\r\n [^\r]*)*)")
    addition = f"\r\n  – {lines}".replace("\\", r"\\")
    return summary.sub(rf"\1{addition}", texts)


def zones_named(texts: Iterable[str]) -> dict[str, tuple[int, int]]:
    """The zones that entry texts name at their start or end, each with the first and the last year it is named in."""
    years: dict[str, list[int]] = {}
    for text in texts:
        for name, year in _NAMED.findall(text):
            years.setdefault(name, []).append(int(year))
    return {name: (min(found), max(found)) for name, found in years.items()}


def calendar(
    name: str, texts: Iterable[str], zones: Mapping[str, tuple[int, int]], *, refresh_minutes: int = 60
) -> bytes:
    """Join entry texts into a calendar.

    ``zones`` gives, for each zone the entries name, the first and the last year they fall in. A calendar without
    entries defines the zone of Paris, because a calendar must hold something.
    """
    from icalendar import Calendar, vText  # noqa: PLC0415, TID251  # as above

    head = Calendar()
    head.add("prodid", PRODUCT)
    head.add("version", "2.0")
    head.add("calscale", "GREGORIAN")
    head["name"] = vText(plain_text(name))
    head["x-wr-calname"] = vText(plain_text(name))
    head.add("refresh-interval", timedelta(minutes=refresh_minutes), parameters={"VALUE": "DURATION"})
    head["x-published-ttl"] = f"PT{refresh_minutes}M"
    opening = head.to_ical().decode("utf-8").removesuffix("END:VCALENDAR\r\n")
    body = [text.encode() for text in texts]  # each by itself: a whole calendar is megabytes, copied once
    wanted = dict(zones) or ({} if any(body) else {"Europe/Paris": (2000, 2000)})
    defined = "".join(vtimezone(zone, first, last) for zone, (first, last) in sorted(wanted.items()))
    return b"".join([opening.encode(), defined.encode(), *body, b"END:VCALENDAR\r\n"])


def _zone_name(moment: datetime) -> str | None:
    """Name the zone to define, or None when the moment is written in UTC."""
    name = getattr(moment.tzinfo, "key", None)
    if name is None or name in {"UTC", "Etc/UTC"} or not is_zone(name) or not has_plain_offset(moment):
        return None
    return str(name)


def _written(moment: date | datetime) -> date | datetime:
    if not isinstance(moment, datetime):
        return moment
    if moment.tzinfo is None:
        raise ValueError("a calendar entry's time must carry its zone")
    return moment if _zone_name(moment) else moment.astimezone(UTC)


def _written_end(start: date | datetime, end: date | datetime) -> date | datetime | None:
    """The end as a calendar writes it: of whole days the day after; the last day of all has none, and stands itself."""
    if isinstance(start, datetime) != isinstance(end, datetime):
        raise ValueError("start and end are both days or both times")
    if isinstance(end, datetime):
        return _written(end)
    after = end + timedelta(days=1) if end < date.max else end
    return after if after > start else None


def plain_text(text: str) -> str:
    """A text with plain ends of lines and no controls."""
    return _CONTROL.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n"))
