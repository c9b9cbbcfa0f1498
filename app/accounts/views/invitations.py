"""Taking an invitation up, and confirming a new address: like every mailed link, only the button counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import abort, flash, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from flask_babel import refresh

from app.accounts import credentials, documents, queries
from app.accounts.gate import identity, public, signed_in
from app.accounts.models import TokenPurpose
from app.accounts.services import addresses as mailbox
from app.accounts.services import invitations
from app.accounts.services.accounts import AddressTaken
from app.accounts.services.signing_in import LinkOver
from app.accounts.views import cookie
from app.accounts.views.blueprint import blueprint, limited, machine, remember_target
from app.accounts.views.over import over
from app.accounts.views.sign_in import come_in
from app.bodies.doubles import doubles_among
from app.bodies.models import Body
from app.database.unit import writing
from app.extensions import db
from app.shared import clock

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from app.accounts.models import Account

    Answer = str | Response | tuple[str, int]


@blueprint.route("/invitation/<string:link>", methods=["GET", "POST"])
@public
def invitation(link: str) -> Answer:
    """Say who invites, into what; the button accepts and lets in."""
    now, hashed = clock.now(), credentials.link_hash(link)
    if request.method == "POST":
        limited(("link-use", machine(), 60), at=now)
        try:
            with writing() as unit:
                account = invitations.accept(unit, hashed, at=now)
        except LinkOver:
            return over(hashed, TokenPurpose.INVITATION)
        if (second := _second_record(account)) is not None:
            remember_target(second)
        return come_in(account, "invitation")
    token = queries.token(db.session(), hashed, purpose=TokenPurpose.INVITATION, at=now)
    body = None if token is None or token.body_id is None else db.session.get(Body, token.body_id)
    if token is None or body is None:
        return over(hashed, TokenPurpose.INVITATION)
    if not identity().is_signed_in and "language" not in session:
        session["language"] = token.language  # who is invited reads the inviter's choice until they make their own
        refresh()
    return render_template("accounts/invitation.html", token=token, body=body)


@blueprint.post("/invitations/<int:token_id>/accepter")
@signed_in
def take_up(token_id: int) -> Response:
    """Accept an invitation of one's own address from the home page: the account holds that mailbox."""
    now, account = clock.now(), queries.account(db.session(), identity().account_id or 0)
    waiting = queries.invitations_of_address(db.session(), account.email, at=now) if account is not None else ()
    token = next((token for token in waiting if token.id == token_id), None)
    if token is None:
        abort(404)
    with writing() as unit:
        account = invitations.take_up(unit, token, at=now)
    flash(_("L’invitation est acceptée."), "done")
    return redirect(_second_record(account) or url_for("web.home"))


def _second_record(account: Account) -> str | None:
    """The page that says which record is which, when the body just entered may be one that the person had already."""
    who = queries.identity(db.session(), account_id=account.id, epoch=account.session_epoch, on=clock.today())
    found = doubles_among(db.session(), who.written_body_ids).values()
    entered = account.current_body_id
    number = next((one.second.id for one in found if entered in {one.first.id, one.second.id}), None)
    return None if number is None else url_for("bodies.page", body_id=number)


@blueprint.route("/adresse/<string:link>", methods=["GET", "POST"])
@public
def confirm_address(link: str) -> Answer:
    """Confirm a new address from its own mailbox."""
    now, hashed = clock.now(), credentials.link_hash(link)
    token = queries.token(db.session(), hashed, purpose=TokenPurpose.NEW_ADDRESS, at=now)
    account = None if token is None or token.account_id is None else queries.account(db.session(), token.account_id)
    if token is None or account is None:
        return over(hashed, TokenPurpose.NEW_ADDRESS)
    if request.method == "GET":
        return render_template("accounts/confirm_address.html", email=token.email)
    limited(("link-use", machine(), 60), at=now)
    letter = documents.address_changed_letter(account, new=token.email)
    try:
        with writing() as unit:
            account = mailbox.confirm_address(unit, hashed, letter, at=now)
    except (LinkOver, AddressTaken):
        return over(hashed, TokenPurpose.NEW_ADDRESS)
    if identity().account_id == account.id:
        cookie.renew(account)
    flash(_("Votre adresse est changée. Les autres appareils sont déconnectés."), "done")
    return redirect(url_for("accounts.me"))
