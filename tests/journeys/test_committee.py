"""A committee in a real browser: the council creates it, it lives, another board is elected, the handover is signed."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from app.accounts.models import Role
from app.bodies.models import Mandate
from app.council.models import Act
from app.council.services import evening, voting
from app.members.models import Member
from app.people.models import Person
from app.shared import clock
from app.shared.fuzzydate import FuzzyDate
from tests.factories.accounts import make_account, make_grant, make_member
from tests.factories.bodies import make_body
from tests.factories.council import BY, at, make_commune, make_open_meeting
from tests.factories.twinnings import make_twinning
from tests.support.browser import serving

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from flask import Flask
    from flask.testing import FlaskClient
    from playwright.sync_api import Browser, Page
    from sqlalchemy.orm import Session

    from app.accounts.models import Account
    from app.bodies.models import Body

    SignIn = Callable[[Account], FlaskClient]

pytestmark = pytest.mark.browser
COOKIE = "trait_d_union"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A tablet without any script: everything is plain forms."""
    context = browser.new_context(viewport={"width": 820, "height": 1180}, locale="fr-FR", java_script_enabled=False)
    opened = context.new_page()
    opened.set_default_timeout(60_000)
    yield opened
    context.close()


YEAR_AGO = clock.today() - timedelta(days=366)
LIST = """Civilité;Nom;Prénom;Adresse;Code postal;Ville;Courriel
M. et Mme;DUPRÉ;Gérard et Françoise;12 rue de l’Église;59390;Bourg-Fictif;couple@exemple.test
Mme;ŒUVRARD;Zoé;3 place de l’Hôtel;59390;Bourg-Fictif;
""".encode("cp1252")
"""A list as a volunteer keeps it: from Excel, with accents, two people on one line."""


def _account(session: Session, body: Body, name: str, role: Role, *, keeper: bool = False) -> Account:
    """The account of somebody whom the journey has noted; the mailed invitation has its own test."""
    person = session.scalars(select(Person).where(Person.given_name == name, Person.family_name == "Fictive")).one()
    account = make_account(session, name=person.name, person_id=person.id)
    make_grant(session, account, body, role, is_administrator=keeper)
    return account


def _as(page: Page, address: str, signed_in: FlaskClient) -> None:
    found = signed_in.get_cookie(COOKIE)
    assert found is not None
    page.context.clear_cookies()
    page.context.add_cookies([{"name": COOKIE, "value": found.value, "url": address}])


def _press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).first.click()


def _said(page: Page, words: str) -> None:
    expect(page.get_by_text(words).first).to_be_visible()


def _follow(page: Page, name: str) -> None:
    page.get_by_role("link", name=name).first.click()


def _the_council_decides(page: Page, address: str, session: Session, commune: Body) -> str:
    """The clerk writes the deliberation; the council votes it a year ago (its evening has a journey of its own)."""
    page.goto(f"{address}/organismes/{commune.id}")
    _follow(page, "Créer un comité")
    page.get_by_label("Une association", exact=True).check()
    page.get_by_label("Nom du comité").fill("Comité fictif de Bourg")
    _press(page, "Commencer la création")
    founding = page.url
    _press(page, "Écrire le projet de délibération")
    _press(page, "Valider le projet")
    _said(page, "l’inscrire à l’ordre du jour")
    session.rollback()
    act = session.get(Act, int(page.url.rsplit("/", 1)[1].partition("#")[0]))
    meeting = make_open_meeting(session, commune, act, day=YEAR_AGO - timedelta(days=40))
    vote = voting.RecordVote(ballot="show_of_hands", votes_for=len(meeting.seats))
    voting.record_vote(session, meeting.agenda[0], vote, by=BY, at=at(YEAR_AGO))
    evening.close_meeting(session, meeting, "20:30", by=BY, at=at(YEAR_AGO))
    session.commit()
    deliberation = page.url
    for link, day in (("Noter la transmission", 38), ("Noter la publication", 37)):
        page.goto(deliberation)
        _follow(page, link)
        page.get_by_label("Jour").fill(f"{YEAR_AGO - timedelta(days=day):%d/%m/%Y}")
        if link == "Noter la transmission":
            page.get_by_label("Identifiant de l’accusé").fill("059-ESSAI-DE")
        with page.expect_navigation():
            _press(page, "Enregistrer")
    page.goto(founding)
    expect(page.locator("#deliberation")).to_contain_text("Votée le")
    return founding


