"""What the page and the print of an answer show besides the answer itself: dates, documents, prose, warnings."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from app.rules.due import due_dates
from app.rules.saying import Speaker
from app.shared.clock import day_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from app.funding.models import Tick
    from app.rules.facts import Facts
    from app.rules.model import Criterion, Edition

PROSE = frozenset({"note", "unwritten"})
"""Kinds of conditions that no machine can check: a named person ticks them."""

_DOCUMENT = "document-"
_ORDER = {"not_met": 0, "unknown": 1, "met": 2, "not_applicable": 3}


@dataclass(frozen=True)
class Due:
    """A date to respect; ``on`` None as long as the fact it is counted from is not known."""

    says: str
    on: date | None
    said: str = ""
    is_over: bool = False


@dataclass(frozen=True)
class Prose:
    """A condition for a person to tick; ``fact``: the fact of the engine that the tick states."""

    id: str
    label: str
    says: str
    tick: Mapping[str, Any] | None = None
    fact: str = ""


@dataclass(frozen=True)
class Sheet:
    """One answer, ready to be shown."""

    edition: Edition
    told: Mapping[str, Any]
    criteria: Sequence[Mapping[str, Any]]
    documents: Sequence[Mapping[str, Any]]
    dates: Sequence[Due]
    prose: Sequence[Prose]
    warnings: Sequence[str] = field(default=())

    @property
    def lines(self) -> list[Mapping[str, Any]]:
        """The lines of the calculation that apply, or may."""
        return [one for one in self.told["amount"]["lines"] if one["applies"] != "not_met"]


def sheet(
    edition: Edition,
    told: Mapping[str, Any],
    facts: Facts,
    *,
    today: date,
    ticks: Iterable[Mapping[str, Any]] = (),
    warnings: Sequence[str] = (),
) -> Sheet:
    """Lay an answer out."""
    prose_ids = {one.id for one in edition.criteria if one.readings[0].condition.kind in PROSE}
    every = [one for one in told["criteria"] if one["id"] not in prose_ids or one["status"] == "unknown"]
    unwritten = {one.id for one in edition.criteria if one.readings[0].condition.kind == "unwritten"}
    idle = {one["id"] for one in told["criteria"] if one["id"] in unwritten and one["status"] == "not_applicable"}
    documents = [one for one in every if one["id"].startswith(_DOCUMENT) and one["status"] != "not_applicable"]
    criteria = [one for one in every if not one["id"].startswith(_DOCUMENT)]
    criteria.sort(key=lambda one: (not one["counts"], _ORDER[one["status"]], one["severity"] != "bloquant"))
    return Sheet(
        edition=edition,
        told=told,
        criteria=criteria,
        documents=documents,
        dates=dates_of(edition, facts, today=today),
        prose=[one for one in prose_of(edition, ticks) if one.tick or one.id not in idle],
        warnings=warnings,
    )


def prose_of(edition: Edition, ticks: Iterable[Mapping[str, Any]] = ()) -> list[Prose]:
    """The conditions that a person ticks, with the tick that stands."""
    standing = {one["condition"]: one for one in ticks}
    found = []
    for one in edition.criteria:
        fact = ticked_fact(one)
        if fact:
            found.append(Prose(fact, one.label, one.says, standing.get(fact), fact))
        elif one.readings[0].condition.kind in PROSE:
            found.append(Prose(one.id, one.label, one.says, standing.get(one.id)))
    return found


def ticked_fact(criterion: Criterion) -> str:
    """The answer that a person gives by ticking; empty when the rule is of another kind."""
    raw = criterion.raw
    value = raw.get("value")
    if (
        raw.get("condition") == "is"
        and isinstance(value, str)
        and value.startswith("answers.")
        and raw.get("is") is True
    ):
        return value
    return ""


def dates_of(edition: Edition, facts: Facts, *, today: date) -> list[Due]:
    """The window of the call and the dates that follow from the project, the nearest first."""
    speaker = Speaker()
    window, found = edition.window, []
    if window.opens is not None:
        found.append(_fixed("Ouverture de l’appel", window.opens, window.zone, speaker, today))
    if window.closes is not None:
        found.append(_fixed("Date limite de dépôt", window.closes, window.zone, speaker, today))
    for on, due in due_dates(edition, facts):
        said = speaker.day(on) if on else ""
        found.append(Due(due.says, on, said, is_over=on is not None and on < today))
    return sorted(found, key=lambda one: (one.on is None, one.on or today))


def _fixed(says: str, moment: date | datetime, zone: str, speaker: Speaker, today: date) -> Due:
    day = moment.date() if isinstance(moment, datetime) else moment
    return Due(says, day, speaker.day(moment, zone), is_over=day < today)


def closes_at(edition: Edition) -> datetime | None:
    """The moment a call closes, aware; at the end of the day when no hour is given."""
    return _moment(edition.window.closes, edition.window.zone, end=True)


def is_closed(edition: Edition, now: datetime) -> bool:
    """Whether the call takes no more requests."""
    closes = closes_at(edition)
    ended = edition.until is not None and day_of(now) > edition.until
    return ended or (closes is not None and now > closes)


def opens_at(edition: Edition) -> datetime | None:
    """The moment a call opens, aware."""
    return _moment(edition.window.opens, edition.window.zone, end=False)


def _moment(value: date | datetime | None, zone: str, *, end: bool) -> datetime | None:
    if value is None:
        return None
    if isinstance(value, datetime):
        return value if value.tzinfo else value.replace(tzinfo=ZoneInfo(zone))
    clock = (23, 59) if end else (0, 0)
    return datetime(value.year, value.month, value.day, *clock, tzinfo=ZoneInfo(zone))


def tick_values(ticks: Iterable[Tick]) -> list[dict[str, Any]]:
    """Ticks that stand, as plain values; the newest of each condition."""
    found: dict[str, dict[str, Any]] = {}
    for tick in ticks:
        if tick.taken_back_at is None and tick.condition not in found:
            found[tick.condition] = {
                "id": tick.id,
                "condition": tick.condition,
                "says": tick.says,
                "note": tick.note,
                "who": tick.ticked_by,
                "on": tick.ticked_at.date().isoformat(),
            }
    return list(found.values())
