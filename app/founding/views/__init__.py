"""The pages of this room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.assemblies.policy import opens_to_the_town_hall
from app.bodies import panels
from app.bodies.pending import leaves_pending
from app.conventions import guards
from app.founding.firsts import first_of
from app.founding.handing import handed_on
from app.founding.policy import is_open_to_the_town_hall
from app.founding.services import erasing
from app.founding.services.origins import origin_of
from app.founding.views import beginning, deciding, delegating, meeting, proofs, writing
from app.founding.views.blueprint import blueprint
from app.founding.views.panel import declarations_left, delegation_guard, delegation_panel, founding_panel
from app.handover.sources import hands_on
from app.members.erasing import erases
from app.members.firsts import begins_with
from app.yearly.origins import knows_origins

if TYPE_CHECKING:
    from flask import Flask

PAGES = (beginning, deciding, writing, meeting, proofs, delegating)


def install(app: Flask) -> None:
    """Open the pages."""
    app.register_blueprint(blueprint)
    panels.register(founding_panel)
    panels.register(delegation_panel)
    guards.register(delegation_guard)
    leaves_pending(declarations_left)
    opens_to_the_town_hall(is_open_to_the_town_hall)
    erases(erasing.forget, keeps=erasing.kept)
    knows_origins(origin_of)
    hands_on(handed_on)
    begins_with(first_of)
