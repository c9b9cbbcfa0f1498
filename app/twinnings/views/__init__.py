"""The pages of twinnings, by use case; all on one blueprint."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from app.twinnings.views.ground import blueprint

if TYPE_CHECKING:
    from flask import Flask

PAGES = ("listing", "opening", "dossier", "description", "timeline", "people", "parties", "doubles", "kinds", "imports")


def install(app: Flask) -> None:
    """Open the pages."""
    for page in PAGES:
        import_module(f"app.twinnings.views.{page}")
    app.register_blueprint(blueprint)
