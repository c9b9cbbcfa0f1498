"""Creating a committee, as people do it: from the commune's page to the declared association."""

from __future__ import annotations

import re
from datetime import date, timedelta
from io import BytesIO
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

import pytest
from pypdf import PdfReader
from sqlalchemy import select

from app.accounts.models import Role
from app.assemblies.queries import rules_of
from app.bodies.models import BodyKind, Function, Mandate
from app.bodies.pending import pending_of
from app.conventions.guards import Question
from app.conventions.models import Convention
from app.conventions.services import keep_version
from app.council.models import Act
from app.founding.models import Delegation
from app.founding.queries import founding_by_id
from app.founding.services import assembly, declaring, delegating, statutes
from app.founding.services.ground import BadFounding, NotNow
from app.founding.views.panel import delegation_guard
from app.law.words import full_day
from app.members.models import Member
from app.shared import clock
from app.shared.actor import Actor
from app.web.takeaway.pack import pack
from tests.factories.accounts import make_member
from tests.factories.bodies import make_body
from tests.factories.ceremonies import make_shared_twinning
from tests.factories.conventions import make_convention
from tests.factories.council import make_act, make_commune
from tests.factories.founding import BY, LATER, held, make_founded, make_founding, make_ready
from tests.factories.twinnings import make_twinning

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from flask import Flask
    from flask.testing import FlaskClient
    from sqlalchemy.orm import Session

    from app.accounts.models import Account
    from app.bodies.models import Body
    from app.founding.models import Founding

    SignIn = Callable[[Account], FlaskClient]

ROOM = "/comites-en-creation"


def _words(page: str) -> str:
    text = re.sub(r"<[^>]+>", " ", page).replace("\N{NO-BREAK SPACE}", " ").replace("&#39;", "’")
    return re.sub(r"\s+", " ", text)


def _pdf(client: FlaskClient, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, url
    pages = PdfReader(BytesIO(answer.data)).pages
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pages).replace("\N{NO-BREAK SPACE}", " "))


def _clerk(session: Session, sign_in: SignIn, body: Body) -> FlaskClient:
    client = sign_in(make_member(session, body, Role.CLERK))
    session.commit()
    return client


def _fresh(session: Session, number: int) -> Founding:
    session.expire_all()
    found = founding_by_id(session, number)
    assert found is not None
    return found


def test_a_commune_creates_an_association_from_the_deliberation_to_the_declaration(
    session: Session, sign_in: SignIn
) -> None:
    body = make_commune(session)
    make_shared_twinning(session, body)
    client = _clerk(session, sign_in, body)
    assert "Créer un comité" in client.get(f"/organismes/{body.id}").text
    url = f"{ROOM}/communes/{body.id}/nouveau"
    assert "Gestion de fait" in client.get(url).text
    assert client.post(url, data={"name": ""}).status_code == 422
    given = {"form": "association", "name": "Comité fictif", "twinning": ""}
    page = client.post(url, data=given).location
    number = int(page.rsplit("/", 1)[1])
    words = _words(client.get(page).text)
    assert "La suite : La délibération" in words
    assert "C’est à faire par la mairie." in words
    assert "0 fondateur noté : il en faut au moins 2 (loi 1901 art. 1)." in words

    # 1. the deliberation is written in the council's room, from its own model
    act = int(client.post(f"{page}/deliberation/projet").location.rsplit("/", 1)[1])
    made = session.get(Act, act)
    assert made is not None
    assert (made.model, made.body_id) == ("committee", body.id)
    assert "Comité fictif" in made.articles[0]
    client.post(f"{page}/deliberation", data={"day": "02/03/2026", "reference": "2026-008"})
    assert "La suite : Les statuts" in _words(client.get(page).text)

    # 2. the statutes: short questions, blanks that show, one article in one's own words
    asked = client.get(f"{page}/statuts/questions")
    revision = re.search(r'name="revision"[^>]*value="(\d+)"', asked.text)
    assert revision
    answers = {"revision": revision[1], "q_elus": "consultative", "q_siege": "ailleurs", "q_mineurs": "no"}
    answers |= {"q_membres": "colleges", "q_cotisation": "yes", "q_distance": "no", "q_verificateur": "no"}
    answers |= {
        "q_reglement": "no",
        "f_nom": "Comité fictif d’amitié",
        "f_quorum_pourcent": "30",
        "f_siege_adresse": "Ici",
    }
    wrong = client.post(f"{page}/statuts/questions", data={**answers, "f_convocation_jours": "bientôt"})
    assert wrong.status_code == 422
    assert "bientôt" in wrong.text
    crowded = {**answers, "f_ca_min": "3", "f_elus_voix": "2"}
    refused = client.post(f"{page}/statuts/questions", data={**crowded, "q_elus": "minorite"})
    assert "c’est la moitié ou plus" in refused.text
    assert client.post(f"{page}/statuts/questions", data=crowded).status_code == 302, "a commune that does not vote"
    answers["revision"] = str(_fresh(session, number).revision)
    assert client.post(f"{page}/statuts/questions", data=answers).status_code == 302
    text = _words(client.get(f"{page}/statuts").text)
    assert "L’assemblée délibère si 30 % au moins des membres" in text
    assert "Il reste : Villes partenaires d’aujourd’hui." in text
    assert "toute commune avec laquelle la commune se jumellerait" in text
    assert client.post(f"{page}/statuts/prets").status_code == 422
    again = {"revision": str(_fresh(session, number).revision)}
    client.post(
        f"{page}/statuts/articles/objet",
        data={**again, "heading": "But", "body": "Faire vivre les jumelages.\n\n- un\n- deux"},
    )
    client.post(f"{page}/statuts/prets")
    statutes = _pdf(client, f"{page}/documents/statuts.pdf")
    assert "Article 2 – But" in statutes
    assert "À adopter par l’assemblée constitutive." in statutes
    for form in ("docx", "odt"):
        assert client.get(f"{page}/statuts.{form}").data[:2] == b"PK"


