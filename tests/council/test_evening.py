"""What an evening may bring that nobody prepared: the mayor leaves, two clerks write at once, a slip of the pen."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

from app.council.reckoning import standing_at
from app.council.services import convening, evening, meetings, overriding
from tests.factories.accounts import make_member
from tests.factories.council import BY, at, make_act, make_commune, make_meeting, make_open_meeting, send

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.testing import FlaskClient
    from sqlalchemy.orm import Session

    from app.accounts.models import Account
    from app.bodies.models import Body

    SignIn = Callable[[Account], FlaskClient]


def _clerk(session: Session, sign_in: SignIn, body: Body) -> FlaskClient:
    return sign_in(make_member(session, body))


def _words(page: str) -> str:
    text = re.sub(r"<[^>]+>", " ", page).replace("&#39;", "’")
    return re.sub(r"\s+", " ", text.replace("\N{NO-BREAK SPACE}", " "))


def test_when_the_mayor_leaves_the_next_of_the_table_presides_and_has_the_casting_vote(
    session: Session, sign_in: SignIn
) -> None:
    body = make_commune(session)
    meeting = make_open_meeting(session, body, make_act(session, body))
    client, point, seats = _clerk(session, sign_in, body), meeting.agenda[0], list(meeting.seats)
    assert standing_at(meeting, point).chair is seats[0]
    client.post(f"/conseil/points/{point.id}/deport", data={"seat": seats[0].id, "reason": "préside le comité"})
    page = _words(client.get(f"/conseil/points/{point.id}").text)
    assert f"{seats[1].name} préside pour cette affaire, dans l’ordre du tableau (CGCT, art. L. 2122-17)" in page
    voices = {seats[1].id: "for", seats[2].id: "for", seats[3].id: "against", seats[4].id: "against"}
    given = {f"vote_{seat}": voice for seat, voice in voices.items()}
    answer = client.post(f"/conseil/points/{point.id}/vote", data={"ballot": "public", **given}, follow_redirects=True)
    assert "Le vote est consigné : adopté." in _words(answer.text)


def test_a_new_item_of_a_second_convocation_keeps_its_quorum(session: Session, sign_in: SignIn) -> None:
    body, monday = make_commune(session), date(2026, 9, 14)
    first = make_meeting(session, body, make_act(session, body), day=monday)
    send(session, first, monday - timedelta(days=10))
    convening.convene(session, first, by=BY, at=at(monday - timedelta(days=10)))
    convening.note_no_quorum(session, first, by=BY, at=at(monday))
    friday = date(2026, 9, 18)
    second = convening.call_second(session, first, meetings.MeetingFacts(starts_at=at(friday)), by=BY, at=at(monday))
    meetings.add_point(session, second, meetings.PointFacts(title="Point neuf"), by=BY, at=at(monday))
    convening.fill_seats(session, second)
    send(session, second, monday)
    why = overriding.Override(check_id="C12", reason="Tous l’ont demandé par écrit.", meeting_id=second.id)
    overriding.override_check(session, body.id, why, by=BY, at=at(monday))
    convening.convene(session, second, by=BY, at=at(monday))
    seats = list(second.seats)
    said = {seat.id: "present" for seat in seats[:2]}
    evening.note_attendance(session, second, said, president=seats[0].id, secretary=seats[1].id, opened_at="",
                            by=BY, at=at(friday))  # fmt: skip
    evening.open_meeting(session, second, urgency_accepted=None, by=BY, at=at(friday))
    session.commit()
    client, (same, new) = _clerk(session, sign_in, body), second.agenda
    given = {"ballot": "show_of_hands", "votes_for": "2"}
    assert client.post(f"/conseil/points/{same.id}/vote", data=given).status_code == 302
    refused = client.post(f"/conseil/points/{new.id}/vote", data=given)
    assert refused.status_code == 422
    assert "quorum non réuni" in refused.text
    assert 'name="override_check" value="C11"' in refused.text


def test_who_has_the_absolute_majority_is_elected_in_that_round_and_stands_no_more(
    session: Session, sign_in: SignIn
) -> None:
    body = make_commune(session, members=13, population=900)
    meeting = make_open_meeting(session, body, make_act(session, body, model="representatives", articles=["Désigne."]))
    client, url = _clerk(session, sign_in, body), f"/conseil/points/{meeting.agenda[0].id}"
    client.post(f"{url}/candidats", data={"seats": "2", "candidates": "Ada ; 44\nBéa ; 61\nCléo ; 61"})
    impossible = client.post(f"{url}/tour", data={"candidate_0": "20", "candidate_1": "6", "cast": "12", "blank": "1"})
    assert "20 voix pour un candidat et 26 en tout, pour 12 bulletins exprimés" in _words(impossible.text)
    client.post(f"{url}/tour", data={"candidate_0": "7", "candidate_1": "6", "candidate_2": "6", "cast": "13"})
    page = client.get(url).text
    assert "Déjà élu·e, un siège est pourvu : Ada." in _words(page)
    assert 'name="candidate_0"' not in page
    tie = {"candidate_1": "6", "candidate_2": "6", "cast": "12", "blank": "1"}
    again = client.post(f"{url}/tour", data={**tie, "candidate_0": "1"})
    assert "Ada est déjà élu·e" in _words(again.text)
    assert client.post(f"{url}/tour", data=tie).status_code == 302
    refused = client.post(f"{url}/tour", data=tie)
    assert refused.status_code == 422
    assert "entre candidats du même âge" in _words(refused.text)
    won = client.post(f"{url}/tour", data={**tie, "candidate_1": "5", "candidate_2": "7"}, follow_redirects=True)
    told = (
        "Sont désignés : Ada (au premier tour, à la majorité absolue), Cléo (au troisième tour, à la majorité relative)"
    )
    assert told in _words(won.text)


def test_the_day_of_birth_parts_candidates_of_one_age(session: Session, sign_in: SignIn) -> None:
    body = make_commune(session, members=4, population=90)
    meeting = make_open_meeting(session, body, make_act(session, body, model="representatives", articles=["Désigne."]))
    client, url = _clerk(session, sign_in, body), f"/conseil/points/{meeting.agenda[0].id}"
    given = {"seats": "1", "candidates": "Ada ; 12/05/1965\nBéa ; 11/05/1965"}
    assert client.post(f"{url}/candidats", data=given).status_code == 302
    assert "Béa ; 11/05/1965" in client.get(url).text
    for _ in range(3):
        told = client.post(f"{url}/tour", data={"candidate_0": "2", "candidate_1": "2"}, follow_redirects=True)
    assert "Est désigné : Béa (au troisième tour, à égalité de voix, au bénéfice de l’âge)." in _words(told.text)
