"""Creating a committee, as people do it: from the commune's page to the declared association."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from app.accounts.models import Role
from tests.factories.accounts import make_member
from tests.factories.council import make_commune

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.testing import FlaskClient
    from sqlalchemy.orm import Session

    from app.accounts.models import Account

    SignIn = Callable[[Account], FlaskClient]


def _words(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page).replace("\N{NO-BREAK SPACE}", " ")).replace("&#39;", "’")


def test_a_commune_begins_an_association_and_sees_the_five_steps(session: Session, sign_in: SignIn) -> None:
    body = make_commune(session)
    client = sign_in(make_member(session, body, Role.CLERK))
    session.commit()
    page = client.get(f"/organismes/{body.id}")
    assert "Créer un comité" in page.text
    choice = client.get(f"/comites-en-creation/communes/{body.id}/nouveau")
    assert "Gestion de fait" in choice.text
    answer = client.post(
        f"/comites-en-creation/communes/{body.id}/nouveau", data={"form": "association", "name": "Comité fictif"}
    )
    assert answer.status_code == 302
    page = client.get(answer.location)
    words = _words(page.text)
    assert "La suite : La délibération" in words
    for title in (
        "1. La délibération",
        "2. Les statuts",
        "3. L’assemblée constitutive",
        "4. La déclaration",
        "5. La convention",
    ):
        assert title in words
