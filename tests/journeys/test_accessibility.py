"""Every page, for every person of the demonstration, passes axe; and none scrolls sideways on a telephone."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from app import create_app
from tests.journeys import axe
from tests.support import crawl
from tests.support.browser import PATIENCE, serving

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

    from app.config import Settings


pytestmark = [pytest.mark.browser, pytest.mark.once]

TELEPHONE = {"width": 360, "height": 800}
LAPTOP = {"width": 1280, "height": 900}
UNKNOWN = "/adresse-inexacte"
OPEN_PAGES = ("/composants", "/mentions-legales", "/confidentialite", "/accessibilite", UNKNOWN, "/connexion")
SEEN_BY_EVERYBODY = {"/", "/jumelages/", "/jumelages/N", "/conventions/N", "/ceremonies/N", "/organismes/N", "/compte"}
SIDEWAYS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


@pytest.fixture
def address(settings: Settings) -> Iterator[str]:
    with serving(create_app(replace(settings, demonstration=True))) as url:
        yield url


@pytest.mark.parametrize("viewport", [TELEPHONE, LAPTOP], ids=["telephone", "laptop"])
def test_open_pages_pass_axe_and_do_not_scroll_sideways(
    browser: Browser, address: str, viewport: dict[str, int]
) -> None:
    page = browser.new_page(viewport=viewport)
    page.set_default_timeout(PATIENCE)
    found = {}
    for path in OPEN_PAGES:
        answer = page.goto(address + path)
        assert answer is not None
        assert answer.status == (404 if path == UNKNOWN else 200), path
        found[path] = _wrong(page)
    page.close()
    assert {path: lines for path, lines in found.items() if lines} == {}


@pytest.mark.slow
def test_every_page_of_every_persona_passes_axe(browser: Browser, demonstration: tuple[str, int]) -> None:
    """Axe judges the whole of each page, header and footer with it; none is wider than a screen or a telephone.

    A kind of page is looked at once, by the first who reaches it, and the busiest ones by everybody. Left out are
    the other things of a kind (``crawl.kind_of``): the second meeting, the second article of a text. They come from
    the same template through the same view and show another number or another sentence, so that whatever axe could
    find there it finds on the first; questions and kinds of text differ in their fields, and each is looked at.
    """
    address, many = demonstration
    found: dict[tuple[int, str], list[str]] = {}
    seen: set[str] = set()
    for rank in range(many):
        context = browser.new_context(viewport=LAPTOP)
        axe.bring_along(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.goto(f"{address}/demonstration")
        page.locator("form.confirm button").nth(rank).click()
        seen -= SEEN_BY_EVERYBODY
        for path in crawl.pages(page, address, known=seen):
            found[rank, path] = _wrong_on_either(page)
        context.close()
    assert {where: lines for where, lines in found.items() if lines} == {}
    assert many >= 3
    assert len(seen) > 30


def _wrong_on_either(page: Page) -> list[str]:
    """What is wrong on the screen that the page opened on, then on the other, which the next page opens on."""
    sizes = [LAPTOP, TELEPHONE] if page.viewport_size == LAPTOP else [TELEPHONE, LAPTOP]
    wrong = []
    for size in sizes:
        if page.viewport_size != size:
            page.set_viewport_size(size)
        if size == LAPTOP:
            wrong += _wrong(page)
        elif page.evaluate(SIDEWAYS):
            wrong.append("scrolls sideways on a telephone")
    return wrong


def _wrong(page: Page) -> list[str]:
    return axe.findings(page) + (["scrolls sideways"] if page.evaluate(SIDEWAYS) else [])
