"""Models of letters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from app.access.gate import actor, requires
from app.database.unit import writing
from app.extensions import db
from app.mailing import queries
from app.mailing.forms import ModelForm
from app.mailing.policy import MailingAction
from app.mailing.services import writing as letters
from app.mailing.views.blueprint import blueprint, model_again
from app.mailing.views.letters import answer
from app.members.queries.roll import roll_of
from app.people.forms import blame
from app.shared import clock
from app.shared.errors import DomainError, EditConflict

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from app.mailing.models import MailingModel
    from app.members.queries.roll import Roll

    Page = Response | str | tuple[str, int]


@blueprint.get("/comites/<int:body_id>/modeles")
@requires(MailingAction.WRITE, on=roll_of)
def models(roll: Roll) -> str:
    """The models of a committee."""
    return render_template("mailing/models.html", body=roll.body, models=queries.models_of(db.session(), roll.body.id))


@blueprint.route("/comites/<int:body_id>/modeles/nouveau", methods=["GET", "POST"])
@requires(MailingAction.WRITE, on=roll_of)
def new_model(roll: Roll) -> Page:
    """Keep a new model."""
    body, form = roll.body, ModelForm()
    number = body.id
    if form.validate_on_submit():
        try:
            with writing() as unit:
                letters.keep_model(unit, body, form.facts(), by=actor(), at=clock.now())
            flash(_("Le modèle est gardé."), "done")
            return redirect(url_for("mailing.models", body_id=number))
        except DomainError as error:
            blame(form, error.field, error.sentence)
    return answer("mailing/model.html", form, body=body, model=None, conflict=None)


@blueprint.route("/modeles/<int:model_id>", methods=["GET", "POST"])
@requires(MailingAction.EDIT, on=queries.model_by_id)
def edit_model(model: MailingModel) -> Page:
    """Change a model."""
    number, body, form, conflict = model.id, model.body, ModelForm(), None
    body_id = body.id
    if not form.is_submitted():
        form.show(model)
    elif form.validate():
        try:
            with writing() as unit:
                held = model_again(number)
                letters.keep_model(unit, held.body, form.facts(), held, by=actor(), at=clock.now())
            flash(_("Le modèle est gardé."), "done")
            return redirect(url_for("mailing.models", body_id=body_id))
        except EditConflict as error:
            conflict = error
            form.revision.data = str(model_again(number).revision)
        except DomainError as error:
            blame(form, error.field, error.sentence)
    return answer("mailing/model.html", form, body=body, model=model, conflict=conflict)


@blueprint.post("/modeles/<int:model_id>/corbeille")
@requires(MailingAction.EDIT, on=queries.model_by_id)
def trash_model(model: MailingModel) -> Response:
    """Put a model in the trash; its page takes it out again."""
    number = model.id
    with writing() as unit:
        letters.trash_model(unit, model_again(number), by=actor(), at=clock.now())
    flash(_("Le modèle est à la corbeille."), "done")
    return redirect(url_for("mailing.edit_model", model_id=number))


@blueprint.post("/modeles/<int:model_id>/restaurer")
@requires(MailingAction.EDIT, on=queries.model_by_id)
def restore_model(model: MailingModel) -> Response:
    """Take a model out of the trash."""
    number, body_id = model.id, model.body_id
    with writing() as unit:
        letters.restore_model(unit, model_again(number), by=actor(), at=clock.now())
    flash(_("Le modèle est sorti de la corbeille."), "done")
    return redirect(url_for("mailing.models", body_id=body_id))
