"""The answer as plain values: the shape that the command line prints and a program reads."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from app.rules.advice import advise, to_mend
from app.rules.derived import doubts
from app.rules.due import due_dates
from app.rules.margins import margins
from app.rules.questions import missing, question, settled_sentence, still_open
from app.rules.result import Verdict
from app.rules.saying import Speaker
from app.rules.sentences import amount_sentence, criterion_sentence, verdict_sentence
from app.rules.when import When

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from app.rules.advice import Advice, Suggestion
    from app.rules.changing import Change
    from app.rules.evaluate import Assessment
    from app.rules.language.syntax import Shown
    from app.rules.loader import Catalogue
    from app.rules.model import Criterion, Origin
    from app.rules.numbers import Bounds, Number
    from app.rules.result import State
    from app.rules.words import Words


def answer(
    assessment: Assessment, *, catalogue: Catalogue, today: date, speaker: Speaker | None = None
) -> dict[str, Any]:
    """Everything an assessment says, as plain values. The same facts, rules and day give the same answer."""
    speaker, words = speaker or Speaker(), catalogue.words
    edition = assessment.edition
    advised = advise(catalogue, assessment, today=today)
    return {
        "programme": edition.programme,
        "edition": edition.edition,
        "title": edition.title,
        "verdict": str(assessment.verdict),
        "sentence": verdict_sentence(assessment, speaker),
        "amount": _amount(assessment, speaker, words),
        "criteria": [_criterion(one, assessment, today, speaker) for one in assessment.states],
        "missing": [
            {"fact": one.path, "question": one.asks, "criteria": list(one.criteria)}
            for one in missing(assessment, words)
        ],
        "still_open": [
            {"fact": one.path, "question": one.asks, "criteria": list(one.criteria)}
            for one in still_open(assessment, words)
        ],
        "settled": assessment.is_settled,
        "settled_sentence": settled_sentence(assessment, words, speaker),
        "advice": [_suggestion(one, assessment, speaker) for one in advised.suggestions],
        "advice_sentence": _searched(advised, assessment, speaker),
        "advice_assessments": {"made": advised.assessments, "cap": advised.limit, "cut": advised.cut},
        "margins": [
            {
                "sentence": one.sentence(speaker),
                "criterion": one.criterion,
                "fact": one.fact,
                "left": _plain(one.left),
                "unit": one.unit,
                "side": one.side,
            }
            for one in margins(assessment)
        ],
        "warnings": [*assessment.facts.unread, *doubts(assessment.facts)],
        "due": [
            {"date": None if day is None else day.isoformat(), "says": one.says, "from": one.counted_from}
            for day, one in due_dates(edition, assessment.facts)
        ],
    }


def _searched(advised: Advice, assessment: Assessment, speaker: Speaker) -> str:
    """How far advice was looked for, and whether that was far enough; empty where nothing had to be mended."""
    if not to_mend(assessment):
        return ""
    words, in_vain = speaker.words, "" if advised.suggestions else "_in_vain"
    tries = words["tries"][advised.assessments > 1].format(advised.assessments)
    said = str(words[f"searched{in_vain}"].format(tries, advised.limit))
    return f"{said} {words[f'searched_cut{in_vain}']}" if advised.cut else said


def _suggestion(one: Suggestion, before: Assessment, speaker: Speaker) -> dict[str, Any]:
    leaves = speaker.words["leaves_no" if before.verdict is Verdict.NOT_ELIGIBLE else "leaves"]
    return {
        "sentence": one.sentence,
        "leaves": str(leaves.format(", ".join(one.leaves))) if one.leaves else "",
        "effort": one.effort,
        "changes": [_change(change) for change in one.changes],
        "verdict": str(one.verdict),
        "amount": amount_sentence(one.assessment.amount, speaker, one.assessment.edition.currency),
    }


def _change(change: Change) -> dict[str, Any]:
    """One lever pulled: the fact that it moves, and those that move with it."""
    first, *others = [{"path": path, "value": _told(value)} for path, value in change.put]
    return {**first, "also": others, "sentence": change.sentence, "lever": change.lever}


def _told(value: object) -> object:
    return _plain(Fraction(value)) if isinstance(value, Decimal) else value


def _criterion(state: State, assessment: Assessment, today: date, speaker: Speaker) -> dict[str, Any]:
    criterion, facts = state.criterion, assessment.facts
    condition, origin = criterion.readings[0].condition, criterion.origin
    told = {
        "id": criterion.id,
        "label": criterion.label,
        "status": str(state.status),
        "value": machine(condition.value(facts)),
        "threshold": machine(condition.threshold(facts)),
        "severity": str(criterion.severity),
        "scope": criterion.scope,
        "counts": criterion.decides,
        "later": criterion.later,
        "remedy": criterion.remedy or None,
        "tickable": condition.kind == "is" and _answered(criterion) is not None,
        "fact": _answered(criterion),
        "source": _sources(origin),
        "confidence": origin.shown(today),
        "stale": origin.is_stale(today),
        "conflict": state.conflict,
        "sentence": criterion_sentence(state, facts, speaker),
        "rule": criterion.says,
    }
    if len(criterion.readings) > 1:
        told["readings"] = [
            {
                "says": one.says,
                "status": str(one.condition.judge(facts)),
                "source": _sources(one.origin),
                "confidence": one.origin.shown(today),
            }
            for one in criterion.readings
        ]
    return told


def _answered(criterion: Criterion) -> str | None:
    """The fact of a rule in prose, which a named person answers."""
    read = criterion.raw.get("value")
    return read if isinstance(read, str) and read.startswith("answers.") else None


def _sources(origin: Origin) -> list[dict[str, str]]:
    return [
        {"id": one.id, "title": one.title, "url": one.url, "consulted": one.consulted.isoformat()}
        for one in origin.sources
    ]


def _amount(assessment: Assessment, speaker: Speaker, words: Words) -> dict[str, Any]:
    amount, currency = assessment.amount, assessment.edition.currency
    return {
        "min": _money(amount.low),
        "max": _money(amount.high),
        "exact": _money(amount.exact),
        "currency": currency,
        "to_check": amount.to_check,
        "sentence": amount_sentence(amount, speaker, currency),
        "lines": [
            {
                "id": one.line.id,
                "role": one.line.role,
                "says": one.line.says,
                "applies": str(one.applies),
                "value": _bounds(one.bounds),
                "unit": one.line.value.unit,
                "said": speaker.bounds(one.bounds, one.line.value.unit),
                "missing_table": one.needs_table or None,
                "source": _sources(one.line.origin),
                "confidence": one.line.origin.confidence,
            }
            for one in amount.lines
        ],
        "missing": [{"fact": path, "question": question(path, words)} for path in assessment.amount_waits_for],
        "notes": list(amount.notes),
    }


def _money(value: Decimal | None) -> float | int | None:
    return None if value is None else _plain(Fraction(value))


def _plain(value: Number) -> float | int:
    fraction = Fraction(value)
    return fraction.numerator if fraction.denominator == 1 else round(float(fraction), 10)


def _bounds(bounds: Bounds) -> object:
    low, high = bounds
    if low is None and high is None:
        return None
    if low is not None and low == high:
        return _plain(low)
    return {"min": None if low is None else _plain(low), "max": None if high is None else _plain(high)}


def machine(shown: Shown) -> Any:  # noqa: ANN401  # any JSON value
    """A value or a threshold for a program."""
    if shown.kind in _MACHINE:
        return _MACHINE[shown.kind](shown)
    if shown.parts:
        return _several(shown)
    return shown.value if isinstance(shown.value, bool | str | int) else None


def _several(shown: Shown) -> Any:  # noqa: ANN401  # any JSON value
    parts = [machine(one) for one in shown.parts]
    if all(one.kind == "group" for one in shown.parts):
        return {key: value for part in parts for key, value in part.items()}
    return parts[0] if len(parts) == 1 else parts


def _limits(shown: Shown) -> object:
    parts = {one.kind: _bounds(one.value) for one in shown.parts}
    return next(iter(parts.values())) if len(parts) == 1 else parts


def _code(value: object) -> object:
    if isinstance(value, tuple | list):
        return [_code(one) for one in value]
    if isinstance(value, When):
        return str(value)
    return value if isinstance(value, bool | str) or value is None else _plain(value)  # type: ignore[arg-type]


def _iso(value: date | None) -> str | None:
    return None if value is None else value.isoformat()


_MACHINE: dict[str, Callable[[Shown], object]] = {
    **dict.fromkeys(("unknown", "nothing"), lambda _shown: None),
    **dict.fromkeys(("number", "min", "max", "above", "below", "equals"), lambda shown: _bounds(shown.value)),
    **dict.fromkeys(
        ("code", "codes", "values", "any_of", "all_of", "none_of", "only"), lambda shown: _code(shown.value[0])
    ),
    **dict.fromkeys(("list", "document"), lambda shown: shown.value[0]),
    **dict.fromkeys(("yearly", "rounds"), lambda shown: Speaker().say(shown)),
    "bounds": _limits,
    "when": lambda shown: str(shown.value),
    "window": lambda shown: {"from": _iso(shown.value[0]), "until": _iso(shown.value[1]), "zone": shown.value[2]},
    "group": lambda shown: {shown.value: machine(shown.parts[0])},
}
