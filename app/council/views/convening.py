"""The convocation: one line a councillor, the delay said live, then the agenda is frozen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from wtforms import ValidationError

from app.access.gate import actor, requires
from app.council import queries
from app.council.forms import read_day, typed
from app.council.labels import CHANNELS, LETTER_STATES
from app.council.models import Channel, MeetingStatus
from app.council.policy import CouncilAction
from app.council.reckoning import delay_of, is_note_disputed, last_dispatch, setting_of
from app.council.services import composition, convening, recalling
from app.council.services.meetings import BadMeeting, has_gone, require_draft
from app.council.views.blueprint import blueprint
from app.council.views.parts import blocked_by, lawfully, meeting_again
from app.database.unit import writing
from app.extensions import db
from app.shared import clock
from app.shared.clock import PARIS, day_of
from app.shared.errors import DomainError

if TYPE_CHECKING:
    from datetime import date

    from werkzeug.wrappers import Response

    from app.council.models import Meeting, Seat
    from app.council.reckoning import Setting


@blueprint.get("/seances/<int:meeting_id>/convocation")
@requires(CouncilAction.EDIT, on=queries.meeting_by_id)
def convocation(meeting: Meeting) -> str | tuple[str, int]:
    """Who is sent the convocation, how and when."""
    return _page(meeting)


def _unnoted(meeting: Meeting, setting: Setting) -> list[str]:
    """The deliberations without a note, where the sources conflict on whether one is due."""
    is_disputed = is_note_disputed(setting, day_of(meeting.starts_at))
    return convening.titles_without_note(meeting) if is_disputed else []


def _page(
    meeting: Meeting, error: DomainError | None = None, typed_in: dict[str, str] | None = None
) -> str | tuple[str, int]:
    setting = setting_of(meeting.body, queries.council_of(db.session(), meeting.body_id))
    sent, today = last_dispatch(meeting), clock.today()
    is_draft = meeting.status == MeetingStatus.DRAFT
    reached, missing = convening.to_mail(meeting) if is_draft else ([], [])
    values = typed_in or {
        **{f"sent_{seat.id}": typed(seat.sent_on) for seat in meeting.seats},
        **{f"channel_{seat.id}": seat.channel for seat in meeting.seats},
        **{f"address_{seat.id}": seat.address for seat in meeting.seats},
        **{f"proof_{seat.id}": seat.proof for seat in meeting.seats},
        "posted_on": typed(meeting.posted_on),
        "all_sent_on": "",
        "all_channel": "",
    }
    page = render_template(
        "council/convocation.html",
        meeting=meeting,
        local=meeting.starts_at.astimezone(PARIS),
        held_on=day_of(meeting.starts_at),
        delay=delay_of(meeting, setting, sent or today),
        sent_on=sent,
        today=today,
        values=values,
        channels=CHANNELS,
        error=str(error) if error else "",
        faults=convening.faults_of(db.session(), meeting) if is_draft else [],
        unnoted=_unnoted(meeting, setting) if is_draft else [],
        strength=setting.strength(day_of(meeting.starts_at)),
        overrides=queries.overrides_of(db.session(), meeting_id=meeting.id),
        letters=queries.letters_of(db.session(), meeting),
        letter_states=LETTER_STATES,
        reached=reached,
        unreached=missing,
        unaddressed=[seat for seat in meeting.seats if convening.lacks_address(seat)],
        is_frozen=not is_draft,
        is_mailing=request.endpoint == "council.mail_convocation",
        annexed=[one.act.version for one in meeting.agenda if one.act is not None and one.act.version is not None],
        has_gone=has_gone(meeting, today),
        uncalled=[one for one in meeting.seats if composition.may_still_be_called(meeting, one, at=clock.now())],
        changes=composition.changes_of(db.session(), meeting),
        **blocked_by(error),
    )
    return (page, 422) if error else page


@blueprint.post("/seances/<int:meeting_id>/convocation/conseillers")
@requires(CouncilAction.EDIT, on=queries.meeting_by_id)
def fill_seats(meeting: Meeting) -> Response:
    """Take the councillors in office from the mandates of the commune."""
    number = meeting.id
    with writing() as session:
        one = meeting_again(number)
        require_draft(one)
        convening.fill_seats(session, one)
        many = len(one.seats)
    flash(
        _("%(count)s conseillères et conseillers en exercice sont repris des mandats de la commune.", count=many),
        "done",
    )
    return redirect(url_for("council.convocation", meeting_id=number))


@blueprint.post("/seances/<int:meeting_id>/convocation/courriels")
@requires(CouncilAction.EDIT, on=queries.meeting_by_id)
def mail_convocation(meeting: Meeting) -> Response | str | tuple[str, int]:
    """Send the convocation to all who take it electronically and were not sent it."""
    number = meeting.id
    try:
        missing = lawfully(
            lambda session: convening.mail_convocation(session, meeting_again(number), by=actor(), at=clock.now()),
            meeting.body_id,
            meeting_id=number,
        )
    except DomainError as error:
        return _page(meeting_again(number), error)
    flash(_("La convocation est partie par courriel ; l’envoi de chacun est noté, avec sa preuve."), "done")
    if missing:
        flash(_("Sans adresse électronique, à convoquer autrement : %(names)s.", names=", ".join(missing)), "wait")
    return redirect(url_for("council.convocation", meeting_id=number))


@blueprint.post("/seances/<int:meeting_id>/convocation/reprendre")
@requires(CouncilAction.EDIT, on=queries.meeting_by_id)
def take_dispatch_back(meeting: Meeting) -> Response | str | tuple[str, int]:
    """Take up a convocation that went out, to change it and convene everybody anew."""
    number = meeting.id
    try:
        with writing() as session:
            recalling.take_dispatch_back(session, meeting_again(number), by=actor(), at=clock.now())
    except DomainError as error:
        return _page(meeting_again(number), error)
    flash(
        _(
            "L’envoi est repris : changez la séance ou son ordre du jour, puis convoquez chacun de nouveau ; la "
            "convocation dira qu’elle remplace la première."
        ),
        "wait",
    )
    return redirect(url_for("council.meeting", meeting_id=number))


@blueprint.post("/seances/<int:meeting_id>/convocation/envois")
@requires(CouncilAction.EDIT, on=queries.meeting_by_id)
def record_dispatch(meeting: Meeting) -> Response | str | tuple[str, int]:
    """Note each dispatch; nothing typed is lost when one date cannot be read."""
    number = meeting.id
    typed_in = {name: value[:300] for name, value in request.form.items() if name not in {"csrf_token", "revision"}}
    try:
        everybody = _day("all_sent_on")
        sent = {seat.id: _dispatch(seat, everybody) for seat in meeting.seats}
        posted_on = _day("posted_on")
        with writing() as session:
            convening.record_dispatch(
                session, meeting_again(number), sent, posted_on=posted_on, by=actor(), at=clock.now()
            )
    except DomainError as error:
        values = {**_known(meeting), **typed_in}
        return _page(meeting, error, values)
    flash(_("Les envois sont notés."), "done")
    return redirect(url_for("council.convocation", meeting_id=number))


def _dispatch(seat: Seat, everybody: date | None) -> convening.Dispatch:
    """The line of one councillor; what is said for all holds where the line was left as it stood, but for a letter."""
    day, channel = _day(f"sent_{seat.id}"), _channel(request.form.get(f"channel_{seat.id}", seat.channel))
    if not seat.letter:
        if everybody is not None and day in {None, seat.sent_on}:
            day = everybody
        if request.form.get("all_channel") and channel == seat.channel:
            channel = _channel(request.form["all_channel"])
    return convening.Dispatch(
        channel=channel,
        address=request.form.get(f"address_{seat.id}", seat.address),
        sent_on=day,
        proof=request.form.get(f"proof_{seat.id}", seat.proof),
        wants_paper=channel != Channel.ELECTRONIC.value,
    )


def _known(meeting: Meeting) -> dict[str, str]:
    known = {"posted_on": typed(meeting.posted_on), "all_sent_on": "", "all_channel": ""}
    for seat in meeting.seats:
        known |= {
            f"sent_{seat.id}": typed(seat.sent_on),
            f"channel_{seat.id}": seat.channel,
            f"address_{seat.id}": seat.address,
            f"proof_{seat.id}": seat.proof,
        }
    return known


def _channel(raw: str) -> str:
    return raw if raw in {channel.value for channel in CHANNELS} else "electronic"


def _day(name: str) -> date | None:
    try:
        return read_day(request.form.get(name))
    except ValidationError as error:
        raise BadMeeting(str(error), field=name) from error


@blueprint.post("/seances/<int:meeting_id>/convocation/arreter")
@requires(CouncilAction.EDIT, on=queries.meeting_by_id)
def convene(meeting: Meeting) -> Response | str | tuple[str, int]:
    """Close the convocation: the agenda as sent is frozen."""
    number, body_id = meeting.id, meeting.body_id
    try:
        lawfully(
            lambda session: convening.convene(session, meeting_again(number), by=actor(), at=clock.now()),
            body_id,
            meeting_id=number,
        )
    except DomainError as error:
        return _page(meeting_again(number), error)
    flash(_("Le conseil est convoqué : l’ordre du jour est figé tel qu’il est parti."), "done")
    return redirect(url_for("council.meeting", meeting_id=number))
