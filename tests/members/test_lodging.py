"""Who lodges whom: what the parents agreed to, what a family said, what a withdrawal leaves; told before the stay."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import create_engine, select

from app.access.roles import Role
from app.database import migrate
from app.database.connection import prepare
from app.members.models import HostFamily, Stay, Traveller, TravelPaper
from app.shared import clock
from tests.factories.accounts import make_member
from tests.support.pages import as_read

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.testing import FlaskClient
    from sqlalchemy.orm import Session

    from app.accounts.models import Account
    from app.bodies.models import Body

    SignIn = Callable[[Account], FlaskClient]


@pytest.fixture
def keeper(session: Session, sign_in: SignIn, committee: Body) -> FlaskClient:
    return sign_in(make_member(session, committee, Role.PRESIDENT))


def _family(session: Session, keeper: FlaskClient, body: Body, name: str, **told: str) -> HostFamily:
    where = f"/membres/{body.id}/accueil/famille"
    keeper.post(where, data={"member": "", "given_name": name, "family_name": "Hotesse", **told})
    return session.scalars(select(HostFamily).order_by(HostFamily.id.desc())).first()


def _visit(keeper: FlaskClient, body: Body, *, begins: int = 0, days: int = 4) -> str:
    """A visit that begins in so many days; gives its page."""
    first = clock.today() + timedelta(days=begins)
    told = {"starts_on": f"{first:%d/%m/%Y}", "ends_on": f"{first + timedelta(days=days):%d/%m/%Y}"}
    return keeper.post(f"/membres/{body.id}/accueil/sejour", data={"title": "Visite", "place": "Ici", **told}).location


def _guest(session: Session, keeper: FlaskClient, page: str, name: str, **told: object) -> Traveller:
    keeper.post(f"{page}/voyageur", data={"given_name": name, "family_name": "Pryklad", "is_guest": "y", **told})
    return session.scalars(select(Traveller).order_by(Traveller.id.desc())).first()


CHILD = {"born_on": "01/03/2014"}


def test_the_agreement_of_the_parents_is_for_the_family_they_agreed_to(
    session: Session, keeper: FlaskClient, committee: Body
) -> None:
    rose, jean = (_family(session, keeper, committee, name, takes_minors="oui") for name in ("Rose", "Jean"))
    page = _visit(keeper, committee)
    child = _guest(session, keeper, page, "Mykola", **CHILD)
    where = f"/membres/accueil/voyageur/{child.id}"
    agreed = {"kind": "host", "signed_by": "Ses parents"}
    early = keeper.post(f"{where}/papier", data=agreed)
    assert early.status_code == 422
    assert "Choisissez d’abord la famille d’accueil" in as_read(early.text)
    told = {"is_guest": "y", **CHILD}
    keeper.post(where, data={**told, "host": rose.id, "revision": "1"})
    assert "à voir : Accord sur la famille d’accueil" in as_read(keeper.get(page).text)
    keeper.post(f"{where}/papier", data=agreed)
    assert "Accord sur la famille d’accueil (Rose Hotesse)" in as_read(keeper.get(where).text)
    assert "Accord sur la famille" not in as_read(keeper.get(page).text)
    keeper.post(where, data={**told, "host": jean.id, "revision": "2"})
    moved = as_read(keeper.get(page).text)
    assert "à voir : accord des parents sur Jean Hotesse (celui vu le" in moved
    assert "était pour Rose Hotesse" in moved
    keeper.post(f"{where}/papier", data=agreed)
    assert "accord des parents" not in as_read(keeper.get(page).text)


def test_what_was_seen_before_counts_for_the_family_of_the_day(
    session: Session, keeper: FlaskClient, committee: Body, database_url: str
) -> None:
    rose = _family(session, keeper, committee, "Rose", takes_minors="oui")
    child = _guest(session, keeper, _visit(keeper, committee), "Mykola", host=rose.id, **CHILD)
    for kind in ("host", "parental"):
        keeper.post(f"/membres/accueil/voyageur/{child.id}/papier", data={"kind": kind})
    number = rose.id
    session.rollback()
    engine = create_engine(database_url)
    prepare(engine)
    migrate.downgrade(engine, "053_convened_as")
    migrate.upgrade(engine)
    engine.dispose()
    session.expire_all()
    seen = session.scalars(select(TravelPaper).order_by(TravelPaper.id))
    assert [(one.kind, one.host_family_id) for one in seen] == [("host", number), ("parental", None)]


def test_who_lodges_with_a_family_that_withdraws_is_named_before_and_looked_after(
    session: Session, sign_in: SignIn, keeper: FlaskClient, committee: Body
) -> None:
    paul = _family(session, keeper, committee, "Paul", beds="1", takes_minors="oui")
    page = _visit(keeper, committee)
    for name, told in (("Ivan", CHILD), ("Dmytro", {"born_on": "01/03/1980"})):
        _guest(session, keeper, page, name, host=paul.id, **told)
    assert "Plus de personnes que de lits : Paul Hotesse (2 / 1)" in as_read(keeper.get(page).text)
    where = f"/membres/accueil/famille/{paul.id}"
    before = as_read(keeper.get(where).text)
    assert "Cette famille loge, ou doit loger" in before
    assert "Ivan Pryklad, séjour « Visite »" in before
    left = as_read(keeper.post(f"{where}/corbeille", follow_redirects=True).text)
    assert "2 personnes qu’elle devait loger sont à loger ailleurs" in left
    stay = as_read(keeper.get(page).text)
    assert "Paul Hotesse n’accueille plus. À loger ailleurs : Ivan Pryklad, Dmytro Pryklad." in stay
    assert "Plus de personnes que de lits" not in stay
    assert stay.count("famille d’accueil : à trouver") == 2
    home = as_read(keeper.get("/").text)
    assert "À faire Trouver une famille d’accueil pour 2 personnes : séjour « Visite »" in home, "it begins today"
    keeper.post(f"{where}/corbeille")
    back = as_read(keeper.get(page).text)
    assert "n’accueille plus" not in back
    assert "Compléter les papiers de 1 voyageur : séjour « Visite »" in as_read(keeper.get("/").text)
    treasurer = sign_in(make_member(session, committee, Role.TREASURER))
    assert "séjour « Visite »" not in as_read(treasurer.get("/").text)


def test_a_family_that_takes_no_minors_or_whose_insurance_ends_is_told_where_it_is_chosen(
    session: Session, keeper: FlaskClient, committee: Body
) -> None:
    page = _visit(keeper, committee)
    last = clock.today() + timedelta(days=4)
    for name, answer, until, objects in (
        ("Rose", "non", last - timedelta(days=1), True),
        ("Jean", "oui", last, False),
    ):
        family = _family(session, keeper, committee, name, takes_minors=answer, insured_until=f"{until:%d/%m/%Y}")
        child = _guest(session, keeper, page, f"Ami de {name}", host=family.id, **CHILD)
        for where in (page, f"/membres/accueil/voyageur/{child.id}"):
            told = as_read(keeper.get(where).text)
            assert (f"{name} Hotesse n’accepte pas de mineurs, d’après sa fiche" in told) is objects
            assert (f"L’assurance de {name} Hotesse est connue jusqu’au" in told) is objects
    assert "à confirmer pour des mineurs" not in as_read(keeper.get(page).text)


def test_after_a_stay_nothing_more_is_asked_and_who_had_withdrawn_lodged_nobody(
    session: Session, keeper: FlaskClient, committee: Body
) -> None:
    paul, rose = (_family(session, keeper, committee, name, beds="1") for name in ("Paul", "Rose"))
    page = _visit(keeper, committee)
    for name, family in (("Ivan", paul), ("Olena", rose), ("Dmytro", rose)):
        _guest(session, keeper, page, name, host=family.id, **CHILD)
    keeper.post(f"/membres/accueil/famille/{paul.id}/corbeille")
    stay = session.scalars(select(Stay)).one()
    stay.starts_on -= timedelta(days=10)
    stay.ends_on -= timedelta(days=10)
    paul.trashed_at -= timedelta(days=8)
    session.commit()
    told = as_read(keeper.get(page).text)
    for gone in ("Paul Hotesse", "Plus de personnes que de lits", "à confirmer pour des mineurs", "à trouver"):
        assert gone not in told
    assert "Rose Hotesse" in told
    assert "séjour « Visite »" not in as_read(keeper.get("/").text)