def test_the_founders_are_convened_and_the_record_refuses_two_presidents(session: Session, sign_in: SignIn) -> None:
    body = make_commune(session)
    number = make_ready(session, body, founders=0).id
    client, page = _clerk(session, sign_in, body), f"{ROOM}/{number}"
    for name in ("Ada", "Basile"):
        client.post(f"{page}/fondateurs/nouveau", data={"person": "", "given_name": name, "family_name": "Fictif"})
    assert client.post(f"{page}/convoquer", data={"day": "20/03/2027", "hour": "midi", "place": ""}).status_code == 422
    client.post(f"{page}/convoquer", data={"day": "20/03/2027", "hour": "18h30", "place": "salle Fictive"})
    called = _pdf(client, f"{page}/documents/convocation.pdf")
    assert "Assemblée générale constitutive du samedi 20 mars 2027" in called
    assert "18 h 30" in called
    assert "Adoption des statuts" in called
    assert "Il faut 2 fondateurs au moins" in called
    first, second = _fresh(session, number).founders_now
    record: dict[str, Any] = {"held_on": "20/03/2026", "hour": "18:30", "place": "salle Fictive", "votes_for": "2"}
    record |= {"chaired_by": "Ada Fictif", "written_by": "Basile Fictif", "declarant": str(first.id), "fee": "12"}
    record |= {f"there_{first.id}": "present", f"office_{first.id}": "president", f"votes_{first.id}": "2"}
    record |= {f"there_{second.id}": "present", f"office_{second.id}": "president"}
    refused = client.post(f"{page}/assemblee", data=record)
    assert refused.status_code == 422
    assert "Deux personnes ont la même fonction" in _words(refused.text), _words(refused.text)


def test_the_assembly_elects_and_the_declaration_follows(app: Flask, session: Session, sign_in: SignIn) -> None:
    body = make_commune(session)
    made = make_ready(session, body, founders=2)
    client, page = _clerk(session, sign_in, body), f"{ROOM}/{made.id}"
    first, second = made.founders_now
    record: dict[str, Any] = {"held_on": "20/03/2026", "hour": "18:30", "place": "salle Fictive", "votes_for": "2"}
    record |= {"chaired_by": "Ada Fictif", "written_by": "Zoé Plume", "declarant": str(second.id), "fee": "12"}
    record |= {f"there_{first.id}": "present", f"office_{first.id}": "president", f"votes_{first.id}": "2"}
    record |= {f"there_{second.id}": "represented", f"by_{second.id}": "Ada Fictif", f"office_{second.id}": "treasurer"}
    assert client.post(f"{page}/assemblee", data=record).status_code == 302
    mandates = session.scalars(select(Mandate).where(Mandate.body_id == made.committee_id)).all()
    assert {one.function for one in mandates} == {Function.PRESIDENT, Function.TREASURER}
    rules = {one.kind: one.statutes for one in rules_of(session, made.committee_id)}
    assert {kind: (one.notice_days, one.proxies_per_person) for kind, one in rules.items()} == {
        "founding": (None, 2),
        "ordinary": (15, 2),
        "extraordinary": (15, 2),
        "board": (None, None),
    }
    assert (rules["board"].majority_ordinary, rules["board"].casting_vote) == ("absolute_present", True)
    assert rules["board"].clause("casting") == "article 11"
    meeting = _fresh(session, made.id).meeting
    assert meeting is not None
    assert [one.outcome for one in meeting.agenda] == ["adopted", "adopted", "elected", "elected", "adopted"]
    assert "Assemblée générale constitutive" in client.get(f"/assemblees/{meeting.id}").text
    assert rules["ordinary"].clause("quorum") == "article 16"
    minutes = _pdf(client, f"{page}/documents/proces-verbal.pdf")
    assert "2 pour, 0 contre" in minutes
    assert "Basile Fictif par Ada Fictif" in minutes
    assert "La cotisation annuelle est fixée à 12" in minutes
    assert "bulletin" not in minutes, "hands are no ballot papers"
    assert client.post(f"{page}/statuts/prets").status_code == 422
    with app.test_request_context():
        waiting = pending_of(session, second.person_id, "Basile Fictif", made.committee_id)
    assert any("La déclaration de" in one.sentence for one in waiting)

    # the papers, without dates of birth, then the numbers, checked
    officers = _pdf(client, f"{page}/documents/dirigeants.pdf")
    assert "essayiste" in officers
    assert "naissance (" not in officers
    revision = _fresh(session, made.id).revision
    told = {"revision": revision, "filed_on": "01/04/2026", "receipt_on": "04/04/2026", "rna": "W12", "siret": ""}
    wrong = client.post(f"{page}/declaration/suivi", data=told)
    assert wrong.status_code == 422
    assert "W12" in wrong.text
    early = client.post(f"{page}/declaration/suivi", data={**told, "rna": "W595012345", "receipt_on": "31/03/2026"})
    assert "Le récépissé ne peut pas précéder le dépôt." in _words(early.text)
    for day, said in (("31/03/2026", "le dépôt du dossier"), ("03/04/2026", "le récépissé")):
        early = client.post(f"{page}/declaration/suivi", data={**told, "rna": "W595012345", "published_on": day})
        assert f"La publication ne peut pas précéder {said}." in _words(early.text)
    told |= {
        "rna": "W595012345",
        "published_on": "11/04/2026",
        "publication_reference": "1234",
        "siret": "21300521900014",
    }
    assert "SIRET" in client.post(f"{page}/declaration/suivi", data=told).text
    assert client.post(f"{page}/declaration/suivi", data={**told, "siret": ""}).status_code == 302
    stale = client.post(f"{page}/declaration/suivi", data={**told, "siret": "", "publication_reference": "999"})
    assert stale.status_code == 409
    assert "999" in stale.text
    held_now = _fresh(session, made.id)
    assert held_now.committee.rna == "W595012345"
    assert "4. La déclaration fait Publiée le samedi 11 avril 2026" in _words(client.get(page).text)


