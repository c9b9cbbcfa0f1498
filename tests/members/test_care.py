"""Consents, what may be erased, what the law makes keep, everything known of one person."""

from __future__ import annotations

import io
import json
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader
from sqlalchemy import select

from app.access.roles import Role
from app.assemblies.models import AssemblyProxy, AssemblyVoice
from app.audit.models import JournalEntry
from app.audit.services import record
from app.bodies.models import Function
from app.members.models import Consent, Member
from app.members.queries.care import proposals
from app.members.queries.roll import count_by_category
from app.members.retention import rules
from app.shared import clock
from app.shared.actor import Actor
from app.twinnings.models import TwinningPerson
from tests.factories.accounts import make_member
from tests.factories.assemblies import add_item, make_assembly
from tests.factories.bodies import make_body, make_mandate
from tests.factories.mailing import make_delivery, make_mailing
from tests.factories.members import (
    enrol,
    make_committee,
    make_host,
    make_household,
    make_payment,
    make_period,
    make_stay,
)
from tests.factories.twinnings import make_twinning

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.testing import FlaskClient
    from sqlalchemy.orm import Session

    from app.accounts.models import Account
    from app.bodies.models import Body

    SignIn = Callable[[Account], FlaskClient]


@pytest.fixture
def keeper(session: Session, sign_in: SignIn, committee: Body) -> FlaskClient:
    return sign_in(make_member(session, committee, Role.PRESIDENT))


def test_a_consent_is_dated_proved_and_taken_back_as_simply(
    session: Session, keeper: FlaskClient, sign_in: SignIn, committee: Body
) -> None:
    member = enrol(session, committee, "Jeanne")
    where = f"/membres/fiche/{member.id}/accords"
    data = {"kind": "newsletter", "given_on": "12/03/2026", "proof": "bulletin signé"}
    assert "où est la preuve" in keeper.post(where, data=data | {"proof": " "}).text
    assert "jour à venir" in keeper.post(where, data=data | {"given_on": "12/03/2099"}).text
    keeper.post(where, data=data)
    assert "déjà noté" in keeper.post(where, data=data).text
    assert "a noté un accord (Lettre d’information)" in keeper.get(f"/organismes/{committee.id}/journal").text
    consent = session.scalars(select(Consent)).one()
    herself = sign_in(make_member(session, committee, Role.MEMBER, person_id=member.person_id))
    assert "bulletin signé" in herself.get(where).text
    assert herself.post(where, data=data | {"kind": "photo"}).status_code == 403
    herself.post(f"{where}/{consent.id}/reprendre")
    assert "repris le" in herself.get(where).text
    other = enrol(session, committee, "Autre")
    assert herself.post(f"/membres/fiche/{other.id}/accords/{consent.id}/reprendre").status_code == 404


def test_an_agreement_is_of_a_day_on_which_somebody_could_give_it(
    session: Session, keeper: FlaskClient, committee: Body
) -> None:
    member = enrol(session, committee, "Jeanne", until="2026-01-20", leaving="deceased")
    where = f"/membres/fiche/{member.id}/accords"
    data = {"kind": "newsletter", "given_on": "20/01/2026", "proof": "bulletin signé"}
    assert "plus de cent ans" in keeper.post(where, data=data | {"given_on": "01/01/1800"}).text
    assert "daté d’après le décès (20 janvier 2026)" in keeper.post(where, data=data | {"given_on": "21/01/2026"}).text
    assert session.scalar(select(Consent)) is None
    assert keeper.post(where, data=data).status_code == 302


