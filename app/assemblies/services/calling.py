"""Calling an assembly: its day, its agenda, who is called."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from app.assemblies import queries
from app.assemblies.course import VOTED
from app.assemblies.models import (
    Assembly,
    AssemblyItem,
    AssemblyKind,
    AssemblySeat,
    Ballot,
    Decision,
    Dispatch,
    ItemKind,
    Outcome,
    Status,
)
from app.assemblies.queries.reach import called, unreached
from app.assemblies.reckoning import called_for
from app.assemblies.services.alone import alone_on
from app.assemblies.services.keeping import votes_kept
from app.assemblies.services.telling import tell
from app.forms.addresses import is_web_address, no_address
from app.mail import addresses
from app.members.models import Member
from app.people.naming import clean, clean_text, objection
from app.shared.clock import day_of
from app.shared.errors import DomainError, EditConflict
from app.shared.folding import fold
from app.shared.saying import full_day

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from sqlalchemy.orm import Session

    from app.shared.actor import Actor

_BEFORE = frozenset({Status.DRAFT, Status.CONVENED})
_FIRST, _LAST = 1901, 2200
"""The law of associations is of 1901; no assembly is called so far ahead."""
_LIVE = frozenset({Status.DRAFT, Status.CONVENED, Status.OPEN})


class WrongMoment(DomainError):
    """The assembly is not at the point where this can be done."""

    status = 409


class BadAgenda(DomainError):
    """An item cannot be kept as it is written."""


class BadSeat(DomainError):
    """Somebody cannot be called as written."""


@dataclass(frozen=True, kw_only=True)
class AssemblyFacts:
    """When, where and how an assembly meets."""

    kind: AssemblyKind
    starts_at: datetime
    place: str = ""
    link: str = ""
    message: str = ""
    called_by: str = ""
    revision: int = 0


@dataclass(frozen=True, kw_only=True)
class ItemFacts:
    """What an item of the agenda says."""

    title: str
    kind: ItemKind = ItemKind.INFORMATION
    decision: Decision = Decision.ORDINARY
    note: str = ""
    resolution: str = ""
    added_reason: str = ""
    function: str = ""
    places: int = 1
    ballot: Ballot = Ballot.SHOW_OF_HANDS
    revision: int = 0


@dataclass(frozen=True, kw_only=True)
class SeatFacts:
    """Somebody who is called."""

    name: str
    person_id: int | None = None
    quality: str = ""
    email: str = ""
    address: str = ""
    may_vote: bool = True
    why_not: str = ""


def call_assembly(session: Session, body_id: int, facts: AssemblyFacts, *, by: Actor, at: datetime) -> Assembly:
    """Begin to prepare an assembly."""
    assembly = Assembly(uid=str(uuid.uuid4()), body_id=body_id, created_at=at, rules={}, convened_agenda=[])
    _write(assembly, facts)
    session.add(assembly)
    session.flush()
    tell(session, "called", assembly, by=by, at=at)
    return assembly


def edit_assembly(session: Session, assembly: Assembly, facts: AssemblyFacts, *, by: Actor, at: datetime) -> None:
    """Change the day, the place or the words of an assembly that is not convened yet.

    :raises EditConflict: when somebody else changed it since it was read.
    """
    alone_on(session, assembly)
    need(assembly, _BEFORE, _l("La réunion a commencé : sa date et son lieu ne changent plus."))
    if assembly.revision != facts.revision:
        raise EditConflict(theirs={}, yours={})  # the page compares every field of its form
    if assembly.status == Status.CONVENED and day_of(facts.starts_at) != day_of(called_for(assembly)):
        raise WrongMoment(
            _l(
                "La convocation est partie pour le %(day)s. Annulez cette réunion et convoquez-en une autre, "
                "pour que chacun reçoive la nouvelle date.",
                day=full_day(day_of(called_for(assembly))),
            )
        )
    _write(assembly, facts)
    assembly.revision += 1
    tell(session, "edited", assembly, by=by, at=at)


def call_second(session: Session, first: Assembly, starts_at: datetime, *, by: Actor, at: datetime) -> Assembly:
    """Call the same people to the same agenda again, after an assembly without a quorum."""
    need(first, {Status.NO_QUORUM}, _l("Une seconde convocation suit une réunion où le quorum a manqué."))
    if (again := queries.second_of(session, first.id)) is not None:
        return again
    facts = AssemblyFacts(
        kind=AssemblyKind(first.kind),
        starts_at=starts_at,
        place=first.place,
        link=first.link,
        message=first.message,
        called_by=first.called_by,
    )
    second = call_assembly(session, first.body_id, facts, by=by, at=at)
    second.second_of_id = first.id
    gone = set(
        session.scalars(select(Member.person_id).where(Member.body_id == first.body_id, Member.erased_at.is_not(None)))
    ) - {None}
    for item in first.agenda:
        facts_of_item = ItemFacts(
            title=item.title,
            kind=ItemKind(item.kind),
            decision=Decision(item.decision),
            note=item.note,
            resolution=item.resolution,
            function=item.function,
            places=item.places,
            ballot=Ballot(item.ballot),
        )
        add_item(session, second, facts_of_item, by=by, at=at)
    call_people(
        session,
        second,
        [
            SeatFacts(
                name=seat.name,
                person_id=seat.person_id,
                quality=seat.quality,
                email=seat.email,
                address=seat.address,
                may_vote=seat.may_vote,
                why_not=seat.why_not,
            )
            for seat in called(first)
            if seat.person_id not in gone
        ],
        by=by,
        at=at,
    )
    return second


def cancel_assembly(session: Session, assembly: Assembly, reason: str, *, by: Actor, at: datetime) -> None:
    """Call an assembly off; those who were called are told by whoever does it."""
    need(assembly, _BEFORE, _l("Une réunion qui a commencé ne s’annule plus."))
    if not reason.strip():
        raise WrongMoment(_l("Écrivez pourquoi la réunion est annulée."), field="reason")
    assembly.status, assembly.cancelled_reason = Status.CANCELLED, clean_text(reason)
    assembly.revision += 1
    tell(session, "cancelled", assembly, by=by, at=at)


def trash_assembly(session: Session, assembly: Assembly, *, by: Actor, at: datetime) -> None:
    """Put an assembly in the trash that was never held."""
    need(assembly, {Status.DRAFT, Status.CANCELLED}, _l("Une réunion convoquée ou tenue ne va pas à la corbeille."))
    assembly.trashed_at = at
    tell(session, "trashed", assembly, by=by, at=at)


def restore_assembly(session: Session, assembly: Assembly, *, by: Actor, at: datetime) -> None:
    """Take an assembly out of the trash."""
    assembly.trashed_at = None
    tell(session, "restored", assembly, by=by, at=at)


def add_item(session: Session, assembly: Assembly, facts: ItemFacts, *, by: Actor, at: datetime) -> AssemblyItem:
    """Put an item on the agenda; once the convocation has left, with the reason."""
    need(assembly, _LIVE, _l("La réunion est finie : son ordre du jour ne change plus."))
    if assembly.status != Status.DRAFT and not facts.added_reason.strip():
        raise BadAgenda(
            _l(
                "La convocation est partie sans ce point : écrivez pourquoi il s’ajoute. Une assemblée ne décide "
                "en principe que de ce qui est à l’ordre du jour envoyé."
            ),
            field="added_reason",
        )
    last = max((item.position for item in assembly.items), default=0)
    item = AssemblyItem(position=last + 1)
    _fill(item, facts)
    item.added_reason = clean_text(facts.added_reason) if assembly.status != Status.DRAFT else ""
    assembly.items.append(item)
    session.flush()
    tell(session, "item_added", assembly, by=by, at=at, title=item.title)
    return item


def edit_item(session: Session, item: AssemblyItem, facts: ItemFacts, *, by: Actor, at: datetime) -> None:
    """Change an item on which nobody has voted.

    :raises EditConflict: when somebody else changed it since it was read.
    """
    alone_on(session, item)
    need(item.assembly, _LIVE, _l("La réunion est finie : son ordre du jour ne change plus."))
    if item.outcome == Outcome.WITHDRAWN:
        raise WrongMoment(
            _l("Quelqu’un a retiré ce point de l’ordre du jour. Copiez votre texte, puis inscrivez un nouveau point.")
        )
    _unvoted(item)
    if item.revision != facts.revision:
        raise EditConflict(theirs={}, yours={})  # the page compares every field of its form
    _fill(item, facts)
    item.revision += 1
    tell(session, "item_edited", item.assembly, by=by, at=at, title=item.title)


def move_item(session: Session, item: AssemblyItem, step: int) -> None:
    """Move an item up (-1) or down (1).

    :raises WrongMoment: when something to be voted would stand before what was voted already.
    """
    need(item.assembly, _LIVE, _l("La réunion est finie : son ordre du jour ne change plus."))
    agenda = item.assembly.agenda
    here = agenda.index(item)
    if 0 <= here + step < len(agenda):
        other = agenda[here + step]
        rises, sinks = (item, other) if step < 0 else (other, item)
        if sinks.outcome in VOTED and rises.outcome not in VOTED:
            raise WrongMoment(
                _l(
                    "« %(voted)s » est déjà voté : un point qui attend encore son vote ne passe pas avant. Le "
                    "procès-verbal suit l’ordre des votes.",
                    voted=sinks.title,
                )
            )
        with votes_kept(session, item.assembly):
            item.position, other.position = other.position, item.position


def withdraw_item(session: Session, item: AssemblyItem, *, by: Actor, at: datetime) -> None:
    """Take an item off the agenda; what was sent keeps its trace."""
    need(item.assembly, _LIVE, _l("La réunion est finie : son ordre du jour ne change plus."))
    _unvoted(item)
    item.outcome = Outcome.WITHDRAWN
    item.revision += 1
    tell(session, "item_withdrawn", item.assembly, by=by, at=at, title=item.title)


def call_people(
    session: Session, assembly: Assembly, people: Iterable[SeatFacts], *, by: Actor, at: datetime
) -> list[AssemblySeat]:
    """Add people to those who are called; who is there already is left as noted. Nobody is added by two at once."""
    alone_on(session, assembly)
    need(assembly, _LIVE, _l("La réunion est finie : la liste des personnes appelées ne change plus."))
    known: set[int | None] = {seat.person_id for seat in assembly.seats if seat.person_id}
    names = {seat.folded for seat in assembly.seats if not seat.person_id}
    made = []
    for facts in people:
        seat = _seat(facts)
        if (facts.person_id in known) if facts.person_id else (seat.folded in names):
            continue
        known.add(facts.person_id)
        names.add(seat.folded)
        assembly.seats.append(seat)
        made.append(seat)
    session.flush()
    if made:
        tell(session, "people_called", assembly, by=by, at=at, number=len(made))
    return made


def change_seat(session: Session, seat: AssemblySeat, facts: SeatFacts, *, by: Actor, at: datetime) -> None:
    """Correct how somebody is called and whether they vote."""
    need(seat.assembly, _LIVE, _l("La réunion est finie : la liste des personnes appelées ne change plus."))
    fresh = _seat(facts)
    if fresh.email != seat.email and seat in unreached(session, seat.assembly).lost:
        seat.dispatch, seat.sent_on, seat.message_id = Dispatch.UNSENT, None, ""  # the new address gets its own letter
    with votes_kept(session, seat.assembly):
        for name in ("name", "folded", "quality", "email", "address", "may_vote", "why_not"):
            setattr(seat, name, getattr(fresh, name))
    tell(session, "person_changed", seat.assembly, by=by, at=at)


def uncall(session: Session, seat: AssemblySeat, *, by: Actor, at: datetime) -> None:
    """Take somebody off the list, as long as nothing was sent to them nor noted of them."""
    need(seat.assembly, _LIVE, _l("La réunion est finie : la liste des personnes appelées ne change plus."))
    used = any(seat.id in {one.giver_id, one.holder_id} for one in seat.assembly.proxies)
    if seat.dispatch != Dispatch.UNSENT or seat.presence or used:
        raise BadSeat(
            _l(
                "%(name)s a reçu la convocation, ou sa présence ou un pouvoir est noté : la ligne reste. "
                "Décochez « a le droit de vote » si cette personne ne vote pas.",
                name=seat.name,
            )
        )
    assembly = seat.assembly
    assembly.seats.remove(seat)
    session.delete(seat)
    session.flush()
    tell(session, "person_uncalled", assembly, by=by, at=at)


def _seat(facts: SeatFacts) -> AssemblySeat:
    name = clean(facts.name)[:240]
    if not name:
        raise BadSeat(_l("Écrivez le nom de la personne."), field="name")
    if (why := objection(name)) is not None:
        raise BadSeat(why, field="name")
    email = addresses.clean(facts.email) if facts.email.strip() else ""
    return AssemblySeat(
        name=name,
        folded=fold(name)[:240],
        person_id=facts.person_id,
        quality=clean(facts.quality)[:160],
        email=email,
        address=clean_text(facts.address)[:2000],
        may_vote=facts.may_vote,
        why_not="" if facts.may_vote else clean(facts.why_not)[:200],
    )


def _write(assembly: Assembly, facts: AssemblyFacts) -> None:
    if not _FIRST <= facts.starts_at.year <= _LAST:
        raise BadAgenda(_l("Vérifiez l’année de la réunion."), field="day")
    if (link := clean(facts.link)) and link != assembly.link and not is_web_address(link):
        raise BadAgenda(no_address(link), field="link")
    assembly.kind, assembly.starts_at = facts.kind.value, facts.starts_at
    assembly.place, assembly.link = clean(facts.place)[:200], clean(facts.link)[:300]
    assembly.message, assembly.called_by = clean_text(facts.message)[:8000], clean(facts.called_by)[:200]


def _fill(item: AssemblyItem, facts: ItemFacts) -> None:
    title = clean(facts.title)
    if not title:
        raise BadAgenda(_l("Écrivez l’objet du point."), field="title")
    if facts.kind == ItemKind.ELECTION and not 1 <= facts.places <= 99:  # noqa: PLR2004  # no board is larger
        raise BadAgenda(_l("Écrivez combien de personnes sont à élire, de 1 à 99."), field="places")
    item.title, item.kind, item.decision = title[:300], facts.kind.value, facts.decision.value
    item.note, item.resolution = clean_text(facts.note), clean_text(facts.resolution)
    is_election = facts.kind == ItemKind.ELECTION
    item.function, item.places = (facts.function, facts.places) if is_election else ("", 1)
    item.ballot = facts.ballot.value


def _unvoted(item: AssemblyItem) -> None:
    if item.decided_at is not None or item.closed_round or item.counts or item.voices:
        raise WrongMoment(_l("On a déjà voté sur ce point : il ne change plus."))


def need(assembly: Assembly, statuses: Iterable[str], sentence: object) -> None:
    """Refuse what cannot be done at this point of an assembly."""
    if assembly.status not in set(statuses):
        raise WrongMoment(sentence)
