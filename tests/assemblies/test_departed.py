"""Who is called and leaves before the day: neither counted, nor heard, nor written to."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from app.accounts.models import Role
from app.assemblies import queries
from app.assemblies.course import course_of
from app.assemblies.documents import letters_paper, sheet_paper
from app.assemblies.entitled import people_to_call
from app.assemblies.models import AssemblyKind, Channel, Presence
from app.assemblies.reckoning import room_at
from app.assemblies.services import calling, holding, voting
from app.assemblies.services.settling import BadVote
from app.bodies.models import Function
from app.bodies.services.mandates import close_mandate
from app.forms.dates import parse
from app.members.models import Leaving
from app.members.services.leaving import come_back, leave
from app.shared import clock
from app.shared.clock import day_of
from app.shared.saying import full_day
from tests.factories.accounts import make_member
from tests.factories.assemblies import BY, DAY, STATUTES, add_item, at, make_assembly, make_association, record_statutes
from tests.factories.bodies import make_mandate
from tests.factories.members import enrol
from tests.support.pages import as_read

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from flask import Flask
    from flask.testing import FlaskClient
    from sqlalchemy.orm import Session

    from app.accounts.models import Account
    from app.assemblies.models import Assembly
    from app.members.models import Member

    SignIn = Callable[[Account], FlaskClient]

BEFORE = at(DAY - timedelta(days=20))
EVE = DAY - timedelta(days=1)


def go(session: Session, member: Member, on: date = EVE) -> None:
    until = parse(on.isoformat())
    leave(session, member, until=until, why=Leaving.RESIGNED, revision=member.revision, by=BY, at=BEFORE)
    session.commit()


@pytest.fixture
def members(session: Session) -> list[Member]:
    body = make_association(session)
    record_statutes(session, body)
    return [enrol(session, body, family_name=f"Fictif {number}") for number in range(5)]


@pytest.fixture
def assembly(session: Session, members: list[Member]) -> Assembly:
    """Everybody on the list is called."""
    made = make_assembly(session, members[0].body, people=0)
    call_all(session, made)
    return made


def call_all(session: Session, assembly: Assembly) -> None:
    statutes = queries.statutes_of(session, assembly, DAY)
    calling.call_people(session, assembly, people_to_call(session, assembly, statutes), by=BY, at=BEFORE)
    session.commit()


def entitled(session: Session, assembly: Assembly) -> int:
    session.expire_all()
    return room_at(assembly, STATUTES).entitled


def test_who_left_counts_neither_for_the_quorum_nor_as_a_voice_of_a_later_assembly(
    session: Session, assembly: Assembly, members: list[Member]
) -> None:
    item = add_item(session, assembly)
    assert entitled(session, assembly) == 5
    go(session, members[0])
    assert entitled(session, assembly) == 4
    gone = next(seat for seat in assembly.seats if seat.person_id == members[0].person_id)
    assembly.status, item.open_since = "convened", BEFORE
    for channel in (Channel.ELECTRONIC, Channel.PAPER):
        with pytest.raises(BadVote, match="n’a pas le droit de vote"):
            voting.cast(session, item, gone, ["for"], channel, by=BY, at=BEFORE)
    come_back(session, members[0], by=BY, at=BEFORE)
    session.commit()
    assert entitled(session, assembly) == 5


def test_who_leaves_on_the_day_of_the_assembly_or_later_still_votes_there(
    session: Session, assembly: Assembly, members: list[Member]
) -> None:
    go(session, members[0], DAY)
    go(session, members[1], DAY + timedelta(days=3))
    assert entitled(session, assembly) == 5


def test_the_proxy_of_who_left_gives_no_vote_and_nobody_votes_by_one_given_to_them(
    session: Session, assembly: Assembly, members: list[Member]
) -> None:
    seats = {seat.person_id: seat for seat in assembly.seats}
    first, second, third, fourth, _fifth = (seats[one.person_id] for one in members)
    holding.give_proxy(session, assembly, first, third, since=None, channel=Channel.PAPER, by=BY, at=BEFORE)
    holding.give_proxy(session, assembly, fourth, second, since=None, channel=Channel.PAPER, by=BY, at=BEFORE)
    second.presence = third.presence = Presence.PRESENT
    session.commit()
    go(session, members[0])
    go(session, members[1])
    session.expire_all()
    assert course_of(assembly, STATUTES).counting(None) == []
    assert room_at(assembly, STATUTES).votes == 1


def test_the_sheet_the_letters_and_the_list_leave_out_who_is_gone_and_tell_it(
    session: Session, sign_in: SignIn, assembly: Assembly, members: list[Member]
) -> None:
    browser = sign_in(make_member(session, assembly.body, Role.PRESIDENT))
    go(session, members[0])
    page = as_read(browser.get(f"/assemblees/{assembly.id}/personnes").text)
    assert "4 personnes votent" in page
    assert "n’est plus membre ce jour-là : ne vote pas" in page
    for paper in (sheet_paper, letters_paper):
        said = str(paper(session, assembly))
        assert members[0].name not in said
        assert members[2].name in said


def test_the_personal_link_of_who_left_offers_no_vote(
    app: Flask, session: Session, assembly: Assembly, members: list[Member]
) -> None:
    item = add_item(session, assembly)
    gone = next(seat for seat in assembly.seats if seat.person_id == members[0].person_id)
    gone.link_hash, assembly.status, item.open_since = hashlib.sha256(b"lien").hexdigest(), "convened", BEFORE
    session.commit()
    browser = app.test_client()
    assert "Votre vote" in as_read(browser.get("/assemblees/reponse/lien").text)
    go(session, members[0])
    page = as_read(browser.get("/assemblees/reponse/lien").text)
    assert "Votre vote" not in page
    assert "je donne pouvoir" not in page


def test_an_assembly_that_opened_keeps_who_voted_in_it_whatever_is_noted_later(
    session: Session, assembly: Assembly, members: list[Member]
) -> None:
    go(session, members[0])
    session.expire_all()
    for number, seat in enumerate(assembly.members):
        seat.presence, seat.presides, seat.is_secretary = Presence.PRESENT, number == 0, number == 1
    holding.open_assembly(session, assembly, "18:00", by=BY, at=assembly.starts_at)
    session.commit()
    go(session, members[1])
    assert entitled(session, assembly) == 4
    gone = next(seat for seat in assembly.seats if seat.person_id == members[0].person_id)
    assert (gone.may_vote, gone.why_not) == (False, "n’est plus membre")


def test_who_voted_before_leaving_has_voted(session: Session, assembly: Assembly, members: list[Member]) -> None:
    item = add_item(session, assembly)
    assembly.status, item.open_since = "convened", BEFORE
    seat = next(seat for seat in assembly.seats if seat.person_id == members[0].person_id)
    voting.cast(session, item, seat, ["for"], Channel.ELECTRONIC, by=BY, at=BEFORE)
    session.commit()
    go(session, members[0])
    assert entitled(session, assembly) == 5


def test_whose_office_ended_sits_no_more_in_the_board_that_was_called_before(session: Session) -> None:
    body = make_association(session)
    held = [
        make_mandate(session, body, function=function, since="2025-01-01")
        for function in (Function.PRESIDENT, Function.TREASURER, Function.SECRETARY)
    ]
    session.commit()
    board = make_assembly(session, body, people=0, kind=AssemblyKind.BOARD)
    call_all(session, board)
    assert entitled(session, board) == 3
    close_mandate(session, held[1], until=parse(EVE.isoformat()), why="démission", by=BY, at=BEFORE)
    session.commit()
    assert entitled(session, board) == 2
    assert day_of(board.starts_at) == DAY


def test_who_gave_a_proxy_to_somebody_who_left_is_told_and_nothing_of_it_is_erased_before(
    app: Flask, session: Session, sign_in: SignIn, assembly: Assembly, members: list[Member]
) -> None:
    seats = {seat.person_id: seat for seat in assembly.seats}
    giver, holder = seats[members[0].person_id], seats[members[1].person_id]
    holding.give_proxy(session, assembly, giver, holder, since=None, channel=Channel.PAPER, by=BY, at=BEFORE)
    giver.link_hash, giver.answered_at = hashlib.sha256(b"lien").hexdigest(), BEFORE
    assembly.status, giver.presence = "convened", Presence.EXCUSED
    session.commit()
    browser = sign_in(make_member(session, assembly.body, Role.PRESIDENT))
    assert "Pouvoirs qui ne comptent plus" not in as_read(browser.get("/").text)
    go(session, members[1], clock.today() - timedelta(days=1))
    home = as_read(browser.get("/").text)
    assert f"Pouvoirs qui ne comptent plus : Assemblée générale ordinaire du {as_read(full_day(DAY))}" in home
    assert f"Prévenez : {giver.name}." in home
    sheet = as_read(browser.get(f"/assemblees/{assembly.id}/feuille").text)
    assert f"ne compte plus : {holder.name} ne vote pas à cette réunion" in sheet
    assert "Votre pouvoir ne compte plus." in as_read(app.test_client().get("/assemblees/reponse/lien").text)
    where = f"/membres/fiche/{members[1].id}/effacer"
    refused = browser.post(where)
    assert refused.status_code == 422
    assert f"Pouvoirs donnés à cette personne pour la réunion du {as_read(full_day(DAY))} : {giver.name}." in as_read(
        refused.text
    )
    session.expire_all()
    (proxy,) = assembly.proxies
    browser.post(f"/assemblees/pouvoirs/{proxy.id}/retirer")
    assert browser.post(where).status_code == 302
