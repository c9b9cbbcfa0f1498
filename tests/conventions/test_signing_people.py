"""Who signs: proposed from the dossier and the offices, with function and mandate; who leaves before is told."""

from __future__ import annotations

import io
import re
from datetime import date
from typing import TYPE_CHECKING

from pypdf import PdfReader
from sqlalchemy import select

from app.conventions.models import Convention
from app.conventions.queries import document_of
from app.texts.document import Signatory
from app.texts.phrases import Speaker
from app.texts.signers import PartyAnswer, SignatoryAnswer, answered
from app.twinnings.models import Duty, TwinningParty
from tests.conventions.test_main_job import ANSWERS
from tests.factories.bodies import make_body, make_mandate
from tests.factories.conventions import make_pair
from tests.factories.people import make_person
from tests.factories.twinnings import make_dossier_person
from tests.support.forms import filled

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.testing import FlaskClient
    from sqlalchemy.orm import Session

    from app.accounts.models import Account

    SignIn = Callable[[Account], FlaskClient]


def test_signatories_of_the_dossier_are_filled_in_and_its_coordinators_proposed(
    session: Session, sign_in: SignIn
) -> None:
    twinning, account = make_pair(session)
    ours, theirs = (party.body for party in twinning.parties)
    vasseur = make_person(session, given_name="Mireille", family_name="Vasseur", kept_by_body_id=ours.id)
    make_dossier_person(
        session, twinning, ours, vasseur, duty=Duty.SIGNATORY.value, wording="Maire", since=date(2026, 3, 22)
    )
    kleinhans = make_person(session, given_name="Jörg", family_name="Kleinhans", kept_by_body_id=theirs.id)
    make_dossier_person(session, twinning, theirs, kleinhans, duty=Duty.SIGNATORY.value, wording="Міський голова")
    left = make_person(session, given_name="Partie", family_name="Depuis", kept_by_body_id=ours.id)
    make_dossier_person(session, twinning, ours, left, duty=Duty.SIGNATORY.value, until=date(2020, 1, 1))
    make_dossier_person(session, twinning, ours, make_person(session, "Ada", "Lien", kept_by_body_id=ours.id))
    session.commit()
    client = sign_in(account)
    address = f"/conventions/nouvelle/reponses?jumelage={twinning.id}&genre=oath&langue=fr&langue=uk"

    page = client.get(address).text

    assert 'value="Mireille Vasseur"' in page
    assert 'value="22/03/2026"' in page
    assert 'value="Jörg Kleinhans"' in page
    assert 'value="Міський голова"' in page
    assert "Ada Lien (" in page, "a coordinator may sign too"
    assert '<option value="Camille Exemple">' in page, "so may the mayor whom the mandates tell"
    assert "Partie Depuis" not in page

    typed = {"p0_name": "Mireille Vasseur", "p0_role": "mayor", "p0_since": "22/03/2026", "p1_name": "Autre Personne"}
    assert client.post(address, data=typed | {"creer": "1"}).status_code == 302
    made = document_of(session.scalars(select(Convention)).one())
    first, second = made.signatories
    assert first.mandate is not None
    assert first.mandate.since is not None
    assert (first.role, first.mandate.since.date) == ("mayor", "2026-03-22")
    assert (second.name, second.mandate) == ("Autre Personne", None)


def test_whoever_will_be_out_of_office_on_the_day_of_signature_is_warned_about(
    session: Session, sign_in: SignIn
) -> None:
    twinning, account = make_pair(session)
    ours = twinning.parties[0].body
    person = make_person(session, given_name="Bientôt", family_name="Partie", kept_by_body_id=ours.id)
    make_mandate(session, ours, person, "mayor", until="2127-06-30")
    session.commit()
    client = sign_in(account)
    address = f"/conventions/nouvelle/reponses?jumelage={twinning.id}&genre=convention&langue=fr"
    named = ANSWERS | {"p0_name": "Bientôt Partie"}

    def asked(day: str) -> str:
        return client.post(address, data=named | {"s0_date": day}).text

    assert "le mandat de Bientôt Partie sera terminé" not in asked("12/06/2127")
    assert "Le 12 juillet 2127, le mandat de Bientôt Partie sera terminé" in asked("12/07/2127")
    made = client.post(address, data=named | {"s0_date": "12/07/2127", "creer": "1"})
    for page in (made.location, f"{made.location}/projet"):
        assert "le mandat de Bientôt Partie sera terminé" in client.get(page).text


