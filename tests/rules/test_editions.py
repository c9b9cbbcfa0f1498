"""Every shipped rule file: its examples come out, its bounds hold, its figures are not stale."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app.rules.checking import problems
from app.rules.evaluate import assess
from app.rules.loader import load
from app.rules.reading import read_facts
from app.shared import clock

if TYPE_CHECKING:
    from app.rules.model import Edition, Example

CATALOGUE = load()
EXAMPLES = [(edition, example) for edition in CATALOGUE.editions for example in edition.examples]


def test_every_file_is_right_today() -> None:
    assert problems(CATALOGUE, today=clock.now().date()) == []


@pytest.mark.parametrize(
    ("edition", "example"),
    EXAMPLES,
    ids=[f"{edition.id}:{example.line}:{rank}" for rank, (edition, example) in enumerate(EXAMPLES)],
)
def test_an_example_comes_out_as_its_file_says(edition: Edition, example: Example) -> None:
    assessment = assess(edition, read_facts(example.facts, CATALOGUE.words))

    assert not example.verdict or assessment.verdict == example.verdict
    statuses = {name: str(assessment.state(name).status) for name in example.statuses}
    assert statuses == dict(example.statuses)


@pytest.mark.parametrize("edition", CATALOGUE.editions, ids=lambda edition: edition.id)
def test_an_edition_shows_more_than_one_verdict(edition: Edition) -> None:
    if edition.kind == "contact":
        return
    shown = {example.verdict for example in edition.examples if example.verdict}

    assert "eligible" in shown or "to_check" in shown
    assert len(shown) > 1
