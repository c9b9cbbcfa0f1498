"""The yearly papers of an association, on their pages and on paper."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader
from sqlalchemy import select

from app.accounts.models import Role
from app.bodies.models import Function
from app.founding.services.assembly import hold_assembly
from app.shared import clock
from app.yearly import services
from app.yearly.documents import _plain
from app.yearly.models import Heading, YearBook
from tests.factories.accounts import make_member, make_own_body
from tests.factories.assemblies import BY, make_association
from tests.factories.bodies import make_mandate
from tests.factories.council import make_commune, make_subsidy
from tests.factories.founding import HELD, LATER, held, make_ready
from tests.factories.members import enrol, make_gift, make_payment, make_period
from tests.factories.people import make_person

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.testing import FlaskClient
    from sqlalchemy.orm import Session

    from app.accounts.models import Account

    SignIn = Callable[[Account], FlaskClient]


def _words(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page).replace("\N{NO-BREAK SPACE}", " ")).replace("&#39;", "’")


def _printed(content: bytes) -> str:
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)
    return re.sub(r"\s+", " ", text.replace("\N{NARROW NO-BREAK SPACE}", " "))


def test_a_treasurer_fills_a_year_in_and_prints_what_funders_ask_for(session: Session, sign_in: SignIn) -> None:
    body = make_association(session, name="Comité fictif", siret="", rna="W595012345")
    president = make_person(session, given_name="Ada", family_name="Fictive", kept_by_body_id=body.id)
    make_mandate(session, body, president, Function.PRESIDENT, since="2024-10")
    make_subsidy(session, make_own_body(session, name="Bourg-Fictif"), beneficiary=body, year=2026, cash=1500)
    session.commit()
    browser = sign_in(make_member(session, body, Role.TREASURER))
    page = browser.post("/annees/", data={"body": body.id, "year": 2026}, follow_redirects=True)
    book = session.scalars(select(YearBook)).one()
    url = f"/annees/{book.id}"
    for asked in ("Le SIRET : toute subvention le demande.", "La date du contrat d’engagement républicain."):
        assert asked in _words(page.text)
    figures = {"revision": book.revision, "planned-74": "1 500,00", "planned-60": "1.000", "actual-74": "mille"}
    wrong = browser.post(f"{url}/chiffres", data=figures)
    assert wrong.status_code == 422
    assert "« mille » n’est pas un montant" in _words(wrong.text)
    assert "« 1.000 » se lit de deux façons. Écrivez 1 000 ou 1,00." in _words(wrong.text)
    assert 'value="1 500,00"' in wrong.text
    figures |= {"planned-60": "900", "actual-74": "1500", "actual-60": "812,40", "note-60": "moins de timbres"}
    page = browser.post(f"{url}/chiffres", data=figures, follow_redirects=True)
    assert "Un budget en équilibre : charges et produits prévus diffèrent." in _words(page.text)
    browser.post(f"{url}/rapports", data={"revision": 2, "moral": "Une bonne année.", "activity": "Deux ateliers."})
    contract = {"revision": 3, "contract_signed_on": "10/01/2026", "contract_signed_by": "Ada Fictive"}
    ends = f"{clock.today():%d/%m/%Y}"
    browser.post(f"{url}/papiers", data={**contract, "insurer": "Assurance fictive", "insured_until": ends})
    assert "Renouveler l’assurance de l’association" in browser.get("/").text
    assert "celle qui est notée finit avant" in browser.get(url).text
    report = _printed(browser.get(f"{url}/rapport.pdf").data)
    assert "Une bonne année." in report
    assert "Membres : non renseigné" in report
    asked = _printed(browser.get(f"{url}/demande.pdf").data)
    for known in ("W595012345", "Ada Fictive", "Bourg-Fictif", "1 500 €", "samedi 10 janvier 2026"):
        assert known in asked
    account = _printed(browser.get(f"{url}/compte-rendu.pdf").data)
    assert "moins de timbres" in account
    assert "812,40 €" in account
    officers = _printed(browser.get(f"{url}/dirigeants.pdf").data)
    assert "Aucune date de naissance" in officers
    for name in ("budget", "engagement"):
        assert browser.get(f"{url}/{name}.pdf").status_code == 200
    assert browser.get(f"{url}/autre.pdf").status_code == 404


def test_the_dues_of_a_year_are_those_received_in_it_for_whatever_year_they_are(
    session: Session, sign_in: SignIn
) -> None:
    body = make_association(session)
    browser = sign_in(make_member(session, body, Role.TREASURER))
    now, before = make_period(session, body, 2026), make_period(session, body, 2025)
    following = make_period(session, body, 2027)
    for period, day in ((now, (2025, 12, 30)), (now, (2026, 1, 1)), (now, (2026, 12, 31)), (following, (2026, 11, 23))):
        make_payment(session, period, enrol(session, body)).paid_on = date(*day)
    cancelled = make_payment(session, before, enrol(session, body))
    cancelled.paid_on, cancelled.cancelled_at = date(2026, 5, 1), clock.now()
    books = {year: services.open_year(session, body, year, by=BY, at=clock.now()) for year in (2024, 2025, 2026)}
    session.commit()
    told = {year: _words(browser.get(f"/annees/{book.id}").text) for year, book in books.items()}
    assert "Cotisations reçues 45 €, selon le jour du paiement, dont 15 € pour 2027" in told[2026]
    assert "Cotisations reçues 15 €, selon le jour du paiement, dont 15 € pour 2026" in told[2025]
    assert "selon le jour du paiement" not in told[2024]
    url = f"/annees/{books[2026].id}"
    assert re.search(r"reçues \(compte 75\)\W+45 €", _words(browser.get(f"{url}/chiffres").text))
    for name in ("rapport", "budget"):
        assert "45 €, selon le jour du paiement, dont 15 € pour 2027" in _printed(browser.get(f"{url}/{name}.pdf").data)


def test_members_read_a_year_and_a_town_hall_does_not(session: Session, sign_in: SignIn) -> None:
    body = make_association(session)
    book = services.open_year(session, body, 2026, by=BY, at=clock.now())
    assert services.open_year(session, body, 2026, by=BY, at=clock.now()) is book
    session.commit()
    url = f"/annees/{book.id}"
    member = sign_in(make_member(session, body, Role.MEMBER))
    assert member.get(url).status_code == 200
    assert member.get(f"{url}/chiffres").status_code == 403
    assert sign_in(make_member(session, make_own_body(session), Role.CLERK)).get(url).status_code == 404


def test_totals_keep_what_was_given_in_kind_apart(session: Session) -> None:
    book = services.open_year(session, make_association(session), 2026, by=BY, at=clock.now())
    told = {
        Heading.PURCHASES: services.Figure(Decimal(100), Decimal(90)),
        Heading.DUES: services.Figure(Decimal(100), Decimal(120)),
        Heading.USED_IN_KIND: services.Figure(Decimal(40), None),
        Heading.GIVEN_IN_KIND: services.Figure(Decimal(40), None),
    }
    services.note_figures(session, book, told, revision=1, by=BY, at=clock.now())
    assert services.totals(book, actual=False).result == 0
    assert services.totals(book, actual=True).result == Decimal(30)
    services.note_figures(session, book, {Heading.DUES: services.Figure(None, None)}, revision=2, by=BY, at=clock.now())
    assert book.of(Heading.DUES) is None
    with pytest.raises(services.EditConflict):
        services.note_figures(session, book, told, revision=1, by=BY, at=clock.now())
    with pytest.raises(services.BadYear, match="année proche"):
        services.open_year(session, book.body, 1789, by=BY, at=clock.now())


def test_a_year_that_runs_speaks_of_today_and_names_offices_as_they_are_signed(
    session: Session, sign_in: SignIn
) -> None:
    body, today = make_association(session, name="Comité fictif"), clock.today()
    for title, name, function in (("Mlle", "Ada", Function.PRESIDENT), ("", "Brice", Function.TREASURER)):
        person = make_person(session, given_name=name, family_name="Fictif", title=title, kept_by_body_id=body.id)
        make_mandate(session, body, person, function, since="2024-10")
        make_mandate(session, body, person, Function.BOARD_MEMBER, since="2024-10")
    plain = make_person(session, given_name="Céleste", family_name="Fictif", kept_by_body_id=body.id)
    make_mandate(session, body, plain, Function.BOARD_MEMBER, since="2024-10")
    make_gift(session, enrol(session, body)).given_on = today
    now, before = (
        services.open_year(session, body, year, by=BY, at=clock.now()) for year in (today.year, today.year - 1)
    )
    session.commit()
    browser = sign_in(make_member(session, body, Role.TREASURER))
    page = _words(browser.get(f"/annees/{now.id}").text)
    assert re.search(r"Heures de bénévolat \d+ h ", page)
    assert "Contributions volontaires valorisées non renseigné" in page
    assert "Ada Fictif, présidente, membre du conseil d’administration" in page
    if today != now.ends_on:
        assert "En fonction aujourd’hui" in page
    assert "En fonction à la fin de l’année" in _words(browser.get(f"/annees/{before.id}").text)
    printed = _printed(browser.get(f"/annees/{now.id}/dirigeants.pdf").data)
    assert "Liste arrêtée le" in printed
    assert "Ada Fictif Présidente, membre du conseil d’administration" in printed
    assert "Céleste Fictif Membre du conseil d’administration" in printed
    assert printed.count("Brice Fictif") == 2, "once in the list, once to sign"
    assert "Brice Fictif Trésorerie" in printed
    assert " ou " not in printed


def test_on_the_day_of_the_election_who_comes_is_the_officer_and_signs(session: Session, sign_in: SignIn) -> None:
    body, today = make_association(session, name="Comité fictif"), clock.today()
    for name, since, until in (
        ("Ada", "2024-10", today.isoformat()),
        ("Chloé", today.isoformat(), ""),
    ):
        person = make_person(session, given_name=name, family_name="Fictive", kept_by_body_id=body.id)
        make_mandate(session, body, person, Function.PRESIDENT, since=since, until=until)
    alone = make_person(session, given_name="Denis", family_name="Fictif", kept_by_body_id=body.id)
    make_mandate(session, body, alone, Function.TREASURER, since="2024-10", until=today.isoformat())
    gift = make_gift(session, enrol(session, body))
    gift.given_on, gift.value = today, Decimal(240)
    book = services.open_year(session, body, today.year, by=BY, at=clock.now())
    session.commit()
    browser = sign_in(make_member(session, body, Role.TREASURER))
    for paper in ("dirigeants", "demande", "budget"):
        printed = _printed(browser.get(f"/annees/{book.id}/{paper}.pdf").data)
        assert "Chloé Fictive" in printed
        assert "Ada Fictive" not in printed
    assert "Contributions volontaires valorisées (comptes 86 et 87) : 240 €" in printed
    page = _words(browser.get(f"/annees/{book.id}").text)
    assert "Denis Fictif" in page, "nobody took over from the treasurer that day"


def test_in_alsace_moselle_the_papers_use_what_the_foundation_knows(session: Session, sign_in: SignIn) -> None:
    made = make_ready(session, make_commune(session, code="67482", name="Dorf-Fictif"), founders=7)
    hold_assembly(session, made, held(made), by=BY, at=LATER)
    made.registered_on, made.register_reference = HELD, "Tribunal fictif, vol. 61 folio 12"
    made.fields = {**made.fields, "siege_adresse": "6 place Fictive, 67000 Dorf-Fictif"}
    book = services.open_year(session, made.committee, HELD.year, by=BY, at=clock.now())
    session.commit()
    browser = sign_in(make_member(session, made.committee, Role.TREASURER))
    asked = _printed(browser.get(f"/annees/{book.id}/demande.pdf").data)
    assert "Tribunal fictif, vol. 61 folio 12" in asked
    assert "6 place Fictive, 67000 Dorf-Fictif" in asked
    assert "RNA" not in asked
    page = _words(browser.get(f"/annees/{book.id}").text)
    assert "numéro RNA" not in page
    assert "L’adresse du siège." not in page
    officers = _printed(browser.get(f"/annees/{book.id}/dirigeants.pdf").data)
    for known in ("essayiste", "1 rue Fictive", "française", "le tribunal demande aussi la date et le lieu"):
        assert known in officers
    assert "Aucune date de naissance" not in officers
    budget = _printed(browser.get(f"/annees/{book.id}/budget.pdf").data)
    assert "Réalisé : rien n’est noté." in budget
    assert "résultat 0" not in budget


FIGURES = {
    "60": ("1200", "1100,50"),
    "62": ("3400", "3000"),
    "86": ("600", "900"),
    "70": ("1000", "1600,49"),
    "74": ("1500", "1500"),
    "75": ("2100", "1000"),
    "87": ("700", "900"),
}


def test_both_forms_get_totals_shares_and_who_works_there(session: Session, sign_in: SignIn) -> None:
    body = make_association(session, name="Comité fictif")
    town = make_own_body(session, name="Bourg-Fictif")
    aid = make_subsidy(session, town, beneficiary=body, year=2026, cash=1500, purpose="Accueil")
    older = make_subsidy(session, town, beneficiary=body, year=2025, cash=900, purpose="Voyage")
    other = make_subsidy(session, town, year=2026, cash=800)
    book = services.open_year(session, body, 2026, by=BY, at=clock.now())
    session.commit()
    browser, url = sign_in(make_member(session, body, Role.TREASURER)), f"/annees/{book.id}"
    asked = _printed(browser.get(f"{url}/demande.pdf").data)
    assert "ne se calcule pas : aucun produit n’est noté" in asked
    assert "Salariés non renseigné" in asked
    told = {
        f"{what}-{code}": pair[rank]
        for code, pair in FIGURES.items()
        for rank, what in enumerate(("planned", "actual"))
    }
    page = _words(browser.post(f"{url}/chiffres", data={"revision": 1, **told}, follow_redirects=True).text)
    assert "charges et produits prévus diffèrent" not in page, "4 600 on both sides"
    assert "les comptes 86 et 87 prévus diffèrent" in page
    heads = {"revision": 2, "employees": "2", "full_time": "0,8", "subsidised": "3"}
    assert "leur nombre ne peut les dépasser" in _words(browser.post(f"{url}/papiers", data=heads).text)
    assert "nombre entier" in _words(browser.post(f"{url}/papiers", data={**heads, "employees": "1,5"}).text)
    browser.post(f"{url}/papiers", data={**heads, "subsidised": "1", "seconded": "0"})
    assert 'value="0,80"' in browser.get(f"{url}/papiers").text
    asked = _printed(browser.get(f"{url}/demande.pdf").data)
    for line in (
        "Total des charges 4 600 €",
        "Total des produits 4 600 €",
        "Total avec les contributions en nature 5 200 €",
        "Total avec les contributions en nature 5 300 €",
        "Accueil (Bourg-Fictif) : 1 500 €, soit 32,6 % du total des produits.",
        "Salariés 2",
        "(ETPT) 0,8",
        "Dont emplois aidés 1",
        "Agents mis à disposition ou détachés 0",
        "Volontaires (service civique) non renseigné",
    ):
        assert line in asked, line
    assert "Voyage (Bourg-Fictif)" not in asked, "another year"
    account = _printed(browser.get(f"{url}/compte-rendu.pdf").data)
    for line in (
        "Total des charges 4 600 € 4 100,50 € 89,1 %",
        "Total des produits 4 600 € 4 100,49 € 89,1 %",
        "soit 36,6 % du total des produits.",
        "résultat -0,01 €",
    ):
        assert line in account, line
    own = _printed(browser.get(f"{url}/compte-rendu.pdf?aide={aid.id}").data)
    for line in ("Subvention de Bourg-Fictif", "Objet Accueil", "Montant 1 500 €", "ne reportez qu’eux"):
        assert line in own, line
    assert f"compte-rendu.pdf?aide={aid.id}" in browser.get(url).text
    for stranger in (older, other):
        assert browser.get(f"{url}/compte-rendu.pdf?aide={stranger.id}").status_code == 404


def test_hours_in_the_thousands_are_written_as_in_french() -> None:
    written = [_plain(Decimal(text)) for text in ("10007.50", "12", "0.25")]
    assert written == ["10\N{NARROW NO-BREAK SPACE}007,5", "12", "0,25"]


def test_who_keeps_the_accounts_signs_the_papers_on_money(session: Session, sign_in: SignIn) -> None:
    body = make_association(session, name="Comité fictif")
    for name, function in (
        ("Ada", Function.PRESIDENT),
        ("Basile", Function.SECRETARY),
        ("Claude", Function.TREASURER),
    ):
        make_mandate(
            session, body, make_person(session, name, "Fictif", kept_by_body_id=body.id), function, since="2024"
        )
    session.commit()
    browser = sign_in(make_member(session, body, Role.TREASURER))
    browser.post("/annees/", data={"body": body.id, "year": clock.today().year})
    url = f"/annees/{session.scalars(select(YearBook)).one().id}"
    for paper, (second, absent) in {
        "budget": ("Claude", "Basile"),
        "demande": ("Claude", "Basile"),
        "compte-rendu": ("Claude", "Basile"),
        "rapport": ("Basile", "Claude"),
        "engagement": ("Basile", "Claude"),
    }.items():
        printed = _printed(browser.get(f"{url}/{paper}.pdf").data)
        signed = printed[printed.index("Signature") - 200 :]
        assert "Ada Fictif" in printed, paper
        assert f"{second} Fictif" in signed, paper
        assert f"{absent} Fictif" not in signed, paper
