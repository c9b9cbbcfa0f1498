"""What a list may hold and no name is told by its line; nothing that it says is dropped without a word."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from openpyxl import Workbook

from app.members.models import FieldKind, MemberField
from tests.members.test_real_lists import Sent, everybody
from tests.support.pages import as_read

if TYPE_CHECKING:
    from pathlib import Path

    from flask import Flask
    from flask.testing import FlaskClient
    from sqlalchemy.orm import Session

    from app.bodies.models import Body


@pytest.mark.parametrize(
    "cells",
    ["-;-", "?;", "???;???", "…;", "–;", "/;", "&;", "M. et Mme;", "12345;", "0612345678;", "1;2", "†;"],
)
def test_a_line_whose_name_is_only_marks_or_digits_is_left_aside_and_the_others_come_in(
    session: Session, keeper: FlaskClient, committee: Body, cells: str
) -> None:
    sent = Sent(keeper, committee, "Nom;Prénom;Ville", "ALPHA;Un;X", f"{cells};Y", f"{cells};Z", encoding="utf-8")
    told = as_read(sent.text)
    assert "Membres à inscrire : 1. Déjà là : 0. Lignes laissées de côté : 2." in told
    assert told.count("Aucun nom sur cette ligne") == 2
    sent.bring_in()
    assert set(everybody(session)) == {"Un ALPHA"}


def test_digits_beside_a_name_stay_in_the_remark_and_letters_that_were_lost_are_told(
    session: Session, keeper: FlaskClient, committee: Body
) -> None:
    sent = Sent(
        keeper,
        committee,
        "Civ;Nom;Prénom;Ville",
        "M.;1900;Bug;X",
        ";+33612;Léa;Y",
        ";NGUY?N;V?n An;Z",
        encoding="utf-8",
    )
    assert "« V?n An NGUY?N » : un « ? » y tient la place d’une lettre perdue" in as_read(sent.text)
    sent.bring_in()
    found = everybody(session)
    assert (found["Bug"].note, found["Léa"].note) == ("Nom : 1900", "Nom : +33612")


def book(*sheets: tuple[str, list[list[str]]]) -> bytes:
    made = Workbook()
    made.remove(made.active)
    for title, rows in sheets:
        page = made.create_sheet(title)
        for row in rows:
            page.append(row)
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def sent_to(keeper: FlaskClient, committee: Body, content: bytes) -> str:
    sent = keeper.post(f"/membres/{committee.id}/importer", data={"list": (io.BytesIO(content), "liste.xlsx")})
    return sent.location


def test_a_workbook_of_several_sheets_tells_which_one_is_read_and_lets_one_choose(
    session: Session, keeper: FlaskClient, committee: Body
) -> None:
    heading = ["Nom", "Prénom", "Ville"]
    content = book(
        ("A à K", [heading, ["ALPHA", "Un", "X"]]), ("L à Z", [heading, ["ZETA", "Deux", "Y"]]), ("Vide", [])
    )
    where = sent_to(keeper, committee, content)
    told = as_read(keeper.get(where).text)
    assert "Seule la feuille « A à K » est lue ; ne sont pas lues : L à Z, Vide." in told
    other = keeper.post(where, data={"do": "import", "together": "1", "sheet": "L à Z", "sheet_read": "A à K"})
    assert other.status_code == 200, "nobody saw what this sheet would do: it is shown, and nothing is written"
    assert "Deux ZETA" in other.text
    empty = keeper.post(where, data={"do": "read", "sheet": "Vide", "sheet_read": "L à Z"})
    assert empty.status_code == 422
    assert everybody(session) == {}
    done = keeper.post(
        where,
        data={"do": "import", "together": "1", "sheet": "L à Z", "sheet_read": "L à Z"},
        follow_redirects=True,
    )
    assert "Seule la feuille « L à Z » est importée. Pour les autres (A à K, Vide)" in as_read(done.text)
    assert set(everybody(session)) == {"Deux ZETA"}


def test_the_command_tells_which_sheet_it_reads_and_takes_another(
    app: Flask, session: Session, committee: Body, tmp_path: Path
) -> None:
    source = tmp_path / "liste.xlsx"
    names = ["Nom", "Prénom"]
    source.write_bytes(book(("A à K", [names, ["ALPHA", "Un"]]), ("L à Z", [names, ["ZETA", "Deux"]])))
    runner, said = app.test_cli_runner(), ["members", "import", str(source), "--body", committee.name, "--yes"]
    session.commit()
    assert "ne sont pas lues : L à Z" in runner.invoke(args=said).output
    assert "Membres inscrits : 1." in runner.invoke(args=[*said, "--sheet", "L à Z"]).output
    assert set(everybody(session)) == {"Un ALPHA", "Deux ZETA"}


def test_the_sheet_that_names_people_is_read_where_the_first_one_only_explains(
    session: Session, keeper: FlaskClient, committee: Body
) -> None:
    content = book(("Lisez-moi", [["Liste à jour au 1er mars"]]), ("Liste", [["Nom", "Prénom"], ["ALPHA", "Un"]]))
    where = sent_to(keeper, committee, content)
    assert "Seule la feuille « Liste » est lue ; ne sont pas lues : Lisez-moi." in as_read(keeper.get(where).text)
    keeper.post(where, data={"do": "import", "sheet": "Liste", "sheet_read": "Liste"})
    assert set(everybody(session)) == {"Un ALPHA"}


def test_headings_over_two_rows_are_those_of_the_row_that_names_most_columns(
    session: Session, keeper: FlaskClient, committee: Body
) -> None:
    sent = Sent(
        keeper,
        committee,
        "Comité de jumelage;2026;;;;;;",
        "N°;Identité;;;Coordonnées;;;Adhésion",
        ";Civ;Nom;Prénom;Adresse;C.P.;Ville;Depuis",
        "12;Mme;ALPHA;Ada;1 rue A;59000;Lille;2019",
    )
    assert "Colonnes qui ne sont pas lues" not in as_read(sent.text)
    sent.bring_in()
    (ada,) = everybody(session).values()
    assert (ada.name, ada.number, ada.household.town, ada.since.text) == ("Ada ALPHA", 12, "Lille", "2019")


def test_a_question_called_like_a_column_takes_no_name_away(
    session: Session, keeper: FlaskClient, committee: Body
) -> None:
    asked = keeper.post(f"/membres/{committee.id}/reglages/question", data={"label": "Remarque", "kind": "text"})
    assert "est déjà une colonne de la liste" in as_read(asked.text)
    session.add(MemberField(body_id=committee.id, label="Nom", kind=FieldKind.TEXT, choices=[], position=9))
    session.commit()
    sent = Sent(keeper, committee, "Nom;Prénom", "ALPHA;Un")
    sent.bring_in()
    assert set(everybody(session)) == {"Un ALPHA"}


def test_two_people_on_a_line_under_headings_said_twice_come_in_as_two(
    session: Session, keeper: FlaskClient, committee: Body
) -> None:
    sent = Sent(keeper, committee, "Nom;Prénom;Nom;Prénom;Mail;Mail", "ALPHA;Un;BETA;Lise;a@exemple.fr;b@exemple.fr")
    assert "Colonnes qui ne sont pas lues" not in as_read(sent.text)
    sent.bring_in()
    found = everybody(session)
    assert {name: one.email for name, one in found.items()} == {
        "Un ALPHA": "a@exemple.fr",
        "Lise BETA": "b@exemple.fr",
    }


def test_a_column_that_one_calls_like_another_goes_to_the_remark(
    session: Session, keeper: FlaskClient, committee: Body
) -> None:
    sent = Sent(keeper, committee, "Nom;Prénom;Autre;Ville", "ALPHA;Un;BETA;X")
    assert "la colonne « Autre » dit la même chose" in as_read(sent.again(**{"column-2": "family"}))
    sent.bring_in(**{"column-2": "family"})
    assert everybody(session)["Un ALPHA"].note == "Autre : BETA"


def test_what_a_remark_says_of_a_departure_is_dated_or_told(
    session: Session, keeper: FlaskClient, committee: Body
) -> None:
    sent = Sent(
        keeper,
        committee,
        "Civ;Famille;Prénom;Depuis;Sorti;Observations",
        "M.;BERNARD †;Maurice;1998;;décédé le 12/05/2023",
        "Mme;ALPHA;Ada;;;démissionnaire",
        "Mme;démissionnaire – voir BERNARD;;;;",
        "M.;BETA;Luc;2020;2010;",
        encoding="utf-8",
    )
    told = as_read(sent.again(**{"column-4": "until"}))
    assert "la remarque dit « démissionnaire », la liste non : inscrit·e comme membre" in told
    assert "« démissionnaire – voir BERNARD » n’en est pas un" in told
    assert "parti·e avant d’être entré·e" in told
    sent.bring_in(**{"column-4": "until"})
    found = everybody(session)
    assert set(found) == {"Maurice BERNARD", "Ada ALPHA", "Luc BETA"}
    assert (found["Maurice BERNARD"].until.text, found["Ada ALPHA"].until) == ("2023-05-12", None)


def test_an_exported_list_that_comes_back_unchanged_corrects_nothing_and_its_remark_is_taken(
    session: Session, keeper: FlaskClient, committee: Body
) -> None:
    Sent(
        keeper, committee, "Nom;Tél;Adresse;Remarque", "M. et Mme DUPONT Jean et Marie;0320000001;1 rue A;le jeudi"
    ).bring_in()
    columns = ["number", "title", "given", "family", "email", "phone", "street", "postcode", "town", "note"]
    exported = keeper.post(f"/membres/{committee.id}/exporter", data={"form": "csv", "column": columns}).data
    told = Sent(keeper, committee, *exported.decode("utf-8-sig").splitlines(), encoding="utf-8").again(update="1")
    assert "À corriger" not in as_read(told)
    edited = exported.decode("utf-8-sig").replace("le jeudi", "le vendredi", 1).splitlines()
    sent = Sent(keeper, committee, *edited, encoding="utf-8")
    assert "Remarque : … → le vendredi" in as_read(sent.again(update="1"))
    page = keeper.post(sent.where, data={"do": "import", "together": "1", "update": "1"}, follow_redirects=True)
    assert "1 fiche est corrigée." in as_read(page.text)
    assert sorted(one.note for one in everybody(session).values()) == ["le jeudi", "le jeudi\nle vendredi"]


def test_an_address_that_a_cell_leads_to_is_read_where_it_only_shows_a_word(
    session: Session, keeper: FlaskClient, committee: Body
) -> None:
    made = Workbook()
    page = made.active
    for row in (["Nom", "Prénom", "E-mail"], ["ALPHA", "Un", "Écrire"], ["BETA", "Deux", "b@exemple.fr"]):
        page.append(row)
    page["C2"].hyperlink = "mailto:lien@exemple.fr?subject=Bonjour"
    page["A3"].hyperlink = "mailto:perso@exemple.fr"
    buffer = io.BytesIO()
    made.save(buffer)
    keeper.post(sent_to(keeper, committee, buffer.getvalue()), data={"do": "import"})
    found = everybody(session)
    assert (found["Un ALPHA"].email, found["Deux BETA"].email) == ("lien@exemple.fr", "b@exemple.fr")
    assert found["Deux BETA"].note == "Nom : perso@exemple.fr"


def test_what_was_guessed_of_a_line_may_be_answered_on_the_page(
    session: Session, keeper: FlaskClient, committee: Body
) -> None:
    lines = (
        "Civ;Nom;Prénom",
        ";DE LA TOUR ET TAXIS;Hugues",
        ";Harmonie Anne;",
        ";DUPONT (12 ans);Léa",
        ";ALPHA et BETA;Jean",
    )
    sent = Sent(keeper, committee, *lines)
    told = as_read(sent.text)
    assert "Ligne 2 : lue comme Hugues DE LA TOUR / TAXIS" in told
    assert "Ligne 3 : lue comme l’organisation « Harmonie Anne »" in told
    answers = {"read:2": "single", "read:3": "person", "read:4": "turned", "read:5": "aside"}
    again = as_read(sent.again(**answers))
    assert "laissée de côté, comme vous l’avez dit" in again
    assert "est-ce bien cela ?" not in again
    sent.bring_in(**answers)
    assert set(everybody(session)) == {"Hugues DE LA TOUR ET TAXIS", "Harmonie Anne", "DUPONT (12 ans) Léa"}
    assert all(one.person is not None for one in everybody(session).values())


def test_a_word_in_the_cells_for_names_that_stands_nowhere_else_is_in_the_remark(
    session: Session, keeper: FlaskClient, committee: Body
) -> None:
    lines = ";DUPONT;Marie-Ève;née KŒNIG Aurélie", "Comte;REY;Jean et Anne;"
    Sent(keeper, committee, "Civ;Nom;Prénom;Conjoint", *lines).bring_in()
    found = everybody(session)
    assert found["Aurélie KŒNIG"].note == "Seconde personne du foyer : née KŒNIG Aurélie"
    assert found["Jean REY"].note == "Civilité : Comte"
