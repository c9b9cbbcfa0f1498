"""Real lists of deliberations brought in: what is understood, what is left out and why; twice adds nothing."""

from __future__ import annotations

import io
import lzma
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from openpyxl import Workbook
from sqlalchemy import func, select

from app.access.roles import Role
from app.council.models import PastDeliberation
from app.council.pastlists import Meaning, guess, read_list, tells_twinning
from app.council.pastqueries import Wanted, page_of_past
from app.documents.errors import UnreadableFile
from app.documents.sheets import read_sheet
from app.shared.folding import fold
from tests.factories.accounts import make_member
from tests.factories.bodies import make_body
from tests.factories.ceremonies import make_shared_twinning
from tests.factories.council import make_commune
from tests.factories.past import make_past

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask
    from flask.testing import FlaskClient
    from sqlalchemy.orm import Session

    from app.accounts.models import Account
    from app.council.pastlists import ReadList

    SignIn = Callable[[Account], FlaskClient]

DATA = Path(__file__).parents[1] / "data"
ARCHIVE = DATA / "deliberations" / "montpellier-archives-2012-2014.utf16le.txt.xz"
CUT = DATA / "deliberations" / "montpellier-archives-2012-2014.utf16le.csv.xz"
MEETING = DATA / "deliberations" / "montpellier-2013-11-25-et-12-16.csv"


def read(content: bytes | str, name: str = "liste.csv") -> ReadList:
    sheet = read_sheet(content.encode() if isinstance(content, str) else content, name)
    return read_list(sheet, today=date(2026, 9, 11))


@cache
def archives() -> ReadList:
    """The real list of 10 590 lines, read once: what was read is frozen."""
    return read(lzma.decompress(ARCHIVE.read_bytes()), "archives.txt")


def run(app: Flask, *arguments: str, status: int = 0) -> str:
    done = app.test_cli_runner().invoke(args=["council", "import", *arguments])
    assert done.exit_code == status, (done.output, done.exception)
    return done.output.replace("\N{NO-BREAK SPACE}", " ")


def test_a_list_of_which_no_line_can_be_taken_is_not_said_to_be_there(
    app: Flask, session: Session, tmp_path: Path
) -> None:
    make_commune(session, code="34172")
    path = tmp_path / "liste.csv"
    path.write_text("Date;Numéro;Objet\nhier;1;Budget\nun jour;2;Voirie\n", "utf-8")
    told = run(app, str(path), "--body", "34172", status=2)
    assert "Aucune ligne ne peut être importée" in told
    assert "déjà là.\n" not in told
    path.write_text("Date;Numéro;Objet\n03/02/2020;1;Budget\n", "utf-8")
    told = run(app, str(path), "--body", "34172", "--only-twinnings")
    assert "aucune délibération nouvelle ne parle d’un jumelage" in told


def count(session: Session) -> int:
    session.expire_all()
    session.rollback()
    return session.scalar(select(func.count()).select_from(PastDeliberation)) or 0


def test_the_twelve_twinning_records_of_montpellier_are_found_among_10590() -> None:
    found = archives()
    assert (found.lines, len(found.records), found.repeated, len(found.bad)) == (10_590, 740, 9_850, 0)
    assert len(found.on_twinnings) == 12
    assert any("Sherbrooke (Canada)" in one.title for one in found.on_twinnings)
    titles = "".join(one.title for one in found.records)
    assert not [letter for letter in titles if "\x00" <= letter < " " and letter != "\n"]
    assert not [letter for letter in titles if "\x7f" <= letter < "\xa0"]


def test_a_spreadsheet_that_cut_the_titles_and_the_zeros_tells_the_same_deliberations() -> None:
    whole = archives()
    cut = read(lzma.decompress(CUT.read_bytes()), "archives.csv")
    assert {one.fingerprint for one in cut.records} == {one.fingerprint for one in whole.records}
    assert len(cut.on_twinnings) == 12


def test_columns_without_a_meaning_are_kept_as_they_are() -> None:
    found = read(MEETING.read_bytes())
    assert (len(found.records), len(found.bad)) == (160, 0)
    one = found.records[0]
    assert dict(one.cells)["Elu(s)"] == "Hélène MANDROUX"
    assert dict(one.cells)["Numéro Poseidon"] == "67218"
    assert (one.number, str(one.when)) == ("464", "2013-11-25")


