"""The pages of the room, by use case; all on one blueprint."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from app.bodies.panels import register
from app.bodies.pending import leaves_pending
from app.members.views.ground import blueprint, number
from app.members.views.panel import enrolled_twice, groups_left, members_panel
from app.people.merging import foretells

if TYPE_CHECKING:
    from flask import Flask

PAGES = ("roll", "member", "settings", "lists", "dues", "waivers", "care", "stays", "guests", "volunteers")


def install(app: Flask) -> None:
    """Open the pages."""
    for page in PAGES:
        import_module(f"app.members.views.{page}")
    app.jinja_env.filters.setdefault("nombre", number)
    app.register_blueprint(blueprint)
    register(members_panel)
    leaves_pending(groups_left)
    foretells(enrolled_twice)
