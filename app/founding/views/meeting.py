"""The founders, their convocation and the constitutive assembly; the declaration."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from app.access.gate import actor, check, identity, may, requires
from app.accounts.policy import AccountAction
from app.assemblies.models import Status
from app.assemblies.reserves import founders_counsel
from app.bodies.identifiers import spaced_siret
from app.bodies.labels import FUNCTION_NAMES
from app.council.forms import choices, whole
from app.council.views.parts import answer
from app.database.unit import writing
from app.extensions import db
from app.founding import queries
from app.founding.forms import CallForm, DeclarationForm, FounderForm, TakeOverForm, fill_call, held_form
from app.founding.labels import ATTENDANCES
from app.founding.papers import papers_of
from app.founding.policy import FoundingAction
from app.founding.reckoning import figure, founders_needed
from app.founding.services import assembly, declaring, enrolling
from app.founding.services.proxies import article_of
from app.founding.services.statutes import clauses_of
from app.founding.statutes import values_of
from app.founding.views.blueprint import again, blueprint, founder_again
from app.members.policy import MemberAction
from app.members.queries.roll import Roll
from app.people.apart import person_choices, persons_apart
from app.people.forms import blame
from app.people.queries import choosable_persons
from app.shared import clock
from app.shared.clock import PARIS
from app.shared.errors import DomainError, EditConflict

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from app.founding.models import Founder, Founding


@blueprint.get("/<int:founding_id>/fondateurs")
@requires(FoundingAction.SEE_FOUNDERS, on=queries.association_by_id)
def founders(founding: Founding) -> str:
    """Who founds; who of them sits in the council."""
    today = clock.today()
    return render_template(
        "founding/founders.html",
        founding=founding,
        elected=queries.elected_persons(db.session(), founding.body_id, on=today),
        needed=founders_needed(founding.body, today),
        functions=FUNCTION_NAMES,
        attendances=ATTENDANCES,
        may_edit=may(FoundingAction.EDIT_FOUNDERS, founding),
        may_invite=may(AccountAction.INVITE, founding.committee),
    )


@blueprint.route("/<int:founding_id>/fondateurs/nouveau", methods=["GET", "POST"])
@requires(FoundingAction.EDIT_FOUNDERS, on=queries.association_by_id)
def add_founder(founding: Founding) -> Response | str | tuple[str, int]:
    """Note a founder: somebody of the address book, or a new name."""
    number, form = founding.id, FounderForm()
    own = frozenset({founding.body_id, founding.committee_id}) & identity().written_body_ids
    known = {person.id: person for person in choosable_persons(db.session(), own, who=identity())}
    form.person.choices = choices([("", _("quelqu’un d’autre")), *person_choices(known.values())])
    if form.validate_on_submit():
        wanted = whole(form.person.data)
        try:
            with writing() as session:
                held = again(number)
                facts = form.facts()
                if wanted in known:
                    facts = type(facts)(**{**vars(facts), "person": session.get(type(known[wanted]), wanted)})
                made = assembly.add_founder(session, held, facts, by=actor(), at=clock.now())
                name = made.person.name
            flash(_("%(name)s est parmi les fondateurs.", name=name), "done")
            return redirect(url_for("founding.founders", founding_id=number))
        except DomainError as error:
            blame(form, error.field, error.sentence)
    return answer("founding/founder.html", form, founding=founding, founder=None)


@blueprint.route("/<int:founding_id>/fondateurs/<int:founder_id>", methods=["GET", "POST"])
@requires(FoundingAction.EDIT_FOUNDERS, on=queries.founder_by_id)
def edit_founder(founder: Founder) -> Response | str | tuple[str, int]:
    """Complete what the list of officers says."""
    founding, number = founder.founding, founder.id
    form = FounderForm()
    for name in ("person", "given_name", "family_name", "email", "is_other"):
        del form[name]
    if not form.is_submitted():
        form.show(founder)
    elif form.validate():
        facts = assembly.FounderFacts(
            occupation=form.occupation.data or "",
            nationality=form.nationality.data or "",
            address=form.address.data or "",
        )
        holder = founding.id
        try:
            with writing() as session:
                assembly.edit_founder(session, founder_again(holder, number), facts, by=actor(), at=clock.now())
            flash(_("C’est enregistré."), "done")
            return redirect(url_for("founding.founders", founding_id=holder))
        except DomainError as error:
            blame(form, error.field, error.sentence)
    return answer("founding/founder.html", form, founding=founding, founder=founder)


@blueprint.post("/<int:founding_id>/fondateurs/<int:founder_id>/retirer")
@requires(FoundingAction.EDIT_FOUNDERS, on=queries.founder_by_id)
def trash_founder(founder: Founder) -> Response:
    """Take a founder back; adding the person again brings everything back."""
    holder, number = founder.founding_id, founder.id
    with writing() as session:
        assembly.trash_founder(session, founder_again(holder, number), by=actor(), at=clock.now())
    flash(_("Cette personne n’est plus parmi les fondateurs ; ajoutez-la de nouveau si c’était une erreur."), "done")
    return redirect(url_for("founding.founders", founding_id=holder))


@blueprint.route("/<int:founding_id>/convoquer", methods=["GET", "POST"])
@requires(FoundingAction.EDIT, on=queries.association_by_id)
def call(founding: Founding) -> Response | str | tuple[str, int]:
    """When and where the founders meet."""
    number, form = founding.id, CallForm()
    if not form.is_submitted():
        fill_call(form, founding)
    elif form.validate():
        moment = datetime.combine(form.day.sure, form.hour.sure, PARIS)
        try:
            with writing() as session:
                place = form.place.data or ""
                assembly.call_assembly(
                    session, again(number), moment, place, form.sent_on.day, by=actor(), at=clock.now()
                )
            flash(_("La convocation est prête : imprimez-la, ou envoyez-la."), "done")
            return redirect(url_for("founding.page", founding_id=number))
        except DomainError as error:
            blame(form, error.field, error.sentence)
    days = values_of(founding.fields).get("convocation_jours", "")
    return answer("founding/call.html", form, founding=founding, days=days)


@blueprint.route("/<int:founding_id>/assemblee", methods=["GET", "POST"])
@requires(FoundingAction.EDIT, on=queries.association_by_id)
def hold(founding: Founding) -> Response | str | tuple[str, int]:
    """Record what the constitutive assembly decided."""
    number, meeting = founding.id, founding.meeting
    if meeting is not None and meeting.status in {Status.OPEN, Status.CLOSED} and founding.held_on is None:
        return redirect(url_for("founding.take_over", founding_id=number))
    people = founding.founders_now
    form = held_form(people)()
    if not form.is_submitted() and founding.assembly_at is not None:
        local = founding.assembly_at.astimezone(PARIS)
        form.held_on.data, form.hour.data = f"{local:%d/%m/%Y}", f"{local:%H:%M}"
        form.place.data = founding.assembly_place
    if not form.is_submitted():
        form.show(founding)
    if form.validate_on_submit():
        try:
            with writing() as session:
                held = again(number)
                command = form.command({one.id: one for one in held.founders_now})
                assembly.hold_assembly(session, held, command, by=actor(), at=clock.now())
            flash(_("L’assemblée est consignée : l’association est fondée. Reste à la déclarer."), "done")
            return redirect(url_for("founding.page", founding_id=number))
        except DomainError as error:
            blame(form, error.field, error.sentence)
    clauses = clauses_of(founding)
    needed = founders_needed(founding.body, clock.today())
    return answer(
        "founding/hold.html",
        form,
        founding=founding,
        has_fee=clauses.get("cotisation") == "yes",
        needed=needed,
        board=article_of(founding, "bureau"),
        counsel=founders_counsel(),
    )


@blueprint.post("/<int:founding_id>/assemblee/corriger")
@requires(FoundingAction.EDIT, on=queries.association_by_id)
def take_back(founding: Founding) -> Response:
    """Take the record of the assembly back, to correct it."""
    number = founding.id
    try:
        with writing() as session:
            assembly.take_back(session, again(number), by=actor(), at=clock.now())
    except DomainError as error:
        flash(str(error), "stop")
        return redirect(url_for("founding.page", founding_id=number))
    flash(_("Corrigez ce qui doit l’être, puis consignez de nouveau : les mandats suivront."), "done")
    return redirect(url_for("founding.hold", founding_id=number))


@blueprint.post("/<int:founding_id>/fondateurs/membres")
@requires(FoundingAction.EDIT, on=queries.association_by_id)
def enrol_founders(founding: Founding) -> Response:
    """Note the founders as the first members; the list is the association's own."""
    check(MemberAction.KEEP, Roll(founding.committee))
    number, body_id = founding.id, founding.committee_id
    with writing() as session:
        made = enrolling.enrol_founders(session, again(number), by=actor(), at=clock.now())
    number = sum(map(len, made))
    flash(ngettext("%(num)s personne est inscrite.", "%(num)s personnes sont inscrites.", number), "done")
    for names in made:
        if len(names) > 1:
            flash(
                _(
                    "Même nom et même adresse : %(names)s font un foyer, qui reçoit un courrier et paie une cotisation "
                    "de foyer. Qui vit à part s’en sépare depuis sa fiche : « Donner un foyer à part ».",
                    names=", ".join(names),
                ),
                "info",
            )
    return redirect(url_for("members.roll", body_id=body_id))