def _the_founders_meet(page: Page, founding: str) -> None:
    """Statutes, three founders, their assembly of a year ago written down in one page, the declaration."""
    page.goto(f"{founding}/statuts/questions")
    _press(page, "Écrire les statuts")
    _press(page, "Les statuts sont prêts")
    for name in ("Ada", "Chloé", "Denis"):
        page.goto(f"{founding}/fondateurs/nouveau")
        page.get_by_label("Prénom").fill(name)
        page.get_by_label("Nom de famille").fill("Fictive")
        page.get_by_label("Profession").fill("essayiste")
        page.get_by_label("Nationalité").fill("française")
        page.get_by_label("Domicile").fill("1 rue Fictive, 59390 Bourg-Fictif")
        _press(page, "Enregistrer")
    page.goto(founding)
    _follow(page, "Elle s’est tenue sur papier")
    page.get_by_label("Tenue le").fill(f"{YEAR_AGO:%d/%m/%Y}")
    page.get_by_label("Heure").fill("18:30")
    page.get_by_label("Lieu").fill("Salle des fêtes")
    page.get_by_label("Présidence de séance").fill("Denis Fictive")
    page.get_by_label("Secrétaire de séance").fill("Chloé Fictive")
    for name, office in (("Ada", "president"), ("Denis", "treasurer")):
        group = page.get_by_role("group", name=f"{name} Fictive")
        group.get_by_label("Fonction").select_option(office)
        group.get_by_label("Voix obtenues").fill("3")
    page.get_by_role("spinbutton", name="Statuts").fill("3")
    _press(page, "Consigner l’assemblée")
    _said(page, "l’association est fondée")
    expect(page.locator("#assembly")).to_contain_text("statuts adoptés, bureau élu")
    page.goto(f"{founding}/declaration/suivi")
    day = YEAR_AGO + timedelta(days=10)
    for label, text in (
        ("Dossier déposé le", f"{day:%d/%m/%Y}"),
        ("Récépissé du", f"{day:%d/%m/%Y}"),
        ("Publication le", f"{day + timedelta(days=8):%d/%m/%Y}"),
        ("Numéro RNA", "W595012345"),
    ):
        page.get_by_label(label).fill(text)
    _press(page, "Enregistrer")


def _the_members_come_and_pay(page: Page, address: str, founding: str, session: Session, body: Body) -> None:
    """The founders and a real list become members; a couple with one address pays once."""
    page.goto(founding)
    _press(page, "Inscrire les fondateurs comme membres")
    page.goto(f"{address}/membres/{body.id}/importer")
    page.get_by_label("Votre liste").set_input_files({"name": "liste.csv", "mimeType": "text/csv", "buffer": LIST})
    _press(page, "Lire la liste")
    _press(page, "Importer")
    for name in ("Gérard DUPRÉ", "Françoise DUPRÉ", "Zoé ŒUVRARD"):
        _said(page, name)
    page.goto(f"{address}/membres/{body.id}/cotisations/nouvelle")
    page.get_by_label("par personne").first.fill("15")
    page.get_by_label("pour tout un foyer").first.fill("25")
    _press(page, "Ouvrir la période")
    period = page.url
    session.rollback()
    couple = session.scalars(
        select(Member).join(Person).where(Member.body_id == body.id, Person.given_name == "Gérard")
    ).one()
    page.goto(f"{period}/paiement/{couple.id}")
    expect(page.get_by_label("Cotisation reçue")).to_have_value("25,00")
    _press(page, "Noter et faire le reçu")
    _said(page, "Gérard et Françoise DUPRÉ")
    page.goto(period)
    expect(page.get_by_role("row").filter(has_text="DUPRÉ")).to_have_count(0)
    _said(page, "Zoé ŒUVRARD")


