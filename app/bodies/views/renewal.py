"""A new council, a new mayor, a new board: one page of questions, one page to check, then done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from app.access.gate import actor, identity, requires
from app.bodies import queries
from app.bodies.forms import RenewalForm
from app.bodies.labels import FUNCTION_NAMES, function_name, held_dates
from app.bodies.models import Function
from app.bodies.pending import pending_of
from app.bodies.policy import BodyAction
from app.bodies.services import renewal
from app.bodies.services.renewal import Occasion, Outcome
from app.bodies.views.ground import blueprint
from app.database.unit import writing
from app.extensions import db
from app.people.forms import blame
from app.people.queries import choosable_persons
from app.shared import clock
from app.shared.errors import DomainError
from app.shared.saying import said

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session
    from werkzeug.wrappers import Response

    from app.bodies.models import Body, Mandate
    from app.bodies.pending import Pending
    from app.bodies.services.renewal import Newcomer
    from app.people.models import Person


@dataclass(frozen=True)
class Leaver:
    """Somebody in office, what becomes of the mandate, and what it leaves pending."""

    id: int
    name: str
    function: str
    dates: str
    outcome: Outcome
    pending: Sequence[Pending] = ()


def _concerned(session: Session, body_id: int, occasion: str) -> Body | None:
    """The body, if what is said to happen can happen to it."""
    body = queries.body_by_id(session, body_id)
    if body is None or occasion not in {one.value for one in renewal.occasions_of(body.kind)}:
        return None
    return body


@blueprint.route("/<int:body_id>/renouvellement/<string:occasion>", methods=["GET", "POST"])
@requires(BodyAction.MANDATES, on=_concerned)
def renew(body: Body) -> Response | str | tuple[str, int]:
    """Ask, show what will change and what is left pending, then change it."""
    session = db.session()
    occasion = Occasion((request.view_args or {})["occasion"])
    functions = renewal.functions_of(body.kind, occasion)
    persons = choosable_persons(session, identity().body_ids, who=identity())
    form = RenewalForm().prepare(functions, persons, more="more" in request.form)
    is_asked = "more" not in request.form and "back" not in request.form
    leaving = renewal.open_offices(session, body, occasion, on=clock.today())
    outcomes = {mandate.id: _outcome(mandate) for mandate in leaving}
    if is_asked and form.validate_on_submit() and form.on.when is not None:
        command = renewal.RenewOffices(
            occasion, form.on.when, form.why.data or "", outcomes, form.comers(functions, persons)
        )
        if "confirm" not in request.form:
            return _check(body, occasion, command, leaving, persons)
        try:
            return _done(body, command)
        except DomainError as error:
            blame(form, error.field if error.field in {"on", "why"} else None, error.sentence)
    page = render_template(
        "bodies/renew.html",
        body=body,
        occasion=occasion,
        title=renewal.OCCASION_NAMES[occasion],
        form=form,
        leavers=[_leaver(mandate, outcomes[mandate.id]) for mandate in leaving],
        outcomes=_OUTCOMES,
    )
    return page, 422 if form.errors else 200


_OUTCOMES = tuple(Outcome)
_ASKED = frozenset({"csrf_token", "check", "back"})
"""What a button says, which the next page does not send again."""


def _outcome(mandate: Mandate) -> Outcome:
    raw = request.form.get(f"outcome-{mandate.id}", Outcome.ENDS.value)
    return Outcome(raw) if raw in set(Outcome) else abort(400)


def _leaver(mandate: Mandate, outcome: Outcome, pending: Sequence[Pending] = ()) -> Leaver:
    return Leaver(mandate.id, mandate.person.name, function_name(mandate), held_dates(mandate), outcome, pending)


def _check(
    body: Body, occasion: Occasion, command: renewal.RenewOffices, leaving: Sequence[Mandate], persons: Sequence[Person]
) -> str:
    """Show what will be written, with what each leaver leaves pending."""
    session = db.session()
    named = {person.id: person.name for person in persons}
    leavers = [
        _leaver(
            mandate,
            command.outcomes[mandate.id],
            pending_of(session, mandate.person_id, mandate.person.name, body.id)
            if command.outcomes[mandate.id] == Outcome.ENDS
            else (),
        )
        for mandate in leaving
    ]
    return render_template(
        "bodies/renew_check.html",
        body=body,
        occasion=occasion,
        title=renewal.OCCASION_NAMES[occasion],
        on=said(command.on),
        leavers=leavers,
        ends=Outcome.ENDS,
        renewed=Outcome.RENEWED,
        comers=[_told(comer, named) for comer in command.newcomers],
        kept=[(name, text) for name, text in request.form.items(multi=True) if name not in _ASKED],
    )


def _told(comer: Newcomer, named: dict[int, str]) -> tuple[str, str]:
    facts = comer.person
    written = f"{facts.given_name} {facts.family_name}".strip() if facts else ""
    name = named[comer.person_id] if comer.person_id is not None else written
    return name, str(FUNCTION_NAMES[Function(comer.function)])


def _done(body: Body, command: renewal.RenewOffices) -> Response:
    number = body.id
    with writing() as session:
        closed, opened = renewal.renew_offices(session, body, command, by=actor(), at=clock.now())
        counted = len(closed), len(opened)
    flash(
        _(
            "C’est noté : %(closed)s, %(opened)s.",
            closed=ngettext("%(num)s mandat terminé", "%(num)s mandats terminés", counted[0]),
            opened=ngettext("%(num)s mandat commencé", "%(num)s mandats commencés", counted[1]),
        ),
        "done",
    )
    return redirect(url_for("bodies.page", body_id=number))
