"""The smallest change that opens the door, where it takes more than one pull."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from app.rules.advice import advise
from app.rules.answer import answer
from app.rules.evaluate import assess
from app.rules.loader import load
from app.rules.reading import read_facts
from app.rules.told import changed

CATALOGUE = load()
SOON = {"project__start": "2027-01-01", "project__end": "2027-09-30"}
ONLINE = {"events": {"complete": True, "items": [{"mode": "online"}]}, "project__has_online_activities": None}
PLANE = {"transport": "plane", "km": 800, "persons": 20, "group": True, "train_minutes": 400}


def suggested(edition: str, *unset: str, **put: Any) -> list[str]:
    found = CATALOGUE.by_id[edition]
    facts = next(one.facts for one in found.examples if one.verdict == "eligible")
    told = changed(facts, {name.replace("__", "."): value for name, value in put.items()}, unset)
    advice = advise(CATALOGUE, assess(found, read_facts(told, CATALOGUE.words)), today=date(2026, 11, 22))
    return [one.sentence.replace("\N{NO-BREAK SPACE}", " ").replace("\u202f", " ") for one in advice.suggestions]


def test_four_rules_at_once_are_mended_together() -> None:
    groups = [{"country": "DE", "count": 24}, {"country": "FR", "count": 20}]
    put = {"participants__groups": groups, "project__end": "2026-02-28", "money__requested": 60000}
    first = suggested("cerv-jumelage/2024", **put)[0]

    assert "Faites venir 6 personnes de plus (Allemagne)" in first
    assert "Demandez 50 745 € au lieu de 60 000 €." in first


def test_a_change_that_unsettles_another_rule_brings_the_change_that_settles_it() -> None:
    money = {"total_cost": 10000, "eligible_cost": 7500, "requested": 7000, "other_income": 500}
    first = suggested("fonds-citoyen/depuis-2020", money=money)[0]

    assert first == "Demandez 6 000 € au lieu de 7 000 €. Prévoyez 1 500 € d’autres recettes au lieu de 500 €."


@pytest.mark.parametrize(
    ("edition", "put", "said"),
    [
        (
            "calvados-twin-14/sans-date",
            {"participants__groups__0__count": 7, "participants__groups__1__count": 7},
            ("8 personnes au lieu de 7", "Faites venir 1 personne de plus"),
        ),
        (
            "visegrad/2024",
            {"partners__items": [{"kind": "association", "country": "CZ", "km_to_border": 41}]},
            ("Associez un organisme de plus",),
        ),
        (
            "calvados-charte/sans-date",
            {"applicant__kind": "twinning_committee", "documents": {"complete": True, "items": []}},
            ("Préparez le document : lettre du maire.",),
        ),
        ("erasmus-ka210/2026", {"project__start": "2026-07-01"}, ("il commence le 1er septembre 2026",)),
        ("erasmus-ka210/2026", {"project__start": "2026-08-01"}, ("il commence le 1er septembre 2026",)),
        (
            "visegrad-plus/2024",
            {"partners__items": [{"kind": "association", "country": "CZ"}, {"kind": "association", "country": "FR"}]},
            ("(pays : Ukraine)", "(pays : Hongrie)"),
        ),
        ("poctefa-micro/2022", {"money__eligible_cost": 40000}, ("Ramenez les dépenses éligibles à 25 000 €",)),
        (
            "jsi-vvv-si/depuis-2023",
            {"participants__groups": [{"country": "FR", "count": 8, "age": 27, "role": "participant"}]},
            ("personnes de 25 ans au lieu de 27",),
        ),
    ],
)
def test_a_door_that_one_lever_does_not_open(edition: str, put: dict[str, Any], said: tuple[str, ...]) -> None:
    found = suggested(edition, **put)

    assert found, "nothing is suggested"
    assert all(one in found[0] for one in said), found


@pytest.mark.parametrize(
    ("unset", "said"),
    [([], "Demandez 1 500 € au lieu de 9 600 €."), (["fundings"], "Demandez 1 000 € au lieu de 9 600 €.")],
)
def test_a_ceiling_that_hangs_on_an_unanswered_question_is_kept_at_its_lowest(unset: list[str], said: str) -> None:
    assert suggested("calvados-twin-14/sans-date", *unset, money__requested=9600) == [said]


def test_a_group_without_a_leader_is_given_one() -> None:
    facts = next(one.facts for one in CATALOGUE.by_id["erasmus-ka152/2021-2023"].examples if one.verdict == "eligible")
    groups = [one for one in facts["participants"]["groups"] if "leader" not in one["role"] or one["country"] == "FR"]

    assert any(
        "Prévoyez un accompagnateur" in one for one in suggested("erasmus-ka152/2021-2023", participants__groups=groups)
    )


@pytest.mark.parametrize(
    ("edition", "put", "said"),
    [
        (
            "visegrad/2024",
            {"project__start": "2026-07-01", "project__end": "2028-12-31"},
            "Terminez le projet 366 jours plus tôt, le 31 décembre 2027.",
        ),
        (
            "erasmus-ka210/2026",
            {"project__start": "2026-09-01", "project__end": "2026-12-31"},
            "Prolongez le projet de 59 jours, jusqu’au 28 février 2027.",
        ),
    ],
)
def test_a_date_is_moved_no_day_farther_than_is_enough(edition: str, put: dict[str, Any], said: str) -> None:
    assert suggested(edition, **put)[0] == said


def test_a_change_that_another_made_too_short_is_counted_again() -> None:
    found = suggested("fdva-1-rhone/2024", training__days=8, training__trainees=12, money__requested=9000)

    assert found[0] == "Portez la formation à 5 jours au lieu de 8. Demandez 3 500 € au lieu de 9 000 €."


def test_each_change_of_the_answer_is_one_lever_with_all_that_it_moves() -> None:
    """Who drops one change of the answer drops a whole lever, and the rest is then not enough."""
    edition = CATALOGUE.by_id["erasmus-ka210/2026"]
    facts = next(one.facts for one in edition.examples if one.verdict == "eligible")
    told = changed(facts, {"project.start": "2026-08-01"}, [])
    assessment = assess(edition, read_facts(told, CATALOGUE.words))
    said = answer(assessment, catalogue=CATALOGUE, today=date(2026, 11, 22))
    (one,) = said["advice"][0]["changes"]

    assert one["path"] == "project.start"
    assert "project.end" in {other["path"] for other in one["also"]}


def test_two_groups_too_small_and_too_few_in_all_are_mended_at_once() -> None:
    groups = [
        {"country": "FR", "count": 3, "role": "participant", "age": 16},
        {"country": "DE", "count": 3, "role": "participant", "age": 16},
    ]
    first = suggested("erasmus-ka152/2024-2026", participants__groups=groups, **SOON)[0]

    assert first.count("Prévoyez un accompagnateur") == 2
    assert "12 personnes au lieu de 3" in first
    assert "4 personnes au lieu de 3" in first


def test_a_sum_goes_no_farther_than_the_other_changes_ask() -> None:
    first = suggested("erasmus-ka210/2026", money={"requested": 45000, "total_cost": 28000})[0]

    assert first.startswith("Demandez 30 000 € au lieu de 45 000 €. ")
    assert "30 001 € de coût total au lieu de 28 000 €" in first


@pytest.mark.parametrize(
    ("edition", "put", "said"),
    [
        ("cerv-jumelage/guide", ONLINE, "Tenez la rencontre en présence"),
        (
            "cerv-jumelage/guide",
            {"events__items": [{"mode": "online"}, {"mode": "hybrid"}], "project__has_online_activities": True},
            "Tenez les 2 rencontres en présence.",
        ),
        ("fonds-citoyen/depuis-2020", {"submission__category": 1}, "Demandez la catégorie 2 au lieu de 1."),
        ("fdva-2-eure-et-loir/sans-date", {"submission__axis": "1+2"}, "Demandez seulement l’axe 1."),
        (
            "ofaj/directives",
            {"journeys": {"complete": True, "items": [PLANE]}},
            "Voyagez autrement : train, et non avion.",
        ),
    ],
)
def test_another_word_opens_the_door(edition: str, put: dict[str, Any], said: str) -> None:
    soon = SOON if edition.startswith(("cerv", "ofaj")) else {}
    assert suggested(edition, **put, **soon)[0].startswith(said)


DECLARATION = "Préparez le document : déclaration annuelle de l’aide publique au développement."
REPORTS = "Préparez le document : comptes rendus des projets antérieurs."


@pytest.mark.parametrize(
    ("items", "said"),
    [
        ([], f"{DECLARATION} {REPORTS}"),
        ([{"kind": "aid_declaration", "ready": True}, {"kind": "earlier_reports", "ready": False}], REPORTS),
    ],
)
def test_all_documents_that_are_missing_are_named_once(items: list[dict[str, Any]], said: str) -> None:
    put = {
        "documents": {"complete": True, "items": items},
        "applicant__is_first_time": False,
        "requests": {"complete": True, "items": [{"state": "ended"}]},
    }

    assert suggested("meae-general/2025", **put) == [said]
