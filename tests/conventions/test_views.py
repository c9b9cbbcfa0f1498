"""The pages: who may do what, conflicts, freezing, scans, own wording; nothing typed is lost."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from pypdf import PdfReader, PdfWriter
from sqlalchemy import select
from werkzeug.http import parse_options_header

from app.accounts.models import Role
from app.audit.models import JournalEntry
from app.bodies.models import BodyKind
from app.conventions import queries
from app.conventions.models import ConventionVersion, Status
from app.texts.document import Kind, TextValue
from app.texts.drafting import Answers
from app.texts.signers import PartyAnswer, SignatoryAnswer
from app.twinnings.models import TwinningParty
from tests.factories.accounts import make_account, make_member, make_own_body
from tests.factories.bodies import make_body
from tests.factories.conventions import make_convention, make_pair
from tests.support.forms import filled

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask
    from flask.testing import FlaskClient
    from sqlalchemy.orm import Session

    from app.accounts.models import Account
    from app.conventions.models import Convention

    SignIn = Callable[[Account], FlaskClient]

COMPLETE = Answers(
    clauses={},
    fields={},
    parties=(
        PartyAnswer(
            "partie-1", (SignatoryAnswer("Camille Exemple", "mayor", was=0),), decision="2027-04-06", reference="12"
        ),
        PartyAnswer(
            "partie-2", (SignatoryAnswer("Olena Zrazok", "mayor", was=0),), decision="2027-03-10", reference="45"
        ),
    ),
    signings=(("Semenivka", "2027-06-12"),),
    copies=4,
)


def complete_oath(session: Session) -> tuple[Convention, Account]:
    return make_convention(session, Kind.OATH, answers=COMPLETE)


def edit(client: FlaskClient, convention: Convention, revision: int, **typed: str) -> Any:
    return client.post(f"/conventions/{convention.id}/articles/objet", data={"revision": str(revision), **typed})


def test_a_stranger_does_not_learn_that_a_text_exists(session: Session, sign_in: SignIn) -> None:
    convention, _account = make_convention(session)
    stranger = make_member(session, make_own_body(session))
    client = sign_in(stranger)
    for path in ("", "/versions", "/brouillon.pdf", "/completer", "/articles/objet"):
        assert client.get(f"/conventions/{convention.id}{path}").status_code == 404, path
    assert "Sailly-lez-Lannoy" not in client.get("/conventions/").text


def test_a_reader_reads_and_does_not_write(session: Session, sign_in: SignIn) -> None:
    convention, _account = make_convention(session)
    reader = make_member(session, convention.bodies[0].body, Role.READER)
    client = sign_in(reader)
    page = client.get(f"/conventions/{convention.id}")
    assert page.status_code == 200
    assert "Modifier" not in page.text
    refused = client.get(f"/conventions/{convention.id}/completer")
    assert refused.status_code == 403
    assert "demandez à une personne qui écrit" in refused.text


def test_the_partner_town_writes_as_an_equal(session: Session, sign_in: SignIn) -> None:
    convention, _account = make_convention(session)
    partner = make_member(session, convention.bodies[1].body, Role.COORDINATOR)
    answer = edit(sign_in(partner), convention, 1, heading_fr="Objet", body_fr="Nos mots.", body_en="Our words.")
    assert answer.status_code == 302


def test_a_partner_does_not_see_what_a_town_signs_with_its_committee(session: Session, sign_in: SignIn) -> None:
    twinning, account = make_pair(session)
    ours, theirs = (party.body for party in twinning.parties)
    committee = make_body(session, "Comité de jumelage", BodyKind.COMMITTEE, parent_id=ours.id)
    twinning.parties.append(TwinningParty(body_id=committee.id, side=1, position=1, is_town=False))
    session.commit()
    client = sign_in(account)
    address = f"/conventions/nouvelle/reponses?jumelage={twinning.id}&genre=town_committee&langue=fr"
    made = client.post(address, data={"creer": "1"})
    assert made.status_code == 302, made.text
    assert client.get(made.location).status_code == 200
    partner = make_member(session, theirs, Role.COORDINATOR)
    assert sign_in(partner).get(made.location).status_code == 404


def test_two_people_who_edit_one_article_see_both_texts(session: Session, sign_in: SignIn) -> None:
    convention, account = make_convention(session)
    client = sign_in(account)
    assert (
        edit(client, convention, 1, heading_fr="Objet", body_fr="Premier texte.", body_en="First.").status_code == 302
    )
    second = edit(client, convention, 1, heading_fr="Objet", body_fr="Second texte.", body_en="Second.")
    assert second.status_code == 409
    assert "Premier texte." in second.text
    assert "Second texte." in second.text
    session.expire_all()
    assert "Premier" in str(convention.document)


def test_two_people_who_edit_different_articles_do_not_disturb_each_other(session: Session, sign_in: SignIn) -> None:
    convention, account = make_convention(session)
    client = sign_in(account)
    assert edit(client, convention, 1, body_fr="Un.", body_en="One.").status_code == 302
    other = client.post(
        f"/conventions/{convention.id}/articles/suivi", data={"revision": "1", "body_fr": "Deux.", "body_en": "Two."}
    )
    assert other.status_code == 302


def test_hostile_words_are_shown_as_words(session: Session, sign_in: SignIn) -> None:
    convention, account = make_convention(session)
    client = sign_in(account)
    hostile = "<script>alert(1)</script> {{ 7*7 }} {objet_actions}"
    edit(client, convention, 1, heading_fr="<b>O</b>", body_fr=hostile, body_en="x")
    page = client.get(f"/conventions/{convention.id}").text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    for form in ("pdf", "docx", "odt"):
        assert client.get(f"/conventions/{convention.id}/brouillon.{form}").status_code == 200


def test_a_print_is_called_by_what_it_is_in_every_form(session: Session, sign_in: SignIn) -> None:
    convention, account = complete_oath(session)
    client = sign_in(account)
    client.post(f"/conventions/{convention.id}/versions", data={"reason": ""})
    for path, state in (("brouillon", "brouillon"), ("versions/1", "brouillon – version 1")):
        for form in ("pdf", "docx", "odt", "json"):
            answer = client.get(f"/conventions/{convention.id}/{path}.{form}")
            _kind, told = parse_options_header(answer.headers["Content-Disposition"])
            wanted = f"Serment de jumelage – Sailly-lez-Lannoy – Semenivka – {state}.{form}"
            assert told["filename"] == wanted


def test_an_oversized_article_is_refused_and_not_lost(session: Session, sign_in: SignIn) -> None:
    convention, account = make_convention(session)
    answer = edit(sign_in(account), convention, 1, body_fr="a" * 30_001, body_en="b")
    assert answer.status_code == 422
    assert "trop long" in answer.text
    assert "a" * 30_001 in answer.text


def test_a_bad_date_is_told_at_its_field_and_nothing_is_lost(session: Session, sign_in: SignIn) -> None:
    convention, account = make_convention(session)
    client = sign_in(account)
    typed = {"revision": "1", "p0_name": "Camille", "p0_decision": "bientôt", "f_objet_actions_fr": "des rencontres"}
    answer = client.post(f"/conventions/{convention.id}/completer", data=typed)
    assert answer.status_code == 422
    assert "« bientôt » n’est pas une date" in answer.text
    assert "des rencontres" in answer.text


def test_only_a_complete_text_is_frozen_and_only_a_cleared_one_is_signed(session: Session, sign_in: SignIn) -> None:
    convention, account = complete_oath(session)
    client, home = sign_in(account), f"/conventions/{convention.id}"
    assert client.post(f"{home}/projet", data={"reason": "séance du 6 avril"}).status_code == 302
    version = session.scalars(select(ConventionVersion)).one()
    printed = client.get(f"{home}/versions/1.pdf")
    assert "Projet soumis au conseil" in PdfReader(io.BytesIO(printed.data)).pages[0].extract_text()
    assert printed.data == client.get(f"{home}/versions/1.pdf").data
    assert len(version.sha256) == 64
    for name, why in (("", ""), ("x", "y"), ("Camille Exemple, maire", "…"), ("C. E.", "vote du conseil")):
        nameless = client.post(f"{home}/versions/1/original", data={"granted_by": name, "reason": why})
        assert nameless.status_code == 422, (name, why)
    cleared = {"granted_by": "Camille Exemple, maire", "reason": "délibération transmise et publiée"}
    assert client.post(f"{home}/versions/1/original", data=cleared).status_code == 302
    original = PdfReader(io.BytesIO(client.get(f"{home}/versions/2.pdf").data))
    text = "".join(page.extract_text() for page in original.pages)
    assert "Projet soumis" not in text
    assert "Brouillon" not in text
    told = session.scalars(select(JournalEntry).where(JournalEntry.action == "convention.cleared")).one()
    assert told.details["reason"] == "délibération transmise et publiée"
    assert client.get(f"{home}/versions/2/original").status_code == 404


def test_an_incomplete_text_is_not_frozen(session: Session, sign_in: SignIn) -> None:
    convention, account = make_convention(session)
    client = sign_in(account)
    answer = client.post(f"/conventions/{convention.id}/projet", data={"reason": ""})
    assert answer.status_code == 422
    assert "n’est pas complet" in answer.text
    assert "la date de signature" in answer.text, "the page that asks for more says for what"
    assert "tel qu’il est prévu" in answer.text


def test_each_party_gives_what_it_alone_knows(session: Session, sign_in: SignIn) -> None:
    undecided = tuple(replace(one, decision="", reference="") for one in COMPLETE.parties)
    convention, account = make_convention(session, Kind.OATH, answers=replace(COMPLETE, parties=undecided))
    page = sign_in(account).get(f"/conventions/{convention.id}").text
    givers = set(re.findall(r"à donner par ([^<]+?)\s*</span>", page))
    assert {"Semenivka", "Sailly-lez-Lannoy"} <= givers, givers


def test_a_project_keeps_the_place_of_days_that_have_not_come(session: Session, sign_in: SignIn) -> None:
    undecided = tuple(replace(one, decision="", reference="") for one in COMPLETE.parties)
    answers = replace(COMPLETE, parties=undecided, signings=(("Semenivka", ""),))
    convention, account = make_convention(session, Kind.OATH, answers=answers)
    client, home = sign_in(account), f"/conventions/{convention.id}"
    asked = client.get(f"{home}/projet").text
    assert "Ces jours ne sont pas encore venus ?" in asked
    assert client.post(f"{home}/projet", data={"reason": ""}).status_code == 422
    assert client.post(f"{home}/projet", data={"reason": "séance", "days_open": "y"}).status_code == 302
    assert (
        client.post(
            f"{home}/versions/1/original", data={"granted_by": "Camille Exemple, maire", "reason": "vote"}
        ).status_code
        == 302
    )
    texts = [PdfReader(io.BytesIO(client.get(f"{home}/versions/{number}.pdf").data)) for number in (1, 2)]
    for text in ("".join(page.extract_text() for page in reader.pages) for reader in texts):
        assert "…………" in text
        assert not re.search("à compléter|à fixer", text)
    project, original = queries.versions_of(session, convention.id)[::-1]
    assert project.sha256 == original.sha256, "what was voted is what is signed"
    assert "Jours laissés à écrire à la main, une fois connus : 3." in client.get(home).text
    typed = {**filled(client.get(f"{home}/completer").text), "s0_date": "12/06/2027"}
    assert client.post(f"{home}/completer", data=typed).status_code == 302
    assert "une fois connus : 2." in client.get(home).text


def test_an_answer_in_sentences_is_printed_as_it_was_typed(session: Session, sign_in: SignIn) -> None:
    convention, account = make_convention(session)
    client, home = sign_in(account), f"/conventions/{convention.id}"
    told = {"f_histoire_fr": "Une rencontre.\r\nPuis une amitié.", "f_histoire_en": "A meeting, then a friendship."}
    told["f_objet_actions_fr"] = "un échange scolaire\r\nune fête"
    told["f_objet_actions_en"] = "a school exchange\r\na feast"
    typed = {**filled(client.get(f"{home}/completer").text), **told}
    assert client.post(f"{home}/completer", data=typed).status_code == 302
    page = client.get(home).text
    assert "n’ont pas le même nombre de lignes" not in page
    assert re.search(r"<p[^>]*>\s*Puis une amitié\.\s*</p>", page)
    assert re.search(r"<li[^>]*>\s*une fête\s*</li>", page)
    assert "Une rencontre.\nPuis une amitié." in client.get(f"{home}/completer").text.replace("\r", "")


def test_a_change_after_freezing_makes_a_draft_again_and_is_compared(session: Session, sign_in: SignIn) -> None:
    convention, account = complete_oath(session)
    client, home = sign_in(account), f"/conventions/{convention.id}"
    client.post(f"{home}/projet", data={"reason": ""})
    client.post(
        f"{home}/articles/duree",
        data={"revision": "9", "heading_fr": "La durée", "body_fr": "Pour toujours.", "body_en": "For ever."},
    )
    session.expire_all()
    assert convention.status == Status.DRAFT
    compared = client.get(f"{home}/comparer?de=1&a=0").text
    assert "<ins>Pour toujours.</ins>" in compared or "<ins>toujours.</ins>" in compared


def test_a_signed_text_does_not_change_any_more(session: Session, sign_in: SignIn) -> None:
    convention, account = complete_oath(session)
    client, home = sign_in(account), f"/conventions/{convention.id}"
    client.post(f"{home}/projet", data={"reason": ""})
    client.post(f"{home}/versions/1/original", data={"granted_by": "Camille Exemple, maire", "reason": "vote"})
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    scan = io.BytesIO()
    writer.write(scan)
    sent = {"scan": (io.BytesIO(scan.getvalue()), "../../original signé.pdf"), "signe": "1"}
    early = client.post(f"{home}/texte-signe", data=sent)
    assert early.status_code == 422
    assert "et ce jour n’est pas venu" in early.text, "signed before the day it bears: asked back"
    assert "Déjà joint" in early.text, "the file is not lost"
    assert client.post(f"{home}/texte-signe", data={"signe": "1", "avant_date": "1"}).status_code == 302
    session.expire_all()
    assert convention.status == Status.SIGNED
    assert client.get(f"{home}/articles/duree").status_code == 403
    page = client.get(home).text
    assert page.index("Texte signé") < page.index("Original en PDF")
    assert "Brouillon en PDF" not in page, "a signed text offers what was signed"
    (kept,) = queries.scans_of(session, convention.id)
    answer = client.get(f"{home}/textes-signes/{kept.id}")
    assert answer.data == scan.getvalue()
    assert "attachment" in answer.headers["Content-Disposition"]
    assert "/" not in kept.filename


@pytest.mark.parametrize("content", [b"", b"not a scan", b"%PDF-1.7 broken"])
def test_a_scan_that_is_none_is_refused_with_a_sentence(session: Session, sign_in: SignIn, content: bytes) -> None:
    convention, account = complete_oath(session)
    sent = {"scan": (io.BytesIO(content), "x.pdf")}
    answer = sign_in(account).post(f"/conventions/{convention.id}/texte-signe", data=sent)
    assert answer.status_code == 422
    assert "field-error" in answer.text or "error-summary" in answer.text


def test_a_scan_over_the_limit_gets_a_page_that_says_so(app: Flask, session: Session, sign_in: SignIn) -> None:
    convention, account = complete_oath(session)
    client = sign_in(account)
    answer = client.post(
        f"/conventions/{convention.id}/texte-signe",
        content_type="multipart/form-data; boundary=x",
        environ_overrides={"CONTENT_LENGTH": str(app.config["MAX_CONTENT_LENGTH"] + 1)},
    )
    assert answer.status_code == 413
    assert "trop lourd" in answer.text


def test_a_proof_reader_is_named(session: Session, sign_in: SignIn) -> None:
    convention, account = make_convention(session)
    client = sign_in(account)
    client.post(f"/conventions/{convention.id}/articles/objet/relire", data={"langue": "en"})
    assert f"relu par {account.name}" in client.get(f"/conventions/{convention.id}/articles/objet").text


def test_a_body_rewords_its_model_and_the_next_text_uses_it(session: Session, sign_in: SignIn) -> None:
    twinning, account = make_pair(session)
    body = next(party.body for party in twinning.parties if party.body.country == "FR")
    client, home = sign_in(account), f"/conventions/modeles/{body.id}/oath"
    wrong = {"revision": "0", "heading_fr": "La durée", "body_fr": "Pour {toujour} {part}"}
    shown = client.post(f"{home}/duree", data=wrong)
    assert shown.status_code == 422
    assert "{toujour} n’existe pas" in shown.text
    page = client.get(f"{home}/duree").text
    assert "sans limitation de durée" in page
    languages = [code for code in ("de", "en", "es", "it", "pl", "pt", "uk") if f'name="body_{code}"' in page]
    right = {f"body_{code}": "Texte." for code in languages} | {f"heading_{code}": "T" for code in languages}
    right |= {"revision": "0", "heading_fr": "La durée", "body_fr": "Tant que nos fontaines coulent."}
    assert client.post(f"{home}/duree", data=right).status_code == 302
    assert "Tant que nos fontaines coulent" in client.get(home).text
    assert "rien à redire" in client.get(home).text
    unlike = right | {"revision": "1", "body_fr": "Pendant 10 ans.", "body_en": "For 20 years."}
    assert client.post(f"{home}/duree", data=unlike).status_code == 302
    assert "les chiffres ne sont pas les mêmes (anglais) : 10 / 20" in client.get(home).text
    assert "rien à redire" not in client.get(home).text
    assert client.post(f"{home}/duree", data=right | {"revision": "2"}).status_code == 302
    address = f"/conventions/nouvelle/reponses?jumelage={twinning.id}&genre=oath&langue=fr&langue=uk"
    made = client.post(address, data={"creer": "1"})
    assert "Tant que nos fontaines coulent" in client.get(made.location).text
    assert client.post(f"{home}/duree/origine").status_code == 302
    assert "Tant que nos fontaines coulent" not in client.get(home).text


def test_another_body_does_not_see_our_models(session: Session, sign_in: SignIn) -> None:
    twinning, _account = make_pair(session)
    stranger = make_member(session, make_own_body(session))
    client = sign_in(stranger)
    for party in twinning.parties:
        assert client.get(f"/conventions/modeles/{party.body_id}").status_code in {403, 404}
    assert client.get(f"/conventions/modeles/{twinning.parties[0].body_id}/inconnu").status_code == 404


def test_every_page_of_a_text_opens(session: Session, sign_in: SignIn) -> None:
    answers = Answers({}, {"objet_actions": TextValue(by_language={"fr": "un\ndeux", "en": "one\ntwo"})})
    convention, account = make_convention(session, answers=answers)
    client, home = sign_in(account), f"/conventions/{convention.id}"
    for path in (
        "",
        "/questions",
        "/completer",
        "/articles",
        "/articles/fait",
        "/mise-en-forme",
        "/versions",
        "/projet",
    ):
        assert client.get(home + path).status_code == 200, path
    for path in ("/conventions/", "/conventions/importer", "/conventions/?corbeille=1", f"{home}/texte-signe"):
        assert client.get(path).status_code == 200, path
    assert re.search(r'aria-label="Vu le code général des collectivités territoriales,…"', client.get(home).text)
    assert client.get("/conventions/").text.count("<tr>") == 2  # the headings and the text, no empty row
    assert client.get(f"{home}/brouillon.exe").status_code == 404
    assert client.get(f"{home}/articles/inconnu").status_code == 404


def test_a_language_joins_a_text_that_is_begun_and_one_that_leaves_keeps_its_words(
    session: Session, sign_in: SignIn
) -> None:
    convention, account = make_convention(session, languages=("fr",))
    client, home = sign_in(account), f"/conventions/{convention.id}"
    words = {"revision": "1", "heading_fr": "Objectifs", "body_fr": "Se connaître."}
    assert client.post(f"{home}/articles/objectifs", data=words).status_code == 302

    def arranged(*languages: str) -> str:
        typed: dict[str, Any] = filled(client.get(f"{home}/mise-en-forme").text)
        assert client.post(f"{home}/mise-en-forme", data=typed | {"languages": list(languages)}).status_code == 302
        return client.get(home).text

    assert "Le texte n’est dans aucune langue de Semenivka" in client.get(home).text
    page = arranged("uk", "en")
    assert "dans aucune langue" not in page
    assert "This agreement" in page or "By this agreement" in page
    assert "la traduction est plus ancienne que le texte qu’elle rend (anglais)" in page, "aims were rewritten"
    session.expire_all()
    document = queries.document_of(convention)
    assert (document.languages, document.layout) == (["fr", "en", "uk"], "columns")
    assert document.title["en"] == "Twinning agreement"
    assert {one.language for one in document.authority} <= {"fr", "en", "uk"}
    assert client.get(f"{home}/brouillon.pdf").status_code == 200

    own = {"revision": str(convention.revision), "heading_en": "Purpose", "body_en": "To stay friends."}
    own |= {f"{part}_{code}": "…" for part in ("heading", "body") for code in ("fr", "uk")}
    assert client.post(f"{home}/articles/objet", data=own).status_code == 302
    assert "To stay friends." not in arranged("uk")
    assert "To stay friends." in arranged("uk", "en")


def test_trash_and_back(session: Session, sign_in: SignIn) -> None:
    convention, account = make_convention(session)
    client, home = sign_in(account), f"/conventions/{convention.id}"
    assert client.post(f"{home}/corbeille").status_code == 302
    assert convention.title not in client.get("/conventions/").text
    assert client.get(f"{home}/completer").status_code == 403
    assert client.post(f"{home}/restaurer").status_code == 302
    assert convention.title in client.get("/conventions/").text


def test_somebody_without_a_body_is_told_so(session: Session, sign_in: SignIn) -> None:
    client = sign_in(make_account(session, is_instance_administrator=True))
    assert client.get("/conventions/").status_code == 403
    for path in ("/conventions/nouvelle", "/jumelages/nouveau", "/jumelages/importer"):
        page = client.get(path)
        assert (page.status_code, "Il faut un rôle dans un organisme" in page.text) == (403, True), path
