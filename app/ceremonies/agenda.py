"""From a programme to calendar entries: what is known goes in, what is not known stays out."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from app.ceremonies.models import NOT_FIXED, CeremonyStatus
from app.ceremonies.wording import hour, joined, said, words
from app.documents import ics
from app.documents.zones import UnknownZone, zone

if TYPE_CHECKING:
    from collections.abc import Iterable
    from zoneinfo import ZoneInfo

    from app.ceremonies.models import Ceremony, ProgrammeItem

_STATUS: dict[str, ics.Status | None] = {
    CeremonyStatus.CANCELLED: ics.Status.CANCELLED,
    CeremonyStatus.CONFIRMED: ics.Status.CONFIRMED,
    CeremonyStatus.HELD: ics.Status.CONFIRMED,
    CeremonyStatus.UNSAID: None,
    CeremonyStatus.PLANNED: ics.Status.TENTATIVE,
    CeremonyStatus.POSTPONED: ics.Status.TENTATIVE,
}

LAST_DAY = date(9999, 12, 31)
"""The last day that a calendar can say; nothing ends after it."""


def refresh(ceremony: Ceremony, *, at: datetime) -> None:
    """Write the calendar entries again; those that changed grow their sequence and their date.

    Call it at the end of every service that touches the ceremony or its moments.
    """
    _set_days(ceremony)
    for item in ceremony.items:
        _refresh_item(ceremony, item, at)
    _refresh_whole(ceremony, at)
    shown = sorted((item for item in ceremony.items if item.vevent), key=lambda item: item.position)
    text = ceremony.vevent + "".join(item.vevent for item in shown)
    if text != ceremony.calendar_text:
        ceremony.calendar_text, ceremony.calendar_zones = text, zones_of(shown)
        ceremony.calendar_version = (ceremony.calendar_version or 0) + 1
        ceremony.calendar_changed_at = at


def zones_of(items: Iterable[ProgrammeItem]) -> dict[str, tuple[int, int]]:
    """The zones these moments name, each with the first and the last year it is named in."""
    years: dict[str, list[int]] = {}
    for item in items:
        if item.zone and item.year:
            years.setdefault(item.zone, []).append(item.year)
    return {zone: (min(found), max(found)) for zone, found in years.items()}


def item_entry(ceremony: Ceremony, item: ProgrammeItem) -> ics.CalendarEntry | None:
    """Tell a moment as a calendar entry, or None when its day is not known."""
    day = item.actual_day(ceremony.first_day)
    if day is None:
        return None
    start, end = _span(item, day, place_zone(item.details.get("timezone") or ceremony.timezone))
    status = _status(ceremony, item)
    vocabulary = words(ceremony.languages)
    return ics.CalendarEntry(
        uid=_address(item.uid),
        summary=joined(item.title),
        stamp=item.modified,
        start=start,
        end=end,
        sequence=item.sequence,
        description="\n".join([*_unheld_hour(item, start, ceremony), *describe(item, ceremony.languages)]),
        location=place_of(item),
        status=status,
        categories=(item.kind,) if item.kind else (),
        url=_first_link(item.details),
        cancelled_word=vocabulary["cancelled"],
    )


def _unheld_hour(item: ProgrammeItem, start: date | datetime, ceremony: Ceremony) -> list[str]:
    """The hour, in words, of a moment whose entry shows whole days: no time zone is known, or the day is said whole."""
    if isinstance(start, datetime) or not item.start:
        return []
    vocabulary = words(ceremony.languages)
    language = next(iter(ceremony.languages), "fr")
    told = " – ".join(filter(None, (hour(item.start, language), hour(item.end, language))))
    return [f"{vocabulary['hour']}{vocabulary['colon']}{told}"]


def whole_entry(ceremony: Ceremony) -> ics.CalendarEntry | None:
    """Tell a visit of several days, or a ceremony without dated moments, as one entry of whole days."""
    first, last = span_of(ceremony)
    if first is None or last is None:
        return None
    dated = any(item.actual_day(ceremony.first_day) for item in ceremony.programme)
    if dated and first == last:
        return None
    vocabulary = words(ceremony.languages)
    return ics.CalendarEntry(
        uid=_address(ceremony.uid),
        summary=joined(ceremony.title),
        stamp=ceremony.modified,
        start=first,
        end=last if last > first else None,
        sequence=ceremony.sequence,
        description="\n".join(_describe_whole(ceremony, vocabulary)),
        location=joined(ceremony.details.get("place")) or _party_names(ceremony.details.get("hosts")),
        status=_STATUS[CeremonyStatus(ceremony.status)],
        url=_first_link(ceremony.details),
        cancelled_word=vocabulary["cancelled"],
    )


def span_of(ceremony: Ceremony) -> tuple[date | None, date | None]:
    """Find the first and the last day of all that is said of a ceremony."""
    days: list[date] = []
    if ceremony.first_day and ceremony.when:
        days += [ceremony.first_day, ceremony.when.latest]
    for bound in ("start", "end"):
        text = (ceremony.details.get("published_range") or {}).get(bound, "")
        if text:
            days.append(date.fromisoformat(text[:10]))
    for item in ceremony.programme:
        day = item.actual_day(ceremony.first_day)
        if day:
            days.append(day)
            days.append(item.last_day(ceremony.first_day) or day)
    return (min(days), max(days)) if days else (None, None)


def describe(item: ProgrammeItem, languages: Iterable[str]) -> list[str]:
    """Say in words what a calendar has no field for: hours as printed, prices, booking, speakers, contradictions."""
    languages = [*languages, *item.title]
    vocabulary, facts = words(languages), item.details
    colon = vocabulary["colon"]
    lines = [joined(facts.get("subtitle"), "\n"), joined(facts.get("description"), "\n")]
    lines.append(hours_line(item, languages))
    lines += _labelled(facts, languages, vocabulary)
    if item.public is not None:
        lines.append(vocabulary["public" if item.public else "not_public"])
    lines += [f"{vocabulary['prices']}{colon}{prices_line(facts['prices'], languages)}"] if facts.get("prices") else []
    lines += [f"— {told}" for speaker in facts.get("speakers", []) if (told := speaker_line(speaker, languages))]
    interpreters = ", ".join(said(one.get("name"), languages) for one in facts.get("interpreters", []))
    lines += [f"{vocabulary['interpreters']}{colon}{interpreters}"] if interpreters else []
    lines += [f"{vocabulary['conflict']}{colon}{conflict_line(one, languages)}" for one in facts.get("conflicts", [])]
    lines += [joined(facts.get("note"), "\n")]
    lines += [f"{fact['name']}{colon}{fact_value(fact['value'], languages)}" for fact in facts.get("facts", [])]
    return [line for line in lines if line]


def hours_line(item: ProgrammeItem, languages: Iterable[str]) -> str:
    """Say the hour where a calendar's own field would say too much or nothing."""
    languages = list(languages)
    vocabulary, facts = words(languages), item.details
    language = next((one for one in languages if one.split("-")[0] in {"fr", "en", "de", "uk"}), "fr")
    colon = vocabulary["colon"]
    if facts.get("part_of_day"):
        return f"{vocabulary['part_of_day']}{colon}{said(facts['part_of_day'], languages)}"
    if facts.get("all_day"):
        return vocabulary["all_day"]
    if not item.start:
        until = f" ({vocabulary['until']} {hour(item.end, language)})" if item.end else ""
        return f"{vocabulary['no_hour']}{until}"
    if facts.get("start_until"):
        first, last = hour(item.start, language), hour(facts["start_until"], language)
        return f"{vocabulary['hour']}{colon}{vocabulary['between'].format(first, last)}"
    if facts.get("approximate") or facts.get("approximate_words"):
        word = said(facts.get("approximate_words"), languages) or vocabulary["about"]
        return f"{vocabulary['approximate']}{colon}{word} {hour(item.start, language)}"
    return ""


