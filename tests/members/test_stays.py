"""Host families, stays, travellers: seen by few, papers compared with days, nothing delicate kept."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select

from app.access.roles import Role
from app.bodies.models import Body, BodyKind
from app.members.models import HostFamily, Stay, Traveller, VolunteerEntry
from app.members.services.care import clear_stay
from app.shared import clock
from app.shared.actor import Actor
from tests.factories.accounts import make_adviser, make_member
from tests.factories.bodies import make_body
from tests.factories.ceremonies import make_ceremony
from tests.factories.members import enrol, make_committee
from tests.factories.people import make_person
from tests.factories.twinnings import make_twinning
from tests.support.pages import as_read

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.testing import FlaskClient
    from sqlalchemy.orm import Session

    from app.accounts.models import Account

    SignIn = Callable[[Account], FlaskClient]

JUNE = {"starts_on": "10/06/2027", "ends_on": "14/06/2027"}


def journey(client: FlaskClient, body: Body, **more: str) -> str:
    """A journey abroad in June 2027; gives its page."""
    data = {"title": "Voyage à Semenivka", "leaves_france": "y", **JUNE, **more}
    return client.post(f"/membres/{body.id}/accueil/sejour", data=data).location


def test_a_minor_s_papers_are_asked_and_compared_with_the_days_of_the_stay(
    session: Session, keeper: FlaskClient, committee: Body
) -> None:
    page = journey(keeper, committee)
    keeper.post(f"{page}/voyageur", data={"given_name": "Lou", "family_name": "Fictif", "born_on": "01/03/2012"})
    told = keeper.get(page).text
    for paper in ("Autorisation parentale", "Cerfa 15646", "parent signataire", "identité de l’enfant", "mineur"):
        assert paper in told
    traveller = session.scalars(select(Traveller)).one()
    where = f"/membres/accueil/voyageur/{traveller.id}"
    exits = {"kind": "exit", "signed_on": "01/07/2026", "signed_by": "Claude Fictif"}
    assert "un an au plus" in keeper.post(f"{where}/papier", data=exits | {"valid_until": "02/09/2027"}).text
    assert "porte la date et le nom" in keeper.post(f"{where}/papier", data={"kind": "exit"}).text
    for kind in ("exit", "parental"):
        told = keeper.post(f"{where}/papier", data=exits | {"kind": kind, "signed_on": "01/05/2199"})
        assert "Ce jour est à venir" in told.text
    keeper.post(f"{where}/papier", data=exits)
    assert "Cerfa 15646" not in keeper.get(page).text
    keeper.post(f"{where}/papier", data={"kind": "identity", "valid_until": "11/06/2027"})
    assert "le séjour finit le" in keeper.get(page).text
    keeper.post(f"{where}/papier", data={"kind": "identity", "valid_until": "11/06/2030"})
    assert "le séjour finit le" not in keeper.get(page).text


def test_the_same_traveller_twice_is_told_but_namesakes_travel_together(
    session: Session, keeper: FlaskClient, committee: Body
) -> None:
    page = journey(keeper, committee)
    lou = {"given_name": "Lou", "family_name": "Fictif", "born_on": "01/03/2012"}
    keeper.post(f"{page}/voyageur", data=lou)
    for again in (lou, lou | {"given_name": "LOU", "born_on": ""}):
        told = keeper.post(f"{page}/voyageur", data=again)
        assert told.status_code == 422
        assert "Lou Fictif participe déjà à ce séjour" in told.text
    assert keeper.post(f"{page}/voyageur", data=lou | {"born_on": "05/06/2011"}).status_code == 302
    assert len(session.scalars(select(Traveller)).all()) == 2


def test_health_is_kept_only_with_an_agreement_and_goes_after_the_stay(
    session: Session, keeper: FlaskClient, committee: Body
) -> None:
    page = journey(keeper, committee)
    data = {"family_name": "Fictive", "health": "Allergie aux noix", "born_on": "01/03/1990"}
    refused = keeper.post(f"{page}/voyageur", data=data)
    assert refused.status_code == 422
    assert "Allergie aux noix" in refused.text
    keeper.post(f"{page}/voyageur", data=data | {"agreed": "y"})
    keeper.post(f"{page}/effacer")
    assert "n’est pas terminé" in keeper.get(page).text
    stay = session.scalars(select(Stay)).one()
    clear_stay(session, stay, by=Actor(1, "Camille"), at=datetime(2027, 7, 1, tzinfo=UTC))
    session.commit()
    traveller = session.scalars(select(Traveller)).one()
    assert (traveller.health, traveller.born_on, traveller.person.family_name) == ("", None, "Fictive")


def test_seven_minors_make_a_stay_that_is_declared(keeper: FlaskClient, committee: Body) -> None:
    page = journey(keeper, committee)
    for number in range(7):
        data = {"given_name": f"Enfant {number}", "family_name": "Fictif", "born_on": "01/03/2013"}
        keeper.post(f"{page}/voyageur", data=data)
        assert ("R227-1" in keeper.get(page).text) is (number == 6)


def test_a_child_of_a_journey_is_not_offered_among_those_who_take_office(
    session: Session, keeper: FlaskClient, committee: Body
) -> None:
    enrol(session, committee, "Ana", "Membre")
    page = journey(keeper, committee)
    keeper.post(f"{page}/voyageur", data={"given_name": "Lou", "family_name": "Fictif", "born_on": "01/03/2012"})
    offered = keeper.get(f"/organismes/{committee.id}/mandats/nouveau").text
    assert "Ana Membre" in offered
    assert "Lou Fictif" in keeper.get(page).text
    assert "Lou Fictif" not in offered


def test_a_host_family_is_a_member_or_somebody_else_and_lodges_a_guest(
    session: Session, keeper: FlaskClient, committee: Body
) -> None:
    member = enrol(session, committee, "Ana", "Accueillante")
    where = f"/membres/{committee.id}/accueil"
    assert "n’est pas un nombre" in keeper.post(f"{where}/famille", data={"member": member.id, "beds": "deux"}).text
    keeper.post(
        f"{where}/famille", data={"member": member.id, "beds": "2", "takes_minors": "non", "languages": "anglais"}
    )
    family = session.scalars(select(HostFamily)).one()
    assert (family.person_id, family.beds, family.takes_minors, family.languages) == (
        member.person_id,
        2,
        False,
        ["en"],
    )
    page = journey(keeper, committee, leaves_france="")
    guest = {
        "given_name": "Olena",
        "family_name": "Pryklad",
        "is_guest": "y",
        "born_on": "01/03/2012",
        "host": family.id,
    }
    keeper.post(f"{page}/voyageur", data=guest)
    told = keeper.get(page).text
    assert "Ana Accueillante" in told
    assert "Ana Accueillante n’accepte pas de mineurs, d’après sa fiche" in told
    for number, name in ((2, "Taras"), (3, "Oksana")):
        keeper.post(f"{page}/voyageur", data=guest | {"given_name": name, "born_on": ""})
        crowded = "Plus de personnes que de lits : Ana Accueillante (3 / 2)"
        assert (crowded in keeper.get(page).text) is (number == 3)
    late = keeper.post(f"/membres/accueil/famille/{family.id}", data={"address": "Ailleurs", "revision": "9"})
    assert late.status_code == 409
    assert "enregistré une modification" in late.text


def test_travellers_and_host_families_are_seen_by_few(session: Session, sign_in: SignIn) -> None:
    town = make_body(session, "Exempleville")
    committee = make_committee(session, town)
    page = journey(sign_in(make_member(session, committee, Role.PRESIDENT)), committee)
    told = {}
    for body, role in (
        (committee, Role.COORDINATOR),
        (committee, Role.SECRETARY),
        (committee, Role.TREASURER),
        (committee, Role.MEMBER),
        (town, Role.CLERK),
    ):
        client = sign_in(make_member(session, body, role))
        told[role.value] = [client.get(one).status_code for one in (f"/membres/{committee.id}/accueil", page)]
    assert told == {
        "coordinatrice": [200, 200],
        "secretaire": [200, 200],
        "tresorier": [403, 404],
        "membre": [403, 404],
        "secretaire_de_mairie": [403, 404],
    }


def test_names_of_guests_and_hosts_are_neither_listed_found_nor_opened_by_who_does_not_place_them(
    session: Session, sign_in: SignIn, committee: Body
) -> None:
    keeper = sign_in(make_member(session, committee, Role.PRESIDENT))
    page = journey(keeper, committee)
    child = {"given_name": "Mykola", "family_name": "Pryklad", "is_guest": "y", "born_on": "01/03/2014"}
    keeper.post(f"{page}/voyageur", data=child)
    family = {"member": "", "given_name": "Rose", "family_name": "Hotesse"}
    keeper.post(f"/membres/{committee.id}/accueil/famille", data=family)
    guest, host = session.scalars(select(Traveller)).one().person, session.scalars(select(HostFamily)).one().person
    assert "Mykola Pryklad" in keeper.get("/recherche?q=Mykola").text
    others = [make_member(session, committee, role) for role in (Role.READER, Role.MEMBER, Role.TREASURER)]
    for account in (*others, make_adviser(session, committee), make_member(session, committee.parent, Role.CLERK)):
        somebody = sign_in(account)
        listed = somebody.get("/personnes/").text
        assert "Pryklad" not in listed
        assert "Hotesse" not in listed
        for person, word in ((guest, "Mykola"), (host, "Hotesse")):
            assert f"/personnes/{person.id}" not in somebody.get(f"/recherche?q={word}").text
            for path in ("", "/modifier", "/reunir"):
                assert somebody.get(f"/personnes/{person.id}{path}").status_code == 404
    coordinator = sign_in(make_member(session, committee, Role.COORDINATOR))
    assert coordinator.get(f"/personnes/{guest.id}").status_code == 200
    for path in ("corbeille", "restaurer"):
        assert coordinator.post(f"/personnes/{guest.id}/{path}").status_code == 302
    journal = as_read(sign_in(others[0]).get(f"/organismes/{committee.id}/journal").text)
    assert "a mis une fiche du carnet de personnes à la corbeille" in journal
    assert "Pryklad" not in journal


def test_a_member_who_lodges_guests_stays_a_member_to_who_keeps_the_list(
    session: Session, sign_in: SignIn, keeper: FlaskClient, committee: Body
) -> None:
    member = enrol(session, committee, "Ana", "Accueillante")
    keeper.post(f"/membres/{committee.id}/accueil/famille", data={"member": member.id, "beds": "2"})
    treasurer = sign_in(make_member(session, committee, Role.TREASURER))
    assert "Accueillante" in treasurer.get("/personnes/").text
    assert treasurer.get(f"/personnes/{member.person_id}/modifier").status_code == 200


def test_an_adviser_finds_only_whom_they_may_open(session: Session, sign_in: SignIn, committee: Body) -> None:
    simple = make_person(session, given_name="Denis", family_name="Esquisse", kept_by_body_id=committee.id)
    session.commit()
    adviser = sign_in(make_adviser(session, committee))
    assert adviser.get(f"/personnes/{simple.id}").status_code == 404
    assert f"/personnes/{simple.id}" not in adviser.get("/recherche?q=Esquisse").text


def test_what_volunteers_give_is_added_up_by_year(session: Session, keeper: FlaskClient, committee: Body) -> None:
    member = enrol(session, committee)
    where = f"/membres/{committee.id}/benevolat"
    data = {"member": str(member.id), "what": "Repas", "given_on": "10/06/2026"}
    assert "des heures, une valeur" in keeper.post(where, data=data).text
    keeper.post(where, data=data | {"hours": "7,5"})
    keeper.post(where, data={"giver": "Garage fictif", "what": "Minibus", "given_on": "11/06/2026", "value": "250"})
    page = keeper.get(where).text
    assert "7,5" in page
    assert "250 €" in page
    entry = session.scalars(select(VolunteerEntry).order_by(VolunteerEntry.id)).first()
    keeper.post(f"{where}/{entry.id}/corbeille")
    assert "7,5" not in keeper.get(where).text
    for hours in ("3h30", "3:30"):
        told = keeper.post(where, data=data | {"hours": hours})
        assert ("déjà noté ce jour-là" in told.text) is (hours == "3:30")
    assert "3,5" in keeper.get(where).text
    assert entry.given_on == date(2026, 6, 10)


def test_a_stay_may_be_for_a_ceremony_of_the_twinning(
    session: Session, keeper: FlaskClient, sign_in: SignIn, committee: Body
) -> None:
    ceremony = make_ceremony(session, make_twinning(session, committee, make_body(session, "Semenivka")))
    form = keeper.get(f"/membres/{committee.id}/accueil/sejour").text
    assert f"ceremony:{ceremony.id}" in form
    page = journey(keeper, committee, occasion=f"ceremony:{ceremony.id}")
    assert session.scalars(select(Stay.occasion)).one() == f"ceremony:{ceremony.id}"
    assert "<dt>Pour</dt>" in keeper.get(page).text
    assert page.removeprefix("http://localhost") in keeper.get(f"/ceremonies/{ceremony.id}").text
    journey(keeper, committee, occasion="ceremony:999")
    assert session.scalars(select(Stay.occasion).order_by(Stay.id.desc())).first() == ""
    reader = sign_in(make_member(session, committee, Role.READER))
    assert "Familles d’accueil et voyageurs" not in reader.get(f"/ceremonies/{ceremony.id}").text


def test_a_place_that_a_twinning_knows_abroad_is_not_taken_for_one_in_france(
    session: Session, keeper: FlaskClient, committee: Body
) -> None:
    town = session.get_one(Body, committee.parent_id)
    make_twinning(session, town, make_body(session, "Semenivka", BodyKind.FOREIGN_AUTHORITY, country="UA"))
    session.commit()
    said = "Semenivka est hors de France (Ukraine) d’après vos jumelages : cochez « On sort de France »"
    for place, ticked, is_told in (
        ("Semenivka", "", True),
        ("Lycée de Semenivka (Poltava)", "", True),
        ("Semenivka", "y", False),
        ("Lille", "", False),
        ("", "", False),
    ):
        page = journey(keeper, committee, place=place, leaves_france=ticked)
        keeper.post(f"{page}/voyageur", data={"given_name": "Lou", "family_name": "Fictif", "born_on": "01/03/2012"})
        told = as_read(keeper.get(page).text)
        assert (said.removeprefix("Semenivka ") in told) == is_told, (place, ticked)


def test_a_stay_with_minors_says_that_the_time_to_declare_it_has_begun(keeper: FlaskClient, committee: Body) -> None:
    late = "appelez le SDJES sans attendre"
    for days, is_told in ((8, True), (60, True), (90, False)):
        begins = clock.today() + timedelta(days=days)
        page = journey(
            keeper, committee, starts_on=f"{begins:%d/%m/%Y}", ends_on=f"{begins + timedelta(days=4):%d/%m/%Y}"
        )
        for number in range(7):
            child = {"given_name": f"Lou{number}", "family_name": "Fictif", "born_on": f"01/03/{begins.year - 14}"}
            keeper.post(f"{page}/voyageur", data=child)
        told = as_read(keeper.get(page).text)
        assert "se déclare au SDJES environ deux mois avant" in told
        assert (late in told) == is_told, days
