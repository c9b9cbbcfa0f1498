"""Votes and elections: every channel is counted together, nobody votes twice."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from flask_babel import lazy_gettext as _l

from app.assemblies import queries
from app.assemblies.models import (
    AssemblyCandidate,
    AssemblyCount,
    AssemblyKind,
    AssemblyVoice,
    Ballot,
    Channel,
    Decision,
    ItemKind,
    Outcome,
    Status,
)
from app.assemblies.reckoning import ABSTAINED, AGAINST, FOR, HERE, counted, election_of, result_of, room_at
from app.assemblies.services.alone import alone_on
from app.assemblies.services.calling import need
from app.assemblies.services.telling import tell
from app.people.naming import clean, clean_text, objection
from app.shared.clock import day_of
from app.shared.errors import DomainError

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from app.assemblies.models import (
        Assembly,
        AssemblyItem,
        AssemblySeat,
    )
    from app.law.assembly import Result, Statutes
    from app.shared.actor import Actor

VOICES = (FOR, AGAINST, ABSTAINED)
BLANK = "blank"
_SHUT = _l("On vote pendant la réunion : elle n’est pas ouverte.")
_LABELS = {Channel.PAPER: _l("sur papier"), Channel.ELECTRONIC: _l("en ligne"), Channel.ROOM: _l("en séance")}


class BadVote(DomainError):
    """The votes do not add up, or somebody votes twice."""


class Unclear(DomainError):
    """The result turns on something that nobody noted."""


@dataclass(frozen=True, kw_only=True)
class RoomCount:
    """What was counted in the room, for one round."""

    choices: Mapping[str, int] = field(default_factory=dict)
    papers: int = 0
    blank: int = 0
    void: int = 0


def count_room(session: Session, item: AssemblyItem, count: RoomCount, *, by: Actor, at: datetime) -> None:
    """Note the votes of the room; a second count of the same round takes the place of the first.

    :raises BadVote: when there are more votes than people who may vote.
    """
    alone_on(session, item)
    need(item.assembly, {Status.OPEN}, _SHUT)
    _undecided(item)
    choices = {name: votes for name, votes in count.choices.items() if votes}
    if any(votes < 0 for votes in (*choices.values(), count.papers, count.blank, count.void)):
        raise BadVote(_l("Un nombre de voix n’est pas négatif."))
    papers = count.papers if item.kind == ItemKind.ELECTION else sum(choices.values())
    if item.kind == ItemKind.ELECTION:
        _check_papers(item, choices, papers)
    else:
        _check_choices(choices, VOICES)
    room = room_at(item.assembly, _statutes(session, item.assembly), item)
    here = {seat.id for seat in room.present} | {one.giver_id for one in room.represented}
    elsewhere = sum(voice.seat_id in here for voice in item.voices if voice.round == item.round)
    most = room.votes - elsewhere
    if (voters := papers + count.blank + count.void) > most:
        raise BadVote(
            _l(
                "%(voters)s votes pour %(most)s voix dans la salle (présents et pouvoirs, moins qui a déjà voté "
                "autrement). Recomptez, ou corrigez les présences et les pouvoirs.",
                voters=voters,
                most=most,
            )
        )
    row = _row(item, Channel.ROOM)
    row.choices, row.papers, row.blank, row.void = dict(choices), papers, count.blank, count.void
    row.revision += 1
    item.revision += 1
    session.flush()
    tell(session, "counted", item.assembly, by=by, at=at, title=item.title)


def cast(
    session: Session,
    item: AssemblyItem,
    seat: AssemblySeat,
    choices: Sequence[str],
    channel: Channel,
    *,
    by: Actor,
    at: datetime,
) -> None:
    """Take one person's vote that did not come from the room: once, whatever the channel.

    A secret vote is counted and forgotten in the same breath; that the person voted is kept.
    """
    alone_on(session, item)
    _may_cast(session, item, seat, channel)
    wanted = [choice for choice in dict.fromkeys(choices) if choice]
    if item.kind == ItemKind.ELECTION:
        _check_choices(wanted, {str(one.id) for one in _standing(item)})
        if len(wanted) > item.places:
            raise BadVote(_l("Choisissez %(places)s personnes au plus.", places=item.places), field="choice")
    elif wanted != [BLANK]:
        _check_choices(wanted, VOICES)
        if len(wanted) != 1:
            raise BadVote(_l("Choisissez une réponse."), field="choice")
    is_blank = not wanted or wanted == [BLANK]
    row = _row(item, channel)
    if is_blank:
        row.blank += 1
    else:
        row.choices = {**row.choices, **{name: int(row.choices.get(name, 0)) + 1 for name in wanted}}
        row.papers += 1
    row.revision += 1
    kept = "" if item.ballot == Ballot.SECRET or item.kind == ItemKind.ELECTION else (wanted or [BLANK])[0]
    item.voices.append(
        AssemblyVoice(item_id=item.id, round=item.round, seat_id=seat.id, channel=channel.value, choice=kept)
    )
    session.flush()
    tell(session, "voted", item.assembly, by=by, at=at, name=seat.name, title=item.title)


def open_distance(session: Session, item: AssemblyItem, *, is_open: bool, by: Actor, at: datetime) -> None:
    """Let people vote from their own screen, or end it."""
    statutes = _statutes(session, item.assembly)
    need(item.assembly, {Status.CONVENED, Status.OPEN}, _l("Convoquez d’abord la réunion."))
    _undecided(item)
    if is_open and statutes.remote_vote is False:
        clause = statutes.clause("remote")
        raise BadVote(
            _l("Les statuts (%(clause)s) ne permettent pas le vote à distance.", clause=clause)
            if clause
            else _l("Les statuts ne permettent pas le vote à distance.")
        )
    item.open_since = at if is_open else None
    tell(session, "distance_opened" if is_open else "distance_closed", item.assembly, by=by, at=at, title=item.title)


def decide(
    session: Session, item: AssemblyItem, *, president_voice: str = "", note: str = "", by: Actor, at: datetime
) -> Result:
    """Say what the votes decided by the statutes; an adopted resolution gets its number in the register.

    :raises Unclear: when a tie turns on the vote of the chair, which nobody noted.
    """
    alone_on(session, item)
    need(item.assembly, {Status.OPEN}, _SHUT)
    _undecided(item)
    if item.kind != ItemKind.DECISION:
        raise BadVote(_l("Ce point ne se décide pas par oui ou non."))
    if not counted(item).voters:
        raise BadVote(_l("Aucune voix n’est comptée : écrivez d’abord le résultat du vote."))
    item.president_voice = president_voice if president_voice in {FOR, AGAINST} else ""
    statutes = _statutes(session, item.assembly)
    found = result_of(item, statutes)
    if found.outcome == "unknown":
        raise Unclear(
            _l("Les voix sont égales et les statuts donnent voix prépondérante à qui préside : dites son vote."),
            field="president_voice",
        )
    is_adopted = found.outcome == "adopted"
    _settle(session, item, Outcome.ADOPTED if is_adopted else Outcome.REJECTED, note, at)
    if is_adopted and item.decision == Decision.STATUTES and item.assembly.kind != AssemblyKind.FOUNDING:
        add_change(item.assembly, "statutes")
    tell(session, "decided", item.assembly, by=by, at=at, title=item.title, outcome=item.outcome)
    return found


def adjourn(session: Session, item: AssemblyItem, *, by: Actor, at: datetime) -> None:
    """Leave an item for another time."""
    need(item.assembly, {Status.OPEN}, _SHUT)
    _undecided(item)
    _settle(session, item, Outcome.ADJOURNED, "", at)
    tell(session, "decided", item.assembly, by=by, at=at, title=item.title, outcome=item.outcome)


def reopen(session: Session, item: AssemblyItem, *, by: Actor, at: datetime) -> None:
    """Take a result back while the assembly is open, to count again."""
    need(item.assembly, {Status.OPEN}, _SHUT)
    item.outcome, item.decided_at, item.decided_note, item.number = Outcome.UNSAID, None, "", ""
    if item.kind == ItemKind.ELECTION and item.closed_round:
        item.closed_round -= 1
        for candidate in item.candidates:
            if candidate.elected_round > item.closed_round:
                candidate.elected_round = 0
    item.revision += 1
    session.flush()
    tell(session, "reopened", item.assembly, by=by, at=at, title=item.title)


def stand(
    session: Session, item: AssemblyItem, name: str, *, person_id: int | None = None, by: Actor, at: datetime
) -> AssemblyCandidate:
    """Note a candidate."""
    need(item.assembly, {Status.DRAFT, Status.CONVENED, Status.OPEN}, _SHUT)
    _undecided(item)
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
    tell(session, "candidate_noted", item.assembly, by=by, at=at, name=tidy, title=item.title)
    return candidate


def stand_down(session: Session, candidate: AssemblyCandidate, *, by: Actor, at: datetime) -> None:
    """Note that a candidate withdraws; who already has votes keeps the line."""
    item = candidate.item
    need(item.assembly, {Status.DRAFT, Status.CONVENED, Status.OPEN}, _SHUT)
    name = candidate.name
    if any(str(candidate.id) in row.choices for row in item.counts):
        candidate.withdrew_round = item.round
    else:
        item.candidates.remove(candidate)
        session.delete(candidate)
    session.flush()
    tell(session, "candidate_withdrawn", item.assembly, by=by, at=at, name=name, title=item.title)


def close_round(session: Session, item: AssemblyItem, *, by: Actor, at: datetime) -> None:
    """End a round: who is elected is; if places stay open, another round follows."""
    alone_on(session, item)
    need(item.assembly, {Status.OPEN}, _SHUT)
    _undecided(item)
    if not counted(item, item.round).voters:
        raise BadVote(_l("Aucun bulletin n’est compté pour ce tour."))
    item.closed_round += 1
    found = election_of(item, _statutes(session, item.assembly))
    for candidate in item.candidates:
        if candidate.id in found.elected and not candidate.elected_round:
            candidate.elected_round = item.closed_round
    if found.is_decided:
        _settle(session, item, Outcome.ELECTED, "", at)
    item.revision += 1
    session.flush()
    tell(session, "round_closed", item.assembly, by=by, at=at, title=item.title, number=item.closed_round)


def end_election(
    session: Session,
    item: AssemblyItem,
    chosen: Collection[int] = (),
    *,
    note: str = "",
    by: Actor,
    at: datetime,
) -> None:
    """End an election whose places are not all taken: a tie settled as the statutes say, or places left open."""
    need(item.assembly, {Status.OPEN}, _SHUT)
    _undecided(item)
    tied = set(election_of(item, _statutes(session, item.assembly)).tied)
    if not set(chosen) <= tied:
        raise BadVote(_l("Choisissez parmi les personnes à égalité."), field="chosen")
    if chosen and not note.strip():
        raise BadVote(_l("Écrivez comment l’égalité a été départagée : âge, tirage au sort, clause des statuts."))
    for candidate in item.candidates:
        if candidate.id in chosen:
            candidate.elected_round = item.closed_round
    elected = sum(bool(candidate.elected_round) for candidate in item.candidates)
    if elected > item.places:
        raise BadVote(_l("Il n’y a que %(places)s places.", places=item.places), field="chosen")
    _settle(session, item, Outcome.ELECTED if elected else Outcome.NOT_ELECTED, note, at)
    tell(session, "decided", item.assembly, by=by, at=at, title=item.title, outcome=item.outcome)


def note_debate(session: Session, item: AssemblyItem, debate: str, *, by: Actor, at: datetime) -> None:
    """Write down what was said on an item."""
    need(item.assembly, {Status.OPEN, Status.CLOSED}, _l("On écrit les débats pendant la réunion ou après elle."))
    if item.assembly.minutes_approved_on is not None:
        raise BadVote(_l("Le procès-verbal est approuvé : il ne change plus."))
    item.debate = clean_text(debate)[:20_000]
    item.revision += 1
    tell(session, "debated", item.assembly, by=by, at=at, title=item.title)


def add_change(assembly: Assembly, what: str) -> None:
    """Remember that something was changed that the registry must be told."""
    found = {*filter(None, assembly.change_of.split(",")), what}
    assembly.change_of = ",".join(sorted(found))


def _statutes(session: Session, assembly: Assembly) -> Statutes:
    return queries.statutes_of(session, assembly, day_of(assembly.starts_at))


def _may_cast(session: Session, item: AssemblyItem, seat: AssemblySeat, channel: Channel) -> None:
    need(item.assembly, {Status.CONVENED, Status.OPEN}, _l("Le vote n’est pas ouvert."))
    _undecided(item)
    if channel == Channel.ELECTRONIC and item.open_since is None:
        raise BadVote(_l("Le vote en ligne n’est pas ouvert sur ce point."))
    if _statutes(session, item.assembly).remote_vote is False:
        raise BadVote(_l("Les statuts ne permettent pas le vote à distance."))
    if seat.assembly_id != item.assembly_id or not seat.may_vote:
        raise BadVote(_l("%(name)s n’a pas le droit de vote dans cette réunion.", name=seat.name))
    if any(one.giver_id == seat.id for one in item.assembly.proxies):
        raise BadVote(_l("%(name)s a donné pouvoir : son pouvoir vote pour cette personne.", name=seat.name))
    for voice in item.voices:
        if voice.seat_id == seat.id and voice.round == item.round:
            raise BadVote(
                _l(
                    "%(name)s a déjà voté %(how)s sur ce point. Une personne, une voix.",
                    name=seat.name,
                    how=_LABELS[Channel(voice.channel)],
                )
            )
    _leave_room(session, item, seat)


def _leave_room(session: Session, item: AssemblyItem, seat: AssemblySeat) -> None:
    """Refuse somebody of the room once the room has given all the votes that it holds."""
    if seat.presence not in HERE:
        return
    room = room_at(item.assembly, _statutes(session, item.assembly), item)
    held = sum(voice.seat_id in {one.id for one in room.present} for voice in item.voices if voice.round == item.round)
    counted_here = counted(item, item.round, channels=[Channel.ROOM]).voters
    if counted_here and counted_here + held >= room.votes:
        raise BadVote(_l("Toutes les voix de la salle sont déjà comptées, dont celle de %(name)s.", name=seat.name))


def _check_papers(item: AssemblyItem, choices: Mapping[str, int], papers: int) -> None:
    _check_choices(choices, {str(one.id) for one in _standing(item)})
    if any(votes > papers for votes in choices.values()):
        raise BadVote(_l("Une personne a plus de voix qu’il n’y a de bulletins : recomptez."), field="papers")
    if sum(choices.values()) > papers * item.places:
        raise BadVote(
            _l(
                "Il y a plus de voix que de bulletins : %(papers)s bulletins et %(places)s places font %(most)s voix.",
                papers=papers,
                places=item.places,
                most=papers * item.places,
            ),
            field="papers",
        )


def _standing(item: AssemblyItem) -> list[AssemblyCandidate]:
    """Candidates who may still be elected."""
    return [one for one in item.candidates if not one.elected_round and not one.withdrew_round]


def _check_choices(choices: Collection[str], offered: Collection[str]) -> None:
    if not set(choices) <= set(offered):
        raise BadVote(_l("Ce choix n’est pas proposé."), field="choice")


def _undecided(item: AssemblyItem) -> None:
    if item.outcome:
        raise BadVote(_l("Ce point a déjà son issue. Pour recompter, utilisez d’abord « Corriger le vote »."))


def _row(item: AssemblyItem, channel: Channel) -> AssemblyCount:
    """The counts of a channel in this round."""
    found = next((one for one in item.counts if one.round == item.round and one.channel == channel), None)
    if found is None:
        fresh: dict[str, Any] = {"choices": {}, "papers": 0, "blank": 0, "void": 0, "revision": 1}
        found = AssemblyCount(item_id=item.id, round=item.round, channel=channel.value, **fresh)
        item.counts.append(found)
    return found


def _settle(session: Session, item: AssemblyItem, outcome: Outcome, note: str, at: datetime) -> None:
    item.outcome, item.decided_note, item.decided_at = outcome, clean_text(note)[:2000], at
    item.open_since = None
    if outcome in {Outcome.ADOPTED, Outcome.ELECTED}:
        item.number = _next_number(session, item.assembly)
    item.revision += 1
    session.flush()


def _next_number(session: Session, assembly: Assembly) -> str:
    """« 2026-07 »: the year of the assembly and the next number of the body's register."""
    alone_on(session, assembly.body)
    year = day_of(assembly.starts_at).year
    taken = [int(number.partition("-")[2]) for number in queries.numbers_of_year(session, assembly.body_id, year)]
    return f"{year}-{max(taken, default=0) + 1:02d}"
