"""Five calendar programs that share no code with ours read every instant as it was meant."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from app.documents import ics
from app.documents.zones import zone
from tests.calendar_readers.readers import ADDRESS, READERS

PROGRAMMES = Path(__file__).parents[1] / "data" / "programmes" / "ceremony_programmes.json"
STAMP = datetime(2026, 11, 1, 9, 0, tzinfo=UTC)
ZONES = (
    "Europe/Paris",
    "Europe/Kyiv",
    "Europe/London",
    "Europe/Lisbon",
    "Europe/Chisinau",
    "Europe/Dublin",
    "Europe/Istanbul",
    "Africa/Casablanca",
    "America/Montreal",
    "Asia/Tokyo",
)
YEARS = (1957, 1974, 1989, 2002, 2019, 2026, 2027, 2034)


def _calendar(entries: list[ics.CalendarEntry]) -> bytes:
    texts = [ics.vevent(replace(entry, url=ADDRESS + entry.uid)) for entry in entries]
    return ics.calendar("Cérémonies de l’été", texts, ics.zones_named(texts))


def _programme_entries() -> tuple[list[ics.CalendarEntry], dict[str, tuple[str, str | None]]]:
    entries, expected = [], {}
    for programme in json.loads(PROGRAMMES.read_text("utf-8")):
        place = zone(programme["timezone"])
        for item in programme["items"]:
            uid = f"{programme['id']}-{item['n']}"
            day = date.fromisoformat(item["date"])
            start = (
                datetime.fromisoformat(f"{item['date']}T{item['start']}").replace(tzinfo=place)
                if item["start"]
                else day
            )
            end = datetime.fromisoformat(f"{item['date']}T{item['end']}").replace(tzinfo=place) if item["end"] else None
            entries.append(ics.CalendarEntry(uid=uid, summary=item["title"], stamp=STAMP, start=start, end=end))
            expected[uid] = (item.get("expected_start_utc", item["date"]), item.get("expected_end_utc"))
    return entries, expected


@pytest.mark.parametrize("name", READERS)
def test_a_reader_finds_the_instants_of_the_real_programmes(name: str, tmp_path: Path) -> None:
    entries, expected = _programme_entries()
    path = tmp_path / "programmes.ics"
    path.write_bytes(_calendar(entries))
    read = READERS[name](path)
    assert {uid: told["start"] for uid, told in read.items()} == {uid: start for uid, (start, _) in expected.items()}
    if name in {"ical.js", "libical", "sabre/vobject"}:
        assert {uid: told["end"] for uid, told in read.items()} == {uid: end for uid, (_, end) in expected.items()}


@pytest.mark.parametrize("name", READERS)
def test_a_reader_finds_winter_and_summer_in_every_zone_and_time(name: str, tmp_path: Path) -> None:
    entries = [
        ics.CalendarEntry(
            uid=f"{name_of_zone.replace('/', '-')}-{year}-{month}",
            summary="Réunion",
            stamp=STAMP,
            start=datetime(year, month, 15, 18, 30, tzinfo=zone(name_of_zone)),
        )
        for name_of_zone in ZONES
        for year in YEARS
        for month in (1, 4, 7, 10)
        if _asked(name, name_of_zone, year)
    ]
    path = tmp_path / "zones.ics"
    path.write_bytes(_calendar(entries))
    read = READERS[name](path)
    expected = {entry.uid: _utc(entry.start) for entry in entries}
    assert {uid: (told["start"], expected[uid]) for uid, told in read.items() if told["start"] != expected[uid]} == {}
    assert len(read) == len(expected)


@pytest.mark.parametrize("name", READERS)
def test_a_reader_finds_the_doubled_hour_and_the_hour_that_does_not_exist(name: str, tmp_path: Path) -> None:
    paris = zone("Europe/Paris")
    moments = {
        "first": datetime(2027, 10, 31, 2, 30, tzinfo=paris),
        "second": datetime(2027, 10, 31, 2, 30, fold=1, tzinfo=paris),
        "skipped": datetime(2027, 3, 28, 2, 30, tzinfo=paris),
        "local-mean-time": datetime(1906, 7, 1, 10, 0, tzinfo=paris),
    }
    if name == "vdirsyncer and khal":
        del moments["local-mean-time"]  # khal lists no year before 1970 in this way
    entries = [ics.CalendarEntry(uid=uid, summary=uid, stamp=STAMP, start=start) for uid, start in moments.items()]
    path = tmp_path / "doubled.ics"
    path.write_bytes(_calendar(entries))
    read = READERS[name](path)
    assert {uid: told["start"] for uid, told in read.items()} == {uid: _utc(start) for uid, start in moments.items()}


@pytest.mark.parametrize("name", READERS)
def test_a_reader_finds_both_ends_of_a_journey_across_zones(name: str, tmp_path: Path) -> None:
    legs = {
        "east": (("Europe/Paris", 9, 0), ("Europe/Kyiv", 14, 30)),
        "west": (("Europe/Kyiv", 16, 0), ("Europe/London", 17, 15)),
        "back-in-time": (("Europe/Paris", 10, 0), ("Europe/Lisbon", 9, 45)),
    }
    entries = [
        ics.CalendarEntry(
            uid=uid,
            summary=uid,
            stamp=STAMP,
            start=datetime(2027, 6, 12, hour, minute, tzinfo=zone(place)),
            end=datetime(2027, 6, 12, later, after, tzinfo=zone(other)),
        )
        for uid, ((place, hour, minute), (other, later, after)) in legs.items()
    ]
    path = tmp_path / "journey.ics"
    path.write_bytes(_calendar(entries))
    read = READERS[name](path)
    assert {uid: told["start"] for uid, told in read.items()} == {entry.uid: _utc(entry.start) for entry in entries}
    if name in {"ical.js", "libical", "sabre/vobject"}:
        assert {uid: told["end"] for uid, told in read.items()} == {entry.uid: _utc(entry.end) for entry in entries}


@pytest.mark.parametrize("name", READERS)
def test_a_reader_sees_whole_days_cancellations_and_hard_words(name: str, tmp_path: Path) -> None:
    entries = [
        ics.CalendarEntry(uid="visit", summary="Visite", stamp=STAMP, start=date(2027, 6, 11), end=date(2027, 6, 13)),
        ics.CalendarEntry(uid="day", summary="Excursion", stamp=STAMP, start=date(2027, 6, 14)),
        ics.CalendarEntry(
            uid="gone",
            summary="Dîner, « buffet » ; café\\thé",
            stamp=STAMP,
            start=datetime(2027, 6, 12, 20, 0, tzinfo=zone("Europe/Paris")),
            sequence=3,
            status=ics.Status.CANCELLED,
            description="Ligne une\nligne deux — " + "très longue phrase où l’on déborde " * 8,
            location="salle des Fêtes → place Albert 1er",
            categories=("repas, officiel", "public"),
        ),
    ]
    path = tmp_path / "hard.ics"
    path.write_bytes(_calendar(entries))
    read = READERS[name](path)
    assert read["visit"]["start"] == "2027-06-11"
    assert read["day"]["start"] == "2027-06-14"
    _ends(name, read)
    if name == "libical":
        return
    summary = read["gone"]["summary"]
    if name == "sabre/vobject":  # the version in Debian hands the text over as it is written
        summary = summary.replace("\\,", ",").replace("\\;", ";")
    assert summary.startswith("ANNULÉ – Dîner, « buffet » ; café\\thé")
    assert "CANCEL" in str(read["gone"]["status"]).upper()


def _asked(reader: str, place: str, year: int) -> bool:
    """Leave out what a reader cannot be blamed for.

    Those that go by the name of a zone know Morocco's future no better than their own data; khal is slow.
    """
    if reader in {"ical.js", "libical"}:
        return True
    if reader == "vdirsyncer and khal":
        return place in {"Europe/Paris", "Europe/Kyiv", "Europe/London"} and year in {2002, 2027}
    return place != "Africa/Casablanca" or year < 2026


def _ends(name: str, read: dict[str, dict[str, Any]]) -> None:
    if name in {"ical.js", "libical", "sabre/vobject"}:
        assert read["visit"]["end"] == "2027-06-14"
        assert read["day"]["end"] is None


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
