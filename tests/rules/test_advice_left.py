"""What keeps a project « à vérifier » after the advice, or instead of it: it hides no change, and it is named."""

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
TODAY = date(2026, 11, 23)
YOUTH, SMALL = "erasmus-ka152/2024-2026", "erasmus-ka210/2026"
FOUND, LATE = "2026-12-20", "2027-02-01"
YEAR = "Lève ce qui bloque ; restera à vérifier : Année de la demande."
FESTIVAL = {"project.activities": {"complete": True, "items": ["youth_exchange", "festival"]}}
PERSONS = [
    {"country": "FR", "count": 8, "age": 12, "role": "participant"},
    {"country": "DE", "count": 8, "age": 31, "role": "participant"},
    {"country": "FR", "count": 1, "age": 18, "role": "leader"},
    {"country": "DE", "count": 1, "age": 40, "role": "leader"},
]
MEETING = {"kind": "youth_exchange", "country": "DE", "start": "2027-07-01", "end": "2027-07-07", "travel_days": 2}
AGES = {
    "participants": {"complete": True, "groups": PERSONS},
    "partners": {"complete": True, "items": [{"kind": "association", "country": "DE", "role": "receiving"}]},
    "events": {"complete": True, "items": [{**MEETING, "mode": "in_person"}]},
}


def told(edition: str, put: dict[str, Any], *, today: date = TODAY) -> dict[str, Any]:
    known = CATALOGUE.by_id[edition]
    facts = next(one.facts for one in known.examples if one.verdict == "eligible")
    assessment = assess(known, read_facts(changed(facts, put, ()), CATALOGUE.words))
    return answer(assessment, catalogue=CATALOGUE, today=today)


def next_year(put: dict[str, Any], *, submitted: str) -> dict[str, Any]:
    dates = {"project.start": "2027-06-01", "project.end": "2027-11-30", "events.items": AGES["events"]["items"]}
    return told(YOUTH, {**dates, "submission.date": submitted, **put})


@pytest.mark.parametrize("put", [FESTIVAL, AGES])
def test_a_warning_that_nothing_lifts_hides_no_change_that_lifts_what_blocks(put: dict[str, Any]) -> None:
    said = next_year(put, submitted=LATE)

    assert said["verdict"] == "not_eligible"
    assert [one["verdict"] for one in said["advice"]] == ["to_check"] * len(said["advice"])
    assert said["advice"][0]["leaves"] == YEAR


@pytest.mark.parametrize("put", [FESTIVAL, AGES])
def test_a_change_that_is_enough_leaves_nothing_to_be_checked(put: dict[str, Any]) -> None:
    said = next_year(put, submitted=FOUND)

    assert said["advice"][0]["verdict"] == "eligible"
    assert said["advice"][0]["leaves"] == ""


def test_a_warning_of_the_year_hides_no_advice_of_a_small_partnership_either() -> None:
    dates = {"submission.date": "2027-03-01", "project.start": "2027-09-01", "project.end": "2028-08-31"}
    said = told(SMALL, {**dates, "money": {"requested": 30000, "total_cost": 28000}})

    assert said["advice"][0]["verdict"] == "to_check"
    assert said["advice"][0]["leaves"] == YEAR


def test_one_group_too_young_and_one_too_old_are_mended_beside_leaders_of_any_age() -> None:
    said = next_year(AGES, submitted=FOUND)

    assert "13 ans au lieu de 12" in said["advice"][0]["sentence"].replace("\xa0", " ")
    assert "30 ans au lieu de 31" in said["advice"][0]["sentence"].replace("\xa0", " ")
    assert not said["advice_assessments"]["cut"]


def test_the_limit_that_is_said_is_the_limit_of_this_search() -> None:
    for put in (FESTIVAL, AGES):
        said = next_year(put, submitted=FOUND)
        limit = 50 * max(1, len(said["advice"]))
        assert said["advice_assessments"]["cap"] == limit
        assert f"{limit} au plus" in said["advice_sentence"]


@pytest.mark.parametrize("year", ["2023", "2024", "2025", "2026"])
def test_sources_that_disagree_are_named_with_what_ends_the_doubt(year: str) -> None:
    partners = {"partners.items": [{"kind": "commune", "country": "DE", "role": "associated"}]}
    said = told(f"cerv-jumelage/{year}", partners, today=date(2023, 1, 10))

    assert said["verdict"] == "to_check"
    assert said["sentence"].startswith(
        "À vérifier : Demandeurs : 1\N{NO-BREAK SPACE}pays ; les sources ne s’accordent pas"
    )
    assert said["advice"][0]["verdict"] == "eligible"
    assert "codemandeur" in said["advice"][0]["sentence"]


@pytest.mark.parametrize("year", ["2024", "2025", "2026"])
def test_a_verdict_that_no_answer_settles_names_the_rule_and_its_remedy(year: str) -> None:
    partners = {"partners.items": [{"kind": "commune", "country": "DE", "role": "associated"}]}
    said = told(f"cerv-jumelage/{year}", partners)["settled_sentence"]

    assert "à cause de : Demandeurs." in said
    assert "Remède : Faites de votre partenaire étranger un co-demandeur." in said
