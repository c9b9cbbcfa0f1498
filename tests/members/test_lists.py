"""Lists of members in and out: nothing lost, nobody twice, every doubt with its line."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import Workbook, load_workbook
from sqlalchemy import event, func, select

from app.access.roles import Role
from app.documents.sheets import read_sheet
from app.extensions import db
from app.members.models import FieldKind, Household, Member, MemberField
from app.people.couples import read_names
from tests.factories.accounts import make_member
from tests.factories.members import enrol, make_committee, make_consent, make_household
from tests.support.pages import as_read

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.testing import FlaskClient
    from sqlalchemy.orm import Session
    from werkzeug.test import TestResponse

    from app.accounts.models import Account
    from app.bodies.models import Body

    SignIn = Callable[[Account], FlaskClient]

OLD = (
    "Nom;Adresse;CP;Ville;Tél;Courriel;Date d'adhésion;Remarques\r\n"
    "M. et Mme DUPONT-ESSAI Jean et Hélène;3 rue de l'Église;59390;Exempleville;03 20 00 00 00;couple@exemple.fr;"
    "12/09/2004;Nœud à l’œil – « bénévole »\r\n"
    "LEFÈVRE-FICTIF Zoé;5 allée des Érables;59390;Exempleville;;;2011;\r\n"
    "Mme FICTIVE Anaïs;7 rue Été;59000;Lille;06 00 00 00 00;anais@exemple.fr / perso@exemple.fr;juin 1998;\r\n"
    ";;;;;;;\r\n"
    "Paul SANSMAIL;;;;;pas une adresse;hier;\r\n"
    ";1 rue Vide;59000;Lille;;;;\r\n"
    "<script>alert(1)</script>;;;;;;;\r\n"
    "=cmd|' /C calc'!A0;;;;;;;\r\n"
).encode("cp1252")


KEPT = {"column-0": "family", "column-1": "given", "column-3": "note", "column-4": "note"}


def send(client: FlaskClient, body: Body, content: bytes, name: str = "membres.csv", **choices: str) -> TestResponse:
    """Send a list and import all that can be; gives the page that told what was understood."""
    sent = client.post(f"/membres/{body.id}/importer", data={"list": (io.BytesIO(content), name)})
    if sent.status_code != 302:
        return sent
    told = client.get(sent.location)
    ticked = {"together": "1", "categories": "1", **choices}
    client.post(sent.location, data={"do": "import", **ticked})
    return told


def test_a_real_list_comes_in_without_loss_and_tells_every_line_it_could_not_read(
    session: Session, keeper: FlaskClient, committee: Body
) -> None:
    told = send(keeper, committee, OLD).text
    assert "cp1252" in told
    assert "Membres à inscrire : 5. Déjà là : 0. Lignes laissées de côté : 3." in told.replace("\u00a0", " ")
    assert "Aucun nom sur cette ligne" in told
    assert "n’a pas de balise" in told
    assert "formule de tableur" in told
    jean, helene, zoe, anais, paul = session.scalars(select(Member).order_by(Member.number))
    assert [one.name for one in (jean, helene, zoe)] == [
        "Jean DUPONT-ESSAI",
        "Hélène DUPONT-ESSAI",
        "Zoé LEFÈVRE-FICTIF",
    ]
    assert (jean.person.title, helene.person.title) == ("M.", "Mme")
    assert jean.household_id == helene.household_id
    assert (jean.email, helene.email, helene.phone) == ("couple@exemple.fr", "couple@exemple.fr", "03 20 00 00 00")
    assert jean.note == "Nœud à l’œil – « bénévole »"
    assert (str(jean.since.text), str(zoe.since.text), str(anais.since.text)) == ("2004-09-12", "2011", "1998-06")
    assert "perso@exemple.fr" in anais.note
    assert "pas une adresse" not in paul.email
    assert all(text in paul.note for text in ("pas une adresse", "hier"))


def test_numbers_of_a_list_stay_with_whom_it_gives_them_and_an_organisation_keeps_its_address(
    session: Session, keeper: FlaskClient, committee: Body
) -> None:
    rows = (
        "N° adhérent;Civilité;NOM;PRENOM;Adresse;Tél.;Mail",
        "12;M. et Mme;ESSAI;Hervé et Anne;4 rue des Essais;;",
        "13;Mme;FICTIVE;Zoë;7 rue des Essais;;",
        ";;Association des parents d’élèves;;école;02 98 00 00 01;ape@exemple.fr",
        "15;M.;EXEMPLE;Yves;1 rue A;;",
    )
    listed = "\r\n".join(rows)
    send(keeper, committee, listed.encode("cp1252"))
    numbers = {one.name: one for one in session.scalars(select(Member))}
    assert [numbers[one].number for one in ("Hervé ESSAI", "Zoë FICTIVE", "Yves EXEMPLE")] == [12, 13, 15]
    assert {one.number for one in numbers.values()} == {12, 13, 15, 16, 17}
    school = numbers["Association des parents d’élèves"]
    assert (school.email, school.phone) == ("ape@exemple.fr", "02 98 00 00 01")
    again = listed.replace("ape@", "parents@").encode("cp1252")
    send(keeper, committee, again, update="1")
    session.expire_all()
    assert school.email == "parents@exemple.fr"


def test_the_same_list_again_adds_nobody_and_an_edited_one_corrects_on_demand(
    session: Session, keeper: FlaskClient, committee: Body
) -> None:
    send(keeper, committee, OLD)
    again = send(keeper, committee, OLD).text
    assert "Membres à inscrire : 0. Déjà là : 4." in again.replace("\u00a0", " ")
    edited = OLD.replace(b"5 all", b"9 all")
    assert "joint autrement" in send(keeper, committee, edited).text
    zoe = session.scalars(select(Member).where(Member.number == 3)).one()
    assert zoe.household.street == "5 allée des Érables"
    moved = OLD.replace(b"06 00 00 00 00", b"06 11 11 11 11")
    sent = keeper.post(f"/membres/{committee.id}/importer", data={"list": (io.BytesIO(moved), "membres.csv")})
    choices = {"together": "1", "categories": "1", "update": "1"}
    assert "06 11 11 11 11" in keeper.post(sent.location, data=choices | {"do": "read"}).text
    keeper.post(sent.location, data=choices | {"do": "import"})
    session.expire_all()
    assert session.scalars(select(Member).where(Member.number == 4)).one().phone == "06 11 11 11 11"
    assert session.scalar(select(func.count(Member.id))) == 5


def test_an_edited_list_corrects_answers_and_tells_what_it_cannot_read_or_does_not_change(
    session: Session, keeper: FlaskClient, committee: Body
) -> None:
    beds = MemberField(body_id=committee.id, label="Lits", kind=FieldKind.NUMBER)
    session.add(beds)
    session.commit()
    for name, kept in (("Ada", "1"), ("Brice", "2"), ("Chloé", "3")):
        enrol(session, committee, name, "Fictive", answers={str(beds.id): kept})
    content = "Prénom;Nom;Catégorie;Lits\nAda;Fictive;;4\nBrice;Fictive;Membre d’honneur;deux\nChloé;Fictive;;\n"
    sent = keeper.post(f"/membres/{committee.id}/importer", data={"list": (io.BytesIO(content.encode()), "l.csv")})
    told = keeper.post(sent.location, data={"do": "read", "update": "1"}).text
    assert "« deux » n’est pas un nombre" in told
    assert "la liste dit « Membre d’honneur », la fiche « " in told
    keeper.post(sent.location, data={"do": "import", "update": "1"})
    session.expire_all()
    members = session.scalars(select(Member).order_by(Member.number))
    assert [one.answers[str(beds.id)] for one in members] == ["4", "2", "3"]


@pytest.mark.parametrize("form", ["xlsx", "ods", "csv"])
def test_what_is_exported_comes_back_as_the_same_members(
    session: Session, keeper: FlaskClient, committee: Body, form: str
) -> None:
    question = MemberField(body_id=committee.id, label="Peut héberger", kind=FieldKind.YES_NO)
    session.add(question)
    session.commit()
    home = make_household(session, committee, email="couple@exemple.fr")
    for name in ("Jean", "Hélène"):
        enrol(session, committee, name, "Dupont-Essai", household=home, answers={str(question.id): True})
    enrol(session, committee, "Jean", "Dupont-Essai", email="autre@exemple.fr", since="2004-09-12")
    enrol(session, committee, "Zoé", "Essai", email="zoe@exemple.fr", since="2024-10")
    columns = ["number", "title", "given", "family", "email", "street", "postcode", "town", "household", "category"]
    columns += ["since", f"field:{question.id}"]
    exported = keeper.post(f"/membres/{committee.id}/exporter", data={"form": form, "column": columns})
    sheet = read_sheet(exported.data, f"liste.{form}")
    assert sheet.header[:4] == ("Numéro de membre", "Civilité", "Prénom", "Nom")
    assert "Peut héberger" in sheet.header
    if form == "csv":
        assert exported.data.startswith(b"\xef\xbb\xbf")
        assert b";" in exported.data.splitlines()[0]
        assert b"12/09/2004" in exported.data
        assert b";10/2024" in exported.data
    same = send(keeper, committee, exported.data, f"liste.{form}").text
    assert "Membres à inscrire : 0. Déjà là : 4." in same.replace("\u00a0", " ")


def test_a_list_goes_to_another_committee_whole(session: Session, sign_in: SignIn, committee: Body) -> None:
    home = make_household(session, committee, email="couple@exemple.fr")
    for name in ("Jean", "Hélène"):
        enrol(session, committee, name, "Dupont-Essai", household=home, since="2004-09-12")
    client = sign_in(make_member(session, committee, Role.PRESIDENT))
    exported = client.post(f"/membres/{committee.id}/exporter", data={"form": "xlsx"}).data
    other = make_committee(session, name="Autre comité")
    client = sign_in(make_member(session, other, Role.PRESIDENT))
    send(client, other, exported, "liste.xlsx")
    jean, helene = session.scalars(select(Member).where(Member.body_id == other.id).order_by(Member.person_id))
    assert jean.household_id == helene.household_id
    assert {jean.name, helene.name} == {"Jean Dupont-Essai", "Hélène Dupont-Essai"}
    assert jean.since.text == "2004-09-12"
    assert session.scalar(select(func.count(Household.id)).where(Household.body_id == other.id)) == 1


def test_paheko_and_galette_get_the_columns_they_read(session: Session, keeper: FlaskClient, committee: Body) -> None:
    enrol(
        session, committee, "Jean", "Dupont-Essai", household=make_household(session, committee), email="j@exemple.fr"
    )
    enrol(session, committee, "", "", organisation="École fictive", organisation_folded="ecole fictive")
    where = f"/membres/{committee.id}/exporter"
    for form, header, cells in (
        (
            "paheko",
            ["Numéro de membre", "Nom & prénom", "Adresse E-Mail", "Adresse postale", "Code postal", "Ville"],
            ["1", "Dupont-Essai Jean", "j@exemple.fr", "3 rue de l’Essai", "59000", "Exempleville"],
        ),
        (
            "galette",
            ["nom_adh", "prenom_adh", "ddn_adh", "adresse_adh", "cp_adh", "ville_adh"],
            ["Dupont-Essai", "Jean", "", "3 rue de l’Essai", "59000", "Exempleville"],
        ),
    ):
        text = keeper.post(where, data={"form": form}).data.decode("utf-8-sig")
        first, second, *_others = csv.reader(io.StringIO(text), delimiter=";")
        assert first[:6] == header
        assert second[:6] == cells
        back = send(keeper, committee, text.encode(), f"{form}.csv").text
        assert "Membres à inscrire : 0. Déjà là : 2." in back.replace("\u00a0", " ")
    assert len(first) == 18


def test_galette_gets_a_login_for_each_an_address_once_and_what_is_noted(
    session: Session, keeper: FlaskClient, committee: Body
) -> None:
    home = make_household(session, committee, email="Fictif@exemple.fr")
    enrol(session, committee, "Ada", "Fictif", household=home)
    enrol(session, committee, "Basile", "Fictif", household=home, note="Prête\nsa camionnette")
    enrol(session, committee, "Zoé", "Sansadresse", email="fictif@exemple.fr")
    where = f"/membres/{committee.id}/exporter"
    told = as_read(keeper.get(where).text)
    assert "Une fiche n’a pas d’adresse complète (rue, code postal, commune) : Galette, tel qu’il est livré" in told
    text = keeper.post(where, data={"form": "galette"}).data.decode("utf-8-sig")
    rows = {row["prenom_adh"]: row for row in csv.DictReader(io.StringIO(text), delimiter=";")}
    assert [rows[name]["login_adh"] for name in ("Ada", "Basile", "Zoé")] == ["membre-1", "membre-2", "membre-3"]
    assert [row["email_adh"] for row in rows.values()].count("Fictif@exemple.fr") == 1
    assert not rows["Zoé"]["email_adh"]
    said = "Même adresse électronique que Ada Fictif : Fictif@exemple.fr"
    assert rows["Basile"]["info_adh"] == f"Prête / sa camionnette / {said}"
    assert rows["Zoé"]["info_adh"].endswith(": fictif@exemple.fr")


def test_hostile_and_unreadable_files_are_refused_with_a_sentence(keeper: FlaskClient, committee: Body) -> None:
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"<a>" + b"0" * 200_000_000)
        archive.writestr("[Content_Types].xml", b"<a/>")
    for content, name, said in (
        (bomb.getvalue(), "bombe.xlsx", "fichier"),
        (b"<!doctype html><html><body>Nom</body></html>", "liste.csv", "page web"),
        (b"", "vide.csv", "vide"),
        (b"%PDF-1.7", "liste.pdf", "PDF"),
    ):
        answer = send(keeper, committee, content, name)
        assert answer.status_code == 422, name
        assert said in answer.text
    assert keeper.post(f"/membres/{committee.id}/importer").status_code == 422
    assert keeper.get(f"/membres/{committee.id}/importer/inconnu").status_code == 404


def test_a_formula_in_a_workbook_is_read_as_its_value_and_never_run(
    session: Session, keeper: FlaskClient, committee: Body
) -> None:
    book = Workbook()
    book.active.append(["Nom", "Prénom", "Remarque"])
    book.active.append(["Essai", "Ana", "=1+1"])
    buffer = io.BytesIO()
    book.save(buffer)
    send(keeper, committee, buffer.getvalue(), "liste.xlsx")
    assert session.scalars(select(Member)).one().name == "Ana Essai"
    exported = keeper.post(f"/membres/{committee.id}/exporter", data={"form": "xlsx", "column": ["family", "note"]})
    cell = load_workbook(io.BytesIO(exported.data)).active["A2"]
    assert (cell.value, cell.data_type) == ("Essai", "s")


def test_somebody_who_bears_the_name_of_a_member_is_told_and_added_beside_them(
    session: Session, keeper: FlaskClient, committee: Body
) -> None:
    enrol(session, committee, "Jean", "Essai", email="jean@exemple.fr")
    told = send(keeper, committee, "Prénom;Nom;Email\nJean;Essai;autre@exemple.fr\n".encode())
    assert re.search(r"porte le même nom que le membre no 1", told.text)
    assert session.scalar(select(func.count(Member.id))) == 2


def test_a_column_that_is_not_read_is_named_and_may_go_to_the_remark(
    session: Session, keeper: FlaskClient, committee: Body
) -> None:
    content = "Nom;Prénom;Cotisation;Remarque;Observations\nFictif;Ada;15;Flûte;le jeudi\n".encode()
    sent = keeper.post(f"/membres/{committee.id}/importer", data={"list": (io.BytesIO(content), "membres.csv")})
    told = keeper.get(sent.location).text.replace("\u00a0", " ")
    assert "Colonnes qui ne sont pas lues : Cotisation." in told
    keeper.post(sent.location, data={"do": "import", "column-2": "note", **KEPT})
    assert session.scalars(select(Member)).one().note == "Cotisation : 15\nFlûte\nle jeudi"


def test_a_person_twice_in_a_list_comes_in_once_and_each_line_is_told(
    session: Session, keeper: FlaskClient, committee: Body
) -> None:
    lines = (
        "Civilité;Nom;Prénom;Adresse;CP;Ville;Courriel",
        "M. et Mme;DUPRÉ;Gérard et Françoise;12 rue de l’Église;59390;LYS;gf@exemple.fr",
        "Mme;DUPRE;Françoise;12, rue de l'Eglise;59390;Lys;",
        "M.;DUPRÉ;Gérard;9 rue Neuve;59000;Lille;autre@exemple.fr",
        "Mme et M.;DUPRÉ;Françoise et Luc;12 rue de l’Église;59390;LYS;gf@exemple.fr",
    )
    told = send(keeper, committee, "\n".join(lines).encode("cp1252")).text
    assert "déjà à la ligne 2" in told
    assert "porte le même nom que la ligne 2" in told
    assert "Françoise DUPRÉ est déjà à la ligne 2, l’autre personne non" in told
    names = sorted(one.name for one in session.scalars(select(Member)))
    assert names == ["Françoise DUPRÉ", "Gérard DUPRÉ", "Gérard DUPRÉ"]


@pytest.mark.parametrize(
    ("cells", "people"),
    [
        (("", "", "", "M. et Mme DUPONT Jean et Marie"), [("M.", "Jean", "DUPONT"), ("Mme", "Marie", "DUPONT")]),
        (("", "", "", "Jean et Marie Dupont"), [("", "Jean", "Dupont"), ("", "Marie", "Dupont")]),
        (("", "", "", "DUPONT Jean et MARTIN Marie"), [("", "Jean", "DUPONT"), ("", "Marie", "MARTIN")]),
        (("M. et Mme", "Jean et Marie", "DUPONT", ""), [("M.", "Jean", "DUPONT"), ("Mme", "Marie", "DUPONT")]),
        (("", "", "", "M. et Mme DUPONT"), [("M.", "", "DUPONT"), ("Mme", "", "DUPONT")]),
        (("", "", "", "MM. DURAND Paul et Luc"), [("M.", "Paul", "DURAND"), ("M.", "Luc", "DURAND")]),
        (("", "", "", "Mme de la TOUR Anne"), [("Mme", "Anne", "de la TOUR")]),
        (("", "", "", "Ali & Fatima BEN SALAH"), [("", "Ali", "BEN SALAH"), ("", "Fatima", "BEN SALAH")]),
        (("Mr", "Jean Marie", "Dupont", ""), [("M.", "Jean Marie", "Dupont")]),
        (("", "", "", "Müller, Jürgen"), [("", "Jürgen", "Müller")]),
        (("", "", "", "DUPONT, Jean et Marie"), [("", "Jean", "DUPONT"), ("", "Marie", "DUPONT")]),
        (("", "", "", "Paul Martin, Odile Rey"), [("", "Paul", "Martin"), ("", "Odile", "Rey")]),
        (
            ("", "", "", "MARTIN Paul, MARTIN Odile et Hugo"),
            [("", "Paul", "MARTIN"), ("", "Odile", "MARTIN"), ("", "Hugo", "MARTIN")],
        ),
        (
            ("", "", "", "VON DER LEYEN Hans-Georg u. Ilse"),
            [("", "Hans-Georg", "VON DER LEYEN"), ("", "Ilse", "VON DER LEYEN")],
        ),
        (("", "Jean U. Marie", "REY", ""), [("", "Jean U. Marie", "REY")]),
        (("", "Anne, Luc et Zoé", "REY", ""), [("", "Anne", "REY"), ("", "Luc", "REY"), ("", "Zoé", "REY")]),
    ],
)
def test_two_people_on_a_line_are_two_people(cells: tuple[str, ...], people: list[tuple[str, ...]]) -> None:
    assert [(one.title, one.given_name, one.family_name) for one in read_names(*cells).people] == people


FAMILIES = (
    "Liste des adhérents\r\n"
    "N°;Nom de l’adhérent;Prénom usuel;Conjoint;Adr.;CP Ville;GSM;Statut;Adhérent depuis;Langues parlées\r\n"
    "7;LOPEZ;Inès;Raphaël;1 rue A;1000 Bourg-en-Bresse;612345678;à jour;2019;français, espagnol\r\n"
    "8;MARTIN;Paul, Odile et Hugo;;5 rue B;59000 Lille;;Membre;2020;\r\n"
    "9;PARTI;Jean;;;;;démissionnaire;2018;\r\n"
    "10;ZÉLÉ;Anne;;;;;Zombie;2093;zblorg\r\n"
    "7;AUTRE;Yves;GRAND Léa;;;;;2021;\r\n"
    ";TOTAL : 7;;;;;;;;\r\n"
).encode("cp1252")


def test_families_spouses_lost_zeros_and_unknown_situations_come_in_or_are_told(
    session: Session, keeper: FlaskClient, committee: Body
) -> None:
    enrol(session, committee, "Camille", "Ancienne", number=10)
    told = send(keeper, committee, FAMILIES).text.replace("\u00a0", " ")
    for sentence in (
        "« démissionnaire », sans la date du départ",
        "« Zombie » n’est pas une situation connue",
        "« 2093 » : vérifiez l’année",
        "« zblorg » n’est pas une langue connue",
        "le numéro 10 est celui de Camille Ancienne",
        "le numéro 7 est déjà à la ligne 3",
        "Une ligne de total",
        "lu comme Paul MARTIN / Odile MARTIN / Hugo MARTIN",
    ):
        assert sentence in told, sentence
    found = {one.name: one for one in session.scalars(select(Member))}
    assert set(found) == {
        "Camille Ancienne",
        "Inès LOPEZ",
        "Raphaël LOPEZ",
        "Paul MARTIN",
        "Odile MARTIN",
        "Hugo MARTIN",
        "Anne ZÉLÉ",
        "Yves AUTRE",
        "Léa GRAND",
    }
    ines = found["Inès LOPEZ"]
    assert (ines.household.postcode, ines.household.town, ines.phone) == ("01000", "Bourg-en-Bresse", "0612345678")
    assert ines.person.languages == ["fr", "es"]
    assert ines.household_id == found["Raphaël LOPEZ"].household_id
    assert len({found[f"{name} MARTIN"].household_id for name in ("Paul", "Odile", "Hugo")}) == 1
    zele = found["Anne ZÉLÉ"]
    assert zele.since is None
    assert all(text in zele.note for text in ("Situation : Zombie", "Membre depuis : 2093", "zblorg"))
    again = send(keeper, committee, FAMILIES).text.replace("\u00a0", " ")
    assert "Membres à inscrire : 0." in again


def test_the_partner_committee_gets_only_who_agreed_to_it(
    session: Session, keeper: FlaskClient, committee: Body
) -> None:
    shares, keeps = enrol(session, committee, "Ana", "Partage"), enrol(session, committee, "Luc", "Discret")
    make_consent(session, shares, "partner")
    make_consent(session, keeps, "photo")
    exported = keeper.post(f"/membres/{committee.id}/exporter", data={"form": "partner"})
    sheet = read_sheet(exported.data, "partenaire.xlsx")
    assert [row.cells[1:3] for row in sheet.records] == [("Ana", "Partage")]


def test_a_long_list_asks_the_database_no_more_often_than_a_short_one(
    session: Session, keeper: FlaskClient, committee: Body
) -> None:
    def statements(first: int, lines: int, phone: str = "06", **choices: str) -> int:
        asked: list[str] = []

        def keep(*given: Any) -> None:
            if not given[2].startswith(("INSERT", "BEGIN", "PRAGMA", "ROLLBACK")):
                asked.append(given[2])

        rows = [f"Prénom{rank} FICTIF{chr(65 + rank)};{rank} rue Haute;{phone}00000000" for rank in range(first, lines)]
        content = "\n".join(["Nom;Adresse;Tél", *rows]).encode()
        sent = keeper.post(f"/membres/{committee.id}/importer", data={"list": (io.BytesIO(content), "liste.csv")})
        event.listen(db.engine, "before_cursor_execute", keep)
        answered = keeper.post(sent.location, data={"do": "import", "together": "1", **choices})
        event.remove(db.engine, "before_cursor_execute", keep)
        assert answered.status_code == 302
        return len(asked)

    statements(0, 1)
    session.expire_all()
    assert statements(1, 3) == statements(3, 20)
    assert statements(0, 2, "07", update="1") == statements(2, 20, "07", update="1")
    members = session.scalars(select(Member).order_by(Member.number)).all()
    assert [one.number for one in members] == list(range(1, 21))
    assert {one.phone[:2] for one in members} == {"07"}