def test_what_was_recorded_is_corrected_until_the_file_is_lodged(session: Session, sign_in: SignIn) -> None:
    body = make_commune(session)
    made = make_ready(session, body)
    client, page = _clerk(session, sign_in, body), f"{ROOM}/{made.id}"
    twice = {"person": "", "given_name": "Fictif", "family_name": "Ada"}
    answer = client.post(f"{page}/fondateurs/nouveau", data=twice)
    assert answer.status_code == 422
    assert "est déjà parmi les fondateurs" in _words(answer.text)
    people = made.founders_now
    record: dict[str, Any] = {"held_on": "01/03/2026", "hour": "18:30", "place": "salle Fictive", "votes_for": "3"}
    record |= {"chaired_by": "Ada Fictif", "written_by": "Basile Fictif"}
    record |= {f"there_{one.id}": "present" for one in people}
    record |= {f"office_{people[0].id}": "president", f"office_{people[1].id}": "treasurer"}
    record |= {f"there_{people[2].id}": "represented", f"by_{people[2].id}": "Ada Fictif"}
    away = record | {f"there_{people[2].id}": "represented", f"by_{people[2].id}": "Inconnu Total"}
    assert "n’est pas parmi les fondateurs présents" in _words(client.post(f"{page}/assemblee", data=away).text)
    absent = record | {f"there_{people[1].id}": "absent", "votes_for": "2", f"office_{people[1].id}": ""}
    absent |= {f"there_{people[2].id}": "present"}
    absent |= {f"office_{people[2].id}": "treasurer", "written_by": "basile fictif"}
    assert "basile fictif n’est pas noté parmi les présents" in _words(
        client.post(f"{page}/assemblee", data=absent).text
    )
    assert client.post(f"{page}/assemblee", data=record).status_code == 302
    assert _fresh(session, made.id).statutes_on == date(2026, 3, 1)
    again = client.post(f"{page}/assemblee/corriger", follow_redirects=True).text
    assert 'value="01/03/2026"' in again
    record |= {f"office_{people[1].id}": "secretary", f"votes_{people[0].id}": "3"}
    assert client.post(f"{page}/assemblee", data=record).status_code == 302
    mandates = session.scalars(select(Mandate).where(Mandate.body_id == made.committee_id)).all()
    assert {one.function for one in mandates if one.trashed_at is None} == {Function.PRESIDENT, Function.SECRETARY}
    assert "a repris, pour la corriger" in client.get(f"/organismes/{body.id}/journal").text
    assert client.post(f"{page}/fondateurs/membres").status_code in {403, 404}
    told = {"revision": _fresh(session, made.id).revision, "filed_on": "01/04/2026"}
    client.post(f"{page}/declaration/suivi", data=told)
    client.post(f"{page}/assemblee/corriger")
    assert _fresh(session, made.id).held_on == date(2026, 3, 1)
    president = sign_in(make_member(session, made.committee, Role.PRESIDENT))
    session.commit()
    assert "Inscrire les fondateurs" in president.get(page).text
    for one in people[:2]:
        one.address = "1 rue Fictive, 59390 Bourg-Fictif"
    session.commit()
    assert "Basile Fictif" in president.post(f"{page}/fondateurs/membres", follow_redirects=True).text
    homes = [one.household_id for one in session.scalars(select(Member).order_by(Member.number))]
    assert homes[0] == homes[1] is not None, "a couple at one address is one household"


