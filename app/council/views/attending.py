"""Who comes and goes, withdraws, votes for another or presides, from one item of the evening on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import flash, request, url_for
from flask_babel import gettext as _

from app.access.gate import actor, requires
from app.council import queries
from app.council.forms import whole
from app.council.models import MovementKind
from app.council.policy import CouncilAction
from app.council.services import numbering, proxies, room
from app.council.services.hours import is_to_come, require_meant
from app.council.services.meetings import BadMeeting
from app.council.views.blueprint import blueprint
from app.council.views.itempage import complete_debate, kept_and
from app.council.views.parts import given_reason, point_again
from app.shared import clock

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session
    from werkzeug.wrappers import Response

    from app.council.models import AgendaPoint, Seat
    from app.council.models.meetings import Movement, Recusal


_MOVEMENT = frozenset({"mover", "moved_at"})
_RECUSAL = frozenset({"recused", "recusal_reason", "delegate"})
_PROXY = frozenset({"giver", "holder", "written", "illness"})
_CHAIR = frozenset({"chair"})
_SECRETARY = frozenset({"secretary"})
_NUMBER = frozenset({"register_number"})


@blueprint.post("/points/<int:point_id>/mouvement")
@requires(CouncilAction.EDIT, on=queries.point_by_id)
def note_movement(point: AgendaPoint) -> Response | str | tuple[str, int]:
    """Somebody comes in or goes out before this item."""
    told, now = request.form.get("moved_at", ""), clock.now()

    def moved(session: Session, held: AgendaPoint) -> None:
        require_meant(held.meeting, told, request.form.get("moved_meant", ""))
        room.note_movement(session, held, _seat(held, "mover"), told, kind=_kind_of_movement(), by=actor(), at=now)
        if is_to_come(held.meeting, told, at=now):
            flash(_("%(hour)s n’est pas encore arrivé : vérifiez l’heure du mouvement.", hour=told.strip()), "wait")

    return kept_and(point, moved, spends=_MOVEMENT, then="mouvements")


@blueprint.post("/mouvements/<int:movement_id>/effacer")
@requires(CouncilAction.EDIT, on=queries.movement_by_id)
def erase_movement(move: Movement) -> Response | str | tuple[str, int]:
    """Take a movement back."""
    number, point = move.id, point_again(move.point_id)
    erase = _erasing(number, queries.movement_by_id, room.erase_movement)
    return kept_and(point, erase, then="mouvements")


@blueprint.post("/points/<int:point_id>/deport")
@requires(CouncilAction.EDIT, on=queries.point_by_id)
def note_recusal(point: AgendaPoint) -> Response | str | tuple[str, int]:
    """Somebody withdraws from this item."""
    return kept_and(
        point,
        lambda session, held: room.note_recusal(
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
    erase = _erasing(number, queries.recusal_by_id, room.erase_recusal)
    return kept_and(point, erase, then="deports")


@blueprint.post("/points/<int:point_id>/procuration")
@requires(CouncilAction.EDIT, on=queries.point_by_id)
def note_item_proxy(point: AgendaPoint) -> Response | str | tuple[str, int]:
    """Note a proxy that counts from this item on."""
    return kept_and(
        point,
        lambda session, held: proxies.note_proxy(
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


@blueprint.post("/points/<int:point_id>/procuration/revoquer")
@requires(CouncilAction.EDIT, on=queries.point_by_id)
def revoke_item_proxy(point: AgendaPoint) -> Response | str | tuple[str, int]:
    """Note that a proxy is revoked from this item on."""

    def revoked(session: Session, held: AgendaPoint) -> None:
        wanted = whole(request.form.get("revoked", ""))
        proxy = next((one for one in held.meeting.proxies if one.id == wanted), None)
        if proxy is None:
            raise BadMeeting(
                _("Cette procuration n’est plus notée : elle a été retirée entre-temps. Il n’y a rien à révoquer.")
            )
        proxies.revoke_proxy(session, proxy, held, by=actor(), at=clock.now())

    return kept_and(point, revoked, spends=frozenset({"revoked"}), then="procurations")


@blueprint.post("/points/<int:point_id>/presidence")
@requires(CouncilAction.EDIT, on=queries.point_by_id)
def elect_chair(point: AgendaPoint) -> Response | str | tuple[str, int]:
    """Note who the council elected to preside this item."""
    return kept_and(
        point,
        lambda session, held: room.elect_chair(
            session,
            held,
            _seat(held, "chair") if request.form.get("chair") else None,
            by=actor(),
            at=clock.now(),
        ),
        spends=_CHAIR,
        then="presidence",
    )


@blueprint.post("/points/<int:point_id>/secretariat")
@requires(CouncilAction.EDIT, on=queries.point_by_id)
def replace_secretary(point: AgendaPoint) -> Response | str | tuple[str, int]:
    """Note who keeps the minutes from this item on; beside a vote that is recorded, what was begun there stays."""
    reason = request.form.get("reason", "").strip()[:2000]

    def replaced(session: Session, held: AgendaPoint) -> None:
        if held.voted_at is not None:
            complete_debate(session, held)
        seat = _seat(held, "secretary") if request.form.get("secretary") else None
        room.replace_secretary(session, held, seat, by=actor(), at=clock.now())

    back = url_for("council.point", point_id=point.id, reason=reason or None, _anchor="secretariat")
    return kept_and(point, replaced, spends=_SECRETARY, then=back)


@blueprint.post("/points/<int:point_id>/numero")
@requires(CouncilAction.EDIT, on=queries.point_by_id)
def give_number(point: AgendaPoint) -> Response | str | tuple[str, int]:
    """Give the deliberation the number that it has in the register on paper."""
    return kept_and(
        point,
        lambda session, held: numbering.give_number(
            session, held, request.form.get("register_number", ""), by=actor(), at=clock.now()
        ),
        spends=_NUMBER,
        then="numero",
    )


def _seat(point: AgendaPoint, name: str) -> Seat:
    wanted = whole(request.form.get(name, "").partition(" ")[0])
    found = next((seat for seat in point.meeting.seats if seat.id == wanted), None)
    if found is None:
        raise BadMeeting(_("Choisissez une personne de ce conseil."), field=name)
    return found


def _kind_of_movement() -> MovementKind | None:
    """What the choice « 12 departure » said when it was read: pressed twice, it is no return."""
    told = request.form.get("mover", "").partition(" ")[2]
    return MovementKind(told) if told in set(MovementKind) else None


def _erasing(
    number: int, find: Callable[[Session, int], Any], erase: Callable[..., None]
) -> Callable[[Session, AgendaPoint], None]:
    """Take back what has this number, found again in the transaction; a second press finds nothing to take back."""

    def taken_back(session: Session, _held: AgendaPoint) -> None:
        if (found := find(session, number)) is not None:
            erase(session, found, by=actor(), at=clock.now())

    return taken_back
