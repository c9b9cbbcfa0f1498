"""Volunteer hours and contributions in kind, with their yearly totals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from app.database.unit import alone_on
from app.members.models import Member, VolunteerEntry
from app.members.services.ground import BadMember, refuse_gone, tell
from app.people.naming import clean
from app.shared.clock import day_of

if TYPE_CHECKING:
    from datetime import date, datetime
    from decimal import Decimal

    from sqlalchemy.orm import Session

    from app.bodies.models import Body
    from app.shared.actor import Actor


@dataclass(frozen=True, kw_only=True)
class GiveTime:
    """Hours, or something in kind, or both; who gave it, on which day, and how its value was estimated."""

    what: str
    given_on: date
    member_id: int | None = None
    giver: str = ""
    hours: Decimal | None = None
    value: Decimal | None = None
    basis: str = ""


def note_gift(session: Session, body: Body, command: GiveTime, *, by: Actor, at: datetime) -> VolunteerEntry:
    """Note what was given.

    :raises BadMember: when neither hours nor a value are told, the day is to come, the record is erased or in the
        trash, or the very same is noted already: a button pressed twice must not count twice in an application.
    """
    if not command.hours and not command.value:
        raise BadMember(_l("Écrivez des heures, une valeur, ou les deux."), field="hours")
    if command.given_on > day_of(at):
        raise BadMember(_l("Ce jour est à venir."), field="given_on")
    if command.member_id is not None:
        member = session.get(Member, command.member_id)
        if member is None or member.body_id != body.id:
            raise BadMember(_l("Ce membre n’est pas de ce comité : choisissez-en un de la liste."), field="member")
        alone_on(session, member)
        refuse_gone(member, field="member")
    entry = VolunteerEntry(
        body_id=body.id,
        member_id=command.member_id,
        giver=clean(command.giver)[:200],
        given_on=command.given_on,
        what=clean(command.what)[:300],
        hours=command.hours,
        value=command.value,
        basis=clean(command.basis)[:200],
        created_at=at,
    )
    _require_new(session, entry)
    session.add(entry)
    session.flush()
    tell(session, "members.volunteer", body.id, ("volunteer_entry", entry.id), by=by, at=at)
    return entry


def _require_new(session: Session, entry: VolunteerEntry) -> None:
    known = session.scalars(
        select(VolunteerEntry.id).filter_by(
            body_id=entry.body_id,
            member_id=entry.member_id,
            giver=entry.giver,
            given_on=entry.given_on,
            what=entry.what,
            hours=entry.hours,
            value=entry.value,
            trashed_at=None,
        )
    )
    if known.first() is not None:
        sentence = _l(
            "« %(what)s » est déjà noté ce jour-là, à l’identique. Si c’est un autre don, dites-le en d’autres mots.",
            what=entry.what,
        )
        raise BadMember(sentence, field="what")


def trash_gift(session: Session, entry: VolunteerEntry, *, by: Actor, at: datetime) -> None:
    """Take back what was noted by mistake."""
    if entry.trashed_at is None:
        entry.trashed_at = at
        tell(session, "members.volunteer", entry.body_id, ("volunteer_entry", entry.id), by=by, at=at)
