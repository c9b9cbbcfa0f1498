"""Each day of a programme once, in its order; hours and days as volunteers write them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select

from app.ceremonies.documents import programme_page
from app.ceremonies.models import Ceremony, ProgrammeItem
from tests.factories.accounts import make_member, make_own_body
from tests.factories.ceremonies import make_ceremony, make_shared_twinning

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.testing import FlaskClient
    from sqlalchemy.orm import Session

    from app.accounts.models import Account
    from app.bodies.models import Body
    from app.twinnings.models import Twinning

    SignIn = Callable[[Account], FlaskClient]


@pytest.fixture
def town(session: Session) -> Body:
    return make_own_body(session, name="Bourg-Fictif")


@pytest.fixture
def twinning(session: Session, town: Body) -> Twinning:
    return make_shared_twinning(session, town)


@pytest.fixture
def secretary(session: Session, town: Body, sign_in: SignIn) -> FlaskClient:
    return sign_in(make_member(session, town))


def _titles(page: str) -> list[str]:
    return re.findall(r'<h3>([^<]*)</h3>|class="moment-title"[^>]*>([^<]*)<', page)  # type: ignore[return-value]


def _shown(client: FlaskClient, ceremony_id: int) -> list[str]:
    page = client.get(f"/ceremonies/{ceremony_id}").text
    return [day or title for day, title in _titles(page)]


def _last(session: Session) -> ProgrammeItem:
    session.expire_all()
    return session.scalars(select(ProgrammeItem).order_by(ProgrammeItem.id.desc())).first()  # type: ignore[return-value]


def test_each_day_is_told_once_with_what_lasts_all_day_and_what_has_no_hour(
    session: Session, twinning: Twinning, secretary: FlaskClient
) -> None:
    items = [{"title": {"fr": "Bal"}, "start": "21:00"}, {"title": {"fr": "Messe"}, "day": 2, "start": "15:00"}]
    ceremony = make_ceremony(session, twinning, when="2027-06-12/2027-06-14", items=items)
    ceremony_id, add = ceremony.id, f"/ceremonies/{ceremony.id}/moments/nouveau"
    for typed in (
        {"title": "Exposition", "day": "1", "all_day": "y"},
        {"title": "Promenade", "day": "2", "part_of_day": "matin"},
        {"title": "Repas", "day": "1"},
        {"title": "Départ", "date": "14/06/2027", "start": "midi"},
    ):
        assert secretary.post(add, data=typed).status_code == 302
    first = ["samedi 12 juin 2027", "Exposition", "Bal", "Repas"]
    second, third = ["dimanche 13 juin 2027", "Promenade", "Messe"], ["lundi 14 juin 2027", "Départ"]
    assert _shown(secretary, ceremony_id) == [*first, *second, *third]
    session.expire_all()
    html = programme_page(session.get_one(Ceremony, ceremony_id), ("fr",)).html
    assert html.count("<h2>") == 3
    departure = _last(session)
    secretary.post(f"/ceremonies/{ceremony_id}/moments/{departure.id}/monter")
    assert _shown(secretary, ceremony_id) == [*first, *second, *third]
    again = {"title": "Départ", "day": "2", "start": "16 h", "revision": departure.revision}
    assert secretary.post(f"/ceremonies/{ceremony_id}/moments/{departure.id}/modifier", data=again).status_code == 302
    assert _shown(secretary, ceremony_id) == [*first, *second, "Départ"]


@pytest.mark.parametrize(
    ("typed", "start", "about"),
    [
        ("vers 10 h", "10:00", {"approximate": True}),
        ("midi", "12:00", {}),
        ("midi et demi", "12:30", {}),
        ("18 heures 30", "18:30", {}),
        ("à partir de 18 h", "18:00", {"approximate": True, "approximate_words": "à partir de"}),
        ("gegen 10 Uhr", "10:00", {"approximate": True}),
        ("um 10 Uhr 15", "10:15", {}),
        ("8 h du soir environ", "20:00", {"approximate": True}),
        ("minuit", "00:00", {}),
        ("en soirée", "", {"part_of_day": "en soirée"}),
    ],
)
def test_an_hour_is_read_as_people_say_it(
    session: Session, twinning: Twinning, secretary: FlaskClient, typed: str, start: str, about: dict[str, Any]
) -> None:
    ceremony = make_ceremony(session, twinning)
    answer = secretary.post(
        f"/ceremonies/{ceremony.id}/moments/nouveau", data={"title": "Bal", "day": "1", "start": typed}
    )
    assert answer.status_code == 302, answer.text
    item = _last(session)
    assert (item.start, item.details) == (start, about)


@pytest.mark.parametrize("typed", ["vers", "vers midi vingt", "midi 75", "24 h", "dix heures"])
def test_what_is_no_hour_is_told_with_what_may_be_written(
    session: Session, twinning: Twinning, secretary: FlaskClient, typed: str
) -> None:
    ceremony = make_ceremony(session, twinning)
    answer = secretary.post(f"/ceremonies/{ceremony.id}/moments/nouveau", data={"title": "Bal", "start": typed})
    assert answer.status_code == 422
    assert "vers 18 h ou midi" in answer.text
    assert f'value="{typed}"' in answer.text


def test_the_hour_of_a_whole_programme_may_be_about_then(
    session: Session, town: Body, twinning: Twinning, secretary: FlaskClient
) -> None:
    typed = {"title": "Fête", "host": town.id, "kind": "oath", "language": "fr", "model": "five_moments"}
    typed |= {"first": "12/06/2027", "start": "vers 15 h"}
    assert secretary.post(f"/ceremonies/nouvelle?jumelage={twinning.id}", data=typed).status_code == 302
    ceremony = session.scalars(select(Ceremony).order_by(Ceremony.id.desc())).first()
    assert ceremony is not None
    assert all(item.details["approximate"] for item in ceremony.programme if item.start)
    assert any(item.start for item in ceremony.programme)


@pytest.mark.parametrize(
    ("when", "said", "days"),
    [
        ("2027-06-12/2027-06-14", "du 12 au 14 juin 2027", ("20270612", "20270615")),
        ("2027-06-12", "12 juin 2027", ("20270612", "20270614")),
    ],
)
def test_a_day_before_the_first_is_refused_and_one_far_away_is_told(
    session: Session, twinning: Twinning, secretary: FlaskClient, when: str, said: str, days: tuple[str, str]
) -> None:
    ceremony = make_ceremony(session, twinning, title={"fr": "Fête"}, when=when, items=[{}, {"day": 2}])
    answer = secretary.post(f"/ceremonies/{ceremony.id}/moments/nouveau", data={"title": "Veille", "day": "0"})
    assert answer.status_code == 422
    assert "le jour 1. Pour la veille" in answer.text
    add = {"title": "Bilan", "date": "31/10/2027", "start": "9 h"}
    assert secretary.post(f"/ceremonies/{ceremony.id}/moments/nouveau", data=add).status_code == 302
    page = secretary.get(f"/ceremonies/{ceremony.id}").text
    assert f"« Bilan » est le 31 octobre 2027, hors des jours de la cérémonie ({said})" in page
    session.expire_all()
    first, after = days
    whole = session.get_one(Ceremony, ceremony.id).vevent
    assert f"DTSTART;VALUE=DATE:{first}\r\nDTEND;VALUE=DATE:{after}" in whole


def test_a_ceremony_without_a_day_has_no_calendar_to_take_and_says_so(
    session: Session, twinning: Twinning, secretary: FlaskClient
) -> None:
    ceremony = make_ceremony(session, twinning, when=None, timezone="Europe/Berlin", items=[{}])
    answer = secretary.get(f"/ceremonies/{ceremony.id}/agenda.ics")
    assert answer.status_code == 302
    assert "Aucun jour n’est encore fixé" in secretary.get(answer.location).text
