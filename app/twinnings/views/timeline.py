"""Stages and events: note, correct, take back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, render_template, request
from flask_babel import gettext as _

from app.access.gate import actor, requires
from app.database.unit import writing
from app.extensions import db
from app.people.forms import blame
from app.shared import clock
from app.shared.errors import DomainError, EditConflict
from app.shared.saying import hour, said
from app.twinnings import queries
from app.twinnings.forms import EventForm, StageForm
from app.twinnings.labels import STAGE_HINTS, STAGE_NAMES, event_title
from app.twinnings.models import EventKind, Stage
from app.twinnings.policy import TwinningAction
from app.twinnings.services import timeline as services
from app.twinnings.views.ground import acting_body_id, back, blueprint, names_of, plain_title

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from app.twinnings.models import Twinning, TwinningEvent


@blueprint.route("/<int:twinning_id>/etape", methods=["GET", "POST"])
@requires(TwinningAction.EDIT, on=queries.twinning_by_id)
def change_stage(twinning: Twinning) -> Response | str | tuple[str, int]:
    """Note a stage; what looks odd is said first, then done if meant."""
    form = StageForm()
    warnings: list[str] = []
    first: TwinningEvent | None = None
    if not form.is_submitted():
        asked = request.args.get("vers", "")
        form.stage.data = asked if asked in set(Stage) else twinning.stage
        form.begin(request.args)
    elif form.validate():
        history = queries.landmarks(db.session(), twinning.id)
        warnings = services.warnings_of(history, form.facts(), today=clock.today())
        first = services.noted_already(history, form.facts())
        if not (warnings or first) or form.seen.data == _seen(warnings, first):
            try:
                return _noted(twinning, form)
            except DomainError as error:
                blame(form, error.field, error.sentence)
        form.seen.data = _seen(warnings, first)
    return _stage_page(twinning, form, warnings=warnings, first=first)


@blueprint.route("/<int:twinning_id>/evenements/nouveau", methods=["GET", "POST"])
@requires(TwinningAction.EDIT, on=queries.twinning_by_id)
def note_event(twinning: Twinning) -> Response | str | tuple[str, int]:
    """Add a memory, a visit, a renewal."""
    form = EventForm()
    if not form.is_submitted():
        if request.args.get("genre", "") in set(EventKind) - {EventKind.STAGE}:
            form.kind.data = request.args["genre"]
        form.begin(request.args)
    if form.validate_on_submit():
        try:
            return _noted(twinning, form)
        except DomainError as error:
            blame(form, error.field, error.sentence)
    return _event_page(twinning, form)


@blueprint.route("/evenements/<int:event_id>/modifier", methods=["GET", "POST"])
@requires(TwinningAction.EDIT, on=queries.event_by_id)
def edit_event(event: TwinningEvent) -> Response | str | tuple[str, int]:
    """Correct a point of the timeline."""
    form = StageForm() if event.stage else EventForm()
    twinning, conflict = event.twinning, None
    number, acting = twinning.id, acting_body_id(twinning)
    if not form.is_submitted():
        form.show(event)
    elif form.validate():
        try:
            with writing() as session:
                services.correct_event(
                    session,
                    event,
                    form.facts(),
                    revision=form.known_revision(),
                    by=actor(),
                    at=clock.now(),
                    acting=acting,
                )
            flash(_("La correction est enregistrée."), "done")
            return back(number)
        except EditConflict as error:
            conflict = error
            form.revision.data = str(event.revision)
        except DomainError as error:
            blame(form, error.field, error.sentence)
    if isinstance(form, StageForm):
        return _stage_page(twinning, form, event=event, conflict=conflict)
    return _event_page(twinning, form, event=event, conflict=conflict)


@blueprint.post("/evenements/<int:event_id>/corbeille")
@requires(TwinningAction.EDIT, on=queries.event_by_id)
def trash_event(event: TwinningEvent) -> Response:
    """Take a point out of the timeline."""
    number, acting = event.twinning_id, acting_body_id(event.twinning)
    with writing() as session:
        services.trash_event(session, event, by=actor(), at=clock.now(), acting=acting)
    flash(_("C’est à la corbeille du dossier."), "done")
    return back(number)


@blueprint.post("/evenements/<int:event_id>/restaurer")
@requires(TwinningAction.EDIT, on=queries.event_by_id)
def restore_event(event: TwinningEvent) -> Response:
    """Put a point back."""
    number, acting = event.twinning_id, acting_body_id(event.twinning)
    with writing() as session:
        services.restore_event(session, event, by=actor(), at=clock.now(), acting=acting)
    flash(_("C’est remis dans le fil."), "done")
    return back(number)


def _noted(twinning: Twinning, form: StageForm | EventForm) -> Response:
    number, acting = twinning.id, acting_body_id(twinning)
    with writing() as session:
        event = services.note_event(session, twinning, form.facts(), by=actor(), at=clock.now(), acting=acting)
        title, day = event_title(event), said(event.when) if event.when else ""
    if day:
        flash(_("« %(title)s » (%(day)s) est à sa place dans l’histoire du dossier.", title=title, day=day), "done")
    else:
        flash(_("« %(title)s » est dans l’histoire du dossier, sans date.", title=title), "done")
    return back(number)


def _stage_page(  # all that the page may have to say
    twinning: Twinning,
    form: StageForm,
    *,
    warnings: list[str] | None = None,
    first: TwinningEvent | None = None,
    event: TwinningEvent | None = None,
    conflict: EditConflict | None = None,
) -> tuple[str, int]:
    page = render_template(
        "twinnings/stage.html",
        form=form,
        twinning=twinning,
        title=plain_title(twinning),
        event=event,
        event_title=event_title(event) if event else "",
        warnings=warnings or [],
        first=first,
        noted=_facts_noted(first) if first else [],
        noted_at=hour(first.created_at, clock.PARIS) if first else "",
        conflict=conflict,
        hints=[(STAGE_NAMES[stage], hint) for stage, hint in STAGE_HINTS.items()],
        towns=names_of(twinning.parties),
    )
    return page, 409 if conflict else 422 if form.errors else 200


def _event_page(
    twinning: Twinning, form: EventForm, *, event: TwinningEvent | None = None, conflict: EditConflict | None = None
) -> tuple[str, int]:
    page = render_template(
        "twinnings/event.html",
        form=form,
        twinning=twinning,
        title=plain_title(twinning),
        event=event,
        event_title=event_title(event) if event else "",
        conflict=conflict,
        towns=names_of(twinning.parties),
    )
    return page, 409 if conflict else 422 if form.errors else 200


def _facts_noted(event: TwinningEvent) -> list[tuple[str, str]]:
    return [(label, text) for label, text in services.told(services.facts_of(event)).items() if text]


def _seen(warnings: list[str], first: TwinningEvent | None) -> str:
    """A mark of what was read, the warnings and the stage noted before: anything else is shown again."""
    marks = [str(len(warning)) for warning in warnings]
    return "|".join([*marks, f"{first.id}.{first.revision}"] if first is not None else marks)
