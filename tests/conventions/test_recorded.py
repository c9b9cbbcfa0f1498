"""A text with its articles prints, behind the signatures, what else is recorded of it; a new one nothing more."""

from __future__ import annotations

import io
import json
import subprocess
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from pypdf import PdfReader

from app.conventions import documents, queries
from app.conventions.documents import Print
from app.conventions.models import PrintKind
from app.texts import interchange
from tests.factories.conventions import AT, make_convention
from tests.support import tools

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask
    from flask.testing import FlaskClient
    from sqlalchemy.orm import Session

    from app.accounts.models import Account

    SignIn = Callable[[Account], FlaskClient]

CHECKER = Path(__file__).parents[1] / "tools" / "VeraCheck.java"
TEXT: dict[str, Any] = {
    "format": "traitdunion/convention",
    "version": 1,
    "id": "essai",
    "kind": "convention",
    "title": {"fr": "Convention de jumelage"},
    "languages": ["fr"],
    "parties": [{"id": "a", "name": "Nesmy", "country": "FR"}, {"id": "b", "name": "Burggen", "country": "DE"}],
    "articles": [{"id": "objet", "heading": {"fr": "Objet"}, "body": {"fr": "Nesmy et Burggen se lient d’amitié."}}],
    "signatories": [
        {
            "name": "Camille Exemple",
            "role": "deputy_mayor",
            "parties": ["a"],
            "delegation": {"of": "Jeanne Modèle", "act": "arrêté n° 12"},
            "manner": "video",
        }
    ],
    "signings": [{"places": [{"name": "Nesmy", "venue": "salle des fêtes"}], "date": {"date": "1993-09-10"}}],
    "acts": [{"kind": "council_decision", "by": "a", "vote": {"votes_for": 12, "votes_against": 2}}],
    "commitments": [{"what": "accueil des élèves", "amount": "400", "currency": "DEM"}],
    "notes": {
        "conflicts": [{"statement": "Deux dates pour un même vote.", "readings": ["1991", "1992"]}],
        "needs": ["deux colonnes"],
    },
}
FACTS = (
    "Ce que le document dit par ailleurs",
    "Deux dates pour un même vote.",
    "par délégation de Jeanne Modèle (arrêté n° 12)",
    "manière de signer : par visioconférence",
    "salle des fêtes",
    "10 septembre 1993",
    "pour 12, contre 2",
    "accueil des élèves · montant : 400,00 marks allemands",
    "à savoir rendre : deux colonnes",
)


def words(form: str, content: bytes) -> str:
    if form == "pdf":
        text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    elif form == "html":
        text = content.decode()
    else:
        inner = {"docx": "word/document.xml", "odt": "content.xml"}[form]
        text = zipfile.ZipFile(io.BytesIO(content)).read(inner).decode()
    return " ".join(text.replace("\xa0", " ").replace("\u202f", " ").split())


@pytest.mark.parametrize("form", ["html", "pdf", "docx", "odt"])
def test_every_print_of_a_text_tells_what_is_recorded_beside_it(app: Flask, form: str) -> None:
    document = interchange.read(json.dumps(TEXT).encode())
    with app.test_request_context():
        wanted = Print(PrintKind.DRAFT, AT)
        made = (
            documents.html(document, wanted).encode()
            if form == "html"
            else documents.write(document, wanted, form, "fr")
        )
    text = words(form, made)
    for fact in FACTS:
        assert fact in text, fact


def test_what_the_articles_say_is_not_said_twice(app: Flask) -> None:
    document = interchange.read(json.dumps(TEXT | {"clauses": [{"summary": "se lient d'amitié"}]}).encode())
    with app.test_request_context():
        page = documents.html(document, Print(PrintKind.DRAFT, AT))
    assert "Ce que dit le texte" not in page
    assert page.count("Convention de jumelage") <= 3


def test_the_original_to_sign_holds_the_words_alone(app: Flask) -> None:
    document = interchange.read(json.dumps(TEXT).encode())
    with app.test_request_context():
        page = documents.html(document, Print(PrintKind.ORIGINAL, AT))
    assert "par ailleurs" not in page
    assert "par délégation" in page


def test_a_text_that_was_written_here_has_no_empty_page_behind_it(app: Flask, session: Session) -> None:
    convention, _account = make_convention(session)
    with app.test_request_context():
        page = documents.html(queries.document_of(convention), Print(PrintKind.DRAFT, AT))
    assert "par ailleurs" not in page


def test_the_page_of_an_imported_text_shows_its_contradictions_and_its_facts(session: Session, sign_in: SignIn) -> None:
    _convention, account = make_convention(session)
    client = sign_in(account)
    sent = {"file": (io.BytesIO(json.dumps(TEXT).encode()), "texte.json"), "twinning": ""}
    page = client.get(client.post("/conventions/importer", data=sent).location).text
    assert "La source se contredit" in page
    assert "manière de signer" in page
    assert "visioconférence" in page


def test_a_print_with_its_recorded_facts_is_archival_and_accessible(app: Flask, tmp_path: Path) -> None:
    full = json.dumps(TEXT | {"languages": ["fr", "de"], "title": {"fr": "Convention", "de": "Vertrag"}}).encode()
    paths = []
    with app.test_request_context():
        for kind in (PrintKind.DRAFT, PrintKind.SUBMITTED):
            content = documents.write(interchange.read(full), Print(kind, AT, 1, "ab" * 32), "pdf", "fr")
            paths.append(tmp_path / f"{kind}.pdf")
            paths[-1].write_bytes(content)
    command = [tools.need("java"), "-cp", str(tools.verapdf_jar()), str(CHECKER), "ua1,3a", *map(str, paths)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=180, check=False)
    assert done.returncode == 0, done.stdout


def test_a_text_in_a_language_that_the_product_does_not_speak_tells_its_facts_in_french(app: Flask) -> None:
    facts = {"languages": ["ro"], "articles": [], "title": {}, "parties": [{"id": "a", "name": "X", "country": "DD"}]}
    facts |= {"acts": [{"kind": "contact", "date": {"date": "0836~"}}], "signatories": [], "notes": {}}
    document = interchange.read(json.dumps(TEXT | facts | {"commitments": [], "kind": "other"}).encode())
    with app.test_request_context():
        page = documents.html(document, Print(PrintKind.DRAFT, AT))
    assert "République démocratique allemande" in page
    assert "premier contact, vers 836" in page
    assert ">DD<" not in page
