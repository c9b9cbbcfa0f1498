"""What still has to be asked: only what can change the verdict, most decisive first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.rules.evaluate import state_of
from app.rules.model import Severity
from app.rules.result import Verdict
from app.rules.vocabulary.fields import COLLECTION_WORDS

if TYPE_CHECKING:
    from app.rules.evaluate import Assessment
    from app.rules.model import Criterion
    from app.rules.saying import Speaker
    from app.rules.words import Words


_COMPLETE = "Dites aussi si la liste est complète."
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
    waiting: dict[str, list[Criterion]] = {}
    for state in assessment.open:
        tracing = assessment.facts.tracing()
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
        return f"{which} {COLLECTION_WORDS[path]} ? {_COMPLETE}"
    if found := words.scalar(path):
        asked = f"{_capital(found.asks)} ?"
        return f"{asked} {_COMPLETE}" if found.type in _LISTED and path.startswith("project.") else asked
    collection, _, name = path.partition(".")
    if collection in COLLECTION_WORDS:
        field = words.element(collection, name)
        asks = field.asks if field else "nombre de personnes"
        return f"{_capital(asks)} ({COLLECTION_WORDS[collection]}) ?"
    return path


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def settled_sentence(assessment: Assessment, words: Words, speaker: Speaker) -> str:
    """Whether a missing answer can still change the verdict, and the proof that none can."""
    told = speaker.words
    if assessment.verdict is Verdict.ELIGIBLE:
        labels = [one.criterion.label for one in assessment.reserved]
        return str(told["settled_but"].format(", ".join(labels)) if labels else told["settled_yes"])
    if assessment.verdict is Verdict.TO_CHECK:
        left = len(missing(assessment, words))
        if left == 0:
            return str(told["settled_not_rule"])
        return str(told["settled_not_one"] if left == 1 else told["settled_not"].format(left))
    wording = told["settled_no" if assessment.is_settled else "settled_never"]
    return str(wording.format(deciding(assessment)[0].label))


def deciding(assessment: Assessment) -> list[Criterion]:
    """The rules that settle a no: the proof that no answer can bring it back."""
    failing = [one.criterion for one in assessment.failing]
    if assessment.verdict is Verdict.NOT_CONCERNED:
        return [one for one in failing if one.scope]
    return [one for one in failing if one.severity is Severity.BLOCKING]
