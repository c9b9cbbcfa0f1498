"""Calendars of unknown hands: read as far as they can be, never a crash, nothing dropped in silence."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from app.documents import ics
from app.documents.ics_guard import MAX_BYTES, MAX_COMPONENTS

FOLDER = Path(__file__).parents[1] / "data" / "calendar"
FILES = sorted(FOLDER.glob("*/*.ics"))


def _calendar(*lines: str) -> bytes:
    return "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", *lines, "END:VCALENDAR", ""]).encode()


def _event(*lines: str) -> bytes:
    return _calendar("BEGIN:VEVENT", "UID:1", "SUMMARY:Fête", *lines, "END:VEVENT")


def _entries(path: Path) -> tuple[ics.Found, ...]:
    try:
        return ics.read(path.read_bytes()).entries
    except ics.UnreadableCalendar:
        return ()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_real_or_broken_file_is_read_or_refused(path: Path) -> None:
    data = path.read_bytes()
    try:
        reading = ics.read(data)
    except ics.UnreadableCalendar:
        return
    events = data.upper().count(b"BEGIN:VEVENT")
    given_up = {ics.RemarkCode.BROKEN, ics.RemarkCode.NO_START}
    assert len(reading.entries) + sum(remark.code in given_up for remark in reading.remarks) == events


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_what_was_read_can_be_written_again(path: Path) -> None:
    for found in _entries(path):
        if isinstance(found.start, datetime) and found.start.tzinfo is None:
            continue
        entry = ics.CalendarEntry(
            uid="1", summary=found.summary, stamp=datetime(2026, 1, 1, tzinfo=UTC), start=found.start, end=found.end
        )
        again = ics.read(_calendar().replace(b"END:VCALENDAR", ics.vevent(entry).encode() + b"END:VCALENDAR")).entries[
            0
        ]
        assert (again.start, again.end) == (found.start, found.end)


def test_an_own_text_comes_back_as_it_went() -> None:
    entry = ics.CalendarEntry(
        uid="x@y",
        summary="Dîner ; buffet, à 20 h",
        stamp=datetime(2026, 1, 1, tzinfo=UTC),
        start=date(2027, 6, 11),
        end=date(2027, 6, 13),
        sequence=2,
        description="Une\nDeux",
        categories=("repas, officiel", "public"),
    )
    found = ics.read(ics.calendar("Été", [ics.vevent(entry)], {})).entries[0]
    assert (found.uid, found.summary, found.start, found.end) == ("x@y", entry.summary, entry.start, entry.end)
    assert (found.description, found.categories, found.sequence) == ("Une\nDeux", entry.categories, 2)


def test_a_duration_becomes_the_end_it_says() -> None:
    found = ics.read(_event("DTSTART:20270612T080000Z", "DURATION:PT90M")).entries[0]
    assert found.end == datetime(2027, 6, 12, 9, 30, tzinfo=UTC)


@pytest.mark.parametrize("line", ["DTEND:20270612T160059Z", "DURATION:PT90S"])
def test_seconds_which_a_programme_does_not_hold_are_told(line: str) -> None:
    told = ics.read(_event("DTSTART:20270612T150000Z", line)).remarks
    assert [(one.code, one.detail) for one in told] == [(ics.RemarkCode.NOT_TAKEN, "SECONDS")]


def test_a_zone_named_by_windows_or_by_a_vendor_is_known() -> None:
    for name in ("Romance Standard Time", "/mozilla.org/20050126_1/Europe/Paris", "Europe/Paris"):
        found = ics.read(_event(f"DTSTART;TZID={name}:20270612T100000")).entries[0]
        assert found.start == datetime(2027, 6, 12, 8, 0, tzinfo=UTC)


def test_an_unknown_zone_leaves_the_time_as_written_and_tells() -> None:
    reading = ics.read(_event("DTSTART;TZID=Nulle Part:20270612T100000"))
    assert reading.entries[0].start == datetime(2027, 6, 12, 10, 0)  # noqa: DTZ001  # no zone is known
    assert reading.remarks[0] == ics.Remark(ics.RemarkCode.UNKNOWN_ZONE, "Fête", "Nulle Part")


def test_one_file_leaves_no_zone_behind_for_the_next() -> None:
    zone = ("BEGIN:VTIMEZONE", "TZID:Ailleurs", "BEGIN:STANDARD", "DTSTART:19700101T000000", "TZOFFSETFROM:+0500")
    zone = (*zone, "TZOFFSETTO:+0500", "END:STANDARD", "END:VTIMEZONE")
    event = ("BEGIN:VEVENT", "UID:1", "SUMMARY:Fête", "DTSTART;TZID=Ailleurs:20270612T100000", "END:VEVENT")
    assert ics.read(_calendar(*zone, *event)).entries[0].start == datetime(2027, 6, 12, 5, 0, tzinfo=UTC)
    assert ics.read(_calendar(*event)).entries[0].start == datetime(2027, 6, 12, 10, 0)  # noqa: DTZ001  # as above


def test_an_endless_rule_in_a_zone_is_not_run() -> None:
    zone = ("BEGIN:VTIMEZONE", "TZID:Bombe", "BEGIN:STANDARD", "DTSTART:19700101T000000", "RRULE:FREQ=SECONDLY")
    zone = (*zone, "TZOFFSETFROM:+0500", "TZOFFSETTO:+0500", "END:STANDARD", "END:VTIMEZONE")
    event = ("BEGIN:VEVENT", "UID:1", "DTSTART;TZID=Bombe:20270612T100000", "END:VEVENT")
    assert ics.read(_calendar(*zone, *event)).remarks[0].code is ics.RemarkCode.UNKNOWN_ZONE


def test_a_repetition_is_told_not_unrolled() -> None:
    reading = ics.read(_event("DTSTART:20270612T080000Z", "RRULE:FREQ=SECONDLY"))
    assert len(reading.entries) == 1
    assert ics.Remark(ics.RemarkCode.REPEATS, "Fête", "RRULE") in reading.remarks


def test_an_end_before_the_start_is_left_out_and_told() -> None:
    reading = ics.read(_event("DTSTART:20270612T080000Z", "DTEND:20270612T070000Z"))
    assert reading.entries[0].end is None
    assert reading.remarks[0].code is ics.RemarkCode.END_BEFORE_START


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_accents_survive_every_encoding_met(encoding: str) -> None:
    text = _event("DTSTART:20270612T080000Z").decode("utf-8")
    assert ics.read(text.encode(encoding)).entries[0].summary == "Fête"


@pytest.mark.parametrize(
    "cut",
    [b"DTSTART:20270612T100000", b"DTSTART:20270612T100000Z\r\nLOCA", b"DTSTART:20270612T100000Z\r\nEND:VEVENT\r\n"],
)
def test_a_file_that_stops_before_its_calendar_ends_is_refused(cut: bytes) -> None:
    with pytest.raises(ics.UnreadableCalendar) as refusal:
        ics.read(b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:Bal\r\n" + cut)
    assert refusal.value.reason is ics.Refusal.CUT_OFF


def test_an_event_that_does_not_end_is_read_as_far_as_it_goes() -> None:
    event = "BEGIN:VEVENT\r\nUID:{0}\r\nSUMMARY:Bal {0}\r\nDTSTART:2027061{0}T080000Z\r\n"
    text = f"BEGIN:VCALENDAR\r\n{event.format(1)}{event.format(2)}END:VEVENT\r\nEND:VCALENDAR\r\n"
    reading = ics.read(text.encode())
    assert [entry.summary for entry in reading.entries] == ["Bal 1", "Bal 2"]
    assert [remark.code for remark in reading.remarks] == [ics.RemarkCode.CUT_SHORT]


@pytest.mark.parametrize(
    ("second", "titles", "code"),
    [
        (("SUMMARY:T", "SEQUENCE:2"), ["T"], ics.RemarkCode.REPLACED),
        (("SUMMARY:S",), ["S"], ics.RemarkCode.REPLACED),
        (("SUMMARY:T",), ["S", "T"], ics.RemarkCode.SAME_UID),
        (("SUMMARY:T", "RECURRENCE-ID:20270612T100000Z"), ["S", "T"], ics.RemarkCode.OCCURRENCE),
    ],
)
def test_events_that_share_an_identifier_are_told(
    second: tuple[str, ...], titles: list[str], code: ics.RemarkCode
) -> None:
    start = "DTSTART:20270612T100000Z"
    first = ("BEGIN:VEVENT", "UID:d", "SUMMARY:S", start, "END:VEVENT")
    data = "\r\n".join(
        ["BEGIN:VCALENDAR", *first, "BEGIN:VEVENT", "UID:d", *second, start, "END:VEVENT", "END:VCALENDAR"]
    )
    reading = ics.read(data.encode())
    assert [entry.summary for entry in reading.entries] == titles
    assert [remark.code for remark in reading.remarks] == [code]


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (("DTSTART:20270612T080000Z", "TRANSP:TRANSPARENT"), ["TRANSP"]),
        (("DTSTART:20270612T080000Z", "TRANSP:OPAQUE"), []),
        (("DTSTART;VALUE=DATE:20270612", "TRANSP:TRANSPARENT"), []),
        (("DTSTART;VALUE=DATE:20270612", "TRANSP:OPAQUE"), ["TRANSP"]),
    ],
)
def test_time_shown_as_free_or_taken_against_the_usual_is_told(lines: tuple[str, ...], told: list[str]) -> None:
    assert [remark.detail for remark in ics.read(_event(*lines)).remarks] == told


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", ics.Refusal.NOT_A_CALENDAR),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), ics.Refusal.NOT_A_CALENDAR),
        (b"x" * (MAX_BYTES + 1), ics.Refusal.TOO_LARGE),
        (b"BEGIN:VEVENT\r\nEND:VEVENT\r\n" * (MAX_COMPONENTS + 1), ics.Refusal.TOO_MANY),
        (b"BEGIN:X\r\n" * 5000, ics.Refusal.TOO_DEEP),
    ],
    ids=["empty", "picture", "large", "many", "deep"],
)
def test_a_hostile_file_is_refused_with_its_reason(data: bytes, reason: ics.Refusal) -> None:
    with pytest.raises(ics.UnreadableCalendar) as refused:
        ics.read(data)
    assert refused.value.reason is reason


def test_a_line_folded_without_end_costs_no_more_than_its_size() -> None:
    reading = ics.read(_event("DTSTART:20270612T080000Z", "DESCRIPTION:a" + "\r\n b" * 1_000_000))
    assert len(reading.entries[0].description) < 300_000
