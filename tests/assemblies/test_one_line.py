"""One person, one line: whoever was recorded twice, is erased, or is added by two people at once."""

from __future__ import annotations

import re
from datetime import timedelta
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader
from sqlalchemy import select

from app.access.roles import Role
from app.assemblies.documents.sheet import sheet_paper
from app.assemblies.models import (
    AssemblySeat,
    AssemblyVoice,
    Ballot,
    Channel,
    Dispatch,
    ItemKind,
    Presence,
    Status,
)
from app.assemblies.queries.reach import called
from app.assemblies.services import calling, convening, electing, holding, voting
from app.assemblies.services.doubled import Waits
from app.assemblies.views.people import link_hash
from app.audit.models import JournalEntry
from app.members.erasing import ERASED
from app.people.services import merge_persons
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
from tests.factories.members import enrol
from tests.support.together import another_browser, at_the_same_moment

if TYPE_CHECKING:
    from flask import Flask
    from sqlalchemy.orm import Session

    from app.assemblies.models import Assembly, AssemblyItem
    from app.bodies.models import Body
    from app.members.models import Member

NOW = at(DAY + timedelta(days=1))


@pytest.fixture
def body(session: Session) -> Body:
    made = make_association(session)
    record_statutes(session, made)
    return made


def call(session: Session, assembly: Assembly, *members: Member) -> list[AssemblySeat]:
    """Call these members as well."""
    facts = [
        calling.SeatFacts(name=one.name, person_id=one.person_id, email=f"membre{one.id}@exemple.test")
        for one in members
    ]
    seats = calling.call_people(session, assembly, facts, by=BY, at=NOW)
    session.commit()
    return seats


def erase(session: Session, app: Flask, body: Body, member: Member) -> None:
    """Note that somebody left, and erase them, as the page does."""
    app.config["WTF_CSRF_ENABLED"] = False
    browser = another_browser(app, make_member(session, body, Role.PRESIDENT))
    left = {"until": "2025", "why": "resigned", "revision": str(member.revision)}
    browser.post(f"/membres/fiche/{member.id}/depart", data=left)
    assert browser.post(f"/membres/fiche/{member.id}/effacer").status_code == 302
    session.expire_all()


def test_two_records_that_become_one_leave_one_line_one_link_and_one_voice(session: Session, body: Body) -> None:
    assembly = make_assembly(session, body, people=4)
    item = add_item(session, assembly)
    kept, double = (enrol(session, body, "Jean", "Durand") for _ in range(2))
    first, other = call(session, assembly, kept, double)
    holding.give_proxy(session, assembly, assembly.seats[-1], other, by=BY, at=NOW)
    convening.convene(session, assembly, [], by=BY, at=at(DAY - timedelta(days=20)))
    for seat in (first, other):
        seat.dispatch, seat.link_hash = Dispatch.EMAIL, f"{seat.id:064d}"
    session.add(AssemblyVoice(item_id=item.id, seat_id=other.id, channel=Channel.ELECTRONIC, choice="for"))
    session.commit()
    merge_persons(session, kept.person, double.person, by=BY, at=NOW)
    session.commit()
    session.expire_all()
    assert len(assembly.members) == 5
    assert (other.may_vote, other.link_hash != "") == (True, True), "the line that has voted stays"
    assert (first.may_vote, first.link_hash) == (False, "")
    assert "la même personne" in first.why_not
    assert [one.holder_id for one in assembly.proxies] == [other.id]


def _online(session: Session, assembly: Assembly, item: AssemblyItem, votes: dict[int, str]) -> None:
    """Convene, and let these lines vote from their screens, in this order."""
    if assembly.status == Status.DRAFT:
        convening.convene(session, assembly, [], by=BY, at=at(DAY - timedelta(days=20)))
    voting.open_distance(session, item, is_open=True, by=BY, at=NOW)
    for seat, choice in votes.items():
        voting.cast(session, item, session.get_one(AssemblySeat, seat), [choice], Channel.ELECTRONIC, by=BY, at=NOW)
    session.commit()


