"""The pages of the council: what they show, who sees it, and what happens to bad input."""

from __future__ import annotations

import json
import re
import zipfile
from datetime import timedelta
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from pypdf import PdfReader
from sqlalchemy import event

from app.accounts.models import Role
from app.bodies.models import BodyKind
from app.conventions.services import keep_version
from app.council.models import Act
from app.council.services import following
from app.extensions import db
from app.shared import clock
from tests.factories.accounts import make_grant, make_member
from tests.factories.bodies import make_body
from tests.factories.ceremonies import make_shared_twinning
from tests.factories.conventions import make_convention
from tests.factories.council import (
    BY,
    DAY,
    at,
    make_act,
    make_commune,
    make_meeting,
    make_open_meeting,
    make_subsidy,
    send,
)
from tests.factories.twinnings import make_twinning
from tests.support import verapdf
from tests.support.forms import filled
from tests.support.pages import as_read, clerk_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from flask.testing import FlaskClient
    from sqlalchemy.orm import Session

    from app.accounts.models import Account

    SignIn = Callable[[Account], FlaskClient]


# --- the pages of an evening (the worked examples stand in test_worked_examples) ---


def test_the_vote_page_refuses_counts_and_keeps_what_was_typed(session: Session, sign_in: SignIn) -> None:
    body = make_commune(session)
    meeting = make_open_meeting(session, body, make_act(session, body))
    client, point = clerk_of(session, sign_in, body), meeting.agenda[0].id
    given = {"ballot": "show_of_hands", "votes_for": "4", "debate": "Un long débat."}
    answer = client.post(f"/conseil/points/{point}/vote", data=given)
    assert answer.status_code == 422
    assert "4 voix comptées pour 5 votants" in as_read(answer.text)
    assert "Un long débat." in answer.text
    assert client.post(f"/conseil/points/{point}/vote", data={**given, "votes_for": "douze"}).status_code == 422


def test_a_refusal_far_down_the_page_is_said_at_its_top(session: Session, sign_in: SignIn) -> None:
    body = make_commune(session, members=5)
    meeting = make_meeting(session, body, make_act(session, body))
    send(session, meeting, DAY - timedelta(days=2))
    client = clerk_of(session, sign_in, body)
    answer = client.post(f"/conseil/seances/{meeting.id}/convocation/arreter")
    assert answer.status_code == 422
    words = as_read(answer.text)
    assert words.index("Rien n’est enregistré.") < words.index("Un envoi par conseiller") < words.index("Vérification")
    assert 'href="#blocage"' in answer.text
    assert 'id="blocage"' in answer.text


def test_a_meeting_in_a_year_of_the_keyboard_is_refused(session: Session, sign_in: SignIn) -> None:
    body = make_commune(session)
    client = clerk_of(session, sign_in, body)
    answer = client.post("/conseil/seances/nouvelle", data={"day": "12/04/0001", "hour": "19:00", "place": "Mairie"})
    assert answer.status_code == 422
    assert "hors de portée" in answer.text


def test_a_check_is_gone_past_on_the_page_with_a_reason_and_the_minutes_say_so(
    session: Session, sign_in: SignIn
) -> None:
    body = make_commune(session)
    meeting = make_meeting(session, body, make_act(session, body))
    send(session, meeting, DAY - timedelta(days=3))
    session.commit()
    client, url = clerk_of(session, sign_in, body), f"/conseil/seances/{meeting.id}/convocation/arreter"
    refused = client.post(url)
    assert refused.status_code == 422
    assert 'name="override_check" value="C01"' in refused.text
    given = {"override_check": "C01", "override_reason": "Tous ont renoncé au délai par écrit."}
    assert client.post(url, data=given).status_code == 302
    words = as_read(client.get(f"/conseil/seances/{meeting.id}").text)
    assert "C01 : Tous ont renoncé au délai par écrit." in words
    pdf = client.get(f"/conseil/seances/{meeting.id}/proces-verbal.pdf")
    assert "Tous ont renoncé au délai" in _printed(pdf.data)


