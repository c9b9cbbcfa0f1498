"""Who leaves an assembly may leave a proxy behind: it counts from there on, and what was voted keeps its count."""

from __future__ import annotations

import random
import re
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader
from sqlalchemy import column, create_engine, insert, select, table, update

from app.accounts.models import Role
from app.assemblies.models import AssemblyProxy, AssemblySeat, Ballot, ItemKind
from app.assemblies.reckoning import room_at
from app.assemblies.services import electing, holding, voting
from app.assemblies.services.keeping import ChangesVote
from app.audit.models import JournalEntry
from app.database import migrate
from app.database.connection import prepare
from app.mail.models import OutboxMessage
from app.shared import clock
from app.shared.errors import DomainError
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
ONE_EACH = replace(STATUTES, proxies_per_person=1)


def _words(page: str) -> str:
    text = re.sub(r"<[^>]+>", " ", page).replace("\N{NO-BREAK SPACE}", " ").replace("&#39;", "’")
    return re.sub(r"\s+", " ", text)


def _printed(document: bytes) -> str:
    text = " ".join(page.extract_text() for page in PdfReader(BytesIO(document)).pages)
    return re.sub(r"\s+", " ", text.replace("\N{NO-BREAK SPACE}", " ").replace("’", "'"))


def _held(session: Session, present: int = 4, people: int = 8) -> tuple[Body, Assembly, list[AssemblyItem]]:
    """An open assembly of four items where each carries one proxy at most."""
    body = make_association(session)
    record(session, body, replace(ONE_EACH, quorum_number=None, quorum="none"))
    assembly = make_assembly(session, body, people=people)
    names = ("Ada", "Boris", "Cléa", "Dora", "Emil", "Fanny", "Gaël", "Hugo")
    for seat, name in zip(assembly.members, names, strict=False):
        seat.name = f"{name} FICTIF"
    items = [add_item(session, assembly, title) for title in ("Rapport", "Comptes", "Budget", "Projets")]
    open_with(session, assembly, present)
    return body, assembly, items


def _vote(session: Session, item: AssemblyItem, votes: int) -> None:
    voting.count_room(session, item, voting.RoomCount(choices={"for": votes}), by=BY, at=NOW)
    voting.decide(session, item, by=BY, at=NOW)
    session.commit()


def test_who_leaves_gives_a_proxy_from_there_on_and_the_sheet_the_votes_and_the_minutes_say_the_same(
    session: Session, sign_in: SignIn
) -> None:
    body, assembly, (report, accounts, budget, projects) = _held(session)
    ada, boris, clea, dora, *_ = assembly.members
    browser = sign_in(make_member(session, body, Role.PRESIDENT))
    page = f"/assemblees/{assembly.id}"
    _vote(session, report, 4)
    refused = browser.post(f"{page}/pouvoirs", data={"giver": boris.id, "holder": ada.id})
    assert refused.status_code == 422
    assert "En cas de départ, notez d’abord le départ, puis le pouvoir." in _words(refused.text)
    moved = browser.post(
        f"/assemblees/personnes/{boris.id}/mouvement", data={"item": budget.id, "what": "left"}, follow_redirects=True
    )
    assert "Un pouvoir écrit avant de partir se note sous « Pouvoirs »." in _words(moved.text)
    offered = moved.text.partition('name="giver"')[2].partition("</select>")[0]
    assert boris.name in offered
    assert clea.name not in offered, "who is there is not asked for a proxy"
    given = browser.post(f"{page}/pouvoirs", data={"giver": boris.id, "holder": ada.id}, follow_redirects=True)
    sheet = _words(given.text)
    assert "Boris FICTIF donne pouvoir à Ada FICTIF compte à partir du point 3" in sheet
    assert "Présents et représentés à l’ouverture 4 et 0 À partir du point 3 3 et 1" in sheet
    beyond = {"giver": assembly.members[5].id, "holder": ada.id, "since": budget.id}
    assert "un pouvoir de trop" in _words(browser.post(f"{page}/pouvoirs", data=beyond).text)
    gone = beyond | {"holder": boris.id}
    assert "a donné son propre pouvoir" in _words(browser.post(f"{page}/pouvoirs", data=gone).text)
    assert "À partir du point 3 3 et 1" in _words(browser.get(page).text)
    for item, votes in ((accounts, 4), (budget, 4)):
        shown = _words(browser.get(f"/assemblees/points/{item.id}").text)
        assert f"{votes} (présents et pouvoirs)" in shown
        assert ("Ada FICTIF vote pour Boris FICTIF" in shown) is (item is budget)
        refused = browser.post(f"/assemblees/points/{item.id}/voix", data={"votes-for": votes + 1})
        assert f"{votes + 1} votes pour {votes} voix" in _words(refused.text)
        browser.post(f"/assemblees/points/{item.id}/voix", data={"votes-for": votes, "decide": "1"})
    browser.post(f"/assemblees/personnes/{ada.id}/mouvement", data={"item": projects.id, "what": "left"})
    again = browser.post(f"{page}/pouvoirs", data={"giver": boris.id, "holder": clea.id}, follow_redirects=True)
    sheet = _words(again.text)
    assert "compte à partir du point 3, jusqu’au départ d’Ada FICTIF avant le point 4" in sheet
    assert "Boris FICTIF donne pouvoir à Cléa FICTIF compte à partir du point 4" in sheet
    _vote(session, projects, 3)
    minutes = _printed(browser.get(f"{page}/proces-verbal.pdf").data)
    assert "Représentés en cours de réunion (2) : Boris FICTIF par Ada FICTIF à partir du point 3" in minutes
    assert (
        "jusqu'au départ d'Ada FICTIF (avant le point 4), Boris FICTIF par Cléa FICTIF à partir du point 4" in minutes
    )
    assert (
        "Boris FICTIF quitte la réunion. Boris FICTIF donne pouvoir à Ada FICTIF, à partir de ce point. "
        "Présents ou représentés à ce point : 4." in minutes
    )
    assert "Le pouvoir de Boris FICTIF à Ada FICTIF prend fin avec le départ d'Ada FICTIF." in minutes
    assert "Présents ou représentés à l'ouverture : 4." in minutes
    assert "Boris FICTIF (départ avant le point 3)" in minutes, "nobody is told as present and carried at once"
    paper = _printed(browser.get(f"{page}/feuille-de-presence.pdf").data)
    assert "Certifiée exacte à l'ouverture : 4 présents, 0 représenté" in paper
    session.expire_all()
    assert [room_at(assembly, ONE_EACH, item).votes for item in assembly.agenda] == [4, 4, 4, 3]
    actions = set(session.scalars(select(JournalEntry.action)))
    assert "assemblies.proxy_noted_from" in actions
    assert dora.name in _words(again.text)


