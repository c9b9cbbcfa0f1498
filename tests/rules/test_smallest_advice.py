"""The sum shown first is the smallest: compared with every sum of a small space of changes, tried one by one."""

from __future__ import annotations

import heapq
import itertools
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from app.rules.advice import CAP, PER_SUGGESTION, advise
from app.rules.answer import answer
from app.rules.evaluate import assess
from app.rules.loader import load
from app.rules.reading import FactsError, read_facts
from app.rules.told import changed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.rules.levers import Lever
    from app.rules.model import Edition

CATALOGUE = load()
LEVERS = {one.id: one for one in CATALOGUE.levers}
TODAY = date(2026, 11, 22)
NEAR = 0.002  # efforts are told to the thousandth

Move = tuple[str, dict[str, Any], float]  # the lever, what it puts where, at what effort


def number(lever: str, path: str, old: int, *values: int, total: int = 0) -> list[Move]:
    """A number moved to each of these values; ``total``: the sum of all groups, when it is told too."""
    one = LEVERS[lever]
    return [(lever, {path: new, **_total(total, new - old)}, one.effort + one.per * abs(new - old)) for new in values]


def _total(total: int, by: int) -> dict[str, Any]:
    return {"participants.total": total + by} if total else {}


def days(lever: str, told: dict[str, str], *steps: int) -> list[Move]:
    """Dates moved together by each of these numbers of days."""
    one = LEVERS[lever]
    return [
        (
            lever,
            {path: (date.fromisoformat(day) + timedelta(step)).isoformat() for path, day in told.items()},
            one.effort + one.per * abs(step),
        )
        for step in steps
    ]


def word(lever: str, path: str, *values: Any) -> list[Move]:
    """Another word at a path."""
    return [(lever, {path: new}, LEVERS[lever].effort) for new in values]


KA210 = {"project.start": "2026-07-03", "project.end": "2027-06-30"}
DE = {"kind": "commune", "role": "co_applicant", "country": "DE"}
CERV_CASE = "CERV, invités, participants, durée, somme"
CERV = {"project.start": "2026-01-01", "project.end": "2026-02-28"}
LOW = {"applicant.kind": "intercommunal"}
CASES: dict[str, tuple[str, dict[str, Any], list[list[Move]]]] = {
    "KA210, somme, coût, début": (
        "erasmus-ka210/2026",
        {**KA210, "money.requested": 45000, "money.total_cost": 17000},
        [
            number("demander-moins", "money.requested", 45000, 30000, 20000),
            number("demander-plus", "money.requested", 45000, 60000),
            number("budget", "money.total_cost", 17000, 30000, 30001, 45001, 60001),
            days("decaler-le-projet", KA210, 30, 59, 60, 61, 180),
        ],
    ),
    "KA210, somme, coût, début, organismes": (
        "erasmus-ka210/2026",
        {
            **KA210,
            "money.requested": 45000,
            "money.total_cost": 17000,
            "partners.items": [{"kind": "commune", "country": "FR"}],
        },
        [
            number("demander-moins", "money.requested", 45000, 30000),
            number("demander-plus", "money.requested", 45000, 60000),
            number("budget", "money.total_cost", 17000, 30000, 30001, 60001),
            days("decaler-le-projet", KA210, 59, 60, 61),
            [("nouveau-partenaire", {"partners.items.1": DE}, 6.0)],
        ],
    ),
    CERV_CASE: (
        "cerv-jumelage/2024",
        {
            **CERV,
            "money.requested": 60000,
            "participants": {
                "complete": True,
                "groups": [{"country": "DE", "count": 20}, {"country": "FR", "count": 20}],
            },
        },
        [
            number("demander-moins", "money.requested", 60000, 50745, 50000, 8455),
            number("plus-de-participants", "participants.groups.0.count", 20, 24, 25, 29, 30, 31),
            number("plus-de-participants", "participants.groups.1.count", 20, 24, 25, 26, 30),
            days("finir-plus-tard", {"project.end": CERV["project.end"]}, 91, 121, 122, 123, 150),
        ],
    ),
    "CERV guide, en ligne, somme, durée": (
        "cerv-jumelage/guide",
        {**CERV, "money.requested": 5000, "project.has_online_activities": True},
        [
            number("demander-plus", "money.requested", 5000, 8454, 8455, 10000, 50745),
            word("sans-activite-en-ligne", "project.has_online_activities", *[False]),
            days("finir-plus-tard", {"project.end": CERV["project.end"]}, 91, 121, 122, 123, 150),
        ],
    ),
    "Fonds citoyen, part, part propre, équilibre": (
        "fonds-citoyen/depuis-2020",
        {
            "money": {"total_cost": 10000, "eligible_cost": 7500, "requested": 9000, "other_income": 500},
            "submission.category": 2,
        },
        [
            number("demander-moins", "money.requested", 9000, 7000, 6000, 5250, 5000),
            number("autres-recettes", "money.other_income", 500, 1499, 1500, 1501, 2250, 2500),
            number("moins-d-autres-recettes", "money.other_income", 500, 0, 250),
        ],
    ),
    "Twin 14, jeunes, par pays, âge": (
        "calvados-twin-14/sans-date",
        {"participants.groups.0.count": 5, "participants.groups.1.count": 6, "participants.groups.1.age_min": 7},
        [
            number("plus-de-participants", "participants.groups.0.count", 5, 6, 7, 8, 9, 10, 11),
            number("plus-de-participants", "participants.groups.1.count", 6, 7, 8, 9, 10, 11),
            number("age-minimum", "participants.groups.1.age_min", 7, 10, 11, 12),
        ],
    ),
    "JSI, porteur, montant, part": (
        "jsi-vvv-si/depuis-2023",
        {**LOW, "money.total_cost": 2000, "money.requested": 20000},
        [
            number("demander-moins", "money.requested", 20000, 1200, 1999, 2000, 2001, 10000),
            number("demander-plus", "money.requested", 20000, 30000),
            number("budget", "money.total_cost", 2000, 3333, 3334, 10000, 16667),
            word("porteur", "applicant.kind", "commune", "association", "twinning_committee"),
        ],
    ),
    "Nouveaux horizons B, montant, part, tiers": (
        "nouveaux-horizons-b/actuelle",
        {
            "money.own_contribution": 3000,
            "money.third_party": 2000,
            "money.total_cost": 4000,
            "money.requested": 60000,
        },
        [
            number("demander-moins", "money.requested", 60000, 3000, 10000, 13333, 15000, 50000),
            number("demander-plus", "money.requested", 60000, 70000),
            number("budget", "money.total_cost", 4000, 13334, 20000, 20001, 66667),
            number("tiers", "money.third_party", 2000, 400, 1333),
        ],
    ),
}