def test_the_parents_agree_to_the_picture_of_who_is_known_to_be_a_minor(
    session: Session, keeper: FlaskClient, committee: Body
) -> None:
    young, grown, unknown = (enrol(session, committee, name) for name in ("Léo", "Ada", "Zoé"))
    for member, born in ((young, date(2012, 5, 1)), (grown, date(1980, 5, 1))):
        make_stay(session, member).travellers[0].born_on = born
    session.commit()
    data = {"kind": "photo", "given_on": "12/03/2026", "proof": "bulletin signé"}
    where = f"/membres/fiche/{young.id}/accords"
    assert "mineure ce jour-là" in keeper.post(where, data=data).text
    assert keeper.post(where, data=data | {"given_by": "Ses deux parents"}).status_code == 302
    for other in (grown, unknown):
        assert keeper.post(f"/membres/fiche/{other.id}/accords", data=data).status_code == 302


def test_what_is_over_is_proposed_and_never_erased_by_itself(session: Session, committee: Body) -> None:
    gone = enrol(session, committee, "Parti", until="2025-12-31")
    kept = enrol(session, committee, "Gardé", until="2025-12-31")
    enrol(session, committee, "Reste")
    asked = enrol(session, committee, "Demande", status="applicant", created_at=datetime(2024, 1, 1, tzinfo=UTC))
    agreed = {"body_id": committee.id, "proof": "x", "created_at": datetime(2020, 1, 1, tzinfo=UTC)}
    session.add(Consent(person_id=kept.person_id, kind="keep", given_on=date(2025, 12, 31), **agreed))
    session.add(Consent(person_id=kept.person_id, kind="newsletter", given_on=date(2020, 1, 1), **agreed))
    session.commit()
    found = proposals(session, committee.id, on=date(2026, 11, 22))
    assert [(one.rule, one.name) for one in found] == [
        ("former_member", gone.name),
        ("applicant", asked.name),
        ("newsletter", kept.name),
    ]
    assert all(rule.source for rule in rules().values())
    assert gone.person.given_name == "Parti"


def test_a_stay_that_is_over_for_too_long_is_told_to_the_few_who_see_it_until_it_is_cleared(
    session: Session, sign_in: SignIn, committee: Body
) -> None:
    stay = make_stay(session, enrol(session, committee))
    stay.starts_on, stay.ends_on = date(2025, 6, 10), date(2025, 6, 14)
    session.commit()
    told = "Effacer santé, naissances et papiers du séjour « Voyage »"
    secretary = sign_in(make_member(session, committee, Role.SECRETARY))
    assert told in secretary.get("/").text
    for place in (committee, make_committee(session)):
        role = Role.TREASURER if place is committee else Role.PRESIDENT
        assert told not in sign_in(make_member(session, place, role)).get("/").text
    secretary = sign_in(make_member(session, committee, Role.SECRETARY))
    secretary.post(f"/membres/accueil/sejour/{stay.id}/effacer")
    assert told not in secretary.get("/").text


def test_erasing_somebody_leaves_what_the_law_makes_keep_and_says_so(
    session: Session, keeper: FlaskClient, committee: Body
) -> None:
    home = make_household(session, committee, email="jeanne@exemple.fr", phone="03")
    member = enrol(session, committee, "Jeanne", "Fictive", household=home, note="Aime la flûte")
    payment = make_payment(session, make_period(session, committee), member)
    where = f"/membres/fiche/{member.id}/effacer"
    assert "notez d’abord son départ" in keeper.post(where).text
    keeper.post(f"/membres/fiche/{member.id}/depart", data={"until": "2025", "why": "resigned", "revision": "1"})
    assert "L123-22" in keeper.get(where).text
    person = member.person_id
    by_link = Actor(None, "Jeanne Fictive")
    record(session, "assemblies.answered", by=by_link, at=clock.now(), body_id=committee.id, day="2026-12-05")
    session.commit()
    keeper.post(f"/personnes/{person}/modifier", data={"given_name": "Jeanne", "family_name": "Fictive", "revision": 1})
    keeper.post(where)
    session.expire_all()
    erased = session.get(Member, member.id)
    assert erased.person.name == "Personne effacée"
    assert (erased.email, erased.note, home.email, home.street) == ("", "", "", "")
    assert payment.receipt["payer"] == "Jeanne Fictive"
    journal = [(entry.actor_name, entry.details) for entry in session.scalars(select(JournalEntry))]
    assert "Jeanne" not in str(journal), "neither what was done to her nor what she did by her personal link"
    listed = keeper.get(f"/membres/{committee.id}?situation=all").text
    assert "Fictive" not in listed


