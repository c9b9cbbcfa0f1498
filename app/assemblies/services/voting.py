"""Votes, and what they decide: every channel is counted together, nobody votes twice."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_ngettext as _ln
from sqlalchemy import select

from app.assemblies.course import course_of
from app.assemblies.models import (
    AssemblyCount,
    AssemblyKind,
    AssemblySeat,
    AssemblyVoice,
    Ballot,
    Channel,
    Decision,
    ItemKind,
    Outcome,
    Status,
)
from app.assemblies.reckoning import (
    ABSTAINED,
    AGAINST,
    FOR,
    counted,
    is_opinion,
    result_of,
    room_at,
)
from app.assemblies.services.alone import alone_on
from app.assemblies.services.calling import need
from app.assemblies.services.distance import carries_beyond
from app.assemblies.services.electing import reopen_election
from app.assemblies.services.keeping import check_room, refuse_more_than_there_are
from app.assemblies.services.settling import (
    SHUT,
    BadVote,
    add_change,
    drop_change,
    on_papers,
    refuse_decided,
    settle,
    standing,
    statutes_for,
)
from app.assemblies.services.telling import tell
from app.people.naming import clean_text
from app.shared.errors import DomainError

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from app.assemblies.models import AssemblyItem
    from app.law.assembly import Result
    from app.shared.actor import Actor

VOICES = (FOR, AGAINST, ABSTAINED)
BLANK = "blank"
_LABELS = {Channel.PAPER: _l("sur papier"), Channel.ELECTRONIC: _l("en ligne"), Channel.ROOM: _l("en séance")}


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
    need(item.assembly, {Status.OPEN}, SHUT)
    refuse_decided(item)
    choices = {name: votes for name, votes in count.choices.items() if votes}
    if any(votes < 0 for votes in (*choices.values(), count.papers, count.blank, count.void)):
        raise BadVote(_l("Un nombre de voix n’est pas négatif."))
    papers = count.papers if item.kind == ItemKind.ELECTION else sum(choices.values())
    if item.kind == ItemKind.ELECTION and item.ballot == Ballot.SHOW_OF_HANDS and not papers:
        papers = _hands(item, choices)
    if item.kind == ItemKind.ELECTION:
        _check_papers(item, choices, papers)
    else:
        _check_choices(choices, VOICES)
    refuse_more_than_there_are(session, item, papers + count.blank + count.void)
    row = _row(item, Channel.ROOM)
    row.choices, row.papers, row.blank, row.void = dict(choices), papers, count.blank, count.void
    row.revision += 1
    item.revision += 1
    session.flush()
    tell(session, "counted", item.assembly, by=by, at=at, title=item.title)


def cast(  # noqa: PLR0913  # whose, what, by which way and through whom
    session: Session,
    item: AssemblyItem,
    seat: AssemblySeat,
    choices: Sequence[str],
    channel: Channel,
    *,
    through: AssemblySeat | None = None,
    by: Actor,
    at: datetime,
) -> None:
    """Take one person's vote that did not come from the room: once, whatever the channel.

    ``through``: who carries that person's proxy and gives it, each voice apart, as they may in the room.
    A secret vote is counted and forgotten in the same breath; that the person voted is kept.
    """
    alone_on(session, item)
    _refuse_gone(session, seat)
    _may_cast(session, item, seat, channel, through)
    wanted = [choice for choice in dict.fromkeys(choices) if choice]
    if item.kind == ItemKind.ELECTION:
        _check_choices(wanted, {str(one.id) for one in standing(item)})
        if len(wanted) > item.places:
            most = _ln("Choisissez %(num)s personne au plus.", "Choisissez %(num)s personnes au plus.", item.places)
            raise BadVote(most, field="choice")
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
        AssemblyVoice(
            item_id=item.id, round=item.round, seat_id=seat.id, channel=channel.value, choice=kept, through=through
        )
    )
    session.flush()
    action = "voted_online" if channel == Channel.ELECTRONIC else "voted"
    tell(session, action, item.assembly, by=by, at=at, title=item.title)


def open_distance(session: Session, item: AssemblyItem, *, is_open: bool, by: Actor, at: datetime) -> None:
    """Let people vote from their own screen, or end it."""
    statutes = statutes_for(session, item.assembly)
    need(item.assembly, {Status.CONVENED, Status.OPEN}, _l("Convoquez d’abord la réunion."))
    refuse_decided(item)
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

    What the statutes keep for the members is adopted by no board: its vote proposes it to them, and changes nothing.

    :raises Unclear: when a tie turns on the vote of the chair, which nobody noted.
    """
    alone_on(session, item)
    need(item.assembly, {Status.OPEN}, SHUT)
    refuse_decided(item)
    if item.kind != ItemKind.DECISION:
        raise BadVote(_l("Ce point ne se décide pas par oui ou non."))
    if not counted(item).voters:
        raise BadVote(_l("Aucune voix n’est comptée : écrivez d’abord le résultat du vote."))
    check_room(session, item)
    item.president_voice = president_voice if president_voice in {FOR, AGAINST} else ""
    statutes = statutes_for(session, item.assembly)
    found = result_of(item, statutes)
    if found.outcome == "unknown":
        raise Unclear(
            _l("Les voix sont égales et les statuts donnent voix prépondérante à qui préside : dites son vote."),
            field="president_voice",
        )
    favoured = Outcome.PROPOSED if is_opinion(item, statutes) else Outcome.ADOPTED
    settle(session, item, favoured if found.outcome == "adopted" else Outcome.REJECTED, note, at)
    if (
        item.outcome == Outcome.ADOPTED
        and item.decision == Decision.STATUTES
        and item.assembly.kind != AssemblyKind.FOUNDING
    ):
        add_change(item.assembly, "statutes")
    tell(session, "decided", item.assembly, by=by, at=at, title=item.title, outcome=item.outcome)
    return found


