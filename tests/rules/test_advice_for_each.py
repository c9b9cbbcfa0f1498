"""Advice for a rule that several persons, meetings or activities break, each in its own way."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from app.rules.advice import advise
from app.rules.evaluate import assess
from app.rules.loader import load
from app.rules.reading import read_facts
from app.rules.told import changed

CATALOGUE = load()
TODAY = date(2026, 11, 23)
YOUTH = "erasmus-ka152/2024-2026"
TWIN = "calvados-twin-14/sans-date"
LATER: dict[str, Any] = {
    "submission.date": "2026-12-20",
    "project.start": "2027-05-01",
    "project.end": "2027-12-31",
    "events.items.0.start": "2027-07-06",
    "events.items.0.end": "2027-07-14",
}
FRENCH, POLISH = "participants.groups.0", "participants.groups.1"


def suggested(edition: str, put: dict[str, Any]) -> list[str]:
    known = CATALOGUE.by_id[edition]
    told = changed(known.examples[0].facts, put, ())
    found = advise(CATALOGUE, assess(known, read_facts(told, CATALOGUE.words)), today=TODAY)
    assert found.assessments <= 50 * max(1, len(found.suggestions))
    return [one.sentence.replace("\xa0", " ") for one in found.suggestions]


def test_one_group_too_young_and_another_too_old() -> None:
    (first,) = suggested(YOUTH, {**LATER, f"{FRENCH}.age_min": 12, f"{POLISH}.age_max": 31})

    assert "13 ans au lieu de 12" in first
    assert "30 ans au lieu de 31" in first


def test_one_group_with_persons_too_young_and_persons_too_old() -> None:
    put = {**LATER, "project.end": "2027-05-05", "events.items.0.end": "2027-07-10"}
    (first,) = suggested(TWIN, {**put, f"{FRENCH}.age_min": 10, f"{FRENCH}.age_max": 26})

    assert "11 ans au lieu de 10" in first
    assert "25 ans au lieu de 26" in first


def test_two_meetings_that_are_too_short() -> None:
    short = [
        {"kind": "youth_exchange", "country": "FR", "start": "2027-07-06", "end": "2027-07-08", "travel_days": 0},
        {"kind": "youth_exchange", "country": "PL", "start": "2027-08-06", "end": "2027-08-08", "travel_days": 0},
    ]
    put = {key: value for key, value in LATER.items() if not key.startswith("events")}
    (first,) = suggested(YOUTH, {**put, "events.items": short})

    assert first.count("Prolongez la rencontre de 2 jours") == 2


@pytest.mark.parametrize(
    ("edition", "more", "said"),
    [
        (YOUTH, ["festival", "tourism"], "Retirez du projet : festival, tourisme."),
        (TWIN, ["tourism", "sport", "work_camp"], "Retirez du projet : tourisme, rencontre sportive, chantier."),
        (TWIN, ["tourism"], "Retirez du projet : tourisme."),
    ],
)
def test_all_that_is_forbidden_is_taken_out_together(edition: str, more: list[str], said: str) -> None:
    items = {"complete": True, "items": ["youth_exchange", *more]}

    assert suggested(edition, {**LATER, "project.activities": items})[0] == said


def test_a_change_at_several_places_says_how_many() -> None:
    events = [{"country": one, "mode": "in_person"} for one in ("IT", "ES")]

    assert suggested("cerv-jumelage/2024", {"events.items": events})[0] == (
        "Tenez les 2 rencontres dans un pays partenaire (France)."
    )
