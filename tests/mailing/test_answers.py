"""Answers to a letter reach the body, else who sent it: nobody writes to who runs the installation."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from app.access.roles import Role
from app.mail.models import OutboxMessage
from app.shared import clock
from tests.factories.accounts import make_member
from tests.factories.assemblies import add_item, make_assembly
from tests.factories.members import enrol, make_committee, make_period
from tests.support.pages import as_read

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.testing import FlaskClient
    from sqlalchemy.orm import Session

    from app.accounts.models import Account

    SignIn = Callable[[Account], FlaskClient]


@pytest.mark.parametrize("address", ["comite@exemple.test", ""])
def test_reminders_and_convocations_say_where_answers_go(session: Session, sign_in: SignIn, address: str) -> None:
    body = make_committee(session, email=address)
    enrol(session, body, "Lou", "Fictive", email="lou@exemple.fr")
    period = make_period(session, body)
    assembly = make_assembly(session, body, day=clock.today() + timedelta(days=40), people=2)
    add_item(session, assembly)
    sender = make_member(session, body, Role.PRESIDENT)
    wanted, browser = address or sender.email, sign_in(sender)
    for page, button in (
        (f"/membres/cotisations/{period.id}", f"/membres/cotisations/{period.id}/rappeler"),
        (f"/assemblees/{assembly.id}/convocation", f"/assemblees/{assembly.id}/convocation"),
    ):
        told = f"les réponses vous arrivent, à {wanted}"
        assert (told in as_read(browser.get(page).text)) == (not address)
        browser.post(button)
    letters = session.scalars(select(OutboxMessage.reply_to)).all()
    assert letters == [wanted, wanted]
