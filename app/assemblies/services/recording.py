"""An assembly that was held without this software, written down whole: who came, what was voted, who was elected."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l

from app.assemblies import queries
from app.assemblies.models import (
    AssemblyCandidate,
    AssemblyCount,
    AssemblyProxy,
    AssemblySeat,
    Channel,
    Dispatch,
    ItemKind,
    Outcome,
    Presence,
    Status,
)
from app.assemblies.services.calling import add_item, need
from app.assemblies.services.settling import settle
from app.assemblies.services.telling import tell
from app.people.naming import clean_text
from app.shared.clock import day_of
from app.shared.folding import fold

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime

    from sqlalchemy.orm import Session

    from app.assemblies.models import Assembly, AssemblyItem
    from app.assemblies.services.calling import ItemFacts
    from app.shared.actor import Actor

_BEFORE = frozenset({Status.DRAFT, Status.CONVENED})


@dataclass(frozen=True, kw_only=True)
class HeldItem:
    """An item and its issue: the votes of a decision that was adopted, or who was elected, with their votes if known.

    People are told by their identifier; ``papers``: how many voted.
    """

    facts: ItemFacts
    choices: Mapping[str, int] = field(default_factory=dict)
    elected: Sequence[tuple[int, str, int | None]] = ()
    papers: int = 0


@dataclass(frozen=True, kw_only=True)
class HeldOnPaper:
    """Everything that the sheet and the notes of an assembly say; ``proxies`` are pairs of people, giver first."""

    presences: Mapping[int, Presence]
    proxies: Sequence[tuple[int, int]]
    presides: str
    writes: str
    items: Sequence[HeldItem]
    note: str = ""


def note_convened(
    session: Session, assembly: Assembly, sent_on: date, *, was: date | None = None, by: Actor, at: datetime
) -> None:
    """Note that the convocation went out by other ways on a day; the agenda is frozen as it left.

    ``was``: the day that was noted before, which this one corrects.
    """
    need(assembly, _BEFORE, _l("La réunion a commencé : il est trop tard pour convoquer."))
    for seat in assembly.seats:
        if seat.dispatch == Dispatch.UNSENT or (seat.dispatch == Dispatch.LETTER and seat.sent_on == was):
            seat.dispatch, seat.sent_on = Dispatch.LETTER, sent_on
    if assembly.status == Status.DRAFT:
        assembly.status, assembly.convened_at = Status.CONVENED, at
        assembly.convened_agenda = [{"id": item.id, "title": item.title} for item in assembly.agenda]
    assembly.revision += 1
    session.flush()
    tell(session, "dispatch_noted", assembly, by=by, at=at, number=len(assembly.seats))


def note_unsent(session: Session, assembly: Assembly, was: date) -> None:
    """Take back that the convocation went out by other ways on a day; it is prepared again if nothing else left."""
    need(assembly, _BEFORE, _l("La réunion a commencé : il est trop tard pour convoquer."))
    for seat in assembly.seats:
        if seat.dispatch == Dispatch.LETTER and seat.sent_on == was:
            seat.dispatch, seat.sent_on = Dispatch.UNSENT, None
    if all(seat.dispatch == Dispatch.UNSENT for seat in assembly.seats):
        assembly.status, assembly.convened_at = Status.DRAFT, None
        assembly.convened_agenda, assembly.convened_as = [], {}
    assembly.revision += 1
    session.flush()


def keep_call(assembly: Assembly) -> None:
    """Keep what the convocation said that left, before the record is written over it."""
    if assembly.status == Status.CONVENED and not assembly.convened_as:
        assembly.convened_as = {
            "starts_at": assembly.starts_at.isoformat(),
            "place": assembly.place,
            "link": assembly.link,
            "agenda": [item.title for item in assembly.agenda],
        }


def record_held(session: Session, assembly: Assembly, held: HeldOnPaper, *, by: Actor, at: datetime) -> None:
    """Write the whole assembly down and close it; the agenda that was prepared gives way to what was dealt with.

    A convocation on paper had its own words: only one that left from here has an agenda to be held against it.
    """
    need(assembly, _BEFORE, _l("La réunion a déjà commencé dans ce logiciel : continuez-la sur sa page."))
    statutes = queries.statutes_of(session, assembly, day_of(assembly.starts_at))
    assembly.rules = statutes.kept()
    _note_people(session, assembly, held, at)
    for item in list(assembly.items):
        for part in (*item.candidates, *item.counts, *item.voices):
            session.delete(part)
        session.flush()
        session.expire(item)
        assembly.items.remove(item)
        session.delete(item)
    assembly.status = Status.DRAFT
    session.flush()
    for number, one in enumerate(held.items, 1):
        item = add_item(session, assembly, one.facts, by=by, at=at)
        item.position = number
        _settle(session, item, one, at)
    if not any(seat.dispatch == Dispatch.EMAIL for seat in assembly.seats):
        assembly.convened_agenda = []
    assembly.minutes_text = clean_text(held.note)[:20_000]
    assembly.status, assembly.finished_at = Status.CLOSED, at
    assembly.revision += 1
    session.flush()
    tell(session, "closed", assembly, by=by, at=at)


def take_back(session: Session, assembly: Assembly, *, by: Actor, at: datetime) -> None:
    """Take the end of a founding assembly back: it is open again, or waits to be written down anew."""
    need(assembly, {Status.CLOSED}, _l("Cette réunion n’est pas close."))
    assembly.status = Status.OPEN if assembly.opened_at else Status.CONVENED
    assembly.finished_at, assembly.offices_on, assembly.closed_at = None, None, ""
    assembly.revision += 1
    session.flush()
    tell(session, "edited", assembly, by=by, at=at)


def _note_people(session: Session, assembly: Assembly, held: HeldOnPaper, at: datetime) -> None:
    for part in (*assembly.proxies, *assembly.absences):
        session.delete(part)
    session.flush()
    session.expire(assembly, ["proxies", "absences"])
    for seat in assembly.seats:
        seat.presides = seat.is_secretary = False
        seat.came_before_id = seat.left_before_id = None
    by_person = {seat.person_id: seat for seat in assembly.seats if seat.person_id}
    for person, presence in held.presences.items():
        by_person[person].presence = presence.value
    for giver, holder in held.proxies:
        assembly.proxies.append(
            AssemblyProxy(giver=by_person[giver], holder=by_person[holder], channel=Channel.PAPER.value, noted_at=at)
        )
    _named(assembly, held.presides).presides = True
    _named(assembly, held.writes).is_secretary = True


def _named(assembly: Assembly, name: str) -> AssemblySeat:
    """Who bears a name; somebody who was not called came as a guest."""
    found = next((seat for seat in assembly.seats if seat.folded == fold(name)[:240]), None)
    if found is None:
        found = AssemblySeat(name=name[:240], folded=fold(name)[:240], may_vote=False, presence=Presence.PRESENT.value)
        assembly.seats.append(found)
    return found


def _settle(session: Session, item: AssemblyItem, held: HeldItem, at: datetime) -> None:
    """Write down the votes that are known, and the issue."""
    if item.kind == ItemKind.ELECTION:
        people = [
            AssemblyCandidate(person_id=person, name=name, elected_round=1) for person, name, _votes in held.elected
        ]
        item.candidates.extend(people)
        session.flush()
        votes = {str(one.id): told[2] for one, told in zip(people, held.elected, strict=True) if told[2] is not None}
        if votes:
            item.closed_round = 1
            item.counts.append(_count(votes, held.papers))
        settle(session, item, Outcome.ELECTED if people else Outcome.NOT_ELECTED, "", at)
        return
    item.counts.append(
        _count({name: votes for name, votes in held.choices.items() if votes}, sum(held.choices.values()))
    )
    settle(session, item, Outcome.ADOPTED, "", at)


def _count(choices: Mapping[str, int], papers: int) -> AssemblyCount:
    return AssemblyCount(round=1, channel=Channel.ROOM.value, choices=dict(choices), papers=papers, blank=0, void=0)
