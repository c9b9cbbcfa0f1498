"""French programmes: the worked case T15 and the rules that changed from one edition to the next, on JSON facts."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from app.rules.answer import answer
from app.rules.choice import edition_on
from app.rules.evaluate import assess
from app.rules.loader import load
from app.rules.portfolio import assess_all
from app.rules.reading import read_facts
from app.rules.told import changed

CATALOGUE = load()
TODAY = date(2026, 11, 22)
UKRAINE = """{
  "submission": {"date": "2025-05-15"},
  "project": {"start": "2025-09-01", "end": "2026-08-31", "target_country": "UA"},
  "applicant": {"kind": "commune", "country": "FR", "role": ["applicant", "project_owner"]},
  "money": {"total_cost": 80000, "requested": 40000, "own_contribution": 12000, "own_in_kind": 7000},
  "other_calls": {"complete": true, "items": []}
}"""


def told(edition: str, facts: dict[str, Any], **put: object) -> dict[str, Any]:
    changes = {name.replace("__", "."): value for name, value in put.items()}
    read = read_facts(changed(facts, changes, []), CATALOGUE.words)
    return answer(assess(CATALOGUE.by_id[edition], read), catalogue=CATALOGUE, today=TODAY)


def conform(edition: str) -> dict[str, Any]:
    """The conform project of a file: what its first example is told without any change."""
    return next(dict(one.facts) for one in CATALOGUE.by_id[edition].examples if one.verdict in ("eligible", "to_check"))


def status(answered: dict[str, Any], criterion: str) -> str:
    return next(str(one["status"]) for one in answered["criteria"] if one["id"] == criterion)


def failing(answered: dict[str, Any]) -> list[str]:
    return [one["id"] for one in answered["criteria"] if one["status"] == "not_met" and one["counts"]]


def test_t15_seven_thousand_in_kind_out_of_twelve_thousand_are_refused() -> None:
    case = told("meae-general/2025", json.loads(UKRAINE))

    assert (case["verdict"], failing(case)) == ("not_eligible", ["apport-en-nature"])
    assert status(case, "apport") == "met"


def test_t15_six_thousand_in_kind_are_accepted_up_to_half_of_the_cost() -> None:
    case = told("meae-general/2025", json.loads(UKRAINE), money__own_in_kind=6000)

    assert (case["verdict"], case["amount"]["max"]) == ("eligible", 40000)


def test_t15_is_advised_to_value_less_work_or_to_bring_more() -> None:
    case = told("meae-general/2025", json.loads(UKRAINE))

    paths = {change["path"] for one in case["advice"] for change in one["changes"]}
    assert paths & {"money.own_in_kind", "money.own_cash", "money.own_contribution"}
    assert {one["verdict"] for one in case["advice"]} == {"eligible"}


def test_without_the_other_calls_the_ministry_general_call_asks_about_them() -> None:
    facts = json.loads(UKRAINE)
    del facts["other_calls"]
    case = told("meae-general/2025", facts, money__own_in_kind=6000)

    assert case["verdict"] == "to_check"
    assert any("autre-appel" in one["criteria"] for one in case["missing"])


@pytest.mark.parametrize(
    ("country", "most"),
    [("BF", 56000), ("UA", 40000), ("DE", 24000), ("ST", 40000)],
    ids=["least developed", "aided", "neither", "left the least developed in December 2024"],
)
def test_the_state_pays_by_class_of_country_on_the_day_of_the_request(country: str, most: int) -> None:
    facts = json.loads(UKRAINE)
    at = {"project__target_country": country, "money__own_in_kind": 6000}

    assert told("meae-general/2025", facts, **at, money__requested=most)["verdict"] == "eligible"
    assert failing(told("meae-general/2025", facts, **at, money__requested=most + 1)) == ["taux"]


@pytest.mark.parametrize(("edition", "found"), [("2022", "met"), ("2023", "met"), ("2024", "not_met")])
def test_twenty_four_months_depend_on_the_year_of_the_request(edition: str, found: str) -> None:
    facts = conform(f"meae-general/{edition}")
    case = told(f"meae-general/{edition}", facts, project__start="2025-01-01", project__end="2026-12-31")

    assert status(case, "duree") == found


@pytest.mark.parametrize(("edition", "found"), [("2021-2022", "not_met"), ("2024-2026", "met")])
def test_four_communes_were_too_few_for_keys_in_hand_and_no_longer_are(edition: str, found: str) -> None:
    facts = conform("meae-cles-en-main/2024-2026")
    four = [{"kind": "commune", "country": "FR"}] * 4

    assert status(told(f"meae-cles-en-main/{edition}", facts, partners__items=four), "collectivites") == found


@pytest.mark.parametrize(
    ("day", "edition", "found"),
    [
        ("2019-02-01", "avant-2022", "not_met"),
        ("2022-09-15", "t1-2023", "met"),
        ("2023-05-24", "depuis-2023", "met"),
    ],
)
def test_eight_thousand_euros_of_youth_solidarity_depend_on_the_edition_of_the_day(
    day: str, edition: str, found: str
) -> None:
    chosen = edition_on(CATALOGUE.programmes()["jsi-vvv-si"], date.fromisoformat(day))

    assert chosen is not None
    assert chosen.edition == edition
    facts = conform(chosen.id)
    assert status(told(chosen.id, facts, money__requested=8000, money__total_cost=20000), "montant") == found


def test_a_second_renewal_of_a_post_is_doubtful_because_the_sources_differ() -> None:
    facts = conform("fonjep/2018-2025")
    case = told("fonjep/2018-2025", facts, submission__is_renewal=True, submission__renewals=1)

    readings = next(one["readings"] for one in case["criteria"] if one["id"] == "renouvellements")
    assert (case["verdict"], len(readings)) == ("to_check", 2)


def test_a_post_is_worth_its_yearly_rate_for_three_years() -> None:
    assert told("fonjep/2018-2025", conform("fonjep/2018-2025"))["amount"]["exact"] == 21492
    assert told("fonjep/avant-2018", conform("fonjep/avant-2018"))["amount"]["exact"] == 21960


def test_advice_without_money_has_a_verdict_and_no_amount() -> None:
    for edition in ("inspire/actuelle", "frappe/2023"):
        case = told(edition, conform(edition))

        assert CATALOGUE.by_id[edition].kind == "advice"
        assert (case["verdict"], case["amount"]["max"], case["amount"]["lines"]) == ("eligible", None, [])


def test_the_ministry_general_call_and_the_joint_call_warn_of_each_other() -> None:
    facts = read_facts(changed(json.loads(UKRAINE), {"money.own_in_kind": 6000}, []), CATALOGUE.words)
    warned = assess_all(CATALOGUE, facts, on=date(2025, 5, 15), today=TODAY)["warnings"]

    assert ["meae-franco-ukrainien/2025", "meae-general/2025"] in [sorted(one["editions"]) for one in warned]


def test_what_is_only_to_be_checked_is_warned_of_with_an_if_or_not_at_all() -> None:
    spanish = {
        "project": {"start": "2027-03-01", "end": "2027-03-05"},
        "applicant": {"kind": "commune", "country": "FR"},
        "partners": {"complete": False, "items": [{"kind": "commune", "country": "ES"}]},
    }
    told_of = assess_all(CATALOGUE, read_facts(spanish, CATALOGUE.words), on=date(2026, 11, 22), today=TODAY)
    near = {
        f"{one['programme']}/{one['edition']}"
        for one in told_of["assessments"]
        if one["group"] in ("eligible", "nearly")
    }
    pairs = [one for one in told_of["warnings"] if len(one["editions"]) > 1]

    assert ["fonds-citoyen/depuis-2020", "ofaj/directives"] not in [sorted(one["editions"]) for one in pairs]
    for one in pairs:
        first, second = one["editions"]
        assert first in near
        assert second in near or one["sentence"].startswith("Seulement si")


def test_the_joint_call_with_ukraine_says_that_its_own_rules_are_unknown() -> None:
    case = told("meae-franco-ukrainien/2025", json.loads(UKRAINE), money__own_in_kind=6000)

    assert (case["verdict"], status(case, "taux"), status(case, "regles-propres")) == ("to_check", "met", "unknown")


def test_where_the_study_has_no_figure_a_good_project_is_to_verify() -> None:
    for edition in ("meae-general/2022", "meae-jeunesse/x", "fdva-2/autres-departements", "subventions-locales/guide"):
        assert told(edition, conform(edition))["verdict"] == "to_check"


@pytest.mark.parametrize(
    ("countries", "most"),
    [
        (None, 40000),
        ({"complete": True, "items": ["UA", "FR"]}, 40000),
        ({"complete": True, "items": ["BF"]}, 56000),
        (["UA", "BF"], 56000),
    ],
)
def test_the_countries_of_a_cooperation_say_whether_there_are_several(countries: Any, most: int) -> None:
    put = {"project__target_country": "UA" if countries is None else None, "project__countries": countries}
    found = told("meae-general/2025", json.loads(UKRAINE), **put, money__own_in_kind=6000)
    assert found["amount"]["max"] == most
    assert found["verdict"] == "eligible"


def test_advice_without_money_says_so() -> None:
    for edition in ("frappe/2023", "inspire/actuelle", "contact-afccre/actuelle"):
        amount = told(edition, conform(edition))["amount"]
        assert "cette aide n’est pas en argent" in amount["sentence"]
        assert (amount["max"], amount["to_check"]) == (None, False)


def test_an_amount_that_is_not_known_names_the_fact_it_waits_for() -> None:
    young = {"country": "DE", "count": 10, "age": 26, "role": "participant"}
    facts = conform("bayreuth-voyages/2009")
    amount = told("bayreuth-voyages/2009", facts, participants={"complete": True, "groups": [young]})["amount"]

    assert amount["exact"] is None
    assert [one["fact"] for one in amount["missing"]] == ["participants.days"]


def test_a_figure_that_nobody_verified_is_told_as_such() -> None:
    case = told("erasmus-ka152/2024-2026", conform("erasmus-ka152/2024-2026"))
    assert case["amount"]["sentence"].endswith("barème à compléter, chiffres non vérifiés.")
    assert "au moins 0" not in told("erasmus-ka152/2024-2026", {})["amount"]["sentence"]


def test_answers_that_do_not_go_together_are_told_and_one_of_them_counts() -> None:
    facts = conform("cerv-jumelage/guide")
    case = told("cerv-jumelage/guide", facts, project__months=14.5, applicant__has_legal_personality=False)

    assert case["verdict"] == "eligible"
    assert [one[:20] for one in case["warnings"]] == ["La durée dite (14,5 ", "Une collectivité a l"]
    assert told("cerv-jumelage/guide", facts, project__months=9)["warnings"] == []


@pytest.mark.parametrize(
    ("dates", "said"),
    [
        ({"start": "2027-07-04", "end": "2027-07-30"}, "(27 jours) : ce sont les dates qui comptent."),
        ({"start": "2019-07-06", "end": "2024"}, "(1641 à 2006 jours) : c’est la durée dite qui compte."),
        ({"start": "2027-07-04", "end": "2027-07-13"}, ""),
        ({"start": "2027-07", "end": "2027-07"}, ""),
    ],
)
def test_a_meeting_whose_length_and_dates_differ_says_which_of_them_counts(dates: dict[str, str], said: str) -> None:
    event = {"mode": "in_person", "country": "FR", "days": 10, **dates}
    events = {"complete": True, "items": [event]}
    warnings = told("cerv-jumelage/guide", conform("cerv-jumelage/guide"), events=events)["warnings"]

    assert [
        one.endswith(said) and one.startswith("La durée dite de la rencontre 1 (10 jours)") for one in warnings
    ] == ([True] if said else [])


def test_a_list_is_asked_for_in_its_gender() -> None:
    asked = [one["question"] for one in told("erasmus-ka210/2026", {})["missing"]]
    assert any(one.startswith("Quelles autres demandes de subvention") for one in asked)
    assert any(one.startswith("Quels organismes") for one in asked)


def test_a_refused_project_is_promised_no_amount() -> None:
    refused = told("meae-general/2025", json.loads(UKRAINE))
    assert refused["amount"]["sentence"].endswith("aucun, le projet n’étant pas éligible.")
    assert (refused["amount"]["max"], refused["amount"]["lines"]) == (None, [])
