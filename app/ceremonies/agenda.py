"""From a programme to calendar entries: what is known goes in, what is not known stays out."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from app.ceremonies import repeats, standing, times
from app.ceremonies.hours import clock
from app.ceremonies.models import NOT_FIXED
from app.ceremonies.phrases import place_of
from app.ceremonies.telling import about, describe
from app.ceremonies.wording import hour as hour_in_words
from app.ceremonies.wording import joined, spoken, words
from app.documents import ics
from app.forms.addresses import is_web_address

if TYPE_CHECKING:
    from datetime import date

    from app.ceremonies.models import Ceremony, ProgrammeItem
    from app.shared.fuzzydate import FuzzyDate

PREPARATION = "preparation"
"""The kind of the moments that only the team needs."""

AROUND = timedelta(days=14)
"""A ceremony of which one day only was said may have moments so long before or after it."""

_MOVING = ("legs", "route", "transport", "online")
"""What tells that a moment is on the way, or joined from afar."""

SHAPE = 7
"""Grows when the software says the same ceremony in other words: what was written before is then written anew."""


def refresh(ceremony: Ceremony, *, at: datetime) -> None:
    """Write the calendar entries again; those that changed grow their sequence and their date.

    Call it at the end of every service that touches the ceremony or its moments.
    """
    _set_days(ceremony)
    for item in ceremony.items:
        _refresh_item(ceremony, item, at)
    _refresh_whole(ceremony, at)
    shown = sorted((item for item in ceremony.items if item.vevent), key=lambda item: item.position)
    moments = "".join(item.vevent for item in shown)
    text = ceremony.vevent + ics.with_subject(moments, joined(ceremony.title))
    if text != ceremony.calendar_text:
        ceremony.calendar_text, ceremony.calendar_zones = text, ics.zones_named([text])
        ceremony.calendar_version = (ceremony.calendar_version or 0) + 1
        ceremony.calendar_changed_at = at
    ceremony.calendar_shape = SHAPE


def guests_texts(ceremony: Ceremony) -> list[str]:
    """The entries as the guests are given them: no preparations of the team, no telephones."""
    shown = [item for item in ceremony.programme if item.vevent and item.kind != PREPARATION]
    told = (item_entries(ceremony, item, for_guests=True) for item in shown)
    return [ceremony.vevent, *(ics.vevent(entry) for entries in told for entry in entries)]


def item_entry(ceremony: Ceremony, item: ProgrammeItem, *, for_guests: bool = False) -> ics.CalendarEntry | None:
    """Tell a moment as a calendar entry, or None when its day is not known."""
    day = item.actual_day(ceremony.first_day)
    if day is None:
        return None
    start, end = _span(item, day)
    vocabulary = words(ceremony.languages)
    told = _unheld_hour(item, start, spoken(ceremony.languages))
    told += describe(item, ceremony.languages, for_guests=for_guests)
    told += [line for line in standing.why_not(ceremony) if line not in told]
    return ics.CalendarEntry(
        uid=_address(item.uid),
        summary=joined(item.title),
        stamp=item.modified,
        start=start,
        end=end,
        sequence=item.sequence,
        description="\n".join(told),
        location=place_of(item.details) or (place_of(ceremony.details) if _is_at_the_ceremony(item, day) else ""),
        status=standing.status(ceremony, item),
        categories=(item.kind,) if item.kind else (),
        url=_first_link(item.details),
        cancelled_word=vocabulary["cancelled"],
        mark=standing.mark(ceremony, item),
    )


def _is_at_the_ceremony(item: ProgrammeItem, day: date) -> bool:
    """Whether a moment that says no place is at the ceremony's: one of its only day, by its clock, and no journey.

    A visit of several days has many places; where its other moments are, nobody said.
    """
    ceremony, facts = item.ceremony, item.details
    is_moving = item.kind == "travel" or any(facts.get(name) for name in _MOVING)
    is_of_its_day = day == ceremony.first_day == ceremony.final_day and not facts.get("repeats")
    return is_of_its_day and not is_moving and clock(item) == clock(item, end=True) == ceremony.timezone


def item_entries(ceremony: Ceremony, item: ProgrammeItem, *, for_guests: bool = False) -> list[ics.CalendarEntry]:
    """Tell a moment as calendar entries: one, or one for each of the days on which it comes again."""
    entry, again = item_entry(ceremony, item, for_guests=for_guests), item.details.get("repeats")
    day = item.actual_day(ceremony.first_day)
    if entry is None or day is None or not again:
        return [] if entry is None else [entry]
    made = [] if repeats.is_first_left_out(again, day) else [entry]
    for further in repeats.further_days(again, day):
        start, end = _span(item, day, further - day)
        made.append(replace(entry, uid=_on_day(entry.uid, further), start=start, end=end))
    return made


def _on_day(uid: str, day: date) -> str:
    """The identifier of one time of a moment that comes again: it stays when other times are added or taken out."""
    local, _at, host = uid.rpartition("@")
    return f"{local}-{day:%Y%m%d}@{host}"


def _unheld_hour(item: ProgrammeItem, start: date | datetime, language: str) -> list[str]:
    """The hour, in words, of a moment whose entry shows whole days: no clock is known, or the day is said whole."""
    if isinstance(start, datetime) or not item.start:
        return []
    vocabulary = words([language])
    told = " – ".join(filter(None, (hour_in_words(item.start, language), hour_in_words(item.end, language))))
    return [f"{vocabulary['hour']}{vocabulary['colon']}{told}"]


def whole_entry(ceremony: Ceremony) -> ics.CalendarEntry | None:
    """Tell a visit of several days, or a ceremony without dated moments, as one entry of whole days."""
    first, last = visit_of(ceremony)
    if first is None or last is None:
        return None
    dated = any(item.actual_day(ceremony.first_day) for item in ceremony.programme)
    if dated and first == last:
        return None
    vocabulary = words(ceremony.languages)
    start, end = _whole_span(ceremony, first, last)
    return ics.CalendarEntry(
        uid=_address(ceremony.uid),
        summary=joined(ceremony.title),
        stamp=ceremony.modified,
        start=start,
        end=end,
        sequence=ceremony.sequence,
        description="\n".join(_describe_whole(ceremony, vocabulary)),
        location=place_of(ceremony.details) or _party_names(ceremony.details.get("hosts")),
        status=standing.status(ceremony),
        url=_first_link(ceremony.details),
        cancelled_word=vocabulary["cancelled"],
        mark=standing.mark(ceremony),
    )


def _whole_span(ceremony: Ceremony, first: date, last: date) -> tuple[date | datetime, date | datetime | None]:
    """Whole days, or the ceremony's own hour where it is of one day and has one."""
    facts, place = ceremony.details, times.place_zone(ceremony.timezone)
    if last > first or place is None or not facts.get("start"):
        return first, last if last > first else None
    start = times.instant(first, facts["start"], place)
    if start is None:
        return first, None
    end = times.instant(first, facts["end"], place) if facts.get("end") else None
    return start, end if end is not None and end > start else None


