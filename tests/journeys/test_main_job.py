"""The main job in a real browser: from the sign-in to the convention as a PDF and the ceremony in a calendar."""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING
from urllib.parse import urljoin

import pytest
from pypdf import PdfReader

from app.documents.ics import read

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A telephone-sized window of somebody who prefers nothing in particular."""
    context = browser.new_context(viewport={"width": 360, "height": 800}, locale="fr-FR")
    opened = context.new_page()
    opened.set_default_timeout(60_000)
    yield opened
    context.close()


def _fetched(page: Page, link: str) -> bytes:
    """What a link of the page leads to, fetched as the person."""
    address = page.get_by_role("link", name=link).first.get_attribute("href")
    assert address is not None
    answer = page.request.get(urljoin(page.url, address))
    assert answer.ok, answer.status
    return answer.body()


def _words(pdf: bytes) -> str:
    text = " ".join(sheet.extract_text() for sheet in PdfReader(BytesIO(pdf)).pages)
    return re.sub(r"\s+", " ", text)


def test_a_president_writes_a_bilingual_convention_and_prints_its_draft(
    page: Page, demonstration: tuple[str, int]
) -> None:
    page.goto(demonstration[0] + "/connexion")
    page.get_by_role("button", name="Camille Exemple").click()
    page.goto(demonstration[0] + "/conventions/nouvelle?jumelage=1")
    page.get_by_label("Convention de jumelage").check()
    page.get_by_role("button", name="Continuer").click()
    page.get_by_label("Aucun engagement d’argent").check()
    page.get_by_role("button", name="Continuer").click()
    page.get_by_label("Les actions prévues – français").fill("Un échange entre les écoles")
    page.get_by_label("Les actions prévues – ukrainien").fill("Обмін між школами")
    page.get_by_label("éducation et écoles").check()
    page.get_by_label("Durée en mois").fill("36")
    page.get_by_role("button", name="Vérifier").click()
    page.get_by_role("button", name="Créer le texte").click()
    assert page.get_by_role("heading", name="Convention de jumelage").first.is_visible()
    assert page.get_by_text("Il manque").first.is_visible()
    words = _words(_fetched(page, "Brouillon en PDF"))
    for expected in ("Convention de jumelage", "Угода про партнерство", "Обмін між школами", "36 mois", "à compléter"):
        assert expected in words


def test_a_ceremony_is_planned_and_lands_in_a_calendar_at_the_hour_of_its_host(
    page: Page, demonstration: tuple[str, int]
) -> None:
    page.goto(demonstration[0] + "/connexion")
    page.get_by_role("button", name="Dominique Modèle").click()
    page.goto(demonstration[0] + "/ceremonies/2")
    calendar = _fetched(page, "Mettre dans mon agenda")
    entries = {entry.summary: entry for entry in read(calendar).entries}
    welcome = next(entry for summary, entry in entries.items() if summary.startswith("Accueil des délégations"))
    assert str(welcome.start) == "2027-06-12 10:30:00+03:00"
    programme = _words(_fetched(page, "Imprimer le programme"))
    assert "12 juin 2027" in programme


def test_the_partners_coordinator_does_the_same_in_english(page: Page, demonstration: tuple[str, int]) -> None:
    page.goto(demonstration[0] + "/connexion")
    page.get_by_role("button", name="Olena Pryklad").click()
    assert page.locator("html").get_attribute("lang") == "en"
    page.goto(demonstration[0] + "/jumelages/1")
    heading = page.get_by_role("heading", level=1).inner_text()
    assert heading.index("Semenivka") < heading.index("Sailly-lez-Lannoy")
    page.goto(demonstration[0] + "/conventions/1")
    words = _words(_fetched(page, "PDF"))
    assert "Serment de jumelage" in words
    assert "Присяга побратимства" in words
    assert page.get_by_role("link", name="Brouillon en PDF").count() == 0
