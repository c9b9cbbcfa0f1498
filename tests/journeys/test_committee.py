"""A committee in a real browser: an assembly elects another board, and the handover is signed on both sides."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from app.accounts.models import Role
from app.bodies.models import Function
from app.shared import clock
from tests.factories.accounts import make_account, make_grant
from tests.factories.assemblies import make_association, record_statutes
from tests.factories.bodies import make_mandate
from tests.factories.people import make_person
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


def _person(session: Session, body: Body, name: str, role: Role, *, keeper: bool = False) -> Account:
    person = make_person(session, given_name=name, family_name="Fictive", kept_by_body_id=body.id)
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


def _holds_the_election(page: Page, address: str) -> None:
    """Ada calls everybody for tonight, and Chloé is elected president in the second round."""
    today = clock.today()
    page.goto(f"{address}/assemblees/nouvelle")
    page.get_by_label("Jour").fill(f"{today:%d/%m/%Y}")
    page.get_by_label("Heure").fill("23:59")
    page.get_by_label("Lieu").fill("Salle des fêtes")
    _press(page, "Continuer")
    assembly = page.url
    page.get_by_role("link", name="Inscrire un point").first.click()
    page.get_by_label("Objet").fill("Élection de la présidence")
    page.get_by_label("une élection de personnes").check()
    page.get_by_label("Fonction à pourvoir").select_option("president")
    page.get_by_label("à bulletin secret").check()
    _press(page, "Enregistrer")
    page.get_by_role("link", name="Choisir les personnes").click()
    page.get_by_label("Un nom par ligne").fill("Ada Fictive\nChloé Fictive\nDenis Fictif\nÉlise Fictive")
    _press(page, "Ajouter")
    page.goto(f"{assembly}/convocation")
    _press(page, "Envoyer la convocation")
    _said(page, "Les statuts (art. 8) demandent 15 jours avant la réunion")
    page.get_by_label("Envoyer quand même").check()
    _press(page, "Envoyer la convocation")
    page.goto(f"{assembly}/feuille")
    for name in ("Ada Fictive", "Chloé Fictive", "Denis Fictif"):
        page.get_by_role("group", name=name).get_by_label("présent·e").check()
    page.get_by_label("Préside").select_option(label="Ada Fictive")
    page.get_by_label("Secrétaire de séance").select_option(label="Denis Fictif")
    _press(page, "Noter les présences")
    page.get_by_label("Qui donne pouvoir").select_option(label="Élise Fictive")
    page.get_by_label("À qui").select_option(label="Denis Fictif")
    _press(page, "Noter le pouvoir")
    _press(page, "Ouvrir la réunion")
    page.get_by_role("link", name="Élection de la présidence").click()
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
    page.get_by_role("link", name="Ouvrir les mandats").click()
    _said(page, "Ada Fictive, Présidente ou président")
    _press(page, "Ouvrir les mandats")
    _said(page, "déclarer le changement au greffe des associations")


@pytest.mark.slow
def test_another_board_is_elected_and_the_handover_is_signed_on_both_sides(
    app: Flask, session: Session, sign_in: SignIn, page: Page
) -> None:
    body = make_association(session, name="Comité fictif de Bourg")
    record_statutes(session, body)
    ada = _person(session, body, "Ada", Role.PRESIDENT, keeper=True)
    chloe = _person(session, body, "Chloé", Role.MEMBER)
    make_mandate(session, body, ada.person, Function.PRESIDENT, since="2024-10")
    session.commit()
    with serving(app) as address:
        _as(page, address, sign_in(ada))
        _holds_the_election(page, address)
        page.goto(address)
        _said(page, "Déclarer le changement au greffe des associations")
        page.get_by_role("link", name="Préparer la passation du bureau").click()
        page.get_by_role("link", name="Préparer la passation", exact=True).click()
        _press(page, "Préparer")
        handover = page.url
        page.get_by_role("link", name="Ajouter une chose à transmettre").click()
        page.get_by_label("En quelques mots").fill("Clé du local")
        _press(page, "Enregistrer")
        page.get_by_role("link", name="Mot des sortants, dernier jour d’accès").click()
        last = clock.today() + timedelta(days=21)
        page.get_by_label("Dernier jour d’accès des sortants").fill(f"{last:%d/%m/%Y}")
        _press(page, "Enregistrer")
        _press(page, "Figer le dossier et transmettre les accès")
        _press(page, "Signer : j’ai lu ce dossier".replace(" :", "\N{NO-BREAK SPACE}:"))
        _as(page, address, sign_in(chloe))
        page.goto(address)
        page.get_by_role("link", name="Signer la passation du bureau").click()
        assert page.url == handover
        _press(page, "Signer : j’ai lu ce dossier".replace(" :", "\N{NO-BREAK SPACE}:"))
        _said(page, "signée des deux côtés")
        page.goto(f"{address}/organismes/{body.id}/acces")
        expect(page.get_by_text(re.compile("Ada Fictive")).first).to_be_visible()
