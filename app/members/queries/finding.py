"""Finding the members of a body again in a list that somebody brings."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from app.members.headings import Meaning
from app.members.lines import address_key
from app.members.models import Member
from app.shared.folding import fold

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from app.members.lines import ReadLine
    from app.people.models import Person


def mark_of(session: Session, body_id: int) -> tuple[int, int]:
    """What changes as soon as somebody comes into the list of a body, or out of it."""
    there = select(func.max(Member.id), func.count(Member.id)).where(
        Member.body_id == body_id, Member.trashed_at.is_(None), Member.erased_at.is_(None)
    )
    newest, count = session.execute(there).one()
    return newest or 0, count


class KnownRoll:
    """The members already there, to be found again."""

    def __init__(self, session: Session, body_id: int) -> None:
        statement = (
            select(Member)
            .where(Member.body_id == body_id, Member.trashed_at.is_(None), Member.erased_at.is_(None))
            .options(joinedload(Member.person), joinedload(Member.household), joinedload(Member.category))
        )
        self.by_number: dict[int, Member] = {}
        self.by_words: dict[frozenset[str], list[Member]] = defaultdict(list)
        self.by_organisation: dict[str, Member] = {}
        for member in session.scalars(statement):
            self.by_number[member.number] = member
            if member.organisation:
                self.by_organisation[fold(member.organisation)] = member
            elif member.person is not None:
                self.by_words[_words(member.person)].append(member)

    def find(self, line: ReadLine, rank: int) -> tuple[Member | None, Member | None]:
        """The member that a line names, and one who bears the same name but may be somebody else."""
        if line.organisation:
            return self.by_organisation.get(fold(line.organisation)), None
        if named := self.by_organisation.get(fold(line.cell(Meaning.NAME))):
            return named, None
        one = line.people[rank]
        same = self.by_words.get(one.words, [])
        numbered = self.by_number.get(line.number) if line.number is not None and len(line.people) == 1 else None
        if numbered is not None and numbered in same:
            return numbered, None
        if not one.given_name and one.title:
            same = [member for member in same if member.person is None or member.person.title in {"", one.title}]
        sure = next((member for member in same if _agrees(member, line, rank)), None)
        return sure, same[0] if same and sure is None else None


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
    here = address_key(line.cells)
    home = member.household
    there = address_key({"street": home.street, "postcode": home.postcode, "town": home.town}) if home else ""
    return not (here and there) or here == there
