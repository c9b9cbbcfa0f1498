"""The list of assemblies, the page of one, calling, cancelling, the trash."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from app.access.gate import actor, identity, may, requires
from app.assemblies import queries
from app.assemblies.course import course_of
from app.assemblies.duties import run_out_said
from app.assemblies.forms import AssemblyForm, MinutesForm, ReasonForm, SecondForm
from app.assemblies.labels import CHANGES, KINDS, OUTCOME_TONES, OUTCOMES, STATUSES, TONES
from app.assemblies.models import AssemblyKind, Status
from app.assemblies.policy import AssemblyAction
from app.assemblies.queries.terms import endings
from app.assemblies.reckoning import changed_on, room_at, undecided, unsaid
from app.assemblies.registry import due_of, local_article, local_said
from app.assemblies.reserves import doubts, reservations
from app.assemblies.services import calling, minutes
from app.assemblies.services.convening import latest_dispatch, notice_required
from app.assemblies.services.offices import change_of
from app.assemblies.services.proxies import beyond_limit
from app.assemblies.telling import attendance_said, quorum_label, quorum_said, why_unknown
from app.assemblies.views.blueprint import answer, assembly_again, blueprint
from app.bodies.labels import office_as_signed
from app.bodies.queries import signatory_on
from app.database.unit import writing
from app.extensions import db
from app.law.assembly import latest_sending
from app.people.fields import typed
from app.people.forms import blame
from app.shared import clock
from app.shared.clock import PARIS, day_of
from app.shared.conflicts import both_texts
from app.shared.errors import DomainError, EditConflict
from app.shared.marks import moment_mark, read_mark
from app.shared.saying import full_day

if TYPE_CHECKING:
    from collections.abc import Collection

    from werkzeug.wrappers import Response

    from app.assemblies.models import Assembly
    from app.assemblies.queries.terms import Ending
    from app.bodies.models import Body

    Page = Response | str | tuple[str, int]


def _prepared_ids() -> frozenset[int]:
    """The associations for which one calls and writes."""
    session = db.session()
    bodies = queries.associations_among(session, identity().body_ids)
    return frozenset(body.id for body in bodies if may(AssemblyAction.EDIT, body))


def _own_associations() -> list[Body]:
    who = identity()
    found = queries.associations_among(db.session(), _prepared_ids())
    return sorted(found, key=lambda body: body.id != who.current_body_id)


@blueprint.get("/")
@requires(AssemblyAction.LIST)
def index() -> str:
    """The assemblies of one's associations, the latest first."""
    session, who = db.session(), identity()
    trashed = "corbeille" in request.args
    bodies = queries.associations_among(session, who.body_ids)
    found = queries.page_of_assemblies(
        session,
        [body.id for body in bodies],
        drafts_of=_prepared_ids(),
        after=read_mark(request.args.get("apres", "")),
        trashed=trashed,
    )
    page, more = found[: queries.PAGE], len(found) > queries.PAGE
    kept: dict[str, Any] = {"corbeille": 1} if trashed else {}
    last = moment_mark(page[-1].starts_at, page[-1].id) if page else ""
    return render_template(
        "assemblies/index.html",
        rows=page,
        bodies=bodies,
        days={one.id: day_of(one.starts_at) for one in page},
        kinds=KINDS,
        statuses=STATUSES,
        tones=TONES,
        trashed=trashed,
        may_call=bool(_prepared_ids()),
        over=[] if trashed else _run_out(_prepared_ids()),
        pages={
            "previous_url": url_for("assemblies.index", **kept) if "apres" in request.args else None,
            "next_url": url_for("assemblies.index", **kept, apres=last) if more else None,
        },
    )


def _run_out(body_ids: Collection[int]) -> list[tuple[Ending, str]]:
    """The boards whose mandates have run out, and since when."""
    today = clock.today()
    found = endings(db.session(), body_ids, on=today) if body_ids else []
    return [(one, run_out_said(one)) for one in found if one.day < today]


@blueprint.route("/nouvelle", methods=["GET", "POST"])
@requires(AssemblyAction.CALL)
def new() -> Page:
    """Begin to prepare an assembly."""
    bodies = _own_associations()
    form = AssemblyForm().offer(bodies)
    if not form.is_submitted():
        _propose(form, bodies)
    elif form.validate():
        body_id, facts = int(form.body.data), form.command()
        with writing() as session:
            number = calling.call_assembly(session, body_id, facts, by=actor(), at=clock.now()).id
        flash(_("La réunion est notée. Inscrivez maintenant les points à l’ordre du jour."), "done")
        return redirect(url_for("assemblies.page", assembly_id=number))
    return answer("assemblies/form.html", form, assembly=None)