def test_the_old_excel_format_tells_the_same_as_the_text() -> None:
    old = read(MEETING.with_suffix(".xls").read_bytes(), "conseil.xls")
    assert {one.fingerprint: one.title for one in old.records} == {
        one.fingerprint: one.title for one in read(MEETING.read_bytes()).records
    }


@pytest.mark.parametrize("end", [600, 5_000, 30_000])
def test_a_cut_workbook_of_the_old_excel_is_refused_with_a_sentence(end: int) -> None:
    with pytest.raises(UnreadableFile):
        read(MEETING.with_suffix(".xls").read_bytes()[:end], "conseil.xls")


def test_a_control_that_a_spreadsheet_spelled_out_is_a_line_break() -> None:
    titles = [one.title for one in read(MEETING.read_bytes()).records]
    assert not [title for title in titles if "_x0001_" in title]
    assert sum("\n" in title for title in titles) == 125


def test_a_workbook_and_a_windows_file_tell_the_same_as_the_plain_one() -> None:
    rows = [
        ("DELIB_ID", "DELIB_DATE", "DELIB_OBJET"),
        ("2013-1", "06/05/2013", "Comité de jumelage : bœuf à l’été, 5 €"),
    ]
    book, out = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(out)
    text = "\r\n".join(";".join(row) for row in rows)
    marks = {
        read(content).records[0].fingerprint
        for content in (out.getvalue(), text.encode("cp1252"), text.encode("utf-16"), text.encode("utf-8-sig"))
    }
    assert len(marks) == 1


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("1;06/05/2013;", "L’objet de la délibération manque."),
        ("2;;Jumelage", "La date du conseil manque."),
        ("3;31/02/2013;Jumelage", "« 31/02/2013 » n’est pas une date comprise."),
        ("5;12/09/2026;Jumelage", "« 12/09/2026 » n’est pas encore arrivé"),
        (f"{'4' * 81};06/05/2013;Jumelage", "Le numéro dépasse 80 signes"),
    ],
)
def test_a_bad_line_is_told_with_its_number_and_why(app: Flask, line: str, reason: str) -> None:
    with app.test_request_context():
        found = read(f"Numéro;Date;Objet\n{line}\n9;06/05/2013;Une autre\n")
        assert [one.number for one in found.records] == ["9"]
        (bad,) = found.bad
        assert bad.line == 2
        assert str(bad.reason).replace("\N{NO-BREAK SPACE}", " ").startswith(reason)
        assert bad.text.startswith(line.split(";", maxsplit=1)[0])


def test_a_line_without_a_date_after_a_whole_record_is_a_bad_one() -> None:
    found = read("06/05/2013;Jumelage;42\nune ligne perdue;;\n06/05/2013;Autre;43\n")
    assert [one.number for one in found.records] == ["42", "43"]
    assert [one.line for one in found.bad] == [2]


def test_what_a_repeated_line_says_more_is_kept() -> None:
    found = read("Numéro;Date;Objet;État\n1;06/05/2013;Jumelage;votée\n1;06/05/2013;Jumelage;exécutoire\n")
    (one,) = found.records
    assert one.repeats == 1
    assert [text for head, text in one.cells if head == "État"] == ["votée", "exécutoire"]


@pytest.mark.parametrize(
    ("title", "told"),
    [
        ("Festival des Villes Jumelles", True),
        ("50ème anniversaire jumelage Montpellier/Barcelone", True),
        ("Charte d’amitié avec Semenivka", True),
        ("Achat de jumelles de vision nocturne", False),
        ("Jumelage de compteurs d’eau", False),
        ("Avenue de Heidelberg", False),
    ],
)
def test_words_tell_a_twinning(title: str, told: bool) -> None:  # noqa: FBT001  # a table
    assert tells_twinning(fold(title)) is told


@pytest.mark.slow
def test_the_command_tells_first_and_importing_twice_adds_nothing(app: Flask, session: Session, tmp_path: Path) -> None:
    make_commune(session, code="34172", name="Grande-Fictive")
    file = tmp_path / "archives.txt"
    file.write_bytes(lzma.decompress(ARCHIVE.read_bytes()))
    said = run(app, str(file), "--body", "34172", "--dry-run")
    assert "Lu : 10590 lignes, sans en-tête (csv, utf-16, « ; »)." in said
    assert "12 délibérations sur un jumelage" in said
    assert count(session) == 0
    assert "740 délibérations importées." in run(app, str(file), "--body", "34172")
    assert count(session) == 740
    assert "Rien de nouveau" in run(app, str(file), "--body", "34172")
    assert count(session) == 740


