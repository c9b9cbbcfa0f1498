"""Real lists brought in: what is understood, what is left out and why, and that twice adds nothing."""

from __future__ import annotations

import gzip
import io
import re
import zipfile
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from openpyxl import Workbook
from sqlalchemy import func, select

from app.access.roles import Role
from app.audit.models import JournalEntry
from app.bodies.models import Body
from app.database.unit import writing
from app.documents.sheets import SUFFIXES, read_sheet
from app.seeds import national
from app.shared import clock
from app.shared.actor import SOFTWARE
from app.twinnings.countries import country_code, split_country
from app.twinnings.inparts import bring_in
from app.twinnings.lists import guess, read_list, under_its_headings
from app.twinnings.models import Twinning, TwinningEvent, TwinningParty
from app.twinnings.services import bringing
from app.twinnings.services.imports import Bringing, Choices, Importer, plan_import
from tests.factories.accounts import make_member
from tests.factories.bodies import make_body
from tests.factories.places import make_place

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask
    from flask.testing import FlaskClient
    from sqlalchemy.orm import Session

    from app.accounts.models import Account

DATA = Path(__file__).parent.parent / "data" / "twinnings"


def run(app: Flask, *arguments: str, status: int = 0) -> str:
    done = app.test_cli_runner().invoke(args=["twinnings", "import", *arguments])
    assert done.exit_code == status, (done.output, done.exception)
    return done.output.replace("\N{NO-BREAK SPACE}", " ")


def twinnings(session: Session) -> int:
    session.expire_all()
    session.rollback()
    return session.scalar(select(func.count()).select_from(Twinning)) or 0


def test_two_who_bring_in_one_list_at_once_bring_it_in_once(
    app: Flask, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    del app
    monkeypatch.setattr(bringing, "PART", 12)
    sheet = under_its_headings(read_sheet((DATA / "dated.csv").read_bytes(), "liste.csv"))
    read = read_list(sheet, guess(sheet))
    planned = partial(plan_import, session, read, Choices(), Importer())
    mine, yours = (Bringing(planned(), Importer(), "liste.csv", SOFTWARE) for _ in range(2))
    with writing() as unit:
        assert mine.write_part(unit, at=clock.now())
    bring_in(yours, planned)
    bring_in(mine, planned)
    assert mine.number + yours.number == twinnings(session) == 30
    assert planned().fresh == []


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("England, United Kingdom", "GB"),
        ("Écosse", "GB"),
        ("Republic of Ireland", "IE"),
        ("Bosnia and Herzegovina", "BA"),
        ("Georgia (country)", "GE"),
        ("Réunion, France", "FR"),
        ("de", "DE"),
        ("Pays-Bas", "NL"),
        ("RDA", "DE"),
        ("Macédoine", "MK"),
        ("Yougoslavie", None),  # which of them, a person knows
        ("Atlantide", None),
    ],
)
def test_a_country_is_known_however_it_is_written(written: str, code: str | None) -> None:
    assert country_code(written) == code


def test_a_town_and_its_country_in_one_cell_are_told_apart() -> None:
    assert split_country("Leeds, England, United Kingdom") == ("Leeds", "GB")
    assert split_country("Washington, D.C., United States") == ("Washington, D.C.", "US")
    assert split_country("Leeds")[1] is None


def test_the_same_list_twice_adds_nothing(app: Flask, session: Session) -> None:
    assert "30 jumelages importés" in run(app, str(DATA / "dated.csv"), "--yes")
    assert twinnings(session) == 30
    assert "Rien de nouveau" in run(app, str(DATA / "dated.csv"), "--yes")
    assert twinnings(session) == 30


def test_a_homonym_that_only_one_line_tells_apart_is_found_again(app: Flask, session: Session, tmp_path: Path) -> None:
    rows = "city1,country1,city2,country2\n"
    rows += "Vitré,France,Helmstedt,Germany\n"
    rows += '"Vitré, Ille-et-Vilaine",France,Lymington,United Kingdom\n'
    rows += "Vitré,France,Terrebonne,Canada\n"
    (tmp_path / "list.csv").write_text(rows, "utf-8")
    run(app, str(tmp_path / "list.csv"), "--yes")
    assert twinnings(session) == 3
    assert "Rien de nouveau" in run(app, str(tmp_path / "list.csv"), "--yes")
    assert twinnings(session) == 3


