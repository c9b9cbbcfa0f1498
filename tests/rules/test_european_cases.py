"""European programmes: the worked cases, and projects that were really funded, in the facts of the command line."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from app.rules.answer import answer
from app.rules.choice import edition_on
from app.rules.evaluate import assess
from app.rules.loader import load
from app.rules.reading import read_facts

CATALOGUE = load()
TODAY = date(2026, 11, 20)
DATA = Path(__file__).parents[1] / "data" / "funding"
TOWNS = "europe-citoyens"


def read(name: str) -> Any:
    return json.loads((DATA / name).read_text("utf-8"), parse_float=Decimal)


CASES = read("worked_cases.json")
FUNDED = read("funded_projects.json")


def ask(edition: str, facts: dict[str, Any]) -> dict[str, Any]:
    """What ``flask rules assess`` answers."""
    told = json.loads(json.dumps(facts, default=float), parse_float=Decimal)
    assessment = assess(CATALOGUE.by_id[edition], read_facts(told, CATALOGUE.words))
    return answer(assessment, catalogue=CATALOGUE, today=TODAY)


def statuses(told: dict[str, Any]) -> dict[str, str]:
    return {one["id"]: one["status"] for one in told["criteria"]}


@pytest.mark.parametrize("case", CASES, ids=[one["id"] for one in CASES])
def test_a_worked_case_comes_out_as_the_study_says(case: dict[str, Any]) -> None:
    told = ask(case["edition"], case["facts"])
    expected = case["expected"]

    assert told["verdict"] == expected["verdict"]
    states = statuses(told)
    assert {name: states[name] for name in expected["not_met"]} == dict.fromkeys(expected["not_met"], "not_met")
    for name, figure in expected.get("amount", {}).items():
        assert told["amount"][name] == figure


@pytest.mark.parametrize(
    ("programme", "day", "edition"),
    [
        ("cerv-jumelage", date(2022, 3, 20), "2022"),
        ("cerv-jumelage", date(2023, 9, 15), "2023"),
        ("cerv-jumelage", date(2024, 9, 10), "2024"),
        ("cerv-jumelage", date(2023, 1, 10), "2022"),
        ("cerv-reseaux", date(2025, 3, 10), "2025"),
        ("europe-citoyens", date(2018, 2, 20), "2014-2020"),
        ("europe-citoyens", date(2020, 8, 30), "2020-2"),
        ("erasmus-ka152", date(2022, 2, 1), "2021-2023"),
        ("fonds-citoyen", date(2022, 8, 10), "depuis-2020"),
        ("visegrad", date(2020, 1, 30), "2017"),
    ],
)
def test_a_project_is_read_against_the_edition_of_its_day(programme: str, day: date, edition: str) -> None:
    found = edition_on(CATALOGUE.programmes()[programme], day)

    assert found is not None
    assert found.edition == edition


def edition_of(project: dict[str, Any]) -> str:
    """The edition of the call that paid for it."""
    networks, year = project["measure"] == "NT", project.get("year")
    if project["programme"] == "CERV-2021-2027":
        return "cerv-reseaux/2021"
    if project["programme"] == "EfC-2007-2013":
        return f"{TOWNS}-reseaux/2007-2013" if networks else f"{TOWNS}/{2007 if year == 2007 else '2008-2013'}"
    return f"{TOWNS}/{'2020-2' if year == 2021 else '2014-2020'}"


def facts_of(project: dict[str, Any]) -> dict[str, Any]:
    """What the record states, in neutral facts; what it does not state stays unknown."""
    kind = {"f17": "twinning_committee", "f26": "association"}.get(project["id"], "commune")
    facts: dict[str, Any] = {
        "applicant": {"name": project["applicant"], "kind": kind, "country": project["applicant_country"]},
        "partners": {"items": [{"country": one["country"]} for one in project["partners"] if one["country"]]},
    }
    if project["grant_eur"] is not None:
        facts["money"] = {"requested": project["grant_eur"]}
    if project.get("event_start"):
        event = {"start": project["event_start"], "end": project["event_end"], "country": project.get("host_country")}
        facts["events"] = {"complete": True, "items": [event]}
    groups = [
        {"country": one["country"], "count": one["n"]}
        for one in project.get("participants_by_delegation", [])
        if one["n"] is not None
    ]
    if groups:
        every_delegation = any(one["country"] == project["host_country"] for one in groups)
        facts["participants"] = {"complete": every_delegation, "groups": groups}
    return facts


@pytest.mark.parametrize("project", FUNDED, ids=[one["id"] for one in FUNDED])
def test_a_project_that_was_funded_is_never_refused(project: dict[str, Any]) -> None:
    told = ask(edition_of(project), facts_of(project))

    assert told["verdict"] in ("eligible", "to_check")
    if told["verdict"] == "to_check":
        assert told["missing"]
        assert all(one["question"] and one["criteria"] for one in told["missing"])


@pytest.mark.parametrize("project", FUNDED, ids=[one["id"] for one in FUNDED])
def test_what_is_known_of_a_funded_project_meets_its_rules(project: dict[str, Any]) -> None:
    states = statuses(ask(edition_of(project), facts_of(project)))
    criteria = {"grant_eur": "montant", "event_days": "duree", "invited_international": "invites"}
    known = [criteria[name] for name in project["known_fields"] if criteria.get(name) in states]

    for name in known:
        accepted = {"met", "unknown"} if (project["id"], name) == ("f21", "montant") else {"met"}
        if project["measure"] == "TT":
            assert states[name] in accepted, name


def test_the_guests_of_a_funded_project_are_counted_as_its_page_prints_them() -> None:
    for project in FUNDED:
        if "invited_international" not in project or not project.get("event_start"):
            continue
        told = ask(edition_of(project), facts_of(project))
        value = next(one["value"] for one in told["criteria"] if one["id"] == "invites")

        printed = project["invited_international"]
        assert value == printed or value["min"] == printed


def test_two_ceilings_that_disagree_leave_the_answer_open() -> None:
    told = ask("europe-citoyens/2008-2013", {"money": {"requested": 22000}})
    ceiling = next(one for one in told["criteria"] if one["id"] == "montant")

    assert ceiling["conflict"]
    assert [one["status"] for one in ceiling["readings"]] == ["met", "not_met"]
