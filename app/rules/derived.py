"""What follows from the facts told: who is invited, what the applicant brings in all. Only what is certain."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, cast

from app.rules.facts import Codes, Collection, Facts
from app.rules.numbers import exact, plus, point
from app.rules.when import When, length_in_months

if TYPE_CHECKING:
    from collections.abc import Mapping

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
        lists["participants"] = _with_invited(lists)
    if "requests" in lists:
        lists["requests"] = _with_year(lists["requests"])
    online = _is_online(lists.get("events", Collection()))
    if "project.has_online_activities" not in flat and online is not None:
        flat["project.has_online_activities"] = online
    _with_countries(flat, lists.get("budget", Collection()))
    return Facts(flat, lists, told=facts.told)


def _with_countries(flat: dict[str, Value], budget: Collection) -> None:
    """The one country of the cooperation, and whether there are several: the applicant's own is none of them.

    A country is no longer the only one where the budget spends money in another, which may also be passed through.
    """
    countries, home = flat.get("project.countries"), flat.get("applicant.country")
    if isinstance(countries, Codes) and home is not None:
        abroad = countries.items - {home}
        if countries.complete and len(abroad) == 1:
            flat.setdefault("project.target_country", next(iter(abroad)))
        if len(abroad) > 1:
            flat.setdefault("project.several_countries", True)
    spent_in = {one.get("country") for one in budget.items if one.get("side") == "expense"}
    if "project.target_country" in flat and spent_in <= {flat["project.target_country"], home, None}:
        flat.setdefault("project.several_countries", False)


def _with_year(requests: Collection) -> Collection:
    """The year of each other request, where only its day is told."""
    items = [
        {**one, "year": when.first.year}
        if "year" not in one and isinstance(when := one.get("date"), When) and when.first.year == when.last.year
        else one
        for one in requests.items
    ]
    return Collection(tuple(items), requests.weights, complete=requests.complete)


def _is_online(events: Collection) -> bool | None:
    """Whether something takes place online: one event tells it; that none does, only all of them tell."""
    modes = [event.get("mode") for event in events.items]
    if any(mode in ("online", "hybrid") for mode in modes):
        return True
    return False if events.complete and modes and all(mode == "in_person" for mode in modes) else None


def _with_invited(lists: Mapping[str, Collection]) -> Collection:
    """Mark those who come from another country than the one where the event takes place.

    They are guests when their country takes part in the project; those of a country that certainly does not are none.
    """
    participants, events = lists["participants"], lists.get("events", Collection())
    organisations = lists.get("organisations", Collection())
    taking_part = {one.get("country") for one in organisations.items}
    all_known = organisations.complete and None not in taking_part
    by_id = {event["id"]: event.get("country") for event in events.items if "id" in event}
    countries = {event.get("country") for event in events.items}
    only = next(iter(countries)) if events.complete and len(countries) == 1 else None
    items = []
    for one in participants.items:
        host = by_id.get(one["event"]) if "event" in one else only
        country = one.get("country")
        is_decided = host is not None and country is not None and (country == host or country in taking_part)
        if "invited" not in one and is_decided:
            items.append({**one, "invited": country != host})
        elif "invited" not in one and country is not None and country not in taking_part and all_known:
            items.append({**one, "invited": False})
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
        if event.get("mode") in ("online", "hybrid") and facts.flat.get("project.has_online_activities") is False:
            problems.append(f"« project.has_online_activities » dit non, mais « events[{rank}] » se tient en ligne.")
    for rank, one in enumerate(facts.lists.get("participants", Collection()).items):
        low, high = cast("Bounds", one.get("age") or (None, None))
        if low is not None and high is not None and low > high:
            problems.append(f"« participants.groups[{rank}] » : age_min dépasse age_max.")
    return problems + _names(facts) + _totals(facts)


def doubts(facts: Facts) -> list[str]:
    """What was told and is not believed: the answer counts without it, and says so."""
    flat, found = facts.flat, []
    start, end, months = (flat.get(f"project.{name}") for name in ("start", "end", "months"))
    if isinstance(start, When) and isinstance(end, When) and start.is_day and end.is_day and months is not None:
        length = length_in_months(start.first, end.last)
        if abs(length - Fraction(cast("Number", months))) >= 1:
            found.append(
                f"La durée dite ({_said(months)} mois) ne va pas avec les dates du projet "
                f"({_said(round(length))} mois) : ce sont les dates qui comptent."
            )
    if flat.get("applicant.has_legal_personality") is False and flat.get("applicant.kind") in _AUTHORITIES:
        found.append("Une collectivité a la personnalité morale : la réponse contraire n’est pas retenue.")
    return found


_AUTHORITIES = frozenset({"commune", "intercommunal", "departement", "region", "local_authority"})


def _said(number: Value) -> str:
    return f"{float(cast('Number', number)):g}".replace(".", ",")


def _names(facts: Facts) -> list[str]:
    """Two meetings of one name, and persons sent to a meeting that is not in the list."""
    problems = []
    events = facts.lists.get("events", Collection())
    there: set[object] = set()
    for rank, one in enumerate(events.items):
        if (known := one.get("id")) is not None and known in there:
            problems.append(f"« events[{rank}].id » : « {known} » est déjà l’identifiant d’une autre rencontre.")
        there.add(known)
    for rank, one in enumerate(facts.lists.get("participants", Collection()).items):
        if events.complete and None not in there and there and "event" in one and one["event"] not in there:
            problems.append(
                f"« participants.groups[{rank}].event » : aucune rencontre n’a l’identifiant « {one['event']} »."
            )
    return problems


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
