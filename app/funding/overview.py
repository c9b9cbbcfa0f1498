"""All programmes at once for a project, and one of them whole: what the pages show, as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from app.rules.answer import answer
from app.rules.choice import editions_on
from app.rules.evaluate import assess
from app.rules.portfolio import assess_all
from app.rules.result import Verdict
from app.rules.when import parse_when

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from app.funding.catalogue import Rules
    from app.funding.facts import ProjectFacts
    from app.rules.evaluate import Assessment
    from app.rules.facts import Facts
    from app.rules.model import Edition


class Group(StrEnum):
    """How near a programme is, the nearest first."""

    ELIGIBLE = "eligible"
    NEARLY = "nearly"
    TO_CHECK = "to_check"
    NOT_ELIGIBLE = "not_eligible"
    NOT_CONCERNED = "not_concerned"


_OPEN = frozenset({Group.ELIGIBLE, Group.NEARLY, Group.TO_CHECK})


@dataclass(frozen=True)
class Line:
    """One programme for a project."""

    edition: Edition
    group: Group
    told: Mapping[str, Any]
    is_closed: bool = False

    @property
    def is_money(self) -> bool:
        """Whether it pays; advice, contacts and programmes to know of do not."""
        return self.edition.kind == "cash"

    @property
    def one_change(self) -> str:
        """The change that opens the door; empty when there is none."""
        return next((str(one["sentence"]) for one in self.told["advice"] if one["verdict"] == Verdict.ELIGIBLE), "")

    @property
    def question(self) -> str:
        """The question that decides."""
        missing = self.told["missing"]
        return str(missing[0]["question"]) if missing else ""

    @property
    def asks(self) -> str:
        """The fact that this question asks for."""
        missing = self.told["missing"]
        return str(missing[0]["fact"]) if missing else ""


@dataclass(frozen=True)
class Overview:
    """Every programme, in the order of the page; ``problems``: answers that contradict themselves."""

    lines: tuple[Line, ...]
    problems: tuple[str, ...]
    warnings: tuple[str, ...]

    def of(self, group: Group | str) -> list[Line]:
        """The programmes of one group that still take requests and pay."""
        return [line for line in self.lines if line.group == group and line.is_money and not line.is_closed]

    @property
    def helpers(self) -> list[Line]:
        """Who advises, and what is only to be known of."""
        return [line for line in self.lines if not line.is_money and line.group in _OPEN]

    @property
    def closed(self) -> list[Line]:
        """The calls that are over, and that were for such a project."""
        return [line for line in self.lines if line.is_money and line.is_closed and line.group != Group.NOT_CONCERNED]


def is_over(edition: Edition, day: date, today: date) -> bool:
    """Whether a call took its last requests before a request of the past, or before today.

    A request planned for after the deadline of a call that is still to be had may be filed earlier.
    """
    return _ended_before(edition, min(day, today))


def _ended_before(edition: Edition, day: date) -> bool:
    closes = edition.window.closes
    last = closes.date() if isinstance(closes, datetime) else closes
    return any(one is not None and one < day for one in (last, edition.until))


def day_of(known: ProjectFacts, today: date) -> date:
    """The day whose rules are read: that of the request where it is stated, else today."""
    told = known.values.get("submission.date")
    try:
        return parse_when(told).last if isinstance(told, str) else today
    except (ValueError, KeyError, OSError, OverflowError):
        return today


def told_by(rules: Rules, edition: Edition, facts: Facts, *, today: date) -> dict[str, Any]:
    """Everything that an edition says of a project."""
    return answer(assess(edition, facts), catalogue=rules.catalogue, today=today)


def overview(rules: Rules, known: ProjectFacts, *, today: date) -> Overview:
    """All programmes at once, on the day of the request."""
    facts, problems = known.read(rules.catalogue.words)
    day = day_of(known, today)
    told = assess_all(rules.catalogue, facts, on=day, today=today)
    lines = []
    for one in told["assessments"]:
        edition = rules.catalogue.by_id[f"{one['programme']}/{one['edition']}"]
        lines.append(Line(edition, Group(one["group"]), one, is_over(edition, day, today)))
    warnings = dict.fromkeys(str(one["sentence"]) for one in told["warnings"])
    return Overview(tuple(lines), problems, tuple(warnings))


def assessments(rules: Rules, known: ProjectFacts, *, today: date) -> list[Assessment]:
    """The assessment of every programme that still takes requests, without its sentences."""
    facts, _problems = known.read(rules.catalogue.words)
    day = day_of(known, today)
    return [assess(one, facts) for one in editions_on(rules.catalogue, day) if not is_over(one, day, today)]
