"""Conditions made of others: all, one of them, none, how many, for each element, for each group."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from app.rules import logic
from app.rules.facts import Collection
from app.rules.language.conditions import compile_condition, condition_kind, several
from app.rules.language.counting import WHERE, as_counted, collection_of, element_path
from app.rules.language.filters import compile_where
from app.rules.language.room import narrowest_room, room_between, widest_room
from app.rules.language.stating import shown_value
from app.rules.language.syntax import Condition, Param, Shown, element_reader
from app.rules.logic import MET, NOT_APPLICABLE, NOT_MET, UNKNOWN, opposite
from app.rules.vocabulary.fields import COLLECTION_UNITS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from app.rules.facts import Element, Facts
    from app.rules.language.room import Room
    from app.rules.language.syntax import Context
    from app.rules.logic import Status
    from app.rules.numbers import Bounds, Number

_SEVERAL = Param("conditions", "conditions", "les conditions", required=True)


def _composed(kind: str, judge: Callable[[Facts], Status], parts: list[Condition]) -> Condition:
    return Condition(
        kind,
        judge,
        lambda facts: Shown("parts", parts=tuple(one.value(facts) for one in parts)),
        lambda facts: Shown(kind, parts=tuple(one.threshold(facts) for one in parts)),
        lambda facts: narrowest(
            [one.gap(facts) for one in parts if one.judge(facts) is not MET or kind == "any"], kind
        ),
        lambda facts: (widest_room if kind == "any" else narrowest_room)(
            one.room(facts) for one in parts if one.judge(facts) is MET
        ),
        tuple(parts) if kind == "any" else (),
        tuple(parts) if kind == "all" else (),
    )


def narrowest(gaps: Iterable[Number | None], kind: str = "all") -> Number | None:
    """The gap that decides: the least, or for alternatives the greatest."""
    known = [gap for gap in gaps if gap is not None]
    if not known:
        return None
    return max(known) if kind == "any" else min(known)


def _deciding(
    parts: list[Condition], combine: Callable[[Iterable[Status]], Status], absorbing: Status
) -> Callable[[Facts], Status]:
    judges = [one.judge for one in parts]

    def judge(facts: Facts) -> Status:
        mark = 0 if facts.asked is None else len(facts.asked)
        seen = []
        for one in judges:
            before = 0 if facts.asked is None else len(facts.asked)
            status = one(facts)
            if facts.asked is not None and status is not UNKNOWN:
                del facts.asked[before:]
            if status is absorbing:
                if facts.asked is not None:
                    del facts.asked[mark:]
                return status
            seen.append(status)
        return combine(seen)

    return judge


@condition_kind(
    "all",
    "Toutes ces conditions.",
    _SEVERAL,
    example='condition = "all"\nconditions = [ { condition = "is", … }, { condition = "in", … } ]',
)
def _all(raw: dict[str, Any], context: Context) -> Condition:
    parts = several(raw["conditions"], context.inside("conditions"))
    return _composed("all", _deciding(parts, logic.every, NOT_MET), parts)


@condition_kind(
    "any",
    "L’une au moins de ces conditions (alternatives).",
    _SEVERAL,
    example='condition = "any"\nconditions = [ { condition = "all", … }, { condition = "all", … } ]',
)
def _any(raw: dict[str, Any], context: Context) -> Condition:
    parts = several(raw["conditions"], context.inside("conditions"))
    return _composed("any", _deciding(parts, logic.either, MET), parts)


@condition_kind(
    "not",
    "Le contraire d’une condition.",
    Param("of", "condition", "la condition", required=True),
    example='condition = "not"\nof = { condition = "is", value = "project.has_begun", is = true }',
)
def _not(raw: dict[str, Any], context: Context) -> Condition:
    inner = compile_condition(raw["of"], context.inside("of"))
    return Condition(
        "not",
        lambda facts: opposite(inner.judge(facts)),
        inner.value,
        lambda facts: Shown("not", parts=(inner.threshold(facts),)),
        lambda facts: None if (gap := inner.gap(facts)) is None else -gap,
    )


@condition_kind(
    "how_many",
    "Combien de ces conditions sont vraies (exactement une, l’une ou l’autre mais pas les deux).",
    _SEVERAL,
    Param("min", "number", "au moins tant"),
    Param("max", "number", "au plus tant"),
    example='condition = "how_many"\nmin = 1\nmax = 1\nconditions = [ … ]',
)
def _how_many(raw: dict[str, Any], context: Context) -> Condition:
    parts = several(raw["conditions"], context.inside("conditions"))
    low, high = (whole_number(raw.get(name), context.inside(name)) for name in ("min", "max"))
    if low is None and high is None:
        context.fail("« how_many » attend « min » ou « max ».")

    def counted(facts: Facts) -> Shown:
        seen = [one.judge(facts) for one in parts]
        sure = seen.count(MET)
        return Shown("number", (sure, sure + seen.count(UNKNOWN)), "conditions")

    shown = tuple(
        Shown(name, (bound, bound), "conditions") for name, bound in (("min", low), ("max", high)) if bound is not None
    )
    return Condition(
        "how_many",
        lambda facts: logic.between_counts((one.judge(facts) for one in parts), low, high),
        counted,
        lambda facts: Shown("how_many", parts=(Shown("bounds", parts=shown), *(one.threshold(facts) for one in parts))),
    )


def whole_number(raw: object, context: Context) -> int | None:
    """A whole number, or nothing."""
    if raw is not None and (not isinstance(raw, int) or isinstance(raw, bool)):
        context.fail("il faut ici un nombre entier.")
    return raw


@condition_kind(
    "every",
    "Chaque élément d’une liste (chaque participant, chaque rencontre) remplit une condition.",
    Param("every", "collection", "la liste", required=True),
    Param("that", "condition", "la condition, où les champs de l’élément se nomment sans préfixe", required=True),
    WHERE,
    example='condition = "every"\nevery = "participants"\nwhere = { role = "participant" }\n'
    'that = { condition = "between", value = "age", min = 13, max = 30 }',
)
def _every(raw: dict[str, Any], context: Context) -> Condition:
    name = collection_of(raw["every"], context.inside("every"))
    inner = context.within(name)
    where = compile_where(raw.get("where"), inner.inside("where"))
    that = compile_condition(raw["that"], inner.inside("that"))

    def judge(facts: Facts) -> Status:
        collection = facts.collection(name)
        seen = [_implied(facts, element, weight, where, that) for element, weight in elements_of(collection)]
        status = logic.every(seen)
        if status is NOT_MET:
            return status
        return status if collection.complete else UNKNOWN

    def worst(facts: Facts) -> Shown:
        shown: tuple[Shown, ...] = ()
        for element, weight in elements_of(facts.lists.get(name, Collection())):
            status = _implied(facts, element, weight, where, that)
            here = that.value(facts.at(element))
            if status is NOT_MET:
                return here
            if status is not NOT_APPLICABLE and here not in shown:
                shown = (*shown, here)
        return Shown("parts", parts=shown[:4]) if shown else Shown("unknown")

    def gap(facts: Facts) -> Number | None:
        elements = facts.lists.get(name, Collection()).items
        meant = [facts.at(one) for one in elements if where(facts.at(one)) is MET]
        return narrowest([that.gap(here) for here in meant if that.judge(here) is not MET])

    return Condition(
        "every",
        judge,
        worst,
        lambda facts: Shown("each", name, parts=(that.threshold(facts),)),
        gap,
        lambda facts: _room_of_each(facts, name, where, that),
    )


def _room_of_each(facts: Facts, name: str, where: Callable[[Facts], Status], that: Condition) -> tuple[Room, ...]:
    """The room of the element that has least; the age of a person is none."""
    if name == "participants":
        return ()
    meant = [facts.at(one) for one in facts.lists.get(name, Collection()).items if where(facts.at(one)) is MET]
    return narrowest_room(that.room(here) for here in meant)


def elements_of(collection: Collection) -> Iterable[tuple[Element, Bounds]]:
    """Each element with how many it stands for."""
    return zip(collection.items, collection.weights, strict=True)


def _implied(
    facts: Facts,
    element: Element,
    weight: Bounds,
    where: Callable[[Facts], Status],
    that: Condition,
) -> Status:
    """If it is meant, does it hold? A group's youngest and oldest are looked at as two persons."""
    if weight == (0, 0):
        return NOT_APPLICABLE
    meant = where(facts.at(element))
    if meant is NOT_MET:
        return NOT_APPLICABLE
    age = element.get("age")
    ends = age if isinstance(age, tuple) and age[0] != age[1] else None
    if ends is None:
        status = that.judge(facts.at(element))
    else:
        low, high = ends
        youngest = (low, high if low is None else low)
        oldest = (high if high is not None else low, high)
        whole: list[Element] = [{**element, "age": youngest}, {**element, "age": oldest}]
        status = logic.every([that.judge(facts.at(one)) for one in whole])
    sure = meant is MET and weight[0] != 0
    return status if sure or status is not NOT_MET else UNKNOWN


