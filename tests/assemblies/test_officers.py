"""Officers who change without an assembly kept here: the registry is still to be told within three months."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from app.accounts.models import Role
from app.assemblies.models import AssemblyCandidate, ItemKind, Outcome, Status
from app.bodies.models import Function
from app.law.days import add_months
from app.shared import clock
from app.shared.saying import full_day
from app.shared.typography import NO_BREAK
from tests.factories.accounts import make_member
from tests.factories.assemblies import add_item, make_assembly, make_association
from tests.factories.bodies import make_mandate
from tests.factories.council import make_commune
from tests.factories.members import enrol
from tests.factories.people import make_person

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.testing import FlaskClient
    from sqlalchemy.orm import Session

    from app.accounts.models import Account
    from app.bodies.models import Body

    SignIn = Callable[[Account], FlaskClient]

DUTY = "Déclarer le changement au greffe des associations"


@pytest.fixture
def committee(session: Session) -> Body:
    return make_association(session, name="Comité fictif de Bourg")


def _holds(session: Session, body: Body, name: str, function: str, since: str = "2021", until: str = "") -> None:
    person = make_person(session, name, "Fictif", kept_by_body_id=body.id)
    make_mandate(session, body, person, function, since=since, until=until)
    session.commit()


def test_a_new_board_without_an_assembly_is_declared_once(session: Session, sign_in: SignIn, committee: Body) -> None:
    changed = clock.today() - timedelta(days=5)
    _holds(session, committee, "Ancienne", Function.TREASURER, until=changed.isoformat())
    _holds(session, committee, "Nouvelle", Function.TREASURER, since=changed.isoformat())
    client = sign_in(make_member(session, committee, Role.PRESIDENT))
    home = client.get("/").text
    assert DUTY in home.replace("\u00a0", " ")
    assert full_day(add_months(changed, 3)).replace(NO_BREAK, " ") in home
    where = f"/assemblees/dirigeants/{committee.id}/declaration"
    assert where in home
    asked = client.get(where).text
    assert "la lettre de démission, ou la décision qui a nommé quelqu’un" in asked
    assert "le procès-verbal signé" not in asked
    early = client.post(where, data={"day": f"{changed - timedelta(days=1):%d/%m/%Y}"})
    assert "La déclaration suit le changement" in early.text
    late = client.post(where, data={"day": f"{clock.today() + timedelta(days=1):%d/%m/%Y}"})
    assert "une fois faite" in late.text
    told = client.post(where, data={"day": f"{clock.today():%d/%m/%Y}", "reference": "A-12"}, follow_redirects=True)
    assert "La déclaration est notée" in told.text
    assert DUTY not in client.get("/").text
    assert "Aucun changement de dirigeants" in client.get(where, follow_redirects=True).text


def test_officers_noted_at_registration_or_elected_again_are_no_change(
    session: Session, sign_in: SignIn, committee: Body
) -> None:
    recent = clock.today() - timedelta(days=40)
    _holds(session, committee, "Camille", Function.PRESIDENT, since=(recent - timedelta(days=9)).isoformat())
    person = make_person(session, "Dominique", "Fictif", kept_by_body_id=committee.id)
    make_mandate(session, committee, person, Function.SECRETARY, since="2021", until=recent.isoformat())
    make_mandate(session, committee, person, Function.SECRETARY, since=recent.isoformat())
    _holds(session, committee, "Jadis", Function.TREASURER, since="2010", until="2015-03-01")
    assert DUTY not in sign_in(make_member(session, committee, Role.PRESIDENT)).get("/").text


def test_in_alsace_moselle_the_court_is_told_and_the_law_of_1901_is_not_named(
    session: Session, sign_in: SignIn
) -> None:
    committee = make_association(session, name="Comité fictif de Dorf")
    committee.parent = make_commune(session, code="67482", name="Dorf-Fictif")
    changed = clock.today() - timedelta(days=5)
    _holds(session, committee, "Ancienne", Function.TREASURER, until=changed.isoformat())
    _holds(session, committee, "Nouvelle", Function.TREASURER, since=changed.isoformat())
    client = sign_in(make_member(session, committee, Role.PRESIDENT))
    home = client.get("/").text
    assert "Déclarer le changement au registre du tribunal" in home
    assert "Droit local d’Alsace-Moselle (code civil local art. 67)" in home
    where = f"/assemblees/dirigeants/{committee.id}/declaration"
    asked = client.get(where).text
    assert "Les élus sont en fonction dès leur élection" in asked
    assert "Aucun délai en mois n’est connu" in asked
    assert "Non vérifié sur le texte : demandez au tribunal." in asked
    assert "registre des associations du tribunal (code civil local art. 67)" in asked
    assert "la date et le lieu de naissance" in asked
    for page in (home, asked):
        assert "1901" not in page
        assert "greffe" not in page
    told = {"day": f"{clock.today():%d/%m/%Y}", "reference": "vol. 61"}
    assert "La déclaration est notée" in client.post(where, data=told, follow_redirects=True).text


def test_who_keeps_the_accounts_is_not_told_to_do_what_only_the_chair_may(
    session: Session, committee: Body, sign_in: SignIn
) -> None:
    changed = clock.today() - timedelta(days=5)
    _holds(session, committee, "Ancienne", Function.TREASURER, until=changed.isoformat())
    _holds(session, committee, "Nouvelle", Function.TREASURER, since=changed.isoformat())
    assert DUTY in sign_in(make_member(session, committee, Role.PRESIDENT)).get("/").text
    assert DUTY not in sign_in(make_member(session, committee, Role.TREASURER)).get("/").text


def test_an_office_that_whoever_is_elected_elsewhere_would_leave_empty_is_told(
    session: Session, sign_in: SignIn, committee: Body
) -> None:
    assembly = make_assembly(session, committee, day=clock.today() - timedelta(days=1), people=3)
    item = add_item(session, assembly, "Trésorerie", kind=ItemKind.ELECTION, function="treasurer")
    winner = assembly.members[1].person
    assert winner is not None
    make_mandate(session, committee, winner, Function.SECRETARY, since="2025")
    make_mandate(session, committee, assembly.members[2].person, Function.TREASURER, since="2025")
    item.candidates = [AssemblyCandidate(person_id=winner.id, name=winner.name, elected_round=1)]
    item.outcome, assembly.status = Outcome.ELECTED, Status.CLOSED
    session.commit()
    page = sign_in(make_member(session, committee, Role.PRESIDENT)).get(f"/assemblees/{assembly.id}/bureau").text
    assert page.count("n’a élu personne à cette fonction") == 1


def test_the_office_of_who_left_is_to_be_ended(session: Session, sign_in: SignIn, committee: Body) -> None:
    gone = enrol(session, committee, "Zed", "Parti", until=(clock.today() - timedelta(days=2)).isoformat())
    here = enrol(session, committee, "Ada", "Restante")
    mandates = [
        make_mandate(session, committee, one.person, Function.BOARD_MEMBER, since="2025") for one in (gone, here)
    ]
    session.commit()
    home = sign_in(make_member(session, committee, Role.PRESIDENT)).get("/").text
    assert "Terminer un mandat : Zed Parti n’est plus membre" in home.replace(NO_BREAK, " ")
    assert f"/mandats/{mandates[0].id}" in home
    assert "Ada Restante n’est plus membre" not in home
