"""Two people on one page of questions: a three-way merge, question by question, row by row.

What somebody left as the page showed it is no change; what two people answered otherwise since is a clash, and
nothing else is. A box to tick is a question of its own. A row is known by its identifier, else by its text, else by
its place.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from app.funding.forms.fields import UNKNOWN
from app.funding.groups import HIDDEN

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from app.funding.forms.told import Answers
    from app.funding.groups import Group

    Row = Mapping[str, Any]

_PREFIXES = {"events": "rencontre", "partners": "partenaire"}
_CLASH = object()
_NAMED = frozenset({"kind", "stage"})
"""What names a document; a row with nothing else was suggested, and nobody has answered it."""


@dataclass(frozen=True, kw_only=True)
class Clash:
    """One thing answered twice: ``theirs`` is kept, ``yours`` was sent.

    A clash of a row has its ``number`` as sent and its ``place`` among the rows kept now; without ``column`` somebody
    took the whole row away that the other changed.
    """

    path: str
    theirs: Any
    yours: Any
    column: str = ""
    number: int = -1
    place: int = -1


@dataclass
class Merged:
    """What is to be stated now (None takes a fact back), what is not known, and what clashes."""

    stated: dict[str, Any] = field(default_factory=dict)
    unknown: set[str] = field(default_factory=set)
    clashes: list[Clash] = field(default_factory=list)


def merge(opened: Answers, now: Answers, sent: Answers, group: Group) -> Merged:
    """What was sent, put into what is known now; ``opened`` is what the page showed when it was opened."""
    found = Merged()
    for path, yours in sent.single.items():
        theirs = now.single.get(path)
        value = _three(opened.single.get(path), theirs, yours)
        if value is _CLASH:
            found.clashes.append(Clash(path=path, theirs=theirs, yours=yours))
        elif value == UNKNOWN and value != theirs:
            found.unknown.add(path)
        elif value != theirs:
            found.stated[path] = value
    if group.listed:
        _merge_list(opened, now, sent, group, found)
    return found


def _three(opened: Any, theirs: Any, yours: Any) -> Any:  # noqa: ANN401  # any JSON value
    if yours in (opened, theirs):
        return theirs
    if theirs == opened:
        return yours
    if all(one is None or isinstance(one, dict) for one in (opened, theirs, yours)):
        return _boxes(opened or {}, theirs or {}, yours or {})
    return _CLASH


def _boxes(opened: Row, theirs: Row, yours: Row) -> dict[str, Any] | None:
    before, there, here = (one.get("items", []) for one in (opened, theirs, yours))
    items = [one for one in there if one in here or one not in before]
    items += [one for one in here if one not in before and one not in there]
    complete = _three(*(bool(one.get("complete")) for one in (opened, theirs, yours)))
    return {"items": items, "complete": complete} if items else None


def _merge_list(opened: Answers, now: Answers, sent: Answers, group: Group, found: Merged) -> None:
    rows = _Rows(group, now.rows)
    rows.take(opened.rows, sent.rows)
    complete = _three(opened.is_complete, now.is_complete, sent.is_complete)
    before = _listed(group, [*now.rows.values()], is_complete=now.is_complete)
    after = _listed(group, rows.items(is_complete=complete), is_complete=complete)
    found.clashes += rows.placed()
    if after != before:
        found.stated[group.listed] = after


def _listed(group: Group, items: list[Row], *, is_complete: bool) -> dict[str, Any] | None:
    if not items and not is_complete:
        return None
    return {"complete": is_complete, ("groups" if group.listed == "participants" else "items"): [*map(dict, items)]}


class _Rows:
    """The rows of a list that are kept now, into which those that were sent are put."""

    def __init__(self, group: Group, now: Mapping[int, Row]) -> None:
        self.group, self.now = group, now
        self.kept: dict[int, dict[str, Any]] = {place: dict(row) for place, row in now.items()}
        self.new: list[dict[str, Any]] = []
        self.clashes: list[Clash] = []

    def take(self, opened: Mapping[int, Row], sent: Mapping[int, Row]) -> None:
        """Put in what was sent."""
        partners = self._partners(opened)
        for number, was in opened.items():
            yours, place = sent.get(number), partners.get(number)
            if place is not None:
                self._put(number, place, was, yours)
            elif yours is not None and yours != was:
                if self._is_suggested(was):
                    self.new.append(dict(yours))
                else:
                    self._clash(number, None, yours)
        theirs = [_bare(row) for place, row in self.now.items() if place not in partners.values()]
        self.new += [dict(row) for number, row in sent.items() if number not in opened and _bare(row) not in theirs]

    def _put(self, number: int, place: int, was: Row, yours: Row | None) -> None:
        theirs = self.now[place]
        if yours is None:
            if _bare(was) == _bare(theirs):
                del self.kept[place]
            else:
                self._clash(number, theirs, None, place=place)
            return
        for column in {**was, **theirs, **yours}.keys() - HIDDEN:
            value = _three(was.get(column), theirs.get(column), yours.get(column))
            if value is _CLASH:
                self._clash(number, theirs.get(column), yours.get(column), place=place, column=column)
            elif value is None:
                self.kept[place].pop(column, None)
            else:
                self.kept[place][column] = value
        if not _bare(self.kept[place]):
            del self.kept[place]

    def _clash(self, number: int, theirs: object, yours: object, *, place: int = -1, column: str = "") -> None:
        self.clashes.append(
            Clash(path=self.group.listed, column=column, number=number, place=place, theirs=theirs, yours=yours)
        )

    def items(self, *, is_complete: bool) -> list[Row]:
        """All rows by now; documents that were suggested and that nobody answered are none."""
        if not is_complete:
            self.kept = {place: row for place, row in self.kept.items() if not self._is_suggested(row)}
            self.new = [row for row in self.new if not self._is_suggested(row)]
        rows = [*self.kept.values(), *self.new]
        taken = {row["id"] for row in rows if "id" in row}
        return [_identified(row, self.group, taken) for row in rows]

    def placed(self) -> list[Clash]:
        """The clashes, each with its row among those kept; a row that is there no longer comes after them."""
        places = {place: index for index, place in enumerate(self.kept)}
        after = itertools.count(len(self.kept) + len(self.new))
        return [
            Clash(**{**vars(one), "place": places[one.place] if one.place in places else next(after)})
            for one in self.clashes
        ]

    def _partners(self, opened: Mapping[int, Row]) -> dict[int, int]:
        """By number of a row that the page showed, the place of the same row now."""
        found: dict[int, int] = {}
        left = dict(self.now)
        same: list[Callable[[Row, Row], bool]] = [self._is_named_alike, lambda was, row: _bare(was) == _bare(row)]
        for is_same in same:
            for number, was in opened.items():
                if number in found:
                    continue
                place = next((place for place, row in left.items() if is_same(was, row)), None)
                if place is not None:
                    found[number] = place
                    del left[place]
        rest = [
            number
            for number, was in opened.items()
            if number not in found and "id" not in was and not self._is_suggested(was)
        ]
        return {**found, **dict(zip(rest, left, strict=False))}

    def _is_named_alike(self, was: Row, row: Row) -> bool:
        if self.group.listed == "documents":
            return "kind" in was and all(was.get(name) == row.get(name) for name in _NAMED)
        return "id" in was and was["id"] == row.get("id")

    def _is_suggested(self, row: Row) -> bool:
        return self.group.listed == "documents" and row.keys() <= _NAMED


def _bare(row: Row) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in HIDDEN}


def _identified(row: dict[str, Any], group: Group, taken: set[str]) -> dict[str, Any]:
    """An event or an organisation has an identifier, so that others can refer to it."""
    prefix = _PREFIXES.get(group.listed)
    if prefix is None or row.get("id"):
        return row
    number = next(one for one in itertools.count(1) if f"{prefix}-{one}" not in taken)
    taken.add(f"{prefix}-{number}")
    return {"id": f"{prefix}-{number}", **row}
