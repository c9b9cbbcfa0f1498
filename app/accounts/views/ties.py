"""« Sa fiche »: whose record an account is, said in one step by who administers the body."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import abort, flash, redirect, request, url_for
from flask_babel import gettext as _

from app.accounts import queries
from app.accounts.documents import tied_letters
from app.accounts.gate import actor, identity, requires
from app.accounts.policy import AccountAction
from app.accounts.services import ties
from app.accounts.views.access import grant_of, role_page
from app.accounts.views.blueprint import blueprint
from app.database.unit import writing
from app.extensions import db
from app.people.fields import whole
from app.shared import clock

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from app.accounts.models import RoleGrant

    Answer = str | Response | tuple[str, int]


@blueprint.post("/organismes/<int:body_id>/acces/<int:grant_id>/fiche")
@requires(AccountAction.TIE, on=grant_of)
def tie(grant: RoleGrant) -> Answer:
    """Say whose record the account is; the account, the record's address and who else administers are told."""
    wanted = whole(request.form.get("person"))
    person = queries.record_of(db.session(), wanted, grant.body_id)
    others = queries.administrators(db.session(), grant.body_id, on=clock.today())
    before = queries.account_tied_to(db.session(), wanted) if person is not None else None
    told = [*others, before] if before is not None else others
    letters = [] if person is None else tied_letters(grant.account, person, told, by=actor(), body=grant.body)
    command = ties.Tie(person_id=wanted, administered=identity().administered_body_ids, letters=letters)
    try:
        with writing() as unit:
            ties.tie(unit, grant, command, by=actor(), at=clock.now())
    except ties.NotTied as error:
        return role_page(_again(grant), error=error)
    account = grant.account
    flash(_("Le compte %(email)s est relié à la fiche de %(name)s.", email=account.email, name=_named(grant)), "done")
    if account.person is not None and not account.person.email:
        name = account.person.name
        flash(
            _(
                "Sa fiche ne donne pas d’adresse électronique : dites à %(name)s que ce compte est relié à sa fiche.",
                name=name,
            ),
            "wait",
        )
    return redirect(_back(grant))


@blueprint.post("/organismes/<int:body_id>/acces/<int:grant_id>/fiche/defaire")
@requires(AccountAction.TIE, on=grant_of)
def untie(grant: RoleGrant) -> Answer:
    """Take the tie away."""
    try:
        with writing() as unit:
            ties.untie(unit, grant, administered=identity().administered_body_ids, by=actor(), at=clock.now())
    except ties.NotTied as error:
        return role_page(_again(grant), error=error)
    flash(_("Ce compte n’est plus relié à une fiche."), "done")
    return redirect(_back(grant))


def _again(grant: RoleGrant) -> RoleGrant:
    """The role as it is kept, after what was refused."""
    return grant_of(db.session(), grant.body_id, grant.id) or abort(404)


def _back(grant: RoleGrant) -> str:
    return url_for("accounts.role", body_id=grant.body_id, grant_id=grant.id, _anchor="fiche")


def _named(grant: RoleGrant) -> str:
    person = grant.account.person
    return person.name if person is not None else grant.account.name
