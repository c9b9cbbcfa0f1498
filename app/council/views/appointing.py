"""A designation on the evening: who stands, each round, who is proclaimed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _

from app.access.gate import actor, requires
from app.council import queries
from app.council.forms import whole
from app.council.policy import CouncilAction
from app.council.services import appointing
from app.council.services.meetings import BadMeeting
from app.council.views.blueprint import blueprint
from app.council.views.item import point_page
from app.council.views.parts import lawfully, point_again
from app.database.unit import writing
from app.shared import clock
from app.shared.errors import DomainError

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session
    from werkzeug.wrappers import Response

    from app.council.models import AgendaPoint


def _done(
    point: AgendaPoint, verb: Callable[[Session, AgendaPoint], object], said: str
) -> Response | str | tuple[str, int]:
    """Do it on the item as it is now, or show why not with all that was typed."""
    number = point.id
    try:
        lawfully(
            lambda session: verb(session, point_again(number)),
            point.meeting.body_id,
            meeting_id=point.meeting_id,
            point_id=number,
        )
    except DomainError as error:
        return point_page(point_again(number), None, error)
    flash(said, "done")
    return redirect(url_for("council.point", point_id=number, _anchor="vote"))


@blueprint.post("/points/<int:point_id>/candidats")
@requires(CouncilAction.EDIT, on=queries.point_by_id)
def note_candidates(point: AgendaPoint) -> Response | str | tuple[str, int]:
    """Note who stands."""

    def note(session: Session, held: AgendaPoint) -> None:
        told = appointing.Candidacies(
            names=appointing.read_candidates(request.form.get("candidates", "")[:8000]),
            seats=whole(request.form.get("seats")),
            is_waived=request.form.get("waived") == "oui",
        )
        appointing.note_candidates(session, held, told, by=actor(), at=clock.now())

    return _done(point, note, _("Les candidats sont notés."))


@blueprint.post("/points/<int:point_id>/tour")
@requires(CouncilAction.EDIT, on=queries.point_by_id)
def record_round(point: AgendaPoint) -> Response | str | tuple[str, int]:
    """Record one round."""

    def note(session: Session, held: AgendaPoint) -> None:
        rows = held.appointment.get("candidates", [])
        told = appointing.BallotRound(
            votes={row["name"]: _count(f"candidate_{place}") for place, row in enumerate(rows)},
            cast=_count("cast") if request.form.get("cast", "").strip() else None,
            blank=_count("blank"),
            void=_count("void"),
            not_voting=_count("not_voting"),
        )
        appointing.record_round(session, held, told, by=actor(), at=clock.now())

    return _done(point, note, _("Le tour est consigné."))


def _count(name: str) -> int:
    raw = request.form.get(name, "").strip()
    if raw and not (raw.isascii() and raw.isdecimal() and int(raw) <= 300):  # noqa: PLR2004  # no council is larger
        raise BadMeeting(_("Écrivez un nombre de 0 à 300."), field=name)
    return int(raw or 0)


@blueprint.post("/points/<int:point_id>/nommer")
@requires(CouncilAction.EDIT, on=queries.point_by_id)
def appoint_at_once(point: AgendaPoint) -> Response | str | tuple[str, int]:
    """Appoint without a vote: one candidate a seat."""
    return _done(
        point,
        lambda session, held: appointing.appoint_at_once(session, held, by=actor(), at=clock.now()),
        _("La désignation est consignée."),
    )


@blueprint.post("/points/<int:point_id>/tour/effacer")
@requires(CouncilAction.EDIT, on=queries.point_by_id)
def erase_round(point: AgendaPoint) -> Response:
    """Take the last round back."""
    number = point.id
    with writing() as session:
        appointing.erase_round(session, point_again(number), by=actor(), at=clock.now())
    flash(_("Le tour est effacé."), "done")
    return redirect(url_for("council.point", point_id=number, _anchor="vote"))