def prices_line(prices: list[dict[str, Any]], languages: Iterable[str]) -> str:
    """Say prices by category, as they were printed when that is known."""
    languages = list(languages)
    told = []
    for price in prices:
        amount = price.get("as_printed") or (
            words(languages)["free"] if price.get("free") else _amount(price, languages)
        )
        category = said(price.get("category"), languages)
        told.append(" ".join(part for part in (category, amount) if part))
    return ", ".join(told)


def speaker_line(speaker: dict[str, Any], languages: Iterable[str]) -> str:
    """Say who speaks, in what function, on what."""
    languages = list(languages)
    who = ", ".join(
        text
        for key in ("name", "function", "body")
        if (
            text := " ".join(
                filter(None, (speaker.get("title") if key == "name" else None, said(speaker.get(key), languages)))
            )
        )
    )
    subject = said(speaker.get("subject"), languages)
    return f"{who}{words(languages)['colon']}{subject}" if who and subject else who or subject


def conflict_line(conflict: str | dict[str, Any], languages: Iterable[str]) -> str:
    """Say a contradiction of the source with the values it gives."""
    if isinstance(conflict, str):
        return conflict
    languages = list(languages)
    values = "; ".join(
        fact_value(one["value"], languages) + (f" ({one['source']})" if one.get("source") else "")
        for one in conflict.get("values", [])
    )
    return " — ".join(filter(None, (said(conflict["text"], languages), values)))


def fact_value(value: Any, languages: Iterable[str]) -> str:  # noqa: ANN401  # a « value » of the format
    """Say the value of a free fact."""
    if isinstance(value, list):
        return ", ".join(value)
    if isinstance(value, bool):
        return "✓" if value else "✗"
    return said(value, languages) if isinstance(value, dict) else str(value)


def place_zone(name: str) -> ZoneInfo | None:
    """Find a zone by its name, or None when it has none we know."""
    try:
        return zone(name) if name else None
    except UnknownZone:
        return None


def _set_days(ceremony: Ceremony) -> None:
    first, last = span_of(ceremony)
    if first is None and ceremony.when is not None:
        first, last = ceremony.when.earliest, ceremony.when.latest
    ceremony.sort_day, ceremony.last_day = first or NOT_FIXED, last or NOT_FIXED


