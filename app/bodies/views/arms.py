"""The arms of a body: shown to who knows the body, changed by who keeps its record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import abort, current_app, flash, make_response, redirect, render_template, request, url_for
from flask_babel import get_locale
from flask_babel import gettext as _

from app.access.gate import actor, requires
from app.bodies import arms as store
from app.bodies import queries
from app.bodies.forms import ArmsForm
from app.bodies.policy import BodyAction
from app.bodies.services import records
from app.bodies.views.ground import blueprint
from app.database.unit import writing
from app.documents.errors import UnreadableFile
from app.documents.images import scale_arms
from app.people.forms import blame
from app.shared import clock

if TYPE_CHECKING:
    from pathlib import Path

    from flask import Response
    from werkzeug.wrappers import Response as AnyResponse

    from app.bodies.models import Body


def _folder() -> Path:
    folder: Path = current_app.config["SETTINGS"].files
    return folder


@blueprint.get("/<int:body_id>/armoiries.image")
@requires(BodyAction.VIEW, on=queries.body_by_id)
def arms(body: Body) -> Response:
    """The picture itself; a drawing is served so that nothing in it can act."""
    kept = store.read(_folder(), body.arms_file) if body.arms_file else None
    if kept is None:
        abort(404)
    content, media_type = kept
    answer = make_response(content)
    answer.content_type = media_type
    answer.headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    answer.headers["Cache-Control"] = "private, max-age=86400"
    return answer


@blueprint.route("/<int:body_id>/armoiries", methods=["GET", "POST"])
@requires(BodyAction.EDIT, on=queries.body_by_id)
def change_arms(body: Body) -> AnyResponse | str | tuple[str, int]:
    """Send a picture, or take the present one away."""
    number = body.id
    form = ArmsForm()
    if form.validate_on_submit():
        sent = request.files.get("arms")
        try:
            content = sent.read() if sent is not None else b""
            name = "" if "remove" in request.form else store.keep(_folder(), scale_arms(content))
        except UnreadableFile as error:
            blame(form, "arms", error.sentence(str(get_locale() or "fr")))
        else:
            with writing() as unit:
                records.set_arms(unit, body, name, by=actor(), at=clock.now())
            flash(_("Les armoiries sont enregistrées.") if name else _("Les armoiries sont retirées."), "done")
            return redirect(url_for("bodies.page", body_id=number))
    page = render_template("bodies/arms.html", form=form, body=body)
    return page, 422 if form.errors else 200
