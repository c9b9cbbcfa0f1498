"""How long mandates last: noted of the statutes, proposed to those elected, told when over; nothing ends itself."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from app.accounts.models import Role
from app.assemblies import queries
from app.assemblies.models import AssemblyKind, ItemKind
from app.assemblies.queries.terms import endings, term_of
from app.bodies.models import Function, Mandate
from app.law.statutes import Statutes
from tests.factories.accounts import make_member
from tests.factories.assemblies import add_item, make_assembly, make_association, open_with, record_statutes
from tests.factories.bodies import make_mandate
from tests.factories.members import enrol, make_stay
from tests.factories.people import make_person

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.testing import FlaskClient
    from sqlalchemy.orm import Session

    from app.accounts.models import Account

    SignIn = Callable[[Account], FlaskClient]

HELD = date(2025, 10, 3)


def _words(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page)).replace("&#39;", "’")


def test_whoever_is_elected_is_proposed_the_end_that_the_statutes_set_and_told_when_it_is_past(
    session: Session, sign_in: SignIn
) -> None:
    body = make_association(session)
    browser = sign_in(make_member(session, body, Role.PRESIDENT))
    noted = {"since": "01/01/2020", "kind": "ordinary", "mandate_years": "1", "clause_term": "art. 11"}
    page = browser.post(f"/assemblees/statuts/{body.id}/noter", data=noted, follow_redirects=True)
    assert "Durée des mandats 1 an art. 11" in _words(page.text)
    rule = queries.rules_of(session, body.id)[0]
    assert rule.mandate_years == 1
    assert 'value="art. 11"' in browser.get(f"/assemblees/statuts/regles/{rule.id}").text
    meeting = make_assembly(session, body, day=HELD, people=4)
    item = add_item(session, meeting, "Trésorerie", kind=ItemKind.ELECTION, function="treasurer")
    open_with(session, meeting, 4)
    browser.post(f"/assemblees/points/{item.id}/candidatures", data={"name": "Ada Fictive"})
    session.expire_all()
    votes = {f"votes-{item.candidates[0].id}": "4", "decide": "1"}
    browser.post(f"/assemblees/points/{item.id}/voix", data=votes)
    browser.post(f"/assemblees/{meeting.id}/clore", data={"hour": "20:00"})
    install = f"/assemblees/{meeting.id}/bureau"
    proposed = browser.get(install).text
    assert 'value="03/10/2026"' in proposed
    assert "Les statuts donnent 1 an (art. 11)" in _words(proposed)
    refused = browser.post(install, data={"on": "03/10/2025", "due_on": "03/10/2024"})
    assert "Le terme prévu suit le premier jour" in refused.text
    browser.post(install, data={"on": "03/10/2025", "due_on": "03/10/2026"})
    mandate = session.scalars(select(Mandate).where(Mandate.body_id == body.id, Mandate.function == "treasurer")).one()
    assert (mandate.due_on, mandate.until) == (date(2026, 10, 3), None)
    ahead = make_assembly(session, body, people=4)
    told = "Selon les statuts (art. 11), ils se terminaient le samedi 3 octobre 2026. Rien ne s’est fermé"
    for url in ("/", "/assemblees/", f"/organismes/{body.id}", f"/assemblees/{ahead.id}"):
        assert told in _words(browser.get(url).text), url
    assert "terme dépassé depuis le samedi 3 octobre 2026" in _words(browser.get(f"/organismes/{body.id}").text)
    add_item(session, ahead, "Trésorerie", kind=ItemKind.ELECTION, function="treasurer")
    assert told not in _words(browser.get(f"/assemblees/{ahead.id}").text)
    kept = {"function": "treasurer", "since": "03/10/2025", "due_on": "03/10/2027", "revision": str(mandate.revision)}
    browser.post(f"/organismes/mandats/{mandate.id}/modifier", data=kept)
    session.expire_all()
    assert (mandate.due_on, mandate.until) == (date(2027, 10, 3), None)
    assert "arrivés à terme" not in browser.get("/").text


def test_whoever_is_elected_to_another_office_leaves_the_one_before_unless_it_is_said_otherwise(
    session: Session, sign_in: SignIn
) -> None:
    body = make_association(session)
    browser = sign_in(make_member(session, body, Role.PRESIDENT))
    zoe = make_person(session, given_name="Zoé", family_name="Fictive", kept_by_body_id=body.id)
    second, seated = (
        make_mandate(session, body, zoe, function, since="2024-10")
        for function in (Function.VICE_PRESIDENT, Function.BOARD_MEMBER)
    )
    meeting = make_assembly(session, body, day=HELD, people=4)
    item = add_item(session, meeting, "Présidence", kind=ItemKind.ELECTION, function="president")
    meeting.members[0].person_id = zoe.id
    session.commit()
    open_with(session, meeting, 4)
    browser.post(f"/assemblees/points/{item.id}/candidatures", data={"seat": meeting.members[0].id})
    session.expire_all()
    browser.post(f"/assemblees/points/{item.id}/voix", data={f"votes-{item.candidates[0].id}": "4", "decide": "1"})
    browser.post(f"/assemblees/{meeting.id}/clore", data={"hour": "20:00"})
    proposed = browser.get(f"/assemblees/{meeting.id}/bureau").text
    for mandate, fate in ((second, "fin"), (seated, "continue")):
        assert re.search(rf'id="fate-{mandate.id}-{fate}"[^>]*checked', proposed)


@pytest.mark.parametrize(("places", "fate"), [(2, "fin"), (1, "continue")])
def test_an_officer_who_is_not_elected_to_a_board_renewed_as_a_whole_is_proposed_to_leave(
    session: Session, sign_in: SignIn, places: int, fate: str
) -> None:
    body = make_association(session)
    browser = sign_in(make_member(session, body, Role.PRESIDENT))
    zoe, luc = (
        make_person(session, given_name=name, family_name="Fictive", kept_by_body_id=body.id) for name in ("Zoé", "Luc")
    )
    lost = make_mandate(session, body, zoe, Function.TREASURER, since="2024-10", due_on=date(2025, 9, 1))
    kept = make_mandate(session, body, luc, Function.SECRETARY, since="2024-10")
    meeting = make_assembly(session, body, day=HELD, people=4)
    item = add_item(session, meeting, "Conseil", kind=ItemKind.ELECTION, function="board_member", places=places)
    meeting.members[0].person_id = luc.id
    session.commit()
    open_with(session, meeting, 4)
    for seat in meeting.members[:places]:
        browser.post(f"/assemblees/points/{item.id}/candidatures", data={"seat": seat.id})
    session.expire_all()
    votes = {f"votes-{one.id}": "4" for one in item.candidates} | {"papers": "4", "decide": "1"}
    browser.post(f"/assemblees/points/{item.id}/voix", data=votes)
    browser.post(f"/assemblees/{meeting.id}/clore", data={"hour": "20:00"})
    proposed = browser.get(f"/assemblees/{meeting.id}/bureau").text
    assert re.search(rf'id="fate-{lost.id}-{fate}"[^>]*checked', proposed)
    assert re.search(rf'id="fate-{kept.id}-continue"[^>]*checked', proposed)
    assert ("cette personne n’y est pas réélue" in proposed) is (fate == "fin")
    assert "terme dépassé depuis le lundi 1er septembre 2025" in proposed


@pytest.mark.parametrize(
    ("born", "code", "said"),
    [
        (date(2008, 5, 4), "59527", "informez sans délai son représentant légal, qui peut s’y opposer"),
        (date(2011, 5, 4), "59527", "il faut d’abord l’accord écrit de son représentant légal"),
        (date(2008, 5, 4), "67482", "la loi de 1901 ne s’applique pas ici"),
        (date(2007, 5, 4), "59527", ""),
    ],
)
def test_whoever_is_known_to_be_a_minor_may_stand_and_what_the_law_asks_is_said(
    session: Session, sign_in: SignIn, born: date, code: str, said: str
) -> None:
    body = make_association(session, code=code)
    browser = sign_in(make_member(session, body, Role.PRESIDENT))
    young = enrol(session, body, "Jeanne", "Fictive")
    make_stay(session, young).travellers[0].born_on = born
    meeting = make_assembly(session, body, day=HELD, people=4)
    meeting.members[0].person_id, meeting.members[0].name = young.person_id, "Jeanne Fictive"
    item = add_item(session, meeting, "Secrétariat", kind=ItemKind.ELECTION, function="secretary")
    session.commit()
    open_with(session, meeting, 4)
    browser.post(f"/assemblees/points/{item.id}/candidatures", data={"seat": meeting.members[0].id})
    session.expire_all()
    page = browser.get(f"/assemblees/points/{item.id}").text
    assert said in page
    assert ("papiers de voyage" in page) is bool(said)
    treasurer = sign_in(make_member(session, body, Role.TREASURER))
    assert "papiers de voyage" not in treasurer.get(f"/assemblees/points/{item.id}").text
    browser = sign_in(make_member(session, body, Role.PRESIDENT))
    browser.post(f"/assemblees/points/{item.id}/voix", data={f"votes-{item.candidates[0].id}": "4", "decide": "1"})
    browser.post(f"/assemblees/{meeting.id}/clore", data={"hour": "20:00"})
    install = f"/assemblees/{meeting.id}/bureau"
    assert (said or "Ouvrir les mandats") in browser.get(install).text
    browser.post(install, data={"on": "03/10/2025"})
    assert session.scalars(select(Mandate).where(Mandate.person_id == young.person_id)).one().function == "secretary"


def test_where_a_part_of_the_board_is_renewed_only_the_seats_whose_term_is_over_are_proposed_to_end(
    session: Session, sign_in: SignIn
) -> None:
    body = make_association(session)
    browser = sign_in(make_member(session, body, Role.PRESIDENT))
    record_statutes(session, body, Statutes(mandate_years=3, clauses={"term": "art. 11"}))
    since = {"Ada": "2022-10-01", "Luc": "2022-10-01", "Zoé": "2024-10-01", "Ida": "2024-10-01"}
    held = {}
    for name, began in since.items():
        person = make_person(session, given_name=name, family_name="Fictive", kept_by_body_id=body.id)
        held[name] = make_mandate(session, body, person, Function.BOARD_MEMBER, since=began)
    meeting = make_assembly(session, body, day=HELD, people=4)
    item = add_item(session, meeting, "Conseil", kind=ItemKind.ELECTION, function="board_member", places=2)
    meeting.members[0].person_id = held["Zoé"].person_id
    session.commit()
    open_with(session, meeting, 4)
    for seat in meeting.members[:2]:
        browser.post(f"/assemblees/points/{item.id}/candidatures", data={"seat": seat.id})
    session.expire_all()
    votes = {f"votes-{one.id}": "4" for one in item.candidates} | {"papers": "4", "decide": "1"}
    browser.post(f"/assemblees/points/{item.id}/voix", data=votes)
    browser.post(f"/assemblees/{meeting.id}/clore", data={"hour": "20:00"})
    proposed = browser.get(f"/assemblees/{meeting.id}/bureau").text
    for name, fate in {"Ada": "fin", "Luc": "fin", "Zoé": "fin", "Ida": "continue"}.items():
        assert re.search(rf'id="fate-{held[name].id}-{fate}"[^>]*checked', proposed), name


def test_a_mandate_noted_by_hand_runs_out_by_the_statutes_of_its_meeting_and_what_is_unknown_is_not_over(
    session: Session,
) -> None:
    body, other = make_association(session), make_association(session)
    for one, function in ((body, Function.PRESIDENT), (body, Function.BOARD_MEMBER), (other, Function.PRESIDENT)):
        person = make_person(session, family_name=f"Fictif {function}", kept_by_body_id=one.id)
        make_mandate(session, one, person, function, since="2024-03-20")
    session.commit()
    assert not endings(session, [body.id, other.id], on=HELD)
    record_statutes(session, body, Statutes(mandate_years=3, clauses={"term": "art. 11"}))
    assert [(one.body.id, one.day) for one in endings(session, [body.id, other.id], on=HELD)] == [
        (body.id, date(2027, 3, 20))
    ]
    record_statutes(session, body, Statutes(mandate_years=1, clauses={"term": "art. 13"}), AssemblyKind.BOARD)
    assert [(one.day, one.clause) for one in endings(session, [body.id], on=HELD)] == [(date(2025, 3, 20), "art. 13")]
    term = term_of(session, body.id, AssemblyKind.ORDINARY, HELD)
    assert term is not None
    assert (term.years, term.clause) == (3, "art. 11")
