"""Lines whose names could be read otherwise: how each was read, and what the person who brings the list says of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l

from app.members.headings import Meaning
from app.people.couples import Line, read_one

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.people.couples import Named

READ = "read:"
"""How the answer is named that says how a line is to be read."""
AS_READ, SINGLE, TURNED, PERSON, ASIDE = "", "single", "turned", "person", "aside"
_SAID = {
    AS_READ: _l("Oui, c’est bien cela"),
    SINGLE: _l("Non : c’est une seule personne"),
    TURNED: _l("Non : le prénom et le nom sont à échanger"),
    PERSON: _l("Non : c’est une personne"),
    ASIDE: _l("Laisser cette ligne de côté"),
}
_PAIR = 2


@dataclass(frozen=True)
class Reading:
    """How the names of a line were read; ``becomes``: what somebody said of it."""

    line: int
    text: str
    becomes: str
    answers: tuple[str, ...]

    @property
    def key(self) -> str:
        """Under what name the answer is sent."""
        return f"{READ}{self.line}"

    @property
    def asked(self) -> object:
        """The question, for people."""
        if PERSON in self.answers:
            return _l("Ligne %(line)s : lue comme l’organisation « %(name)s »", line=self.line, name=self.text)
        return _l("Ligne %(line)s : lue comme %(names)s", line=self.line, names=self.text)

    @property
    def options(self) -> list[tuple[str, object]]:
        """What may be said of it."""
        return [(one, _SAID[one]) for one in self.answers]


def reading_of(line: int, people: tuple[Named, ...], said: str) -> Reading:
    """The reading of people, and what can be said of it."""
    text = " / ".join(map(spoken, people))
    other = SINGLE if len(people) >= _PAIR else TURNED if people[0].given_name and people[0].family_name else ""
    answers = (AS_READ, *([other] if other else []), ASIDE)
    return Reading(line, text, said if said in answers else AS_READ, answers)


def reading_of_body(line: int, name: str, said: str) -> Reading:
    """The reading of an organisation among the names of people."""
    answers = (AS_READ, PERSON, ASIDE)
    return Reading(line, name, said if said in answers else AS_READ, answers)


def read_as_said(named: Line, reading: Reading, cells: Mapping[str, str]) -> Line:
    """The people of a line as somebody says they are to be read."""
    if reading.becomes == SINGLE:
        texts = (cells.get(one, "") for one in (Meaning.TITLE, Meaning.GIVEN, Meaning.FAMILY, Meaning.NAME))
        return Line((read_one(*texts),))
    if reading.becomes == TURNED:
        (one, *_others) = named.people
        return replace(named, people=(replace(one, given_name=one.family_name, family_name=one.given_name),))
    return named


def spoken(one: Named) -> str:
    """A person with the title."""
    return " ".join(part for part in (one.title, one.given_name, one.family_name) if part)
