"""Two people press « send » at the same moment: each address is written to once, and the second is told so."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, select

from app.access.roles import Role
from app.accounts.models import Token
from app.database.unit import writing
from app.mail.models import MessageState, OutboxMessage
from app.mail.services import Letter, enqueue, try_again
from app.members.models import DuesReminder
from app.shared import clock
from tests.factories.accounts import make_member
from tests.factories.assemblies import add_item, make_assembly
from tests.factories.council import make_act, make_commune, make_meeting
from tests.factories.mailing import make_mailing
from tests.factories.members import enrol, make_committee, make_period
from tests.support.pages import as_read
from tests.support.together import another_browser, at_the_same_moment

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask
    from flask.testing import FlaskClient
    from sqlalchemy.orm import Session
    from werkzeug.test import TestResponse

    from app.bodies.models import Body

    Press = Callable[..., tuple[TestResponse, TestResponse]]


@pytest.fixture
def press(app: Flask, session: Session) -> Press:
    """Two people of a body press the same button; the second while the first is being written."""

    def pressed(
        body: Body,
        role: Role,
        url: str,
        data: dict[str, str] | None = None,
        *,
        wrote: type = OutboxMessage,
    ) -> tuple[TestResponse, TestResponse]:
        app.config["WTF_CSRF_ENABLED"] = False
        first, second = (
            another_browser(app, make_member(session, body, role, is_administrator=True, name=name))
            for name in ("Ada", "Basile")
        )
        session.commit()

        def post(browser: FlaskClient) -> TestResponse:
            answer = browser.post(url, data=data)
            return browser.get(answer.location) if answer.status_code == 302 else answer

        return at_the_same_moment(app, wrote, lambda: post(first), lambda: post(second))

    return pressed


def written(session: Session) -> Counter[str]:
    session.rollback()
    return Counter(session.scalars(select(OutboxMessage.to_address)))


def test_dues_are_reminded_once(session: Session, press: Press) -> None:
    body = make_committee(session)
    members = [enrol(session, body, "Lou", f"Fictive {number}", email=f"lou{number}@exemple.fr") for number in range(3)]
    period = make_period(session, body)
    first, second = press(body, Role.TREASURER, f"/membres/cotisations/{period.id}/rappeler")
    assert "3 rappels sont partis." in as_read(first.text)
    assert "Personne n’est à rappeler" in as_read(second.text)
    assert written(session) == {one.person.email: 1 for one in members}


def test_letters_of_reminders_are_noted_as_posted_once(session: Session, press: Press) -> None:
    body = make_committee(session)
    enrol(session, body, "Paule", "Sansadresse")
    period = make_period(session, body)
    url = f"/membres/cotisations/{period.id}/rappeler"
    first, second = press(body, Role.TREASURER, url, {"by": "letter"}, wrote=DuesReminder)
    assert "1 lettre est notée comme postée." in as_read(first.text)
    assert "Personne n’est à rappeler" in as_read(second.text)


def test_a_letter_to_members_leaves_once_and_the_second_is_told_who_sent_it(session: Session, press: Press) -> None:
    body = make_committee(session)
    for name in ("ada", "basile"):
        enrol(session, body, name, "Fictif", email=f"{name}@exemple.fr")
    letter = make_mailing(session, body)
    first, second = press(body, Role.SECRETARY, f"/lettres/{letter.id}/envoyer", {"nombre": "2", "revision": "1"})
    assert "remise à la poste pour 2 adresses" in as_read(first.text)
    assert second.status_code == 422
    assert "Cette lettre est déjà partie, envoyée par Ada" in as_read(second.text)
    assert written(session) == {"ada@exemple.fr": 1, "basile@exemple.fr": 1}


def test_an_assembly_is_convened_once(session: Session, press: Press) -> None:
    body = make_committee(session)
    assembly = make_assembly(session, body, day=clock.today() + timedelta(days=40), people=4)
    add_item(session, assembly)
    first, second = press(body, Role.SECRETARY, f"/assemblees/{assembly.id}/convocation")
    assert "2 convocations partent par courriel." in as_read(first.text)
    assert "aucun courriel ne restait à envoyer" in as_read(second.text)
    assert written(session) == {"membre00@exemple.test": 1, "membre01@exemple.test": 1}


def test_a_council_is_convened_once(session: Session, press: Press) -> None:
    body = make_commune(session)
    meeting = make_meeting(session, body, make_act(session, body), day=clock.today() + timedelta(days=30))
    for number, seat in enumerate(meeting.seats):
        seat.address = f"elu{number}@exemple.test"
    session.commit()
    many = len(meeting.seats)
    first, second = press(body, Role.CLERK, f"/conseil/seances/{meeting.id}/convocation/courriels")
    assert "La convocation est partie par courriel" in as_read(first.text)
    assert second.status_code == 200
    assert written(session) == {f"elu{number}@exemple.test": 1 for number in range(many)}


def test_one_invitation_of_two_reaches_the_person(session: Session, press: Press) -> None:
    body = make_committee(session)
    data = {"email": "olena@exemple.test", "name": "Olena", "role": Role.MEMBER.value, "language": "fr"}
    press(body, Role.PRESIDENT, f"/organismes/{body.id}/acces/inviter", data)
    assert written(session) == {"olena@exemple.test": 1}
    assert session.scalar(select(func.count(Token.id)).where(Token.used_at.is_(None))) == 1


def test_a_refused_letter_that_two_people_send_again_leaves_once(session: Session) -> None:
    letter = Letter(to="ada@exemple.test", subject="Fête", text="Bonjour")
    message = enqueue(session, letter, at=clock.now())
    message.state, message.attempts = MessageState.FAILED, 3
    session.commit()
    number = message.id

    with writing() as unit:
        held = unit.get_one(OutboxMessage, number)
        unit.execute(OutboxMessage.__table__.update().values(state=MessageState.SENT))
        try_again(unit, held, at=clock.now())
    session.rollback()
    assert session.get_one(OutboxMessage, number).state == MessageState.SENT
