"""What is asked, and when a text answers it: the same rule for the database and for what was read from it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVarTuple

from sqlalchemy import LargeBinary, Text, and_, case, cast, false, func, literal, or_

from app.places.naming import fold_place
from app.places.slips import slips_between
from app.shared.folding import fold
from app.web.latin import in_latin_letters

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sqlalchemy import ColumnElement, Select
    from sqlalchemy.orm import InstrumentedAttribute, Session

    from app.access.table import Identity

    Column = ColumnElement[str] | InstrumentedAttribute[str]

Columns = TypeVarTuple("Columns")
MOST_LOOKED_AT = 500
"""Of what is read whole: the things that hold a word as typed, then the latest."""

MOST_LINES = 3000
"""Of folded names: those that hold most of the words first."""

_MOST_WORDS = 8
_SHORT, _LONG = 4, 8
"""Letters of a word from which one slip is forgiven, and from which two are."""


@dataclass(frozen=True)
class Hit:
    """Something that a search may find: what it is called, where it stands, and the words it is found by."""

    label: str
    url: str
    words: str = ""
    is_sure: bool = False


@dataclass(frozen=True)
class Word:
    """A word asked for, with the other ways to write it: « st » and « saint », « семенівка » and « semenivka »."""

    spellings: tuple[str, ...]

    @staticmethod
    def read(word: str) -> Word:
        """The word as typed, spelled out, and in Latin letters."""
        return Word(tuple(dict.fromkeys((word, fold_place(word), fold(in_latin_letters(word))))))

    def stands_in(self, words: str) -> bool:
        """Whether a folded text holds it, be it within a word."""
        return any(spelling in words for spelling in self.spellings)

    def comes_near(self, words: str) -> bool:
        """Whether a folded text holds it, or a word that somebody may have meant."""
        return self.stands_in(words) or any(
            _is_slip(spelling, other) for spelling in self.spellings for other in set(words.split())
        )

    @property
    def pieces(self) -> set[str]:
        """Parts of it of which one is left whole by the slips that are forgiven, a swap of two letters included."""
        return {piece for spelling in self.spellings for piece in _pieces(spelling)}


def _slips(word: str) -> int:
    return 0 if len(word) < _SHORT else 1 if len(word) < _LONG else 2


def _is_slip(word: str, other: str) -> bool:
    """Whether somebody may have meant ``other``, or its beginning, when they wrote ``word``."""
    slips = _slips(word)
    return bool(slips) and any(
        slips_between(word, candidate, most=slips) <= slips for candidate in {other, other[: len(word)]}
    )


def _pieces(word: str) -> set[str]:
    """Cut in one part more than there may be slips; and again a letter further, for a swap across a cut."""
    parts = _slips(word) + 1
    cuts = [len(word) * number // parts for number in range(1, parts)]
    return {
        word[start:end]
        for shift in (0, 1)
        for start, end in zip([0, *(cut + shift for cut in cuts)], [*(cut + shift for cut in cuts), None], strict=True)
    }


@dataclass(frozen=True)
class Asked:
    """What somebody looks for; ``is_near``: what comes close to it will do."""

    session: Session
    who: Identity
    typed: str
    is_near: bool = False

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """The words in any order, without accents; empty when nothing is left of what was typed."""
        return tuple(Word.read(word) for word in dict.fromkeys(fold(self.typed).split()))[:_MOST_WORDS]

    @property
    def all(self) -> set[int]:
        """The numbers of all the words."""
        return set(range(len(self.words)))

    def answered_by(self, words: str) -> bool:
        """Whether a folded text holds every word."""
        return len(self.told_in(words)) == len(self.words)

    def told_in(self, words: str) -> set[int]:
        """Which of the words, by number, a folded text holds."""
        test = Word.comes_near if self.is_near else Word.stands_in
        return {number for number, word in enumerate(self.words) if test(word, words)}

    def each(self, holds: Callable[[Word], ColumnElement[bool]]) -> ColumnElement[bool]:
        """Every word is held, each in its own way."""
        return and_(*(holds(word) for word in self.words))

    def may_answer(self, *columns: Column) -> ColumnElement[bool]:
        """Folded columns that may hold one of the words: to be judged once read."""
        return or_(false(), *(self.may_hold(word, column) for word in self.words for column in columns))

    def may_hold(self, word: Word, column: Column) -> ColumnElement[bool]:
        """A folded column that may hold the word; a name in other letters always may."""
        parts = word.pieces if self.is_near else word.spellings
        return or_(is_in_other_letters(column), *(column.contains(part, autoescape=True) for part in parts))

    def fullest_first(self, *columns: Column) -> ColumnElement[int]:
        """Sort by how many of the words folded columns hold."""
        held = (
            case((or_(*(column.contains(part, autoescape=True) for column in columns for part in parts)), 1), else_=0)
            for parts in (word.pieces if self.is_near else word.spellings for word in self.words)
        )
        return sum(held, start=literal(0)).desc()

    def as_typed_first(self, *columns: object) -> ColumnElement[int]:
        """Sort first what holds a word as it was typed, in columns that are not folded."""
        spelled = dict.fromkeys([*self.typed.lower().split(), *(word.spellings[0] for word in self.words)])
        held = (
            cast(column, Text).icontains(word, autoescape=True)
            for column in columns
            for word in list(spelled)[:_MOST_WORDS]
        )
        return case((or_(false(), *held), 0), else_=1)

    def read(
        self, statement: Select[*Columns], texts: Sequence[object], *latest: ColumnElement[Any]
    ) -> Select[*Columns]:
        """The things that are worth reading whole: those that hold a word as typed, then the latest."""
        order = () if self.is_near else (self.as_typed_first(*texts),)
        return statement.order_by(*order, *latest).limit(MOST_LOOKED_AT)


def holds(column: Column, word: Word) -> ColumnElement[bool]:
    """A folded column that holds a word."""
    return or_(*(column.contains(spelling, autoescape=True) for spelling in word.spellings))


def is_in_other_letters(column: Column) -> ColumnElement[bool]:
    """A folded column with letters that are not Latin: folding leaves them, so that it has more bytes than letters."""
    return func.length(cast(column, LargeBinary)) != func.length(column)


def words_of(*texts: str | None) -> str:
    """Texts as words to be found by, in Latin letters too."""
    told = " ".join(text for text in texts if text)
    latin = in_latin_letters(told)
    return fold(told) if latin == told else f"{fold(told)} {fold(latin)}"


def strings_in(value: object) -> list[str]:
    """Every text within a document."""
    if isinstance(value, str):
        return [value]
    inner: Sequence[object] = [*value.values()] if isinstance(value, dict) else value if isinstance(value, list) else []
    return [text for each in inner for text in strings_in(each)]