def test_a_designation_is_held_round_by_round_on_its_page_and_the_papers_tell_it(
    session: Session, sign_in: SignIn
) -> None:
    body = make_commune(session)
    act = make_act(session, body, model="representatives", articles=["Le conseil désigne."])
    meeting = make_open_meeting(session, body, act)
    client, url = clerk_of(session, sign_in, body), f"/conseil/points/{meeting.agenda[0].id}"
    bad = client.post(f"{url}/candidats", data={"seats": "1", "candidates": "Ada ; jeune"})
    assert bad.status_code == 422
    assert "Ada ; jeune" in bad.text
    assert client.post(f"{url}/candidats", data={"seats": "1", "candidates": "Ada\nBéa"}).status_code == 302
    wrong = client.post(f"{url}/tour", data={"candidate_0": "9", "candidate_1": "0"})
    assert wrong.status_code == 422
    assert "9 bulletins et refus de vote pour 5 votants" in as_read(wrong.text)
    client.post(f"{url}/tour", data={"candidate_0": "2", "candidate_1": "2", "blank": "1"})
    client.post(f"{url}/tour/effacer")
    client.post(f"{url}/tour", data={"candidate_0": "2", "candidate_1": "2", "blank": "1"})
    done = client.post(f"{url}/tour", data={"candidate_0": "4", "candidate_1": "1"}, follow_redirects=True)
    assert "Est désigné : Ada (au deuxième tour, à la majorité absolue)." in as_read(done.text)
    for address in (f"/conseil/seances/{meeting.id}/soir", f"/conseil/seances/{meeting.id}"):
        assert "Désignation : Ada" in as_read(client.get(address).text)
    minutes = _printed(client.get(f"/conseil/seances/{meeting.id}/proces-verbal.pdf").data)
    told = "Premier tour : Ada 2 voix, Béa 2 voix ; 4 suffrages exprimés et 1 bulletin blanc."
    assert told in minutes.replace("\N{NO-BREAK SPACE}", " ")
    assert "La désignation a lieu au scrutin secret" in minutes
    decided = _printed(client.get(f"/conseil/deliberations/{act.id}/deliberation.pdf").data)
    assert "La désignation a lieu au scrutin secret" in decided
    assert "Est désigné : Ada" in decided.replace("\N{NO-BREAK SPACE}", " ")
    note = _printed(client.get(f"/conseil/seances/{meeting.id}/note-de-synthese.pdf").data)
    assert "Le conseil désigne." in note
    assert "Est désigné" not in note  # what the vote decided was not proposed
    sheet = _printed(client.get(f"/conseil/seances/{meeting.id}/feuille.pdf").data)
    assert "Sièges à pourvoir" in sheet
    assert "Pour :" not in sheet.replace("\N{NO-BREAK SPACE}", " ")
    single = make_open_meeting(session, body, make_act(session, body, model="representatives", articles=["x"]))
    url = f"/conseil/points/{single.agenda[0].id}"
    client.post(f"{url}/candidats", data={"seats": "2", "candidates": "Ada\nBéa"})
    assert "Consigner la nomination immédiate" in client.get(url).text
    told = client.post(f"{url}/nommer", follow_redirects=True)
    assert "Sont désignés : Ada et Béa" in as_read(told.text)


def test_a_ballot_that_was_asked_for_otherwise_warns(session: Session, sign_in: SignIn) -> None:
    body = make_commune(session)
    meeting = make_open_meeting(session, body, make_act(session, body))
    client, url = clerk_of(session, sign_in, body), f"/conseil/points/{meeting.agenda[0].id}/vote"
    given = {"ballot": "show_of_hands", "votes_for": "5"}
    impossible = client.post(url, data={**given, "asked_secret": "9"})
    assert impossible.status_code == 422
    assert "9 demandes de scrutin pour 5 présents" in as_read(impossible.text)
    warned = client.post(url, data={**given, "asked_secret": "2"}, follow_redirects=True)
    assert "Un tiers des présents a demandé le scrutin secret" in as_read(warned.text)


