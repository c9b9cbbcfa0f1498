"""The hours of a ceremony are those of the town that receives, also abroad and also when it is in no list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select

from app.accounts.models import Role
from app.ceremonies.models import Ceremony
from app.documents import ics
from tests.factories.accounts import make_member, make_own_body
from tests.factories.ceremonies import make_ceremony, make_shared_twinning

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.testing import FlaskClient
    from sqlalchemy.orm import Session

    from app.accounts.models import Account
    from app.bodies.models import Body

    SignIn = Callable[[Account], FlaskClient]


@pytest.fixture
def town(session: Session) -> Body:
    return make_own_body(session, name="Bourg-Fictif")


@pytest.fixture
def secretary(session: Session, town: Body, sign_in: SignIn) -> FlaskClient:
    return sign_in(make_member(session, town, Role.SECRETARY))


def _begin(client: FlaskClient, session: Session, partner: Body, **typed: Any) -> Ceremony:
    answers = {"title": "Serment", "host": partner.id, "kind": "oath", "language": "fr", "model": "blank", **typed}
    answer = client.post("/ceremonies/nouvelle", data=answers)
    assert answer.status_code == 302, answer.text
    session.expire_all()
    return session.scalars(select(Ceremony).order_by(Ceremony.id.desc())).first()  # type: ignore[return-value]


@pytest.mark.parametrize(("country", "zone"), [("UA", "Europe/Kyiv"), ("PT", "Europe/Lisbon"), ("GB", "Europe/London")])
def test_a_free_entry_in_a_country_with_one_clock_has_that_clock(
    session: Session, town: Body, secretary: FlaskClient, country: str, zone: str
) -> None:
    partner = make_own_body(session, name="Семенівка-на-Ревні", country=country)
    make_shared_twinning(session, town, partner)
    assert 'name="timezone"' not in secretary.get("/ceremonies/nouvelle").text
    assert _begin(secretary, session, partner).timezone == zone


def test_where_a_country_has_several_clocks_somebody_is_asked_and_calendars_wait(
    session: Session, town: Body, secretary: FlaskClient
) -> None:
    partner = make_own_body(session, name="Vila Nova de Trás", country="BR")
    make_shared_twinning(session, town, partner)
    asked = secretary.get("/ceremonies/nouvelle").text
    assert '<option value="America/Sao_Paulo">São Paulo (Brésil)</option>' in asked
    assert "Europe/Paris" not in asked
    known = _begin(secretary, session, partner, timezone="America/Manaus")
    assert known.timezone == "America/Manaus"
    waiting = _begin(secretary, session, partner, first="12/06/2027", start="15 h", model="five_moments")
    assert waiting.timezone == ""
    page = secretary.get(f"/ceremonies/{waiting.id}").text
    assert "On ne sait pas de quelle ville les heures sont données" in page
    entries = ics.read(secretary.get(f"/ceremonies/{waiting.id}/agenda.ics").data).entries
    assert {str(one.start) for one in entries} == {"2027-06-12"}, "a day, and no hour of another town"


def test_a_zone_is_told_and_read_in_words(session: Session, town: Body, secretary: FlaskClient) -> None:
    partner = make_own_body(session, name="Vila Nova de Trás", country="BR")
    ceremony = make_ceremony(session, make_shared_twinning(session, town, partner), kind="oath")
    address = f"/ceremonies/{ceremony.id}/modifier"
    page = secretary.get(address).text
    assert 'value="Paris (France)"' in page
    assert '<option selected value="oath">serment de jumelage</option>' in page
    base = {"title": "Serment", "kind": "return", "language": "fr"}
    for revision, words in enumerate(("america/sao paulo", "São Paulo (Brésil)", "sao paulo"), 1):
        assert secretary.post(address, data={**base, "revision": revision, "timezone": words}).status_code == 302
        session.expire_all()
        assert session.get_one(Ceremony, ceremony.id).timezone == "America/Sao_Paulo"
    refused = secretary.post(address, data={**base, "revision": 4, "timezone": "Brésil"})
    assert refused.status_code == 422
    assert "Ce pays a plusieurs heures" in refused.text
    assert "Boa Vista" in refused.text
    assert 'value="Brésil"' in refused.text


def test_hours_in_the_clock_of_another_country_are_remarked(
    session: Session, town: Body, secretary: FlaskClient
) -> None:
    twinning = make_shared_twinning(session, town)
    hosts = {"hosts": [{"name": "Misto Fiktyvne", "country": "UA"}]}
    ceremony = make_ceremony(session, twinning, details=hosts)
    words = (
        "Les heures sont données pour Paris (France), mais la commune qui accueille est dans un autre pays (Ukraine)"
    )
    assert words in secretary.get(f"/ceremonies/{ceremony.id}").text
    right = make_ceremony(session, twinning, details=hosts, timezone="Europe/Kyiv")
    assert "Les heures sont données pour" not in secretary.get(f"/ceremonies/{right.id}").text
