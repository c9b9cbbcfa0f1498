"""What a rule may be written with: the parameters of each kind, and the strict reader of a table."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NoReturn

from app.rules.errors import RuleError
from app.rules.strict import check_types
from app.rules.vocabulary.fields import COLLECTIONS
from app.rules.words import Words, nearest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date

    from app.rules.facts import Facts, Value
    from app.rules.language.room import Room
    from app.rules.lists import NamedList
    from app.rules.logic import Status
    from app.rules.numbers import Bounds, Number
    from app.rules.scales import Table
    from app.rules.vocabulary.fields import Field

Path = tuple[str | int, ...]
Judge = "Callable[[Facts], Status]"


@dataclass(frozen=True, slots=True)
class Shown:
    """A value or a threshold as it is shown. ``kind`` tells how to say it, ``parts`` what it is made of."""

    kind: str
    value: Any = None
    unit: str = ""
    parts: tuple[Shown, ...] = ()


@dataclass(frozen=True, slots=True)
class Param:
    """One parameter of a kind: its name, what may stand there, what it is for (in French)."""

    name: str
    type: str
    says: str
    required: bool = False


@dataclass(frozen=True)
class Quantity:
    """A number to read in the facts. ``constant`` or ``path`` where it is just that."""

    read: Callable[[Facts], Bounds]
    unit: str = ""
    constant: Number | None = None
    path: str = ""
    scale: tuple[Quantity, Table] | None = None


@dataclass(frozen=True)
class Condition:
    """A question with four answers.

    ``gap``: how far inside the bounds the facts are (negative: how far outside), where that is a number.
    ``room``: while it holds, how much fewer or more it can bear. ``ways``: the conditions of which one is enough;
    ``parts``: those that must all hold.
    """

    kind: str
    judge: Callable[[Facts], Status]
    value: Callable[[Facts], Shown]
    threshold: Callable[[Facts], Shown]
    gap: Callable[[Facts], Number | None] = lambda _facts: None
    room: Callable[[Facts], tuple[Room, ...]] = lambda _facts: ()
    ways: tuple[Condition, ...] = ()
    parts: tuple[Condition, ...] = ()


@dataclass(frozen=True)
class Context:
    """What the rules of one file may refer to, and where in the file the reader is."""

    file: str = ""
    line_of: Callable[[Path], int] = lambda _path: 0
    words: Words = field(default_factory=Words)
    lists: Mapping[str, NamedList] = field(default_factory=dict)
    tables: Mapping[str, Table] = field(default_factory=dict)
    zone: str = "Europe/Brussels"
    life: tuple[date, date] | None = None
    collection: str = ""
    path: Path = ()
    used_lists: set[str] = field(default_factory=set)
    used_paths: set[str] = field(default_factory=set)

    def inside(self, *more: str | int) -> Context:
        """The same, further down in the file."""
        other = object.__new__(Context)
        object.__setattr__(other, "__dict__", {**self.__dict__, "path": (*self.path, *more)})
        return other

    def within(self, collection: str) -> Context:
        """The same, looking at the elements of a list."""
        return self.but(collection=collection)

    def apart(self) -> Context:
        """The same, noting on its own which facts are used."""
        return self.but(used_paths=set())

    def but(self, **changes: object) -> Context:
        """The same with other values; a file is read through thousands of these, so it is made the short way."""
        other = object.__new__(Context)
        object.__setattr__(other, "__dict__", self.__dict__ | changes)
        return other

    def place(self) -> int:
        """The line where the reader is."""
        return self.line_of(self.path)

    def fail(self, problem: str) -> NoReturn:
        """Stop the loading here."""
        raise RuleError(problem, file=self.file, line=self.line_of(self.path))

    def field_of(self, path: object) -> tuple[Field, bool]:
        """The fact at a path, and whether it is one of the element looked at."""
        if not isinstance(path, str):
            self.fail("il faut ici le nom d’un fait, entre guillemets.")
        if self.collection and (found := self.words.element(self.collection, path)):
            self.used_paths.add(f"{self.collection}.{path}")
            return found, True
        found = self.words.scalar(path)
        if found is None:
            known = self.words.paths() + [one.name for one in COLLECTIONS.get(self.collection, ())]
            self.fail(f"« {path} » n’est pas un fait connu.{nearest(path, known)}")
        self.used_paths.add(path)
        return found, False

    def reader(self, path: object) -> tuple[Field, Callable[[Facts], Value | None]]:
        """The fact at a path, and how to read it."""
        found, is_element = self.field_of(path)
        name = str(path)
        return found, element_reader(self.collection, name) if is_element else _scalar_reader(name)

    def table(self, raw: object, params: tuple[Param, ...], *, besides: Iterable[str] = ()) -> dict[str, Any]:
        """A table whose keys are all known and whose required keys are there."""
        if not isinstance(raw, dict):
            self.fail("il faut ici une table { … }.")
        known, required = _known(params)
        for key in raw:
            if key not in known and key not in besides:
                self.inside(key).fail(f"« {key} » n’est pas une clé d’ici.{nearest(key, {*known, *besides})}")
        for one in required:
            if one.name not in raw:
                self.fail(f"il manque « {one.name} » ({one.says}).")
        check_types(raw, known, self)
        return raw


_KNOWN: dict[int, tuple[tuple[Param, ...], dict[str, Param], list[Param]]] = {}


_MOST_KNOWN = 200


def _known(params: tuple[Param, ...]) -> tuple[dict[str, Param], list[Param]]:
    """The parameters by name, and those that must be there; worked out once for each tuple of them."""
    found = _KNOWN.get(id(params))
    if found is None:
        known = {one.name: one for one in params}
        found = (params, known, [one for one in known.values() if one.required])
        if len(_KNOWN) == _MOST_KNOWN:
            _KNOWN.clear()
        _KNOWN[id(params)] = found  # the tuple is kept with it, so that no other takes its number
    return found[1], found[2]


def element_reader(collection: str, name: str) -> Callable[[Facts], Value | None]:
    """Reads a field of the element looked at."""

    def read(facts: Facts) -> Value | None:
        value = facts.element.get(name) if facts.element is not None else None
        if value is None:
            facts.ask(f"{collection}.{name}")
        return value

    return read


def _scalar_reader(path: str) -> Callable[[Facts], Value | None]:
    def read(facts: Facts) -> Value | None:
        return facts.read(path)

    return read
