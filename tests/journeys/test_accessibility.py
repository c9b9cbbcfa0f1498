"""Every page, for every person of the demonstration, passes axe; and none scrolls sideways on a telephone."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from app import create_app
from tests.journeys import axe
from tests.support.browser import chromium, serving

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

    from app.config import Settings

pytestmark = pytest.mark.browser

TELEPHONE = {"width": 360, "height": 800}
LAPTOP = {"width": 1280, "height": 900}
OPEN_PAGES = ("/composants", "/mentions-legales", "/confidentialite", "/accessibilite", "/adresse-inexacte")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as launched:
        yield launched


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
        page.goto(address + path)
        found[path] = axe.findings(page)
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            found[path].append("scrolls sideways")
    page.close()
    assert {path: lines for path, lines in found.items() if lines} == {}
