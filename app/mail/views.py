"""The letters that left, wait or were refused; in the demonstration, the letters themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.access.gate import identity, requires
from app.database.unit import writing
from app.extensions import db
from app.mail import queries, services
from app.mail.keepers import kept_by
from app.mail.models import MessageState
from app.mail.policy import MailAction
from app.shared import clock

if TYPE_CHECKING:
    from flask import Flask
    from werkzeug.wrappers import Response

    from app.mail.models import OutboxMessage

blueprint = Blueprint("mail", __name__)

STATES = {
    MessageState.WAITING: (_l("en attente"), "wait"),
    MessageState.SENDING: (_l("en cours d’envoi"), "info"),
    MessageState.SENT: (_l("parti"), "done"),
    MessageState.FAILED: (_l("refusé"), "stop"),
    MessageState.SHOWN: (_l("montré ici, pas envoyé"), "info"),
}


@blueprint.get("/courriers")
@requires(MailAction.LIST)
def outbox() -> str:
    """The letters of the bodies that the person administers, and in what state they are.

    Whoever runs the installation, often the town hall, sees to it that letters leave; to whom a body writes is that
    body's own (the members of an association: Conseil d’État, 28 March 1997, Solana). Until the first person of a body
    has come, whoever keeps it and invited that person sees the invitation.
    """
    who = identity()
    before = request.args.get("avant", "")
    own = who.administered_body_ids | kept_by(db.session(), who.administered_body_ids)
    messages, older = queries.outbox_page(
        db.session(),
        body_ids=None if who.is_instance_administrator else own,
        before=int(before) if before.isascii() and before.isdecimal() and len(before) < 10 else None,  # noqa: PLR2004
    )
    page = {"previous_url": None, "next_url": url_for("mail.outbox", avant=older) if older else None}
    return render_template(
        "mail/outbox.html",
        messages=messages,
        page=page,
        states=STATES,
        shows_text=current_app.config["SETTINGS"].demonstration,
        mail_host=current_app.config["SETTINGS"].mail_host,
        is_told=lambda message: message.body_id is None or message.body_id in own,
        may_resend=MailAction.RESEND,
    )


@blueprint.post("/courriers/<int:message_id>/renvoyer")
@requires(MailAction.RESEND, on=queries.message)
def resend(message: OutboxMessage) -> Response:
    """Try again to send a letter that was refused."""
    if message.state == MessageState.FAILED:
        with writing() as unit:
            services.try_again(unit, message, at=clock.now())
        flash(_("Le courrier repart : il est de nouveau en attente."), "done")
    return redirect(url_for("mail.outbox"))


def install(app: Flask) -> None:
    """Open the pages."""
    app.register_blueprint(blueprint)