def adjourn(session: Session, item: AssemblyItem, *, by: Actor, at: datetime) -> None:
    """Leave an item for another time."""
    need(item.assembly, {Status.OPEN}, SHUT)
    refuse_decided(item)
    settle(session, item, Outcome.ADJOURNED, "", at)
    tell(session, "adjourned", item.assembly, by=by, at=at, title=item.title)


def reopen(session: Session, item: AssemblyItem, *, by: Actor, at: datetime) -> None:
    """Take a result back while the assembly is open, to count again."""
    need(item.assembly, {Status.OPEN}, SHUT)
    if item.kind == ItemKind.ELECTION:
        reopen_election(session, item)
    item.outcome, item.decided_at, item.decided_note, item.number = Outcome.UNSAID, None, "", ""
    if not any(one.outcome == Outcome.ADOPTED and one.decision == Decision.STATUTES for one in item.assembly.items):
        drop_change(item.assembly, "statutes")
    item.revision += 1
    session.flush()
    tell(session, "reopened", item.assembly, by=by, at=at, title=item.title)


def note_debate(session: Session, item: AssemblyItem, debate: str, *, by: Actor, at: datetime) -> None:
    """Write down what was said on an item."""
    need(item.assembly, {Status.OPEN, Status.CLOSED}, _l("On écrit les débats pendant la réunion ou après elle."))
    if item.assembly.minutes_approved_on is not None:
        raise BadVote(_l("Le procès-verbal est approuvé : il ne change plus."))
    item.debate = clean_text(debate)[:20_000]
    item.revision += 1
    tell(session, "debated", item.assembly, by=by, at=at, title=item.title)


def _may_cast(
    session: Session, item: AssemblyItem, seat: AssemblySeat, channel: Channel, through: AssemblySeat | None
) -> None:
    need(item.assembly, {Status.CONVENED, Status.OPEN}, _l("Le vote n’est pas ouvert."))
    refuse_decided(item)
    if channel == Channel.ELECTRONIC and item.open_since is None:
        raise BadVote(_l("Le vote en ligne n’est pas ouvert sur ce point."))
    if statutes_for(session, item.assembly).remote_vote is False:
        raise BadVote(_l("Les statuts ne permettent pas le vote à distance."))
    if seat.assembly_id != item.assembly_id or not seat.votes:
        raise BadVote(_l("%(name)s n’a pas le droit de vote dans cette réunion.", name=seat.name))
    is_own = channel == Channel.ELECTRONIC and through is None
    _refuse_astray(session, item, seat, through, is_own=is_own)
    _refuse_twice(item, seat, is_own=is_own)
    _leave_room(session, item, seat)


