"""Whoever left the council in the course of the evening: their mandates end; they neither withdraw nor sign."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select

from app.audit.models import JournalEntry
from app.bodies.models import Function, Mandate
from app.bodies.services.mandates import close_mandate
from app.council.casework import meeting_case
from app.council.documents import meeting_paper
from app.council.models import Movement, MovementKind
from app.council.queries import councillors
from app.council.reckoning import setting_of, standing_at
from app.council.services import evening, mending, room
from app.documents.textdoc import Signatures
from app.forms.dates import parse
from app.shared.saying import full_day
from tests.factories.bodies import make_mandate
from tests.factories.council import BY, DAY, at, make_act, make_commune, make_meeting, make_open_meeting
from tests.factories.people import make_person
from tests.support.pages import as_read, clerk_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.testing import FlaskClient
    from sqlalchemy.orm import Session

    from app.accounts.models import Account
    from app.council.models import Meeting, Seat

    SignIn = Callable[[Account], FlaskClient]

AFTER = DAY + timedelta(days=1)


def leaves(session: Session, meeting: Meeting, seat: Seat) -> Movement:
    """Somebody is of the council no more, from its first item on."""
    move = room.note_movement(session, meeting.agenda[0], seat, "", kind=MovementKind.VACANCY, by=BY, at=at(DAY))
    session.commit()
    return move


def held_by(session: Session, seat: Seat) -> list[Mandate]:
    """What somebody holds or held."""
    return list(session.scalars(select(Mandate).where(Mandate.person_id == seat.person_id).order_by(Mandate.id)))


def test_whoever_left_the_council_in_the_evening_is_not_taken_over_by_the_next_meeting(
    session: Session, sign_in: SignIn
) -> None:
    body = make_commune(session, members=12)
    meeting = make_open_meeting(session, body, make_act(session, body))
    mayor, other = meeting.seats[0], meeting.seats[11]
    make_mandate(session, body, other.person, Function.DEPUTY_MAYOR, since="2026-04")
    session.commit()
    leaves(session, meeting, mayor)
    leaves(session, meeting, other)
    client, url = clerk_of(session, sign_in, body), f"/conseil/seances/{meeting.id}"
    sheet = as_read(client.get(f"{url}/soir").text)
    assert f"{mayor.name} n’est plus membre du conseil : à la clôture, ses mandats au conseil prennent fin" in sheet

    page = as_read(client.post(f"{url}/soir/clore", data={"closed_at": "23:00"}, follow_redirects=True).text)

    assert f"Les mandats de {mayor.name} au conseil ont pris fin le jour de la séance. En suspens : rien." in page
    session.expire_all()
    ended = [*held_by(session, mayor), *held_by(session, other)]
    assert [one.until for one in ended] == [parse(f"{DAY:%d/%m/%Y}")] * 3
    assert {one.closed_by for one in ended} == {f"N’est plus membre du conseil (séance du {full_day(DAY)})"}
    told = session.scalars(select(JournalEntry).where(JournalEntry.action == "mandate.closed")).all()
    assert len(told) == 3
    following = make_meeting(session, body, make_act(session, body), day=DAY + timedelta(days=19))
    assert len(following.seats) == 10
    assert {mayor.person_id, other.person_id}.isdisjoint({seat.person_id for seat in following.seats})


def test_a_mandate_that_was_to_end_later_ends_with_the_meeting(session: Session) -> None:
    body = make_commune(session)
    meeting = make_open_meeting(session, body, make_act(session, body))
    gone = meeting.seats[4]
    why, announced = "Démission annoncée", parse("31/12/2026")
    close_mandate(session, held_by(session, gone)[0], until=announced, why=why, by=BY, at=at(DAY))
    leaves(session, meeting, gone)

    evening.close_meeting(session, meeting, "23:00", by=BY, at=at(DAY))

    assert held_by(session, gone)[0].until == parse(f"{DAY:%d/%m/%Y}")
    assert gone.person_id not in {one.person_id for one in councillors(session, body.id, on=AFTER)}


def test_the_minutes_have_no_place_to_sign_for_a_mayor_who_left_the_council(session: Session) -> None:
    body = make_commune(session)
    meeting = make_open_meeting(session, body, make_act(session, body))
    mayor, second = meeting.seats[0], meeting.seats[1]
    leaves(session, meeting, mayor)
    evening.close_meeting(session, meeting, "23:00", by=BY, at=at(DAY))

    for document in ("proces-verbal", "liste"):
        blocks = meeting_paper(session, meeting, document).blocks
        names = [place.name for one in blocks if isinstance(one, Signatures) for place in one.signatures]
        assert names
        assert mayor.name not in names
        assert document == "liste" or second.name in names


def test_a_vacancy_taken_back_after_reopening_gives_the_mandate_back(session: Session) -> None:
    body = make_commune(session)
    meeting = make_open_meeting(session, body, make_act(session, body))
    mayor, other = meeting.seats[0], meeting.seats[4]
    move = leaves(session, meeting, mayor)
    leaves(session, meeting, other)
    evening.close_meeting(session, meeting, "23:00", by=BY, at=at(DAY))
    mending.reopen_meeting(session, meeting, by=BY, at=at(DAY))

    room.erase_movement(session, move, by=BY, at=at(DAY))
    evening.close_meeting(session, meeting, "23:00", by=BY, at=at(DAY))

    session.expire_all()
    assert [(one.until, one.closed_by) for one in held_by(session, mayor)] == [(None, "")]
    assert other.person_id not in {one.person_id for one in councillors(session, body.id, on=AFTER)}
    assert len(councillors(session, body.id, on=AFTER)) == 4


def test_a_vacancy_is_not_taken_back_once_somebody_else_is_mayor(session: Session, sign_in: SignIn) -> None:
    body = make_commune(session)
    meeting = make_open_meeting(session, body, make_act(session, body))
    mayor = meeting.seats[0]
    move = leaves(session, meeting, mayor)
    evening.close_meeting(session, meeting, "23:00", by=BY, at=at(DAY))
    heir = make_person(session, given_name="Ada", family_name="Fictive", kept_by_body_id=body.id)
    make_mandate(session, body, heir, Function.MAYOR, since=AFTER.isoformat())
    mending.reopen_meeting(session, meeting, by=BY, at=at(DAY))
    session.commit()

    refused = clerk_of(session, sign_in, body).post(f"/conseil/mouvements/{move.id}/effacer")

    assert refused.status_code == 422
    assert "est déjà" in as_read(refused.text)
    session.expire_all()
    assert held_by(session, mayor)[0].until is not None
    assert session.get(Movement, move.id) is not None


def test_whoever_is_of_the_council_no_more_withdraws_from_nothing(session: Session, sign_in: SignIn) -> None:
    body = make_commune(session, members=12)
    meeting = make_open_meeting(session, body, make_act(session, body), make_act(session, body))
    first, second = meeting.agenda
    gone, away = meeting.seats[11], meeting.seats[10]
    leaves(session, meeting, gone)
    client = clerk_of(session, sign_in, body)

    for point in (first, second):
        refused = client.post(f"/conseil/points/{point.id}/deport", data={"recused": gone.id, "delegate": "oui"})
        assert refused.status_code == 422
        assert f"{gone.name} n’est plus membre du conseil à ce point" in as_read(refused.text)
    assert client.post(f"/conseil/points/{second.id}/deport", data={"recused": away.id}).status_code == 302
    note = {"mover": f"{away.id} vacancy", "moved_at": ""}
    late = client.post(f"/conseil/points/{first.id}/mouvement", data=note)
    assert late.status_code == 422
    assert "effacez d’abord ce déport" in as_read(late.text)


def test_a_withdrawal_noted_for_somebody_who_had_left_counts_for_nothing(session: Session) -> None:
    body = make_commune(session, members=12)
    meeting = make_open_meeting(session, body, make_act(session, body))
    point, gone = meeting.agenda[0], meeting.seats[11]
    room.note_recusal(session, point, gone, "", is_delegate=True, by=BY, at=at(DAY))
    session.add(Movement(seat_id=gone.id, point_id=point.id, kind=MovementKind.VACANCY, at=""))
    session.commit()
    session.expire_all()

    standing = standing_at(meeting, point)

    assert (standing.in_office, standing.quorum, standing.recused) == (11, 6, ())
    case = meeting_case(meeting, setting_of(body, None), on=DAY)
    assert case["items"][0]["in_office"] == 11
    assert "excluded_representatives" not in case["items"][0]
