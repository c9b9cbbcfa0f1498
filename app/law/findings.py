"""What a check finds about one subject, and the register of the checks.

To add a check: a row in ``data/checks.toml``, then in ``checks/`` a function marked ``@check("C59")`` that takes a
``Situation`` and yields a ``Finding`` for each subject it meets. Yielding nothing means: the facts describe nothing
to check.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from app.law.words import french, full_day

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date

    from app.law.situation import Situation
    from app.law.tables import Severity

    Checker = Callable[[Situation], Iterable["Finding"]]

Status = Literal["ok", "not_ok", "unknown", "not_applicable"]
CONFLICT = "Sources en conflit : "


@dataclass(frozen=True)
class Finding:
    """One answer. ``severity`` and ``article`` replace those of the rule; ``missing`` names the facts to give.

    ``is_final``: no reason goes past it.
    """

    status: Status
    sentence: str
    dates: Mapping[str, date] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    severity: Severity | None = None
    is_disputed: bool = False
    article: str = ""
    at: str = ""
    is_final: bool = False


def _dated(dates: Mapping[str, date | None] | None) -> dict[str, date]:
    return {name: day for name, day in (dates or {}).items() if day is not None}


def ok(sentence: str, *, at: str = "", dates: Mapping[str, date | None] | None = None, article: str = "") -> Finding:
    """The rule is kept."""
    return Finding("ok", french(sentence), _dated(dates), at=at, article=article)


def broken(
    sentence: str,
    *,
    at: str = "",
    dates: Mapping[str, date | None] | None = None,
    severity: Severity | None = None,
    article: str = "",
    is_final: bool = False,
) -> Finding:
    """The rule is broken."""
    told = _dated(dates)
    return Finding("not_ok", french(sentence), told, severity=severity, at=at, article=article, is_final=is_final)


def disputed(
    sentence: str, *, at: str = "", dates: Mapping[str, date | None] | None = None, is_broken: bool = True
) -> Finding:
    """The sources conflict: it only warns, whatever the rule's severity."""
    status: Status = "not_ok" if is_broken else "unknown"
    return Finding(status, french(CONFLICT + sentence), _dated(dates), severity="warning", is_disputed=True, at=at)


def unknown(sentence: str, *missing: str, at: str = "", dates: Mapping[str, date | None] | None = None) -> Finding:
    """A fact is missing; ``missing`` gives its path in the vocabulary."""
    return Finding("unknown", french(sentence), _dated(dates), missing=missing, at=at)


def apart(sentence: str, *, at: str = "", dates: Mapping[str, date | None] | None = None) -> Finding:
    """The rule does not apply here."""
    return Finding("not_applicable", french(sentence), _dated(dates), at=at)


REGISTER: dict[str, Checker] = {}


def check(id_: str) -> Callable[[Checker], Checker]:
    """Enter a function in the register."""

    def enter(function: Checker) -> Checker:
        REGISTER[id_] = function
        return function

    return enter


def within(
    done: date | Literal[False] | None,
    due: date,
    *,
    on: date | None,
    what: str,
    path: str,
    at: str = "",
) -> Finding:
    """Judge a duty with a last day: done in time, done late, not done and late, still time, not known."""
    dates = {"due_on": due, "done_on": done or None}
    if done:
        if done <= due:
            return ok(f"{what} : fait le {full_day(done)}, au plus tard le {full_day(due)}.", at=at, dates=dates)
        return broken(f"{what} : fait le {full_day(done)}, après le {full_day(due)}.", at=at, dates=dates)
    if done is None:
        return unknown(f"{what} : à faire au plus tard le {full_day(due)} ; dites quand.", path, at=at, dates=dates)
    if on is None:
        sentence = f"{what} : pas encore fait, dernier jour le {full_day(due)} ; dites le jour où l'on juge."
        return unknown(sentence, "on", at=at, dates=dates)
    if on > due:
        return broken(f"{what} : pas fait, il le fallait le {full_day(due)} au plus tard.", at=at, dates=dates)
    return ok(f"{what} : pas encore fait, le délai court jusqu'au {full_day(due)}.", at=at, dates=dates)