def test_only_those_on_twinnings_may_be_brought_in(app: Flask, session: Session, tmp_path: Path) -> None:
    body = make_commune(session)
    file = tmp_path / "liste.csv"
    file.write_text("Numéro;Date;Objet\n1;2013;Jumelage avec Misto\n2;2013;Voirie\n", "utf-8")
    assert "1 délibération importée." in run(app, str(file), "--body", str(body.id), "--only-twinnings")
    assert count(session) == 1


def test_a_commune_that_is_not_here_is_said(app: Flask, tmp_path: Path) -> None:
    file = tmp_path / "liste.csv"
    file.write_text("Date;Objet\n2013;Jumelage\n", "utf-8")
    assert "Aucun organisme ne répond à « 99999 »" in run(app, str(file), "--body", "99999", status=2)


def test_columns_that_nobody_named_are_told_by_hand(app: Flask, session: Session, tmp_path: Path) -> None:
    make_commune(session)
    file = tmp_path / "liste.csv"
    file.write_text("Quoi;Quand\nJumelage avec Misto;6 mai 2013\n", "utf-8")
    assert "--column" in run(app, str(file), "--body", "59999", status=2)
    assert "1 délibération importée" in run(
        app, str(file), "--body", "59999", "--column", "1=title", "--column", "2=date"
    )


def test_the_page_shows_what_it_understood_before_it_writes(session: Session, sign_in: SignIn) -> None:
    body = make_commune(session)
    client = sign_in(make_member(session, body, Role.CLERK))
    content = "Numéro;Date;Objet;Élu\n1;06/05/2013;Jumelage <b>Misto</b>;X\n2;?;Voirie;Y\n".encode("cp1252")
    sent = client.post(
        "/conseil/archives/importer", data={"list": (io.BytesIO(content), "liste.csv")}, follow_redirects=False
    )
    page = client.get(sent.headers["Location"]).text
    assert count(session) == 0
    assert "À importer : 1. Déjà là : 0. Lignes laissées de côté : 1. Sur un jumelage : 1." in page
    assert "<b>Misto" not in page
    client.post(sent.headers["Location"], data={"do": "import"})
    assert count(session) == 1
    assert client.get(sent.headers["Location"]).status_code == 404
    assert "Jumelage" in client.get("/conseil/archives?jumelages=1").text


def test_a_cell_too_many_is_kept_with_its_line_and_said_so(session: Session, sign_in: SignIn) -> None:
    body = make_commune(session)
    client = sign_in(make_member(session, body, Role.CLERK))

    def sent(content: str) -> str:
        file = (io.BytesIO(content.encode()), "liste.csv")
        return str(client.post("/conseil/archives/importer", data={"list": file}).headers["Location"])

    page = sent("Numéro;Date;Objet\n1;06/05/2013;Jumelage ; rue haute;suite\n")
    assert "celles de trop sont gardées avec la ligne" in client.get(page).text
    client.post(page, data={"do": "import"})
    kept = session.scalars(select(PastDeliberation)).one()
    assert kept.title == "Jumelage"
    assert {"rue haute", "suite"} <= {pair["text"].strip() for pair in kept.cells}
    cut = sent("2012-06-25;Mise à disposition\nde locaux;56207\n2012-06-25;Voirie;56208\n")
    assert "Remarques sur le fichier" not in client.get(cut).text


@pytest.mark.parametrize(("name", "content"), [("", b""), ("image.png", b"\x89PNG\r\n"), ("vide.csv", b"")])
def test_a_file_that_is_no_list_is_refused_with_a_sentence(
    session: Session, sign_in: SignIn, name: str, content: bytes
) -> None:
    client = sign_in(make_member(session, make_commune(session), Role.CLERK))
    sent = client.post("/conseil/archives/importer", data={"list": (io.BytesIO(content), name)})
    assert sent.status_code == 422
    assert "field-error" in sent.text


