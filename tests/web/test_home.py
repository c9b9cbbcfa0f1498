"""The home page tells each person what they may do, and the rest as what others do."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import select

from app.bodies.models import Body
from tests.factories.accounts import Role, make_account, make_adviser, make_member, make_own_body
from tests.factories.conventions import make_convention
from tests.factories.council import make_act

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.testing import FlaskClient
    from sqlalchemy.orm import Session

    from app.accounts.models import Account

    SignIn = Callable[[Account], FlaskClient]


def lists(page: str) -> tuple[str, str]:
    todo, waiting = page.split("En attente des autres", 1)
    return todo, waiting


def test_who_may_only_read_is_told_to_do_nothing(session: Session, sign_in: SignIn) -> None:
    text = make_convention(session)[0]
    town = session.scalars(select(Body).where(Body.name == "Sailly-lez-Lannoy")).one()
    for account in (make_adviser(session, town), make_member(session, town, Role.READER)):
        page = sign_in(account).get("/").text
        todo, waiting = lists(page)
        assert "Rien à faire aujourd’hui." in todo
        theirs = page.partition('id="conseilles"')[2].partition("</section>")[0] or waiting
        assert f"/conventions/{text.id}" in theirs
        assert f"/jumelages/{text.twinnings[0].id}" in theirs


def test_only_who_may_open_a_dossier_is_offered_to_open_the_first(session: Session, sign_in: SignIn) -> None:
    town = make_own_body(session)
    assert "/jumelages/nouveau" in sign_in(make_member(session, town)).get("/").text
    assert "/jumelages/nouveau" not in sign_in(make_member(session, town, Role.READER)).get("/").text


def test_an_adviser_reads_for_each_body_what_it_has_to_do(session: Session, sign_in: SignIn) -> None:
    text = make_convention(session)[0]
    town = session.scalars(select(Body).where(Body.name == "Sailly-lez-Lannoy")).one()
    idle, stranger = make_own_body(session, name="Repos-sur-Rien"), make_own_body(session, name="Ailleurs")
    make_act(session, town, status="adopted", title="Acte à transmettre", voted_on=date(2026, 9, 11))
    make_act(session, stranger, status="adopted", title="Acte d’une inconnue", voted_on=date(2026, 9, 11))
    page = sign_in(make_adviser(session, town, idle)).get("/").text
    section = page.partition('id="conseilles"')[2].partition("</section>")[0]
    assert section.index("Sailly-lez-Lannoy") < section.index("Repos-sur-Rien")
    assert "Acte à transmettre" in section
    assert f"/conventions/{text.id}" in section
    assert "rien à faire" in section
    assert "inconnue" not in page


def test_what_the_home_page_leaves_out_is_one_step_away(session: Session, sign_in: SignIn) -> None:
    town = make_own_body(session)
    for rank in range(10):
        make_act(session, town, status="adopted", title=f"Acte {rank:02d}", voted_on=date(2026, 9, 11))
    client = sign_in(make_member(session, town))
    page = client.get("/").text
    assert "Acte 09" not in page
    assert 'href="/?tout=1"' in page
    assert "Acte 09" in client.get("/?tout=1").text


def test_who_writes_has_it_to_do(session: Session, sign_in: SignIn) -> None:
    text, account = make_convention(session)
    todo, _waiting = lists(sign_in(account).get("/").text)
    assert f"/conventions/{text.id}" in todo
    assert f"/jumelages/{text.twinnings[0].id}" in todo


def test_who_has_just_installed_it_is_led_to_register_a_body(session: Session, sign_in: SignIn) -> None:
    client = sign_in(make_account(session, is_instance_administrator=True))
    page = client.get("/").text
    assert "Commençons par votre organisme" in page
    assert 'href="/organismes/nouveau"' in page
    assert client.get("/organismes/nouveau").status_code == 200
