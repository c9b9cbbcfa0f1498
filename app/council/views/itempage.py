"""The page of one item of the evening, which is one form.

Each of its buttons first keeps all that is typed on it (``services.drafts``), then does its own thing, in one
transaction; the Enter key only keeps. What is refused is shown again as it was sent.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import flash, redirect, render_template, request, url_for
from werkzeug.datastructures import MultiDict

from app.access.gate import actor
from app.council import queries
from app.council.forecast import Fault
from app.council.forms import VoteForm, whole
from app.council.labels import BALLOTS, OUTCOME_TONES, OUTCOMES, VOICES
from app.council.models import ActModel, MeetingStatus
from app.council.moving import has_been_there, is_there, moves_at, vacant_at
from app.council.reckoning import standing_at
from app.council.secretaries import items_without, secretary_at
from app.council.services import drafts
from app.council.services.appointing import elected_so_far, outcome_of, proclaimed, round_lines, state_of
from app.council.services.candidacies import candidate_line, standing_candidates
from app.council.services.convening import NotLawful
from app.council.services.hours import OddHour
from app.council.services.voting import hindrances
from app.council.services.weighing import holding_back
from app.council.views.ballots import ballot_advice
from app.council.views.parts import blocked_by, point_again
from app.database.unit import writing
from app.extensions import db
from app.shared import clock
from app.shared.clock import day_of
from app.shared.errors import DomainError

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask_babel.speaklater import LazyString
    from sqlalchemy.orm import Session
    from werkzeug.wrappers import Response

    from app.council.models import AgendaPoint, Meeting, Movement, Seat
    from app.council.queries import Interested
    from app.council.reckoning import Standing


_NOT_TYPED = frozenset(
    {"csrf_token", "revision", "draft", "debate", "next", "outcome", "unanimity", "designation", "moved_meant"}
)
_LONGEST_NAME, _LONGEST_FIELD, _MOST_FIELDS = 40, 8000, 400


def point_page(
    point: AgendaPoint, form: VoteForm | None, error: DomainError | None = None, *, blocked_in: str = ""
) -> str | tuple[str, int]:
    """The page of one item: what was sent and refused, else what is typed so far."""
    sent = request.method == "POST"
    kept: MultiDict[str, str] = MultiDict(drafts.typed_at(point))
    if form is None:
        form = VoteForm() if sent else VoteForm(formdata=kept)
    if not sent or "debate" not in request.form:
        form.debate.data = point.debate
    typed = MultiDict(request.form) if sent else kept
    if not sent and point.voted_at and request.args.get("reason"):
        typed["reason"] = request.args["reason"]
    page = render_template(
        "council/vote.html",
        form=form,
        told=typed,
        chosen={whole(raw) for raw in typed.getlist("together")},
        votes={int(key): value for key, value in point.votes.items()} or voices_typed(typed),
        is_unkept=bool(error or form.errors),
        refusal=str(error) if error and not isinstance(error, NotLawful) else "",
        doubted=error.hour if isinstance(error, OddHour) else "",
        blocked_in=blocked_in,
        **_blocked(error, kept),
        **_known(point, form),
    )
    if error:
        return page, error.status
    return (page, 422) if form.errors else page


def _blocked(error: DomainError | None, kept: MultiDict[str, str]) -> dict[str, Any]:
    """The check that stands in the way, with the reason that was begun for it."""
    found = blocked_by(error)
    stop = found["blocked"]
    if isinstance(error, NotLawful) and stop and not stop["reason"] and kept.get("override_check") == error.check_id:
        stop["reason"] = kept.get("override_reason", "")
    return found


def _known(point: AgendaPoint, form: VoteForm) -> dict[str, Any]:
    """What is recorded of an item: where it stands on the agenda, who is there, what the law advises."""
    meeting, standing = point.meeting, standing_at(point.meeting, point)
    agenda = meeting.agenda
    place = agenda.index(point) if point in agenda else 0
    overrides = queries.overrides_of(db.session(), meeting_id=meeting.id)
    return {
        "point": point,
        "meeting": meeting,
        "standing": standing,
        "interested": interested_at(point),
        "keeps_minutes": secretary_at(meeting, point),
        "lacks_secretary": point in items_without(meeting),
        "last_number": queries.last_rank(db.session(), meeting.body_id, day_of(meeting.starts_at).year),
        "later_acts": queries.numbered_after(db.session(), meeting.body_id, day_of(meeting.starts_at)),
        "register_year": day_of(meeting.starts_at).year,
        "vacant": vacant_at(meeting, point),
        "here": {seat.id: is_there(seat, meeting, point) for seat in meeting.seats},
        "previous": agenda[place - 1] if place else None,
        "following": agenda[place + 1] if place + 1 < len(agenda) else None,
        "moves": _moves(meeting, point),
        "been": {seat.id: has_been_there(meeting, seat) for seat in meeting.seats},
        "voices": VOICES,
        "named_voices": _named_voices(point),
        "ballots": BALLOTS,
        "outcomes": OUTCOMES,
        "tones": OUTCOME_TONES,
        "faults": _faults(point, standing),
        "advice": ballot_advice(point, form, len(standing.present)),
        "appointing": _appointing(point),
        "together": [one for one in agenda if one.id != point.id and _may_vote_together(one)],
        "draft": drafts.number_of(point),
        "is_open": meeting.status == MeetingStatus.OPEN,
        "is_closed": meeting.status == MeetingStatus.CLOSED,
        "is_convened": {row.get("point") for row in meeting.convened_agenda} >= {point.id},
        "overrides": [one for one in overrides if one.point_id == point.id],
    }


_TOLD_ABOVE = frozenset({"C02", "C03"})
"""What the page says of the meeting and the convocation at its head."""


def _faults(point: AgendaPoint, standing: Standing) -> list[Fault]:
    """What stands in the way of the vote, before anybody presses for it; once the meeting is open, who is there too."""
    session, meeting = db.session(), point.meeting
    if point.outcome or point.voted_at is not None:
        return []
    if meeting.status == MeetingStatus.OPEN:
        found = [one for one in hindrances(session, point, standing) if one.check_id not in _TOLD_ABOVE]
        return [Fault(one.check_id, one.sentence, blocks=True) for one in found]
    day = day_of(meeting.starts_at)
    return holding_back(session, point.act, day, point=point, meeting=meeting) if point.act is not None else []


def _named_voices(point: AgendaPoint) -> list[tuple[LazyString, str]]:
    """Who voted how at a public ballot, by name (CGCT, L2121-15)."""
    names = {str(seat.id): seat.name for seat in point.meeting.seats}
    said = {voice: [names.get(seat, "") for seat, one in point.votes.items() if one == voice] for voice in VOICES}
    return [(VOICES[voice], ", ".join(who)) for voice, who in said.items() if who]


def _moves(meeting: Meeting, point: AgendaPoint) -> list[tuple[Movement, Seat, bool]]:
    """Who came and left before the vote of this item, as it happened; whether who comes in comes back."""
    return [(move, move.seat, has_been_there(meeting, move.seat, move)) for move in moves_at(meeting, point)]


def _may_vote_together(point: AgendaPoint) -> bool:
    return point.voted_at is None and (point.act is None or point.act.model != ActModel.REPRESENTATIVES)


def kept_and(
    point: AgendaPoint,
    verb: Callable[[Session, AgendaPoint], object] | None = None,
    *,
    spends: frozenset[str] = frozenset(),
    blocked_in: str = "",
    then: str = "",
    said: str = "",
) -> Response | str | tuple[str, int]:
    """Keep what is typed, then do what the button says; refused, nothing is written and the page shows it all again."""
    number = point.id
    try:
        with writing() as session:
            held = point_again(number)
            keep_typed(session, held)
            if verb is not None:
                verb(session, held)
                drafts.drop_from_draft(held, spends)
    except DomainError as error:
        return point_page(point_again(number), None, error, blocked_in=blocked_in)
    if said:
        flash(said, "done")
    return redirect(then if then.startswith("/") else url_for("council.point", point_id=number, _anchor=then or None))


def keep_typed(session: Session, point: AgendaPoint) -> None:
    """Keep what the page of an item holds; a form that is not the whole page says nothing of the rest."""
    if "draft" not in request.form:
        return
    drafts.keep_draft(
        session,
        point,
        _typed(point),
        request.form.get("debate", "").replace("\r\n", "\n"),
        whole(request.form.get("draft")),
        by=actor(),
        at=clock.now(),
    )


def complete_debate(session: Session, point: AgendaPoint) -> None:
    """Keep what was added to the debate of an item that is voted."""
    if "debate" in request.form:
        debate = request.form["debate"].replace("\r\n", "\n")
        since = whole(request.form.get("draft")) if "draft" in request.form else drafts.number_of(point)
        drafts.complete_debate(session, point, debate, since, by=actor(), at=clock.now())


def require_nothing_waiting(point: AgendaPoint) -> None:
    """Refuse to count a vote while a movement or a withdrawal stands on the page that was not noted."""
    drafts.require_nothing_waiting(_typed(point))


def _typed(point: AgendaPoint) -> dict[str, list[str]]:
    """The fields of the page as they were sent, but those of a vote by name that is of nobody here."""
    seats = {f"vote_{seat.id}" for seat in point.meeting.seats}
    names = [
        name
        for name in request.form
        if name not in _NOT_TYPED and len(name) < _LONGEST_NAME and (not name.startswith("vote_") or name in seats)
    ]
    return {
        name: [value.strip()[:_LONGEST_FIELD] for value in request.form.getlist(name)[:_MOST_FIELDS]]
        for name in names[:_MOST_FIELDS]
    }


def _appointing(point: AgendaPoint) -> dict[str, object] | None:
    """What the page of a designation shows; None for any other item."""
    if point.act is None or point.act.model != ActModel.REPRESENTATIVES:
        return None
    told = point.appointment
    rows = standing_candidates(point)
    return {
        **told,
        "rows": rows,
        "held": round_lines(point),
        "text": "\n".join(candidate_line(row) for row in rows),
        "elected_now": elected_so_far(point),
        "next": len(told.get("rounds", [])) + 1,
        "state": state_of(point),
        "at_once": bool(rows) and outcome_of(point).reason == "single_candidacy",
        "proclaimed": proclaimed(point),
    }


def interested_at(point: AgendaPoint) -> list[Interested]:
    """Councillors who sit, or may sit, on the board of a committee that this item concerns."""
    session, meeting = db.session(), point.meeting
    act = point.act
    if act is None:
        return []
    committees = queries.committees_concerned(session, act)
    vacant = vacant_at(meeting, point)
    persons = [seat.person for seat in meeting.seats if seat.id not in vacant]
    return queries.interested_in(session, meeting.body_id, persons, committees, on=day_of(meeting.starts_at))


def voices_typed(typed: MultiDict[str, str]) -> dict[int, str]:
    """The voice of each seat in a vote by name; what is no voice is left out."""
    return {
        whole(name.removeprefix("vote_")): value
        for name, value in typed.items()
        if name.startswith("vote_") and value in VOICES
    }
