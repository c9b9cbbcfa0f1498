"""What a project can still lose before it loses its right: persons, bodies, days, euros."""

from __future__ import annotations

from typing import Any

import pytest

from app.rules.evaluate import assess
from app.rules.loader import load
from app.rules.margins import margins
from app.rules.reading import read_facts
from app.rules.told import changed

CATALOGUE = load()


def judged(edition: str, **put: Any) -> Any:
    found = CATALOGUE.by_id[edition]
    facts = next(one.facts for one in found.examples if one.verdict == "eligible")
    told = changed(facts, {name.replace("__", "."): value for name, value in put.items()}, [])
    return assess(found, read_facts(told, CATALOGUE.words))


def left(edition: str, **put: Any) -> dict[tuple[str, str], tuple[float, str, str]]:
    found = margins(judged(edition, **put))
    return {(one.criterion, one.side): (float(one.left), one.unit, one.fact) for one in found}


def group(country: str, count: int, role: str = "participant", age: int = 16) -> dict[str, Any]:
    return {"country": country, "count": count, "role": role, "age": age}


@pytest.mark.parametrize(
    ("edition", "put", "expected"),
    [
        (
            "erasmus-ka152/2024-2026",
            {
                "participants__groups": [
                    group("FR", 12),
                    group("PL", 9),
                    group("FR", 2, "leader", 30),
                    group("PL", 1, "leader", 30),
                ],
            },
            {
                ("participants", "min"): (5, "personnes", "participants"),
                ("groupes", "min"): (5, "personnes", "participants"),
                ("accompagnateurs", "min"): (0, "personnes", "participants"),
                ("activite", "min"): (2, "jours", "events"),
                ("activite", "max"): (14, "jours", "events"),
            },
        ),
        (
            "calvados-twin-14/sans-date",
            {"participants__groups": [{**group("FR", 11), "departement": "14"}, group("DE", 9)]},
            {
                ("jeunes", "min"): (4, "personnes", "participants"),
                ("jeunes-par-pays", "min"): (1, "personnes", "participants"),
            },
        ),
        (
            "erasmus-ka210/2026",
            {"money": {"requested": 30000, "total_cost": 34000}},
            {("cout", "min"): (3999.99, "EUR", "money.total_cost")},
        ),
        (
            "ofaj/directives",
            {"participants__groups": [group("FR", 12), group("DE", 9)]},
            {("equilibre", "min"): (3, "personnes", "participants"), ("sejour", "min"): (4, "jours", "events")},
        ),
        (
            "jsi-vvv-si/depuis-2023",
            {"money": {"requested": 4000, "total_cost": 20000}},
            {
                ("montant", "min"): (2000, "EUR", "money.requested"),
                ("montant", "max"): (6000, "EUR", "money.requested"),
            },
        ),
    ],
)
def test_a_rule_says_how_much_it_can_still_bear(
    edition: str, put: dict[str, Any], expected: dict[tuple[str, str], tuple[float, str, str]]
) -> None:
    found = left(edition, **put)

    assert {key: found.get(key) for key in expected} == expected


def test_a_third_of_each_country_is_lost_with_one_withdrawal_more_than_the_margin() -> None:
    status = {
        gone: next(
            str(one.status)
            for one in judged("ofaj/directives", participants__groups=[group("FR", 12), group("DE", 9 - gone)]).states
            if one.criterion.id == "equilibre"
        )
        for gone in (3, 4)
    }

    assert status == {3: "met", 4: "not_met"}


def test_months_begun_are_no_margin() -> None:
    found = left("erasmus-ka210/2026", project__start="2026-09-01", project__end="2027-10-02")

    assert found["duree", "min"][:2] == (7, "mois")


def test_a_refused_project_has_no_margin() -> None:
    assert left("erasmus-ka210/2026", money={"requested": 45000, "total_cost": 90000}) == {}
