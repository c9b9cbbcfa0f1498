"""What statutes ask of an assembly: examples, and bounds that hold for every number."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.law.assembly import (
    Proxy,
    Round,
    Votes,
    attendance,
    election,
    latest_sending,
    notice,
    proxy_fault,
    result,
)
from app.law.statutes import MAJORITIES, Statutes

HALF = Statutes(quorum="fraction", quorum_numerator=1, quorum_denominator=2, quorum_is_more_than=True)
QUARTER = Statutes(quorum="fraction", quorum_numerator=1, quorum_denominator=4, quorum_counts_proxies=True)
FEW = st.integers(0, 60)


@pytest.mark.parametrize(
    ("statutes", "entitled", "needed"),
    [(HALF, 10, 6), (HALF, 11, 6), (QUARTER, 10, 3), (QUARTER, 12, 3), (QUARTER, 0, 1), (Statutes(), 10, None)],
)
def test_a_quorum_is_a_whole_number_of_members(statutes: Statutes, entitled: int, needed: int | None) -> None:
    assert statutes.quorum_needed(entitled) == needed


def test_what_the_statutes_do_not_say_hinders_nobody() -> None:
    judged = attendance(Statutes(), entitled=40, present=1, represented=0)
    assert (judged.standing, judged.may_deliberate) == ("unknown", True)
    assert notice(None, date(2027, 1, 1), date(2027, 1, 2)) == "unknown"
    assert proxy_fault(Proxy(1, 2), [Proxy(3, 2)] * 9, entitled=range(9), limit=None) is None
    assert result(Votes(votes_for=2, votes_against=1), "", present=3, entitled=9).is_assumed


def test_a_quorum_above_the_number_of_members_can_never_be_reached() -> None:
    statutes = Statutes(quorum="number", quorum_number=40, quorum_counts_proxies=True)
    judged = attendance(statutes, entitled=31, present=31, represented=0)
    assert (judged.standing, judged.may_deliberate) == ("unreachable", False)


def test_whether_the_represented_count_matters_only_where_it_changes_the_answer() -> None:
    assert attendance(HALF, entitled=10, present=6, represented=0).standing == "reached"
    assert attendance(HALF, entitled=10, present=5, represented=2).standing == "unknown"
    assert attendance(HALF, entitled=10, present=3, represented=2).standing == "missed"


def test_a_second_assembly_follows_what_the_statutes_say_of_it() -> None:
    free = Statutes(quorum="number", quorum_number=9, second_quorum="none")
    assert attendance(free, entitled=10, present=1, represented=0, is_second=True).standing == "not_needed"
    same = Statutes(quorum="number", quorum_number=9, second_quorum="same")
    assert attendance(same, entitled=10, present=1, represented=0, is_second=True).standing == "missed"
    silent = Statutes(quorum="number", quorum_number=9)
    assert attendance(silent, entitled=10, present=1, represented=0, is_second=True).standing == "unknown"


def test_a_notice_counts_the_day_of_the_assembly_not_that_of_the_dispatch() -> None:
    held = date(2027, 3, 20)
    assert latest_sending(15, held) == date(2027, 3, 5)
    assert notice(15, date(2027, 3, 5), held) == "met"
    assert notice(15, date(2027, 3, 6), held) == "short"


@pytest.mark.parametrize(
    ("proxy", "fault"),
    [
        (Proxy(1, 1), "to_oneself"),
        (Proxy(1, 99), "not_entitled"),
        (Proxy(3, 1), "given_twice"),
        (Proxy(1, 2), "too_many"),
        (Proxy(4, 1), "giver_present"),
        (Proxy(1, 5), "holder_absent"),
        (Proxy(1, 4), None),
    ],
)
def test_a_proxy_is_refused_for_one_reason(proxy: Proxy, fault: str | None) -> None:
    others = [Proxy(3, 2)]
    assert proxy_fault(proxy, others, entitled=range(10), limit=1, present={2, 4}) == fault


@pytest.mark.parametrize(
    ("votes", "code", "outcome", "needed"),
    [
        ((5, 4, 1), "simple", "adopted", 5),
        ((5, 4, 3), "absolute_present", "rejected", 7),
        ((8, 4, 0), "two_thirds_cast", "adopted", 8),
        ((8, 4, 1), "two_thirds_present", "rejected", 9),
        ((9, 0, 0), "unanimous", "adopted", 9),
        ((8, 1, 0), "unanimous", "rejected", 9),
    ],
)
def test_each_majority_counts_its_own_base(votes: tuple[int, int, int], code: str, outcome: str, needed: int) -> None:
    counted = Votes(votes_for=votes[0], votes_against=votes[1], abstentions=votes[2])
    found = result(counted, code, present=sum(votes), entitled=40)
    assert (found.outcome, found.needed) == (outcome, needed)


def test_a_tie_turns_on_the_chair_only_where_the_statutes_say_so() -> None:
    tie = Votes(votes_for=4, votes_against=4)
    where = {"present": 8, "entitled": 9}
    assert result(tie, "simple", **where).reason == "tie"
    assert result(tie, "simple", **where, casting_vote=True).outcome == "unknown"
    assert result(tie, "simple", **where, casting_vote=True, president="for").outcome == "adopted"
    assert result(tie, "simple", **where, casting_vote=True, president="for", is_secret=True).reason == "tie_secret"


def test_an_election_goes_through_its_rounds() -> None:
    first = Round({1: 4, 2: 3, 3: 3}, papers=10)
    assert election([first], places=1, absolute_rounds=1).open_places == 1
    second = election([first, Round({1: 5, 2: 5}, papers=10)], places=1, absolute_rounds=1)
    assert (second.open_places, second.tied) == (1, (1, 2))
    third = election([first, Round({1: 5, 2: 4}, papers=9)], places=1, absolute_rounds=1)
    assert (dict(third.elected), third.is_assumed) == ({1: 2}, False)
    assert election([first], places=1, absolute_rounds=None).is_assumed


@given(FEW, FEW, FEW, st.sampled_from([HALF, QUARTER, Statutes(quorum="number", quorum_number=7)]))
def test_more_people_never_lose_a_quorum(entitled: int, present: int, more: int, statutes: Statutes) -> None:
    order = ["unreachable", "missed", "unknown", "reached"]
    before = attendance(statutes, entitled=entitled, present=present, represented=0)
    after = attendance(statutes, entitled=entitled, present=present + more, represented=0)
    assert order.index(before.standing) <= order.index(after.standing)
    assert before.needed is not None
    assert before.needed >= 1


@given(FEW, FEW, FEW, st.sampled_from(sorted(MAJORITIES)))
def test_nothing_is_adopted_by_fewer_votes_than_are_needed(yes: int, no: int, away: int, code: str) -> None:
    present = yes + no + away
    found = result(Votes(votes_for=yes, votes_against=no, abstentions=away), code, present=present, entitled=present)
    assert (found.outcome == "adopted") == (yes >= found.needed)
    assert found.needed >= 1
    assert not (found.outcome == "adopted" and yes <= no)


@given(
    st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=30),
    st.integers(0, 3),
)
def test_no_holder_ever_carries_more_than_the_statutes_allow(pairs: list[tuple[int, int]], limit: int) -> None:
    kept: list[Proxy] = []
    for giver, holder in pairs:
        proxy = Proxy(giver, holder)
        if proxy_fault(proxy, kept, entitled=range(10), limit=limit) is None:
            kept.append(proxy)
    holders = [one.holder for one in kept]
    assert all(holders.count(one) <= limit for one in holders)
    assert len({one.giver for one in kept}) == len(kept)


@given(
    st.lists(st.dictionaries(st.integers(1, 6), st.integers(0, 12), max_size=6), max_size=4),
    st.integers(1, 4),
    st.sampled_from([None, 0, 1, 2]),
)
def test_an_election_never_fills_more_places_than_there_are(
    rounds: list[dict[int, int]], places: int, absolute: int | None
) -> None:
    told = [Round(votes, papers=sum(votes.values())) for votes in rounds]
    found = election(told, places=places, absolute_rounds=absolute)
    assert len(found.elected) + found.open_places == places
    assert found.open_places >= 0
    assert not set(found.tied) & set(found.elected)
