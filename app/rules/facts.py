"""A project's facts, each of which may be unknown. Nothing here has a default value."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from app.rules.numbers import Bounds, Number, point
from app.rules.when import When

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Codes:
    """Several codes; ``complete`` when there is no other."""

    items: frozenset[str]
    complete: bool


Value = Number | str | bool | When | Codes | Bounds
Element = dict[str, Value]


@dataclass(frozen=True, slots=True)
class Collection:
    """Elements and, beside each, how many it stands for; ``complete`` when there is no other."""

    items: tuple[Element, ...] = ()
    weights: tuple[Bounds, ...] = ()
    complete: bool = False


EMPTY = Collection()
ONE = point(1)


@dataclass(slots=True)
class Facts:
    """What is known of a project.

    ``element`` is set while a condition looks at one element of a list. ``asked`` collects, when it is a list, the
    facts that were looked for and not found. ``told``: the facts as they were told. ``doubting``: nothing is believed
    that another answer may still replace. ``unread``: the names told that nobody knows here, each in a sentence.
    """

    flat: Mapping[str, Value]
    lists: Mapping[str, Collection]
    memo: dict[object, object] = field(default_factory=dict)
    element: Element | None = None
    asked: list[str] | None = None
    told: Mapping[str, Any] | None = None
    doubting: bool = False
    unread: tuple[str, ...] = ()

    def read(self, path: str) -> Value | None:
        """The fact at a path, or None, which is noted."""
        value = self.flat.get(path)
        if value is None and self.asked is not None:
            self.asked.append(path)
        return value

    def collection(self, name: str) -> Collection:
        """A list of the facts; one that was not told is empty and incomplete."""
        found = self.lists.get(name, EMPTY)
        if not found.complete:
            self.ask(name)
        return found

    def ask(self, path: str) -> None:
        """Note that a fact would be needed."""
        if self.asked is not None:
            self.asked.append(path)

    def at(self, element: Element) -> Facts:
        """The same facts, looking at one element."""
        return Facts(self.flat, self.lists, {}, element, self.asked, self.told, self.doubting)

    def scope(self) -> Facts:
        """The same facts, to look at one element after the other by setting ``element``."""
        return Facts(self.flat, self.lists, {}, {}, self.asked, self.told, self.doubting)

    def tracing(self) -> Facts:
        """The same facts, noting what is looked for in vain."""
        return Facts(self.flat, self.lists, {}, self.element, [], self.told, self.doubting)
