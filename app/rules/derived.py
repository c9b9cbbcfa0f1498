"""What follows from the facts told: who is invited, what the applicant brings in all. Only what is certain."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from app.rules.facts import Collection, Facts
from app.rules.numbers import exact, plus, point
from app.rules.when import When

if TYPE_CHECKING:
    from app.rules.facts import Element, Value
    from app.rules.numbers import Bounds, Number


def completed(facts: Facts) -> Facts:
    """The same facts with what follows from them; what was told is never replaced."""
    flat: dict[str, Value] = dict(facts.flat)
    cash, in_kind = flat.get("money.own_cash"), flat.get("money.own_in_kind")
    if "money.own_contribution" not in flat and cash is not None and in_kind is not None:
        flat["money.own_contribution"] = exact(cast("Number", cash) + cast("Number", in_kind))
    lists = dict(facts.lists)
    if "participants" in lists:
        lists["participants"] = _with_invited(lists["participants"], lists.get("events", Collection()))
    return Facts(flat, lists, told=facts.told)


def _with_invited(participants: Collection, events: Collection) -> Collection:
    """Mark those who come from another country than the one where the event takes place."""
    by_id = {event["id"]: event.get("country") for event in events.items if "id" in event}
    countries = {event.get("country") for event in events.items}
    only = next(iter(countries)) if events.complete and len(countries) == 1 else None
    items = []
    for one in participants.items:
        host = by_id.get(one["event"]) if "event" in one else only
        if "invited" not in one and host is not None and "country" in one:
            items.append({**one, "invited": one["country"] != host})
        else:
            items.append(one)
    return Collection(tuple(items), participants.weights, complete=participants.complete)


def consistency(facts: Facts) -> list[str]:
    """Contradictions inside the facts, each as a sentence."""
    problems = []
    start, end = facts.flat.get("project.start"), facts.flat.get("project.end")
    if _reversed(start, end):
        problems.append("« project » finit avant de commencer.")
    for rank, event in enumerate(facts.lists.get("events", Collection()).items):
        if _reversed(event.get("start"), event.get("end")):
            problems.append(f"« events[{rank}] » finit avant de commencer.")
    for rank, one in enumerate(facts.lists.get("participants", Collection()).items):
        low, high = cast("Bounds", one.get("age") or (None, None))
        if low is not None and high is not None and low > high:
            problems.append(f"« participants.groups[{rank}] » : age_min dépasse age_max.")
    return problems + _totals(facts)


def _totals(facts: Facts) -> list[str]:
    participants = facts.lists.get("participants", Collection())
    known = point(0)
    for weight in participants.weights:
        known = plus(known, weight)
    low, high = known[0] or 0, known[1] if participants.complete else None
    total = cast("Number | None", facts.flat.get("participants.total"))
    invited = cast("Number | None", facts.flat.get("participants.invited"))
    problems = []
    if total is not None and (total < low or (high is not None and total > high)):
        problems.append("« participants.total » ne correspond pas à la somme des groupes et des personnes.")
    if total is not None and invited is not None and invited > total:
        problems.append("« participants.invited » dépasse « participants.total ».")
    sure = sum(cast("Number", weight[0]) for weight in _weights_invited(participants))
    if invited is not None and invited < sure:
        problems.append("« participants.invited » est inférieur aux personnes invitées des groupes.")
    return problems


def _weights_invited(participants: Collection) -> list[Bounds]:
    pairs: list[tuple[Element, Bounds]] = list(zip(participants.items, participants.weights, strict=True))
    return [weight for one, weight in pairs if one.get("invited") is True]


def _reversed(start: object, end: object) -> bool:
    return isinstance(start, When) and isinstance(end, When) and end.last < start.first
