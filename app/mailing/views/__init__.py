"""The pages of this room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import url_for
from flask_babel import gettext as _

from app.access.gate import may
from app.bodies import panels
from app.bodies.panels import BodyPanel, PanelLink
from app.mailing.known import known_of
from app.mailing.policy import MailingAction
from app.mailing.services import erasing
from app.mailing.views import leaving, letters, models
from app.mailing.views.blueprint import blueprint
from app.members.erasing import erases
from app.members.queries.roll import HAVE_MEMBERS, Roll

if TYPE_CHECKING:
    from flask import Flask
    from sqlalchemy.orm import Session

    from app.access.table import Identity
    from app.bodies.models import Body

PAGES = (letters, models, leaving)


def letters_panel(session: Session, body: Body, who: Identity) -> BodyPanel | None:
    """The way to the letters, for those who may write them."""
    del session, who
    if body.kind not in HAVE_MEMBERS or body.trashed_at is not None or not may(MailingAction.WRITE, Roll(body)):
        return None
    return BodyPanel(
        title=_("Écrire aux membres"),
        text=_("Une lettre pour chaque adresse ; personne ne voit celle des autres."),
        actions=(
            PanelLink(label=_("Écrire une lettre"), url=url_for("mailing.new", body_id=body.id)),
            PanelLink(label=_("Les lettres"), url=url_for("mailing.index")),
        ),
    )


def install(app: Flask) -> None:
    """Open the pages."""
    app.register_blueprint(blueprint)
    panels.register(letters_panel)
    erases(erasing.forget, tells=known_of)
