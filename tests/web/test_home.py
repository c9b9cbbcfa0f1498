"""The home page tells each person what they may do, and the rest as what others do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from app.bodies.models import Body
from tests.factories.accounts import Role, make_account, make_adviser, make_member
from tests.factories.conventions import make_convention

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
        todo, waiting = lists(sign_in(account).get("/").text)
        assert "Rien à faire aujourd’hui." in todo
        assert f"/conventions/{text.id}" in waiting
        assert f"/jumelages/{text.twinnings[0].id}" in waiting


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
