"""The worked cases with what they state and nothing else: the rule they show decides, whatever is not told."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from app.rules.answer import answer
from app.rules.evaluate import assess
from app.rules.loader import load
from app.rules.reading import read_facts
from app.rules.told import changed

CATALOGUE = load()
TODAY = date(2026, 11, 22)


def towns(guests: int, hosts: int) -> dict[str, Any]:
    """A commune of each country, an event in France, nine months."""
    return {
        "submission": {"date": "2024-09-10"},
        "project": {"months": 9},
        "applicant": {"kind": "commune", "country": "FR"},
        "partners": {"complete": True, "items": [{"kind": "commune", "country": "DE"}]},
        "events": {"complete": True, "items": [{"country": "FR"}]},
        "participants": {
            "complete": True,
            "groups": [{"country": "DE", "count": guests}, {"country": "FR", "count": hosts}],
        },
    }


T01 = towns(32, 28)
SERBIA = {"applicant.country": "RS", "partners.items": [{"kind": "commune", "country": "UA"}]}
PARTNERS = [{"country": one, "role": ["co_applicant"]} for one in ("DE", "PL", "UA")]
NETWORK = {
    "project": {"months": 18},
    "applicant": {"kind": "commune", "country": "FR", "role": ["applicant"]},
    "partners": {"complete": True, "items": PARTNERS},
    "events": {"complete": True, "items": [{"country": "FR"}, {"country": "PL"}]},
}
FOUR = {"complete": True, "items": [{"country": one, "role": ["co_applicant"]} for one in ("DE", "PL", "IT")]}
FUND = {"money": {"total_cost": 10000, "eligible_cost": 7500, "requested": 6000}}
TRAIN = {"applicant": {"country": "FR"}, "journeys": {"complete": True, "items": [
    {"transport": "train", "persons": 20, "km": 800, "group": True}]}}  # fmt: skip
FLIGHT = {"journeys": {"complete": True, "items": [{"transport": "plane", "group": True, "train_minutes": 480}]}}
SMALL = {
    "project": {"months": 12},
    "applicant": {"country": "FR"},
    "partners": {"complete": True, "items": [{"country": "PL"}]},
    "money": {"total_cost": 28000, "requested": 30000},
}
UKRAINE = {
    "applicant": {"kind": "commune", "country": "FR"},
    "project": {"target_country": "UA"},
    "money": {"total_cost": 80000, "own_contribution": 12000, "own_in_kind": 7000},
}

REFUSED = [
    ("T02", "cerv-jumelage/2024", towns(24, 36), {}, "invites"),
    ("T03", "cerv-jumelage/2024", towns(30, 19), {}, "participants"),
    ("T04", "cerv-jumelage/guide", T01, {"project.months": 13}, "duree"),
    ("T05", "cerv-jumelage/2022", T01, {"submission.date": "2022-03-20", "money.requested": 45000}, "montant"),
    ("T06", "cerv-jumelage/2024", T01, SERBIA, "un-pays-ue"),
    ("T07", "cerv-jumelage/2024", T01, {"submission.date": "2024-09-19T15:01:00Z"}, "window"),
    ("T08", "cerv-reseaux/2025", NETWORK, {"partners.items.1.role": ["associated"]}, "demandeurs"),
    ("T09", "cerv-reseaux/2022", NETWORK, {"partners": FOUR}, "pays"),
    (
        "T11",
        "fonds-citoyen/depuis-2020",
        FUND,
        {"submission.date": "2025-05-10", "project.start": "2025-06-20"},
        "delai",
    ),
    ("T14", "erasmus-ka210/2026", SMALL, {}, "cout"),
    ("T15", "meae-general/2025", UKRAINE, {}, "apport-en-nature"),
]
ACCEPTED = [
    ("T01", "cerv-jumelage/2024", T01, {}, (8455, 50745)),
    ("T05", "cerv-jumelage/2023", T01, {"submission.date": "2023-09-15", "money.requested": 45000}, (8455, 50745)),
    ("T08", "cerv-reseaux/2025", NETWORK, {}, (None, None)),
    ("T09", "cerv-reseaux/2025", NETWORK, {"partners": FOUR}, (None, None)),
    ("T10", "fonds-citoyen/depuis-2020", FUND, {}, (None, 6000)),
    (
        "T11",
        "fonds-citoyen/depuis-2020",
        FUND,
        {"submission.date": "2025-05-09", "project.start": "2025-06-20"},
        (None, 6000),
    ),
    ("T12", "ofaj/directives", TRAIN, {"journeys.items.0.to": "DE"}, (2560, 2560)),
    ("T14", "erasmus-ka210/2026", SMALL, {"money.total_cost": 34000}, (30000, 30000)),
    ("T15", "meae-general/2025", UKRAINE, {"money.own_in_kind": 6000}, (None, 40000)),
]


def told(edition: str, facts: dict[str, Any], put: dict[str, Any]) -> dict[str, Any]:
    read = read_facts(changed(facts, put, ()), CATALOGUE.words)
    return answer(assess(CATALOGUE.by_id[edition], read), catalogue=CATALOGUE, today=TODAY)


@pytest.mark.parametrize(("case", "edition", "facts", "put", "rule"), REFUSED, ids=[one[0] for one in REFUSED])
def test_a_no_needs_only_what_the_case_states(
    case: str, edition: str, facts: dict[str, Any], put: dict[str, Any], rule: str
) -> None:
    found = told(edition, facts, put)

    assert found["verdict"] == "not_eligible", case
    assert rule in [one["id"] for one in found["criteria"] if one["status"] == "not_met" and one["counts"]]


@pytest.mark.parametrize(("case", "edition", "facts", "put", "amount"), ACCEPTED, ids=[one[0] for one in ACCEPTED])
def test_a_yes_waits_only_for_what_the_case_does_not_state(
    case: str, edition: str, facts: dict[str, Any], put: dict[str, Any], amount: tuple[int | None, int | None]
) -> None:
    found = told(edition, facts, put)

    assert found["verdict"] in ("eligible", "to_check"), case
    assert not [one["id"] for one in found["criteria"] if one["status"] == "not_met" and one["counts"]]
    assert found["missing"] or found["verdict"] == "eligible"
    assert (found["amount"]["min"], found["amount"]["max"]) == amount


def test_t04_and_t13_without_what_they_do_not_state() -> None:
    doubtful = told("cerv-jumelage/2024", T01, {"project.months": 13})
    assert doubtful["verdict"] == "to_check"
    for minutes, status in ((480, "not_met"), (485, "met")):
        found = told("ofaj/directives", FLIGHT, {"journeys.items.0.train_minutes": minutes})
        assert {one["status"] for one in found["criteria"] if one["id"] == "avion"} == {status}
