"""The first and the last day that a calendar can say: kept, printed, put in calendars, in every zone of the world."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from app.ceremonies import interchange, services
from app.ceremonies.calendars import calendar_of
from app.ceremonies.documents import programme_page
from app.ceremonies.queries import ceremonies_by_uid
from app.documents import ics
from app.shared.actor import Actor

if TYPE_CHECKING:
    from flask import Flask
    from sqlalchemy.orm import Session

AT = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
BY = Actor(None, "Essai")
ZONES = ("Asia/Tokyo", "Pacific/Apia", "Pacific/Kiritimati", "America/Los_Angeles", "Europe/Paris", "UTC")
DAYS = ("0001-01-01", "9999-12-31", "0001-01-01/9999-12-31")
MOMENTS: tuple[dict[str, Any], ...] = (
    {"start": "00:00"},
    {"start": "23:59", "minutes": 600},
    {"start": "12:00", "end": "24:00"},
    {"start": "22:00", "end": "01:00", "end_next_day": True},
    {"start": "10:00", "end": "11:00", "end_date": "9999-12-31", "end_timezone": "America/Los_Angeles"},
    {"all_day": True, "end_date": "9999-12-31"},
    {"start": "00:30", "repeats": {"every": "day", "also": ["0001-01-01", "9999-12-31"]}},
)


def _document(*ceremonies: dict[str, Any]) -> bytes:
    document = {"format": interchange.FORMAT, "version": 1, "ceremonies": list(ceremonies)}
    return json.dumps(document, ensure_ascii=False).encode()


@pytest.mark.parametrize("zone", ZONES)
def test_a_moment_at_either_end_of_the_calendar_is_kept_printed_and_subscribed_to(
    session: Session, app: Flask, zone: str
) -> None:
    given = [
        {
            "uid": f"u{rank}-{day.replace('/', '-')}",
            "title": {"fr": "x"},
            "timezone": zone,
            "items": [{"title": {"fr": "m"}, **one}],
        }
        for day in DAYS
        for rank, moment in enumerate(MOMENTS)
        for one in [{"date": day, **moment}]
    ]
    for one in given:
        data = _document(one)
        plain = interchange.read(data)
        services.import_ceremonies(session, plain, services.ImportOptions(), by=BY, at=AT)
        found = ceremonies_by_uid(session, (str(one["uid"]),))
        assert ics.read(calendar_of(found)).entries
        with app.test_request_context():
            assert "<table" in programme_page(found[0]).html
        written = interchange.plain(found[0])["items"][0]
        assert {key: written[key] for key in one["items"][0]} == one["items"][0], "nothing of it is lost"


def test_an_hour_that_has_no_name_in_universal_time_makes_an_entry_of_the_whole_day(session: Session) -> None:
    moment = {"title": {"fr": "m"}, "date": "0001-01-01", "start": "00:00"}
    one = {"uid": "u", "title": {"fr": "x"}, "timezone": "Asia/Tokyo", "items": [moment]}
    services.import_ceremonies(session, interchange.read(_document(one)), services.ImportOptions(), by=BY, at=AT)
    entry = ics.read(calendar_of(ceremonies_by_uid(session, ("u",)))).entries[0]
    assert entry.start == date(1, 1, 1)
    assert "Heure : 0 h" in entry.description.replace("\xa0", " ")


@pytest.mark.parametrize("zone", ["America/Los_Angeles", "Asia/Tokyo"])
@pytest.mark.parametrize("day", ["00010101", "99991231"])
def test_a_calendar_in_universal_time_at_an_end_of_the_calendar_comes_in(session: Session, zone: str, day: str) -> None:
    lines = ("BEGIN:VEVENT", "UID:a", "SUMMARY:a", f"DTSTART:{day}T000100Z", f"DTEND:{day}T235900Z", "END:VEVENT")
    text = "\r\n".join(("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:x", *lines, "END:VCALENDAR", ""))
    done = services.import_calendar(
        session, ics.read(text.encode()), services.ImportOptions(), title="t", timezone=zone, by=BY, at=AT
    )
    entry = next(one for one in ics.read(calendar_of([done.ceremony])).entries if isinstance(one.start, datetime))
    assert isinstance(entry.start, datetime)
    assert isinstance(entry.end, datetime)
    year, month, last = int(day[:4]), int(day[4:6]), int(day[6:])
    about = timedelta(minutes=1)  # before the railways clocks were seconds apart, and a programme has none
    assert abs(entry.start - datetime(year, month, last, 0, 1, tzinfo=UTC)) < about
    assert abs(entry.end - datetime(year, month, last, 23, 59, tzinfo=UTC)) < about


@pytest.mark.parametrize("moment", ["2027-13-45T99:99:99Z", "0000-01-01T00:00:00Z", "2016-12-31T23:59:60Z"])
def test_a_time_of_change_that_no_clock_shows_is_refused_with_its_place(app: Flask, moment: str) -> None:
    with app.test_request_context(), pytest.raises(interchange.UnreadableProgramme, match="modified"):
        interchange.read(_document({"title": {"fr": "x"}, "modified": moment, "items": []}))
