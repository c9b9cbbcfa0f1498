"""The journal of a body. That of a twinning is shown by a room above the twinnings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, render_template, request

from app.access.gate import identity, requires
from app.audit import queries, reading
from app.audit.policy import AuditAction, BodyJournal
from app.extensions import db

if TYPE_CHECKING:
    from flask import Flask
    from sqlalchemy.orm import Session

blueprint = Blueprint("audit", __name__)


def journal_of(session: Session, body_id: int) -> BodyJournal:
    """The journal of a body, whether or not there is one: a stranger learns nothing."""
    del session
    return BodyJournal(body_id)


@blueprint.get("/organismes/<int:body_id>/journal")
@requires(AuditAction.READ_BODY, on=journal_of)
def body_journal(journal: BodyJournal) -> tuple[str, int]:
    """Who did what in the name of this body."""
    chosen = reading.filters(request.args)
    page = queries.journal_page(db.session(), chosen.search(body_id=journal.body_id))
    name = next(grant.body_name for grant in identity().grants if grant.body_id == journal.body_id)
    shown = reading.shown(page, chosen, request.path)
    return render_template("audit/body_journal.html", journal=shown, name=name), 422 if chosen.errors else 200


def install(app: Flask) -> None:
    """Open the pages."""
    app.register_blueprint(blueprint)