def test_the_name_of_an_officer_stays_where_the_committee_decided(
    session: Session, keeper: FlaskClient, committee: Body
) -> None:
    member = enrol(session, committee, "Jeanne", "Fictive", email="jeanne@exemple.fr", until="2025-12-31")
    make_mandate(session, committee, member.person, Function.SECRETARY, since="2020-01-01", until="2025-12-31")
    session.commit()
    where = f"/membres/fiche/{member.id}/effacer"
    assert "mandats" in keeper.get(where).text
    keeper.post(where)
    session.expire_all()
    person = session.get(Member, member.id).person
    assert (person.name, person.email) == ("Jeanne Fictive", "")


def test_somebody_takes_away_everything_known_of_them(session: Session, sign_in: SignIn, committee: Body) -> None:
    member = enrol(session, committee, "Jeanne", "Fictive", household=make_household(session, committee), note="Flûte")
    make_payment(session, make_period(session, committee), member)
    herself = sign_in(make_member(session, committee, Role.MEMBER, person_id=member.person_id))
    told = json.loads(herself.get(f"/membres/fiche/{member.id}/tout.json").data)
    assert told["Identité"]["Adresse"] == "3 rue de l’Essai, 59000 Exempleville"
    assert told["Paiements"][0]["Reçu"] == "2026-001"
    assert told["Paiements"][0]["Somme"].replace("\xa0", " ") == "15 €"
    assert "Don" not in told["Paiements"][0] or not told["Paiements"][0]["Don"]
    assert told["Adhésion"]["Remarque"] == "Flûte"
    pages = PdfReader(io.BytesIO(herself.get(f"/membres/fiche/{member.id}/tout.pdf").data)).pages
    assert "Jeanne Fictive" in pages[0].extract_text()
    make_host(session, member).pets = "un chien"
    make_stay(session, member).travellers[0].emergency = "son frère, 06 00 00 00 00"
    session.commit()
    told = json.loads(herself.get(f"/membres/fiche/{member.id}/tout.json").data)
    assert told["Famille d’accueil"] == [{"Lits": "2", "Animaux": "un chien"}]
    assert told["Séjours"][0]["À prévenir en cas d’urgence"] == "son frère, 06 00 00 00 00"


def test_who_is_still_a_member_is_not_erased_and_past_years_count_who_was(
    session: Session, keeper: FlaskClient, committee: Body
) -> None:
    member = enrol(session, committee, "Jeanne", "Fictive", since="2020-01-01")
    where = f"/membres/fiche/{member.id}"
    assert f'action="{where}/effacer"' not in keeper.get(f"{where}/effacer").text
    assert keeper.post(f"{where}/effacer").status_code == 422
    keeper.post(f"{where}/depart", data={"until": "31/12/2025", "why": "moved", "revision": "1"})
    assert f'action="{where}/effacer"' in keeper.get(f"{where}/effacer").text
    assert keeper.post(f"{where}/effacer").status_code == 302
    assert [count_by_category(session, committee.id, on=date(year, 6, 1)) for year in (2025, 2026)] == [
        [("Membre actif", 1)],
        [],
    ]


