"""What belongs to a dossier in the trash says so, with the way back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.factories.actions import make_project
from tests.factories.ceremonies import LONG_AGO, make_ceremony
from tests.factories.conventions import make_convention

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.testing import FlaskClient
    from sqlalchemy.orm import Session

    from app.accounts.models import Account


def test_a_text_a_ceremony_and_a_project_say_that_their_dossier_is_in_the_trash(
    session: Session, sign_in: Callable[[Account], FlaskClient]
) -> None:
    convention, account = make_convention(session)
    twinning = convention.twinnings[0]
    pages = [
        f"/conventions/{convention.id}",
        f"/ceremonies/{make_ceremony(session, twinning).id}",
        f"/projets/{make_project(session, twinning).id}",
    ]
    client = sign_in(account)
    words, back = "Le dossier de jumelage est à la corbeille", f'href="/jumelages/{twinning.id}"'
    assert all(words not in client.get(one).text for one in pages)
    twinning.trashed_at = LONG_AGO
    session.commit()
    for one in pages:
        shown = client.get(one)
        assert shown.status_code == 200
        notice = shown.text.partition(words)[2].partition("</div>")[0]
        assert back in notice, one
