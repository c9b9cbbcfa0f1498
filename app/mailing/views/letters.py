"""The list of letters, one letter with whom it goes to, trying it, sending it; what became of it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from flask import abort, current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from app.access.gate import actor, identity, may, requires
from app.accounts.replying import own_address
from app.database.unit import writing
from app.extensions import db
from app.mailing import queries
from app.mailing.forms import LetterForm, ReturnedForm
from app.mailing.labels import AUDIENCES, KINDS, REASONS, STATES
from app.mailing.models import AudienceKind, MailingKind
from app.mailing.policy import MailingAction
from app.mailing.services import leaving
from app.mailing.services import writing as letters
from app.mailing.views.blueprint import again, blueprint, delivery_again, dispatch_for, whole
from app.members.policy import MemberAction
from app.members.queries.roll import Roll, bodies_with_members, groups_of, roll_of
from app.people.forms import blame
from app.shared import clock
from app.shared.errors import DomainError, EditConflict

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from app.bodies.models import Body
    from app.forms import Form
    from app.mailing.models import Delivery, Mailing

    Page = Response | str | tuple[str, int]


def answer(template: str, form: Form, *, wrong: bool = False, **values: Any) -> str | tuple[str, int]:  # noqa: ANN401  # what pages show
    """The page with its form; 422 when what was sent has faults, 409 when somebody else wrote meanwhile."""
    page = render_template(template, form=form, **values)
    if values.get("conflict") is not None:
        return page, 409
    return (page, 422) if wrong or form.errors else page


def own_rolls() -> list[Body]:
    """The committees to whose members the person may write."""
    found = bodies_with_members(db.session(), identity().body_ids)
    return [body for body in found if may(MailingAction.WRITE, Roll(body))]


@blueprint.get("/")
@requires(MailingAction.LIST)
def index() -> str:
    """The letters of one's committees, the last changed first."""
    trashed, raw = "corbeille" in request.args, request.args.get("apres", "")
    bodies = own_rolls()
    own = frozenset(body.id for body in bodies)
    found = queries.page_of_mailings(db.session(), own, before=_mark(raw), trashed=trashed)
    rows, more = found[: queries.PAGE], len(found) > queries.PAGE
    kept: dict[str, Any] = {"corbeille": "1"} if trashed else {}
    last = f"{rows[-1].changed_at.isoformat()}~{rows[-1].id}" if rows else ""
    return render_template(
        "mailing/index.html",
        rows=[one for one in rows if may(MailingAction.VIEW, one)],
        bodies=bodies,
        trashed=trashed,
        audiences=AUDIENCES,
        pages={
            "previous_url": url_for("mailing.index", **kept) if raw else None,
            "next_url": url_for("mailing.index", **kept, apres=last) if more else None,
        },
    )


def _mark(raw: str) -> tuple[datetime, int] | None:
    moment, _tilde, number = raw.partition("~")
    try:
        read = datetime.fromisoformat(moment)
    except ValueError:
        return None
    return None if read.tzinfo is None or not whole(number) else (read, whole(number))


@blueprint.route("/comites/<int:body_id>/nouvelle", methods=["GET", "POST"])
@requires(MailingAction.WRITE, on=roll_of)
def new(roll: Roll) -> Page:
    """Write a letter, from nothing or from a model."""
    body, session = roll.body, db.session()
    form = LetterForm().offer(groups_of(session, body.id, on=clock.today()), with_hosts=may(MemberAction.HOST, roll))
    models = queries.models_of(session, body.id)
    if not form.is_submitted():
        wanted = whole(request.args.get("modele"))
        for name, value in letters.fields_of(next((one for one in models if one.id == wanted), None)).items():
            form[name].data = value
        form.audience.data = request.args.get("a", AudienceKind.MEMBERS.value)
        form.group.data = request.args.get("groupe", "")
        form.reply_to.data = "" if body.email else own_address()
    elif form.validate():
        try:
            with writing() as unit:
                made = letters.write_letter(unit, _body(body.id), form.facts(), by=actor(), at=clock.now())
                number = made.id
            flash(_("La lettre est gardée ; rien n’est parti. Relisez, essayez, puis envoyez."), "done")
            return redirect(url_for("mailing.letter", mailing_id=number))
        except DomainError as error:
            blame(form, error.field, error.sentence)
    return answer("mailing/form.html", form, body=body, mailing=None, models=models, conflict=None)


