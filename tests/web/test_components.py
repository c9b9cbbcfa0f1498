"""The page of components, the shell around every page, the legal and the error pages."""

from __future__ import annotations

import hashlib
import re
import tomllib
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from flask import render_template
from flask_babel import lazy_gettext

from app import create_app
from app.web.samples import SampleForm

if TYPE_CHECKING:
    from flask import Flask
    from flask.testing import FlaskClient

    from app.config import Settings

ROOT = Path(__file__).resolve().parents[2]
COMPONENTS = sorted((ROOT / "templates" / "components").glob("*.html"))
STYLESHEETS = sorted((ROOT / "app" / "static" / "css").glob("*.css"))
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
PHYSICAL = re.compile(
    r"(?<![-\w])(?:margin|padding|border)-(?:left|right)|(?<![-\w])(?:left|right)\s*:|float:\s*(?:left|right)"
)


@pytest.fixture
def demonstration(settings: Settings) -> FlaskClient:
    """A visitor of an installation in demonstration mode."""
    return create_app(replace(settings, demonstration=True)).test_client()


def _macros() -> set[str]:
    return {
        f"{path.stem}.{name}"
        for path in COMPONENTS
        for name in re.findall(r"{%-? macro (\w+)", path.read_text("utf-8"))
        if not name.startswith("_")
    }


def test_every_macro_is_shown_on_the_pages_of_components(demonstration: FlaskClient) -> None:
    first = demonstration.get("/composants").get_data(as_text=True)
    assert 'href="/composants/papier"' in first
    paper = demonstration.get("/composants/papier").get_data(as_text=True)
    assert paper.count("<h1>") == 1
    shown = {name for names in re.findall(r'data-macro="([^"]+)"', first + paper) for name in names.split()}
    assert shown == _macros()


def test_the_paper_of_the_components_is_that_of_the_documents(demonstration: FlaskClient) -> None:
    sheet = demonstration.get("/composants/papier.css")
    assert sheet.content_type.startswith("text/css")
    assert sheet.data.startswith((ROOT / "app" / "documents" / "print.css").read_bytes())


@pytest.mark.parametrize("page", ["", "/papier", "/papier.css"])
def test_the_page_of_components_belongs_to_the_demonstration(client: FlaskClient, page: str) -> None:
    assert client.get(f"/composants{page}").status_code == 404


@pytest.mark.parametrize("path", ["/mentions-legales", "/confidentialite", "/accessibilite"])
def test_legal_pages_are_open_to_everybody_and_have_one_title(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer.get_data(as_text=True).count("<h1>") == 1


def test_the_legal_notice_shows_what_is_still_to_be_completed(client: FlaskClient) -> None:
    assert "à compléter" in client.get("/mentions-legales").get_data(as_text=True)


def test_the_legal_notice_names_the_publisher_of_the_settings(settings: Settings) -> None:
    told = replace(settings, publisher_name="Mairie de Fictiville", publisher_director="Jo Exemple", host_name="Ici")
    page = create_app(told).test_client().get("/mentions-legales").get_data(as_text=True)
    assert "Mairie de Fictiville" in page
    assert "instance/settings.toml" not in page


@pytest.mark.parametrize("name", ["400", "403", "404", "409", "413", "422", "429", "500", "domain"])
def test_an_error_page_says_what_to_do_and_gives_back_what_was_typed(app: Flask, name: str) -> None:
    with app.test_request_context("/"):
        page = render_template(f"errors/{name}.html", sentence="", back=None, kept={"nom": "Serment <retour>"})
    assert page.count("<h1>") == 1
    assert "Aller à l’accueil" in page
    if "kept" in (ROOT / "templates" / "errors" / f"{name}.html").read_text("utf-8"):
        assert "Serment &lt;retour&gt;" in page


def test_an_error_page_never_leads_to_another_site(app: Flask) -> None:
    with app.test_request_context("/"):
        page = render_template("errors/404.html", sentence="", back="https://ailleurs.example/")
        home = render_template("errors/404.html", sentence="", back="/jumelages")
    assert "ailleurs.example" not in page
    assert 'href="/jumelages"' in home


@pytest.mark.parametrize("path", STYLESHEETS, ids=lambda path: path.name)
def test_stylesheets_know_start_and_end_but_neither_left_nor_right(path: Path) -> None:
    assert PHYSICAL.findall(path.read_text("utf-8")) == []


def test_templates_hold_neither_inline_style_nor_script() -> None:
    inline = re.compile(r"\sstyle=|<style|\son[a-z]+=\"|<script(?![^>]*\ssrc=)")
    pages = [path for path in TEMPLATES if "documents" not in path.parts]  # paper is no page
    assert [str(path) for path in pages if inline.search(path.read_text("utf-8"))] == []


@pytest.mark.parametrize("folder", ["app/static/fonts", "vendor/axe-core"])
def test_what_others_wrote_stands_unmodified(folder: str) -> None:
    manifest = tomllib.loads((ROOT / folder / "MANIFEST.toml").read_text("utf-8"))
    named = {name: digest for package in manifest["package"] for name, digest in package["sha256"].items()}
    found = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in (ROOT / folder).iterdir()
        if path.name != "MANIFEST.toml"
    }
    assert found == named
    assert all(package["licence"] and package["version"] for package in manifest["package"])


def test_a_static_file_changes_its_address_when_it_changes(client: FlaskClient) -> None:
    page = client.get("/mentions-legales").get_data(as_text=True)
    address = re.search(r'href="(/static/css/base\.css\?v=[0-9a-f]{12})"', page)
    assert address
    with client.get(address[1]) as answer:
        assert answer.status_code == 200
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"


def test_a_font_is_kept_for_a_week_and_an_imported_module_asked_about_each_time(client: FlaskClient) -> None:
    with client.get("/static/fonts/noto-sans-latin-400-normal.woff2") as font:
        assert font.headers["Cache-Control"] == "public, max-age=604800"
    with client.get("/static/js/guard.js") as module:
        assert module.headers["Cache-Control"] == "no-cache"
    with client.get("/static/js/guard.js", headers={"If-None-Match": module.headers["ETag"]}) as again:
        assert again.status_code == 304
    with client.get("/static/css/gone.css?v=0123456789ab") as missing:
        assert missing.status_code == 404
        assert "Cache-Control" not in missing.headers


def test_a_lazy_sentence_is_told_whole_in_the_summary_of_errors(app: Flask) -> None:
    source = '{% from "components/forms.html" import error_summary with context %}{{ error_summary(form) }}'
    with app.test_request_context(method="POST", data={}):
        form = SampleForm()
        form.validate()
        form.name.errors = [lazy_gettext("Écrivez un nom, par exemple « Serment retour ».")]
        told = app.jinja_env.from_string(source).render(form=form, csrf_token=lambda: "")
    assert "Écrivez un nom, par exemple" in told