def sums(several: list[list[Move]]) -> Iterator[tuple[float, dict[str, Any]]]:
    """Every sum of these moves, at most one of each row, from the least effort up."""
    found: list[tuple[float, int, dict[str, Any]]] = []
    for rank, picked in enumerate(itertools.product(*[[None, *row] for row in several])):
        moves = [one for one in picked if one is not None]
        paths = [path for _lever, put, _effort in moves for path in put]
        together = _both([put for _lever, put, _effort in moves])
        if together is not None and (len(paths) == len(set(paths)) or len(together) == len(set(paths))):
            heapq.heappush(found, (sum(effort for _lever, _put, effort in moves), rank, together))
    while found:
        effort, _rank, put = heapq.heappop(found)
        yield effort, put


def _both(several: list[dict[str, Any]]) -> dict[str, Any] | None:
    """The moves together; None when two of them move one fact."""
    put: dict[str, Any] = {}
    for one in several:
        if put.keys() & one.keys():
            return None
        put |= one
    return put


def cheapest(edition: Edition, told: dict[str, Any], several: list[list[Move]]) -> float | None:
    already = {one.criterion.id for one in assess(edition, read_facts(told, CATALOGUE.words)).open}
    for effort, put in sums(several):
        try:
            after = assess(edition, read_facts(changed(told, put, []), CATALOGUE.words))
        except FactsError:
            continue
        if not after.failing and {one.criterion.id for one in after.open} <= already:
            return effort
    return None


@pytest.mark.parametrize(
    ("asked", "cost", "late"),
    [
        (45001, 1000, 1),
        (44999, 44000, 60),
        (59999, 30001, 31),
        (20000, 20000, 90),
        (61000, 60500, 7),
        (90000, 9000, 45),
    ],
)
def test_whatever_is_asked_no_sum_of_a_small_partnership_is_smaller(asked: int, cost: int, late: int) -> None:
    edition = CATALOGUE.by_id["erasmus-ka210/2026"]
    start = date(2026, 9, 1) - timedelta(late)
    dates = {"project.start": start.isoformat(), "project.end": "2027-06-30"}
    several = [
        number("demander-moins", "money.requested", asked, *(one for one in (30000, 60000) if one < asked)),
        number("demander-plus", "money.requested", asked, *(one for one in (30000, 60000) if one > asked)),
        number("budget", "money.total_cost", cost, *(one for one in (30001, 60001) if one > cost)),
        days("decaler-le-projet", dates, late, late + 1),
    ]
    put = {**dates, "money.requested": asked, "money.total_cost": cost}
    told = changed(next(one.facts for one in edition.examples if one.verdict == "eligible"), put, [])
    few = replace(CATALOGUE, levers=only({"demander-moins", "demander-plus", "budget", "decaler-le-projet"}))
    advice = advise(few, assess(edition, read_facts(told, CATALOGUE.words)), today=TODAY)

    assert advice.suggestions[0].effort <= (cheapest(edition, told, several) or 0) + NEAR


def test_a_search_that_its_limit_ends_says_so() -> None:
    edition = CATALOGUE.by_id["cerv-jumelage/2024"]
    told = next(one.facts for one in edition.examples if one.verdict == "eligible")
    before = assess(edition, read_facts(changed(told, CASES[CERV_CASE][1], []), CATALOGUE.words))
    found = advise(CATALOGUE, before, today=TODAY)
    said = answer(before, catalogue=CATALOGUE, today=TODAY)["advice_sentence"]

    assert found.assessments <= CAP
    assert ("arrêtée à sa limite" in said) is found.cut


def only(levers: set[str]) -> tuple[Lever, ...]:
    return tuple(one for one in CATALOGUE.levers if one.id in levers)


@pytest.mark.parametrize("name", CASES)
def test_the_sum_shown_first_is_the_smallest(name: str) -> None:
    wanted, put, several = CASES[name]
    edition = CATALOGUE.by_id[wanted]
    told = changed(next(one.facts for one in edition.examples if one.verdict == "eligible"), put, [])
    before = assess(edition, read_facts(told, CATALOGUE.words))
    few = replace(CATALOGUE, levers=only({lever for row in several for lever, _put, _effort in row}))
    advice = advise(few, before, today=TODAY)
    least = cheapest(edition, told, several)

    assert len(before.failing) in (3, 4), [one.criterion.id for one in before.failing]
    assert least is not None
    assert advice.suggestions[0].effort <= least + NEAR, advice.suggestions[0].sentence
    assert advice.assessments <= PER_SUGGESTION * len(advice.suggestions)
    assert not advice.cut
