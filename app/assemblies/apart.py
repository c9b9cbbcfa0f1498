"""People of one name who are called to one assembly: what tells them apart is said beside the name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import gettext as _
from sqlalchemy import select

from app.members.models import Member
from app.people.apart import Named, alike, told_apart

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy.orm import Session

    from app.assemblies.models import Assembly, AssemblySeat


def seats_apart(session: Session, assembly: Assembly) -> dict[int, str]:
    """The names of those called, each its own: by quality, by number of member, by where they are reached.

    One query where two bear one name, else none.
    """
    shared = alike((seat.id, seat.name) for seat in assembly.seats)
    numbers = _numbers(session, assembly, {seat.person_id for seat in assembly.seats if seat.id in shared} - {None})
    return told_apart(
        Named(seat.id, seat.name, _hints(seat, numbers) if seat.id in shared else ()) for seat in assembly.seats
    )


def _hints(seat: AssemblySeat, numbers: dict[int, int]) -> tuple[str, ...]:
    number = numbers.get(seat.person_id or 0)
    return (
        seat.quality,
        _("membre no %(number)s", number=number) if number else "",
        seat.email,
        ", ".join(seat.address.split("\n")),
        _("fiche n° %(number)s", number=seat.person_id) if seat.person_id else "",
    )


def _numbers(session: Session, assembly: Assembly, people: Collection[int | None]) -> dict[int, int]:
    if not people:
        return {}
    found = select(Member.person_id, Member.number).where(
        Member.body_id == assembly.body_id, Member.person_id.in_(people), Member.trashed_at.is_(None)
    )
    return {person: number for person, number in session.execute(found) if person is not None}
