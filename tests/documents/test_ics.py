"""What the calendar writer puts on the line, and what it refuses to invent."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from app.documents import ics
from app.documents.zones import UnknownZone, vtimezone, zone

STAMP = datetime(2026, 11, 1, 9, 0, tzinfo=UTC)


def _entry(**changes: object) -> ics.CalendarEntry:
    given = {"uid": "a@b", "summary": "Accueil", "stamp": STAMP, "start": date(2027, 6, 12)}
    return ics.CalendarEntry(**{**given, **changes})


def test_a_missing_end_stays_missing() -> None:
    text = ics.vevent(_entry(start=datetime(2027, 6, 12, 10, 0, tzinfo=zone("Europe/Paris"))))
    assert "DTSTART;TZID=Europe/Paris:20270612T100000" in text
    assert "DTEND" not in text
    assert "DURATION" not in text


def test_the_last_day_of_a_visit_is_included() -> None:
    text = ics.vevent(_entry(end=date(2027, 6, 13)))
    assert "DTEND;VALUE=DATE:20270614" in text


def test_a_cancelled_entry_says_so_twice() -> None:
    text = ics.vevent(_entry(status=ics.Status.CANCELLED, sequence=4))
    assert "STATUS:CANCELLED" in text
    assert "SUMMARY:ANNULÉ – Accueil" in text
    assert "SEQUENCE:4" in text
    assert "LAST-MODIFIED:20261101T090000Z" in text


def test_the_same_entry_gives_the_same_text() -> None:
    assert ics.vevent(_entry()) == ics.vevent(_entry())


def test_lines_are_folded_at_75_octets_and_end_with_crlf() -> None:
    text = ics.vevent(_entry(description="é" * 400))
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert text.endswith("END:VEVENT\r\n")
    assert "\n" not in text.replace("\r\n", "")


def test_a_time_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        ics.vevent(_entry(start=datetime(2027, 6, 12, 10, 0)))  # noqa: DTZ001  # the fault under test


def test_a_line_break_in_a_title_opens_no_new_property() -> None:
    text = ics.vevent(_entry(summary="Fin\r\nATTENDEE:mailto:a@b.example\x00"))
    assert "\r\nATTENDEE" not in text
    assert "\x00" not in text


def test_an_empty_feed_is_still_a_calendar() -> None:
    text = ics.calendar("Rien", [], {}).decode()
    assert "BEGIN:VTIMEZONE" in text
    assert "REFRESH-INTERVAL;VALUE=DURATION:PT1H" in text
    assert "X-WR-CALNAME:Rien" in text


def test_a_zone_with_a_rule_is_written_with_its_rule() -> None:
    text = vtimezone("Europe/Kyiv", 2026, 2030)
    assert text.count("RRULE") == 2
    assert "RDATE" not in text


def test_a_zone_without_a_rule_has_one_date_a_property() -> None:
    text = vtimezone("Africa/Casablanca", 2024, 2026)
    assert "RRULE" not in text
    assert "RDATE" in text
    assert not any("," in line for line in text.split("\r\n"))


@pytest.mark.parametrize("name", ["Europe/Nowhere", "../../etc/passwd", "", "Europe/Paris\r\nX:1", "tzdata.zi"])
def test_an_unknown_zone_is_refused(name: str) -> None:
    with pytest.raises(UnknownZone):
        vtimezone(name, 2026, 2026)
