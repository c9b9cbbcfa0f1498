"""One item on the evening: its ballot, its debate, and what is put off (the page itself: ``itempage``)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from app.access.gate import actor, requires
from app.council import queries
from app.council.forms import VoteForm, whole
from app.council.labels import OUTCOMES
from app.council.models import BallotKind
from app.council.policy import CouncilAction
from app.council.reckoning import standing_at
from app.council.services import drafts, mending, voting
from app.council.views.ballots import ballot_warnings
from app.council.views.blueprint import blueprint
from app.council.views.itempage import (
    complete_debate,
    keep_typed,
    kept_and,
    point_page,
    require_nothing_waiting,
    voices_typed,
)
from app.council.views.parts import lawfully, point_again
from app.database.unit import writing
from app.documents.fonts import missing_glyphs
from app.people.forms import blame
from app.shared import clock
from app.shared.errors import DomainError

if TYPE_CHECKING:
    from sqlalchemy.orm import Session
    from werkzeug.wrappers import Response

    from app.council.models import AgendaPoint


@blueprint.get("/points/<int:point_id>")
@requires(CouncilAction.EDIT, on=queries.point_by_id)
def point(point: AgendaPoint) -> str | tuple[str, int]:
    """One item on the evening: who is there, who withdraws, the ballot."""
    return point_page(point, None)


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
    votes = voices_typed(MultiDict(request.form)) if form.ballot.data == BallotKind.PUBLIC else {}
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
    for warning in ballot_warnings(point_again(number)):
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
            complete_debate(session, held)
            mending.take_back_vote(session, held, request.form.get("reason", ""), by=actor(), at=clock.now())
    except DomainError as error:
        return point_page(point_again(number), None, error)
    flash(_("Le vote est repris : consignez-le de nouveau."), "done")
    return redirect(url_for("council.point", point_id=number))


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
            held = point_again(number)
            complete_debate(session, held)
            unprinted = missing_glyphs(held.debate)
    except DomainError as error:
        return point_page(point_again(number), None, error)
    flash(_("La teneur des débats est notée."), "done")
    if unprinted:
        signs = " ".join(unprinted[:20])
        flash(_("Ces signes ne s’impriment pas au procès-verbal : %(signs)s. Remplacez-les.", signs=signs), "wait")
    if reason:  # begun on the same page, and not asked for yet
        return redirect(url_for("council.point", point_id=number, reason=reason))
    return redirect(url_for("council.meeting", meeting_id=point.meeting_id))


def _record(session: Session, point: AgendaPoint, command: voting.RecordVote) -> str:
    """Record the ballot, for the items too that are voted with this one."""
    require_nothing_waiting(point)
    keep_typed(session, point)
    drafts.drop_from_draft(point)
    chosen = {whole(raw) for raw in request.form.getlist("together")}
    others = [one for one in point.meeting.agenda if one.id in chosen]
    return voting.record_votes(session, point, others, command, by=actor(), at=clock.now())
