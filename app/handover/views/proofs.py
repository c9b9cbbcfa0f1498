"""The copy of a signed paper: to read, and to erase once its time is over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import abort, flash, redirect, url_for
from flask_babel import gettext as _

from app import attached
from app.access.gate import actor, requires
from app.database.unit import writing
from app.extensions import db
from app.handover import queries, services
from app.handover.policy import HandoverAction
from app.handover.views.blueprint import again, blueprint
from app.handover.views.pages import shown
from app.shared import clock
from app.shared.errors import DomainError

if TYPE_CHECKING:
    from flask import Response
    from werkzeug.wrappers import Response as Answer

    from app.handover.models import Handover, HandoverPerson

    Page = Answer | str | tuple[str, int]


@blueprint.get("/signatures/<int:handover_person_id>/copie")
@requires(HandoverAction.VIEW, on=queries.person_by_id)
def proof(person: HandoverPerson) -> Response:
    """The copy as it came, always as a download."""
    name, kind = person.proof_name or "signatures", person.proof_type or "application/octet-stream"
    return attached.handed_out(person.proof_file or abort(404), name, kind)


@blueprint.post("/<int:handover_id>/copies/effacer")
@requires(HandoverAction.EDIT, on=queries.handover_by_id)
def erase_proofs(handover: Handover) -> Page:
    """Erase the copies of signed papers whose time is over; that somebody signed on paper stays written."""
    number = handover.id
    try:
        with writing() as session:
            gone = services.erase_proofs(session, again(number), by=actor(), at=clock.now())
    except DomainError as error:
        return shown(again(number), error)
    for name in gone:
        if not queries.others_with_proof(db.session(), name):
            attached.throw_away(name)
    flash(_("Les copies des papiers signés sont effacées ; les signatures restent notées."), "done")
    return redirect(url_for("handover.page", handover_id=number))
