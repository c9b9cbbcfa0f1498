"""The pages of this room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.bodies.pending import leaves_pending
from app.conventions import guards
from app.council.reckoning import article_for
from app.council.views import (
    acts,
    appointing,
    attending,
    checking,
    convening,
    councils,
    evening,
    following,
    item,
    meetings,
    money,
    opendata,
    past,
    printing,
)
from app.council.views.blueprint import blueprint
from app.council.views.guarding import council_guard
from app.council.views.leaving import council_awaiting
from app.council.views.panel import council_panel
from app.law.words import euros
from app.twinnings.panels import register

if TYPE_CHECKING:
    from flask import Flask

PAGES = (
    checking,
    councils,
    meetings,
    convening,
    evening,
    item,
    appointing,
    attending,
    acts,
    following,
    printing,
    money,
    past,
    opendata,
)


def install(app: Flask) -> None:
    """Open the pages."""
    app.register_blueprint(blueprint)
    app.jinja_env.filters.setdefault("euros", euros)
    app.jinja_env.filters["article_for"] = article_for
    register(council_panel)
    guards.register(council_guard)
    leaves_pending(council_awaiting)