def test_homonyms_that_the_list_itself_brings_in_do_not_hide_what_is_there(
    app: Flask, session: Session, tmp_path: Path
) -> None:
    (tmp_path / "first.csv").write_text(
        "commune;dept;ville_jumelle;pays;date_1\nVernouillet;28 ou 78;Felsberg;DE;1982\n", "utf-8"
    )
    rows = "city1,country1,city2,country2\n"
    rows += "Cheddar,United Kingdom,Vernouillet,France\n"
    rows += '"Vernouillet, Eure-et-Loir",France,Felsberg,Germany\n'
    rows += '"Vernouillet, Yvelines",France,Hainburg,Germany\n'
    (tmp_path / "second.csv").write_text(rows, "utf-8")
    run(app, str(tmp_path / "first.csv"), "--yes")
    run(app, str(tmp_path / "second.csv"), "--yes")
    towns = len(session.scalars(select(Body)).all())
    assert twinnings(session) == 4
    assert "Rien de nouveau" in run(app, str(tmp_path / "second.csv"), "--yes")
    assert (twinnings(session), len(session.scalars(select(Body)).all())) == (4, towns)


def test_dates_keep_their_precision_and_status_words_become_stages(app: Flask, session: Session) -> None:
    run(app, str(DATA / "dated.csv"), "--yes")
    told = dict(
        session.execute(
            select(Body.name, Twinning.stage)
            .join(TwinningParty, TwinningParty.body_id == Body.id)
            .join(Twinning, Twinning.id == TwinningParty.twinning_id)
        ).all()
    )
    assert (told["Tenkodogo"], told["Touapsé"], told["Pescia"]) == ("ended", "ended", "active")
    dates = {(event.kind, str(event.when)) for event in session.scalars(select(TwinningEvent))}
    assert {("signature", "0836"), ("signature", "2016-06"), ("stage", "2022"), ("renewal", "2016-09-04")} <= dates


def test_four_communes_and_one_town_become_one_twinning_when_asked(app: Flask, session: Session) -> None:
    run(app, str(DATA / "dated.csv"), "--yes", "--together")
    assert twinnings(session) == 27
    gerbrunn = select(Body.id).where(Body.name == "Gerbrunn")
    shared = select(TwinningParty.twinning_id).where(TwinningParty.body_id.in_(gerbrunn))
    assert session.scalar(select(func.count()).where(TwinningParty.twinning_id.in_(shared))) == 5
    assert "Rien de nouveau" in run(app, str(DATA / "dated.csv"), "--yes", "--together")


def test_every_encoding_and_separator_reads_the_same(app: Flask, session: Session, tmp_path: Path) -> None:
    text = (DATA / "dated.csv").read_text("utf-8").replace("ş", "s")
    run(app, str(DATA / "dated.csv"), "--yes")
    for encoding, separator in (("cp1252", ";"), ("utf-16", ","), ("utf-8-sig", ";")):
        path = tmp_path / f"{encoding}.csv"
        path.write_bytes(text.replace(",", " ").replace(";", separator).encode(encoding))
        told = run(app, str(path), "--dry-run")
        assert re.search(r"À importer : [01] jumelage,.*À laisser de côté : 0 ligne", told), told
    assert twinnings(session) == 30


def test_a_wide_list_is_read_with_its_countries(app: Flask, session: Session) -> None:
    run(app, str(DATA / "wide.csv"), "--yes")
    assert twinnings(session) > 200
    assert "Rien de nouveau" in run(app, str(DATA / "wide.csv"), "--yes")


def test_each_line_left_out_has_its_number_and_its_reason(app: Flask) -> None:
    told = run(app, str(DATA / "pairs.csv"), "--dry-run")
    assert re.search(r"Ligne \d+, laissée de côté : .* sont toutes deux françaises", told)
    assert re.search(r"Ligne \d+, laissée de côté : « Hérault » est un département", told)
    assert re.search(r"Ligne \d+, à vérifier : « Arras \(communauté\) » n’est pas une commune", told)


