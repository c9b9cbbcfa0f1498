"""The pages of this room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.bodies.panels import register as show_on_bodies
from app.bodies.pending import leaves_pending
from app.conventions.views import articles, lists, printing, reading, recording, scans, starting, wordings, writing
from app.conventions.views.blueprint import blueprint
from app.conventions.views.panel import texts_panel, wordings_panel
from app.conventions.views.waiting import signatures_awaited
from app.twinnings.panels import register

if TYPE_CHECKING:
    from flask import Flask

PAGES = (lists, starting, reading, writing, articles, recording, printing, scans, wordings)


def install(app: Flask) -> None:
    """Open the pages."""
    app.register_blueprint(blueprint)
    register(texts_panel)
    show_on_bodies(wordings_panel)
    leaves_pending(signatures_awaited)
