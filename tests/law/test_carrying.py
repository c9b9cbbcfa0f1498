"""Proxies in the course of an assembly: examples, and bounds that hold whoever comes, goes and gives."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.law.carrying import Given, fault_of, follow

PEOPLE = range(6)
HOURS = st.lists(st.frozensets(st.sampled_from(PEOPLE)), min_size=1, max_size=7)
PERSON = st.sampled_from(PEOPLE)


@pytest.mark.parametrize(
    ("presence", "given_", "counts", "why"),
    [
        ([{1}, {1}, {1}], Given(2, 1), [0, 1, 2], ""),
        ([{1}, {1, 2}, {1}], Given(2, 1), [0], "giver_came"),
        ([{1}, {3}, {1}], Given(2, 1), [0], "holder_left"),
        ([set(), {1}, {1}], Given(2, 1), [1, 2], ""),
        ([{1, 2}, {1}, {1}], Given(2, 1), [], "giver_came"),
        ([{1, 2}, {1}, {1}], Given(2, 1, since=1), [1, 2], ""),
        ([{1}, {1}, {1}], Given(2, 1, until=2), [0, 1], "taken_back"),
        ([{1}, {1}, {1}], Given(2, 3), [], ""),
    ],
)
def test_a_proxy_counts_from_where_it_is_given_to_where_somebody_comes_leaves_or_takes_it_back(
    presence: list[set[int]], given_: Given, counts: list[int], why: str
) -> None:
    (fate,) = follow([given_], presence, limit=1)
    assert [point for point in range(len(presence)) if fate.counts_at(point)] == counts
    assert fate.why == why


def test_a_place_that_becomes_free_is_for_a_new_proxy_and_not_for_one_set_aside() -> None:
    presence = [{1}, {1, 2}, {1, 2}]
    noted = [Given(2, 1), Given(3, 1)]
    assert [fate.is_aside for fate in follow(noted, presence, limit=1)] == [False, True]
    fresh = Given(4, 1, since=2)
    assert fault_of(fresh, noted, presence, entitled=PEOPLE, limit=1, is_open=True) is None
    assert [fate.counts_at(2) for fate in follow([*noted, fresh], presence, limit=1)] == [False, False, True]


def test_another_proxy_takes_the_first_one_back_from_there_on() -> None:
    presence = [{1, 2}, {1, 2}, {1, 2}]
    first, second = follow([Given(3, 1), Given(3, 2, since=1)], presence, limit=1)
    assert [first.counts_at(point) for point in range(3)] == [True, False, False]
    assert [second.counts_at(point) for point in range(3)] == [False, True, True]
    assert (first.why, second.is_aside) == ("taken_back", False)
    same, last = follow([Given(3, 1), Given(3, 2)], presence, limit=1)
    assert (same.counts_from, last.counts_from) == (None, 0)


def test_who_leaves_gives_a_proxy_even_where_they_carried_one() -> None:
    presence = [{1, 2}, {1}]
    carried = Given(3, 2)
    leaving = Given(2, 1, since=1)
    assert fault_of(leaving, [carried], presence, entitled=PEOPLE, limit=1, is_open=True) is None
    again = Given(3, 1, since=1)
    assert fault_of(again, [carried], presence, entitled=PEOPLE, limit=1, is_open=True) is None, "its holder left"
    both = fault_of(again, [carried, leaving], presence, entitled=PEOPLE, limit=1, is_open=True)
    assert both == "too_many"


@st.composite
def _noted(draw: st.DrawFn) -> Given:
    since = draw(st.integers(0, 6))
    until = draw(st.none() | st.integers(0, 7))
    return Given(draw(PERSON), draw(PERSON), since, until)


@given(HOURS, st.lists(_noted(), max_size=14), st.sampled_from([None, 0, 1, 2]), st.booleans())
def test_at_no_point_anybody_counts_twice_or_carries_more_than_the_statutes_allow(
    presence: list[frozenset[int]],
    wished: list[Given],
    limit: int | None,
    is_checked: bool,  # noqa: FBT001  # drawn
) -> None:
    noted: list[Given] = []
    for one in wished:
        if one.since >= len(presence) or one.giver == one.holder:
            continue
        asked = {"entitled": PEOPLE, "limit": limit, "is_open": True}
        if is_checked and fault_of(one, noted, presence, **asked) is not None:
            continue
        noted.append(one)
    fates = follow(noted, presence, limit=limit)
    assert not is_checked or not any(fate.is_aside for fate in fates), "what is checked is never one too many"
    for point, here in enumerate(presence):
        counting = [fate.given for fate in fates if fate.counts_at(point)]
        givers = [one.giver for one in counting]
        assert len({*givers}) == len(givers)
        assert not {*givers} & here, "who is there votes in person"
        assert {one.holder for one in counting} <= here
        assert not {*givers} & {one.holder for one in counting}
        assert all(limit is None or number <= limit for number in Counter(one.holder for one in counting).values())
    for fate in fates:
        standing = [point for point in range(len(presence)) if fate.counts_at(point)]
        assert standing == [*range(standing[0], fate.until)] if standing else True, "what ended does not live again"
