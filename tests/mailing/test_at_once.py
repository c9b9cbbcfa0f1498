"""A letter that one person sends while another changes it or bins it: it leaves as it was read, or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from app.access.roles import Role
from app.audit.models import JournalEntry
from app.mail.models import OutboxMessage
from app.mailing.models import Mailing
from tests.factories.accounts import make_member
from tests.factories.mailing import make_mailing
from tests.factories.members import enrol, make_committee
from tests.support.forms import filled
from tests.support.pages import as_read
from tests.support.together import another_browser, at_the_same_moment

if TYPE_CHECKING:
    from flask import Flask
    from flask.testing import FlaskClient
    from sqlalchemy.orm import Session


@pytest.fixture
def browsers(app: Flask, session: Session) -> tuple[FlaskClient, FlaskClient, str]:
    """Two secretaries who both have the page of one letter open."""
    app.config["WTF_CSRF_ENABLED"] = False
    body = make_committee(session)
    enrol(session, body, "Ada", "Fictive", email="ada@exemple.fr")
    letter = make_mailing(session, body)
    first, second = (make_member(session, body, Role.SECRETARY, name=name) for name in ("Camille", "Basile"))
    session.commit()
    return another_browser(app, first), another_browser(app, second), f"/lettres/{letter.id}"


def test_a_letter_that_is_changed_at_the_moment_of_sending_does_not_leave_unread(
    app: Flask, session: Session, browsers: tuple[FlaskClient, FlaskClient, str]
) -> None:
    first, second, page = browsers
    changed = {**filled(first.get(f"{page}/modifier").text), "text": "Tout autre chose."}
    read = filled(second.get(page).text)
    saved, sent = at_the_same_moment(
        app,
        JournalEntry,
        lambda: first.post(f"{page}/modifier", data=changed),
        lambda: second.post(f"{page}/envoyer", data=read),
    )
    assert (saved.status_code, sent.status_code) == (302, 422)
    assert "Camille a modifié cette lettre" in as_read(sent.text)
    session.rollback()
    assert session.scalars(select(OutboxMessage)).all() == []


def test_who_bins_a_letter_at_the_moment_of_its_leaving_is_told_that_it_left(
    app: Flask, session: Session, browsers: tuple[FlaskClient, FlaskClient, str]
) -> None:
    first, second, page = browsers
    read = filled(first.get(page).text)
    sent, binned = at_the_same_moment(
        app,
        JournalEntry,
        lambda: first.post(f"{page}/envoyer", data=read),
        lambda: second.post(f"{page}/corbeille", data=read),
    )
    assert (sent.status_code, binned.status_code) == (302, 422)
    assert "Cette lettre est déjà partie, envoyée par Camille" in as_read(binned.text)
    session.rollback()
    letter = session.scalars(select(Mailing)).one()
    assert (letter.sent_at is not None, letter.trashed_at) == (True, None)


def test_a_letter_that_is_binned_at_the_moment_of_sending_stays(
    app: Flask, session: Session, browsers: tuple[FlaskClient, FlaskClient, str]
) -> None:
    first, second, page = browsers
    read = filled(first.get(page).text)
    _binned, sent = at_the_same_moment(
        app,
        JournalEntry,
        lambda: first.post(f"{page}/corbeille", data=read),
        lambda: second.post(f"{page}/envoyer", data=read),
    )
    assert sent.status_code == 422
    assert "Cette lettre est à la corbeille" in as_read(sent.text)
    session.rollback()
    assert session.scalars(select(OutboxMessage)).all() == []
