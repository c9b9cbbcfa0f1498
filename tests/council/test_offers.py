"""What the pages of the council offer, to whom, and how their lines break."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app.access.roles import Role
from app.bodies.models import BodyKind
from app.law.words import printed
from tests.factories.accounts import make_member
from tests.factories.bodies import make_body
from tests.factories.council import make_commune

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.testing import FlaskClient
    from sqlalchemy.orm import Session

    from app.accounts.models import Account

    SignIn = Callable[[Account], FlaskClient]

OFFER = 'href="/conseil/deliberations/nouvelle"'


def test_only_who_writes_for_a_commune_is_offered_to_prepare_a_deliberation(session: Session, sign_in: SignIn) -> None:
    president = make_member(session, make_body(session, kind=BodyKind.COMMITTEE, name="Comité fictif"), Role.PRESIDENT)
    assert OFFER not in sign_in(president).get("/conseil/deliberations").text
    clerk = make_member(session, make_commune(session), Role.CLERK)
    assert OFFER in sign_in(clerk).get("/conseil/deliberations").text


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("dépenses de 1 500 euros par an", "dépenses de 1\u00a0500 euros par an"),
        ("1 250 000 habitants", "1\u00a0250\u00a0000 habitants"),
        ("le 3 mai 2026, 12 voix", "le 3\u00a0mai 2026, 12 voix"),
        ("en 2026 1500 euros", "en 2026 1500 euros"),
    ],
)
def test_a_number_in_a_text_stays_in_one_piece(typed: str, shown: str) -> None:
    assert printed(typed) == shown
