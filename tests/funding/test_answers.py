"""What a project can have: all programmes at once, one whole, on one sheet, tried on a copy, kept for good."""

from __future__ import annotations

import json
import re
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING

import lxml.html
import pytest
from markupsafe import escape
from pypdf import PdfReader

from app.access.roles import Role
from app.actions.queries import copies_of, facts_of, project_by_id
from app.extensions import db
from app.funding import catalogue, queries
from app.funding.documents import LEVELS
from app.funding.facts import project_facts
from app.funding.models import Check, Tick
from app.funding.overview import overview
from app.funding.replay import replayed
from app.shared import clock
from app.shared.typography import NO_BREAK
from tests.factories.accounts import make_member
from tests.factories.actions import make_project
from tests.factories.bodies import make_body
from tests.factories.funding import OWN_RULES, make_check
from tests.factories.twinnings import make_twinning
from tests.support import verapdf

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from flask.testing import FlaskClient
    from sqlalchemy.orm import Session

    from app.accounts.models import Account
    from app.actions.models import Project

    SignIn = Callable[[Account], FlaskClient]

CERV = "cerv-jumelage/2024"
CONFORM = {
    "submission.date": "2024-09-10",
    "project.start": "2025-01-01",
    "project.end": "2025-09-30",
    "money.requested": 20_000,
    "partners": {"complete": True, "items": [{"id": "p", "kind": "commune", "country": "DE"}]},
    "events": {"complete": True, "items": [{"id": "r", "country": "FR", "mode": "in_person"}]},
    "participants": {"complete": True, "groups": [{"country": "DE", "count": 32}, {"country": "FR", "count": 28}]},
}


@pytest.fixture
def project(session: Session) -> Project:
    town = make_body(session, "Bourg-Essai")
    twinning = make_twinning(session, town, make_body(session, "Musterdorf", country="DE"))
    return make_project(session, twinning, facts=CONFORM)


@pytest.fixture
def browser(session: Session, project: Project, sign_in: SignIn) -> FlaskClient:
    return sign_in(make_member(session, project.owner_body, Role.PRESIDENT))


def page_of(project: Project, edition: str = CERV) -> str:
    return f"/projets/{project.id}/aides/{edition}"


def short_of_guests(session: Session, project: Project) -> Project:
    few = {"complete": True, "groups": [{"country": "DE", "count": 24}, {"country": "FR", "count": 36}]}
    return make_project(session, project.twinning, facts={**CONFORM, "participants": few})


def test_all_programmes_stand_on_one_page_the_possible_first(browser: FlaskClient, project: Project) -> None:
    page = browser.get(f"/projets/{project.id}/aides").text
    assert "CERV – Jumelage de villes, appel 2024" in page
    assert page.index("Possible (") < page.index("L’organisme financeur décide seul")


def test_the_overview_keeps_the_order_of_its_groups(project: Project) -> None:
    found = overview(catalogue.shipped(), project_facts(project), today=clock.today())
    groups = [line.group for line in found.lines]
    order = ["eligible", "nearly", "to_check", "not_eligible", "not_concerned"]
    assert groups == sorted(groups, key=order.index)


def test_the_answer_says_verdict_value_threshold_source_and_amount(browser: FlaskClient, project: Project) -> None:
    page = browser.get(page_of(project)).text
    assert "Éligible" in page
    assert "60 personnes (au moins 50 personnes)" in page
    assert "Town Twinning, EuroAccess" in page
    assert "barème à compléter" in page
    assert "Fiabilité B" in page


def test_advice_is_applied_to_a_copy_and_the_project_stays(session: Session, project: Project, sign_in: SignIn) -> None:
    short = short_of_guests(session, project)
    browser = sign_in(make_member(session, short.owner_body, Role.PRESIDENT))
    page = browser.get(page_of(short)).text
    assert "Non éligible" in page
    assert "Appliquer à une copie du projet" in page
    answer = browser.post(page_of(short) + "/essayer", data={"conseil": "0"})
    tried = browser.get(answer.location).text
    assert "Éligible, sous réserve" in tried
    db.session.rollback()
    assert project_by_id(db.session(), short.id).facts_version == short.facts_version
    (copy,) = copies_of(db.session(), short.id)
    changed = [fact for fact in facts_of(project_by_id(db.session(), copy.id)).values() if fact.origin == "advice"]
    assert changed


