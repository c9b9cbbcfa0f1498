"""Quantities over lists: how many, how many different, how much in all. An incomplete list proves a minimum only."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from app.rules import numbers
from app.rules.facts import Codes
from app.rules.language.filters import compile_where
from app.rules.language.quantities import compile_quantity, quantity_kind, remembered
from app.rules.language.syntax import Param, Quantity, element_reader
from app.rules.logic import MET, NOT_MET
from app.rules.numbers import NOTHING
from app.rules.vocabulary.countries import country_of
from app.rules.vocabulary.fields import COLLECTION_UNITS, COLLECTIONS
from app.rules.words import nearest

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.rules.facts import Collection, Facts, Value
    from app.rules.language.syntax import Context
    from app.rules.logic import Status
    from app.rules.numbers import Bounds, Number
    from app.rules.vocabulary.fields import Field

WHERE = Param("where", "where", "lesquels compter")
Where = "Callable[[Facts], Status]"


def collection_of(raw: object, context: Context) -> str:
    """The name of a list of the facts."""
    if not isinstance(raw, str) or raw not in COLLECTIONS:
        said = str(raw)[:60]
        context.fail(f"« {said} » n’est pas une liste de faits.{nearest(said, COLLECTIONS)}")
    context.used_paths.add(raw)
    return raw


@quantity_kind(
    "count",
    "Combien d’éléments d’une liste (ou de personnes), avec un filtre facultatif.",
    Param("count", "collection", "la liste", required=True),
    WHERE,
    example='{ count = "participants", where = { invited = true } }',
)
def _count(raw: dict[str, Any], context: Context) -> Quantity:
    name = collection_of(raw["count"], context.inside("count"))
    where = compile_where(raw.get("where"), context.within(name).inside("where"))
    stated = _stated(name, raw.get("where"))

    def read(facts: Facts) -> Bounds:
        counted = count_in(facts, facts.collection(name), where, name)
        told = facts.flat.get(stated) if stated else None
        return counted if told is None else numbers.common(counted, numbers.point(cast("Number", told)))

    return Quantity(remembered(read, "count", name, raw.get("where"), context.zone), COLLECTION_UNITS[name])


def _stated(name: str, where: object) -> str:
    """Two counts of participants may be told as such."""
    if name != "participants":
        return ""
    return {"None": "participants.total", "{'invited': True}": "participants.invited"}.get(str(where), "")


def count_in(facts: Facts, collection: Collection, where: Callable[[Facts], Status], name: str) -> Bounds:
    """How many of a list are meant."""
    low: Number = 0
    high: Number | None = 0
    outside: Number = 0
    here = facts.scope()
    for element, weight in zip(collection.items, collection.weights, strict=True):
        here.element = element
        status = where(here)
        if status is NOT_MET:
            outside += weight[0] or 0
            continue
        if weight[1] is None:
            facts.ask(f"{name}.count")
        low = low + (weight[0] or 0) if status is MET else low
        high = None if high is None or weight[1] is None else high + weight[1]
    total = facts.flat.get("participants.total") if name == "participants" else None
    if not collection.complete:
        high = None
    if total is not None:
        left = cast("Number", total) - outside
        high = left if high is None else min(high, left)
    return (low, high)


@quantity_kind(
    "distinct",
    "Combien de valeurs différentes d’un champ.",
    Param("distinct", "element_path", "liste.champ", required=True),
    WHERE,
    example='{ distinct = "organisations.country", where = { country = { in = "ue" } } }',
)
def _distinct(raw: dict[str, Any], context: Context) -> Quantity:
    name, field = element_path(raw["distinct"], context.inside("distinct"))
    inner = context.within(name)
    where = compile_where(raw.get("where"), inner.inside("where"))
    value_of = element_reader(name, field.name)

    def read(facts: Facts) -> Bounds:
        collection = facts.collection(name)
        sure: set[object] = set()
        possible: set[object] = set()
        unknown = 0
        here = facts.scope()
        for element, weight in zip(collection.items, collection.weights, strict=True):
            here.element = element
            status = where(here)
            if status is NOT_MET or weight == (0, 0):
                continue
            value = as_counted(field, value_of(here))
            several = value.items if isinstance(value, Codes) else {value}
            unknown += value is None
            if status is MET and weight[0] != 0:
                sure |= several - {None}
            possible |= several - {None}
        return (len(sure), len(possible) + unknown if collection.complete else None)

    unit = "pays" if field.type == "country" else "valeurs"
    return Quantity(remembered(read, "distinct", raw["distinct"], raw.get("where"), context.zone), unit)


@quantity_kind(
    "values",
    "Combien de valeurs a un fait à plusieurs valeurs ; une liste incomplète en prouve au moins tant.",
    Param("values", "path", "le fait", required=True),
    example='{ values = "project.countries" }',
)
def _values(raw: dict[str, Any], context: Context) -> Quantity:
    field, value_of = context.reader(raw["values"])
    if field.type not in ("codes", "countries"):
        context.inside("values").fail(f"« {raw['values']} » n’a qu’une valeur.")

    def read(facts: Facts) -> Bounds:
        value = value_of(facts)
        if not isinstance(value, Codes):
            return NOTHING
        if not value.complete:
            facts.ask(str(raw["values"]))
        return (len(value.items), len(value.items) if value.complete else None)

    return Quantity(read, "pays" if field.type == "countries" else "valeurs")


def as_counted(field: Field, value: Value | None) -> Value | None:
    """A value among others: of a place, its country."""
    return country_of(value) if field.type == "country" else value  # type: ignore[return-value]  # a text stays one


def element_path(raw: object, context: Context) -> tuple[str, Field]:
    """A list of the facts and one of its fields."""
    name, _, field = str(raw).partition(".")
    collection_of(name, context)
    context.used_paths.add(f"{name}.{field}")
    found = context.words.element(name, field)
    if found is None:
        known = [f"{name}.{one.name}" for one in COLLECTIONS[name]]
        context.fail(f"« {raw} » n’est pas un champ de liste.{nearest(str(raw), known)}")
    return name, found


@quantity_kind(
    "total",
    "La somme, sur une liste, d’un champ ou d’une quantité calculée pour chaque élément (fois le nombre de personnes).",
    Param("total", "collection", "la liste", required=True),
    Param("of", "quantity", "ce qui s’additionne, pour chaque élément", required=True),
    WHERE,
    example='{ total = "journeys", of = { product = ["km", "persons", "0.16 EUR"] } }',
)
def _total(raw: dict[str, Any], context: Context) -> Quantity:
    name = collection_of(raw["total"], context.inside("total"))
    inner = context.within(name)
    where = compile_where(raw.get("where"), inner.inside("where"))
    each = compile_quantity(raw["of"], inner.inside("of"))

    def read(facts: Facts) -> Bounds:
        collection = facts.collection(name)
        low: Bounds = (0, 0)
        here = facts.scope()
        for element, weight in zip(collection.items, collection.weights, strict=True):
            here.element = element
            status = where(here)
            if status is NOT_MET:
                continue
            amount = numbers.times(each.read(here), weight)
            least = amount[0] if status is MET else 0
            low = numbers.plus(low, (least or 0, amount[1]))
        return low if collection.complete else (low[0], None)

    return Quantity(remembered(read, "total", str(raw), context.file), each.unit)


def _extreme(raw: dict[str, Any], context: Context, *, head: str) -> Quantity:
    name = collection_of(raw[head], context.inside(head))
    inner = context.within(name)
    where = compile_where(raw.get("where"), inner.inside("where"))
    each = compile_quantity(raw["of"], inner.inside("of"))
    pick = numbers.smallest if head == "least" else numbers.largest

    def read(facts: Facts) -> Bounds:
        collection = facts.collection(name)
        sure, possible = [], []
        for element in collection.items:
            here = facts.at(element)
            status = where(here)
            if status is MET:
                sure.append(each.read(here))
            elif status is not NOT_MET:
                possible.append(each.read(here))
        if not sure and not possible:
            return NOTHING
        known = pick(sure) if sure else NOTHING
        if possible:
            known = numbers.hull([pick([*sure, *possible]), known]) if sure else NOTHING
        if collection.complete:
            return known
        return (None, known[1]) if head == "least" else (known[0], None)

    return Quantity(read, each.unit)


_EXTREME_PARAMS = (Param("of", "quantity", "ce qui se compare, pour chaque élément", required=True), WHERE)


@quantity_kind(
    "least",
    "La plus petite valeur, sur une liste.",
    Param("least", "collection", "la liste", required=True),
    *_EXTREME_PARAMS,
    example='{ least = "events", of = { days = "event" } }',
)
def _least(raw: dict[str, Any], context: Context) -> Quantity:
    return _extreme(raw, context, head="least")


@quantity_kind(
    "most",
    "La plus grande valeur, sur une liste.",
    Param("most", "collection", "la liste", required=True),
    *_EXTREME_PARAMS,
    example='{ most = "events", of = { days = "event" } }',
)
def _most(raw: dict[str, Any], context: Context) -> Quantity:
    return _extreme(raw, context, head="most")
