"""The list of members of a committee: kept by its keepers, seen by nobody else."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from app.access.roles import Role
from app.bodies.models import BodyKind, Function
from app.members.models import Member
from app.members.queries import voters
from app.members.queries.volunteers import yearly_totals
from app.shared import clock
from tests.factories.accounts import make_member
from tests.factories.bodies import make_body, make_mandate
from tests.factories.members import (
    enrol,
    make_category,
    make_committee,
    make_host,
    make_household,
    make_period,
    make_stay,
)
from tests.factories.twinnings import make_twinning
from tests.support.pages import as_read

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.testing import FlaskClient
    from sqlalchemy.orm import Session

    from app.accounts.models import Account
    from app.bodies.models import Body

    SignIn = Callable[[Account], FlaskClient]


def test_a_couple_is_two_members_with_one_address_and_one_mail(
    session: Session, keeper: FlaskClient, committee: Body
) -> None:
    data = {
        "given_name": "Jean",
        "family_name": "DUPONT-ESSAI",
        "email": "couple@exemple.fr",
        "phone": "03 20 00 00 00",
    }
    data |= {"second_given_name": "Marie", "street": "3 rue de l’Essai", "postcode": "59390", "town": "Exempleville"}
    answer = keeper.post(
        f"/membres/{committee.id}/ajouter", data=data | {"category": "Membre actif", "status": "active"}
    )
    assert answer.status_code == 302, answer.text
    page = keeper.get(f"/membres/{committee.id}").text
    assert page.count("couple@exemple.fr") == 2
    jean, marie = session.scalars(select(Member).order_by(Member.id))
    assert (jean.number, marie.number) == (1, 2)
    assert jean.household_id == marie.household_id
    assert (marie.person.family_name, marie.person.email) == ("DUPONT-ESSAI", "")
    assert (marie.email, marie.phone) == ("couple@exemple.fr", "03 20 00 00 00")


def test_two_members_become_one_household_and_two_again_and_nobody_is_lost_sight_of(
    session: Session, keeper: FlaskClient, committee: Body
) -> None:
    home = make_household(session, committee, email="lefoyer@exemple.test")
    jean, marie = (
        enrol(session, committee, "Jean", "Essai", household=home),
        enrol(session, committee, "Marie", "Essai"),
    )
    zoe = enrol(
        session, committee, "Zoé", "Fictive", household=make_household(session, committee, email="z@exemple.test")
    )
    page = f"/membres/fiche/{marie.id}/foyer/rejoindre"
    assert "Avec qui vit Marie Essai" in keeper.get(page).text
    for nobody in ("", str(marie.id)):
        refused = keeper.post(page, data={"member": nobody})
        assert refused.status_code == 422
        assert "Choisissez une réponse de la liste." in refused.text
    joined = keeper.post(page, data={"member": str(jean.id)}, follow_redirects=True).text
    assert "Même foyer" in joined
    assert "Jean Essai" in joined
    session.expire_all()
    assert (marie.household_id, marie.email) == (jean.household_id, "lefoyer@exemple.test")
    keeper.post(f"/membres/fiche/{zoe.id}/foyer/rejoindre", data={"member": str(jean.id)})
    session.expire_all()
    assert (zoe.household_id, zoe.email) == (jean.household_id, "z@exemple.test"), "she is still reached where she was"
    keeper.post(f"/membres/fiche/{marie.id}/foyer")
    session.expire_all()
    assert marie.household_id not in {None, jean.household_id}


def test_a_name_alone_is_enough_and_nothing_typed_is_lost_when_it_is_missing(
    keeper: FlaskClient, committee: Body
) -> None:
    where = f"/membres/{committee.id}/ajouter"
    refused = keeper.post(where, data={"town": "Exempleville", "email": "pas une adresse", "since": "hier"})
    assert refused.status_code == 422
    assert "Cette adresse n’est pas complète" in refused.text
    assert "n’est pas une date" in refused.text
    assert 'value="Exempleville"' in refused.text
    nameless = keeper.post(where, data={"town": "Exempleville"})
    assert "Écrivez au moins un nom ou un prénom" in nameless.text
    assert keeper.post(where, data={"family_name": "Essai"}).status_code == 302


def test_a_likely_double_is_proposed_and_never_merged_silently(
    session: Session, keeper: FlaskClient, committee: Body
) -> None:
    known = enrol(session, committee, "Jeanne", "Exemple")
    where = f"/membres/{committee.id}/ajouter"
    asked = keeper.post(where, data={"given_name": "EXEMPLE", "family_name": "jeanne"})
    assert "déjà dans votre carnet" in asked.text
    refused = keeper.post(f"{where}?personne={known.person_id}", data={"category": "Membre actif"})
    assert "est déjà membre (no 1)" in refused.text
    assert (
        keeper.post(where, data={"given_name": "Jeanne", "family_name": "Exemple", "confirmed": "1"}).status_code == 302
    )
    assert len(session.scalars(select(Member)).all()) == 2


def test_an_organisation_is_a_member_and_somebody_speaks_for_it(
    session: Session, keeper: FlaskClient, committee: Body
) -> None:
    where = f"/membres/{committee.id}/ajouter?organisation=1"
    data = {"organisation": "École fictive des Tilleuls", "category": "Association ou entreprise"}
    keeper.post(where, data=data | {"given_name": "Dominique", "family_name": "Essai"})
    page = keeper.get(f"/membres/{committee.id}?q=tilleuls").text
    assert "École fictive des Tilleuls" in page
    assert "Dominique Essai" in page
    assert [one.name for one in voters(session, committee.id, date(2099, 1, 1))] == ["École fictive des Tilleuls"]


def test_the_list_is_paged_by_name_searched_and_filtered(
    session: Session, keeper: FlaskClient, committee: Body
) -> None:
    for number in range(30):
        enrol(session, committee, "Ana", f"Essai{number:02d}")
    enrol(session, committee, "Zoé", "Partie", until="2024")
    first = keeper.get(f"/membres/{committee.id}")
    following = re.search(r'href="([^"]*apres=[^"]*)"', first.text)
    assert following is not None
    second = keeper.get(following[1].replace("&amp;", "&")).text
    assert ("Essai24" in first.text, "Essai25" in first.text) == (True, False)
    assert ("Essai24" in second, "Essai29" in second) == (False, True)
    assert "Zoé" not in first.text + second
    assert "Zoé Partie" in keeper.get(f"/membres/{committee.id}?situation=left").text
    found = keeper.get(f"/membres/{committee.id}?q=essai07").text
    assert ("Essai07" in found, "Essai08" in found) == (True, False)


@pytest.mark.parametrize("since", ["2099", "0001", "12/2098"])
def test_a_beginning_that_cannot_be_is_asked_again(keeper: FlaskClient, committee: Body, since: str) -> None:
    data = {"given_name": "Jean", "family_name": "Essai", "since": since, "status": "active"}
    told = keeper.post(f"/membres/{committee.id}/ajouter", data=data)
    assert (told.status_code, "vérifiez l’année" in told.text) == (422, True)


def test_somebody_leaves_and_comes_back(session: Session, keeper: FlaskClient, committee: Body) -> None:
    member = enrol(session, committee, since="2020-05-01")
    where = f"/membres/fiche/{member.id}"
    early = keeper.post(f"{where}/depart", data={"until": "2019", "why": "resigned", "revision": "1"})
    assert "est avant l’entrée" in early.text
    keeper.post(f"{where}/depart", data={"until": "31/12/2025", "why": "moved", "revision": "1"})
    assert "Déménagement" in keeper.get(where).text
    assert voters(session, committee.id, date(2026, 1, 1)) == []
    assert len(voters(session, committee.id, date(2025, 12, 31))) == 1
    keeper.post(f"{where}/retour")
    assert len(voters(session, committee.id, date(2026, 1, 1))) == 1


def test_who_leaves_is_said_with_what_still_counts_on_them_and_the_dead_hold_no_office(
    session: Session, keeper: FlaskClient, committee: Body
) -> None:
    member = enrol(session, committee, "Noé", "Essai")
    guest = make_stay(session, enrol(session, committee, "Lou", "Hôte")).travellers[0]
    guest.host_family_id = make_host(session, member).id
    office = make_mandate(session, committee, member.person, Function.TREASURER, since="2026-01-15")
    session.commit()
    where = f"/membres/fiche/{member.id}"
    before = keeper.get(f"{where}/depart").text
    assert f"/organismes/mandats/{office.id}/terminer" in before
    assert "Loge Lou Hôte" in before
    data = {"until": "2099", "why": "deceased", "revision": "1"}
    assert "vérifiez la date du décès" in keeper.post(f"{where}/depart", data=data).text
    keeper.post(f"{where}/depart", data=data | {"until": "20/05/2026"})
    session.expire_all()
    assert (office.until.text, office.closed_by) == ("2026-05-20", "décès")
    gone = keeper.get(where).text
    assert "on compte encore sur elle" in gone
    assert f"/membres/accueil/voyageur/{guest.id}" in gone
    assert f"/organismes/mandats/{office.id}/terminer" not in gone


def test_two_people_who_correct_the_same_record_see_both_texts(
    session: Session, keeper: FlaskClient, committee: Body
) -> None:
    member = enrol(session, committee, "Jean", "Essai", household=make_household(session, committee))
    where = f"/membres/fiche/{member.id}/modifier"
    data = {"given_name": "Jean", "family_name": "Essai", "category": "Membre actif", "status": "active"}
    data |= {"revision": "1", "person_revision": "1", "since": "2020"}
    assert keeper.post(where, data=data | {"town": "Ville-Une"}).status_code == 302
    late = keeper.post(where, data=data | {"town": "Ville-Autre"})
    assert late.status_code == 409
    assert "Ville-Une" in late.text
    assert "Ville-Autre" in late.text


def test_voters_are_members_of_a_voting_category_neither_suspended_nor_gone(session: Session, committee: Body) -> None:
    jean = enrol(session, committee, "Jean")
    enrol(session, committee, "Suspendu", status="suspended")
    enrol(session, committee, "Demande", status="applicant")
    enrol(session, committee, "Honneur", category=make_category(session, committee, "Honneur", is_voting=False))
    enrol(session, committee, "Futur", since="2027-01-01")
    [voter] = voters(session, committee.id, date(2026, 6, 1))
    assert (voter.member_id, voter.name, voter.is_paid_up) == (jean.id, "Jean Essai", None)
    make_period(session, committee, 2026)
    assert [one.is_paid_up for one in voters(session, committee.id, date(2026, 6, 1))] == [False]


def test_the_list_belongs_to_the_committee_alone(session: Session, sign_in: SignIn) -> None:
    town = make_body(session, "Exempleville")
    committee = make_committee(session, town)
    partner = make_body(session, "Musterstadt", BodyKind.FOREIGN_AUTHORITY, country="DE")
    make_twinning(session, [town, committee], partner)
    member = enrol(session, committee, "Jeanne", "Secrète", email="jeanne@exemple.fr")
    pages = {"list": f"/membres/{committee.id}", "figures": f"/membres/{committee.id}/nombres"}
    pages |= {"record": f"/membres/fiche/{member.id}", "add": f"/membres/{committee.id}/ajouter"}
    told = {}
    for body, role in (
        (committee, Role.PRESIDENT),
        (committee, Role.TREASURER),
        (committee, Role.COORDINATOR),
        (committee, Role.MEMBER),
        (town, Role.MAYOR),
        (partner, Role.COORDINATOR),
        (make_body(session, "Ailleurs"), Role.CLERK),
    ):
        client = sign_in(make_member(session, body, role))
        told[body.name, role.value] = [client.get(page).status_code for page in pages.values()]
        if role == Role.MAYOR:
            assert "Solana" in client.get(pages["list"]).text
            assert "Secrète" not in client.get(pages["figures"]).text
    assert told == {
        (committee.name, "presidente"): [200, 200, 200, 200],
        (committee.name, "tresorier"): [200, 200, 200, 200],
        (committee.name, "coordinatrice"): [403, 200, 404, 403],
        (committee.name, "membre"): [403, 200, 404, 403],
        ("Exempleville", "maire"): [403, 200, 404, 403],
        ("Musterstadt", "coordinatrice"): [404, 404, 404, 404],
        ("Ailleurs", "secretaire_de_mairie"): [404, 404, 404, 404],
    }


def test_a_member_sees_the_own_record_and_no_other(session: Session, sign_in: SignIn, committee: Body) -> None:
    mine, other = enrol(session, committee, "Jeanne"), enrol(session, committee, "Autre")
    client = sign_in(make_member(session, committee, Role.MEMBER, person_id=mine.person_id))
    assert "Ma fiche" in client.get("/membres/").text
    page = client.get(f"/membres/fiche/{mine.id}").text
    assert "ce que le comité sait de vous" in page
    assert "Modifier la fiche" not in page
    assert client.get(f"/membres/fiche/{mine.id}/modifier").status_code == 403
    assert client.get(f"/membres/fiche/{other.id}").status_code == 404


def test_the_list_of_a_regie_is_kept_by_its_commune(session: Session, sign_in: SignIn) -> None:
    town = make_body(session, "Exempleville")
    regie = make_body(session, "Service des jumelages", BodyKind.COMMITTEE_SERVICE, parent_id=town.id)
    client = sign_in(make_member(session, town, Role.CLERK))
    assert "Personne n’adhère à une régie" in client.get(f"/organismes/{regie.id}").text
    assert client.post(f"/membres/{regie.id}/ajouter", data={"family_name": "Essai"}).status_code == 302
    assert "Personne n’adhère" not in client.get(f"/organismes/{regie.id}").text
    assert "Essai" in client.get(f"/membres/{regie.id}").text


def test_of_somebody_who_died_the_record_says_so_and_offers_no_return(
    session: Session, keeper: FlaskClient, committee: Body
) -> None:
    member = enrol(session, committee, "Jeanne", "Fictive", until="2026-01-20", leaving="deceased")
    page = as_read(keeper.get(f"/membres/fiche/{member.id}").text)
    assert "décédé·e le 20 janvier 2026" in page
    assert "parti·e" not in page
    assert "Revient" not in page
    assert "Le décès était noté par erreur" in page
    rows = as_read(keeper.get(f"/membres/{committee.id}?situation=left").text)
    assert "Jeanne Fictive décédé·e" in rows


def test_hours_of_who_died_or_left_lately_are_noted_under_their_own_name_and_only_who_gave_hours_is_a_volunteer(
    session: Session, keeper: FlaskClient, committee: Body
) -> None:
    today = clock.today()
    died = enrol(session, committee, "Jeanne", "Fictive", until=f"{today.year}-01-20", leaving="deceased")
    enrol(session, committee, "Paule", "Ancienne", until="2019-01-20")
    lender = enrol(session, committee, "Paul", "Martin")
    where = f"/membres/{committee.id}/benevolat"
    page = as_read(keeper.get(where).text)
    assert "Jeanne Fictive" in page
    assert "Paule Ancienne" not in page
    day = f"05/01/{today.year}"
    for data in (
        {"member": str(died.id), "what": "Repas", "hours": "3"},
        {"member": str(lender.id), "what": "Minibus", "value": "80", "basis": "location"},
        {"giver": "Une voisine", "what": "Repas", "hours": "2"},
        {"giver": "Une entreprise", "what": "Tables", "value": "50", "basis": "location"},
    ):
        assert keeper.post(where, data={**data, "given_on": day}).status_code == 302
    (total,) = yearly_totals(session, committee.id)
    assert (total.hours, total.value, total.givers) == (5, 130, 2)
