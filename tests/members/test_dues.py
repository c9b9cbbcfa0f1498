"""Dues: what is owed, paid, receipted, cancelled, reminded."""

from __future__ import annotations

import io
import re
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader
from sqlalchemy import select

from app.access.roles import Role
from app.bodies.models import BodyKind, Function
from app.mail.models import MessageState, OutboxMessage
from app.members.models import DuesPeriod, DuesRate, DuesWaiver, Member, Payment, PaymentLine
from app.members.queries import voters
from app.members.queries.dues import totals_of
from app.members.services.dues import shares
from app.members.spelled import spelled_euros
from app.shared import clock
from tests.factories.accounts import make_member, make_own_body
from tests.factories.bodies import make_body, make_mandate
from tests.factories.members import enrol, make_category, make_committee, make_household, make_period
from tests.factories.people import make_person
from tests.support.pages import as_read

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.testing import FlaskClient
    from sqlalchemy.orm import Session

    from app.accounts.models import Account
    from app.bodies.models import Body

    SignIn = Callable[[Account], FlaskClient]


@pytest.fixture
def committee(session: Session) -> Body:
    body = make_committee(session, rna="W591234567")
    treasurer = make_person(session, "Claude", "Échantillon", kept_by_body_id=body.id)
    make_mandate(session, body, treasurer, Function.TREASURER)
    session.commit()
    return body


@pytest.fixture
def keeper(session: Session, sign_in: SignIn, committee: Body) -> FlaskClient:
    return sign_in(make_member(session, committee, Role.TREASURER, name="Claude Échantillon"))


@pytest.fixture
def couple(session: Session, committee: Body) -> list[Member]:
    home = make_household(session, committee, email="couple@exemple.fr")
    return [enrol(session, committee, name, "Dupont-Essai", household=home) for name in ("Jean", "Marie")]


def text_of(content: bytes) -> str:
    """The words of a PDF, in one line."""
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages).split())


def test_a_couple_pays_once_and_gets_one_receipt(
    session: Session, keeper: FlaskClient, committee: Body, couple: list[Member]
) -> None:
    period = make_period(session, committee)
    where = f"/membres/cotisations/{period.id}/paiement/{couple[1].id}"
    asked = keeper.get(where).text
    assert 'value="25,00"' in asked
    data = {"members": [str(one.id) for one in couple], "amount": "25", "gift": "5,50", "paid_on": "02/03/2026"}
    answer = keeper.post(where, data=data | {"means": "cheque", "reference": "no 123"})
    assert answer.status_code == 302, answer.text
    payment = session.scalars(select(Payment)).one()
    assert [line.amount for line in payment.lines] == [Decimal("12.50"), Decimal("12.50")]
    receipt = keeper.get(f"/membres/paiements/{payment.id}/recu.pdf")
    told = text_of(receipt.data).replace("\N{NO-BREAK SPACE}", " ").replace("\u202f", " ")
    assert "Jean et Marie Dupont-Essai" in told
    assert "30,50 € (trente euros et cinquante centimes)" in told
    assert "par chèque (no 123)" in told
    assert "pas un reçu fiscal" in told
    assert "Claude Échantillon" in told
    assert keeper.get(f"/membres/paiements/{payment.id}/recu.pdf").data == receipt.data
    assert [one.is_paid_up for one in voters(session, committee.id, date(2026, 6, 1))] == [True, True]
    again = keeper.post(where, data=data | {"means": "cash"})
    assert "est déjà payée" in again.text