def test_who_comes_back_votes_in_person_and_may_leave_and_give_another_proxy(session: Session) -> None:
    _body, assembly, (report, accounts, budget, projects) = _held(session)
    ada, boris, clea, *_ = assembly.members
    _vote(session, report, 4)
    holding.note_move(session, boris, accounts, comes=False, by=BY, at=NOW)
    holding.give_proxy(session, assembly, boris, ada, by=BY, at=NOW)
    holding.note_move(session, boris, budget, comes=True, by=BY, at=NOW)
    holding.note_move(session, boris, projects, comes=False, by=BY, at=NOW)
    holding.give_proxy(session, assembly, boris, clea, since=projects, by=BY, at=NOW)
    session.commit()
    session.expire_all()
    rooms = [room_at(assembly, ONE_EACH, item) for item in assembly.agenda]
    assert [boris in room.present for room in rooms] == [True, False, True, False]
    assert [[one.holder for one in room.represented] for room in rooms] == [[], [ada], [], [clea]]
    assert [room.votes for room in rooms] == [4, 4, 4, 4]


def test_a_holder_who_did_not_leave_after_all_leaves_the_vote_to_who_was_named_next(session: Session) -> None:
    _body, assembly, (_report, accounts, *_more) = _held(session)
    ada, boris, clea, dora, *_ = assembly.members
    holding.note_move(session, dora, assembly.agenda[0], comes=False, by=BY, at=NOW)
    holding.give_proxy(session, assembly, dora, ada, by=BY, at=NOW)
    holding.note_move(session, ada, accounts, comes=False, by=BY, at=NOW)
    holding.give_proxy(session, assembly, dora, clea, by=BY, at=NOW)
    holding.note_move(session, ada, accounts, comes=True, by=BY, at=NOW)
    rooms = [room_at(assembly, ONE_EACH, item) for item in assembly.agenda]
    assert [[one.holder for one in room.represented] for room in rooms] == [[ada], [clea], [clea], [clea]]
    assert not any(room.beyond for room in rooms)
    assert boris in rooms[0].present


