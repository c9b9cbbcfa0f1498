"""A text with its articles prints, behind the signatures, what else is recorded of it; a new one nothing more."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from pypdf import PdfReader

from app.conventions import documents, queries
from app.conventions.documents import Print
from app.conventions.models import PrintKind
from app.texts import interchange
from app.texts.drafting import Answers
from tests.factories.conventions import AT, make_convention
from tests.support import verapdf

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from flask import Flask
    from flask.testing import FlaskClient
    from sqlalchemy.orm import Session

    from app.accounts.models import Account

    SignIn = Callable[[Account], FlaskClient]

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


def test_a_language_without_a_title_is_headed_by_its_name_alone(app: Flask) -> None:
    words = {"fr": "Nous jurons.", "mt": "Naħilfu.", "ga": "Geallaimid."}
    told = TEXT | {"languages": list(words), "title": {"fr": "Serment"}, "layout": "sequential"}
    document = interchange.read(json.dumps(told | {"articles": [{"id": "voeu", "body": words}]}).encode())
    with app.test_request_context():
        page = documents.html(document, Print(PrintKind.DRAFT, AT))
    assert ">Malti</h2>" in page


def test_a_second_signing_of_which_only_the_year_is_known_is_said_once(app: Flask, session: Session) -> None:
    signings = (("Semenivka", "2027-06-12"), ("Sailly-lez-Lannoy", "2028"))
    convention, _account = make_convention(session, answers=Answers({}, {}, signings=signings))
    with app.test_request_context():
        page = documents.html(queries.document_of(convention), Print(PrintKind.DRAFT, AT))
    assert "Sailly-lez-Lannoy, 2028" in page.replace("\xa0", " ")
    assert "par ailleurs" not in page


def test_the_page_of_an_imported_text_shows_its_contradictions_and_its_facts(session: Session, sign_in: SignIn) -> None:
    _convention, account = make_convention(session)
    client = sign_in(account)
    sent = {"file": (io.BytesIO(json.dumps(TEXT).encode()), "texte.json"), "twinning": ""}
    page = client.get(client.post("/conventions/importer", data=sent).location).text
    assert "La source se contredit" in page
    assert "manière de signer" in page
    assert "visioconférence" in page


@pytest.mark.once
def test_a_print_with_its_recorded_facts_is_archival_and_accessible(app: Flask, tmp_path: Path) -> None:
    full = json.dumps(TEXT | {"languages": ["fr", "de"], "title": {"fr": "Convention", "de": "Vertrag"}}).encode()
    paths = []
    with app.test_request_context():
        for kind in (PrintKind.DRAFT, PrintKind.SUBMITTED):
            content = documents.write(interchange.read(full), Print(kind, AT, 1, "ab" * 32), "pdf", "fr")
            paths.append(tmp_path / f"{kind}.pdf")
            paths[-1].write_bytes(content)
    assert verapdf.complaints(*paths) == ""


@pytest.mark.parametrize("form", ["html", "docx", "odt"])
def test_a_text_that_was_signed_says_how_and_has_no_empty_place_to_sign(app: Flask, form: str) -> None:
    facts = {
        "state": "signed",
        "signatories": [
            {"name": "Camille Exemple", "role": "mayor", "parties": ["a"]},
            {"name": "Hans Beispiel", "role": "mayor", "parties": ["b"], "signings": ["retour"]},
            {"name": "Alix Modèle", "parties": ["a"], "signed_on": {"date": "1993-11"}, "signings": ["aller"]},
            {"name": "Paul Absent", "parties": ["b"], "signed": False},
            {"many": True, "for_as_written": "les officiers municipaux", "parties": ["a"]},
        ],
        "witnesses": [{"name": "Le préfet", "role": "president", "signings": ["aller"]}],
        "signings": [
            {"id": "aller", "places": [{"name": "Nesmy"}], "date": {"date": "1993-09-10"}},
            {"id": "retour", "places": [{"name": "Burggen"}], "date": {"date": "1994"}},
            {"id": "plus-tard", "places": [{"name": "Lille"}], "date": {"date": "2099"}, "status": "planned"},
        ],
    }
    document = interchange.read(json.dumps(TEXT | facts).encode())
    made = {}
    for kind in (PrintKind.DRAFT, PrintKind.SUBMITTED):
        with app.test_request_context():
            wanted = Print(kind, AT)
            if form == "html":
                content = documents.html(document, wanted).encode()
            else:
                content = documents.write(document, wanted, form, "fr")
        made[kind] = words(form, content)
    past = made[PrintKind.DRAFT]
    for said in (
        "Signé à Nesmy, le 10 septembre 1993 et à Burggen, 1994",
        "Signé à Burggen, 1994",
        "Signé à Nesmy, novembre 1993",
        "N’a pas signé",
        "les officiers municipaux",
    ):
        assert said in past, said
    empty = 'class="box"' if form == "html" else "……"
    assert empty not in past
    assert empty in made[PrintKind.SUBMITTED], "what is still to be signed has its place"


def printed(app: Flask, **facts: Any) -> str:
    document = interchange.read(json.dumps(TEXT | facts).encode())
    with app.test_request_context():
        return " ".join(documents.html(document, Print(PrintKind.DRAFT, AT)).replace("\xa0", " ").split())


def test_a_party_called_like_a_language_does_not_take_its_place(app: Flask) -> None:
    parties = [{"id": "fr", "name": "Nesmy", "country": "FR"}, {"id": "de", "name": "Burggen", "country": "DE"}]
    signer = {"name": "A", "role": "Bürgermeister", "roles": {"fr": "premier magistrat"}, "parties": ["de"]}
    page = printed(app, parties=parties, signatories=[signer], acts=[])
    assert "fonction selon la langue : premier magistrat (français)" in page
    assert "(Nesmy)" not in page


def test_only_who_signs_has_a_place_to_sign(app: Flask) -> None:
    page = printed(app)
    assert "Pour Nesmy" in page
    assert "Pour Burggen" not in page


def test_a_text_of_the_past_is_a_transcription_with_its_own_date(app: Flask) -> None:
    page = printed(app, state="in_force", source={"title": "Archives de Nesmy"})
    assert "Transcription" in page
    assert "Brouillon" not in page
    assert "10 septembre 1993 · Archives de Nesmy" in page
    assert "Brouillon" in printed(app, state="draft")


def test_the_subtitle_is_printed_in_each_language(app: Flask) -> None:
    page = printed(app, languages=["fr", "de"], subtitle={"fr": "pour la paix", "de": "für den Frieden"})
    assert "pour la paix" in page
    assert "für den Frieden" in page


def test_towns_are_called_as_they_call_themselves(app: Flask) -> None:
    kysz = {"id": "a", "name": "Kőszeg", "names": [{"text": "Güns", "kind": "translated", "language": "fr"}]}
    sam = {"id": "b", "name": "Самбір", "names": [{"text": "Sambir", "kind": "transliterated", "language": "fr"}]}
    page = printed(app, parties=[kysz, sam], signatories=[{"name": "A", "parties": ["a"]}], acts=[])
    head = page.split("Objet")[0]
    assert "Kőszeg" in head
    assert "Güns" not in head
    assert "Самбір (Sambir)" in head
    assert "Pour Kőszeg" in page


def test_an_amended_article_is_called_by_its_number(app: Flask) -> None:
    body = {"id": "p3", "number_as_written": "§ 3a", "body": {"fr": "Rien."}}
    page = printed(app, articles=[*TEXT["articles"], body], acts=[{"kind": "amendment", "articles": ["p3"]}])
    assert "articles : § 3a" in page
    assert "p3" not in page


def test_an_imported_text_with_a_model_tells_its_facts(session: Session, sign_in: SignIn) -> None:
    _convention, account = make_convention(session)
    client = sign_in(account)
    facts = {"about": [{"towns": [{"id": "om", "name": "Omagh"}]}], "model": {"kind": "convention"}}
    sent = {"file": (io.BytesIO(json.dumps(TEXT | facts).encode()), "texte.json"), "twinning": ""}
    page = client.get(client.post("/conventions/importer", data=sent).location).text
    assert "Omagh" in page


def test_a_vote_that_contradicts_itself_is_kept_and_pointed_at(session: Session, sign_in: SignIn) -> None:
    _convention, account = make_convention(session)
    client = sign_in(account)
    vote = {"votes_for": 50, "votes_against": 1, "present": 12, "in_office": 10, "result": "unanimous"}
    facts = {"acts": [{"kind": "council_decision", "by": "a", "vote": vote}]}
    sent = {"file": (io.BytesIO(json.dumps(TEXT | facts).encode()), "texte.json"), "twinning": ""}
    page = client.get(client.post("/conventions/importer", data=sent).location).text
    for figures in ("51 &gt; 12", "12 &gt; 10", "voix contre (1)"):
        assert figures in page, figures


@pytest.mark.parametrize("form", ["pdf", "docx", "odt"])
def test_two_counts_of_one_vote_are_printed_as_a_conflict_with_their_sources(app: Flask, form: str) -> None:
    first = {"votes_for": 18, "votes_against": 0, "abstentions": 1}
    act = {"kind": "council_decision", "by": "a", "date": {"date": "2015-03-12"}}
    acts = [act | {"vote": first, "note": "procès-verbal"}, act | {"vote": first | {"votes_for": 17}, "note": "presse"}]
    facts = {"acts": acts, "source": {"title": "Archives de Nesmy, 1 W 12"}}
    document = interchange.read(json.dumps(TEXT | facts).encode())
    with app.test_request_context():
        text = words(form, documents.write(document, Print(PrintKind.DRAFT, AT), form, "fr"))
    text = " ".join(text.replace("\xa0", " ").split())
    told = text[text.index("la source se contredit : le même vote est compté") :][:400]
    for said in ("procès-verbal : 18/0/1", "presse : 17/0/1", "Source : Archives de Nesmy, 1 W 12"):
        assert said in told, told


@pytest.mark.once
def test_a_letter_that_no_font_draws_is_named_and_the_print_stays_conforming(app: Flask, tmp_path: Path) -> None:
    towns = ["宇治市", "თბილისი", "Աշտարակ", "الصويرة", "עכו", "เชียงใหม่"]
    parties = [{"id": f"t{rank}", "name": name, "country": "FR"} for rank, name in enumerate(towns)]
    facts = {"parties": parties, "signatories": [{"name": "山本 正", "parties": ["t0"]}], "acts": []}
    document = interchange.read(json.dumps(TEXT | facts).encode())
    with app.test_request_context():
        content = documents.write(document, Print(PrintKind.DRAFT, AT), "pdf", "fr")
        again = documents.write(document, Print(PrintKind.DRAFT, AT), "pdf", "fr")
    assert content == again
    text = words("pdf", content)
    assert "[U+0E40" in text
    assert "par leur code Unicode" in text
    path = tmp_path / "signes.pdf"
    path.write_bytes(content)
    assert verapdf.complaints(path) == ""


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"parties": [{"id": "a", "name": "   "}]}, "empty_name"),
        ({"title": {"fr": "Convention <b>ville</b>"}}, "markup"),
    ],
)
def test_a_name_of_spaces_and_a_title_with_markup_are_refused(facts: dict[str, Any], code: str) -> None:
    with pytest.raises(interchange.BadDocument) as refused:
        interchange.read(json.dumps({**TEXT, **facts, "signatories": [], "acts": []}).encode())
    assert refused.value.code == code


def test_a_file_with_empty_bytes_is_damaged_and_not_called_utf_16() -> None:
    for raw, code in ((b'{"a": "x\x00\x00"}', "is_binary"), ('{"a": 1}'.encode("utf-16-le"), "is_utf16")):
        with pytest.raises(interchange.BadDocument) as refused:
            interchange.read(raw)
        assert refused.value.code == code


def test_one_year_is_singular_and_a_ballot_is_not_named_twice(app: Flask) -> None:
    vote = {"votes_for": 3, "ballot": "secret"}
    page = printed(app, term={"length": {"years": 1}}, acts=[{"kind": "council_decision", "by": "a", "vote": vote}])
    assert "durée : 1 an<" in page
    assert "scrutin scrutin" not in page


def test_the_facts_are_told_in_the_language_that_is_asked_for(app: Flask) -> None:
    document = interchange.read(json.dumps(TEXT).encode())
    with app.test_request_context():
        page = documents.html(document, Print(PrintKind.DRAFT, AT, language="de"))
    assert "Was das Dokument sonst noch sagt" in page
    assert "Abschrift" in page


def test_a_text_in_a_language_that_the_product_does_not_speak_tells_its_facts_in_french(app: Flask) -> None:
    facts = {"languages": ["ro"], "articles": [], "title": {}, "parties": [{"id": "a", "name": "X", "country": "DD"}]}
    facts |= {"acts": [{"kind": "contact", "date": {"date": "0836~"}}], "signatories": [], "notes": {}}
    document = interchange.read(json.dumps(TEXT | facts | {"commitments": [], "kind": "other"}).encode())
    with app.test_request_context():
        page = documents.html(document, Print(PrintKind.DRAFT, AT))
    assert "République démocratique allemande" in page
    assert "premier contact, vers 836" in page
    assert ">DD<" not in page


def _of_five(number: int, day: datetime) -> list[str]:
    names = ["Nesmy", "Burggen", "Aldea", "Villaggio", "Miasto"]
    parties = [{"id": f"p{place}", "name": name, "country": "FR"} for place, name in enumerate(names)]
    told = {"format": "traitdunion/convention", "version": 1, "id": "cinq", "kind": "charter", "languages": ["fr"]}
    told |= {"title": {"fr": "Charte"}, "parties": parties, "articles": TEXT["articles"]}
    text = interchange.read(json.dumps(told).encode())
    laid = documents.text_document(text, Print(PrintKind.SUBMITTED, day, number=number, sha256="0" * 64))
    return [one.name for one in laid.emblems]


def test_five_parties_stand_at_the_head_but_what_was_frozen_before_keeps_its_bytes() -> None:
    since = datetime(2026, 11, 23, tzinfo=UTC)
    assert sorted(_of_five(1, since)) == ["Aldea", "Burggen", "Miasto", "Nesmy", "Villaggio"]
    assert _of_five(1, since - timedelta(days=1)) == []
    assert len(_of_five(0, since - timedelta(days=1))) == 5, "a draft is not frozen"
