"""Every page, for every person of the demonstration, passes axe; and none scrolls sideways on a telephone."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from app import create_app
from tests.journeys import axe
from tests.support import crawl
from tests.support.browser import serving

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
    address, many = demonstration
    found: dict[tuple[int, str], list[str]] = {}
    seen: set[str] = set()
    for rank in range(many):
        context = browser.new_context(viewport=LAPTOP)
        axe.bring_along(context)
        page = context.new_page()
        page.goto(f"{address}/demonstration")
        page.locator("form.confirm button").nth(rank).click()
        # A kind of page is looked at once, by the first who reaches it; the busiest ones by everybody.
        seen -= SEEN_BY_EVERYBODY
        for path in crawl.pages(page, address, known=seen):
            found[rank, path] = _wrong(page)
            page.set_viewport_size(TELEPHONE)
            found[rank, path] += ["scrolls sideways on a telephone"] if page.evaluate(SIDEWAYS) else []
            page.set_viewport_size(LAPTOP)
        context.close()
    assert {where: lines for where, lines in found.items() if lines} == {}
    assert many >= 3
    assert len(seen) > 30


def _wrong(page: Page) -> list[str]:
    return axe.findings(page) + (["scrolls sideways"] if page.evaluate(SIDEWAYS) else [])
