"""The one sign that a database refuses reaches none: no page fails for it, and what was typed beside it is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.council.queries import point_by_id
from tests.factories.council import make_act, make_commune, make_open_meeting
from tests.support.pages import clerk_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.testing import FlaskClient
    from sqlalchemy.orm import Session

    from app.accounts.models import Account

    SignIn = Callable[[Account], FlaskClient]


def test_a_search_and_an_address_with_the_sign_answer_calmly(session: Session, sign_in: SignIn) -> None:
    client = clerk_of(session, sign_in, make_commune(session))
    assert client.get("/recherche?q=a%00b").status_code == 200
    assert client.get("/recherche%00").status_code == 404
    assert client.get("/recherche?%00=1&q=x").status_code == 200


def test_debates_pasted_with_the_sign_are_kept_without_it(session: Session, sign_in: SignIn) -> None:
    body = make_commune(session)
    meeting = make_open_meeting(session, body, make_act(session, body))
    point = meeting.agenda[0]
    session.commit()
    client = clerk_of(session, sign_in, body)
    sent = {"debate": "Mme Fictive demande\x00 le budget."}
    assert client.post(f"/conseil/points/{point.id}/debats", data=sent).status_code == 302
    session.expire_all()
    kept = point_by_id(session, point.id)
    assert kept is not None
    assert kept.debate == "Mme Fictive demande le budget."