def test_the_page_of_an_act_takes_who_signs_the_signature_and_its_transmission(
    session: Session, sign_in: SignIn
) -> None:
    text, _account = make_convention(session, languages=("fr",))
    body = text.bodies[0].body
    version = keep_version(session, text, "Essai", by=BY, at=at(DAY))
    act = make_act(
        session, body, model="convention", status="adopted", voted_on=DAY, convention_id=text.id,
        version_id=version.id, sealed_sha256=version.sha256, register_year=2026, register_rank=1,
    )  # fmt: skip
    client, url = clerk_of(session, sign_in, body), f"/conseil/deliberations/{act.id}"
    refused = client.post(f"{url}/fait", data={"kind": "text_signed", "day": f"{DAY:%d/%m/%Y}"})
    assert refused.status_code == 422
    assert 'name="override_check" value="C25"' in refused.text
    assert "Certificat de caractère exécutoire" not in client.get(url).text
    order = {"capacity": "deputy", "name": "Ada Fictive"}
    assert client.post(f"{url}/signataire", data=order).status_code == 422
    order |= {"number": "2026-12", "decided_on": "01/04/2026"}
    assert client.post(f"{url}/signataire", data=order).status_code == 302
    assert "01/04/2026" in client.get(f"{url}/signataire").text
    act = session.get(Act, act.id) or act
    act.transmitted_on = act.published_on = DAY
    session.commit()
    for kind in ("text_signed", "text_transmitted"):
        assert client.post(f"{url}/fait", data={"kind": kind, "day": f"{DAY:%d/%m/%Y}"}).status_code == 302
    words = as_read(client.get(url).text)
    assert "Signé sans original autorisé ici." in words
    assert "Ada Fictive, arrêté nᵒ 2026-12" in words
    assert "En vigueur depuis sa transmission (CGCT, art. L. 1115-1) vendredi 11 septembre 2026" in words


# --- who sees what, and how pages bear with people ---


def test_a_draft_is_the_town_halls_and_a_voted_act_is_everybodys(session: Session, sign_in: SignIn) -> None:
    body = make_commune(session)
    partner = make_commune(session, name="Ailleurs-Fictif")
    twinning = make_shared_twinning(session, body, partner)
    act = make_act(session, body, twinning_id=twinning.id)
    client = clerk_of(session, sign_in, partner)
    assert client.get(f"/conseil/deliberations/{act.id}").status_code == 404
    act.status, act.voted_on = "adopted", DAY
    session.commit()
    page = client.get(f"/conseil/deliberations/{act.id}")
    assert page.status_code == 200
    assert "Noter la transmission" not in page.text


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("/conseil/seances/nouvelle", {"day": "31/02/2027", "hour": "18:30", "place": "Mairie"}),
        ("/conseil/seances/nouvelle", {"day": "12/04/2027", "hour": "25 h", "place": "Mairie"}),
        ("/conseil/seances/nouvelle", {"day": "avril 2027", "hour": "18 h", "place": "Mairie"}),
        ("/conseil/subventions/nouvelle", {"year": "deux", "purpose": "x", "cash": "beaucoup"}),
        ("/conseil/deliberations/nouvelle", {"model": "inconnu"}),
    ],
)
def test_bad_input_is_told_and_kept(session: Session, sign_in: SignIn, path: str, data: dict[str, Any]) -> None:
    body = make_commune(session)
    make_subsidy(session, body)
    answer = clerk_of(session, sign_in, body).post(path, data={"body": body.id, **data})
    assert answer.status_code == 422
    assert "à corriger" in answer.text
    for value in data.values():
        assert value in answer.text or value == "inconnu"


@pytest.mark.parametrize("mark", ["nimporte", "2026~x", "~", "2026-01-01T00:00:00~1"])
def test_a_page_mark_that_no_list_gave_is_refused_kindly(session: Session, sign_in: SignIn, mark: str) -> None:
    client = clerk_of(session, sign_in, make_commune(session))
    for path in ("/conseil/", "/conseil/deliberations", "/conseil/subventions"):
        assert client.get(path, query_string={"apres": mark}).status_code == 400


def test_lists_turn_their_pages_and_cost_the_same_however_long(session: Session, sign_in: SignIn) -> None:
    body = make_commune(session)
    client = clerk_of(session, sign_in, body)
    for _ in range(3):
        make_act(session, body)
    few = _queries(client, "/conseil/deliberations")
    for number in range(27):
        make_act(session, body, title=f"Acte {number}")
    assert _queries(client, "/conseil/deliberations") == few
    page = client.get("/conseil/deliberations").text
    following = re.search(r'rel="next"\s+href="([^"]+)"', page)
    assert following
    assert client.get(following[1].replace("&amp;", "&")).text.count('data-label="Objet"') == 5