def test_the_constitutive_assembly_is_held_in_its_own_room_and_founds(session: Session, sign_in: SignIn) -> None:
    body = make_commune(session)
    made = make_ready(session, body)
    client, page = _clerk(session, sign_in, body), f"{ROOM}/{made.id}"
    assert client.post(f"{page}/assemblee/reprendre").status_code == 422
    today = f"{clock.today():%d/%m/%Y}"
    client.post(f"{page}/convoquer", data={"day": today, "hour": "23:59", "place": "salle Fictive"})
    meeting = _fresh(session, made.id).meeting
    assert meeting is not None
    url = f"/assemblees/{meeting.id}"
    assert url in client.get(page).text
    client.post(f"{url}/convocation")
    assert "Convoquée pour le" in _words(client.get(page).text)
    seats = {seat.name.split()[0]: seat.id for seat in meeting.seats}
    roll = {f"presence-{seats[name]}": "present" for name in ("Ada", "Basile")}
    roll |= {"president": seats["Ada"], "secretary": seats["Basile"]}
    client.post(f"{url}/feuille", data=roll)
    client.post(f"{url}/pouvoirs", data={"giver": seats["Céleste"], "holder": seats["Ada"]})
    client.post(f"{url}/ouvrir", data={"hour": "18:35"})
    assert "Elle est en cours" in _words(client.get(page).text)
    chosen = {"president": "Ada", "secretary": "Basile", "treasurer": "Céleste"}
    for item in meeting.agenda:
        where = f"/assemblees/points/{item.id}"
        if item.function:
            client.post(f"{where}/candidatures", data={"seat": seats[chosen[item.function]]})
            session.expire_all()
            client.post(f"{where}/voix", data={f"votes-{item.candidates[0].id}": "3", "papers": "3", "decide": "1"})
        else:
            client.post(f"{where}/voix", data={"votes-for": "3", "decide": "1"})
    client.post(f"{url}/clore", data={"hour": "19:30"})
    assert "reprenez ce qu’elle a décidé" in _words(client.get(page).text)
    assert client.get(f"{page}/assemblee").location.endswith("/assemblee/reprendre")
    third = made.founders_now[2]
    answer = client.post(f"{page}/assemblee/reprendre", data={"fee": "12", "declarant": str(third.id)})
    assert answer.status_code == 302, _words(answer.text)
    held_now = _fresh(session, made.id)
    assert (held_now.votes_for, held_now.chaired_by, held_now.written_by) == (3, "Ada Fictif", "Basile Fictif")
    assert [one.attendance for one in held_now.founders_now] == ["present", "present", "represented"]
    mandates = session.scalars(select(Mandate).where(Mandate.body_id == made.committee_id)).all()
    assert {(one.person.given_name, one.function) for one in mandates} == {
        ("Ada", "president"),
        ("Basile", "secretary"),
        ("Céleste", "treasurer"),
    }
    minutes = _pdf(client, f"{page}/documents/proces-verbal.pdf")
    assert "Céleste Fictif par Ada Fictif" in minutes
    assert "3 pour, 0 contre" in minutes
    stranger = _clerk(session, sign_in, make_body(session, "Ailleurs"))
    assert stranger.get(url).status_code == 404
    held_now.committee.kept_by_id = None
    session.commit()
    assert _clerk(session, sign_in, body).get(url).status_code == 404


def test_the_convention_is_begun_in_its_own_room_and_may_be_noted_from_paper(session: Session, sign_in: SignIn) -> None:
    body = make_commune(session)
    made = make_founded(session, body)
    client, page = _clerk(session, sign_in, body), f"{ROOM}/{made.id}"
    assert client.post(f"{page}/convention/modele").status_code == 422
    make_shared_twinning(session, body)
    answer = client.post(f"{page}/convention/modele")
    convention = session.get(Convention, int(answer.location.rsplit("/", 1)[1]))
    assert convention is not None
    assert convention.kind == "town_committee"
    assert {one.body_id for one in convention.bodies} == {body.id, made.committee_id}
    assert client.get(answer.location).status_code == 200
    again = client.get(f"{page}/convention").text
    assert f'href="{answer.location}"' in again
    assert "Commencer la convention" not in again, "it is begun"
    declaring.note_declaration(
        session,
        made,
        declaring.Declared(filed_on=date(2026, 4, 1), published_on=date(2026, 4, 14)),
        revision=made.revision,
        by=BY,
        at=LATER,
    )
    session.commit()
    early = client.post(f"{page}/convention", data={"day": "10/04/2026"})
    assert early.status_code == 422
    assert "n’a la personnalité que depuis le mardi 14 avril 2026" in early.text
    client.post(f"{page}/convention", data={"day": "02/05/2026"})
    assert "5. La convention avec la commune fait Signée le samedi 2 mai 2026." in _words(client.get(page).text)