def _body(body_id: int) -> Body:
    found = roll_of(db.session(), body_id)
    return found.body if found is not None else abort(404)


@blueprint.get("/<int:mailing_id>")
@requires(MailingAction.VIEW, on=queries.mailing_by_id)
def letter(mailing: Mailing) -> str:
    """A draft with whom it would go to; or what became of what was sent."""
    session = db.session()
    audience = (
        queries.audience_of(session, mailing, on=clock.today()) if mailing.sent_at is None else queries.Audience()
    )
    after = whole(request.args.get("apres"))
    found = queries.page_of_deliveries(session, mailing.id, after=after) if mailing.sent_at else []
    rows, more = found[: queries.PAGE], len(found) > queries.PAGE
    first = audience.recipients[0] if audience.recipients else None
    names = first.names if first else rows[0].delivery.name if rows else identity().name
    subject, preview = letters.filled(mailing, names)
    link = _("(le lien personnel de désinscription)") if mailing.kind == MailingKind.NEWS else ""
    return render_template(
        "mailing/letter.html",
        mailing=mailing,
        audience=audience,
        nobody_agreed=bool(audience.left_out) and {reason for _name, reason in audience.left_out} == {"no_consent"},
        preview=preview,
        preview_subject=subject,
        preview_name=names,
        footer=dispatch_for(mailing.body).footer(link),
        rows=rows,
        counts=queries.counts_of(session, mailing.id) if mailing.sent_at else {},
        refused=queries.refused_addresses(session, mailing.body_id) if mailing.sent_at else {},
        states=STATES,
        reasons=REASONS,
        kind=KINDS[MailingKind(mailing.kind)],
        to=mailing.group.name if mailing.group else AUDIENCES[AudienceKind(mailing.audience)],
        mail_host=current_app.config["SETTINGS"].mail_host or current_app.config["SETTINGS"].demonstration,
        pages={
            "previous_url": url_for("mailing.letter", mailing_id=mailing.id) if after else None,
            "next_url": url_for("mailing.letter", mailing_id=mailing.id, apres=rows[-1].delivery.id) if more else None,
        },
        own_address=own_address(),
    )


@blueprint.route("/<int:mailing_id>/modifier", methods=["GET", "POST"])
@requires(MailingAction.EDIT, on=queries.mailing_by_id)
def edit(mailing: Mailing) -> Page:
    """Change a letter that is not sent."""
    letters.require_draft(mailing)
    number, body, conflict = mailing.id, mailing.body, None
    form = LetterForm().offer(
        groups_of(db.session(), body.id, on=clock.today()), with_hosts=may(MemberAction.HOST, mailing)
    )
    if not form.is_submitted():
        form.show(mailing)
    elif form.validate():
        revision = whole(form.revision.data)
        try:
            with writing() as unit:
                letters.edit_letter(unit, again(number), form.facts(), revision=revision, by=actor(), at=clock.now())
            flash(_("La lettre est gardée ; rien n’est parti."), "done")
            return redirect(url_for("mailing.letter", mailing_id=number))
        except EditConflict as error:
            conflict = error
            form.revision.data = str(again(number).revision)
        except DomainError as error:
            blame(form, error.field, error.sentence)
    return answer(
        "mailing/form.html", form, body=body, mailing=mailing, models=(), conflict=conflict, wrong=conflict is not None
    )


