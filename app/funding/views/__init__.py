"""The pages of this room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.actions.panels import register
from app.funding.asking import asked
from app.funding.labels import french
from app.funding.views import answers, catalogue, checks, feeds, language, questions, rule_files
from app.funding.views.blueprint import blueprint
from app.funding.views.panel import funding_panel

if TYPE_CHECKING:
    from flask import Flask

PAGES = (questions, answers, checks, feeds, rule_files, language, catalogue)


def install(app: Flask) -> None:
    """Open the pages."""
    app.register_blueprint(blueprint)
    app.jinja_env.filters["french"] = french
    app.jinja_env.filters["asked"] = asked
    register(funding_panel)
