"""What the statutes make of an assembly: who is there, whether it may deliberate, what a vote decides."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from app.assemblies.course import course_of
from app.assemblies.models import AssemblyKind, Ballot, Channel, Decision, ItemKind, Outcome
from app.bodies.models import Function
from app.law import assembly as law
from app.law import tables
from app.law.days import add_months
from app.law.statutes import RESERVED
from app.shared.clock import PARIS, day_of
from app.shared.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from app.assemblies.models import Assembly, AssemblyItem, AssemblyProxy, AssemblySeat, AssemblyVoice
    from app.law.assembly import Attendance, Election, Result
    from app.law.statutes import Reserve, Statutes

_WEIGHTY = re.compile(r"\b(?:modif|chang|revis|refonte|reform)\w*\b.*\bstatuts\b|\bdissolution\b|\bdissoudre\b")
FOR, AGAINST, ABSTAINED = "for", "against", "abstained"


@dataclass(frozen=True)
class Room:
    """Who takes part at one moment: those there, those represented and by whom, and whether that is a quorum.

    ``beyond``: the proxies that somebody carries beyond what the statutes allow; they count for nothing.
    """

    entitled: int
    present: tuple[AssemblySeat, ...]
    represented: tuple[AssemblyProxy, ...]
    beyond: tuple[AssemblyProxy, ...]
    attendance: Attendance

    @property
    def votes(self) -> int:
        """How many votes may be given in the room."""
        return len(self.present) + len(self.represented)

    @cached_property
    def seats(self) -> frozenset[int]:
        """Those who are there and those represented."""
        return frozenset({seat.id for seat in self.present} | {one.giver_id for one in self.represented})


def room_at(assembly: Assembly, statutes: Statutes, item: AssemblyItem | None = None) -> Room:
    """The room at the opening, or when an item is reached."""
    course = course_of(assembly, statutes)
    present = [seat for seat in assembly.members if course.is_here(seat, item)]
    represented = course.counting(item)
    judged = law.attendance(
        statutes,
        entitled=len(assembly.members),
        present=len(present),
        represented=len(represented),
        is_second=assembly.second_of_id is not None,
    )
    return Room(len(assembly.members), tuple(present), tuple(represented), tuple(course.aside(item)), judged)


def has_thinned_out(item: AssemblyItem, statutes: Statutes) -> bool:
    """Whether the quorum of the opening is no more there when an item to vote is reached."""
    if item.kind == ItemKind.INFORMATION or not room_at(item.assembly, statutes).attendance.may_deliberate:
        return False
    return not room_at(item.assembly, statutes, item).attendance.may_deliberate


@dataclass(frozen=True)
class Counted:
    """The counts of one round, over all channels."""

    choices: dict[str, int]
    papers: int
    blank: int
    void: int

    @property
    def votes(self) -> law.Votes:
        """As a decision's votes."""
        return law.Votes(
            votes_for=self.choices.get(FOR, 0),
            votes_against=self.choices.get(AGAINST, 0),
            abstentions=self.choices.get(ABSTAINED, 0),
            blank=self.blank,
            void=self.void,
        )

    @property
    def voters(self) -> int:
        """Everybody who took part."""
        return self.papers + self.blank + self.void


def counted(item: AssemblyItem, number: int | None = None, *, channels: Iterable[str] = tuple(Channel)) -> Counted:
    """Add up a round (by default the last one that has votes)."""
    wanted = set(channels)
    rounds = [one.round for one in item.counts]
    number = number if number is not None else max(rounds, default=1)
    rows = [one for one in item.counts if one.round == number and one.channel in wanted]
    choices: dict[str, int] = {}
    for row in rows:
        for choice, votes in row.choices.items():
            choices[choice] = choices.get(choice, 0) + int(votes)
    return Counted(
        choices, sum(row.papers for row in rows), sum(row.blank for row in rows), sum(row.void for row in rows)
    )


def votes_in_room(item: AssemblyItem, room: Room) -> int:
    """How many votes the room may give: those of who is there and of proxies, less who voted otherwise this round."""
    return room.votes - sum(voice.seat_id in room.seats for voice in item.voices if voice.round == item.round)


def voted_apart(item: AssemblyItem, room: Room) -> list[AssemblyVoice]:
    """A vote of each who voted on a paper or from a screen and is neither there nor represented, in that order."""
    found = {voice.seat_id: voice for voice in item.voices if voice.seat_id not in room.seats}
    return [*found.values()]


def new_at_second(assembly: Assembly) -> list[AssemblyItem]:
    """The items of a second meeting that the first, which lacked its quorum, had not to decide, or not in these words.

    Each item of the first stands for one: same title, same words, same kind of decision, same office.
    """
    if assembly.second_of is None:
        return []
    left = Counter(_put(one) for one in assembly.second_of.agenda)
    new = []
    for item in assembly.agenda:
        if left[_put(item)]:
            left[_put(item)] -= 1
        else:
            new.append(item)
    return new


def _put(item: AssemblyItem) -> tuple[str, ...]:
    """What an item puts to the vote."""
    words = (" ".join(re.findall(r"\w+", fold(text))) for text in (item.title, item.resolution))
    return (*words, item.kind, item.decision, item.function, str(item.places))