def test_a_human_says_which_twinning_it_is(session: Session, sign_in: SignIn) -> None:
    body = make_commune(session)
    twinning, other = make_shared_twinning(session, body), make_shared_twinning(session)
    past = make_past(session, body)
    client = sign_in(make_member(session, body, Role.CLERK))
    assert "Vous seul savez duquel" in client.get(f"/conseil/archives/{past.id}").text
    assert client.post(f"/conseil/archives/{past.id}/jumelage", data={"twinning": other.id}).status_code == 422
    client.post(f"/conseil/archives/{past.id}/jumelage", data={"twinning": twinning.id})
    session.expire_all()
    assert past.twinning_id == twinning.id
    assert "rattachée" in client.get("/conseil/archives").text


def test_a_deliberation_that_does_not_belong_goes_to_the_trash_and_comes_back(
    session: Session, sign_in: SignIn
) -> None:
    body = make_commune(session)
    past = make_past(session, body)
    client = sign_in(make_member(session, body, Role.CLERK))
    client.post(f"/conseil/archives/{past.id}/corbeille")
    assert "2013-42" not in client.get("/conseil/archives").text
    assert "2013-42" in client.get("/conseil/archives?corbeille=1").text
    client.post(f"/conseil/archives/{past.id}/restaurer")
    assert "2013-42" in client.get("/conseil/archives").text


def test_pages_follow_one_another_without_a_gap(session: Session) -> None:
    body = make_commune(session)
    for rank in range(30):
        make_past(session, body, f"Objet {rank}", number=str(rank))
    first = page_of_past(session, frozenset({body.id}), Wanted())[:25]
    rest = page_of_past(session, frozenset({body.id}), Wanted(), before=(first[-1].voted_sort, first[-1].id))
    assert len({one.id for one in (*first, *rest)}) == 30
    assert len(page_of_past(session, frozenset({body.id}), Wanted(words="objet 29"))) == 1
    assert page_of_past(session, frozenset({body.id}), Wanted(words="100%")) == []


def test_another_commune_reads_nothing_of_it(session: Session, sign_in: SignIn) -> None:
    past = make_past(session, make_commune(session))
    client = sign_in(make_member(session, make_body(session, "Ailleurs-Essai"), Role.CLERK))
    assert client.get(f"/conseil/archives/{past.id}").status_code == 404
    assert "2013-42" not in client.get("/conseil/archives").text


def test_a_mark_that_the_list_did_not_give_is_said(session: Session, sign_in: SignIn) -> None:
    client = sign_in(make_member(session, make_commune(session), Role.CLERK))
    for mark in ("x", "2013-05-06~", "2013-05-06~²", "~1"):
        assert client.get("/conseil/archives", query_string={"apres": mark}).status_code == 400


def test_a_header_says_each_meaning_once() -> None:
    sheet = read_sheet(b"Date;Objet;Date de s\xc3\xa9ance;N\xc2\xb0\n2013;Jumelage;2014;1\n")
    assert guess(sheet) == (Meaning.DATE, Meaning.TITLE, Meaning.OTHER, Meaning.NUMBER)


def test_a_whole_import_is_undone_and_taken_back(session: Session, sign_in: SignIn) -> None:
    body = make_commune(session)
    first, second = make_past(session, body, "Un", number="1"), make_past(session, body, "Deux", number="2")
    other = make_past(session, make_commune(session, name="Ailleurs-Fictif"))
    client = sign_in(make_member(session, body, Role.CLERK))
    done = client.post(f"/conseil/archives/{first.id}/import/corbeille", follow_redirects=True)
    assert "2 délibérations sont à la corbeille" in done.text
    session.expire_all()
    assert [bool(one.trashed_at) for one in (first, second, other)] == [True, True, False]
    client.post(f"/conseil/archives/{second.id}/import/restaurer")
    session.expire_all()
    assert first.trashed_at is second.trashed_at is None


def test_a_former_deliberation_stands_in_the_dossier_that_it_was_put_with(session: Session, sign_in: SignIn) -> None:
    body, partner = make_commune(session), make_commune(session, name="Ailleurs-Fictif")
    twinning = make_shared_twinning(session, body, partner)
    past = make_past(session, body)
    past.twinning_id = twinning.id
    session.commit()
    page = sign_in(make_member(session, body, Role.READER)).get(f"/jumelages/{twinning.id}")
    assert f"/conseil/archives/{past.id}" in page.text
    assert (
        f"/conseil/archives/{past.id}"
        not in sign_in(make_member(session, partner, Role.READER)).get(f"/jumelages/{twinning.id}").text
    )
