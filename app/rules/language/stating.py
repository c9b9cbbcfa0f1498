"""Conditions on what a fact says: one word among some, yes or no, several values; and what is not a condition."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from app.rules import logic
from app.rules.facts import Codes
from app.rules.language.conditions import condition_kind
from app.rules.language.filters import any_code, checked_value, code_among, find_list, membership
from app.rules.language.syntax import Condition, Param, Shown
from app.rules.logic import MET, NOT_MET, UNKNOWN, opposite, truth
from app.rules.vocabulary.countries import country_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.rules.facts import Facts, Value
    from app.rules.language.syntax import Context
    from app.rules.logic import Status
    from app.rules.vocabulary.fields import Field

NOTHING_SHOWN = Shown("nothing")


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
        status = logic.every([_MENTIONS[name](value, codes, field) for name, codes in wanted.items()])
        if status is UNKNOWN:
            facts.ask(str(raw["value"]))
        return status

    parts = tuple(Shown(name, (tuple(sorted(codes)), field)) for name, codes in wanted.items())
    return Condition("mentions", judge, shown_value(field, read), lambda _facts: Shown("mentions", parts=parts))


def _any_of(value: Codes, codes: frozenset[str], field: Field) -> Status:
    return any_code(value, code_among(field, codes))


def _all_of(value: Codes, codes: frozenset[str], field: Field) -> Status:
    return logic.every([_any_of(value, frozenset({one}), field) for one in codes])


def _only(value: Codes, codes: frozenset[str], field: Field) -> Status:
    inside = code_among(field, codes)
    status = logic.every([inside(one) for one in value.items])
    return status if status is NOT_MET or (value.complete and value.items) else UNKNOWN


_MENTIONS: dict[str, Callable[[Codes, frozenset[str], Field], Status]] = {
    "any_of": _any_of,
    "all_of": _all_of,
    "none_of": lambda value, codes, field: opposite(_any_of(value, codes, field)),
    "only": _only,
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
    is_place = field.type == "country"

    def judge(facts: Facts) -> Status:
        left, right = read(facts), other(facts)
        if left is None or right is None:
            return UNKNOWN
        return truth(held=(left == right or (is_place and country_of(left) == country_of(right))) is wanted)

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
