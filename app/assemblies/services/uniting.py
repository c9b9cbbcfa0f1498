"""Somebody who was called twice, under two records that became one: one person, one voice."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l
from sqlalchemy import exists, or_, select, update
from sqlalchemy.orm import joinedload

from app.assemblies.models import (
    Assembly,
    AssemblyAbsence,
    AssemblyProxy,
    AssemblySeat,
    AssemblyVoice,
    Dispatch,
    Presence,
    Status,
)

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_OPEN = (Status.DRAFT, Status.CONVENED, Status.OPEN)


def unite(session: Session, person_id: int) -> None:
    """Keep one line of a person in every assembly that is not over; what is over stays as it was held.

    The line that has voted is kept, or the one that was called first. The other one votes no more, and its link opens
    nothing; where nothing was sent to it nor noted of it, it goes.
    """
    found = session.scalars(
        select(AssemblySeat)
        .join(Assembly, Assembly.id == AssemblySeat.assembly_id)
        .where(AssemblySeat.person_id == person_id, Assembly.status.in_(_OPEN))
        .options(joinedload(AssemblySeat.assembly))
        .order_by(AssemblySeat.assembly_id, AssemblySeat.id)
    ).all()
    for _assembly, lines in groupby(found, key=lambda one: one.assembly_id):
        _unite(session, list(lines))
    session.flush()


def _unite(session: Session, lines: list[AssemblySeat]) -> None:
    kept = min(lines, key=lambda one: (not _has_voted(session, one), one.dispatch == Dispatch.UNSENT, one.id))
    for other in lines:
        if other is kept:
            continue
        kept.may_vote = kept.may_vote or other.may_vote
        kept.email, kept.address = kept.email or other.email, kept.address or other.address
        if kept.presence == Presence.UNSAID:
            kept.presence = other.presence
        _move_proxies(session, other, kept)
        if other.dispatch == Dispatch.UNSENT and not _is_noted(session, other):
            session.delete(other)
            continue
        other.may_vote, other.why_not, other.link_hash = False, str(_l("la même personne, déjà sur la liste")), ""
        other.presence = Presence.UNSAID


def _has_voted(session: Session, seat: AssemblySeat) -> bool:
    return bool(
        session.scalar(
            select(exists().where(or_(AssemblyVoice.seat_id == seat.id, AssemblyVoice.through_id == seat.id)))
        )
    )


def _is_noted(session: Session, seat: AssemblySeat) -> bool:
    absent = select(exists().where(AssemblyAbsence.seat_id == seat.id))
    return seat.presides or seat.is_secretary or seat.is_teller or bool(session.scalar(absent))


def _move_proxies(session: Session, other: AssemblySeat, kept: AssemblySeat) -> None:
    """What the other line gave or carried is the kept one's; a proxy to oneself, or a second one, is none."""
    held = session.scalars(
        select(AssemblyProxy)
        .where(AssemblyProxy.assembly_id == kept.assembly_id, AssemblyProxy.giver_id.in_([kept.id, other.id]))
        .order_by(AssemblyProxy.id)
    ).all()
    has_given = any(one.giver_id == kept.id for one in held)
    for one in held:
        if one.giver_id == other.id:
            if has_given or one.holder_id == kept.id:
                session.delete(one)
            else:
                one.giver_id, has_given = kept.id, True
    session.flush()
    session.execute(update(AssemblyProxy).where(AssemblyProxy.holder_id == other.id).values(holder_id=kept.id))
    session.expire_all()
