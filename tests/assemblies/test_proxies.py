"""Proxies are held against the statutes whenever they are counted, and not only when they are noted."""

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
from app.assemblies.models import AssemblyKind, Presence, Status, StatutesRule
from app.assemblies.reckoning import room_at
from app.assemblies.services import holding, statutes, voting
from app.mail.models import OutboxMessage
from app.shared import clock
from tests.factories.accounts import make_member
from tests.factories.assemblies import BY, DAY, STATUTES, add_item, at, make_assembly, make_association, open_with
from tests.factories.assemblies import record_statutes as record

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.testing import FlaskClient
    from sqlalchemy.orm import Session

    from app.accounts.models import Account
    from app.assemblies.models import Assembly
    from app.bodies.models import Body

    SignIn = Callable[[Account], FlaskClient]


def _words(page: str) -> str:
    text = re.sub(r"<[^>]+>", " ", page).replace("\N{NO-BREAK SPACE}", " ").replace("&#39;", "’")
    return re.sub(r"\s+", " ", text)


def _printed(document: bytes) -> str:
    text = " ".join(page.extract_text() for page in PdfReader(BytesIO(document)).pages)
    return re.sub(r"\s+", " ", text.replace("\N{NO-BREAK SPACE}", " "))


def _four_for_one(session: Session, *, people: int) -> tuple[Body, Assembly]:
    """An assembly where one member carries four proxies, noted while nobody knew of the limit of two."""
    body = make_association(session)
    record(session, body, replace(STATUTES, proxies_per_person=None))
    assembly = make_assembly(session, body, people=people)
    add_item(session, assembly, "Budget")
    holder, *others = assembly.members
    for giver in others[1:5]:
        holding.give_proxy(session, assembly, giver, holder, by=BY, at=at(DAY - timedelta(days=3)))
    session.commit()
    return body, assembly


def _correct(session: Session) -> None:
    rule = session.scalars(select(StatutesRule)).one()
    told = statutes.RecordRule(kind=AssemblyKind.ORDINARY, since=rule.since, statutes=STATUTES, revision=1)
    statutes.correct_rule(session, rule, told, by=BY, at=at(DAY - timedelta(days=2)))
    session.commit()


def _come(session: Session, assembly: Assembly, number: int) -> None:
    there = {seat.id: Presence.PRESENT for seat in assembly.members[:number]}
    roll = holding.Roll(presences=there, president_id=assembly.members[0].id, secretary_id=assembly.members[1].id)
    holding.note_roll(session, assembly, roll, by=BY, at=at(DAY))
    session.commit()


def test_proxies_beyond_a_limit_noted_after_them_make_no_quorum(session: Session, sign_in: SignIn) -> None:
    body, assembly = _four_for_one(session, people=10)
    _correct(session)
    _come(session, assembly, 2)
    browser, url = sign_in(make_member(session, body, Role.PRESIDENT)), f"/assemblees/{assembly.id}"
    sheet = _words(browser.get(f"{url}/feuille").text)
    assert "2 et 2" in sheet
    assert sheet.count("ne compte pas : un pouvoir de trop") == 2
    third, fourth = (seat.name for seat in assembly.members[4:6])
    rule = "Les statuts (art. 10) permettent 2 pouvoirs par personne"
    told = f"{rule} ; ne comptent pas, notés en dernier : celui de {third}"
    assert told in sheet
    assert fourth in sheet
    assert "Des pouvoirs ne comptent pas." in _words(browser.get(url).text)
    with pytest.raises(holding.NoQuorum) as error:
        holding.open_assembly(session, assembly, "18:00", by=BY, at=at(DAY))
    assert "demandent 6 membres ; 4 comptent." in _words(str(error.value.sentence))
    assert told in _words(str(error.value.sentence))
    printed = _printed(browser.get(f"{url}/feuille-de-presence.pdf").data)
    assert printed.count("pouvoir de trop") == 2


