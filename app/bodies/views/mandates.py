"""Opening, correcting and closing mandates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from app.access.gate import actor, identity, may, requires
from app.bodies import queries
from app.bodies.forms import CloseForm, MandateForm, whole
from app.bodies.labels import function_name, held_dates, office_shown
from app.bodies.overlap import held_twice
from app.bodies.pending import left_by, pending_of
from app.bodies.policy import BodyAction, MandateAction
from app.bodies.services import mandates as services
from app.bodies.views.ground import blueprint
from app.database.unit import alone_on, writing
from app.extensions import db
from app.people.forms import blame
from app.people.queries import choosable_persons, holds, likely_doubles, person_by_id
from app.people.services import note_person
from app.people.views import PersonLine, doubled_told_by, left_told_by, told_by
from app.shared import clock
from app.shared.errors import DomainError, EditConflict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session
    from werkzeug.wrappers import Response

    from app.bodies.models import Body, Mandate
    from app.people.models import Person


def _offices(session: Session, person: Person) -> list[PersonLine]:
    """The mandates of a person, for the person's page; only of bodies that the reader knows."""
    known = {body.id for body in queries.bodies_visible_to(session, identity().readable_body_ids)}
    return [
        PersonLine(
            title=function_name(mandate),
            detail=f"{mandate.body.name} · {held_dates(mandate)}",
            url=url_for("bodies.page", body_id=mandate.body_id),
        )
        for mandate in queries.mandates_of_person(session, person.id)
        if mandate.body_id in known
    ]


def _left(session: Session, person: Person) -> list[PersonLine]:
    """What a person whose office is over has left open, for the person's page; only in the reader's own bodies."""
    own = {grant.body_id: grant.body_name for grant in identity().grants}
    return [
        PersonLine(title=thing.sentence, detail=own[body_id], url=thing.url)
        for body_id, thing in left_by(session, person.id, own, on=clock.today())
    ]


def _doubled(session: Session, persons: Sequence[Person]) -> list[PersonLine]:
    """Mandates that would be one person's twice over, for who may put them right."""
    held = queries.mandates_of_persons(session, [person.id for person in persons])
    return [
        PersonLine(
            title=f"{office_shown(one)}, {one.body.name}",
            detail=f"{held_dates(one)} ; {held_dates(other)}",
            url=url_for("bodies.edit_mandate", mandate_id=other.id),
        )
        for one, other in held_twice(held, clock.today())
        if may(MandateAction.EDIT, other)
    ]


told_by(_offices)
left_told_by(_left)
doubled_told_by(_doubled)


@blueprint.route("/<int:body_id>/mandats/nouveau", methods=["GET", "POST"])
@requires(BodyAction.MANDATES, on=queries.body_by_id)
def open_mandate(body: Body) -> Response | str | tuple[str, int]:
    """Note that somebody holds an office."""
    session = db.session()
    form = MandateForm().prepare(body, choosable_persons(session, identity().body_ids, who=identity()))
    doubles: list[Person] = []
    asks_meaning = False
    if form.validate_on_submit():
        try:
            known = whole(form.person.data)
            name = f"{form.given_name.data or ''} {form.family_name.data or ''}"
            asks = not known and form.revision.data != "doubles-seen"
            opened, doubles = _opened(body, form, known, name if asks else "")
            if opened is not None:
                return opened
            form.revision.data = "doubles-seen"
        except services.MandateOverlap as error:
            asks_meaning = error.may_be_meant
            blame(form, error.field, error.sentence)
        except DomainError as error:
            blame(form, error.field, error.sentence)
    page = render_template(
        "bodies/mandate.html",
        form=form,
        body=body,
        mandate=None,
        doubles=doubles,
        asks_meaning=asks_meaning or form.is_meant.data,
        conflict=None,
    )
    return page, 422 if form.errors else 200


def _opened(body: Body, form: MandateForm, known: int, newcomer: str) -> tuple[Response | None, list[Person]]:
    """Note the mandate, unless somebody of the newcomer's name is known: a second click shows whom the first noted."""
    number = body.id
    with writing() as session:
        alone_on(session, body)
        if newcomer and (doubles := likely_doubles(session, identity().body_ids, newcomer, who=identity())):
            return None, doubles
        person = _holder(session, body, form, known)
        services.open_mandate(session, body, person, form.facts(), by=actor(), at=clock.now())
        name = person.name
    flash(_("Le mandat de %(name)s est noté.", name=name), "done")
    return redirect(url_for("bodies.page", body_id=number)), []


