"""Coming in and going out.

Opening the mailed link never uses it up: mail scanners open links too. Only its confirm button does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import redirect, render_template, request, session, url_for
from flask_babel import get_locale

from app.accounts import credentials, documents, queries
from app.accounts.forms import CodeForm, PasswordForm, SecondFactorForm, SignInForm
from app.accounts.gate import identity, public, signed_in
from app.accounts.models import Account, TokenPurpose
from app.accounts.services import accounts, signing_in
from app.accounts.views import cookie
from app.accounts.views.blueprint import (
    blueprint,
    go_on,
    limited,
    machine,
    remember_target,
    safe_target,
    say,
    settings,
)
from app.accounts.views.over import over
from app.database.unit import writing
from app.extensions import db
from app.mail import addresses
from app.shared import clock
from app.shared.errors import DomainError

if TYPE_CHECKING:
    from datetime import datetime

    from werkzeug.wrappers import Response

    Answer = str | Response | tuple[str, int]

HALFWAY_LASTS = 600


@blueprint.route("/connexion", methods=["GET", "POST"])
@public
def sign_in() -> Answer:
    """Ask for the address and send a link; the answer is the same whether or not it is known."""
    if identity().is_signed_in and request.method == "GET":
        return redirect(safe_target(request.args.get("suite")) or url_for("web.home"))
    form = SignInForm(suite=safe_target(request.args.get("suite")))
    if form.validate_on_submit():
        try:
            _send_link(form.email.data, safe_target(form.suite.data))
            return redirect(url_for("accounts.code"))
        except addresses.BadAddress as error:
            say(form, error, "email")
    personas = queries.personas(db.session(), on=clock.today()) if settings().demonstration else ()
    page = render_template("accounts/sign_in.html", form=form, personas=personas)
    return page, 422 if form.errors else 200


def _send_link(typed: str, target: str) -> None:
    now = clock.now()
    email = addresses.clean(typed)
    limited(("link", email, 5), ("link-machine", machine(), 30), at=now)
    link, code = credentials.new_link(), credentials.new_code()
    account = queries.account_at(db.session(), email)
    language = account.language if account is not None else str(get_locale())
    command = signing_in.AskForLink(
        email=email,
        link_hash=credentials.link_hash(link),
        code_hash=credentials.code_hash(code, of=email, key=settings().secret_key),
        letter=documents.sign_in_letter(email, link=link, code=code, language=language, after=target),
    )
    with writing() as unit:
        signing_in.ask_for_link(unit, command, at=now)
    session["asked"] = email
    remember_target(target)


@blueprint.route("/connexion/code", methods=["GET", "POST"])
@public
def code() -> Answer:
    """Say that a letter is under way, and take its short code."""
    form = CodeForm(email=session.get("asked", ""))
    if form.validate_on_submit():
        try:
            return come_in(_account_of_code(form, clock.now()), "code")
        except addresses.BadAddress as error:
            say(form, error, "email")
        except signing_in.WrongCode as error:
            say(form, error, "code")
    page = render_template("accounts/code.html", form=form, asked=session.get("asked"), sends=_sends_letters())
    return page, 422 if form.errors else 200


def _sends_letters() -> bool:
    """Whether a letter can leave from here: the demonstration shows its own, others need a server."""
    return bool(settings().mail_host) or settings().demonstration


def _account_of_code(form: CodeForm, now: datetime) -> Account:
    email = addresses.clean(session.get("asked") or form.email.data or "")
    limited(("code", email, 15), ("code-machine", machine(), 60), at=now)
    typed = credentials.code_hash(form.code.data, of=email, key=settings().secret_key)
    with writing() as unit:
        signing_in.count_code_attempt(unit, email, at=now)
    with writing() as unit:
        return signing_in.use_code(unit, email, typed, at=now)


@blueprint.route("/connexion/lien/<string:link>", methods=["GET", "POST"])
@public
def link(link: str) -> Answer:
    """Show a confirm button; only pressing it uses the link up."""
    now = clock.now()
    hashed = credentials.link_hash(link)
    if request.method == "POST":
        limited(("link-use", machine(), 60), at=now)
        try:
            with writing() as unit:
                account = signing_in.use_link(unit, hashed, at=now)
        except signing_in.LinkOver:
            return over(hashed, TokenPurpose.SIGN_IN)
        remember_target(request.args.get("suite"))
        return come_in(account, "link")
    token = queries.token(db.session(), hashed, purpose=TokenPurpose.SIGN_IN, at=now)
    if token is None or token.account_id is None:
        return over(hashed, TokenPurpose.SIGN_IN)
    return render_template("accounts/link.html", email=token.email)


@blueprint.route("/connexion/mot-de-passe", methods=["GET", "POST"])
@public
def password() -> Answer:
    """Come in with a password, for those who chose one."""
    form = PasswordForm(suite=safe_target(request.args.get("suite")))
    if form.validate_on_submit():
        try:
            account = _account_of_password(form)
            remember_target(form.suite.data)
            return come_in(account, "password")
        except DomainError as error:
            if error.status != 422:  # noqa: PLR2004  # too many attempts have a page of their own
                raise
            say(form, error, "password")
    return render_template("accounts/password_sign_in.html", form=form), 422 if form.errors else 200


def _account_of_password(form: PasswordForm) -> Account:
    now = clock.now()
    email = addresses.clean(form.email.data)
    limited(("password", email, 10), ("password-machine", machine(), 40), at=now)
    account = queries.account_at(db.session(), email)
    kept = "" if account is None else account.password_hash
    db.session.rollback()  # the hash takes its time: no transaction waits for it
    if not credentials.is_password(form.password.data, kept) or account is None:
        raise signing_in.WrongPassword
    if credentials.needs_new_hash(kept):
        renewed = credentials.hash_password(form.password.data)
        with writing():
            account.password_hash = renewed
    return account


@blueprint.route("/connexion/double-verification", methods=["GET", "POST"])
@public
def second_factor() -> Answer:
    """Ask for the one-time code of those who set one up."""
    account = _halfway()
    if account is None:
        return redirect(url_for("accounts.sign_in"))
    form = SecondFactorForm()
    if form.validate_on_submit():
        limited(("totp", f"account {account.id}", 5), at=clock.now())
        try:
            check_second_factor(account, form.code.data)
            return _enter(account, session["halfway"][2])
        except signing_in.WrongSecondFactor as error:
            say(form, error, "code")
    return render_template("accounts/second_factor.html", form=form), 422 if form.errors else 200


def check_second_factor(account: Account, typed: str) -> None:
    """Use a one-time code or one of the codes for a lost telephone up.

    :raises signing_in.WrongSecondFactor: when it is neither.
    """
    now = clock.now()
    digits = typed.replace(" ", "")
    step = credentials.totp_step(digits, account.totp_secret, at=now) if digits.isdecimal() else None
    spare = credentials.code_hash(typed, of=f"recovery {account.id}", key=settings().secret_key)
    with writing() as unit:
        if digits.isdecimal():
            signing_in.use_totp(unit, account, step)
        else:
            signing_in.use_recovery_code(unit, account, spare, at=now)


def come_in(account: Account, how: str) -> Response:
    """Go in, or to the second factor where one is set."""
    if account.totp_secret:
        session["halfway"] = [account.id, account.session_epoch, how, int(clock.now().timestamp())]
        return redirect(url_for("accounts.second_factor"))
    return _enter(account, how)


def _halfway() -> Account | None:
    """Who has given the first factor lately."""
    account_id, epoch, _how, when = session.get("halfway", (0, 0, "", 0))
    if clock.now().timestamp() - when > HALFWAY_LASTS:
        return None
    account = queries.account(db.session(), account_id)
    return account if account is not None and account.session_epoch == epoch else None


def _enter(account: Account, how: str) -> Response:
    with writing() as unit:
        signing_in.note_sign_in(unit, account, how=how, at=clock.now())
    cookie.enter(account)
    return redirect(go_on())


@blueprint.post("/deconnexion")
@public
def sign_out() -> Response:
    """Go out on this machine."""
    cookie.leave()
    return redirect(url_for("accounts.sign_in"))


@blueprint.post("/langue")
@public
def language() -> Response:
    """Speak another language: for this visit, or from now on for those who have an account."""
    wanted = request.form.get("language", "")
    if wanted in accounts.LANGUAGES:
        session["language"] = wanted
        if account_id := identity().account_id:
            with writing() as unit:
                accounts.choose_language(unit.get_one(Account, account_id), wanted)
    return redirect(safe_target(request.form.get("suite")) or url_for("web.home"))


@blueprint.post("/compte/organisme")
@signed_in
def switch_body() -> Response:
    """Look at the pages in the name of another body of one's own."""
    wanted = request.form.get("body_id", "")
    if wanted.isdecimal() and int(wanted) in identity().body_ids:
        with writing() as unit:
            accounts.choose_body(unit.get_one(Account, identity().account_id), int(wanted))
    return redirect(safe_target(request.form.get("suite")) or url_for("web.home"))
