"""The pages of bodies, by use case; all on one blueprint."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from app.bodies.queries import kept_body_ids
from app.bodies.views.ground import blueprint
from app.mail.keepers import keeps

if TYPE_CHECKING:
    from flask import Flask

PAGES = ("listing", "records", "registering", "places", "mandates", "renewal", "federation", "arms")


def install(app: Flask) -> None:
    """Open the pages."""
    for page in PAGES:
        import_module(f"app.bodies.views.{page}")
    app.register_blueprint(blueprint)
    keeps(kept_body_ids)
