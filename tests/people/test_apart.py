"""Two people of one name are told apart wherever one chooses between them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.access.roles import Role
from app.people.apart import persons_apart
from tests.factories.accounts import make_member
from tests.factories.members import enrol, make_committee
from tests.factories.people import make_person

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask
    from flask.testing import FlaskClient
    from sqlalchemy.orm import Session

    from app.accounts.models import Account


def test_a_title_is_said_where_it_differs_else_the_number_of_the_record(session: Session, app: Flask) -> None:
    lady, sir, other, alone = (
        make_person(session, given, "Durand", title=title, email="famille@exemple.fr")
        for given, title in (("Claude", "Mme"), ("Claude", "M."), ("Claude", ""), ("Zoé", ""))
    )
    with app.test_request_context():
        told = persons_apart([lady, sir, other, alone])
    assert told == {
        lady.id: "Claude Durand (Mme)",
        sir.id: "Claude Durand (M.)",
        other.id: f"Claude Durand (fiche n° {other.id})",
        alone.id: "Zoé Durand",
    }


def test_father_and_son_in_a_list_of_members_say_their_numbers(
    session: Session, sign_in: Callable[[Account], FlaskClient]
) -> None:
    committee = make_committee(session)
    for number in (4, 9):
        enrol(session, committee, "Jean", "Durand", number=number)
    third = enrol(session, committee, "Ada", "Essai")
    keeper = sign_in(make_member(session, committee, Role.SECRETARY))
    for page in (f"fiche/{third.id}/foyer/rejoindre", f"{committee.id}/benevolat"):
        text = keeper.get(f"/membres/{page}").text.replace("\N{NO-BREAK SPACE}", " ")
        for number in (4, 9):
            assert f"Jean Durand (membre no {number})" in text, page
