"""A body's page, its record, its trash."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from app.access.gate import actor, identity, may, requires
from app.bodies import queries
from app.bodies.forms import BodyForm
from app.bodies.inside import inside
from app.bodies.labels import due_said, held_dates, kind_name, office_shown
from app.bodies.models import Body, BodyKind
from app.bodies.panels import panels_of
from app.bodies.pending import left_behind
from app.bodies.policy import BodyAction
from app.bodies.services import records
from app.bodies.services.renewal import OCCASION_NAMES, occasions_of
from app.bodies.views.ground import blueprint, own_towns
from app.database.unit import writing
from app.extensions import db
from app.people.forms import blame
from app.places import telling
from app.shared import clock
from app.shared.errors import DomainError, EditConflict

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from werkzeug.wrappers import Response

    from app.bodies.models import Mandate


@dataclass(frozen=True)
class MandateLine:
    """A mandate as the page tells it."""

    id: int
    name: str
    url: str
    function: str
    dates: str
    closed_by: str
    is_open: bool
    due: str = ""


def line(mandate: Mandate, on: date | None = None) -> MandateLine:
    """Tell a mandate in words."""
    return MandateLine(
        id=mandate.id,
        name=mandate.person.name,
        url=url_for("people.page", person_id=mandate.person_id),
        function=office_shown(mandate),
        dates=held_dates(mandate),
        closed_by=mandate.closed_by,
        is_open=mandate.until is None,
        due=due_said(mandate, on) if on is not None else "",
    )


@blueprint.get("/<int:body_id>")
@requires(BodyAction.VIEW, on=queries.body_by_id)
def page(body: Body) -> str:
    """What is known of a body, who holds office in it, what belongs to it."""
    session = db.session()
    who = identity()
    today = clock.today()
    is_own = may(BodyAction.VIEW_ALL, body)
    mandates = queries.mandates_of(session, body.id)
    now, past = _split(mandates if is_own else queries.officers(mandates, body.kind), today)
    signatory = queries.signatory_on(session, body.id, today)
    return render_template(
        "bodies/page.html",
        body=body,
        kind=kind_name(body.kind),
        facts=_facts(body),
        in_office=[line(mandate, today if is_own else None) for mandate in now],
        past=[line(mandate) for mandate in past] if is_own else [],
        taken_back=[line(mandate) for mandate in queries.trashed_mandates(session, body.id)] if is_own else [],
        may_correct=may(BodyAction.MANDATES, body),
        committees=queries.committees_of(session, body.id, who.readable_body_ids),
        members=queries.members_of(session, body.id) if body.kind == BodyKind.FEDERATION and is_own else [],
        federations=queries.federations_of(session, body.id) if is_own else [],
        occasions=[(one.value, OCCASION_NAMES[one]) for one in occasions_of(body.kind)],
        may=may,
        action=BodyAction,
        is_own=is_own,
        signatory=signatory,
        office=inside(office_shown(signatory)) if signatory else "",
        left=left_behind(session, body.id, on=today) if is_own else [],
        panels=panels_of(session, body, who),
    )


def _split(mandates: Sequence[Mandate], today: date) -> tuple[list[Mandate], list[Mandate]]:
    now = [mandate for mandate in mandates if queries.is_in_office(mandate, today)]
    rest = [mandate for mandate in mandates if mandate not in now]
    rest.sort(key=lambda mandate: mandate.until_sort or today, reverse=True)
    return now, rest


def _facts(body: Body) -> list[tuple[str, str]]:
    told = records.told(records.facts_of(body))
    place = telling.label(body.place) if body.place else ""
    known = [(label, value.replace("\n", ", ")) for label, value in told.items() if value]
    if place:
        known.insert(1, (_("Lieu"), place))
    if body.code:
        known.insert(2, (_("Code INSEE"), body.code))
    return known[1:]


@blueprint.route("/<int:body_id>/modifier", methods=["GET", "POST"])
@requires(BodyAction.EDIT, on=queries.body_by_id)
def edit(body: Body) -> Response | str | tuple[str, int]:
    """Correct a body's record; what somebody else saved in the meantime is shown, not overwritten."""
    number, kind = body.id, body.kind
    form = BodyForm().prepare(kind, telling.countries(), [town for town in own_towns() if town.id != number])
    conflict: EditConflict | None = None
    if not form.is_submitted():
        form.show(records.facts_of(body))
        form.revision.data = str(body.revision)
        if "parent" in form:
            form.parent.data = str(body.parent_id or "")
    elif form.validate():
        try:
            with writing() as session:
                facts = form.facts(records.facts_of(body))
                records.edit_body(session, body, facts, revision=form.known_revision(), by=actor(), at=clock.now())
                _set_parent(body, form)
            flash(_("La fiche est enregistrée."), "done")
            return redirect(url_for("bodies.page", body_id=number))
        except EditConflict as error:
            conflict = error
            form.revision.data = str(body.revision)
        except DomainError as error:
            blame(form, error.field, error.sentence)
    status = 409 if conflict else 422 if form.errors else 200
    return (
        render_template("bodies/form.html", form=form, body=body, kind=kind_name(kind), place=None, conflict=conflict),
        status,
    )


def _set_parent(body: Body, form: BodyForm) -> None:
    if "parent" in form and form.parent_id() != body.parent_id:
        session = db.session()
        parent = session.get(Body, form.parent_id()) if form.parent_id() else None
        records.set_parent(session, body, parent, by=actor(), at=clock.now())


@blueprint.post("/<int:body_id>/corbeille")
@requires(BodyAction.TRASH, on=queries.body_by_id)
def trash(body: Body) -> Response:
    """Put a body in the trash."""
    with writing() as session:
        records.trash_body(session, body, by=actor(), at=clock.now())
    flash(_("L’organisme est à la corbeille ; il peut en être sorti à tout moment."), "done")
    return redirect(url_for("bodies.index", corbeille=1))


@blueprint.post("/<int:body_id>/restaurer")
@requires(BodyAction.RESTORE, on=queries.body_by_id)
def restore(body: Body) -> Response:
    """Take a body out of the trash."""
    number = body.id
    opens = number in identity().laid_aside or may(BodyAction.VIEW, body)
    with writing() as session:
        records.restore_body(session, body, by=actor(), at=clock.now())
    flash(_("L’organisme est sorti de la corbeille."), "done")
    return redirect(url_for("bodies.page", body_id=number) if opens else url_for("bodies.index"))
