"""What the templates need to draw the shell, the page of components and the legal pages."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flask import Blueprint, Response, abort, current_app, render_template, request, url_for
from flask_babel import format_decimal
from jinja2 import pass_context
from markupsafe import Markup
from werkzeug.routing import BuildError

from app import documents
from app.access.roles import ROLE_NAMES, Role
from app.accounts.gate import public
from app.bodies.apart import bodies_apart, grants_apart
from app.shared import clock
from app.web import shell
from app.web.navigation import LABELS, is_here
from app.web.paper_samples import sample_blocks, sample_document, sample_runs
from app.web.samples import SampleForm

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask
    from jinja2.runtime import Context

blueprint = Blueprint("look", __name__)

MOST_FRAGMENTS = 4000
_MARGINS = "@media screen { main { max-width: 168mm; margin: 18mm auto; padding-inline: 5mm; } }\n"


def install(app: Flask) -> None:
    """Register the pages and give the templates the helpers of the shell."""
    app.jinja_env.globals.update(
        asset=_assets(app),
        nav_url=_addresses(),
        fragment=_fragments(app),
        is_here=is_here,
        room_name=LABELS.get,
        role_name=role_name,
        bodies_apart=bodies_apart,
        grants_apart=grants_apart,
        page_language=shell.language,  # functions: a page may name its own variables « language » or « languages »
        page_languages=shell.LANGUAGES,
    )
    app.jinja_env.filters["tongue"] = tongue
    app.jinja_env.filters["figure"] = figure
    app.register_blueprint(blueprint)


def figure(number: float | None) -> str | None:
    """Return a number as the reader's language groups it: « 1 923 », "1,923"; what is not known stays so."""
    return None if number is None else format_decimal(number)


def _assets(app: Flask) -> Callable[[str], str]:
    digests: dict[str, str] = {}

    def asset(name: str) -> str:
        """Return the address of a static file; it changes when the file does, so that it may be kept long."""
        if name not in digests or app.debug:
            digest = hashlib.sha256(Path(app.static_folder or "", name).read_bytes()).hexdigest()[:12]
            digests[name] = f"{app.static_url_path}/{name}?v={digest}"
        return request.script_root + digests[name]

    return asset


def _addresses() -> Callable[[str], str | None]:
    known: dict[tuple[str, str], str | None] = {}

    def nav_url(endpoint: str) -> str | None:
        """Return the address of a page without arguments, or None where the room has no such page."""
        key = (request.script_root, endpoint)
        if key not in known:
            try:
                known[key] = url_for(endpoint)
            except BuildError:
                known[key] = None
        return known[key]

    return nav_url


def _fragments(app: Flask) -> Callable[..., Markup]:
    drawn: dict[tuple[object, ...], Markup] = {}

    @pass_context
    def fragment(context: Context, name: str) -> Markup:
        """Return a part of the shell, drawn once for each language, kind of page and set of rooms.

        The shell would otherwise cost more than the list it surrounds.
        """
        visitor = context["identity"].is_signed_in
        key = (name, shell.language(), request.endpoint, visitor, context["navigation"], request.script_root)
        if key not in drawn or app.debug:
            if len(drawn) > MOST_FRAGMENTS:
                drawn.clear()
            drawn[key] = Markup(app.jinja_env.get_template(name).render(context.get_all()))  # noqa: S704  # ours
        return drawn[key]

    return fragment


def tongue(text: str, whose: Any) -> str | Markup:  # noqa: ANN401  # a body or languages
    """Mark what people typed with its language where it is known and the page speaks another (WCAG 3.1.2).

    ``whose``: the body that wrote it, or the languages of the text, the first one its own.
    """
    known = getattr(whose, "languages", whose) or ()
    code = next(iter(known), "")
    if not text or not code or code == shell.language():
        return text
    return Markup('<span lang="{}">{}</span>').format(code, text)


def role_name(role: str) -> str:
    """Return the name of a role as the town hall says it."""
    return str(ROLE_NAMES.get(Role(role), role))


@blueprint.get("/composants")
@public
def components() -> str:
    """Show every macro of ``templates/components``; in demonstration mode only."""
    _for_the_demonstration()
    return render_template("web/components.html", sample=SampleForm.wrong(), moment=clock.now())


@blueprint.get("/composants/papier")
@public
def paper() -> str:
    """Show the macros of printed documents, which need a sheet of their own."""
    _for_the_demonstration()
    arms = current_app.jinja_env.globals["asset"]("img/mark.svg")  # type: ignore[operator]  # one of the helpers above
    return render_template(
        "web/paper.html", document=sample_document(clock.now(), arms), runs=sample_runs(), blocks=sample_blocks()
    )


@blueprint.get("/composants/papier.css")
@public
def paper_sheet() -> Response:
    """Give a browser the sheet that documents are printed with, and the margins it knows from no page."""
    _for_the_demonstration()
    sheet = (Path(documents.__file__).parent / "print.css").read_text("utf-8")
    return Response(sheet + _MARGINS, mimetype="text/css")


def _for_the_demonstration() -> None:
    if not current_app.config["SETTINGS"].demonstration:
        abort(404)


@blueprint.get("/mentions-legales")
@public
def legal_notice() -> str:
    """Say who publishes this installation and who hosts it."""
    return render_template("web/legal_notice.html", settings=current_app.config["SETTINGS"])


@blueprint.get("/confidentialite")
@public
def privacy() -> str:
    """Say which personal data are kept, why, for how long, and how to be heard."""
    return render_template("web/privacy.html", settings=current_app.config["SETTINGS"])


@blueprint.get("/accessibilite")
@public
def accessibility() -> str:
    """Say honestly what works for whom, and whom to tell when it does not."""
    return render_template("web/accessibility.html", settings=current_app.config["SETTINGS"])