@blueprint.post("/<int:mailing_id>/essai")
@requires(MailingAction.EDIT, on=queries.mailing_by_id)
def try_it(mailing: Mailing) -> Response:
    """Send the letter to oneself alone."""
    number, address = mailing.id, own_address()
    with writing() as unit:
        held = again(number)
        letters.try_on_oneself(unit, held, address, identity().name, dispatch_for(held.body), at=clock.now())
    flash(_("L’essai part à %(address)s, et à personne d’autre.", address=address), "done")
    return redirect(url_for("mailing.letter", mailing_id=number))


@blueprint.post("/<int:mailing_id>/envoyer")
@requires(MailingAction.EDIT, on=queries.mailing_by_id)
def send(mailing: Mailing) -> Response:
    """Send it: one letter to each address, once."""
    number, seen, revision = mailing.id, whole(request.form.get("nombre")), whole(request.form.get("revision"))
    with writing() as unit:
        held = again(number)
        dispatch = dispatch_for(held.body, seen, revision)
        count = letters.send_mailing(unit, held, dispatch, by=actor(), at=clock.now())
    flash(
        ngettext(
            "La lettre est remise à la poste pour une adresse.",
            "La lettre est remise à la poste pour %(num)s adresses, une lettre pour chacune.",
            count,
        ),
        "done",
    )
    return redirect(url_for("mailing.letter", mailing_id=number))


@blueprint.post("/<int:mailing_id>/copier")
@requires(MailingAction.EDIT, on=queries.mailing_by_id)
def copy(mailing: Mailing) -> Response:
    """Begin another letter from this one."""
    number = mailing.id
    with writing() as unit:
        made = letters.copy_letter(unit, again(number), by=actor(), at=clock.now())
        made_id = made.id
    flash(_("La copie est un brouillon : changez-la sans crainte."), "done")
    return redirect(url_for("mailing.letter", mailing_id=made_id))


@blueprint.post("/<int:mailing_id>/corbeille")
@requires(MailingAction.EDIT, on=queries.mailing_by_id)
def trash(mailing: Mailing) -> Response:
    """Put a letter in the trash."""
    number, seen = mailing.id, whole(request.form.get("revision")) or None
    with writing() as unit:
        letters.trash_letter(unit, again(number), revision=seen, by=actor(), at=clock.now())
    flash(_("La lettre est à la corbeille ; rien n’en est perdu."), "done")
    return redirect(url_for("mailing.index", corbeille=1))


@blueprint.post("/<int:mailing_id>/restaurer")
@requires(MailingAction.EDIT, on=queries.mailing_by_id)
def restore(mailing: Mailing) -> Response:
    """Take a letter out of the trash."""
    number = mailing.id
    with writing() as unit:
        letters.restore_letter(unit, again(number), by=actor(), at=clock.now())
    flash(_("La lettre est sortie de la corbeille."), "done")
    return redirect(url_for("mailing.letter", mailing_id=number))


@blueprint.route("/envois/<int:delivery_id>/revenu", methods=["GET", "POST"])
@requires(MailingAction.EDIT_DELIVERY, on=queries.delivery_by_id)
def returned(delivery: Delivery) -> Page:
    """Note that a letter came back."""
    number, holder, form = delivery.id, delivery.mailing_id, ReturnedForm()
    if form.validate_on_submit():
        why = form.why.data or ""
        with writing() as unit:
            leaving.note_returned(unit, delivery_again(number), why, by=actor(), at=clock.now())
        flash(_("C’est noté : cette adresse est laissée de côté jusqu’à ce que vous la disiez bonne."), "done")
        return redirect(url_for("mailing.letter", mailing_id=holder))
    return answer("mailing/returned.html", form, delivery=delivery)


@blueprint.post("/envois/<int:delivery_id>/bonne")
@requires(MailingAction.EDIT_DELIVERY, on=queries.delivery_by_id)
def good(delivery: Delivery) -> Response:
    """Say that an address is good again."""
    number, holder = delivery.id, delivery.mailing_id
    with writing() as unit:
        leaving.note_good(unit, delivery_again(number), by=actor(), at=clock.now())
    flash(_("L’adresse est de nouveau bonne : la prochaine lettre y va."), "done")
    return redirect(url_for("mailing.letter", mailing_id=holder))
