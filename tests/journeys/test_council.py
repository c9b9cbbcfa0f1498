"""The council in a real browser: a meeting with a late arrival, a proxy and a recusal, and only then the signature."""

from __future__ import annotations

import re
from datetime import timedelta
from io import BytesIO
from typing import TYPE_CHECKING
from urllib.parse import urljoin

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from app.shared import clock

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A tablet without any script: everything is plain forms."""
    context = browser.new_context(viewport={"width": 820, "height": 1180}, locale="fr-FR", java_script_enabled=False)
    opened = context.new_page()
    opened.set_default_timeout(60_000)
    yield opened
    context.close()


def _as(page: Page, address: str, name: str) -> None:
    page.context.clear_cookies()
    page.goto(address + "/connexion")
    page.get_by_role("button", name=name).click()


def _press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).first.click()


def _follow(page: Page, name: str) -> None:
    page.get_by_role("link", name=name).first.click()


def _said(page: Page, words: str) -> None:
    expect(page.get_by_text(words).first).to_be_visible()


@pytest.mark.slow
def test_a_vote_makes_a_convention_signable_only_once_it_is_transmitted_and_published(
    page: Page, demonstration: tuple[str, int]
) -> None:
    address, today = demonstration[0], clock.today()
    _as(page, address, "Dominique Modèle")
    act = _writes_the_act(page, address)
    meeting = _convenes(page, address, act, f"{today:%d/%m/%Y}", f"{today - timedelta(days=5):%d/%m/%Y}")
    _records_the_evening(page)
    page.goto(act)
    _said(page, "adoptée")
    _said(page, "il manque la transmission à l’État et la publication")

    _as(page, address, "Alix Spécimen")
    page.goto(act)
    _press(page, "Autoriser la signature du texte")
    _said(page, "Le maire ne peut pas encore signer")
    _said(page, "L. 2131-1")

    _as(page, address, "Dominique Modèle")
    page.goto(act)
    _follow(page, "Noter la transmission")
    page.get_by_label("Jour").fill(f"{today:%d/%m/%Y}")
    page.get_by_label("Identifiant de l’accusé").fill("059-ESSAI-DE")
    _press(page, "Enregistrer")
    _said(page, "il manque la publication")
    _follow(page, "Noter la publication")
    page.get_by_label("Jour").fill(f"{today:%d/%m/%Y}")
    _press(page, "Enregistrer")
    _said(page, "Exécutoire depuis le")

    _as(page, address, "Alix Spécimen")
    page.goto(act)
    _press(page, "Autoriser la signature du texte")
    _said(page, "L’original à signer est prêt")
    _the_papers_tell_the_evening(page, meeting)


def _writes_the_act(page: Page, address: str) -> str:
    page.goto(address + "/conseil/deliberations/nouvelle?jumelage=1")
    page.get_by_label("Approbation de la convention et mandat de signer").check()
    _press(page, "Continuer")
    page.get_by_label("Texte annexé").select_option(index=1)
    page.get_by_label("D’où vient ce jumelage").fill("Envois solidaires et rencontres depuis trois ans")
    page.get_by_label("Montant prévisionnel").fill("0 euro")
    _press(page, "Écrire le projet")
    _press(page, "Valider le projet")
    _said(page, "l’inscrire à l’ordre du jour d’une séance")
    return page.url


def _convenes(page: Page, address: str, act: str, day: str, sent: str) -> str:
    page.goto(address + "/conseil/1")
    _said(page, "Effectif légal (CGCT, art. L. 2121-2)")
    assert page.get_by_role("definition").filter(has_text=re.compile(r"^\s*19\s*$")).count() == 2  # strength, in office
    page.goto(address + "/conseil/seances/nouvelle")
    page.get_by_label("Jour").fill(day)
    page.get_by_label("Heure").fill("00:05")
    _press(page, "Créer la séance")
    meeting = page.url
    _follow(page, "Inscrire un point")
    page.get_by_label("Délibération à voter").select_option(value=act.rsplit("/", 1)[1].split("#", maxsplit=1)[0])
    page.get_by_label("Note de synthèse").fill("Le texte est joint.")
    _press(page, "Enregistrer")
    _follow(page, "Noter les envois")
    _press(page, "Reprendre les conseillers")
    _said(page, "19 conseillères et conseillers")
    _press(page, "Arrêter la convocation")
    _said(page, "Chaque conseiller en exercice doit recevoir la convocation")
    page.get_by_label("Envoyée le même jour à tous").fill(sent)
    page.get_by_label("Convocation affichée ou publiée le").fill(sent)
    _press(page, "Enregistrer les envois")
    _said(page, "le délai est respecté")
    _press(page, "Arrêter la convocation")
    _said(page, "Le conseil est convoqué")
    return meeting


def _records_the_evening(page: Page) -> None:
    _follow(page, "Ouvrir la feuille de séance")
    for name, presence in (("Gisèle Croquis", "absent·e"), ("Rose Tracé", "excusé·e")):
        page.get_by_role("group", name=name).get_by_label(presence).check()
    page.get_by_label("Secrétaire de séance").select_option(label="Basile Fictif")
    _press(page, "Noter présents ceux qui restent, et enregistrer")
    _said(page, "Présents : 17.")
    page.get_by_label("Qui est empêché").select_option(label="Rose Tracé")
    page.get_by_label("donne procuration à").select_option(label="Paul Étalon")
    page.get_by_label("La procuration est écrite").check()
    _press(page, "Noter la procuration")
    _press(page, "Ouvrir la séance")
    page.locator("#points").get_by_role("link").first.click()
    page.get_by_label("Qui arrive ou part").select_option(label="Gisèle Croquis arrive")
    page.get_by_label("À quelle heure").fill("19:20")
    _press(page, "Noter le mouvement")
    _said(page, "plus de douze heures après le début de la séance, à 00:05")
    _press(page, "Noter le mouvement")
    _said(page, "Présents : 18. Représentés : 1. Votants : 19.")
    _said(page, "Claude Échantillon porte le nom d’un membre du bureau")
    page.get_by_label("Qui se retire").select_option(label="Claude Échantillon")
    page.get_by_label("Raison").fill("trésorier du comité")
    _press(page, "Noter le déport")
    _said(page, "Présents : 17. Représentés : 1. Votants : 18. Quorum : 10 sur 19 en exercice.")
    page.get_by_label("Pour", exact=True).fill("15")
    page.get_by_label("Contre", exact=True).fill("1")
    page.get_by_label("Teneur des débats").fill("Le conseil souhaite un bilan chaque année.")
    _press(page, "Consigner le vote")
    _said(page, "Le compte n’y est pas")
    assert page.get_by_label("Pour", exact=True).input_value() == "15"
    page.get_by_label("Abstentions", exact=True).fill("2")
    _press(page, "Consigner le vote")
    _said(page, "Le vote est consigné")
    page.get_by_label("Close à").fill("20:30")
    _press(page, "Clore la séance")
    _said(page, "La séance est close")


def _the_papers_tell_the_evening(page: Page, meeting: str) -> None:
    answer = page.request.get(urljoin(meeting + "/", "proces-verbal.pdf"))
    assert answer.ok
    words = re.sub(r"\s+", " ", " ".join(sheet.extract_text() for sheet in PdfReader(BytesIO(answer.body())).pages))
    for expected in (
        "Gisèle Croquis arrive à 19 h 20",
        "Rose Tracé à Paul Étalon",
        "Claude Échantillon fait connaître son intérêt à l’affaire et se retire",
        "15 pour, 1 contre, 2 abstentions",
        "Le conseil souhaite un bilan chaque année",
        "levée à 20 h 30",
    ):
        assert expected in words, expected