def test_of_two_voices_of_one_person_the_first_stays_and_the_page_and_the_journal_tell_it(
    app: Flask, session: Session, body: Body
) -> None:
    assembly = make_assembly(session, body, people=4)
    item, later = add_item(session, assembly, "Budget"), add_item(session, assembly, "Local")
    kept, double = (enrol(session, body, "Jean", "Durand") for _ in range(2))
    first, other = call(session, assembly, kept, double)
    _online(session, assembly, item, {other.id: "for", first.id: "against", assembly.members[-1].id: "against"})
    _online(session, assembly, later, {other.id: "for"})
    app.config["WTF_CSRF_ENABLED"] = False
    browser = another_browser(app, make_member(session, body, Role.PRESIDENT))
    told = browser.get(f"/personnes/{kept.person_id}/reunir?autre={double.person_id}").text
    assert "les deux fiches ont voté. Le premier vote reçu reste" in told
    assert "deux fiches de membre" in told
    browser.post(f"/personnes/{kept.person_id}/reunir", data={"other": str(double.person_id)})
    session.expire_all()
    assert [one.choices for one in item.counts] == [{"for": 1, "against": 1}]
    assert [one.papers for one in item.counts] == [2]
    (seat,) = {one.seat for one in item.voices if one.seat.person_id == kept.person_id}
    assert [one.seat for one in later.voices] == [seat], "what the other line voted is this person's"
    assert seat.may_vote
    with pytest.raises(voting.BadVote):
        voting.cast(session, later, seat, ["against"], Channel.ELECTRONIC, by=BY, at=NOW)
    session.rollback()
    journal = session.scalars(select(JournalEntry).where(JournalEntry.action == "assemblies.voice_united")).all()
    assert [one.details["title"] for one in journal] == ["Budget"]


@pytest.mark.parametrize("merges_first", [False, True])
def test_who_votes_by_one_link_while_the_two_records_become_one_has_one_voice(
    app: Flask, session: Session, body: Body, *, merges_first: bool
) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    assembly = make_assembly(session, body, people=4)
    item = add_item(session, assembly)
    kept, double = (enrol(session, body, "Jean", "Durand") for _ in range(2))
    first, other = call(session, assembly, kept, double)
    _online(session, assembly, item, {first.id: "for"})
    other.link_hash = link_hash("lien")
    session.commit()
    keeper = another_browser(app, make_member(session, body, Role.PRESIDENT))
    one, two, item_id = kept.person_id, double.person_id, item.id
    session.rollback()

    def vote() -> object:
        return app.test_client().post(f"/assemblees/reponse/lien/vote/{item_id}", data={"choice": "against"})

    def merge() -> object:
        return keeper.post(f"/personnes/{one}/reunir", data={"other": str(two)})

    if merges_first:
        at_the_same_moment(app, JournalEntry, merge, vote)
    else:
        at_the_same_moment(app, AssemblyVoice, vote, merge)
    session.expire_all()
    item = session.get_one(type(item), item_id)
    assert [one.choice for one in item.voices] == ["for"]
    assert [one.choices for one in item.counts] == [{"for": 1}]


def test_two_secret_ballots_of_one_person_wait_since_nobody_knows_which_is_too_many(
    session: Session, body: Body
) -> None:
    assembly = make_assembly(session, body, people=4)
    item = add_item(session, assembly, ballot=Ballot.SECRET)
    kept, double = (enrol(session, body, "Jean", "Durand") for _ in range(2))
    first, other = call(session, assembly, kept, double)
    _online(session, assembly, item, {first.id: "for", other.id: "for"})
    with pytest.raises(Waits, match="ce vote est secret"):
        merge_persons(session, kept.person, double.person, by=BY, at=NOW)
    session.rollback()
    assert len({one.seat.person_id for one in item.voices}) == 2


def test_what_was_proclaimed_keeps_its_room_and_the_two_records_wait_for_the_end(session: Session, body: Body) -> None:
    assembly = make_assembly(session, body, people=4)
    item = add_item(session, assembly)
    kept, double = (enrol(session, body, "Jean", "Durand") for _ in range(2))
    call(session, assembly, kept, double)
    open_with(session, assembly, 6)
    voting.count_room(session, item, voting.RoomCount(choices={"for": 6}), by=BY, at=NOW)
    voting.decide(session, item, by=BY, at=NOW)
    session.commit()
    with pytest.raises(Waits, match="quand la réunion sera close"):
        merge_persons(session, kept.person, double.person, by=BY, at=NOW)
    session.rollback()
    holding.close_assembly(session, assembly, "20:00", by=BY, at=NOW)
    session.commit()
    merge_persons(session, kept.person, double.person, by=BY, at=NOW)
    session.commit()
    session.expire_all()
    assert len(assembly.members) == 6, "what is over stays as it was held"


