"""Delegations of a commune to its committee."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import abort, flash, redirect, url_for
from flask_babel import gettext as _

from app.access.gate import actor, requires
from app.council.forms import choices, whole
from app.council.views.parts import answer
from app.database.unit import writing
from app.extensions import db
from app.founding import queries
from app.founding.forms import DelegationForm
from app.founding.policy import FoundingAction
from app.founding.services import delegating as services
from app.founding.views.blueprint import blueprint
from app.people.forms import blame
from app.shared import clock
from app.shared.errors import DomainError, EditConflict

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from app.bodies.models import Body
    from app.founding.models import Delegation


def _offered(form: DelegationForm, body_id: int) -> DelegationForm:
    acts = queries.acts_of_commune(db.session(), body_id)
    form.act.choices = choices([("", _("aucune")), *((str(one.id), f"{one.number} – {one.title}") for one in acts)])
    return form


def _facts(form: DelegationForm, body_id: int) -> services.DelegationFacts:
    wanted = whole(form.act.data)
    act = next((one for one in queries.acts_of_commune(db.session(), body_id) if one.id == wanted), None)
    return services.DelegationFacts(
        about=form.about.data or "",
        since=form.since.sure,
        until=form.until.day,
        act=act,
        act_reference=form.act_reference.data or "",
    )


def _warn(about: str) -> None:
    if said := services.money_said(about):
        flash(str(said), "info")


@blueprint.route("/communes/<int:body_id>/delegations/nouvelle", methods=["GET", "POST"])
@requires(FoundingAction.DELEGATE, on=queries.commune_to_found_for)
def delegate(body: Body) -> Response | str | tuple[str, int]:
    """Note what the commune lets its committee do in its name."""
    number, form = body.id, _offered(DelegationForm(), body.id)
    committees = queries.committees_to_delegate_to(db.session(), number)
    form.delegate.choices = choices((str(one.id), one.name) for one in committees)
    if form.validate_on_submit():
        wanted = whole(form.delegate.data)
        try:
            with writing() as session:
                offered = queries.committees_to_delegate_to(session, number)
                committee = next((one for one in offered if one.id == wanted), None) or abort(404)
                services.delegate(session, body, committee, _facts(form, number), by=actor(), at=clock.now())
            flash(_("La délégation est notée."), "done")
            _warn(form.about.data or "")
            return redirect(url_for("bodies.page", body_id=number))
        except DomainError as error:
            blame(form, error.field, error.sentence)
    return answer("founding/delegation.html", form, body=body, delegation=None, conflict=None)


@blueprint.route("/delegations/<int:delegation_id>", methods=["GET", "POST"])
@requires(FoundingAction.EDIT_DELEGATION, on=queries.delegation_by_id)
def edit_delegation(held: Delegation) -> Response | str | tuple[str, int]:
    """Correct or end a delegation."""
    number, body, conflict = held.id, held.commune, None
    commune_id = body.id
    form = _offered(DelegationForm(), commune_id)
    del form.delegate
    if not form.is_submitted():
        form.show(held)
    elif form.validate():
        try:
            with writing() as session:
                found = queries.delegation_by_id(session, number) or abort(404)
                services.correct_delegation(
                    session,
                    found,
                    _facts(form, commune_id),
                    revision=whole(form.revision.data),
                    by=actor(),
                    at=clock.now(),
                )
            flash(_("La délégation est enregistrée."), "done")
            _warn(form.about.data or "")
            return redirect(url_for("bodies.page", body_id=commune_id))
        except EditConflict as error:
            conflict = error
        except DomainError as error:
            blame(form, error.field, error.sentence)
    return answer(
        "founding/delegation.html", form, body=body, delegation=held, conflict=conflict, wrong=conflict is not None
    )


@blueprint.post("/delegations/<int:delegation_id>/corbeille")
@requires(FoundingAction.EDIT_DELEGATION, on=queries.delegation_by_id)
def trash_delegation(held: Delegation) -> Response:
    """Take back a delegation that was noted by mistake."""
    number = held.id
    with writing() as session:
        found = queries.delegation_by_id(session, number) or abort(404)
        services.trash_delegation(session, found, by=actor(), at=clock.now())
    flash(_("La délégation est à la corbeille ; ouvrez-la de nouveau pour la remettre en place."), "done")
    return redirect(url_for("founding.edit_delegation", delegation_id=number))


@blueprint.post("/delegations/<int:delegation_id>/restaurer")
@requires(FoundingAction.EDIT_DELEGATION, on=queries.delegation_by_id)
def restore_delegation(held: Delegation) -> Response:
    """Take a delegation out of the trash."""
    number = held.id
    with writing() as session:
        found = queries.delegation_by_id(session, number) or abort(404)
        services.restore_delegation(session, found, by=actor(), at=clock.now())
    flash(_("La délégation est remise en place."), "done")
    return redirect(url_for("founding.edit_delegation", delegation_id=number))