def _holder(session: Session, body: Body, form: MandateForm, known: int) -> Person:
    if known:
        person = person_by_id(session, known)
        if person is None or not holds(session, identity().body_ids, person, identity()):
            raise services.BadMandate(_("Cette personne n’est pas dans votre carnet."), field="person")
        return person
    keeper = body.kept_by_id or body.id
    return note_person(session, form.newcomer(), kept_by=keeper, by=actor(), at=clock.now(), quiet=True)


@blueprint.route("/mandats/<int:mandate_id>/modifier", methods=["GET", "POST"])
@requires(MandateAction.EDIT, on=queries.mandate_by_id)
def edit_mandate(mandate: Mandate) -> Response | str | tuple[str, int]:
    """Correct a mandate."""
    body = mandate.body
    number = body.id
    form = MandateForm().prepare(body, (), mandate)
    conflict: EditConflict | None = None
    asks_meaning = False
    if not form.is_submitted():
        form.show(mandate)
    elif form.validate():
        try:
            with writing() as session:
                services.correct_mandate(
                    session, mandate, form.facts(), revision=form.known_revision(), by=actor(), at=clock.now()
                )
            flash(_("Le mandat est corrigé."), "done")
            return redirect(url_for("bodies.page", body_id=number))
        except EditConflict as error:
            conflict = error
            form.revision.data = str(mandate.revision)
        except services.MandateOverlap as error:
            asks_meaning = error.may_be_meant
            blame(form, error.field, error.sentence)
        except DomainError as error:
            blame(form, error.field, error.sentence)
    page = render_template(
        "bodies/mandate.html",
        form=form,
        body=body,
        mandate=mandate,
        doubles=[],
        asks_meaning=asks_meaning or form.is_meant.data,
        conflict=conflict,
    )
    return page, 409 if conflict else 422 if form.errors else 200


@blueprint.route("/mandats/<int:mandate_id>/terminer", methods=["GET", "POST"])
@requires(MandateAction.EDIT, on=queries.mandate_by_id)
def close(mandate: Mandate) -> Response | str | tuple[str, int]:
    """End a mandate; what it leaves pending is shown before."""
    number = mandate.body_id
    form = CloseForm()
    if form.validate_on_submit() and form.until.when is not None:
        try:
            with writing() as session:
                services.close_mandate(
                    session,
                    mandate,
                    until=form.until.when,
                    why=form.closed_by.data or "",
                    by=actor(),
                    at=clock.now(),
                )
            flash(_("La fin du mandat est notée."), "done")
            return redirect(url_for("bodies.page", body_id=number))
        except DomainError as error:
            blame(form, error.field, error.sentence)
    page = render_template(
        "bodies/close.html",
        form=form,
        mandate=mandate,
        function=function_name(mandate),
        pending=pending_of(db.session(), mandate.person_id, mandate.person.name, mandate.body_id),
    )
    return page, 422 if form.errors else 200


@blueprint.post("/mandats/<int:mandate_id>/corbeille")
@requires(MandateAction.EDIT, on=queries.mandate_by_id)
def trash_mandate(mandate: Mandate) -> Response:
    """Take back a mandate noted by mistake."""
    number = mandate.body_id
    with writing() as session:
        services.trash_mandate(session, mandate, by=actor(), at=clock.now())
    flash(_("Le mandat est à la corbeille."), "done")
    return redirect(url_for("bodies.page", body_id=number))


@blueprint.post("/mandats/<int:mandate_id>/restaurer")
@requires(MandateAction.EDIT, on=queries.mandate_by_id)
def restore_mandate(mandate: Mandate) -> Response:
    """Take a mandate out of the trash."""
    number = mandate.body_id
    try:
        with writing() as session:
            services.restore_mandate(session, mandate, by=actor(), at=clock.now())
    except DomainError as error:
        flash(str(error), "stop")
    else:
        flash(_("Le mandat est sorti de la corbeille."), "done")
    return redirect(url_for("bodies.page", body_id=number))
