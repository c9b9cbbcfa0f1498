"""A body is not registered twice without a word, and nobody learns from it of a body that they may not know."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, select

from app.access.roles import Role
from app.bodies.models import Body, BodyKind
from tests.factories.accounts import make_account, make_member
from tests.factories.bodies import make_body
from tests.factories.places import make_place
from tests.factories.twinnings import make_twinning

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.testing import FlaskClient
    from sqlalchemy.orm import Session

    from app.accounts.models import Account
    from app.places.models import Place

    SignIn = Callable[[Account], FlaskClient]

NAME = "Périers-sur-le-Dan"
TYPED = {"name": NAME, "timezone": "Europe/Paris"}


@pytest.fixture
def place(session: Session) -> Place:
    found = make_place(session, NAME, code="14495")
    session.commit()
    return found


def count(session: Session) -> int:
    session.rollback()
    return session.scalar(select(func.count()).select_from(Body).where(Body.name == NAME))


def test_who_runs_the_installation_is_told_of_a_commune_that_is_registered_before_a_second_is_made(
    session: Session, place: Place, sign_in: SignIn
) -> None:
    client = sign_in(make_account(session, is_instance_administrator=True))
    page = f"/organismes/nouveau?genre=commune&lieu={place.id}"
    assert "déjà inscrit" not in client.get(page).text
    assert client.post(page, data=TYPED).status_code == 302

    assert "peut-être déjà inscrit" in client.get(page).text
    refused = client.post(page, data=TYPED)
    assert (refused.status_code, count(session)) == (422, 1)
    assert f"{NAME} est déjà inscrit ici" in refused.text
    assert "l’inscrire quand même" in refused.text
    assert client.post(page, data=TYPED | {"another": "y"}).status_code == 302
    assert count(session) == 2


def test_who_runs_the_installation_is_told_of_the_same_name_at_no_place(session: Session, sign_in: SignIn) -> None:
    make_body(session, "Семенівка", BodyKind.FOREIGN_AUTHORITY, country="UA", names={"fr": NAME})
    session.commit()
    client = sign_in(make_account(session, is_instance_administrator=True))
    page = f"/organismes/nouveau?genre=foreign_authority&nom={NAME}"
    assert client.post(page, data=TYPED | {"country": "UA"}).status_code == 422
    assert client.post(page, data=TYPED | {"country": "DE"}).status_code == 302


def test_who_knows_the_commune_is_told_and_led_to_it(session: Session, place: Place, sign_in: SignIn) -> None:
    own, known = make_body(session, "Mathieu"), make_body(session, NAME, place_id=place.id)
    make_twinning(session, own, known)
    client = sign_in(make_member(session, own, Role.CLERK))
    page = f"/organismes/nouveau?genre=commune&lieu={place.id}"
    refused = client.post(page, data=TYPED)
    assert (refused.status_code, count(session)) == (422, 1)
    assert f'href="/organismes/{known.id}"' in refused.text


def test_a_stranger_learns_nothing_of_a_commune_that_they_may_not_know(
    session: Session, place: Place, sign_in: SignIn
) -> None:
    make_body(session, NAME, place_id=place.id)
    client = sign_in(make_member(session, make_body(session, "Mathieu"), Role.CLERK))
    page = f"/organismes/nouveau?genre=commune&lieu={place.id}"
    asked = client.get(page)
    assert "déjà inscrit" not in asked.text
    assert "l’inscrire quand même" not in asked.text
    assert client.post(page, data=TYPED).status_code == 302
    assert count(session) == 2


def test_a_record_is_corrected_without_being_asked_whether_it_is_another(
    session: Session, place: Place, sign_in: SignIn
) -> None:
    body = make_body(session, NAME, place_id=place.id)
    client = sign_in(make_member(session, body, Role.CLERK))
    assert "l’inscrire quand même" not in client.get(f"/organismes/{body.id}/modifier").text