def test_a_part_of_the_dues_is_not_the_dues_and_what_is_left_is_told(
    session: Session, keeper: FlaskClient, committee: Body, couple: list[Member]
) -> None:
    period = make_period(session, committee)
    where = f"/membres/cotisations/{period.id}/paiement/{couple[0].id}"
    both = {"members": [str(one.id) for one in couple], "paid_on": "02/03/2026", "means": "cash"}
    assert "se lit de deux façons" in keeper.post(where, data=both | {"amount": "1.000"}).text
    keeper.post(where, data=both | {"amount": "10"})
    assert [one.is_paid_up for one in voters(session, committee.id, date(2026, 6, 1))] == [False, False]
    told = keeper.get(f"/membres/cotisations/{period.id}").text
    assert "15 €" in told
    assert "déjà reçu : 10 €" in told
    of_period = f"/membres/{committee.id}?periode={period.id}&paye="
    assert "Marie" in keeper.get(f"{of_period}non").text
    assert "Marie" not in keeper.get(f"{of_period}oui").text
    assert keeper.get(f"/membres/{committee.id}").text.count("reste 15 €") == 2, "what they owe together"
    assert "reçu 5 €" in keeper.get(f"/membres/fiche/{couple[1].id}").text
    keeper.post(f"/membres/cotisations/{period.id}/rappeler")
    letter = session.scalars(select(OutboxMessage)).one()
    assert "bien reçu 10\u00a0€" in letter.text
    assert "il reste 15\u00a0€" in letter.text
    rest = keeper.get(where).text
    assert 'value="15,00"' in rest
    for typed, sentence in (
        ({"amount": "30"}, "Il ne reste que 15 €"),
        ({"amount": "1e3"}, "n’est pas un montant"),
        ({"amount": "15", "paid_on": "02/03/2019"}, "vérifiez l’année"),
    ):
        assert sentence in keeper.post(where, data=both | typed).text.replace("\u00a0", " "), sentence
    assert keeper.post(where, data=both | {"amount": "15"}).status_code == 302
    assert keeper.post(where, data=both | {"amount": "", "gift": "8"}).status_code == 302, "who has paid may give"
    assert [one.is_paid_up for one in voters(session, committee.id, date(2026, 6, 1))] == [True, True]
    assert "est déjà payée" in keeper.post(where, data=both | {"amount": "5"}).text
    couple[1].household = None
    session.commit()
    assert [one.is_paid_up for one in voters(session, committee.id, date(2026, 6, 1))] == [True, True]


def test_a_part_of_the_dues_is_not_asked_and_may_be_asked_again(
    session: Session, keeper: FlaskClient, committee: Body, couple: list[Member]
) -> None:
    period = make_period(session, committee)
    page, who = f"/membres/cotisations/{period.id}", couple[0].id
    where = f"{page}/dispense/{who}"
    assert where in keeper.get(f"{page}/paiement/{who}").text
    both = {"members": [str(one.id) for one in couple], "decided": "Bureau du 12/03/2026"}
    for typed, sentence in (
        (both | {"amount": "26"}, "de 0,01 € à 25 €"),
        (both | {"amount": "10", "decided": ""}, "qui l’a décidé"),
        ({"amount": "10", "decided": "Bureau"}, "au moins un membre"),
    ):
        assert sentence in keeper.post(where, data=typed).text.replace("\u00a0", " "), sentence
    assert keeper.post(where, data=both | {"amount": "10"}).status_code == 302
    told = keeper.get(page).text.replace("\u00a0", " ")
    assert "Bureau du 12/03/2026" in told
    assert "15 €" in told
    paying = {"members": both["members"], "amount": "15", "paid_on": "02/03/2026", "means": "cash"}
    keeper.post(f"{page}/paiement/{who}", data=paying)
    assert [one.is_paid_up for one in voters(session, committee.id, date(2026, 6, 1))] == [True, True]
    assert totals_of(session, period.id).dues == 15, "what is not asked never came in"
    waiver = session.scalars(select(DuesWaiver)).first()
    keeper.post(f"/membres/dispenses/{waiver.id}/retirer")
    assert [one.is_paid_up for one in voters(session, committee.id, date(2026, 6, 1))] == [False, False]
    assert "10 €" in keeper.get(page).text.replace("\u00a0", " ")


def test_a_receipt_keeps_what_it_said_and_a_cancelled_one_keeps_its_number(
    session: Session, keeper: FlaskClient, committee: Body, couple: list[Member]
) -> None:
    period = make_period(session, committee)
    where = f"/membres/cotisations/{period.id}/paiement/{couple[0].id}"
    data = {"members": str(couple[0].id), "amount": "15", "paid_on": "02/03/2026", "means": "cash"}
    keeper.post(where, data=data)
    couple[0].person.given_name = "Gianni"
    session.commit()
    first = session.scalars(select(Payment)).one()
    assert "Jean Dupont-Essai" in text_of(keeper.get(f"/membres/paiements/{first.id}/recu.pdf").data)
    cancel = f"/membres/paiements/{first.id}/annuler"
    assert "la trace reste" in keeper.post(cancel, data={"why": " "}).text
    keeper.post(cancel, data={"why": "Chèque impayé"})
    assert "Chèque impayé" in keeper.get(f"/membres/paiements/{first.id}").text
    assert "REÇU ANNULÉ" in text_of(keeper.get(f"/membres/paiements/{first.id}/recu.pdf").data)
    keeper.post(where, data=data)
    numbers = session.scalars(select(Payment.receipt_number).order_by(Payment.id)).all()
    assert numbers == [1, 2]
    assert "déjà annulé" in keeper.post(cancel, data={"why": "Encore"}).text


