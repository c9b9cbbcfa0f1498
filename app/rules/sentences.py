"""The sentence of each criterion, of the verdict and of the amount."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from app.rules.logic import MET, NOT_APPLICABLE, NOT_MET, UNKNOWN
from app.rules.model import UNVERIFIED, Severity
from app.rules.numbers import exact

if TYPE_CHECKING:
    from app.rules.evaluate import Assessment
    from app.rules.facts import Facts
    from app.rules.result import Amount, State
    from app.rules.saying import Speaker

_PLAIN = ("between", "in", "not_in", "date", "recurring", "window_for_start", "document", "some", "each_group")

_COMPOSED = ("all", "any", "not", "how_many")


def criterion_sentence(state: State, facts: Facts, speaker: Speaker) -> str:
    """The criterion in one sentence: what was read, what is asked."""
    words, criterion = speaker.words, state.criterion
    condition = criterion.readings[0].condition
    parts = {"label": criterion.label, "says": criterion.says}
    if condition.kind == "note":
        return str(words["note"].format(**parts))
    if state.status is NOT_APPLICABLE:
        return str(words["not_applicable"].format(**parts))
    read = condition.value(facts)
    parts["value"] = speaker.say(read)
    if state.conflict:
        said = " ; ".join(
            f"{one.says} ({', '.join(source.id for source in one.origin.sources)})" for one in criterion.readings
        )
        return str(words["conflict"].format(**parts, readings=said))
    is_bare = read.kind == "number" and not read.unit  # a number of nothing says little without the rule
    prefix = "" if condition.kind in _PLAIN and not is_bare else "prose_"
    if prefix == "" and len(criterion.readings) == 1:
        parts["threshold"] = speaker.say(condition.threshold(facts))
        if speaker.words["unknown"] in parts["threshold"]:
            prefix = "prose_"
    else:
        prefix, parts["threshold"] = "prose_", ""
    if condition.kind in _COMPOSED:
        prefix = "whole_"
    return str(words[_phrase(state, prefix, parts["value"], speaker)].format(**parts))


def _phrase(state: State, prefix: str, value: str, speaker: Speaker) -> str:
    if state.status is UNKNOWN:
        known = not prefix and value not in (speaker.words["unknown"], "")
        return "open_part" if known else f"{prefix}open"
    if state.status is NOT_MET:
        warns = not prefix and state.criterion.severity is not Severity.BLOCKING
        return "not_met_warning" if warns else f"{prefix}not_met"
    return f"{prefix}met"


def amount_sentence(amount: Amount, speaker: Speaker, currency: str = "EUR") -> str:
    """The amount in one sentence."""
    words = speaker.words
    if not amount.pays or amount.refused:
        return f"{words['amount_refused' if amount.refused else 'amount_none']}."
    low, high = (None if one is None else speaker.number(exact(one), currency) for one in (amount.low, amount.high))
    if amount.exact is not None:
        said = words["amount_exact"].format(speaker.number(exact(amount.exact), currency))
    elif low is not None and high is not None:
        said = words["amount_between"].format(low, high)
    elif high is not None:
        said = words["amount_at_most"].format(high)
    elif amount.low:
        said = words["amount_at_least"].format(low)
    else:
        said = str(words["amount_unknown"])
    return f"{', '.join((said, *_reserves(amount, words)))}."


def _reserves(amount: Amount, words: dict[str, Any]) -> list[str]:
    """What the amount still waits for."""
    reserves = []
    if any(one.needs_table for one in amount.lines):
        reserves.append(words["needs_table"])
    used = (one for one in amount.lines if one.applies is MET and one.bounds[1] is not None)
    if any(one.line.origin.confidence == UNVERIFIED for one in used):
        reserves.append(words["unverified"])
    if not reserves and amount.high is not None and any(one.applies is UNKNOWN for one in amount.lines):
        reserves.append(words["to_check"])
    return reserves


def verdict_sentence(assessment: Assessment, speaker: Speaker) -> str:
    """The verdict, with its weightiest reason; a refusal names every other rule that says no."""
    said = speaker.words["verdicts"][assessment.verdict]
    reasons = assessment.failing or assessment.open
    if assessment.verdict == "eligible" and assessment.reserved:
        labels = dict.fromkeys(one.criterion.label for one in assessment.reserved)
        return str(speaker.words["reserved"].format(said, ", ".join(labels)))
    if not reasons or assessment.verdict == "eligible":
        return f"{said}."
    weightiest = max(reasons, key=lambda one: one.effect)
    first = f"{said} : {criterion_sentence(weightiest, assessment.facts, speaker)}"
    labels = dict.fromkeys(one.criterion.label for one in reasons if one.effect == weightiest.effect)
    others = [label for label in labels if label != weightiest.criterion.label]
    if assessment.verdict != "not_eligible" or not others:
        return first
    more = speaker.words["also_one" if len(others) == 1 else "also"].format(len(others), ", ".join(others))
    return f"{first} {more}"
