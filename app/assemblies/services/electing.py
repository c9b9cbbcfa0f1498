"""Elections: who stands, who is elected in which round, how a tie ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_ngettext as _ln

from app.assemblies.course import course_of
from app.assemblies.models import (
    AssemblyCandidate,
    Outcome,
    Status,
)
from app.assemblies.reckoning import counted, election_of, is_opinion, room_at
from app.assemblies.services.alone import alone_on
from app.assemblies.services.calling import need
from app.assemblies.services.keeping import check_room
from app.assemblies.services.settling import SHUT, BadVote, refuse_decided, settle, statutes_for
from app.assemblies.services.telling import tell
from app.people.naming import clean, objection

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from sqlalchemy.orm import Session

    from app.assemblies.models import (
        AssemblyItem,
    )
    from app.law.statutes import Statutes
    from app.shared.actor import Actor


_SETTLED = frozenset({"elder", "lot"})
"""What statutes say of a tie, where they say who takes the place."""


def stand(
    session: Session, item: AssemblyItem, name: str, *, person_id: int | None = None, by: Actor, at: datetime
) -> AssemblyCandidate:
    """Note a candidate."""
    need(item.assembly, {Status.DRAFT, Status.CONVENED, Status.OPEN}, SHUT)
    refuse_decided(item)
    tidy = clean(name)[:240]
    if not tidy:
        raise BadVote(_l("Choisissez quelqu’un, ou écrivez son nom."), field="name")
    if (why := objection(tidy)) is not None:
        raise BadVote(why, field="name")
    if any((person_id and one.person_id == person_id) or one.name == tidy for one in item.candidates):
        raise BadVote(_l("%(name)s est déjà sur la liste des candidatures.", name=tidy), field="name")
    candidate = AssemblyCandidate(item_id=item.id, name=tidy, person_id=person_id)
    item.candidates.append(candidate)
    session.flush()
    tell(session, "candidate_noted", item.assembly, by=by, at=at, title=item.title)
    return candidate


def stand_down(session: Session, candidate: AssemblyCandidate, *, by: Actor, at: datetime) -> None:
    """Note that a candidate withdraws; who already has votes keeps the line."""
    item = candidate.item
    need(item.assembly, {Status.DRAFT, Status.CONVENED, Status.OPEN}, SHUT)
    if any(str(candidate.id) in row.choices for row in item.counts):
        candidate.withdrew_round = item.round
    else:
        item.candidates.remove(candidate)
        session.delete(candidate)
    session.flush()
    tell(session, "candidate_withdrawn", item.assembly, by=by, at=at, title=item.title)


def close_round(session: Session, item: AssemblyItem, *, by: Actor, at: datetime) -> None:
    """End a round: who is elected is; if places stay open, another round follows."""
    alone_on(session, item)
    need(item.assembly, {Status.OPEN}, SHUT)
    refuse_decided(item)
    if not counted(item, item.round).voters:
        raise BadVote(_l("Aucun bulletin n’est compté pour ce tour."))
    check_room(session, item)
    statutes = statutes_for(session, item.assembly)
    item.rooms = {**item.rooms, str(item.round): room_at(item.assembly, statutes, item).votes}
    for proxy in course_of(item.assembly, statutes).counting(item):
        proxy.served = True
    item.closed_round += 1
    found = election_of(item, statutes)
    for candidate in item.candidates:
        if candidate.id in found.elected and not candidate.elected_round:
            candidate.elected_round = item.closed_round
    if found.is_decided:
        settle(session, item, _favoured(item, statutes), "", at)
    item.revision += 1
    session.flush()
    tell(session, "round_closed", item.assembly, by=by, at=at, title=item.title, number=item.closed_round)


def end_election(
    session: Session,
    item: AssemblyItem,
    chosen: Collection[int] = (),
    *,
    note: str = "",
    settles: bool = False,
    by: Actor,
    at: datetime,
) -> None:
    """End an election whose places are not all taken: a tie settled as the statutes say, or places left open.

    ``settles``: it is the tie that is to be settled, so that somebody must be named for each place; no place stays
    open either where the statutes say who takes it.
    """
    need(item.assembly, {Status.OPEN}, SHUT)
    refuse_decided(item)
    statutes = statutes_for(session, item.assembly)
    found = election_of(item, statutes)
    if not set(chosen) <= set(found.tied):
        raise BadVote(_l("Choisissez parmi les personnes à égalité."), field="chosen")
    settles = settles or bool(found.tied and statutes.tie in _SETTLED)
    if settles and len(set(chosen)) < found.open_places:
        raise BadVote(
            _ln(
                "Dites qui l’emporte : il reste %(num)s place, et cochez la personne qui la prend.",
                "Dites qui l’emporte : il reste %(num)s places, et cochez les personnes qui les prennent.",
                found.open_places,
            ),
            field="chosen",
        )
    if chosen and not note.strip():
        raise BadVote(_l("Écrivez comment l’égalité a été départagée : âge, tirage au sort, clause des statuts."))
    for candidate in item.candidates:
        if candidate.id in chosen:
            candidate.elected_round = item.closed_round
    elected = sum(bool(candidate.elected_round) for candidate in item.candidates)
    if elected > item.places:
        raise BadVote(_ln("Il n’y a qu’une place.", "Il n’y a que %(num)s places.", item.places), field="chosen")
    settle(session, item, _favoured(item, statutes) if elected else Outcome.NOT_ELECTED, note, at)
    tell(session, "decided", item.assembly, by=by, at=at, title=item.title, outcome=item.outcome)


def reopen_election(session: Session, item: AssemblyItem) -> None:
    """Take back what a human said of the rounds, or, where they spoke for themselves, the last round.

    What was counted in it stays noted: papers of a secret vote are counted once.
    """
    found = election_of(item, statutes_for(session, item.assembly))
    if item.outcome and not found.is_decided:
        _unseat(item, found.tied)
        return
    if not item.outcome and counted(item, item.round).voters:
        raise BadVote(_l("Le tour %(number)s est commencé : celui d’avant ne se reprend plus.", number=item.round))
    if item.closed_round:
        item.rooms = {number: there for number, there in item.rooms.items() if number != str(item.closed_round)}
        _unseat(item, [one.id for one in item.candidates if one.elected_round == item.closed_round])
        item.closed_round -= 1


def _unseat(item: AssemblyItem, people: Collection[int]) -> None:
    for candidate in item.candidates:
        if candidate.id in people:
            candidate.elected_round = 0


def _favoured(item: AssemblyItem, statutes: Statutes) -> Outcome:
    """What becomes of those chosen: elected, or only proposed to the assembly that elects."""
    return Outcome.PROPOSED if is_opinion(item, statutes) else Outcome.ELECTED
