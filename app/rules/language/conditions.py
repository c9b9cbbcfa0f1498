"""The closed registry of conditions, and those on numbers, words and truth."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from app.rules import logic
from app.rules.facts import Codes
from app.rules.language.filters import any_code, checked_value, find_list, membership
from app.rules.language.quantities import compile_quantity, in_unit
from app.rules.language.syntax import Condition, Param, Shown
from app.rules.logic import MET, NOT_MET, UNKNOWN, opposite, truth
from app.rules.words import nearest

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from app.rules.facts import Facts, Value
    from app.rules.language.syntax import Context, Quantity
    from app.rules.logic import Status
    from app.rules.numbers import Bounds, Number
    from app.rules.vocabulary.fields import Field


@dataclass(frozen=True, slots=True)
class ConditionKind:
    """A kind of condition. ``says`` and ``example`` go to the documentation."""

    name: str
    says: str
    params: tuple[Param, ...]
    example: str
    build: Callable[[dict[str, Any], Context], Condition]


CONDITIONS: dict[str, ConditionKind] = {}
NOTHING_SHOWN = Shown("nothing")


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
        asked = {key: value for key, value in raw.items() if key not in besides}
        return replace(made, judge=_remembered(made.judge, repr((asked, context.zone))))
    return made


_QUICK = ("between", "is", "in", "not_in", "note", "unwritten", "mentions")


def _remembered(judge: Callable[[Facts], Status], key: str) -> Callable[[Facts], Status]:
    """Judge only once what many editions ask of the same project."""

    def judged(facts: Facts) -> Status:
        if facts.asked is not None:
            return judge(facts)
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
    )


def bounds_gap(value: Bounds, bounds: Mapping[str, Bounds]) -> Number | None:
    """How far inside all of these bounds a known number is; None where something is not known."""
    gaps: list[Number] = []
    for name, (low, high) in bounds.items():
        if value[0] is None or value[0] != value[1] or low is None or low != high:
            return None
        above, below = value[0] - low, low - value[0]
        gaps += {"min": [above], "above": [above], "max": [below], "below": [below]}.get(name, [above, below])
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


def shown_value(field: Field, read: Callable[[Facts], Value | None]) -> Callable[[Facts], Shown]:
    """How a fact is shown."""

    def value(facts: Facts) -> Shown:
        known = read(facts)
        if known is None:
            return Shown("unknown")
        if isinstance(known, tuple):
            return Shown("number", known, field.unit)
        if isinstance(known, Codes):
            return Shown("codes", (tuple(sorted(known.items)), field))
        if field.type == "number":
            return Shown("number", (known, known), field.unit)
        return Shown(
            {"yes_no": "yes_no", "when": "when"}.get(field.type, "code"),
            known if field.type in ("yes_no", "when") else (known, field),
        )

    return value


def _membership(raw: dict[str, Any], context: Context, *, negative: bool) -> Condition:
    field, read = context.reader(raw["value"])
    if ("values" in raw) == ("list" in raw):
        context.fail("il faut « values » ou « list », et l’un des deux seulement.")
    key = "values" if "values" in raw else "list"
    test = membership(field, raw[key], context.inside(key))

    def general(facts: Facts) -> Status:
        value = read(facts)
        if value is None:
            return UNKNOWN
        return opposite(test(facts, value)) if negative else test(facts, value)

    judge: Callable[[Facts], Status] = general
    if key == "list":
        named = find_list(raw["list"], context.inside("list"))
        wanted = Shown("list", (named.id, named.title))
    else:
        wanted = Shown("values", (tuple(raw["values"]), field))
        if field.type in ("code", "text") and "." in raw["value"]:
            judge = _among_words(raw["value"], frozenset(raw["values"]), negative=negative)
    name = "not_in" if negative else "in"
    return Condition(name, judge, shown_value(field, read), lambda _facts: Shown(name, parts=(wanted,)))


def _among_words(path: str, wanted: frozenset[str], *, negative: bool) -> Callable[[Facts], Status]:
    """The usual case, faster: one word among some."""
    inside, outside = (NOT_MET, MET) if negative else (MET, NOT_MET)

    def judge(facts: Facts) -> Status:
        value = facts.flat.get(path)
        if value is None:
            facts.ask(path)
            return UNKNOWN
        return inside if value in wanted else outside

    return judge


_MEMBER_PARAMS = (
    Param("value", "path", "le fait", required=True),
    Param("values", "values", "les valeurs"),
    Param("list", "list", "le nom d’une liste de funding_rules/lists, lue au jour du dépôt"),
)


@condition_kind(
    "in",
    "Un fait est l’une des valeurs données, ou figure sur une liste nommée et datée.",
    *_MEMBER_PARAMS,
    example='condition = "in"\nvalue = "applicant.kind"\nvalues = ["commune", "twinning_committee"]',
)
def _in(raw: dict[str, Any], context: Context) -> Condition:
    return _membership(raw, context, negative=False)


@condition_kind(
    "not_in",
    "Un fait n’est aucune des valeurs données, ou ne figure pas sur une liste (liste négative).",
    *_MEMBER_PARAMS,
    example='condition = "not_in"\nvalue = "project.target_country"\nlist = "jeunesse-v-exclus"',
)
def _not_in(raw: dict[str, Any], context: Context) -> Condition:
    return _membership(raw, context, negative=True)


@condition_kind(
    "is",
    "Un fait par oui ou par non a la valeur demandée (interdiction : is = false).",
    Param("value", "path", "le fait", required=True),
    Param("is", "yes_no", "true ou false", required=True),
    example='condition = "is"\nvalue = "project.has_online_activities"\nis = false',
)
def _is(raw: dict[str, Any], context: Context) -> Condition:
    field, read = context.reader(raw["value"])
    if field.type != "yes_no":
        context.inside("value").fail(f"« {raw['value']} » n’est pas un fait par oui ou par non.")
    wanted = checked_value(field, raw["is"], context.inside("is"))

    def judge(facts: Facts) -> Status:
        value = read(facts)
        if value is None:
            return UNKNOWN
        return MET if value is wanted else NOT_MET

    return Condition("is", judge, shown_value(field, read), lambda _facts: Shown("yes_no", wanted))


@condition_kind(
    "mentions",
    "Ce que contient un fait à plusieurs valeurs : l’une de, toutes, aucune, ou seulement.",
    Param("value", "path", "le fait", required=True),
    Param("any_of", "values", "au moins l’une de ces valeurs"),
    Param("all_of", "values", "toutes ces valeurs"),
    Param("none_of", "values", "aucune de ces valeurs"),
    Param("only", "values", "rien d’autre que ces valeurs"),
    example='condition = "mentions"\nvalue = "project.activities"\nnone_of = ["tourism", "study_trip"]',
)
def _mentions(raw: dict[str, Any], context: Context) -> Condition:
    field, read = context.reader(raw["value"])
    if field.type not in ("codes", "countries"):
        context.inside("value").fail(f"« {raw['value']} » n’a qu’une valeur : employez « in » ou « not_in ».")
    wanted = {}
    for name in ("any_of", "all_of", "none_of", "only"):
        if name in raw:
            here = context.inside(name)
            values = raw[name] if isinstance(raw[name], list) else here.fail("il faut une liste de valeurs.")
            wanted[name] = frozenset(str(checked_value(field, one, here)) for one in values)
    if not wanted:
        context.fail("« mentions » attend any_of, all_of, none_of ou only.")

    def judge(facts: Facts) -> Status:
        value = read(facts)
        if not isinstance(value, Codes):
            return UNKNOWN
        status = logic.every([_MENTIONS[name](value, codes) for name, codes in wanted.items()])
        if status is UNKNOWN:
            facts.ask(str(raw["value"]))
        return status

    parts = tuple(Shown(name, (tuple(sorted(codes)), field)) for name, codes in wanted.items())
    return Condition("mentions", judge, shown_value(field, read), lambda _facts: Shown("mentions", parts=parts))


_MENTIONS: dict[str, Callable[[Codes, frozenset[str]], Status]] = {
    "any_of": lambda value, codes: any_code(value, value.items & codes),
    "all_of": lambda value, codes: MET if codes <= value.items else any_code(value, None),
    "none_of": lambda value, codes: opposite(any_code(value, value.items & codes)),
    "only": lambda value, codes: (
        NOT_MET if value.items - codes else (MET if value.complete and value.items else UNKNOWN)
    ),
}


@condition_kind(
    "same",
    "Deux faits sont égaux (ou, avec is = false, différents).",
    Param("value", "path", "un fait", required=True),
    Param("as", "path", "l’autre fait", required=True),
    Param("is", "yes_no", "false pour « différents »"),
    example='condition = "same"\nvalue = "applicant.country"\nas = "project.target_country"\nis = false',
)
def _same(raw: dict[str, Any], context: Context) -> Condition:
    field, read = context.reader(raw["value"])
    _other, other = context.reader(raw["as"])
    wanted = raw.get("is", True)

    def judge(facts: Facts) -> Status:
        left, right = read(facts), other(facts)
        if left is None or right is None:
            return UNKNOWN
        return truth(held=(left == right) is wanted)

    return Condition("same", judge, shown_value(field, read), shown_value(field, other))


@condition_kind(
    "note",
    "Une information qui n’est pas une condition ; elle ne change rien au verdict.",
    example='condition = "note"',
)
def _note(_raw: dict[str, Any], _context: Context) -> Condition:
    return Condition(
        "note", lambda _facts: logic.NOT_APPLICABLE, lambda _facts: NOTHING_SHOWN, lambda _facts: NOTHING_SHOWN
    )


@condition_kind(
    "unwritten",
    "La règle existe, mais son texte ou son chiffre n’a pas été trouvé : le verdict est « à vérifier ».",
    Param("ask", "text", "à qui ou à quoi le demander"),
    example='condition = "unwritten"\nask = "le guide du programme"',
)
def _unwritten(raw: dict[str, Any], context: Context) -> Condition:
    ask = raw.get("ask", "")
    if not isinstance(ask, str):
        context.inside("ask").fail("il faut ici un texte.")

    def judge(facts: Facts) -> Status:
        facts.ask("rule:")
        return UNKNOWN

    return Condition("unwritten", judge, lambda _facts: Shown("unknown"), lambda _facts: Shown("unwritten", ask))