def span_of(ceremony: Ceremony) -> tuple[date | None, date | None]:
    """Find the first and the last day of all that is said of a ceremony; what comes again only prepares it."""
    days = _said_days(ceremony) + [day for pair in _moments_days(ceremony) for day in pair]
    return (min(days), max(days)) if days else (None, None)


def visit_of(ceremony: Ceremony) -> tuple[date | None, date | None]:
    """The days that people said it lasts; where they said one, or none, those of the moments around it."""
    first, last = ceremony.first_day, ceremony.final_day
    if first is None or last is None or "published_range" in ceremony.details:
        return span_of(ceremony)
    if first < last:
        return first, last
    near = [pair for pair in _moments_days(ceremony) if abs(pair[0] - first) <= AROUND and pair[1] - first <= AROUND]
    days = [first, *(day for pair in near for day in pair)]
    return min(days), max(days)


def _said_days(ceremony: Ceremony) -> list[date]:
    """The days that the ceremony itself says."""
    days: list[date] = []
    if ceremony.first_day and ceremony.when:
        days += [ceremony.first_day, ceremony.final_day or ceremony.first_day]
    for bound in ("start", "end"):
        text = (ceremony.details.get("published_range") or {}).get(bound, "")
        day = times.exact_day(text.partition("T")[0])
        days += [day] if day else []
    return days


def _moments_days(ceremony: Ceremony) -> list[tuple[date, date]]:
    """The first and the last day of each of its moments, by the clock of the host."""
    once = [item for item in ceremony.programme if not item.details.get("repeats")] or ceremony.programme
    found = []
    for item in once:
        begins, ends = item.actual_day(ceremony.first_day), item.last_day(ceremony.first_day)
        if begins is not None:
            found.append((_hosts_day(item, begins), _hosts_day(item, ends or begins, end=True)))
    return [(begins, max(begins, ends)) for begins, ends in found]


