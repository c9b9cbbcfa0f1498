"""Quantities made of others, of dates, or read in a table."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from app.rules import numbers, when
from app.rules.language.conditions import compile_condition
from app.rules.language.quantities import common_unit, compile_quantity, in_unit, quantity_kind, remembered, several
from app.rules.language.syntax import Param, Quantity
from app.rules.logic import MET, NOT_MET
from app.rules.numbers import NOTHING
from app.rules.units import MONEY
from app.rules.vocabulary.countries import country_of
from app.rules.when import When
from app.rules.words import nearest

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.rules.facts import Facts, Value
    from app.rules.language.syntax import Context
    from app.rules.numbers import Bounds, Number
    from app.rules.scales import Table


def _list_param(name: str) -> Param:
    return Param(name, "quantities", "les quantités", required=True)


@quantity_kind(
    "sum", "Une addition.", _list_param("sum"), example='{ sum = ["money.requested", "money.other_income"] }'
)
def _sum(raw: dict[str, Any], context: Context) -> Quantity:
    read = several(raw["sum"], context.inside("sum"))

    def bounds(facts: Facts) -> Bounds:
        total: Bounds = (0, 0)
        for one in read:
            total = numbers.plus(total, one.read(facts))
        return total

    return Quantity(bounds, common_unit(read))


@quantity_kind(
    "difference",
    "Une soustraction : la première moins la seconde.",
    Param("difference", "quantities", "deux quantités", required=True),
    example='{ difference = ["days", "travel_days"] }',
)
def _difference(raw: dict[str, Any], context: Context) -> Quantity:
    left, right = _two(raw["difference"], context.inside("difference"))
    return Quantity(lambda facts: numbers.minus(left.read(facts), right.read(facts)), left.unit or right.unit)


@quantity_kind(
    "product",
    "Une multiplication (taux × quantité, plafond par an × années).",
    _list_param("product"),
    example='{ product = ["30000 EUR", { largest = ["1 ans", { years = "project" }] }] }',
)
def _product(raw: dict[str, Any], context: Context) -> Quantity:
    read = several(raw["product"], context.inside("product"), same_unit=False)
    units = [one.unit for one in read if one.unit not in ("", "%")]
    unit = next((unit for unit in units if unit in MONEY), units[0] if units else "")

    def bounds(facts: Facts) -> Bounds:
        total: Bounds = (1, 1)
        for one in read:
            total = numbers.times(total, one.read(facts))
        return total

    return Quantity(bounds, unit)


@quantity_kind(
    "quotient",
    "Une division ; de deux mêmes unités, une part.",
    Param("quotient", "quantities", "deux quantités", required=True),
    example='{ quotient = ["money.own_in_kind", "money.own_contribution"] }',
)
def _quotient(raw: dict[str, Any], context: Context) -> Quantity:
    read = several(raw["quotient"], context.inside("quotient"), same_unit=False)
    if len(read) != len(("dividend", "divisor")):
        context.fail("« quotient » attend deux quantités.")
    left, right = read
    unit = "%" if left.unit == right.unit else left.unit
    return Quantity(lambda facts: numbers.over(left.read(facts), right.read(facts)), unit)


def _two(raw: object, context: Context) -> tuple[Quantity, Quantity]:
    read = several(raw, context)
    if len(read) != len(("first", "second")):
        context.fail("il faut ici deux quantités.")
    return read[0], read[1]


@quantity_kind(
    "told",
    "Un fait tel qu’il est dit ; sinon, ce qui se calcule.",
    Param("told", "path", "le fait", required=True),
    Param("otherwise", "quantity", "ce qui se calcule quand le fait n’est pas dit", required=True),
    example='{ told = "money.real_travel_cost", otherwise = { total = "journeys", of = "real_cost" } }',
)
def _told(raw: dict[str, Any], context: Context) -> Quantity:
    fact = compile_quantity(raw["told"], context.inside("told"))
    computed = compile_quantity(raw["otherwise"], context.inside("otherwise"))

    def bounds(facts: Facts) -> Bounds:
        known = fact.read(facts)
        return computed.read(facts) if known == NOTHING and not facts.doubting else known

    return Quantity(bounds, common_unit([fact, computed]))


@quantity_kind(
    "smallest",
    "La plus petite de plusieurs quantités (le minimum de deux plafonds).",
    _list_param("smallest"),
    example='{ smallest = ["200000 EUR", { share = "80 %", of = "money.total_cost" }] }',
)
def _smallest(raw: dict[str, Any], context: Context) -> Quantity:
    read = several(raw["smallest"], context.inside("smallest"))
    return Quantity(lambda facts: numbers.smallest([one.read(facts) for one in read]), common_unit(read))


@quantity_kind(
    "largest",
    "La plus grande de plusieurs quantités (la plus favorable de plusieurs formules).",
    _list_param("largest"),
    example='{ largest = [{ share = "60 %", of = "money.total_cost" }, "answers.rate_by_part"] }',
)
def _largest(raw: dict[str, Any], context: Context) -> Quantity:
    read = several(raw["largest"], context.inside("largest"))
    return Quantity(lambda facts: numbers.largest([one.read(facts) for one in read]), common_unit(read))


@quantity_kind(
    "share",
    "Une part d’une autre quantité : 80 % des coûts éligibles (et non du total).",
    Param("share", "quantity", "la part, par exemple « 80 % »", required=True),
    Param("of", "quantity", "la base", required=True),
    example='{ share = "80 %", of = "money.eligible_cost" }',
)
def _share(raw: dict[str, Any], context: Context) -> Quantity:
    share = compile_quantity(raw["share"], context.inside("share"))
    if share.unit != "%":
        context.inside("share").fail("« share » attend une part, par exemple « 80 % ».")
    base = compile_quantity(raw["of"], context.inside("of"))
    if share.constant is not None and share.constant >= 0:
        return Quantity(_scaled(base.read, Fraction(share.constant)), base.unit)
    return Quantity(lambda facts: numbers.times(share.read(facts), base.read(facts)), base.unit)


def _scaled(read: Callable[[Facts], Bounds], share: Fraction) -> Callable[[Facts], Bounds]:
    """A fixed share of a number, without building fractions where whole numbers do."""
    part, whole = share.numerator, share.denominator

    def scale(value: Number) -> Number:
        quotient, rest = divmod(value * part, whole)
        return quotient if rest == 0 else value * share

    def bounds(facts: Facts) -> Bounds:
        low, high = read(facts)
        if low is None or low == high:
            return (low, None if high is None else scale(high)) if low is None else (scale(low),) * 2
        return (scale(low), None if high is None else scale(high))

    return bounds


def _length(raw: dict[str, Any], context: Context, *, head: str) -> Quantity:
    """The length of the project, or of the event looked at; told as such, or from its days."""
    what = raw[head]
    if what == "event" and context.collection != "events":
        context.fail('« event » ne vaut que pour chaque rencontre : every = "events".')
    if what not in ("project", "event"):
        context.inside(head).fail(f'« {head} » attend "project" ou "event".{nearest(str(what), ["project", "event"])}')
    prefix = "" if what == "event" else "project."
    start, end = (context.reader(f"{prefix}{name}")[1] for name in ("start", "end"))
    told = {("days", "event"): "days", ("months", "project"): "project.months", ("years", "project"): "project.months"}
    stated = told.get((head, what))
    reads = context.reader(stated)[1] if stated else None
    zone = context.zone

    def bounds(facts: Facts) -> Bounds:
        asked = None if facts.asked is None else len(facts.asked)
        known = _period(head, start(facts), end(facts), zone)
        if reads is not None and not numbers.is_exact(known):
            length = reads(facts)
            if length is not None:
                scale = 12 if head == "years" else 1
                told = _nearly(length) if facts.doubting and head != "days" else numbers.point(length)  # type: ignore[arg-type]
                known = numbers.over(told, numbers.point(scale))
                if facts.doubting:
                    return known
                if asked is not None and facts.asked is not None:
                    del facts.asked[asked:]
        return known

    read = bounds if context.collection else remembered(bounds, head, what, zone)
    return Quantity(read, {"days": "jours", "months": "mois", "years": "ans"}[head])


def _nearly(months: Number) -> Bounds:
    """A told number of months, and what days that go with it may make of it: less than a month more or less."""
    return (numbers.exact(max(Fraction(0), months - _NEARLY)), numbers.exact(months + _NEARLY))


_NEARLY = Fraction(999, 1000)


def _period(head: str, start: Value | None, end: Value | None, zone: str) -> Bounds:
    if not isinstance(start, When) or not isinstance(end, When):
        return NOTHING
    first, last = start.days(zone), end.days(zone)
    shortest, longest = (first[1], last[0]), (first[0], last[1])
    if shortest[1] < shortest[0]:
        shortest = (shortest[0], shortest[0])
    if head == "days":
        return (when.length_in_days(*shortest), when.length_in_days(*longest))
    scale = numbers.point(12 if head == "years" else 1)
    return numbers.over((when.length_in_months(*shortest), when.length_in_months(*longest)), scale)


def _register_length(head: str, unit: str) -> None:
    @quantity_kind(
        head,
        f"La durée en {unit} du projet (« project ») ou de la rencontre regardée (« event »), bornes comprises.",
        Param(head, "period", "« project » ou « event »", required=True),
        example=f'{{ {head} = "project" }}',
    )
    def _build(raw: dict[str, Any], context: Context) -> Quantity:
        return _length(raw, context, head=head)


_register_length("days", "jours")
_register_length("months", "mois")
_register_length("years", "ans")


@quantity_kind(
    "from",
    "Le temps qui sépare deux dates (délai avant le début, après la fin, ancienneté).",
    Param("from", "path", "la première date", required=True),
    Param("to", "path", "la seconde date", required=True),
    Param("in", "unit", "« jours », « mois » ou « ans »", required=True),
    example='{ from = "submission.date", to = "project.start", in = "jours" }',
)
def _gap(raw: dict[str, Any], context: Context) -> Quantity:
    start, end = (when_reader(raw[name], context.inside(name)) for name in ("from", "to"))
    unit, zone = raw["in"], context.zone
    if unit not in ("jours", "mois", "ans"):
        context.inside("in").fail("« in » attend « jours », « mois » ou « ans ».")

    def bounds(facts: Facts) -> Bounds:
        first, last = start(facts), end(facts)
        if first is None or last is None:
            return NOTHING
        (a, b), (c, d) = first.days(zone), last.days(zone)
        if unit == "jours":
            return ((c - b).days, (d - a).days)
        scale = 12 if unit == "ans" else 1
        low, high = (numbers.exact(when.months_between(x, y)) for x, y in ((b, c), (a, d)))
        return (_divided(low, scale), _divided(high, scale))

    read = bounds if context.collection else remembered(bounds, raw["from"], raw["to"], unit, zone)
    return Quantity(read, unit)


@quantity_kind(
    "year",
    "L’année d’une date.",
    Param("year", "path", "la date", required=True),
    example='{ year = "project.start" }',
)
def _year(raw: dict[str, Any], context: Context) -> Quantity:
    read, zone = when_reader(raw["year"], context.inside("year")), context.zone

    def bounds(facts: Facts) -> Bounds:
        known = read(facts)
        if known is None:
            return NOTHING
        first, last = known.days(zone)
        return (first.year, last.year)

    return Quantity(bounds, "année")


def _divided(value: Number, by: int) -> Number:
    return numbers.exact(Fraction(value) / by)


def when_reader(path: object, context: Context) -> Callable[[Facts], When | None]:
    """Reads a date."""
    found, read = context.reader(path)
    if found.type != "when":
        context.fail(f"« {path} » n’est pas une date.")

    def value(facts: Facts) -> When | None:
        known = read(facts)
        return known if isinstance(known, When) else None

    return value


@quantity_kind(
    "cases",
    "La valeur du premier cas qui convient (plafond par pays, lieu, année). Le dernier peut être sans « when ».",
    Param("cases", "cases", "des tables { when = condition, value = quantité }", required=True),
    example='{ cases = [{ when = { condition = "in", value = "applicant.territory", '
    'values = ["overseas", "corsica"] }, value = "11500 EUR" }, { value = "10000 EUR" }] }',
)
def _cases(raw: dict[str, Any], context: Context) -> Quantity:
    here = context.inside("cases")
    if not isinstance(raw["cases"], list) or not raw["cases"]:
        here.fail("« cases » attend une liste de tables { when, value }.")
    params = (Param("when", "condition", "quand"), Param("value", "quantity", "la valeur", required=True))
    tables = [here.inside(rank).table(one, params) for rank, one in enumerate(raw["cases"])]
    values = several([one["value"] for one in tables], here)
    tests = [
        compile_condition(one["when"], here.inside(rank, "when")).judge if "when" in one else None
        for rank, one in enumerate(tables)
    ]

    def bounds(facts: Facts) -> Bounds:
        possible = []
        for test, value in zip(tests, values, strict=True):
            status = MET if test is None else test(facts)
            if status is NOT_MET:
                continue
            possible.append(value.read(facts))
            if status is MET:
                return numbers.hull(possible)
        return NOTHING

    return Quantity(bounds, common_unit(values))


@quantity_kind(
    "band",
    "La valeur d’un barème par tranche, bornes comprises ; le barème est une table [tables.nom] du fichier.",
    Param("band", "quantity", "ce qui se cherche dans le barème", required=True),
    Param("table", "table", "le nom du barème", required=True),
    example='{ band = "km", table = "travel-standard" }',
)
def _band(raw: dict[str, Any], context: Context) -> Quantity:
    value = compile_quantity(raw["band"], context.inside("band"))
    table = _table(raw["table"], context.inside("table"))
    value = in_unit(value, value.unit, context)

    def bounds(facts: Facts) -> Bounds:
        low, high = value.read(facts)
        if not table.rows:
            facts.ask(f"table:{table.id}")
            return NOTHING
        found = [
            row.value
            for row in table.rows
            if (high is None or row.low <= high) and (row.high is None or low is None or row.high >= low)
        ]
        if low is None and high is None:
            return NOTHING
        return numbers.hull([numbers.point(one) for one in found]) if found else NOTHING

    return Quantity(bounds, table.unit, scale=(value, table))


@quantity_kind(
    "lookup",
    "La valeur d’un barème par mot (par pays, par catégorie) ; le barème est une table [tables.nom] du fichier.",
    Param("lookup", "path", "le fait qui se cherche dans le barème", required=True),
    Param("table", "table", "le nom du barème", required=True),
    example='{ lookup = "country", table = "daily-rate" }',
)
def _lookup(raw: dict[str, Any], context: Context) -> Quantity:
    _field, read = context.reader(raw["lookup"])
    table = _table(raw["table"], context.inside("table"))

    def bounds(facts: Facts) -> Bounds:
        if not table.by_word:
            facts.ask(f"table:{table.id}")
            return NOTHING
        word = read(facts)
        found = table.by_word.get(word, table.by_word.get(str(country_of(word)))) if isinstance(word, str) else None
        return NOTHING if found is None else numbers.point(found)

    return Quantity(bounds, table.unit)


def _table(name: object, context: Context) -> Table:
    if name not in context.tables:
        context.fail(f"« {name} » n’est pas un barème de ce fichier.{nearest(str(name), context.tables)}")
    return context.tables[str(name)]
