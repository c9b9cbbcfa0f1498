"""A text that tells as taken a decision whose day has not come: said before it is frozen, and before it is signed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from app.conventions import services
from app.conventions.models import ConventionVersion, PrintKind
from app.shared import clock
from app.texts.document import Kind
from tests.conventions.test_views import COMPLETE
from tests.factories.conventions import AT, BY, make_convention

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.testing import FlaskClient
    from sqlalchemy.orm import Session

    from app.accounts.models import Account

    SignIn = Callable[[Account], FlaskClient]


@pytest.mark.parametrize(("years", "warned"), [(1, True), (-1, False)])
def test_a_decision_that_is_still_to_come_is_told_before_freezing_and_before_signing(
    session: Session, sign_in: SignIn, *, years: int, warned: bool
) -> None:
    year = clock.today().year + years
    parties = tuple(replace(one, decision=f"{year}-03-10") for one in COMPLETE.parties)
    answers = replace(COMPLETE, parties=parties, fields={}, signings=(("Semenivka", f"{year}-06-12"),))
    convention, account = make_convention(session, Kind.PACT, answers=answers)
    client, home = sign_in(account), f"/conventions/{convention.id}"
    said = "est datée du 10 mars"
    assert (said in client.get(f"{home}/projet").text.replace("\xa0", " ")) is warned
    services.keep_version(session, convention, "", by=BY, at=AT)
    version = session.scalars(select(ConventionVersion)).one()
    version.kind = PrintKind.SUBMITTED
    session.commit()
    page = client.get(f"{home}/versions/{version.number}/original")
    assert page.status_code == 200, "it warns, and never blocks"
    assert (said in page.text.replace("\xa0", " ")) is warned
