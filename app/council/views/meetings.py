"""Preparing a meeting: its day, its agenda."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _

from app.access.gate import actor, identity, may, requires
from app.bodies.apart import choices_apart
from app.council import queries
from app.council.duties import list_due
from app.council.forms import MeetingForm, PointForm, ReasonForm, choices, typed, whole
from app.council.labels import (
    ACT_STATUSES,
    ACT_TONES,
    MEETING_STATUSES,
    MEETING_TONES,
    OUTCOME_TONES,
    OUTCOMES,
)
from app.council.models import MeetingStatus
from app.council.policy import CouncilAction
from app.council.reckoning import (
    delay_of,
    is_note_disputed,
    last_dispatch,
    needs_note,
    setting_of,
    standings,
    urgency_law,
)
from app.council.services import composition, recalling
from app.council.services import meetings as services
from app.council.services.agenda import may_take, put_on_agenda, require_room, takes_items
from app.council.views.blueprint import blueprint
from app.council.views.parts import answer, blame_unless_blocked, lawfully, meeting_again, own_communes, point_again
from app.council.waiting import step_of
from app.database.unit import writing
from app.documents.fonts import missing_glyphs
from app.extensions import db
from app.law.convocation import second_notice
from app.people.forms import blame
from app.shared import clock
from app.shared.clock import PARIS, day_of
from app.shared.conflicts import both_texts
from app.shared.errors import DomainError, EditConflict

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from werkzeug.wrappers import Response

    from app.bodies.models import Body
    from app.council.models import Act, AgendaPoint, Meeting


@blueprint.route("/seances/nouvelle", methods=["GET", "POST"])
@requires(CouncilAction.CREATE_ACT)
def call() -> Response | str | tuple[str, int]:
    """Begin a meeting."""
    communes = own_communes()
    form = MeetingForm().cite(_urgency_law(one) for one in communes)
    form.body.choices = choices(choices_apart(communes))
    if not form.is_submitted():
        form.place.data = str(_("Salle du conseil municipal, mairie"))
    if form.validate_on_submit():
        body_id = whole(form.body.data)
        try:
            if body_id not in identity().written_body_ids:
                raise services.BadMeeting(_("Choisissez une commune pour laquelle vous écrivez."), field="body")
            with writing() as session:
                made = services.call_meeting(session, body_id, form.command(), by=actor(), at=clock.now())
                number = made.id
            flash(_("La séance est créée. Inscrivez ses points, puis envoyez la convocation."), "done")
            return redirect(url_for("council.meeting", meeting_id=number))
        except DomainError as error:
            blame(form, error.field, error.sentence)
    return answer("council/call.html", form, communes=communes)


def _urgency_law(body: Body) -> str:
    return urgency_law(setting_of(body, queries.council_of(db.session(), body.id)), clock.today())


@blueprint.get("/seances/<int:meeting_id>")
@requires(CouncilAction.VIEW, on=queries.meeting_by_id)
def meeting(meeting: Meeting) -> str | tuple[str, int]:
    """A meeting: what to do next, its agenda as sent and as it is, its documents."""
    session = db.session()
    setting = setting_of(meeting.body, queries.council_of(session, meeting.body_id))
    held_on = day_of(meeting.starts_at)
    sent, second = last_dispatch(meeting), queries.second_of(session, meeting)
    supposed = sent or clock.today()
    return answer(
        "council/meeting.html",
        None,
        meeting=meeting,
        held_on=held_on,
        local=meeting.starts_at.astimezone(PARIS),
        setting=setting,
        delay=delay_of(meeting, setting, supposed),
        sent_on=sent,
        needs_note=needs_note(setting, held_on),
        is_note_disputed=is_note_disputed(setting, held_on),
        differences=agenda_differences(meeting),
        standings=standings(meeting) if meeting.status != MeetingStatus.DRAFT else {},
        overrides=queries.overrides_of(session, meeting_id=meeting.id),
        statuses=MEETING_STATUSES,
        tones=MEETING_TONES,
        outcomes=OUTCOMES,
        outcome_tones=OUTCOME_TONES,
        act_statuses=ACT_STATUSES,
        act_tones=ACT_TONES,
        may_edit=may(CouncilAction.EDIT, meeting),
        list_due=list_due(meeting),
        left=_left(meeting),
        second=second,
        second_on=day_of(second.starts_at) if second else None,
        first_on=day_of(meeting.second_of.starts_at) if meeting.second_of else None,
        unprinted=missing_glyphs(_words_of(meeting))[:20],
        is_held=meeting.status == MeetingStatus.DRAFT and services.has_gone(meeting, clock.today()),
        step=step_of(meeting, clock.today()),
        takes_items=takes_items(meeting, _ready_again(meeting)),
        changes=composition.changes_of(session, meeting) if may(CouncilAction.EDIT, meeting) else None,
    )


def _ready_again(meeting: Meeting) -> Sequence[Act]:
    """The acts that a second convocation could take up; any other meeting takes what it is given."""
    return queries.acts_ready(db.session(), meeting.body_id) if meeting.second_of_id is not None else ()


def _words_of(meeting: Meeting) -> str:
    """What people typed and the papers of a meeting print."""
    told = [meeting.place, meeting.urgency_reason, meeting.minutes_text]
    for point in meeting.agenda:
        told += [point.title, point.rapporteur, point.note, point.debate, point.added_reason]
        told += [*point.act.recitals, *point.act.articles] if point.act is not None else []
    return "\n".join(told)


def agenda_differences(meeting: Meeting) -> list[tuple[str, str]]:
    """What changed since the convocation, as (kind, title): ajouté, retiré, déplacé."""
    if meeting.status == MeetingStatus.DRAFT or not meeting.convened_agenda:
        return []
    sent = {row["point"]: row for row in meeting.convened_agenda}
    found: list[tuple[str, str]] = []
    now = meeting.agenda
    for point in now:
        if point.id not in sent:
            found.append((_("ajouté"), point.title))
        elif point.outcome == "withdrawn":
            found.append((_("retiré"), point.title))
    kept = [point.id for point in now if point.id in sent]
    before = [row["point"] for row in meeting.convened_agenda if row["point"] in set(kept)]
    titles = {point.id: point.title for point in now}
    found += [(_("déplacé"), titles[one]) for one, was in zip(kept, before, strict=True) if one != was]
    return found


@blueprint.route("/seances/<int:meeting_id>/modifier", methods=["GET", "POST"])
@requires(CouncilAction.EDIT, on=queries.meeting_by_id)
def edit(meeting: Meeting) -> Response | str | tuple[str, int]:
    """Change the day, the place, the urgency."""
    number, conflict = meeting.id, None
    form = MeetingForm().cite([_urgency_law(meeting.body)])
    del form.body
    if not form.is_submitted():
        form.show(meeting)
    elif form.validate():
        try:
            with writing() as session:
                services.edit_meeting(session, meeting_again(number), form.command(), by=actor(), at=clock.now())
            flash(_("C’est enregistré."), "done")
            return redirect(url_for("council.meeting", meeting_id=number))
        except EditConflict:
            kept = MeetingForm(formdata=None)
            del kept.body
            conflict = both_texts(form, kept.show(meeting_again(number)))
        except (services.BadMeeting, services.AgendaIsFrozen) as error:
            blame(form, error.field, error.sentence)
    return answer("council/edit_meeting.html", form, meeting=meeting, conflict=conflict, wrong=conflict is not None)


@blueprint.route("/seances/<int:meeting_id>/annuler", methods=["GET", "POST"])
@requires(CouncilAction.EDIT, on=queries.meeting_by_id)
def cancel(meeting: Meeting) -> Response | str | tuple[str, int]:
    """Call a meeting off, with a reason."""
    number, form = meeting.id, ReasonForm()
    if form.validate_on_submit():
        with writing() as session:
            services.cancel_meeting(session, meeting_again(number), form.reason.data or "", by=actor(), at=clock.now())
        flash(_("La séance est annulée ; ses délibérations peuvent être inscrites à une autre."), "done")
        return redirect(url_for("council.meeting", meeting_id=number))
    return answer("council/cancel.html", form, meeting=meeting)


def _left(meeting: Meeting) -> list[AgendaPoint]:
    """What a closed meeting left for want of a quorum, as long as no second meeting takes it up."""
    if meeting.status != MeetingStatus.CLOSED or queries.second_of(db.session(), meeting) is not None:
        return []
    return recalling.waiting_after(meeting)


@blueprint.route("/seances/<int:meeting_id>/seconde-convocation", methods=["GET", "POST"])
@requires(CouncilAction.EDIT, on=queries.meeting_by_id)
def call_second(meeting: Meeting) -> Response | str | tuple[str, int]:
    """Convene again after a meeting without quorum: the same items, no quorum then."""
    points = recalling.require_second(db.session(), meeting)
    number, form = meeting.id, MeetingForm()
    for name in ("body", "is_first", "is_urgent", "urgency_reason", "note"):
        delattr(form, name)
    setting = setting_of(meeting.body, queries.council_of(db.session(), meeting.body_id))
    if not form.is_submitted():
        form.place.data, form.hour.data = meeting.place, f"{meeting.starts_at.astimezone(PARIS):%H:%M}"
        form.day.data = typed(
            second_notice(on=clock.today(), alsace_moselle=setting.is_local_law).earliest_meeting(clock.today())
        )
    elif form.validate():
        command = services.MeetingFacts(
            starts_at=datetime.combine(form.day.sure, form.hour.sure, PARIS), place=form.place.data or ""
        )
        try:
            with writing() as session:
                made = recalling.call_second(session, meeting_again(number), command, by=actor(), at=clock.now())
                made_id = made.id
            flash(_("La seconde séance reprend les mêmes points. Envoyez-en la convocation."), "done")
            return redirect(url_for("council.meeting", meeting_id=made_id))
        except services.BadMeeting as error:
            blame(form, error.field, error.sentence)
    return answer("council/call_second.html", form, meeting=meeting, points=points)


@blueprint.post("/seances/<int:meeting_id>/corbeille")
@requires(CouncilAction.EDIT, on=queries.meeting_by_id)
def trash(meeting: Meeting) -> Response:
    """Put a meeting that was never convened in the trash."""
    number = meeting.id
    with writing() as session:
        services.trash_meeting(session, meeting_again(number), by=actor(), at=clock.now())
    flash(_("La séance est à la corbeille ; vous pouvez la remettre en place."), "done")
    return redirect(url_for("council.index"))


@blueprint.post("/seances/<int:meeting_id>/restaurer")
@requires(CouncilAction.EDIT, on=queries.meeting_by_id)
def restore(meeting: Meeting) -> Response:
    """Take a meeting out of the trash."""
    number = meeting.id
    with writing() as session:
        services.restore_meeting(session, meeting_again(number), by=actor(), at=clock.now())
    flash(_("La séance est remise en place."), "done")
    return redirect(url_for("council.meeting", meeting_id=number))


# --- the agenda ---


@blueprint.route("/seances/<int:meeting_id>/points/nouveau", methods=["GET", "POST"])
@requires(CouncilAction.EDIT, on=queries.meeting_by_id)
def add_point(meeting: Meeting) -> Response | str | tuple[str, int]:
    """Put an item on the agenda."""
    number = meeting.id
    ready = queries.acts_ready(db.session(), meeting.body_id)
    if request.method == "GET":
        require_room(meeting, ready, clock.now())
        ready = [one for one in ready if may_take(meeting, one)]
    form = PointForm().offer(ready)
    if meeting.status == MeetingStatus.DRAFT:
        del form.added_reason
    if not form.is_submitted():
        form.act.data = request.args.get("deliberation", "")
    elif form.validate():
        try:
            lawfully(
                lambda session: put_on_agenda(session, meeting_again(number), _facts(form), by=actor(), at=clock.now()),
                meeting.body_id,
                act_id=whole(form.act.data) or None,
            )
            flash(_("Le point est inscrit à l’ordre du jour."), "done")
            return redirect(url_for("council.meeting", meeting_id=number, _anchor="ordre-du-jour"))
        except DomainError as error:
            stopped = blame_unless_blocked(form, error)
            held = meeting_again(number)
            return answer("council/point.html", form, wrong=True, meeting=held, point=None, **stopped)
    return answer("council/point.html", form, meeting=meeting, point=None, blocked=None)


def _facts(form: PointForm) -> services.PointFacts:
    facts = form.command() if "added_reason" in form and "act" in form else None
    if facts is not None:
        return facts
    return services.PointFacts(
        title=form.title.data or "",
        rapporteur=form.rapporteur.data or "",
        note=(form.note.data or "").replace("\r\n", "\n"),
        act_id=(whole(form.act.data) or None) if "act" in form else None,
        revision=whole(form.revision.data),
    )


@blueprint.route("/points/<int:point_id>/modifier", methods=["GET", "POST"])
@requires(CouncilAction.EDIT, on=queries.point_by_id)
def edit_point(point: AgendaPoint) -> Response | str | tuple[str, int]:
    """Change an item."""
    number, meeting_id, conflict = point.id, point.meeting_id, None
    form = PointForm()
    del form.act
    del form.added_reason
    if not form.is_submitted():
        form.show(point)
    elif form.validate():
        try:
            with writing() as session:
                services.edit_point(session, point_again(number), _facts(form), by=actor(), at=clock.now())
            flash(_("C’est enregistré."), "done")
            return redirect(url_for("council.meeting", meeting_id=meeting_id, _anchor="ordre-du-jour"))
        except EditConflict:
            kept = PointForm(formdata=None)
            del kept.act
            del kept.added_reason
            kept.show(point_again(number))
            conflict = both_texts(form, kept)
        except (services.BadMeeting, services.AgendaIsFrozen) as error:
            blame(form, error.field, error.sentence)
    return answer(
        "council/point.html",
        form,
        meeting=point.meeting,
        point=point,
        conflict=conflict,
        blocked=None,
        wrong=conflict is not None,
    )


@blueprint.post("/points/<int:point_id>/monter")
@requires(CouncilAction.EDIT, on=queries.point_by_id)
def raise_point(point: AgendaPoint) -> Response:
    """Move an item one place up."""
    return _changed(point, lambda session, one: services.move_point(session, one, -1, by=actor(), at=clock.now()))


@blueprint.post("/points/<int:point_id>/descendre")
@requires(CouncilAction.EDIT, on=queries.point_by_id)
def lower_point(point: AgendaPoint) -> Response:
    """Move an item one place down."""
    return _changed(point, lambda session, one: services.move_point(session, one, 1, by=actor(), at=clock.now()))


@blueprint.post("/points/<int:point_id>/retirer")
@requires(CouncilAction.EDIT, on=queries.point_by_id)
def withdraw_point(point: AgendaPoint) -> Response:
    """Take an item off the agenda."""
    return _changed(point, lambda session, one: services.withdraw_point(session, one, by=actor(), at=clock.now()))


def _changed(point: AgendaPoint, verb: Callable[..., None]) -> Response:
    number, meeting_id = point.id, point.meeting_id
    with writing() as session:
        verb(session, point_again(number))
    return redirect(url_for("council.meeting", meeting_id=meeting_id, _anchor="ordre-du-jour"))
