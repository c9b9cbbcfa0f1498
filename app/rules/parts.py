"""The parts of an edition file besides its criteria: scales, amount, documents, payments, dates, examples."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

from app.rules.errors import RuleError
from app.rules.filekeys import (
    AMOUNT,
    CONTACT,
    CUMULATION,
    DATE,
    DOCUMENT,
    EXAMPLE,
    LINE,
    NOTE,
    PAYMENT,
    ROLES,
    TABLE,
    TRIAL,
    VERDICTS,
)
from app.rules.language.arithmetic import when_reader
from app.rules.language.conditions import compile_condition
from app.rules.language.quantities import compile_quantity
from app.rules.model import Criterion, Cumulation, DueDate, Example, Line, Reading, Severity
from app.rules.scales import Row, Table
from app.rules.strict import items_of
from app.rules.units import UNITS
from app.rules.vocabulary.codes import FUNDER_LEVELS, STAGES
from app.rules.words import nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from app.rules.editionfile import EditionReader
    from app.rules.language.syntax import Context, Param
    from app.rules.numbers import Number

_DOCUMENTS = frozenset({"documents"})
_FARTHEST = {"jours": 36_600, "mois": 1_200}


def _entries(
    raw: Mapping[str, Any], name: str, params: tuple[Param, ...], context: Context
) -> Iterable[tuple[Any, Context]]:
    for rank, one in enumerate(raw.get(name, [])):
        here = context.inside(name, rank)
        here.table(one, params)
        yield one, here


def with_tables(raw: Mapping[str, Any], context: Context, reader: EditionReader) -> Context:
    """The context, with the scales of the file."""
    found = {}
    for name, one in items_of(raw.get("tables", {}), context.inside("tables")):
        here = context.inside("tables", name)
        here.table(one, TABLE)
        reader.origin(one, here)
        if one["unit"] not in UNITS:
            here.inside("unit").fail(f"« {one['unit']} » n’est pas une unité.{nearest(one['unit'], UNITS)}")
        rows = tuple(_row(row, here.inside("rows", rank)) for rank, row in enumerate(one.get("rows", [])))
        for earlier, later in itertools.pairwise(rows):
            if earlier.high is None or later.low <= earlier.high:
                here.inside("rows").fail("les tranches doivent se suivre sans se recouvrir.")
        words = {key: _figure(value, here.inside("words")) for key, value in one.get("words", {}).items()}
        found[name] = Table(name, one["title"], one["unit"], rows, words)
    return context.but(tables=found)


def _row(raw: object, here: Context) -> Row:
    if not isinstance(raw, list) or len(raw) != len(("de", "à", "valeur")):  # from, to, value
        here.fail('une tranche s’écrit [de, à, valeur] ; « à » vaut "" quand il n’y a pas de fin.')
    high = None if raw[1] == "" else _figure(raw[1], here)
    low = _figure(raw[0], here)
    if high is not None and high < low:
        here.fail("la tranche finit avant de commencer.")
    return Row(low, high, _figure(raw[2], here))


def _figure(raw: object, here: Context) -> Number:
    found = compile_quantity(raw, here).constant
    if found is None:
        here.fail("il faut ici un nombre.")
    return found


def amount_lines(raw: Mapping[str, Any], reader: EditionReader) -> tuple[Line, ...]:
    """The lines of the calculation."""
    if "amount" not in raw:
        return ()
    here = reader.context.inside("amount")
    here.table(raw["amount"], AMOUNT)
    found: list[Line] = []
    for one, there in _entries(raw["amount"], "lines", LINE, here):
        if one["role"] not in ROLES:
            there.inside("role").fail(f"« {one['role']} » n’est pas un rôle.{nearest(one['role'], ROLES)}")
        if one["id"] in {line.id for line in found}:
            there.inside("id").fail(f"deux lignes s’appellent « {one['id']} ».")
        when = compile_condition(one["when"], there.inside("when")) if "when" in one else None
        value = compile_quantity(one["value"], there.inside("value"))
        found.append(
            Line(one["id"], one["says"], one["role"], value, reader.origin(one, there), when, str(one["value"]))
        )
    return tuple(found)


def document_criteria(raw: Mapping[str, Any], reader: EditionReader) -> list[Criterion]:
    """Each document to provide is a criterion, by default one that only informs."""
    found = []
    for one, here in _entries(raw, "documents", DOCUMENT, reader.context):
        said = {"condition": "document", **{key: one[key] for key in ("document", "stage", "signed") if key in one}}
        when = compile_condition(one["when"], here.inside("when")) if "when" in one else None
        reading = Reading(compile_condition(said, here), reader.origin(one, here), one["says"])
        name = f"document-{one['document']}-{one['stage']}".replace("_", "-")
        label = f"Document : {reader.context.words.documents[one['document']]}"
        severity = Severity(one.get("severity", "information"))
        place = here.place
        found.append(
            Criterion(
                name, label, one["says"], severity, (reading,), when=when, raw=said, place=place, reads=_DOCUMENTS
            )
        )
    return found


def no_duplicates(criteria: Iterable[Criterion], context: Context) -> None:
    """Two rules of a file do not have one identifier."""
    seen: set[str] = set()
    for one in criteria:
        if one.id in seen:
            raise RuleError(f"deux règles s’appellent « {one.id} ».", file=context.file, line=one.line)
        seen.add(one.id)


def others(raw: Mapping[str, Any], reader: EditionReader) -> dict[str, Any]:
    """The parts that are told and not computed, and the examples."""
    told: dict[str, Any] = {}
    for name, params in (("documents", DOCUMENT), ("payments", PAYMENT), ("contacts", CONTACT), ("notes", NOTE)):
        told[name] = tuple(one for one, _here in _checked(raw, name, params, reader))
    return {
        **told,
        "dates": tuple(_due(one, here) for one, here in _checked(raw, "dates", DATE, reader)),
        "cumulation": tuple(_cumulation(one, here) for one, here in _checked(raw, "cumulation", CUMULATION, reader)),
    }


def _checked(
    raw: Mapping[str, Any], name: str, params: tuple[Param, ...], reader: EditionReader
) -> Iterable[tuple[Any, Context]]:
    for one, here in _entries(raw, name, params, reader.context):
        if "source" in one:
            reader.origin(one, here)
        for key in ("moment", "stage"):
            if key in one and one[key] not in STAGES:
                here.inside(key).fail(f"« {one[key]} » n’est pas une étape.{nearest(str(one[key]), STAGES)}")
        yield one, here


def _due(raw: Mapping[str, Any], here: Context) -> DueDate:
    when_reader(raw["from"], here.inside("from"))
    offset = compile_quantity(raw["offset"], here.inside("offset"))
    if offset.constant is None or offset.unit not in ("jours", "semaines", "mois", "ans"):
        here.inside("offset").fail("« offset » attend une durée : « 2 mois », « -42 jours ».")
    by, unit = {"jours": (1, "jours"), "semaines": (7, "jours"), "mois": (1, "mois"), "ans": (12, "mois")}[offset.unit]
    count = int(offset.constant * by)
    if abs(count) > _FARTHEST[unit]:
        here.inside("offset").fail("« offset » attend une durée d’un siècle au plus.")
    return DueDate(raw["says"], raw["from"], count, unit)


def _cumulation(raw: Mapping[str, Any], here: Context) -> Cumulation:
    for level in raw.get("levels", []):
        if level not in FUNDER_LEVELS:
            here.inside("levels").fail(f"« {level} » n’est pas un niveau.{nearest(str(level), FUNDER_LEVELS)}")
    return Cumulation(
        tuple(raw.get("programmes", [])), tuple(raw.get("levels", [])), raw["forbidden"], raw["says"], here.place
    )


def examples(raw: Mapping[str, Any], context: Context) -> tuple[Example, ...]:
    """The examples and the trials of a file."""
    return tuple(_examples(raw, context))


def _examples(raw: Mapping[str, Any], context: Context) -> Iterable[Example]:
    base = raw.get("conform", {})
    for one, here in _entries(raw, "examples", EXAMPLE, context):
        if one["verdict"] not in VERDICTS:
            here.inside("verdict").fail(
                f"« {one['verdict']} » n’est pas un verdict.{nearest(one['verdict'], VERDICTS)}"
            )
        put, unset = one.get("set", {}), tuple(one.get("unset", ()))
        expected = (one["verdict"], one.get("amount", {}), one.get("statuses", {}))
        yield Example(one["name"], base, (put,), unset, *expected, here.place)
    for one, here in _entries(raw, "trials", TRIAL, context):
        for status in ("met", "not_met"):
            for value in one[status]:
                name = f"{one['criterion']} : {one['path']} = {value}"
                puts = (one.get("set", {}), {one["path"]: value})
                yield Example(name, base, puts, (), "", {}, {one["criterion"]: status}, here.place)
