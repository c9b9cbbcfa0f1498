"""The closed registry of conditions, and those on numbers, words and truth."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from app.rules import logic
from app.rules.language.quantities import compile_quantity, in_unit
from app.rules.language.room import room_between
from app.rules.language.syntax import Condition, Param, Shown
from app.rules.logic import MET, NOT_MET, UNKNOWN
from app.rules.numbers import to_the_cent
from app.rules.units import MONEY
from app.rules.words import nearest

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Mapping

    from app.rules.facts import Facts
    from app.rules.language.syntax import Context, Quantity
    from app.rules.logic import Status
    from app.rules.numbers import Bounds, Number


@dataclass(frozen=True, slots=True)
class ConditionKind:
    """A kind of condition. ``says`` and ``example`` go to the documentation."""

    name: str
    says: str
    params: tuple[Param, ...]
    example: str
    build: Callable[[dict[str, Any], Context], Condition]


CONDITIONS: dict[str, ConditionKind] = {}


def condition_kind(
    name: str, says: str, *params: Param, example: str
) -> Callable[[Callable[[dict[str, Any], Context], Condition]], Callable[[dict[str, Any], Context], Condition]]:
    """Register a kind of condition."""

    def register(build: Callable[[dict[str, Any], Context], Condition]) -> Callable[..., Condition]:
        CONDITIONS[name] = ConditionKind(name, says, params, example, build)
        return build

    return register


def compile_condition(raw: object, context: Context, *, besides: frozenset[str] = frozenset()) -> Condition:
    """The condition that a table says; ``besides``: keys of the table that are not the condition's."""
    if not isinstance(raw, dict):
        context.fail('il faut ici une condition { condition = "…", … }.')
    name = raw.get("condition")
    if not isinstance(name, str) or name not in CONDITIONS:
        said = f"« {name} » n’est pas une condition." if name is not None else "il manque « condition »."
        context.inside("condition").fail(f"{said}{nearest(str(name), CONDITIONS)}")
    kind = CONDITIONS[name]
    context.table(raw, kind.params, besides={"condition", *besides})
    made = kind.build(raw, context)
    if name not in _QUICK and not context.collection:
        return judged_by(made, _remembered(made.judge, raw, besides, context.zone))
    return made


def judged_by(made: Condition, judge: Callable[[Facts], Status]) -> Condition:
    """The same condition with another judge; the short way, as a file is read through hundreds of these."""
    other = object.__new__(Condition)
    object.__setattr__(other, "__dict__", made.__dict__ | {"judge": judge})
    return other


_QUICK = ("between", "is", "in", "not_in", "note", "unwritten", "mentions")


def _remembered(
    judge: Callable[[Facts], Status], raw: Mapping[str, Any], besides: Container[str], zone: str
) -> Callable[[Facts], Status]:
    """Judge only once what many editions ask of the same project."""
    key = ""  # written when it is first asked for: most editions are read and not asked

    def judged(facts: Facts) -> Status:
        nonlocal key
        if facts.asked is not None:
            return judge(facts)
        key = key or repr(([(name, value) for name, value in raw.items() if name not in besides], zone))
        found = facts.memo.get(key)
        if found is None:
            found = facts.memo[key] = judge(facts)
        return found  # type: ignore[return-value]  # a state, put there just above

    return judged


def several(raw: object, context: Context) -> list[Condition]:
    """A list of conditions."""
    if not isinstance(raw, list) or not raw:
        context.fail("il faut ici une liste de conditions.")
    return [compile_condition(one, context.inside(rank)) for rank, one in enumerate(raw)]


_BOUNDS = ("min", "max", "above", "below", "equals")


@condition_kind(
    "between",
    "Un nombre est entre des bornes ; chaque borne est un nombre ou une autre quantité.",
    Param("value", "quantity", "le nombre", required=True),
    Param("min", "quantity", "au moins (borne comprise)"),
    Param("max", "quantity", "au plus (borne comprise)"),
    Param("above", "quantity", "plus de (borne exclue)"),
    Param("below", "quantity", "moins de (borne exclue)"),
    Param("equals", "quantity", "exactement"),
    example='condition = "between"\nvalue = "money.requested"\nmin = "8455 EUR"\nmax = "50745 EUR"',
)
def _between(raw: dict[str, Any], context: Context) -> Condition:
    value = compile_quantity(raw["value"], context.inside("value"))
    bounds = {name: compile_quantity(raw[name], context.inside(name)) for name in _BOUNDS if name in raw}
    if not bounds:
        context.fail(f"« between » attend au moins une borne : {', '.join(_BOUNDS)}.")
    bounds = {name: in_unit(bound, value.unit, context.inside(name)) for name, bound in bounds.items()}
    bounds = {name: _payable(bound) if name in ("min", "max") else bound for name, bound in bounds.items()}
    judge = _fixed(value, bounds) or _conjunction([_COMPARES[name](value, bound) for name, bound in bounds.items()])

    def threshold(facts: Facts) -> Shown:
        parts = tuple(Shown(name, bound.read(facts), value.unit or bound.unit) for name, bound in bounds.items())
        return Shown("bounds", parts=parts)

    unit = value.unit or next((bound.unit for bound in bounds.values() if bound.unit), "")
    return Condition(
        "between",
        judge,
        lambda facts: Shown("number", value.read(facts), unit),
        threshold,
        lambda facts: bounds_gap(value.read(facts), {name: bound.read(facts) for name, bound in bounds.items()}),
        lambda facts: room_between(
            value.read(facts), {name: bound.read(facts) for name, bound in bounds.items()}, unit
        ),
    )


