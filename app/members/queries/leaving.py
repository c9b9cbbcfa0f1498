"""What still counts on somebody who leaves: offices, stays to come, guests to lodge."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.bodies.queries import mandates_of_person
from app.members.models import HostFamily, Stay, Traveller

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from sqlalchemy.orm import Session

    from app.bodies.models import Mandate
    from app.members.models import Member


@dataclass(frozen=True, kw_only=True)
class Ties:
    """Offices that no one ended, journeys to come, and travellers whom this family is to lodge."""

    offices: Sequence[Mandate] = ()
    journeys: Sequence[Traveller] = ()
    guests: Sequence[Traveller] = ()

    def __bool__(self) -> bool:
        """Whether anything is left to settle."""
        return bool(self.offices or self.journeys or self.guests)


def open_offices_of(session: Session, member: Member) -> list[Mandate]:
    """The mandates of a member in the body that nobody ended."""
    if member.person_id is None or member.organisation:
        return []
    held = mandates_of_person(session, member.person_id)
    return [one for one in held if one.body_id == member.body_id and one.until is None]


def ties_of(session: Session, member: Member, *, on: date, with_stays: bool) -> Ties:
    """What counts on a member of a body from a day on; stays are for those who may see them."""
    if member.person_id is None or member.organisation or not with_stays:
        return Ties(offices=open_offices_of(session, member))
    ahead = (
        select(Traveller)
        .join(Traveller.stay)
        .where(
            Stay.body_id == member.body_id,
            Stay.ends_on >= on,
            Stay.trashed_at.is_(None),
            Traveller.trashed_at.is_(None),
        )
        .options(joinedload(Traveller.stay), joinedload(Traveller.person))
        .order_by(Stay.starts_on, Traveller.id)
    )
    lodged = ahead.join(HostFamily, HostFamily.id == Traveller.host_family_id)
    return Ties(
        offices=open_offices_of(session, member),
        journeys=session.scalars(ahead.where(Traveller.person_id == member.person_id)).all(),
        guests=session.scalars(lodged.where(HostFamily.person_id == member.person_id)).all(),
    )
