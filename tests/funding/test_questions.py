"""One small group of questions a page: saved at each step, incomplete as long as one likes, nothing lost."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

import pytest

from app.access.roles import Role
from app.actions.queries import facts_of, project_by_id
from app.extensions import db
from app.funding.facts import store_path
from app.funding.groups import GROUPS, group_of
from app.funding.views.questions import AUTOSAVE
from app.rules.loader import load
from app.web.typed import typed
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


@pytest.fixture
def project(session: Session) -> Project:
    town = make_body(session, "Bourg-Essai")
    return make_project(session, make_twinning(session, town, make_body(session, "Musterdorf", country="DE")))


@pytest.fixture
def browser(session: Session, project: Project, sign_in: SignIn) -> FlaskClient:
    return sign_in(make_member(session, project.owner_body, Role.PRESIDENT))


def stated(project: Project) -> dict[str, object]:
    db.session.rollback()
    found = project_by_id(db.session(), project.id)
    assert found is not None
    return {path: fact.plain if fact.is_known else "?" for path, fact in facts_of(found).items()}


def url(project: Project, group: str) -> str:
    return f"/projets/{project.id}/questions/{group}"


@pytest.mark.parametrize("group", GROUPS, ids=lambda group: group.key)
def test_every_page_of_questions_opens_and_may_be_sent_back_as_it_is(
    browser: FlaskClient, project: Project, group: object
) -> None:
    page = browser.get(url(project, group.key))
    assert page.status_code == 200
    fields = dict(re.findall(r'<input[^>]*name="([^"]+)"[^>]*value="([^"]*)"', page.text))
    kept = {
        name: value.replace("&#34;", '"') for name, value in fields.items() if not name.endswith(("inconnu", "retirer"))
    }
    for name in re.findall(
        r'type="(?:radio|checkbox)"[^>]*name="([^"]+)"|name="([^"]+)"[^>]*type="(?:radio|checkbox)"', page.text
    ):
        kept.pop(name[0] or name[1], None)
    assert browser.post(url(project, group.key), data={**kept, "rester": "1"}).status_code == 302


def test_answers_are_read_as_a_volunteer_types_them(browser: FlaskClient, project: Project) -> None:
    typed = {"money-total_cost": "12 500,50 €", "money-requested": "10 000", "rester": "1"}
    browser.post(url(project, "argent"), data=typed)
    dates = {"project-start": "12/06/2027", "project-end": "juin 2028", "submission-date": "1/3/2027 17h00"}
    browser.post(url(project, "dates"), data=dates)
    found = stated(project)
    assert str(found["money.total_cost"]) == "12500.5"
    assert found["money.requested"] == 10_000
    assert found["project.start"] == "2027-06-12"
    assert found["project.end"] == "2028-06"
    assert found["submission.date"] == "2027-03-01T17:00[Europe/Paris]"
    page = browser.get(url(project, "dates")).text
    assert 'value="12/06/2027"' in page
    assert 'value="12500,50"' in browser.get(url(project, "argent")).text
    assert 'value="01/03/2027 17:00"' in page


@pytest.mark.parametrize("typed", ["12.500", "12,500", "1.250"])
def test_a_sum_that_reads_in_two_ways_is_asked_again(browser: FlaskClient, project: Project, typed: str) -> None:
    answer = browser.post(url(project, "argent"), data={"money-requested": typed, "rester": "1"})
    assert answer.status_code == 422
    assert f"« {typed} » se lit de deux façons" in answer.text
    assert f'value="{typed}"' in answer.text
    assert stated(project) == {}


@pytest.mark.parametrize("typed", ["12.500,50", "12,500.50", "12 500,50 euros", "12500,5€"])
def test_a_sum_is_read_as_each_of_the_three_languages_writes_it(
    browser: FlaskClient, project: Project, typed: str
) -> None:
    browser.post(url(project, "argent"), data={"money-requested": typed, "rester": "1"})
    assert str(stated(project)["money.requested"]) == "12500.5"


def test_a_thousand_people_are_not_one(browser: FlaskClient, project: Project) -> None:
    browser.post(url(project, "participants"), data={"participants-total": "1.000", "rester": "1"})
    assert stated(project)["participants.total"] == 1000


def test_i_do_not_know_is_an_answer_and_is_asked_no_more(browser: FlaskClient, project: Project) -> None:
    browser.post(url(project, "argent"), data={"money-total_cost-inconnu": "y"})
    page = filled(browser.get(url(project, "projet")).text)
    browser.post(url(project, "projet"), data={**page, "project-formal_twinning": "?"})
    assert stated(project) == {"money.total_cost": "?", "project.formal_twinning": "?"}
    assert "Vous avez répondu" not in browser.get(url(project, "argent")).text


def test_what_cannot_be_read_is_said_and_nothing_typed_is_lost(browser: FlaskClient, project: Project) -> None:
    answer = browser.post(url(project, "argent"), data={"money-total_cost": "beaucoup", "money-requested": "5000"})
    assert answer.status_code == 422
    assert "« beaucoup » n’est pas un montant" in answer.text
    assert 'value="beaucoup"' in answer.text
    assert 'value="5000"' in answer.text
    assert stated(project) == {}


@pytest.mark.parametrize(
    ("group", "typed"),
    [
        ("argent", {"money-total_cost": "-5"}),
        ("argent", {"money-total_cost": "1e99"}),
        ("argent", {"money-total_cost": "NaN"}),
        ("dates", {"project-start": "31/02/2027"}),
        ("dates", {"project-start": "vers 1950"}),
        ("projet", {"project-formal_twinning": "peut-être"}),
        ("domaines", {"project-fields": ["juggling"]}),
        ("projet", {"project-target_country": "Atlantide"}),
        ("participants", {"participants-0-country": "ZZ"}),
        ("participants", {"participants-0-count": "deux"}),
        ("participants", {"participants-0-count": "2,5"}),
        ("demandeur", {"applicant-kind": "ogre"}),
    ],
)
def test_nonsense_is_refused_in_words(
    browser: FlaskClient, project: Project, group: str, typed: dict[str, object]
) -> None:
    answer = browser.post(url(project, group), data=typed)
    assert answer.status_code == 422
    assert 'class="error-summary"' in answer.text
    assert stated(project) == {}


def test_a_list_grows_row_by_row(browser: FlaskClient, project: Project) -> None:
    rows = {"participants-0-country": "DE", "participants-0-count": "34", "participants-1-country": "FR"}
    answer = browser.post(
        url(project, "participants"), data={**rows, "participants-1-count": "40", "tout": "y", "ajouter": "1"}
    )
    assert answer.status_code == 302
    assert stated(project)["participants"] == {
        "complete": True,
        "groups": [{"country": "DE", "count": 34}, {"country": "FR", "count": 40}],
    }
    page = browser.get(answer.location).text
    assert "participants-2-country" in page


def test_a_row_is_taken_out_by_its_box(browser: FlaskClient, project: Project) -> None:
    rows = {"events-0-name": "Fête", "events-0-country": "FR", "events-1-name": "Bal", "events-1-country": "DE"}
    browser.post(url(project, "rencontres"), data=rows)
    page = filled(browser.get(url(project, "rencontres")).text)
    browser.post(url(project, "rencontres"), data={**page, "events-0-retirer": "y"})
    assert stated(project)["events"]["items"] == [{"id": "rencontre-2", "name": "Bal", "country": "DE"}]


def test_what_the_records_say_is_not_stated_by_leaving_it_there(browser: FlaskClient, project: Project) -> None:
    page = browser.get(url(project, "partenaires")).text
    assert "Musterdorf" in page
    assert "d’après le dossier du jumelage" in page
    assert stated(project) == {}


def test_the_page_saves_itself(browser: FlaskClient, project: Project) -> None:
    page = filled(browser.get(url(project, "argent")).text)
    told = browser.post(
        url(project, "argent"), data={**page, "money-total_cost": "12000"}, headers={AUTOSAVE: "auto"}
    ).json
    assert told["saved"]
    assert told["sentence"].startswith("Enregistré à")
    later = {**page, "money-total_cost": "13000", "shown": told["shown"]}
    assert browser.post(url(project, "argent"), data=later, headers={AUTOSAVE: "auto"}).json["saved"]
    assert stated(project)["money.total_cost"] == 13_000


def test_a_page_that_saves_itself_says_what_is_to_be_corrected_and_keeps_the_rest(
    browser: FlaskClient, project: Project
) -> None:
    page = filled(browser.get(url(project, "participants")).text)
    typed = {"participants-total": "66", "participants-1-country": "DE", "participants-1-count": "beaucoup"}
    told = browser.post(url(project, "participants"), data={**page, **typed}, headers={AUTOSAVE: "auto"}).json
    assert not told["saved"]
    assert "Nouvelle ligne – Nombre de personnes : « beaucoup » n’est pas un nombre." in told["sentence"].replace(
        "\xa0", " "
    )
    assert "participants-1-count" in told["errors"]
    assert stated(project)["participants.total"] == 66
    corrected = {**page, **typed, "participants-1-count": "30", "shown": told["shown"]}
    assert browser.post(url(project, "participants"), data=corrected, headers={AUTOSAVE: "auto"}).json["saved"]
    assert stated(project)["participants"]["groups"] == [{"country": "DE", "count": 30}]


@pytest.mark.parametrize(
    "shown", ["nonsense", "[1]", '{"money-total_cost": [{"a": 1}]}', '{"money-total_cost": {}}', "null", "[" * 9000]
)
def test_a_mangled_mark_is_no_reason_to_fail(browser: FlaskClient, project: Project, shown: str) -> None:
    assert browser.post(url(project, "argent"), data={"money-total_cost": "1", "shown": shown}).status_code in (
        302,
        409,
    )


def test_the_next_question_is_the_one_that_decides_most(browser: FlaskClient, project: Project) -> None:
    lead = browser.get(f"/projets/{project.id}/question-suivante")
    assert re.search(r"/questions/[a-z-]+\?question=", lead.location)
    page = browser.get(lead.location)
    assert "La question qui décide le plus" in page.text


def test_who_reads_only_may_not_answer(session: Session, project: Project, sign_in: SignIn) -> None:
    reader = sign_in(make_member(session, project.owner_body, Role.READER))
    assert reader.get(f"/projets/{project.id}/questions").status_code == 200
    assert reader.get(url(project, "argent")).status_code == 403
    assert reader.post(url(project, "argent"), data={"money-total_cost": "1"}).status_code == 403
    assert reader.get(url(project, "nulle-part")).status_code == 404


def test_a_suggested_document_is_no_fact_until_somebody_answers(browser: FlaskClient, project: Project) -> None:
    page = browser.get(url(project, "documents")).text
    kinds = dict(re.findall(r'name="(documents-\d+-kind)".*?<option selected value="([a-z_]+)"', page, re.DOTALL))
    assert kinds
    browser.post(url(project, "documents"), data=kinds)
    assert "documents" not in stated(project)
    browser.post(
        url(project, "documents"), data={**kinds, "documents-0-stage": "application", "documents-0-ready": "true"}
    )
    assert stated(project)["documents"]["items"][0]["ready"] is True


def test_a_row_with_several_roles_keeps_them(session: Session, project: Project, browser: FlaskClient) -> None:
    told = {"complete": False, "items": [{"programme": "OFAJ", "role": ["applicant", "partner"]}]}
    other = make_project(session, project.twinning, facts={"requests": told})
    page = browser.get(url(other, "demandes")).text
    assert 'value="applicant,partner"' in page
    kept = {**filled(page), "requests-0-amount": "10"}
    browser.post(url(other, "demandes"), data=kept)
    assert stated(other)["requests"]["items"][0]["role"] == ["applicant", "partner"]
    assert browser.post(url(other, "demandes"), data={**kept, "requests-0-role": "applicant,ogre"}).status_code == 422


def test_the_partner_town_reads_and_answers_in_its_own_language(browser: FlaskClient, project: Project) -> None:
    browser.post("/langue", data={"language": "de", "suite": "/"})
    dates, towns = (browser.get(url(project, group)).text for group in ("dates", "partenaires"))

    assert "Erster Tag des Projekts" in dates
    assert "Deutschland" in towns
    assert "Partnerschaftskomitee" in towns
    assert "Premier jour du projet" not in dates


def test_the_question_that_decides_is_asked_in_the_language_of_the_page(browser: FlaskClient, project: Project) -> None:
    browser.post("/langue", data={"language": "de", "suite": "/"})
    page = url(project, "argent") + "?question=money.requested"
    place = f"/projets/{project.id}"
    asked, listed, every, home = (
        browser.get(one).text for one in (page, f"{place}/aides/fonds-citoyen/depuis-2020", f"{place}/aides", place)
    )

    assert "<p>Beantragter Zuschuss?</p>" in asked
    assert "Teilnehmende? Sagen Sie auch, ob die Liste vollständig ist." in every
    assert "Beantragter Zuschuss?" in listed
    assert "Beantragter Zuschuss?" in home
    assert not any(re.search(r"Subvention demandée\s\?", one) for one in (asked, listed, every, home))


def test_answers_that_could_not_be_taken_are_given_back_in_words(app: Flask) -> None:
    sent = {"money-total_cost": "12 000", "partners-0-country": "DE", "project-start": "01/02/2027", "seen": "{}"}
    with app.test_request_context("/projets/1/questions/argent", method="POST", data=sent):
        kept = typed()

    assert not any("-" in label or "_" in label for label in kept)
    assert {"Coût total du projet", "Pays de l’organisme (1)"} <= kept.keys()
    assert {"Allemagne", "1er\N{NO-BREAK SPACE}février 2027"} <= set(kept.values())


def test_every_fact_that_a_rule_reads_has_its_field(browser: FlaskClient, project: Project) -> None:
    catalogue = load()
    read = {path for one in catalogue.editions for rule in one.criteria for path in rule.reads}
    pages: dict[str, str] = {}
    for path in sorted(read):
        group = group_of(path)
        page = pages.setdefault(group.key, browser.get(url(project, group.key)).text)
        name = path.replace(".", "-")
        if group.listed and store_path(path) == group.listed:
            column = {"age": "age_min"}.get(path.partition(".")[2], path.partition(".")[2] or group.columns[0])
            name = f"{group.listed}-0-{column}"
        assert f'name="{name}"' in page, path


def test_who_goes_on_without_answering_is_led_to_another_page_and_at_last_to_the_answers(
    browser: FlaskClient, project: Project
) -> None:
    pages = []
    place = browser.get(f"/projets/{project.id}/question-suivante").location
    while "/questions/" in place:
        pages.append(place.partition("?")[0])
        assert len(pages) <= len(GROUPS)
        page = browser.get(place).text
        action = html.unescape(re.search(r'<form[^>]*action="(/projets/[^"]*/questions/[^"]*)"', page)[1])
        place = browser.get(browser.post(action, data={**filled(page), "suivante": "1"}).location).location
    assert len(pages) == len(set(pages)) > 2
    assert place == f"/projets/{project.id}/aides"
    assert "ce qui reste sans réponse peut attendre" in browser.get(place).text


def test_the_applicant_says_what_part_it_takes(browser: FlaskClient, project: Project) -> None:
    browser.post(url(project, "demandeur"), data={"applicant-role": ["sending"], "rester": "1"})
    assert stated(project)["applicant.role"] == ["sending"]
    assert re.search(
        r'<input checked[^>]*name="applicant-role"[^>]*value="sending"', browser.get(url(project, "demandeur")).text
    )
