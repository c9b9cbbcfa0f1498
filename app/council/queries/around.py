"""What stands around a deliberation: the day of its meeting, whom it aids, what they receive."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from app.bodies.models import Function
from app.bodies.queries import mandates_in_office
from app.council.models import ActModel, ActStatus, Subsidy
from app.council.queries.councils import councillors
from app.council.queries.interests import interested_in
from app.council.queries.meetings import point_of_act
from app.council.queries.money import associations_known, reports_of
from app.shared.clock import day_of
from app.shared.folding import fold

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from sqlalchemy.orm import Session

    from app.bodies.models import Body
    from app.council.models import Act


_CHAIRS = {Function.PRESIDENT: "president_is", Function.TREASURER: "treasurer_is"}
_SAID = ((Function.MAYOR, "mayor"), (Function.DEPUTY_MAYOR, "deputy"), (Function.COUNCILLOR, "councillor"))


@dataclass(frozen=True)
class Around:
    """``held_on``: the day of the meeting that voted the act or is to; ``aids`` are those of its year.

    ``chairs``: what the association's president and treasurer are to the council, where nobody has to ask.
    """

    held_on: date | None = None
    year: int | None = None
    association: Body | None = None
    aids: Sequence[Subsidy] = ()
    earlier: Sequence[Subsidy] = ()
    chairs: Mapping[str, str] = field(default_factory=dict)


def around_act(session: Session, act: Act, on: date) -> Around:
    """What is known around an act; without a meeting, its year is that of ``on``."""
    held_on = act.voted_on or _foreseen(session, act)
    year = (held_on or on).year
    association = _association(session, act) if act.model == ActModel.SUBSIDY else None
    if association is None:
        return Around(held_on, year)
    noted = reports_of(session, act.body_id, association.id)
    return Around(
        held_on,
        year,
        association,
        aids=[one for one in noted if one.year == year],
        earlier=[one for one in noted if one.year < year],
        chairs=_chairs(session, act, association, held_on or on),
    )


def _chairs(session: Session, act: Act, association: Body, on: date) -> dict[str, str]:
    """« mayor », « deputy », « councillor », « other », by office; a like name that nobody ruled on is not told."""
    council = councillors(session, act.body_id, on=on)
    offices = {one.person_id: one.function for one in council}
    board = [one for one in mandates_in_office(session, association.id, on=on) if one.function in _CHAIRS]
    found = interested_in(session, act.body_id, [one.person for one in council], [association], on=on)
    told = {}
    for mandate in board:
        alike = [one for one in found if one.mandate.id == mandate.id and one.is_same is not False]
        if all(one.is_same for one in alike):
            held = {offices[one.councillor.id] for one in alike}
            told[_CHAIRS[Function(mandate.function)]] = next(
                (said for office, said in _SAID if office in held), "other"
            )
    return told


def _foreseen(session: Session, act: Act) -> date | None:
    """The day of the meeting that is still to vote an act."""
    if act.status not in {ActStatus.ON_AGENDA, ActStatus.CONVENED}:
        return None
    point = point_of_act(session, act.id)
    return day_of(point.meeting.starts_at) if point is not None else None


def _association(session: Session, act: Act) -> Body | None:
    """Whom the act aids: noted with an aid, else the one association whose name its answer holds."""
    noted = session.query(Subsidy).filter_by(act_id=act.id, trashed_at=None).first()
    if noted is not None:
        return noted.beneficiary
    told = fold(str(act.answers.get("beneficiaire") or ""))
    found = [one for one in associations_known(session, act.body_id) if fold(one.name) in told]
    return max(found, key=lambda one: len(one.name), default=None)
