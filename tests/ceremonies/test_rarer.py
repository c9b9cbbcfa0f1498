"""What few ceremonies say, typed on their pages: what comes again, what one joins from afar, who sleeps where."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from app.accounts.models import Role
from app.ceremonies import lines
from app.ceremonies.calendars import unsaid
from app.documents import ics
from app.extensions import db
from tests.factories.accounts import make_member, make_own_body
from tests.factories.ceremonies import make_ceremony, make_shared_twinning
from tests.support.forms import filled

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask
    from flask.testing import FlaskClient
    from sqlalchemy.orm import Session

    from app.accounts.models import Account
    from app.ceremonies.models import Ceremony

    SignIn = Callable[[Account], FlaskClient]

KEPT: dict[str, Any] = {
    "online": {"url": "salle-privee", "platform": {"fr": "Visio", "uk": "Відео"}, "broadcast": True, "code": "1234"},
    "materials": [{"fr": "drapeaux", "uk": "прапори"}, "stylos"],
    "performers": [{"name": "Chorale", "size": 30}],
    "contacts": [{"name": "Ada Fictive", "phone": "03 20 00 00 00", "hours": "le matin"}],
    "repeats": {"every": "week", "weekdays": ["wednesday"], "until": "2027-07-07", "as_printed": "le mercredi"},
    "address": "1 place Fictive",
    "doors_open": "09:30",
}


@pytest.fixture
def ceremony(session: Session) -> Ceremony:
    twinning = make_shared_twinning(session, make_own_body(session, name="Bourg-Fictif"))
    lodging = {"where": "Auberge", "people": 12, "contacts": [{"name": "Ada Fictive"}]}
    town = {"name": {"fr": "Bourg-Fictif", "uk": "Бург"}, "country": "FR", "delegation": {"size": 12, "note": "élus"}}
    leg = {"mode": "car", "departure_date": "2027-06", "departure": "07:30", "arrival_timezone": "Europe/Kyiv"}
    company = {"hosts": [town], "guests": [{"name": "Misto Fiktyvne", "absent": False, "note": "en visio"}]}
    details = {"lodgings": [lodging], "legs": [leg], "sponsors": [{"fr": "Région", "uk": "Регіон"}], **company, **KEPT}
    return make_ceremony(session, twinning, details=details, items=[{"details": dict(KEPT)}])


@pytest.fixture
def secretary(ceremony: Ceremony, session: Session, sign_in: SignIn) -> FlaskClient:
    return sign_in(make_member(session, ceremony.twinnings[0].parties[0].body, Role.SECRETARY))


def test_a_page_sent_back_untouched_changes_no_fact(ceremony: Ceremony, secretary: FlaskClient) -> None:
    before = (dict(ceremony.details), dict(ceremony.items[0].details))
    for address in (f"/ceremonies/{ceremony.id}/modifier", _moment(ceremony)):
        assert secretary.post(address, data=filled(secretary.get(address).text)).status_code == 302
    db.session.expire_all()
    assert (ceremony.details, ceremony.items[0].details) == before


def test_a_moment_comes_again_and_is_joined_from_afar(ceremony: Ceremony, secretary: FlaskClient) -> None:
    address = f"/ceremonies/{ceremony.id}/moments/nouveau"
    typed = {
        "title": "Répétition commune",
        "date": "06/01/2027",
        "start": "19 h 30",
        "repeat_every": "week",
        "repeat_interval": "2",
        "repeat_weekdays": ["wednesday"],
        "repeat_until": "03/02/2027",
        "repeat_except": "20/01/2027",
        "online_url": "https://exemple.invalid/salle",
        "online_code": "4321",
        "materials": "partitions\npupitres",
        "performers": "Harmonie, cuivres",
        "contacts": "Ada Fictive, cheffe de chœur, 03 20 00 00 01, ada@exemple.invalid",
        "meeting_time": "19 h",
    }
    assert secretary.post(address, data=typed).status_code == 302
    db.session.expire_all()
    made = next(one for one in ceremony.items if one.title == {"fr": "Répétition commune"})
    assert made.details["repeats"] == {
        "every": "week",
        "interval": 2,
        "weekdays": ["wednesday"],
        "until": "2027-02-03",
        "except": ["2027-01-20"],
    }
    assert made.details["online"] == {"url": "https://exemple.invalid/salle", "code": "4321"}
    assert made.details["materials"] == ["partitions", "pupitres"]
    assert made.details["performers"] == [{"name": "Harmonie", "role": "cuivres"}]
    told = {"name": "Ada Fictive", "role": "cheffe de chœur", "phone": "03 20 00 00 01", "email": "ada@exemple.invalid"}
    assert made.details["contacts"] == [told]
    assert made.details["meeting_time"] == "19:00"
    read = ics.read(secretary.get(f"/ceremonies/{ceremony.id}/agenda.ics").data)
    days = [f"{one.start:%d/%m}" for one in read.entries if one.summary.startswith("Répétition")]
    assert days == ["06/01", "03/02"]
    page = secretary.get(f"/ceremonies/{ceremony.id}").text
    for said in ("toutes les 2 semaines", "https://exemple.invalid/salle", "Harmonie"):
        assert said in page.replace("\N{NO-BREAK SPACE}", " "), said


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"repeat_count": "3"}, "Choisissez aussi à quel rythme"),
        ({"repeat_every": "month", "repeat_weekdays": "monday"}, "ne vont qu’avec"),
        ({"repeat_every": "week", "repeat_until": "01/01/2027"}, "Ce jour précède le premier"),
        ({"repeat_every": "week", "repeat_except": "mai 2027"}, "n’est pas un jour précis"),
        ({"online_url": "javascript:alert(1)"}, "n’est pas une adresse"),
        ({"meeting_time": "25 h"}, "n’est pas une heure"),
    ],
)
def test_a_fault_in_a_rarer_fact_is_told_at_its_field(
    ceremony: Ceremony, secretary: FlaskClient, wrong: dict[str, str], sentence: str
) -> None:
    typed = {"title": "Répétition", "date": "12/06/2027", "menu": "potée fictive"} | wrong
    answer = secretary.post(f"/ceremonies/{ceremony.id}/moments/nouveau", data=typed)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "potée fictive" in answer.text


def test_who_sleeps_where_is_written_row_by_row(ceremony: Ceremony, secretary: FlaskClient) -> None:
    address = f"/ceremonies/{ceremony.id}/modifier"
    mine, late = filled(secretary.get(address).text), filled(secretary.get(address).text)
    typed = {"lodgings-0-nights": "3", "lodgings-1-where": "Familles d’accueil", "lodgings-1-date": "11/06/2027"}
    assert secretary.post(address, data=mine | typed | {"attendance": "240"}).status_code == 302
    db.session.expire_all()
    assert ceremony.details["lodgings"] == [
        {"where": "Auberge", "people": 12, "contacts": [{"name": "Ada Fictive"}], "nights": 3},
        {"where": "Familles d’accueil", "date": "2027-06-11"},
    ]
    assert ceremony.details["attendance"] == {"size": 240}
    refused = secretary.post(address, data=late | {"lodgings-0-where": "Hôtel"})
    assert refused.status_code == 409
    assert "Familles d’accueil" in refused.text, "both texts are shown"
    wrong = secretary.post(address, data=filled(secretary.get(address).text) | {"lodgings-1-date": "bientôt"})
    assert wrong.status_code == 422
    assert "n’est pas une date" in wrong.text
    gone = filled(secretary.get(address).text)
    gone |= {name: "" for name in gone if name.startswith("lodgings-1-")}
    assert secretary.post(address, data=gone).status_code == 302
    db.session.expire_all()
    assert [one["where"] for one in ceremony.details["lodgings"]] == ["Auberge"]


def test_who_comes_and_how_is_written_row_by_row(ceremony: Ceremony, secretary: FlaskClient) -> None:
    address = f"/ceremonies/{ceremony.id}/modifier"
    typed = {
        "guests-0-size": "38",
        "guests-0-approximate": "y",
        "guests-1-name": "Comité de Fictiville",
        "guests-1-absent": "y",
        "legs-1-mode": "train",
        "legs-1-number": "TGV 9999",
        "legs-1-departure": "8 h 05",
        "legs-1-departure_date": "11/06/2027",
    }
    assert secretary.post(address, data=filled(secretary.get(address).text) | typed).status_code == 302
    db.session.expire_all()
    assert ceremony.details["guests"] == [
        {
            "name": "Misto Fiktyvne",
            "absent": False,
            "note": "en visio",
            "delegation": {"size": 38, "approximate": True},
        },
        {"name": "Comité de Fictiville", "absent": True},
    ]
    assert ceremony.details["hosts"][0]["delegation"] == {"size": 12, "note": "élus"}
    assert ceremony.details["legs"][1] == {
        "mode": "train",
        "number": "TGV 9999",
        "departure": "08:05",
        "departure_date": "2027-06-11",
    }
    assert secretary.post(address, data=filled(secretary.get(address).text) | {"guests-1-name": ""}).status_code == 302
    db.session.expire_all()
    assert [one["name"] for one in ceremony.details["guests"]] == ["Misto Fiktyvne"]
    assert "environ 38 personnes" in secretary.get(f"/ceremonies/{ceremony.id}").text


def _moment(ceremony: Ceremony) -> str:
    return f"/ceremonies/{ceremony.id}/moments/{ceremony.items[0].id}/modifier"


def test_one_of_two_days_is_typed_in_words_sorts_by_the_first_and_stays_out_of_calendars(
    app: Flask, ceremony: Ceremony, secretary: FlaskClient
) -> None:
    address = f"/ceremonies/{ceremony.id}/modifier"
    given = filled(secretary.get(address).text) | {"first": "12 ou 13 juin 2027", "last": ""}

    assert secretary.post(address, data=given).status_code == 302

    db.session.expire_all()
    assert ceremony.when is not None
    assert ceremony.when.text == "[2027-06-12,2027-06-13]"
    assert ceremony.first_day is None
    assert ceremony.sort_day.isoformat() == "2027-06-12"
    assert "12 ou 13 juin 2027" in secretary.get(f"/ceremonies/{ceremony.id}").text
    with app.test_request_context():
        (told, *_moments) = unsaid([ceremony])
    assert "12 ou 13 juin 2027" in told.replace("\xa0", " ")
    both = secretary.post(address, data={**filled(secretary.get(address).text), "last": "14/06/2027"})
    assert both.status_code == 422
    assert "Écrivez un seul jour dans chaque champ." in both.text


def test_what_a_line_does_not_show_keeps_its_place_among_the_others() -> None:
    things = [{"name": "Ada"}, {"interpretation": "sign_language"}, {"name": "Bob"}]
    tell, take = lines.interpreter_line, lines.read_interpreter
    assert lines.read(things, lines.shown(things, tell), tell, take) == things
    assert lines.read(things, "Ada\nCleo", tell, take) == [*things[:2], {"name": "Cleo"}]
    assert lines.read(things, "Bob", tell, take)[-1] == things[2]
