"""``where``: which elements of a list are meant."""

from __future__ import annotations

import math
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from app.rules import logic
from app.rules.facts import Codes
from app.rules.language.rounds import of_filing, of_start, of_year, read_rounds
from app.rules.language.syntax import Param, element_reader
from app.rules.logic import MET, NOT_MET, UNKNOWN, opposite, truth
from app.rules.numbers import exact
from app.rules.units import UnknownUnit, factor, parse_literal
from app.rules.vocabulary.countries import FRENCH_NAMES, PARTS, country_of, placed
from app.rules.vocabulary.fields import COLLECTIONS
from app.rules.when import When
from app.rules.words import nearest
from app.shared.folding import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from datetime import date

    from app.rules.facts import Facts, Value
    from app.rules.language.rounds import Round
    from app.rules.language.syntax import Context
    from app.rules.lists import NamedList
    from app.rules.logic import Status
    from app.rules.numbers import Number
    from app.rules.vocabulary.fields import Field

Test = "Callable[[Facts, Value], Status]"
_OWN_SESSION = ("submission.round", "project.start", "submission.date")
PARAMS = (
    Param("in", "values_or_list", "l’une de ces valeurs, ou le nom d’une liste"),
    Param("not_in", "values_or_list", "aucune de ces valeurs, ni de cette liste"),
    Param("min", "number", "au moins"),
    Param("max", "number", "au plus"),
    Param("same_as", "path", "la même valeur que cet autre fait"),
    Param("other_than", "path", "une autre valeur que cet autre fait"),
    Param(
        "rounds",
        "rounds",
        "pour l’appel d’une autre demande (call), avec same_as : les sessions ; si les dates de dépôt et le début du "
        "projet disent qu’elle est d’une autre session, elle l’est, quel que soit son nom",
    ),
)


def compile_where(raw: object, context: Context) -> Callable[[Facts], Status]:
    """A test of the element looked at; without filter, every element passes."""
    if raw is None:
        return lambda _facts: MET
    if not isinstance(raw, dict) or not raw:
        context.fail("« where » attend une table { champ = valeur }.")
    fields = {one.name: one for one in COLLECTIONS[context.collection]}
    tests = []
    for name, wanted in raw.items():
        here = context.inside(name)
        if name == "any":
            tests.append(_one_of(wanted, here))
            continue
        if name not in fields:
            here.fail(f"« {name} » n’est pas un champ de « {context.collection} ».{nearest(name, fields)}")
        context.used_paths.add(f"{context.collection}.{name}")
        tests.append(_field_test(fields[name], wanted, here))
    if len(tests) == 1:
        return tests[0]
    return lambda facts: logic.every([test(facts) for test in tests])


def _one_of(raw: object, context: Context) -> Callable[[Facts], Status]:
    """One of several descriptions fits."""
    if not isinstance(raw, list) or not raw:
        context.fail("« any » attend une liste de tables [{ champ = valeur }, …].")
    ways = [compile_where(one, context.inside(rank)) for rank, one in enumerate(raw)]
    return lambda facts: logic.either([way(facts) for way in ways])


def _field_test(field: Field, wanted: object, context: Context) -> Callable[[Facts], Status]:
    read = element_reader(context.collection, field.name)
    if isinstance(wanted, dict):
        test = _operators(field, wanted, context)
    else:
        test = among(field, wanted if isinstance(wanted, list) else [wanted], context)

    def judge(facts: Facts) -> Status:
        value = read(facts)
        return UNKNOWN if value is None else test(facts, value)

    if context.collection != "requests" or field.name != "call" or not isinstance(wanted, dict):
        return judge
    if "rounds" in wanted:
        return _by_session(judge, read_rounds(wanted["rounds"], context.inside("rounds")), context)
    return _by_year(judge) if "same_as" in wanted else judge


def _by_session(judge: Callable[[Facts], Status], rounds: list[Round], context: Context) -> Callable[[Facts], Status]:
    """The call of a request is not this one if its session is another, however both are named.

    The same session may still have several calls, so a session in common proves nothing.
    """
    zone = context.zone
    date_of, year_of = (element_reader("requests", name) for name in ("date", "year"))
    context.used_paths.update(("project.start", "submission.date", "submission.round"))

    def theirs(facts: Facts) -> set[date] | None:
        filed, year = date_of(facts), year_of(facts)
        if isinstance(filed, When):
            return of_filing(rounds, filed, zone)
        return of_year(rounds, year) if isinstance(year, int) else None

    def judged(facts: Facts) -> Status:
        one, other = theirs(facts), _own_sessions(facts, rounds, zone)
        if one is not None and other is not None and not one & other:
            return NOT_MET
        status = judge(facts)
        return _doubtful(one, other, facts) if status is MET and facts.doubting else status

    return judged