def test_amounts_are_those_of_the_category_and_the_next_period_starts_from_them(
    keeper: FlaskClient, committee: Body, couple: list[Member]
) -> None:
    category = couple[0].category_id
    data = {"name": "2026", "starts_on": "01/01/2026", "ends_on": "31/12/2026", "due_on": "31/03/2026"}
    data |= {f"each_{category}": "15,50", f"home_{category}": "", "decided": "AG du 12/03/2026"}
    where = f"/membres/{committee.id}/cotisations/nouvelle"
    assert "finit avant de commencer" in keeper.post(where, data=data | {"ends_on": "31/12/2025"}).text
    assert "n’est pas un montant" in keeper.post(where, data=data | {f"each_{category}": "quinze"}).text
    page = keeper.get(keeper.post(where, data=data).location).text
    assert "AG du 12/03/2026" in page
    assert "31 €" in page
    assert "porte déjà ce nom" in keeper.post(where, data=data).text
    following = keeper.get(where).text
    assert 'value="2027"' in following
    assert 'value="15,50"' in following


@pytest.mark.usefixtures("couple")
def test_who_has_not_paid_is_reminded_calmly_by_mail_or_by_a_letter(
    session: Session, keeper: FlaskClient, committee: Body
) -> None:
    period = make_period(session, committee)
    enrol(session, committee, "Paule", "Sansadresse", household=make_household(session, committee))
    enrol(session, committee, "Parti", "Loin", until="2025-06-30")
    page = keeper.get(f"/membres/cotisations/{period.id}").text
    assert "Jean et Marie Dupont-Essai" in page
    assert "Loin" not in page
    keeper.post(f"/membres/cotisations/{period.id}/rappeler")
    letter = session.scalars(select(OutboxMessage)).one()
    assert letter.to_address == "couple@exemple.fr"
    assert letter.text.index("Vous êtes toujours membre") < letter.text.index("25\u00a0€")
    assert letter.body_id == committee.id
    printed = text_of(keeper.get(f"/membres/cotisations/{period.id}/lettres.pdf").data)
    assert "Paule Sansadresse" in printed
    assert "Dupont" not in printed
    keeper.post(f"/membres/cotisations/{period.id}/rappeler", data={"by": "letter"})
    assert "aucun" not in keeper.get(f"/membres/cotisations/{period.id}").text.split("Pas encore payé", 1)[1]


def test_what_a_home_pays_falls_to_those_who_owe_it(session: Session, keeper: FlaskClient, committee: Body) -> None:
    period, home = make_period(session, committee), make_household(session, committee)
    young = make_category(session, committee, "Jeune")
    student = make_category(session, committee, "Étudiant")
    period.rates.append(DuesRate(category_id=student.id, amount=Decimal(5)))
    session.commit()
    son = enrol(session, committee, "Luc", "Essai", household=home, category=young)
    mother, father = (enrol(session, committee, one, "Essai", household=home) for one in ("Ada", "Jean"))
    daughter = enrol(session, committee, "Zoé", "Essai", household=home, category=student)
    pay = f"/membres/cotisations/{period.id}/paiement/{son.id}"
    offered = keeper.get(pay).text
    ticked = [one.id for one in (son, mother, father, daughter) if re.search(rf'checked[^>]*value="{one.id}"', offered)]
    assert ticked == [mother.id, father.id, daughter.id]
    paid = {"amount": "30", "paid_on": "02/03/2026", "means": "cash"}
    keeper.post(pay, data={**paid, "members": [str(one.id) for one in (son, mother, father, daughter)]})
    lines = session.scalars(select(PaymentLine).order_by(PaymentLine.member_id)).all()
    assert [(one.member_id, one.amount) for one in lines] == [
        (son.id, Decimal(0)),
        (mother.id, Decimal("12.50")),
        (father.id, Decimal("12.50")),
        (daughter.id, Decimal(5)),
    ]