def test_a_move_noted_by_mistake_is_undone_at_the_same_item_and_never_put_before_the_last_one(
    session: Session,
) -> None:
    _body, assembly, (report, accounts, budget, _projects) = _held(session)
    ada, *_rest, late = assembly.members[:6]
    holding.note_move(session, ada, budget, comes=False, by=BY, at=NOW)
    with pytest.raises(holding.CannotOpen, match="Le dernier mouvement noté"):
        holding.note_move(session, ada, accounts, comes=True, by=BY, at=NOW)
    with pytest.raises(holding.CannotOpen, match="n’est pas là"):
        holding.note_move(session, ada, budget, comes=False, by=BY, at=NOW)
    holding.note_move(session, ada, budget, comes=True, by=BY, at=NOW)
    assert (ada.left_before_id, assembly.absences) == (None, [])
    with pytest.raises(holding.CannotOpen, match="est déjà là"):
        holding.note_move(session, ada, budget, comes=True, by=BY, at=NOW)
    holding.note_move(session, late, accounts, comes=True, by=BY, at=NOW)
    with pytest.raises(holding.CannotOpen, match="Le dernier mouvement noté"):
        holding.note_move(session, late, report, comes=False, by=BY, at=NOW)
    holding.note_move(session, late, accounts, comes=False, by=BY, at=NOW)
    assert (late.presence, late.came_before_id) == ("absent", None)


def test_what_was_voted_keeps_its_count_until_the_vote_is_taken_back(session: Session) -> None:
    _body, assembly, (report, accounts, *_more) = _held(session)
    ada, boris, *_rest, fanny = assembly.members[:6]
    _vote(session, report, 4)
    roll = holding.Roll(presences={fanny.id: holding.Presence.PRESENT}, president_id=ada.id)
    with pytest.raises(ChangesVote, match="« Rapport ».*« Corriger le vote »".replace(" ", ".")):
        holding.note_roll(session, assembly, roll, by=BY, at=NOW)
    session.rollback()
    with pytest.raises(ChangesVote):
        holding.note_move(session, boris, report, comes=False, by=BY, at=NOW)
    session.rollback()
    proxy = holding.give_proxy(session, assembly, fanny, ada, by=BY, at=NOW)
    assert proxy.from_item_id == accounts.id, "nothing that was voted is reopened by a proxy noted after it"
    voting.reopen(session, report, by=BY, at=NOW)
    holding.note_move(session, boris, report, comes=False, by=BY, at=NOW)
    with pytest.raises(voting.BadVote, match="4 votes pour 3 voix"):
        voting.decide(session, report, by=BY, at=NOW)


def test_a_proxy_that_served_is_taken_back_for_what_follows_and_stays_in_the_minutes(
    session: Session, sign_in: SignIn
) -> None:
    body, assembly, (report, accounts, *_more) = _held(session)
    ada, boris, *_rest, fanny = assembly.members[:6]
    proxy = holding.give_proxy(session, assembly, fanny, ada, by=BY, at=NOW)
    session.commit()
    browser, page = sign_in(make_member(session, body, Role.PRESIDENT)), f"/assemblees/{assembly.id}"
    assert "Retirer ce pouvoir" in browser.get(f"{page}/feuille").text
    _vote(session, report, 5)
    assert "Mettre fin à ce pouvoir" in browser.get(f"{page}/feuille").text
    ended = browser.post(f"/assemblees/pouvoirs/{proxy.id}/retirer", follow_redirects=True)
    assert "compte, jusqu’à son retrait avant le point 2" in _words(ended.text).replace(" ,", ",")
    session.expire_all()
    assert [room_at(assembly, ONE_EACH, item).votes for item in (report, accounts)] == [5, 4]
    assert "Mettre fin" not in browser.get(f"{page}/feuille").text
    again = browser.post(f"/assemblees/pouvoirs/{proxy.id}/retirer")
    assert "il reste dans le procès-verbal" in _words(again.text)
    browser.post(f"{page}/pouvoirs", data={"giver": fanny.id, "holder": boris.id})
    minutes = _printed(browser.get(f"{page}/proces-verbal.pdf").data)
    assert "Représentés (1) : Fanny FICTIF par Ada FICTIF jusqu'au retrait du pouvoir (avant le point 2)" in minutes
    assert "Fanny FICTIF retire son pouvoir à Ada FICTIF." in minutes
    assert "Fanny FICTIF donne pouvoir à Boris FICTIF, à partir de ce point." in minutes


