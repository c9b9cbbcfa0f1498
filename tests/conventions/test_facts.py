"""Facts beside the words, entered in the browser; what an import says more finely stays as it came."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any

from werkzeug.datastructures import MultiDict

from app.conventions import queries
from app.conventions.forms import further_form, read_further
from app.conventions.models import Convention
from app.texts import interchange, recording
from tests.conventions.test_recorded import TEXT
from tests.factories.accounts import make_member, make_own_body
from tests.factories.conventions import make_convention
from tests.support.forms import filled
from tests.texts import carrying

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask
    from flask.testing import FlaskClient
    from sqlalchemy.orm import Session

    from app.accounts.models import Account
    from app.texts.document import Document

    SignIn = Callable[[Account], FlaskClient]


def bring_in(client: FlaskClient, **facts: Any) -> str:
    sent = {"file": (io.BytesIO(json.dumps(TEXT | facts).encode()), "texte.json"), "twinning": ""}
    location: str = client.post("/conventions/importer", data=sent).location
    return location


def kept(session: Session, home: str) -> Document:
    session.expire_all()
    convention = session.get(Convention, int(home.rpartition("/")[2]))
    assert convention is not None
    return queries.document_of(convention)


SIGNINGS = [
    {
        "id": "aller",
        "places": [{"name": "Nesmy", "venue": "salle des fêtes"}, {"name": "Burggen"}],
        "date": {"date": "199X", "time": "11:30", "calendar": "julian", "as_written": {"fr": "an de grâce"}},
        "present": [{"name": "Le chœur"}],
    }
]


def test_saving_the_form_untouched_changes_nothing(session: Session, sign_in: SignIn) -> None:
    _convention, account = make_convention(session)
    client = sign_in(account)
    term = {"notice": {"months": 3, "note": "par lettre"}, "renewal": "tacit", "until": {"date": "2030-21"}}
    facts = {"languages": ["fr", "de"], "order_by_language": {"de": ["b", "a"]}, "kept_at": ["Mairie"], "term": term}
    home = bring_in(client, signings=SIGNINGS, **facts)
    before = kept(session, home)
    page = client.get(f"{home}/autres-faits").text
    assert "vient d’un import" in page
    assert "Le chœur" in page, "what the form cannot change is there to be read"
    assert client.post(f"{home}/autres-faits", data=filled(page)).status_code == 302
    assert kept(session, home) == before


def test_a_town_hall_notes_places_days_notice_and_who_comes_first(session: Session, sign_in: SignIn) -> None:
    _convention, account = make_convention(session)
    client = sign_in(account)
    home = bring_in(client, languages=["fr", "de"], signings=SIGNINGS)
    sent = filled(client.get(f"{home}/autres-faits").text)
    sent |= {"s1_place": "Burggen", "s1_date": "06/1994", "s1_order": "return", "s1_status": "postponed"}
    sent |= {"first_de": "b", "notice": "15", "notice_unit": "working_days", "kept_at": "Mairie\nArchives, 1 W 12"}
    assert client.post(f"{home}/autres-faits", data=sent).status_code == 302
    document = kept(session, home)
    assert [one.id for one in document.signings] == ["aller", None]
    second = document.signings[1]
    assert (second.places[0].name, second.date and second.date.date) == ("Burggen", "1994-06")
    assert (second.order, second.status) == ("return", "postponed")
    assert document.order_by_language == {"de": ["b", "a"]}
    assert document.term is not None
    assert document.term.notice is not None
    assert document.term.notice.working_days == 15
    assert document.kept_at == ["Mairie", "Archives, 1 W 12"]
    page = client.get(home).text
    for said in ("Burggen", "juin 1994", "reportée", "15 jours ouvrés", "Archives, 1 W 12"):
        assert said in page, said


def test_a_signing_of_one_year_or_the_other_is_typed_and_shown_in_words(session: Session, sign_in: SignIn) -> None:
    _convention, account = make_convention(session)
    client = sign_in(account)
    home = bring_in(client, languages=["fr", "de"], signings=SIGNINGS)
    sent = filled(client.get(f"{home}/autres-faits").text) | {"s1_place": "Burggen", "s1_date": "1968 ou 1969"}
    assert client.post(f"{home}/autres-faits", data=sent).status_code == 302
    before = kept(session, home)
    assert before.signings[1].date is not None
    assert before.signings[1].date.date == "[1968,1969]"
    page = client.get(f"{home}/autres-faits").text
    assert 'value="1968 ou 1969"' in page
    assert "Burggen, 1968 ou 1969" in client.get(home).text
    assert client.post(f"{home}/autres-faits", data=filled(page)).status_code == 302
    assert kept(session, home) == before


def test_whoever_signed_countersigned_or_was_annexed_is_put_right(session: Session, sign_in: SignIn) -> None:
    _convention, account = make_convention(session)
    client = sign_in(account)
    signed = [
        {"name": "ORBÁN Sándor", "role": "polgármester", "parties": ["b"], "mandate": {"since": {"date": "199X"}}},
        {"name": "A. Fictif", "role": "maire", "role_as_written": "Le Maire", "parties": ["a"], "seal": True},
    ]
    witnesses = [{"name": "P. Fictive", "role": "préfète", "note": "en retard"}]
    annexes = [{"title": {"fr": "Calendrier"}, "pages": 2}]
    home = bring_in(client, signatories=signed, witnesses=witnesses, annexes=annexes)
    before = kept(session, home)
    page = client.get(f"{home}/autres-faits").text
    assert client.post(f"{home}/autres-faits", data=filled(page)).status_code == 302
    assert kept(session, home) == before, "left alone, all stays"

    added = filled(client.post(f"{home}/autres-faits", data=filled(page) | {"qui": "ajouter-0"}).text)
    added |= {"p0r1_name": "Bo Fictif", "p0r1_role": "president", "p0_name": "Ada Fictive"}
    added |= {"witnesses": "C. Fictif, consul\nP. Fictive, préfète", "annexes": "Calendrier\nBudget"}
    assert client.post(f"{home}/autres-faits", data=added).status_code == 302
    document = kept(session, home)
    ours = [one for one in document.signatories if one.parties == ["a"]]
    assert [(one.name, one.role_as_written, one.seal) for one in ours] == [
        ("Ada Fictive", "Le Maire", True),
        ("Bo Fictif", "", None),
    ]
    assert [one.name for one in document.signatories if one.parties == ["b"]] == ["ORBÁN Sándor"]
    assert [(one.name, one.role, one.note) for one in document.witnesses] == [
        ("C. Fictif", "consul", ""),
        ("P. Fictive", "préfète", "en retard"),
    ]
    assert [(one.title["fr"], one.pages) for one in document.annexes] == [("Calendrier", 2), ("Budget", None)]


def test_what_is_wrong_is_said_at_its_field_and_a_second_writer_sees_both(session: Session, sign_in: SignIn) -> None:
    _convention, account = make_convention(session)
    client = sign_in(account)
    home = bring_in(client)
    sent = filled(client.get(f"{home}/autres-faits").text)
    wrong = client.post(f"{home}/autres-faits", data=sent | {"s0_date": "bientôt", "notice": "0"})
    assert wrong.status_code == 422
    assert "bientôt" in wrong.text
    assert client.post(f"{home}/autres-faits", data=sent | {"kept_at": "Mairie"}).status_code == 302
    second = client.post(f"{home}/autres-faits", data=sent | {"kept_at": "Archives"})
    assert second.status_code == 409
    assert "Archives" in second.text


def test_a_text_written_here_keeps_its_duration_in_its_questions(session: Session, sign_in: SignIn) -> None:
    convention, account = make_convention(session)
    page = sign_in(account).get(f"/conventions/{convention.id}/autres-faits").text
    assert "Préavis" not in page
    assert "vient d’un import" not in page


def test_importing_again_replaces_what_one_may_write_and_keeps_what_was(session: Session, sign_in: SignIn) -> None:
    _convention, account = make_convention(session)
    client = sign_in(account)
    home = bring_in(client)
    changed = client.get(bring_in(client, reference="n° 12")).text
    assert "Le texte remplace celui qui portait le même identifiant ; l’ancien est gardé" in changed
    assert kept(session, home).reference == "n° 12"
    assert "remplacé par import" in client.get(f"{home}/versions").text
    assert "mot pour mot" in client.get(bring_in(client, reference="n° 12")).text
    stranger = sign_in(make_member(session, make_own_body(session)))
    sent = {"file": (io.BytesIO(json.dumps(TEXT).encode()), "texte.json"), "twinning": ""}
    refused = stranger.post("/conventions/importer", data=sent)
    assert refused.status_code == 422
    assert kept(session, home).reference == "n° 12"


def test_a_text_in_the_trash_is_not_overwritten_by_an_import(session: Session, sign_in: SignIn) -> None:
    _convention, account = make_convention(session)
    client = sign_in(account)
    home = bring_in(client)
    client.post(f"{home}/corbeille")
    stranger = sign_in(make_member(session, make_own_body(session)))
    for one in (sign_in(account), stranger):
        sent = {"file": (io.BytesIO(json.dumps(TEXT | {"reference": "n° 13"}).encode()), "texte.json"), "twinning": ""}
        assert one.post("/conventions/importer", data=sent).status_code == 422
    assert kept(session, home).reference == ""


def test_the_page_lists_every_fault_of_a_file(session: Session, sign_in: SignIn) -> None:
    _convention, account = make_convention(session)
    raw = json.dumps(TEXT | {"kind": "serment", "languages": ["xx"]}, indent=1).encode()
    sent = {"file": (io.BytesIO(raw), "texte.json"), "twinning": ""}
    page = sign_in(account).post("/conventions/importer", data=sent)
    assert page.status_code == 422
    assert "Ce qui est à corriger dans le fichier" in page.text
    assert page.text.count("<li>Ligne ") == 2


def test_no_record_loses_a_fact_when_its_form_is_sent_back_untouched(app: Flask) -> None:
    with app.test_request_context("/"):
        for record in carrying.records():
            document = interchange.from_plain(carrying.carry(record))
            shown = further_form(document, "fr", has_term=True)
            typed = MultiDict((one.name, one._value() if hasattr(one, "_value") else one.data or "") for one in shown)
            sent = further_form(document, "fr", has_term=True, typed=typed)
            sent.validate()
            assert set(sent.errors) <= {"csrf_token"}, document.id
            assert recording.record(document, read_further(sent, document)) == document, document.id
