"""What an election changes: the new mandates, the declaration to the registry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _

from app.access.gate import actor, may, requires
from app.assemblies import queries
from app.assemblies.forms import DeclarationForm, InstallForm
from app.assemblies.labels import CHANGES
from app.assemblies.minors import minors_told
from app.assemblies.policy import AssemblyAction
from app.assemblies.queries.officers import officers_to_declare
from app.assemblies.queries.terms import term_of
from app.assemblies.reckoning import changed_on as change_day
from app.assemblies.registry import OFFICERS, due_of, local_article, local_said
from app.assemblies.reserves import doubts
from app.assemblies.services import offices
from app.assemblies.views.blueprint import answer, assembly_again, blueprint
from app.bodies.labels import due_said, office_for, office_shown
from app.bodies.models import Body
from app.bodies.pending import pending_of
from app.bodies.services.renewal import Outcome as Fate
from app.database.unit import writing
from app.extensions import db
from app.members.policy import MemberAction
from app.members.queries.roll import Roll
from app.people.fields import typed
from app.people.forms import blame
from app.shared import clock
from app.shared.clock import day_of
from app.shared.errors import DomainError

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from app.assemblies.models import Assembly

    Page = Response | str | tuple[str, int]


@blueprint.route("/<int:assembly_id>/bureau", methods=["GET", "POST"])
@requires(AssemblyAction.EDIT, on=queries.assembly_by_id)
def install(assembly: Assembly) -> Page:
    """Show which mandates begin, which end and what each leaves pending; then do it."""
    number, form = assembly.id, InstallForm()
    if not form.is_submitted():
        begins = day_of(assembly.starts_at)
        term = term_of(db.session(), assembly.body_id, assembly.kind, begins)
        form.on.data, form.due_on.data = typed(begins), typed(term.end(begins)) if term else ""
    elif form.validate():
        fates = {
            int(name.removeprefix("fate-")): Fate.STAYS if value == Fate.STAYS else Fate.ENDS
            for name, value in request.form.items()
            if name.startswith("fate-") and name.removeprefix("fate-").isdecimal() and len(name) < 15  # noqa: PLR2004
        }
        try:
            with writing() as session:
                closed, opened = offices.install(
                    session,
                    assembly_again(number),
                    form.on.sure,
                    fates,
                    due_on=form.due_on.day,
                    by=actor(),
                    at=clock.now(),
                )
                counts = len(closed), len(opened)
        except DomainError as error:
            blame(form, error.field, error.sentence)
        else:
            flash(
                _("Mandats ouverts : %(opened)s. Mandats terminés : %(closed)s.", opened=counts[1], closed=counts[0]),
                "done",
            )
            return redirect(url_for("assemblies.page", assembly_id=number))
    fresh, session = assembly_again(number), db.session()
    change = offices.change_of(session, fresh, on=clock.today())
    body, begins = fresh.body, day_of(fresh.starts_at)
    filled = {function for function, _candidate in change.elected}
    coming = {candidate.person_id for _function, candidate in change.elected if candidate.person_id}
    return answer(
        "assemblies/install.html",
        form,
        assembly=fresh,
        doubts=doubts(fresh),
        minors=minors_told(session, body, coming, on=begins) if may(MemberAction.HOST, Roll(body)) else [],
        term=term_of(session, fresh.body_id, fresh.kind, day_of(fresh.starts_at)),
        elected=[
            (office_for(function, candidate.person.title if candidate.person else ""), candidate.name)
            for function, candidate in change.elected
        ],
        rows=[
            {
                "id": mandate.id,
                "name": mandate.person.name,
                "function": office_shown(mandate),
                "ends": request.form.get(f"fate-{mandate.id}", "fin" if mandate in change.leaving else "continue"),
                "due": due_said(mandate, clock.today()),
                "is_unseated": mandate in change.unseated,
                "is_vacant": mandate in change.leaving and mandate.function not in filled,
                "pending": []
                if mandate.person_id in coming
                else pending_of(session, mandate.person_id, mandate.person.name, fresh.body_id),
            }
            for mandate in (*change.leaving, *change.staying)
        ],
    )


@blueprint.route("/<int:assembly_id>/declaration", methods=["GET", "POST"])
@requires(AssemblyAction.EDIT, on=queries.assembly_by_id)
def declaration(assembly: Assembly) -> Page:
    """Note that the registry was told."""
    number, form = assembly.id, DeclarationForm()
    if not form.is_submitted():
        form.day.data, form.reference.data = typed(assembly.change_declared_on), assembly.change_reference
    elif form.validate():
        day, reference = form.day.sure, form.reference.data or ""
        try:
            with writing() as session:
                offices.note_declaration(session, assembly_again(number), day, reference, by=actor(), at=clock.now())
        except DomainError as error:
            blame(form, error.field, error.sentence)
        else:
            flash(_("La déclaration est notée."), "done")
            return redirect(url_for("assemblies.page", assembly_id=number))
    fresh = assembly_again(number)
    changes = [CHANGES[one] for one in fresh.change_of.split(",") if one in CHANGES]
    back = url_for("assemblies.page", assembly_id=number)
    return answer(
        "assemblies/declaration.html",
        form,
        due=due_of(fresh.body, change_day(fresh)),
        local_article=local_article(fresh.body, fresh.change_of),
        local_said=local_said(fresh.body, fresh.change_of),
        changes=changes,
        doubts=doubts(fresh),
        without_meeting=False,
        back=back,
        crumbs=[(_("Réunions"), url_for("assemblies.index")), (_("La réunion"), back)],
    )


@blueprint.route("/dirigeants/<int:body_id>/declaration", methods=["GET", "POST"])
@requires(AssemblyAction.EDIT, on=queries.association_by_id)
def declare_officers(body: Body) -> Page:
    """Note that the registry was told of officers who changed without an assembly."""
    number, form = body.id, DeclarationForm()
    back = url_for("bodies.page", body_id=number)
    waiting = officers_to_declare(db.session(), [number], on=clock.today())
    if not waiting:
        flash(_("Aucun changement de dirigeants n’attend d’être déclaré."), "done")
        return redirect(back)
    changed_on = waiting[0][1]
    if form.validate_on_submit():
        day, reference = form.day.sure, form.reference.data or ""
        try:
            with writing() as session:
                offices.note_officers_declared(
                    session,
                    session.get_one(Body, number),
                    day,
                    reference,
                    changed_on=changed_on,
                    by=actor(),
                    at=clock.now(),
                )
        except DomainError as error:
            blame(form, error.field, error.sentence)
        else:
            flash(_("La déclaration est notée."), "done")
            return redirect(back)
    fresh = db.session().get_one(Body, number)
    return answer(
        "assemblies/declaration.html",
        form,
        due=due_of(fresh, changed_on),
        local_article=local_article(fresh, OFFICERS),
        local_said=local_said(fresh, OFFICERS),
        changes=[CHANGES[OFFICERS]],
        doubts=[],
        without_meeting=True,
        back=back,
        crumbs=[(fresh.name, back)],
    )
