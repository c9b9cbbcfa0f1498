"""From a programme to calendar entries: what is known goes in, what is not known stays out."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest

from app.ceremonies import agenda, programme, telling
from app.documents import ics
from app.shared.fuzzydate import FuzzyDate
from tests.factories.ceremonies import make_ceremony

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def _entry(session: Session, *, zone: str = "Europe/Kyiv", when: str | None = "2027-06-12", **item: Any) -> ics.Found:
    ceremony = make_ceremony(session, when=when, timezone=zone, items=[item])
    text = ceremony.items[0].vevent
    return ics.read(ics.calendar("x", [text], ics.zones_named([text]))).entries[0]


_PARIS = {"timezone": "Europe/Paris"}
_TWICE = {"timezone": "Europe/Paris", "start_occurrence": "second"}
_JOURNEY = {"timezone": "Europe/Paris", "end_timezone": "Europe/Kyiv"}


@pytest.mark.parametrize(
    ("item", "start", "end"),
    [
        ({"start": "15:00"}, "2027-06-12T12:00Z", None),
        ({"start": "15:00", "end": "17:00"}, "2027-06-12T12:00Z", "2027-06-12T14:00Z"),
        ({"start": "22:00", "end": "02:00"}, "2027-06-12T19:00Z", None),
        (
            {"start": "22:00", "end": "02:00", "details": {"end_next_day": True}},
            "2027-06-12T19:00Z",
            "2027-06-12T23:00Z",
        ),
        ({"start": "22:00", "end": "02:00", "details": {"end_day": 3}}, "2027-06-12T19:00Z", "2027-06-13T23:00Z"),
        ({"start": "09:00", "end": "23:30", "details": _JOURNEY}, "2027-06-12T07:00Z", "2027-06-12T20:30Z"),
        ({"start": "02:30", "own_date": FuzzyDate("2027-10-31"), "details": _TWICE}, "2027-10-31T01:30Z", None),
        ({"start": "02:30", "own_date": FuzzyDate("2027-10-31"), "details": _PARIS}, "2027-10-31", None),
        ({"start": "02:30", "own_date": FuzzyDate("2027-03-28"), "details": _PARIS}, "2027-03-28", None),
        ({"start": "22:00", "end": "24:00"}, "2027-06-12T19:00Z", "2027-06-12T21:00Z"),
        ({"start": "15:00", "details": {"minutes": 90}}, "2027-06-12T12:00Z", "2027-06-12T13:30Z"),
        ({"start": "15:00", "details": {"timezone": "Europe/Paris"}}, "2027-06-12T13:00Z", None),
        (
            {"start": "15:00", "end": "11:00", "details": {"end_date": "2027-06-14"}},
            "2027-06-12T12:00Z",
            "2027-06-14T08:00Z",
        ),
        ({"start": "", "day": 2}, "2027-06-13", None),
        ({"start": "", "details": {"end_date": "2027-06-14"}}, "2027-06-12", "2027-06-14"),
        ({"start": "", "own_date": FuzzyDate("2027-07-01/2027-07-03")}, "2027-07-01", "2027-07-03"),
        ({"start": "15:00", "details": {"all_day": True}}, "2027-06-12", None),
    ],
)
def test_an_entry_begins_and_ends_as_the_programme_says(
    session: Session, item: dict[str, Any], start: str, end: str | None
) -> None:
    found = _entry(session, **item)
    assert (_told(found.start), found.end and _told(found.end)) == (start, end)


def test_an_hour_without_a_known_zone_is_told_in_words(session: Session) -> None:
    found = _entry(session, zone="", start="15:00", end="17:00")
    assert found.start == date(2027, 6, 12)
    assert found.description.replace("\xa0", " ") == "Heure : 15 h – 17 h"


@pytest.mark.parametrize(
    "item",
    [
        {"day": None},
        *({"own_date": FuzzyDate(text)} for text in ("2027-06", "2027", "2027-06-12~", "2027-22", "../2027-06-12")),
    ],
)
def test_a_moment_whose_day_is_not_known_is_in_no_calendar(session: Session, item: dict[str, Any]) -> None:
    assert make_ceremony(session, items=[item]).items[0].vevent == ""


def test_a_journey_is_told_by_the_clock_of_each_town(session: Session) -> None:
    item = {"start": "09:00", "end": "23:30", "details": _JOURNEY}
    ceremony = make_ceremony(session, timezone="Europe/Paris", items=[item])
    text = ceremony.items[0].vevent
    assert "DTSTART;TZID=Europe/Paris:20270612T090000" in text
    assert "DTEND;TZID=Europe/Kyiv:20270612T233000" in text
    assert ceremony.calendar_zones == {"Europe/Paris": [2027, 2027], "Europe/Kyiv": [2027, 2027]}
    (day,) = programme.days(ceremony, ["fr"])
    assert day.lines[0].hours.replace("\xa0", " ") == "9 h (Paris) – 23 h 30 (Kyïv)"


def test_an_hour_that_comes_twice_is_told_as_the_source_leaves_it(session: Session) -> None:
    for details, words in ((_PARIS, "on ne sait pas laquelle est dite"), (_TWICE, "la seconde des deux")):
        item = {"start": "02:30", "own_date": FuzzyDate("2027-10-31"), "details": details}
        assert words in _entry(session, **item).description


def test_a_ceremony_of_one_day_without_moments_is_told_with_its_hour(session: Session) -> None:
    ceremony = make_ceremony(session, details={"start": "15:00", "end": "17:30"})
    assert "DTSTART;TZID=Europe/Paris:20270612T150000" in ceremony.vevent
    assert "DTEND;TZID=Europe/Paris:20270612T173000" in ceremony.vevent


def test_a_moment_put_off_says_where_to(session: Session) -> None:
    details = {"postponed_to": {"date": "2027-06-13", "start": "11:00", "place": "halle"}}
    ceremony = make_ceremony(session, items=[{"start": "15:00", "status": "postponed", "details": details}])
    text = "\n".join(telling.describe(ceremony.items[0], ["fr"])).replace("\xa0", " ")
    assert "Nouvelle date : 13 juin 2027, 11 h, halle" in text


def test_what_a_calendar_has_no_field_for_is_told_in_words(session: Session) -> None:
    details = {
        "approximate": True,
        "approximate_words": "à partir de",
        "organiser": "harmonie",
        "prices": [{"category": "adulte", "amount": "10.50", "currency": "EUR"}, {"category": "enfant", "free": True}],
        "speakers": [{"name": "Léa Exemple", "function": "maire", "subject": "l’Europe"}],
        "conflicts": ["14 h ou 15 h"],
    }
    text = _entry(session, start="09:30", public=True, details=details).description.replace("\xa0", " ")
    for words in ("à partir de 9 h 30", "harmonie", "adulte 10,50 €, enfant gratuit", "Ouvert à tous", "14 h ou 15 h"):
        assert words in text
    assert "Léa Exemple, maire : l’Europe" in text


def test_a_status_that_nobody_said_is_not_made_up(session: Session) -> None:
    ceremony = make_ceremony(session, status="", items=[{}])
    assert "STATUS" not in ceremony.items[0].vevent


def _told(moment: date | datetime) -> str:
    if isinstance(moment, datetime):
        return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%MZ")
    return moment.isoformat()


def test_a_call_from_the_other_side_of_the_world_is_on_the_hosts_day(session: Session) -> None:
    call = {"own_date": FuzzyDate("2011-12-29"), "start": "23:30", "details": {"timezone": "Pacific/Pago_Pago"}}
    ceremony = make_ceremony(session, when="2011-12-31", timezone="Pacific/Apia", items=[{"start": "10:00"}, call])
    assert agenda.visit_of(ceremony) == (date(2011, 12, 31), date(2011, 12, 31))
    assert agenda.whole_entry(ceremony) is None, "one day in Apia, where there was no 30 December"
