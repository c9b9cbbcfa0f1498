"""The evening, item by item; every button is a small form, so that a finger or a keyboard is enough."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from app.access.gate import actor, requires
from app.bodies.models import Function
from app.council import queries
from app.council.forms import VoteForm, whole
from app.council.labels import ATTENDANCES, BALLOTS, OUTCOME_TONES, OUTCOMES, VOICES
from app.council.models import ActModel, Attendance, BallotKind, MeetingStatus
from app.council.policy import CouncilAction
from app.council.reckoning import is_there, standing_at, standings
from app.council.services import convening, evening, voting
from app.council.services.appointing import outcome_of, proclaimed, round_lines
from app.council.services.convening import NotLawful
from app.council.services.meetings import BadMeeting
from app.council.views.blueprint import blueprint
from app.council.views.parts import blocked_by, given_reason, lawfully, meeting_again, point_again
from app.database.unit import writing
from app.extensions import db
from app.law.votes import is_public_request_valid, is_secret_request_valid
from app.people.forms import blame
from app.shared import clock
from app.shared.clock import PARIS, day_of
from app.shared.errors import DomainError

if TYPE_CHECKING:
    from sqlalchemy.orm import Session
    from werkzeug.wrappers import Response

    from app.council.models import AgendaPoint, Meeting, Seat
    from app.council.models.meetings import Movement, Proxy, Recusal
    from app.council.queries import Interested


@blueprint.get("/seances/<int:meeting_id>/soir")
@requires(CouncilAction.EDIT, on=queries.meeting_by_id)
def evening_page(meeting: Meeting) -> str | tuple[str, int]:
    """The sheet of the evening."""
    return _evening(meeting)


def _evening(meeting: Meeting, error: DomainError | None = None, *, blocked_in: str = "") -> str | tuple[str, int]:
    there = standings(meeting)
    current = next((point for point in meeting.agenda if point.voted_at is None), None)
    typed_in = request.form if error else {}
    page = render_template(
        "council/evening.html",
        meeting=meeting,
        local=meeting.starts_at.astimezone(PARIS),
        opening=standing_at(meeting, None),
        standings=there,
        attendance_names=ATTENDANCES,
        attendances=[(one.value, name) for one, name in ATTENDANCES.items() if one],
        held={seat.id: typed_in.get(f"attendance_{seat.id}", seat.attendance) for seat in meeting.seats},
        outcomes=OUTCOMES,
        tones=OUTCOME_TONES,
        is_open=meeting.status == MeetingStatus.OPEN,
        is_editable=meeting.status in {MeetingStatus.CONVENED, MeetingStatus.OPEN},
        absent=[seat for seat in meeting.seats if not is_there(seat, meeting, current)],
        present=[seat for seat in meeting.seats if is_there(seat, meeting, current)],
        error=str(error) if error else "",
        blocked_in=blocked_in,
        typed_giver=whole(typed_in.get("giver")),
        typed_holder=whole(typed_in.get("holder")),
        typed_hour=typed_in.get("opened_at", meeting.opened_at),
        typed_closed=typed_in.get("closed_at", ""),
        president=whole(typed_in.get("president")) or _president(meeting),
        secretary=whole(typed_in.get("secretary")) or next((seat.id for seat in meeting.seats if seat.is_secretary), 0),
        **blocked_by(error),
    )
    return (page, 422) if error else page


def _president(meeting: Meeting) -> int:
    """Who presides, else the mayor, who does unless prevented (CGCT, L2121-14)."""
    presiding = [seat.id for seat in meeting.seats if seat.presides]
    mayors = [seat.id for seat in meeting.seats if seat.function == Function.MAYOR]
    return next(iter([*presiding, *mayors]), 0)


@blueprint.post("/seances/<int:meeting_id>/soir/presences")
@requires(CouncilAction.EDIT, on=queries.meeting_by_id)
def note_attendance(meeting: Meeting) -> Response | str | tuple[str, int]:
    """Who is there at the opening, who presides, who is secretary."""
    number = meeting.id
    said = {seat.id: request.form.get(f"attendance_{seat.id}", seat.attendance) for seat in meeting.seats}
    if request.form.get("everybody"):
        said = {seat: value or Attendance.PRESENT.value for seat, value in said.items()}
    try:
        with writing() as session:
            evening.note_attendance(
                session,
                meeting_again(number),
                said,
                president=whole(request.form.get("president")) or None,
                secretary=whole(request.form.get("secretary")) or None,
                opened_at=request.form.get("opened_at", ""),
                by=actor(),
                at=clock.now(),
            )
    except DomainError as error:
        return _evening(meeting_again(number), error)
    flash(_("Les présences sont notées."), "done")
    return redirect(url_for("council.evening_page", meeting_id=number))


@blueprint.post("/seances/<int:meeting_id>/soir/ouvrir")
@requires(CouncilAction.EDIT, on=queries.meeting_by_id)
def open_meeting(meeting: Meeting) -> Response | str | tuple[str, int]:
    """Open the meeting."""
    number = meeting.id
    accepted = {"oui": True, "non": False}.get(request.form.get("urgency", ""))
    try:
        lawfully(
            lambda session: evening.open_meeting(
                session, meeting_again(number), urgency_accepted=accepted, by=actor(), at=clock.now()
            ),
            meeting.body_id,
            meeting_id=number,
        )
    except DomainError as error:
        return _evening(meeting_again(number), error)
    flash(_("La séance est ouverte."), "done")
    return redirect(url_for("council.evening_page", meeting_id=number, _anchor="points"))


@blueprint.post("/seances/<int:meeting_id>/soir/sans-quorum")
@requires(CouncilAction.EDIT, on=queries.meeting_by_id)
def no_quorum(meeting: Meeting) -> Response:
    """Note that the quorum was not reached."""
    number = meeting.id
    with writing() as session:
        convening.note_no_quorum(session, meeting_again(number), by=actor(), at=clock.now())
    flash(_("L’absence de quorum est constatée : convoquez de nouveau le conseil pour les mêmes points."), "done")
    return redirect(url_for("council.meeting", meeting_id=number))


@blueprint.post("/seances/<int:meeting_id>/soir/procurations")
@requires(CouncilAction.EDIT, on=queries.meeting_by_id)
def note_proxy(meeting: Meeting) -> Response | str | tuple[str, int]:
    """Note a proxy."""
    number = meeting.id

    def note(session: object) -> None:
        del session
        held = meeting_again(number)
        seats = {seat.id: seat for seat in held.seats}
        giver = seats.get(whole(request.form.get("giver")))
        holder = seats.get(whole(request.form.get("holder")))
        if giver is None or holder is None:
            raise BadMeeting(_("Choisissez qui donne et qui reçoit la procuration."))
        evening.note_proxy(
            db.session(),
            held,
            (giver, holder),
            is_written=request.form.get("written") == "oui",
            illness=request.form.get("illness") == "oui",
            reasons=given_reason(),
            by=actor(),
            at=clock.now(),
        )

    try:
        with writing() as session:
            note(session)
    except DomainError as error:
        return _evening(meeting_again(number), error, blocked_in="procurations")
    flash(_("La procuration est notée."), "done")
    return redirect(url_for("council.evening_page", meeting_id=number, _anchor="procurations"))


@blueprint.post("/procurations/<int:proxy_id>/retirer")
@requires(CouncilAction.EDIT, on=queries.proxy_by_id)
def erase_proxy(proxy: Proxy) -> Response:
    """Take a proxy back."""
    number, proxy_id = proxy.meeting_id, proxy.id
    with writing() as session:
        held = queries.proxy_by_id(session, proxy_id)
        if held is not None:
            evening.erase_proxy(session, held, by=actor(), at=clock.now())
    flash(_("La procuration est retirée."), "done")
    return redirect(url_for("council.evening_page", meeting_id=number, _anchor="procurations"))


@blueprint.post("/seances/<int:meeting_id>/soir/clore")
@requires(CouncilAction.EDIT, on=queries.meeting_by_id)
def close_meeting(meeting: Meeting) -> Response | str | tuple[str, int]:
    """Close the meeting."""
    number = meeting.id
    try:
        with writing() as session:
            evening.close_meeting(
                session, meeting_again(number), request.form.get("closed_at", ""), by=actor(), at=clock.now()
            )
    except DomainError as error:
        return _evening(meeting_again(number), error)
    flash(_("La séance est close. Le procès-verbal et la liste des délibérations sont prêts."), "done")
    return redirect(url_for("council.meeting", meeting_id=number))


# --- one item ---


@blueprint.get("/points/<int:point_id>")
@requires(CouncilAction.EDIT, on=queries.point_by_id)
def point(point: AgendaPoint) -> str | tuple[str, int]:
    """One item on the evening: who is there, who withdraws, the ballot."""
    form = VoteForm(obj=None)
    if not form.is_submitted():
        form.debate.data = point.debate
        form.ballot.data = point.ballot
    return point_page(point, form)


def point_page(point: AgendaPoint, form: VoteForm | None, error: DomainError | None = None) -> str | tuple[str, int]:
    """The page of one item, with what was refused."""
    meeting, form = point.meeting, form or VoteForm(formdata=None)
    standing = standing_at(meeting, point)
    agenda = meeting.agenda
    place = agenda.index(point) if point in agenda else 0
    votes = {int(key): value for key, value in point.votes.items()} or _votes()
    page = render_template(
        "council/vote.html",
        form=form,
        point=point,
        meeting=meeting,
        standing=standing,
        interested=interested_at(point),
        here={seat.id: is_there(seat, meeting, point) for seat in meeting.seats},
        previous=agenda[place - 1] if place else None,
        following=agenda[place + 1] if place + 1 < len(agenda) else None,
        moves=[(move, seat) for seat in meeting.seats for move in seat.movements if move.point_id == point.id],
        voices=VOICES,
        ballots=BALLOTS,
        outcomes=OUTCOMES,
        tones=OUTCOME_TONES,
        votes=votes,
        advice=_ballot_advice(point, form, len(standing.present)),
        appointing=_appointing(point),
        together=[
            one
            for one in agenda
            if one.id != point.id
            and one.voted_at is None
            and (one.act is None or one.act.model != ActModel.REPRESENTATIVES)
        ],
        chosen={whole(raw) for raw in request.form.getlist("together")} if error or form.errors else set(),
        told=request.form if error else {},
        refusal=str(error) if error and not isinstance(error, NotLawful) else "",
        is_open=meeting.status == MeetingStatus.OPEN,
        is_convened={row.get("point") for row in meeting.convened_agenda} >= {point.id},
        overrides=[
            one for one in queries.overrides_of(db.session(), meeting_id=meeting.id) if one.point_id == point.id
        ],
        **blocked_by(error),
    )
    return (page, 422) if error or form.errors else page


def _appointing(point: AgendaPoint) -> dict[str, object] | None:
    """What the page of a designation shows; None for any other item."""
    if point.act is None or point.act.model != ActModel.REPRESENTATIVES:
        return None
    told = point.appointment
    rows = told.get("candidates", [])
    return {
        **told,
        "rows": rows,
        "held": round_lines(point),
        "text": "\n".join(f"{row['name']} ; {row['age']}" if row.get("age") else row["name"] for row in rows),
        "next": len(told.get("rounds", [])) + 1,
        "at_once": bool(rows) and outcome_of(point).reason == "single_candidacy",
        "proclaimed": proclaimed(point),
    }


def interested_at(point: AgendaPoint) -> list[Interested]:
    """Councillors who sit, or may sit, on the board of a committee that this item concerns."""
    session, meeting = db.session(), point.meeting
    act = point.act
    if act is None:
        return []
    committees = queries.committees_of_twinning(session, act.twinning_id)
    persons = [seat.person for seat in meeting.seats]
    return queries.interested_in(session, meeting.body_id, persons, committees, on=day_of(meeting.starts_at))


def _ballot_advice(point: AgendaPoint, form: VoteForm, present: int) -> list[str]:
    """What the requests for a kind of ballot lead to (CGCT, L2121-21)."""
    on = day_of(point.meeting.starts_at)
    public, secret = form.asked_public.data or 0, form.asked_secret.data or 0
    found = []
    if point.act is not None and point.act.model == ActModel.REPRESENTATIVES:
        found.append(
            _(
                "Une désignation se vote au scrutin secret, sauf si le conseil décide à l’unanimité d’y renoncer ; "
                "une seule candidature par siège prend effet aussitôt (CGCT, art. L. 2121-21)."
            )
        )
    is_public = is_public_request_valid(public, present, on=on)
    is_secret = is_secret_request_valid(secret, present, on=on)
    if is_public:
        found.append(
            _("Le scrutin public est demandé par assez de membres : les noms s’inscrivent (CGCT, art. L. 2121-21).")
        )
    if is_secret:
        found.append(_("Le scrutin secret est demandé par assez de membres (CGCT, art. L. 2121-21)."))
    if is_public and is_secret:
        found.append(
            _(
                "Les deux demandes sont recevables : sources en conflit, le "
                "règlement intérieur tranche ; on retient en général le secret."
            )
        )
    return found


def _record(session: Session, point: AgendaPoint, command: voting.RecordVote) -> str:
    """Record the ballot, for the items too that are voted with this one."""
    chosen = {whole(raw) for raw in request.form.getlist("together")}
    others = [one for one in point.meeting.agenda if one.id in chosen]
    return voting.record_votes(session, point, others, command, by=actor(), at=clock.now())


def _ballot_warnings(point: AgendaPoint) -> list[str]:
    """What the law asked of the ballot and was not done: it warns, and stands in the checks (C16, C17)."""
    on, present = day_of(point.meeting.starts_at), len(standing_at(point.meeting, point).present)
    found = []
    wants_secret = is_secret_request_valid(point.asked_secret or 0, present, on=on)
    wants_public = is_public_request_valid(point.asked_public or 0, present, on=on)
    if wants_secret and not wants_public and point.ballot != BallotKind.SECRET:
        found.append(
            _("Un tiers des présents a demandé le scrutin secret : ce vote devait l’être (CGCT, art. L. 2121-21).")
        )
    if wants_public and not wants_secret and point.ballot != BallotKind.PUBLIC:
        found.append(
            _("Un quart des présents a demandé le scrutin public : ce vote devait l’être (CGCT, art. L. 2121-21).")
        )
    if point.ballot == BallotKind.PUBLIC and not point.votes:
        found.append(
            _("Scrutin public : le procès-verbal doit porter les noms et le sens des votes (CGCT, art. L. 2121-15).")
        )
    return found


def _votes() -> dict[int, str]:
    return {
        whole(name.removeprefix("vote_")): value
        for name, value in request.form.items()
        if name.startswith("vote_") and value in VOICES
    }


@blueprint.post("/points/<int:point_id>/vote")
@requires(CouncilAction.EDIT, on=queries.point_by_id)
def vote(point: AgendaPoint) -> Response | str | tuple[str, int]:
    """Record the ballot."""
    number, meeting_id, form = point.id, point.meeting_id, VoteForm()
    if request.form.get("unanimity"):
        form.votes_for.data = standing_at(point.meeting, point).voters
        for name in ("votes_against", "abstentions", "not_voting", "blank", "void"):
            form[name].data = 0
    if not form.validate():
        return point_page(point, form)
    votes = _votes() if form.ballot.data == BallotKind.PUBLIC else {}
    try:
        outcome = lawfully(
            lambda session: _record(session, point_again(number), form.command(votes)),
            point.meeting.body_id,
            meeting_id=meeting_id,
            point_id=number,
        )
    except DomainError as error:
        blame(form, error.field, error.sentence)
        return point_page(point_again(number), form, error)
    flash(_("Le vote est consigné : %(outcome)s.", outcome=OUTCOMES[outcome]), "done")  # type: ignore[index]  # one of them
    for warning in _ballot_warnings(point_again(number)):
        flash(warning, "wait")
    return redirect(url_for("council.evening_page", meeting_id=meeting_id, _anchor="points"))


@blueprint.post("/points/<int:point_id>/sans-vote")
@requires(CouncilAction.EDIT, on=queries.point_by_id)
def set_aside(point: AgendaPoint) -> Response:
    """An item that is not voted."""
    number, meeting_id = point.id, point.meeting_id
    with writing() as session:
        voting.set_aside(
            session,
            point_again(number),
            request.form.get("outcome", ""),
            request.form.get("debate", ""),
            by=actor(),
            at=clock.now(),
        )
    flash(_("C’est noté."), "done")
    return redirect(url_for("council.evening_page", meeting_id=meeting_id, _anchor="points"))


@blueprint.post("/points/<int:point_id>/debats")
@requires(CouncilAction.EDIT, on=queries.point_by_id)
def keep_debate(point: AgendaPoint) -> Response:
    """Write down the substance of the debate."""
    number, meeting_id = point.id, point.meeting_id
    with writing() as session:
        voting.keep_debate(
            session, point_again(number), request.form.get("debate", "")[:20_000], by=actor(), at=clock.now()
        )
    flash(_("La teneur des débats est notée."), "done")
    return redirect(url_for("council.meeting", meeting_id=meeting_id))


@blueprint.post("/points/<int:point_id>/mouvement")
@requires(CouncilAction.EDIT, on=queries.point_by_id)
def note_movement(point: AgendaPoint) -> Response:
    """Somebody comes in or goes out before this item."""
    number = point.id
    with writing() as session:
        held = point_again(number)
        evening.note_movement(
            session, held, _seat(held, "seat"), request.form.get("at", ""), by=actor(), at=clock.now()
        )
    return redirect(url_for("council.point", point_id=number))


@blueprint.post("/mouvements/<int:movement_id>/effacer")
@requires(CouncilAction.EDIT, on=queries.movement_by_id)
def erase_movement(move: Movement) -> Response:
    """Take a movement back."""
    number, point_id = move.id, move.point_id
    with writing() as session:
        held = queries.movement_by_id(session, number)
        if held is not None:
            evening.erase_movement(session, held, by=actor(), at=clock.now())
    return redirect(url_for("council.point", point_id=point_id))


@blueprint.post("/points/<int:point_id>/deport")
@requires(CouncilAction.EDIT, on=queries.point_by_id)
def note_recusal(point: AgendaPoint) -> Response:
    """Somebody withdraws from this item."""
    number = point.id
    with writing() as session:
        held = point_again(number)
        evening.note_recusal(
            session,
            held,
            _seat(held, "seat"),
            request.form.get("reason", ""),
            is_delegate=request.form.get("delegate") == "oui",
            by=actor(),
            at=clock.now(),
        )
    return redirect(url_for("council.point", point_id=number))


@blueprint.post("/deports/<int:recusal_id>/effacer")
@requires(CouncilAction.EDIT, on=queries.recusal_by_id)
def erase_recusal(recusal: Recusal) -> Response:
    """Take a withdrawal back."""
    number, point_id = recusal.id, recusal.point_id
    with writing() as session:
        held = queries.recusal_by_id(session, number)
        if held is not None:
            evening.erase_recusal(session, held, by=actor(), at=clock.now())
    return redirect(url_for("council.point", point_id=point_id))


def _seat(point: AgendaPoint, name: str) -> Seat:
    wanted = whole(request.form.get(name))
    found = next((seat for seat in point.meeting.seats if seat.id == wanted), None)
    if found is None:
        raise BadMeeting(_("Choisissez une personne de ce conseil."))
    return found