@pytest.mark.parametrize(
    ("amount", "parts", "shared"),
    [
        ("10", ["15", "15", "15"], ["3.34", "3.33", "3.33"]),
        ("15", ["0", "15"], ["0", "15"]),
        ("10", ["0", "15", "0", "15", "15"], ["0", "3.34", "0", "3.33", "3.33"]),
        ("0.01", ["5", "5"], ["0.01", "0"]),
        ("10", ["0", "0"], ["5", "5"]),
        ("0", ["15", "0"], ["0", "0"]),
    ],
)
def test_a_sum_is_shared_to_the_cent_as_it_is_owed(amount: str, parts: list[str], shared: list[str]) -> None:
    assert shares(Decimal(amount), [Decimal(one) for one in parts]) == [Decimal(one) for one in shared]


def test_a_reader_of_the_committee_sees_no_dues(session: Session, sign_in: SignIn, committee: Body) -> None:
    period = make_period(session, committee)
    client = sign_in(make_member(session, committee, Role.MEMBER))
    assert client.get(f"/membres/{committee.id}/cotisations").status_code == 403
    assert client.get(f"/membres/cotisations/{period.id}").status_code == 404
    assert session.scalars(select(DuesPeriod)).all()


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("1", "un euro"),
        ("21.01", "vingt et un euros et un centime"),
        ("71", "soixante et onze euros"),
        ("80", "quatre-vingts euros"),
        ("99", "quatre-vingt-dix-neuf euros"),
        ("181.50", "cent quatre-vingt-un euros et cinquante centimes"),
        ("1200", "mille deux cents euros"),
        ("80000", "quatre-vingt mille euros"),
    ],
)
def test_amounts_are_spelled_as_french_spells_them(amount: str, words: str) -> None:
    assert spelled_euros(Decimal(amount)) == words


def test_a_gift_alone_pays_no_dues_and_nobody_is_reminded_twice_in_a_week(
    session: Session, keeper: FlaskClient, committee: Body, couple: list[Member]
) -> None:
    period = make_period(session, committee)
    where = f"/membres/cotisations/{period.id}/paiement/{couple[0].id}"
    data = {"members": str(couple[0].id), "amount": "0", "gift": "40", "paid_on": "02/03/2026", "means": "cash"}
    assert keeper.post(where, data=data).status_code == 302
    assert [one.is_paid_up for one in voters(session, committee.id, date(2026, 6, 1))] == [False, False]
    for _again in range(2):
        keeper.post(f"/membres/cotisations/{period.id}/rappeler")
    assert len(session.scalars(select(OutboxMessage)).all()) == 1
    assert "Écrire à" not in keeper.get(f"/membres/cotisations/{period.id}").text, (
        "nobody is left to write to this week"
    )


def test_a_reminder_that_still_waits_is_not_sent_to_who_paid_or_left_meanwhile(
    session: Session, keeper: FlaskClient, committee: Body, couple: list[Member]
) -> None:
    period = make_period(session, committee)
    today = clock.today()
    enrol(session, committee, "Lou", "Fictive", email="lou@exemple.fr")
    enrol(session, committee, "Parti", "Cesoir", email="parti@exemple.fr", until=today.isoformat())
    page = f"/membres/cotisations/{period.id}"
    keeper.post(f"{page}/rappeler")
    addresses = select(OutboxMessage.to_address).order_by(OutboxMessage.to_address)
    assert session.scalars(addresses).all() == ["couple@exemple.fr", "lou@exemple.fr"]
    paid = {"members": str(couple[1].id), "amount": "10", "paid_on": f"{today:%d/%m/%Y}", "means": "cash"}
    keeper.post(f"{page}/paiement/{couple[1].id}", data=paid)
    assert session.scalars(addresses).all() == ["lou@exemple.fr"]
    assert "Écrire à 1 foyer" in keeper.get(page).text, "the couple, who still owes a part, was not reminded after all"
    session.scalars(select(OutboxMessage)).one().state = MessageState.SENT
    session.commit()
    lou = session.scalars(select(Member).where(Member.number == 3)).one()
    keeper.post(f"{page}/dispense/{lou.id}", data={"members": str(lou.id), "amount": "5", "decided": "Bureau"})
    assert session.scalars(addresses).all() == ["lou@exemple.fr"], "what has left stays known"


