"""What follows from the facts told: who is invited, what the applicant brings in all. Only what is certain."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, cast

from app.rules.facts import Codes, Collection, Facts
from app.rules.numbers import exact, plus, point
from app.rules.vocabulary.countries import country_of
from app.rules.when import When, length_in_days, length_in_months

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
    online = _is_online(lists.get("events", Collection()), flat.get("project.activities"))
    if "project.has_online_activities" not in flat and online is not None:
        flat["project.has_online_activities"] = online
    _with_countries(flat, lists.get("budget", Collection()))
    return Facts(flat, lists, told=facts.told)


def doubted(facts: Facts) -> Facts:
    """The same facts, of which nothing is believed that another answer may still replace.

    What holds of these holds whatever is told besides: that a told number of months is the length of days not yet told
    is nearly so; that there is one country of the cooperation, because no other is named, is a guess, and so it is that
    nothing takes place online, as long as not all activities are named.
    """
    flat = dict(facts.flat)
    told = (facts.told or {}).get("project") or {}
    activities = flat.get("project.activities")
    all_named = isinstance(activities, Codes) and activities.complete
    for name in ("several_countries",) if all_named else ("several_countries", "has_online_activities"):
        if told.get(name) is None and flat.get(f"project.{name}") is False:
            del flat[f"project.{name}"]
    return Facts(flat, facts.lists, told=facts.told, doubting=True)


def _with_countries(flat: dict[str, Value], budget: Collection) -> None:
    """The one country of the cooperation, and whether there are several: the applicant's own is none of them.

    A country is no longer the only one where the budget spends money in another, which may also be passed through.
    """
    countries, home = flat.get("project.countries"), flat.get("applicant.country")
    if isinstance(countries, Codes) and home is not None:
        abroad = {one for one in countries.items if country_of(one) != country_of(home)}
        if countries.complete and len(abroad) == 1:
            flat.setdefault("project.target_country", next(iter(abroad)))
        if len({country_of(one) for one in abroad}) > 1:
            flat.setdefault("project.several_countries", True)
    spent_in = {country_of(one.get("country")) for one in budget.items if one.get("side") == "expense"}
    target = country_of(flat.get("project.target_country"))
    if target is not None and spent_in <= {target, country_of(home), None}:
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


def _is_online(events: Collection, activities: Value | None) -> bool | None:
    """Whether something takes place online: one event or activity tells it; that none does, only all of the events."""
    mentioned = activities.items if isinstance(activities, Codes) else frozenset()
    modes = ["online" if event.get("kind") in _ONLINE else event.get("mode") for event in events.items]
    if mentioned & _ONLINE or any(mode in ("online", "hybrid") for mode in modes):
        return True
    return False if events.complete and modes and all(mode == "in_person" for mode in modes) else None


_ONLINE = frozenset({"webinar"})


def _with_invited(lists: Mapping[str, Collection]) -> Collection:
    """Mark those who come from another country than the one where the event takes place.

    They are guests when their country takes part in the project; those of a country that certainly does not are none.
    """
    participants, events = lists["participants"], lists.get("events", Collection())
    organisations = lists.get("organisations", Collection())
    taking_part = {country_of(one.get("country")) for one in organisations.items}
    all_known = organisations.complete and None not in taking_part
    by_id = {event["id"]: country_of(event.get("country")) for event in events.items if "id" in event}
    countries = {country_of(event.get("country")) for event in events.items}
    only = next(iter(countries)) if events.complete and len(countries) == 1 else None
    items = []
    for one in participants.items:
        host = by_id.get(one["event"]) if "event" in one else only
        country = country_of(one.get("country"))
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
    says_no = facts.flat.get("project.has_online_activities") is False
    if says_no and _is_online(Collection(), facts.flat.get("project.activities")):
        problems.append("« project.has_online_activities » dit non, mais « project.activities » cite un webinaire.")
    for rank, event in enumerate(facts.lists.get("events", Collection()).items):
        if _reversed(event.get("start"), event.get("end")):
            problems.append(f"« events[{rank}] » finit avant de commencer.")
        if says_no and _is_online(Collection((event,)), None):
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
    if isinstance(start, When) and isinstance(end, When) and months is not None:
        told = Fraction(cast("Number", months))
        longest = length_in_months(start.first, end.last)
        shortest = length_in_months(start.last, max(start.last, end.first))
        if start.is_day and end.is_day and abs(longest - told) >= 1:
            found.append(
                f"La durée dite ({_said(months)} mois) ne va pas avec les dates du projet "
                f"({_said(round(longest))} mois) : ce sont les dates qui comptent."
            )
        elif not shortest - 1 < told < longest + 1:
            found.append(
                f"La durée dite ({_said(months)} mois) ne va pas avec les dates du projet : c’est la durée dite qui "
                "compte, tant que les dates ne sont pas plus précises."
            )
    if flat.get("applicant.has_legal_personality") is False and flat.get("applicant.kind") in _AUTHORITIES:
        found.append("Une collectivité a la personnalité morale : la réponse contraire n’est pas retenue.")
    return found + _lengths(facts) + _sums(flat) + _marks(flat) + _online(facts)


def _lengths(facts: Facts) -> list[str]:
    """A meeting told to last so many days, and dated on more or fewer."""
    found = []
    for rank, event in enumerate(facts.lists.get("events", Collection()).items, 1):
        start, end, told = event.get("start"), event.get("end"), cast("Number | None", event.get("days"))
        if not isinstance(start, When) or not isinstance(end, When) or told is None:
            continue
        shortest = length_in_days(start.last, max(start.last, end.first))
        longest = length_in_days(start.first, end.last)
        if shortest <= told <= longest:
            continue
        dates = _said(longest) if shortest == longest else f"{shortest} à {longest}"
        counts = "ce sont les dates" if shortest == longest else "c’est la durée dite"
        found.append(
            f"La durée dite de la rencontre {rank} ({_said(told)} {_days(told)}) ne va pas avec ses dates "
            f"({dates} {_days(longest)}) : "
            f"{counts} qui compte{'nt' if shortest == longest else ''}."
        )
    return found


def _sums(flat: Mapping[str, Value]) -> list[str]:
    """A sum told beside its parts, and another than theirs."""
    cash, in_kind, whole = (cast("Number | None", flat.get(f"money.own_{name}")) for name in _OWN)
    if cash is None or in_kind is None or whole is None or cash + in_kind == whole:
        return []
    return ["L’apport dit n’est pas la somme de l’argent et de la valorisation : c’est l’apport dit qui compte."]


def _days(number: Number) -> str:
    return "jours" if number >= 2 else "jour"  # noqa: PLR2004  # as French counts


_OWN = ("cash", "in_kind", "contribution")


def _marks(flat: Mapping[str, Value]) -> list[str]:
    """Marks that are together more than their total."""
    total, marks = flat.get("score.total"), [one for name, one in flat.items() if name.startswith("score.parts.")]
    if total is None or sum(cast("list[Number]", marks)) <= cast("Number", total):
        return []
    return ["Les notes dites font plus que la note totale : ce sont les notes qui comptent."]


def _online(facts: Facts) -> list[str]:
    events = facts.lists.get("events", Collection())
    activities = facts.flat.get("project.activities")
    if not facts.flat.get("project.has_online_activities") or _is_online(events, activities) is not False:
        return []
    return ["Toutes les rencontres sont en présence, mais le projet dit avoir des activités en ligne : il en a."]


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
    most = _most_invited(participants)
    if invited is not None and most is not None and invited > most:
        problems.append("« participants.invited » dépasse les personnes des groupes qui peuvent être invitées.")
    return problems


def _most_invited(participants: Collection) -> Number | None:
    """How many of the groups may be invited, where all groups are told with their numbers."""
    pairs = zip(participants.items, participants.weights, strict=True)
    several = [weight[1] for one, weight in pairs if one.get("invited") is not False]
    if not participants.complete or None in several:
        return None
    return sum(one for one in several if one is not None)


def _weights_invited(participants: Collection) -> list[Bounds]:
    pairs: list[tuple[Element, Bounds]] = list(zip(participants.items, participants.weights, strict=True))
    return [weight for one, weight in pairs if one.get("invited") is True]


def _reversed(start: object, end: object) -> bool:
    return isinstance(start, When) and isinstance(end, When) and end.last < start.first
