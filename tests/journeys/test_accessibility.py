"""Every page, for every person of the demonstration, passes axe; and none scrolls sideways on a telephone."""

from __future__ import annotations

import shutil
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from app import create_app
from app.accounts.queries import personas
from app.config import Settings
from app.extensions import db
from app.shared import clock
from tests.journeys import axe
from tests.support import crawl
from tests.support.browser import chromium, serving

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

TELEPHONE = {"width": 360, "height": 800}
LAPTOP = {"width": 1280, "height": 900}
OPEN_PAGES = ("/composants", "/mentions-legales", "/confidentialite", "/accessibilite", "/adresse-inexacte", "/entrer")
SIDEWAYS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as launched:
        yield launched


@pytest.fixture(scope="module")
def demonstration(migrated: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, int]]:
    """The demonstration, served: its address and how many persons it has. The markup is the same on both databases."""
    instance = tmp_path_factory.mktemp("demonstration")
    path = instance / "demonstration.sqlite3"
    shutil.copy(migrated, path)
    settings = Settings(
        instance=instance,
        secret_key="never used outside tests",  # noqa: S106  # tests have no secret
        database_url=f"sqlite:///{path}",
        demonstration=True,
    )
    app = create_app(settings)
    loaded = app.test_cli_runner().invoke(args=["seed", "demo"])
    assert loaded.exit_code == 0, loaded.output
    with app.app_context():
        many = len(personas(db.session(), on=clock.today()))
        db.session.remove()
    with serving(app) as address:
        yield address, many
    with app.app_context():
        db.engine.dispose()


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
        found[path] = _wrong(page)
    page.close()
    assert {path: lines for path, lines in found.items() if lines} == {}


@pytest.mark.slow
def test_every_page_of_every_persona_passes_axe(browser: Browser, demonstration: tuple[str, int]) -> None:
    address, many = demonstration
    found, seen = {}, set()
    for rank in range(many):
        context = browser.new_context(viewport=LAPTOP)
        page = context.new_page()
        page.goto(f"{address}/demonstration")
        page.locator("form.confirm button").nth(rank).click()
        for path in crawl.pages(page, address):
            page.set_viewport_size(LAPTOP)
            wrong = _wrong(page)
            page.set_viewport_size(TELEPHONE)
            found[rank, path] = wrong + [f"360: {line}" for line in _wrong(page) if line not in wrong]
            seen.add(crawl.kind_of(path))
        context.close()
    assert {where: lines for where, lines in found.items() if lines} == {}
    assert many >= 3
    assert len(seen) > 30


def _wrong(page: Page) -> list[str]:
    return axe.findings(page) + (["scrolls sideways"] if page.evaluate(SIDEWAYS) else [])