def _another_board_is_elected(page: Page, address: str) -> None:
    """A year later: Ada calls the members for tonight, and Chloé is elected president in the second round."""
    today = clock.today()
    page.goto(f"{address}/assemblees/nouvelle")
    page.get_by_label("Jour").fill(f"{today:%d/%m/%Y}")
    page.get_by_label("Heure").fill("23:59")
    page.get_by_label("Lieu").fill("Salle des fêtes")
    _press(page, "Continuer")
    assembly = page.url
    _follow(page, "Inscrire un point")
    page.get_by_label("Objet").fill("Élection de la présidence")
    page.get_by_label("une élection de personnes").check()
    page.get_by_label("Fonction à pourvoir").select_option("president")
    page.get_by_label("à bulletin secret").check()
    _press(page, "Enregistrer")
    _follow(page, "Choisir les personnes")
    _press(page, "Les ajouter")
    page.goto(f"{assembly}/convocation")
    _press(page, "Envoyer la convocation")
    _said(page, "demandent 15 jours avant la réunion")
    page.get_by_label("Envoyer quand même").check()
    _press(page, "Envoyer la convocation")
    page.goto(f"{assembly}/feuille")
    for name in ("Ada Fictive", "Chloé Fictive", "Zoé ŒUVRARD"):
        page.get_by_role("group", name=name).get_by_label("présent·e").check()
    page.get_by_label("Préside").select_option(label="Ada Fictive")
    page.get_by_label("Secrétaire de séance").select_option(label="Zoé ŒUVRARD")
    _press(page, "Noter les présences")
    page.get_by_label("Qui donne pouvoir").select_option(label="Denis Fictive")
    page.get_by_label("À qui").select_option(label="Zoé ŒUVRARD")
    _press(page, "Noter le pouvoir")
    _press(page, "Ouvrir la réunion")
    _follow(page, "Élection de la présidence")
    for name in ("Ada Fictive", "Chloé Fictive"):
        page.get_by_label("Parmi les personnes convoquées").select_option(label=name)
        _press(page, "Noter la candidature")
    for ada, chloe in (("2", "2"), ("1", "3")):
        page.get_by_role("textbox", name="Ada Fictive", exact=True).fill(ada)
        page.get_by_role("textbox", name="Chloé Fictive", exact=True).fill(chloe)
        page.get_by_label("Bulletins valables").fill("4")
        _press(page, "Clore le tour")
    _said(page, f"résolution {today.year}-01")
    page.goto(f"{assembly}/feuille")
    _press(page, "Clore la réunion")
    _follow(page, "Ouvrir les mandats")
    _said(page, "Ada Fictive, Présidente ou président")
    _press(page, "Ouvrir les mandats")
    _said(page, "déclarer le changement au greffe des associations")


def _the_outgoing_hand_over(page: Page, address: str) -> str:
    page.goto(address)
    _said(page, "Déclarer le changement au greffe des associations")
    _follow(page, "Préparer la passation du bureau")
    page.get_by_role("link", name="Préparer la passation", exact=True).click()
    _press(page, "Préparer")
    handover = page.url
    _follow(page, "Ajouter une chose à transmettre")
    page.get_by_label("Quoi").select_option(label="Objet (clés, caisse, drapeaux…)")
    page.get_by_label("En quelques mots").fill("Clé du local")
    _press(page, "Enregistrer")
    _follow(page, "Mot des sortants, dernier jour d’accès")
    last = clock.today() + timedelta(days=21)
    page.get_by_label("Dernier jour d’accès des sortants").fill(f"{last:%d/%m/%Y}")
    _press(page, "Enregistrer")
    page.get_by_label("J’ai tout relu").check()
    _press(page, "Figer le dossier et transmettre les accès")
    _press(page, _SIGN)
    return handover


_SIGN = "Signer : j’ai lu ce dossier".replace(" :", "\N{NO-BREAK SPACE}:")


@pytest.mark.slow
def test_a_committee_is_created_lives_a_year_and_is_handed_over(
    app: Flask, session: Session, sign_in: SignIn, page: Page
) -> None:
    commune = make_commune(session)
    for mandate in session.scalars(select(Mandate)):
        mandate.since, mandate.since_sort = FuzzyDate("2020-05"), date(2020, 5, 1)
    make_twinning(session, commune, make_body(session, "Ville-Exemple"))
    session.commit()
    clerk = make_member(session, commune, Role.CLERK)
    with serving(app) as address:
        _as(page, address, sign_in(clerk))
        founding = _the_council_decides(page, address, session, commune)
        _the_founders_meet(page, founding)
        session.expire_all()
        body = session.scalars(select(Mandate).where(Mandate.function == "treasurer")).one().body
        body.kept_by_id = None
        for mandate in session.scalars(select(Mandate).where(Mandate.body_id == body.id)):
            mandate.created_at -= timedelta(days=366)
        ada = _account(session, body, "Ada", Role.PRESIDENT, keeper=True)
        chloe = _account(session, body, "Chloé", Role.MEMBER)
        session.commit()
        _as(page, address, sign_in(ada))
        _the_members_come_and_pay(page, address, founding, session, body)
        _another_board_is_elected(page, address)
        handover = _the_outgoing_hand_over(page, address)
        _as(page, address, sign_in(chloe))
        page.goto(address)
        _follow(page, "Signer la passation du bureau")
        assert page.url == handover
        _press(page, _SIGN)
        _said(page, "signée des deux côtés")
        page.goto(f"{address}/organismes/{body.id}/acces")
        expect(page.get_by_text(re.compile("Ada Fictive")).first).to_be_visible()
        session.close()  # gives its connection back before the served application leaves its pool
