"""Sums in French letters."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.council.spelled import LARGEST, euros, number


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (0, "zéro"), (1, "un"), (16, "seize"), (17, "dix-sept"), (21, "vingt et un"), (22, "vingt-deux"),
        (61, "soixante et un"), (70, "soixante-dix"), (71, "soixante et onze"), (79, "soixante-dix-neuf"),
        (80, "quatre-vingts"), (81, "quatre-vingt-un"), (90, "quatre-vingt-dix"), (91, "quatre-vingt-onze"),
        (99, "quatre-vingt-dix-neuf"), (100, "cent"), (101, "cent un"), (180, "cent quatre-vingts"),
        (200, "deux cents"), (201, "deux cent un"), (999, "neuf cent quatre-vingt-dix-neuf"), (1000, "mille"),
        (1001, "mille un"),
        (1500, "mille cinq cents"), (2000, "deux mille"), (23000, "vingt-trois mille"), (80000, "quatre-vingt mille"),
        (200000, "deux cent mille"), (1000000, "un million"), (200000000, "deux cents millions"),
        (1080080, "un million quatre-vingt mille quatre-vingts"),
    ],
)  # fmt: skip
def test_a_number_is_written_out(count: int, words: str) -> None:
    assert number(count) == words


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("1", "un euro"),
        ("1500", "mille cinq cents euros"),
        ("1500.5", "mille cinq cents euros et cinquante centimes"),
        ("0.01", "un centime"),
        ("0", "zéro euro"),
        ("2000000", "deux millions d’euros"),
        ("2000001", "deux millions un euros"),
    ],
)
def test_a_sum_is_written_out(amount: str, words: str) -> None:
    assert euros(Decimal(amount)) == words


@given(st.integers(0, LARGEST - 1), st.integers(0, LARGEST - 1))
def test_two_numbers_never_read_the_same(one: int, other: int) -> None:
    assert (number(one) == number(other)) == (one == other)


@pytest.mark.parametrize("count", [-1, LARGEST])
def test_what_is_out_of_reach_is_not_written(count: int) -> None:
    with pytest.raises(ValueError, match=str(count)):
        number(count)
