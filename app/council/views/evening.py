"""The sheet of the evening: one form, whose buttons each save the sheet first; the Enter key only saves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from app.access.gate import actor, requires
from app.bodies.models import Function
from app.bodies.pending import pending_of
from app.council import queries
from app.council.forms import whole
from app.council.labels import ATTENDANCES, OUTCOME_TONES, OUTCOMES
from app.council.models import Attendance, MeetingStatus
from app.council.moving import convened_hour, is_there, vacated
from app.council.policy import CouncilAction
from app.council.powers import may_hold_again, never_counted, proxies_at
from app.council.reckoning import point_in_hand, standing_at, standings
from app.council.secretaries import items_without
from app.council.services import composition, convening, drafts, evening, mending, proxies
from app.council.services.hours import opens_early
from app.council.services.meetings import BadMeeting
from app.council.views.blueprint import blueprint
from app.council.views.parts import blocked_by, given_reason, lawfully, meeting_again
from app.database.unit import writing
from app.extensions import db
from app.shared import clock
from app.shared.clock import PARIS, day_of
from app.shared.errors import DomainError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sqlalchemy.orm import Session
    from werkzeug.wrappers import Response

    from app.bodies.pending import Pending
    from app.council.models import AgendaPoint, Meeting, Seat
    from app.council.models.meetings import Proxy
    from app.council.reckoning import Standing


_CARRIED = ("giver", "holder", "written", "illness", "from_opening", "urgency", "closed_at")
"""Typed beside what a button saves, and shown again after it."""


@blueprint.get("/seances/<int:meeting_id>/soir")
@requires(CouncilAction.EDIT, on=queries.meeting_by_id)
def evening_page(meeting: Meeting) -> str | tuple[str, int]:
    """The sheet of the evening."""
    return _evening(meeting)


def _evening(meeting: Meeting, error: DomainError | None = None, *, blocked_in: str = "") -> str | tuple[str, int]:
    there, opening = standings(meeting), standing_at(meeting, None)
    current = point_in_hand(meeting)
    typed_in = (
        request.form if error else {name: request.args.get(name, "") for name in _CARRIED if name in request.args}
    )
    numbers = {point.id: place for place, point in enumerate(meeting.agenda, 1)}
    page = render_template(
        "council/evening.html",
        meeting=meeting,
        local=meeting.starts_at.astimezone(PARIS),
        opening=opening,
        standings=there,
        in_hand=current,
        numbers=numbers,
        without_secretary=[numbers[one.id] for one in items_without(meeting)],
        later_acts=queries.numbered_after(db.session(), meeting.body_id, day_of(meeting.starts_at)),
        attendance_names=ATTENDANCES,
        attendances=[(one.value, name) for one, name in ATTENDANCES.items() if one not in {"", Attendance.GONE}],
        changes=composition.changes_of(db.session(), meeting),
        held=_said(meeting) if error else {seat.id: seat.attendance for seat in meeting.seats},
        outcomes=OUTCOMES,
        tones=OUTCOME_TONES,
        is_open=meeting.status == MeetingStatus.OPEN,
        leaving=_left_pending(meeting),
        is_editable=meeting.status in {MeetingStatus.CONVENED, MeetingStatus.OPEN},
        powers=_powers(meeting, there, current),
        absent=(there[current.id] if current else opening).absent,
        present=[seat for seat in meeting.seats if is_there(seat, meeting, current)],
        error=str(error) if error else "",
        doubted=getattr(error, "hour", ""),
        blocked_in=blocked_in,
        typed_giver=whole(typed_in.get("giver")),
        typed_holder=whole(typed_in.get("holder")),
        told=typed_in,
        urgency=typed_in.get("urgency") or _answered(meeting),
        opens_early=opens_early(meeting),
        called_at=convened_hour(meeting),
        typed_hour=typed_in.get("opened_at", meeting.opened_at),
        typed_closed=typed_in.get("closed_at", ""),
        president=whole(typed_in.get("president")) or _president(meeting),
        secretary=whole(typed_in.get("secretary")) or _secretary(meeting),
        **blocked_by(error),
    )
    return (page, error.status) if error else page


class _Power(NamedTuple):
    """A proxy on the sheet, and what may become of it."""

    proxy: Proxy
    is_empty: bool
    may_erase: bool
    may_revoke: bool
    may_restore: bool


def _powers(meeting: Meeting, there: Mapping[int, Standing], current: AgendaPoint | None) -> list[_Power]:
    """The proxies of the evening: one that served a vote is revoked, never taken back."""
    held = proxies_at(meeting, current)
    served = {one.id for point in meeting.agenda if point.voted_at for one in there[point.id].represented}
    goes_on = current is not None and current.voted_at is None
    return [
        _Power(
            proxy=one,
            is_empty=never_counted(one),
            may_erase=one.id not in served,
            may_revoke=one.id in served and one in held and goes_on,
            may_restore=may_hold_again(meeting, one),
        )
        for one in meeting.proxies
    ]


def _left_pending(meeting: Meeting) -> list[tuple[str, list[Pending]]]:
    """Whose mandates end with the meeting, and what waits for them in the name of the commune."""
    session = db.session()
    return [(seat.name, pending_of(session, seat.person_id, seat.name, meeting.body_id)) for seat in vacated(meeting)]


def _answered(meeting: Meeting) -> str:
    return "" if meeting.urgency_accepted is None else "oui" if meeting.urgency_accepted else "non"


def _president(meeting: Meeting) -> int:
    """Who presides, else the mayor, who does unless prevented (CGCT, L2121-14)."""
    presiding = [seat.id for seat in meeting.seats if seat.presides]
    mayors = [seat.id for seat in meeting.seats if seat.function == Function.MAYOR]
    return next(iter([*presiding, *mayors]), 0)


def _secretary(meeting: Meeting) -> int:
    return next((seat.id for seat in meeting.seats if seat.is_secretary), 0)


def _sheet(number: int, *spent: str, anchor: str | None = None) -> Response:
    """The sheet again, with what was typed beside and is not noted yet."""
    typed = {name: request.form.get(name, "") for name in _CARRIED if name not in spent}
    carried: dict[str, Any] = {name: value for name, value in typed.items() if value}
    return redirect(url_for("council.evening_page", meeting_id=number, _anchor=anchor, **carried))


def _shown() -> dict[int, str]:
    """Who was there as the sheet showed it, before anything was ticked."""
    return {whole(name.removeprefix("was_")): was for name, was in request.form.items() if name.startswith("was_")}


def _said(meeting: Meeting) -> dict[int, str]:
    """Who is there as the sheet tells it; a line that was left as it was shown keeps what is saved meanwhile."""
    shown = _shown()
    typed = {seat.id: request.form.get(f"attendance_{seat.id}") for seat in meeting.seats}
    return {
        seat.id: seat.attendance if typed[seat.id] in {None, shown.get(seat.id)} else str(typed[seat.id])
        for seat in meeting.seats
    }


def _save_sheet(session: Session, meeting: Meeting, said: dict[int, str]) -> None:
    evening.note_attendance(
        session,
        meeting,
        said,
        president=whole(request.form.get("president")) or None,
        secretary=whole(request.form.get("secretary")) or None,
        opened_at=request.form.get("opened_at", ""),
        revision=whole(request.form.get("revision")) or None,
        shown=_shown(),
        by=actor(),
        at=clock.now(),
    )
    if (accepted := _urgency()) is not None:
        evening.rule_on_urgency(session, meeting, accepted=accepted, by=actor(), at=clock.now())


def _urgency() -> bool | None:
    """What the sheet says that the council answered; None where nothing is ticked."""
    return {"oui": True, "non": False}.get(request.form.get("urgency", ""))


def _keep_sheet(session: Session, meeting: Meeting) -> None:
    """Save the sheet where another button was pressed, if anything on it is not as it is saved."""
    if "revision" not in request.form:
        return
    shown = (_president(meeting), _secretary(meeting), meeting.opened_at)
    sent = (
        whole(request.form.get("president")),
        whole(request.form.get("secretary")),
        request.form.get("opened_at", "").strip(),
    )
    said = _said(meeting)
    is_ruled_anew = meeting.status == MeetingStatus.OPEN and _urgency() not in {None, meeting.urgency_accepted}
    if sent != shown or is_ruled_anew or any(said[seat.id] != seat.attendance for seat in meeting.seats):
        _save_sheet(session, meeting, said)


@blueprint.post("/seances/<int:meeting_id>/soir/presences")
@requires(CouncilAction.EDIT, on=queries.meeting_by_id)
def note_attendance(meeting: Meeting) -> Response | str | tuple[str, int]:
    """Who is there at the opening, who presides, who is secretary."""
    number, said = meeting.id, _said(meeting)
    if request.form.get("everybody"):
        said = {seat: value or Attendance.PRESENT.value for seat, value in said.items()}
    try:
        with writing() as session:
            _save_sheet(session, meeting_again(number), said)
    except DomainError as error:
        return _evening(meeting_again(number), error)
    flash(_("Les présences sont notées."), "done")
    return _sheet(number)


@blueprint.post("/seances/<int:meeting_id>/soir/garder")
@requires(CouncilAction.EDIT, on=queries.meeting_by_id)
def leave_sheet(meeting: Meeting) -> Response | str | tuple[str, int]:
    """Keep the sheet if something on it is new, and go back to the meeting."""
    number = meeting.id
    try:
        with writing() as session:
            _keep_sheet(session, meeting_again(number))
    except DomainError as error:
        return _evening(meeting_again(number), error)
    return redirect(url_for("council.meeting", meeting_id=number))


def _open(session: Session, meeting: Meeting, *, accepted: bool | None) -> None:
    _keep_sheet(session, meeting)
    evening.open_meeting(session, meeting, urgency_accepted=accepted, by=actor(), at=clock.now())


@blueprint.post("/seances/<int:meeting_id>/soir/ouvrir")
@requires(CouncilAction.EDIT, on=queries.meeting_by_id)
def open_meeting(meeting: Meeting) -> Response | str | tuple[str, int]:
    """Open the meeting."""
    number = meeting.id
    try:
        lawfully(
            lambda session: _open(session, meeting_again(number), accepted=_urgency()),
            meeting.body_id,
            meeting_id=number,
        )
    except DomainError as error:
        return _evening(meeting_again(number), error)
    flash(_("La séance est ouverte."), "done")
    return _sheet(number, "urgency", anchor="points")


@blueprint.post("/seances/<int:meeting_id>/soir/sans-quorum")
@requires(CouncilAction.EDIT, on=queries.meeting_by_id)
def no_quorum(meeting: Meeting) -> Response | str | tuple[str, int]:
    """Note that the quorum was not reached."""
    number = meeting.id
    try:
        with writing() as session:
            held = meeting_again(number)
            _keep_sheet(session, held)
            convening.note_no_quorum(session, held, by=actor(), at=clock.now())
    except DomainError as error:
        return _evening(meeting_again(number), error)
    flash(_("L’absence de quorum est constatée : convoquez de nouveau le conseil pour les mêmes points."), "done")
    return redirect(url_for("council.meeting", meeting_id=number))


@blueprint.post("/seances/<int:meeting_id>/soir/procurations")
@requires(CouncilAction.EDIT, on=queries.meeting_by_id)
def note_proxy(meeting: Meeting) -> Response | str | tuple[str, int]:
    """Note a proxy."""
    number = meeting.id
    try:
        with writing() as session:
            held = meeting_again(number)
            _keep_sheet(session, held)
            made = proxies.note_proxy(
                session,
                held,
                _pair(held),
                is_written=request.form.get("written") == "oui",
                illness=request.form.get("illness") == "oui",
                since=held.agenda[0] if request.form.get("from_opening") == "oui" and held.agenda else None,
                reasons=given_reason(),
                by=actor(),
                at=clock.now(),
            )
            since = next((point.title for point in held.agenda if point.id == made.since_id), "")
    except DomainError as error:
        return _evening(meeting_again(number), error, blocked_in="procurations")
    flash(_("La procuration est notée."), "done")
    if since:
        flash(_("Elle compte à partir de « %(title)s » : ce qui précède garde son compte.", title=since), "info")
    return _sheet(number, "giver", "holder", "written", "illness", "from_opening", anchor="procurations")


def _pair(meeting: Meeting) -> tuple[Seat, Seat]:
    """Who gives, who holds.

    :raises BadMeeting: when one of them was not chosen.
    """
    seats = {seat.id: seat for seat in meeting.seats}
    giver, holder = (seats.get(whole(request.form.get(name))) for name in ("giver", "holder"))
    if giver is None or holder is None:
        raise BadMeeting(_("Choisissez qui donne et qui reçoit la procuration."))
    return giver, holder


@blueprint.post("/procurations/<int:proxy_id>/retirer")
@requires(CouncilAction.EDIT, on=queries.proxy_by_id)
def erase_proxy(proxy: Proxy) -> Response | str | tuple[str, int]:
    """Take a proxy back that was noted by a slip."""
    return _changed(proxy, proxies.erase_proxy, _("La procuration est retirée."))


@blueprint.post("/procurations/<int:proxy_id>/revoquer")
@requires(CouncilAction.EDIT, on=queries.proxy_by_id)
def revoke_proxy(proxy: Proxy) -> Response | str | tuple[str, int]:
    """Note that the giver revoked a proxy: from the item in hand it counts no more."""
    said = _("La procuration est révoquée. Ce qui est voté garde son compte.")
    return _changed(proxy, proxies.revoke_proxy, said)


@blueprint.post("/procurations/<int:proxy_id>/retablir")
@requires(CouncilAction.EDIT, on=queries.proxy_by_id)
def restore_proxy(proxy: Proxy) -> Response | str | tuple[str, int]:
    """Take back that a proxy ended."""
    return _changed(proxy, proxies.restore_proxy, _("La procuration compte de nouveau."))


def _changed(proxy: Proxy, verb: Callable[..., None], said: str) -> Response | str | tuple[str, int]:
    """Keep the sheet, then do this with a proxy; one that somebody else took back meanwhile is gone already."""
    number, proxy_id = proxy.meeting_id, proxy.id
    try:
        with writing() as session:
            _keep_sheet(session, meeting_again(number))
            if (held := queries.proxy_by_id(session, proxy_id)) is not None:
                verb(session, held, by=actor(), at=clock.now())
    except DomainError as error:
        return _evening(meeting_again(number), error)
    flash(said, "done")
    return _sheet(number, anchor="procurations")


@blueprint.post("/seances/<int:meeting_id>/soir/clore")
@requires(CouncilAction.EDIT, on=queries.meeting_by_id)
def close_meeting(meeting: Meeting) -> Response | str | tuple[str, int]:
    """Close the meeting."""
    number = meeting.id
    try:
        with writing() as session:
            held = meeting_again(number)
            drafts.require_nothing_waiting({"giver": request.form.getlist("giver")})
            _keep_sheet(session, held)
            adjourned = evening.close_meeting(
                session, held, request.form.get("closed_at", ""), meant=request.form.get("closed_meant", ""),
                by=actor(), at=clock.now(),
            )  # fmt: skip
    except DomainError as error:
        return _evening(meeting_again(number), error)
    flash(_("La séance est close. Le procès-verbal et la liste des délibérations sont prêts."), "done")
    if adjourned:
        titles = " ; ".join(adjourned)
        flash(_("Sans vote, donc ajourné : %(titles)s. Si c’est une erreur, rouvrez la séance.", titles=titles), "wait")
    for name, pending in _left_pending(meeting_again(number)):
        left = " ; ".join(one.sentence for one in pending) or _("rien")
        said = _(
            "Les mandats de %(name)s au conseil ont pris fin le jour de la séance. En suspens : %(left)s.",
            name=name,
            left=left,
        )
        flash(said, "wait")
    return redirect(url_for("council.meeting", meeting_id=number))


@blueprint.post("/seances/<int:meeting_id>/soir/rouvrir")
@requires(CouncilAction.EDIT, on=queries.meeting_by_id)
def reopen_meeting(meeting: Meeting) -> Response:
    """Open again an evening that was closed by a slip."""
    number, began = meeting.id, meeting.status != MeetingStatus.NO_QUORUM
    with writing() as session:
        mending.reopen_meeting(session, meeting_again(number), by=actor(), at=clock.now())
    if began:
        flash(_("La séance est rouverte : complétez la feuille, puis fermez-la de nouveau."), "done")
    else:
        flash(_("La séance est rouverte : corrigez les présences, puis ouvrez-la."), "done")
    return redirect(url_for("council.evening_page", meeting_id=number))