def _own_sessions(facts: Facts, rounds: list[Round], zone: str) -> set[date] | None:
    """The sessions that this request may be of: the one it names, that of its start, or those left when it is filed."""
    target, begun, filed = (facts.flat.get(one) for one in _OWN_SESSION)
    if isinstance(target, When) and target.is_day:
        return {target.days(zone)[0]}
    if isinstance(begun, When) and (named := of_start(rounds, begun, zone)):
        return named
    if facts.doubting:  # the start of the project, once told, names the session better than the day of the filing
        facts.ask("project.start")
        return None
    return of_filing(rounds, filed, zone) if isinstance(filed, When) else None


def _doubtful(theirs: set[date] | None, ours: set[date] | None, facts: Facts) -> Status:
    """Two calls of one name, as nothing is believed: the same only where both sessions are known."""
    if theirs and theirs == ours and len(theirs) == 1:
        return MET
    facts.ask("requests.date" if ours is not None and len(ours) == 1 else "project.start")
    return UNKNOWN


def _by_year(judge: Callable[[Facts], Status]) -> Callable[[Facts], Status]:
    """Where the call of a request is not told on both sides: it is not this one if its year is another."""
    year_of = element_reader("requests", "year")

    def judged(facts: Facts) -> Status:
        status = judge(facts)
        year, days = year_of(facts), submission_days(facts, "Europe/Brussels")
        if status is not UNKNOWN or days is None or not isinstance(year, int):
            return status
        return UNKNOWN if days[0].year <= year <= days[1].year else NOT_MET

    return judged


def _operators(field: Field, raw: dict[str, Any], context: Context) -> Callable[[Facts, Value], Status]:
    context.table(raw, PARAMS)
    tests: list[Callable[[Facts, Value], Status]] = []
    for name, wanted in raw.items():
        here = context.inside(name)
        if name == "rounds":
            if field.name != "call" or "same_as" not in raw:
                here.fail("« rounds » va avec « same_as », pour « call ».")
            continue
        if name in ("in", "not_in"):
            inside = membership(field, wanted, here)
            tests.append(inside if name == "in" else _negated(inside))
        elif name in ("same_as", "other_than"):
            same = _same(wanted, here)
            tests.append(same if name == "same_as" else _negated(same))
        else:
            tests.append(_bound(field, name, wanted, here))
    return lambda facts, value: logic.every([test(facts, value) for test in tests])


def _negated(test: Callable[[Facts, Value], Status]) -> Callable[[Facts, Value], Status]:
    return lambda facts, value: opposite(test(facts, value))


def membership(field: Field, raw: object, context: Context) -> Callable[[Facts, Value], Status]:
    """A value is one of several, or on a named list."""
    if isinstance(raw, list):
        return among(field, raw, context)
    return on_list(find_list(raw, context), context.zone, context.life)


def find_list(name: object, context: Context) -> NamedList:
    """The list of this name."""
    if not isinstance(name, str) or name not in context.lists:
        said = str(name)[:60]
        context.fail(f"« {said} » n’est pas une liste de funding_rules/lists.{nearest(said, context.lists)}")
    context.used_lists.add(name)
    return context.lists[name]


def on_list(named: NamedList, zone: str, life: tuple[date, date] | None = None) -> Callable[[Facts, Value], Status]:
    """On the list, on the day of the submission; where that is not known, on every day of the edition’s life."""
    dated = named.is_dated

    def test(facts: Facts, value: Value) -> Status:
        days = (submission_days(facts, zone) or (None if facts.doubting else life)) if dated else None
        if isinstance(value, Codes):
            return any_code(value, lambda code: named.contains(code, days))
        return named.contains(str(value), days)

    return test


def submission_days(facts: Facts, zone: str) -> tuple[date, date] | None:
    """The day of the submission, or the days it may be."""
    submitted = facts.read("submission.date")
    return submitted.days(zone) if isinstance(submitted, When) else None


