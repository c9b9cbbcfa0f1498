"""A body takes its own place in a dossier, in which a partner had opened a second record of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from app.bodies.doubles import may_be_one
from app.twinnings.models import TwinningPerson
from app.twinnings.services.dossiers import BadTwinning, seat_party, tell

if TYPE_CHECKING:
    from datetime import date, datetime

    from sqlalchemy.orm import Session

    from app.bodies.models import Body
    from app.shared.actor import Actor
    from app.twinnings.models import TwinningParty


def replace_party(
    session: Session, party: TwinningParty, body: Body, *, on: date, by: Actor, at: datetime
) -> TwinningParty:
    """Put a body in the place of another record of it: the one joins, the other leaves, on one day.

    What the dossier says of people in the name of the record is said in the body's name from then on; what belongs to
    the record itself stays its own, as after any departure.

    :raises BadTwinning: when the two cannot be one body, or somebody has noted it a moment ago.
    """
    twinning, left = party.twinning, party.body
    if body.trashed_at is not None or not may_be_one(left, body):
        raise BadTwinning(_l("Ces deux fiches ne sont pas du même organisme : vérifiez leur genre et leur lieu."))
    if party.left_on is not None:
        raise BadTwinning(_l("Cette fiche a déjà quitté le jumelage."))
    joined, _is_back = seat_party(session, twinning, body, party.side)
    joined.position, joined.joined_on, party.left_on = party.position, on, on
    _pass_on_people(session, party, joined)
    twinning.revision += 1
    tell(session, "twinning.party_replaced", twinning, by, at, body.id, body=body.name, left_on=on.isoformat())
    return joined


def _pass_on_people(session: Session, party: TwinningParty, joined: TwinningParty) -> None:
    """The people of the one, in the trash or not, become those of the other; nobody is named twice."""
    found = list(
        session.scalars(
            select(TwinningPerson)
            .where(
                TwinningPerson.twinning_id == party.twinning_id,
                TwinningPerson.body_id.in_([party.body_id, joined.body_id]),
            )
            .order_by(TwinningPerson.id)
        )
    )
    named = {(one.person_id, one.duty, one.until) for one in found if one.body_id == joined.body_id}
    for one in found:
        if one.body_id == party.body_id and (one.person_id, one.duty, one.until) not in named:
            one.body_id = joined.body_id
            one.revision += 1
