"""Deadlines: calendars that can be revoked, and letters that say each thing once."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from app.access.roles import Role
from app.database.unit import writing
from app.documents import ics
from app.extensions import db
from app.funding import catalogue, deadlines
from app.funding.models import SeenEdition, SentAlert, Watch
from app.funding.services.alerts import send_alerts
from app.mail.models import OutboxMessage
from tests.factories.accounts import make_member
from tests.factories.actions import make_project
from tests.factories.bodies import make_body
from tests.factories.funding import OWN_RULES, make_deadline_feed
from tests.factories.twinnings import make_twinning
from tests.support.forms import filled
from tests.support.together import at_the_same_moment

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask
    from flask.testing import FlaskClient
    from sqlalchemy.orm import Session

    from app.accounts.models import Account
    from app.funding.catalogue import Rules

    SignIn = Callable[[Account], FlaskClient]

HERE = "https://traitdunion.test"


def at(day: str) -> datetime:
    return datetime.combine(date.fromisoformat(day), datetime.min.time(), UTC).replace(hour=9)


def rules_closing(text: str = "2027-09-15T17:00:00", opens: str = "2027-04-01") -> Rules:
    window = f'[window]\nopens = {opens}\ncloses = {text}\nsource = "R1"\n'
    changed = OWN_RULES.replace('[window]\nrolling = true\nsource = "R1"\n', window)
    shipped = catalogue.shipped()
    bare = replace(shipped, catalogue=replace(shipped.catalogue, editions=(), by_id={}))
    return catalogue.with_own(bare, {"local-essai/2026": changed})


@pytest.fixture
def follower(session: Session) -> Account:
    account = make_member(session, make_body(session, "Bourg-Essai"), Role.PRESIDENT)
    session.add(Watch(account_id=account.id, programme="local-essai", since=at("2026-01-01")))
    session.commit()
    return account


def letters(session: Session) -> list[str]:
    return [one.subject for one in session.query(OutboxMessage).order_by(OutboxMessage.id)]


def test_who_follows_is_told_of_the_opening_and_sixty_thirty_and_seven_days_before(
    app: Flask, session: Session, follower: Account
) -> None:
    del app, follower
    rules = rules_closing()
    days = [
        "2027-03-31",
        "2027-04-01",
        "2027-04-02",
        "2027-07-17",
        "2027-07-18",
        "2027-08-16",
        "2027-09-08",
        "2027-09-16",
    ]
    told = [send_alerts(session, rules, address=HERE, at=at(day)) for day in days]
    assert told == [0, 1, 0, 1, 0, 1, 1, 0]
    assert [one.split(" :")[0] for one in letters(session)] == [
        "Ouvert",
        "Dans 60 jours",
        "Dans 30 jours",
        "Dans 7 jours",
    ]


def test_running_the_command_again_tells_nothing_twice(app: Flask, session: Session, follower: Account) -> None:
    del follower
    send_alerts(session, rules_closing(), address=HERE, at=at("2027-07-17"))
    session.commit()
    before = session.query(SentAlert).count()
    for _ in range(2):
        assert app.test_cli_runner().invoke(args=["funding", "alerts"]).exit_code == 0
    assert send_alerts(session, rules_closing(), address=HERE, at=at("2027-07-17")) == 0
    assert session.query(SentAlert).count() == before


def test_a_missed_day_is_made_up_for_with_the_true_number_of_days(
    app: Flask, session: Session, follower: Account
) -> None:
    del app, follower
    send_alerts(session, rules_closing(), address=HERE, at=at("2027-09-11"))
    assert letters(session)[0].startswith("Dans 4 jours")
    assert len(letters(session)) == 1


def test_the_last_days_are_called_by_their_name_until_the_hour_has_passed(
    app: Flask, session: Session, follower: Account
) -> None:
    del app, follower
    rules = rules_closing()
    assert send_alerts(session, rules, address=HERE, at=at("2027-09-15")) == 1
    other = make_member(session, make_body(session, "Autre-Essai"), Role.PRESIDENT)
    session.add(Watch(account_id=other.id, programme="local-essai", since=at("2027-09-14")))
    assert send_alerts(session, rules, address=HERE, at=at("2027-09-15") + timedelta(hours=9)) == 0
    assert send_alerts(session, rules, address=HERE, at=at("2027-09-14")) == 1
    assert [one.partition(" :")[0] for one in letters(session)] == ["Dernier jour", "Demain au plus tard"]


def test_the_first_edition_of_a_programme_is_no_news_to_who_follows_it(
    app: Flask, session: Session, follower: Account
) -> None:
    del app, follower
    session.add(SeenEdition(edition="autre/2026", sha256="0" * 64, seen_at=at("2026-12-01")))
    assert send_alerts(session, rules_closing(), address=HERE, at=at("2026-12-02")) == 0


def test_a_rule_that_changes_is_told_and_the_first_look_is_silent(
    app: Flask, session: Session, follower: Account
) -> None:
    del app, follower
    quiet = "2026-12-01"
    assert send_alerts(session, rules_closing(), address=HERE, at=at(quiet)) == 0
    assert session.query(SeenEdition).count() == 1
    moved = rules_closing("2027-09-20T17:00:00")
    assert send_alerts(session, moved, address=HERE, at=at(quiet)) == 1
    assert send_alerts(session, moved, address=HERE, at=at(quiet)) == 0
    assert letters(session)[0].startswith("Règles changées")


def test_who_follows_no_more_is_told_no_more(app: Flask, session: Session, follower: Account, sign_in: SignIn) -> None:
    del app
    browser = sign_in(follower)
    browser.post("/financements/cerv-jumelage/suivre")
    browser.post("/financements/cerv-jumelage/suivre", data={"fin": "1"})
    session.rollback()
    watch = session.query(Watch).filter_by(programme="cerv-jumelage").one()
    assert watch.ended_at is not None
    browser.post("/financements/cerv-jumelage/suivre")
    session.rollback()
    assert session.query(Watch).filter_by(programme="cerv-jumelage").one().ended_at is None


def test_a_button_pressed_twice_follows_once(app: Flask, session: Session, sign_in: SignIn) -> None:
    account = make_member(session, make_body(session, "Bourg-Presse"), Role.PRESIDENT)
    browsers = [sign_in(account), sign_in(account)]
    number = account.id
    session.rollback()
    gate = threading.Barrier(2)
    statuses = []

    def press(browser: FlaskClient) -> None:
        with app.app_context():
            gate.wait()
            statuses.append(browser.post("/financements/cerv-jumelage/suivre").status_code)
            db.session.remove()

    threads = [threading.Thread(target=press, args=(browser,)) for browser in browsers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert statuses == [302, 302]
    assert session.query(Watch).filter_by(account_id=number).count() == 1


def test_two_runs_of_the_alerts_at_once_tell_everything_once(app: Flask, session: Session, follower: Account) -> None:
    rules, address = rules_closing(), follower.email

    def run() -> int:
        with writing() as unit:
            return send_alerts(unit, rules, address=HERE, at=at("2027-07-17"))

    session.rollback()
    assert at_the_same_moment(app, OutboxMessage, run, run) == (1, 0)
    session.rollback()
    assert [one.to_address for one in session.query(OutboxMessage)] == [address]


def test_the_letter_is_in_the_language_of_its_reader_and_leads_to_the_page(
    app: Flask, session: Session, follower: Account
) -> None:
    del app
    send_alerts(session, rules_closing(), address=HERE, at=at("2027-07-17"))
    letter = session.query(OutboxMessage).one()
    assert letter.to_address == follower.email
    assert f"{HERE}/financements/local-essai/2026" in letter.text
    assert "15 septembre 2027 à 17 h 00" in letter.text.replace("\xa0", " ")


def test_a_calendar_of_deadlines_is_read_without_signing_in_until_it_is_revoked(
    session: Session, sign_in: SignIn, client: FlaskClient
) -> None:
    account = make_member(session, make_body(session, "Bourg-Essai"), Role.PRESIDENT)
    browser = sign_in(account)
    browser.post("/financements/agendas/nouveau", data={"label": "Mairie", "programme": ["cerv-jumelage"]})
    page = browser.get("/financements/agendas").text
    token = page.split("/echeances/")[1][:32]
    answer = client.get(f"/echeances/{token}.ics")
    found = ics.read(answer.data)
    assert any("appel 2024" in one.summary for one in found.entries)
    assert all("Fonds citoyen" not in one.summary for one in found.entries)
    unchanged = client.get(f"/echeances/{token}.ics", headers={"If-None-Match": answer.headers["ETag"]})
    assert unchanged.status_code == 304
    feed_id = page.split("/financements/agendas/")[-1].split("/")[0]
    browser.post(f"/financements/agendas/{feed_id}/retirer")
    assert client.get(f"/echeances/{token}.ics").status_code == 404


def test_dates_that_come_back_every_year_are_in_the_calendar_and_are_told(
    app: Flask, session: Session, follower: Account
) -> None:
    entries = deadlines.of_programmes(catalogue.shipped(), ["visegrad"], today=date(2026, 11, 22))
    days = {str(one.start.date()) for one in entries if "round" in one.uid and isinstance(one.start, datetime)}
    assert {"2027-02-01", "2027-06-01", "2027-10-01"} <= days

    session.add(Watch(account_id=follower.id, programme="visegrad", since=at("2026-01-01")))
    session.commit()
    with app.test_request_context():
        send_alerts(session, catalogue.shipped(), address=HERE, at=at("2027-01-25"))
        session.commit()
    assert any("Dans 7 jours" in one and "Visegr" in one for one in letters(session))


def test_the_sessions_that_the_start_of_a_project_chooses_are_in_the_calendar_and_are_told(
    app: Flask, session: Session, follower: Account
) -> None:
    entries = deadlines.of_programmes(catalogue.shipped(), ["erasmus-ka210"], today=date(2026, 11, 22))
    starts = {str(one.start)[:16] for one in entries}
    assert "2027-03-05 12:00" in starts

    session.add(Watch(account_id=follower.id, programme="erasmus-ka210", since=at("2026-01-01")))
    session.commit()
    with app.test_request_context():
        send_alerts(session, catalogue.shipped(), address=HERE, at=at("2027-02-26"))
        session.commit()
    assert any("Dans 7 jours" in one and "KA210" in one for one in letters(session))


def test_an_edition_that_another_replaced_announces_no_deadline_any_more() -> None:
    entries = deadlines.of_programmes(catalogue.shipped(), ["visegrad"], today=date(2026, 11, 22))
    rounds = [str(one.start) for one in entries if "round" in one.uid]
    assert len(rounds) == len(set(rounds))


def test_the_calendar_of_a_project_is_that_of_what_it_may_have(session: Session, client: FlaskClient) -> None:
    twinning = make_twinning(session, make_body(session, "A"), make_body(session, "B", country="DE"))
    project = make_project(
        session,
        twinning,
        facts={"project.start": "2027-06-20", "project.end": "2027-06-22", "money.eligible_cost": 10_000},
    )
    feed = make_deadline_feed(session, project_id=project.id)
    found = ics.read(client.get(f"/echeances/{feed.token}.ics").data)
    assert any("Remettre les comptes" in one.summary for one in found.entries)


def test_who_leaves_a_body_keeps_their_own_calendars_and_leaves_it_those_of_its_projects(
    session: Session, sign_in: SignIn, client: FlaskClient
) -> None:
    town = make_body(session, "A")
    project = make_project(session, make_twinning(session, town, make_body(session, "B", country="DE")))
    colleague, leaver = (make_member(session, town, role) for role in (Role.PRESIDENT, Role.SECRETARY))
    given = {"created_by_id": leaver.id, "created_by_name": leaver.name}
    shared = make_deadline_feed(session, project_id=project.id, label="Dates du projet", **given)
    make_deadline_feed(session, token="f" * 32, label="Programmes suivis", **given)
    assert "Dates du projet" in sign_in(leaver).get("/financements/agendas").text
    for grant in leaver.grants:
        grant.until = date(2020, 1, 1)
    session.commit()

    browser = sign_in(leaver)
    page = browser.get("/financements/agendas").text
    assert "Programmes suivis" in page
    assert "Dates du projet" not in page
    assert browser.post(f"/financements/agendas/{shared.id}/retirer").status_code in {403, 404}
    assert "Dates du projet" in sign_in(colleague).get("/financements/agendas").text
    assert client.get(f"/echeances/{shared.token}.ics").status_code == 200


def test_a_date_that_moves_with_the_project_is_told_as_a_later_state_of_the_same_event(
    session: Session, sign_in: SignIn
) -> None:
    twinning = make_twinning(session, make_body(session, "A"), make_body(session, "B", country="DE"))
    project = make_project(session, twinning, facts={"project.start": "2027-06-20", "project.end": "2027-06-22"})
    feed = make_deadline_feed(session, project_id=project.id)
    visitor = sign_in(make_member(session, project.owner_body, Role.PRESIDENT))

    def report() -> ics.CalendarEntry:
        found = ics.read(visitor.get(f"/echeances/{feed.token}.ics").data).entries
        return next(one for one in found if "Remettre les comptes" in one.summary)

    before = report()
    address = f"/projets/{project.id}/questions/dates"
    sent = {**filled(visitor.get(address).text), "project-start": "2027-06-27", "project-end": "2027-06-29"}
    assert visitor.post(address, data=sent).status_code == 302
    after = report()
    assert after.uid == before.uid
    assert (before.start, after.start) == (date(2027, 8, 22), date(2027, 8, 29))
    assert after.sequence > before.sequence


def test_a_calendar_needs_a_name(session: Session, sign_in: SignIn) -> None:
    browser = sign_in(make_member(session, make_body(session, "Bourg-Essai"), Role.PRESIDENT))
    answer = browser.post("/financements/agendas/nouveau", data={"label": " ", "programme": ["zzz"]})
    assert answer.status_code == 422
    assert "Donnez un nom" in answer.text
