"""Entering and leaving a federation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy import select

from app.access.gate import actor, requires
from app.bodies import queries
from app.bodies.forms import whole
from app.bodies.models import Body, BodyKind
from app.bodies.policy import BodyAction
from app.bodies.services.federation import join_federation, leave_federation
from app.bodies.views.ground import blueprint
from app.database.unit import writing
from app.extensions import db
from app.shared import clock

if TYPE_CHECKING:
    from werkzeug.wrappers import Response


@blueprint.route("/<int:body_id>/federation", methods=["GET", "POST"])
@requires(BodyAction.FEDERATE, on=queries.body_by_id)
def federate(body: Body) -> Response | str:
    """Choose the federation whose advisers may read what this body's twinnings share."""
    session = db.session()
    if request.method == "POST":
        number = body.id
        federation = session.get(Body, whole(request.form.get("federation")))
        if federation is None or federation.kind != BodyKind.FEDERATION:
            abort(404)
        verb = leave_federation if "leave" in request.form else join_federation
        with writing() as unit:
            verb(unit, federation, body, by=actor(), at=clock.now())
        flash(_("C’est noté."), "done")
        return redirect(url_for("bodies.page", body_id=number))
    offered = session.scalars(
        select(Body).where(Body.kind == BodyKind.FEDERATION, Body.trashed_at.is_(None)).order_by(Body.folded, Body.id)
    )
    return render_template(
        "bodies/federate.html", body=body, offered=list(offered), joined=queries.federations_of(session, body.id)
    )
