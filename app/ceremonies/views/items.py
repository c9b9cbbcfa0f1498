"""Pages and verbs of the moments of a programme."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import abort, flash, redirect, request, url_for
from flask_babel import get_locale
from flask_babel import gettext as _

from app.accounts.gate import actor, requires
from app.ceremonies import queries, services
from app.ceremonies.forms import ItemForm
from app.ceremonies.policy import CeremonyPermission
from app.ceremonies.views.blueprint import blueprint
from app.ceremonies.views.parts import again, answer, naming
from app.database.unit import writing
from app.extensions import db
from app.shared import clock
from app.shared.conflicts import both_texts
from app.shared.errors import EditConflict

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from app.ceremonies.models import Ceremony, ProgrammeItem


BACK = "remettre"
"""What a form sends to take the moment out of the trash and keep what was typed, at once."""


@blueprint.route("/ceremonies/<int:ceremony_id>/moments/nouveau", methods=["GET", "POST"])
@requires(CeremonyPermission.EDIT, on=queries.ceremony_to_see)
def new_item(ceremony: Ceremony) -> str | Response | tuple[str, int]:
    """Add a moment."""
    day = request.args.get("jour", default=1, type=int)
    form = ItemForm(day=day).offer(ceremony)
    if form.validate_on_submit():
        ceremony_id, command = ceremony.id, form.command(ceremony)
        with writing() as session:
            services.add_item(session, again(ceremony_id), command, by=actor(), at=clock.now())
        flash(_("Le moment est ajouté au programme."), "done")
        return redirect(url_for("ceremonies.show", ceremony_id=ceremony_id, _anchor="programme"))
    return answer("ceremonies/item.html", form, ceremony=ceremony, item=None, warnings=[], **naming(ceremony))


@blueprint.route("/ceremonies/<int:ceremony_id>/moments/<int:item_id>/modifier", methods=["GET", "POST"])
@requires(CeremonyPermission.EDIT, on=queries.item_to_edit)
def edit_item(item: ProgrammeItem) -> str | Response | tuple[str, int]:
    """Change a moment."""
    ceremony = item.ceremony
    form, conflict = ItemForm().offer(ceremony, item) if request.method == "POST" else ItemForm.of(item), None
    if form.validate_on_submit():
        ids, command = (ceremony.id, item.id), form.command(ceremony, item)
        try:
            with writing() as session:
                moment = _moment(ids)
                if BACK in request.form and moment.trashed_at is not None:
                    services.restore_item(session, moment, by=actor(), at=clock.now())
                services.edit_item(session, moment, command, by=actor(), at=clock.now())
            flash(_("C’est enregistré. Les agendas abonnés suivront."), "done")
            return redirect(url_for("ceremonies.show", ceremony_id=ids[0], _anchor=f"moment-{ids[1]}"))
        except services.MomentInTheTrash:
            pass  # the page says so, keeps what was typed, and offers to put it back
        except EditConflict:
            conflict = both_texts(form, ItemForm.of(item, formdata=None))
    values = {"ceremony": ceremony, "item": item, "back": BACK, "warnings": form.warnings(str(get_locale() or "fr"))}
    page, status = answer("ceremonies/item.html", form, conflict, **values, **naming(ceremony))
    return page, 409 if item.trashed_at is not None and form.is_submitted() else status


@blueprint.post("/ceremonies/<int:ceremony_id>/moments/<int:item_id>/monter")
@requires(CeremonyPermission.EDIT, on=queries.item_to_edit)
def raise_item(item: ProgrammeItem) -> Response:
    """Move a moment one place up."""
    return _moved(item, -1)


@blueprint.post("/ceremonies/<int:ceremony_id>/moments/<int:item_id>/descendre")
@requires(CeremonyPermission.EDIT, on=queries.item_to_edit)
def lower_item(item: ProgrammeItem) -> Response:
    """Move a moment one place down."""
    return _moved(item, 1)


@blueprint.post("/ceremonies/<int:ceremony_id>/moments/<int:item_id>/annuler")
@requires(CeremonyPermission.EDIT, on=queries.item_to_edit)
def cancel_item(item: ProgrammeItem) -> Response:
    """Call a moment off; it stays in the programme, marked."""
    ids = (item.ceremony_id, item.id)
    with writing() as session:
        services.cancel_item(session, _moment(ids), request.form.get("reason", ""), by=actor(), at=clock.now())
    flash(_("Le moment est annulé ; il reste au programme avec cette mention."), "done")
    return _back(ids)


@blueprint.post("/ceremonies/<int:ceremony_id>/moments/<int:item_id>/retablir")
@requires(CeremonyPermission.EDIT, on=queries.item_to_edit)
def reinstate_item(item: ProgrammeItem) -> Response:
    """Take a cancellation back."""
    ids = (item.ceremony_id, item.id)
    with writing() as session:
        services.reinstate_item(session, _moment(ids), by=actor(), at=clock.now())
    flash(_("Le moment est rétabli."), "done")
    return _back(ids)


@blueprint.post("/ceremonies/<int:ceremony_id>/moments/<int:item_id>/corbeille")
@requires(CeremonyPermission.EDIT, on=queries.item_to_edit)
def trash_item(item: ProgrammeItem) -> Response:
    """Put a moment in the trash."""
    ids = (item.ceremony_id, item.id)
    with writing() as session:
        services.trash_item(session, _moment(ids), by=actor(), at=clock.now())
    flash(_("Le moment est à la corbeille, au bas de cette page ; vous pouvez le remettre."), "done")
    return redirect(url_for("ceremonies.show", ceremony_id=ids[0], _anchor="corbeille"))


@blueprint.post("/ceremonies/<int:ceremony_id>/moments/<int:item_id>/remettre")
@requires(CeremonyPermission.EDIT, on=queries.item_to_edit)
def restore_item(item: ProgrammeItem) -> Response:
    """Take a moment out of the trash."""
    ids = (item.ceremony_id, item.id)
    with writing() as session:
        services.restore_item(session, _moment(ids), by=actor(), at=clock.now())
    flash(_("Le moment est remis au programme."), "done")
    return _back(ids)


def _moved(item: ProgrammeItem, step: int) -> Response:
    ids = (item.ceremony_id, item.id)
    with writing() as session:
        services.move_item(session, _moment(ids), step, by=actor(), at=clock.now())
    return _back(ids)


def _moment(ids: tuple[int, int]) -> ProgrammeItem:
    """The moment as it is now, inside the writing transaction."""
    return queries.item_to_edit(db.session(), *ids) or abort(404)


def _back(ids: tuple[int, int]) -> Response:
    return redirect(url_for("ceremonies.show", ceremony_id=ids[0], _anchor=f"moment-{ids[1]}"))
