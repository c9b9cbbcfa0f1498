"""« Sa fiche »: whose record an account is, said in one step by who administers the body."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _

from app.accounts.gate import actor, identity, requires
from app.accounts.policy import AccountAction
from app.accounts.services import ties
from app.accounts.views.access import grant_of
from app.accounts.views.blueprint import blueprint
from app.database.unit import writing
from app.people.fields import whole
from app.shared import clock

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from app.accounts.models import RoleGrant


@blueprint.post("/organismes/<int:body_id>/acces/<int:grant_id>/fiche")
@requires(AccountAction.TIE, on=grant_of)
def tie(grant: RoleGrant) -> Response:
    """Say whose record the account is."""
    wanted, administered = whole(request.form.get("person")), identity().administered_body_ids
    back = url_for("accounts.role", body_id=grant.body_id, grant_id=grant.id)
    with writing() as unit:
        ties.tie(unit, grant, wanted, administered=administered, by=actor(), at=clock.now())
        told = _("Le compte %(email)s est relié à la fiche de %(name)s.", email=grant.account.email, name=_named(grant))
    flash(told, "done")
    return redirect(back)


@blueprint.post("/organismes/<int:body_id>/acces/<int:grant_id>/fiche/defaire")
@requires(AccountAction.TIE, on=grant_of)
def untie(grant: RoleGrant) -> Response:
    """Take the tie away."""
    back = url_for("accounts.role", body_id=grant.body_id, grant_id=grant.id)
    with writing() as unit:
        ties.untie(unit, grant, administered=identity().administered_body_ids, by=actor(), at=clock.now())
    flash(_("Ce compte n’est plus relié à une fiche."), "done")
    return redirect(back)


def _named(grant: RoleGrant) -> str:
    person = grant.account.person
    return person.name if person is not None else grant.account.name
