"""Leaving the list by the link in a letter, without an account; a machine may do it with one POST (RFC 8058)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import abort, render_template, request
from flask_babel import gettext as _

from app.access.gate import public
from app.database.unit import writing
from app.extensions import csrf, db
from app.mailing import queries
from app.mailing.links import read_token
from app.mailing.services import leaving as services
from app.mailing.views.blueprint import blueprint
from app.shared import clock

if TYPE_CHECKING:
    from app.bodies.models import Body


def _whose(token: str) -> tuple[Body, str]:
    return read_token(db.session(), token) or abort(404)


@blueprint.get("/desinscription/<string:token>")
@public
def leave(token: str) -> str:
    """Ask once: a link that a machine looked at changes nothing."""
    body, address = _whose(token)
    known = queries.known_address(db.session(), body.id, address)
    return _page(token, body, address, has_left=known is not None and known.opposed_at is not None)


@blueprint.post("/desinscription/<string:token>")
@public
def left(token: str) -> str:
    """End the news; or, with the button for it, let them come again."""
    body, address = _whose(token)
    returns = "revenir" in request.form
    with writing() as session:
        held, _address = _whose(token)
        if returns:
            services.subscribe_again(session, held, address, at=clock.now())
        else:
            services.unsubscribe(session, held, address, at=clock.now())
    body, address = _whose(token)
    return _page(token, body, address, has_left=not returns)


csrf.exempt(left)  # a mail program posts without having been here (RFC 8058)


def _page(token: str, body: Body, address: str, *, has_left: bool) -> str:
    title = _("Vous ne recevrez plus ces nouvelles") if has_left else _("Ne plus recevoir ces nouvelles ?")
    return render_template(
        "mailing/leave.html", token=token, body=body, address=address, has_left=has_left, title=title
    )
