"""The person's own account."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, request, session, url_for
from flask_babel import gettext as _

from app.accounts import credentials, documents, queries
from app.accounts.forms import NewAddressForm, NewPasswordForm, ProfileForm, SecondFactorForm, TotpForm
from app.accounts.gate import identity, signed_in
from app.accounts.models import Account
from app.accounts.services import addresses as mailbox
from app.accounts.services import own_account, signing_in
from app.accounts.views import cookie
from app.accounts.views.blueprint import blueprint, go_on, limited, say, settings
from app.accounts.views.sign_in import check_second_factor
from app.database.unit import writing
from app.extensions import db
from app.mail import addresses
from app.shared import clock

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    Answer = str | Response | tuple[str, int]


def _me() -> Account:
    return db.session.get_one(Account, identity().account_id)


@blueprint.route("/compte", methods=["GET", "POST"])
@signed_in
def me() -> Answer:
    """The account: name, language, ways in, roles."""
    account = _me()
    form = ProfileForm(name="" if identity().is_unnamed else account.name, language=account.language)
    if form.validate_on_submit():
        with writing() as unit:
            own_account.rename(unit, account, name=form.name.data, language=form.language.data, at=clock.now())
        session.pop("language", None)
        flash(_("C’est enregistré."), "done")
        return redirect(go_on() if "accueil" in request.form else url_for("accounts.me"))
    page = render_template(
        "accounts/me.html",
        account=account,
        form=form,
        codes_left=queries.recovery_codes_left(db.session(), account.id),
        grants=queries.roles_of_account(db.session(), account.id, on=clock.today()),
    )
    return page, 422 if form.errors else 200


@blueprint.route("/compte/mot-de-passe", methods=["GET", "POST"])
@signed_in
def own_password() -> Answer:
    """Choose a password or another one."""
    account, form = _me(), NewPasswordForm()
    form.email = account.email
    if form.validate_on_submit():
        limited(("own-password", f"account {account.id}", 10), at=clock.now())
        kept = account.password_hash
        db.session.rollback()  # the hash takes its time: no transaction waits for it
        if kept and not credentials.is_password(form.password.data or "", kept):
            form.password.errors = [_("Ce n’est pas votre mot de passe actuel.")]
        else:
            _keep(credentials.hash_password(form.new_password.data))
            flash(_("Votre mot de passe est enregistré. Les autres appareils sont déconnectés."), "done")
            return redirect(url_for("accounts.me"))
    return render_template("accounts/own_password.html", account=account, form=form), 422 if form.errors else 200


@blueprint.post("/compte/mot-de-passe/retirer")
@signed_in
def remove_password() -> Response:
    """Come in by mailed links only."""
    _keep("")
    flash(_("Votre mot de passe est retiré : vous entrez par le lien du message."), "done")
    return redirect(url_for("accounts.me"))


def _keep(password_hash: str) -> None:
    with writing() as unit:
        account = unit.get_one(Account, identity().account_id)
        own_account.set_password(unit, account, password_hash, at=clock.now())
    cookie.renew(account)


@blueprint.route("/compte/double-verification", methods=["GET", "POST"])
@signed_in
def totp() -> Answer:
    """Set a second factor up: the application reads the picture, its first code proves it."""
    account, form = _me(), TotpForm()
    if account.totp_secret:
        return redirect(url_for("accounts.me"))
    secret = session.setdefault("totp", credentials.new_totp_secret())
    if form.validate_on_submit():
        limited(("totp-setup", f"account {account.id}", 10), at=clock.now())
        step = credentials.totp_step(form.code.data, secret, at=clock.now())
        if step is not None:
            codes = _set_totp(secret, step)
            return render_template("accounts/recovery_codes.html", codes=codes)
        say(form, signing_in.WrongSecondFactor(), "code")
    address = credentials.totp_address(secret, account=account.email, issuer="Trait d’union")
    import segno  # noqa: PLC0415  # nothing else draws

    picture = segno.make(address, micro=False).svg_data_uri(scale=5, border=2, dark="#1c2741", light="#fffdf8")
    page = render_template("accounts/totp.html", form=form, picture=picture, secret=credentials.grouped(secret))
    return page, 422 if form.errors else 200


def _set_totp(secret: str, step: int) -> list[str]:
    codes, key = credentials.new_recovery_codes(), settings().secret_key
    hashes = [credentials.code_hash(code, of=f"recovery {identity().account_id}", key=key) for code in codes]
    with writing() as unit:
        account = unit.get_one(Account, identity().account_id)
        own_account.set_totp(unit, account, secret=secret, step=step, codes=hashes, at=clock.now())
    session.pop("totp", None)
    cookie.renew(account)
    return codes


@blueprint.route("/compte/double-verification/retirer", methods=["GET", "POST"])
@signed_in
def remove_totp() -> Answer:
    """Ask for one factor only; whoever found an open browser cannot, for want of a code."""
    account, form = _me(), SecondFactorForm()
    if not account.totp_secret:
        return redirect(url_for("accounts.me"))
    if form.validate_on_submit():
        limited(("totp", f"account {account.id}", 5), at=clock.now())
        try:
            check_second_factor(account, form.code.data)
            with writing() as unit:
                own_account.unset_totp(unit, account, at=clock.now())
            flash(_("La double vérification est retirée."), "done")
            return redirect(url_for("accounts.me"))
        except signing_in.WrongSecondFactor as error:
            say(form, error, "code")
    return render_template("accounts/remove_totp.html", form=form), 422 if form.errors else 200


@blueprint.post("/compte/sessions/terminer")
@signed_in
def end_sessions() -> Response:
    """Go out everywhere, here too."""
    with writing() as unit:
        own_account.end_all_sessions(unit, unit.get_one(Account, identity().account_id), at=clock.now())
    cookie.leave()
    flash(_("Vous êtes déconnecté de tous les appareils."), "done")
    return redirect(url_for("accounts.sign_in"))


@blueprint.route("/compte/adresse", methods=["GET", "POST"])
@signed_in
def own_address() -> Answer:
    """Ask to be reached elsewhere; the change is confirmed from the new mailbox."""
    account, form = _me(), NewAddressForm()
    if form.validate_on_submit():
        try:
            email = addresses.clean(form.email.data)
            _ask_for_address(account, email)
            flash(_("Un message part à %(email)s. L’adresse change quand vous l’aurez confirmée.", email=email), "done")
            return redirect(url_for("accounts.me"))
        except addresses.BadAddress as error:
            say(form, error, "email")
    return render_template("accounts/own_address.html", account=account, form=form), 422 if form.errors else 200


def _ask_for_address(account: Account, email: str) -> None:
    now, link = clock.now(), credentials.new_link()
    limited(("address", f"account {account.id}", 5), at=now)
    command = mailbox.AskForAddress(
        email=email,
        link_hash=credentials.link_hash(link),
        letter=documents.new_address_letter(email, name=account.name, link=link, language=account.language),
    )
    with writing() as unit:
        mailbox.ask_for_address(unit, account, command, at=now)