def among(field: Field, raw: list[object], context: Context) -> Callable[[Facts, Value], Status]:
    """One of these values, each of which the field can have."""
    if not raw:
        context.fail("la liste de valeurs est vide.")
    wanted = {checked_value(field, one, context) for one in raw}

    def test(_facts: Facts, value: Value) -> Status:
        if isinstance(value, Codes):
            return any_code(value, inside)
        if isinstance(value, tuple):
            return truth(held=value[0] in wanted) if value[0] is not None and value[0] == value[1] else UNKNOWN
        return inside(value) if is_place else truth(held=value in wanted)

    is_place = field.type in ("country", "countries")
    inside = code_among(field, wanted)
    return test


def code_among(field: Field, wanted: Collection[object]) -> Callable[[object], Status]:
    """Whether a code is one of these: of a place, its country is enough; of a country, a place in it may be meant."""
    if field.type not in ("country", "countries"):
        return lambda code: truth(held=code in wanted)
    around = {country_of(one) for one in wanted} - {*wanted}

    def test(code: object) -> Status:
        if code in wanted or country_of(code) in wanted:
            return MET
        return UNKNOWN if code in around else NOT_MET

    return test


def any_code(value: Codes, test: Callable[[str], Status]) -> Status:
    """One of the codes passes; or none, which is certain only of a complete list."""
    seen = {test(code) for code in value.items}
    if MET in seen:
        return MET
    return UNKNOWN if UNKNOWN in seen or not value.complete else NOT_MET


def checked_value(field: Field, value: object, context: Context) -> str | bool | Number:
    """A value that the field can have, or the loading stops."""
    if field.type in ("number", "age"):
        if isinstance(value, bool) or not isinstance(value, int | Decimal) or not math.isfinite(value):
            context.fail(f"« {field.name} » se compare à un nombre.")
        return exact(value)
    if field.type == "yes_no":
        if not isinstance(value, bool):
            context.fail(f"« {field.name} » se compare à true ou false.")
        return value
    if not isinstance(value, str):
        context.fail(f"« {field.name} » se compare à un texte entre guillemets.")
    known = _known_values(field, context)
    if known and value not in known:
        context.fail(f"« {value} » n’est pas une valeur de « {field.name} ».{nearest(value, known)}")
    return placed(value) if field.type in ("country", "countries") else value


def _known_values(field: Field, context: Context) -> Collection[str] | None:
    if field.type in ("country", "countries"):
        return [*FRENCH_NAMES, *PARTS]
    if field.codes is not None and context.collection == "documents" and field.name == "kind":
        return context.words.documents
    return field.codes


def _same(path: object, context: Context) -> Callable[[Facts, Value], Status]:
    field, read = context.reader(path)

    def test(facts: Facts, value: Value) -> Status:
        other = read(facts)
        return UNKNOWN if other is None else truth(held=same_value(field, value, other))

    return test


def _as_said(value: Value) -> object:
    """A text that a person typed, whatever its capitals, accents and spaces."""
    return fold(value) if isinstance(value, str) else value


def same_value(field: Field, value: Value, other: Value) -> bool:
    """Whether two facts are the same; two places of one country are in the same country."""
    if field.type == "country":
        return country_of(value) == country_of(other)
    return _as_said(value) == _as_said(other)


def _bound(field: Field, name: str, raw: object, context: Context) -> Callable[[Facts, Value], Status]:
    limit = _limit(field, raw, context)
    is_low = name == "min"

    def test(_facts: Facts, value: Value) -> Status:
        low, high = value if isinstance(value, tuple) else (value, value)
        inner, outer = (low, high) if is_low else (high, low)
        if inner is not None and (inner >= limit if is_low else inner <= limit):  # type: ignore[operator]
            return MET
        if outer is not None and (outer < limit if is_low else outer > limit):  # type: ignore[operator]
            return NOT_MET
        return UNKNOWN

    return test


def _limit(field: Field, raw: object, context: Context) -> Number:
    if isinstance(raw, str):
        try:
            literal = parse_literal(raw)
        except UnknownUnit as error:
            context.fail(f"« {error} » n’est pas une unité.")
        if literal and (by := factor(literal[1], field.unit)) is not None:
            return exact(literal[0] * by)
    if field.type not in ("number", "age"):
        context.fail(f"« {field.name} » n’est pas un nombre : « min » et « max » ne lui vont pas.")
    return checked_value(field, raw, context)  # type: ignore[return-value]  # a number, by the line above