def test_a_commune_that_bears_the_name_of_a_departement_is_a_doubt_only(
    app: Flask, session: Session, tmp_path: Path
) -> None:
    make_place(session, "Vienne", code="38544", admin="38")
    session.commit()
    (tmp_path / "list.csv").write_text("ville;jumelle;pays\nVienne;Esslingen;DE\nHérault;Esslingen;DE\n", "utf-8")
    told = run(app, str(tmp_path / "list.csv"), "--dry-run")
    assert "Ligne 2, à vérifier : « Vienne » est une commune, mais aussi un département" in told
    assert "Ligne 3, laissée de côté : « Hérault » est un département" in told


def test_nothing_is_imported_when_one_bad_line_is_one_too_many(app: Flask, session: Session) -> None:
    told = run(app, str(DATA / "pairs.csv"), "--yes", "--all-or-nothing", status=2)
    assert "Rien n’est importé" in told
    assert twinnings(session) == 0


def test_a_file_that_is_no_list_is_refused_with_a_sentence(app: Flask, tmp_path: Path) -> None:
    path = tmp_path / "liste.csv"
    path.write_bytes(b"%PDF-1.7 not a list")
    assert "PDF" in run(app, str(path), status=2)


def workbook(path: Path, *rows: tuple[object, ...]) -> str:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return str(path)


def dates(session: Session) -> set[str]:
    return {
        str(event.when) for event in session.scalars(select(TwinningEvent).where(TwinningEvent.kind == "signature"))
    }


def test_dates_are_understood_as_people_write_them(app: Flask, session: Session, tmp_path: Path) -> None:
    written = ("14 juillet 1992", "juin 1998", "15/07/1992", "été 1999", "vers 1960", "1er mai 1970", "33800")
    rows = "".join(f"Paimpol;Fictivetown {rank};GB;{when}\n" for rank, when in enumerate(written))
    (tmp_path / "list.csv").write_text(f"commune;ville jumelle;pays;date\n{rows}", "utf-8")
    told = run(app, str(tmp_path / "list.csv"), "--yes")
    assert "Lu : 7 lignes sous leur en-tête" in told
    assert "7 jumelages importés" in told
    found = dates(session)
    assert {"1992-07-14", "1998-06", "1992-07-15", "1960~", "1970-05-01"} <= found
    assert "1992-07-15" in found
    assert len(found) == 6


def test_lines_with_markup_or_formulas_in_names_are_refused_by_the_number_they_have_in_the_file(
    app: Flask, session: Session, tmp_path: Path
) -> None:
    names = ("<script>alert(1)</script>", '=HYPERLINK("http://exemple.fr")', "@SUM(A1)", "+cmd|x", "Romsey")
    rows = "".join(f"Paimpol;{name};GB;1960\n" for name in names) + "Paimpol;Nowhere;ZZ;1960\nPaimpol;Ville;GB;hier\n"
    (tmp_path / "list.csv").write_text(f"commune;ville jumelle;pays;date\n{rows}", "utf-8")
    told = run(app, str(tmp_path / "list.csv"), "--yes")
    for line in (2, 3, 4, 5):
        assert re.search(rf"Ligne {line}, laissée de côté : « .* » contient une balise ou une formule", told), told
    assert "Ligne 7, laissée de côté : Pays inconnu : « ZZ »" in told
    assert "Ligne 8, laissée de côté : « hier » n’est pas une date comprise" in told
    assert "1 jumelage importé." in told
    assert twinnings(session) == 1


def test_a_wide_list_with_markup_loses_only_that_cell(app: Flask, tmp_path: Path) -> None:
    rows = '"Brava, Cape Verde","Cartaxo, Portugal","<b>Porto</b>, Portugal"\n' * 2
    (tmp_path / "list.csv").write_text(f",0,1\n{rows}", "utf-8")
    assert "« <b>Porto</b>, Portugal » contient une balise" in run(app, str(tmp_path / "list.csv"), "--dry-run")


def test_a_workbook_is_read_with_its_dates_and_its_formulas_are_told(
    app: Flask, session: Session, tmp_path: Path
) -> None:
    path = workbook(
        tmp_path / "liste.xlsx",
        ("Commune", "Ville jumelle", "Pays", "Date"),
        ("Paimpol", "Romsey", "Royaume-Uni", date(1992, 7, 14)),
        ("Paimpol", "Grundarfjörður", "Islande", 2004),
        ("Paimpol", '=HYPERLINK("http://exemple.fr","Ville")', "Islande", 2005),
    )
    told = run(app, path, "--yes")
    assert "remarque, ligne 4 : une formule" in told
    assert "Ligne 4, laissée de côté : Le nom d’une des deux villes manque." in told
    assert "2 jumelages importés" in told
    assert dates(session) == {"1992-07-14", "2004"}
    assert "Rien de nouveau" in run(app, path, "--yes")


