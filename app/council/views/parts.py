"""What several pages of this room need: a fresh copy inside the transaction, a check to go past, an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from flask import abort, render_template, request
from flask_babel import gettext as _

from app.access.gate import actor, identity
from app.council import queries
from app.council.forecast import BEFORE_THE_VOTE
from app.council.services.convening import NotLawful
from app.council.services.overriding import SHORTEST, Override, may_pass, override_check, override_note
from app.database.unit import writing
from app.extensions import db
from app.people.forms import blame
from app.shared import clock

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

    from app.bodies.models import Body
    from app.council.models import Act, AgendaPoint, Meeting
    from app.forms import Form
    from app.shared.errors import DomainError

    Made = TypeVar("Made")
else:
    Made = TypeVar("Made")


def meeting_again(meeting_id: int) -> Meeting:
    """The meeting as it is now, inside the writing transaction."""
    return queries.meeting_by_id(db.session(), meeting_id) or abort(404)


def point_again(point_id: int) -> AgendaPoint:
    """The item as it is now, inside the writing transaction."""
    return queries.point_by_id(db.session(), point_id) or abort(404)


def act_again(act_id: int) -> Act:
    """The act as it is now, inside the writing transaction."""
    return queries.act_by_id(db.session(), act_id) or abort(404)


def lawfully(verb: Callable[[Session], Made], body_id: int, **ids: int | None) -> Made:
    """Do it in one transaction; a check that blocks is gone past when the form carries its code and a reason.

    What is gone past is written with what it allowed, or not at all.

    :raises NotLawful: when nobody gave a reason.
    """
    reasons, passed = given_reason(), dict[str, Override]()
    while True:
        try:
            with writing() as session:
                for command in passed.values():
                    override_check(session, body_id, command, by=actor(), at=clock.now())
                return verb(session)
        except NotLawful as error:
            reason = reasons.get(error.check_id)
            if not reason or error.check_id in passed or error.is_final:
                raise
            passed[error.check_id] = Override(check_id=error.check_id, reason=reason, sentence=str(error), **ids)


def blocked_by(error: DomainError | None) -> dict[str, Any]:
    """What a page shows of a check that blocks: its code, and whether a reason may go past it."""
    if not isinstance(error, NotLawful):
        return {"blocked": None}
    is_typed = request.form.get("override_check") == error.check_id
    reason = request.form.get("override_reason", "") if is_typed else ""
    return {
        "blocked": {
            "check_id": error.check_id,
            "sentence": str(error),
            "may_pass": may_pass(error.check_id) and not error.is_final,
            "note": override_note(error.check_id),
            "kept": _kept_where(error.check_id),
            "reason": reason,
            "is_short": bool(reason.strip()) and len(" ".join(reason.split())) < SHORTEST,
            "passed": [(check, why) for check, why in given_reason().items() if check != error.check_id],
        }
    }


_AFTER_THE_VOTE = frozenset({"council.clear", "council.note_subsidy", "council.edit_subsidy"})
"""Where the same checks are asked again of a text to be signed and of an aid to be paid."""


def _kept_where(check_id: str) -> str:
    """Where the reason will be read: the minutes tell the meeting, the act its own life, an aid what it asks."""
    told: str
    is_voted_yet = request.endpoint in _AFTER_THE_VOTE
    if check_id <= "C20" or (check_id in BEFORE_THE_VOTE and not is_voted_yet):
        told = _(
            "Le motif, votre nom et la date seront écrits au procès-verbal et sur l’acte. Sans motif, on ne passe pas "
            "outre."
        )
    elif check_id <= "C37" or check_id == "SEAL":
        told = _("Le motif, votre nom et la date seront écrits sur l’acte. Sans motif, on ne passe pas outre.")
    else:
        told = _("Le motif, votre nom et la date resteront écrits avec l’aide. Sans motif, on ne passe pas outre.")
    return told


def given_reason() -> dict[str, str]:
    """The reasons that a form carries for going past the checks that blocked it: a sentence each."""
    checks = [*request.form.getlist("passed_check"), request.form.get("override_check", "")]
    reasons = [*request.form.getlist("passed_reason"), request.form.get("override_reason", "")]
    told = {check: " ".join(why.split()) for check, why in zip(checks, reasons, strict=False)}
    return {check: why for check, why in told.items() if check and len(why) >= SHORTEST}


def blame_unless_blocked(form: Form, error: DomainError) -> dict[str, Any]:
    """Show an error at its field; a check that blocks is shown apart, with the way past it."""
    if not isinstance(error, NotLawful):
        blame(form, error.field, error.sentence)
    return blocked_by(error)


def answer(template: str, form: Form | None, *, wrong: bool = False, **values: Any) -> str | tuple[str, int]:  # noqa: ANN401  # what pages show
    """The page with its form; 422 when what was sent has faults, 409 when somebody else wrote meanwhile."""
    conflict = values.setdefault("conflict", None)
    page = render_template(template, form=form, **values)
    if conflict is not None:
        return page, 409
    return (page, 422) if wrong or (form is not None and form.errors) else page


def own_communes() -> list[Body]:
    """The communes for which the person writes, the current one first."""
    who = identity()
    found = queries.communes_among(db.session(), who.written_body_ids)
    return sorted(found, key=lambda body: body.id != who.current_body_id)
