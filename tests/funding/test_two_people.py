"""Two people on one page of questions: both answers stay; only the same question answered twice is a conflict."""

from __future__ import annotations

import json
import threading
from typing import TYPE_CHECKING

import pytest

from app.access.roles import Role
from app.actions.queries import facts_of, project_by_id
from app.extensions import db
from app.funding.views.questions import AUTOSAVE
from tests.factories.accounts import make_member
from tests.factories.actions import make_project
from tests.factories.bodies import make_body
from tests.factories.twinnings import make_twinning
from tests.support.forms import filled

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask
    from flask.testing import FlaskClient
    from sqlalchemy.orm import Session

    from app.accounts.models import Account
    from app.actions.models import Project

    SignIn = Callable[[Account], FlaskClient]

EVENTS = {
    "complete": False,
    "items": [
        {"id": "rencontre-1", "name": "Fête", "country": "FR"},
        {"id": "rencontre-2", "name": "Bal", "country": "DE"},
    ],
}
GROUPS = {"complete": False, "groups": [{"country": "FR", "count": 20}, {"country": "DE", "count": 30}]}


@pytest.fixture
def project(session: Session) -> Project:
    town = make_body(session, "Bourg-Essai")
    twinning = make_twinning(session, town, make_body(session, "Musterdorf", country="DE"))
    told = {"money.requested": 4500, "events": EVENTS, "participants": GROUPS}
    return make_project(session, twinning, facts=told)


@pytest.fixture
def page(session: Session, project: Project, sign_in: SignIn) -> Page:
    return Page(sign_in(make_member(session, project.owner_body, Role.PRESIDENT)), project.id)


class Page:
    """A page of questions of the project, opened and sent by whoever likes."""

    def __init__(self, browser: FlaskClient, project_id: int) -> None:
        self.browser, self.project_id = browser, project_id

    def opened(self, group: str) -> dict[str, str]:
        return filled(self.browser.get(f"/projets/{self.project_id}/questions/{group}").text)

    def send(self, group: str, opened: dict[str, str], **typed: str | None) -> object:
        data = {**opened, **{name.replace("__", "-"): text for name, text in typed.items()}, "rester": "1"}
        data = {name: text for name, text in data.items() if text is not None}
        return self.browser.post(f"/projets/{self.project_id}/questions/{group}", data=data)

    def save_itself(self, group: str, held: dict[str, str]) -> dict[str, object]:
        return self.browser.post(
            f"/projets/{self.project_id}/questions/{group}", data=held, headers={AUTOSAVE: "auto"}
        ).json

    def kept(self) -> dict[str, object]:
        db.session.rollback()
        found = project_by_id(db.session(), self.project_id)
        assert found is not None
        return {path: fact.plain if fact.is_known else "?" for path, fact in facts_of(found).items()}


def test_different_questions_answered_by_two_people_both_stay(page: Page) -> None:
    camille, dominique = page.opened("argent"), page.opened("argent")
    assert page.send("argent", dominique, money__eligible_cost="9000", money__requested="5000").status_code == 302
    assert page.send("argent", camille, money__other_income="1500").status_code == 302
    kept = page.kept()
    assert kept["money.other_income"] == 1_500
    assert (kept["money.eligible_cost"], kept["money.requested"]) == (9_000, 5_000)


def test_a_page_that_saves_itself_leaves_what_others_answered_meanwhile(page: Page) -> None:
    camille = page.opened("argent")
    page.send("argent", page.opened("argent"), money__requested="5000")
    camille["money-other_income"] = "1500"
    told = page.save_itself("argent", camille)
    assert told["saved"]
    camille |= {"shown": told["shown"], "money-own_cash": "800"}  # « 4 500 » still stands on this page
    assert page.save_itself("argent", camille)["saved"]
    kept = page.kept()
    assert (kept["money.requested"], kept["money.other_income"], kept["money.own_cash"]) == (5_000, 1_500, 800)


