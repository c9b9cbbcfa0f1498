"""What the room of assemblies says of none, of one and of several."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from app.accounts.models import Role
from app.assemblies.entitled import people_to_call
from app.assemblies.models import AssemblyKind, Ballot, ItemKind
from app.assemblies.queries import statutes_of
from app.assemblies.services import electing, holding, voting
from app.audit.sentences import sentence
from app.bodies.models import Function
from tests.factories.accounts import make_member
from tests.factories.assemblies import BY, DAY, STATUTES, add_item, at, make_assembly, make_association, open_with
from tests.factories.assemblies import record_statutes as record
from tests.factories.bodies import make_mandate
from tests.factories.people import make_person

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask
    from flask.testing import FlaskClient
    from sqlalchemy.orm import Session

    from app.accounts.models import Account

    SignIn = Callable[[Account], FlaskClient]


DAY_SAID = DAY.isoformat()


def _words(page: str) -> str:
    text = re.sub(r"<[^>]+>", " ", page).replace("\N{NO-BREAK SPACE}", " ").replace("&#39;", "’")
    return re.sub(r"\s+", " ", text)


@pytest.mark.parametrize(
    ("action", "details", "read"),
    [
        (
            "assemblies.installed",
            {"number": 1, "day": "2027-03-20"},
            "a ouvert 1 mandat après l’élection du 20 mars 2027",
        ),
        (
            "assemblies.installed",
            {"number": 3, "day": "2027-03-20"},
            "a ouvert 3 mandats après l’élection du 20 mars 2027",
        ),
        ("assemblies.opened", {"number": 0, "day": "2027-03-20"}, "a ouvert la réunion du 20 mars 2027 (0 présent)"),
        ("members.reminded", {"number": 1, "period": "2027"}, "a rappelé la cotisation 2027 à 1 foyer"),
        (
            "members.imported",
            {"file": "liste.csv", "added": 1, "changed": 2},
            "a importé la liste « liste.csv » : 1 membre inscrit, 2 fiches corrigées",
        ),
        ("mailing.sent", {"count": 1, "title": "Vœux"}, "a envoyé la lettre « Vœux » à 1 adresse"),
        ("assemblies.installed", {}, "a fait une modification (assemblies.installed)"),
    ],
)
def test_the_journal_follows_the_number(app: Flask, action: str, details: dict[str, object], read: str) -> None:
    with app.test_request_context():
        assert sentence(action, details, "fr").replace("\N{NO-BREAK SPACE}", " ") == read


def test_one_blank_paper_is_one_on_the_page_of_an_election_and_of_a_decision(session: Session, sign_in: SignIn) -> None:
    body = make_association(session)
    record(session, body)
    assembly = make_assembly(session, body, people=4)
    election = add_item(session, assembly, "Présidence", kind=ItemKind.ELECTION, ballot=Ballot.SECRET)
    decision = add_item(session, assembly, "Budget", ballot=Ballot.SECRET)
    open_with(session, assembly, 3)
    one = electing.stand(session, election, assembly.members[0].name, by=BY, at=at(DAY))
    count = voting.RoomCount(choices={str(one.id): 1}, papers=1, blank=1)
    voting.count_room(session, election, count, by=BY, at=at(DAY))
    electing.close_round(session, election, by=BY, at=at(DAY))
    voting.count_room(session, decision, voting.RoomCount(choices={"for": 2}, blank=1), by=BY, at=at(DAY))
    session.commit()
    browser = sign_in(make_member(session, body, Role.PRESIDENT))
    page = _words(browser.get(f"/assemblees/points/{election.id}").text)
    assert "1 bulletin valable, 1 blanc, 0 nul" in page
    refused = browser.post(f"/assemblees/points/{decision.id}/voix", data={"votes-for": "4"})
    assert "4 votes pour 3 voix" in _words(refused.text)


def test_a_quorum_of_one_and_nobody_there_are_said_in_the_singular(session: Session) -> None:
    body = make_association(session)
    record(session, body)
    assembly = make_assembly(session, body, people=1)
    add_item(session, assembly)
    room_said = str(
        holding.quorum_sentence(assembly, STATUTES, holding.room_at(assembly, statutes_of(session, assembly, DAY)))
    )
    assert "demandent 1 membre ; 0 compte." in room_said.replace("\N{NO-BREAK SPACE}", " ")


def test_several_offices_of_one_person_have_one_capital(session: Session) -> None:
    body = make_association(session)
    person = make_person(session, given_name="Ada", family_name="Fictive", kept_by_body_id=body.id, title="Mme")
    for function in (Function.SECRETARY, Function.TREASURER):
        make_mandate(session, body, person, function, since="2024-10")
    assembly = make_assembly(session, body, people=0, kind=AssemblyKind.BOARD)
    (seat,) = people_to_call(session, assembly, STATUTES)
    assert seat.quality == "Secrétaire, trésorière"
