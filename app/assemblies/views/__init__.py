"""The pages of this room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.assemblies.known import known_of
from app.assemblies.services import erasing, uniting
from app.assemblies.views import agenda, assemblies, holding, offices, people, personal, printing, statutes, voting
from app.assemblies.views.blueprint import blueprint
from app.assemblies.views.panel import assemblies_panel
from app.bodies.panels import register
from app.members.erasing import erases
from app.people.merging import foretells, unites

if TYPE_CHECKING:
    from flask import Flask

PAGES = (assemblies, agenda, people, holding, voting, offices, personal, statutes, printing)


def install(app: Flask) -> None:
    """Open the pages."""
    app.register_blueprint(blueprint)
    register(assemblies_panel)
    unites(uniting.unite)
    foretells(people.told_of_doubles)
    erases(erasing.forget, keeps=erasing.kept, overdue=erasing.overdue, tells=known_of, waits=erasing.awaited)
