"""What still has to be asked: only what can change the verdict, most decisive first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from app.rules.evaluate import state_of
from app.rules.model import Severity
from app.rules.result import Verdict
from app.rules.vocabulary.fields import COLLECTION_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from app.rules.evaluate import Assessment
    from app.rules.facts import Facts
    from app.rules.model import Criterion
    from app.rules.result import State
    from app.rules.saying import Speaker
    from app.rules.vocabulary.fields import Field
    from app.rules.words import Words


COMPLETE = "Dites aussi si la liste est complète."
_FEMININE = ("events", "budget", "requests")
_LISTED = ("codes", "countries")


@dataclass(frozen=True, slots=True)
class Question:
    """A fact to ask for, and the criteria that wait for it."""

    path: str
    asks: str
    criteria: tuple[str, ...]


def missing(assessment: Assessment, words: Words) -> list[Question]:
    """The facts still needed; none once the verdict is decided."""
    if assessment.verdict.is_decided:
        return []
    return _asked(assessment.open, assessment.facts, words)


def still_open(assessment: Assessment, words: Words) -> list[Question]:
    """The facts that can still change a verdict that is decided: a yes that is not final, a no that may fall."""
    if not assessment.verdict.is_decided:
        return []
    return _asked(assessment.reserved, assessment.doubted.facts, words)


def _asked(states: Iterable[State], facts: Facts, words: Words) -> list[Question]:
    """What these rules look for in vain."""
    waiting: dict[str, list[Criterion]] = {}
    for state in states:
        tracing = facts.tracing()
        state_of(state.criterion, tracing)
        for path in dict.fromkeys(tracing.asked or ()):
            if not path.startswith(("table:", "rule:")):
                waiting.setdefault(path, []).append(state.criterion)
    ordered = sorted(waiting.items(), key=lambda one: _rank(one[1]))
    return [Question(path, question(path, words), tuple(one.id for one in several)) for path, several in ordered]


def _rank(criteria: list[Criterion]) -> tuple[int, int, int]:
    """Scope first, then what can say no, then how many criteria wait."""
    scope = any(one.scope for one in criteria)
    blocking = sum(one.severity is Severity.BLOCKING for one in criteria)
    return (not scope, -blocking, -len(criteria))


def question(path: str, words: Words) -> str:
    """The question that asks for a fact."""
    if path in COLLECTION_WORDS:
        which = "Quelles" if path in _FEMININE else "Quels"
        return f"{which} {COLLECTION_WORDS[path]} ? {COMPLETE}"
    if found := words.scalar(path):
        asked = f"{_capital(found.asks)} ?"
        return f"{asked} {COMPLETE}" if is_listed(path, found) else asked
    collection, _, name = path.partition(".")
    if collection in COLLECTION_WORDS:
        field = words.element(collection, name)
        asks = field.asks if field else "nombre de personnes"
        return f"{_capital(asks)} ({COLLECTION_WORDS[collection]}) ?"
    return path


def is_listed(path: str, field: Field) -> bool:
    """Whether a fact is a list of words, which may go on."""
    return field.type in _LISTED and path.startswith("project.")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def settled_sentence(assessment: Assessment, words: Words, speaker: Speaker) -> str:
    """Whether a missing answer can still change the verdict, and the proof that none can."""
    told = speaker.words
    labels = ", ".join(dict.fromkeys(one.criterion.label for one in assessment.reserved))
    if assessment.verdict is Verdict.ELIGIBLE:
        return str(told["settled_but"].format(labels) if labels else told["settled_yes"])
    if assessment.verdict is Verdict.TO_CHECK:
        left = len(missing(assessment, words))
        if left == 0:
            return _kept_to_check(assessment, told)
        return str(told["settled_not_one"] if left == 1 else told["settled_not"].format(left))
    holds = assessment.doubted.verdict is assessment.verdict
    wording = told["settled_no" if not labels else "settled_never" if holds else "settled_no_but"]
    certain = assessment.doubted if holds else assessment
    return str(wording.format(deciding(certain)[0].label, labels))


def _kept_to_check(assessment: Assessment, told: Mapping[str, Any]) -> str:
    """The rules for which a verdict stays to be checked, and what to do about them where that is known."""
    kept = [one.criterion for one in (*assessment.failing, *assessment.open) if one.effect]
    said = told["settled_not_rule"].format(", ".join(dict.fromkeys(one.label for one in kept)))
    remedies = " ".join(dict.fromkeys(one.remedy for one in kept if one.remedy))
    return f"{said} {told['settled_remedy'].format(remedies)}" if remedies else str(said)


def deciding(assessment: Assessment) -> list[Criterion]:
    """The rules that settle a no: the proof that no answer can bring it back."""
    failing = [one.criterion for one in assessment.failing]
    if assessment.verdict is Verdict.NOT_CONCERNED:
        return [one for one in failing if one.scope]
    return [one for one in failing if one.severity is Severity.BLOCKING]
