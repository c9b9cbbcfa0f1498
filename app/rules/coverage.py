"""What the examples of an edition do not show: a verdict that it can give, a bound that was not tried."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.rules.evaluate import state_of
from app.rules.logic import NOT_MET
from app.rules.reading import FactsError, read_facts
from app.rules.result import NO, OUTSIDE, Verdict
from app.rules.told import NoSuchPlace

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from app.rules.facts import Facts
    from app.rules.model import Criterion, Edition
    from app.rules.words import Words

_BOUNDS = ("min", "max", "above", "below", "equals")
_NEVER_KNOWN = ("unwritten", "note")


def uncovered(edition: Edition, words: Words) -> Iterator[str]:
    """Each gap in the examples, with its file and line."""
    if edition.kind == "contact":
        return
    shown = {one.verdict for one in edition.examples if one.verdict}
    for verdict in sorted(_possible(edition) - shown):
        yield f"{edition.file}:1 : aucun exemple ne montre le verdict « {verdict} » ; ajoutez-en un ([[examples]])."
    facts = list(_readable(edition, words))
    for one in edition.criteria:
        if _has_a_bound(one) and not _is_tried(one, facts):
            yield (
                f"{edition.file}:{one.line} : la borne de « {one.id} » n’est pas essayée dessous, à la limite et "
                "dessus ; ajoutez un essai ([[trials]])."
            )


def _possible(edition: Edition) -> set[str]:
    """The verdicts that the rules of an edition can surely give."""
    decided = [one for one in edition.criteria if one.decides and not _kinds(one) & set(_NEVER_KNOWN)]
    found: set[str] = {str(Verdict.TO_CHECK)} if decided else set()
    if any(one.failure == NO for one in decided):
        found.add(str(Verdict.NOT_ELIGIBLE))
    if any(one.failure == OUTSIDE for one in decided):
        found.add(str(Verdict.NOT_CONCERNED))
    doubtful = [
        one
        for one in edition.criteria
        if "unwritten" in _kinds(one) and one.decides and not (one.later or one.when or one.unless)
    ]
    return found if doubtful else {*found, str(Verdict.ELIGIBLE)}


def _kinds(one: Criterion) -> set[str]:
    return {reading.condition.kind for reading in one.readings}


def _has_a_bound(one: Criterion) -> bool:
    """Whether a rule compares with a figure that is written in it; disagreeing sources have several."""
    is_single = len(one.readings) == 1 and one.readings[0].condition.kind == "between" and one.decides
    return is_single and any(isinstance(one.raw.get(name), int | str) for name in _BOUNDS)


def _is_tried(one: Criterion, several: Iterable[Facts]) -> bool:
    seen = [(state_of(one, facts).status, one.readings[0].condition.gap(facts)) for facts in several]
    return any(status is NOT_MET for status, _gap in seen) and any(
        gap == 0 or ("above" in one.raw or "below" in one.raw) for _status, gap in seen
    )


def _readable(edition: Edition, words: Words) -> Iterator[Facts]:
    for example in edition.examples:
        try:
            yield read_facts(example.facts, words)
        except (FactsError, NoSuchPlace):
            continue
