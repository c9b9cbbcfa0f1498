"""Who hosts or travels and is no member: told everything, erased on request, proposed when the family withdrew."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from app.access.roles import Role
from app.forms.dates import parse
from app.members.models import HostFamily, Stay, Traveller, TravelPaper
from app.shared import clock
from tests.factories.accounts import make_member
from tests.factories.bodies import make_mandate
from tests.factories.members import enrol
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


@pytest.fixture
def rose(session: Session, keeper: FlaskClient, committee: Body) -> HostFamily:
    """A host family that is no member, with what one tells of one's house."""
    told = {"address": "2 rue de l’Essai", "emergency": "06 00 00 00 01", "note": "code portail 4711", "beds": "2"}
    who = {"member": "", "given_name": "Rose", "family_name": "Hotesse", "email": "rose@exemple.fr"}
    keeper.post(f"/membres/{committee.id}/accueil/famille", data=told | who)
    return session.scalars(select(HostFamily)).one()


def _stay(keeper: FlaskClient, committee: Body, *, begins: int) -> str:
    first = clock.today() + timedelta(days=begins)
    days = {"starts_on": f"{first:%d/%m/%Y}", "ends_on": f"{first + timedelta(days=4):%d/%m/%Y}"}
    return keeper.post(f"/membres/{committee.id}/accueil/sejour", data={"title": "Visite", **days}).location


def _child(session: Session, keeper: FlaskClient, page: str, host: HostFamily) -> Traveller:
    told = {"given_name": "Mykola", "family_name": "Pryklad", "is_guest": "y", "born_on": "01/03/2014"}
    told |= {"parents": "Olena et Taras Pryklad", "health": "asthme", "agreed": "y", "host": str(host.id)}
    assert keeper.post(f"{page}/voyageur", data=told).status_code == 302
    child = session.scalars(select(Traveller)).one()
    where = f"/membres/accueil/voyageur/{child.id}/papier"
    keeper.post(where, data={"kind": "parental", "signed_by": "Olena Pryklad", "signed_on": "01/03/2026"})
    return child


def test_a_host_family_and_a_traveller_are_told_everything_and_erased_without_being_members(
    session: Session, keeper: FlaskClient, committee: Body, rose: HostFamily
) -> None:
    child = _child(session, keeper, _stay(keeper, committee, begins=20), rose)
    for page, person_id, known in (
        (f"/membres/accueil/famille/{rose.id}", rose.person_id, ("code portail 4711", "rose@exemple.fr")),
        (f"/membres/accueil/voyageur/{child.id}", child.person_id, ("asthme", "Olena et Taras", "Autorisation")),
    ):
        where = f"/membres/accueil/{committee.id}/personne/{person_id}"
        assert f"{where}/effacer" in keeper.get(page).text
        told = keeper.get(f"{where}/tout.json").get_data(as_text=True)
        assert all(word in told for word in known)
        assert keeper.get(f"{where}/tout.pdf").data.startswith(b"%PDF")
        before = as_read(keeper.get(f"{where}/effacer").text)
        assert "Rien n’oblige à garder son nom" in before
        assert ("Mykola Pryklad, séjour « Visite »" in before) is (person_id == rose.person_id)
        assert keeper.post(f"{where}/effacer").status_code == 302
        assert keeper.get(f"{where}/effacer").status_code == 404 or "Personne effacée" in keeper.get(page).text
    session.expire_all()
    assert {rose.person.name, child.person.name} == {"Personne effacée"}
    assert (rose.address, rose.note, rose.emergency, rose.beds, rose.person.email) == ("", "", "", None, "")
    assert (child.born_on, child.parents, child.health, child.host_family_id) == (None, "", "", None)
    assert session.scalars(select(TravelPaper)).one().signed_by == ""
    assert "Hotesse" not in keeper.get(f"/membres/{committee.id}/accueil?corbeille").text
    assert "Hotesse" not in keeper.get("/personnes/?corbeille").text


def test_nobody_is_erased_in_the_middle_of_a_stay(
    session: Session, keeper: FlaskClient, committee: Body, rose: HostFamily
) -> None:
    child = _child(session, keeper, _stay(keeper, committee, begins=-1), rose)
    for person_id, sentence in (
        (child.person_id, "retirez-en d’abord cette personne, ou effacez après"),
        (rose.person_id, "choisissez d’abord une autre famille, ou effacez après"),
    ):
        where = f"/membres/accueil/{committee.id}/personne/{person_id}/effacer"
        assert sentence in as_read(keeper.get(where).text)
        refused = keeper.post(where)
        assert refused.status_code == 422
        assert sentence in as_read(refused.text)
    session.expire_all()
    assert child.health == "asthme"
    keeper.post(f"/membres/accueil/voyageur/{child.id}/retirer")
    for person_id in (child.person_id, rose.person_id):
        assert keeper.post(f"/membres/accueil/{committee.id}/personne/{person_id}/effacer").status_code == 302


