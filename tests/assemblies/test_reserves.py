"""What the statutes keep for one assembly is not settled by another, and the papers say what a vote is worth."""

from __future__ import annotations

import re
from datetime import date, timedelta
from io import BytesIO
from typing import TYPE_CHECKING

from pypdf import PdfReader

from app.accounts.models import Role
from app.assemblies import queries
from app.assemblies.models import AssemblyKind, Decision, ItemKind
from app.assemblies.queries import waiting
from app.assemblies.services import calling, holding
from app.law.statutes import Statutes
from tests.factories.accounts import make_member
from tests.factories.assemblies import (
    BY,
    DAY,
    add_item,
    at,
    make_assembly,
    make_association,
    open_with,
    record_statutes,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.testing import FlaskClient
    from sqlalchemy.orm import Session

    from app.accounts.models import Account
    from app.assemblies.models import Assembly
    from app.bodies.models import Body

    SignIn = Callable[[Account], FlaskClient]

YEAR = DAY.year
ALONE = {
    "since": "01/01/2020",
    "kind": "extraordinary",
    "keeps": ["statutes", "dissolution"],
    "clause_keeps": "art. 19",
}


def _words(page: str) -> str:
    text = re.sub(r"<[^>]+>", " ", page).replace("\N{NO-BREAK SPACE}", " ").replace("&#39;", "’")
    return re.sub(r"\s+", " ", text)


def _pdf(browser: FlaskClient, url: str) -> str:
    pages = PdfReader(BytesIO(browser.get(url).data)).pages
    text = " ".join(page.extract_text() for page in pages).replace("\N{NO-BREAK SPACE}", " ").replace("’", "'")
    return re.sub(r"\s+", " ", text)


def _vote(browser: FlaskClient, item_id: int, **counts: str) -> str:
    url = f"/assemblees/points/{item_id}/voix"
    return _words(browser.post(url, data={**counts, "decide": "1"}, follow_redirects=True).text)


def _meeting(session: Session, body: Body, kind: AssemblyKind = AssemblyKind.BOARD, people: int = 6) -> Assembly:
    return make_assembly(session, body, kind=kind, people=people)


def test_a_board_only_proposes_what_the_statutes_keep_for_an_extraordinary_assembly(
    session: Session, sign_in: SignIn
) -> None:
    body = make_association(session)
    browser = sign_in(make_member(session, body, Role.PRESIDENT))
    noted = _words(browser.post(f"/assemblees/statuts/{body.id}/noter", data=ALONE, follow_redirects=True).text)
    assert "Réservé à cette réunion la modification des statuts, la dissolution art. 19" in noted
    rule = queries.rules_of(session, body.id)[0]
    stale = {"since": "01/01/2020", "kind": "extraordinary", "keeps": ["statutes"], "revision": "0"}
    both = browser.post(f"/assemblees/statuts/regles/{rule.id}", data=stale)
    assert both.status_code == 409
    assert "la modification des statuts, la dissolution" in _words(both.text)
    meeting = _meeting(session, body)
    change = add_item(session, meeting, "Article 4", decision=Decision.STATUTES)
    end = add_item(session, meeting, "Fin du comité", decision=Decision.DISSOLUTION)
    plain = add_item(session, meeting, "Dépense")
    page = _words(browser.get(f"/assemblees/{meeting.id}").text)
    assert "« Article 4 » relève d’une assemblée générale extraordinaire." in page
    assert "Les statuts (art. 19) réservent ce vote à une assemblée générale extraordinaire." in page
    assert "Un vote ici ne sera qu’une proposition" in page
    open_with(session, meeting, 6)
    told = _vote(browser, change.id, **{"votes-for": "6"})
    assert "proposé à l’assemblée" in told
    assert "rien ne se déclare tant que l’assemblée n’a pas voté" in told
    assert "(plus de voix pour que contre : il en faut 4 « pour »). La majorité n’est pas notée" in told
    assert "genre=extraordinary" in browser.get(f"/assemblees/points/{change.id}").text
    _vote(browser, end.id, **{"votes-for": "6"})
    assert "adopté" in _vote(browser, plain.id, **{"votes-for": "6"})
    session.expire_all()
    assert [(one.outcome, one.number) for one in (change, end, plain)] == [
        ("proposed", ""),
        ("proposed", ""),
        ("adopted", f"{YEAR}-01"),
    ]
    browser.post(f"/assemblees/{meeting.id}/clore", data={"hour": "20:00"})
    assert not waiting.changes_to_declare(session, [body.id])
    assert "Déclarer le changement" not in browser.get("/").text
    minutes = _pdf(browser, f"/assemblees/{meeting.id}/proces-verbal.pdf")
    assert "réservent cette décision à une assemblée générale extraordinaire (art. 19 des statuts)" in minutes
    assert "La proposition est approuvée ; elle est soumise à l'assemblée, qui seule décide." in minutes
    assert "Article 4" not in _words(browser.get(f"/assemblees/registre/{body.id}").text)


def test_what_an_ordinary_assembly_adopts_in_another_s_place_is_told_wherever_it_is_read(
    session: Session, sign_in: SignIn
) -> None:
    body = make_association(session)
    record_statutes(
        session,
        body,
        Statutes(
            keeps="statutes",
            majority_statutes="two_thirds_cast",
            clauses={"keeps": "article 19", "majority": "article 20"},
        ),
        AssemblyKind.EXTRAORDINARY,
    )
    meeting = _meeting(session, body, AssemblyKind.ORDINARY)
    item = add_item(session, meeting, "Article 4", decision=Decision.STATUTES)
    browser = sign_in(make_member(session, body, Role.PRESIDENT))
    open_with(session, meeting, 6)
    assert "noté sous cette réserve" in _vote(browser, item.id, **{"votes-for": "6"})
    browser.post(f"/assemblees/{meeting.id}/clore", data={"hour": "20:00"})
    why = "Les statuts (article 19) réservent ce vote à une assemblée générale extraordinaire."
    urls = (f"/assemblees/{meeting.id}", f"/assemblees/{meeting.id}/declaration", f"/assemblees/registre/{body.id}")
    for url in (*urls, "/"):
        assert f"Sous réserve : {why}" in _words(browser.get(url).text), url
    said = "réservent cette décision à une assemblée générale extraordinaire (article 19 des statuts)"
    minutes = _pdf(browser, f"/assemblees/{meeting.id}/proces-verbal.pdf")
    assert said in minutes
    assert "4 voix, deux tiers des voix exprimées (article 20 des statuts)" in minutes
    assert f"Réserve : Les statuts {said}" in _pdf(browser, f"/assemblees/registre/{body.id}/{YEAR}.pdf")


def test_where_nobody_noted_who_changes_the_statutes_a_vote_of_the_board_is_unsure_and_taken_back_it_leaves_no_duty(
    session: Session, sign_in: SignIn
) -> None:
    body = make_association(session)
    meeting = _meeting(session, body)
    item = add_item(session, meeting, "Article 4", decision=Decision.STATUTES)
    browser = sign_in(make_member(session, body, Role.PRESIDENT))
    open_with(session, meeting, 6)
    assert "d’usage, c’est une assemblée des membres" in _vote(browser, item.id, **{"votes-for": "6"})
    session.expire_all()
    assert (item.outcome, meeting.change_of) == ("adopted", "statutes")
    assert "Sous réserve : Rien n’est noté de qui décide cela" in _words(browser.get("/").text)
    browser.post(f"/assemblees/points/{item.id}/reprendre")
    session.expire_all()
    assert meeting.change_of == ""


def test_a_board_proposes_whom_the_members_alone_elect(session: Session, sign_in: SignIn) -> None:
    body = make_association(session)
    record_statutes(session, body, Statutes(keeps="board", clauses={"keeps": "art. 7"}))
    meeting = _meeting(session, body)
    seat = add_item(session, meeting, "Conseil", kind=ItemKind.ELECTION, function="board_member")
    office = add_item(session, meeting, "Trésorerie", kind=ItemKind.ELECTION, function="treasurer")
    browser = sign_in(make_member(session, body, Role.PRESIDENT))
    open_with(session, meeting, 6)
    for item, name in ((seat, "Ada Fictive"), (office, "Brice Fictif")):
        browser.post(f"/assemblees/points/{item.id}/candidatures", data={"name": name})
        session.expire_all()
        _vote(browser, item.id, **{f"votes-{item.candidates[0].id}": "6"})
    browser.post(f"/assemblees/{meeting.id}/clore", data={"hour": "20:00"})
    session.expire_all()
    assert (seat.outcome, office.outcome) == ("proposed", "elected")
    for item, told in ((seat, "Ada Fictive 6 proposé·e"), (office, "Brice Fictif 6 élu·e")):
        assert told in _words(browser.get(f"/assemblees/points/{item.id}").text)
    page = _words(browser.get(f"/assemblees/{meeting.id}").text)
    assert "Proposé·e : Ada Fictive" in page
    assert "Élu·e : Brice Fictif" in page
    installed = _words(browser.get(f"/assemblees/{meeting.id}/bureau").text)
    assert "Brice Fictif" in installed
    assert "Ada Fictive" not in installed
    minutes = _pdf(browser, f"/assemblees/{meeting.id}/proces-verbal.pdf")
    assert "Proposés à l'assemblée, qui seule élit : Ada Fictive." in minutes
    assert "assemblée des membres (art. 7 des statuts)" in minutes


def test_an_assembly_that_elects_whom_the_board_elects_is_told_so_with_the_clause_from_the_agenda_to_the_minutes(
    session: Session, sign_in: SignIn
) -> None:
    body = make_association(session)
    record_statutes(session, body, Statutes(keeps="officers", clauses={"keeps": "article 13"}), AssemblyKind.BOARD)
    browser = sign_in(make_member(session, body, Role.PRESIDENT))
    meeting = _meeting(session, body, AssemblyKind.ORDINARY)
    form = {
        "title": "Présidence",
        "kind": "election",
        "function": "president",
        "ballot": "secret",
        "decision": "ordinary",
    }
    posted = browser.post(f"/assemblees/{meeting.id}/points/nouveau", data=form, follow_redirects=True)
    why = "Les statuts (article 13) réservent ce vote au conseil d’administration."
    assert why in _words(posted.text)
    assert "L’assemblée élit les membres du conseil" in _words(posted.text)
    seat = add_item(session, meeting, "Conseil", kind=ItemKind.ELECTION, function="board_member")
    session.expire_all()
    office = next(one for one in meeting.agenda if one.function == "president")
    open_with(session, meeting, 6)
    for item, name in ((seat, "Ada Fictive"), (office, "Brice Fictif")):
        browser.post(f"/assemblees/points/{item.id}/candidatures", data={"name": name})
        session.expire_all()
        told = _vote(browser, item.id, **{f"votes-{item.candidates[0].id}": "6", "papers": "6"})
        assert (why in told) == (item is office), item.title
    assert "Le résultat est noté sous cette réserve" in told
    browser.post(f"/assemblees/{meeting.id}/clore", data={"hour": "20:00"})
    session.expire_all()
    assert (seat.outcome, office.outcome) == ("elected", "elected")
    for url in (f"/assemblees/{meeting.id}", f"/assemblees/{meeting.id}/bureau", f"/assemblees/registre/{body.id}"):
        assert f"Sous réserve : {why}" in _words(browser.get(url).text), url
    assert "Membre du conseil d’administration" in browser.get(f"/assemblees/{meeting.id}/bureau").text
    minutes = _pdf(browser, f"/assemblees/{meeting.id}/proces-verbal.pdf")
    assert "Les statuts réservent ce vote au conseil d'administration (article 13 des statuts)." in minutes
    rules = _words(browser.get(f"/assemblees/statuts/{body.id}").text)
    assert "Réservé à cette réunion l’élection du bureau" in rules
    board = _meeting(session, body)
    add_item(session, board, "Présidence", kind=ItemKind.ELECTION, function="president")
    assert "relève" not in browser.get(f"/assemblees/{board.id}").text


def test_the_minutes_of_a_board_speak_of_the_board_of_equal_votes_and_of_what_nobody_recorded(
    session: Session, sign_in: SignIn
) -> None:
    body = make_association(session)
    record_statutes(session, body, Statutes(quorum="none", casting_vote=False), AssemblyKind.BOARD)
    meeting = make_assembly(session, body, kind=AssemblyKind.BOARD, people=6, place="")
    item = add_item(session, meeting, "Dépense")
    news = add_item(session, meeting, "Nouvelles", kind=ItemKind.INFORMATION)
    add_item(session, meeting, "Questions diverses", kind=ItemKind.INFORMATION)
    election = add_item(session, meeting, "Trésorerie", kind=ItemKind.ELECTION, function="treasurer")
    seats = meeting.members
    presences = {seat.id: holding.Presence.PRESENT for seat in seats}
    roll = holding.Roll(presences=presences, president_id=seats[0].id, secretary_id=seats[1].id)
    holding.note_roll(session, meeting, roll, by=BY, at=at(DAY))
    holding.open_assembly(session, meeting, "18:00", by=BY, at=at(DAY))
    session.commit()
    browser = sign_in(make_member(session, body, Role.PRESIDENT))
    _vote(browser, item.id, **{"votes-for": "3", "votes-against": "3"})
    for name in ("Ada Fictive", "Brice Fictif"):
        browser.post(f"/assemblees/points/{election.id}/candidatures", data={"name": name})
    session.expire_all()
    _vote(browser, election.id, **{f"votes-{one.id}": "3" for one in election.candidates})
    browser.post(f"/assemblees/points/{election.id}/fin-election")
    session.expire_all()
    news.debate = "Le partenaire écrit."
    session.commit()
    browser.post(f"/assemblees/{meeting.id}/clore", data={"hour": "20:00"})
    minutes = _pdf(browser, f"/assemblees/{meeting.id}/proces-verbal.pdf")
    assert "lieu" not in minutes
    assert "Rien n'a été consigné sur ce point." in minutes
    assert "le conseil d'administration peut délibérer" in minutes
    assert "Le conseil d'administration en prend acte." in minutes
    assert "l'assemblée" not in minutes
    assert "Aucun envoi de convocation n'est consigné." in minutes
    assert "Les voix étant égales, la majorité n'est pas atteinte." in minutes
    assert "À égalité de voix : Ada Fictive, Brice Fictif." in minutes
    session.expire_all()
    assert news.outcome == "noted"


def test_what_is_not_known_of_the_statutes_says_why(session: Session, sign_in: SignIn) -> None:
    body = make_association(session)
    browser = sign_in(make_member(session, body, Role.PRESIDENT))
    meeting = make_assembly(session, body, kind=AssemblyKind.BOARD, people=0)
    url = f"/assemblees/{meeting.id}"
    assert "inconnu : les statuts ne sont pas notés" in _words(browser.get(url).text)
    browser.post(f"/assemblees/statuts/{body.id}/noter", data={"kind": "office", "since": "01/01/2020"})
    assert "inconnu : rien n’est noté des statuts pour ce genre de réunion" in _words(browser.get(url).text)
    rule = {"kind": "board", "quorum": "fraction", "quorum_share": "1/2", "clause_quorum": "art. 12"}
    later = f"{DAY + timedelta(days=1):%d/%m/%Y}"
    browser.post(f"/assemblees/statuts/{body.id}/noter", data=rule | {"since": later, "notice_days": "8"})
    assert "ce qui est noté des statuts vaut depuis le dimanche 21 mars 2027" in _words(browser.get(url).text)
    assert "vaut depuis le dimanche 21 mars 2027 ; rien ne bloque" in _words(browser.get(f"{url}/convocation").text)
    browser.post(f"/assemblees/statuts/{body.id}/noter", data=rule | {"since": "01/01/2020"})
    page = _words(browser.get(url).text)
    assert "Quorum pas encore connu : personne n’est encore appelé à voter" in page
    assert "Quorum" not in _pdf(browser, f"{url}/feuille-de-presence.pdf")
    assert "Délai de convocation inconnu : ce qui est noté des statuts ne le dit pas" in page
    seats = [calling.SeatFacts(name=f"Membre Fictif {number}") for number in range(5)]
    calling.call_people(session, meeting, seats, by=BY, at=at(date(2027, 1, 5)))
    session.commit()
    assert "Quorum 3" in _words(browser.get(url).text)