def test_the_same_question_answered_twice_shows_both_in_words_and_keeps_the_rest(page: Page) -> None:
    camille, dominique = page.opened("argent"), page.opened("argent")
    page.send("argent", dominique, money__requested="7000")
    late = page.send("argent", camille, money__requested="6500,50", money__other_income="1500")
    assert late.status_code == 409
    assert '<p class="conflict-text">7000 €</p>' in late.text
    assert '<p class="conflict-text">6500,50 €</p>' in late.text
    for unsaid in ("rester", "{", "null"):
        assert unsaid not in late.text.partition('class="conflict"')[2].partition("<form")[0]
    assert page.kept()["money.requested"] == 7_000
    assert page.kept()["money.other_income"] == 1_500
    again = filled(late.text)
    assert again["money-requested"] == "6500,50"
    assert page.send("argent", again).status_code == 302
    assert str(page.kept()["money.requested"]) == "6500.5"


def test_choices_and_what_is_not_known_are_shown_in_words(page: Page) -> None:
    camille, dominique = page.opened("demandeur"), page.opened("demandeur")
    page.send("demandeur", dominique, applicant__kind="federation", applicant__country="AT")
    late = page.send("demandeur", camille, applicant__kind="?", applicant__country="BE")
    told = late.text.partition('class="conflict"')[2].partition("<form")[0]
    for words in ("Autriche", "Belgique", "Je ne sais pas", "fédération"):
        assert words in told
    assert "federation" not in told


def test_a_page_that_saves_itself_stops_at_the_question_alone_that_both_answered(page: Page) -> None:
    camille = page.opened("argent")
    page.send("argent", page.opened("argent"), money__requested="7000")
    held = {**camille, "money-requested": "6500", "money-own_cash": "800"}
    told = page.save_itself("argent", held)
    assert not told["saved"]
    assert "Quelqu’un d’autre" in told["sentence"]
    assert page.kept()["money.own_cash"] == 800
    assert page.send("argent", {**held, "shown": told["shown"]}).status_code == 409
    assert page.kept()["money.requested"] == 7_000


def test_two_people_tick_different_boxes(page: Page, project: Project) -> None:
    address = f"/projets/{project.id}/questions/domaines"
    camille, dominique = page.opened("domaines"), page.opened("domaines")
    page.browser.post(address, data={**dominique, "project-fields": ["culture", "youth"]})
    page.browser.post(address, data={**camille, "project-fields": ["sport"]})
    assert sorted(page.kept()["project.fields"]["items"]) == ["culture", "sport", "youth"]


def test_two_people_work_on_different_rows_of_a_list(page: Page) -> None:
    camille, dominique = page.opened("rencontres"), page.opened("rencontres")
    page.send("rencontres", dominique, events__0__place="Salle des fêtes", events__2__name="Marché")
    assert page.send("rencontres", camille, events__1__place="Festhalle", events__2__name="Concert").status_code == 302
    items = page.kept()["events"]["items"]
    assert [(one["id"], one["name"], one.get("place")) for one in items] == [
        ("rencontre-1", "Fête", "Salle des fêtes"),
        ("rencontre-2", "Bal", "Festhalle"),
        ("rencontre-3", "Marché", None),
        ("rencontre-4", "Concert", None),
    ]


def test_rows_without_an_identifier_are_known_by_what_they_say(page: Page) -> None:
    camille, dominique = page.opened("participants"), page.opened("participants")
    page.send("participants", dominique, participants__0__retirer="y")
    assert page.send("participants", camille, participants__1__count="35").status_code == 302
    assert page.kept()["participants"]["groups"] == [{"country": "DE", "count": 35}]