@blueprint.route("/<int:founding_id>/assemblee/reprendre", methods=["GET", "POST"])
@requires(FoundingAction.EDIT, on=queries.association_by_id)
def take_over(founding: Founding) -> Response | str | tuple[str, int]:
    """Take over what the constitutive assembly decided on its own page."""
    number = founding.id
    names = persons_apart(one.person for one in founding.founders_now)
    form = TakeOverForm().offer((one.id, names[one.person_id]) for one in founding.founders_now)
    if form.validate_on_submit():
        fee, wanted = form.fee.amount or None, whole(form.declarant.data)
        try:
            with writing() as session:
                held = again(number)
                declarant = next((one for one in held.founders_now if one.id == wanted), None)
                assembly.take_over(session, held, fee, declarant, by=actor(), at=clock.now())
            flash(_("L’association est fondée, ses premiers mandats sont ouverts. Reste à la déclarer."), "done")
            return redirect(url_for("founding.page", founding_id=number))
        except DomainError as error:
            blame(form, error.field, error.sentence)
    return answer("founding/take_over.html", form, founding=again(number))


@blueprint.get("/<int:founding_id>/declaration")
@requires(FoundingAction.VIEW, on=queries.association_by_id)
def declaration(founding: Founding) -> str:
    """The list of documents, and how far the declaration has come."""
    today = clock.today()
    return render_template(
        "founding/declaration.html",
        founding=founding,
        local=queries.is_local(founding.body),
        local_law=founders_needed(founding.body).article,
        held=declaring.told_of(founding),
        siret=spaced_siret(founding.committee.siret),
        papers=papers_of(founding, on=today),
        receipt=figure("delai_recepisse_jours", today),
        changes=figure("delai_declaration_association_mois", today),
        fine=figure("amende_defaut_declaration", today),
        fee=figure("frais_publication_joafe", today),
        sees_founders=may(FoundingAction.SEE_FOUNDERS, founding),
        may_edit=may(FoundingAction.EDIT, founding),
    )


