"""The pages of this room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import url_for
from flask_babel import gettext as _

from app.bodies.labels import ASSOCIATIONS
from app.bodies.panels import BodyPanel, PanelLine, PanelLink, register
from app.bodies.pending import leaves_pending
from app.handover import erasing, known, queries
from app.handover.changes import missing
from app.handover.labels import state_of, tone_of
from app.handover.views import pages, proofs, signing
from app.handover.views.blueprint import blueprint
from app.members.erasing import erases
from app.shared.saying import said

if TYPE_CHECKING:
    from flask import Flask
    from sqlalchemy.orm import Session

    from app.access.table import Identity
    from app.bodies.models import Body

PAGES = (pages, signing, proofs)


def install(app: Flask) -> None:
    """Open the pages."""
    app.register_blueprint(blueprint)
    leaves_pending(queries.unsigned_by)
    erases(erasing.forget, keeps=erasing.kept, overdue=erasing.overdue, tells=known.known_of)
    register(_panel)


def _panel(session: Session, body: Body, who: Identity) -> BodyPanel | None:
    """The handovers of an association, for its officers."""
    if body.kind not in ASSOCIATIONS or body.id not in who.written_body_ids:
        return None
    rows = queries.handovers_of(session, [body.id])[:3]
    lacks = missing(session, rows)
    return BodyPanel(
        title=_("Passations"),
        items=tuple(
            PanelLine(
                title=_("Bureau du %(day)s", day=said(one.takes_over_on)),
                url=url_for("handover.page", handover_id=one.id),
                state=str(state_of(one, lacks[one.id])),
                kind=tone_of(one, lacks[one.id]),
            )
            for one in rows
        ),
        actions=(PanelLink(label=_("Voir les passations"), url=url_for("handover.index")),),
        empty=_("Quand le bureau change, tout se remet au suivant : ici."),
    )
