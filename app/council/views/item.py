"""One item on the evening: who comes and goes, who withdraws, the ballot.

The page is one form. Each of its buttons first keeps all that is typed on it (``services.drafts``), then does its own
thing, in one transaction; the Enter key only keeps. What is refused is shown again as it was sent.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from app.access.gate import actor, requires
from app.council import queries
from app.council.forms import VoteForm, whole
from app.council.labels import BALLOTS, OUTCOME_TONES, OUTCOMES, VOICES
from app.council.models import ActModel, BallotKind, MeetingStatus
from app.council.policy import CouncilAction
from app.council.reckoning import article_for, is_there, standing_at
from app.council.services import drafts, evening, mending, voting
from app.council.services.appointing import candidate_line, elected_so_far, outcome_of, proclaimed, round_lines
from app.council.services.convening import NotLawful
from app.council.services.meetings import BadMeeting
from app.council.views.blueprint import blueprint
from app.council.views.parts import blocked_by, given_reason, lawfully, point_again
from app.database.unit import writing
from app.extensions import db
from app.law.votes import is_public_request_valid, is_secret_request_valid
from app.people.forms import blame
from app.shared import clock
from app.shared.clock import day_of
from app.shared.errors import DomainError

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session
    from werkzeug.wrappers import Response

    from app.council.models import AgendaPoint, Seat
    from app.council.models.meetings import Movement, Recusal
    from app.council.queries import Interested

_MOVEMENT = frozenset({"mover", "moved_at"})
_RECUSAL = frozenset({"recused", "recusal_reason", "delegate"})
_PROXY = frozenset({"giver", "holder", "written", "illness"})
_CHAIR = frozenset({"chair"})
_NOT_TYPED = frozenset({"csrf_token", "revision", "draft", "debate", "next", "outcome", "unanimity"})
_LONGEST_NAME, _LONGEST_FIELD, _MOST_FIELDS = 40, 8000, 400


@blueprint.get("/points/<int:point_id>")
@requires(CouncilAction.EDIT, on=queries.point_by_id)
def point(point: AgendaPoint) -> str | tuple[str, int]:
    """One item on the evening: who is there, who withdraws, the ballot."""
    return point_page(point, None)


def point_page(
    point: AgendaPoint, form: VoteForm | None, error: DomainError | None = None, *, blocked_in: str = ""
) -> str | tuple[str, int]:
    """The page of one item: what was sent and refused, else what is typed so far."""
    meeting, sent = point.meeting, request.method == "POST"
    kept: MultiDict[str, str] = MultiDict(drafts.typed_at(point))
    if form is None:
        form = VoteForm() if sent else VoteForm(formdata=kept)
    if not sent or "debate" not in request.form:
        form.debate.data = point.debate
    typed = MultiDict(request.form) if sent else kept
    if not sent and point.voted_at and request.args.get("reason"):
        typed["reason"] = request.args["reason"]
    standing = standing_at(meeting, point)
    agenda = meeting.agenda
    place = agenda.index(point) if point in agenda else 0
    blocked = blocked_by(error)
    if blocked["blocked"] and not blocked["blocked"]["reason"] and kept.get("override_check") == error.check_id:  # type: ignore[union-attr]  # it is a NotLawful then
        blocked["blocked"]["reason"] = kept.get("override_reason", "")
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
        votes={int(key): value for key, value in point.votes.items()} or _votes(typed),
        advice=_ballot_advice(point, form, len(standing.present)),
        appointing=_appointing(point),
        together=[
            one
            for one in agenda
            if one.id != point.id
            and one.voted_at is None
            and (one.act is None or one.act.model != ActModel.REPRESENTATIVES)
        ],
        chosen={whole(raw) for raw in typed.getlist("together")},
        told=typed,
        draft=drafts.number_of(point),
        is_unkept=bool(error or form.errors),
        refusal=str(error) if error and not isinstance(error, NotLawful) else "",
        is_open=meeting.status == MeetingStatus.OPEN,
        is_closed=meeting.status == MeetingStatus.CLOSED,
        is_convened={row.get("point") for row in meeting.convened_agenda} >= {point.id},
        overrides=[
            one for one in queries.overrides_of(db.session(), meeting_id=meeting.id) if one.point_id == point.id
        ],
        blocked_in=blocked_in,
        **blocked,
    )
    if error:
        return page, error.status
    return (page, 422) if form.errors else page


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
    rows = told.get("candidates", [])
    return {
        **told,
        "rows": rows,
        "held": round_lines(point),
        "text": "\n".join(candidate_line(row) for row in rows),
        "elected_now": elected_so_far(point),
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
    committees = queries.committees_concerned(session, act)
    persons = [seat.person for seat in meeting.seats]
    return queries.interested_in(session, meeting.body_id, persons, committees, on=day_of(meeting.starts_at))


def _ballot_advice(point: AgendaPoint, form: VoteForm, present: int) -> list[str]:
    """What the requests for a kind of ballot lead to (CGCT, L2121-21)."""
    on = day_of(point.meeting.starts_at)
    public, secret = form.asked_public.data or 0, form.asked_secret.data or 0
    found = [] if point.act_id else [_no_act(point)]
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
    require_nothing_waiting(point)
    keep_typed(session, point)
    drafts.drop_from_draft(point)
    chosen = {whole(raw) for raw in request.form.getlist("together")}
    others = [one for one in point.meeting.agenda if one.id in chosen]
    return voting.record_votes(session, point, others, command, by=actor(), at=clock.now())


def _no_act(point: AgendaPoint) -> str:
    sentence: str = _(
        "Ce point ne porte aucune délibération : son vote ne fait pas d’acte. Ce que le conseil décide s’inscrit "
        "à l’ordre du jour avec son texte (CGCT, art. %(article)s).",
        article=article_for(point.meeting.body, "L2121-10"),
    )
    return sentence


def _ballot_warnings(point: AgendaPoint) -> list[str]:
    """What the law asked of the ballot and was not done: it warns, and stands in the checks (C16, C17)."""
    on, present = day_of(point.meeting.starts_at), len(standing_at(point.meeting, point).present)
    found = [] if point.act_id else [_no_act(point)]
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


def _votes(typed: MultiDict[str, str]) -> dict[int, str]:
    return {
        whole(name.removeprefix("vote_")): value
        for name, value in typed.items()
        if name.startswith("vote_") and value in VOICES
    }


@blueprint.post("/points/<int:point_id>/brouillon")
@requires(CouncilAction.EDIT, on=queries.point_by_id)
def keep_item(point: AgendaPoint) -> Response | str | tuple[str, int]:
    """Keep what is typed, and go where the button leads: this is what the Enter key does."""
    beside = whole(request.form.get("next"))
    if beside in {one.id for one in point.meeting.agenda}:
        return kept_and(point, then=url_for("council.point", point_id=beside))
    if request.form.get("next") == "feuille":
        return kept_and(point, then=url_for("council.evening_page", meeting_id=point.meeting_id))
    return kept_and(point, said=_("Ce que vous avez écrit est gardé ; le vote n’est pas encore consigné."))


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
    votes = _votes(MultiDict(request.form)) if form.ballot.data == BallotKind.PUBLIC else {}
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


@blueprint.post("/points/<int:point_id>/vote/reprendre")
@requires(CouncilAction.EDIT, on=queries.point_by_id)
def take_back_vote(point: AgendaPoint) -> Response | str | tuple[str, int]:
    """Take back a vote that was written down wrongly, with its trace."""
    number = point.id
    try:
        with writing() as session:
            held = point_again(number)
            _complete_debate(session, held)
            mending.take_back_vote(session, held, request.form.get("reason", ""), by=actor(), at=clock.now())
    except DomainError as error:
        return point_page(point_again(number), None, error)
    flash(_("Le vote est repris : consignez-le de nouveau."), "done")
    return redirect(url_for("council.point", point_id=number))


def _complete_debate(session: Session, point: AgendaPoint) -> None:
    if "debate" in request.form:
        debate = request.form["debate"].replace("\r\n", "\n")
        since = whole(request.form.get("draft")) if "draft" in request.form else drafts.number_of(point)
        drafts.complete_debate(session, point, debate, since, by=actor(), at=clock.now())


@blueprint.post("/points/<int:point_id>/sans-vote")
@requires(CouncilAction.EDIT, on=queries.point_by_id)
def set_aside(point: AgendaPoint) -> Response | str | tuple[str, int]:
    """An item that is not voted."""

    def aside(session: Session, held: AgendaPoint) -> None:
        require_nothing_waiting(held)
        debate = held.debate if "draft" in request.form else request.form.get("debate", "")
        voting.set_aside(session, held, request.form.get("outcome", ""), debate, by=actor(), at=clock.now())

    sheet = url_for("council.evening_page", meeting_id=point.meeting_id, _anchor="points")
    return kept_and(point, aside, then=sheet, said=_("C’est noté."))


@blueprint.post("/points/<int:point_id>/debats")
@requires(CouncilAction.EDIT, on=queries.point_by_id)
def keep_debate(point: AgendaPoint) -> Response | str | tuple[str, int]:
    """Write down the substance of the debate."""
    number, reason = point.id, request.form.get("reason", "").strip()[:2000]
    try:
        with writing() as session:
            _complete_debate(session, point_again(number))
    except DomainError as error:
        return point_page(point_again(number), None, error)
    flash(_("La teneur des débats est notée."), "done")
    if reason:  # begun on the same page, and not asked for yet
        return redirect(url_for("council.point", point_id=number, reason=reason))
    return redirect(url_for("council.meeting", meeting_id=point.meeting_id))


@blueprint.post("/points/<int:point_id>/mouvement")
@requires(CouncilAction.EDIT, on=queries.point_by_id)
def note_movement(point: AgendaPoint) -> Response | str | tuple[str, int]:
    """Somebody comes in or goes out before this item."""
    return kept_and(
        point,
        lambda session, held: evening.note_movement(
            session, held, _seat(held, "mover"), request.form.get("moved_at", ""), by=actor(), at=clock.now()
        ),
        spends=_MOVEMENT,
        then="mouvements",
    )


@blueprint.post("/mouvements/<int:movement_id>/effacer")
@requires(CouncilAction.EDIT, on=queries.movement_by_id)
def erase_movement(move: Movement) -> Response | str | tuple[str, int]:
    """Take a movement back."""
    number, point = move.id, point_again(move.point_id)

    def erase(session: Session, _held: AgendaPoint) -> None:
        if (found := queries.movement_by_id(session, number)) is not None:
            evening.erase_movement(session, found, by=actor(), at=clock.now())

    return kept_and(point, erase, then="mouvements")


@blueprint.post("/points/<int:point_id>/deport")
@requires(CouncilAction.EDIT, on=queries.point_by_id)
def note_recusal(point: AgendaPoint) -> Response | str | tuple[str, int]:
    """Somebody withdraws from this item."""
    return kept_and(
        point,
        lambda session, held: evening.note_recusal(
            session,
            held,
            _seat(held, "recused"),
            request.form.get("recusal_reason", ""),
            is_delegate=request.form.get("delegate") == "oui",
            by=actor(),
            at=clock.now(),
        ),
        spends=_RECUSAL,
        then="deports",
    )


@blueprint.post("/deports/<int:recusal_id>/effacer")
@requires(CouncilAction.EDIT, on=queries.recusal_by_id)
def erase_recusal(recusal: Recusal) -> Response | str | tuple[str, int]:
    """Take a withdrawal back."""
    number, point = recusal.id, recusal.point

    def erase(session: Session, _held: AgendaPoint) -> None:
        if (found := queries.recusal_by_id(session, number)) is not None:
            evening.erase_recusal(session, found, by=actor(), at=clock.now())

    return kept_and(point, erase, then="deports")


@blueprint.post("/points/<int:point_id>/procuration")
@requires(CouncilAction.EDIT, on=queries.point_by_id)
def note_item_proxy(point: AgendaPoint) -> Response | str | tuple[str, int]:
    """Note a proxy that counts from this item on."""
    return kept_and(
        point,
        lambda session, held: evening.note_proxy(
            session,
            held.meeting,
            (_seat(held, "giver"), _seat(held, "holder")),
            is_written=request.form.get("written") == "oui",
            illness=request.form.get("illness") == "oui",
            since=held,
            reasons=given_reason(),
            by=actor(),
            at=clock.now(),
        ),
        spends=_PROXY,
        blocked_in="procurations",
        then="procurations",
    )


@blueprint.post("/points/<int:point_id>/presidence")
@requires(CouncilAction.EDIT, on=queries.point_by_id)
def elect_chair(point: AgendaPoint) -> Response | str | tuple[str, int]:
    """Note who the council elected to preside this item."""
    return kept_and(
        point,
        lambda session, held: evening.elect_chair(
            session,
            held,
            _seat(held, "chair") if request.form.get("chair") else None,
            by=actor(),
            at=clock.now(),
        ),
        spends=_CHAIR,
        then="presidence",
    )


def _seat(point: AgendaPoint, name: str) -> Seat:
    wanted = whole(request.form.get(name))
    found = next((seat for seat in point.meeting.seats if seat.id == wanted), None)
    if found is None:
        raise BadMeeting(_("Choisissez une personne de ce conseil."), field=name)
    return found