def test_a_row_that_one_person_took_away_and_the_other_changed_is_a_conflict(page: Page) -> None:
    camille, dominique = page.opened("rencontres"), page.opened("rencontres")
    page.send("rencontres", dominique, events__0__retirer="y")
    late = page.send("rencontres", camille, events__0__place="Salle des fêtes")
    assert late.status_code == 409
    assert "Lieu : Salle des fêtes" in late.text
    assert [one["name"] for one in page.kept()["events"]["items"]] == ["Bal"]
    assert page.send("rencontres", filled(late.text)).status_code == 302
    assert [one["name"] for one in page.kept()["events"]["items"]] == ["Bal", "Fête"]


def test_a_row_that_one_person_changed_and_the_other_took_away_is_a_conflict(page: Page) -> None:
    camille, dominique = page.opened("rencontres"), page.opened("rencontres")
    page.send("rencontres", dominique, events__0__place="Salle des fêtes")
    late = page.send("rencontres", camille, events__0__retirer="y")
    assert late.status_code == 409
    assert "Salle des fêtes" in late.text.partition('class="conflict"')[2].partition("<form")[0]
    assert page.send("rencontres", filled(late.text)).status_code == 302
    assert [one["name"] for one in page.kept()["events"]["items"]] == ["Bal"]


def test_a_row_cell_answered_twice_is_named_with_its_row(page: Page) -> None:
    camille, dominique = page.opened("participants"), page.opened("participants")
    page.send("participants", dominique, participants__1__count="31")
    late = page.send("participants", camille, participants__1__count="32", participants__0__count="21")
    told = late.text.partition('class="conflict"')[2].partition("<form")[0]
    assert late.status_code == 409
    assert "Ligne 2 – Nombre de personnes" in told
    assert "31 personnes" in told
    assert [one["count"] for one in page.kept()["participants"]["groups"]] == [21, 31]
    assert page.send("participants", filled(late.text)).status_code == 302
    assert [one["count"] for one in page.kept()["participants"]["groups"]] == [21, 32]


def test_two_people_answer_for_different_suggested_documents(page: Page) -> None:
    camille, dominique = page.opened("documents"), page.opened("documents")
    page.send("documents", dominique, documents__0__ready="true")
    assert page.send("documents", camille, documents__1__ready="false").status_code == 302
    assert [one["ready"] for one in page.kept()["documents"]["items"]] == [True, False]
    assert page.send("documents", camille, documents__0__ready="false").status_code == 409


def test_a_row_that_a_page_saved_itself_is_one_row_when_the_page_is_sent_again(page: Page) -> None:
    held = {**page.opened("rencontres"), "events-2-name": "Marché"}
    told = page.save_itself("rencontres", held)
    assert page.save_itself("rencontres", held)["saved"]  # sent twice, as when its answer was lost
    held |= {"shown": told["shown"], "events-2-country": "FR"}
    assert page.save_itself("rencontres", held)["saved"]
    assert [(one["name"], one["country"]) for one in page.kept()["events"]["items"]][2:] == [("Marché", "FR")]


def test_a_mark_names_only_what_the_page_held(page: Page) -> None:
    assert json.loads(page.opened("argent")["shown"]) == {"money-requested": "4500"}


def test_two_people_answer_the_same_question_in_the_same_instant(
    app: Flask, session: Session, project: Project, sign_in: SignIn
) -> None:
    visitors = [sign_in(make_member(session, project.owner_body, Role.PRESIDENT)) for _ in range(2)]
    address = f"/projets/{project.id}/questions/argent"
    session.rollback()
    gate = threading.Barrier(2)
    statuses = []

    def answer(visitor: FlaskClient, path: str, value: str) -> None:
        with app.app_context():
            gate.wait()
            statuses.append(visitor.post(address, data={path: value}).status_code)
            db.session.remove()

    for path in ("money-total_cost", "money-eligible_cost", "money-own_cash"):
        threads = [
            threading.Thread(target=answer, args=(visitor, path, value))
            for visitor, value in zip(visitors, ("7000", "8000"), strict=True)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
    assert sorted(statuses) == [302, 302, 302, 409, 409, 409]