def test_in_alsace_moselle_seven_found_and_the_court_registers(session: Session, sign_in: SignIn) -> None:
    body = make_commune(session, code="67482", name="Dorf-Fictif")
    made = make_ready(session, body, founders=6)
    client, page = _clerk(session, sign_in, body), f"{ROOM}/{made.id}"
    words = _words(client.get(page).text)
    assert "6 fondateurs notés : il en faut au moins 7 (code civil local art. 21 à 79)." in words
    with pytest.raises(BadFounding, match="7"):
        assembly.hold_assembly(session, made, held(made), by=BY, at=LATER)
    session.rollback()
    client.post(f"{page}/fondateurs/nouveau", data={"person": "", "given_name": "Gisèle", "family_name": "Fictif"})
    assembly.hold_assembly(session, again := _fresh(session, made.id), held(again), by=BY, at=LATER)
    session.commit()
    assert "Tribunal fictif" in _pdf(client, f"{page}/documents/statuts.pdf")
    assert "(code civil local art. 21 à 79) :" in _pdf(client, f"{page}/documents/proces-verbal.pdf")
    assert "Date et lieu de naissance (à écrire à la main)" in _pdf(client, f"{page}/documents/dirigeants.pdf")
    follow = client.get(f"{page}/declaration/suivi").text
    assert 'name="rna"' not in follow
    told = {"revision": _fresh(session, made.id).revision, "filed_on": "01/04/2026", "registered_on": "20/04/2026"}
    client.post(f"{page}/declaration/suivi", data={**told, "register_reference": "Tribunal fictif, vol. 1, folio 2"})
    assert "Inscrite au registre le lundi 20 avril 2026" in _words(client.get(page).text)
    paper = "publiée dans un journal d’annonces légales (code civil local art. 21 à 79)"
    assert paper in _words(client.get(f"{page}/declaration").text)
    assert paper in _pdf(client, f"{page}/documents/pieces.pdf")
    assert "Dans un journal d’annonces légales" in _words(follow)
    meeting = f"/assemblees/{_fresh(session, made.id).meeting_id}/personnes"
    assert "Gisèle Fictif" in client.get(meeting).text, "somebody holds the papers until the association can"
    make_member(session, made.committee, Role.PRESIDENT)
    assert client.get(meeting).status_code == 404, "a local association has no RNA number that would close it"


def test_the_printed_list_of_papers_says_what_the_page_says(session: Session, sign_in: SignIn) -> None:
    body = make_commune(session)
    made = make_founded(session, body, note="Banque : Ada Fictif, née à Lille le 3 mai 1961, aura la signature.")
    client, page = _clerk(session, sign_in, body), f"{ROOM}/{made.id}"
    assert made.meeting is not None
    first = made.founders_now[0]
    refused = client.post(
        f"{page}/fondateurs/{first.id}",
        data={"occupation": "née le 12 mars 1950, retraitée", "nationality": "française"},
    )
    assert refused.status_code == 422
    assert "Ces papiers ne portent ni date ni lieu de naissance" in _words(refused.text)
    first.occupation = "née le 12 mars 1950, retraitée"  # as an earlier version took it
    session.commit()
    words, paper = _words(client.get(f"{page}/declaration").text), _pdf(client, f"{page}/documents/pieces.pdf")
    warning = "La pièce contient une date de naissance : le greffe peut refuser le dossier."
    assert words.count(warning) == paper.count(warning) == 2
    assert words.count("à compléter") == paper.count("☐ à compléter") == 3
    assert (words.count(" prête "), paper.count("☑")) == (0, 0)


def test_in_alsace_moselle_the_printed_list_asks_for_the_signatures_that_the_page_misses(
    session: Session, sign_in: SignIn
) -> None:
    body = make_commune(session, code="67482", name="Dorf-Fictif")
    made = make_founded(session, body, founders=7, votes_for=6, votes_against=1)
    client, page = _clerk(session, sign_in, body), f"{ROOM}/{made.id}"
    missing = "6 voix pour les statuts, et 7 membres au moins doivent les signer"
    assert missing in _words(client.get(f"{page}/declaration").text)
    assert missing in _pdf(client, f"{page}/documents/pieces.pdf")


def test_an_assembly_that_comes_before_its_deliberation_is_said_and_blocks_nothing(
    session: Session, sign_in: SignIn
) -> None:
    body = make_commune(session)
    made = make_founded(session, body)
    client, page = _clerk(session, sign_in, body), f"{ROOM}/{made.id}"
    assert made.held_on is not None
    held_on = full_day(made.held_on)
    client.post(f"{page}/deliberation", data={"day": f"{made.held_on:%d/%m/%Y}", "reference": "2026-008"})
    assert "L’assemblée vient avant la délibération." not in _words(client.get(page).text)
    later = made.held_on + timedelta(days=1)
    client.post(f"{page}/deliberation", data={"day": f"{later:%d/%m/%Y}", "reference": "2026-008"})
    words = _words(client.get(page).text)
    assert f"L’assemblée constitutive est notée au {held_on}, et la délibération au" in words
    assert f"Adoptés le {held_on} par l’assemblée constitutive." in words


