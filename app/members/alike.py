"""Who bears one name and may be two people: what tells them apart, and what the person who brings the list said of it.

A title, a date of birth or a day of entry that contradicts makes two of them, with a note; nobody becomes another
without a word, and the last word is a human's.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l

from app.forms.dates import parse
from app.members.headings import Meaning, folded, usual_meaning
from app.shared.fuzzydate import BadDate
from app.shared.saying import said

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.members.lines import ReadLine
    from app.members.models import Member, MemberField
    from app.shared.fuzzydate import FuzzyDate

ONE, TWO, ASIDE = "one", "two", "aside"
"""One person, two of them, and a line that waits until somebody says which."""
ABOVE, HERE = "alike:", "alike-member:"
"""How the answer is named that tells of a line above, and the one that tells of a member."""
BIRTH = _l("Date de naissance")
_NAMES = {Meaning.TITLE: _l("Civilité"), Meaning.BORN: BIRTH, Meaning.SINCE: _l("Membre depuis")}
_SEXES = {"m": "M.", "mme": "Mme", "mlle": "Mme"}


@dataclass(frozen=True)
class Traits:
    """What a line or a record says of one person beside the name."""

    title: str = ""
    born: FuzzyDate | None = None
    since: FuzzyDate | None = None

    def differ_from(self, other: Traits) -> tuple[Meaning, ...]:
        """What the two contradict each other in; what only one of them says contradicts nothing."""
        mine, theirs = _sex(self.title), _sex(other.title)
        found = [Meaning.TITLE] if mine and theirs and mine != theirs else []
        found += [Meaning.BORN] if _are_apart(self.born, other.born) else []
        found += [Meaning.SINCE] if _are_apart(self.since, other.since) else []
        return tuple(found)

    def agreements(self, other: Traits) -> int:
        """In how many points the two say the same."""
        pairs = ((_sex(self.title), _sex(other.title)), (self.born, other.born), (self.since, other.since))
        return sum(mine == theirs for mine, theirs in pairs if mine and theirs)

    def told(self, other: Traits) -> str:
        """The contradictions, for people: « Membre depuis : 2015, et non 2001 »."""
        return " ; ".join(
            str(_l("%(what)s : %(mine)s, et non %(theirs)s", what=_NAMES[one], mine=self._said(one), theirs=theirs))
            for one in self.differ_from(other)
            if (theirs := other._said(one))  # another of them
        )

    def _said(self, meaning: Meaning) -> str:
        if meaning == Meaning.TITLE:
            return self.title
        when = self.born if meaning == Meaning.BORN else self.since
        return said(when) if when else ""


@dataclass(frozen=True, kw_only=True)
class Likeness:
    """Somebody of a line who bears the name of a line above or of a member; ``becomes``: one person, two, or neither.

    ``key``: under what name the answer is sent. ``differs``: what contradicts, for people. ``usual``: what it becomes
    where nobody says it.
    """

    key: str
    line: int
    name: str
    other: object
    differs: str
    becomes: str
    usual: str

    @property
    def asked(self) -> object:
        """The question, for people."""
        return _l("Ligne %(line)s : %(name)s, comme %(other)s", line=self.line, name=self.name, other=self.other)

    @property
    def options(self) -> list[tuple[str, object]]:
        """What may be said of it."""
        waiting: list[tuple[str, object]] = [(ASIDE, _l("Je ne sais pas : laisser cette ligne de côté"))]
        return [*(waiting if self.usual == ASIDE else []), (TWO, _l("Deux personnes")), (ONE, _l("La même personne"))]


def traits_of_line(line: ReadLine, rank: int) -> Traits:
    """What a line says of one of its people; a date of birth is nobody's where there are two."""
    is_single = len(line.people) == 1
    title = line.people[rank].title if rank < len(line.people) else ""
    return Traits(title, line.born if is_single else None, line.since)


def traits_of_member(member: Member, questions: Iterable[MemberField]) -> Traits:
    """What a record says; a date of birth is the body's own question, or stands in the remark."""
    title = member.person.title if member.person else ""
    asked = (member.answers.get(str(one.id)) for one in questions if usual_meaning(one.label) == Meaning.BORN)
    born = next((when for text in asked if text and (when := _date(str(text)))), None)
    return Traits(title, born or birth_noted(member.note), member.since)


def birth_noted(note: str) -> FuzzyDate | None:
    """The date of birth that a remark gives on a line of its own: « Né(e) le : 01/01/1950 »."""
    for line in note.splitlines():
        heading, colon, text = line.partition(" : ")
        if colon and usual_meaning(heading) == Meaning.BORN:
            return _date(text)
    return None


def _date(text: str) -> FuzzyDate | None:
    try:
        return parse(text[:40])
    except BadDate:
        return None


def _sex(title: str) -> str:
    return next((_SEXES[word] for word in folded(title).split() if word in _SEXES), "")


def _are_apart(one: FuzzyDate | None, other: FuzzyDate | None) -> bool:
    return one is not None and other is not None and (one.latest < other.earliest or other.latest < one.earliest)
