"""Reading calendars that anybody wrote: what can be taken is taken, what is left is told, no file is trusted."""

from __future__ import annotations

import re
import warnings
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from icalendar import Event, vText  # noqa: TID251  # its one home, with ics_write
from icalendar.prop.broken import vBroken as BrokenProperty  # noqa: TID251  # as above

from app.documents.ics_guard import split
from app.documents.ics_repeat import repetition
from app.documents.ics_times import Zones, end_of, line_value, moment_of, occurrence_of, value_of
from app.documents.ics_told import Found, Reading, Remark, RemarkCode
from app.documents.ics_words import is_formatted, plain_words
from app.documents.ics_write import Status, plain_text
from app.documents.zones import is_zone

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from app.documents.ics_guard import Block, Blocks

_CONTENT_LINE = re.compile(r"[A-Za-z0-9-]+(?:;[^:\"]*(?:\"[^\"]*\"[^:\"]*)*)?:")


def read(data: bytes) -> Reading:
    """Read a calendar file of any hand.

    :raises UnreadableCalendar: when it is too large, too deep, holds too much, or is no calendar.
    """
    blocks = split(data)
    remarks = _general_remarks(blocks)
    zones = Zones(blocks.zones)
    entries = []
    for block in blocks.events:
        entry = _entry(block, zones, remarks)
        if entry is not None:
            entries.append(entry)
    if not blocks.events:
        remarks.append(Remark(RemarkCode.NO_EVENT))
    own = _head_value(blocks.head, "X-WR-TIMEZONE")
    kept = _without_moved(_versions(entries, remarks))
    return Reading(_name(blocks.head), tuple(kept), tuple(remarks), own if is_zone(own) else "")


def _without_moved(entries: list[Found]) -> list[Found]:
    """A time of a repeated event that was moved or called off no longer stands in the repetition."""
    moved: dict[str | None, set[str]] = {}
    for entry in entries:
        if entry.occurrence_of is not None:
            moved.setdefault(entry.uid, set()).add(entry.occurrence_of.isoformat())
    return [
        replace(
            entry, repeats=entry.repeats | {"except": sorted({*entry.repeats.get("except", []), *moved[entry.uid]})}
        )
        if entry.repeats and entry.uid in moved
        else entry
        for entry in entries
    ]


def _versions(entries: list[Found], remarks: list[Remark]) -> list[Found]:
    """Of several states of one event, keep the latest; events that share an identifier and no more stay, and are told.

    An event's later state bears a greater sequence (RFC 5545, 3.8.7.4). One occurrence of a repeated event shares
    the identifier of the others.
    """
    by_uid: dict[str, list[Found]] = {}
    for entry in entries:
        if entry.uid and not entry.is_occurrence:
            by_uid.setdefault(entry.uid, []).append(entry)
    gone: set[int] = set()
    for shared in by_uid.values():
        latest = max(entry.sequence for entry in shared)
        older = [entry for entry in shared if entry.sequence < latest]
        same = [entry for rank, entry in enumerate(shared) if entry in shared[:rank] and entry.sequence == latest]
        remarks += [Remark(RemarkCode.REPLACED, entry.summary) for entry in (*older, *same)]
        gone |= {id(entry) for entry in (*older, *same)}
        left = [entry for entry in shared if id(entry) not in gone]
        remarks += [Remark(RemarkCode.SAME_UID, entry.summary, left[0].summary) for entry in left[1:]]
    return [entry for entry in entries if id(entry) not in gone]


_TAKEN = frozenset(
    (
        *("UID", "DTSTAMP", "DTSTART", "DTEND", "DURATION", "SUMMARY", "DESCRIPTION", "LOCATION"),
        *("STATUS", "CATEGORIES", "URL", "SEQUENCE", "LAST-MODIFIED", "CREATED"),
        *("GEO", "CONFERENCE", "X-GOOGLE-CONFERENCE"),
    )
)
_WORDED = ("SUMMARY", "DESCRIPTION", "LOCATION")
_REPEATING = frozenset(("RRULE", "RDATE", "EXDATE", "EXRULE"))


def _general_remarks(blocks: Blocks) -> list[Remark]:
    remarks = []
    if blocks.odd_encoding:
        remarks.append(Remark(RemarkCode.ODD_ENCODING, detail=blocks.odd_encoding))
    if blocks.controls:
        remarks.append(Remark(RemarkCode.CONTROL_CHARACTERS))
    remarks += [
        Remark(RemarkCode.OTHER_COMPONENT, detail=f"{kind} × {count}") for kind, count in sorted(blocks.others.items())
    ]
    return remarks


def _entry(block: Block, zones: Zones, remarks: list[Remark]) -> Found | None:
    where = line_value(block.text, "SUMMARY") or f"#{block.line}"
    try:
        with warnings.catch_warnings(action="ignore"):  # the library wonders aloud about zone names; we find them
            event = Event.from_ical(block.text)
        if not isinstance(event, Event):
            remarks.append(Remark(RemarkCode.BROKEN, where))
            return None
        return _take(event, where, zones, remarks, block)
    except Exception:  # noqa: BLE001  # a file of unknown hand: one bad event must not hide the others
        remarks.append(Remark(RemarkCode.BROKEN, where))
        return None


