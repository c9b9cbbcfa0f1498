"""An adviser's own rule file: checked, compared, tried, switched on by a person; it never shadows a shipped one."""

from __future__ import annotations

import json
import re
import tomllib
from datetime import timedelta
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import update

from app.access.roles import Role
from app.funding import catalogue, deadlines
from app.funding.models import RuleFile, RuleFileState
from app.funding.services.rule_files import switch
from app.rules.language.registry import CONDITIONS, QUANTITIES
from app.rules.units import UNITS
from app.rules.vocabulary.fields import COLLECTIONS
from app.shared import clock
from tests.factories.accounts import make_account, make_adviser, make_member
from tests.factories.actions import make_project
from tests.factories.bodies import make_body
from tests.factories.funding import OWN_RULES, SOMEBODY, make_rule_file
from tests.factories.twinnings import make_twinning

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from flask.testing import FlaskClient
    from sqlalchemy.orm import Session

    from app.accounts.models import Account
    from app.documents import ics

    SignIn = Callable[[Account], FlaskClient]

URL = "/financements/regles"


@pytest.fixture
def adviser(session: Session, sign_in: SignIn) -> FlaskClient:
    body = make_body(session, "Bourg-Essai")
    twinning = make_twinning(session, body, make_body(session, "Musterdorf", country="DE"))
    make_project(session, twinning, title="Bal", facts={"money.total_cost": 3000})
    return sign_in(make_adviser(session, body))


def send(adviser: FlaskClient, text: str) -> object:
    return adviser.post(f"{URL}/nouveau", data={"file": (BytesIO(text.encode()), "regles.toml")})


def test_no_shipped_programme_looks_like_an_own_one() -> None:
    assert not [one for one in catalogue.shipped().catalogue.programmes() if one.startswith(catalogue.OWN)]


def test_a_file_is_read_tried_and_decides_nothing_yet(adviser: FlaskClient, session: Session) -> None:
    answer = send(adviser, OWN_RULES)
    page = adviser.get(answer.location).text
    assert "Fichier vérifié" in page
    assert "Bal" in page
    assert "à l’essai" in page
    assert session.query(RuleFile).one().state == RuleFileState.DRAFT
    assert "Fonds d’essai" not in adviser.get("/financements/").text


@pytest.mark.parametrize(
    "hostile",
    [
        OWN_RULES.replace('min = "1000 EUR"', "min = { product = [" + ", ".join(['"money.total_cost"'] * 3000) + "] }"),
        OWN_RULES.replace("total_cost = 2000", "total_cost = " + "9" * 5000),
        OWN_RULES.replace("https://exemple.test/reglement", "javascript:alert(1)"),
        OWN_RULES + '[[trials]]\ncriterion = "cout"\npath = "money.total_cost"\nnot_met = []\nmet = ['
        + ", ".join(["1000"] * 5000) + "]\n",
        OWN_RULES + "a = [" * 20_000,
    ],
    ids=["product", "digits", "address", "trials", "brackets"],
)  # fmt: skip
def test_a_hostile_file_is_refused_in_words_or_shown_and_stops_no_page(adviser: FlaskClient, hostile: str) -> None:
    answer = send(adviser, hostile)
    assert answer.status_code in (302, 422)
    if answer.status_code == 302:
        assert adviser.get(answer.location).status_code == 200
    assert adviser.get("/financements/").status_code == 200


def test_a_file_that_is_switched_on_joins_the_catalogue_and_leaves_it_again(
    adviser: FlaskClient, session: Session
) -> None:
    page = send(adviser, OWN_RULES).location
    assert adviser.post(f"{page}/service", data={"revision": "1"}).status_code == 302
    assert "Fonds d’essai" in adviser.get("/financements/").text
    assert "règles de cette installation" in adviser.get("/financements/local-essai/2026").text
    project = session.query(RuleFile).one()
    assert project.state == RuleFileState.ON
    adviser.post(f"{page}/service", data={"revision": "2", "arreter": "1"})
    assert adviser.get("/financements/local-essai/2026").status_code == 404


