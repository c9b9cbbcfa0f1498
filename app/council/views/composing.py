"""The council changed after its convocation was closed: the sheet takes it as it is on the day of the meeting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, redirect, url_for
from flask_babel import gettext as _

from app.access.gate import actor, requires
from app.council import queries
from app.council.policy import CouncilAction
from app.council.services import composition
from app.council.views.blueprint import blueprint
from app.council.views.parts import meeting_again
from app.database.unit import writing
from app.shared import clock
from app.shared.errors import DomainError

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from app.council.models import Meeting


@blueprint.post("/seances/<int:meeting_id>/membres")
@requires(CouncilAction.EDIT, on=queries.meeting_by_id)
def update_members(meeting: Meeting) -> Response:
    """Take the members in office on the day of the meeting."""
    number = meeting.id
    try:
        with writing() as session:
            held = meeting_again(number)
            changes = composition.update_members(session, held, by=actor(), at=clock.now())
            count = len(held.seats)
    except DomainError as error:
        flash(str(error), "wait")
    else:
        flash(_("La feuille est à jour\N{NO-BREAK SPACE}: %(count)s membres en exercice.", count=count), "done")
        if changes.come:
            flash(_("À convoquer\N{NO-BREAK SPACE}: %(names)s.", names=", ".join(changes.new)), "wait")
    return redirect(url_for("council.evening_page", meeting_id=number))
