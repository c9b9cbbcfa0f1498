"""Conditions on what goes with a request: documents and scores."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from app.rules import logic
from app.rules.language.conditions import condition_kind
from app.rules.language.quantities import compile_quantity
from app.rules.language.syntax import Condition, Param, Shown
from app.rules.logic import MET, NOT_MET, UNKNOWN
from app.rules.numbers import exact
from app.rules.vocabulary.codes import STAGES
from app.rules.words import nearest

if TYPE_CHECKING:
    from app.rules.facts import Element, Facts
    from app.rules.language.syntax import Context
    from app.rules.logic import Status
    from app.rules.numbers import Number


@condition_kind(
    "document",
    "Un document est prêt (et signé, si c’est demandé) pour une étape.",
    Param("document", "document", "la nature du document", required=True),
    Param("stage", "stage", "l’étape ; n’importe laquelle si rien n’est dit"),
    Param("signed", "yes_no", "true si le document doit être signé"),
    example='condition = "document"\ndocument = "mayor_letter"\nstage = "application"',
)
def _document(raw: dict[str, Any], context: Context) -> Condition:
    context.used_paths.add("documents")
    kind, stage, signed = raw["document"], raw.get("stage"), raw.get("signed", False)
    if kind not in context.words.documents:
        context.inside("document").fail(
            f"« {kind} » n’est pas un document connu.{nearest(str(kind), context.words.documents)}"
        )
    if stage is not None and stage not in STAGES:
        context.inside("stage").fail(f"« {stage} » n’est pas une étape.{nearest(str(stage), STAGES)}")

    def judge(facts: Facts) -> Status:
        documents = facts.collection("documents")
        seen = [_ready(one, kind, stage, signed=signed) for one in documents.items]
        status = logic.either(seen) if seen else NOT_MET
        return status if status is MET or documents.complete else UNKNOWN

    wanted = Shown("document", (kind, context.words.documents[kind], stage, signed))
    return Condition("document", judge, lambda facts: Shown("state", judge(facts)), lambda _facts: wanted)


def _ready(one: Element, kind: str, stage: str | None, *, signed: bool) -> Status:
    wanted: list[tuple[object, object]] = [(one.get("kind"), kind), (one.get("ready"), True)]
    if stage is not None:
        wanted.append((one.get("stage"), stage))
    if signed:
        wanted.append((one.get("signed"), True))
    return logic.every([UNKNOWN if told is None else (MET if told == right else NOT_MET) for told, right in wanted])


@condition_kind(
    "score",
    "Une note totale et une note minimale pour chaque critère.",
    Param("parts", "points", "chaque critère et son maximum", required=True),
    Param("min", "number", "note totale minimale", required=True),
    Param("min_part", "quantity", "part minimale de chaque critère, par exemple « 50 % »"),
    example='condition = "score"\nmin = 60\nmin_part = "50 %"\n'
    "parts = { relevance = 30, design = 30, partnership = 20, impact = 20 }",
)
def _score(raw: dict[str, Any], context: Context) -> Condition:
    parts = _points(raw["parts"], context.inside("parts"))
    least = _points({"min": raw["min"]}, context)["min"]
    share = compile_quantity(raw["min_part"], context.inside("min_part")).constant if "min_part" in raw else None
    for name in parts:
        context.field_of(f"score.parts.{name}")

    def judge(facts: Facts) -> Status:
        seen = []
        low: Number = 0
        high: Number = 0
        for name, most in parts.items():
            told = _mark(facts, f"score.parts.{name}", most)
            low += told or 0
            high += most if told is None else told
            if share is not None:
                seen.append(UNKNOWN if told is None else logic.truth(held=told >= most * share))
        total = _mark(facts, "score.total", sum(parts.values()))
        low, high = (low, high) if total is None or not low <= total <= high else (total, total)
        seen.append(MET if low >= least else NOT_MET if high < least else UNKNOWN)
        return logic.every(seen)

    def value(facts: Facts) -> Shown:
        known = [facts.flat.get(f"score.parts.{name}") for name in parts]
        total = facts.flat.get("score.total")
        if total is None and None not in known:
            total = sum(known)  # type: ignore[arg-type]
        return Shown("unknown") if total is None else Shown("number", (total, total), "points")

    shown = Shown("bounds", parts=(Shown("min", (least, least), "points"),))
    return Condition("score", judge, value, lambda _facts: shown)


def _mark(facts: Facts, path: str, most: Number) -> Number | None:
    """A mark that was told; one above the highest that can be given is mistyped, and says nothing."""
    told = facts.flat.get(path)
    if not isinstance(told, int | Fraction) or told > most:
        facts.ask(path)
        return None
    return told


def _points(raw: object, context: Context) -> dict[str, Number]:
    if not isinstance(raw, dict) or not raw:
        context.fail("il faut une table { critère = maximum }.")
    for name, value in raw.items():
        if isinstance(value, bool) or not isinstance(value, int):
            context.inside(name).fail("il faut ici un nombre entier de points.")
    return {name: exact(value) for name, value in raw.items()}
