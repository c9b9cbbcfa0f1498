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
from app.places.queries import found_places, missing_lists, place_by_id
from app.shared import clock
from app.shared.errors import DomainError

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
    return _page(body)


@blueprint.post("/<int:body_id>/position")
@requires(BodyAction.EDIT, on=queries.body_by_id)
def place_roughly(body: Body) -> Response | tuple[str, int]:
    """Say about where a body is, or that one does not know."""
    number, typed = body.id, request.form.get("position", "").strip()[:80]
    try:
        position = records.read_position(typed) if typed else None
    except DomainError as error:
        return _page(body, typed, str(error)), 422
    with writing() as unit:
        records.place_roughly(unit, body, position, by=actor(), at=clock.now())
    flash(_("La position est enregistrée."), "done")
    return redirect(url_for("bodies.page", body_id=number))


def _page(body: Body, typed: str = "", error: str = "") -> str:
    session, words = db.session(), request.args.get("q", body.name)[:200]
    known = "" if body.latitude is None else f"{body.latitude} ; {body.longitude}".replace(".", ",")
    return render_template(
        "bodies/match.html",
        body=body,
        words=words,
        found=found_places(session, words, limit=25),
        missing=missing_lists(session),
        present=telling.label(body.place) if body.place else "",
        position=typed or known,
        error=error,
    )
