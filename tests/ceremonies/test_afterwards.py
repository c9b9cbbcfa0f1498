"""What a committee writes once it is over: how it was in fact, who read for whom, how many came, where gifts are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from app.accounts.models import Role
from app.ceremonies import lines
from app.extensions import db
from tests.factories.accounts import make_member, make_own_body
from tests.factories.ceremonies import make_ceremony, make_shared_twinning
from tests.support.forms import filled

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask
    from flask.testing import FlaskClient
    from sqlalchemy.orm import Session

    from app.accounts.models import Account
    from app.ceremonies.models import Ceremony

    SignIn = Callable[[Account], FlaskClient]

SPEAKER = {"name": "Ada Fictive", "function": "maire", "language": "fr", "minutes": 8}
GIFT = {"what": {"fr": "Un tilleul", "uk": "Липа"}, "receiver": "Misto Fiktyvne"}
IN_FACT = {"actual_start": "vers 15 h 20", "actual_place": "Église", "actual_reason": "pluie"}


@pytest.fixture
def ceremony(session: Session) -> Ceremony:
    twinning = make_shared_twinning(session, make_own_body(session, name="Bourg-Fictif"))
    late = {"part_of_day": "matin", "date": "2027-06-13", "start": "16:00", "approximate": True}
    item: dict[str, Any] = {"speakers": [SPEAKER, {"name": "Bob"}], "gifts": [GIFT], "actual": late}
    return make_ceremony(session, twinning, details={"gifts": [GIFT]}, items=[{"details": item}])


@pytest.fixture
def secretary(ceremony: Ceremony, session: Session, sign_in: SignIn) -> FlaskClient:
    return sign_in(make_member(session, ceremony.twinnings[0].parties[0].body, Role.SECRETARY))


def test_a_ceremony_says_who_was_invited_where_it_was_in_fact_and_where_its_gifts_are(
    ceremony: Ceremony, secretary: FlaskClient
) -> None:
    address = f"/ceremonies/{ceremony.id}/modifier"
    typed = IN_FACT | {"invited": "120", "excused": "14", "actual_date": "13/06/2027"}
    typed |= {"gifts-0-place": "parc de la mairie", "gifts-1-what": "Plaque", "gifts-1-place": "hall"}
    assert secretary.post(address, data=filled(secretary.get(address).text) | typed).status_code == 302
    db.session.expire_all()
    facts = ceremony.details
    assert (facts["invited"], facts["excused"]) == (120, 14)
    told = {"date": "2027-06-13", "start": "15:20", "approximate": True, "place": "Église", "reason": "pluie"}
    assert facts["actual"] == told
    assert facts["gifts"] == [GIFT | {"place": "parc de la mairie"}, {"what": "Plaque", "place": "hall"}]
    page = secretary.get(f"/ceremonies/{ceremony.id}").text
    for words in ("120", "parc de la mairie", "vers 15 h 20, Église, pluie"):
        assert words in page
    assert secretary.post(address, data=filled(secretary.get(address).text)).status_code == 302
    db.session.expire_all()
    assert ceremony.details == facts
    nameless = filled(secretary.get(address).text) | {"gifts-2-place": "mairie", "actual_start": "bientôt"}
    refused = secretary.post(address, data=nameless)
    assert refused.status_code == 422
    for words in ("Écrivez ce qui a été offert", 'value="mairie"', "n’est pas une heure", 'value="bientôt"'):
        assert words in refused.text


def test_a_moment_says_how_it_was_in_fact_and_who_read_for_whom(ceremony: Ceremony, secretary: FlaskClient) -> None:
    address = f"/ceremonies/{ceremony.id}/moments/{ceremony.items[0].id}/modifier"
    before = dict(ceremony.items[0].details)
    assert secretary.post(address, data=filled(secretary.get(address).text)).status_code == 302
    db.session.expire_all()
    assert ceremony.items[0].details == before
    typed = {"speakers": "Ada Fictive, maire : l’amitié (lu par Cléo Fictive)\nBob", "gifts-0-place": "mairie"}
    typed |= {"actual_start": "17 h", "actual_reason": "retard du car"}
    assert secretary.post(address, data=filled(secretary.get(address).text) | typed).status_code == 302
    db.session.expire_all()
    facts = ceremony.items[0].details
    assert facts["speakers"] == [SPEAKER | {"subject": "l’amitié", "read_by": "Cléo Fictive"}, {"name": "Bob"}]
    assert facts["gifts"] == [GIFT | {"place": "mairie"}]
    reason = {"part_of_day": "matin", "date": "2027-06-13", "start": "17:00", "reason": "retard du car"}
    assert facts["actual"] == reason
    page = secretary.get(f"/ceremonies/{ceremony.id}").text
    for words in ("lu par Cléo Fictive", "retard du car"):
        assert words in page


def test_a_reader_is_understood_in_any_of_the_languages_and_shown_in_one_s_own(app: Flask) -> None:
    for typed in ("Ada, Mayor (read by Bob)", "Ada, Mayor (verlesen von Bob)", "Ada, Mayor (lue par Bob)"):
        speaker = lines.read_speaker(typed)
        assert speaker == {"name": "Ada", "function": "Mayor", "read_by": "Bob"}
        with app.test_request_context(headers={"Accept-Language": "en"}):
            assert lines.speaker_line(speaker) == "Ada, Mayor (read by Bob)"