def _propose(form: AssemblyForm, bodies: list[Body]) -> None:
    """Fill in what the page before said, and who signs."""
    wanted = request.args.get("association", 0, type=int)
    chosen = next((body for body in bodies if body.id == wanted), bodies[0])
    form.body.data = str(chosen.id)
    if (kind := request.args.get("genre", "")) in set(AssemblyKind):
        form.kind.data = kind
    signs = signatory_on(db.session(), chosen.id, clock.today())
    form.called_by.data = ", ".join(filter(None, (signs.person.name, office_as_signed(signs)))) if signs else ""


def _could_elect(assembly: Assembly) -> bool:
    """Whether an election of the board could still be put on the agenda, and none is."""
    is_ahead = assembly.status in {Status.DRAFT, Status.CONVENED, Status.OPEN}
    return is_ahead and assembly.is_of_members and not any(item.function for item in assembly.agenda)


@blueprint.get("/<int:assembly_id>")
@requires(AssemblyAction.VIEW, on=queries.assembly_by_id)
def page(assembly: Assembly) -> str:
    """The assembly: what comes next, its agenda, its people, its papers."""
    session, held_on = db.session(), day_of(assembly.starts_at)
    statutes = queries.statutes_of(session, assembly, held_on)
    days = notice_required(assembly, statutes)
    may_edit = may(AssemblyAction.EDIT, assembly)
    reserved = reservations(assembly, statutes)
    needed = statutes.quorum_needed(len(assembly.members), is_second=assembly.second_of_id is not None)
    rules = queries.rules_of(session, assembly.body_id) if needed is None or days is None else []
    room = room_at(assembly, statutes)
    return render_template(
        "assemblies/page.html",
        assembly=assembly,
        held_on=held_on,
        local=assembly.starts_at.astimezone(PARIS),
        kind=KINDS[AssemblyKind(assembly.kind)],
        statuses=STATUSES,
        tones=TONES,
        outcomes=OUTCOMES,
        outcome_tones=OUTCOME_TONES,
        statutes=statutes,
        room=room,
        attendance=attendance_said(assembly, course_of(assembly, statutes)) if room.present else [],
        beyond=beyond_limit(room, statutes),
        needed=needed,
        quorum_label=quorum_label(statutes),
        quorum=quorum_said(assembly, statutes, rules, needed),
        notice_days=days,
        unknown_notice=why_unknown(assembly, rules, "notice_days") if days is None else "",
        latest=(latest := latest_sending(days, held_on)),
        is_late=latest is not None and latest < clock.today(),
        sent_on=latest_dispatch(assembly),
        today=clock.today(),
        may_edit=may_edit,
        reserved=reserved,
        told_of={one.item_id: one.who for one in reserved if one.is_noted},
        doubts=doubts(assembly) if assembly.change_of else [],
        unsaid=unsaid(assembly),
        sees_body=may(AssemblyAction.VIEW, assembly.body),
        second=queries.second_of(session, assembly.id) if assembly.status == Status.NO_QUORUM else None,
        undecided=undecided(assembly),
        over=_run_out([assembly.body_id]) if may_edit and _could_elect(assembly) else [],
        change=change_of(session, assembly, on=clock.today()) if assembly.status == Status.CLOSED else None,
        change_due=due_of(assembly.body, changed_on(assembly)),
        local_article=local_article(assembly.body, assembly.change_of),
        local_said=local_said(assembly.body, assembly.change_of),
        changes=[CHANGES[one] for one in assembly.change_of.split(",") if one in CHANGES],
    )


@blueprint.route("/<int:assembly_id>/modifier", methods=["GET", "POST"])
@requires(AssemblyAction.EDIT, on=queries.assembly_by_id)
def edit(assembly: Assembly) -> Page:
    """Change the day, the place, the words."""
    number = assembly.id
    form, conflict = AssemblyForm().offer([assembly.body]), None
    form.body.data = str(assembly.body_id)
    if not form.is_submitted():
        form.show(assembly)
    elif form.validate():
        facts = form.command()
        try:
            with writing() as session:
                calling.edit_assembly(session, assembly_again(number), facts, by=actor(), at=clock.now())
        except EditConflict:
            kept = AssemblyForm(formdata=None).offer([assembly.body]).show(assembly_again(number))
            kept.body.data = form.body.data
            conflict = both_texts(form, kept)
        except calling.WrongMoment as error:
            blame(form, "day", error.sentence)
        else:
            flash(_("La réunion est enregistrée."), "done")
            return redirect(url_for("assemblies.page", assembly_id=number))
    return answer("assemblies/form.html", form, conflict, assembly=assembly_again(number))