def _queries(client: FlaskClient, path: str) -> int:
    seen: list[str] = []

    def count(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        seen.append(statement)

    event.listen(db.engine, "before_cursor_execute", count)
    client.get(path)
    event.remove(db.engine, "before_cursor_execute", count)
    return len(seen)


def test_a_committee_learns_where_the_meetings_are_and_is_not_told_that_there_are_none(
    session: Session, sign_in: SignIn
) -> None:
    commune = make_commune(session)
    make_meeting(session, commune, make_act(session, commune))
    committee = make_body(session, "Comité de jumelage", BodyKind.COMMITTEE)
    make_shared_twinning(session, commune, committee)
    client = sign_in(make_member(session, committee, Role.PRESIDENT))
    page = as_read(client.get("/conseil/").text)
    assert "se préparent et se consignent en mairie" in page
    assert "Aucune séance" not in page


# --- documents ---


def _printed(content: bytes) -> str:
    text = " ".join(sheet.extract_text() for sheet in PdfReader(BytesIO(content)).pages)
    return re.sub(r"\s+", " ", text)


def test_every_document_is_printed_from_what_was_recorded(session: Session, sign_in: SignIn) -> None:
    body = make_commune(session)
    act = make_act(session, body)
    meeting = make_open_meeting(session, body, act)
    client, point = clerk_of(session, sign_in, body), meeting.agenda[0].id
    client.post(f"/conseil/points/{point}/vote", data={"ballot": "show_of_hands", "votes_for": "4", "abstentions": "1"})
    client.post(f"/conseil/seances/{meeting.id}/soir/clore", data={"closed_at": "20 h 15"})
    expected = {
        f"/conseil/seances/{meeting.id}/convocation.pdf": "Ordre du jour",
        f"/conseil/seances/{meeting.id}/note-de-synthese.pdf": "Une note.",
        f"/conseil/seances/{meeting.id}/feuille.pdf": "Émargement",
        f"/conseil/seances/{meeting.id}/proces-verbal.pdf": "4 pour, 0 contre, 1 abstention",
        f"/conseil/seances/{meeting.id}/liste.pdf": "2026-001",
        f"/conseil/seances/{meeting.id}/affichage.pdf": "atteste",
        f"/conseil/deliberations/{act.id}/deliberation.pdf": "L. 2121-29",
        f"/conseil/deliberations/{act.id}/extrait.pdf": "Pour extrait conforme",
        f"/conseil/deliberations/{act.id}/affichage.pdf": "portée à la connaissance du public",
        f"/conseil/{body.id}/registre/2026.pdf": "Table par date",
    }
    for path, words in expected.items():
        first, again = client.get(path), client.get(path)
        assert first.status_code == 200, path
        printed = _printed(first.data).replace("\N{NO-BREAK SPACE}", " ")
        assert words in printed, path
        assert "Département : Nord – Conseil municipal" in printed, path
        assert first.data == again.data, f"{path} changes by itself"


def test_the_certificate_waits_for_the_act_to_bind(session: Session, sign_in: SignIn) -> None:
    body = make_commune(session)
    act = make_act(session, body, status="adopted", voted_on=DAY, register_year=2026, register_rank=1)
    client, path = clerk_of(session, sign_in, body), f"/conseil/deliberations/{act.id}/certificat.pdf"
    refused = client.get(path)
    assert refused.status_code == 422
    assert "ne se délivre pas encore" in refused.text
    for verb, word in ((following.transmit_act, "AR-7"), (following.publish_act, "electronic")):
        verb(session, act, DAY, word, by=BY, at=at(DAY))
    session.commit()
    assert "exécutoire depuis" in _printed(client.get(path).data)


def test_the_package_for_the_state_holds_the_act_and_what_its_form_asks(session: Session, sign_in: SignIn) -> None:
    body = make_commune(session, siret="21590522300018")
    act = make_act(session, body, status="adopted", voted_on=DAY, register_year=2026, register_rank=7, matter="9.1")
    answer = clerk_of(session, sign_in, body).get(f"/conseil/deliberations/{act.id}/transmission.zip")
    archive = zipfile.ZipFile(BytesIO(answer.data))
    told = json.loads(archive.read("metadonnees.json"))
    assert archive.namelist() == ["2026_007-deliberation.pdf", "metadonnees.json"]
    assert (told["nature"], told["matiere_code"], told["date_decision"]) == ("DE", "9.1", "2026-09-11")
    assert (told["siret"], "a_completer" in told) == ("21590522300018", False)


def test_a_package_without_the_siret_of_the_commune_says_so(session: Session, sign_in: SignIn) -> None:
    body = make_commune(session)
    act = make_act(session, body, status="adopted", voted_on=DAY, register_year=2026, register_rank=7, matter="9.1")
    client, url = clerk_of(session, sign_in, body), f"/conseil/deliberations/{act.id}"
    archive = zipfile.ZipFile(BytesIO(client.get(f"{url}/transmission.zip").data))
    told = json.loads(archive.read("metadonnees.json"))
    assert told["siret"] is None
    assert "SIRET de la commune n’est pas noté" in told["a_completer"][0]
    assert "Le SIRET de la commune n’est pas noté" in as_read(client.get(url).text)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("Comité des fêtes", "du Comité des fêtes"),
        ("les Amis de Bourg", "des Amis de Bourg"),
        ("L’association « Les Amis »", "de l’association « Les Amis »"),
        ("Union sportive", "de l’Union sportive"),
        ("Trait d’union", "de Trait d’union"),
    ],
)
def test_the_body_to_which_people_are_sent_takes_its_article(
    session: Session, sign_in: SignIn, typed: str, said: str
) -> None:
    body = make_commune(session)
    client = clerk_of(session, sign_in, body)
    url = f"/conseil/deliberations/remplir?commune={body.id}&modele=representatives"
    page = client.post(url, data={**filled(client.get(url).text), "organisme": typed}, follow_redirects=True)
    assert f"Désignation des représentants de la commune auprès {said}" in as_read(page.text)
    assert f"que la commune est représentée auprès {said}" in as_read(page.text)


