"""The small scripts: suggestions by keyboard, unsaved text, copying; and everything without any script."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from app import create_app
from tests.support.browser import serving

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

    from app.config import Settings

pytestmark = [pytest.mark.browser, pytest.mark.once]

SUGGESTIONS = [
    {"value": "7", "label": "Sailly-lez-Lannoy", "detail": "Nord (59)"},
    {"value": "8", "label": "Sailly-sur-la-Lys", "detail": "Pas-de-Calais (62)"},
]


@pytest.fixture
def page(browser: Browser, settings: Settings) -> Iterator[Page]:
    """The page of components, with suggestions that never change."""
    with serving(create_app(replace(settings, demonstration=True))) as address:
        opened = browser.new_page(locale="fr-FR")
        opened.set_default_timeout(30_000)
        opened.route("**/composants?q=*", lambda route: route.fulfill(json=SUGGESTIONS))
        opened.goto(f"{address}/composants")
        yield opened
        opened.close()


def test_suggestions_are_chosen_with_the_keyboard_alone(page: Page) -> None:
    field = page.get_by_role("combobox", name="Commune")
    field.press_sequentially("sailly")
    page.get_by_role("listbox", name="Commune").get_by_role("option").first.wait_for()
    field.press("ArrowDown")
    field.press("ArrowDown")
    assert page.get_by_role("listbox").get_by_role("option", selected=True).inner_text().startswith("Sailly-sur-la-Lys")
    field.press("Enter")
    assert field.input_value() == "Sailly-sur-la-Lys"
    assert field.get_attribute("aria-expanded") == "false"


def test_escape_closes_the_suggestions_and_keeps_what_was_typed(page: Page) -> None:
    field = page.get_by_role("combobox", name="Commune")
    field.press_sequentially("sailly")
    page.get_by_role("listbox").get_by_role("option").first.wait_for()
    field.press("Escape")
    assert field.input_value() == "sailly"
    assert page.get_by_role("listbox").count() == 0


def test_leaving_with_unsaved_text_is_asked_about(page: Page) -> None:
    page.evaluate(
        """async () => {
            const { guardForms } = await import("/static/js/guard.js");
            document.querySelector("#text").form.dataset.guard = "";
            guardForms();
        }"""
    )
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.locator("#text").press_sequentially("Un mot pour Semenivka")
    page.reload()
    assert asked == ["beforeunload"]


def test_what_was_saved_long_ago_says_so(page: Page) -> None:
    told = page.locator("time[data-saved]").inner_text()
    assert told.startswith("Enregistré il y a")


def test_without_script_the_fields_are_plain_and_nothing_is_hidden(browser: Browser, settings: Settings) -> None:
    with serving(create_app(replace(settings, demonstration=True))) as address:
        context = browser.new_context(java_script_enabled=False)
        page = context.new_page()
        page.goto(f"{address}/composants")
        assert page.locator("input[name=place]").get_attribute("role") is None
        assert page.locator("code.copyable-text").is_visible()
        assert not page.get_by_role("button", name="Copier l’adresse").is_visible()
        context.close()
