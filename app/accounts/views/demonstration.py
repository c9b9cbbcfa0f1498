"""The demonstration's persons: one click and one is them. Never in production."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import abort, redirect, render_template, url_for

from app.accounts import queries
from app.accounts.gate import public
from app.accounts.services import signing_in
from app.accounts.views import cookie
from app.accounts.views.blueprint import blueprint, settings
from app.database.unit import writing
from app.extensions import db
from app.shared import clock

if TYPE_CHECKING:
    from werkzeug.wrappers import Response


@blueprint.get("/demonstration")
@public
def personas() -> str:
    """Introduce the persons of the demonstration."""
    if not settings().demonstration:
        abort(404)
    return render_template("accounts/personas.html", personas=queries.personas(db.session(), on=clock.today()))


@blueprint.post("/demonstration/entrer/<int:account_id>")
@public
def enter_demonstration(account_id: int) -> Response:
    """Be one of them; where the demonstration is off, and for real accounts, this door does not exist."""
    if not settings().demonstration:
        abort(404)
    with writing() as unit:
        account = queries.account(unit, account_id)
        if account is None or not account.is_persona:
            abort(404)
        signing_in.note_sign_in(unit, account, how="persona", at=clock.now())
    cookie.enter(account)
    return redirect(url_for("web.home"))