def test_the_partners_of_a_committee_are_the_towns_across_and_not_its_neighbours(
    session: Session, sign_in: SignIn
) -> None:
    body, neighbour, left = make_commune(session), make_body(session, "Voisin-Fictif"), make_body(session, "Parti")
    across = [
        make_body(session, name, BodyKind.FOREIGN_AUTHORITY, country="DE") for name in ("Adorf", "Bdorf", "Cdorf")
    ]
    twinning = make_twinning(session, [body, neighbour], [*across, left])
    next(one for one in twinning.parties if one.body_id == left.id).left_on = date(2020, 1, 1)
    session.commit()
    client, url = _clerk(session, sign_in, body), f"{ROOM}/communes/{body.id}/nouveau"
    assert "Adorf – Bdorf – Cdorf" in _words(client.get(url).text)
    page = client.post(url, data={"form": "association", "name": "Comité fictif", "twinning": twinning.id}).location
    made = _fresh(session, int(page.rsplit("/", 1)[1]))
    assert made.fields["villes"] == "Adorf, Bdorf et Cdorf"
    act = session.get(Act, int(client.post(f"{page}/deliberation/projet").location.rsplit("/", 1)[1]))
    assert act is not None
    written = " ".join([*act.recitals, *act.articles])
    assert "le jumelage avec Adorf, Bdorf et Cdorf" in written
    assert "Voisin-Fictif" not in written


def test_a_regie_needs_a_deliberation_alone_and_says_why(session: Session, sign_in: SignIn) -> None:
    body = make_commune(session)
    made = make_founding(session, body, form="service")
    assert made.committee.kind == BodyKind.COMMITTEE_SERVICE
    client, page = _clerk(session, sign_in, body), f"{ROOM}/{made.id}"
    words = _words(client.get(page).text)
    assert "Une régie n’est pas une personne : elle n’a pas de statuts." in words
    assert "La commune ne signe pas avec elle-même" in words
    assert client.get(f"{page}/statuts").status_code == 404
    act = int(client.post(f"{page}/deliberation/projet").location.rsplit("/", 1)[1])
    made_act = session.get(Act, act)
    assert made_act is not None
    assert "régie directe" in made_act.articles[0]
    client.post(f"{page}/deliberation", data={"day": "02/03/2026", "reference": "2026-008"})
    told = client.get(page).text
    assert "Le comité est créé." in _words(told)
    assert f"/deliberations/{act}" not in told, "a draft that was not voted is not the deliberation"


def test_the_signs_of_independence_are_those_of_the_law(session: Session, sign_in: SignIn) -> None:
    body = make_commune(session)
    made = make_founding(session, body)
    client, page = _clerk(session, sign_in, body), f"{ROOM}/{made.id}"
    facts = {"resources": "1000", "municipal_subsidy": "800", "board_size": "10", "ex_officio_members": "5"}
    client.post(f"{page}/independance", data={**facts, "treasurer_is": "deputy", "municipal_receipts": "yes"})
    words = _words(client.get(page).text)
    assert "La commune apporte 800 € sur 1 000 €, plus de 75 % des ressources" in words
    assert "Le trésorier est maire ou adjoint." in words
    assert "Indices, non verdict (CE" in words
    assert 'value="800,00"' in client.get(f"{page}/independance").text


def test_only_the_founders_and_their_town_hall_know_of_a_creation(session: Session, sign_in: SignIn) -> None:
    body, stranger = make_commune(session), make_body(session, "Ailleurs")
    made = make_ready(session, body)
    page = f"{ROOM}/{made.id}"
    doors = ("", "/statuts", "/fondateurs", "/declaration", "/documents/statuts.pdf", "/deliberation", "/assemblee")
    client = _clerk(session, sign_in, stranger)
    assert {client.get(page + door).status_code for door in doors} == {404}
    assert "Comité fictif" not in client.get(f"{ROOM}/").text
    client = sign_in(make_member(session, made.committee, Role.PRESIDENT))
    session.commit()
    assert client.get(page).status_code == 200
    assert "Comité fictif" in client.get(f"{ROOM}/").text
    assert client.get(f"{page}/deliberation").status_code == 403
    assert client.post(f"{page}/deliberation/projet").status_code == 403
    assert client.get(f"{page}/assemblee").status_code == 200
    client = sign_in(make_member(session, body, Role.READER))
    session.commit()
    assert client.get(page).status_code == 200
    assert client.post(f"{page}/corbeille").status_code == 403


def test_the_town_hall_sees_the_founders_no_more_once_the_association_keeps_itself(
    session: Session, sign_in: SignIn
) -> None:
    body = make_commune(session)
    made = make_founded(session, body)
    page = f"{ROOM}/{made.id}"
    made.published_on, made.committee.kept_by_id = date(2026, 4, 11), None
    client = _clerk(session, sign_in, body)
    assert client.get(page).status_code == 200
    assert client.get(f"{page}/documents/statuts.pdf").status_code == 200
    for door in ("/fondateurs", "/documents/feuille-de-presence.pdf", "/documents/dirigeants.pdf"):
        assert client.get(page + door).status_code == 403
    assert "Ada" not in client.get(page).text
    client = sign_in(make_member(session, made.committee, Role.SECRETARY))
    session.commit()
    assert "Ada Fictif" in client.get(f"{page}/fondateurs").text


