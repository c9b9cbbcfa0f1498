"""Elections that end level: who takes the place is said, and what was counted is never lost."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader

from app.accounts.models import Role
from app.assemblies.models import Ballot, ItemKind, Outcome
from app.assemblies.services import electing, voting
from tests.factories.accounts import make_member
from tests.factories.assemblies import BY, DAY, STATUTES, add_item, at, make_assembly, make_association, open_with
from tests.factories.assemblies import record_statutes as record

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.testing import FlaskClient
    from sqlalchemy.orm import Session

    from app.accounts.models import Account
    from app.assemblies.models import Assembly, AssemblyItem
    from app.bodies.models import Body

    SignIn = Callable[[Account], FlaskClient]

NOW = at(DAY)
ELDEST = replace(STATUTES, tie="elder", absolute_rounds=1, clauses={**STATUTES.clauses, "election": "art. 8"})


@pytest.fixture
def body(session: Session) -> Body:
    made = make_association(session)
    record(session, made, ELDEST)
    return made


@pytest.fixture
def assembly(session: Session, body: Body) -> Assembly:
    return make_assembly(session, body, people=9)


@pytest.fixture
def election(session: Session, assembly: Assembly) -> AssemblyItem:
    fields = {"kind": ItemKind.ELECTION, "function": "president", "ballot": Ballot.SECRET}
    item = add_item(session, assembly, "Présidence", **fields)
    for name in ("Ada", "Boris", "Cléa"):
        electing.stand(session, item, f"{name} Fictif", by=BY, at=NOW)
    open_with(session, assembly, 9)
    return item


@pytest.fixture
def browser(session: Session, sign_in: SignIn, body: Body) -> FlaskClient:
    return sign_in(make_member(session, body, Role.PRESIDENT))


def _words(page: str) -> str:
    text = re.sub(r"<[^>]+>", " ", page).replace("\N{NO-BREAK SPACE}", " ").replace("&#39;", "’")
    return re.sub(r"\s+", " ", text)


def _minutes(browser: FlaskClient, assembly: Assembly) -> str:
    pages = PdfReader(BytesIO(browser.get(f"/assemblees/{assembly.id}/proces-verbal.pdf").data)).pages
    text = " ".join(page.extract_text() for page in pages).replace("\N{NO-BREAK SPACE}", " ").replace("’", "'")
    return re.sub(r"\s+", " ", text)


def _round(session: Session, item: AssemblyItem, *votes: int, blank: int = 0) -> None:
    choices = {str(one.id): count for one, count in zip(item.candidates, votes, strict=False)}
    count = voting.RoomCount(choices=choices, papers=sum(votes), blank=blank)
    voting.count_room(session, item, count, by=BY, at=NOW)
    electing.close_round(session, item, by=BY, at=NOW)
    session.commit()


def test_a_tie_asks_who_wins_and_the_minutes_say_by_which_clause(
    session: Session, browser: FlaskClient, assembly: Assembly, election: AssemblyItem
) -> None:
    _round(session, election, 4, 4, 1)
    _round(session, election, 4, 4, blank=1)
    page, ada = f"/assemblees/points/{election.id}", election.candidates[0]
    shown = _words(browser.get(page).text)
    assert "Départager l’égalité" in shown
    assert "places vacantes comprises" not in shown, "the statutes say who takes the place"
    for data in ({"settles": "1", "note": "doyenne d’âge"}, {}):
        refused = browser.post(f"{page}/fin-election", data=data)
        assert refused.status_code == 422
        assert "Dites qui l’emporte : il reste 1 place" in _words(refused.text)
    session.expire_all()
    assert election.outcome == Outcome.UNSAID
    told = {"settles": "1", "chosen": ada.id, "note": "doyenne d’âge"}
    assert browser.post(f"{page}/fin-election", data=told).status_code == 302
    minutes = _minutes(browser, assembly)
    assert "La place revient à Ada Fictif (art. 8 des statuts) : doyenne d'âge." in minutes
    assert minutes.count("La place n'est pas pourvue à ce tour.") == 0
    assert "Élus : Ada Fictif" in minutes
    assert "Précision" not in minutes


def test_taking_back_who_won_a_tie_keeps_the_rounds_and_then_the_last_one_may_be_counted_again(
    session: Session, browser: FlaskClient, election: AssemblyItem
) -> None:
    _round(session, election, 4, 4, 1)
    _round(session, election, 4, 4, blank=1)
    page, (ada, boris, _clea) = f"/assemblees/points/{election.id}", election.candidates
    browser.post(f"{page}/fin-election", data={"settles": "1", "chosen": ada.id, "note": "âge"})
    browser.post(f"{page}/reprendre")
    session.expire_all()
    assert (election.outcome, election.closed_round, ada.elected_round) == (Outcome.UNSAID, 2, 0)
    assert [row.papers for row in election.counts] == [9, 8]
    shown = browser.get(page).text
    assert "Départager l’égalité" in shown
    assert "Recompter le tour 2" in shown
    browser.post(f"{page}/fin-election", data={"settles": "1", "chosen": boris.id, "note": "âge"})
    session.expire_all()
    assert (election.outcome, boris.elected_round) == (Outcome.ELECTED, 2)
    browser.post(f"{page}/reprendre")
    browser.post(f"{page}/reprendre")
    session.expire_all()
    assert (election.closed_round, [row.papers for row in election.counts]) == (1, [9, 8])
    again = {f"votes-{ada.id}": "5", f"votes-{boris.id}": "4", "papers": "9", "decide": "1"}
    browser.post(f"{page}/voix", data=again)
    session.expire_all()
    assert (election.outcome, ada.elected_round) == (Outcome.ELECTED, 2)


def test_where_the_statutes_say_nothing_of_a_tie_a_place_may_stay_open(
    session: Session, browser: FlaskClient, assembly: Assembly, election: AssemblyItem
) -> None:
    assembly.rules = replace(ELDEST, tie="", absolute_rounds=0).kept()
    _round(session, election, 4, 4)
    page = f"/assemblees/points/{election.id}"
    assert "places vacantes comprises" in browser.get(page).text
    assert browser.post(f"{page}/fin-election").status_code == 302
    session.expire_all()
    assert election.outcome == Outcome.NOT_ELECTED
    assert "La place n'est pas pourvue à ce tour." in _minutes(browser, assembly)


def test_votes_noted_for_who_withdraws_during_the_count_stay_in_it(
    session: Session, browser: FlaskClient, assembly: Assembly, election: AssemblyItem
) -> None:
    page, (ada, boris, clea) = f"/assemblees/points/{election.id}", election.candidates
    votes = {f"votes-{ada.id}": "5", f"votes-{boris.id}": "2", f"votes-{clea.id}": "2", "papers": "9"}
    browser.post(f"{page}/voix", data=votes)
    browser.post(f"{page}/retrait", data={"candidate": clea.id})
    assert f'name="votes-{clea.id}"' in browser.get(page).text
    assert browser.post(f"{page}/voix", data=votes | {"decide": "1"}).status_code == 302
    session.expire_all()
    assert sum(election.counts[0].choices.values()) == election.counts[0].papers == 9
    assert re.search(r"Cléa Fictif 2 s'est retiré\(e\)", _minutes(browser, assembly))