def test_what_is_known_tells_of_meetings_votes_and_letters_too(
    session: Session, keeper: FlaskClient, committee: Body
) -> None:
    member = enrol(session, committee, "Jeanne", "Fictive", email="Jeanne@exemple.test")
    assembly = make_assembly(session, committee, people=2)
    item = add_item(session, assembly, title="Comptes")
    hers, his = assembly.seats
    hers.person_id, hers.name, hers.sent_on, hers.dispatch = (
        member.person_id,
        "Jeanne Fictive",
        date(2026, 2, 2),
        "email",
    )
    session.add(AssemblyProxy(assembly=assembly, giver=hers, holder=his, noted_at=assembly.starts_at))
    session.add(AssemblyVoice(item=item, seat=hers, channel="electronic", choice="for"))
    make_delivery(session, make_mailing(session, committee, subject="Fête"), "jeanne@exemple.test")
    session.commit()
    told = json.loads(keeper.get(f"/membres/fiche/{member.id}/tout.json").data)
    assert told["Assemblées et réunions"][0]["Convocation"] == "par courriel 2\N{NO-BREAK SPACE}février 2026"
    assert told["Pouvoirs"][0]["À"] == his.name
    assert (told["Votes"][0]["Point"], told["Votes"][0]["Vote"]) == ("Comptes", "Pour")
    assert told["Lettres"][0]["Objet"] == "Fête"
    assert "Jusqu’au" not in told["Adhésion"], "what has not happened has no date"


def test_the_register_of_processing_is_written_from_the_rules(keeper: FlaskClient, committee: Body) -> None:
    page = keeper.get(f"/membres/{committee.id}/donnees").text.replace("\u00a0", " ")
    assert "Registre des traitements" in page
    assert '<span lang="fr">1 an après la demande</span>' in page
    assert "dès le retrait" in page
    pages = PdfReader(io.BytesIO(keeper.get(f"/membres/{committee.id}/donnees/registre.pdf").data)).pages
    told = " ".join(page.extract_text() for page in pages)
    assert "Solana" in told
    assert "10 ans" in told.replace("\u00a0", " ")
    flat = " ".join(told.replace("\u00a0", " ").split())
    for kept in ("bénévolat", "dirigeants", "Lettres, convocations", "Comptes et rôles", "Journal", "deux séjours"):
        assert kept in flat, kept


def test_a_receipt_names_nobody_once_its_ten_years_are_over(
    session: Session, keeper: FlaskClient, committee: Body
) -> None:
    member = enrol(session, committee, "Jeanne", "Fictive", since="2010-01-01", until="2015-12-31")
    old = make_payment(session, make_period(session, committee, 2014), member)
    recent = make_payment(session, make_period(session, committee, 2025), member)
    keeper.post(f"/membres/fiche/{member.id}/effacer")
    session.expire_all()
    assert (old.receipt["payer"], old.receipt["members"][0]["name"]) == ("Personne effacée", "Personne effacée")
    assert recent.receipt["payer"] == "Jeanne Fictive"
    found = proposals(session, committee.id, on=date(2036, 2, 1))
    assert [(one.rule, one.name, one.member_id) for one in found] == [("accounts", "Jeanne Fictive", member.id)]


def test_who_is_named_in_a_twinning_or_by_another_body_keeps_a_name_there_and_no_address_here(
    session: Session, keeper: FlaskClient, committee: Body
) -> None:
    other = make_committee(session, name="Comité voisin")
    twinning = make_twinning(session, committee, make_body(session, "Semenivka"))
    left = enrol(session, committee, "Jeanne", "Fictive", email="jeanne@exemple.fr", until="2025-12-31")
    moved = enrol(session, committee, "Paul", "Fictif", email="paul@exemple.fr", until="2025-12-31")
    session.add(
        TwinningPerson(twinning_id=twinning.id, person_id=left.person_id, body_id=committee.id, duty="coordinator")
    )
    there = enrol(session, other, "Paul", "Double")
    there.person_id = moved.person_id
    session.commit()
    jeanne, paul = left.person, moved.person
    for member in (left, moved):
        assert keeper.post(f"/membres/fiche/{member.id}/effacer").status_code == 302
    session.expire_all()
    assert (jeanne.family_name, jeanne.email) == ("Fictive", "")
    assert (paul.email, paul.kept_by_body_id) == ("paul@exemple.fr", other.id)
