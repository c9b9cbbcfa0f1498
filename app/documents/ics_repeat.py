"""The repetitions that calendars write, as far as a programme says them: the same local hour, on days of a pattern."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from icalendar.prop.broken import vBroken as BrokenProperty  # noqa: TID251  # a part of ics_read

if TYPE_CHECKING:
    from collections.abc import Iterable

    from icalendar import Event  # noqa: TID251  # a part of ics_read

_EVERY = {"DAILY": "day", "WEEKLY": "week", "MONTHLY": "month", "YEARLY": "year"}
_WEEKDAYS = {
    "MO": "monday",
    "TU": "tuesday",
    "WE": "wednesday",
    "TH": "thursday",
    "FR": "friday",
    "SA": "saturday",
    "SU": "sunday",
}
_UNDERSTOOD = {"FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "BYMONTHDAY", "BYMONTH", "WKST"}
_MOST = 400
_TIMES = 1000
_STEPS = 366


def repetition(event: Event, start: date | datetime) -> dict[str, Any] | None:
    """Return how an event repeats, or None where that cannot be said by days alone.

    An event in universal time is not taken: its local hour changes with the seasons.
    """
    try:
        return _repetition(event, start)
    except (ValueError, TypeError, AttributeError, KeyError, IndexError, OverflowError):
        return None  # a rule of an unknown hand: what cannot be read is no rule


def _repetition(event: Event, start: date | datetime) -> dict[str, Any] | None:
    if isinstance(start, datetime) and start.tzinfo is not None and not _is_local(start):
        return None
    told: dict[str, Any] = {}
    rules = _many(event.get("RRULE"))
    lists = [one for name in ("RRULE", "RDATE", "EXDATE") for one in _many(event.get(name))]
    if "EXRULE" in event or len(rules) > 1 or any(isinstance(one, BrokenProperty) for one in lists):
        return None
    if rules:
        rule = _rule({str(name).upper(): list(values) for name, values in rules[0].items()}, start)
        if rule is None:
            return None
        told |= rule
    also, but = _days(event.get("RDATE"), start), _days(event.get("EXDATE"), start)
    if also is None or but is None or len(also) > _MOST or len(but) > _MOST:
        return None
    told |= {"except": but} if but else {}
    told |= {"also": also} if also else {}
    return told or None


def _is_local(moment: datetime) -> bool:
    return getattr(moment.tzinfo, "key", "UTC") not in {"UTC", "Etc/UTC", "Etc/GMT", "GMT"}


def _rule(rule: dict[str, list[Any]], start: date | datetime) -> dict[str, Any] | None:
    every = _EVERY.get(str(rule.get("FREQ", [""])[0]).upper())
    if every is None or set(rule) - _UNDERSTOOD or not _is_plain(rule, every, start):
        return None
    told: dict[str, Any] = {"every": every}
    step = int(rule.get("INTERVAL", [1])[0])
    if not 1 <= step <= _STEPS:
        return None
    told |= {"interval": step} if step > 1 else {}
    names = [str(one).upper() for one in rule.get("BYDAY", [])]
    if any(name not in _WEEKDAYS for name in names):
        return None
    told |= {"weekdays": [name for code, name in _WEEKDAYS.items() if code in names]} if names else {}
    if "COUNT" in rule:
        count = int(rule["COUNT"][0])
        if not 1 <= count <= _TIMES:
            return None
        told["count"] = count
    if "UNTIL" in rule:
        told["until"] = _last_day(rule["UNTIL"][0], start).isoformat()
    return told


def _is_plain(rule: dict[str, list[Any]], every: str, start: date | datetime) -> bool:
    """Whether the rule says no other day than that of the start, or days of the week."""
    if any(int(day) != start.day for day in rule.get("BYMONTHDAY", [])):
        return False
    if any(int(month) != start.month for month in rule.get("BYMONTH", [])) or (every == "day" and "BYMONTH" in rule):
        return False
    if every in {"month", "year"}:
        return "BYDAY" not in rule
    if "BYMONTHDAY" in rule or (every == "week" and "BYMONTH" in rule):
        return False
    other_week = str(rule.get("WKST", ["MO"])[0]).upper() != "MO" and int(rule.get("INTERVAL", [1])[0]) > 1
    return not other_week or len(rule.get("BYDAY", [])) <= 1


def _last_day(until: date | datetime, start: date | datetime) -> date:
    """The last day of the pattern: that of the bound, or the one before where the bound comes before the hour."""
    if not isinstance(until, datetime):
        return until
    local = until.astimezone(start.tzinfo) if _both_aware(until, start) else until  # type: ignore[union-attr]
    is_before = isinstance(start, datetime) and local.time() < start.time()
    return local.date() - timedelta(days=1) if is_before else local.date()


def _both_aware(until: datetime, start: date | datetime) -> bool:
    return until.tzinfo is not None and isinstance(start, datetime) and start.tzinfo is not None


def _days(value: Any, start: date | datetime) -> list[str] | None:  # noqa: ANN401  # what the library makes
    """The days of a list; None when one of them is at another hour, or a period."""
    found = []
    for moment in _moments(value):
        if not isinstance(moment, date):
            return None
        local: date | datetime = moment
        if isinstance(moment, datetime):
            if not isinstance(start, datetime):
                return None
            local = moment.astimezone(start.tzinfo) if _both_aware(moment, start) else moment
            if local.time() != start.time():
                return None
        found.append((local.date() if isinstance(local, datetime) else local).isoformat())
    return sorted(dict.fromkeys(found))


def _moments(value: Any) -> Iterable[Any]:  # noqa: ANN401  # as above
    for one in _many(value):
        for each in getattr(one, "dts", []):
            yield each.dt


def _many(value: Any) -> list[Any]:  # noqa: ANN401  # as above
    return [] if value is None else value if isinstance(value, list) else [value]