def _hosts_day(item: ProgrammeItem, day: date, *, end: bool = False) -> date:
    """The day at the host's of an hour told by the clock of another place: a call from the other side of the world."""
    hour, named = (item.end or item.start) if end else item.start, clock(item, end=end and bool(item.end))
    there, here = times.place_zone(named), times.place_zone(item.ceremony.timezone)
    if there is None or here is None or named == item.ceremony.timezone or not hour:
        return day
    moment = times.instant(day, hour, there, item.details.get("start_occurrence", "") or "first")
    try:
        return day if moment is None else moment.astimezone(here).date()
    except OverflowError:
        return day


def _set_days(ceremony: Ceremony) -> None:
    first, last = span_of(ceremony)
    if first is None and ceremony.when is not None:
        first, last = _bounds(ceremony.when)
    ceremony.sort_day, ceremony.last_day = first or NOT_FIXED, last or NOT_FIXED


def _bounds(when: FuzzyDate) -> tuple[date, date]:
    """Where an open or inexact date stands in a list; one without a year stands with those that are not fixed."""
    if when.start is None or when.start.year == "XXXX":
        return NOT_FIXED, NOT_FIXED
    return when.earliest, when.latest


def _refresh_item(ceremony: Ceremony, item: ProgrammeItem, at: datetime) -> None:
    text = _written(ceremony, item) if item.trashed_at is None else ""
    if text == item.vevent:
        return
    if item.vevent and text:
        item.sequence, item.modified = item.sequence + 1, at
        text = _written(ceremony, item)
    item.vevent = text


def _written(ceremony: Ceremony, item: ProgrammeItem) -> str:
    return "".join(ics.vevent(entry) for entry in item_entries(ceremony, item))


def _refresh_whole(ceremony: Ceremony, at: datetime) -> None:
    entry = whole_entry(ceremony) if ceremony.trashed_at is None else None
    text = "" if entry is None else ics.vevent(entry)
    if text == ceremony.vevent:
        return
    if ceremony.vevent and entry is not None:
        ceremony.sequence, ceremony.modified = ceremony.sequence + 1, at
        entry = whole_entry(ceremony)
        text = "" if entry is None else ics.vevent(entry)
    ceremony.vevent = text


def _span(
    item: ProgrammeItem, day: date, later: timedelta = timedelta()
) -> tuple[date | datetime, date | datetime | None]:
    """The start and the end; whole days when no hour is known, no clock shows it, or it is not said which of two.

    ``later``: how many days after its first one a moment that comes again does so.
    """
    last = times.shifted(item.last_day(item.ceremony.first_day), later.days)
    day = times.shifted(day, later.days) or day
    place = times.place_zone(clock(item))
    if not item.start or place is None or item.details.get("all_day"):
        return day, last if last and last > day else None
    start = times.instant(day, item.start, place, item.details.get("start_occurrence", ""))
    if start is None:
        return day, last if last and last > day else None
    return start, _end(item, start, last or day)


def _end(item: ProgrammeItem, start: datetime, day: date) -> datetime | None:
    """The end by the clock of the place where it is; one that comes before the start is not told."""
    place = times.place_zone(clock(item, end=True))
    if not item.end:
        return _after(start, item.details.get("minutes"))
    end = times.instant(day, item.end, place, item.details.get("end_occurrence", "")) if place else None
    return end if end is not None and end > start else None


def _after(start: datetime, minutes: int | None) -> datetime | None:
    if not minutes:
        return None
    try:
        return (start.astimezone(UTC) + timedelta(minutes=minutes)).astimezone(start.tzinfo)
    except OverflowError:  # beyond the last day that a calendar can say
        return None


def _describe_whole(ceremony: Ceremony, vocabulary: dict[str, str]) -> list[str]:
    facts, colon = ceremony.details, vocabulary["colon"]
    lines = [joined(facts.get("subtitle"), "\n"), joined(facts.get("description"), "\n")]
    for key in ("hosts", "guests"):
        names = _party_names(facts.get(key))
        lines += [f"{vocabulary[key]}{colon}{names}"] if names else []
    lines += about(facts, ceremony.languages)
    return [line for line in lines if line]


def _party_names(parties: list[dict[str, Any]] | None) -> str:
    return ", ".join(joined(party["name"]) for party in parties or [])


def _first_link(facts: dict[str, Any]) -> str:
    url = (facts.get("links") or [{}])[0].get("url", "")
    return url if is_web_address(url) else ""


def _address(uid: str) -> str:
    return uid if "@" in uid else f"{uid}@trait-d-union"
