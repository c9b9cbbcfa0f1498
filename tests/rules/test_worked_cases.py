"""The worked cases of the study of the programmes, each with the facts it states and the rest conform."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from app.rules.evaluate import assess
from app.rules.loader import load
from app.rules.reading import read_facts
from app.rules.told import changed

if TYPE_CHECKING:
    from app.rules.evaluate import Assessment

CATALOGUE = load()
TOWNS = {
    "submission": {"date": "2024-09-10"},
    "project": {"start": "2025-01-01", "end": "2025-09-30", "has_online_activities": False},
    "applicant": {"kind": "commune", "country": "FR", "has_legal_personality": True},
    "money": {"requested": 20000},
    "partners": {"complete": True, "items": [{"kind": "commune", "country": "DE", "role": "partner"}]},
    "events": {"complete": True, "items": [{"country": "FR", "mode": "in_person"}]},
    "participants": {
        "complete": True,
        "groups": [{"country": "DE", "count": 32}, {"country": "FR", "count": 28}],
    },
}
FUND = {
    "submission": {"date": "2025-05-09"},
    "project": {"start": "2025-06-20", "end": "2025-06-22", "only_youth": False, "seeks_partner": False},
    "applicant": {"kind": "twinning_committee", "country": "FR"},
    "partners": {"complete": True, "items": [{"kind": "twinning_committee", "country": "DE"}]},
    "money": {"total_cost": 10000, "eligible_cost": 7500, "requested": 6000, "other_income": 1500},
}


def assessed(edition: str, base: dict[str, Any], **changes: object) -> Assessment:
    put = {name.replace("__", "."): value for name, value in changes.items()}
    return assess(CATALOGUE.by_id[edition], read_facts(changed(base, put, []), CATALOGUE.words))


def failing(assessment: Assessment) -> list[str]:
    return [one.criterion.id for one in assessment.failing]


def test_t01_a_conform_twinning_is_eligible_between_the_two_ends_and_its_scale_is_missing() -> None:
    case = assessed("cerv-jumelage/2024", TOWNS)

    assert case.verdict == "eligible"
    assert (case.amount.low, case.amount.high, case.amount.exact) == (8455, 50745, None)
    assert case.amount.to_check
    assert [one.needs_table for one in case.amount.lines if one.needs_table] == ["forfait"]


def test_t02_twenty_four_guests_are_too_few() -> None:
    groups = [{"country": "DE", "count": 24}, {"country": "FR", "count": 36}]
    case = assessed("cerv-jumelage/2024", TOWNS, participants__groups=groups)

    assert (case.verdict, failing(case)) == ("not_eligible", ["invites"])


def test_t03_forty_nine_participants_are_too_few() -> None:
    groups = [{"country": "DE", "count": 30}, {"country": "FR", "count": 19}]
    case = assessed("cerv-jumelage/2024", TOWNS, participants__groups=groups)

    assert (case.verdict, failing(case)) == ("not_eligible", ["participants"])


def test_t04_thirteen_months_are_refused_by_the_guide_and_doubtful_in_2024() -> None:
    put = {"project__end": "2026-01-31"}

    assert assessed("cerv-jumelage/guide", TOWNS, **put).verdict == "not_eligible"
    case = assessed("cerv-jumelage/2024", TOWNS, **put)
    assert (case.verdict, failing(case)) == ("to_check", ["duree"])


def test_t06_two_associated_countries_without_the_union_are_refused() -> None:
    case = assessed(
        "cerv-jumelage/2024",
        TOWNS,
        applicant__country="RS",
        partners__items=[{"kind": "commune", "country": "UA"}],
        events__items=[{"country": "RS"}],
        participants__groups=[{"country": "UA", "count": 32}, {"country": "RS", "count": 28}],
    )

    assert (case.verdict, failing(case)) == ("not_eligible", ["un-pays-ue"])


@pytest.mark.parametrize(
    ("moment", "verdict"),
    [("2024-09-19T15:01:00Z", "not_eligible"), ("2024-09-19T15:00:00Z", "eligible"), ("2024-09-19", "to_check")],
)
def test_t07_the_deadline_is_at_five_in_brussels_in_summer(moment: str, verdict: str) -> None:
    assert assessed("cerv-jumelage/2024", TOWNS, submission__date=moment).verdict == verdict


def test_t10_eighty_percent_of_eligible_costs_not_of_the_total() -> None:
    case = assessed("fonds-citoyen/depuis-2020", FUND)

    assert case.verdict == "eligible"
    assert case.amount.high == Decimal("6000.00")
    category = case.state("categorie").criterion.readings[0].condition.value(case.facts)
    assert category.value == (2, 2)


@pytest.mark.parametrize(("day", "verdict"), [("2025-05-09", "eligible"), ("2025-05-10", "not_eligible")])
def test_t11_six_weeks_are_forty_two_days(day: str, verdict: str) -> None:
    assert assessed("fonds-citoyen/depuis-2020", FUND, submission__date=day).verdict == verdict