def wants_quorum(item: AssemblyItem, statutes: Statutes) -> Attendance | None:
    """The quorum that an item new at a second meeting does not reach, where statutes free the first agenda from one."""
    if (
        item.kind == ItemKind.INFORMATION
        or statutes.second_quorum != "none"
        or item not in new_at_second(item.assembly)
    ):
        return None
    room = room_at(item.assembly, statutes, item)
    judged = law.attendance(
        statutes, entitled=room.entitled, present=len(room.present), represented=len(room.represented)
    )
    return None if judged.may_deliberate else judged


def result_of(item: AssemblyItem, statutes: Statutes) -> Result:
    """What the votes of a decision give by the statutes."""
    found, room = counted(item), room_at(item.assembly, statutes, item)
    return law.result(
        found.votes,
        statutes.majority(item.decision),
        present=room.votes + len(voted_apart(item, room)),
        entitled=room.entitled,
        casting_vote=statutes.casting_vote,
        is_secret=item.ballot == Ballot.SECRET,
        president=item.president_voice,
    )


def election_of(item: AssemblyItem, statutes: Statutes, *, upto: int | None = None) -> Election:
    """What the rounds of an election give by the statutes; votes for who withdrew elect nobody."""
    last = upto if upto is not None else item.closed_round
    return law.election(
        [_round(item, number) for number in range(1, last + 1)],
        places=item.places,
        absolute_rounds=statutes.absolute_rounds,
    )


def _round(item: AssemblyItem, number: int) -> law.Round:
    found, gone = counted(item, number), {one.id for one in item.candidates if 0 < one.withdrew_round <= number}
    return law.Round({int(name): votes for name, votes in found.choices.items() if int(name) not in gone}, found.papers)


def changed_on(assembly: Assembly) -> date:
    """The day from which what an assembly changed holds."""
    return assembly.offices_on or day_of(assembly.starts_at)


def declaration_due(decided: date) -> date:
    """The last day to declare a change of officers or of statutes (loi du 1er juillet 1901, art. 5)."""
    return add_months(decided, tables.number("delai_declaration_association_mois", decided))


def matter_of(item: AssemblyItem) -> str:
    """What the statutes may keep for one assembly, in an item: a weighty decision, an election to the board."""
    if item.kind == ItemKind.DECISION:
        return item.decision if item.decision in RESERVED else ""
    if item.kind == ItemKind.ELECTION and item.function:
        return "board" if item.function == Function.BOARD_MEMBER else "officers"
    return ""


def reserve_of(item: AssemblyItem, statutes: Statutes) -> Reserve | None:
    """Why the vote of an item cannot settle it, or is unsure; the first statutes settle everything."""
    if item.assembly.kind == AssemblyKind.FOUNDING:
        return None
    return statutes.reserve(matter_of(item), is_of_members=item.assembly.is_of_members)


def first_officers(assembly: Assembly, statutes: Statutes) -> AssemblyItem | None:
    """Where founders elect the officers whom their own statutes let the board elect; None where they do not."""
    if assembly.kind != AssemblyKind.FOUNDING or not statutes.clause("board_officers"):
        return None
    return next((item for item in assembly.agenda if matter_of(item) == "officers"), None)


def is_opinion(item: AssemblyItem, statutes: Statutes) -> bool:
    """Whether a vote in favour only proposes it to the assembly for which the statutes keep it."""
    reserve = reserve_of(item, statutes)
    return reserve is not None and not reserve.settles


def misplaced(assembly: Assembly, statutes: Statutes) -> list[tuple[AssemblyItem, Reserve]]:
    """What this assembly is to settle, or did, and the statutes keep for another; or nobody knows for which."""
    given = {Outcome.UNSAID, Outcome.ADOPTED, Outcome.PROPOSED, Outcome.ELECTED}
    found = ((item, reserve_of(item, statutes)) for item in assembly.agenda if item.outcome in given)
    return [(item, reserve) for item, reserve in found if reserve is not None]


def unsaid(assembly: Assembly) -> list[AssemblyItem]:
    """Ordinary decisions whose title speaks of changing the statutes or of dissolving: the majority turns on that."""
    if assembly.kind == AssemblyKind.FOUNDING:
        return []
    return [
        item
        for item in assembly.agenda
        if item.kind == ItemKind.DECISION
        and item.decision == Decision.ORDINARY
        and not item.outcome
        and _WEIGHTY.search(fold(item.title))
    ]


def undecided(assembly: Assembly) -> Sequence[AssemblyItem]:
    """What still waits for a vote."""
    return [item for item in assembly.agenda if item.kind != ItemKind.INFORMATION and not item.outcome]


def called_for(assembly: Assembly) -> datetime:
    """The moment for which people were called."""
    sent = assembly.convened_as.get("starts_at")
    return datetime.fromisoformat(sent) if sent else assembly.starts_at


def hour_due(assembly: Assembly) -> str:
    """« 18:30 »: the hour that the convocation names, as clocks here show it."""
    return f"{assembly.starts_at.astimezone(PARIS):%H:%M}"


def opened_early(assembly: Assembly, hour: str = "") -> bool:
    """Whether it opened, or would at this hour of its day, before the hour for which people were called."""
    return bool(opened := assembly.opened_at or hour) and opened < hour_due(assembly)
