"""What the engine says can be read by who does not know the rule."""

from __future__ import annotations

import re

from app.rules.answer import answer
from app.rules.evaluate import assess
from app.rules.loader import load
from app.rules.reading import read_facts
from app.shared import clock

CATALOGUE = load()


def told(edition: str, **puts: object) -> dict[str, object]:
    """What an edition answers to its first example, with other facts put into it."""
    found = CATALOGUE.by_id[edition]
    facts = read_facts({**found.examples[0].facts, **puts}, CATALOGUE.words)
    return answer(assess(found, facts), catalogue=CATALOGUE, today=clock.now().date())


def test_a_number_of_nothing_is_said_with_its_rule() -> None:
    (said,) = [one["sentence"] for one in told("fonds-citoyen/depuis-2020")["criteria"] if one["id"] == "categorie"]
    assert said.startswith("Catégorie : 2. Règle remplie : Catégorie 1 jusqu’à 5 000 euros, 2 jusqu’à 10 000")


def test_one_try_is_one() -> None:
    short = {"kind": "company", "country": "FR"}
    said = [told(one.id, applicant=short)["advice_sentence"] for one in CATALOGUE.editions if one.kind == "cash"]
    ones = [one for one in said if re.search(r"\b1 essai\b", one)]
    assert ones
    assert not any(re.search(r"\b[01] essais", one) for one in said)


def test_a_meeting_of_one_day_lasts_one_day() -> None:
    event = {"start": "2027-05-01", "end": "2027-05-03", "days": 1}
    (said,) = told("ofaj/directives", events={"complete": True, "items": [event]})["warnings"]
    assert "(1 jour) ne va pas avec ses dates (3 jours)" in said