def _refresh_item(ceremony: Ceremony, item: ProgrammeItem, at: datetime) -> None:
    entry = item_entry(ceremony, item) if item.trashed_at is None else None
    text = "" if entry is None else ics.vevent(entry)
    if text == item.vevent:
        return
    if item.vevent and entry is not None:
        item.sequence, item.modified = item.sequence + 1, at
        entry = item_entry(ceremony, item)
        text = "" if entry is None else ics.vevent(entry)
    item.vevent = text
    item.zone = (entry.zone or "") if entry else ""
    item.year = entry.start.year if entry else None


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


def _span(item: ProgrammeItem, day: date, place: ZoneInfo | None) -> tuple[date | datetime, date | datetime | None]:
    last = item.last_day(None)
    if not item.start or place is None or item.details.get("all_day"):
        return day, last if last and last > day else None
    start = datetime.combine(day, time.fromisoformat(item.start), tzinfo=place)
    if item.end:
        return start, _end(start, item.end, last or day, place, is_own_day=last is not None)
    minutes = item.details.get("minutes")
    if not minutes:
        return start, None
    try:
        return start, (start.astimezone(UTC) + timedelta(minutes=minutes)).astimezone(place)
    except OverflowError:  # beyond the last day that a calendar can say
        return start, None


def _end(start: datetime, text: str, day: date, place: ZoneInfo, *, is_own_day: bool) -> datetime | None:
    """Find the end; one that the clock puts before the start belongs to the night after."""
    if day >= LAST_DAY:
        return None
    if text == "24:00":
        end = datetime.combine(day + timedelta(days=1), time(), tzinfo=place)
    else:
        end = datetime.combine(day, time.fromisoformat(text), tzinfo=place)
    if end < start and not is_own_day:
        end = datetime.combine(day + timedelta(days=1), end.time(), tzinfo=place)
    return end if end > start else None


def _status(ceremony: Ceremony, item: ProgrammeItem) -> ics.Status | None:
    if ceremony.status == CeremonyStatus.CANCELLED:
        return ics.Status.CANCELLED
    return _STATUS[CeremonyStatus(item.status or ceremony.status)]


def place_of(item: ProgrammeItem) -> str:
    """Say where: a place, several, or the points of a way."""
    facts = item.details
    place = joined(facts.get("place")) or ", ".join(joined(one) for one in facts.get("places", []))
    if not place and facts.get("stops"):
        place = " → ".join(joined(stop) for stop in facts["stops"])
    return ", ".join(part for part in (place, facts.get("address", "")) if part)


def _describe_whole(ceremony: Ceremony, vocabulary: dict[str, str]) -> list[str]:
    facts, colon = ceremony.details, vocabulary["colon"]
    lines = [joined(facts.get("subtitle"), "\n"), joined(facts.get("description"), "\n")]
    for key in ("hosts", "guests"):
        names = _party_names(facts.get(key))
        lines += [f"{vocabulary[key]}{colon}{names}"] if names else []
    if facts.get("status_reason"):
        lines.append(f"{vocabulary['status_reason']}{colon}{joined(facts['status_reason'])}")
    return [line for line in lines if line]


def _labelled(facts: dict[str, Any], languages: list[str], vocabulary: dict[str, str]) -> list[str]:
    told = [
        f"{vocabulary[key]}{vocabulary['colon']}{said(facts[key], languages)}"
        for key in ("end_from", "organiser", "audience", "status_reason")
        if facts.get(key)
    ]
    booking = facts.get("booking")
    if booking:
        text = booking if isinstance(booking, str) else _booking(booking, languages)
        told.append(f"{vocabulary['booking']}{vocabulary['colon']}{text}")
    if facts.get("languages"):
        told.append(f"{vocabulary['languages']}{vocabulary['colon']}{', '.join(facts['languages'])}")
    return told


def _booking(booking: dict[str, Any], languages: list[str]) -> str:
    keys = ("text", "until", "contact", "phone", "email", "url", "note")
    return ", ".join(said(booking[key], languages) for key in keys if booking.get(key))


def _amount(price: dict[str, Any], languages: list[str]) -> str:
    if "amount" not in price:
        return ""
    amount = price["amount"].replace(".", ",") if words(languages) is words(["fr"]) else price["amount"]
    currency = {"EUR": "€", "": "€"}.get(price.get("currency", ""), price.get("currency", ""))
    return f"{amount}\N{NO-BREAK SPACE}{currency}" if price.get("currency") else amount


def _party_names(parties: list[dict[str, Any]] | None) -> str:
    return ", ".join(joined(party["name"]) for party in parties or [])


def _first_link(facts: dict[str, Any]) -> str:
    url = (facts.get("links") or [{}])[0].get("url", "")
    return url if url.startswith(("https://", "http://")) and not any(mark in url for mark in " \r\n") else ""


def _address(uid: str) -> str:
    return uid if "@" in uid else f"{uid}@trait-d-union"
