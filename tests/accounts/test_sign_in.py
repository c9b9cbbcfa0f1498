"""Coming in and going out, as a browser sees it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, select

from app import create_app
from app.accounts import credentials, queries
from app.accounts.models import Account, Role, Token
from app.audit.models import JournalEntry
from app.database.unit import writing
from app.extensions import db
from app.mail.models import OutboxMessage
from app.shared import clock
from tests.factories.accounts import make_account, make_grant, make_member, make_own_body

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask
    from flask.testing import FlaskClient
    from sqlalchemy.orm import Session


def ask(client: FlaskClient, email: str, **more: str) -> OutboxMessage | None:
    """Ask for a link and give back the letter, if one was written."""
    answer = client.post("/connexion", data={"email": email, **more})
    assert answer.status_code == 302
    db.session.rollback()
    return db.session.scalar(select(OutboxMessage).order_by(OutboxMessage.id.desc()))


def link_of(letter: OutboxMessage) -> str:
    return re.search(r"https?://[^/]+(/connexion/lien/\S+)", letter.text)[1]


def code_of(letter: OutboxMessage) -> str:
    return re.search(r"\b(\d{4} \d{4})\b", letter.text)[1]


def is_in(client: FlaskClient) -> bool:
    return client.get("/connexion").status_code == 302


def test_opening_the_link_uses_nothing_up_and_the_button_lets_in_once(client: FlaskClient, session: Session) -> None:
    account = make_account(session)
    letter = ask(client, account.email.upper() + " ")
    link = link_of(letter)
    for _ in range(3):  # a mail scanner, a preview, the person
        page = client.get(link)
        assert page.status_code == 200
        assert "Entrer maintenant" in page.text
        assert account.email in page.text
    assert not is_in(client)
    assert client.post(link).status_code == 302
    assert is_in(client)
    client.post("/deconnexion")
    assert not is_in(client)
    for answer in (client.post(link), client.get(link)):
        assert answer.status_code == 410
        assert "Ce lien de connexion a déjà servi" in answer.text


def test_nobody_is_told_to_wait_for_a_letter_that_cannot_leave(
    app: Flask, client: FlaskClient, session: Session
) -> None:
    account = make_account(session)
    for mail_host, told in (("", "Aucun message ne part d’ici"), ("smtp.exemple.test", "Regardez vos messages")):
        app.config["SETTINGS"] = replace(app.config["SETTINGS"], mail_host=mail_host, demonstration=False)
        ask(client, account.email)
        page = client.get("/connexion/code").text
        assert f"<h1>{told}</h1>" in page
        assert ("script/flask accounts link" in page) is (not mail_host)


def test_the_short_code_may_be_typed_instead(client: FlaskClient, session: Session) -> None:
    letter = ask(client, make_account(session).email)
    page = client.post("/connexion/code", data={"code": "0000 0000"})
    assert page.status_code == 422
    assert "Ce code n’est pas celui" in page.text
    assert client.post("/connexion/code", data={"code": code_of(letter)}).status_code == 302
    assert is_in(client)


def test_a_code_is_worth_nothing_after_five_wrong_tries(client: FlaskClient, session: Session) -> None:
    letter = ask(client, make_account(session).email)
    for _ in range(5):
        client.post("/connexion/code", data={"code": "1"})
    assert client.post("/connexion/code", data={"code": code_of(letter)}).status_code == 422
    assert client.post(link_of(letter)).status_code == 302  # the link has entropy enough


def test_an_unknown_address_gets_the_same_answer(client: FlaskClient, session: Session) -> None:
    known = make_account(session)
    first = client.post("/connexion", data={"email": known.email})
    page = client.get("/connexion/code").text.replace(known.email, "X")
    second = client.post("/connexion", data={"email": "inconnue@exemple.test"})
    other = client.get("/connexion/code").text.replace("inconnue@exemple.test", "X")
    assert (first.status_code, first.location) == (second.status_code, second.location)
    assert page == other
    session.rollback()
    assert session.scalar(select(func.count()).select_from(OutboxMessage)) == 1
    assert session.scalar(select(func.count()).select_from(Token)) == 2  # the same work was done


def test_only_hashes_are_kept(client: FlaskClient, session: Session) -> None:
    letter = ask(client, make_account(session).email)
    token = session.scalar(select(Token))
    secret = link_of(letter).rsplit("/", 1)[1]
    kept = f"{token.link_hash} {token.code_hash}"
    assert secret not in kept
    assert code_of(letter).replace(" ", "") not in kept


def test_an_old_link_is_over(client: FlaskClient, session: Session) -> None:
    letter = ask(client, make_account(session).email)
    with writing() as unit:
        token = unit.scalar(select(Token))
        token.expires_at = token.created_at - timedelta(seconds=1)
    page = client.get(link_of(letter))
    assert page.status_code == 410
    assert "Ce lien de connexion a expiré : il ne valait que trente minutes." in page.text
    assert "Demander un autre message" in page.text


def test_asking_too_often_is_refused_whether_or_not_the_address_is_known(client: FlaskClient) -> None:
    for _ in range(5):
        assert client.post("/connexion", data={"email": "toujours@exemple.test"}).status_code == 302
    answer = client.post("/connexion", data={"email": "toujours@exemple.test"})
    assert answer.status_code == 429
    assert "quart d’heure" in answer.text


@pytest.mark.parametrize("typed", ["", "pas une adresse", "a@b\r\nBcc: x@y.fr", "x" * 400 + "@exemple.fr"])
def test_what_is_no_address_is_said_gently(client: FlaskClient, typed: str) -> None:
    answer = client.post("/connexion", data={"email": typed})
    assert answer.status_code == 422


@pytest.mark.parametrize(
    "target",
    ["https://ailleurs.example/", "//ailleurs.example", "/\\ailleurs.example", "javascript:alert(1)", "/a\tb", "\n//x"],
)
def test_nobody_is_sent_to_another_site(client: FlaskClient, session: Session, target: str) -> None:
    letter = ask(client, make_account(session).email, suite=target)
    assert client.post(link_of(letter)).location == "/"


def test_one_arrives_where_one_wanted_to_go(client: FlaskClient, session: Session) -> None:
    letter = ask(client, make_account(session).email, suite="/jumelages?tri=nom")
    elsewhere = client.application.test_client()  # the letter is opened on the telephone
    assert elsewhere.post(link_of(letter)).location == "/jumelages?tri=nom"


def test_the_letter_speaks_the_persons_language_and_the_installations_address(
    client: FlaskClient, session: Session, settings: object
) -> None:
    account = make_account(session, language="en")
    answer = client.post("/connexion", data={"email": account.email}, headers={"Host": "mechant.example"})
    assert answer.status_code == 302
    session.rollback()
    letter = session.scalar(select(OutboxMessage))
    assert letter.language == "en"
    assert "mechant" not in letter.text
    assert settings.base_url in letter.text


def test_a_session_begins_anew_at_sign_in(client: FlaskClient, session: Session) -> None:
    with client.session_transaction() as cookie:
        cookie.update(csrf_token="planted")  # noqa: S106  # what an attacker would plant
        cookie["planted"] = "by somebody"
    letter = ask(client, make_account(session).email)
    client.post(link_of(letter))
    with client.session_transaction() as cookie:
        assert "planted" not in cookie
        assert cookie.get("csrf_token") != "planted"


def test_a_closed_account_is_out_at_once(
    client: FlaskClient, session: Session, sign_in: Callable[[Account], FlaskClient]
) -> None:
    account = make_account(session)
    sign_in(account)
    assert is_in(client)
    account.closed_at = account.created_at
    session.commit()
    assert not is_in(client)
    assert ask(client, account.email) is None


def test_a_role_that_has_ended_opens_nothing(
    client: FlaskClient, session: Session, sign_in: Callable[[Account], FlaskClient], app: Flask
) -> None:
    body = make_own_body(session)
    account = make_account(session)
    grant = make_grant(session, account, body, Role.MAYOR)
    sign_in(account)
    identify = app.extensions["identify"]
    with client:
        client.get("/connexion")
        assert identify(session).body_ids == {body.id}
        grant.until = date(2021, 1, 1)
        session.commit()
        assert identify(session).body_ids == frozenset()


def test_a_password_lets_in_and_a_wrong_one_says_nothing(client: FlaskClient, session: Session) -> None:
    account = make_account(session, password_hash=credentials.hash_password("quatre mots bien longs"))
    wrong = client.post("/connexion/mot-de-passe", data={"email": account.email, "password": "autre chose"})
    unknown = client.post("/connexion/mot-de-passe", data={"email": "inconnu@exemple.test", "password": "autre chose"})
    assert wrong.status_code == unknown.status_code == 422
    assert "ne vont pas ensemble" in wrong.text
    assert wrong.text.replace(account.email, "X") == unknown.text.replace("inconnu@exemple.test", "X")
    right = client.post("/connexion/mot-de-passe", data={"email": account.email, "password": "quatre mots bien longs"})
    assert right.status_code == 302
    assert is_in(client)


def test_an_account_without_password_refuses_every_password(client: FlaskClient, session: Session) -> None:
    account = make_account(session)
    answer = client.post("/connexion/mot-de-passe", data={"email": account.email, "password": "quoi que ce soit"})
    assert answer.status_code == 422


def test_passwords_cannot_be_tried_without_end(client: FlaskClient, session: Session) -> None:
    account = make_account(session, password_hash=credentials.hash_password("quatre mots bien longs"))
    statuses = [
        client.post("/connexion/mot-de-passe", data={"email": account.email, "password": "x"}).status_code
        for _ in range(11)
    ]
    assert statuses == [422] * 10 + [429]
    right = client.post("/connexion/mot-de-passe", data={"email": account.email, "password": "quatre mots bien longs"})
    assert right.status_code == 429


def test_who_runs_the_installation_is_introduced_though_without_a_role(session: Session) -> None:
    body = make_own_body(session)
    member = make_member(session, body, is_persona=True, persona_rank=1)
    runs = make_account(session, is_persona=True, persona_rank=2, is_instance_administrator=True)
    make_account(session, is_persona=True, persona_rank=3)
    session.commit()
    assert [one.id for one in queries.personas(session, on=clock.today())] == [member.id, runs.id]


def test_the_personas_exist_in_the_demonstration_only(settings: object, session: Session) -> None:
    body = make_own_body(session)
    persona = make_member(session, body, is_persona=True, persona_rank=1)
    real = make_member(session, body)
    for demonstration, found in ((False, 404), (True, 302)):
        app = create_app(replace(settings, demonstration=demonstration))
        app.config["WTF_CSRF_ENABLED"] = False
        client = app.test_client()
        assert client.get("/demonstration").status_code == (200 if demonstration else 404)
        assert client.post(f"/demonstration/entrer/{real.id}").status_code == 404
        assert client.post(f"/demonstration/entrer/{persona.id}").status_code == found
        with app.app_context():
            db.session.remove()
            db.engine.dispose()


def test_the_sign_in_is_in_the_journal(client: FlaskClient, session: Session) -> None:
    account = make_account(session)
    client.post(link_of(ask(client, account.email)))
    session.rollback()
    entry = session.scalar(select(JournalEntry))
    assert (entry.action, entry.actor_id) == ("accounts.signed_in", account.id)


def test_the_first_administrator_is_named_at_the_command_line(app: Flask, session: Session) -> None:
    done = app.test_cli_runner().invoke(args=["accounts", "first-administrator", "Maire@Exemple.test"])
    assert done.exit_code == 0, done.output
    session.rollback()
    assert session.scalar(select(Account)).is_instance_administrator
    again = app.test_cli_runner().invoke(args=["accounts", "first-administrator", "maire@exemple.test"])
    assert again.exit_code == 0
    wrong = app.test_cli_runner().invoke(args=["accounts", "first-administrator", "maire"])
    assert wrong.exit_code == 2
    assert "adresse électronique" in wrong.output
    code = app.test_cli_runner().invoke(args=["accounts", "first-administrator", "a@b.test", "--name", "<b>x</b>"])
    assert code.exit_code == 2


def test_one_changes_language_before_and_after_signing_in(
    client: FlaskClient, session: Session, sign_in: Callable[[Account], FlaskClient]
) -> None:
    client.post("/langue", data={"language": "de", "suite": "/connexion"})
    assert '<html lang="de"' in client.get("/connexion").text
    account = make_account(session)
    sign_in(account)
    assert client.post("/langue", data={"language": "en", "suite": "//x.example"}).location == "/"
    session.rollback()
    assert session.get(Account, account.id).language == "en"


def test_one_looks_in_the_name_of_ones_own_bodies_only(
    client: FlaskClient, session: Session, sign_in: Callable[[Account], FlaskClient]
) -> None:
    mine, other = make_own_body(session), make_own_body(session)
    account = make_member(session, mine)
    stranger = make_own_body(session)
    make_grant(session, account, other)
    sign_in(account)
    client.post("/compte/organisme", data={"body_id": other.id})
    session.rollback()
    assert session.get(Account, account.id).current_body_id == other.id
    client.post("/compte/organisme", data={"body_id": stranger.id})
    session.rollback()
    assert session.get(Account, account.id).current_body_id == other.id


def test_who_is_known_by_an_address_alone_is_asked_their_name_and_goes_on(
    app: Flask, session: Session, sign_in: Callable[[Account], FlaskClient]
) -> None:
    app.test_cli_runner().invoke(args=["accounts", "first-administrator", "maire@exemple.test"])
    account = session.scalars(select(Account).where(Account.email == "maire@exemple.test")).one()
    account.language = "de"
    session.commit()
    browser = sign_in(account)
    assert 'name="accueil"' in browser.get("/").text
    assert 'value="maire@exemple.test"' not in browser.get("/compte").text
    empty = browser.post("/compte", data={"accueil": "1", "name": " "})
    assert empty.status_code == 422
    named = browser.post("/compte", data={"accueil": "1", "name": "Odile Dupré"})
    assert named.headers["Location"] == "/"
    assert 'name="accueil"' not in browser.get("/").text
    session.expire_all()
    assert (account.name, account.language) == ("Odile Dupré", "de")