@pytest.mark.parametrize("rank", ["99", "", "-1", "x", "²"])
def test_advice_that_is_no_more_is_refused_in_words(browser: FlaskClient, project: Project, rank: str) -> None:
    answer = browser.post(page_of(project) + "/essayer", data={"conseil": rank})
    assert answer.status_code == 422
    assert "Ce conseil n’est plus le même" in answer.text


def test_a_kept_check_comes_out_the_same_whatever_happens_to_the_project(
    browser: FlaskClient, session: Session, project: Project
) -> None:
    kept = browser.post(page_of(project) + "/garder")
    assert kept.status_code == 302
    browser.post(f"/projets/{project.id}/questions/argent", data={"money-requested": "1"})
    page = browser.get(kept.location).text
    assert "Rejouée à l’identique" in page
    assert "Éligible" in page
    facts = json.loads(browser.get(kept.location + "/faits.json").data)
    assert facts["money"]["requested"] == 20_000
    session.rollback()
    assert replayed(session, session.query(Check).one()).is_same


@pytest.mark.parametrize("name", ["erasmus-ka210", "Twin 14", "Fonds du canton"])
def test_a_kept_check_knows_the_programmes_as_they_were_called(session: Session, project: Project, name: str) -> None:
    told = {"requests": {"complete": True, "items": [{"programme": name, "year": 2026}]}}
    other = make_project(session, project.twinning, facts=told)
    kept = make_check(session, other, "calvados-twin-14", "sans-date")
    session.commit()
    assert replayed(session, kept).is_same
    assert ("n’est pas connu d’ici" in kept.answer) is (name == "Fonds du canton")
    files = {key: mark for key, mark in kept.files.items() if key != catalogue.NAMES}
    kept.files = files
    session.commit()
    assert replayed(session, kept) is not None


def test_a_check_whose_answer_was_tampered_with_says_so(
    browser: FlaskClient, session: Session, project: Project
) -> None:
    kept = make_check(session, project)
    kept.answer = kept.answer.replace("eligible", "not_eligible")
    session.commit()
    page = browser.get(f"/verifications/{kept.id}").text
    assert "Rejouée à l’identique" not in page
    assert "Le moteur a changé depuis" in page


def test_a_check_whose_rules_cannot_be_read_any_more_still_shows_its_answer(
    browser: FlaskClient, session: Session, project: Project
) -> None:
    kept = make_check(session, project)
    texts = queries.texts_of(session, kept.files.values())
    for row in session.query(queries.RuleText).filter(queries.RuleText.sha256.in_(texts)):
        row.text = "programme = 3"
    session.commit()
    page = browser.get(f"/verifications/{kept.id}")
    assert page.status_code == 200
    assert "Participants invités" in page.text
    assert browser.get(f"/verifications/{kept.id}/fiche.pdf").status_code == 422


def test_each_rule_file_is_kept_once_however_many_checks_use_it(session: Session, project: Project) -> None:
    make_check(session, project)
    before = session.query(queries.RuleText).count()
    make_check(session, project)
    assert session.query(queries.RuleText).count() == before


def test_a_named_person_attests_what_no_machine_can_check(
    browser: FlaskClient, session: Session, project: Project
) -> None:
    answer = browser.post(page_of(project) + "/attester", data={"condition": "jumelage", "note": "charte du 3 mars"})
    page = browser.get(answer.location).text
    assert "charte du 3 mars" in page
    assert "vérifié" in page
    session.rollback()
    tick = session.query(Tick).one()
    browser.post(f"/attestations/{tick.id}/retirer")
    session.rollback()
    assert session.query(Tick).one().taken_back_at is not None
    assert "charte du 3 mars" not in browser.get(page_of(project)).text


@pytest.mark.parametrize("data", [{"condition": "nowhere"}, {}, {"condition": "jumelage", "note": "x" * 600}])
def test_an_attestation_of_nothing_is_refused(browser: FlaskClient, project: Project, data: dict[str, str]) -> None:
    assert browser.post(page_of(project) + "/attester", data=data).status_code == 422


def test_every_edition_answers_any_project(browser: FlaskClient, project: Project) -> None:
    for edition in catalogue.shipped().catalogue.editions:
        assert browser.get(page_of(project, edition.id)).status_code == 200, edition.id
        assert browser.get(f"/financements/{edition.id}").status_code == 200, edition.id


