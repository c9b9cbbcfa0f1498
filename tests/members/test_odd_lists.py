"""Cells that name nobody, a town hall among people, capitals that are odd: nobody is invented or turned round."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from app.access.roles import Role
from app.members.models import Member
from app.members.restored import address_apart
from app.people.couples import read_names
from tests.factories.accounts import make_member
from tests.factories.members import make_committee
from tests.support.pages import as_read

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.testing import FlaskClient
    from sqlalchemy.orm import Session

    from app.accounts.models import Account
    from app.bodies.models import Body

    SignIn = Callable[[Account], FlaskClient]

ODD = (
    "NOM Prénom;Conjoint;CP – Localité;Tél. fixe / portable",
    "MEYER-SCHMITT Ève;†;68230 Turckheim;03 00 00 00 01 / 06 00 00 00 01",
    "d’ARTAGNAN Ulysse;veuf;68230;",
    "GROß Änne & LE GOFF Maëlys;-;;",
    "REY Luc;née KŒNIG Aurélie;;",
    "NOËL Zoé;Jean (décédé);;",
    "Mairie de Turckheim;néant;;",
    "SCI Les Tilleuls;;;",
    "Petit Jean;;;",
    "FEU Marc †;;;",
)


def test_nobody_is_invented_and_every_name_stands_in_its_place(session: Session, sign_in: SignIn) -> None:
    committee = make_committee(session)
    keeper = sign_in(make_member(session, committee, Role.SECRETARY))
    content = "\r\n".join(ODD).encode("utf-8")
    sent = keeper.post(f"/membres/{committee.id}/importer", data={"list": (io.BytesIO(content), "membres.csv")})
    told = keeper.get(sent.location).text
    for sentence in (
        "« † » ne nomme personne à inscrire : gardé dans la remarque.",
        "« veuf » ne nomme personne",
        "« Jean (décédé) » ne nomme personne",
        "« Mairie de Turckheim » est lu comme une organisation",
        "« SCI Les Tilleuls » est lu comme une organisation",
        "lu comme Luc REY / Aurélie KŒNIG",
        "lu comme Jean Petit",
    ):
        assert sentence in told
    assert "Colonnes qui ne sont pas lues" not in told
    done = keeper.post(sent.location, data={"do": "import", "together": "1"})
    assert done.status_code == 302, done.text
    session.expire_all()
    found = {one.name: one for one in session.scalars(select(Member))}
    assert set(found) == {
        "Ève MEYER-SCHMITT",
        "Ulysse d’ARTAGNAN",
        "Änne GROß",
        "Maëlys LE GOFF",
        "Luc REY",
        "Aurélie KŒNIG",
        "Zoé NOËL",
        "Mairie de Turckheim",
        "SCI Les Tilleuls",
        "Jean Petit",
    }
    hall, ulysse = found["Mairie de Turckheim"], found["Ulysse d’ARTAGNAN"]
    assert (hall.person_id, hall.category.name) == (None, "Association ou entreprise")
    assert ulysse.person is not None
    assert (ulysse.person.given_name, ulysse.person.family_name) == ("Ulysse", "d’ARTAGNAN")
    assert (ulysse.household.postcode, ulysse.household.town) == ("68230", "")
    assert found["Ève MEYER-SCHMITT"].household.town == "Turckheim"
    assert "Seconde personne du foyer : †" in found["Ève MEYER-SCHMITT"].note
    assert "Jean (décédé)" in found["Zoé NOËL"].note


@pytest.mark.parametrize(
    ("address", "parts"),
    [
        ("6 place Turenne, 68230 Turckheim", ("6 place Turenne", "68230", "Turckheim")),
        ("5 rue C - 59390 Lys-lez-Lannoy", ("5 rue C", "59390", "Lys-lez-Lannoy")),
        ("6 place Turenne", ("6 place Turenne", "", "")),
    ],
)
def test_an_address_on_one_line_gives_its_town(address: str, parts: tuple[str, str, str]) -> None:
    assert address_apart(address) == parts


def test_a_family_name_in_capitals_or_a_surname_like_a_house_stays_a_person() -> None:
    for whole, name in (("VILLE Jean", ("Jean", "VILLE")), ("McDONALD Ann", ("Ann", "McDONALD"))):
        (one,) = read_names("", "", "", whole).people
        assert (one.given_name, one.family_name) == name


@pytest.mark.parametrize(
    ("family", "people"),
    [
        ("DUPONT Luc et MARTIN Anne", [("Luc", "DUPONT"), ("Anne", "MARTIN")]),
        ("M. DUPONT Luc et Mme MARTIN Anne", [("Luc", "DUPONT"), ("Anne", "MARTIN")]),
        ("DUPONT Marie-Claude", [("Marie-Claude", "DUPONT")]),
        ("VON DER LEYEN Hans-Georg", [("Hans-Georg", "VON DER LEYEN")]),
        ("VAN DER Meersch", [("", "VAN DER Meersch")]),
        ("de LA TOUR", [("", "de LA TOUR")]),
        ("McDONALD", [("", "McDONALD")]),
        ("DUPONT et MARTIN", [("", "DUPONT"), ("", "MARTIN")]),
    ],
)
def test_a_column_of_family_names_that_holds_whole_names_is_read_as_its_capitals_tell(
    family: str, people: list[tuple[str, str]]
) -> None:
    line = read_names("", "", family)
    assert [(one.given_name, one.family_name) for one in line.people] == people
    if any(given for given, _family in people):
        assert line.is_guessed, "a human is asked"


def test_somebody_whom_a_list_names_twice_keeps_what_the_second_line_says_more(
    session: Session, keeper: FlaskClient, committee: Body
) -> None:
    content = (
        "Nom;Prénom;Adresse;CP;Ville;Courriel;Tél;Date d'adhésion\n"
        "D’HAENE;Élise;;59390;Toufflers;elise@exemple..fr;03 20 00 00 00;\n"
        "D’Haene;Elise;2 rue Neuve;59390;Toufflers;elise@exemple.fr;06 00 00 00 00;01/09/2022\n"
    )
    sent = keeper.post(
        f"/membres/{committee.id}/importer", data={"list": (io.BytesIO(content.encode()), "liste.csv")}
    ).location
    told = as_read(keeper.get(sent).text)
    assert "déjà à la ligne 2 ; ce qui y manquait est repris d’ici" in told
    assert "ce qui diffère est gardé dans la remarque : Téléphone" in told
    keeper.post(sent, data={"do": "import", "together": "1"})
    (elise,) = session.scalars(select(Member))
    assert (elise.email, elise.household.street, elise.since.text) == ("elise@exemple.fr", "2 rue Neuve", "2022-09-01")
    assert elise.phone == "03 20 00 00 00"
    assert "06 00 00 00 00" in elise.note


@pytest.mark.parametrize(
    ("cells", "people"),
    [
        (("Mme Vve", "Rose", "TESTA"), [("Mme Vve", "Rose", "TESTA")]),
        (("Mme veuve", "Rose", "TESTA"), [("Mme veuve", "Rose", "TESTA")]),
        (("Mme Dr", "Lucie", "TESTH"), [("Mme Dr", "Lucie", "TESTH")]),
        (("M. Dr", "Luc", "TESTH"), [("M. Dr", "Luc", "TESTH")]),
        (("M. le Maire", "Paul", "TESTE"), [("M. le Maire", "Paul", "TESTE")]),
        (("Mme la Présidente", "Anne", "TESTE"), [("Mme la Présidente", "Anne", "TESTE")]),
        (("Mlle Mme", "Anne", "TESTE"), [("Mlle Mme", "Anne", "TESTE")]),
        (("M.", "Jean", "M. DUPONT"), [("M.", "Jean", "DUPONT")]),
        (("M.", "Hugues", "DE LA TOUR ET TAXIS"), [("M.", "Hugues", "DE LA TOUR ET TAXIS")]),
        (("", "", "", "M. le Maire Paul TESTE"), [("M. le Maire", "Paul", "TESTE")]),
        (("", "", "", "M. LE MAIRE Jean"), [("M.", "Jean", "LE MAIRE")]),
        (("M. Mme", "Jean et Marie", "REY"), [("M.", "Jean", "REY"), ("Mme", "Marie", "REY")]),
        (("M. le Maire et Mme", "Paul et Anne", "REY"), [("M. le Maire", "Paul", "REY"), ("Mme", "Anne", "REY")]),
        (("Comte et Comtesse", "Jean et Anne", "REY"), [("Comte", "Jean", "REY"), ("Comtesse", "Anne", "REY")]),
        (("", "M. Jean et Mme Anne", "REY"), [("M.", "Jean", "REY"), ("Mme", "Anne", "REY")]),
    ],
)
def test_nobody_is_born_of_a_title(cells: tuple[str, ...], people: list[tuple[str, ...]]) -> None:
    assert [(one.title, one.given_name, one.family_name) for one in read_names(*cells).people] == people