def test_the_facts_of_a_meeting_are_judged_by_the_law_and_may_be_downloaded(session: Session, sign_in: SignIn) -> None:
    body = make_commune(session)
    meeting = make_open_meeting(session, body, make_act(session, body))
    client = clerk_of(session, sign_in, body)
    words = as_read(client.get(f"/conseil/seances/{meeting.id}/verifications").text)
    assert "C10 · Quorum à l’ouverture" in words
    facts = client.get(f"/conseil/seances/{meeting.id}/verifications.json").json
    assert facts["commune"]["population"] == 1850
    assert len(facts["meeting"]["convocation"]["dispatches"]) == 5


def test_a_reader_reads_and_writes_nothing(session: Session, sign_in: SignIn) -> None:
    body = make_commune(session)
    meeting = make_meeting(session, body)
    client = clerk_of(session, sign_in, body, Role.READER)
    assert client.get(f"/conseil/seances/{meeting.id}").status_code == 200
    assert client.post(f"/conseil/seances/{meeting.id}/convocation/arreter").status_code == 403
    assert "Préparer l’envoi" not in client.get(f"/conseil/seances/{meeting.id}").text


def test_a_meeting_is_begun_for_ones_own_commune_only(session: Session, sign_in: SignIn) -> None:
    body, other = make_commune(session), make_commune(session, name="Ailleurs-Fictif")
    day = f"{clock.today() + timedelta(days=20):%d/%m/%Y}"
    given = {"body": other.id, "day": day, "hour": "18 h 30", "place": "Mairie"}
    assert clerk_of(session, sign_in, body).post("/conseil/seances/nouvelle", data=given).status_code == 422


def test_choosing_the_annexed_text_fills_the_blank_that_waited_for_it(session: Session, sign_in: SignIn) -> None:
    text, _account = make_convention(session, languages=("fr",))
    body = text.bodies[0].body
    version = keep_version(session, text, "Essai", by=BY, at=at(DAY))
    version.kind = "submitted"
    session.commit()
    client, number = clerk_of(session, sign_in, body), version.id
    asked = f"/conseil/deliberations/remplir?commune={body.id}&modele=convention"
    assert filled(client.get(asked).text)["version"] == str(number)  # the only one there is
    url = client.post(asked, data={"version": ""}).location
    assert "[texte annexé]" in as_read(client.get(url).text)
    form = filled(client.get(f"{url}/modifier").text) | {"version": str(number)}
    assert client.post(f"{url}/modifier", data=form).status_code == 302
    words = as_read(client.get(url).text)
    assert "[texte annexé]" not in words
    assert text.title.partition(" · ")[0] in words


