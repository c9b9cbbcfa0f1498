"""Dues: periods, payments with receipts, who has not paid yet."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from app.access.gate import actor, identity, may, requires
from app.accounts.replying import answers_to
from app.database.unit import writing
from app.extensions import db
from app.members.documents.receipt import letters_pdf, receipt_pdf
from app.members.firsts import first_of
from app.members.forms.dues import CancelForm, PaymentForm, period_form
from app.members.labels import MEANS_NAMES
from app.members.models import Means
from app.members.policy import MemberAction, is_an_association
from app.members.queries.dues import (
    PAGE,
    debts_of,
    named_together,
    not_paid_yet,
    others_asked,
    page_of_payments,
    payment_by_id,
    payments_for,
    period_by_id,
    periods_of,
    totals_of,
    with_people,
)
from app.members.queries.roll import categories_of, roll_of
from app.members.queries.standing import standing_of
from app.members.queries.waivers import page_of_waivers
from app.members.services import dues as services
from app.members.views.ground import (
    blueprint,
    body_again,
    crumbs,
    dues_crumbs,
    household_of,
    paid_period,
    pdf,
    treasurer_of,
)
from app.people.fields import whole
from app.people.forms import blame
from app.people.paging import leaf_of, place_of
from app.shared import clock
from app.shared.conflicts import both_texts
from app.shared.errors import DomainError, EditConflict
from app.shared.marks import moment_mark, read_mark

if TYPE_CHECKING:
    from flask import Response as FlaskResponse
    from werkzeug.wrappers import Response

    from app.members.models import DuesPeriod, DuesWaiver, Payment
    from app.members.queries.roll import Roll

    Page = Response | str | tuple[str, int]


@blueprint.get("/<int:body_id>/cotisations")
@requires(MemberAction.READ, on=roll_of)
def dues(roll: Roll) -> str:
    """The periods of a committee, and its payments, the newest first."""
    session, body = db.session(), roll.body
    after = _after(request.args.get("apres", ""))
    found = page_of_payments(session, body.id, after=after)
    page, more = found[:PAGE], len(found) > PAGE
    last = f"{page[-1].paid_on.isoformat()}~{page[-1].id}" if page else ""
    periods = periods_of(session, body.id)
    return render_template(
        "members/dues.html",
        body=body,
        periods=[(one, totals_of(session, one.id)) for one in periods[:10]],
        payments=page,
        receipt_name=services.receipt_name,
        means=MEANS_NAMES,
        means_of=Means,
        pages={
            "previous_url": url_for("members.dues", body_id=body.id) if after else None,
            "next_url": url_for("members.dues", body_id=body.id, apres=last) if more else None,
        },
        may_keep=may(MemberAction.ASK_DUES, roll),
        refused="" if is_an_association.check(identity(), roll) else is_an_association.reason,
        crumbs=crumbs(body),
    )


@blueprint.route("/<int:body_id>/cotisations/nouvelle", methods=["GET", "POST"])
@requires(MemberAction.ASK_DUES, on=roll_of)
def new_period(roll: Roll) -> Page:
    """Ask dues for a new period."""
    session, number = db.session(), roll.body.id
    categories = categories_of(session, number)
    form = period_form(categories)()
    if not form.is_submitted():
        before = next(iter(periods_of(session, number)), None)
        year = before.ends_on.year + 1 if before else clock.today().year
        form.suggest(year, before, first_of(session, number), on=clock.today())
    if form.validate_on_submit():
        try:
            command = form.command()
            with writing() as unit:
                made = services.open_period(unit, body_again(number), command, by=actor(), at=clock.now())
                made_id = made.id
            flash(_("La période est ouverte."), "done")
            return redirect(url_for("members.period", period_id=made_id))
        except DomainError as error:
            blame(form, error.field, error.sentence)
    page = render_template(
        "members/period_form.html", form=form, body=roll.body, period=None, crumbs=dues_crumbs(roll.body.id, roll)
    )
    return page, 422 if form.errors or form.form_errors else 200


@blueprint.get("/cotisations/<int:period_id>")
@requires(MemberAction.READ, on=period_by_id)
def period(period: DuesPeriod) -> str:
    """A period: its amounts, what came in, who has not paid yet."""
    session, today, now = db.session(), clock.today(), clock.now()
    debts = debts_of(session, period, on=today)
    leaf = leaf_of(debts, lambda one: one.place, after=place_of(request.args.get("apres", "")), size=PAGE)
    waivers, waiver_pages = _waivers(period)
    return render_template(
        "members/period.html",
        period=period,
        body=period.body,
        totals=totals_of(session, period.id),
        owing=with_people(session, period, leaf.rows, on=today),
        households=len(debts),
        pages={
            "previous_url": None if leaf.before is None else _page_url(period, "impayes", apres=leaf.before),
            "next_url": None if leaf.following is None else _page_url(period, "impayes", apres=leaf.following),
        },
        by_mail=sum(one.has_email and not services.is_fresh(one.reminded_at, now) for one in debts),
        by_letter=sum(not one.has_email for one in debts),
        is_due=today > period.due_on,
        missing=sum((one.counted for one in debts), start=0),
        waivers=waivers,
        waiver_pages=waiver_pages,
        answers_to=answers_to(period.body),
        may_keep=may(MemberAction.ASK_DUES, period),
        crumbs=dues_crumbs(period.body_id, period),
    )


def _waivers(period: DuesPeriod) -> tuple[list[DuesWaiver], dict[str, str | None]]:
    """A page of the waivers, the first one where nothing stands after the place asked for, and its neighbours."""
    since = read_mark(request.args.get("dispenses", ""))
    found = page_of_waivers(db.session(), period.id, after=since)
    if since and not found:
        since, found = None, page_of_waivers(db.session(), period.id)
    page = found[:PAGE]
    last = moment_mark(page[-1].granted_at, page[-1].id) if len(found) > PAGE else ""
    return page, {
        "previous_url": _page_url(period, "dispenses", dispenses="") if since else None,
        "next_url": _page_url(period, "dispenses", dispenses=last) if last else None,
    }


def _page_url(period: DuesPeriod, section: str, **begins: str) -> str:
    """The same page with other rows of one section; the other section stays where it is."""
    now = {name: request.args.get(name, "") for name in ("apres", "dispenses")}
    marks: dict[str, Any] = {name: mark for name, mark in (now | begins).items() if mark}
    return url_for("members.period", period_id=period.id, **marks, _anchor=section)


@blueprint.route("/cotisations/<int:period_id>/modifier", methods=["GET", "POST"])
@requires(MemberAction.ASK_DUES, on=period_by_id)
def edit_period(period: DuesPeriod) -> Page:
    """Correct a period and its amounts."""
    number, conflict = period.id, None
    categories = categories_of(db.session(), period.body_id)
    form = period_form(categories)()
    if not form.is_submitted():
        form.show(period)
    if form.validate_on_submit():
        try:
            command, revision = form.command(), whole(form.revision.data)
            with writing() as unit:
                again = period_by_id(unit, number) or abort(404)
                services.correct_period(unit, again, command, revision=revision, by=actor(), at=clock.now())
            flash(_("La période est enregistrée ; les reçus déjà donnés gardent leurs sommes."), "done")
            return redirect(url_for("members.period", period_id=number))
        except EditConflict:
            conflict = both_texts(form, period_form(categories)(formdata=None).show(period))
        except DomainError as error:
            blame(form, error.field, error.sentence)
    crumbs = dues_crumbs(period.body_id, period)
    page = render_template(
        "members/period_form.html", form=form, body=period.body, period=period, crumbs=crumbs, conflict=conflict
    )
    return page, 409 if conflict else 422 if form.errors or form.form_errors else 200


@blueprint.route("/cotisations/<int:period_id>/paiement/<int:member_id>", methods=["GET", "POST"])
@requires(MemberAction.ASK_DUES, on=paid_period)
def pay(period: DuesPeriod) -> Page:
    """Note what a household paid; the receipt is made at once."""
    session, number = db.session(), period.id
    home = household_of(period, whole(str((request.view_args or {}).get("member_id", ""))))
    standing, receipts = standing_of(session, period), payments_for(session, number, [one.id for one in home])
    open_ones = [one for one in home if one.id not in standing.paid_up and one.until is None]
    form = PaymentForm().offer(home)
    if not form.is_submitted():
        form.suggest(standing.who_owes(open_ones) or open_ones or home, standing.left(open_ones), clock.today())
    if form.validate_on_submit():
        try:
            command = form.command(home, treasurer_of(period.body))
            with writing() as unit:
                made = services.record_payment(
                    unit, period_by_id(unit, number) or abort(404), command, by=actor(), at=clock.now()
                )
                made_id, name = made.id, services.receipt_name(made)
            flash(_("Le paiement est noté, avec le reçu no %(name)s.", name=name), "done")
            return redirect(url_for("members.payment", payment_id=made_id))
        except DomainError as error:
            blame(form, error.field, error.sentence)
    page = render_template(
        "members/pay.html",
        form=form,
        period=period,
        home=home,
        paid={one: services.receipt_name(payment) for one, payment in receipts.items() if one in standing.paid_up},
        received=standing.received(open_ones),
        left=standing.left(open_ones),
        others=others_asked(session, standing, home),
        waive_url=url_for("members.waive", period_id=number, member_id=home[0].id) if open_ones else "",
        name=named_together(home),
        crumbs=dues_crumbs(period.body_id, period),
    )
    return page, 422 if form.errors or form.form_errors else 200


@blueprint.get("/paiements/<int:payment_id>")
@requires(MemberAction.READ, on=payment_by_id)
def payment(payment: Payment) -> str:
    """A payment and its receipt."""
    return render_template(
        "members/payment.html",
        payment=payment,
        body=payment.body,
        number=services.receipt_name(payment),
        means=MEANS_NAMES[Means(payment.means)],
        may_keep=may(MemberAction.KEEP, payment),
        crumbs=crumbs(payment.body, (_("Cotisations"), url_for("members.dues", body_id=payment.body_id))),
    )


@blueprint.get("/paiements/<int:payment_id>/recu.pdf")
@requires(MemberAction.READ, on=payment_by_id)
def receipt(payment: Payment) -> FlaskResponse:
    """The receipt, to print or send."""
    return pdf(receipt_pdf(payment), f"recu-{services.receipt_name(payment)}.pdf")


@blueprint.route("/paiements/<int:payment_id>/annuler", methods=["GET", "POST"])
@requires(MemberAction.KEEP, on=payment_by_id)
def cancel(payment: Payment) -> Page:
    """Cancel a payment and its receipt; the trace stays."""
    number, form = payment.id, CancelForm()
    if form.validate_on_submit():
        why = form.why.data
        try:
            with writing() as unit:
                services.cancel_payment(
                    unit, payment_by_id(unit, number) or abort(404), why=why, by=actor(), at=clock.now()
                )
            flash(_("Le reçu est annulé ; son numéro ne servira plus."), "done")
            return redirect(url_for("members.payment", payment_id=number))
        except DomainError as error:
            blame(form, error.field, error.sentence)
    page = render_template(
        "members/cancel.html",
        form=form,
        payment=payment,
        number=services.receipt_name(payment),
        crumbs=crumbs(payment.body, (_("Cotisations"), url_for("members.dues", body_id=payment.body_id))),
    )
    return page, 422 if form.errors or form.form_errors else 200


@blueprint.post("/cotisations/<int:period_id>/rappeler")
@requires(MemberAction.ASK_DUES, on=period_by_id)
def remind(period: DuesPeriod) -> Response:
    """Write to those who have an address and have not paid; or note that the letters were sent by post."""
    number, by_mail = period.id, request.form.get("by") != "letter"
    treasurer, reply_to = treasurer_of(period.body), answers_to(period.body)
    with writing() as unit:
        again = period_by_id(unit, number) or abort(404)
        done = services.remind(
            unit, again, by_mail=by_mail, treasurer=treasurer, reply_to=reply_to, by=actor(), at=clock.now()
        )
    if not done:
        flash(_("Personne n’est à rappeler : c’est déjà fait depuis moins d’une semaine, ou tout est payé."), "wait")
    elif by_mail:
        flash(ngettext("%(num)s rappel est parti.", "%(num)s rappels sont partis.", done), "done")
    else:
        flash(
            ngettext("%(num)s lettre est notée comme postée.", "%(num)s lettres sont notées comme postées.", done),
            "done",
        )
    return redirect(url_for("members.period", period_id=number))


@blueprint.get("/cotisations/<int:period_id>/lettres.pdf")
@requires(MemberAction.ASK_DUES, on=period_by_id)
def letters(period: DuesPeriod) -> FlaskResponse:
    """A letter for each household without an e-mail address; ``toutes`` prints one for everybody."""
    everybody = "toutes" in request.args
    owing = [one for one in not_paid_yet(db.session(), period, on=clock.today()) if everybody or not one.email]
    if not owing:
        abort(404)
    treasurer, reply_to = treasurer_of(period.body), answers_to(period.body)
    content = letters_pdf(period, owing, treasurer=treasurer, reply_to=reply_to, at=clock.now())
    return pdf(content, f"rappels-{period.name}.pdf")


def _after(raw: str) -> tuple[date, int] | None:
    day, _tilde, number = raw.partition("~")
    try:
        read = date.fromisoformat(day)
    except ValueError:
        return None
    return (read, int(number)) if number.isascii() and number.isdecimal() and len(number) < 10 else None  # noqa: PLR2004  # an integer
