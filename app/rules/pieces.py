"""A rule that fails at several places, taken apart: each person, meeting or half of it asks for its own change."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from app.rules.facts import Collection, Facts
from app.rules.logic import NOT_MET

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from app.rules.facts import Element
    from app.rules.language.syntax import Condition
    from app.rules.model import Criterion

    Narrow = Callable[[Facts], Facts]


def pieces_of(criterion: Criterion, facts: Facts) -> list[Criterion]:
    """The parts of a rule that fail, each as a rule of its own; the rule itself where it has no such parts."""
    kinds = {one.condition.kind for one in criterion.readings}
    found: list[Criterion] = []
    if kinds == {"every"}:
        found = [_seen_by(criterion, narrow, rank) for rank, narrow in enumerate(_elements(criterion, facts))]
    elif kinds == {"all"} and len(criterion.readings) == 1:
        parts = criterion.readings[0].condition.parts
        found = [_with(criterion, partial(_instead, part), rank) for rank, part in enumerate(parts)]
    failing = [one for one in found if one.resolve(facts).status is NOT_MET]
    return failing if len(failing) > 1 else [criterion]


def _elements(criterion: Criterion, facts: Facts) -> Iterator[Narrow]:
    """The facts with one element of the list alone; of a group, its youngest alone and its oldest."""
    name = str(criterion.raw.get("every", ""))
    for rank, element in enumerate(facts.lists.get(name, Collection()).items):
        age = element.get("age")
        ends = (0, 1) if isinstance(age, tuple) and age[0] != age[1] else (None,)
        for end in ends:
            yield partial(_alone, name=name, rank=rank, end=end)


def _alone(facts: Facts, *, name: str, rank: int, end: int | None) -> Facts:
    there = facts.lists.get(name, Collection())
    element: Element = dict(there.items[rank])
    age = element.get("age")
    if end is not None and isinstance(age, tuple):
        element["age"] = (age[end], age[end])
    lists = {**facts.lists, name: Collection((element,), (there.weights[rank],), complete=True)}
    return Facts(facts.flat, lists, told=facts.told, doubting=facts.doubting)


def _seen_by(criterion: Criterion, narrow: Narrow, rank: int) -> Criterion:
    def narrowed(whole: Condition) -> Condition:
        return replace(
            whole, judge=lambda facts: whole.judge(narrow(facts)), gap=lambda facts: whole.gap(narrow(facts)), ways=()
        )

    return _with(criterion, narrowed, rank)


def _instead(part: Condition, _whole: Condition) -> Condition:
    return part


def _with(criterion: Criterion, change: Callable[[Condition], Condition], rank: int) -> Criterion:
    readings = tuple(replace(one, condition=change(one.condition)) for one in criterion.readings)
    return replace(criterion, id=f"{criterion.id}#{rank}", readings=readings)
