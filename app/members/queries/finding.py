"""Finding the members of a body again in a list that somebody brings."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from app.members.alike import traits_of_line, traits_of_member
from app.members.headings import Meaning
from app.members.lines import address_key
from app.members.models import Member
from app.shared.folding import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from app.members.alike import Traits
    from app.members.lines import ReadLine
    from app.members.models import MemberField
    from app.people.models import Person

_NUMBERED, _MANY = 4, 3
"""What one number for both weighs beside other agreements; how many contradictions are no longer a few homonyms'."""


def mark_of(session: Session, body_id: int) -> tuple[int, int]:
    """What changes as soon as somebody comes into the list of a body, or out of it."""
    there = select(func.max(Member.id), func.count(Member.id)).where(
        Member.body_id == body_id, Member.trashed_at.is_(None), Member.erased_at.is_(None)
    )
    newest, count = session.execute(there).one()
    return newest or 0, count


class KnownRoll:
    """The members already there, to be found again.

    ``claims``: whom each line surely names, so that somebody else of that name on another line is not taken for them.
    ``apart``: the lines that speak of somebody else than the one of that name above them.
    """

    def __init__(self, session: Session, body_id: int, questions: Sequence[MemberField] = ()) -> None:
        statement = (
            select(Member)
            .where(Member.body_id == body_id, Member.trashed_at.is_(None), Member.erased_at.is_(None))
            .options(joinedload(Member.person), joinedload(Member.household), joinedload(Member.category))
        )
        self.questions = questions
        self.by_number: dict[int, Member] = {}
        self.by_words: dict[frozenset[str], list[Member]] = defaultdict(list)
        self.by_organisation: dict[str, list[Member]] = defaultdict(list)
        self.claims: dict[int, tuple[ReadLine, int]] = {}
        self.known_traits: dict[int, Traits] = {}
        self.claimants: set[tuple[int, int]] = set()
        self.apart: set[int] = set()
        self.distrusts_since = False
        for member in session.scalars(statement):
            self.by_number[member.number] = member
            if member.organisation:
                self.by_organisation[fold(member.organisation)].append(member)
            elif member.person is not None:
                self.by_words[_words(member.person)].append(member)

    def claim(self, lines: Sequence[ReadLine]) -> None:
        """Give each member to the line that agrees best with the record, before any line is judged.

        A column « date d’adhésion » that contradicts most records is that of a year's dues: it tells nobody apart.
        """
        places = [(line, rank) for line in lines if not line.organisation for rank in range(len(line.people))]
        compared = [
            (line, rank, member, traits_of_line(line, rank), self._traits(member))
            for line, rank in places
            for member in self._same(line, rank)
            if _agrees(member, line, rank)
        ]
        others = sum(Meaning.SINCE in mine.differ_from(theirs) for *_who, mine, theirs in compared)
        alike = sum(bool(mine.since) and mine.since == theirs.since for *_who, mine, theirs in compared)
        self.distrusts_since = others >= _MANY and others > alike
        agreed = [
            (mine.agreements(theirs) + (line.number == member.number) * _NUMBERED, -place, line, rank, member)
            for place, (line, rank, member, mine, theirs) in enumerate(compared)
            if not self._differ(mine, theirs)
        ]
        for *_score, line, rank, member in sorted(agreed, key=lambda one: one[:2], reverse=True):
            if member.id not in self.claims and (line.line, rank) not in self.claimants:
                self.claims[member.id] = line, rank
                self.claimants.add((line.line, rank))

    def has_own(self, line: ReadLine) -> bool:
        """Whether each person of a line has a record of their own, that no other line names better."""
        return bool(line.people) and all((line.line, rank) in self.claimants for rank in range(len(line.people)))

    def find(self, line: ReadLine, rank: int) -> tuple[Member | None, Member | None]:
        """The member that a line names, and one who bears the same name but may be somebody else."""
        named = self.by_organisation.get(fold(line.organisation or line.cell(Meaning.NAME)), [])
        if named or line.organisation:
            found = next(
                (member for member in named if member.number == line.number or _lives_there(member, line)), None
            )
            return found, named[0] if named and found is None else None
        same = self._same(line, rank)
        numbered = self.by_number.get(line.number) if line.number is not None and len(line.people) == 1 else None
        if numbered is not None and numbered in same:
            return numbered, None
        mine = traits_of_line(line, rank)
        sure = [
            (mine.agreements(theirs), -place, member)
            for place, member in enumerate(same)
            if _agrees(member, line, rank)
            and not self._differ(mine, theirs := self._traits(member))
            and not self.is_taken(member, line, rank)
        ]
        found = max(sure, key=lambda one: one[:2])[2] if sure else None
        return found, same[0] if same and found is None else None

    def is_taken(self, member: Member, line: ReadLine, rank: int) -> bool:
        """Whether the record is that of another line, which speaks of somebody else."""
        above, place = self.claims.get(member.id, (line, rank))
        return above is not line and (line.line in self.apart or not is_one(line, rank, above, place))

    def told(self, member: Member, line: ReadLine, rank: int) -> str:
        """What a line and a record contradict each other in, for people."""
        return traits_of_line(line, rank).told(self._traits(member))

    def differs_in_entry_only(self, member: Member, line: ReadLine, rank: int) -> bool:
        """Whether a record and a line that say the same of where somebody is reached contradict in the day of entry."""
        differing = traits_of_line(line, rank).differ_from(self._traits(member))
        return differing == (Meaning.SINCE,) and _agrees(member, line, rank)

    def _same(self, line: ReadLine, rank: int) -> list[Member]:
        """Who bears the name of somebody of a line."""
        one = line.people[rank]
        same = self.by_words.get(one.words, [])
        if not one.given_name and one.title:
            same = [member for member in same if member.person is None or member.person.title in {"", one.title}]
        return same

    def _traits(self, member: Member) -> Traits:
        """What a record says, read once."""
        if member.id not in self.known_traits:
            self.known_traits[member.id] = traits_of_member(member, self.questions)
        return self.known_traits[member.id]

    def _differ(self, mine: Traits, theirs: Traits) -> bool:
        return any(one != Meaning.SINCE or not self.distrusts_since for one in mine.differ_from(theirs))


def is_one(line: ReadLine, rank: int, other: ReadLine, place: int) -> bool:
    """Whether two lines of one name speak of one person, as far as both tell."""
    is_reached = line.is_reached_as(rank, other, place)
    return is_reached and not traits_of_line(line, rank).differ_from(traits_of_line(other, place))


def may_be_another(member: Member, line: ReadLine) -> bool:
    """Two e-mail addresses tell two people of one name apart; an address alone does not: people move."""
    return bool(member.email and any(line.emails))


def _words(person: Person) -> frozenset[str]:
    return frozenset(fold(person.name_as_written or f"{person.given_name} {person.family_name}").split())


def _agrees(member: Member, line: ReadLine, rank: int) -> bool:
    """Whether a member of the same name is the same: nothing that both say of where they are reached differs."""
    email = line.email_of(rank)
    if email and member.email:
        return email == member.email.lower()
    return _lives_there(member, line)


def _lives_there(member: Member, line: ReadLine) -> bool:
    """Whether a line says no other address than the record."""
    here = address_key(line.cells)
    home = member.household
    there = address_key({"street": home.street, "postcode": home.postcode, "town": home.town}) if home else ""
    return not (here and there) or here == there