@pytest.mark.parametrize("edition", [CERV, "fonds-citoyen/depuis-2020"])
def test_the_sheet_for_the_mayor_is_one_page(browser: FlaskClient, project: Project, edition: str) -> None:
    answer = browser.get(page_of(project, edition) + "/fiche.pdf")
    assert answer.content_type == "application/pdf"
    pdf = PdfReader(BytesIO(answer.data))
    text = " ".join(pdf.pages[0].extract_text().split())
    assert len(pdf.pages) == 1
    assert "Rencontre d’essai" in text
    assert "Les règles" in text
    codes = set(re.findall(r"(?<=\s)([A-Z]+\d+)(?:, [A-Z]+\d+)* ; [ABCGU]\b", text))
    told = text.partition("Sources :")[2]
    assert codes
    assert all(f"{code} " in told for code in codes)
    assert re.search(r"Fiabilité :.*B : résumé d’un tiers", told)


def test_the_longest_edition_still_fits_on_one_page(session: Session, project: Project, sign_in: SignIn) -> None:
    longest = max(catalogue.shipped().catalogue.editions, key=lambda one: len(one.criteria) + len(one.documents))
    browser = sign_in(make_member(session, project.owner_body, Role.READER))
    answer = browser.get(page_of(project, longest.id) + "/fiche.pdf")
    assert len(PdfReader(BytesIO(answer.data)).pages) == 1
    assert len(LEVELS) > 1


def test_a_stranger_finds_nothing(session: Session, project: Project, sign_in: SignIn) -> None:
    kept = make_check(session, project)
    stranger = sign_in(make_member(session, make_body(session, "Ailleurs"), Role.CLERK))
    for path in (
        f"/projets/{project.id}/aides",
        page_of(project),
        f"/verifications/{kept.id}",
        page_of(project, "no/such"),
    ):
        assert stranger.get(path).status_code == 404


def test_kept_checks_are_all_within_reach_page_after_page(
    browser: FlaskClient, session: Session, project: Project
) -> None:
    kept = [make_check(session, project, *CERV.split("/")).id for _ in range(queries.CHECKS + 2)]
    first = browser.get(page_of(project)).text
    older = re.search(r'href="([^"]+avant=\d+)"', first)
    assert older is not None
    second = browser.get(older[1]).text

    assert f"/verifications/{kept[-1]}" in first
    assert f'/verifications/{kept[0]}"' not in first
    assert f'/verifications/{kept[0]}"' in second
    assert browser.get(page_of(project) + "?avant=x").status_code == 200


def test_who_advises_and_what_is_closed_are_not_counted_as_possible(session: Session, sign_in: SignIn) -> None:
    twinning = make_twinning(session, make_body(session, "Bourg"), make_body(session, "Mistetchko", country="UA"))
    project = make_project(session, twinning, facts={"project.start": "2027-06-20"})
    found = overview(catalogue.shipped(), project_facts(project), today=date(2026, 11, 22))
    possible = [line for group in ("eligible", "nearly", "to_check") for line in found.of(group)]

    assert {"contact-afccre", "inspire"} <= {line.edition.programme for line in found.helpers}
    assert "cerv-jumelage" in {line.edition.programme for line in found.closed}
    assert all(line.is_money and not line.is_closed for line in possible)
    page = sign_in(make_member(session, project.owner_body, Role.PRESIDENT)).get(f"/projets/{project.id}/aides").text
    assert "Aucun programme n’est certain" in page
    assert page.index("Conseils et interlocuteurs") < page.index("Appels clos")


@pytest.mark.parametrize(
    ("today", "over"), [(date(2026, 11, 22), False), (date(2027, 1, 6), False), (date(2027, 1, 7), True)]
)
def test_a_call_is_over_when_its_last_day_is_not_when_the_project_means_to_ask_too_late(
    session: Session, project: Project, today: date, *, over: bool
) -> None:
    facts = {"submission.date": "2027-03-12", "money.total_cost": 2000}
    asked = make_project(session, project.twinning, facts=facts)
    window = (
        '[window]\nopens = 2026-11-01\ncloses = 2027-01-06\nsays = "Du 1er novembre au 6 janvier."\nsource = "R1"\n'
    )
    text = OWN_RULES.replace('[window]\nrolling = true\nsource = "R1"\n', window)
    rules = catalogue.with_own(catalogue.shipped(), {"local-essai/2026": text})
    found = overview(rules, project_facts(asked), today=today)
    line = next(line for line in found.lines if line.edition.programme == "local-essai")

    assert line.is_closed is over
    assert (line in found.closed) is over
    if not over:
        assert line in found.of("nearly")
        assert "le 6 janvier 2027" in line.one_change.replace(NO_BREAK, " ")