def test_who_holds_an_office_keeps_the_name_that_proves_it(
    session: Session, keeper: FlaskClient, committee: Body, rose: HostFamily
) -> None:
    mandate = make_mandate(session, committee, rose.person)
    session.commit()
    where = f"/membres/accueil/{committee.id}/personne/{rose.person_id}/effacer"
    refused = keeper.post(where)
    assert refused.status_code == 422
    assert "encore notée en fonction" in as_read(refused.text)
    mandate.until, mandate.until_sort = parse("2025-12-31"), date(2025, 12, 31)
    session.commit()
    assert "le nom dans les mandats" in as_read(keeper.get(where).text)
    assert keeper.post(where).status_code == 302
    session.expire_all()
    assert (rose.person.name, rose.person.email, rose.address) == ("Rose Hotesse", "", "")


def test_a_family_that_withdrew_is_proposed_for_erasing_to_who_places_guests(
    session: Session, keeper: FlaskClient, committee: Body, rose: HostFamily
) -> None:
    member = enrol(session, committee, "Ana", "Accueillante")
    keeper.post(f"/membres/{committee.id}/accueil/famille", data={"member": member.id, "beds": "1", "note": "portail"})
    ana = session.scalars(select(HostFamily).order_by(HostFamily.id.desc())).first()
    families = {one.id: f"/membres/accueil/famille/{one.id}" for one in (rose, ana)}
    care = f"/membres/{committee.id}/donnees"
    for where in families.values():
        keeper.post(f"{where}/effacer")
        keeper.post(f"{where}/corbeille")
    session.expire_all()
    assert rose.note == "code portail 4711", "a family that lodges still is not erased"
    assert "Ouvrir la fiche de la famille" not in keeper.get(care).text
    for one in (rose, ana):
        one.trashed_at -= timedelta(days=2)
    session.commit()
    page = as_read(keeper.get(care).text)
    assert page.count("Ouvrir la fiche de la famille") == 2
    assert "Effacer les fiches de 2 familles d’accueil qui se sont retirées" in as_read(keeper.get("/").text)
    shown = keeper.get(families[ana.id]).text
    assert f"{families[ana.id]}/effacer" in shown
    assert f"/membres/fiche/{member.id}" in shown
    assert keeper.get(f"/membres/accueil/{committee.id}/personne/{member.person_id}/effacer").status_code == 404
    keeper.post(f"{families[ana.id]}/effacer")
    keeper.post(f"/membres/accueil/{committee.id}/personne/{rose.person_id}/effacer")
    session.expire_all()
    assert (ana.note, ana.beds, ana.person.name) == ("", None, "Ana Accueillante")
    assert "Ouvrir la fiche de la famille" not in keeper.get(care).text
    assert "qui se sont retirées" not in as_read(keeper.get("/").text)


def test_the_treasurer_is_told_of_no_family_and_opens_none_of_these_pages(
    session: Session, sign_in: SignIn, keeper: FlaskClient, committee: Body, rose: HostFamily
) -> None:
    keeper.post(f"/membres/accueil/famille/{rose.id}/corbeille")
    session.refresh(rose)
    rose.trashed_at -= timedelta(days=2)
    session.commit()
    treasurer = sign_in(make_member(session, committee, Role.TREASURER))
    assert "Hotesse" not in treasurer.get(f"/membres/{committee.id}/donnees").text
    assert "s’est retirée" not in as_read(treasurer.get("/").text)
    where = f"/membres/accueil/{committee.id}/personne/{rose.person_id}"
    for path in ("tout.json", "tout.pdf", "effacer"):
        assert treasurer.get(f"{where}/{path}").status_code == 404
    assert treasurer.post(f"/membres/accueil/famille/{rose.id}/effacer").status_code == 404


def test_a_host_whose_record_lies_in_the_trash_is_not_among_those_who_lodge(
    session: Session, keeper: FlaskClient, committee: Body, rose: HostFamily
) -> None:
    keeper.post(f"/personnes/{rose.person_id}/corbeille")
    where = f"/membres/{committee.id}/accueil"
    assert "Rose Hotesse" not in keeper.get(where).text
    trash = as_read(keeper.get(f"{where}?corbeille").text)
    assert "Rose Hotesse" in trash
    assert "La fiche de la personne est à la corbeille" in trash
    assert session.scalars(select(Stay)).all() == []
