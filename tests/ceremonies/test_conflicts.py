"""Two people who change the same ceremony or the same moment: nothing that the second typed is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app.accounts.models import Role
from tests.factories.accounts import make_member, make_own_body
from tests.factories.ceremonies import make_ceremony, make_shared_twinning

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.testing import FlaskClient
    from sqlalchemy.orm import Session

    from app.accounts.models import Account
    from app.bodies.models import Body
    from app.ceremonies.models import Ceremony

    SignIn = Callable[[Account], FlaskClient]


@pytest.fixture
def town(session: Session) -> Body:
    return make_own_body(session, name="Bourg-Fictif")


@pytest.fixture
def ceremony(session: Session, town: Body) -> Ceremony:
    return make_ceremony(session, make_shared_twinning(session, town), items=[{}])


@pytest.fixture
def secretary(session: Session, town: Body, sign_in: SignIn) -> FlaskClient:
    return sign_in(make_member(session, town, Role.SECRETARY))


def test_the_second_who_changes_a_ceremony_sees_both_texts_of_every_field_and_keeps_the_form(
    ceremony: Ceremony, secretary: FlaskClient
) -> None:
    address = f"/ceremonies/{ceremony.id}/modifier"
    base = {"revision": 1, "title": "Serment", "timezone": "Europe/Paris", "language": "fr"}
    assert secretary.post(address, data={**base, "title": "Serment d’Anne"}).status_code == 302
    typed = {
        **base,
        "first": "20/06/2027",
        "timezone": "Europe/Kyiv",
        "dress": "tenue de soirée",
        "description": "Longue présentation écrite par Bernard",
        "language_2": "de",
    }
    late = secretary.post(address, data=typed)
    assert late.status_code == 409
    for words in ("Serment d’Anne", "20/06/2027", "tenue de soirée", "écrite par Bernard", "allemand"):
        assert words in late.text, words
    assert 'name="dress"' in late.text
    assert late.text.count("écrite par Bernard") == 2, "once beside what was kept, once in the form"
    assert 'name="revision" type="hidden" value="2"' in late.text
    assert secretary.post(address, data={**typed, "revision": 2}).status_code == 302


def test_the_second_who_changes_a_moment_sees_both_texts_of_every_field_and_keeps_the_form(
    ceremony: Ceremony, secretary: FlaskClient
) -> None:
    address = f"/ceremonies/{ceremony.id}/moments/{ceremony.items[0].id}/modifier"
    assert secretary.post(address, data={"revision": 1, "title": "Accueil au perron"}).status_code == 302
    typed = {
        "revision": 1,
        "title": "Accueil à la gare",
        "description": "avec la fanfare",
        "speakers": "Léa Fictive : bienvenue",
        "interpreters": "Olena Fictive",
        "transport": "navette",
        "prices": "adulte : 10 €",
        "minutes": "35",
        "public": "yes",
        "all_day": "y",
    }
    late = secretary.post(address, data=typed)
    assert late.status_code == 409
    assert "Accueil au perron" in late.text
    for words in (
        *("Accueil à la gare", "avec la fanfare", "Léa Fictive", "Olena Fictive", "navette", "adulte : 10"),
        *(">35<", ">ouvert à tous<", ">oui<"),
    ):
        assert words in late.text, words
    assert late.text.count("avec la fanfare") == 2
    assert secretary.post(address, data={**typed, "revision": 2}).status_code == 302


def test_the_second_who_changes_the_state_of_a_ceremony_reads_it_in_words(
    ceremony: Ceremony, secretary: FlaskClient
) -> None:
    address = f"/ceremonies/{ceremony.id}/etat"
    assert secretary.post(address, data={"revision": 1, "status": "confirmed"}).status_code == 302
    late = secretary.post(address, data={"revision": 1, "status": "cancelled", "reason": "routes fermées"})
    assert late.status_code == 409
    assert '<p class="conflict-text">confirmée</p>' in late.text
    assert '<p class="conflict-text">annulée</p>' in late.text
    assert late.text.count("routes fermées") == 2