def test_a_draft_says_that_a_party_was_renamed_and_takes_up_the_name(session: Session, sign_in: SignIn) -> None:
    twinning, account = make_pair(session)
    client, theirs = sign_in(account), twinning.parties[1].body
    address = f"/conventions/nouvelle/reponses?jumelage={twinning.id}&genre=convention&langue=fr&langue=uk"
    home = client.post(address, data=ANSWERS | {"creer": "1"}).location
    assert "Le nom a changé depuis" not in client.get(home).text
    text = session.scalars(select(Convention)).one()
    client.post(f"{home}/versions", data={"reason": "avant"})

    theirs.name, theirs.names = "Semenivka-sur-Fleuve", {"uk": "Семенівка"}
    session.commit()

    told = client.get(home).text
    assert "Le nom a changé depuis" in told
    assert "« Semenivka » s’appelle maintenant « Semenivka-sur-Fleuve »" in told
    assert client.post(f"{home}/noms").status_code == 302
    session.expire_all()
    document = document_of(text)
    assert document.parties[1].name == "Semenivka-sur-Fleuve"
    assert document.signings[0].places[0].name == "Semenivka-sur-Fleuve"
    for code, name in (("fr", "Semenivka-sur-Fleuve"), ("uk", "Семенівка")):
        signing = Speaker(document, code).signing_party(document.parties[1])
        assert name in "".join(piece.text for piece in signing), "one name in one language, under the text too"
    assert text.title.endswith("Semenivka-sur-Fleuve")
    assert "Le nom a changé depuis" not in client.get(home).text
    assert document_of(text.versions[0]).parties[1].name == "Semenivka", "what is frozen keeps its names"
    text.status = "submitted"
    theirs.name = "Autre"
    session.commit()
    assert "Reprendre le nom actuel" not in client.get(home).text
    client.post(f"{home}/noms")
    session.expire_all()
    assert document_of(text).parties[1].name == "Semenivka-sur-Fleuve"


def test_an_action_that_one_language_lacks_is_pointed_at(session: Session, sign_in: SignIn) -> None:
    twinning, account = make_pair(session)
    client = sign_in(account)
    address = f"/conventions/nouvelle/reponses?jumelage={twinning.id}&genre=convention&langue=fr&langue=de"
    actions = {"f_objet_actions_fr": "Échange de jeunes\nMarché de Noël", "f_objet_actions_de": "Jugendaustausch"}

    home = client.post(address, data=ANSWERS | actions | {"creer": "1"}).location

    assert "le même nombre de lignes : « Les actions prévues »" in client.get(home).text


def test_a_body_that_joins_the_twinning_later_joins_the_draft_and_a_party_may_leave_it(
    session: Session, sign_in: SignIn
) -> None:
    twinning, account = make_pair(session)
    client = sign_in(account)
    address = f"/conventions/nouvelle/reponses?jumelage={twinning.id}&genre=oath&langue=fr&langue=uk"
    made = client.post(address, data={"p0_name": "Camille Exemple", "creer": "1"}).location
    assert "Retirer" not in client.get(f"{made}/mise-en-forme").text, "two parties are the fewest"
    late = make_body(session, "Toufflers-la-Fictive")
    twinning.parties.append(TwinningParty(body_id=late.id, side=1, position=9))
    session.commit()

    assert "Ajouter Toufflers-la-Fictive au texte" in client.get(f"{made}/mise-en-forme").text
    assert client.post(f"{made}/parties", data={"ajouter": late.id}, follow_redirects=True).status_code == 200
    document = document_of(session.scalars(select(Convention)).one())
    assert [party.name for party in document.parties][2:] == ["Toufflers-la-Fictive"]
    assert "Toufflers-la-Fictive" in client.get(made).text
    again = client.post(f"{made}/parties", data={"ajouter": late.id}, follow_redirects=True).text
    assert "il y est déjà" in again

    first = document.parties[0].id
    client.post(f"{made}/parties", data={"retirer": first})
    session.expire_all()
    document = document_of(session.scalars(select(Convention)).one())
    assert first not in {party.id for party in document.parties}
    assert all(first not in one.parties for one in document.signatories)
    refused = client.post(f"{made}/parties", data={"retirer": document.parties[0].id}, follow_redirects=True).text
    assert "Il faut deux parties au moins" in refused
    assert client.get(f"{made}/brouillon.pdf").status_code == 200