@pytest.mark.once
def test_what_is_printed_is_archival_and_accessible(session: Session, sign_in: SignIn, tmp_path: Path) -> None:
    body = make_commune(session)
    act = make_act(session, body)
    meeting = make_open_meeting(session, body, act, absent=1)
    client, point = clerk_of(session, sign_in, body), meeting.agenda[0].id
    client.post(f"/conseil/points/{point}/vote", data={"ballot": "show_of_hands", "votes_for": "4"})
    names = ("convocation", "note-de-synthese", "feuille", "proces-verbal", "liste")
    papers = [(name, client.get(f"/conseil/seances/{meeting.id}/{name}.pdf").data) for name in names]
    papers.append(("deliberation", client.get(f"/conseil/deliberations/{act.id}/deliberation.pdf").data))
    papers.append(("registre", client.get(f"/conseil/{body.id}/registre/2026.pdf").data))
    paths = []
    for name, content in papers:
        paths.append(tmp_path / f"{name}.pdf")
        paths[-1].write_bytes(content)
    assert verapdf.complaints(*paths) == ""


def test_the_page_of_the_text_sends_to_the_vote_as_long_as_it_does_not_bind(session: Session, sign_in: SignIn) -> None:
    text, account = make_convention(session, languages=("fr",))
    body = text.bodies[0].body
    version = keep_version(session, text, "Essai", by=BY, at=at(DAY))
    version.kind = "submitted"
    act = make_act(
        session,
        body,
        status="adopted",
        voted_on=DAY,
        register_year=2026,
        register_rank=1,
        convention_id=text.id,
        version_id=version.id,
        sealed_sha256=version.sha256,
    )
    client, path = sign_in(account), f"/conventions/{text.id}/versions/{version.number}/original"
    page = client.get(path)
    assert "L. 2131-1" in page.text
    assert f"/conseil/deliberations/{act.id}" in page.text
    given = {"granted_by": "Camille Exemple, maire", "reason": "Pressé"}
    assert client.post(path, data=given).status_code == 422
    for verb, word in ((following.transmit_act, "AR"), (following.publish_act, "electronic")):
        verb(session, act, DAY, word, by=BY, at=at(DAY))
    session.commit()
    assert client.post(path, data=given).status_code == 302


def test_a_model_understands_sums_and_days_before_it_writes_them(session: Session, sign_in: SignIn) -> None:
    body = make_commune(session)
    client, url = clerk_of(session, sign_in, body), f"/conseil/deliberations/remplir?commune={body.id}&modele=subsidy"
    told = {
        "beneficiaire": "l'association « A »",
        "action": "un échange",
        "periode": "en 2027",
        "versement": "en une fois",
    }
    bad = {"montant_chiffres": "abc", "contrat": "31/02/2026", "nature": "-5"}
    refused = client.post(url, data={**told, **bad})
    assert refused.status_code == 422
    assert "3 choses sont à corriger" in as_read(refused.text)
    good = {"montant_chiffres": "1500,5", "contrat": "01/10/2026", "nature": "0"}
    words = as_read(client.post(url, data={**told, **good}, follow_redirects=True).text)
    assert "Une subvention de 1 500,50 € (mille cinq cents euros et cinquante centimes) est attribuée" in words
    assert "contrat d’engagement républicain signé le 1er octobre 2026" in words
    assert "évaluées à 0 €" in words
    assert "est attribuée à l’association « A » pour l’action « un échange », conduite en 2027" in words
    fair = {"beneficiaire": "Comité des fêtes", "action": "rencontre de jeunes"}
    words = as_read(client.post(url, data={**told, **good, **fair}, follow_redirects=True).text)
    assert "Subvention au Comité des fêtes pour l’action « rencontre de jeunes »" in words
    assert "est autorisé à signer" not in words  # below the threshold, nothing annexed
    dear = {"montant_chiffres": "14500", "nature": "8500,01"}
    url = client.post(url, data={**told, **good, **fair, **dear}).location
    words = as_read(client.get(url).text)
    assert "à signer avec le Comité des fêtes la convention « [texte annexé] », annexée à la" in words
    assert "texte annexé" in as_read(client.post(f"{url}/valider").text)


