"""Matching a body to a place of the lists: proposed by name, decided by a human."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from app.access.gate import actor, requires
from app.bodies import queries
from app.bodies.forms import whole
from app.bodies.policy import BodyAction
from app.bodies.services import records
from app.bodies.views.ground import blueprint
from app.database.unit import writing
from app.extensions import db
from app.places import telling
from app.places.queries import found_places, place_by_id
from app.shared import clock

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from app.bodies.models import Body


@blueprint.route("/<int:body_id>/lieu", methods=["GET", "POST"])
@requires(BodyAction.EDIT, on=queries.body_by_id)
def match(body: Body) -> Response | str:
    """Choose the place of the lists that a body is at, or none."""
    session = db.session()
    if request.method == "POST":
        number = body.id
        place = place_by_id(session, whole(request.form.get("lieu"))) if request.form.get("lieu") else None
        if request.form.get("lieu") and place is None:
            abort(404)
        with writing() as unit:
            records.match_place(unit, body, place, by=actor(), at=clock.now())
        flash(_("Le lieu est enregistré."), "done")
        return redirect(url_for("bodies.page", body_id=number))
    words = request.args.get("q", body.name)[:200]
    return render_template(
        "bodies/match.html",
        body=body,
        words=words,
        found=found_places(session, words, limit=25),
        present=telling.label(body.place) if body.place else "",
    )