def test_a_proxy_too_many_gives_no_vote_and_the_minutes_say_which(session: Session, sign_in: SignIn) -> None:
    body, assembly = _four_for_one(session, people=6)
    _correct(session)
    _come(session, assembly, 2)
    item = assembly.items[0]
    holding.open_assembly(session, assembly, "18:00", by=BY, at=at(DAY))
    with pytest.raises(voting.BadVote, match="5 votes pour 4 voix"):
        voting.count_room(session, item, voting.RoomCount(choices={"for": 5}), by=BY, at=at(DAY))
    voting.count_room(session, item, voting.RoomCount(choices={"for": 4}), by=BY, at=at(DAY))
    voting.decide(session, item, by=BY, at=at(DAY))
    session.commit()
    browser = sign_in(make_member(session, body, Role.PRESIDENT))
    minutes = _printed(browser.get(f"/assemblees/{assembly.id}/proces-verbal.pdf").data)
    assert "Représentés (2)" in minutes
    last = assembly.members[5].name
    assert (
        "Pouvoirs qui ne comptent pas (2), au-delà de ce que les statuts permettent (art. 10 des statuts) : celui"
        in minutes
    )
    assert f"celui de {last} à {assembly.members[0].name}" in minutes
    assert "Présents ou représentés : 4." in minutes
    page = f"/assemblees/{assembly.id}"
    assert "Retirez-les, puis" in _words(browser.get(page).text)
    holding.close_assembly(session, assembly, "20:00", by=BY, at=at(DAY))
    session.commit()
    for where in (page, f"{page}/feuille"):
        closed = _words(browser.get(where).text)
        assert "ne comptent pas, notés en dernier" in closed
        assert "Retirez-les" not in closed, "nothing can be withdrawn once the meeting is over"


def test_statutes_that_admit_no_proxy_leave_none_counted(session: Session) -> None:
    _body, assembly = _four_for_one(session, people=10)
    rule = session.scalars(select(StatutesRule)).one()
    rule.proxies_per_person = 0
    _come(session, assembly, 2)
    with pytest.raises(holding.NoQuorum) as error:
        holding.open_assembly(session, assembly, "18:00", by=BY, at=at(DAY))
    assert "(art. 10) n’admettent aucun pouvoir ; ne comptent pas : celui de" in _words(str(error.value.sentence))


def test_a_proxy_within_the_limit_takes_the_place_of_one_whose_giver_came(session: Session) -> None:
    _body, assembly = _four_for_one(session, people=10)
    _correct(session)
    _come(session, assembly, 4)
    holding.open_assembly(session, assembly, "18:00", by=BY, at=at(DAY))
    assert assembly.status == Status.OPEN, "four came, of whom two had given a proxy; the two others are carried"


def test_a_personal_page_speaks_to_the_reader_of_their_own_proxy(session: Session, sign_in: SignIn) -> None:
    body = make_association(session)
    record(session, body, replace(STATUTES, notice_days=0, proxies_per_person=1))
    assembly = make_assembly(session, body, day=clock.today() + timedelta(days=1))
    add_item(session, assembly)
    browser = sign_in(make_member(session, body, Role.PRESIDENT))
    browser.post(f"/assemblees/{assembly.id}/convocation")
    links = [
        found[0]
        for letter in session.scalars(select(OutboxMessage).order_by(OutboxMessage.to_address))
        if (found := re.search(r"/assemblees/reponse/\S+", letter.text))
    ]
    given = {"answer": "proxy", "holder": assembly.members[7].name}
    browser.post(links[0], data=given)
    refused = _words(browser.post(links[1], data=given).text)
    assert "permettent 1 pouvoir par personne, et" in refused
    assert "le porte déjà. Choisissez quelqu’un d’autre." in refused
    assert "Demandez à" not in refused
    session.scalars(select(StatutesRule)).one().proxies_per_person = 0
    session.commit()
    assert "Votre pouvoir ne compte pas." in _words(browser.get(links[0]).text)


def test_a_link_does_not_turn_who_is_noted_as_present_into_somebody_away(session: Session, sign_in: SignIn) -> None:
    body = make_association(session)
    record(session, body, replace(STATUTES, notice_days=0))
    assembly = make_assembly(session, body, day=clock.today() + timedelta(days=1))
    add_item(session, assembly)
    browser = sign_in(make_member(session, body, Role.PRESIDENT))
    browser.post(f"/assemblees/{assembly.id}/convocation")
    letter = session.scalars(select(OutboxMessage).order_by(OutboxMessage.to_address)).first()
    assert letter is not None
    link = re.search(r"/assemblees/reponse/\S+", letter.text)
    assert link is not None
    seat = next(one for one in assembly.seats if one.email == letter.to_address)
    browser.post(f"/assemblees/{assembly.id}/feuille", data={f"presence-{seat.id}": "present"})
    for told in ({"answer": "proxy", "holder": assembly.members[7].name}, {"answer": "excused"}):
        refused = browser.post(link[0], data=told)
        assert refused.status_code == 422
        assert "La feuille de présence vous note déjà comme présent·e." in _words(refused.text)
    browser.post(link[0], data={"answer": "come"})
    session.expire_all()
    assert seat.presence == Presence.PRESENT
    assert not assembly.proxies


