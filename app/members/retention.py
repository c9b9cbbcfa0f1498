"""How long a committee keeps what it knows of people: dated data with their source, by category."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from app.law.words import french

_ATTRIBUTES = {"from": "since"}
_FILE = Path(__file__).with_name("data") / "retention.toml"


@dataclass(frozen=True, kw_only=True)
class Rule:
    """What is kept, why, for how many months from what, and on whose word."""

    code: str
    label: str
    purpose: str
    basis: str
    since: str
    months: int
    does: str
    source: str
    confidence: str
    noted_on: date


@cache
def rules() -> dict[str, Rule]:
    """Every rule, in the order of the file."""
    found: dict[str, dict[str, Any]] = tomllib.loads(_FILE.read_text("utf-8"))
    return {
        code: Rule(code=code, **{_ATTRIBUTES.get(name, name): _set(told[name]) for name in told})
        for code, told in found.items()
    }


def _set(value: Any) -> Any:  # noqa: ANN401  # what TOML holds
    return french(value) if isinstance(value, str) else value


def is_over(code: str, began: date, *, on: date) -> bool:
    """Whether the time of a rule, begun on a day, is over on another."""
    months = began.year * 12 + began.month - 1 + rules()[code].months
    year, month = divmod(months, 12)
    last = date(year, month + 1, min(began.day, 28))
    return last < on


def lasting(rule: Rule) -> str:
    """How long, and from when: « 1 an après la demande », « dès le retrait »."""
    if not rule.months:
        return french(f"dès {rule.since}")
    years, months = divmod(rule.months, 12)
    parts = [f"{years} an{'s' if years > 1 else ''}"] if years else []
    parts += [f"{months} mois"] if months else []
    return french(f"{' et '.join(parts)} après {rule.since}")
