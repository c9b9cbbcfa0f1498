"""The pages of this room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.actions.views import projects
from app.actions.views.blueprint import blueprint
from app.actions.views.panel import projects_panel
from app.twinnings.panels import register

if TYPE_CHECKING:
    from flask import Flask

PAGES = (projects,)


def install(app: Flask) -> None:
    """Open the pages."""
    app.register_blueprint(blueprint)
    register(projects_panel)