def test_several_people_sign_for_a_party_in_the_order_chosen(session: Session, sign_in: SignIn) -> None:
    twinning, account = make_pair(session)
    client = sign_in(account)
    address = f"/conventions/nouvelle/reponses?jumelage={twinning.id}&genre=convention&langue=fr&langue=uk"

    added = client.post(address, data=ANSWERS | {"qui": "ajouter-0", "p0_rows": "1", "p0_was": "0"}).text
    assert "Ce changement est dans le formulaire" in added
    assert 'name="p0r1_name"' in added
    assert session.scalar(select(Convention)) is None, "nothing is kept yet"
    both = ANSWERS | {
        "p0_rows": "2",
        "p0_was": "0",
        "p0r1_name": "Ilse Adjointe",
        "p0r1_role": "deputy_mayor",
        "p0r1_words_uk": "заступниця",
        "p0r1_title": "Mme",
        "p0r1_delegation_of": "Camille Exemple",
    }
    checked = client.post(address, data=both).text
    assert "Camille Exemple · maire ; Ilse Adjointe" in checked
    home = client.post(address, data=both | {"creer": "1"}).location
    text = session.scalars(select(Convention)).one()
    ours, theirs = (party.id for party in document_of(text).parties)

    def names(party: str) -> list[str]:
        session.expire_all()
        return [one.name for one in document_of(text).signatories if party in one.parties]

    assert names(ours) == ["Camille Exemple", "Ilse Adjointe"]
    assert names(theirs) == ["Olena Zrazok"]
    pdf = client.get(f"{home}/brouillon.pdf").data
    pages = [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(pdf)).pages]
    printed = " ".join(pages).replace("\xa0", " ").replace("\N{HYPHEN} ", "")
    for said in (
        "représentée par Camille Exemple, maire, et Mme Ilse Adjointe",
        "заступниця",
        "par délégation de Camille",
    ):
        assert said in printed, printed
    assert "par ailleurs" not in printed, "the places to sign say it all"
    assert re.search(r"Camille Exemple maire.*Olena Zrazok.*Ilse Adjointe", pages[-1]), "a column for each party"

    whole = client.get(f"{home}/completer")
    typed = filled(whole.text) | {"qui": "monter-0-1"}
    swapped = filled(client.post(f"{home}/completer", data=typed).text)
    assert (swapped["p0_name"], swapped["p0_was"][:2], swapped["p0r1_name"]) == (
        "Ilse Adjointe",
        "1.",
        "Camille Exemple",
    )
    assert names(ours)[0] == "Camille Exemple", "a button of the form keeps nothing"
    assert client.post(f"{home}/completer", data=swapped).status_code == 302
    assert names(ours) == ["Ilse Adjointe", "Camille Exemple"]
    delegation = document_of(text).signatories[0].delegation
    assert delegation is not None
    assert delegation.of == "Camille Exemple", "what was told of somebody moves along"

    mine, theirs_now = filled(client.get(f"{home}/completer").text), filled(client.get(f"{home}/completer").text)
    third = filled(client.post(f"{home}/completer", data=theirs_now | {"qui": "ajouter-0"}).text)
    assert client.post(f"{home}/completer", data=third | {"p0r2_name": "Tiers Fictif"}).status_code == 302
    late = client.post(f"{home}/completer", data=mine | {"p0_title": "Dr"})
    assert late.status_code == 409
    merged = filled(late.text)
    assert (merged["p0_title"], merged["p0r2_name"]) == ("Dr", "Tiers Fictif"), "both changes stand in the form"
    gone = filled(client.post(f"{home}/completer", data=merged | {"qui": "retirer-0-1"}).text)
    assert client.post(f"{home}/completer", data=gone).status_code == 302
    assert names(ours) == ["Ilse Adjointe", "Tiers Fictif"]


def test_whoever_signs_for_two_parties_leaves_one_and_still_signs_for_the_other() -> None:
    shared = Signatory(name="Ada Fictive", role="mayor", parties=["a", "b"], note="kept")
    other = Signatory(name="Bo Fictif", role="mayor", parties=["b"])

    asked = [
        PartyAnswer("a", (SignatoryAnswer("Cy Fictif", "mayor"),)),
        PartyAnswer(
            "b", (SignatoryAnswer("Bo Fictif", "mayor", was=1), SignatoryAnswer("Ada Fictive", "mayor", was=0))
        ),
    ]
    made = answered([shared, other], asked)

    assert [(one.name, one.parties, one.note) for one in made if "b" in one.parties] == [
        ("Bo Fictif", ["b"], ""),
        ("Ada Fictive", ["b"], "kept"),
    ]
    assert [one.name for one in made if "a" in one.parties] == ["Cy Fictif"]
