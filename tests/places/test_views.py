"""The search of places, as people meet it."""

from __future__ import annotations

from datetime import UTC, datetime
from html import unescape
from typing import TYPE_CHECKING

from app.database import migrate
from app.extensions import db
from app.places import lists, telling
from app.places.models import PlaceList
from app.shared.typography import NO_BREAK
from tests.factories.accounts import make_member, make_own_body
from tests.factories.places import make_place

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask
    from flask.testing import FlaskClient
    from sqlalchemy.orm import Session

    from app.accounts.models import Account

    SignIn = Callable[[Account], FlaskClient]


def test_a_stranger_is_asked_to_sign_in(client: FlaskClient) -> None:
    assert client.get("/lieux/recherche?q=lannoy").status_code == 302


def test_suggestions_are_what_the_combobox_reads(session: Session, sign_in: SignIn) -> None:
    place = make_place(session, "Sailly-lez-Lannoy")
    account = make_member(session, make_own_body(session))

    answer = sign_in(account).get("/lieux/recherche?q=Sailly les Lanoy")

    assert answer.get_json() == [
        {"value": str(place.id), "label": "Sailly-lez-Lannoy (Nord, 59)", "detail": "59390 · 1\u202f923 habitants"}
    ]


def test_the_number_of_suggestions_is_told_in_words_that_suit_one_as_well(session: Session, sign_in: SignIn) -> None:
    page = sign_in(make_member(session, make_own_body(session))).get("/organismes/nouveau").text
    assert 'data-combobox-said="Propositions : %d"' in unescape(page).replace(NO_BREAK, " ")


def test_the_page_works_without_a_script(session: Session, sign_in: SignIn) -> None:
    make_place(session, "Toufflers")
    client = sign_in(make_member(session, make_own_body(session)))

    page = client.get("/lieux/?q=touflers").get_data(as_text=True)
    nothing = client.get("/lieux/?q=<script>alert(1)</script>").get_data(as_text=True)

    assert "Toufflers (Nord, 59)" in page
    assert "<script>alert" not in nothing
    assert "Écrire le nom soi-même" in nothing


def test_lists_that_are_not_loaded_are_said_to_be_missing(session: Session, sign_in: SignIn) -> None:
    client = sign_in(make_member(session, make_own_body(session)))
    loaded = {"digest": "x", "rows": 1, "loaded_at": datetime(2026, 11, 22, tzinfo=UTC)}

    neither = client.get("/lieux/?q=lannoy").text
    session.add(PlaceList(name="france", **loaded))
    session.commit()
    one = client.get("/lieux/").text
    session.add(PlaceList(name="foreign", **loaded))
    session.commit()

    assert "Ni les communes de France ni les villes étrangères" in neither
    assert "Les villes étrangères ne sont pas chargées" in one
    assert "Des listes manquent" not in client.get("/lieux/").text


def test_where_no_list_is_loaded_the_pages_that_look_for_a_town_say_so_and_take_its_name_as_typed(
    session: Session, sign_in: SignIn
) -> None:
    town = make_own_body(session)
    client = sign_in(make_member(session, town))

    looked = [client.get("/organismes/nouveau?genre=commune&q=lannoy").text, client.get("/lieux/?q=lannoy").text]

    for page in looked:
        assert "Ni les communes de France ni les villes étrangères ne sont chargées" in page
        assert "flask places load" in page
        assert "En attendant, écrivez le nom vous-même" in page
        assert "n’y est pas" not in page
    assert "Écrire « lannoy » moi-même" in looked[0]


def test_countries_without_towns_are_not_offered_and_partners_of_real_twinnings_are(app: Flask) -> None:
    with app.test_request_context():
        offered = {code for code, _name in telling.countries()}

    assert not offered & {
        "AQ",
        "BV",
        "HM",
        "TF",
        "GS",
        "UM",
        "IO",
        "DG",
        "CP",
        "AC",
        "TA",
        "EA",
        "IC",
        "CQ",
        "EU",
        "ZZ",
    }
    assert {"FR", "UA", "PS", "XK", "TW", "EH", "SJ", "GL", "AX", "GG", "SH", "FK", "PM", "MQ", "VA"} <= offered
    assert {row.country for row in lists.read("foreign")} <= offered


def test_a_country_that_is_none_changes_nothing(session: Session, sign_in: SignIn) -> None:
    make_place(session, "Toufflers")
    client = sign_in(make_member(session, make_own_body(session)))

    for country in ("%00", "fr", "Zz9", "%F0%9F%8F%B0"):
        assert client.get(f"/lieux/recherche?q=toufflers&pays={country}").status_code == 200


def test_the_command_loads_nothing_twice(app: object, session: Session) -> None:
    del session
    assert migrate.is_current(db.engine)
    names = app.test_cli_runner().invoke(args=["places", "search", "Sailly"])  # type: ignore[attr-defined]

    assert names.exit_code == 0
