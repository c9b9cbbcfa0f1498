"""Programmes and approvals told by a name: recognised whatever the accents, never taken for another when unknown."""

from __future__ import annotations

import pytest

from app.rules.answer import answer
from app.rules.evaluate import assess
from app.rules.loader import load
from app.rules.reading import FactsError, read_facts
from app.rules.telling import as_text
from app.shared import clock

CATALOGUE = load()


def told(edition: str, example: int = 0, **puts: object) -> dict[str, object]:
    """What an edition answers to one of its examples, with other facts put into it."""
    found = CATALOGUE.by_id[edition]
    facts = {**found.examples[example].facts, **puts}
    return answer(assess(found, read_facts(facts, CATALOGUE.words)), catalogue=CATALOGUE, today=clock.now().date())


def status(answered: dict[str, object], criterion: str) -> str:
    return next(one["status"] for one in answered["criteria"] if one["id"] == criterion)


@pytest.mark.parametrize("name", ["calvados-twin-14", "Twin 14", "TWIN 14", "Calvados – Twin 14", "calvados twin 14"])
def test_a_programme_is_recognised_by_any_of_its_names(name: str) -> None:
    request = {"programme": name, "year": 2026}
    found = told("calvados-twin-14/sans-date", requests={"complete": True, "items": [request]})
    assert status(found, "une-par-an") == "not_met"
    assert found["warnings"] == []


@pytest.mark.parametrize("name", ["KA210", "ka 210", "Ka-210", "Erasmus+ KA210", "Erasmus+ – Partenariats simplifiés"])
def test_a_name_is_read_whatever_its_accents_and_spaces(name: str) -> None:
    assert CATALOGUE.words.known_as(CATALOGUE.words.element("requests", "programme"), name) == "erasmus-ka210"


def test_a_request_to_a_programme_that_nobody_knows_is_no_proof_that_there_was_none() -> None:
    strange = {"programme": "Twinning 14", "year": 2026}
    found = told("calvados-twin-14/sans-date", requests={"complete": True, "items": [strange]})
    assert status(found, "une-par-an") == "unknown"
    assert found["verdict"] == "to_check"
    assert "requests.programme" in [one["fact"] for one in found["missing"]]
    (said,) = found["warnings"]
    assert said.startswith("Le programme « Twinning 14 » n’est pas connu d’ici : ce qui en dépend reste à vérifier.")
    assert said.endswith("Vouliez-vous dire « Calvados – Twin 14 » ?")


@pytest.mark.parametrize("name", ["CERV", "MEAE", "OFAJ", "FDVA 2"])
def test_a_sigle_of_several_programmes_tells_none_of_them(name: str) -> None:
    assert CATALOGUE.words.known_as(CATALOGUE.words.element("requests", "programme"), name) is None


def test_another_programme_than_all_of_these_is_said_as_such() -> None:
    elsewhere = {"programme": "other", "year": 2026}
    found = told("calvados-twin-14/sans-date", requests={"complete": True, "items": [elsewhere]})
    assert status(found, "une-par-an") == "not_applicable"
    assert found["warnings"] == []


@pytest.mark.parametrize(
    ("approvals", "expected"),
    [
        (["jep"], "met"),
        (["JEP"], "met"),
        ({"complete": True, "items": ["Jeunesse et Éducation populaire"]}, "met"),
        ({"complete": True, "items": ["sport"]}, "not_met"),
        (["none"], "not_met"),
        ({"complete": True, "items": ["éducation au peuple"]}, "unknown"),
        (["éducation au peuple", "jep"], "met"),
    ],
)
def test_an_approval_is_recognised_by_its_name(approvals: object, expected: str) -> None:
    found = CATALOGUE.by_id["fonjep/2018-2025"]
    facts = {**found.examples[0].facts}
    facts["applicant"] = {**facts["applicant"], "approvals": approvals}
    facts["submission"] = {**facts["submission"], "is_renewal": True}
    answered = answer(assess(found, read_facts(facts, CATALOGUE.words)), catalogue=CATALOGUE, today=clock.now().date())
    assert status(answered, "agrement") == expected


def test_half_a_person_is_refused() -> None:
    with pytest.raises(FactsError, match=r"« journeys\[0\]\.persons » attend un nombre entier"):
        read_facts({"journeys": [{"persons": 2.5}]}, CATALOGUE.words)


def test_the_printed_answer_says_which_name_it_does_not_know() -> None:
    strange = {"programme": "Twinning 14", "year": 2026}
    found = told("calvados-twin-14/sans-date", requests={"complete": True, "items": [strange]})
    assert "• Le programme « Twinning 14 » n’est pas connu d’ici" in as_text(found)
