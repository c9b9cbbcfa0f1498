"""Communes that the tables of the law do not number: Paris, overseas, a new commune in its first terms."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from app.council.reckoning import setting_of
from tests.factories.council import DAY, make_act, make_commune, make_meeting
from tests.support.pages import as_read, clerk_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.testing import FlaskClient
    from sqlalchemy.orm import Session

    from app.accounts.models import Account

    SignIn = Callable[[Account], FlaskClient]

_BY_HAND = "Effectif légal (CGCT, art. L. 2121-2) à saisir : le tableau de la loi ne le donne pas ici"


@pytest.mark.parametrize(
    ("code", "population", "told"),
    [("75056", 2_103_778, 163), ("69123", 520_774, 73), ("97411", 155_634, 55), ("98818", 94_285, 53)],
)
def test_a_council_that_no_table_numbers_is_numbered_by_hand(
    session: Session, sign_in: SignIn, code: str, population: int, told: int
) -> None:
    body = make_commune(session, code=code, population=population)
    client, page = clerk_of(session, sign_in, body), f"/conseil/{body.id}"
    assert _BY_HAND in as_read(client.get(page).text)
    assert "sièges vacants" not in as_read(client.get(page).text)
    assert client.post(f"{page}/modifier", data={"revision": "0", "seats": str(told)}).status_code == 302
    assert f"Effectif légal (CGCT, art. L. 2121-2) {told}" in as_read(client.get(page).text)


def test_a_new_commune_in_its_first_terms_has_the_strength_it_tells(session: Session, sign_in: SignIn) -> None:
    body = make_commune(session, population=3000)
    client, page = clerk_of(session, sign_in, body), f"/conseil/{body.id}"
    for told, strength in (("41", 41), ("23", 23), ("20", 23)):
        revision = client.get(f"{page}/modifier").text.split('name="revision"')[1].split('value="')[1].split('"')[0]
        facts = {"revision": revision, "seats": told, "reference_population": "3000", "current_population": "3000"}
        assert client.post(f"{page}/modifier", data=facts).status_code == 302
        shown = as_read(client.get(page).text)
        assert f"Effectif légal (CGCT, art. L. 2121-2) {strength}" in shown
        assert ("Le nombre d’élus noté, 20, ne change pas l’effectif légal." in shown) is (told == "20")


def test_the_checks_of_a_meeting_in_paris_know_no_strength_of_the_table(session: Session, sign_in: SignIn) -> None:
    body = make_commune(session, code="75056", population=2_103_778)
    meeting = make_meeting(session, body)
    client = clerk_of(session, sign_in, body)
    told = as_read(client.get(f"/conseil/seances/{meeting.id}/verifications").text)
    assert "L’effectif légal n’est pas dans notre tableau (Paris)" in told
    assert "pour un effectif légal de 69" not in told


def test_overseas_an_act_is_never_called_final_by_a_calendar_that_is_not_ours(
    session: Session, sign_in: SignIn
) -> None:
    done = date(2025, 10, 20)  # 20 December 2025 is a Saturday, then come days that nobody here vouches for
    body = make_commune(session, code="97411", population=155_634)
    act = make_act(
        session, body, status="adopted", voted_on=done, transmitted_on=done, published_on=done,
        publication_mode="electronic", register_year=2025, register_rank=1,
    )  # fmt: skip
    client = clerk_of(session, sign_in, body)
    told = as_read(client.get(f"/conseil/deliberations/{act.id}").text)
    assert "recours des tiers (CJA, art. R. 421-1) pas avant le lundi 22 décembre 2025" in told
    assert "Outre-mer, le dernier jour n’est pas connu ici" in told
    assert "Définitive le, si personne ne la conteste non renseigné" in told
    assert "Exécutoire depuis le lundi 20 octobre 2025" in told
    checks = as_read(client.get(f"/conseil/deliberations/{act.id}/verifications").text)
    assert "ni les délais de distance" in checks


def test_the_department_of_the_pacific_has_three_figures(session: Session) -> None:
    setting = setting_of(make_commune(session, code="98818"), None)
    assert (setting.department, setting.is_overseas, setting.strength(DAY)) == ("988", True, None)
