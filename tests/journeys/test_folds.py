"""The folds of long forms: open and closed, for the eye, for the keyboard alone, and without any script."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.journeys import axe
from tests.support.browser import PATIENCE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Locator, Page

pytestmark = [pytest.mark.browser, pytest.mark.once]

CEREMONY, MOMENT, TEXT = "/ceremonies/2/modifier", "/ceremonies/2/moments/nouveau", "/conventions/2/completer"
SIZES = ({"width": 1280, "height": 900}, {"width": 360, "height": 800})
ANOTHER = "Ajouter une personne qui signe aussi"
SIDEWAYS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
UNFOLD = "open => document.querySelectorAll('main details').forEach(fold => { fold.open = open; })"
WHERE = """() => {
  const here = document.activeElement, box = here.getBoundingClientRect(), style = getComputedStyle(here);
  const all = [...document.querySelectorAll("main *")];
  const folded = here.closest("details:not([open])");
  return {
    rank: all.indexOf(here), name: here.name || here.innerText, last: here.matches(".actions a:last-child"),
    hidden: Boolean(folded && here !== folded.firstElementChild) || box.width === 0,
    seen: box.bottom > 0 && box.top < innerHeight, outlined: style.outlineStyle !== "none",
  };
}"""


def _entered(browser: Browser, address: str, *, scripts: bool = True) -> Iterator[Page]:
    context = browser.new_context(
        viewport=SIZES[1], locale="fr-FR", java_script_enabled=scripts, reduced_motion="reduce"
    )
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(f"{address}/connexion")
    page.get_by_role("button", name="Dominique Modèle").click()
    yield page
    context.close()


@pytest.fixture
def page(browser: Browser, demonstration: tuple[str, int]) -> Iterator[Page]:
    yield from _entered(browser, demonstration[0])


@pytest.fixture
def plain_page(browser: Browser, demonstration: tuple[str, int]) -> Iterator[Page]:
    yield from _entered(browser, demonstration[0], scripts=False)


def _fold(page: Page, words: str) -> Locator:
    return page.locator("main details", has=page.get_by_text(words, exact=True))


def test_every_fold_passes_axe_when_it_is_open(page: Page, demonstration: tuple[str, int]) -> None:
    found = {}
    for path in (CEREMONY, MOMENT, TEXT):
        page.goto(demonstration[0] + path)
        if path == TEXT:
            page.get_by_role("button", name=ANOTHER).first.click()
            expect(page.get_by_role("group", name="Personne 2")).to_be_visible()
        page.evaluate(UNFOLD, arg=True)
        for size in SIZES:
            page.set_viewport_size(size)
            found[path, size["width"]] = axe.findings(page) + ["sideways"] * page.evaluate(SIDEWAYS)
    assert {where: lines for where, lines in found.items() if lines} == {}


@pytest.mark.parametrize(("path", "is_open"), [(CEREMONY, True), (MOMENT, False), (TEXT, True)])
def test_the_keyboard_goes_through_a_form_in_its_order_and_always_shows_where_it_is(
    page: Page, demonstration: tuple[str, int], path: str, *, is_open: bool
) -> None:
    page.goto(demonstration[0] + path)
    if not is_open:
        page.evaluate(UNFOLD, arg=False)
    else:
        for fold in page.locator("main details > summary").all():
            fold.focus()
            if fold.evaluate("one => !one.parentElement.open"):
                page.keyboard.press("Enter")
    page.locator("main form input:visible").first.focus()
    stops = []
    while not stops or (not stops[-1]["last"] and len(stops) < 300):
        page.keyboard.press("Tab")
        stops.append(page.evaluate(WHERE))
    ranks = [stop["rank"] for stop in stops]
    assert ranks == sorted(set(ranks)), "the order of the keys is that of the page, and nothing holds them"
    assert [stop["name"] for stop in stops if stop["hidden"] or not stop["seen"] or not stop["outlined"]] == []
    assert len(stops) > (50 if is_open else 20)


def test_enter_in_a_field_of_several_signatories_saves_and_moves_nobody(
    page: Page, demonstration: tuple[str, int]
) -> None:
    page.goto(demonstration[0] + TEXT)
    page.get_by_role("button", name=ANOTHER).first.press("Enter")
    second = page.get_by_role("group", name="Personne 2")
    name = second.get_by_label("Qui signe")
    expect(name).to_be_focused()
    page.keyboard.type("Coralie Gabarit")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/conventions/2$"))
    page.goto(demonstration[0] + TEXT)
    page.get_by_role("button", name="Retirer la personne 2").press("Space")
    expect(page.get_by_role("group", name="Personne 2")).to_have_count(0)
    page.get_by_role("button", name="Enregistrer").press("Enter")
    expect(page).to_have_url(re.compile(r"/conventions/2$"))


def test_without_a_script_folds_open_and_what_they_hold_is_kept(
    plain_page: Page, demonstration: tuple[str, int]
) -> None:
    page, address = plain_page, demonstration[0]
    page.goto(address + CEREMONY)
    for words in ("Hébergements : qui dort où", "Trajets"):
        page.get_by_text(words, exact=True).press("Enter")
    _fold(page, "Hébergements : qui dort où").get_by_label("Où").first.fill("Chez l’habitant")
    _fold(page, "Trajets").get_by_label("Moyen de transport").first.fill("Car")
    page.get_by_role("button", name="Enregistrer").press("Enter")
    expect(page).to_have_url(re.compile(r"/ceremonies/2$"))
    page.goto(address + CEREMONY)
    assert page.get_by_label("Où").first.input_value() == "Chez l’habitant"
    assert page.get_by_label("Moyen de transport").first.is_visible(), "a fold that holds an answer is open"
    page.goto(address + MOMENT)
    page.get_by_label("Titre", exact=True).fill("Répétition de la chorale")
    page.get_by_text("Revient plusieurs fois", exact=True).press("Enter")
    page.get_by_label("Ce moment revient").select_option(label="chaque semaine")
    page.get_by_text("À distance, en ligne", exact=True).press("Enter")
    page.get_by_label("Adresse de la réunion en ligne").fill("https://reunion.exemple/chorale")
    page.get_by_role("button", name="Enregistrer").press("Enter")
    expect(page.get_by_text("Répétition de la chorale").first).to_be_visible()
    page.goto(address + TEXT)
    page.get_by_role("button", name=ANOTHER).first.press("Enter")
    expect(page.get_by_text("Personne 2", exact=True)).to_be_visible()
    page.goto(address + TEXT)
    expect(page.get_by_text("Personne 2", exact=True)).to_have_count(0)
