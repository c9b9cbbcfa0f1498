"""The people of a dossier: name, correct, take out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, render_template
from flask_babel import gettext as _

from app.access.gate import actor, identity, requires
from app.bodies.forms import whole
from app.database.unit import writing
from app.extensions import db
from app.people.forms import blame
from app.people.queries import choosable_persons, holds
from app.people.queries import person_by_id as human_by_id
from app.people.services import PersonFacts, note_person
from app.shared import clock
from app.shared.errors import DomainError, EditConflict
from app.twinnings import queries
from app.twinnings.forms import DutyForm
from app.twinnings.policy import TwinningAction
from app.twinnings.services import people as services
from app.twinnings.services.dossiers import BadTwinning
from app.twinnings.views.ground import acting_body_id, back, blueprint, plain_title

if TYPE_CHECKING:
    from sqlalchemy.orm import Session
    from werkzeug.wrappers import Response

    from app.people.models import Person
    from app.twinnings.models import Twinning, TwinningPerson


@blueprint.route("/<int:twinning_id>/personnes/nouvelle", methods=["GET", "POST"])
@requires(TwinningAction.EDIT, on=queries.twinning_by_id)
def name_person(twinning: Twinning) -> Response | str | tuple[str, int]:
    """Name a coordinator, a signatory, an interpreter."""
    persons = choosable_persons(db.session(), identity().body_ids, who=identity())
    form = DutyForm().prepare(queries.present_parties(twinning), persons, None)
    number, acting = twinning.id, acting_body_id(twinning)
    if form.validate_on_submit():
        try:
            with writing() as session:
                person = _human(session, form, acting)
                services.name_person(session, twinning, person, form.facts(), by=actor(), at=clock.now(), acting=acting)
            flash(_("La personne est ajoutée au dossier."), "done")
            return back(number)
        except DomainError as error:
            blame(form, error.field, error.sentence)
    return _page(twinning, form)


@blueprint.route("/personnes/<int:dossier_person_id>/modifier", methods=["GET", "POST"])
@requires(TwinningAction.EDIT, on=queries.person_by_id)
def edit_duty(named: TwinningPerson) -> Response | str | tuple[str, int]:
    """Correct or end somebody's part."""
    twinning = named.twinning
    form = DutyForm().prepare(twinning.parties, (), named)
    number, acting, conflict = twinning.id, acting_body_id(twinning), None
    if not form.is_submitted():
        form.show(named)
    elif form.validate():
        try:
            with writing() as session:
                services.correct_duty(
                    session,
                    named,
                    form.facts(),
                    revision=form.known_revision(),
                    by=actor(),
                    at=clock.now(),
                    acting=acting,
                )
            flash(_("Le rôle est corrigé."), "done")
            return back(number)
        except EditConflict as error:
            conflict = error
            form.revision.data = str(named.revision)
        except DomainError as error:
            blame(form, error.field, error.sentence)
    return _page(twinning, form, named, conflict)


@blueprint.post("/personnes/<int:dossier_person_id>/corbeille")
@requires(TwinningAction.EDIT, on=queries.person_by_id)
def trash_person(named: TwinningPerson) -> Response:
    """Take somebody named by mistake out of the dossier."""
    number, acting = named.twinning_id, acting_body_id(named.twinning)
    with writing() as session:
        services.trash_person(session, named, by=actor(), at=clock.now(), acting=acting)
    flash(_("La personne est retirée du dossier ; sa fiche n’a pas changé."), "done")
    return back(number)


@blueprint.post("/personnes/<int:dossier_person_id>/restaurer")
@requires(TwinningAction.EDIT, on=queries.person_by_id)
def restore_person(named: TwinningPerson) -> Response:
    """Put somebody back."""
    number, acting = named.twinning_id, acting_body_id(named.twinning)
    with writing() as session:
        services.restore_person(session, named, by=actor(), at=clock.now(), acting=acting)
    flash(_("La personne est remise dans le dossier."), "done")
    return back(number)


def _human(session: Session, form: DutyForm, acting: int | None) -> Person:
    known = whole(form.person.data)
    if known:
        person = human_by_id(session, known)
        if person is None or not holds(session, identity().body_ids, person, identity()):
            raise BadTwinning(_("Cette personne n’est pas dans votre carnet."), field="person")
        return person
    facts = PersonFacts(given_name=form.given_name.data or "", family_name=form.family_name.data or "")
    return note_person(session, facts, kept_by=acting, by=actor(), at=clock.now(), quiet=True)


def _page(
    twinning: Twinning, form: DutyForm, named: TwinningPerson | None = None, conflict: EditConflict | None = None
) -> tuple[str, int]:
    page = render_template(
        "twinnings/person.html",
        form=form,
        twinning=twinning,
        title=plain_title(twinning),
        named=named,
        conflict=conflict,
    )
    return page, 409 if conflict else 422 if form.errors else 200
