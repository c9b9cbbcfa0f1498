"""Describing a twinning; trash and restore."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from app.access.gate import actor, requires
from app.database.unit import writing
from app.extensions import db
from app.people.forms import blame
from app.shared import clock
from app.shared.errors import DomainError, EditConflict
from app.twinnings import queries
from app.twinnings.forms import DescribeForm
from app.twinnings.policy import TwinningAction
from app.twinnings.services import dossiers
from app.twinnings.views.ground import acting_body_id, back, blueprint, plain_title

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from app.twinnings.models import Twinning, TwinningKind


@blueprint.route("/<int:twinning_id>/modifier", methods=["GET", "POST"])
@requires(TwinningAction.EDIT, on=queries.twinning_by_id)
def describe(twinning: Twinning) -> Response | str | tuple[str, int]:
    """Kind, title, themes, languages, a few sentences."""
    form = DescribeForm().prepare(_kinds(twinning))
    conflict: EditConflict | None = None
    number, acting = twinning.id, acting_body_id(twinning)
    if not form.is_submitted():
        form.show(twinning)
    elif form.validate():
        try:
            with writing() as session:
                dossiers.describe_twinning(
                    session,
                    twinning,
                    form.facts(),
                    revision=form.known_revision(),
                    by=actor(),
                    at=clock.now(),
                    acting=acting,
                )
            flash(_("La description est enregistrée."), "done")
            return back(number)
        except EditConflict as error:
            conflict = error
            form.revision.data = str(twinning.revision)
        except DomainError as error:
            blame(form, error.field, error.sentence)
    page = render_template(
        "twinnings/describe.html", form=form, twinning=twinning, title=plain_title(twinning), conflict=conflict
    )
    return page, 409 if conflict else 422 if form.errors else 200


@blueprint.post("/<int:twinning_id>/corbeille")
@requires(TwinningAction.TRASH, on=queries.twinning_by_id)
def trash(twinning: Twinning) -> Response:
    """Put the dossier in the trash."""
    acting = acting_body_id(twinning)
    with writing() as session:
        dossiers.trash_twinning(session, twinning, by=actor(), at=clock.now(), acting=acting)
    flash(_("Le dossier est à la corbeille : rien n’en est perdu."), "done")
    return redirect(url_for("twinnings.index"))


@blueprint.post("/<int:twinning_id>/restaurer")
@requires(TwinningAction.TRASH, on=queries.twinning_by_id)
def restore(twinning: Twinning) -> Response:
    """Take the dossier out of the trash."""
    number, acting = twinning.id, acting_body_id(twinning)
    with writing() as session:
        dossiers.restore_twinning(session, twinning, by=actor(), at=clock.now(), acting=acting)
    flash(_("Le dossier est sorti de la corbeille."), "done")
    return back(number)


def _kinds(twinning: Twinning) -> list[TwinningKind]:
    """Those that may be chosen, and the present one even when it is offered no longer."""
    offered = queries.kinds(db.session())
    return offered if any(kind.id == twinning.kind_id for kind in offered) else [twinning.kind, *offered]
