"""Beginning a text: what is asked is told, what cannot be is refused beside its field."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from app.accounts.models import Role
from app.bodies.models import BodyKind, Function
from app.conventions.forms.fields import read_amount, typed_amount
from tests.conventions.test_main_job import ANSWERS
from tests.factories.accounts import make_member
from tests.factories.bodies import make_body, make_mandate
from tests.factories.conventions import make_pair
from tests.factories.people import make_person

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask
    from flask.testing import FlaskClient
    from sqlalchemy.orm import Session

    from app.accounts.models import Account

    SignIn = Callable[[Account], FlaskClient]


def test_the_first_page_sent_empty_says_what_is_missing(session: Session, sign_in: SignIn) -> None:
    client = sign_in(make_pair(session)[1])
    assert 'name="etape"' in client.get("/conventions/nouvelle").text

    answer = client.get("/conventions/nouvelle?etape=1")

    assert answer.status_code == 422
    for sentence in ("Choisissez au moins un jumelage.", "Choisissez un texte.", "Choisissez au moins une langue."):
        assert answer.text.count(sentence) >= 2, sentence


def test_the_page_opened_from_a_dossier_blames_nobody(session: Session, sign_in: SignIn) -> None:
    twinning, account = make_pair(session)
    answer = sign_in(account).get(f"/conventions/nouvelle?jumelage={twinning.id}")
    assert answer.status_code == 200
    assert "error-summary" not in answer.text


def test_a_partner_typed_by_hand_brings_the_language_of_its_country_and_few_names_are_told(
    session: Session, sign_in: SignIn
) -> None:
    twinning, account = make_pair(session)
    own, partner = (party.body for party in twinning.parties)
    twinning.languages, partner.languages, partner.country = [], [], "AT"
    for number in range(12):
        person = make_person(session, "Camille", f"NUMÉRO-{number:02}", kept_by_body_id=own.id)
        make_mandate(session, own, person, function=Function.DEPUTY_MAYOR)
    session.commit()
    client = sign_in(account)
    page = client.get(f"/conventions/nouvelle?jumelage={twinning.id}").text
    assert {"fr", "de"} == set(re.findall(r'<input checked[^>]*name="langue"[^>]*value="(\w+)"', page))
    asked = client.get(f"/conventions/nouvelle/reponses?jumelage={twinning.id}&genre=oath&langue=fr&langue=de").text
    told = asked.partition("Au dossier")[2].partition("</p>")[0]
    assert 2 < told.count("NUMÉRO") <= 4
    assert told.rstrip().endswith("; …")


@pytest.mark.parametrize(
    ("field", "months", "said"),
    [
        ("f_duree_mois", "0", "de 1 à 600 mois"),
        ("f_duree_mois", "601", "de 1 à 600 mois"),
        ("f_preavis_mois", "900", "de 0 à 36 mois"),
    ],
)
def test_a_text_that_lasts_no_time_or_an_endless_notice_is_refused(
    session: Session, sign_in: SignIn, field: str, months: str, said: str
) -> None:
    twinning, account = make_pair(session)
    address = f"/conventions/nouvelle/reponses?jumelage={twinning.id}&genre=convention&langue=fr&q_duree=limitee"
    answer = sign_in(account).post(address, data=ANSWERS | {field: months})
    assert answer.status_code == 422
    assert said in answer.text


def test_an_amount_comes_back_as_a_french_reader_writes_it(app: Flask) -> None:
    with app.test_request_context(headers={"Accept-Language": "fr"}):
        assert typed_amount(read_amount("1 500,50")) == "1\N{NO-BREAK SPACE}500,50"
        assert read_amount(typed_amount("1500.50")) == "1500.50"
        assert typed_amount("") == ""
    with app.test_request_context(headers={"Accept-Language": "en"}):
        assert read_amount(typed_amount("1500.50")) == "1500.50"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("1.250,50", "1250.50"),
        ("1,250.50", "1250.50"),
        ("1.250.000", "1250000.00"),
        ("0,500", "0.50"),
        ("12,5", "12.50"),
    ],
)
def test_an_amount_is_read_as_its_writer_meant_it(app: Flask, typed: str, kept: str) -> None:
    with app.test_request_context():
        assert read_amount(typed) == kept


@pytest.mark.parametrize("typed", ["1.000", "1,000", "1.000 €"])
def test_an_amount_that_may_be_a_thousand_or_one_is_asked_back(session: Session, sign_in: SignIn, typed: str) -> None:
    twinning, account = make_pair(session)
    client = sign_in(account)
    address = f"/conventions/nouvelle/reponses?jumelage={twinning.id}&genre=convention&langue=fr&q_argent=montants"
    line = {"b0_label_fr": "Voyage", "b0_year": "2027", "b0_share_1": "20"}
    asked = client.post(address, data=ANSWERS | line | {"b0_share_0": typed})
    assert asked.status_code == 422
    assert "Écrivez 1 000 ou 1,00." in asked.text
    checked = client.post(address, data=ANSWERS | line | {"b0_share_0": "1 000"})
    assert checked.status_code == 200
    shown = checked.text.replace("\N{NARROW NO-BREAK SPACE}", " ")
    assert "1 000,00 €" in shown, "the page that asks to check says the amounts"
    assert "<dt>Durée" in shown or "Préavis" in shown


def test_the_models_are_reached_from_the_texts_a_new_text_and_the_body(session: Session, sign_in: SignIn) -> None:
    twinning, account = make_pair(session)
    client = sign_in(account)
    body = twinning.parties[0].body
    for page in ("/conventions/", "/conventions/nouvelle", f"/organismes/{body.id}"):
        assert f"/conventions/modeles/{body.id}" in client.get(page).text, page
    assert "Nos modèles" in client.get(f"/conventions/modeles/{body.id}").text


def test_a_town_without_a_committee_is_told_under_the_choice_and_led_to_add_it(
    session: Session, sign_in: SignIn
) -> None:
    twinning, account = make_pair(session)
    address = f"/conventions/nouvelle?etape=1&jumelage={twinning.id}&genre=town_committee&langue=fr"
    answer = sign_in(account).get(address)
    assert answer.status_code == 422
    assert "ajoutez d’abord votre comité au jumelage" in answer.text
    assert f'href="/jumelages/{twinning.id}/organismes/nouveau"' in answer.text


@pytest.mark.parametrize(
    ("left", "said"),
    [(0, "ajoutez d’abord votre commune au jumelage"), (1, "ajoutez d’abord la ville partenaire au jumelage")],
)
def test_the_party_that_lacks_is_the_one_that_is_asked_for(
    session: Session, sign_in: SignIn, left: int, said: str
) -> None:
    twinning, _account = make_pair(session)
    committee = make_body(session, "Comité de jumelage fictif", BodyKind.COMMITTEE)
    party = twinning.parties[left]
    party.body, party.is_town = committee, False
    session.flush()
    mine = committee if left == 0 else twinning.parties[0].body
    client = sign_in(make_member(session, mine, Role.SECRETARY))
    answer = client.get(f"/conventions/nouvelle?etape=1&jumelage={twinning.id}&genre=convention&langue=fr")
    assert answer.status_code == 422
    assert said in answer.text


def test_answers_are_checked_in_the_language_of_the_screen_whatever_that_of_the_text(
    session: Session, sign_in: SignIn
) -> None:
    twinning, account = make_pair(session)
    account.language = "en"
    session.commit()
    address = (
        f"/conventions/nouvelle/reponses?jumelage={twinning.id}&genre=convention&langue=fr&langue=pl&q_argent=montants"
    )
    line = {"b0_label_fr": "Voyages", "b0_label_pl": "Podróże", "b0_year": "2028", "b0_share_0": "1,234.50"}
    page = sign_in(account).post(address, data=ANSWERS | line).text
    assert "2028 — Voyages / Podróże" in page.replace("\xa0", " ")
    assert "[to be completed]" not in page
    assert "mayor" in page
    assert "maire" not in page.partition("<main")[2].partition("<form")[0]
