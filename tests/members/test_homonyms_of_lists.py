"""Two people of one name on a list stay two, whoever says it: the list, the records, or the person who brings it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from app.members.models import Member
from tests.factories.members import enrol, make_household
from tests.members.test_real_lists import Sent
from tests.support.pages import as_read

if TYPE_CHECKING:
    from flask.testing import FlaskClient
    from sqlalchemy.orm import Session

    from app.bodies.models import Body

HEADINGS = "Civilité;Nom;Prénom;Né(e) le;Adresse;CP;Ville;E-mail;Membre depuis;Observations"
FATHER = "M.;HOMO;Jean;01/01/1950;20 rue H;59390;T;homo@exemple.fr;{since};"
SON = "M.;HOMO;Jean;01/01/1980;20 rue H;59390;T;homo@exemple.fr;{since};le fils"


def members(session: Session) -> list[Member]:
    session.expire_all()
    return list(session.scalars(select(Member).order_by(Member.id)))


def told_of(member: Member) -> tuple[str, str, str]:
    assert member.person is not None
    return member.person.title, member.since.text if member.since else "", member.note


@pytest.mark.parametrize(("first", "second"), [("2001", "2015"), ("2001", "2001"), ("", "")])
def test_a_father_and_his_son_of_one_name_and_address_are_two_and_stay_two(
    session: Session, keeper: FlaskClient, committee: Body, first: str, second: str
) -> None:
    lines = HEADINGS, FATHER.format(since=first), SON.format(since=second)
    sent = Sent(keeper, committee, *lines)
    told = as_read(sent.text)
    assert "Membres à inscrire : 2. Déjà là : 0. Lignes laissées de côté : 0." in told
    assert "Ligne 3 : Jean HOMO, comme la ligne 2" in told
    assert "Date de naissance : 1er janvier 1980, et non 1er janvier 1950" in told
    sent.bring_in()
    father, son = members(session)
    assert told_of(father) == ("M.", first, "Date de naissance : 01/01/1950")
    assert told_of(son) == ("M.", second, "le fils\nDate de naissance : 01/01/1980")
    assert father.household_id == son.household_id
    for again in (lines, (lines[0], lines[2], lines[1])):
        told = as_read(Sent(keeper, committee, *again).text)
        assert "Membres à inscrire : 0. Déjà là : 2. Lignes laissées de côté : 0." in told
        assert "Une personne ou deux" not in told


def test_a_title_that_contradicts_makes_two_people_and_either_choice_may_be_made(
    session: Session, keeper: FlaskClient, committee: Body
) -> None:
    lines = (
        HEADINGS,
        "M.;LE GOFF;Yann;;;;;;;",
        "Mme;LE GOFF;Yann;;3 rue du Port;29200;BREST;;;homonyme ? non, c’est Mme",
        ";LE GOFF;Yann;12/04/1970;;;;;2019;le jeudi",
    )
    sent = Sent(keeper, committee, *lines)
    told = as_read(sent.text)
    assert "Civilité : Mme, et non M." in told
    assert "Membres à inscrire : 2. Déjà là : 0. Lignes laissées de côté : 1." in told
    assert "Membres à inscrire : 3." in as_read(sent.again(**{"alike:4": "two"}))
    assert "Membres à inscrire : 1." in as_read(sent.again(**{"alike:3": "one"}))
    sent.bring_in(**{"alike:3": "one"})
    (only,) = members(session)
    title, since, note = told_of(only)
    assert (title, since) == ("M.", "2019")
    for kept in ("Civilité : Mme", "homonyme ? non", "Date de naissance : 12/04/1970", "le jeudi"):
        assert kept in note, "nothing of the lines that are the same person is dropped"


def test_what_a_couple_listed_twice_says_the_second_time_is_kept(
    session: Session, keeper: FlaskClient, committee: Body
) -> None:
    heading = "Nom;Adresse;Tél;Catégorie;Remarque"
    couple = "M. et Mme DUPONT Jean et Marie;1 rue A;{phone};{category};{note}"
    sent = Sent(
        keeper,
        committee,
        heading,
        couple.format(phone="0320000001", category="Membre actif", note=""),
        couple.format(phone="0320000002", category="Membre d’honneur", note="le jeudi"),
    )
    assert "gardé dans la remarque : Téléphone et Catégorie" in as_read(sent.text)
    sent.bring_in()
    assert {one.note for one in members(session)} == {"Téléphone : 0320000002\nCatégorie : Membre d’honneur\nle jeudi"}


def test_who_bears_the_name_of_a_member_and_contradicts_the_record_comes_in_beside_them(
    session: Session, keeper: FlaskClient, committee: Body
) -> None:
    Sent(keeper, committee, HEADINGS, FATHER.format(since="")).bring_in()
    (father,) = members(session)
    sent = Sent(keeper, committee, HEADINGS, SON.format(since="").replace("M.;", "Mme;"))
    told = as_read(sent.text)
    assert f"Ligne 2 : Jean HOMO, comme le membre no {father.number}" in told
    assert "Civilité : Mme, et non M." in told
    assert "Membres à inscrire : 1." in told
    assert "Membres à inscrire : 0. Déjà là : 1." in as_read(sent.again(**{"alike-member:2": "one"}))
    sent.bring_in()
    assert len(members(session)) == 2


def test_a_day_of_entry_that_only_the_list_or_the_record_was_corrected_in_waits_for_an_answer(
    session: Session, keeper: FlaskClient, committee: Body
) -> None:
    home = make_household(session, committee, street="20 rue H", postcode="59390", town="T")
    enrol(session, committee, "Jean", "HOMO", email="homo@exemple.fr", household=home, since="2001")
    sent = Sent(keeper, committee, HEADINGS, SON.format(since="2015"))
    told = as_read(sent.text)
    assert "Membres à inscrire : 0. Déjà là : 0. Lignes laissées de côté : 1." in told
    assert "dont la fiche dit autre chose (Membre depuis : 2015, et non 2001)" in told
    assert "Membres à inscrire : 0. Déjà là : 1." in as_read(sent.again(**{"alike-member:2": "one"}))
    sent.bring_in(**{"alike-member:2": "two"})
    assert [told_of(one)[1] for one in members(session)] == ["2001", "2015"]


def test_a_member_has_one_line_of_the_list_and_the_other_of_that_name_comes_in(
    session: Session, keeper: FlaskClient, committee: Body
) -> None:
    enrol(session, committee, "Jean", "HOMO", email="homo@exemple.fr", since="2001")
    sent = Sent(keeper, committee, HEADINGS, SON.format(since="2015"), FATHER.format(since="2001"))
    assert "Membres à inscrire : 1. Déjà là : 1." in as_read(sent.text)
    sent.bring_in()
    assert [told_of(one)[1] for one in members(session)] == ["2001", "2015"]


def test_somebody_joined_otherwise_waits_until_one_says_whether_it_is_the_member(
    session: Session, keeper: FlaskClient, committee: Body
) -> None:
    home = make_household(session, committee, street="9 rue Neuve", postcode="59000", town="Lille")
    enrol(session, committee, "Jean", "HOMO", household=home)
    sent = Sent(keeper, committee, "Nom;Prénom;Adresse;Ville;Tél", "HOMO;Jean;20 rue H;Toufflers;0320000001")
    assert "Lignes laissées de côté : 1" in as_read(sent.text)
    assert "Membres à inscrire : 1." in as_read(sent.again(**{"alike-member:2": "two"}))
    sent.bring_in(**{"alike-member:2": "one", "update": "1"})
    (member,) = members(session)
    assert member.household is not None
    assert (member.household.street, member.phone) == ("20 rue H", "0320000001")


def test_a_column_of_the_year_that_contradicts_every_record_doubles_nobody(
    session: Session, keeper: FlaskClient, committee: Body
) -> None:
    for name in ("Ada", "Bea", "Cleo"):
        enrol(session, committee, name, "FICTIF", since="2019")
    lines = [f"FICTIF;{name};05/01/2025" for name in ("Ada", "Bea", "Cleo")]
    told = as_read(Sent(keeper, committee, "Nom;Prénom;Date d’adhésion", *lines).text)
    assert "Membres à inscrire : 0. Déjà là : 3." in told
    assert "ces dates ne distinguent personne" in told


def test_what_a_page_only_proposed_binds_nobody_once_another_column_is_read(
    session: Session, keeper: FlaskClient, committee: Body
) -> None:
    sent = Sent(keeper, committee, "Nom;Prénom;Autre", "HOMO;Jean;01/01/1950", "HOMO;Jean;01/01/1980")
    assert "Membres à inscrire : 1." in as_read(sent.text)
    proposed = {"alike:3": "one", "usual-alike:3": "one"}
    assert "Membres à inscrire : 2." in as_read(sent.again(**{"column-2": "born", **proposed}))
    assert "Membres à inscrire : 1." in as_read(sent.again(**{"column-2": "born", **proposed, "usual-alike:3": "two"}))
    assert not members(session)


def test_two_lines_that_say_the_same_of_a_member_may_be_two_people(
    session: Session, keeper: FlaskClient, committee: Body
) -> None:
    enrol(session, committee, "Jean", "HOMO", email="homo@exemple.fr")
    line = "HOMO;Jean;homo@exemple.fr"
    sent = Sent(keeper, committee, "Nom;Prénom;E-mail", line, line)
    assert "Membres à inscrire : 0. Déjà là : 1. Lignes laissées de côté : 1." in as_read(sent.text)
    assert "Membres à inscrire : 1. Déjà là : 1." in as_read(sent.again(**{"alike:3": "two"}))
    sent.bring_in(**{"alike:3": "two"})
    assert len(members(session)) == 2
    again = Sent(keeper, committee, "Nom;Prénom;E-mail", line, line)
    assert "Membres à inscrire : 0. Déjà là : 2. Lignes laissées de côté : 0." in as_read(again.text)


def test_an_association_of_the_same_name_elsewhere_is_not_taken_for_the_member(
    session: Session, keeper: FlaskClient, committee: Body
) -> None:
    lines = "Organisation;Adresse;CP;Ville", "Amicale laïque;1 rue A;59390;Toufflers"
    Sent(keeper, committee, *lines).bring_in()
    assert "Déjà là : 1." in as_read(Sent(keeper, committee, *lines).text)
    sent = Sent(keeper, committee, lines[0], "Amicale laïque;9 rue B;59000;Lille")
    assert "Membres à inscrire : 0. Déjà là : 0. Lignes laissées de côté : 1." in as_read(sent.text)
    assert "Déjà là : 1." in as_read(sent.again(**{"alike-member:2": "one"}))
    sent.bring_in(**{"alike-member:2": "two"})
    assert [one.organisation for one in members(session)] == ["Amicale laïque", "Amicale laïque"]