def test_a_workbook_that_swells_is_refused(app: Flask, session: Session, tmp_path: Path) -> None:
    path = workbook(tmp_path / "liste.xlsx", ("commune", "ville jumelle", "pays"), ("Paimpol", "Romsey", "GB"))
    with (
        zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open("xl/worksheets/sheet2.xml", "w") as part,
    ):
        for _ in range(310):  # a little more than is ever unpacked
            part.write(b" " * 1024**2)
    told = run(app, path, "--yes", status=2)
    assert told.startswith("Erreur :"), told
    assert twinnings(session) == 0


@pytest.mark.parametrize("name", ["liste.csv.gz", "liste.zip"])
def test_a_compressed_list_is_refused_with_what_to_do(app: Flask, tmp_path: Path, name: str) -> None:
    content = (DATA / "dated.csv").read_bytes()
    path = tmp_path / name
    if name.endswith(".gz"):
        path.write_bytes(gzip.compress(content))
    else:
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("liste.csv", content)
    assert "Décompressez-le" in run(app, str(path), status=2)


def test_a_list_between_tabs_in_utf_16_without_a_mark_is_read(app: Flask, session: Session, tmp_path: Path) -> None:
    text = (DATA / "dated.csv").read_text("utf-8").replace("\t", " ").replace(";", "\t")
    (tmp_path / "list.txt").write_bytes(text.encode("utf-16-le"))
    assert "30 jumelages importés" in run(app, str(tmp_path / "list.txt"), "--yes")
    assert twinnings(session) == 30


def test_letters_that_were_converted_once_too_often_are_restored_and_told(tmp_path: Path) -> None:
    text = "ville;pays;jumelle;pays jumelle\nGuérande;FR;Grundarfjörður;IS\n«CAFÉ»;FR;São Martinho;PT\n"
    right, wrong = tmp_path / "juste.csv", tmp_path / "deux-fois.csv"
    right.write_text(text, "utf-8")
    wrong.write_text(text.encode().decode("cp1252"), "utf-8")
    sheets = [read_sheet(path.read_bytes(), path.name) for path in (right, wrong)]
    assert sheets[0].rows == sheets[1].rows
    assert [[remark.code for remark in sheet.remarks] for sheet in sheets] == [[], ["replaced-letters"]]


def test_nothing_is_written_when_the_person_answers_no(app: Flask, session: Session) -> None:
    done = app.test_cli_runner().invoke(args=["twinnings", "import", str(DATA / "dated.csv")], input="\n")
    assert (done.exit_code, "Rien n’est importé." in done.output) == (0, True)
    assert twinnings(session) == 0


def test_a_town_sees_what_was_understood_then_imports_its_own_lines(
    session: Session, sign_in: Callable[..., FlaskClient]
) -> None:
    paimpol = make_body(session, "Paimpol")
    session.commit()
    client = sign_in(make_member(session, paimpol, Role.CLERK))
    content = (DATA / "dated.csv").read_bytes()
    sent = client.post("/jumelages/importer", data={"list": (io.BytesIO(content), "jumelages.csv")})
    assert sent.status_code == 302, sent.text
    address = sent.headers["Location"]
    shown = client.get(address).text
    assert "Jumelages à importer : 2." in shown
    assert "aucun de vos organismes" in shown
    assert twinnings(session) == 0
    assert client.post(address, data={"do": "import"}).status_code == 302
    assert twinnings(session) == 2
    assert "Grundarfjörður" in client.get("/jumelages/").text


def test_somebody_else_does_not_open_the_file_that_was_put_aside(
    session: Session, sign_in: Callable[..., FlaskClient]
) -> None:
    paimpol = make_body(session, "Paimpol")
    session.commit()
    client = sign_in(make_member(session, paimpol, Role.CLERK))
    content = (DATA / "dated.csv").read_bytes()
    sent = client.post("/jumelages/importer", data={"list": (io.BytesIO(content), "jumelages.csv")})
    other = sign_in(make_member(session, paimpol, Role.MAYOR))
    assert other.get(sent.headers["Location"]).status_code == 404


