"""What an evening may bring that nobody prepared: the mayor leaves, two clerks write at once, a slip of the pen."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from app.bodies.models import BodyKind, Function
from app.council.casework import meeting_case
from app.council.documents import meeting_paper
from app.council.documents.telling import second_lines
from app.council.models import ActStatus, MovementKind
from app.council.queries import overrides_of
from app.council.reckoning import setting_of, standing_at
from app.council.services import convening, evening, meetings, mending, overriding, recalling, room
from app.shared import clock
from tests.factories.bodies import make_body, make_mandate
from tests.factories.council import (
    BY,
    DAY,
    at,
    make_act,
    make_commune,
    make_meeting,
    make_open_meeting,
    make_subsidy,
    opened,
    send,
)
from tests.support.forms import filled
from tests.support.pages import as_read, clerk_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.testing import FlaskClient
    from sqlalchemy.orm import Session

    from app.accounts.models import Account
    from app.council.models import Act, Meeting

    SignIn = Callable[[Account], FlaskClient]


def test_when_the_mayor_leaves_the_next_of_the_table_presides_and_has_the_casting_vote(
    session: Session, sign_in: SignIn
) -> None:
    body = make_commune(session)
    meeting = make_open_meeting(session, body, make_act(session, body))
    client, point, seats = clerk_of(session, sign_in, body), meeting.agenda[0], list(meeting.seats)
    assert standing_at(meeting, point).chair is seats[0]
    gone = {"recused": seats[0].id, "recusal_reason": "préside le comité"}
    client.post(f"/conseil/points/{point.id}/deport", data=gone)
    page = as_read(client.get(f"/conseil/points/{point.id}").text)
    assert f"{seats[1].name} préside pour cette affaire, dans l’ordre du tableau (CGCT, art. L. 2122-17)" in page
    voices = {seats[1].id: "for", seats[2].id: "for", seats[3].id: "against", seats[4].id: "against"}
    given = {f"vote_{seat}": voice for seat, voice in voices.items()}
    answer = client.post(f"/conseil/points/{point.id}/vote", data={"ballot": "public", **given}, follow_redirects=True)
    assert "Le vote est consigné : adopté." in as_read(answer.text)


def test_what_the_council_said_of_the_urgency_is_told_and_put_right(session: Session, sign_in: SignIn) -> None:
    body = make_commune(session)
    meeting = make_open_meeting(session, body, make_act(session, body), is_urgent=True, urgency_reason="Une visite.")
    client, url = clerk_of(session, sign_in, body), f"/conseil/seances/{meeting.id}/soir"
    item, refused = f"/conseil/points/{meeting.agenda[0].id}", "Le conseil n’a pas admis l’urgence"
    sheet = client.get(url).text
    assert refused in as_read(client.get(item).text)
    assert "Unanimité" not in client.get(item).text
    assert refused in as_read(sheet)
    assert filled(sheet)["urgency"] == "non"
    assert client.post(f"{url}/presences", data={**filled(sheet), "urgency": "oui"}).status_code == 302
    assert refused not in as_read(client.get(item).text)
    assert client.post(f"{item}/vote", data={"ballot": "show_of_hands", "votes_for": "5"}).status_code == 302
    late = client.post(f"{url}/presences", data={**filled(client.get(url).text), "urgency": "non"})
    assert late.status_code == 422
    assert "Reprenez d’abord ce vote, puis corrigez la réponse du conseil." in as_read(late.text)


def test_a_quorum_that_was_said_to_lack_is_put_right(session: Session, sign_in: SignIn) -> None:
    body = make_commune(session)
    act = make_act(session, body)
    meeting = make_meeting(session, body, act)
    send(session, meeting, DAY - timedelta(days=10))
    convening.convene(session, meeting, by=BY, at=at(DAY - timedelta(days=10)))
    session.commit()
    client, url, seats = clerk_of(session, sign_in, body), f"/conseil/seances/{meeting.id}", list(meeting.seats)
    few = {f"attendance_{seat.id}": "present" if place < 2 else "absent" for place, seat in enumerate(seats)}
    named = {"president": str(seats[0].id), "secretary": str(seats[1].id)}
    client.post(f"{url}/soir/presences", data={**few, **named})
    enough = {**filled(client.get(f"{url}/soir").text), f"attendance_{seats[2].id}": "present"}
    wrong = client.post(f"{url}/soir/sans-quorum", data=enough)
    assert wrong.status_code == 422
    assert "Le quorum est réuni, ou n’est pas exigé (3 présents)" in as_read(wrong.text)
    assert client.post(f"{url}/soir/sans-quorum").status_code == 302
    again = client.post(f"{url}/soir/rouvrir", follow_redirects=True)
    assert "corrigez les présences, puis ouvrez-la" in as_read(again.text)
    fresh = {**filled(client.get(f"{url}/soir").text), f"attendance_{seats[2].id}": "present"}
    assert client.post(f"{url}/soir/ouvrir", data=fresh).status_code == 302
    session.expire_all()
    assert (str(meeting.status), str(act.status)) == ("open", "convened")


def test_a_new_item_of_a_second_convocation_keeps_its_quorum(session: Session, sign_in: SignIn) -> None:
    body, monday = make_commune(session), date(2026, 9, 14)
    first = make_meeting(session, body, make_act(session, body), day=monday)
    send(session, first, monday - timedelta(days=10))
    convening.convene(session, first, by=BY, at=at(monday - timedelta(days=10)))
    convening.note_no_quorum(session, first, by=BY, at=at(monday))
    friday = date(2026, 9, 18)
    second = recalling.call_second(session, first, meetings.MeetingFacts(starts_at=at(friday)), by=BY, at=at(monday))
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
    client, (same, new) = clerk_of(session, sign_in, body), second.agenda
    given = {"ballot": "show_of_hands", "votes_for": "2"}
    assert client.post(f"/conseil/points/{same.id}/vote", data=given).status_code == 302
    refused = client.post(f"/conseil/points/{new.id}/vote", data=given)
    assert refused.status_code == 422
    assert "quorum non réuni" in refused.text
    assert 'name="override_check" value="C11"' in refused.text
    assert "seul un texte qui y déroge peut être un motif" in as_read(refused.text)


def test_who_has_the_absolute_majority_is_elected_in_that_round_and_stands_no_more(
    session: Session, sign_in: SignIn
) -> None:
    body = make_commune(session, members=13, population=900)
    meeting = make_open_meeting(session, body, make_act(session, body, model="representatives", articles=["Désigne."]))
    client, url = clerk_of(session, sign_in, body), f"/conseil/points/{meeting.agenda[0].id}"
    client.post(f"{url}/candidats", data={"seats": "2", "candidates": "Ada ; 44\nBéa ; 61\nCléo ; 61"})
    impossible = client.post(f"{url}/tour", data={"candidate_0": "20", "candidate_1": "6", "cast": "12", "blank": "1"})
    assert "20 voix pour un candidat et 26 en tout, pour 12 bulletins exprimés" in as_read(impossible.text)
    client.post(f"{url}/tour", data={"candidate_0": "7", "candidate_1": "6", "candidate_2": "6", "cast": "13"})
    page = client.get(url).text
    assert "Déjà élu·e, un siège est pourvu : Ada." in as_read(page)
    assert 'name="candidate_0"' not in page
    tie = {"candidate_1": "6", "candidate_2": "6", "cast": "12", "blank": "1"}
    again = client.post(f"{url}/tour", data={**tie, "candidate_0": "1"})
    assert "Ada est déjà élu·e" in as_read(again.text)
    assert client.post(f"{url}/tour", data=tie).status_code == 302
    refused = client.post(f"{url}/tour", data=tie)
    assert refused.status_code == 422
    assert "entre candidats du même âge" in as_read(refused.text)
    won = client.post(f"{url}/tour", data={**tie, "candidate_1": "5", "candidate_2": "7"}, follow_redirects=True)
    told = (
        "Sont désignés : Ada (au premier tour, à la majorité absolue), Cléo (au troisième tour, à la majorité relative)"
    )
    assert told in as_read(won.text)


def test_the_day_of_birth_parts_candidates_of_one_age(session: Session, sign_in: SignIn) -> None:
    body = make_commune(session, members=4, population=90)
    meeting = make_open_meeting(session, body, make_act(session, body, model="representatives", articles=["Désigne."]))
    client, url = clerk_of(session, sign_in, body), f"/conseil/points/{meeting.agenda[0].id}"
    given = {"seats": "1", "candidates": "Ada ; 12/05/1965\nBéa ; 11/05/1965"}
    assert client.post(f"{url}/candidats", data=given).status_code == 302
    assert "Béa ; 11/05/1965" in client.get(url).text
    for _ in range(3):
        told = client.post(f"{url}/tour", data={"candidate_0": "2", "candidate_1": "2"}, follow_redirects=True)
    assert "Est désigné : Béa (au troisième tour, à égalité de voix, au bénéfice de l’âge)." in as_read(told.text)


def test_two_clerks_who_note_the_same_room_do_not_write_over_each_other(session: Session, sign_in: SignIn) -> None:
    body = make_commune(session)
    meeting = make_meeting(session, body, make_act(session, body))
    send(session, meeting, DAY - timedelta(days=10))
    convening.convene(session, meeting, by=BY, at=at(DAY - timedelta(days=10)))
    session.commit()
    client, url, seats = clerk_of(session, sign_in, body), f"/conseil/seances/{meeting.id}/soir", list(meeting.seats)
    revision = _revision(client.get(url).text)
    first = {f"attendance_{seat.id}": "present" for seat in seats}
    sheet = {"president": seats[0].id, "secretary": seats[1].id, "revision": revision}
    assert client.post(f"{url}/presences", data={**first, **sheet}).status_code == 302
    second = {**first, f"attendance_{seats[4].id}": "excused"}
    stale = client.post(f"{url}/presences", data={**second, **sheet})
    assert stale.status_code == 409
    assert f"Quelqu’un d’autre a noté les présences entre-temps : {seats[4].name} (présent·e)." in as_read(stale.text)
    session.expire_all()
    assert seats[4].attendance == "present"
    sheet["revision"] = _revision(stale.text)
    assert client.post(f"{url}/presences", data={**second, **sheet}).status_code == 302
    session.expire_all()
    assert seats[4].attendance == "excused"


def test_two_clerks_who_note_different_people_of_one_room_keep_both_what_they_noted(
    session: Session, sign_in: SignIn
) -> None:
    body = make_commune(session)
    meeting = make_meeting(session, body, make_act(session, body))
    send(session, meeting, DAY - timedelta(days=10))
    convening.convene(session, meeting, by=BY, at=at(DAY - timedelta(days=10)))
    session.commit()
    client, url, seats = clerk_of(session, sign_in, body), f"/conseil/seances/{meeting.id}/soir", list(meeting.seats)
    sheet = filled(client.get(url).text)
    sheet |= {"president": str(seats[0].id), "secretary": str(seats[1].id)}
    sheet |= {f"attendance_{seat.id}": "present" for seat in seats}
    client.post(f"{url}/presences", data=sheet)
    both = filled(client.get(url).text)
    assert client.post(f"{url}/presences", data=both | {f"attendance_{seats[2].id}": "absent"}).status_code == 302
    assert client.post(f"{url}/presences", data=both | {f"attendance_{seats[3].id}": "excused"}).status_code == 302
    session.expire_all()
    assert [seat.attendance for seat in seats] == ["present", "present", "absent", "excused", "present"]
    again = client.post(
        f"{url}/presences",
        data=both | {f"attendance_{seats[2].id}": "excused", f"attendance_{seats[4].id}": "absent"},
    )
    assert again.status_code == 409
    assert f"entre-temps : {seats[2].name} (absent·e)." in as_read(again.text)
    shown = filled(again.text)
    kept = [shown[f"attendance_{seat.id}"] for seat in seats]
    assert kept == ["present", "present", "excused", "excused", "absent"]


def _revision(page: str) -> str:
    found = re.search(r'name="revision" value="(\d+)"', page)
    assert found
    return found[1]


def test_a_vote_written_down_wrongly_is_taken_back_and_the_act_keeps_the_trace(
    session: Session, sign_in: SignIn
) -> None:
    body = make_commune(session)
    act = make_act(session, body)
    meeting = make_open_meeting(session, body, act, make_act(session, body))
    client, url = clerk_of(session, sign_in, body), f"/conseil/points/{meeting.agenda[0].id}/vote"
    client.post(url, data={"ballot": "show_of_hands", "votes_for": "2", "votes_against": "3"})
    evening_url = f"/conseil/seances/{meeting.id}/soir"
    closed = client.post(f"{evening_url}/clore", data={"closed_at": "21:00"}, follow_redirects=True)
    assert f"Sans vote, donc ajourné : {meeting.agenda[1].title}." in as_read(closed.text)
    session.expire_all()
    assert (act.status, act.number, meeting.agenda[1].outcome) == ("rejected", "2026-001", "adjourned")
    assert client.post(f"{evening_url}/rouvrir").status_code == 302
    session.expire_all()
    assert meeting.agenda[1].outcome == ""
    unsaid = client.post(f"{url}/reprendre", data={"reason": "faux"})
    assert unsaid.status_code == 422
    assert "faux</textarea>" in unsaid.text
    assert client.post(f"{url}/reprendre", data={"reason": "Trois pour et deux contre."}).status_code == 302
    client.post(url, data={"ballot": "show_of_hands", "votes_for": "3", "votes_against": "2"})
    session.expire_all()
    assert (act.status, act.number) == ("adopted", "2026-001")
    assert (act.events[0].before["votes_for"], act.events[0].text) == ("2", "Trois pour et deux contre.")
    assert "Trois pour et deux contre." in client.get(f"/conseil/deliberations/{act.id}").text
    client.post(f"/conseil/deliberations/{act.id}/transmission", data={"day": f"{DAY:%d/%m/%Y}", "words": "AR"})
    late = client.post(f"{url}/reprendre", data={"reason": "Encore une autre erreur."})
    assert "déjà signée, transmise ou publiée" in late.text


def test_the_enter_key_keeps_what_was_typed_and_votes_nothing(session: Session, sign_in: SignIn) -> None:
    body = make_commune(session)
    meeting = make_open_meeting(session, body, make_act(session, body))
    client, point = clerk_of(session, sign_in, body), meeting.agenda[0]
    for page, action in (
        (f"/conseil/points/{point.id}", f"/conseil/points/{point.id}/brouillon"),
        (f"/conseil/seances/{meeting.id}/soir", f"/conseil/seances/{meeting.id}/soir/presences"),
    ):
        form = client.get(page).text.partition(f'action="{action}"')[2].partition("</form>")[0]
        first = re.search(r"<button[^>]*>", form)
        assert first, page
        assert 'aria-hidden="true"' in first[0], page
        assert "name=" not in first[0], page


def test_an_information_that_nobody_came_to_is_adjourned_never_said_to_be_taken_note_of(
    session: Session, sign_in: SignIn
) -> None:
    body = make_commune(session)
    meeting = make_meeting(session, body, make_act(session, body))
    for title in ("Questions diverses", "Rapport sur la voirie", "Courrier du préfet"):
        meetings.add_point(session, meeting, meetings.PointFacts(title=title), by=BY, at=at(DAY))
    opened(session, meeting)
    client, (act, _open, told, noted) = clerk_of(session, sign_in, body), meeting.agenda
    client.post(f"/conseil/points/{act.id}/vote", data={"ballot": "show_of_hands", "votes_for": "5"})
    client.post(f"/conseil/points/{told.id}/debats", data={"debate": "Les travaux commencent en mai."})
    client.post(f"/conseil/points/{noted.id}/sans-vote", data={"outcome": "noted"})
    sheet = f"/conseil/seances/{meeting.id}/soir"
    for _time in range(2):
        closed = as_read(client.post(f"{sheet}/clore", data={"closed_at": "21:00"}, follow_redirects=True).text)
        assert "Sans vote, donc ajourné : Questions diverses. Si c’est une erreur, rouvrez la séance." in closed
        assert (
            "2. Questions diverses ajourné 3. Rapport sur la voirie pris acte 4. Courrier du préfet pris acte" in closed
        )
        session.expire_all()
        minutes = str(meeting_paper(session, meeting, "proces-verbal"))
        assert "L'affaire est ajournée" in minutes.replace("’", "'")
        assert "épuisé" not in minutes
        assert minutes.count("Le conseil municipal prend acte.") == 2
        client.post(f"{sheet}/rouvrir")
        session.expire_all()
        assert [point.outcome for point in meeting.agenda] == ["adopted", "", "noted", "noted"]


def test_the_list_goes_online_only_where_the_commune_has_a_site(session: Session, sign_in: SignIn) -> None:
    body = make_commune(session)
    meeting = make_open_meeting(session, body, make_act(session, body))
    client, url = clerk_of(session, sign_in, body), f"/conseil/seances/{meeting.id}"
    client.post(f"{url}/soir/clore", data={"closed_at": "21:00"})
    without = "affichée à la mairie ; mise en ligne aussi, si la commune a un site internet (CGCT, art. L. 2121-25)."
    assert without in as_read(client.get(url).text)
    client.post(f"/conseil/{body.id}/modifier", data={"revision": "0", "has_website": "y"})
    assert "affichée à la mairie et mise en ligne (CGCT, art. L. 2121-25)." in as_read(client.get(url).text)


def test_an_item_set_aside_keeps_its_debate_and_gives_its_number_back(session: Session, sign_in: SignIn) -> None:
    body = make_commune(session)
    act = make_act(session, body)
    meeting = make_open_meeting(session, body, act)
    client, point = clerk_of(session, sign_in, body), meeting.agenda[0]
    url = f"/conseil/points/{point.id}"
    present = standing_at(meeting, point).present
    named = {f"vote_{seat.id}": "for" if rank else "against" for rank, seat in enumerate(present)}
    client.post(f"{url}/vote", data={"ballot": "public", "debate": "Le coût est discuté.", **named})
    session.expire_all()
    assert act.number == "2026-001"
    client.post(f"{url}/vote/reprendre", data={"reason": "Le vote n’a pas eu lieu."})
    client.post(f"{url}/sans-vote", data={"outcome": "adjourned"})
    session.expire_all()
    assert (act.status, act.number, point.debate) == ("adjourned", "", "Le coût est discuté.")
    before = as_read(client.get(f"/conseil/deliberations/{act.id}").text)
    assert f"Avant, contre : {present[0].name}" in before
    assert "Avant, résultat : adopté" in before
    client.post(f"/conseil/seances/{meeting.id}/soir/clore", data={"closed_at": "21:00"})
    page = client.get(url).text
    assert "La séance n’est pas ouverte" not in page
    assert "Le coût est discuté.</textarea>" in page


def test_a_designation_taken_back_loses_its_last_round_and_the_names_in_the_act(
    session: Session, sign_in: SignIn
) -> None:
    body = make_commune(session)
    act = make_act(session, body, model="representatives", articles=["Désigne."])
    meeting = make_open_meeting(session, body, act)
    client, url = clerk_of(session, sign_in, body), f"/conseil/points/{meeting.agenda[0].id}"
    client.post(f"{url}/candidats", data={"seats": "1", "candidates": "Ada\nBéa"})
    client.post(f"{url}/tour", data={"candidate_0": "4", "candidate_1": "1"})
    session.expire_all()
    assert len(act.articles) == 2
    assert client.post(f"{url}/vote/reprendre", data={"reason": "Les voix étaient inversées."}).status_code == 302
    client.post(f"{url}/tour", data={"candidate_0": "1", "candidate_1": "4"})
    session.expire_all()
    assert len(act.articles) == 2
    assert "Béa" in act.articles[1]
    trace = as_read(client.get(f"/conseil/deliberations/{act.id}").text)
    assert "Vote mal consigné, repris" in trace
    assert "Avant, tours : Premier tour : Ada 4 voix, Béa 1 voix ; 5 suffrages exprimés." in trace
    assert "Avant, proclamation : Est désigné : Ada (au premier tour, à la majorité absolue)." in trace
    assert "matérielle" not in trace.partition("Ce qui s’est passé depuis")[2].partition("Noter")[0]


def test_hours_before_the_opening_or_after_the_end_are_refused(session: Session, sign_in: SignIn) -> None:
    body = make_commune(session)
    meeting = make_open_meeting(session, body, make_act(session, body), absent=1)  # opened at 19:00
    client, seat = clerk_of(session, sign_in, body), meeting.seats[4].id
    url = f"/conseil/points/{meeting.agenda[0].id}/mouvement"
    for hour, said in (("18:20", "18:20 est avant l’ouverture de la séance, à 19:00"), ("99", "n’est pas une heure")):
        refused = client.post(url, data={"mover": seat, "moved_at": hour})
        assert refused.status_code == 422
        assert said in as_read(refused.text)
    assert client.post(url, data={"mover": seat, "moved_at": "20 h 30"}).status_code == 302
    closed = client.post(f"/conseil/seances/{meeting.id}/soir/clore", data={"closed_at": "20:15"})
    assert "avant un mouvement noté à 20:30" in as_read(closed.text)


def test_a_meeting_of_the_morning_takes_no_hour_of_the_night_before(
    session: Session, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = make_commune(session)
    meeting = make_open_meeting(session, body, make_act(session, body), absent=2)
    meeting.starts_at, meeting.opened_at = at(DAY, 6), "06:00"
    session.commit()
    client, seats = clerk_of(session, sign_in, body), meeting.seats
    url = f"/conseil/points/{meeting.agenda[0].id}/mouvement"
    refused = client.post(url, data={"mover": seats[4].id, "moved_at": "05:00"})
    assert refused.status_code == 422
    assert "05:00 est avant l’ouverture de la séance, à 06:00" in as_read(refused.text)
    monkeypatch.setattr(clock, "now", lambda: at(DAY, 8))
    early = client.post(url, data={"mover": seats[4].id, "moved_at": "17:30"}, follow_redirects=True)
    assert "17:30 n’est pas encore arrivé" in as_read(early.text)
    client.post(f"/conseil/mouvements/{seats[4].movements[0].id}/effacer")
    there = client.post(url, data={"mover": seats[4].id, "moved_at": "07:10"}, follow_redirects=True)
    assert "n’est pas encore arrivé" not in as_read(there.text)


def test_what_was_gone_past_is_written_with_what_it_allowed_or_not_at_all(session: Session, sign_in: SignIn) -> None:
    body = make_commune(session, population=300, members=11)
    meeting = make_open_meeting(session, body, make_act(session, body), absent=5)
    client, point = clerk_of(session, sign_in, body), meeting.agenda[0]
    late = meetings.PointFacts(title="Ajouté en séance", added_reason="Oublié par la mairie")
    added = meetings.add_point(session, meeting, late, by=BY, at=at(DAY))
    room.note_movement(session, point, meeting.seats[5], "", by=BY, at=at(DAY))
    session.commit()
    url = f"/conseil/points/{added.id}/vote"
    counts = {"ballot": "show_of_hands", "votes_for": "4"}
    short = client.post(url, data={**counts, "override_check": "C03", "override_reason": "oui"})
    assert 'name="override_reason"' in short.text
    assert ">oui</textarea>" in short.text
    assert "ce motif est trop court" in short.text
    why = {"override_check": "C03", "override_reason": "Le préfet attend la réponse."}
    second = client.post(url, data={**counts, **why}).text  # the quorum is lost too
    assert 'name="override_check" value="C11"' in second
    assert 'name="passed_check" value="C03"' in second
    assert not overrides_of(session, meeting_id=meeting.id)
    passed = {"passed_check": "C03", "passed_reason": why["override_reason"]}
    both = {**counts, **passed, "override_check": "C11", "override_reason": "Cinq suffisent, croyons-nous."}
    wrong = client.post(url, data=both)  # four votes, five voters
    assert wrong.status_code == 422
    assert not overrides_of(session, meeting_id=meeting.id)
    assert client.post(url, data={**both, "votes_for": "5"}).status_code == 302
    assert {one.check_id for one in overrides_of(session, meeting_id=meeting.id)} == {"C03", "C11"}


def test_no_reason_is_asked_for_a_proxy_that_no_reason_makes(session: Session, sign_in: SignIn) -> None:
    body = make_commune(session)
    meeting = make_open_meeting(session, body, make_act(session, body), absent=2)
    client, seats = clerk_of(session, sign_in, body), list(meeting.seats)
    url = f"/conseil/seances/{meeting.id}/soir/procurations"
    for giver, holder in ((seats[4], seats[4]), (seats[1], seats[2]), (seats[4], seats[3])):
        refused = client.post(url, data={"giver": giver.id, "holder": holder.id, "written": "oui"})
        assert refused.status_code == 422
        assert "la loi s’y oppose" in refused.text
        assert 'name="override_reason"' not in refused.text
    unwritten = client.post(url, data={"giver": seats[4].id, "holder": seats[2].id})
    assert 'name="override_reason"' in unwritten.text


def test_whoever_presides_the_association_that_the_act_names_is_flagged(session: Session, sign_in: SignIn) -> None:
    body = make_commune(session)
    committee = make_body(session, "Les Amis de Nulle-Part", BodyKind.COMMITTEE, parent_id=body.id)
    act = make_act(session, body, model="subsidy", articles=["Une subvention est attribuée aux amis de Nulle-Part."])
    other = make_act(session, body)
    meeting = make_open_meeting(session, body, act, other)
    president = meeting.seats[2]
    make_mandate(session, committee, president.person, Function.PRESIDENT, since="2026-01")
    session.commit()
    client = clerk_of(session, sign_in, body)
    pages = [as_read(client.get(f"/conseil/points/{point.id}").text) for point in meeting.agenda]
    said = f"{president.name} siège au bureau de « Les Amis de Nulle-Part »"
    assert [said in page for page in pages] == [True, False]
    make_subsidy(session, body, beneficiary=committee, act_id=other.id)
    assert "Déport conseillé" in as_read(client.get(f"/conseil/points/{meeting.agenda[1].id}").text)


def test_a_vote_under_an_item_without_a_deliberation_warns(session: Session, sign_in: SignIn) -> None:
    body = make_commune(session)
    meeting = make_meeting(session, body, make_act(session, body))
    meetings.add_point(session, meeting, meetings.PointFacts(title="Questions diverses"), by=BY, at=at(DAY))
    send(session, meeting, DAY - timedelta(days=10))
    convening.convene(session, meeting, by=BY, at=at(DAY - timedelta(days=10)))
    seats = list(meeting.seats)
    said = {seat.id: "present" for seat in seats}
    evening.note_attendance(session, meeting, said, president=seats[0].id, secretary=seats[1].id, opened_at="",
                            by=BY, at=at(DAY))  # fmt: skip
    evening.open_meeting(session, meeting, urgency_accepted=None, by=BY, at=at(DAY))
    session.commit()
    client = clerk_of(session, sign_in, body)
    pages = [as_read(client.get(f"/conseil/points/{point.id}").text) for point in meeting.agenda]
    assert ["Ce point ne porte aucune délibération" in page for page in pages] == [False, True]


def test_a_secretary_who_leaves_is_missed_and_who_takes_over_is_told(session: Session, sign_in: SignIn) -> None:
    body = make_commune(session)
    meeting = make_open_meeting(session, body, *(make_act(session, body) for _ in range(3)))
    client, seats = clerk_of(session, sign_in, body), list(meeting.seats)
    _first, second, third = meeting.agenda
    sheet, item = f"/conseil/seances/{meeting.id}/soir", f"/conseil/points/{second.id}"
    assert "Plus de secrétaire" not in as_read(client.get(sheet).text)
    client.post(f"{item}/mouvement", data={"mover": f"{seats[1].id} departure"})
    assert "Aux points 2, 3, la personne nommée n’est pas dans la salle" in as_read(client.get(sheet).text)
    page = as_read(client.get(item).text)
    assert "le conseil nomme qui la remplace (CGCT, art. L. 2121-15)" in page
    gone = client.post(f"{item}/secretariat", data={"secretary": seats[1].id})
    assert gone.status_code == 422
    assert "n’est pas dans la salle à ce point" in as_read(gone.text)
    assert client.post(f"{item}/secretariat", data={"secretary": seats[2].id}).status_code == 302
    assert "Plus de secrétaire" not in as_read(client.get(sheet).text)
    session.expire_all()
    paper = repr(meeting_paper(session, meeting, "proces-verbal"))
    assert f"{seats[2].name} remplace {seats[1].name} comme secrétaire de séance à compter de cette affaire." in paper
    assert f"name='{seats[1].name} et" not in paper
    assert all(f"name='{seat.name}', " in paper for seat in seats[1:3])  # each signs for themselves (L. 2121-23)
    item = f"/conseil/points/{third.id}"
    client.post(f"{item}/deport", data={"recused": seats[2].id})
    assert "Au point 3, la personne nommée" in as_read(client.get(sheet).text)
    client.post(f"{item}/vote", data={"unanimity": "1", "ballot": "show_of_hands"})
    page = client.get(item).text
    assert "Plus de secrétaire de séance à ce point" in as_read(page)
    sent = filled(page) | {"secretary": seats[3].id, "debate": "Un mot.", "reason": "Trop"}
    page = client.post(f"{item}/secretariat", data=sent, follow_redirects=True).text
    assert "Plus de secrétaire" not in as_read(page)
    assert "Un mot.</textarea>" in page
    assert "Trop</textarea>" in page


def test_who_comes_back_to_the_minutes_is_told_in_them(session: Session, sign_in: SignIn) -> None:
    body = make_commune(session)
    meeting = make_open_meeting(session, body, *(make_act(session, body) for _ in range(4)))
    client, seats = clerk_of(session, sign_in, body), list(meeting.seats)
    points, named = [f"/conseil/points/{point.id}" for point in meeting.agenda], [seat.name for seat in seats]
    client.post(f"{points[0]}/mouvement", data={"mover": f"{seats[1].id} departure"})
    client.post(f"{points[0]}/secretariat", data={"secretary": seats[2].id})
    client.post(f"{points[1]}/mouvement", data={"mover": f"{seats[1].id} arrival"})
    client.post(f"{points[2]}/deport", data={"recused": seats[2].id})
    client.post(f"{points[3]}/secretariat", data={"secretary": seats[3].id})
    session.expire_all()
    paper = repr(meeting_paper(session, meeting, "proces-verbal"))
    assert f"{named[2]} remplace {named[1]} comme secrétaire" in paper
    assert paper.count("tient de nouveau") == 1
    assert f"{named[1]} tient de nouveau le secrétariat de séance à compter de cette affaire." in paper
    assert f"{named[3]} remplace {named[1]} comme secrétaire" in paper


def _offers_nothing_new(client: FlaskClient, second: Meeting, other: Act) -> None:
    page = f"/conseil/seances/{second.id}"
    assert "Inscrire un point" not in as_read(client.get(page).text)
    closed = client.get(f"{page}/points/nouveau")
    assert (closed.status_code, "aucun autre ne s’y inscrit" in as_read(closed.text)) == (422, True)
    assert f"{page}/points/nouveau" not in client.get(f"/conseil/deliberations/{other.id}").text


def test_a_second_convocation_offers_again_what_was_taken_off_it(session: Session, sign_in: SignIn) -> None:
    body, monday = make_commune(session), date(2026, 9, 14)
    act, other = make_act(session, body), make_act(session, body)
    first = make_meeting(session, body, act, day=monday)
    send(session, first, monday - timedelta(days=10))
    convening.convene(session, first, by=BY, at=at(monday - timedelta(days=10)))
    convening.note_no_quorum(session, first, by=BY, at=at(monday))
    facts = meetings.MeetingFacts(starts_at=at(date(2026, 9, 18)))
    second = recalling.call_second(session, first, facts, by=BY, at=at(monday))
    session.commit()
    client, page = clerk_of(session, sign_in, body), f"/conseil/seances/{second.id}"
    _offers_nothing_new(client, second, other)
    meetings.withdraw_point(session, second.agenda[0], by=BY, at=at(monday))
    session.commit()
    assert "Inscrire un point" in as_read(client.get(page).text)
    form = client.get(f"{page}/points/nouveau").text
    assert (f'value="{act.id}"' in form, f'value="{other.id}"' in form) == (True, False)
    put_back = client.post(f"{page}/points/nouveau", data={"act": str(act.id), "title": ""})
    assert put_back.status_code == 302
    _offers_nothing_new(client, second, other)


def test_an_item_left_without_quorum_is_taken_up_by_a_second_convocation(session: Session, sign_in: SignIn) -> None:
    body = make_commune(session)
    first = make_open_meeting(session, body, make_act(session, body), make_act(session, body), absent=2)
    client, (voted, left) = clerk_of(session, sign_in, body), first.agenda
    session.commit()
    again = f"/conseil/seances/{first.id}/seconde-convocation"
    assert client.get(again).status_code == 422, "a meeting that has its quorum needs none"
    given = {"ballot": "show_of_hands", "votes_for": "3"}
    assert client.post(f"/conseil/points/{voted.id}/vote", data=given).status_code == 302
    seat = next(one for one in reversed(first.seats) if one.attendance == "present")
    room.note_movement(session, left, seat, "20:00", kind=MovementKind.DEPARTURE, by=BY, at=at(DAY))
    evening.close_meeting(session, first, "20:30", by=BY, at=at(DAY))
    session.commit()
    assert "Des points attendent, faute de quorum" in as_read(client.get(f"/conseil/seances/{first.id}").text)
    facts = meetings.MeetingFacts(starts_at=at(DAY + timedelta(days=7)))
    second = recalling.call_second(session, first, facts, by=BY, at=at(DAY))
    assert [one.act_id for one in second.agenda] == [left.act_id], "what was voted is not voted again"
    assert not standing_at(second, second.agenda[0]).needs_quorum
    session.commit()
    refused = client.get(again)
    assert (refused.status_code, "Une seconde séance est déjà préparée" in as_read(refused.text)) == (422, True)
    page = as_read(client.get(f"/conseil/seances/{first.id}").text)
    assert "Faute de quorum, le conseil est convoqué une seconde fois, pour le vendredi 18 septembre 2026." in page
    with pytest.raises(meetings.NotPossibleNow, match="convoqué de nouveau"):
        mending.reopen_meeting(session, first, by=BY, at=at(DAY))
    other = make_act(session, body)
    _offers_nothing_new(client, second, other)
    data = {"act": str(other.id), "title": ""}
    new = client.post(f"/conseil/seances/{second.id}/points/nouveau", data=data)
    assert new.status_code == 422, "nothing new, and before any letter says otherwise"
    assert f"que des points restés sans quorum (CGCT, art. L. 2121-17, al. 2) : {left.title}" in as_read(new.text)
    called = repr(meeting_paper(session, second, "convocation").blocks)
    assert "le quorum n’était plus réuni à l’appel des affaires ci-dessous" in called
    assert "n’ayant pas été réuni" not in called
    (line,) = second_lines(second)
    assert "le quorum n’était plus réuni à l’appel de cette affaire" in line
    told = meeting_case(second, setting_of(body, None), on=DAY)["meeting"]["second_convocation_of"]
    assert told["left_without_quorum"] == [left.title]
    meetings.cancel_meeting(session, second, "La salle est fermée.", by=BY, at=at(DAY))
    session.commit()
    assert "Des points attendent, faute de quorum" in as_read(client.get(f"/conseil/seances/{first.id}").text)
    offered = client.get(again)
    assert (offered.status_code, left.title in as_read(offered.text)) == (200, True), "called off, it ends nothing"


def test_an_act_withdrawn_from_an_agenda_may_come_back_another_evening(session: Session, sign_in: SignIn) -> None:
    body = make_commune(session)
    act = make_act(session, body)
    meeting = make_open_meeting(session, body, act)
    session.commit()
    client, url = clerk_of(session, sign_in, body), f"/conseil/deliberations/{act.id}"
    assert client.post(f"/conseil/points/{meeting.agenda[0].id}/retirer").status_code == 302
    assert "Elle a été retirée de l’ordre du jour" in as_read(client.get(url).text)
    assert client.post(f"{url}/rouvrir").status_code == 302
    assert "Modifier le projet" in as_read(client.get(url).text)
    session.expire_all()
    act.status = ActStatus.VALIDATED
    make_meeting(session, body, act, day=clock.today() + timedelta(days=30))
    assert act.status == "on_agenda"
    closed = client.post(f"/conseil/seances/{meeting.id}/soir/clore", data={"closed_at": ""})
    assert closed.status_code == 302
    session.expire_all()
    assert (meeting.status, act.status) == ("closed", "on_agenda"), "it waits for the other evening"


def test_signs_that_the_minutes_cannot_print_are_told_when_they_are_typed(session: Session, sign_in: SignIn) -> None:
    body = make_commune(session)
    meeting = make_open_meeting(session, body, make_act(session, body))
    client = clerk_of(session, sign_in, body)
    sent = {"debate": "Le maire remercie \N{GRINNING FACE} les bénévoles."}
    page = client.post(f"/conseil/points/{meeting.agenda[0].id}/debats", data=sent, follow_redirects=True)
    assert "ne s’impriment pas au procès-verbal : \N{GRINNING FACE}" in as_read(page.text)
