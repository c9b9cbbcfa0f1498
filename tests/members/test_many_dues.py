"""Dues of an association of some thousand members: the page of a period stays one that can be read."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import event

from app.access.roles import Role
from app.extensions import db
from app.members.models import DuesPeriod, Household, Member
from app.people.models import Person
from app.people.paging import leaf_of, place_of
from tests.factories.accounts import make_member
from tests.factories.members import LONG_AGO, make_category, make_committee, make_payment, make_period, make_waiver

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.testing import FlaskClient
    from sqlalchemy.orm import Session

    from app.accounts.models import Account
    from app.bodies.models import Body

HOMES = 60
NEXT = re.compile(r'rel="next"\s+href="([^"]+)"')
PREVIOUS = re.compile(r'rel="prev"\s+href="([^"]+)"')


def fill(session: Session, body: Body, homes: int) -> list[Member]:
    """Couples, in an order of names that is not that of their records; every third without an e-mail address."""
    category, made = make_category(session, body), []
    for number in range(homes):
        email = f"foyer{number}@exemple.fr" if number % 3 else ""
        home = Household(body_id=body.id, email=email, created_at=LONG_AGO)
        for given in ("Jean", "Marie"):
            name = f"Fictif-{(number * 7) % homes:04d}"
            person = Person(given_name=given, family_name=name, kept_by_body_id=body.id, created_at=LONG_AGO)
            one = Member(body_id=body.id, number=len(made) + 1, person=person, household=home, category=category)
            one.since_sort, one.created_at = date(2020, 1, 1), LONG_AGO
            made.append(one)
    session.add_all(made)
    session.commit()
    return made


@pytest.fixture
def committee(session: Session) -> Body:
    return make_committee(session)


@pytest.fixture
def keeper(session: Session, sign_in: Callable[[Account], FlaskClient], committee: Body) -> FlaskClient:
    return sign_in(make_member(session, committee, Role.TREASURER))


def names_on(page: str) -> list[str]:
    """The households that a page shows."""
    return re.findall(r">Jean et Marie (Fictif-\d+)</a>", page)


def follow(page: str, way: re.Pattern[str]) -> str:
    """Where a button of the first section leads; empty where there is none."""
    found = way.search(page)
    return found.group(1).replace("&amp;", "&") if found else ""


def test_every_household_that_owes_stands_on_one_page_and_the_sums_are_those_of_all(
    session: Session, keeper: FlaskClient, committee: Body
) -> None:
    fill(session, committee, HOMES)
    period = make_period(session, committee)
    url, seen, pages = f"/membres/cotisations/{period.id}", [], []
    while url:
        page = keeper.get(url).text
        assert "1 500 €" in page.replace("\u202f", " "), "25 € for each of the sixty couples"
        assert "Écrire aux 40 foyers" in page
        assert "Imprimer 20 lettres" in page
        assert "60 foyers, par nom" in page
        pages.append(names_on(page))
        seen += pages[-1]
        url = follow(page, NEXT)
    assert seen == [f"Fictif-{number:04d}" for number in range(HOMES)]
    assert max(map(len, pages)) == 25
    back = follow(page, PREVIOUS)
    assert names_on(keeper.get(back).text) == pages[1]
    assert names_on(keeper.get(follow(keeper.get(back).text, PREVIOUS)).text) == pages[0]


def test_a_page_asks_the_database_as_often_for_many_households_as_for_few(
    session: Session, keeper: FlaskClient, committee: Body
) -> None:
    period, asked = make_period(session, committee), []

    def questions() -> int:
        session.expire_all()
        session.rollback()
        asked.clear()
        assert keeper.get(f"/membres/cotisations/{number}").status_code == 200
        return len(asked)

    fill(session, committee, 2)
    number = period.id
    keeper.get(f"/membres/cotisations/{number}")
    event.listen(db.engine, "before_cursor_execute", lambda *_all: asked.append(1))
    few = questions()
    session.query(Member).delete()
    session.commit()
    fill(session, committee, HOMES)
    assert questions() == few


def test_a_page_that_was_emptied_meanwhile_shows_the_last_ones_instead(
    session: Session, keeper: FlaskClient, committee: Body
) -> None:
    members = fill(session, committee, 27)
    period = make_period(session, committee, together=None)
    first = keeper.get(f"/membres/cotisations/{period.id}").text
    onwards = follow(first, NEXT)
    last = [one for one in members if one.person.family_name >= "Fictif-0025"]
    for one in last:
        make_payment(session, session.get_one(DuesPeriod, period.id), one)
    page = keeper.get(onwards).text
    assert names_on(page) == names_on(first)
    assert not follow(page, NEXT)


def test_waivers_have_pages_of_their_own(session: Session, keeper: FlaskClient, committee: Body) -> None:
    members = fill(session, committee, 30)
    period = make_period(session, committee)
    for one in members[:30]:
        make_waiver(session, period, one)
    page = keeper.get(f"/membres/cotisations/{period.id}").text
    shown = page.partition('id="dispenses"')[2]
    assert shown.count("Retirer") == 25
    rest = keeper.get(follow(shown, NEXT)).text
    assert rest.partition('id="dispenses"')[2].count("Retirer") == 5
    assert names_on(rest) == names_on(page), "the other list stays where it is"
    for nav in ("Pages de « Pas encore payé »", "Pages de « Dispenses »"):
        assert nav in page.replace("\N{NO-BREAK SPACE}", " ")
    assert keeper.get(f"/membres/cotisations/{period.id}?dispenses=nimporte").status_code == 400


def test_a_mark_that_nobody_wrote_begins_at_the_beginning() -> None:
    rows = [("a", 1), ("b", 2)]
    assert place_of("nimporte") is None
    assert leaf_of(rows, lambda one: one, after=place_of("nimporte"), size=1).rows == [("a", 1)]
    assert leaf_of([], lambda one: one, after=("a", 1), size=1).rows == []