def test_a_rule_may_look_for_a_programme_that_has_no_file_here(adviser: FlaskClient, session: Session) -> None:
    rule = """[[criteria]]
id = "leader"
label = "Leader"
says = "Pas de demande à Leader."
severity = "bloquant"
source = "R1"
condition = "between"
value = { count = "requests", where = { programme = "Leader" } }
max = 0

"""
    text = OWN_RULES.replace("[amount]\n", f"{rule}[amount]\n", 1)
    text = text.replace("[conform]\n", "[conform]\nrequests = { complete = true, items = [] }\n")
    trial = """
[[trials]]
criterion = "leader"
path = "requests.items"
met = [[{ programme = "other" }]]
not_met = [[{ programme = "Leader" }]]
"""
    page = send(adviser, text + trial).location
    words = catalogue.current(session).catalogue.words
    requests = words.element("requests", "programme")
    assert words.known_as(requests, "leader") is None
    adviser.post(f"{page}/service", data={"revision": "1"})
    session.rollback()
    words = catalogue.current(session).catalogue.words
    assert session.query(RuleFile).one().state == RuleFileState.ON
    assert words.known_as(requests, "leader") == "Leader"
    assert words.known_as(requests, "Fonds d’essai") == "local-essai"


def test_a_new_version_shows_what_differs_and_takes_the_place_of_the_old(
    adviser: FlaskClient, session: Session
) -> None:
    first = send(adviser, OWN_RULES).location
    adviser.post(f"{first}/service", data={"revision": "1"})
    dearer = OWN_RULES.replace("1 000 euros", "5 000 euros").replace('min = "1000 EUR"', 'min = "5000 EUR"')
    dearer = dearer.replace('money.total_cost" = 1000', 'money.total_cost" = 5000')
    second = send(adviser, dearer).location
    page = adviser.get(second).text
    assert "règle changée" in page
    assert "Bal" in page
    assert "Non éligible" in page
    adviser.post(f"{second}/service", data={"revision": "1"})
    session.rollback()
    states = [one.state for one in session.query(RuleFile).order_by(RuleFile.id)]
    assert states == [RuleFileState.OFF, RuleFileState.ON]
    assert "règle changée" in adviser.get(second).text  # still compared with the version that it replaced


def test_a_version_that_moves_a_deadline_is_a_later_state_of_the_same_event(session: Session) -> None:
    def in_use(text: str, at: datetime) -> ics.CalendarEntry:
        kept = make_rule_file(session, text=text)
        switch(session, kept, on=True, revision=kept.revision, by=SOMEBODY, at=at)
        session.commit()
        rules = catalogue.current(session)
        found = deadlines.of_programmes(rules, ["local-essai"], today=clock.today())
        return next(one for one in found if one.uid.endswith("-closes@funding.trait-d-union"))

    text = OWN_RULES.replace("rolling = true", "opens = 2026-01-01\ncloses = 2027-03-12T17:00:00")
    before = in_use(text, clock.now())
    after = in_use(text.replace("2027-03-12", "2027-03-26"), clock.now() + timedelta(hours=1))

    assert after.uid == before.uid
    assert after.start > before.start
    assert after.stamp > before.stamp
    assert after.sequence > before.sequence


def test_a_restored_backup_brings_its_own_text_under_the_same_number(session: Session) -> None:
    kept = make_rule_file(session, text=OWN_RULES)
    switch(session, kept, on=True, revision=kept.revision, by=SOMEBODY, at=clock.now())
    session.commit()
    titles = []
    for title in ("Fonds d’essai", "Fonds d’avant"):
        session.execute(update(RuleFile).values(text=OWN_RULES.replace("Fonds d’essai", title)))
        session.commit()
        titles.append(str(catalogue.current(session).catalogue.by_id["local-essai/2026"].title))
    assert titles == ["Fonds d’essai", "Fonds d’avant"]


def test_a_file_whose_examples_lie_cannot_be_switched_on(adviser: FlaskClient) -> None:
    lying = OWN_RULES.replace('verdict = "not_eligible"', 'verdict = "eligible"')
    page = send(adviser, lying).location
    assert "Ses exemples ne donnent pas ce qu’ils annoncent" in adviser.get(page).text
    assert re.search(r"<li>ligne \d+\s: exemple «", adviser.get(page).text)
    assert "funding_rules/" not in adviser.get(page).text
    answer = adviser.post(f"{page}/service", data={"revision": "1"})
    assert answer.status_code == 422


def test_two_people_do_not_switch_at_once(adviser: FlaskClient) -> None:
    page = send(adviser, OWN_RULES).location
    assert adviser.post(f"{page}/service", data={"revision": "1"}).status_code == 302
    assert adviser.post(f"{page}/service", data={"revision": "1", "arreter": "1"}).status_code == 422
    assert adviser.post(f"{page}/service", data={"revision": "²"}).status_code == 422


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (OWN_RULES.replace('"local-essai"', '"cerv-jumelage"'), "commence par « local- »"),
        (OWN_RULES.replace('"local-essai"', '"local-../../x"'), "identifiant"),
        (OWN_RULES.replace("criteria", "criterai"), "criteria"),
        (OWN_RULES.replace('condition = "between"', 'condition = "betwen"'), "between"),
        ("programme = ", "TOML"),
        ("", "Choisissez un fichier"),
        ("programme = 3\nedition = []", "identifiant"),
        ("[" * 5000, "TOML"),
    ],
)
def test_a_bad_file_is_refused_in_words_and_its_text_is_kept(adviser: FlaskClient, text: str, said: str) -> None:
    answer = send(adviser, text)
    assert answer.status_code == 422
    assert said in answer.text