def test_nobody_carries_a_proxy_to_themselves_nor_more_than_the_statutes_allow(session: Session, body: Body) -> None:
    assembly = make_assembly(session, body, people=4)
    kept, double = (enrol(session, body, "Jean", "Durand") for _ in range(2))
    first, other = call(session, assembly, kept, double)
    away = [one for one in assembly.members if one not in {first, other}]
    mine = holding.give_proxy(session, assembly, first, other, by=BY, at=NOW)
    first.presence = Presence.EXCUSED
    session.commit()
    merge_persons(session, kept.person, double.person, by=BY, at=NOW)
    session.flush()
    assert session.get(type(mine), mine.id) is None
    assert {one.presence for one in assembly.seats} == {Presence.UNSAID}
    session.rollback()
    holding.take_back_proxy(session, assembly.proxies[0], by=BY, at=NOW)
    for giver, holder in zip(away, (first, first, other, other), strict=True):
        holding.give_proxy(session, assembly, giver, holder, by=BY, at=NOW)
    session.commit()
    with pytest.raises(Waits, match="Retirez d’abord les pouvoirs en trop"):
        merge_persons(session, kept.person, double.person, by=BY, at=NOW)
    session.rollback()
    for proxy in list(assembly.proxies)[2:]:
        holding.take_back_proxy(session, proxy, by=BY, at=NOW)
    holding.give_proxy(session, assembly, other, away[-1], by=BY, at=NOW)
    session.commit()
    with pytest.raises(Waits, match="l’une des deux fiches a donné pouvoir"):
        merge_persons(session, kept.person, double.person, by=BY, at=NOW)


def test_who_has_two_records_is_listed_once_among_guests_candidates_and_the_called(
    session: Session, body: Body
) -> None:
    assembly = make_assembly(session, body, people=2)
    election = add_item(session, assembly, "Présidence", kind=ItemKind.ELECTION, function="president")
    kept, double = enrol(session, body, "Jean", "Durand"), enrol(session, body, "Jean-Marie", "Durand")
    seats = call(session, assembly, kept, double)
    for seat in seats:
        electing.stand(session, election, seat.name, person_id=seat.person_id, by=BY, at=NOW)
        seat.dispatch = Dispatch.LETTER
    session.commit()
    merge_persons(session, kept.person, double.person, by=BY, at=NOW)
    session.commit()
    session.expire_all()
    assert len(assembly.seats) == 4
    assert [one.name for one in called(assembly)].count("Jean-Marie Durand") == 0
    assert [one.person_id for one in election.candidates] == [kept.person_id]
    assert "Invités" not in str(sheet_paper(session, assembly))


def test_an_erasure_waits_for_the_end_of_the_meeting_where_somebody_sits_or_stands(
    app: Flask, session: Session, body: Body
) -> None:
    gone, stays = enrol(session, body, "Ana", "Partante"), enrol(session, body, "Ida", "Restante")
    assembly = make_assembly(session, body, people=4)
    election = add_item(session, assembly, "Présidence", kind=ItemKind.ELECTION, function="president")
    call(session, assembly, gone, stays)
    for one in (gone, stays):
        electing.stand(session, election, one.name, person_id=one.person_id, by=BY, at=NOW)
    theirs, other = election.candidates
    voters = assembly.members
    _online(session, assembly, election, {voters[0].id: str(theirs.id), voters[1].id: str(theirs.id)})
    app.config["WTF_CSRF_ENABLED"] = False
    browser = another_browser(app, make_member(session, body, Role.PRESIDENT))
    left = {"until": "2025", "why": "resigned", "revision": str(gone.revision)}
    browser.post(f"/membres/fiche/{gone.id}/depart", data=left)
    before = browser.post(f"/membres/fiche/{gone.id}/effacer")
    assert before.status_code == 422
    assert "des voix sont déjà reçues" in before.text
    open_with(session, assembly, 5)
    voting.count_room(
        session,
        election,
        voting.RoomCount(choices={str(theirs.id): 2, str(other.id): 1}, papers=3),
        by=BY,
        at=NOW,
    )
    session.commit()
    page = browser.get(f"/membres/fiche/{gone.id}/effacer").text
    assert "est ouverte, et cette personne est sur sa feuille ou y est candidate" in page
    assert ">Effacer<" not in page
    assert browser.post(f"/membres/fiche/{gone.id}/effacer").status_code == 422
    session.expire_all()
    assert sum(sum(row.choices.values()) for row in election.counts) == 5, "no vote is lost"
    electing.close_round(session, election, by=BY, at=NOW)
    assert (theirs.elected_round, theirs.withdrew_round) == (1, 0)
    assembly.status = Status.CLOSED
    session.commit()
    assert browser.post(f"/membres/fiche/{gone.id}/effacer").status_code == 302