def _payable(bound: Quantity) -> Quantity:
    """A sum that is worked out ends at the cent, half up: what is told as a limit is the limit."""
    if bound.unit not in MONEY or bound.constant is not None or bound.path:
        return bound
    read = bound.read

    def payable(facts: Facts) -> Bounds:
        low, high = read(facts)
        return (to_the_cent(low), to_the_cent(high))

    return replace(bound, read=payable)


def bounds_gap(value: Bounds, bounds: Mapping[str, Bounds]) -> Number | None:
    """How far inside all of these bounds a number is, at its worst; None where something is not known.

    A ceiling that hangs on an answer still to come is the lowest it may be, a floor the highest.
    """
    gaps: list[Number] = []
    least, most = value
    for name, (low, high) in bounds.items():
        above = None if least is None or high is None else least - high
        below = None if most is None or low is None else low - most
        sides = {"min": [above], "above": [above], "max": [below], "below": [below]}.get(name, [above, below])
        if least is None or most is None or None in sides:
            return None
        gaps += [side for side in sides if side is not None]
    return min(gaps, default=None)


def _fixed(value: Quantity, bounds: Mapping[str, Quantity]) -> Callable[[Facts], Status] | None:
    """The usual case, faster: figures as bounds, none of them excluded."""
    if set(bounds) - {"min", "max"} or any(bound.constant is None for bound in bounds.values()):
        return None
    least, most = (bounds[name].constant if name in bounds else None for name in ("min", "max"))
    if value.path:
        return _fixed_path(value.path, least, most)
    read = value.read

    def judge(facts: Facts) -> Status:
        low, high = read(facts)
        if (least is not None and high is not None and high < least) or (
            most is not None and low is not None and low > most
        ):
            return NOT_MET
        is_met = (least is None or (low is not None and low >= least)) and (
            most is None or (high is not None and high <= most)
        )
        return MET if is_met else UNKNOWN

    return judge


def _fixed_path(path: str, least: Number | None, most: Number | None) -> Callable[[Facts], Status]:
    def judge(facts: Facts) -> Status:
        value = facts.flat.get(path)
        if value is None:
            facts.ask(path)
            return UNKNOWN
        if (least is not None and value < least) or (most is not None and value > most):  # type: ignore[operator]
            return NOT_MET
        return MET

    return judge


def _conjunction(tests: list[Callable[[Facts], Status]]) -> Callable[[Facts], Status]:
    if len(tests) == 1:
        return tests[0]
    if len(tests) == len(("low", "high")):  # the usual range, faster
        first, second = tests

        def both(facts: Facts) -> Status:
            one = first(facts)
            if one is NOT_MET:
                return one
            other = second(facts)
            return other if one is MET or other is NOT_MET else one

        return both
    return lambda facts: logic.every([test(facts) for test in tests])


def _at_least(value: Quantity, bound: Quantity, *, strict: bool = False) -> Callable[[Facts], Status]:
    read, limit_of, fixed = value.read, bound.read, bound.constant

    def judge(facts: Facts) -> Status:
        low, high = read(facts)
        least, most = (fixed, fixed) if fixed is not None else limit_of(facts)
        if low is not None and most is not None and (low > most if strict else low >= most):
            return MET
        if high is not None and least is not None and (high <= least if strict else high < least):
            return NOT_MET
        return UNKNOWN

    return judge


def _at_most(value: Quantity, bound: Quantity, *, strict: bool = False) -> Callable[[Facts], Status]:
    return _at_least(bound, value, strict=strict) if bound.constant is None else _under(value, bound, strict=strict)


def _under(value: Quantity, bound: Quantity, *, strict: bool) -> Callable[[Facts], Status]:
    read, fixed = value.read, bound.constant

    def judge(facts: Facts) -> Status:
        low, high = read(facts)
        if high is not None and (high < fixed if strict else high <= fixed):  # type: ignore[operator]
            return MET
        if low is not None and (low >= fixed if strict else low > fixed):  # type: ignore[operator]
            return NOT_MET
        return UNKNOWN

    return judge


def _equal(value: Quantity, bound: Quantity) -> Callable[[Facts], Status]:
    return _conjunction([_at_least(value, bound), _at_most(value, bound)])


_COMPARES: dict[str, Callable[[Quantity, Quantity], Callable[[Facts], Status]]] = {
    "min": _at_least,
    "max": _at_most,
    "above": lambda value, bound: _at_least(value, bound, strict=True),
    "below": lambda value, bound: _at_most(value, bound, strict=True),
    "equals": _equal,
}