def test_a_service_of_the_commune_asks_no_dues_and_is_told_why(session: Session, sign_in: SignIn) -> None:
    town = make_own_body(session, name="Bourg-Fictif")
    service = make_body(session, "Service fictif", BodyKind.COMMITTEE_SERVICE, parent_id=town.id)
    clerk = sign_in(make_member(session, town, Role.CLERK))
    assert "Cotisations" not in clerk.get(f"/membres/{service.id}").text.partition("<main")[2].partition("filters")[0]
    page = clerk.get(f"/membres/{service.id}/cotisations").text
    assert "régie de recettes et le comptable public" in page
    assert "Ouvrir une période" not in page
    refused = clerk.get(f"/membres/{service.id}/cotisations/nouvelle")
    assert refused.status_code == 403
    assert "gestion de fait" in refused.text


def test_what_two_homes_paid_together_in_part_is_asked_of_both_and_counted_once(
    session: Session, keeper: FlaskClient, committee: Body
) -> None:
    period, home = make_period(session, committee), make_household(session, committee, email="foyer@exemple.fr")
    names = (("Éric", "Essai"), ("Éloïse", "Essai"), ("Françoise", "Fictive"))
    eric, eloise, francoise = (enrol(session, committee, one, other, household=home) for one, other in names)
    ids = [str(one.id) for one in (eric, eloise, francoise)]
    pay, page = f"/membres/cotisations/{period.id}/paiement", f"/membres/cotisations/{period.id}"
    paid = {"amount": "10", "paid_on": "02/03/2026", "means": "cash"}
    assert keeper.post(f"{pay}/{eric.id}", data={**paid, "members": ids}).status_code == 302
    assert keeper.post(f"{pay}/{eric.id}", data={**paid, "members": ids[:1]}).status_code == 302
    before = as_read(keeper.get(page).text)
    assert "Reste à recevoir 5 €" in before
    assert "reste commun" not in before
    keeper.post(f"/membres/fiche/{francoise.id}/foyer")
    after = as_read(keeper.get(page).text)
    assert "Reste à recevoir 5 €" in after
    assert "déjà reçu : 16,67 € reste commun avec Françoise Fictive : dû une seule fois" in after
    assert "reste commun avec Éric Essai, Éloïse Essai : dû une seule fois" in after
    told = as_read(keeper.get(f"{pay}/{francoise.id}").text)
    assert "Ce reste est commun avec Éric Essai et Éloïse Essai : il n’est dû qu’une seule fois." in told
    assert "reste commun avec Éric Essai" in as_read(keeper.get(f"/membres/fiche/{francoise.id}").text)
    keeper.post(f"{page}/rappeler")
    letters = session.scalars(select(OutboxMessage.text)).all()
    assert len(letters) == 2
    assert all("qu’une seule fois" in one for one in letters)
    keeper.post(f"{pay}/{francoise.id}", data={**paid, "amount": "5", "members": ids[2:]})
    assert "Tout le monde a payé." in as_read(keeper.get(page).text)


def test_the_receipt_of_a_part_says_what_remains_and_a_cancelled_one_proves_nothing(
    session: Session, keeper: FlaskClient, committee: Body
) -> None:
    period, member = make_period(session, committee), enrol(session, committee, "Ada", "Fictive")
    pay = f"/membres/cotisations/{period.id}/paiement/{member.id}"
    paid = {"paid_on": "02/03/2026", "means": "cash", "members": [str(member.id)]}
    papers = []
    for amount in ("10", "5"):
        page = keeper.post(pay, data={**paid, "amount": amount}).location
        papers.append(text_of(keeper.get(f"{page}/recu.pdf").data))
    assert "il reste 5 € à payer pour les membres nommés ici" in papers[0]
    assert "il reste" not in papers[1]
    assert all("Ce reçu prouve le paiement." in one for one in papers)
    keeper.post(f"{page}/annuler", data={"why": "chèque sans provision"})
    cancelled = text_of(keeper.get(f"{page}/recu.pdf").data)
    assert "Ce reçu est annulé : il ne prouve aucun paiement." in cancelled
    assert "prouve le paiement" not in cancelled