@pytest.mark.parametrize(
    ("told", "said"), [("1500", "1 500 €"), ("1 500 € par an", "1 500 € par an"), ("", "[montant]")]
)
def test_a_foreseen_sum_may_have_words_around_it(session: Session, sign_in: SignIn, told: str, said: str) -> None:
    body = make_commune(session)
    client, url = clerk_of(session, sign_in, body), f"/conseil/deliberations/remplir?commune={body.id}&modele=principle"
    assert client.post(url, data={"montant": "beaucoup"}).status_code == 422
    words = as_read(client.post(url, data={"montant": told}, follow_redirects=True).text)
    assert f"le montant prévisionnel des dépenses de la commune est de {said}" in words


def test_the_page_says_that_an_intercommunal_council_is_not_held_here(session: Session, sign_in: SignIn) -> None:
    body = make_commune(session)
    epci = make_body(session, "Communauté fictive", BodyKind.EPCI)
    account = make_member(session, body, Role.CLERK)
    make_grant(session, account, epci, Role.READER)
    assert "Le conseil d’une intercommunalité ne se tient pas ici." in as_read(sign_in(account).get("/conseil/").text)


def test_two_people_who_change_the_same_thing_see_every_field_that_differs(session: Session, sign_in: SignIn) -> None:
    body = make_commune(session)
    meeting = make_meeting(session, body, make_act(session, body))
    act, aid, point = make_act(session, body), make_subsidy(session, body), meeting.agenda[0]
    when = {"day": "18/03/2026", "hour": "19:00", "place": "Mairie"}
    text = {"title": act.title, "articles": "Le conseil décide.", "visas": "L2121-29"}
    money = {"beneficiary": str(aid.beneficiary_id), "year": "2026", "purpose": aid.purpose, "cash": "100"}
    cases = {
        f"/conseil/seances/{meeting.id}/modifier": ({**when, "note": "de l’une"}, {**when, "note": "de l’autre"}),
        f"/conseil/points/{point.id}/modifier": (
            {"title": point.title, "rapporteur": "de l’une"},
            {"title": point.title, "rapporteur": "de l’autre"},
        ),
        f"/conseil/deliberations/{act.id}/modifier": (
            {**text, "rapporteur": "de l’une"},
            {**text, "rapporteur": "de l’autre"},
        ),
        f"/conseil/subventions/{aid.id}/modifier": ({**money, "note": "de l’une"}, {**money, "note": "de l’autre"}),
    }
    client = clerk_of(session, sign_in, body)
    for url, (mine, yours) in cases.items():
        stale = re.search(r'name="revision"[^>]*value="(\d+)"', client.get(url).text)
        assert stale is not None, url
        assert client.post(url, data={**mine, "revision": stale[1]}).status_code == 302, url
        answer = client.post(url, data={**yours, "revision": stale[1]})
        assert answer.status_code == 409, url
        assert "de l’une" in answer.text, url
        assert "de l’autre" in answer.text, url
        again = re.search(r'name="revision"[^>]*value="(\d+)"', answer.text)
        assert again is not None, url
        assert client.post(url, data={**yours, "revision": again[1]}).status_code == 302, url


def test_an_act_names_as_partners_the_towns_across_and_no_neighbour(session: Session, sign_in: SignIn) -> None:
    body, names = make_commune(session), ("Adorf", "Bdorf", "Cdorf")
    across = [make_body(session, name, BodyKind.FOREIGN_AUTHORITY, country="DE") for name in names]
    twinning = make_twinning(session, [body, make_body(session, "Voisin-Fictif")], across)
    client = clerk_of(session, sign_in, body)
    url = f"/conseil/deliberations/remplir?commune={body.id}&modele=principle&jumelage={twinning.id}"
    words = as_read(client.post(url, data={"origine": "des échanges", "montant": "0"}, follow_redirects=True).text)
    assert "Principe du jumelage avec Adorf, Bdorf et Cdorf" in words
    assert "Voisin-Fictif et" not in words
