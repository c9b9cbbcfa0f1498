"""The kinds of twinning, kept by who runs the installation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from app.access.gate import actor, requires
from app.database.unit import writing
from app.extensions import db
from app.people.forms import blame
from app.shared import clock
from app.shared.errors import DomainError
from app.twinnings import queries
from app.twinnings.forms import KindForm
from app.twinnings.labels import kind_label
from app.twinnings.models import TwinningKind
from app.twinnings.policy import TwinningAction
from app.twinnings.services import kinds as services

if TYPE_CHECKING:
    from sqlalchemy.orm import Session
    from werkzeug.wrappers import Response

from app.twinnings.views.ground import blueprint


def kind_by_id(session: Session, kind_id: int) -> TwinningKind | None:
    """The kind of this identifier."""
    return session.get(TwinningKind, kind_id)


@blueprint.route("/genres", methods=["GET", "POST"])
@requires(TwinningAction.KINDS)
def kinds() -> Response | str | tuple[str, int]:
    """The list, and a form to add one."""
    form = KindForm()
    if form.validate_on_submit():
        try:
            with writing() as session:
                services.add_kind(session, form.label.data or "", by=actor(), at=clock.now())
            flash(_("Le genre est ajouté."), "done")
            return redirect(url_for("twinnings.kinds"))
        except DomainError as error:
            blame(form, error.field, error.sentence)
    page = render_template(
        "twinnings/kinds.html", form=form, kinds=queries.kinds(db.session(), retired=True), kind_label=kind_label
    )
    return page, 422 if form.errors else 200


@blueprint.route("/genres/<int:kind_id>/modifier", methods=["GET", "POST"])
@requires(TwinningAction.KINDS, on=kind_by_id)
def rename_kind(kind: TwinningKind) -> Response | str | tuple[str, int]:
    """Rename a kind."""
    form = KindForm()
    if not form.is_submitted():
        form.label.data = kind.label
    elif form.validate():
        try:
            with writing() as session:
                services.rename_kind(session, kind, form.label.data or "", by=actor(), at=clock.now())
            flash(_("Le genre est renommé."), "done")
            return redirect(url_for("twinnings.kinds"))
        except DomainError as error:
            blame(form, error.field, error.sentence)
    return render_template("twinnings/kind.html", form=form, kind=kind), 422 if form.errors else 200


@blueprint.post("/genres/<int:kind_id>/retirer")
@requires(TwinningAction.KINDS, on=kind_by_id)
def retire_kind(kind: TwinningKind) -> Response:
    """Offer a kind no longer, or again."""
    with writing() as session:
        services.retire_kind(session, kind, by=actor(), at=clock.now())
    flash(_("La liste des genres est à jour."), "done")
    return redirect(url_for("twinnings.kinds"))
