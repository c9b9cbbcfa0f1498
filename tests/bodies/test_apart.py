"""Two records of one name are told apart wherever one chooses between them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from app.access.roles import Role
from app.access.table import Grant
from app.bodies.apart import bodies_apart, grants_apart
from app.bodies.models import BodyKind
from tests.factories.accounts import make_grant, make_member
from tests.factories.bodies import make_body
from tests.factories.places import make_place
from tests.factories.twinnings import make_twinning

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask
    from flask.testing import FlaskClient
    from sqlalchemy.orm import Session

    from app.accounts.models import Account


def test_the_plainest_difference_is_said_and_only_where_there_is_one_name(session: Session, app: Flask) -> None:
    north = make_place(session, "Saint-Martin", code="59001", admin="59")
    south = make_place(session, "Saint-Martin", code="32001", admin="32")
    here = make_body(session, "Saint-Martin", place_id=north.id)
    there = make_body(session, "Saint-Martin", place_id=south.id)
    abroad = make_body(session, "SAINT-MARTIN", BodyKind.FOREIGN_AUTHORITY, country="BE")
    alone = make_body(session, "Cambes-en-Plaine")
    with app.test_request_context():
        told = bodies_apart([here, there, abroad, alone])
    assert told == {
        here.id: "Saint-Martin (Nord, 59)",
        there.id: "Saint-Martin (Gers, 32)",
        abroad.id: "SAINT-MARTIN (collectivité étrangère)",
        alone.id: "Cambes-en-Plaine",
    }


@pytest.mark.usefixtures("app")
def test_roles_in_a_town_and_in_its_committee_of_the_same_name_say_the_kind(app: Flask) -> None:
    grants = [
        Grant(7, "Sailly", BodyKind.COMMUNE, Role.CLERK, is_administrator=False),
        Grant(9, "Sailly", BodyKind.COMMITTEE, Role.PRESIDENT, is_administrator=False),
        Grant(9, "Sailly", BodyKind.COMMITTEE, Role.MEMBER, is_administrator=False),
    ]
    with app.test_request_context():
        assert grants_apart(grants) == {
            7: "Sailly (commune)",
            9: "Sailly (comité de jumelage, association)",
        }


def test_two_records_of_one_town_are_never_offered_under_one_name(
    session: Session, sign_in: Callable[[Account], FlaskClient]
) -> None:
    place = make_place(session, "Sailly-lez-Lannoy", code="59522")
    one, other = (make_body(session, place_id=place.id) for _each in range(2))
    make_twinning(session, one, make_body(session, "Mathieu"))
    account = make_member(session, one, Role.CLERK)
    make_grant(session, account, other, Role.CLERK)
    browser = sign_in(account)
    names = [f"Sailly-lez-Lannoy (fiche n° {body.id})" for body in (one, other)]
    for page in ("/", "/conseil/", "/conseil/deliberations/nouvelle", "/conseil/seances/nouvelle"):
        text = re.sub(r"\s+", " ", browser.get(page).text.replace("\N{NO-BREAK SPACE}", " "))
        assert all(name in text for name in names), page
    text = re.sub(r"\s+", " ", browser.get("/conventions/nouvelle").text.replace("\N{NO-BREAK SPACE}", " "))
    for name in names:
        assert f"Les modèles de {name}, que vous pouvez réécrire" in text