def test_somebody_whose_proxy_counts_for_nothing_may_vote_for_themselves(session: Session) -> None:
    _body, assembly = _four_for_one(session, people=6)
    _correct(session)
    item = assembly.items[0]
    open_with(session, assembly, 2)
    voting.open_distance(session, item, is_open=True, by=BY, at=at(DAY))
    carried, left = assembly.members[2], assembly.members[5]
    with pytest.raises(voting.BadVote, match="Vous avez donné pouvoir"):
        voting.cast(session, item, carried, ["for"], voting.Channel.ELECTRONIC, by=BY, at=at(DAY))
    voting.cast(session, item, left, ["for"], voting.Channel.ELECTRONIC, by=BY, at=at(DAY))
    with pytest.raises(voting.BadVote, match="Vous avez déjà voté"):
        voting.cast(session, item, left, ["against"], voting.Channel.ELECTRONIC, by=BY, at=at(DAY))


def test_a_proxy_set_aside_at_the_opening_stays_aside_when_another_giver_arrives(
    session: Session, sign_in: SignIn
) -> None:
    body, assembly = _four_for_one(session, people=6)
    accounts = add_item(session, assembly, "Comptes")
    _correct(session)
    _come(session, assembly, 2)
    early, late = assembly.items[0], accounts
    holding.open_assembly(session, assembly, "18:00", by=BY, at=at(DAY))
    holder, arrives, aside = assembly.members[0], assembly.members[2], assembly.members[4]
    aside.name = "Emil FICTIF"
    holding.note_move(session, arrives, late, comes=True, by=BY, at=at(DAY))
    for item in (early, late):
        with pytest.raises(voting.BadVote, match="5 votes pour 4 voix"):
            voting.count_room(session, item, voting.RoomCount(choices={"for": 5}), by=BY, at=at(DAY))
        voting.count_room(session, item, voting.RoomCount(choices={"for": 4}), by=BY, at=at(DAY))
    session.commit()
    browser = sign_in(make_member(session, body, Role.PRESIDENT))
    for item in (early, late):
        page = _words(browser.get(f"/assemblees/points/{item.id}").text)
        assert f"{aside.name} à {holder.name}" in page, "every item names the same proxies as not counted"
    assert _words(browser.get(f"/assemblees/{assembly.id}/feuille").text).count("ne compte pas : un pouvoir") == 2
    minutes = _printed(browser.get(f"/assemblees/{assembly.id}/proces-verbal.pdf").data)
    assert "Pouvoirs qui ne comptent pas (2)" in minutes
    assert f"celui d’Emil FICTIF à {holder.name}" in minutes
    assert f"{arrives.name} (arrivée en cours de réunion)" in minutes
    assert f"{arrives.name} par {holder.name} jusqu’à son arrivée" in minutes, "nobody is present and carried at once"


def test_who_leaves_does_not_load_a_holder_beyond_the_limit_nor_push_another_proxy_out(session: Session) -> None:
    _body, assembly = _four_for_one(session, people=8)
    late = add_item(session, assembly, "Comptes")
    _correct(session)
    _come(session, assembly, 4)
    holding.open_assembly(session, assembly, "18:00", by=BY, at=at(DAY))
    leaves, carried = assembly.members[2], assembly.members[4:6]
    holding.note_move(session, leaves, late, comes=False, by=BY, at=at(DAY))
    room = room_at(assembly, STATUTES, late)
    assert [one.giver for one in room.represented] == list(carried), "those carried since the opening stay so"
    assert not room.beyond, "who came took their proxy back by coming: it does not live again when they leave"
    with pytest.raises(holding.BadProxy, match="un pouvoir de trop"):
        holding.give_proxy(session, assembly, leaves, assembly.members[0], by=BY, at=at(DAY))
    holding.give_proxy(session, assembly, leaves, assembly.members[1], by=BY, at=at(DAY))
    assert [one.giver for one in room_at(assembly, STATUTES, late).represented] == [*carried, leaves]
    assert len(room_at(assembly, STATUTES).represented) == 2, "nothing changes before the item at which they leave"