@condition_kind(
    "some",
    "Un élément au moins d’une liste (ou « at_least ») remplit une condition.",
    Param("some", "collection", "la liste", required=True),
    Param("that", "condition", "la condition", required=True),
    Param("at_least", "number", "combien d’éléments, 1 si rien n’est dit"),
    WHERE,
    example='condition = "some"\nsome = "organisations"\nthat = { condition = "in", value = "country", list = "ue" }',
)
def _some(raw: dict[str, Any], context: Context) -> Condition:
    name = collection_of(raw["some"], context.inside("some"))
    inner = context.within(name)
    where = compile_where(raw.get("where"), inner.inside("where"))
    that = compile_condition(raw["that"], inner.inside("that"))
    least = whole_number(raw.get("at_least", 1), context.inside("at_least")) or 1

    def counted(facts: Facts) -> Bounds:
        collection = facts.collection(name)
        low, high = 0, 0
        for element, _weight in elements_of(collection):
            here = facts.at(element)
            status = logic.every([where(here), that.judge(here)])
            low += status is MET
            high += status is not NOT_MET
        return (low, high if collection.complete else None)

    def judge(facts: Facts) -> Status:
        low, high = counted(facts)
        if low is not None and low >= least:
            return MET
        return NOT_MET if high is not None and high < least else UNKNOWN

    unit = COLLECTION_UNITS[name]
    wanted = Shown("bounds", parts=(Shown("min", (least, least), unit),))
    return Condition(
        "some",
        judge,
        lambda facts: Shown("number", counted(facts), unit),
        lambda facts: Shown("such", parts=(wanted, that.threshold(facts))),
        room=lambda facts: room_between(counted(facts), {"min": (least, least)}, unit),
    )


