"""The council changes between the convocation and the evening, and in the course of it: who counts for the quorum."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from app.bodies.models import Function, Mandate
from app.bodies.services.mandates import close_mandate
from app.council.casework import judged, meeting_case
from app.council.documents import meeting_paper
from app.council.models import MeetingStatus, MovementKind
from app.council.models.meetings import Recusal
from app.council.queries import interested_in, meeting_by_id
from app.council.reckoning import last_dispatch, setting_of, standing_at
from app.council.services import composition, convening, evening, proxies, room, voting
from app.council.services.meetings import BadMeeting, NotPossibleNow
from app.council.services.settled import votes_so_far
from app.documents.textdoc import Paragraph, plain
from app.forms.dates import parse
from app.law.answer import as_json, judge
from app.law.reading import case_from
from tests.factories.bodies import make_body, make_mandate
from tests.factories.council import BY, DAY, at, make_act, make_commune, make_meeting, make_open_meeting, send
from tests.factories.people import make_person
from tests.support.pages import as_read, clerk_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.testing import FlaskClient
    from sqlalchemy.orm import Session

    from app.accounts.models import Account
    from app.bodies.models import Body
    from app.council.models import Meeting

    SignIn = Callable[[Account], FlaskClient]

BEFORE = DAY - timedelta(days=2)


def convened(session: Session, body: Body) -> Meeting:
    """A meeting of the whole council, called ten days ahead."""
    meeting = make_meeting(session, body, make_act(session, body))
    send(session, meeting, DAY - timedelta(days=10))
    convening.convene(session, meeting, by=BY, at=at(DAY - timedelta(days=10)))
    session.commit()
    return meeting


def resign(session: Session, meeting: Meeting, *places: int) -> list[str]:
    """End the mandates of these seats two days before the meeting."""
    seats = [meeting.seats[place] for place in places]
    for seat in seats:
        mandate = session.scalars(select(Mandate).where(Mandate.person_id == seat.person_id)).one()
        close_mandate(session, mandate, until=parse(f"{BEFORE:%d/%m/%Y}"), why="Démission", by=BY, at=at(BEFORE))
    session.commit()
    return [seat.name for seat in seats]


def note_present(session: Session, meeting: Meeting, number: int) -> None:
    """The first ones are there, the others are not."""
    said = {seat.id: "present" if place < number else "absent" for place, seat in enumerate(meeting.seats)}
    first, second = meeting.seats[:2]
    evening.note_attendance(
        session, meeting, said, president=first.id, secretary=second.id, opened_at="19:00", by=BY, at=at(DAY)
    )


def test_who_left_the_council_after_the_convocation_counts_no_more_for_the_quorum(session: Session) -> None:
    body = make_commune(session, population=900, members=13)
    meeting = convened(session, body)
    gone = resign(session, meeting, 11, 12)
    assert standing_at(meeting, None).quorum == 7

    with pytest.raises(NotPossibleNow, match=gone[0]):
        evening.open_meeting(session, meeting, urgency_accepted=None, by=BY, at=at(DAY))
    with pytest.raises(NotPossibleNow, match=gone[1]):
        convening.note_no_quorum(session, meeting, by=BY, at=at(DAY))
    composition.update_members(session, meeting, by=BY, at=at(DAY))
    note_present(session, meeting, 6)
    evening.open_meeting(session, meeting, urgency_accepted=None, by=BY, at=at(DAY))

    opening = standing_at(meeting, None)
    assert (opening.in_office, opening.quorum, len(opening.present), len(opening.absent)) == (11, 6, 6, 5)
    assert [seat.name for seat in meeting.former_seats] == gone
    assert [seat.sent_on for seat in meeting.former_seats] == [DAY - timedelta(days=10)] * 2
    told = [
        plain(one.words)
        for one in meeting_paper(session, meeting, "proces-verbal").blocks
        if isinstance(one, Paragraph)
    ]
    assert not any(name in line for name in gone for line in told)
    assert not composition.changes_of(session, meeting)


def test_who_left_gives_and_carries_no_proxy_and_presides_nothing(session: Session) -> None:
    body = make_commune(session, members=7)
    meeting = convened(session, body)
    note_present(session, meeting, 5)
    seats = list(meeting.seats)
    proxies.note_proxy(session, meeting, (seats[6], seats[2]), is_written=True, illness=False, by=BY, at=at(DAY))
    resign(session, meeting, 0, 6)

    composition.update_members(session, meeting, by=BY, at=at(DAY))

    assert meeting.proxies == []
    assert not any(seat.presides for seat in meeting.seats)
    assert seats[0] not in standing_at(meeting, None).present


def test_who_came_into_the_council_is_called_by_name_and_the_day_may_still_be_noted(
    session: Session, sign_in: SignIn
) -> None:
    body = make_commune(session)
    meeting = convened(session, body)
    resign(session, meeting, 4)
    person = make_person(session, given_name="Suivante", family_name="De Liste", kept_by_body_id=body.id)
    make_mandate(session, body, person, Function.COUNCILLOR, since=f"{BEFORE:%Y-%m-%d}")
    session.commit()
    client, number = clerk_of(session, sign_in, body), meeting.id

    for page in (f"/conseil/seances/{number}", f"/conseil/seances/{number}/soir"):
        assert "Le conseil a changé depuis la convocation" in as_read(client.get(page).text)
    answer = as_read(client.post(f"/conseil/seances/{number}/membres", follow_redirects=True).text)
    assert "5 membres en exercice" in answer
    assert "À convoquer : Suivante De Liste" in answer
    session.expire_all()
    meeting = meeting_by_id(session, number)
    late = next(seat for seat in meeting.seats if seat.person_id == person.id)
    assert last_dispatch(meeting) == DAY - timedelta(days=10)

    url = f"/conseil/seances/{number}/convocation"
    assert f'name="sent_{late.id}"' in client.get(url).text
    assert f'name="sent_{meeting.seats[0].id}"' not in client.get(url).text
    told = {f"sent_{late.id}": f"{BEFORE:%d/%m/%Y}", f"channel_{late.id}": "hand"}
    assert client.post(f"{url}/envois", data=told).status_code == 302
    session.expire_all()
    assert (late.sent_on, late.channel) == (BEFORE, "hand")


def test_a_list_drawn_up_before_somebody_left_is_pointed_at_before_the_convocation_goes(
    session: Session, sign_in: SignIn
) -> None:
    body = make_commune(session)
    meeting = make_meeting(session, body, make_act(session, body))
    client, url = clerk_of(session, sign_in, body), f"/conseil/seances/{meeting.id}/convocation"
    assert "n’est plus celui de la liste des envois" not in as_read(client.get(url).text)
    gone = resign(session, meeting, 4)

    assert f"N’est plus en exercice le jour de la séance : {gone[0]}" in as_read(client.get(url).text)
    client.post(f"{url}/conseillers")

    session.expire_all()
    assert len(meeting.seats) == 4
    assert "n’est plus celui de la liste des envois" not in as_read(client.get(url).text)


def test_a_council_that_did_not_change_needs_no_update(session: Session) -> None:
    meeting = convened(session, make_commune(session))

    with pytest.raises(NotPossibleNow):
        composition.update_members(session, meeting, by=BY, at=at(DAY))


def test_a_seat_that_falls_vacant_in_the_evening_lowers_the_quorum_from_that_item_on(
    session: Session, sign_in: SignIn
) -> None:
    body = make_commune(session, members=14)
    acts = [make_act(session, body), make_act(session, body)]
    meeting = make_open_meeting(session, body, *acts, absent=6)
    first, second = meeting.agenda
    assert standing_at(meeting, first).quorum == 8
    client = clerk_of(session, sign_in, body)
    gone, away = meeting.seats[7], meeting.seats[13]

    note = {"mover": f"{away.id} vacancy", "moved_at": "19:30"}
    assert client.post(f"/conseil/points/{second.id}/mouvement", data=note).status_code == 302
    session.expire_all()
    room.note_movement(session, second, gone, "19:31", kind=MovementKind.DEPARTURE, by=BY, at=at(DAY))

    at_first, at_second = standing_at(meeting, first), standing_at(meeting, second)
    assert (at_first.in_office, at_first.quorum, len(at_first.present)) == (14, 8, 8)
    assert (at_second.in_office, at_second.quorum, len(at_second.present)) == (13, 7, 7)
    assert away not in at_second.absent
    page = as_read(client.get(f"/conseil/points/{second.id}").text)
    assert f"{away.name} n’est plus membre du conseil" in page
    assert f'value="{away.id} arrival"' not in page
    with pytest.raises(BadMeeting, match="quitte le conseil"):
        room.note_movement(session, second, away, "19:40", kind=MovementKind.ARRIVAL, by=BY, at=at(DAY))
    session.rollback()


def test_the_checks_and_the_minutes_tell_a_seat_that_fell_vacant_as_the_sheet_does(session: Session) -> None:
    body = make_commune(session, members=14)
    meeting = make_open_meeting(session, body, make_act(session, body), absent=6)
    point, away = meeting.agenda[0], meeting.seats[13]
    room.note_movement(session, point, meeting.seats[7], "", by=BY, at=at(DAY))
    assert not standing_at(meeting, point).has_quorum

    room.note_movement(session, point, away, "", kind=MovementKind.VACANCY, by=BY, at=at(DAY))

    assert standing_at(meeting, point).has_quorum
    case = meeting_case(meeting, setting_of(body, None), on=DAY)
    assert case["items"][0]["in_office"] == 13
    judged = {one["id"]: one for one in as_json(judge(case_from(case)))["checks"]}
    assert judged["C11"]["status"] == "ok"
    vote = voting.RecordVote(ballot="show_of_hands", votes_for=7)
    voting.record_vote(session, point, vote, by=BY, at=at(DAY))
    evening.close_meeting(session, meeting, "20:00", by=BY, at=at(DAY))
    assert meeting.status == MeetingStatus.CLOSED
    told = [
        plain(one.words)
        for one in meeting_paper(session, meeting, "proces-verbal").blocks
        if isinstance(one, Paragraph)
    ]
    assert any(f"{away.name} n’est plus membre du conseil" in line for line in told)


def test_a_question_on_an_interest_that_nobody_answered_is_no_none(session: Session) -> None:
    body = make_commune(session)
    meeting = make_open_meeting(session, body, make_act(session, body), make_act(session, body))
    committee = make_body(session, "Comité fictif", "committee", parent_id=body.id)
    first, second = meeting.agenda
    seat = meeting.seats[1]
    namesake = make_person(session, given_name=seat.person.given_name, family_name=seat.person.family_name)
    make_mandate(session, committee, namesake, Function.TREASURER)
    asked = interested_in(session, body.id, [seat.person], [committee], on=DAY)
    assert [one.is_same for one in asked] == [None]
    session.add(Recusal(point_id=second.id, seat_id=seat.id, reason="trésorier"))
    session.flush()
    session.refresh(second, ["recusals"])
    case = meeting_case(meeting, setting_of(body, None), (), {first.id: asked, second.id: asked}, on=DAY)
    told = judged(case)
    assert told is not None
    (found,) = [one for one in told["checks"] if one["id"] == "C18"]
    assert (found["status"], "Aucun conseiller intéressé" in str(found)) == ("unknown", False)
    answered = [one._replace(is_same=False) for one in asked]
    case = meeting_case(meeting, setting_of(body, None), (), {first.id: answered, second.id: answered}, on=DAY)
    assert [item.get("interested") for item in case["items"]] == [[], None], "who withdrew is somebody"


def voted_evening(session: Session, body: Body) -> Meeting:
    """An evening whose first item is voted; the fifth councillor is away, the fourth away and represented."""
    meeting = make_open_meeting(session, body, make_act(session, body), make_act(session, body), absent=2)
    seats = list(meeting.seats)
    proxies.note_proxy(session, meeting, (seats[3], seats[2]), is_written=True, illness=False, by=BY, at=at(DAY))
    ballot = voting.RecordVote(ballot="show_of_hands", votes_for=4)
    voting.record_vote(session, meeting.agenda[0], ballot, by=BY, at=at(DAY))
    session.commit()
    return meeting


def test_who_left_before_an_evening_with_votes_and_is_counted_in_none_is_taken_off_its_sheet(
    session: Session, sign_in: SignIn
) -> None:
    body = make_commune(session)
    meeting = voted_evening(session, body)
    before = votes_so_far(meeting)
    client, url = clerk_of(session, sign_in, body), f"/conseil/seances/{meeting.id}"
    assert "Le conseil a changé" not in as_read(client.get(f"{url}/soir").text)
    (gone,) = resign(session, meeting, 4)
    for page in (url, f"{url}/soir"):
        told = as_read(client.get(page).text)
        assert f"N’est plus en exercice le jour de la séance : {gone}." in told
        assert "Mettre à jour les membres du conseil" in told
    assert "4 membres en exercice" in as_read(client.post(f"{url}/membres", follow_redirects=True).text)
    session.expire_all()
    meeting = meeting_by_id(session, meeting.id)
    standing = standing_at(meeting, meeting.agenda[0])
    assert (standing.in_office, standing.has_quorum, votes_so_far(meeting)) == (4, True, before)
    assert "Le conseil a changé" not in as_read(client.get(f"{url}/soir").text)


def test_who_left_before_an_evening_and_is_counted_in_its_votes_is_told_and_never_taken_out_of_them(
    session: Session, sign_in: SignIn
) -> None:
    body = make_commune(session)
    meeting = voted_evening(session, body)
    (gone,) = resign(session, meeting, 3)
    client, url = clerk_of(session, sign_in, body), f"/conseil/seances/{meeting.id}"
    told = as_read(client.get(f"{url}/soir").text)
    assert f"N’est plus en exercice le jour de la séance, et compte dans ce qui est consigné : {gone}." in told
    assert "Mettre à jour les membres du conseil" not in told
    refused = as_read(client.post(f"{url}/membres", follow_redirects=True).text)
    assert f"Ce qui est consigné de la séance compte {gone} : reprenez d’abord les votes" in refused
    session.expire_all()
    meeting = meeting_by_id(session, meeting.id)
    assert standing_at(meeting, meeting.agenda[0]).voters == 4
    reason = {"reason": "Le siège était vacant depuis la séance précédente."}
    assert client.post(f"/conseil/points/{meeting.agenda[0].id}/vote/reprendre", data=reason).status_code == 302
    client.post(f"{url}/membres")
    session.expire_all()
    meeting = meeting_by_id(session, meeting.id)
    assert (len(meeting.seats), meeting.proxies, meeting.members_in_office) == (4, [], 4)
