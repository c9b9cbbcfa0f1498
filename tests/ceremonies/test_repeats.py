"""What comes again: told in the format, shown each time in calendars, read from the agendas of others."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr

from app.ceremonies import interchange, repeats
from app.documents import ics

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result
    from flask import Flask

HEAD = "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//x//FR\n"
OUTLOOK = (
    HEAD
    + """METHOD:PUBLISH
BEGIN:VEVENT
UID:0400-OUTLOOK
DTSTAMP:20260512T091500Z
DTSTART;TZID="Romance Standard Time":20260902T193000
DTEND;TZID="Romance Standard Time":20260902T213000
RRULE:FREQ=WEEKLY;UNTIL=20261216T183000Z;BYDAY=WE
EXDATE;TZID="Romance Standard Time":20261028T193000,20261104T193000
SUMMARY:Répétition commune
DESCRIPTION:<b>Chœur</b><br>voir <a href="https://exemple.invalid/x">la page</a>
X-MICROSOFT-CDO-BUSYSTATUS:BUSY
BEGIN:VALARM
TRIGGER:-PT15M
ACTION:DISPLAY
END:VALARM
END:VEVENT
BEGIN:VEVENT
UID:0400-OUTLOOK
DTSTAMP:20260512T091500Z
RECURRENCE-ID;TZID="Romance Standard Time":20261111T193000
DTSTART;TZID="Romance Standard Time":20261112T200000
SUMMARY:Répétition du jeudi
END:VEVENT
END:VCALENDAR
"""
)


def run(app: Flask, *words: str) -> Result:
    return app.test_cli_runner().invoke(args=["ceremonies", *words])


def event(*lines: str) -> ics.Found:
    text = HEAD + "BEGIN:VEVENT\nUID:a@b\nSUMMARY:Essai\n" + "\n".join(lines) + "\nEND:VEVENT\nEND:VCALENDAR\n"
    return ics.read(text.encode()).entries[0]


def programme(**item: Any) -> list[dict[str, Any]]:
    told = {"format": "trait-d-union.ceremonies", "version": 1, "ceremonies": []}
    told["ceremonies"] = [{"uid": "rep", "title": {"fr": "Chœurs"}, "timezone": "Europe/Paris", "items": [item]}]  # type: ignore[list-item]
    return interchange.read(json.dumps(told).encode())


def test_a_weekly_rehearsal_of_an_outlook_agenda_is_shown_each_time_at_its_local_hour(
    app: Flask, tmp_path: Path
) -> None:
    file = tmp_path / "a.ics"
    file.write_text(OUTLOOK.replace("\n", "\r\n"), "utf-8")
    told = run(app, "import", str(file))
    assert told.exit_code == 0, told.output
    assert "seule la première fois" not in told.output, "nothing of the repetition is lost"
    assert "seul son texte est repris" in told.output
    assert "laissé de côté : le rappel" in told.output.replace("\xa0", " ")
    assert "inchangée" in run(app, "import", str(file)).output

    out = tmp_path / "o.ics"
    assert run(app, "export", "--format", "ics", "-o", str(out)).exit_code == 0
    entries = ics.read(out.read_bytes()).entries
    starts = sorted(one.start for one in entries if isinstance(one.start, datetime))
    paris = ZoneInfo("Europe/Paris")
    assert datetime(2026, 10, 21, 19, 30, tzinfo=paris) in starts
    assert datetime(2026, 12, 16, 19, 30, tzinfo=paris) in starts, "the last is in, one hour later by the sun"
    assert datetime(2026, 11, 12, 20, 0, tzinfo=paris) in starts
    left_out = {date(2026, 10, 28), date(2026, 11, 4), date(2026, 11, 11)}
    assert not left_out & {moment.date() for moment in starts}
    assert len(starts) == 13 + 1
    assert len({one.uid for one in entries}) == len(entries)

    kept = json.loads(run(app, "export").output)["ceremonies"][0]["items"][0]
    assert kept["repeats"]["except"] == ["2026-10-28", "2026-11-04", "2026-11-11"]
    assert kept["description"] == "Chœur\nvoir la page (https://exemple.invalid/x)"


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=DAILY;COUNT=5",
        "FREQ=DAILY;INTERVAL=3;UNTIL=20270331",
        "FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR;UNTIL=20270331",
        "FREQ=WEEKLY;BYDAY=WE,SA;COUNT=9",
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=WE;UNTIL=20270901",
        "FREQ=MONTHLY;COUNT=7",
        "FREQ=MONTHLY;BYMONTHDAY=31;COUNT=5",
        "FREQ=YEARLY;COUNT=4",
    ],
)
def test_the_days_are_those_of_another_reader(rule: str) -> None:
    first = date(2026, 12, 31) if "BYMONTHDAY" in rule else date(2026, 12, 2)
    found = event(f"DTSTART;VALUE=DATE:{first:%Y%m%d}", f"RRULE:{rule}")
    expected = [moment.date() for moment in rrulestr(rule, dtstart=datetime.combine(first, datetime.min.time()))]
    assert found.repeats is not None
    assert [first, *repeats.further_days(found.repeats, first)] == expected


@pytest.mark.parametrize(
    "lines",
    [
        ("DTSTART:20270131T090000Z", "RRULE:FREQ=WEEKLY;COUNT=3"),
        ("DTSTART;VALUE=DATE:20270131", "RRULE:FREQ=MONTHLY;BYDAY=-1SU;COUNT=5"),
        ("DTSTART;VALUE=DATE:20270131", "RRULE:FREQ=HOURLY;COUNT=5"),
        ("DTSTART;TZID=Europe/Paris:20270131T090000", "RRULE:FREQ=DAILY", "EXDATE;TZID=Europe/Paris:20270202T100000"),
        ("DTSTART;VALUE=DATE:20270131", "RRULE:FREQ=DAILY;COUNT=999999"),
    ],
)
def test_a_repetition_that_days_cannot_tell_is_left_and_told(lines: tuple[str, ...]) -> None:
    text = HEAD + "BEGIN:VEVENT\nUID:a@b\nSUMMARY:Essai\n" + "\n".join(lines) + "\nEND:VEVENT\nEND:VCALENDAR\n"
    reading = ics.read(text.encode())
    assert reading.entries[0].repeats is None
    assert ics.RemarkCode.REPEATS in {one.code for one in reading.remarks}


def test_the_zone_the_place_and_the_meeting_of_a_google_agenda_are_taken(app: Flask, tmp_path: Path) -> None:
    body = "BEGIN:VEVENT\nUID:g\nDTSTART:20270612T120000Z\nSUMMARY:Serment\nGEO:50.69;3.22\n"
    body += "X-GOOGLE-CONFERENCE:https://visio.exemple.invalid/r\nEND:VEVENT\nEND:VCALENDAR\n"
    file = tmp_path / "g.ics"
    file.write_text(HEAD + "X-WR-TIMEZONE:Europe/Kyiv\n" + body, "utf-8")
    assert run(app, "import", str(file)).exit_code == 0
    kept = json.loads(run(app, "export").output)["ceremonies"][0]
    assert (kept["timezone"], kept["items"][0]["start"]) == ("Europe/Kyiv", "15:00")
    assert kept["items"][0]["coordinates"] == {"latitude": "50.69", "longitude": "3.22"}
    assert kept["items"][0]["online"] == {"url": "https://visio.exemple.invalid/r"}


def test_without_an_end_only_what_was_said_is_shown() -> None:
    assert repeats.further_days({"every": "week"}, date(2027, 1, 6)) == []
    assert repeats.further_days({"every": "week", "also": ["2027-02-06"]}, date(2027, 1, 6)) == [date(2027, 2, 6)]
    assert "chaque semaine" in repeats.line({"every": "week"}, ["fr"])
    said = {"every": "week", "interval": 2, "weekdays": ["wednesday"], "until": "2027-06-09", "except": ["2027-05-05"]}
    assert repeats.line(said, ["fr"]) == "toutes les 2 semaines, mercredi, jusqu’au 9 juin 2027, sauf le 5 mai 2027"


def test_a_repetition_that_contradicts_itself_is_refused_with_its_place() -> None:
    for wrong in ({"count": 3}, {"every": "month", "weekdays": ["monday"]}, {"every": "day", "until": "2026-01-01"}):
        with pytest.raises(interchange.UnreadableProgramme) as refusal:
            programme(title={"fr": "Chant"}, date="2027-01-06", repeats=wrong)
        assert "repeats" in str(refusal.value), wrong


def test_rehearsals_do_not_stretch_the_ceremony(app: Flask, tmp_path: Path) -> None:
    choir = {"title": {"fr": "Chœur"}, "date": "2027-03-03", "start": "20:00", "repeats": {"every": "week", "count": 3}}
    told = {"format": "trait-d-union.ceremonies", "version": 1, "ceremonies": []}
    one = {"uid": "fete", "title": {"fr": "Fête"}, "date": "2027-06-12/2027-06-13", "timezone": "Europe/Paris"}
    told["ceremonies"] = [one | {"items": [choir, {"title": {"fr": "Bal"}, "day": 1, "start": "21:00"}]}]
    file = tmp_path / "a.json"
    file.write_text(json.dumps(told), "utf-8")
    assert run(app, "import", str(file)).exit_code == 0
    out = tmp_path / "o.ics"
    run(app, "export", "--format", "ics", "-o", str(out))
    whole = next(one for one in ics.read(out.read_bytes()).entries if one.summary == "Fête")
    assert (whole.start, whole.end) == (date(2027, 6, 12), date(2027, 6, 13))


def test_a_rule_or_a_place_that_cannot_be_read_does_not_take_the_event_with_it() -> None:
    for line in ("RRULE:FREQ=WEEKLY;COUNT=abc", "RRULE:FREQ=SOMETIMES", "GEO:x;y", "RRULE:FREQ=DAILY;INTERVAL=0"):
        found = event("DTSTART:20270101T090000Z", line)
        assert (found.summary, found.repeats, found.position) == ("Essai", None, None), line
