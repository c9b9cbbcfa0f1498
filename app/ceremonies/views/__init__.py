"""The pages of this room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.bodies.pending import leaves_pending
from app.ceremonies.views import ceremonies, feeds, imports, items
from app.ceremonies.views.blueprint import blueprint
from app.ceremonies.views.leaving import ceremonies_awaiting
from app.ceremonies.views.panel import ceremonies_panel
from app.twinnings.panels import register

if TYPE_CHECKING:
    from flask import Flask

PAGES = (ceremonies, items, feeds, imports)


def install(app: Flask) -> None:
    """Open the pages."""
    app.register_blueprint(blueprint)
    register(ceremonies_panel)
    leaves_pending(ceremonies_awaiting)
