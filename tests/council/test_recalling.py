"""Convened anew for what the quorum stopped: what the checks say of it, and what was never sent waits."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from app.bodies.models import BodyKind, Function
from app.council.casework import meeting_case
from app.council.models import ActStatus
from app.council.queries import meetings_to_choose
from app.council.reckoning import setting_of
from app.council.services import convening, evening, meetings, recalling, room, voting
from app.shared import clock
from app.shared.saying import full_day
from tests.factories.bodies import make_body, make_mandate
from tests.factories.council import BY, DAY, at, make_act, make_commune, make_meeting, make_open_meeting, send
from tests.factories.people import make_person
from tests.factories.twinnings import make_twinning
from tests.law.asking import ask
from tests.support.forms import filled
from tests.support.pages import as_read, clerk_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.testing import FlaskClient
    from sqlalchemy.orm import Session

    from app.accounts.models import Account

    SignIn = Callable[[Account], FlaskClient]

THREE = voting.RecordVote(ballot="show_of_hands", votes_for=3)


def test_the_checks_know_a_quorum_lost_in_the_course_of_the_first_meeting(session: Session) -> None:
    body = make_commune(session)
    first = make_open_meeting(session, body, *(make_act(session, body) for _ in range(3)), absent=2)
    voted, *rest = first.agenda
    voting.record_vote(session, voted, THREE, by=BY, at=at(DAY))
    added = make_act(session, body)
    facts = meetings.PointFacts(title="", act_id=added.id, added_reason="Une urgence de dernière heure.")
    meetings.add_point(session, first, facts, by=BY, at=at(DAY))
    room.note_movement(session, rest[0], first.seats[2], "", by=BY, at=at(DAY))
    evening.close_meeting(session, first, "21:00", by=BY, at=at(DAY))
    put_off = ask(**meeting_case(first, setting_of(body, None), on=DAY))["by_id"]["C11"]
    assert put_off["status"] == "ok", "what was not voted for want of a quorum was rightly put off"
    assert "Le point est ajourné, comme il se doit" in put_off["sentence"]
    again = DAY + timedelta(days=7)
    second = recalling.call_second(session, first, meetings.MeetingFacts(starts_at=at(again)), by=BY, at=at(DAY))
    assert [one.title for one in second.agenda] == [one.title for one in rest]
    assert added.status == ActStatus.ADJOURNED, "never sent, it may be put on another agenda"
    convening.fill_seats(session, second)
    send(session, second, DAY)
    convening.convene(session, second, by=BY, at=at(DAY))
    told = meeting_case(second, setting_of(body, None), on=DAY)
    assert told["meeting"]["second_convocation_of"]["quorum_reached"]
    checks = ask(**told)["by_id"]
    assert checks["C12"]["status"] == "ok"
    assert "Le quorum s’est perdu à la première séance" in checks["C12"]["sentence"]


def test_the_home_page_asks_to_close_what_went_out_and_offers_its_agenda_no_more(
    session: Session, sign_in: SignIn
) -> None:
    body, day = make_commune(session), clock.today() + timedelta(days=20)
    meeting = make_meeting(session, body, make_act(session, body), day=day)
    client = clerk_of(session, sign_in, body)
    assert "Envoyer la convocation du conseil" in as_read(client.get("/").text)
    assert meetings_to_choose(session, body.id) == [meeting]
    send(session, meeting, clock.today())
    session.commit()
    assert "Arrêter la convocation du conseil" in as_read(client.get("/").text)
    page = as_read(client.get(f"/conseil/seances/{meeting.id}").text)
    assert "La convocation est partie avec cet ordre du jour" in page
    assert not {one for one in ("Modifier la séance", "Inscrire un point", "Mettre à la corbeille") if one in page}
    moved = {"day": "27/11/2030", "hour": "08:00", "place": "Ailleurs"}
    refused = client.post(f"/conseil/seances/{meeting.id}/modifier", data=moved)
    assert (refused.status_code, 'value="Ailleurs"' in refused.text) == (422, True), "what was typed is kept"
    assert meetings_to_choose(session, body.id) == []


def test_the_checks_ask_who_a_like_name_is(session: Session, sign_in: SignIn) -> None:
    body = make_commune(session, members=4)
    claude = make_person(session, given_name="Claude", family_name="Échantillon", kept_by_body_id=body.id)
    make_mandate(session, body, claude, Function.COUNCILLOR, since="2026-03")
    committee = make_body(session, "Comité fictif", BodyKind.COMMITTEE, parent_id=body.id)
    namesake = make_person(session, given_name="Claude", family_name="Échantillon")
    make_mandate(session, committee, namesake, Function.TREASURER, since="2026-03")
    acts = [make_act(session, body, articles=["Une aide est versée au Comité fictif."]) for _ in range(2)]
    meeting = make_open_meeting(session, body, *acts)
    seat = next(one for one in meeting.seats if one.person_id == claude.id)
    room.note_recusal(session, meeting.agenda[0], seat, "trésorier", by=BY, at=at(DAY))
    session.commit()
    client, url = clerk_of(session, sign_in, body), f"/conseil/seances/{meeting.id}/verifications"
    page = as_read(client.get(url).text)
    assert "Aucun conseiller intéressé" not in page
    assert "Claude Échantillon porte le nom d’un membre du bureau (Comité fictif) : dites si c’est la même" in page
    first, second = (one["interested"][0] for one in client.get(f"{url}.json").json["items"])
    assert (first["conduct"], second["like_name_only"]) == (["left"], True)


def test_no_letter_leaves_too_late_or_without_its_note_unless_somebody_answers_for_it(
    session: Session, sign_in: SignIn
) -> None:
    body, soon = make_commune(session, population=5396), clock.today() + timedelta(days=3)
    meeting = make_meeting(session, body, make_act(session, body), day=soon)
    meeting.agenda[0].note = ""
    for seat in meeting.seats:
        seat.address = f"conseil{seat.id}@exemple.test"
    session.commit()
    client, url = clerk_of(session, sign_in, body), f"/conseil/seances/{meeting.id}/convocation"
    late = client.post(f"{url}/courriels")
    assert late.status_code == 422
    assert "la convocation part trop tard" in as_read(late.text)
    given = filled(late.text) | {"override_reason": "Le conseil l’a demandé par écrit."}
    bare = client.post(f"{url}/courriels", data=given)
    assert "Une note explicative de synthèse est due" in as_read(bare.text)
    session.expire_all()
    assert not any(seat.letter for seat in meeting.seats), "nothing left"
    given = filled(bare.text) | {"override_reason": "La note est remise en main propre."}
    gone = client.post(f"{url}/courriels", data=given, follow_redirects=True)
    assert "La convocation est partie par courriel" in as_read(gone.text)
    session.expire_all()
    assert all(seat.letter for seat in meeting.seats)
    closed = client.post(f"{url}/arreter", follow_redirects=True)
    assert "Le conseil est convoqué" in as_read(closed.text), "what was answered for is not asked again"


def test_home_dossier_and_meeting_tell_one_next_step_from_the_agenda_to_the_evening(
    session: Session, sign_in: SignIn
) -> None:
    body, today = make_commune(session), clock.today()
    day = today + timedelta(days=20)
    twinning = make_twinning(session, body, make_body(session, "Semenivka", BodyKind.FOREIGN_AUTHORITY, country="UA"))
    act = make_act(session, body, twinning_id=twinning.id)
    meeting = make_meeting(session, body, day=day)
    client = clerk_of(session, sign_in, body)
    when = as_read(full_day(day))

    def told() -> list[str]:
        """The three pages, the dossier only once the act is called."""
        pages = (f"/conseil/seances/{meeting.id}", "/", f"/jumelages/{twinning.id}")
        return [as_read(client.get(page).text) for page in pages]

    page, home, dossier = told()
    assert "La suite : inscrire les points à l’ordre du jour" in page
    assert f"Inscrire les points à l’ordre du jour du conseil du {when}" in home
    meetings.add_point(session, meeting, meetings.PointFacts(title="", act_id=act.id), by=BY, at=at(today))
    session.commit()
    page, home, dossier = told()
    assert "La suite : envoyer la convocation" in page
    assert f"Envoyer la convocation du conseil du {when}" in home
    assert f"La suite : envoyer la convocation du conseil du {when}" in dossier
    send(session, meeting, today)
    session.commit()
    page, home, dossier = told()
    assert "La suite : arrêter la convocation" in page
    assert f"Arrêter la convocation du conseil du {when}" in home
    assert f"La suite : arrêter la convocation du conseil du {when}" in dossier
    meeting.posted_on = None
    convening.convene(session, meeting, by=BY, at=at(today))
    session.commit()
    page, home, dossier = told()
    assert "La suite : afficher la convocation, et le noter" in page
    assert f"Afficher la convocation du conseil du {when}" in home
    assert f"La suite : afficher la convocation du conseil du {when}" in dossier
    meeting.posted_on = today
    session.commit()
    page, home, dossier = told()
    assert f"La suite : réunir le conseil, le {when}" in page
    assert f"La suite : réunir le conseil, le {when}" in dossier
    assert "consigner" not in page + dossier
    assert "Consigner la séance" not in home
    for gone in (timedelta(), timedelta(days=3)):
        meeting.starts_at = at(today - gone)
        session.commit()
        page, home, dossier = told()
        when = as_read(full_day(today - gone))
        assert "La suite : consigner la soirée" in page
        assert f"Consigner la séance du conseil du {when}" in home
        assert f"La suite : consigner la séance du conseil du {when}" in dossier


def test_a_meeting_whose_day_came_without_a_convocation_is_moved(session: Session, sign_in: SignIn) -> None:
    body = make_commune(session)
    meeting = make_meeting(session, body, make_act(session, body), day=clock.today())
    client = clerk_of(session, sign_in, body)
    page = as_read(client.get(f"/conseil/seances/{meeting.id}").text)
    assert "La suite : choisir un autre jour" in page
    assert "La suite : envoyer la convocation" not in page
