"""The pages of assemblies, as a president and a member see them."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from typing import TYPE_CHECKING

from pypdf import PdfReader
from sqlalchemy import select

from app.accounts.models import Role
from app.assemblies.models import Assembly, AssemblyItem, Ballot, Decision, Dispatch, ItemKind, Status
from app.assemblies.services import convening, electing, voting
from app.bodies.models import Function
from app.mail.models import MessageState, OutboxMessage
from app.mail.services import Letter, enqueue
from app.shared import clock
from tests.factories.accounts import make_account, make_grant, make_member, make_own_body
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
from tests.factories.bodies import make_mandate
from tests.factories.members import enrol
from tests.factories.people import make_person

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.testing import FlaskClient
    from sqlalchemy.orm import Session

    from app.accounts.models import Account

    SignIn = Callable[[Account], FlaskClient]


def _words(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page).replace("\N{NO-BREAK SPACE}", " ")).replace("&#39;", "’")


def _printed(content: bytes) -> str:
    return re.sub(r"\s+", " ", "".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages))


def test_a_president_convenes_holds_and_prints_an_assembly_in_the_browser(session: Session, sign_in: SignIn) -> None:
    body = make_association(session, name="Comité fictif de Bourg")
    browser = sign_in(make_member(session, body, Role.PRESIDENT))
    told = {
        "body": body.id,
        "kind": "ordinary",
        "day": f"{clock.today():%d/%m/%Y}",
        "hour": "23:59",
        "place": "Salle des fêtes",
    }
    wrong = browser.post("/assemblees/nouvelle", data={**told, "hour": "9" * 20, "day": "01/01/0001"})
    assert wrong.status_code == 422
    assert "n’est pas une heure" in _words(wrong.text)
    page = browser.post("/assemblees/nouvelle", data=told, follow_redirects=True)
    assembly = session.scalars(select(Assembly)).one()
    url = f"/assemblees/{assembly.id}"
    assert "inscrire les points à l’ordre du jour" in _words(page.text)
    item = {"title": "Rapport moral", "kind": "decision", "decision": "ordinary", "ballot": "show_of_hands"}
    resolution = "L’assemblée approuve le rapport moral."
    browser.post(f"{url}/points/nouveau", data={**item, "places": 1, "resolution": resolution, "function": ""})
    names = "Ada Fictive ; ada@exemple.test\nBrice Fictif\nChloé Fictive"
    page = browser.post(f"{url}/personnes", data={"names": names, "quality": "membre actif"}, follow_redirects=True)
    assert "3 personnes votent" in _words(page.text)
    page = browser.post(f"{url}/convocation", follow_redirects=True)
    assert "1 convocation part par courriel" in _words(page.text)
    letter = session.scalars(select(OutboxMessage)).one()
    assert (letter.to_address, letter.body_id) == ("ada@exemple.test", body.id)
    seats = {seat.name.split()[0]: seat.id for seat in assembly.seats}
    roll = {f"presence-{seats['Ada']}": "present", f"presence-{seats['Brice']}": "present"}
    roll |= {"president": seats["Ada"], "secretary": seats["Brice"]}
    assert browser.post(f"{url}/feuille", data=roll).status_code == 302
    browser.post(f"{url}/pouvoirs", data={"giver": seats["Chloé"], "holder": seats["Ada"]})
    page = browser.post(f"{url}/ouvrir", data={"hour": "18:35"}, follow_redirects=True)
    assert "La réunion est ouverte" in _words(page.text)
    point = session.scalars(select(AssemblyItem)).one()
    odd = browser.post(f"/assemblees/points/{point.id}/voix", data={"votes-for": "-1", "decide": "1"})
    assert "« -1 » n’est pas un nombre de voix" in _words(odd.text)
    wrong = browser.post(f"/assemblees/points/{point.id}/voix", data={"votes-for": "9", "decide": "1"})
    assert wrong.status_code == 422
    assert "9 votes pour 3 voix dans la salle" in _words(wrong.text)
    assert 'value="9"' in wrong.text
    counts = {"votes-for": "2", "votes-abstained": "1", "decide": "1"}
    page = browser.post(f"/assemblees/points/{point.id}/voix", data=counts, follow_redirects=True)
    number = f"{clock.today().year}-01"
    assert f"résolution {number}" in _words(page.text)
    page = browser.post(f"{url}/clore", data={"hour": "19 h 30"}, follow_redirects=True)
    assert "La réunion est close" in _words(page.text)
    minutes = browser.get(f"{url}/proces-verbal.pdf")
    assert minutes.mimetype == "application/pdf"
    said = _printed(minutes.data)
    assert "Chloé Fictive par Ada Fictive" in said
    assert "2 pour, 0 contre, 1 abstention." in said
    assert f"adoptée sous le numéro {number}" in said
    for name in ("convocation", "courriers", "pouvoir", "feuille-de-presence"):
        assert browser.get(f"{url}/{name}.pdf").status_code == 200
    assert "Rapport moral" in browser.get(f"/assemblees/registre/{body.id}").text
    assert "approuve le rapport moral" in _printed(
        browser.get(f"/assemblees/registre/{body.id}/{clock.today().year}.pdf").data
    )


def test_whom_no_e_mail_reaches_is_told_and_convened_by_letter_or_at_another_address(
    session: Session, sign_in: SignIn
) -> None:
    body = make_association(session)
    browser = sign_in(make_member(session, body, Role.PRESIDENT))
    meeting = make_assembly(session, body, day=clock.today() + timedelta(days=40), people=6)
    reached, wrong, gone = meeting.seats[:3]
    old = enqueue(session, Letter(to=gone.email, subject="Essai", text="Essai", body_id=body.id), at=clock.now())
    old.state = MessageState.FAILED
    add_item(session, meeting, "Rapport moral")
    page = f"/assemblees/{meeting.id}/convocation"
    doubt = "Le dernier courriel à ces adresses a été refusé"
    told = browser.get(page).text
    assert gone.name in told.partition(doubt)[2][:400]
    assert gone.name in _printed(browser.get(f"/assemblees/{meeting.id}/courriers.pdf").data)
    browser.post(page)
    states = {reached.email: MessageState.SENT, wrong.email: MessageState.FAILED}
    for letter in session.scalars(select(OutboxMessage).where(OutboxMessage.to_address.in_(states))):
        letter.state = states[letter.to_address]
    session.commit()
    told = _words(browser.get(page).text)
    assert f"personne n’est convoqué par lui : {wrong.name}. Corrigez" in told
    assert doubt in told, "while the letter still waits"
    noted = {"seat": [reached.id, gone.id], "how": "letter", "day": f"{clock.today():%d/%m/%Y}"}
    browser.post(f"/assemblees/{meeting.id}/envois", data=noted)
    corrected = {"name": wrong.name, "email": "juste@exemple.test", "may_vote": "y"}
    browser.post(f"/assemblees/personnes/{wrong.id}", data=corrected)
    session.expire_all()
    assert [one.dispatch for one in (reached, wrong, gone)] == [Dispatch.EMAIL, Dispatch.UNSENT, Dispatch.LETTER]
    told = _words(browser.post(page, follow_redirects=True).text)
    assert "1 convocation part par courriel" in told
    assert "a été refusé" not in told


def test_members_read_what_was_sent_and_strangers_find_nothing(session: Session, sign_in: SignIn) -> None:
    body, other = make_association(session), make_own_body(session)
    assembly = make_assembly(session, body)
    add_item(session, assembly)
    url = f"/assemblees/{assembly.id}"
    member = make_member(session, body, Role.MEMBER)
    town = make_account(session)
    make_grant(session, town, other, Role.MAYOR)
    assert sign_in(member).get(url).status_code == 404
    open_with(session, assembly, 6)
    page = sign_in(member).get(url)
    assert page.status_code == 200
    assert "Feuille de présence" not in page.text
    assert sign_in(member).get(f"{url}/proces-verbal.pdf").status_code == 200
    assert sign_in(member).get(f"{url}/feuille-de-presence.pdf").status_code == 403
    assert sign_in(member).get(f"{url}/personnes").status_code == 403
    assert sign_in(town).get(url).status_code == 404


def _third(session: Session) -> str:
    """The address of the third letter."""
    return session.scalars(select(OutboxMessage.to_address).order_by(OutboxMessage.to_address)).all()[2]


def test_a_personal_link_answers_gives_a_proxy_and_votes_once_without_an_account(
    session: Session, sign_in: SignIn, client: FlaskClient
) -> None:
    body = make_association(session)
    record_statutes(session, body, replace(STATUTES, notice_days=0, proxies_per_person=1))
    assembly = make_assembly(session, body, day=clock.today() + timedelta(days=1))
    item = add_item(session, assembly, resolution="On adopte le budget.")
    number = assembly.id
    president = sign_in(make_member(session, body, Role.PRESIDENT))
    president.post(f"/assemblees/{number}/convocation")
    links = [
        re.search(r"/assemblees/reponse/\S+", letter.text)[0]
        for letter in session.scalars(select(OutboxMessage).order_by(OutboxMessage.to_address))
    ]
    assert len(links) == len(set(links)) == 5
    with client.session_transaction() as cookie:
        cookie.clear()
    assert "On adopte le budget" not in client.get(links[0]).text
    given = {"answer": "proxy", "holder": "FICTIF 07, membre"}
    assert "Membre Fictif 07" not in _words(client.get(links[0]).text)
    lost = client.post(links[0], data=given | {"holder": "Personne"})
    assert lost.status_code == 422
    assert "Aucune personne qui vote ne porte le nom « Personne »" in _words(lost.text)
    page = client.post(links[0], data=given, follow_redirects=True)
    assert "pouvoir donné à Membre Fictif 07" in _words(page.text)
    carrier = {"answer": "proxy", "holder": next(one.name for one in assembly.members if one.email == _third(session))}
    giver = client.post(links[1], data=carrier, follow_redirects=True)
    assert "pouvoir donné à" in _words(giver.text)
    assert "Vous portez le pouvoir de" in _words(client.get(links[2]).text)
    away = client.post(links[2], data={"answer": "excused"}, follow_redirects=True)
    assert "sans vous, il ne compte pas" in _words(away.text)
    client.post(links[1], data={"answer": "come"})
    client.post(links[2], data={"answer": "come"})
    refused = client.post(links[1], data=given)
    assert refused.status_code == 422
    assert "un pouvoir de trop : les statuts (art. 10)" in _words(refused.text)
    assert client.post(links[1], data={"answer": "excused"}).status_code == 302
    voting.open_distance(session, item, is_open=True, by=BY, at=clock.now())
    session.commit()
    assert "On adopte le budget." in client.get(links[2]).text
    vote = f"{links[2]}/vote/{item.id}"
    assert "Votre vote est compté." in client.post(vote, data={"choice": "for"}, follow_redirects=True).text
    again = client.post(vote, data={"choice": "against"})
    assert again.status_code == 422
    assert "Vous avez déjà voté en ligne" in _words(again.text)
    assert "Vous avez donné pouvoir" in _words(client.post(f"{links[0]}/vote/{item.id}", data={"choice": "for"}).text)
    assert client.get("/assemblees/reponse/autre").status_code == 404


def test_a_power_carried_by_somebody_who_is_not_there_is_told_to_count_for_nothing(
    session: Session, sign_in: SignIn
) -> None:
    body = make_association(session)
    browser = sign_in(make_member(session, body, Role.PRESIDENT))
    meeting = make_assembly(session, body, people=4)
    giver, holder, *_others = meeting.members
    session.commit()
    url, told = f"/assemblees/{meeting.id}", f"ne compte pas : {holder.name} n’est pas là"
    sheet = browser.post(f"{url}/pouvoirs", data={"giver": giver.id, "holder": holder.id}, follow_redirects=True)
    assert told not in _words(sheet.text), "nobody was called yet"
    for presence, is_told in (("absent", True), ("present", False)):
        browser.post(f"{url}/feuille", data={f"presence-{holder.id}": presence})
        assert (told in _words(browser.get(f"{url}/feuille").text)) is is_told


def test_who_is_not_on_the_list_comes_with_a_voice_only(session: Session, sign_in: SignIn) -> None:
    body = make_association(session)
    enrol(session, body, "Ada", "Fictive")
    assembly = make_assembly(session, body, people=0)
    browser = sign_in(make_member(session, body, Role.PRESIDENT))
    names = {"names": "Ada Fictive\nZoé Extérieure ; zoe@exemple.test", "quality": ""}
    page = browser.post(f"/assemblees/{assembly.id}/personnes", data=names, follow_redirects=True).text
    assert "Sans droit de vote, faute d’être sur votre liste" in _words(page)
    session.expire_all()
    assert {one.name: one.may_vote for one in assembly.seats} == {"Ada Fictive": True, "Zoé Extérieure": False}


def test_the_minutes_say_that_the_notice_was_too_short_and_the_register_tells_the_votes(
    session: Session, sign_in: SignIn
) -> None:
    body = make_association(session)
    record_statutes(session, body)
    assembly = make_assembly(session, body)
    item = add_item(session, assembly, "Rapport moral")
    sent = {seat.id: (Dispatch.HAND, DAY - timedelta(days=2)) for seat in assembly.seats}
    open_with(session, assembly, 8)
    convening.note_dispatch(session, assembly, sent, by=BY, at=at(DAY))
    voting.count_room(session, item, voting.RoomCount(choices={"for": 7, "abstained": 1}), by=BY, at=at(DAY))
    voting.decide(session, item, by=BY, at=at(DAY))
    session.commit()
    browser = sign_in(make_member(session, body, Role.PRESIDENT))
    minutes = _printed(browser.get(f"/assemblees/{assembly.id}/proces-verbal.pdf").data)
    assert "demandent 15 jours entre la convocation et la réunion" in minutes
    assert "ce délai n’a pas été tenu" in minutes
    register = _printed(browser.get(f"/assemblees/registre/{body.id}/{DAY.year}.pdf").data)
    assert "Adoptée par 7 voix pour, 0 contre, 1 abstention" in register


def test_statutes_are_read_for_who_meets_and_what_is_decided(session: Session, sign_in: SignIn) -> None:
    body = make_association(session)
    chair = make_person(session, "Anne", "Fictive", kept_by_body_id=body.id, title="Mme")
    make_mandate(session, body, chair, Function.PRESIDENT, since="2021")
    for name in ("Brice", "Chloé", "Denis"):
        enrol(session, body, name, "Fictif")
    session.commit()
    browser = sign_in(make_member(session, body, Role.PRESIDENT))
    noting = {"since": "01/01/2026", "clause_quorum": "art. 9", "clause_majority": "art. 11"}
    where = f"/assemblees/statuts/{body.id}/noter"
    officers = {"kind": "office", "quorum": "number", "quorum_number": "2"}
    told = browser.post(where, data=noting | officers, follow_redirects=True)
    assert "Les statuts demandent 2 membres ; la liste compte 1 personne qui vote" in _words(told.text)
    share = {"kind": "extraordinary", "quorum": "fraction", "quorum_share": "60 %"}
    told = browser.post(where, data=noting | share | {"majority_statutes": "two_thirds_cast"}, follow_redirects=True)
    assert "au moins 60 % des membres" in _words(told.text)
    browser.post(where, data=noting | {"kind": "ordinary", "proxies_per_person": "0"})
    assert 'value="Anne Fictive, présidente"' in browser.get(f"/assemblees/nouvelle?association={body.id}").text
    assembly = make_assembly(session, body, people=3)
    add_item(session, assembly, "Article 4", decision=Decision.STATUTES)
    page = _words(browser.get(f"/assemblees/{assembly.id}").text)
    assert "Les statuts (art. 11) réservent cette décision à une assemblée convoquée pour cela" in page
    first, second, _third = assembly.seats
    refused = browser.post(f"/assemblees/{assembly.id}/pouvoirs", data={"giver": first.id, "holder": second.id})
    assert "n’admettent aucun pouvoir" in _words(refused.text)


def test_who_voted_online_is_no_voice_of_the_room(session: Session, sign_in: SignIn) -> None:
    body = make_association(session)
    assembly = make_assembly(session, body)
    item = add_item(session, assembly, "Rapport moral")
    open_with(session, assembly, 8)
    session.commit()
    browser = sign_in(make_member(session, body, Role.PRESIDENT))
    browser.post(f"/assemblees/points/{item.id}/vote", data={"seat": assembly.seats[0].id, "choice": "for"})
    assert "Voix dans la salle 7 (présents et pouvoirs)" in _words(browser.get(f"/assemblees/points/{item.id}").text)


def test_a_secret_vote_shows_no_count_beside_the_names_of_those_few_who_voted(
    session: Session, sign_in: SignIn
) -> None:
    body = make_association(session)
    assembly = make_assembly(session, body)
    item = add_item(session, assembly, "Cotisation", ballot=Ballot.SECRET)
    open_with(session, assembly, 8)
    voting.open_distance(session, item, is_open=True, by=BY, at=clock.now())
    session.commit()
    browser, page = sign_in(make_member(session, body, Role.PRESIDENT)), f"/assemblees/points/{item.id}"
    browser.post(f"{page}/vote", data={"seat": assembly.seats[0].id, "choice": "against"})
    words = _words(browser.get(page).text)
    assert "Il reste secret jusqu’au dépouillement" in words
    assert "1 contre" not in words
    browser.post(f"{page}/en-ligne", data={"open": "0"})
    assert "1 contre" not in _words(browser.get(page).text)
    browser.post(f"{page}/voix", data={"votes-for": "5", "votes-against": "2", "decide": "1"})
    assert "5 pour, 3 contre" in _words(browser.get(page).text)


def test_a_quorum_that_is_lost_on_the_way_is_told_before_the_vote_and_in_the_minutes(
    session: Session, sign_in: SignIn
) -> None:
    body = make_association(session)
    record_statutes(session, body)
    assembly = make_assembly(session, body)
    add_item(session, assembly, "Rapport moral")
    later = add_item(session, assembly, "Budget")
    open_with(session, assembly, 8)
    browser, page = sign_in(make_member(session, body, Role.PRESIDENT)), f"/assemblees/points/{later.id}"
    assert "Le quorum n’est plus réuni" not in _words(browser.get(page).text)
    for seat in assembly.seats[1:8]:
        browser.post(f"/assemblees/personnes/{seat.id}/mouvement", data={"item": later.id, "what": "left"})
    words = _words(browser.get(page).text)
    assert "Le quorum n’est plus réuni. Art. 9 : " in words
    assert "membres demandés, 1 présent ou représenté à ce point" in words
    minutes = _printed(browser.get(f"/assemblees/{assembly.id}/proces-verbal.pdf").data)
    assert minutes.count("Présents ou représentés à ce point : 1. Le quorum est de") == 1


def test_the_minutes_tell_hands_raised_for_a_secret_ballot_and_an_opening_before_the_hour(
    session: Session, sign_in: SignIn
) -> None:
    body = make_association(session)
    record_statutes(session, body, replace(STATUTES, clauses={**STATUTES.clauses, "ballot": "article 17"}))
    told = {}
    for ballot in (Ballot.SHOW_OF_HANDS, Ballot.SECRET):
        hour = at(DAY) + timedelta(minutes=30 if ballot == Ballot.SHOW_OF_HANDS else 0)
        assembly = make_assembly(session, body, starts_at=hour)
        item = add_item(session, assembly, "Trésorerie", kind=ItemKind.ELECTION, places=1, ballot=ballot)
        open_with(session, assembly, 8)
        one = electing.stand(session, item, "Ada Fictive", by=BY, at=at(DAY))
        voting.count_room(session, item, voting.RoomCount(choices={str(one.id): 8}, papers=8), by=BY, at=at(DAY))
        electing.close_round(session, item, by=BY, at=at(DAY))
        session.commit()
        browser = sign_in(make_member(session, body, Role.PRESIDENT))
        sheet = _words(browser.get(f"/assemblees/{assembly.id}/feuille").text)
        told[ballot] = (sheet, _printed(browser.get(f"/assemblees/{assembly.id}/proces-verbal.pdf").data))
    sheet, minutes = told[Ballot.SHOW_OF_HANDS]
    assert "La convocation donne rendez-vous à 18 h 30." in sheet
    assert "convoquée pour 18 h 30, est ouverte dès 18 h" in minutes
    assert re.search(
        r"secret pour les élections \((.*)article 17(.*)\)\s?; cette élection a eu lieu à main levée", minutes
    )
    sheet, minutes = told[Ballot.SECRET]
    assert "rendez-vous" not in sheet
    assert "ouverte dès" not in minutes
    assert "main levée" not in minutes


def test_the_next_step_of_a_meeting_weeks_ahead_is_its_day(session: Session, sign_in: SignIn) -> None:
    body = make_association(session)
    browser = sign_in(make_member(session, body, Role.PRESIDENT))
    said = {}
    for days in (0, 40):
        assembly = make_assembly(session, body, day=clock.today() + timedelta(days=days))
        add_item(session, assembly)
        assembly.status = Status.CONVENED
        session.commit()
        said[days] = _words(browser.get(f"/assemblees/{assembly.id}").text)
    assert "tenir la feuille de séance" in said[0]
    assert "tenir la feuille de séance" not in said[40]
    assert "Elle s’ouvre et se consigne ce jour-là." in said[40]