def _take(event: Event, where: str, zones: Zones, remarks: list[Remark], block: Block) -> Found | None:
    where = str(event.get("SUMMARY", where))[:200]
    about_time: list[Remark] = []
    start = moment_of(event, "DTSTART", where, zones, about_time)
    repeats = repetition(event, start) if start is not None and "RECURRENCE-ID" not in event else None
    position, conference = _position(event), _conference(event)
    _tell_losses(event, where, remarks, block, _REPEATING if repeats else frozenset())
    if not position and "GEO" in event:
        remarks.append(Remark(RemarkCode.NOT_TAKEN, where, "GEO"))
    remarks += about_time
    if start is None:
        remarks.append(Remark(RemarkCode.NO_START, where))
        return None
    end = end_of(event, start, where, zones, remarks)
    if any(isinstance(one, datetime) and one.second for one in (start, end)):
        remarks.append(Remark(RemarkCode.NOT_TAKEN, where, "SECONDS"))
    description = _text(event, "DESCRIPTION")
    if is_formatted(description):
        remarks.append(Remark(RemarkCode.FORMATTED, where))
        description = plain_words(description)
    return Found(
        uid=_text(event, "UID") or None,
        summary=_text(event, "SUMMARY"),
        start=start,
        end=end,
        sequence=_number(event),
        description=description,
        location=_text(event, "LOCATION"),
        status=_status(event),
        categories=_categories(event),
        url=_text(event, "URL"),
        is_occurrence="RECURRENCE-ID" in event,
        occurrence_of=occurrence_of(event, start),
        repeats=repeats,
        position=position,
        conference=conference,
        languages=_languages(event),
    )


def _languages(event: Event) -> tuple[tuple[str, str], ...]:
    """The language that each text says it is in (RFC 5545, 3.2.10)."""
    named = ((name, getattr(event.get(name), "params", {}).get("LANGUAGE", "")) for name in _WORDED)
    return tuple((name, str(tag)[:35]) for name, tag in named if tag)


def _position(event: Event) -> tuple[str, str] | None:
    """Latitude and longitude, where they are one place on earth; nothing is rounded."""
    match = re.fullmatch(r"(-?\d{1,2}(?:\.\d{1,7})?)\d*;(-?\d{1,3}(?:\.\d{1,7})?)\d*", _raw(event, "GEO"))
    if match is None or abs(float(match[1])) > 90 or abs(float(match[2])) > 180:  # noqa: PLR2004  # degrees
        return None
    return match[1], match[2]


def _raw(event: Event, name: str) -> str:
    value = event.get(name)
    if value is None or isinstance(value, BrokenProperty):
        return ""
    return str(value.to_ical()) if hasattr(value, "latitude") else str(value)


def _conference(event: Event) -> str:
    for name in ("CONFERENCE", "X-GOOGLE-CONFERENCE"):
        text = _text(event, name)
        if re.fullmatch(r"https?://[^\s<>\"]{1,1900}", text):
            return text
    return ""


def _tell_losses(event: Event, where: str, remarks: list[Remark], block: Block, taken: AbstractSet[str]) -> None:
    if not block.closed:
        remarks.append(Remark(RemarkCode.CUT_SHORT, where))
    remarks += [Remark(RemarkCode.BAD_VALUE, where, str(name)[:120]) for name, _why in event.errors if name]
    remarks += [Remark(RemarkCode.BAD_LINE, where, f"{number}") for number in _broken_lines(block)]
    for name in sorted({str(key).upper() for key in event} - _TAKEN - taken - _implied(event) - {"RECURRENCE-ID"}):
        remarks.append(Remark(RemarkCode.REPEATS if name in _REPEATING else RemarkCode.NOT_TAKEN, where, name))
    if "RECURRENCE-ID" in event:
        remarks.append(Remark(RemarkCode.OCCURRENCE, where))
    for name in sorted({str(part.name) for part in event.subcomponents}):
        remarks.append(Remark(RemarkCode.NOT_TAKEN, where, name))


def _implied(event: Event) -> set[str]:
    """What a calendar takes for granted: whole days leave one free, hours do not (RFC 5545, 3.8.2.7)."""
    start = value_of(event.get("DTSTART"))
    usual = "OPAQUE" if isinstance(start, datetime) else "TRANSPARENT"
    return {"TRANSP"} if _text(event, "TRANSP").upper() == usual else set()


def _broken_lines(block: Block) -> list[int]:
    """The numbers of the file's lines that are no « NAME:value »: the library reads over them."""
    lines = block.text.split("\r\n")[:-1]
    return [
        number
        for number, line in zip(block.numbers or range(block.line, block.line + len(lines)), lines, strict=True)
        if not _CONTENT_LINE.match(line)
    ]


def _text(event: Event, name: str) -> str:
    value = event.get(name)
    value = value[0] if isinstance(value, list) and value else value
    return "" if value is None else plain_text(str(value)).strip()


def _number(event: Event) -> int:
    text = _text(event, "SEQUENCE")
    return int(text) if re.fullmatch(r"\d{1,9}", text) else 0


def _status(event: Event) -> Status | None:
    text = _text(event, "STATUS").upper()
    return Status(text) if text in set(Status) else None


def _categories(event: Event) -> tuple[str, ...]:
    value = event.get("CATEGORIES")
    found: list[str] = []
    for part in value if isinstance(value, list) else [value]:
        found += [plain_text(str(name)).strip() for name in getattr(part, "cats", [])]
    return tuple(name for name in found if name)


def _head_value(head: list[str], name: str) -> str:
    return line_value("\r\n".join(head), name)


def _name(head: list[str]) -> str | None:
    for wanted in ("X-WR-CALNAME", "NAME"):
        if value := line_value("\r\n".join(head), wanted):
            return str(vText.from_ical(value))
    return None
