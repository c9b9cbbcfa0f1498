"""Numbers that a rule reads or computes: a closed registry. Each may be known only between two bounds."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, cast

from app.rules import numbers
from app.rules.language.syntax import Quantity
from app.rules.numbers import NOTHING, exact, point
from app.rules.units import UNITS, UnknownUnit, factor, meant_by, parse_literal
from app.rules.words import nearest

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.rules.facts import Facts
    from app.rules.language.syntax import Context, Param
    from app.rules.numbers import Bounds, Number


@dataclass(frozen=True, slots=True)
class QuantityKind:
    """A way to make a number. ``name`` is also the key that announces it."""

    name: str
    says: str
    params: tuple[Param, ...]
    example: str
    build: Callable[[dict[str, Any], Context], Quantity]


QUANTITIES: dict[str, QuantityKind] = {}


def quantity_kind(
    name: str, says: str, *params: Param, example: str
) -> Callable[[Callable[[dict[str, Any], Context], Quantity]], Callable[[dict[str, Any], Context], Quantity]]:
    """Register a way to make a number."""

    def register(build: Callable[[dict[str, Any], Context], Quantity]) -> Callable[..., Quantity]:
        QUANTITIES[name] = QuantityKind(name, says, params, example, build)
        return build

    return register


def compile_quantity(raw: object, context: Context) -> Quantity:
    """The number that a rule means: a figure, « 42 jours », the path of a fact, or a table."""
    if isinstance(raw, bool) or raw is None:
        context.fail("il faut ici un nombre.")
    if isinstance(raw, int | Decimal):
        return constant(finite(raw, context), "")
    if isinstance(raw, str):
        return _from_text(raw, context)
    if not isinstance(raw, dict):
        context.fail("il faut ici un nombre, le nom d’un fait, ou une table { … }.")
    heads = [key for key in raw if key in QUANTITIES]
    if len(heads) != 1:
        first = next(iter(raw), "")
        hint = nearest(str(first), QUANTITIES) if not heads else f" Ici il y en a {len(heads)}."
        context.fail(f"une quantité s’écrit avec un seul de ces mots : {', '.join(QUANTITIES)}.{hint}")
    kind = QUANTITIES[heads[0]]
    context.table(raw, kind.params)
    return kind.build(raw, context)


def finite(raw: Decimal | Number, context: Context) -> Number:
    """An ordinary number, exactly."""
    if (isinstance(raw, Decimal) and not raw.is_finite()) or not -_MOST < raw < _MOST:
        context.fail("il faut ici un nombre ordinaire.")
    return exact(raw)


_MOST = 10**15


def constant(value: Number, unit: str) -> Quantity:
    """A figure written in the rule."""
    known = point(value)
    return Quantity(lambda _facts: known, unit, constant=value)


def _from_text(text: str, context: Context) -> Quantity:
    try:
        literal = parse_literal(text)
    except UnknownUnit as error:
        context.fail(f"« {error} » n’est pas une unité.{nearest(meant_by(str(error)) or str(error), UNITS)}")
    if literal is not None:
        value, unit = literal
        value = finite(value, context)
        if unit == "%":
            return constant(exact(value * cast("Number", factor("%", ""))), "%")
        return constant(value, unit)
    found, read = context.reader(text)
    if found.type not in ("number", "age"):
        context.fail(f"« {text} » n’est pas un nombre.")

    def bounds(facts: Facts) -> Bounds:
        value = read(facts)
        if value is None:
            return NOTHING
        return value if isinstance(value, tuple) else (value, value)  # type: ignore[return-value]  # a number

    path = "" if context.collection and context.words.element(context.collection, text) else text
    return Quantity(bounds, found.unit, path=path)


def in_unit(quantity: Quantity, unit: str, context: Context) -> Quantity:
    """The same quantity in the unit of what it is compared or added to."""
    if unit == "%" and not quantity.unit:
        return quantity
    by = factor(quantity.unit, unit) if quantity.unit != "%" else (1 if unit in ("", "%") else None)
    if by is None:
        context.fail(f"des {quantity.unit or 'nombres'} ne se comparent pas à des {unit or 'nombres'}.")
    if by == 1:
        return quantity
    if quantity.constant is not None:
        return constant(exact(quantity.constant * by), unit)
    scale = point(by)
    return Quantity(lambda facts: numbers.times(quantity.read(facts), scale), unit)


def several(raw: object, context: Context, *, same_unit: bool = True) -> list[Quantity]:
    """A list of quantities, in the unit of the first that has one."""
    if not isinstance(raw, list) or not raw:
        context.fail("il faut ici une liste de quantités [ …, … ].")
    read = [compile_quantity(one, context.inside(rank)) for rank, one in enumerate(raw)]
    if not same_unit:
        return read
    unit = common_unit(read)
    return [in_unit(one, unit, context.inside(rank)) for rank, one in enumerate(read)]


def common_unit(read: list[Quantity]) -> str:
    """The unit of the first quantity that has one."""
    return next((one.unit for one in read if one.unit), "")


def remembered(read: Callable[[Facts], Bounds], *key: object) -> Callable[[Facts], Bounds]:
    """Look only once at a list of the facts, however many editions ask the same."""
    name = ""  # written when it is first asked for: most editions are read and not asked

    def bounds(facts: Facts) -> Bounds:
        nonlocal name
        if facts.asked is not None or facts.element is not None:
            return read(facts)
        name = name or repr(key)
        found = facts.memo.get(name)
        if found is None:
            found = facts.memo[name] = read(facts)
        return cast("Bounds", found)

    return bounds