def test_the_page_says_what_is_wrong_with_a_file(session: Session, sign_in: Callable[..., FlaskClient]) -> None:
    paimpol = make_body(session, "Paimpol")
    session.commit()
    client = sign_in(make_member(session, paimpol, Role.CLERK))
    offered = re.search(r'accept="([^"]+)"', client.get("/jumelages/importer").text)[1].split(",")
    assert {".csv", ".xlsx", ".xls", ".ods"} <= set(offered) == set(SUFFIXES)
    assert client.post("/jumelages/importer", data={}).status_code == 422
    answer = client.post("/jumelages/importer", data={"list": (io.BytesIO(b"\x89PNG\r\n\x1a\n"), "liste.xlsx")})
    assert answer.status_code == 422
    assert 'class="error-summary" role="alert"' in answer.text
    assert 'href="#list"' in answer.text


def test_of_a_workbook_with_several_sheets_each_page_tells_which_one_it_reads(
    session: Session, sign_in: Callable[..., FlaskClient]
) -> None:
    client = sign_in(make_member(session, make_body(session, "Paimpol"), Role.CLERK))
    book, buffer = Workbook(), io.BytesIO()
    for title in ("Avant 2000", "Après"):
        page = book.create_sheet(title)
        page.append(["commune", "ville jumelle", "pays", "date", "objet"])
        page.append(["Paimpol", "Romsey", "GB", "12/03/2019", "Jumelage"])
    book.save(buffer)
    for where in ("/jumelages/importer", "/conseil/archives/importer"):
        sent = client.post(where, data={"list": (io.BytesIO(buffer.getvalue()), "liste.xlsx")})
        told = client.get(sent.location).text.replace("\N{NO-BREAK SPACE}", " ")
        assert "Seule la feuille « Avant 2000 » est lue ; ne sont pas lues : Sheet, Après." in told, where


@pytest.mark.parametrize("content", [b"<html><body>a;b</body></html>", b"\n <!-- x -->\n<!DOCTYPE HTML>\n<p>a;b</p>"])
def test_a_web_page_under_another_name_is_not_read_as_a_list(
    session: Session, sign_in: Callable[..., FlaskClient], content: bytes
) -> None:
    paimpol = make_body(session, "Paimpol")
    session.commit()
    client = sign_in(make_member(session, paimpol, Role.CLERK))
    answer = client.post("/jumelages/importer", data={"list": (io.BytesIO(content), "liste.pdf")})
    assert answer.status_code == 422
    assert "une page web, pas une liste" in answer.text


@pytest.mark.slow
def test_the_national_data_set_is_the_same_when_loaded_twice(app: Flask, session: Session) -> None:
    del app
    assert national.load(writing, entries=2000)
    assert not national.load(writing, entries=2000)
    counts = [session.scalar(select(func.count()).select_from(model)) for model in (Twinning, JournalEntry)]
    assert counts[0] is not None
    assert counts[0] > 20_000
    assert counts[1] == 2000


def test_a_column_of_stages_is_read_by_the_names_that_the_screen_gives_them(
    app: Flask, session: Session, tmp_path: Path
) -> None:
    path = tmp_path / "etapes.csv"
    stages = ("Idée", "Recherche d’un partenaire", "Vote des conseils", "Premier serment", "En sommeil")
    lines = [f"Ville {number};Stadt {number};Allemagne;{stage}" for number, stage in enumerate(stages)]
    path.write_text("\n".join(["Commune;Ville partenaire;Pays;Étape", *lines]), "utf-8")
    run(app, str(path), "--yes")
    session.rollback()
    found = session.scalars(select(Twinning.stage).order_by(Twinning.id)).all()
    assert [str(stage) for stage in found] == ["idea", "search", "vote", "first_oath", "dormant"]


