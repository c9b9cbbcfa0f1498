"""The dated tables in ``data/``: figures, strengths, articles, checks. Nothing of the law is written in code."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

Confidence = Literal["high", "medium", "low"]
Severity = Literal["blocking", "warning", "information"]

_DATA = Path(__file__).with_name("data")


@dataclass(frozen=True)
class Figure:
    """One delay or threshold, valid from ``starts`` to ``ends`` (None: no bound known)."""

    name: str
    value: int
    unit: str
    article: str
    source: str
    confidence: Confidence
    starts: date | None = None
    ends: date | None = None
    note: str = ""

    def holds(self, on: date) -> bool:
        """Say whether the figure is in force that day."""
        return (self.starts is None or self.starts <= on) and (self.ends is None or on <= self.ends)


@dataclass(frozen=True)
class CitedArticle:
    """An article that deliberations cite, with its validity and what took its place."""

    code: str
    title: str
    source: str
    confidence: Confidence
    starts: date | None = None
    ends: date | None = None
    replaced_by: str = ""
    replaces: str = ""
    note: str = ""


@dataclass(frozen=True)
class CheckRule:
    """What a check is: its title, how grave a failure is, on which text it stands, which facts it reads.

    ``override`` says whether a reason, with its author and date, may go past a failure that blocks; ``override_note``,
    which reason may be worth it, or why none is.
    """

    id: str
    title: str
    severity: Severity
    article: str
    source: str
    confidence: Confidence
    about: str
    facts: str
    override: Literal["reason", "never"]
    override_note: str = ""


@dataclass(frozen=True)
class Matter:
    """One of the 57 ACTES codes."""

    code: str
    level1: str
    level2: str
    scdl: str


@cache
def load(name: str) -> dict[str, Any]:
    """Read one data file, once."""
    return tomllib.loads((_DATA / f"{name}.toml").read_text("utf-8"), parse_float=Decimal)


def _dated(row: Mapping[str, Any]) -> dict[str, Any]:
    """TOML says ``from`` and ``to``, which Python keeps for itself."""
    names = {"from": "starts", "to": "ends"}
    return {names.get(key, key): value for key, value in row.items()}


@cache
def figures() -> tuple[Figure, ...]:
    """Every dated figure, general and local law."""
    rows = [*load("figures")["figure"], *load("alsace_moselle")["figure"]]
    return tuple(Figure(**_dated(row)) for row in rows)


def figure(name: str, on: date | None = None) -> Figure | None:
    """Return the figure in force ``on`` that day (without a day: the newest), None if we hold none for it."""
    known = [one for one in figures() if one.name == name]
    if not known:
        raise KeyError(name)
    if on is None:
        return max(known, key=lambda one: one.starts.toordinal() if one.starts else 0)
    return next((one for one in known if one.holds(on)), None)


def number(name: str, on: date | None = None) -> int:
    """Return a figure that has no bound in time, or the newest one for a day that our tables do not reach."""
    found = figure(name, on) or figure(name)
    assert found is not None  # noqa: S101  # an unknown name has raised
    return found.value


@cache
def articles() -> dict[str, CitedArticle]:
    """Every article that a visa may cite, by its code."""
    return {row["code"]: CitedArticle(**_dated(row)) for row in load("articles")["article"]}


@cache
def check_rules() -> dict[str, CheckRule]:
    """C01 to C58, in order."""
    return {row["id"]: CheckRule(**row) for row in load("checks")["check"]}


@cache
def local_check_rules() -> dict[str, CheckRule]:
    """The same, as the law of Alsace-Moselle changes them."""
    local = load("alsace_moselle")["checks"]
    return {id_: CheckRule(**{**vars(rule), **local.get(id_, {})}) for id_, rule in check_rules().items()}


@cache
def matters() -> dict[str, Matter]:
    """The 57 ACTES codes."""
    return {row["code"]: Matter(**row) for row in load("actes")["matter"]}


@dataclass(frozen=True)
class SuggestedMatter:
    """The ACTES code that an act of this kind usually bears."""

    kind: str
    code: str
    confidence: Confidence


@cache
def suggested_matters() -> dict[str, SuggestedMatter]:
    """The code to propose for each kind of act; those of low confidence are to be confirmed by the prefecture."""
    return {row["kind"]: SuggestedMatter(**row) for row in load("actes")["suggestion"]}


@cache
def local_departments() -> frozenset[str]:
    """The departments of Alsace-Moselle."""
    return frozenset(load("alsace_moselle")["departments"])


@cache
def local_articles() -> dict[str, str]:
    """The articles that stand in Alsace-Moselle for those set aside there (CGCT, L2541-1)."""
    return dict(load("alsace_moselle")["articles"])


@dataclass(frozen=True)
class LocalChange:
    """How a change of an association comes into the court's register in Alsace-Moselle, and from when it holds.

    ``effect``: ``at_once`` (but strangers may be unaware of it until it is entered) or ``registered``.
    """

    article: str
    effect: Literal["at_once", "registered"]
    source: str
    confidence: Confidence


@cache
def local_changes() -> dict[str, LocalChange]:
    """The same for new officers and for other statutes; no delay in months is known of either."""
    return {name: LocalChange(**row) for name, row in load("alsace_moselle")["changes"].items()}


@dataclass(frozen=True)
class SpecialStatus:
    """Communes whose council the general table does not number; ``delays``: why the end of a delay is not known there.

    ``names`` tell them only where neither code nor department is told.
    """

    status: str
    source: str
    confidence: Confidence
    names: tuple[str, ...] = ()
    codes: frozenset[str] = frozenset()
    departments: frozenset[str] = frozenset()
    prefixes: tuple[str, ...] = ()
    delays: str = ""


@cache
def special_statuses() -> dict[str, SpecialStatus]:
    """Paris, Lyon, Marseille and what lies overseas, by status."""
    kinds = {"names": tuple, "prefixes": tuple, "codes": frozenset, "departments": frozenset}
    rows = load("special")["status"]
    return {
        row["status"]: SpecialStatus(**{key: kinds.get(key, str)(value) for key, value in row.items()}) for row in rows
    }


@cache
def sources() -> dict[str, str]:
    """What each source number stands for."""
    return dict(load("sources")["sources"])