def test_who_is_erased_before_anybody_voted_stands_no_more(app: Flask, session: Session, body: Body) -> None:
    gone = enrol(session, body, "Ana", "Partante")
    assembly = make_assembly(session, body, people=4)
    election = add_item(session, assembly, "Présidence", kind=ItemKind.ELECTION, function="president")
    electing.stand(session, election, gone.name, person_id=gone.person_id, by=BY, at=NOW)
    session.commit()
    erase(session, app, body, gone)
    assert election.candidates == []


def test_a_line_that_was_never_sent_goes_and_an_assembly_that_is_over_stays_as_it_was(
    session: Session, body: Body
) -> None:
    kept, double = (enrol(session, body, "Jean", "Durand") for _ in range(2))
    over, ahead = make_assembly(session, body, people=6), make_assembly(session, body, people=2)
    for assembly in (over, ahead):
        call(session, assembly, kept, double)
    over.status = Status.CLOSED
    session.commit()
    merge_persons(session, kept.person, double.person, by=BY, at=NOW)
    session.commit()
    session.expire_all()
    assert len(over.seats) == len(over.members) == 8
    assert len(ahead.seats) == len(ahead.members) == 3


def test_who_is_erased_is_not_called_a_second_time_nor_written_to_nor_a_candidate(
    app: Flask, session: Session, body: Body
) -> None:
    gone, stays = enrol(session, body, "Ana", "Partante"), enrol(session, body, "Ida", "Restante")
    first = make_assembly(session, body, people=10)
    add_item(session, first, "Présidence", kind=ItemKind.ELECTION, function="president")
    call(session, first, gone, stays)
    with pytest.raises(holding.NoQuorum):
        open_with(session, first, 2)
    holding.close_without_quorum(session, first, by=BY, at=NOW)
    session.commit()
    draft = make_assembly(session, body, people=1)
    call(session, draft, gone)
    election = add_item(session, draft, "Présidence", kind=ItemKind.ELECTION, function="president")
    electing.stand(session, election, gone.name, person_id=gone.person_id, by=BY, at=NOW)
    erase(session, app, body, gone)
    assert ERASED not in {one.name for one in draft.seats}, "nothing was sent: the line goes"
    assert election.candidates == []
    second = calling.call_second(session, first, at(DAY + timedelta(days=20)), by=BY, at=NOW)
    session.commit()
    names = {one.name for one in second.seats}
    assert stays.name in names
    assert not {gone.name, ERASED, "Ana Partante"} & names


def test_a_line_that_was_sent_to_who_is_erased_is_neither_in_the_letters_nor_among_those_to_elect(
    app: Flask, session: Session, body: Body
) -> None:
    gone = enrol(session, body, "Ana", "Partante")
    assembly = make_assembly(session, body, people=2)
    election = add_item(session, assembly, "Présidence", kind=ItemKind.ELECTION, function="president")
    (seat,) = call(session, assembly, gone)
    convening.convene(session, assembly, [], by=BY, at=at(DAY - timedelta(days=20)))
    seat.dispatch, seat.sent_on = Dispatch.LETTER, DAY - timedelta(days=20)
    session.commit()
    number, election_id, assembly_id = seat.id, election.id, assembly.id
    erase(session, app, body, gone)
    seat = session.get_one(AssemblySeat, number)
    assert (seat.name, seat.may_vote, seat.presence) == (ERASED, False, Presence.UNSAID)
    browser = another_browser(app, make_member(session, body, Role.PRESIDENT))
    pages = PdfReader(BytesIO(browser.get(f"/assemblees/{assembly_id}/courriers.pdf").data)).pages
    assert ERASED not in re.sub(r"\s+", " ", " ".join(one.extract_text() for one in pages))
    assert ERASED not in browser.get(f"/assemblees/points/{election_id}").text
    browser.post(f"/assemblees/points/{election_id}/candidatures", data={"seat": str(number)})
    session.expire_all()
    assert session.get_one(type(election), election_id).candidates == []


def test_people_whom_two_add_from_the_lists_at_the_same_moment_are_called_once(
    app: Flask, session: Session, body: Body
) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    for name in ("Ana", "Ida"):
        enrol(session, body, name, "Fictive")
    assembly = make_assembly(session, body, people=0)
    url, account = f"/assemblees/{assembly.id}/personnes/listes", make_member(session, body, Role.SECRETARY)
    first, second = (another_browser(app, account) for _ in range(2))
    at_the_same_moment(app, AssemblySeat, lambda: first.post(url), lambda: second.post(url))
    session.rollback()
    names = session.scalars(select(AssemblySeat.name).where(AssemblySeat.assembly_id == assembly.id)).all()
    assert sorted(names) == ["Ana Fictive", "Ida Fictive"]
