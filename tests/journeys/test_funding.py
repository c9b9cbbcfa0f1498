"""From a title to the sheet for the mayor: questions that save themselves, an answer, a suggestion tried on a copy."""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING
from urllib.parse import urljoin

import pytest
from pypdf import PdfReader

from tests.journeys import axe

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser
SIDEWAYS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
TELEPHONE = {"width": 360, "height": 800}


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A telephone-sized window."""
    context = browser.new_context(viewport=TELEPHONE, locale="fr-FR")
    opened = context.new_page()
    opened.set_default_timeout(60_000)
    yield opened
    context.close()


@pytest.fixture
def bare(browser: Browser) -> Iterator[Page]:
    """The same without any script."""
    context = browser.new_context(viewport=TELEPHONE, locale="fr-FR", java_script_enabled=False)
    opened = context.new_page()
    opened.set_default_timeout(60_000)
    yield opened
    context.close()


def begin(page: Page, address: str, title: str) -> str:
    page.goto(address + "/connexion")
    page.get_by_role("button", name="Camille Exemple").click()
    page.goto(address + "/projets/nouveau?jumelage=2")
    page.get_by_label("Titre du projet").fill(title)
    page.get_by_role("button", name="Commencer le projet").click()
    return page.url


def test_answers_save_themselves_and_lead_to_a_sheet_for_the_mayor(page: Page, demonstration: tuple[str, int]) -> None:
    project = begin(page, demonstration[0], "Voyage à Musterstadt")
    page.goto(project + "/questions/argent")
    page.get_by_label("Dépenses éligibles").fill("7500")
    page.get_by_label("Subvention demandée").fill("6 000")
    page.locator("[data-autosave-said]", has_text="Enregistré à").wait_for()
    page.goto(project + "/questions/argent")
    assert page.get_by_label("Subvention demandée").input_value() == "6000"
    page.get_by_label("Autres recettes du projet").fill("1500")
    page.get_by_role("button", name="Enregistrer et voir les aides").click()
    page.get_by_role("link", name=re.compile("^Fonds citoyen franco-allemand$")).click()
    assert page.locator("#verdict").inner_text().startswith("À vérifier")
    page.get_by_role("button", name="Garder cette vérification").click()
    assert "Rejouée à l’identique" in page.locator("main").inner_text()
    link = page.get_by_role("link", name="Imprimer la fiche (PDF)").get_attribute("href")
    pdf = PdfReader(BytesIO(page.request.get(urljoin(page.url, link)).body()))
    assert len(pdf.pages) == 1
    assert "Voyage à Musterstadt" in pdf.pages[0].extract_text()


def test_a_page_that_cannot_save_itself_says_why_tries_again_and_is_not_left_unasked(
    page: Page, demonstration: tuple[str, int]
) -> None:
    project = begin(page, demonstration[0], "Voyage en tunnel")
    page.goto(project + "/questions/argent")
    said = page.locator("[data-autosave-said]")
    with_problem = page.get_by_label("Dépenses éligibles")

    page.context.set_offline(True)
    with_problem.fill("7500")
    said.filter(has_text="le réseau manque").wait_for()
    asked: list[str] = []
    page.once("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.get_by_role("navigation", name="Pages de questions").get_by_role("link").first.click(no_wait_after=True)
    page.wait_for_timeout(500)
    assert asked == ["beforeunload"]
    page.context.set_offline(False)
    said.filter(has_text="Enregistré à").wait_for()

    with_problem.fill("environ dix mille")
    page.get_by_label("Subvention demandée").fill("6000")
    said.filter(has_text="« environ dix mille » n’est pas un montant").wait_for()
    assert with_problem.get_attribute("aria-invalid") == "true"
    with_problem.fill("10000")
    said.filter(has_text="Enregistré à").wait_for()
    assert with_problem.get_attribute("aria-invalid") is None

    page.context.clear_cookies()
    page.get_by_label("Autres recettes du projet").fill("1500")
    said.filter(has_text="Connectez-vous dans un autre onglet").wait_for()
    other = page.context.new_page()
    other.goto(demonstration[0] + "/connexion")
    other.get_by_role("button", name="Camille Exemple").click()
    other.close()
    page.get_by_label("Autres recettes du projet").fill("1600")
    said.filter(has_text="Enregistré à").wait_for()
    page.goto(project + "/questions/argent")
    kept = ("Dépenses éligibles", "Subvention demandée", "Autres recettes du projet")
    assert [page.get_by_label(name).input_value() for name in kept] == ["10000", "6000", "1600"]


def test_a_suggestion_is_tried_on_a_copy(page: Page, demonstration: tuple[str, int]) -> None:
    project = begin(page, demonstration[0], "Voyage trop cher")
    page.goto(project + "/questions/argent")
    page.get_by_label("Dépenses éligibles").fill("7500")
    page.get_by_label("Subvention demandée").fill("7000")
    page.get_by_role("button", name="Enregistrer et voir les aides").click()
    page.goto(project + "/aides/fonds-citoyen/depuis-2020")
    assert page.locator("#verdict").inner_text().startswith("Non éligible")
    page.get_by_role("button", name="Appliquer à une copie du projet").first.click()
    assert "/projets/" in page.url
    assert not page.url.startswith(project + "/")
    assert not page.locator("#verdict").inner_text().startswith("Non éligible")


def test_the_same_without_any_script(bare: Page, demonstration: tuple[str, int]) -> None:
    project = begin(bare, demonstration[0], "Voyage sans script")
    bare.goto(project + "/question-suivante")
    assert "/questions/" in bare.url
    bare.goto(project + "/questions/participants")
    bare.locator("[name=participants-0-country]").select_option("DE")
    bare.locator("[name=participants-0-count]").fill("34")
    bare.get_by_role("button", name="Ajouter une ligne").click()
    assert bare.locator("[name=participants-0-count]").input_value() == "34"
    bare.locator("[name=participants-1-count]").fill("beaucoup")
    bare.get_by_role("button", name="Enregistrer", exact=True).click()
    bare.locator(".error-summary", has_text="« beaucoup » n’est pas un nombre").wait_for()
    assert bare.locator("[name=participants-1-count]").input_value() == "beaucoup"


@pytest.mark.once
def test_the_pages_of_this_room_pass_axe_on_a_telephone(page: Page, demonstration: tuple[str, int]) -> None:
    page.goto(demonstration[0] + "/connexion")
    page.get_by_role("button", name="Camille Exemple").click()
    wrong: dict[str, list[str]] = {}
    for path in (
        "/projets/",
        "/projets/1",
        "/projets/1/aides",
        "/projets/1/questions",
        "/projets/1/questions/domaines",
        "/projets/1/questions/projet",
        "/projets/1/questions/partenaires",
        "/projets/1/questions/argent",
        "/projets/2/aides/fonds-citoyen/depuis-2020",
        "/projets/2/aides/cerv-jumelage/2026",
        "/financements/",
        "/financements/cerv-jumelage/2026",
        "/financements/agendas/nouveau",
    ):
        page.goto(demonstration[0] + path)
        found = axe.findings(page) + (["scrolls sideways"] if page.evaluate(SIDEWAYS) else [])
        if found:
            wrong[path] = found
    assert wrong == {}