def test_the_archive_of_the_town_hall_names_no_founder_once_the_association_keeps_itself(
    session: Session, tmp_path: Path
) -> None:
    body = make_commune(session)
    made = make_founded(session, body)
    for one in made.founders_now:
        one.address = "1 rue du Fondateur"
    session.commit()

    def taken(who: int) -> bytes:
        with ZipFile(BytesIO(pack(session, who, files=tmp_path, at=LATER, revision="r"))) as archive:
            return b"".join(archive.read(name) for name in archive.namelist())

    assert b"rue du Fondateur" in taken(body.id), "it founds with them"
    made.published_on, made.committee.kept_by_id = date(2026, 4, 11), None
    session.commit()
    assert b"rue du Fondateur" not in taken(body.id)
    assert b"rue du Fondateur" in taken(made.committee_id)


def test_a_committee_that_stands_in_for_its_commune_signs_only_within_a_delegation(
    app: Flask, session: Session
) -> None:
    convention, _account = make_convention(session)
    version = keep_version(session, convention, "essai", by=BY, at=LATER)
    commune = convention.bodies[0].body
    with app.test_request_context():
        assert delegation_guard(session, Question(version, clock.today())) is None
        committee = make_body(session, "Comité fictif", BodyKind.COMMITTEE, parent_id=commune.id)
        convention.bodies[0].body = committee
        session.flush()
        held_back = delegation_guard(session, Question(version, clock.today()))
        assert held_back is not None
        assert "aucune délégation en vigueur" in str(held_back.sentence)
        facts = delegating.DelegationFacts("Signer", date(2026, 1, 1), act_reference="2026-001")
        delegating.delegate(session, commune, committee, facts, by=BY, at=LATER)
        assert delegation_guard(session, Question(version, clock.today())) is None


def test_a_proof_is_a_file_that_anybody_can_open(session: Session, sign_in: SignIn) -> None:
    body = make_commune(session)
    made = make_founding(session, body)
    client, page = _clerk(session, sign_in, body), f"{ROOM}/{made.id}"
    wrong = client.post(f"{page}/preuves/statutes", data={"about": "Statuts signés", "file": (BytesIO(b"MZ"), "s.exe")})
    assert wrong.status_code == 422
    assert "Statuts signés" in wrong.text
    scan = client.get(f"{page}/documents/statuts.pdf").data
    client.post(f"{page}/preuves/statutes", data={"about": "Statuts signés", "file": (BytesIO(scan), "statuts.pdf")})
    proof = _fresh(session, made.id).proofs[0]
    found = client.get(f"{page}/preuves/{proof.id}/fichier")
    assert found.data == scan
    client.post(f"{page}/preuves/{proof.id}/corbeille")
    assert "Statuts signés" not in client.get(page).text
    assert client.get(f"{page}/preuves/nulle-part").status_code == 404


def test_the_town_hall_does_not_put_in_the_trash_an_association_that_keeps_itself(
    session: Session, sign_in: SignIn
) -> None:
    body = make_commune(session)
    made = make_ready(session, body)
    made.published_on, made.committee.kept_by_id = date(2026, 4, 11), None
    session.commit()
    page = f"{ROOM}/{made.id}"
    refused = _clerk(session, sign_in, body).post(f"{page}/corbeille")
    assert refused.status_code == 403
    assert "elle seule met sa création à la corbeille" in _words(refused.text)
    own = sign_in(make_member(session, made.committee, Role.PRESIDENT))
    session.commit()
    assert own.post(f"{page}/corbeille").status_code == 302


def test_a_creation_goes_to_the_trash_and_comes_back(session: Session, sign_in: SignIn) -> None:
    body = make_commune(session)
    made = make_founding(session, body)
    client, page = _clerk(session, sign_in, body), f"{ROOM}/{made.id}"
    client.post(f"{page}/corbeille")
    assert "Comité fictif" not in _words(client.get(f"{ROOM}/").text)
    assert "Comité fictif" in _words(client.get(f"{ROOM}/?corbeille=1").text)
    assert client.post(f"{page}/statuts/prets").status_code == 403
    client.post(f"{page}/restaurer")
    assert "Comité fictif" in _words(client.get(f"{ROOM}/").text)


