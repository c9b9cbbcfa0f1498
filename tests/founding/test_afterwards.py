"""What the page of a creation still says once a step is done."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from app.accounts.models import Role
from app.bodies.models import Function
from tests.factories.accounts import make_member
from tests.factories.bodies import make_mandate
from tests.factories.council import make_commune
from tests.factories.founding import make_founded, make_founding
from tests.factories.people import make_person

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.testing import FlaskClient
    from sqlalchemy.orm import Session

    from app.accounts.models import Account

    SignIn = Callable[[Account], FlaskClient]

ROOM = "/comites-en-creation"


def _words(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page).replace("\N{NO-BREAK SPACE}", " "))


def test_a_board_smaller_than_the_statutes_want_is_said_with_the_article(session: Session, sign_in: SignIn) -> None:
    body = make_commune(session)
    made = make_founded(session, body)
    client, page = sign_in(make_member(session, body, Role.CLERK)), f"{ROOM}/{made.id}"
    said = "Le conseil d’administration est incomplet. Les statuts (article 11) veulent au moins 6 personnes ; 3 sont"
    words = _words(client.get(page).text)
    assert said in words, words[words.find("constitutive fait") :][:400]
    for name in ("Denis", "Élise", "Firmin"):
        person = make_person(session, given_name=name, family_name="Fictif", kept_by_body_id=made.committee_id)
        make_mandate(session, made.committee, person, Function.BOARD_MEMBER, since="2026-05")
    session.commit()
    assert "incomplet" not in client.get(page).text


def test_a_deliberation_that_is_done_is_corrected_not_written_again(session: Session, sign_in: SignIn) -> None:
    body = make_commune(session)
    made = make_founding(session, body)
    client, page = sign_in(make_member(session, body, Role.CLERK)), f"{ROOM}/{made.id}"
    assert "Écrire le projet de délibération" in client.get(page).text
    client.post(f"{page}/deliberation", data={"day": "02/03/2026", "reference": "2026-008"})
    words = _words(client.get(page).text)
    assert "Votée le lundi 2 mars 2026" in words
    assert "Écrire le projet de délibération" not in words
    assert "Elle existe déjà" not in words
    assert "Corriger ce qui est noté" in words
    form = client.get(f"{page}/deliberation").text
    assert 'value="02/03/2026"' in form
    assert 'value="2026-008"' in form
