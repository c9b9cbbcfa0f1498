"""All programmes at once for one project, the most useful first, and what does not go together."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Any

from app.rules.answer import answer
from app.rules.choice import editions_on
from app.rules.evaluate import assess
from app.rules.result import Verdict
from app.rules.saying import Speaker

if TYPE_CHECKING:
    from datetime import date

    from app.rules.evaluate import Assessment
    from app.rules.facts import Facts
    from app.rules.loader import Catalogue
    from app.rules.model import Cumulation, Edition

_YEARLY = ("recurring", "window_for_start")
GROUPS = ("eligible", "nearly", "to_check", "not_eligible", "not_concerned")


def assess_all(catalogue: Catalogue, facts: Facts, *, on: date, today: date) -> dict[str, Any]:
    """Every programme in the edition of the day: eligible, nearly (one change), to verify, not, not concerned."""
    assessments = [assess(edition, facts) for edition in editions_on(catalogue, on)]
    answers = [
        {**answer(one, catalogue=catalogue, today=today), "kind": one.edition.kind, "dated": _is_dated(one.edition)}
        for one in assessments
    ]
    for told in answers:
        told["group"] = _group(told)
    near = frozenset(f"{one['programme']}/{one['edition']}" for one in answers if one["group"] in GROUPS[:2])
    answers.sort(key=_rank)
    return {"on": on.isoformat(), "assessments": answers, "warnings": warnings(assessments, facts, near)}


def _group(told: dict[str, Any]) -> str:
    """Nearly: something fails, and one change alone makes it eligible."""
    fails = any(one["status"] == "not_met" and one["counts"] for one in told["criteria"])
    if fails and any(len(one["changes"]) and one["verdict"] == Verdict.ELIGIBLE for one in told["advice"]):
        return "nearly"
    return str(told["verdict"])


def _rank(told: dict[str, Any]) -> tuple[object, ...]:
    enough = [one["effort"] for one in told["advice"] if one["verdict"] == Verdict.ELIGIBLE]
    advised = min(enough, default=0.0)
    highest = told["amount"]["max"] or 0
    group = GROUPS.index(told["group"])
    waits = advised if group == GROUPS.index("nearly") else len(told["missing"])
    return (group, _is_closed(told), told["kind"] != "cash", not told["dated"], waits, -highest, told["title"])


def _is_dated(edition: Edition) -> bool:
    """Whether it is known when requests are taken: an old example without dates comes after what can be asked for."""
    window = edition.window
    recurs = any(one.readings[0].condition.kind in _YEARLY for one in edition.criteria)
    return window.rolling or window.closes is not None or recurs


def _is_closed(told: dict[str, Any]) -> bool:
    return any(one["id"] == "window" and one["status"] == "not_met" for one in told["criteria"])


def warnings(assessments: list[Assessment], facts: Facts, near: frozenset[str]) -> list[dict[str, Any]]:
    """What may not be cumulated: among the programmes that are had, or nearly, and with the money that is there.

    Beside one of these, a programme that is only to be checked is told with an « if »; two of the latter not at all.
    """
    speaker = Speaker()
    still_open = [
        one.edition
        for one in assessments
        if one.edition.kind == "cash" and (one.edition.id in near or one.verdict is Verdict.TO_CHECK)
    ]
    found, doubtful = [], []
    for left, right in combinations(sorted(still_open, key=lambda one: one.id not in near), 2):
        rule = _between(left, right) or _between(right, left) if left.id in near else None
        if rule is None:
            continue
        kind = "excluded" if rule.forbidden else "attention"
        if right.id in near:
            found.append(
                _warning(kind, speaker.words["excludes"].format(left.title, right.title, rule.says), left, right)
            )
        else:
            said = speaker.words["excludes_if"].format(right.title, left.title, rule.says)
            doubtful.append(_warning("attention", said, left, right))
    return found + _with_money(still_open, facts) + _double(assessments, speaker) + doubtful


def _between(one: Edition, other: Edition) -> Cumulation | None:
    return next((rule for rule in one.cumulation if other.programme in rule.programmes), None)


def _with_money(still_open: list[Edition], facts: Facts) -> list[dict[str, Any]]:
    """Rules of the programmes against the other funding that the project states."""
    there = facts.lists["fundings"].items if "fundings" in facts.lists else ()
    return [
        _warning("excluded" if rule.forbidden else "attention", rule.says, edition)
        for edition in still_open
        for rule in edition.cumulation
        if any(one.get("programme") in rule.programmes or one.get("level") in rule.levels for one in there)
    ]


def _double(assessments: list[Assessment], speaker: Speaker) -> list[dict[str, Any]]:
    """Two programmes that both say yes would pay for the same costs."""
    yes = [one.edition for one in assessments if one.edition.kind == "cash" and one.verdict is Verdict.ELIGIBLE]
    return [
        _warning("double_funding", speaker.words["double_funding"].format(left.title, right.title), left, right)
        for left, right in combinations(yes, 2)
    ]


def _warning(kind: str, sentence: str, *editions: Edition) -> dict[str, Any]:
    return {"kind": kind, "sentence": sentence, "editions": [one.id for one in editions]}
