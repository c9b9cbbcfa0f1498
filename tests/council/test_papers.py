"""What the council prints, and what its pages say of the law, as a lawyer of the prefecture reads it."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

from app.shared import clock
from tests.factories.accounts import make_member
from tests.factories.council import (
    DAY,
    make_act,
    make_commune,
    make_meeting,
    make_open_meeting,
    send,
)

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


# --- the law of Alsace-Moselle on the pages ---


def test_the_pages_of_a_commune_of_moselle_speak_its_own_law(session: Session, sign_in: SignIn) -> None:
    body = make_commune(session, population=900, code="57650")
    client = _clerk(session, sign_in, body)
    meeting = make_meeting(session, body, make_act(session, body))
    send(session, meeting, DAY - timedelta(days=3))
    session.commit()
    page = _words(client.get(f"/conseil/seances/{meeting.id}/convocation").text)
    assert "3 jours avant la séance, il en faut 3 (CGCT, art. L. 2541-2)" in page
    assert "compte de date à date, et non en jours francs" in page
    assert "Ni le jour de l’envoi ni celui de la séance ne comptent" not in page
    assert "L. 2121-10" not in page
    assert client.post(f"/conseil/seances/{meeting.id}/convocation/arreter").status_code == 302
    said = {f"attendance_{seat.id}": "present" for seat in meeting.seats}
    client.post(f"/conseil/seances/{meeting.id}/soir/presences", data={**said, "president": meeting.seats[0].id})
    refused = _words(client.post(f"/conseil/seances/{meeting.id}/soir/ouvrir").text)
    assert "nomme un secrétaire au début de la séance (CGCT, art. L. 2541-6)" in refused


def test_a_second_convocation_in_moselle_cites_its_own_article(session: Session, sign_in: SignIn) -> None:
    body = make_commune(session, population=900, code="57650")
    client = _clerk(session, sign_in, body)
    first = make_open_meeting(session, body, make_act(session, body))
    client.post(f"/conseil/seances/{first.id}/soir/sans-quorum")
    assert "sans condition de quorum (CGCT, art. L. 2541-4)" in _words(client.get(f"/conseil/seances/{first.id}").text)
    page = _words(client.get(f"/conseil/seances/{first.id}/seconde-convocation").text)
    assert "(CGCT, art. L. 2541-4)" in page


def test_a_meeting_that_is_past_says_in_a_sentence_that_its_convocation_is_too_late(
    session: Session, sign_in: SignIn
) -> None:
    body = make_commune(session)
    today = clock.today()
    meeting = make_meeting(session, body, make_act(session, body), day=min(today, date(2026, 1, 16)))
    page = _words(_clerk(session, sign_in, body).get(f"/conseil/seances/{meeting.id}").text)
    assert "La convocation ne peut plus partir pour cette séance. La séance est prévue le " in page
    assert "Si la convocation part aujourd’hui" not in page
