"""The pages of this room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.accounts.services.ties import unite
from app.accounts.views import access, demonstration, invitations, me, sign_in, ties
from app.accounts.views.blueprint import blueprint
from app.accounts.views.cookie import identify
from app.accounts.views.leaving import kept_roles, unanswered_invitations
from app.bodies.pending import Heirs, leaves_pending
from app.people.merging import unites

if TYPE_CHECKING:
    from flask import Flask

PAGES = (sign_in, invitations, me, access, ties, demonstration)


def install(app: Flask) -> None:
    """Open the pages and tell the gate how to know people."""
    app.extensions["identify"] = identify
    app.register_blueprint(blueprint)
    unites(unite)
    leaves_pending(kept_roles, heirs=Heirs.ADMINISTRATORS)
    leaves_pending(unanswered_invitations, heirs=Heirs.ADMINISTRATORS)
