"""Paris, Lyon, Marseille and what lies overseas: what our tables do not hold is unknown there, however it is told."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest

from app.law.situation import special_status_of
from app.law.tables import sources, special_statuses
from tests.law.asking import ask, refusals, status

SPECIAL: list[dict[str, Any]] = [
    {"insee": "75056"},
    {"insee": "75111"},
    {"insee": "69123"},
    {"insee": "69381"},
    {"insee": "13055"},
    {"insee": "13216"},
    {"insee": "97411"},
    {"insee": "98818"},
    {"insee": "98735", "department": "987"},
    {"insee": "97502"},
    {"insee": "59350", "special_status": "new_commune"},
    {"department": "75"},
    {"department": "972"},
    {"name": "Lyon"},
    {"special_status": "overseas"},
]


@pytest.mark.parametrize("commune", SPECIAL, ids=str)
def test_a_council_that_no_table_numbers_has_no_strength_nor_quorum_of_the_table(commune: dict[str, Any]) -> None:
    told = ask(
        commune={**commune, "population": 400_000},
        council={"vacancies": 0},
        meeting={"date": "2026-09-10", "present": 40},
        item={"title": "Jumelage", "kind": "twinning", "left": 1},
    )
    assert {id_: told["by_id"][id_]["status"] for id_ in ("C08", "C09", "C10", "C11")} == dict.fromkeys(
        ("C08", "C09", "C10", "C11"), "unknown"
    )
    assert told["by_id"]["C08"]["missing"] == ["council.legal_strength"]
    council = told["results"]["council"]
    assert (council["legal_strength"], council["members_in_office"], council["quorum"]) == (None, None, None)
    assert told["results"]["meeting"]["quorum_reached"] is None


@pytest.mark.parametrize("commune", SPECIAL, ids=str)
def test_what_is_told_by_hand_is_judged_there_as_anywhere(commune: dict[str, Any]) -> None:
    facts: dict[str, Any] = {"commune": {**commune, "population": 400_000}, "council": {"legal_strength": 163}}
    facts["council"]["in_office"] = 163
    for present, expected in ((81, "not_ok"), (82, "ok")):
        assert status("C10", **facts, meeting={"date": "2026-09-10", "present": present}) == expected
    assert status("C08", **facts) == "ok"


@pytest.mark.parametrize(
    "commune",
    [{"insee": "69266"}, {"insee": "13001"}, {"insee": "2A004"}, {"insee": "31555"}, {"name": "Lyons-la-Forêt"}],
    ids=str,
)
def test_their_neighbours_have_the_strength_of_the_table(commune: dict[str, Any]) -> None:
    told = ask(commune={**commune, "population": 1850}, council={"vacancies": 0})
    assert told["results"]["council"]["legal_strength"] == 19


DAYS = {  # published and transmitted, then a day that the general calendar takes for a working day
    "974": ("2027-10-19", "2027-12-20"),
    "97105": ("2026-03-26", "2026-05-27"),
    "973": ("2026-04-09", "2026-06-10"),
    "97611": ("2026-02-26", "2026-04-27"),
    "988": ("2027-07-23", "2027-09-24"),
}


@pytest.mark.parametrize(("place", "done", "day"), [(place, *days) for place, days in DAYS.items()], ids=list(DAYS))
def test_overseas_no_last_day_is_told_only_one_before_which_none_falls(place: str, done: str, day: str) -> None:
    act = {"adopted_on": done, "published_on": done, "transmitted_on": done}
    for commune in ({"department": place} if len(place) == 3 else {"insee": place}, {"special_status": "overseas"}):
        told = ask(commune=commune, act=act)
        found, dates = told["by_id"]["C34"], told["results"]["acts"][0]
        assert (found["status"], found["missing"]) == ("unknown", [])
        assert not {"third_party_last_day", "prefect_last_day", "final_on"} & set(found["dates"])
        assert (dates["third_party_last_day"], dates["prefect_last_day"], dates["final_on"]) == (None, None, None)
        assert dates["enforceable_on"] == done
        assert f"pas avant le {_said(day)} pour les tiers" in found["sentence"].replace("\N{NO-BREAK SPACE}", " ")
    assert ask(commune={"insee": "59350"}, act=act)["results"]["acts"][0]["third_party_last_day"] == day


def _said(day: str) -> str:
    names = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
    months = {4: "avril", 5: "mai", 6: "juin", 9: "septembre", 12: "décembre"}
    told = date.fromisoformat(day)
    return f"{names[told.weekday()]} {told.day} {months[told.month]} {told.year}"


def test_overseas_no_letter_is_told_to_come_too_late() -> None:
    done = "2027-10-19"
    letter = {"sent_on": "2027-12-21", "received_on": "2027-12-21", "answered_on": False}  # in time in La Réunion
    act = {"adopted_on": done, "published_on": done, "transmitted_on": done, "prefect_letter": letter}
    found = ask(commune={"insee": "97411"}, act=act)["by_id"]["C34"]
    assert (found["status"], "ne le rouvre pas" in found["sentence"]) == ("unknown", False)
    assert "ne le rouvre pas" in ask(commune={"insee": "59350"}, act=act)["by_id"]["C34"]["sentence"]


def test_a_code_of_the_pacific_agrees_with_its_department() -> None:
    assert refusals(commune={"insee": "98818", "department": "988"}) == []
    assert refusals(commune={"insee": "98818", "department": "987"})


def test_every_special_status_has_its_source() -> None:
    assert {one.source for one in special_statuses().values()} <= set(sources())
    assert special_status_of("", "") is None


@pytest.mark.parametrize("code", ["ABCDE", "59", "595220", "00123", "96001", "99109", "2C001", "59 522"])
def test_what_is_no_code_of_a_french_commune_is_refused_in_words(code: str) -> None:
    (said,) = refusals(commune={"insee": code})
    assert said.startswith("commune.insee")
    assert "cinq caractères" in said


@pytest.mark.parametrize("code", ["ZZ", "96", "100", "0", "20C"])
def test_what_is_no_department_is_refused_in_words(code: str) -> None:
    assert refusals(commune={"department": code})
    assert refusals(association={"department": code})


def test_small_letters_and_bare_figures_are_codes_as_well() -> None:
    for commune in ({"insee": "2b033", "department": "2B"}, {"insee": "01004", "department": "1"}):
        assert refusals(commune=commune) == []


@pytest.mark.parametrize(
    ("held", "status_", "severity", "is_disputed"),
    [
        ("2026-11-19", "not_ok", "blocking", False),
        ("2026-11-20", "not_ok", "warning", True),
        ("2026-11-21", "ok", "blocking", False),
    ],
)
def test_the_delay_of_a_second_convocation_in_alsace_is_told_as_disputed(
    held: str, status_: str, severity: str, *, is_disputed: bool
) -> None:
    first = {"date": "2026-11-16", "quorum_reached": False, "agenda": ["Jumelage"]}
    convocation = {"sent_on": "2026-11-17", "agenda": ["Jumelage"], "recalls_no_quorum": True}
    meeting = {"date": held, "present": 2, "convocation": convocation, "second_convocation_of": first}
    told = ask(commune={"department": "57"}, council={"in_office": 13}, meeting=meeting)
    found = told["by_id"]["C12"]
    assert (found["status"], found["severity"], found["conflict"]) == (status_, severity, is_disputed)
    assert found["dates"]["earliest_meeting_date"] == "2026-11-21"
    quorum = {"not_ok": "unknown" if is_disputed else "not_ok", "ok": "not_applicable"}[status_]
    assert told["by_id"]["C10"]["status"] == quorum


def test_the_share_of_a_commune_is_told_in_euros_that_no_rounding_hides() -> None:
    for given, said in (("5001", "5 001 € sur 10 000 €, au-dessus de 50 % des"), ("5000", "pas plus de 50 %")):
        found = ask(association={"resources": 10000, "municipal_subsidy": given})["by_id"]["C51"]
        assert said in " ".join(re.sub(r"\s", " ", one["sentence"]) for one in found["cases"])
