"""Somebody who was called twice, under two records that became one: one person, one voice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l
from sqlalchemy import exists, or_, select

from app.assemblies.course import HERE
from app.assemblies.models import (
    AssemblyAbsence,
    AssemblyVoice,
    Dispatch,
    Presence,
)
from app.assemblies.services.alone import alone_on
from app.assemblies.services.doubled import Waits, elections_of, lines_of, may_stay, objection, standing_twice, twice
from app.assemblies.services.telling import tell

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from app.assemblies.models import (
        Assembly,
        AssemblyItem,
        AssemblySeat,
    )
    from app.shared.actor import Actor


def unite(session: Session, person_id: int, *, by: Actor, at: datetime) -> None:
    """Keep one line of a person in every assembly that is not over; what is over stays as it was held.

    The line that has voted is kept, or the one that was called first. The other one votes no more, and its link opens
    nothing; where nothing was sent to it nor noted of it, it goes.

    :raises Waits: where a vote that was proclaimed or is secret, or proxies beyond the statutes, stand against it.
    """
    for assembly, found in list(lines_of(session, {person_id})):
        lines = [line.id for line in found]
        alone_on(session, assembly)
        for item in assembly.items:
            alone_on(session, item)  # nobody votes by one link while the other one becomes it
        here = [seat for seat in assembly.seats if seat.id in lines]
        if may_stay(assembly, here):
            continue
        if (why := objection(session, assembly, here)) is not None:
            raise Waits(why, field="other")
        _unite(session, assembly, here, by, at)
    for standing in list(elections_of(session, {person_id})):
        if (why := standing_twice(standing)) is not None:
            raise Waits(why, field="other")
        for candidate in standing[1:]:
            candidate.item.candidates.remove(candidate)
            session.delete(candidate)
    session.flush()


def _unite(session: Session, assembly: Assembly, lines: Sequence[AssemblySeat], by: Actor, at: datetime) -> None:
    kept = min(lines, key=lambda one: (not _has_voted(session, one), one.dispatch == Dispatch.UNSENT, one.id))
    others = [line for line in lines if line is not kept]
    for item in assembly.items:
        for voice in twice(item, lines):
            _drop(session, item, voice)
            tell(session, "voice_united", assembly, by=by, at=at, title=item.title)
    _move_voices(session, assembly, kept, others)
    _move_proxies(session, assembly, kept, others)
    for other in others:
        _complete(session, kept, other)
        session.flush()
        if other.dispatch == Dispatch.UNSENT and not _has_voted(session, other):
            session.delete(other)
            continue
        other.may_vote, other.why_not, other.link_hash = False, str(_l("la même personne, déjà sur la liste")), ""
        other.presence = Presence.UNSAID
    session.flush()
    session.expire_all()


def _has_voted(session: Session, seat: AssemblySeat) -> bool:
    return bool(
        session.scalar(
            select(exists().where(or_(AssemblyVoice.seat_id == seat.id, AssemblyVoice.through_id == seat.id)))
        )
    )


def _drop(session: Session, item: AssemblyItem, voice: AssemblyVoice) -> None:
    """Take a voice that says what it chose out of the count."""
    row = next(one for one in item.counts if one.round == voice.round and one.channel == voice.channel)
    if voice.choice in row.choices:
        left = {**row.choices, voice.choice: int(row.choices[voice.choice]) - 1}
        row.choices = {choice: votes for choice, votes in left.items() if votes}
        row.papers -= 1
    else:
        row.blank -= 1
    row.revision += 1
    item.revision += 1
    item.voices.remove(voice)
    session.delete(voice)
    session.flush()


def _move_voices(session: Session, assembly: Assembly, kept: AssemblySeat, others: Sequence[AssemblySeat]) -> None:
    """What another line voted, or gave with a proxy, the kept one did; nobody gives their own with a proxy."""
    away = {other.id for other in others}
    for item in assembly.items:
        rounds = {voice.round for voice in item.voices if voice.seat_id == kept.id}
        for voice in item.voices:
            if voice.seat_id in away and voice.round not in rounds:
                voice.seat_id = kept.id
                rounds.add(voice.round)
            if voice.through_id in away:
                voice.through_id = kept.id
            if voice.seat_id == voice.through_id:
                voice.through_id = None
    session.flush()


def _move_proxies(session: Session, assembly: Assembly, kept: AssemblySeat, others: Sequence[AssemblySeat]) -> None:
    """What the other lines gave or carried is the kept one's; a proxy to oneself, or a second one, is none."""
    away = {other.id for other in others}
    mine = away | {kept.id}
    given = [one for one in assembly.proxies if one.giver_id in mine and one.holder_id not in mine]
    first = min(given, key=lambda one: (not one.served, one.giver_id != kept.id, one.id), default=None)
    for proxy in list(assembly.proxies):
        if proxy.giver_id in mine and proxy.holder_id in mine and proxy.giver.presence == Presence.EXCUSED:
            proxy.giver.presence = Presence.UNSAID  # nobody is away because of a proxy to themselves
        if proxy.giver_id in mine and proxy is not first:
            assembly.proxies.remove(proxy)
            session.delete(proxy)
        elif proxy.giver_id in away:
            proxy.giver_id = kept.id
        elif proxy.holder_id in away:
            proxy.holder_id = kept.id
    session.flush()


def _complete(session: Session, kept: AssemblySeat, other: AssemblySeat) -> None:
    """Note on the kept line what was noted of the other: the right to vote, the address, who came, who presides."""
    if other.may_vote:
        kept.may_vote, kept.why_not = True, ""
    kept.email, kept.address = kept.email or other.email, kept.address or other.address
    out = select(AssemblyAbsence)
    if (other.presence in HERE and kept.presence not in HERE) or not kept.presence:
        for absence in session.scalars(out.where(AssemblyAbsence.seat_id == kept.id)):
            session.delete(absence)
        for absence in session.scalars(out.where(AssemblyAbsence.seat_id == other.id)):
            absence.seat_id = kept.id
        kept.presence, kept.answered_at = other.presence, kept.answered_at or other.answered_at
        kept.came_before_id, kept.left_before_id = other.came_before_id, other.left_before_id
    for absence in session.scalars(out.where(AssemblyAbsence.seat_id == other.id)):
        session.delete(absence)
    for role in ("presides", "is_secretary", "is_teller"):
        setattr(kept, role, getattr(kept, role) or getattr(other, role))
        setattr(other, role, False)
