"""The convocation and the word of the council on its urgency: what the pages say, and what can be put right."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from flask_babel import force_locale
from sqlalchemy import select

from app.conventions import services as texts
from app.council.annexes import annexes_of
from app.council.documents import meeting_paper
from app.council.services import convening
from app.council.services.letters import convocation_letter
from app.documents.textdoc import Paragraph, plain
from app.mail.models import MessageState, OutboxMessage
from app.shared import clock
from tests.factories.conventions import make_convention
from tests.factories.council import BY, DAY, at, make_act, make_commune, make_meeting, make_open_meeting, send
from tests.support.forms import filled
from tests.support.pages import as_read, clerk_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.testing import FlaskClient
    from sqlalchemy.orm import Session

    from app.accounts.models import Account

    SignIn = Callable[[Account], FlaskClient]


def test_the_reason_of_an_urgency_is_asked_with_the_article_of_the_commune(session: Session, sign_in: SignIn) -> None:
    for population, code, law in ((5396, "", "2121-12"), (900, "", "2121-11"), (5396, "57650", "2541-2")):
        body = make_commune(session, population=population, code=code)
        client, told = clerk_of(session, sign_in, body), f"(CGCT, art. L. {law})"
        assert told in as_read(client.get("/conseil/seances/nouvelle").text)
        given = {"body": str(body.id), "day": "12/11/2026", "hour": "19:00", "place": "Mairie", "is_urgent": "y"}
        refused = client.post("/conseil/seances/nouvelle", data=given)
        assert refused.status_code == 422
        assert f"Écrivez pourquoi il y a urgence : le maire en rend compte à l’ouverture {told}" in as_read(
            refused.text
        )


def test_the_sheet_on_paper_leaves_room_for_the_debate_of_each_item(session: Session) -> None:
    body = make_commune(session)
    acts = [make_act(session, body), make_act(session, body)]
    meeting = make_open_meeting(session, body, *acts, is_urgent=True, urgency_reason="Une visite.")
    paper = meeting_paper(session, meeting, "feuille")
    told = [plain(block.words) for block in paper.blocks if isinstance(block, Paragraph)]
    assert sum(not line.strip(".") for line in told) >= 5 * len(acts)
    assert any("Le conseil admet l’urgence" in line for line in told)


def test_all_are_served_by_hand_at_once_and_a_mail_without_an_address_is_not_in_order(
    session: Session, sign_in: SignIn
) -> None:
    body, sent = make_commune(session), (DAY - timedelta(days=10)).strftime("%d/%m/%Y")
    meeting = make_meeting(session, body, make_act(session, body))
    for seat in meeting.seats:
        seat.address = ""
    session.commit()
    client, url = clerk_of(session, sign_in, body), f"/conseil/seances/{meeting.id}/convocation"
    checks, seats = f"/conseil/seances/{meeting.id}/verifications", list(meeting.seats)
    mailed = as_read(client.post(f"{url}/envois", data={"all_sent_on": sent}, follow_redirects=True).text)
    assert f"n’ont pas d’adresse notée. {seats[0].name}, {seats[1].name}" in mailed
    assert "Un envoi pour chacun" not in as_read(client.get(checks).text)
    assert "sans que l’on sache si elle est partie à son adresse personnelle" in as_read(client.get(checks).text)
    own = {**filled(client.get(url).text), "all_channel": "hand", f"channel_{seats[1].id}": "post"}
    by_hand = as_read(client.post(f"{url}/envois", data=own, follow_redirects=True).text)
    assert "pas d’adresse notée" not in by_hand
    assert "Un envoi pour chacun des 5 membres en exercice" in as_read(client.get(checks).text)
    session.expire_all()
    assert [seat.channel for seat in seats] == ["hand", "post", "hand", "hand", "hand"]


def test_an_address_that_nobody_noted_may_still_come_after_the_convocation(session: Session, sign_in: SignIn) -> None:
    body = make_commune(session)
    meeting = make_meeting(session, body, make_act(session, body))
    send(session, meeting, DAY - timedelta(days=10))
    first, second = meeting.seats[:2]
    first.address = ""
    convening.convene(session, meeting, by=BY, at=at(DAY - timedelta(days=10)))
    session.commit()
    client, url = clerk_of(session, sign_in, body), f"/conseil/seances/{meeting.id}/convocation"
    page = client.get(url).text
    assert f'name="address_{first.id}"' in page
    assert f'name="address_{second.id}"' not in page
    told = {f"address_{seat.id}": "neuve@exemple.test" for seat in (first, second)}
    assert client.post(f"{url}/envois", data=told).status_code == 302
    session.expire_all()
    assert (first.address, second.address) == ("neuve@exemple.test", "a@exemple.test")
    assert "pas d’adresse notée" not in as_read(client.get(url).text)


@pytest.mark.parametrize(("code", "blocks"), [("67520", False), ("59999", True)])
def test_the_note_of_a_large_commune_of_alsace_is_advised_never_asked_for(
    session: Session, sign_in: SignIn, code: str, *, blocks: bool
) -> None:
    body = make_commune(session, population=5780, code=code)
    meeting = make_meeting(session, body, make_act(session, body))
    meeting.agenda[0].note = ""
    send(session, meeting, DAY - timedelta(days=10))
    session.commit()
    client, url = clerk_of(session, sign_in, body), f"/conseil/seances/{meeting.id}/convocation"
    page = as_read(client.get(url).text)
    assert ("Sources en conflit : la note de synthèse" in page) is not blocks
    assert ("C05" in page) is blocks
    assert "La note de synthèse manque" in as_read(client.get(f"/conseil/seances/{meeting.id}").text)
    convened = client.post(f"{url}/arreter")
    assert convened.status_code == (422 if blocks else 302)


def test_a_clerk_who_reads_german_names_the_councillors_in_french(session: Session) -> None:
    body = make_commune(session)
    with force_locale("de"):
        meeting = make_meeting(session, body, make_act(session, body))
    assert {seat.wording for seat in meeting.seats} == {"Maire", "Conseillère ou conseiller"}


def test_what_the_letters_carry_does_not_change_until_the_dispatch_is_taken_back(
    session: Session, sign_in: SignIn
) -> None:
    body, ahead = make_commune(session), clock.today() + timedelta(days=30)
    meeting = make_meeting(session, body, make_act(session, body), day=ahead)
    convening.fill_seats(session, meeting)
    for seat in meeting.seats:
        seat.address = "elue@exemple.test"
    session.commit()
    client, url = clerk_of(session, sign_in, body), f"/conseil/seances/{meeting.id}"
    assert "envoyer la convocation" in as_read(client.get(url).text)
    assert client.post(f"{url}/convocation/courriels").status_code == 302
    assert "La suite : arrêter la convocation" in as_read(client.get(url).text)
    other = filled(client.get(f"{url}/modifier").text) | {"place": "Salle des fêtes", "hour": "08:00"}
    point = {"title": "Vente du presbytère"}
    refused = client.post(f"{url}/points/nouveau", data=point), client.post(f"{url}/modifier", data=other)
    for answer in refused:
        assert (answer.status_code, "La convocation est déjà partie" in as_read(answer.text)) == (422, True)
    removed = client.post(f"/conseil/points/{meeting.agenda[0].id}/retirer")
    assert removed.status_code == 422
    session.expire_all()
    assert [one.title for one in meeting.agenda] == [meeting.agenda[0].title]
    assert meeting.place != "Salle des fêtes"
    late, *gone = session.scalars(select(OutboxMessage).order_by(OutboxMessage.id.desc())).all()
    for letter in gone:
        letter.state = MessageState.SENT
    session.commit()
    waiting = late.message_id
    unsent = next(seat.id for seat in meeting.seats if seat.letter == waiting)
    assert client.post(f"{url}/convocation/reprendre").status_code == 302
    session.expire_all()
    told = {seat.proof.startswith("Premier envoi le ") for seat in meeting.seats if seat.id != unsent}
    assert told == {True}, "the first dispatch is a fact"
    assert next(seat.proof for seat in meeting.seats if seat.id == unsent) == "", "what never left is called off"
    paper = repr(meeting_paper(session, meeting, "convocation").blocks)
    assert "annule et remplace celle qui vous a été adressée" in paper
    assert client.post(f"{url}/points/nouveau", data=point).status_code == 302
    assert client.post(f"{url}/convocation/courriels").status_code == 302
    letters = session.scalars(select(OutboxMessage).order_by(OutboxMessage.id)).all()
    replaced = ["annule et remplace" in letter.text for letter in letters]
    assert replaced == [False] * 4 + [True] * 5
    assert all("Vente du presbytère" in letter.text for letter in letters[4:])


def test_the_text_annexed_to_an_item_is_named_to_whoever_is_convened(session: Session, sign_in: SignIn) -> None:
    text, _account = make_convention(session, languages=("fr",))
    body, ahead = make_commune(session), clock.today() + timedelta(days=30)
    version = texts.keep_version(session, text, "Essai", by=BY, at=at(DAY))
    version.kind = "submitted"
    act = make_act(session, body, model="convention", convention_id=text.id, version_id=version.id)
    meeting = make_meeting(session, body, act, day=ahead)
    convening.fill_seats(session, meeting)
    session.commit()
    page = clerk_of(session, sign_in, body).get(f"/conseil/seances/{meeting.id}/convocation").text
    assert "Des textes annexés sont à remettre aux conseillers" in as_read(page)
    assert f"/conventions/{text.id}/versions/{version.number}.pdf" in page
    letter = convocation_letter(meeting, meeting.seats[0], annexes_of(session, meeting)).text
    assert f"Texte annexé au point 1 : « {text.title} »" in letter.replace("\N{NO-BREAK SPACE}", " ")
