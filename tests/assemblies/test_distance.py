"""Votes from a screen: who carries proxies gives each voice, and the minutes name whoever was in no list."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader
from sqlalchemy import select

from app.accounts.models import Role
from app.assemblies.documents import minutes_paper
from app.assemblies.models import Ballot, Channel, ItemKind
from app.assemblies.reckoning import new_at_second, room_at, votes_in_room
from app.assemblies.services import calling, electing, holding, voting
from app.mail.models import OutboxMessage
from app.shared import clock
from tests.factories.accounts import make_member
from tests.factories.assemblies import (
    BY,
    DAY,
    STATUTES,
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
    from app.assemblies.models import Assembly, AssemblySeat

    SignIn = Callable[[Account], FlaskClient]

RULES = replace(STATUTES, notice_days=0, quorum="none", proxies_per_person=2)


def _words(page: str) -> str:
    text = re.sub(r"<[^>]+>", " ", page).replace("\N{NO-BREAK SPACE}", " ").replace("&#39;", "’")
    return re.sub(r"\s+", " ", text)


def _printed(document: bytes) -> str:
    text = " ".join(page.extract_text() for page in PdfReader(BytesIO(document)).pages)
    return re.sub(r"\s+", " ", text.replace("\N{NO-BREAK SPACE}", " "))


def _link(session: Session, seat: AssemblySeat) -> str:
    letter = session.scalars(select(OutboxMessage).where(OutboxMessage.to_address == seat.email)).one()
    found = re.search(r"/assemblees/reponse/\S+", letter.text)
    assert found is not None
    return found[0]


def _open(browser: FlaskClient, assembly: Assembly, here: int) -> None:
    """Convene, note the first as present, open."""
    url, people = f"/assemblees/{assembly.id}", assembly.members
    browser.post(f"{url}/convocation", data={"is_sure": "y"})
    roll = {f"presence-{seat.id}": "present" for seat in people[:here]}
    browser.post(f"{url}/feuille", data=roll | {"president": people[0].id, "secretary": people[1].id})
    browser.post(f"{url}/ouvrir", data={"hour": "18:00"})


def test_who_carries_two_proxies_gives_three_voices_from_a_screen_each_once(session: Session, sign_in: SignIn) -> None:
    body = make_association(session)
    record_statutes(session, body, RULES)
    assembly = make_assembly(session, body, day=clock.today(), people=10)
    budget = add_item(session, assembly, "Budget")
    chair = add_item(
        session, assembly, "Présidence", kind=ItemKind.ELECTION, function="president", ballot=Ballot.SECRET
    )
    ada, boris, clea, dora, emil, *_others = assembly.members
    candidate = electing.stand(session, chair, ada.name, by=BY, at=clock.now())
    for giver in (dora, emil):
        holding.give_proxy(session, assembly, giver, clea, by=BY, at=clock.now())
    session.commit()
    browser = sign_in(make_member(session, body, Role.PRESIDENT))
    _open(browser, assembly, 3)
    for item in (budget, chair):
        browser.post(f"/assemblees/points/{item.id}/en-ligne", data={"open": "1"})
    link = _link(session, clea)
    page = browser.get(link).text
    assert _words(page).count(f"Au nom de {dora.name}, dont vous portez le pouvoir") == 2
    assert len(ids := re.findall(r'id="(choice-[^"]+)"', page)) == len(set(ids))
    assert f"{clea.name} porte votre pouvoir et vote pour vous" in _words(browser.get(_link(session, emil)).text)
    stranger = browser.post(f"{_link(session, boris)}/vote/{budget.id}", data={"giver": dora.id, "choice": "for"})
    assert stranger.status_code == 422
    assert f"Vous ne portez pas le pouvoir de {dora.name} sur ce point." in _words(stranger.text)
    for strange in (10**6, "9" * 30, "x"):
        outsider = browser.post(f"{link}/vote/{budget.id}", data={"giver": strange, "choice": "for"})
        assert "Cette personne ne vote pas dans cette réunion." in _words(outsider.text)
    for given in ({"choice": "for"}, {"giver": dora.id, "choice": "against"}, {"giver": emil.id, "choice": "for"}):
        done = browser.post(f"{link}/vote/{budget.id}", data=given, follow_redirects=True)
        assert "est compté" in _words(done.text)
        again = browser.post(f"{link}/vote/{budget.id}", data=given)
        assert again.status_code == 422
    browser.post(f"{link}/vote/{chair.id}", data={"giver": dora.id, "choice": str(candidate.id)})
    session.expire_all()
    assert [(voice.seat.name, voice.choice) for voice in budget.voices] == [
        (clea.name, "for"),
        (dora.name, "against"),
        (emil.name, "for"),
    ]
    assert [voice.choice for voice in chair.voices] == [""], "a secret vote is counted and forgotten"
    statutes = voting.statutes_for(session, assembly)
    assert votes_in_room(budget, room_at(assembly, statutes, budget)) == 2
    assert votes_in_room(chair, room_at(assembly, statutes, chair)) == 4
    browser.post(f"/assemblees/points/{chair.id}/voix", data={f"votes-{candidate.id}": "4", "papers": "4"})
    late = browser.post(f"{link}/vote/{chair.id}", data={"giver": emil.id, "choice": str(candidate.id)})
    assert "Toutes les voix de la salle sont déjà comptées" in _words(late.text)


def test_the_minutes_name_who_voted_and_was_neither_there_nor_represented(session: Session, sign_in: SignIn) -> None:
    body = make_association(session)
    record_statutes(session, body, RULES)
    assembly = make_assembly(session, body, day=clock.today(), people=10)
    item = add_item(session, assembly, "Budget")
    session.commit()
    browser = sign_in(make_member(session, body, Role.PRESIDENT))
    _open(browser, assembly, 3)
    browser.post(f"/assemblees/points/{item.id}/en-ligne", data={"open": "1"})
    away, here = assembly.members[4], assembly.members[2]
    for seat in (away, here):
        browser.post(f"{_link(session, seat)}/vote/{item.id}", data={"choice": "for"})
    browser.post(f"/assemblees/points/{item.id}/voix", data={"votes-for": "2", "decide": "1"})
    minutes = _printed(browser.get(f"/assemblees/{assembly.id}/proces-verbal.pdf").data)
    assert "4 pour, 0 contre" in minutes
    assert f"Ont voté sans être présents ni représentés à ce point (1) : {away.name}." in minutes


def test_a_proxy_that_gave_a_vote_from_a_screen_stays_and_fills_its_place_at_that_item(
    session: Session, sign_in: SignIn
) -> None:
    body = make_association(session)
    record_statutes(session, body, RULES)
    assembly = make_assembly(session, body, day=clock.today(), people=10)
    budget, dues = (add_item(session, assembly, title) for title in ("Budget", "Cotisation"))
    ada, boris, clea, dora, emil, *_others = assembly.members
    for giver in (boris, clea):
        holding.give_proxy(session, assembly, giver, emil, channel=Channel.ELECTRONIC, by=BY, at=clock.now())
    session.commit()
    browser = sign_in(make_member(session, body, Role.PRESIDENT))
    browser.post(f"/assemblees/{assembly.id}/convocation", data={"is_sure": "y"})
    browser.post(f"/assemblees/points/{budget.id}/en-ligne", data={"open": "1"})
    link = _link(session, emil)
    assert "qu’aux points où vous votez ici" not in _words(browser.get(link).text)
    browser.post(link, data={"answer": "excused"})
    assert "qu’aux points où vous votez ici en son nom" in _words(browser.get(link).text)
    for giver in (boris, clea):
        browser.post(f"{link}/vote/{budget.id}", data={"giver": giver.id, "choice": "for"})
    page = _words(browser.get(f"/assemblees/points/{budget.id}").text)
    assert f"{boris.name} en ligne par {emil.name}" in page
    browser.post(_link(session, boris), data={"answer": "come"})
    session.expire_all()
    assert [(one.giver.name, one.served) for one in assembly.proxies] == [(clea.name, True)]
    refused = browser.post(f"/assemblees/{assembly.id}/pouvoirs", data={"giver": dora.id, "holder": emil.id})
    assert "un pouvoir de trop" in _words(refused.text), "he has voted for two at the first item"
    browser.post(f"/assemblees/{assembly.id}/pouvoirs", data={"giver": boris.id, "holder": ada.id})
    session.expire_all()
    assert [one.holder.name for one in assembly.proxies if one.giver_id == boris.id] == [ada.name], "for what is left"
    roll = {f"presence-{seat.id}": "present" for seat in (ada, dora)}
    browser.post(f"/assemblees/{assembly.id}/feuille", data=roll | {"president": ada.id, "secretary": dora.id})
    browser.post(f"/assemblees/{assembly.id}/ouvrir", data={"hour": "18:00"})
    browser.post(f"/assemblees/points/{budget.id}/voix", data={"votes-for": "2", "decide": "1"})
    minutes = _printed(browser.get(f"/assemblees/{assembly.id}/proces-verbal.pdf").data)
    assert f"Ont voté sans être présents ni représentés à ce point (1) : {clea.name} (par {emil.name})." in minutes
    assert "4 pour, 0 contre" in minutes
    assert dues.outcome == ""


def test_each_round_of_an_election_keeps_how_many_were_there(session: Session, sign_in: SignIn) -> None:
    body = make_association(session)
    record_statutes(session, body, RULES)
    assembly = make_assembly(session, body, people=10)
    item = add_item(session, assembly, "Présidence", kind=ItemKind.ELECTION, function="president", ballot=Ballot.SECRET)
    open_with(session, assembly, 8)
    ada, boris, *others = assembly.members
    first, second = (electing.stand(session, item, one.name, by=BY, at=clock.now()) for one in (ada, boris))
    proxy = holding.give_proxy(session, assembly, assembly.members[9], boris, by=BY, at=clock.now())
    session.commit()
    papers = {str(first.id): 4, str(second.id): 4}
    voting.count_room(session, item, voting.RoomCount(choices=papers, papers=8, blank=1), by=BY, at=clock.now())
    electing.close_round(session, item, by=BY, at=clock.now())
    session.commit()
    assert item.rooms == {"1": 9}
    browser = sign_in(make_member(session, body, Role.PRESIDENT))
    for seat in (boris, *others[:3]):
        browser.post(f"/assemblees/personnes/{seat.id}/mouvement", data={"item": item.id, "what": "left"})
    sheet = _words(browser.get(f"/assemblees/{assembly.id}/feuille").text)
    assert proxy.served
    assert "Retirer ce pouvoir" not in sheet
    minutes = _printed(browser.get(f"/assemblees/{assembly.id}/proces-verbal.pdf").data)
    first_round, after = minutes.index("Présents ou représentés au tour 1 : 9."), minutes.index("quitte la réunion")
    assert first_round < after < minutes.index("Présents ou représentés à ce point : 4.")
    assert f"{boris.name} (départ au cours du point 1)" in minutes


@pytest.mark.parametrize(("present", "told"), [(1, True), (6, False)])
def test_what_is_new_at_a_second_meeting_keeps_its_quorum(
    session: Session,
    sign_in: SignIn,
    present: int,
    told: bool,  # noqa: FBT001  # a table
) -> None:
    body = make_association(session)
    record_statutes(session, body)
    first = make_assembly(session, body)
    add_item(session, first, "Rapport moral", resolution="On approuve.")
    with pytest.raises(holding.NoQuorum):
        open_with(session, first, 4)
    holding.close_without_quorum(session, first, by=BY, at=clock.now())
    second = calling.call_second(session, first, at(DAY + timedelta(days=20)), by=BY, at=clock.now())
    session.commit()
    browser = sign_in(make_member(session, body, Role.PRESIDENT))
    letter = f"/assemblees/{second.id}/convocation.pdf"
    assert "sur le même ordre du jour. Cette fois, les statuts n’exigent aucun quorum" in _printed(
        browser.get(letter).data
    )
    fresh = add_item(session, second, "Vente du minibus", resolution="On vend.")
    called = _printed(browser.get(letter).data)
    assert "sauf pour « Vente du minibus », nouveau ou changé depuis" in called
    assert "ils l’exigent pour « Vente du minibus »" in called
    open_with(session, second, present)
    session.commit()
    known, new = second.agenda
    assert new is fresh
    sentence = "Ce point est nouveau, ou il a changé : le quorum y reste demandé."
    assert sentence not in _words(browser.get(f"/assemblees/points/{known.id}").text)
    assert (sentence in _words(browser.get(f"/assemblees/points/{new.id}").text)) is told
    for item in (known, new):
        browser.post(f"/assemblees/points/{item.id}/voix", data={"votes-for": str(present), "decide": "1"})
    minutes = _printed(browser.get(f"/assemblees/{second.id}/proces-verbal.pdf").data)
    assert ("l’ordre du jour de la réunion du" in minutes) is told


def test_what_waits_for_its_vote_never_stands_before_what_was_voted(session: Session, sign_in: SignIn) -> None:
    body = make_association(session)
    record_statutes(session, body)
    assembly = make_assembly(session, body)
    first, second = (add_item(session, assembly, title) for title in ("Rapport moral", "Budget"))
    open_with(session, assembly, 8)
    session.commit()
    browser = sign_in(make_member(session, body, Role.PRESIDENT))
    browser.post(f"/assemblees/points/{first.id}/voix", data={"votes-for": "8", "decide": "1"})
    refused = browser.post(f"/assemblees/points/{second.id}/monter", follow_redirects=True)
    assert "Le procès-verbal suit l’ordre des votes." in _words(refused.text)
    browser.post(f"/assemblees/points/{first.id}/descendre")
    session.expire_all()
    assert [item.title for item in assembly.agenda] == ["Rapport moral", "Budget"]


def test_a_meeting_does_not_end_before_it_began_but_may_end_after_midnight(session: Session) -> None:
    body = make_association(session)
    record_statutes(session, body)
    assembly = make_assembly(session, body)
    item = add_item(session, assembly, kind=ItemKind.INFORMATION)
    open_with(session, assembly, 8)
    assert item.outcome == ""
    assembly.opened_at = "20:00"
    with pytest.raises(holding.CannotOpen, match="elle ne se clôt pas à 19:00"):
        holding.close_assembly(session, assembly, "19:00", by=BY, at=clock.now())
    with pytest.raises(holding.CannotOpen, match="c’est demain"):
        holding.close_assembly(session, assembly, "00:30", by=BY, at=at(DAY, 19))
    holding.close_assembly(session, assembly, "00:30", by=BY, at=at(DAY + timedelta(days=1), 1))
    assert assembly.closed_at == "00:30"
    session.commit()
    said = str(minutes_paper(session, assembly)).replace("\\xa0", " ")
    assert "la réunion est close le dimanche 21 mars 2027 à 0 h 30." in said, "DAY is a Saturday"


def test_an_item_withdrawn_and_votes_without_effect_stand_in_the_minutes(session: Session, sign_in: SignIn) -> None:
    body = make_association(session)
    record_statutes(session, body, replace(STATUTES, notice_days=0))
    assembly = make_assembly(session, body, day=clock.today())
    kept, dropped = (add_item(session, assembly, title) for title in ("Budget", "Vente du minibus"))
    session.commit()
    browser = sign_in(make_member(session, body, Role.PRESIDENT))
    browser.post(f"/assemblees/{assembly.id}/convocation", data={"is_sure": "y"})
    browser.post(f"/assemblees/points/{kept.id}/en-ligne", data={"open": "1"})
    browser.post(f"{_link(session, assembly.members[4])}/vote/{kept.id}", data={"choice": "for"})
    before = browser.get(f"/assemblees/points/{kept.id}").text
    assert "Les votes déjà reçus" in before
    assert "La majorité" not in before, "a few votes from screens are no result"
    browser.post(f"/assemblees/points/{dropped.id}/retirer")
    people = assembly.members
    roll = {f"presence-{people[0].id}": "present", "president": people[0].id, "secretary": people[0].id}
    browser.post(f"/assemblees/{assembly.id}/feuille", data=roll)
    browser.post(f"/assemblees/{assembly.id}/sans-quorum")
    minutes = _printed(browser.get(f"/assemblees/{assembly.id}/proces-verbal.pdf").data)
    assert "Retiré de l’ordre du jour : « Vente du minibus »." in minutes
    assert "avant la réunion : 1. Le quorum ayant manqué, ils restent sans effet." in minutes


def test_the_same_title_with_other_words_is_new_at_a_second_meeting(session: Session, sign_in: SignIn) -> None:
    body = make_association(session)
    record_statutes(session, body)
    first = make_assembly(session, body)
    add_item(session, first, "Point A", resolution="On approuve.")
    with pytest.raises(holding.NoQuorum):
        open_with(session, first, 4)
    holding.close_without_quorum(session, first, by=BY, at=clock.now())
    second = calling.call_second(session, first, at(DAY + timedelta(days=20)), by=BY, at=clock.now())
    for title, words in (("POINT  a", "Tout autre texte."), ("Point A", "On approuve.")):
        add_item(session, second, title, resolution=words)
    session.commit()
    assert [item.position for item in new_at_second(second)] == [2, 3], "one item of the first stands for one"
    letter = sign_in(make_member(session, body, Role.PRESIDENT)).get(f"/assemblees/{second.id}/convocation.pdf")
    assert "sauf pour « POINT a », « Point A », nouveaux ou changés depuis" in _printed(letter.data).replace(
        " et ", ", "
    )