def test_the_catalogue_says_open_only_of_what_is_known_to_be(browser: FlaskClient) -> None:
    still_open = browser.get("/financements/?etat=open").text
    assert "Bayreuth" not in still_open
    assert "Fonds citoyen franco-allemand" in still_open
    assert "à 12 h 00 (heure de Prague)" in browser.get("/financements/visegrad/2024").text
    assert "Bayreuth" in browser.get("/financements/?etat=unknown").text


def test_the_catalogue_is_searched_and_filtered(browser: FlaskClient) -> None:
    assert "CERV" in browser.get("/financements/?q=cerv+eacea").text
    assert "Aucun programme ne répond" in browser.get("/financements/?q=zzzzz").text
    assert browser.get("/financements/?nature=nonsense&etat=nonsense").status_code == 200
    assert "Fonds citoyen" in browser.get("/financements/?q=citoyen&nature=cash&etat=open").text
    assert browser.get("/financements/cerv-jumelage").status_code == 302
    assert browser.get("/financements/nulle-part").status_code == 404


def test_the_reader_s_page_names_every_rule_with_its_source(browser: FlaskClient) -> None:
    page = browser.get(f"/financements/{CERV}").text
    edition = catalogue.shipped().edition("cerv-jumelage", "2024")
    for criterion in edition.criteria:
        assert str(escape(criterion.says)).replace(NO_BREAK, " ") in page
    assert re.search(r'href="https://www.euro-access.eu[^"]*" rel="noreferrer"', page)
    assert "17 h 00" in page


@pytest.mark.once
def test_the_sheet_is_accessible_and_archival(browser: FlaskClient, project: Project, tmp_path: Path) -> None:
    made = tmp_path / "fiche.pdf"
    made.write_bytes(browser.get(page_of(project) + "/fiche.pdf").data)
    assert verapdf.complaints(made) == ""


@pytest.mark.parametrize(
    "page", ["/financements/", f"/financements/{CERV}", "{project}", "{project}/aides", f"{{project}}/aides/{CERV}"]
)
def test_what_the_rules_say_is_marked_as_french_on_an_english_page(
    browser: FlaskClient, project: Project, page: str
) -> None:
    browser.post("/langue", data={"language": "en", "suite": "/"})
    answer = browser.get(page.format(project=f"/projets/{project.id}"))

    tree = lxml.html.fromstring(answer.text)
    assert tree.get("lang") == "en"
    (main,) = tree.xpath("//main")
    for one in main.xpath(".//*[@lang='fr']"):
        one.drop_tree()
    spoken = main.text_content()
    edition = catalogue.shipped().edition("cerv-jumelage", "2024")
    french = [edition.title, edition.summary, *(one.says for one in edition.criteria), "Montant", "Éligible"]
    assert [text for text in french if text in spoken] == []
    assert not re.search(r"\b(au plus|au moins|demandeur compris|ne vont pas ensemble|lu le)\b", spoken)
    assert not re.search(r"\d{4}-\d{2}-\d{2}", spoken)


def test_the_page_says_how_far_advice_was_looked_for(session: Session, project: Project, sign_in: SignIn) -> None:
    short = short_of_guests(session, project)
    browser = sign_in(make_member(session, short.owner_body, Role.PRESIDENT))
    assert re.search(r"Cherché en \d+ essais?, (?:50|100|150|200) au plus\.", browser.get(page_of(short)).text)
    abroad = make_project(session, project.twinning, facts={**CONFORM, "submission.date": "2024-10-01"})
    answer = browser.get(page_of(abroad)).text
    assert re.search(r"Aucun changement .+ \(\d+ essais?, 50 au plus\)\.", answer)
    assert "0 au plus" not in browser.get(page_of(project)).text


def test_the_page_says_what_a_change_leaves_to_be_checked(session: Session, project: Project, sign_in: SignIn) -> None:
    facts = {
        "submission.date": "2027-03-01",
        "project.start": "2027-09-01",
        "project.end": "2028-08-31",
        "money.requested": 30_000,
        "money.total_cost": 28_000,
        "partners": {"complete": True, "items": [{"id": "p", "kind": "association", "country": "PL"}]},
        "events": {"complete": True, "items": [{"id": "r", "country": "PL", "mode": "in_person"}]},
    }
    late = make_project(session, project.twinning, facts=facts)
    browser = sign_in(make_member(session, late.owner_body, Role.PRESIDENT))

    page = browser.get(page_of(late, "erasmus-ka210/2026")).text.replace("\N{NARROW NO-BREAK SPACE}", " ")

    assert re.search(r"Lève ce qui bloque ; restera à vérifier.: [^<]*Année de la demande", page)
