"""The pages of this room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.council.views import acts, convening, councils, evening, following, meetings
from app.council.views.blueprint import blueprint
from app.council.views.panel import council_panel
from app.twinnings.panels import register

if TYPE_CHECKING:
    from flask import Flask

PAGES = (councils, meetings, convening, evening, acts, following)


def install(app: Flask) -> None:
    """Open the pages."""
    app.register_blueprint(blueprint)
    register(council_panel)