@condition_kind(
    "among",
    "Un fait est l’une des valeurs que prend un champ d’une liste (le pays de la rencontre est celui d’un organisme).",
    Param("value", "path", "le fait", required=True),
    Param("of", "element_path", "liste.champ", required=True),
    WHERE,
    example='condition = "every"\nevery = "events"\n'
    'that = { condition = "among", value = "country", of = "organisations.country" }',
)
def _among(raw: dict[str, Any], context: Context) -> Condition:
    field, read = context.reader(raw["value"])
    name, other = element_path(raw["of"], context.inside("of"))
    where = compile_where(raw.get("where"), context.within(name).inside("where"))
    value_of = element_reader(name, other.name)

    def judge(facts: Facts) -> Status:
        wanted = as_counted(field, read(facts))
        collection = facts.collection(name)
        possible = not collection.complete
        for element, _weight in elements_of(collection):
            here = facts.at(element)
            status, value = where(here), as_counted(other, value_of(here))
            if status is MET and value is not None and value == wanted:
                return MET
            possible = possible or (status is not NOT_MET and (value is None or value == wanted))
        return UNKNOWN if possible or wanted is None else NOT_MET

    def values(facts: Facts) -> Shown:
        elements = facts.lists.get(name, Collection()).items
        found = {str(one[other.name]) for one in elements if one.get(other.name) is not None}
        return Shown("values", (tuple(sorted(found)), other))

    return Condition("among", judge, shown_value(field, read), values)