def _refuse_gone(session: Session, seat: AssemblySeat) -> None:
    """Read a line afresh, and refuse one that became another line of the same person meanwhile."""
    again = select(AssemblySeat.id).where(AssemblySeat.id == seat.id)
    if session.scalar(again) is None:
        raise BadVote(_l("Cette ligne n’est plus sur la liste des personnes convoquées."))
    session.refresh(seat)


def _refuse_astray(
    session: Session, item: AssemblyItem, seat: AssemblySeat, through: AssemblySeat | None, *, is_own: bool
) -> None:
    """Refuse whoever votes through somebody else at this item, and for somebody whose proxy one does not carry."""
    course = course_of(item.assembly, statutes_for(session, item.assembly))
    carried = next((one for one in course.standing(item) if one.giver_id == seat.id), None)
    if through is not None and (carried is None or carried.holder_id != through.id):
        raise BadVote(_l("Vous ne portez pas le pouvoir de %(name)s sur ce point.", name=seat.name))
    if through is not None and carried is not None:
        if carries_beyond(item, through, course):
            raise BadVote(
                _l("Vous avez déjà voté sur ce point pour autant de personnes que les statuts le permettent.")
            )
        carried.served = True
    if carried is not None and through is None:
        if is_own:
            raise BadVote(_l("Vous avez donné pouvoir : la personne qui le porte vote pour vous."))
        raise BadVote(_l("%(name)s a donné pouvoir : son pouvoir vote pour cette personne.", name=seat.name))


def _refuse_twice(item: AssemblyItem, seat: AssemblySeat, *, is_own: bool) -> None:
    """Refuse whoever has voted; ``is_own``: it is said to that person."""
    for voice in item.voices:
        if voice.seat_id == seat.id and voice.round == item.round:
            how = _LABELS[Channel(voice.channel)]
            if is_own:
                raise BadVote(_l("Vous avez déjà voté %(how)s sur ce point. Une personne, une voix.", how=how))
            raise BadVote(
                _l("%(name)s a déjà voté %(how)s sur ce point. Une personne, une voix.", name=seat.name, how=how)
            )


def _leave_room(session: Session, item: AssemblyItem, seat: AssemblySeat) -> None:
    """Refuse somebody of the room, or represented in it, once the room has given all the votes that it holds."""
    room = room_at(item.assembly, statutes_for(session, item.assembly), item)
    here = room.seats
    if seat.id not in here:
        return
    held = sum(voice.seat_id in here for voice in item.voices if voice.round == item.round)
    counted_here = counted(item, item.round, channels=[Channel.ROOM]).voters
    if counted_here and counted_here + held >= room.votes:
        raise BadVote(_l("Toutes les voix de la salle sont déjà comptées, dont celle de %(name)s.", name=seat.name))


def _check_papers(item: AssemblyItem, choices: Mapping[str, int], papers: int) -> None:
    _check_choices(choices, {str(one.id) for one in on_papers(item)})
    if any(votes > papers for votes in choices.values()):
        raise BadVote(_l("Une personne a plus de voix qu’il n’y a de bulletins : recomptez."), field="papers")
    if sum(choices.values()) > papers * item.places:
        raise BadVote(
            _l(
                "Il y a plus de voix que de bulletins : %(papers)s et %(places)s font %(most)s voix.",
                papers=_ln("%(num)s bulletin", "%(num)s bulletins", papers),
                places=_ln("%(num)s place", "%(num)s places", item.places),
                most=papers * item.places,
            ),
            field="papers",
        )


def _hands(item: AssemblyItem, choices: Mapping[str, int]) -> int:
    """How many voted at a show of hands: whoever raised one for a single place; more places must be told."""
    if item.places > 1 and choices:
        raise BadVote(_l("Écrivez combien de personnes ont voté : chacune a pu lever la main plusieurs fois."))
    return sum(choices.values())


def _check_choices(choices: Collection[str], offered: Collection[str]) -> None:
    if not set(choices) <= set(offered):
        raise BadVote(_l("Ce choix n’est pas proposé."), field="choice")


def _row(item: AssemblyItem, channel: Channel) -> AssemblyCount:
    """The counts of a channel in this round."""
    found = next((one for one in item.counts if one.round == item.round and one.channel == channel), None)
    if found is None:
        fresh: dict[str, Any] = {"choices": {}, "papers": 0, "blank": 0, "void": 0, "revision": 1}
        found = AssemblyCount(item_id=item.id, round=item.round, channel=channel.value, **fresh)
        item.counts.append(found)
    return found