def test_a_status_that_nobody_understands_is_told_and_not_taken_for_granted(
    app: Flask, session: Session, tmp_path: Path
) -> None:
    rows = "ville;ville jumelle;pays;date du serment;statut\nVitré;Helmstedt;DE;1978;abandonné\n"
    rows += "Vitré;Lymington;GB;1979;à voir\nVitré;Lubań;PL;1980;\n"
    (tmp_path / "list.csv").write_text(rows, "utf-8")
    told = run(app, str(tmp_path / "list.csv"), "--yes")
    assert "Ligne 3, à vérifier : « Vitré » a un statut qui n’est pas compris (à voir)" in told.replace("\u00a0", " ")
    assert told.count("statut qui n’est pas compris") == 1
    assert session.scalars(select(Twinning.stage).order_by(Twinning.id)).all() == ["ended", "active", "active"]
    assert session.scalar(
        select(func.count()).select_from(TwinningEvent).where(TwinningEvent.when_sort == date(1978, 1, 1))
    )


def test_a_title_above_the_headings_is_left_where_it_is(app: Flask, session: Session, tmp_path: Path) -> None:
    book = Workbook()
    for row in (
        ["Liste des jumelages 2026 – Métropole"],
        [],
        ["Commune", "Ville partenaire", "Pays", "Date"],
        ["Toufflers", "Deinze", "Belgique", "1998"],
    ):
        book.active.append(row)
    path = tmp_path / "liste.xlsx"
    book.save(path)
    body = make_body(session, "Métropole de Fictiville")
    session.commit()
    told = run(app, str(path), "--body", str(body.id), "--yes")
    assert "1 jumelage importé" in told
    assert "Aucun organisme ne répond" in run(app, str(path), "--body", "Atlantide", "--yes", status=2)


def test_a_list_with_nothing_under_its_head_says_so(app: Flask, tmp_path: Path) -> None:
    path = tmp_path / "tete.csv"
    path.write_text("Commune;Ville partenaire;Pays;Date;Étape\n", "utf-8")
    told = run(app, str(path), "--yes")
    assert "aucune ligne sous son en-tête" in told
    assert "déjà importée" not in told


def test_a_list_of_which_no_line_can_be_taken_is_not_called_imported(app: Flask, tmp_path: Path) -> None:
    path = tmp_path / "liste.csv"
    wrong = "Paimpol;;Irlande\nLannion;Caerphilly;\n"
    path.write_text(f"Commune;Ville partenaire;Pays\n{wrong}", "utf-8")
    told = run(app, str(path), "--yes", status=2)
    assert "Aucune ligne ne peut être importée : corrigez celles qui sont nommées ci-dessus" in told
    assert "déjà importée" not in told
    path.write_text(f"Commune;Ville partenaire;Pays\n{wrong}Pleumeleuc;Roding;Allemagne\n", "utf-8")
    assert "1 jumelage importé." in run(app, str(path), "--yes")
    told = run(app, str(path), "--yes")
    assert "Rien de nouveau : sauf les 2 lignes nommées ci-dessus, la liste est déjà importée." in told


def test_what_was_understood_of_each_line_is_shown_before_it_is_written(
    app: Flask, session: Session, sign_in: Callable[[Account], FlaskClient], tmp_path: Path
) -> None:
    make_place(session, "Roding", country="DE")
    session.commit()
    text = "Commune;Département;Ville partenaire;Pays;Date de signature\nPleumeleuc;35;Roding;Allemagne;12/05/1985\n"
    path = tmp_path / "liste.csv"
    path.write_text(text, "utf-8")
    told = run(app, str(path), "--dry-run", "--match")
    assert "ligne 2 : Pleumeleuc, 35, France — Roding, Allemagne (lieu : Roding" in told
    assert "Date de signature : 12 mai 1985" in told
    body = make_body(session, "Pleumeleuc")
    client = sign_in(make_member(session, body))
    sent = client.post("/jumelages/importer", data={"list": (io.BytesIO(text.encode()), "liste.csv")})
    page = client.get(sent.location).text
    assert "Roding, Allemagne" in page
    assert "Date de signature : 12 mai 1985" in page
    assert twinnings(session) == 0


def test_a_town_is_not_called_unknown_while_the_lists_are_not_loaded(app: Flask, tmp_path: Path) -> None:
    path = tmp_path / "liste.csv"
    path.write_text("Commune;Ville partenaire;Pays\nBlois;Weimar;Allemagne\n", "utf-8")
    told = run(app, str(path), "--dry-run")
    assert "les listes de communes ne sont pas chargées" in told
    assert "dans aucune liste" not in told