def test_a_committee_acts_for_its_commune_within_a_delegation(session: Session, sign_in: SignIn) -> None:
    body = make_commune(session)
    committee = make_body(session, "Comité fictif", BodyKind.COMMITTEE, parent_id=body.id, kept_by_id=body.id)
    act = make_act(session, body, status="adopted", voted_on=date(2026, 3, 2), register_year=2026, register_rank=3)
    client, url = _clerk(session, sign_in, body), f"{ROOM}/communes/{body.id}/delegations/nouvelle"
    assert "le comité agit en son seul nom" in _words(client.get(f"/organismes/{committee.id}").text)
    given = {"delegate": str(committee.id), "about": "Accueillir la délégation de Ville-Exemple", "act": str(act.id)}
    assert "avant le vote" in client.post(url, data={**given, "since": "01/01/2026"}).text
    without = client.post(url, data={**given, "act": "", "since": "02/03/2026"})
    assert without.status_code == 422
    assert "par quelle délibération" in without.text
    assert client.post(url, data={**given, "since": "02/03/2026", "until": "31/12/2099"}).status_code == 302
    words = _words(client.get(f"/organismes/{committee.id}").text)
    assert "Accueillir la délégation de Ville-Exemple" in words
    assert "en vigueur" in words
    number = session.scalars(select(Delegation)).one().id
    ended = {"revision": "1", "about": given["about"], "act": str(act.id), "since": "02/03/2026", "until": "01/04/2026"}
    assert client.post(f"{ROOM}/delegations/{number}", data=ended).status_code == 302
    assert client.post(f"{ROOM}/delegations/{number}", data=ended).status_code == 409
    assert "terminée" in _words(client.get(f"/organismes/{committee.id}").text)
    client.post(f"{ROOM}/delegations/{number}/corbeille")
    assert "Accueillir" not in client.get(f"/organismes/{committee.id}").text
    client.post(f"{ROOM}/delegations/{number}/restaurer")
    assert "Accueillir" in client.get(f"/organismes/{committee.id}").text
    stranger = _clerk(session, sign_in, make_body(session, "Ailleurs"))
    assert stranger.get(f"{ROOM}/delegations/{number}").status_code == 404


def test_a_delegation_begins_once_its_deliberation_may_be_executed(session: Session, sign_in: SignIn) -> None:
    body = make_commune(session)
    committee = make_body(session, "Comité fictif", BodyKind.COMMITTEE, parent_id=body.id, kept_by_id=body.id)
    act = make_act(session, body, status="adopted", voted_on=date(2026, 10, 9), register_year=2026, register_rank=3)
    client, url = _clerk(session, sign_in, body), f"{ROOM}/communes/{body.id}/delegations/nouvelle"
    about = "Signer les contrats et encaisser les recettes de la fête"
    given = {"delegate": str(committee.id), "about": about, "act": str(act.id), "since": "10/10/2026"}
    noted = _words(client.post(url, data=given, follow_redirects=True).text)
    assert "s’expose à une gestion de fait" in noted
    assert "en vigueur si la délibération est exécutoire" in noted
    act.transmitted_on = act.published_on = date(2026, 10, 13)
    session.commit()
    refused = client.post(url, data=given)
    assert refused.status_code == 422
    assert "n’est exécutoire que depuis le mardi 13 octobre 2026" in _words(refused.text)
    assert client.post(url, data=given | {"since": "13/10/2026", "about": "Accueillir"}).status_code == 302
    assert "gestion de fait" not in client.get(f"/organismes/{committee.id}").text


def test_the_room_refuses_what_the_law_or_the_count_does_not_allow(session: Session) -> None:
    made = make_ready(session, make_commune(session), founders=3)
    by = Actor(1, "Camille Fictive")
    for change, said in (
        ({"votes_for": 2}, "2 voix comptées pour 3"),
        ({"votes_for": 1, "votes_against": 2}, "ne sont pas adoptés"),
        ({"held_on": date(2027, 1, 1)}, "pas encore arrivé"),
    ):
        with pytest.raises(BadFounding, match=said):
            assembly.hold_assembly(session, made, held(made, **change), by=by, at=LATER)
        session.rollback()
    assembly.hold_assembly(session, made, held(made), by=by, at=LATER)
    with pytest.raises(NotNow):
        assembly.add_founder(session, made, assembly.FounderFacts(given_name="Zoé"), by=by, at=LATER)


def test_answers_that_contradict_each_other_are_told_and_block_nothing(session: Session, sign_in: SignIn) -> None:
    body = make_commune(session)
    made = make_founding(session, body)
    client, page = _clerk(session, sign_in, body), f"{ROOM}/{made.id}"
    assert "se contredisent peut-être" not in client.get(f"{page}/statuts").text
    answers = {"cotisation": "no", "elus": "consultative"}
    fields = {"ca_min": "2", "ca_max": "2", "villes": "Ville-Exemple"}
    statutes.answer_statutes(session, made, answers, fields, revision=made.revision, by=BY, at=LATER)
    own = ("Réunions", "Le quorum est des trois quarts ; nul n’y porte plus de cinq pouvoirs.")
    statutes.rewrite_article(session, made, "gratuite", own, revision=made.revision, by=BY, at=LATER)
    session.commit()
    words = _words(client.get(f"{page}/statuts").text)
    assert "il n’y a pas de cotisation, et des articles en parlent (5, 8 et 14)" in words
    assert "le conseil s’arrête à 2" in words
    assert "parlent de pouvoirs ou de quorum, comme l’article" in words
    with pytest.raises(BadFounding, match="200"):
        statutes.answer_statutes(session, made, {}, {"nom": "N" * 271}, revision=made.revision, by=BY, at=LATER)
