"""The words for categories in a list: what each becomes here, with the rights it gives; proposed, then chosen."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l

from app.members.queries.roll import categories_of
from app.members.queries.voters import asks_dues, period_on
from app.members.services.desk import FIRST_CATEGORIES
from app.members.situations import Kind, kind_of
from app.shared.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from sqlalchemy.orm import Session

    from app.bodies.models import Body
    from app.members.models import MemberCategory

PLAIN, VOTING, ASIDE = "new:plain", "new:voting", "aside"
"""A new category without vote nor dues, one that votes, and leaving the lines of this word aside."""
_HERE = "is:"
_PAYING = frozenset({Kind.ORDINARY, Kind.DUES, Kind.BODY})


@dataclass(frozen=True)
class Right:
    """A category that the body has, and what it gives and asks."""

    name: str
    is_voting: bool
    pays: bool

    @property
    def told(self) -> object:
        """The category and its rights, for people."""
        sentences = {
            (True, True): _l("%(name)s (vote, cotisation)", name=self.name),
            (True, False): _l("%(name)s (vote)", name=self.name),
            (False, True): _l("%(name)s (sans vote, cotisation)", name=self.name),
            (False, False): _l("%(name)s (ni vote, ni cotisation)", name=self.name),
        }
        return sentences[self.is_voting, self.pays]


@dataclass
class Word:
    """A word of the list for which the body has no category: what it becomes, and on how many lines it stands."""

    text: str
    becomes: str
    count: int = 0

    @property
    def key(self) -> str:
        """Under what name the choice is sent."""
        return f"category:{fold(self.text)}"


@dataclass
class Wording:
    """The categories of a body, and what the words of a list become."""

    here: list[Right]
    names: dict[str, str]
    chosen: Mapping[str, str] = field(default_factory=dict)
    words: dict[str, Word] = field(default_factory=dict)
    made: dict[str, bool] = field(default_factory=dict)

    def category_of(self, text: str) -> str | None:
        """The name of the category that a word becomes, the first one without a word; None to leave it aside."""
        key = fold(text)
        if not key:
            return self.here[0].name if self.here else ""
        if key in self.names:
            return self.names[key]
        word = self.words.setdefault(key, Word(text[:80], ""))
        word.becomes = word.becomes or self._becomes(word)
        word.count += 1
        if word.becomes == ASIDE:
            return None
        if word.becomes.startswith(_HERE):
            return word.becomes.removeprefix(_HERE)
        self.made[word.text] = word.becomes == VOTING
        return word.text

    def without_a_word(self, organisation: str) -> str:
        """The category that the body has for organisations, where a line is one; empty for the first one."""
        found = (one.name for one in self.here if organisation and kind_of(one.name) is Kind.BODY)
        return next(found, "")

    def _becomes(self, word: Word) -> str:
        said = self.chosen.get(word.key, "")
        if said in {PLAIN, VOTING, ASIDE} or said in {f"{_HERE}{one.name}" for one in self.here}:
            return said
        kind = kind_of(word.text)
        alike = next((one for one in self.here if kind is not None and kind_of(one.name) == kind), None)
        if alike is not None:
            return f"{_HERE}{alike.name}"
        return VOTING if kind in _PAYING else PLAIN

    def told(self, name: str) -> object:
        """A category and its rights, for people; a new one asks nothing until its dues are set."""
        known = next((one for one in self.here if one.name == name), None)
        return (known or Right(name, self.made.get(name, False), pays=False)).told

    @property
    def options(self) -> list[tuple[str, object]]:
        """What a word may become."""
        return [
            *((f"{_HERE}{one.name}", one.told) for one in self.here),
            (PLAIN, _l("Nouvelle catégorie : ni vote, ni cotisation")),
            (VOTING, _l("Nouvelle catégorie : vote ; la cotisation se fixe dans la période")),
            (ASIDE, _l("Laisser ces lignes de côté")),
        ]


def wording_of(session: Session, body: Body, chosen: Mapping[str, str], *, on: date) -> Wording:
    """What a body calls its members, with the rights of each."""
    known: Iterable[MemberCategory] = categories_of(session, body.id, retired=True)
    period = period_on(session, body.id, on)
    here = [
        Right(one.name, one.is_voting, period is not None and asks_dues(period, one.id))
        for one in known
        if one.retired_at is None
    ]
    names = {fold(one.name): one.name for one in known}
    if not names:
        here = [Right(str(label), votes, pays=False) for label, votes in FIRST_CATEGORIES]
        names = {fold(one.name): one.name for one in here}
    return Wording(here, names, chosen)
