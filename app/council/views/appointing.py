"""A designation on the evening: who stands, each round, who is proclaimed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _

from app.access.gate import actor, requires
from app.council import queries
from app.council.forms import whole
from app.council.policy import CouncilAction
from app.council.services import appointing, candidacies, drafts
from app.council.services.meetings import BadMeeting
from app.council.views.blueprint import blueprint
from app.council.views.itempage import keep_typed, point_page, require_nothing_waiting
from app.council.views.parts import lawfully, point_again
from app.shared import clock
from app.shared.errors import DomainError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from datetime import date

    from sqlalchemy.orm import Session
    from werkzeug.wrappers import Response

    from app.council.models import AgendaPoint


_CANDIDACIES = frozenset({"seats", "candidates", "waived"})
_ROUND = frozenset({"cast", "blank", "void", "not_voting"})


def _done(
    point: AgendaPoint,
    verb: Callable[[Session, AgendaPoint], object],
    said: str,
    spends: Collection[str] = (),
) -> Response | str | tuple[str, int]:
    """Keep what is typed and do it on the item as it is now, or show why not with all that was typed."""
    number = point.id

    def kept(session: Session) -> None:
        held = point_again(number)
        keep_typed(session, held)
        verb(session, held)
        drafts.drop_from_draft(held, None if held.voted_at else spends)

    try:
        lawfully(
            kept,
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
        appointing.require_state(held, request.form.get("designation"))
        candidacies.note_candidates(session, held, _candidacies(), by=actor(), at=clock.now())

    return _done(point, note, _("Les candidats sont notés."), _CANDIDACIES)


def _candidacies() -> candidacies.Candidacies:
    return candidacies.Candidacies(
        names=candidacies.read_candidates(request.form.get("candidates", "")[:8000]),
        seats=whole(request.form.get("seats")),
        is_waived=request.form.get("waived") == "oui",
    )


@blueprint.post("/points/<int:point_id>/tour")
@requires(CouncilAction.EDIT, on=queries.point_by_id)
def record_round(point: AgendaPoint) -> Response | str | tuple[str, int]:
    """Record one round."""

    def note(session: Session, held: AgendaPoint) -> None:
        appointing.require_state(held, request.form.get("designation"))
        require_nothing_waiting(held)
        if "candidates" in request.form:
            candidacies.require_noted(held, _candidacies())
        rows = candidacies.standing_candidates(held)
        told = appointing.BallotRound(
            votes={row["name"]: _count(f"candidate_{row['number']}") for row in rows},
            cast=_count("cast") if request.form.get("cast", "").strip() else None,
            blank=_count("blank"),
            void=_count("void"),
            not_voting=_count("not_voting"),
            ages=_ages(rows),
        )
        appointing.record_round(session, held, told, by=actor(), at=clock.now())

    voices = {name for name in request.form if name.startswith(("candidate_", "age_"))}
    return _done(point, note, _("Le tour est consigné."), _ROUND | voices)


def _ages(rows: list[dict[str, Any]]) -> dict[str, int | date]:
    typed = {row["name"]: request.form.get(f"age_{row['number']}", "").strip()[:20] for row in rows}
    return {name: candidacies.read_age(age, f"{name} ; {age}") for name, age in typed.items() if age}


def _count(name: str) -> int:
    raw = request.form.get(name, "").strip()
    if raw and not (raw.isascii() and raw.isdecimal() and int(raw) <= 300):  # noqa: PLR2004  # no council is larger
        raise BadMeeting(_("Écrivez un nombre de 0 à 300."), field=name)
    return int(raw or 0)


@blueprint.post("/points/<int:point_id>/nommer")
@requires(CouncilAction.EDIT, on=queries.point_by_id)
def appoint_at_once(point: AgendaPoint) -> Response | str | tuple[str, int]:
    """Appoint without a vote: one candidate a seat."""

    def appoint(session: Session, held: AgendaPoint) -> None:
        require_nothing_waiting(held)
        appointing.appoint_at_once(session, held, by=actor(), at=clock.now())

    return _done(point, appoint, _("La désignation est consignée."))


@blueprint.post("/points/<int:point_id>/tour/effacer")
@requires(CouncilAction.EDIT, on=queries.point_by_id)
def erase_round(point: AgendaPoint) -> Response | str | tuple[str, int]:
    """Take the last round back."""

    def erase(session: Session, held: AgendaPoint) -> None:
        appointing.require_state(held, request.form.get("designation"))
        appointing.erase_round(session, held, by=actor(), at=clock.now())

    return _done(point, erase, _("Le tour est effacé."))