@blueprint.route("/<int:assembly_id>/annuler", methods=["GET", "POST"])
@requires(AssemblyAction.EDIT, on=queries.assembly_by_id)
def cancel(assembly: Assembly) -> Page:
    """Call the assembly off."""
    number, form = assembly.id, ReasonForm()
    if form.validate_on_submit():
        reason = form.reason.data or ""
        with writing() as session:
            calling.cancel_assembly(session, assembly_again(number), reason, by=actor(), at=clock.now())
        flash(_("La réunion est annulée. Prévenez les personnes convoquées."), "done")
        return redirect(url_for("assemblies.page", assembly_id=number))
    return answer("assemblies/cancel.html", form, assembly=assembly, held_on=day_of(assembly.starts_at))


@blueprint.post("/<int:assembly_id>/corbeille")
@requires(AssemblyAction.EDIT, on=queries.assembly_by_id)
def trash(assembly: Assembly) -> Response:
    """Put the assembly in the trash."""
    number = assembly.id
    with writing() as session:
        calling.trash_assembly(session, assembly_again(number), by=actor(), at=clock.now())
    flash(_("La réunion est à la corbeille ; rien n’en est perdu."), "done")
    return redirect(url_for("assemblies.index", corbeille=1))


@blueprint.post("/<int:assembly_id>/remettre")
@requires(AssemblyAction.EDIT, on=queries.assembly_by_id)
def restore(assembly: Assembly) -> Response:
    """Take the assembly out of the trash."""
    number = assembly.id
    with writing() as session:
        calling.restore_assembly(session, assembly_again(number), by=actor(), at=clock.now())
    flash(_("La réunion est sortie de la corbeille."), "done")
    return redirect(url_for("assemblies.page", assembly_id=number))


@blueprint.route("/<int:assembly_id>/seconde", methods=["GET", "POST"])
@requires(AssemblyAction.EDIT, on=queries.assembly_by_id)
def call_second(assembly: Assembly) -> Page:
    """Call the same people again, after an assembly without a quorum."""
    number, form = assembly.id, SecondForm()
    statutes = queries.statutes_of(db.session(), assembly, day_of(assembly.starts_at))
    if form.validate_on_submit():
        moment = form.moment()
        try:
            with writing() as session:
                second = calling.call_second(session, assembly_again(number), moment, by=actor(), at=clock.now())
                made = second.id
        except DomainError as error:
            blame(form, error.field, error.sentence)
        else:
            _warn_of_short_notice(made)
            flash(_("La seconde réunion est prête : même ordre du jour, mêmes personnes."), "done")
            return redirect(url_for("assemblies.page", assembly_id=made))
    return answer("assemblies/second.html", form, assembly=assembly_again(number), statutes=statutes)


def _warn_of_short_notice(number: int) -> None:
    """Say at once that a day is too near for its convocation to leave in time."""
    assembly = assembly_again(number)
    held_on = day_of(assembly.starts_at)
    days = notice_required(assembly, queries.statutes_of(db.session(), assembly, held_on))
    latest = latest_sending(days, held_on)
    if latest is not None and latest < clock.today():
        flash(
            _(
                "Pour une réunion le %(day)s, la convocation devait partir le %(latest)s au plus tard, d’après les "
                "statuts : choisissez un jour plus tardif avant de l’envoyer.",
                day=full_day(held_on),
                latest=full_day(latest),
            ),
            "wait",
        )


@blueprint.route("/<int:assembly_id>/proces-verbal", methods=["GET", "POST"])
@requires(AssemblyAction.EDIT, on=queries.assembly_by_id)
def note_minutes(assembly: Assembly) -> Page:
    """Complete the minutes, note when they were approved."""
    number, form = assembly.id, MinutesForm()
    if not form.is_submitted():
        form.text.data, form.approved_on.data = assembly.minutes_text, typed(assembly.minutes_approved_on)
    elif form.validate():
        text, day = (form.text.data or "").replace("\r\n", "\n"), form.approved_on.day
        try:
            with writing() as session:
                minutes.note_minutes(session, assembly_again(number), text, day, by=actor(), at=clock.now())
        except DomainError as error:
            blame(form, error.field, error.sentence)
        else:
            flash(_("C’est noté."), "done")
            return redirect(url_for("assemblies.page", assembly_id=number))
    return answer("assemblies/minutes.html", form, assembly=assembly_again(number))