def test_a_pasted_text_is_not_lost(adviser: FlaskClient) -> None:
    answer = adviser.post(f"{URL}/nouveau", data={"text": "programme = 'x'\n# mon travail d’hier"})
    assert answer.status_code == 422
    assert "mon travail d’hier" in answer.text


def test_a_file_of_other_bytes_is_refused(adviser: FlaskClient) -> None:
    answer = adviser.post(f"{URL}/nouveau", data={"file": (BytesIO(b"\xff\xfe\x00"), "x.toml")})
    assert answer.status_code == 422
    assert "UTF-8" in answer.text


@pytest.mark.parametrize("comment", ["# " + "a" * 78 + "\n", "# " + "é" * 78 + "\n"])
def test_a_file_that_is_too_long_is_refused_as_such_and_not_read_in_part(adviser: FlaskClient, comment: str) -> None:
    long = OWN_RULES + comment * 3000
    answer = send(adviser, long)
    assert answer.status_code == 422
    assert "Ce fichier est trop long pour un fichier de règles : 150 Ko au plus." in answer.text.replace("\xa0", " ")
    assert "ce n’est pas du TOML" not in answer.text


def test_only_an_adviser_or_the_administration_keeps_rules(session: Session, sign_in: SignIn) -> None:
    make_rule_file(session)
    president = sign_in(make_member(session, make_body(session, "Bourg"), Role.PRESIDENT))
    assert president.get(URL).status_code == 403
    administration = sign_in(make_account(session, is_instance_administrator=True))
    assert administration.get(URL).status_code == 200


def test_a_link_in_a_rule_file_cannot_run_anything(adviser: FlaskClient) -> None:
    page = send(adviser, OWN_RULES.replace("https://exemple.test/reglement", "javascript:alert(1)")).location
    adviser.post(f"{page}/service", data={"revision": "1"})
    assert 'href="javascript' not in adviser.get("/financements/local-essai/2026").text


def test_the_trash_takes_a_file_out_of_use(adviser: FlaskClient) -> None:
    page = send(adviser, OWN_RULES).location
    adviser.post(f"{page}/service", data={"revision": "1"})
    adviser.post(f"{page}/corbeille")
    assert adviser.get("/financements/local-essai/2026").status_code == 404
    assert "Fonds d’essai" in adviser.get(f"{URL}?corbeille=1").text


def test_the_manual_of_the_language_is_within_reach_of_who_may_write_rules(
    adviser: FlaskClient, session: Session, sign_in: SignIn
) -> None:
    assert "/financements/regles/langage" in adviser.get("/financements/regles/nouveau").text
    page = adviser.get("/financements/regles/langage").text
    for name in [*CONDITIONS, *QUANTITIES, *UNITS, *COLLECTIONS, "avertissement", "money.requested"]:
        assert name in page
    assert "`" not in re.sub(r"<pre.*?</pre>", "", page, flags=re.DOTALL)
    assert json.loads(adviser.get("/financements/regles/schema.json").data)["type"] == "object"
    facts = json.loads(adviser.get("/financements/regles/schema-faits.json").data)
    assert {"applicant", "participants", "money"} <= facts["properties"].keys()
    text = adviser.get("/financements/regles/langage.md")
    assert "attachment" in text.headers["Content-Disposition"]
    assert all(f"`{name}`" in text.text for name in CONDITIONS)
    for name in ("schema-faits.json", "schema.json", "langage.md", "modele.toml"):
        assert f'href="/financements/regles/{name}"' in page
    assert all(f'id="{anchor}"' in page for anchor in re.findall(r'href="#(partie-[^"]+)"', page))
    model = adviser.get("/financements/regles/modele.toml")
    assert tomllib.loads(model.text)["programme"].startswith(catalogue.OWN)
    reader = sign_in(make_member(session, make_body(session, "Voisins"), Role.READER))
    closed = [
        reader.get(f"{URL}/{path}").status_code
        for path in ("langage", "schema.json", "langage.md", "schema-faits.json")
    ]
    assert closed == [403] * 4
