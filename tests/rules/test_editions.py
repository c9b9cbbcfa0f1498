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


def test_every_file_is_right_today() -> None:
    assert problems(CATALOGUE, today=clock.now().date()) == []


@pytest.mark.parametrize("edition", CATALOGUE.editions, ids=lambda edition: edition.id)
def test_every_example_comes_out_as_its_file_says(edition: Edition) -> None:
    came_out = {f"line {one.line}, {rank}": _came_out(edition, one) for rank, one in enumerate(edition.examples)}

    assert came_out == {
        f"line {one.line}, {rank}": (one.verdict, dict(one.statuses)) for rank, one in enumerate(edition.examples)
    }


def _came_out(edition: Edition, example: Example) -> tuple[str, dict[str, str]]:
    """The verdict, if the example names one, and the statuses that it names."""
    assessment = assess(edition, read_facts(example.facts, CATALOGUE.words))
    statuses = {name: str(assessment.state(name).status) for name in example.statuses}
    return example.verdict and str(assessment.verdict), statuses


@pytest.mark.parametrize("edition", CATALOGUE.editions, ids=lambda edition: edition.id)
def test_an_edition_shows_more_than_one_verdict(edition: Edition) -> None:
    if edition.kind == "contact":
        return
    shown = {example.verdict for example in edition.examples if example.verdict}

    assert "eligible" in shown or "to_check" in shown
    assert len(shown) > 1
