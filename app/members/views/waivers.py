"""Dues that are not asked of somebody: noting it, taking it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from app.access.gate import actor, requires
from app.database.unit import writing
from app.extensions import db
from app.members.forms.dues import WaiverForm
from app.members.policy import MemberAction
from app.members.queries.dues import named_together, period_by_id
from app.members.queries.standing import standing_of
from app.members.queries.waivers import waiver_by_id
from app.members.services import waiving
from app.members.views.ground import blueprint, dues_crumbs, household_of, paid_period
from app.people.fields import whole
from app.people.forms import blame
from app.shared import clock
from app.shared.errors import DomainError

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from app.members.models import DuesPeriod, DuesWaiver

    Page = Response | str | tuple[str, int]


@blueprint.route("/cotisations/<int:period_id>/dispense/<int:member_id>", methods=["GET", "POST"])
@requires(MemberAction.ASK_DUES, on=paid_period)
def waive(period: DuesPeriod) -> Page:
    """Note that a household does not have to pay all of its dues."""
    number = period.id
    home = household_of(period, whole(str((request.view_args or {}).get("member_id", ""))))
    standing = standing_of(db.session(), period)
    open_ones = [one for one in home if one.id not in standing.paid_up and one.until is None]
    form = WaiverForm().offer(open_ones)
    if not form.is_submitted():
        form.members.data = [str(one.id) for one in standing.who_owes(open_ones)]
    elif form.validate():
        command = form.command(open_ones)
        try:
            with writing() as unit:
                again = period_by_id(unit, number) or abort(404)
                waiving.waive(unit, again, command, by=actor(), at=clock.now())
            flash(_("La dispense est notée : cette somme n’est plus demandée."), "done")
            return redirect(url_for("members.period", period_id=number))
        except DomainError as error:
            blame(form, error.field, error.sentence)
    page = render_template(
        "members/waive.html",
        form=form,
        period=period,
        name=named_together(home),
        left=standing.left(open_ones),
        crumbs=dues_crumbs(period.body_id, period),
    )
    return page, 422 if form.errors or form.form_errors else 200


@blueprint.post("/dispenses/<int:waiver_id>/retirer")
@requires(MemberAction.ASK_DUES, on=waiver_by_id)
def take_waiver_back(waiver: DuesWaiver) -> Response:
    """Ask again for what was not asked."""
    number, period = waiver.id, waiver.period_id
    with writing() as unit:
        waiving.take_back(unit, waiver_by_id(unit, number) or abort(404), by=actor(), at=clock.now())
    flash(_("La dispense est retirée : la somme est de nouveau demandée."), "done")
    return redirect(url_for("members.period", period_id=period))