@blueprint.route("/<int:founding_id>/declaration/suivi", methods=["GET", "POST"])
@requires(FoundingAction.EDIT, on=queries.association_by_id)
def follow_declaration(founding: Founding) -> Response | str | tuple[str, int]:
    """Note what was filed, the receipt or the register, the publication, the numbers."""
    number, conflict = founding.id, None
    form = DeclarationForm()
    local = queries.is_local(founding.body)
    for name in ("receipt_on", "receipt_reference", "rna") if local else ("registered_on", "register_reference"):
        del form[name]
    if not form.is_submitted():
        form.show(declaring.told_of(founding), founding.revision)
    elif form.validate():
        try:
            with writing() as session:
                declaring.note_declaration(
                    session,
                    again(number),
                    form.command(),
                    revision=whole(form.revision.data),
                    by=actor(),
                    at=clock.now(),
                )
            flash(_("C’est noté."), "done")
            return redirect(url_for("founding.declaration", founding_id=number))
        except EditConflict as error:
            conflict = error
            form.revision.data = str(again(number).revision)
        except DomainError as error:
            blame(form, error.field, error.sentence)
    return answer(
        "founding/follow.html",
        form,
        founding=founding,
        local=local,
        local_law=founders_needed(founding.body).article,
        conflict=conflict,
        wrong=conflict is not None,
    )