def test_who_left_a_proxy_votes_online_only_where_nobody_votes_for_them(session: Session, sign_in: SignIn) -> None:
    body = make_association(session)
    record(session, body, replace(ONE_EACH, notice_days=0, quorum="none"))
    assembly = make_assembly(session, body, day=clock.today(), people=5)
    items = [add_item(session, assembly, title) for title in ("Rapport", "Comptes", "Budget")]
    browser = sign_in(make_member(session, body, Role.PRESIDENT))
    browser.post(f"/assemblees/{assembly.id}/convocation", data={"is_sure": "y"})
    letters = {one.to_address: one.text for one in session.scalars(select(OutboxMessage))}
    boris = assembly.members[1]
    link = re.search(r"/assemblees/reponse/\S+", letters[boris.email])
    assert link is not None
    roll = {f"presence-{seat.id}": "present" for seat in assembly.members[:3]}
    ada, _boris, clea = assembly.members[:3]
    browser.post(f"/assemblees/{assembly.id}/feuille", data=roll | {"president": ada.id, "secretary": clea.id})
    browser.post(f"/assemblees/{assembly.id}/ouvrir", data={"hour": "18:00"})
    move = f"/assemblees/personnes/{boris.id}/mouvement"
    browser.post(move, data={"item": items[1].id, "what": "left"})
    browser.post(f"/assemblees/{assembly.id}/pouvoirs", data={"giver": boris.id, "holder": ada.id})
    browser.post(f"/assemblees/personnes/{ada.id}/mouvement", data={"item": items[2].id, "what": "left"})
    for item in items:
        browser.post(f"/assemblees/points/{item.id}/en-ligne", data={"open": "1"})
    own = _words(browser.get(link[0]).text)
    assert own.count(f"{ada.name} porte votre pouvoir et vote pour vous sur ce point.") == 1
    refused = browser.post(f"{link[0]}/vote/{items[1].id}", data={"choice": "for"})
    assert "Vous avez donné pouvoir" in _words(refused.text)
    browser.post(f"{link[0]}/vote/{items[2].id}", data={"choice": "for"})
    session.expire_all()
    assert [len(item.voices) for item in assembly.agenda] == [0, 0, 1], "the proxy ended when its holder left"
    again = browser.post(f"/assemblees/{assembly.id}/pouvoirs", data={"giver": boris.id, "holder": clea.id})
    assert "a déjà voté à distance" in _words(again.text)


def test_an_election_counts_the_proxy_of_who_left_between_two_rounds(session: Session) -> None:
    body = make_association(session)
    record(session, body, replace(ONE_EACH, quorum="none"))
    assembly = make_assembly(session, body, people=5)
    item = add_item(session, assembly, "Présidence", kind=ItemKind.ELECTION, function="president", ballot=Ballot.SECRET)
    open_with(session, assembly, 4)
    ada, boris, clea, dora = assembly.members[:4]
    first, second = (electing.stand(session, item, one.name, by=BY, at=NOW) for one in (ada, boris))
    papers = {str(first.id): 2, str(second.id): 2}
    voting.count_room(session, item, voting.RoomCount(choices=papers, papers=4), by=BY, at=NOW)
    electing.close_round(session, item, by=BY, at=NOW)
    holding.note_move(session, dora, item, comes=False, by=BY, at=NOW)
    papers = {str(first.id): 2, str(second.id): 1}
    with pytest.raises(voting.BadVote, match="4 votes pour 3 voix"):
        voting.count_room(session, item, voting.RoomCount(choices=papers, papers=4), by=BY, at=NOW)
    holding.give_proxy(session, assembly, dora, clea, by=BY, at=NOW)
    papers = {str(first.id): 3, str(second.id): 1}
    voting.count_room(session, item, voting.RoomCount(choices=papers, papers=4), by=BY, at=NOW)
    electing.close_round(session, item, by=BY, at=NOW)
    assert item.outcome == "elected"


def test_a_proxy_is_given_within_the_meeting_and_for_something_to_be_voted(session: Session) -> None:
    _body, assembly, items = _held(session)
    other = make_assembly(session, assembly.body, people=1)
    foreign = add_item(session, other)
    ada, *_rest, fanny = assembly.members[:6]
    with pytest.raises(holding.BadProxy, match="autre réunion"):
        holding.give_proxy(session, assembly, fanny, ada, since=foreign, by=BY, at=NOW)
    for item in items:
        _vote(session, item, 4)
    with pytest.raises(holding.BadProxy, match="Tout est déjà voté"):
        holding.give_proxy(session, assembly, fanny, ada, by=BY, at=NOW)


