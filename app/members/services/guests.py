"""Erasing what is known of who hosts or travels and is no member."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.bodies.queries import mandates_of_person
from app.database.unit import alone_on
from app.members.services.forgetting import awaited_of_person, erase_person, erasure_of, kept_of_person
from app.members.services.ground import BadMember, tell
from app.shared.clock import day_of

if TYPE_CHECKING:
    from datetime import date, datetime

    from sqlalchemy.orm import Session

    from app.members.erasing import Kept
    from app.members.queries.guests import Guest
    from app.shared.actor import Actor


def awaited(session: Session, guest: Guest, *, on: date) -> list[object]:
    """What must end before they are erased: an office, a meeting or a stay that goes on."""
    held = mandates_of_person(session, guest.person_id)
    offices = [one for one in held if one.body_id == guest.body_id and one.until is None]
    return awaited_of_person(session, guest, offices, on=on)


def erase_guest(session: Session, guest: Guest, *, by: Actor, at: datetime) -> list[Kept]:
    """Erase a host family or a traveller who is no member: address, health, papers, the record of the person.

    :raises BadMember: while something goes on in which they take part.
    """
    alone_on(session, guest.person)
    if waits := awaited(session, guest, on=day_of(at)):
        raise BadMember(waits[0])
    kept = kept_of_person(session, guest, on=day_of(at))
    erase_person(session, guest, guest.person, erasure_of(session, guest, guest.person, (), kept, at=at))
    tell(session, "members.guest_erased", guest.body_id, ("person", guest.person_id), by=by, at=at)
    return kept
