"""The condition on each group of a list: so many per country, such a share of the whole."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from app.rules import logic, numbers
from app.rules.language.composing import elements_of, narrowest, whole_number
from app.rules.language.conditions import bounds_gap, condition_kind
from app.rules.language.counting import as_counted, collection_of
from app.rules.language.filters import compile_where
from app.rules.language.quantities import compile_quantity
from app.rules.language.room import Room, narrowest_room, room_between
from app.rules.language.syntax import Condition, Param, Shown, element_reader
from app.rules.logic import MET, NOT_MET, UNKNOWN
from app.rules.numbers import Bounds
from app.rules.vocabulary.fields import COLLECTION_UNITS, COLLECTIONS
from app.rules.words import nearest

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from app.rules.facts import Collection, Facts, Value
    from app.rules.language.syntax import Context
    from app.rules.logic import Status
    from app.rules.numbers import Number

_SHARES = ("min", "max", "min_share", "max_share")


@condition_kind(
    "each_group",
    "Chaque groupe d’une liste (par pays) compte entre tant et tant d’éléments, ou telle part du total.",
    Param("each_group", "collection", "la liste", required=True),
    Param("by", "field", "le champ qui fait les groupes", required=True),
    Param("where", "where", "lesquels compter dans chaque groupe"),
    Param("over", "where", "lesquels forment les groupes et le total ; tous si rien n’est dit"),
    Param("min", "number", "au moins tant par groupe"),
    Param("max", "number", "au plus tant par groupe"),
    Param("min_share", "quantity", "au moins cette part du total"),
    Param("max_share", "quantity", "au plus cette part du total"),
    Param("groups", "number", "au moins tant de groupes"),
    example='condition = "each_group"\neach_group = "participants"\nby = "country"\n'
    'where = { role = "participant" }\nmin = 4',
)
def _each_group(raw: dict[str, Any], context: Context) -> Condition:
    name = collection_of(raw["each_group"], context.inside("each_group"))
    inner = context.within(name)
    fields = {one.name: one for one in COLLECTIONS[name]}
    if raw["by"] not in fields:
        context.inside("by").fail(f"« {raw['by']} » n’est pas un champ.{nearest(str(raw['by']), fields)}")
    where, whole = (compile_where(raw.get(key), inner.inside(key)) for key in ("where", "over"))
    limits = {key: _limit(raw[key], context.inside(key)) for key in _SHARES if key in raw}
    groups = whole_number(raw.get("groups"), context.inside("groups"))
    if not limits:
        context.fail(f"« each_group » attend au moins une borne : {', '.join(_SHARES)}.")
    field, read = fields[raw["by"]], element_reader(name, str(raw["by"]))

    def key_of(facts: Facts) -> Value | None:
        return as_counted(field, read(facts))

    def sizes(facts: Facts) -> Sizes:
        return _group_sizes(facts, facts.collection(name), (where, whole), key_of)

    def judge(facts: Facts) -> Status:
        found, total, is_sure = sizes(facts)
        seen = [_within(size, total, limits) for size in found.values()]
        status = logic.every(seen) if seen else UNKNOWN
        if groups is not None and len(found) < groups:
            status = logic.every([status, NOT_MET if is_sure else UNKNOWN])
        return status if is_sure or status is NOT_MET else UNKNOWN

    unit = COLLECTION_UNITS[name]
    shown = Shown(
        "bounds",
        parts=tuple(
            Shown(key[:3], numbers.point(limit), "%" if key.endswith("share") else unit)
            for key, limit in limits.items()
        ),
    )
    return Condition(
        "each_group",
        judge,
        lambda facts: _shown_groups(sizes(facts), limits, unit),
        lambda _facts: Shown("per", raw["by"], parts=(shown,)),
        lambda facts: _gap(sizes(facts), limits),
        lambda facts: _room(sizes(facts), limits, unit),
    )


Sizes = tuple[dict[str, Bounds], Bounds, bool]


def _shown_groups(sizes: Sizes, limits: Mapping[str, Number], unit: str) -> Shown:
    found, total, _is_sure = sizes
    share = any(key.endswith("share") for key in limits)
    parts = tuple(
        Shown("group", key, parts=(Shown("number", _share(size, total) if share else size, "%" if share else unit),))
        for key, size in sorted(found.items())
    )
    return Shown("parts", parts=parts) if parts else Shown("unknown")


def _gap(sizes: Sizes, limits: Mapping[str, Number]) -> Number | None:
    """How far the group that is nearest to a bound is inside it."""
    found, total, is_sure = sizes
    gaps = [
        bounds_gap(_share(size, total) if key.endswith("share") else size, {key[:3]: numbers.point(limit)})
        for size in found.values()
        for key, limit in limits.items()
    ]
    return narrowest(gaps) if is_sure else None


def _room(sizes: Sizes, limits: Mapping[str, Number], unit: str) -> tuple[Room, ...]:
    """How many the narrowest group may lose or win; one that loses some has also less of a smaller whole."""
    found, total, _is_sure = sizes
    rooms = [
        room_between(size, {key: numbers.point(limit)}, unit)
        for size in found.values()
        for key, limit in limits.items()
        if not key.endswith("share")
    ]
    least = limits.get("min_share")
    if least is not None and least < 1 and numbers.is_exact(total):
        for low, high in found.values():
            if low is not None and low == high:
                left = (Fraction(low) - Fraction(least) * Fraction(total[0] or 0)) / (1 - Fraction(least))
                rooms.append((Room("min", math.floor(left), unit),))
    return narrowest_room(rooms)


def _limit(raw: object, context: Context) -> Number:
    limit = compile_quantity(raw, context).constant
    if limit is None:
        context.fail("il faut ici un nombre.")
    return limit


def _group_sizes(
    facts: Facts,
    collection: Collection,
    tests: tuple[Callable[[Facts], Status], Callable[[Facts], Status]],
    key_of: Callable[[Facts], Any],
) -> Sizes:
    """The size of each group, the total, and whether no other group can exist."""
    where, whole = tests
    found: dict[str, Bounds] = {}
    total: Bounds = (0, 0)
    stray: Number | None = 0
    is_sure = collection.complete
    for element, weight in elements_of(collection):
        here = facts.at(element)
        of_whole, of_group, key = whole(here), where(here), key_of(here)
        if of_whole is NOT_MET or weight == (0, 0):
            continue
        total = numbers.plus(total, (weight[0] if of_whole is MET else 0, weight[1]))
        counted = (0, 0) if of_group is NOT_MET else (weight[0] if of_group is MET else 0, weight[1])
        if key is None or of_whole is UNKNOWN or weight[0] == 0:
            is_sure = False
            stray = None if stray is None or counted[1] is None else stray + counted[1]
        else:
            found[str(key)] = numbers.plus(found.get(str(key), (0, 0)), counted)
    if stray or stray is None or not collection.complete:
        found = {
            key: (low, None if not collection.complete or stray is None or high is None else high + stray)
            for key, (low, high) in found.items()
        }
    return found, total if collection.complete else (total[0], None), is_sure


def _share(size: Bounds, total: Bounds) -> Bounds:
    return numbers.over(size, total)


def _within(size: Bounds, total: Bounds, limits: dict[str, Number]) -> Status:
    seen = []
    for key, limit in limits.items():
        low, high = _share(size, total) if key.endswith("share") else size
        inner, outer = (low, high) if key.startswith("min") else (high, low)
        if inner is not None and (inner >= limit if key.startswith("min") else inner <= limit):
            seen.append(MET)
        elif outer is not None and (outer < limit if key.startswith("min") else outer > limit):
            seen.append(NOT_MET)
        else:
            seen.append(UNKNOWN)
    return logic.every(seen)