@pytest.mark.parametrize("seed", range(6))
def test_whoever_comes_goes_gives_and_takes_back_nobody_counts_twice_and_what_was_voted_stays(
    session: Session, seed: int
) -> None:
    _body, assembly, items = _held(session)
    chance = random.Random(seed)  # noqa: S311  # a draw that can be done again
    limit, kept, done = ONE_EACH.proxies_per_person, {}, Counter()
    for step in range(70):
        what = chance.choice(["came", "left", "left", "give", "give", "give", "back"])
        try:
            with session.begin_nested():
                _draw(session, assembly, what, chance)
            done[what] += 1
        except DomainError:
            session.expire_all()
        if step % 20 == 19:  # the next item is voted
            voted = items[len(kept)]
            _vote(session, voted, room_at(assembly, ONE_EACH, voted).votes)
            kept[voted] = _who(assembly, voted)
        for one in (None, *items):
            room = room_at(assembly, ONE_EACH, one)
            people = [seat.id for seat in room.present] + [proxy.giver_id for proxy in room.represented]
            assert len(set(people)) == len(people)
            carried = Counter(proxy.holder_id for proxy in room.represented)
            assert set(carried) <= {seat.id for seat in room.present}
            assert all(number <= limit for number in carried.values())
            assert not room.beyond, "what is refused when it is noted is never one too many"
        assert {one: _who(assembly, one) for one in kept} == kept
    assert len(kept) == 3
    assert min(done[what] for what in ("came", "left", "give")) > 0, "the draw did something"


def _draw(session: Session, assembly: Assembly, what: str, chance: random.Random) -> None:
    """Do something that may or may not be possible."""
    seat, holder = chance.choice(assembly.members), chance.choice(assembly.members)
    item = chance.choice(assembly.agenda)
    if what == "give":
        since = chance.choice([None, item])
        holding.give_proxy(session, assembly, seat, holder, since=since, by=BY, at=NOW)
    elif what != "back":
        holding.note_move(session, seat, item, comes=what == "came", by=BY, at=NOW)
    elif assembly.proxies:
        holding.take_back_proxy(session, chance.choice(assembly.proxies), by=BY, at=NOW)


def _who(assembly: Assembly, item: AssemblyItem) -> tuple[list[int], list[tuple[int, int]]]:
    room = room_at(assembly, ONE_EACH, item)
    return [one.id for one in room.present], [(one.giver_id, one.holder_id) for one in room.represented]


def test_an_older_installation_keeps_the_count_of_proxies_that_lived_again(database_url: str) -> None:
    from sqlalchemy.orm import Session as Work  # noqa: PLC0415  # the fixture's name is taken

    engine = create_engine(database_url)
    prepare(engine)
    with Work(engine) as session:
        _body, assembly, items = _held(session)
        ada, boris, clea, dora, *_more = assembly.members
        numbers = {"assembly": assembly.id, "ada": ada.id, "boris": boris.id, "clea": clea.id, "dora": dora.id}
        left = items[2].id
    migrate.downgrade(engine, "044_handover_proofs")
    kept = ("id", "assembly_id", "giver_id", "holder_id", "from_item_id", "channel", "noted_at")
    seat, columns = AssemblySeat.__table__, AssemblyProxy.__table__.c
    proxy = table("assembly_proxy", *(column(name, columns[name].type) for name in kept))  # as it was then
    plain = {"assembly_id": numbers["assembly"], "channel": "paper", "noted_at": NOW}
    with engine.begin() as connection:
        connection.execute(update(seat).where(seat.c.id == numbers["boris"]).values(left_before_id=left))
        for giver in ("boris", "dora"):
            connection.execute(insert(proxy).values(**plain, giver_id=numbers[giver], holder_id=numbers["ada"]))
    migrate.upgrade(engine, "045_leaving")
    read = select(proxy.c.giver_id, proxy.c.from_item_id).order_by(proxy.c.id)
    with engine.begin() as connection:
        told = [(numbers["boris"], left), (numbers["dora"], None)]
        assert connection.execute(read).all() == told, "given before, came, left: it counted from there on"
        later = {"giver_id": numbers["dora"], "holder_id": numbers["clea"], "from_item_id": left}
        connection.execute(insert(proxy).values(**plain, **later))
    migrate.downgrade(engine, "044_handover_proofs")
    with engine.connect() as connection:
        rows = connection.execute(select(proxy.c.giver_id, proxy.c.holder_id).order_by(proxy.c.id)).all()
    assert rows == [(numbers["boris"], numbers["ada"]), (numbers["dora"], numbers["ada"])]
    migrate.upgrade(engine)
    engine.dispose()


def test_a_proxy_form_tells_who_leaves_how_to_give_one(session: Session, sign_in: SignIn) -> None:
    body = make_association(session)
    record(session, body)
    assembly = make_assembly(session, body, day=clock.today() + timedelta(days=20))
    browser = sign_in(make_member(session, body, Role.PRESIDENT))
    form = _printed(browser.get(f"/assemblees/{assembly.id}/pouvoir.pdf").data)
    assert "Qui part en cours de réunion le remet avant de partir à qui préside" in form
