"""The second call of an assembly that had no quorum."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from app.accounts.models import Role
from app.assemblies.models import Presence
from app.assemblies.services import convening, holding
from app.shared import clock
from app.shared.saying import full_day
from tests.factories.accounts import make_member
from tests.factories.assemblies import BY, STATUTES, add_item, at, make_assembly, make_association, record_statutes
from tests.support.pages import as_read

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.testing import FlaskClient
    from sqlalchemy.orm import Session

    from app.accounts.models import Account

    SignIn = Callable[[Account], FlaskClient]


def test_a_second_meeting_too_near_for_its_convocation_is_told_so_at_once(session: Session, sign_in: SignIn) -> None:
    body, today = make_association(session), clock.today()
    own = {**STATUTES.clauses, "second": "art. 12"}
    record_statutes(session, body, replace(STATUTES, second_notice_days=15, clauses=own))
    first = make_assembly(session, body, day=today, people=10)
    add_item(session, first)
    convening.convene(session, first, [], by=BY, at=at(today - timedelta(days=20)))
    first.members[0].presence = Presence.PRESENT
    holding.close_without_quorum(session, first, by=BY, at=at(today))
    session.commit()
    browser = sign_in(make_member(session, body, Role.PRESIDENT))
    near, late = today + timedelta(days=3), today - timedelta(days=12)
    page = browser.post(
        f"/assemblees/{first.id}/seconde", data={"day": f"{near:%d/%m/%Y}", "hour": "18:00"}, follow_redirects=True
    )
    said = as_read(page.text)
    assert f"la convocation devait partir le {as_read(full_day(late))} au plus tard, d’après les statuts" in said
    assert "Au plus tard le" not in said
    number = page.request.path.rsplit("/", 1)[-1]
    assert "déjà passé : choisissez une date de réunion plus tardive" in as_read(
        convocation := browser.get(f"/assemblees/{number}/convocation").text
    )
    assert "15 jours (art. 12)" in as_read(convocation), "the clause of second meetings, not of first ones"
