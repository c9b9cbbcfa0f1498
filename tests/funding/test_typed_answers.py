"""Answers as people type them: numbers with their unit, short dates, names; nothing is guessed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from app.access.roles import Role
from app.funding.forms.fields import in_words
from app.rules.vocabulary.fields import Field
from tests.factories.accounts import make_member
from tests.factories.actions import make_project
from tests.factories.bodies import make_body
from tests.factories.twinnings import make_twinning
from tests.funding.test_questions import stated, url

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask
    from flask.testing import FlaskClient
    from sqlalchemy.orm import Session

    from app.accounts.models import Account
    from app.actions.models import Project

    SignIn = Callable[[Account], FlaskClient]


@pytest.fixture
def project(session: Session) -> Project:
    town = make_body(session, "Bourg-Essai")
    return make_project(session, make_twinning(session, town, make_body(session, "Musterdorf", country="DE")))


@pytest.fixture
def browser(session: Session, project: Project, sign_in: SignIn) -> FlaskClient:
    return sign_in(make_member(session, project.owner_body, Role.PRESIDENT))


@pytest.mark.parametrize(
    ("group", "name", "typed", "read"),
    [
        ("projet", "project-months", "12 mois", 12),
        ("projet", "project-months", "1 an", 12),
        ("projet", "project-months", "7,5", "7.5"),
        ("participants", "participants-total", "50 personnes", 50),
        ("participants", "participants-total", "1 200 pers.", 1200),
        ("participants", "participants-total", "1.200", 1200),
        ("poste", "post-units", "0,5 poste", "0.5"),
        ("poste", "post-years", "36 mois", 3),
        ("poste", "training-days", "2 semaines", 14),
        ("poste", "score-total", "65/100", 65),
    ],
)
def test_a_number_is_read_with_the_word_that_follows_it(
    browser: FlaskClient, project: Project, group: str, name: str, typed: str, read: object
) -> None:
    assert browser.post(url(project, group), data={name: typed, "rester": "1"}).status_code == 302
    assert str(stated(project)[name.replace("-", ".")]) == str(read)


@pytest.mark.parametrize(
    ("group", "name", "typed", "sentence"),
    [
        ("participants", "participants-total", "50,5", "Il faut ici un nombre entier."),
        ("participants", "participants-total", "1e3", "n’est pas un nombre"),
        ("participants", "participants-0-count", "2 mois", "la réponse se compte en personnes"),
        ("projet", "project-months", "12 personnes", "la réponse se compte en mois"),
        ("projet", "project-months", "1.500", "se lit de deux façons"),
        ("projet", "project-months", "un an", "n’est pas un nombre"),
        ("dates", "submission-category", "2,5", "Il faut ici un nombre entier."),
        ("demandes", "requests-0-year", "2026,5", "Il faut ici un nombre entier."),
        ("dates", "project-start", "19/19/26", "n’est pas une date"),
    ],
)
def test_what_is_no_such_number_is_refused_with_a_sentence(
    browser: FlaskClient, project: Project, group: str, name: str, typed: str, sentence: str
) -> None:
    answer = browser.post(url(project, group), data={name: typed, "rester": "1"})
    assert answer.status_code == 422
    assert sentence in answer.text.replace("\xa0", " ")
    assert stated(project) == {}


def test_a_journey_is_as_long_as_its_clock_says(browser: FlaskClient, project: Project) -> None:
    browser.post(url(project, "trajets"), data={"journeys-0-train_minutes": "8 h 30", "journeys-0-km": "640 km"})
    assert stated(project)["journeys"]["items"] == [{"train_minutes": 510, "km": 640}]


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("19/9/26", "2026-09-19"),
        ("19.9.26", "2026-09-19"),
        ("19 sept. 26", "2026-09-19"),
        ("19/9/26 17h", "2026-09-19T17:00[Europe/Paris]"),
        ("1/7/85", "1985-07-01"),
        ("2026-09-19", "2026-09-19"),
        ("19/09/2026 17 h 30", "2026-09-19T17:30[Europe/Paris]"),
    ],
)
def test_a_year_of_two_figures_is_the_one_that_is_meant(
    browser: FlaskClient, project: Project, typed: str, read: str
) -> None:
    assert browser.post(url(project, "dates"), data={"project-start": typed, "rester": "1"}).status_code == 302
    assert stated(project)["project.start"] == read


def test_the_unit_that_an_answer_is_counted_in_stands_beside_the_question(
    browser: FlaskClient, project: Project
) -> None:
    assert "En mois." in browser.get(url(project, "projet")).text
    assert "En personnes." not in browser.get(url(project, "participants")).text


def test_quebec_is_chosen_where_a_programme_looks_at_it(browser: FlaskClient, project: Project) -> None:
    page = browser.get(url(project, "projet")).text
    assert page.count('value="CA-QC"') == 1
    assert "Québec (Canada)" in page
    browser.post(
        url(project, "projet"), data={"project-target_country": "CA-QC", "project-countries": "Québec, France"}
    )
    assert stated(project)["project.target_country"] == "CA-QC"
    assert stated(project)["project.countries"]["items"] == ["CA-QC", "FR"]
    again = browser.get(url(project, "projet")).text
    assert 'value="Québec (Canada), France"' in again
    answer = browser.get(f"/projets/{project.id}/aides/ffqcd/2023-2024").text
    assert "Québec (Canada)" in answer


def test_a_programme_is_chosen_from_those_that_the_rules_know(browser: FlaskClient, project: Project) -> None:
    page = browser.get(url(project, "demandes")).text
    assert 'value="erasmus-ka210">Erasmus+ – Partenariats simplifiés (KA210)<' in page
    assert ">un autre programme, absent de cette liste<" in page
    assert "contact-afccre" not in page
    browser.post(url(project, "demandes"), data={"requests-0-programme": "calvados-twin-14", "rester": "1"})
    assert stated(project)["requests"]["items"] == [{"programme": "calvados-twin-14"}]
    unknown = browser.post(url(project, "demandes"), data={"requests-1-programme": "KA2110", "rester": "1"})
    assert unknown.status_code == 422
    assert "Choisissez une réponse de la liste." in unknown.text


def test_a_name_typed_before_stands_for_the_programme_that_bears_it(
    session: Session, project: Project, browser: FlaskClient
) -> None:
    told = {"complete": True, "items": [{"programme": "ka210", "year": 2026}, {"programme": "Fonds du canton"}]}
    other = make_project(session, project.twinning, facts={"requests": told})
    page = browser.get(url(other, "demandes")).text
    assert '<option selected value="erasmus-ka210">' in page
    assert '<option selected value="Fonds du canton">Fonds du canton (inconnu ici)<' in page
    assert "Le programme « Fonds du canton » n’est pas connu d’ici" in page.replace("\xa0", " ")


def test_an_approval_is_ticked_by_its_name(session: Session, project: Project, browser: FlaskClient) -> None:
    page = browser.get(url(project, "demandeur")).text
    assert "jeunesse et éducation populaire (JEP)" in page
    assert "Séparez-les par des virgules" not in page
    browser.post(url(project, "demandeur"), data={"applicant-approvals": ["jep", "sport"], "rester": "1"})
    assert stated(project)["applicant.approvals"] == ["jep", "sport"]
    told = {"applicant.approvals": ["Jeunesse et éducation populaire", "Palme d’or"]}
    other = make_project(session, project.twinning, facts=told)
    again = browser.get(url(other, "demandeur")).text
    assert re.search(r"<input checked[^>]*value=\"jep\"", again)
    assert "Palme d’or (inconnu ici)" in again.replace("\xa0", " ")


def test_each_mark_of_a_grid_is_asked_for(browser: FlaskClient, project: Project) -> None:
    page = browser.get(url(project, "poste")).text.replace("\xa0", " ")
    assert "Note du critère « pertinence »" in page
    marks = {"score-parts-relevance": "20/30", "score-parts-design": "15", "score-parts-partnership": "9"}
    browser.post(url(project, "poste"), data={**marks, "score-parts-impact": "19", "rester": "1"})
    assert stated(project)["score.parts.relevance"] == 20
    answer = browser.get(f"/projets/{project.id}/aides/erasmus-ka210/2026").text.replace("\xa0", " ")
    assert "Note : 63 points. Règle non remplie : Pertinence 30, conception 30, partenariat 20" in answer


@pytest.mark.parametrize(
    ("typed", "read"), [("14", "14"), ("Calvados", "14"), ("7", "07"), ("2a", "2A"), ("Côte d'Or (21)", "21")]
)
def test_a_departement_is_told_by_its_number_or_its_name(
    browser: FlaskClient, project: Project, typed: str, read: str
) -> None:
    browser.post(url(project, "demandeur"), data={"applicant-departement": typed, "rester": "1"})
    assert stated(project)["applicant.departement"] == read


def test_a_departement_that_is_none_is_refused_and_a_region_is_written_as_the_rules_write_it(
    browser: FlaskClient, project: Project
) -> None:
    wrong = browser.post(url(project, "demandeur"), data={"applicant-departement": "Normandie", "rester": "1"})
    assert "« Normandie » n’est pas un département." in wrong.text.replace("\xa0", " ")
    browser.post(url(project, "demandeur"), data={"applicant-region": "hauts de france", "rester": "1"})
    assert stated(project)["applicant.region"] == "Hauts-de-France"


@pytest.mark.parametrize(
    ("typed", "read"),
    [("Axe 2", "2"), ("l’axe 1", "1"), ("axes 1 et 2", "1+2"), ("1 + 2", "1+2"), ("axe jeunesse", "axe jeunesse")],
)
def test_a_strand_is_told_by_its_number(browser: FlaskClient, project: Project, typed: str, read: str) -> None:
    browser.post(url(project, "dates"), data={"submission-axis": typed, "rester": "1"})
    assert stated(project)["submission.axis"] == read


@pytest.mark.parametrize(
    ("unit", "number", "said"),
    [("personnes", 1, "1 personne"), ("personnes", 2, "2 personnes"), ("EUR", 5, "5 €"), ("mois", 1, "1 mois")],
)
def test_one_person_is_one(app: Flask, unit: str, number: int, said: str) -> None:
    with app.test_request_context():
        assert in_words(Field("count", "number", "", unit), number).replace("\xa0", " ") == said
