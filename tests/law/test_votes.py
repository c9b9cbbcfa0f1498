"""Votes, quorum, proxies, strength: properties of the arithmetic."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.law import council, money, proxies, votes
from app.law.presence import Crowd
from app.law.tables import load

if TYPE_CHECKING:
    from decimal import Decimal

COUNTS = st.integers(0, 69)
NAMES = st.sampled_from("ABCDEFGH")
BALLOTS = st.sampled_from([None, "show_of_hands", "public", "secret"])
VOICES = st.sampled_from([None, "for", "against", "abstained", "none"])


@given(st.integers(0, 100))
def test_a_quorum_is_more_than_half_and_no_more(in_office: int) -> None:
    asked = council.quorum(in_office)
    assert asked * 2 > in_office
    assert (asked - 1) * 2 <= in_office


@given(st.integers(1, 100), st.integers(0, 20))
def test_leaving_representatives_out_never_raises_the_quorum(in_office: int, excluded: int) -> None:
    assert council.quorum(in_office, excluded=excluded) <= council.quorum(in_office)


@given(st.integers(0, 400_000), st.integers(0, 400_000))
def test_a_larger_commune_never_has_a_smaller_council(first: int, second: int) -> None:
    few, many = sorted((first, second))
    assert council.legal_strength(few).members <= council.legal_strength(many).members
    assert council.legal_strength(few).members % 2 == 1


@pytest.mark.parametrize("step", load("strengths")["legal"]["steps"], ids=lambda step: str(step.get("up_to", "last")))
def test_a_step_of_strength_ends_where_the_table_says(step: dict[str, int]) -> None:
    if last := step.get("up_to"):
        assert council.legal_strength(last).members == step["members"]
        assert council.legal_strength(last + 1).members > step["members"]


@pytest.mark.parametrize(
    ("population", "elected", "on", "members"),
    [
        (99, 5, date(2026, 4, 1), 5),
        (99, 4, date(2026, 4, 1), 7),
        (99, 5, date(2025, 4, 1), 7),
        (499, 9, date(2026, 4, 1), 9),
        (999, 13, date(2026, 4, 1), 13),
        (1000, 13, date(2026, 4, 1), 15),
        (999, 15, date(2026, 4, 1), 15),
    ],
)
def test_a_council_is_deemed_complete_from_march_2026(population: int, elected: int, on: date, members: int) -> None:
    found = council.legal_strength(population, on=on, elected=elected)
    assert found.members == members
    assert found.is_deemed_complete is (members == elected < council.legal_strength(population).members)


@given(COUNTS, COUNTS, BALLOTS, VOICES)
def test_a_vote_follows_the_majority_of_the_votes_cast(
    pro: int, con: int, ballot: str | None, voice: str | None
) -> None:
    found = votes.vote_result(pro, con, ballot=ballot, president=voice)  # type: ignore[arg-type]
    assert found.cast == pro + con
    if pro != con:
        assert found.outcome == ("adopted" if pro > con else "rejected")
        assert (pro >= found.majority) is (pro > con)
    else:
        assert found.outcome != "adopted" or (voice == "for" and ballot not in {None, "secret"})


@given(COUNTS, COUNTS, BALLOTS, VOICES)
def test_one_more_vote_for_never_rejects(pro: int, con: int, ballot: str | None, voice: str | None) -> None:
    order = {"rejected": 0, "unknown": 1, "adopted": 2}
    before = votes.vote_result(pro, con, ballot=ballot, president=voice)  # type: ignore[arg-type]
    after = votes.vote_result(pro + 1, con, ballot=ballot, president=voice)  # type: ignore[arg-type]
    assert order[after.outcome] >= order[before.outcome]


@given(st.integers(1, 69), st.integers(0, 69))
def test_what_suffices_for_a_secret_ballot_suffices_for_a_public_one(present: int, asking: int) -> None:
    if votes.is_secret_request_valid(asking, present):
        assert votes.is_public_request_valid(asking, present)
    assert votes.is_public_request_valid(present, present)


@given(st.dictionaries(NAMES, st.integers(0, 12), min_size=1), st.integers(1, 3))
def test_nobody_is_appointed_at_the_first_rounds_without_the_absolute_majority(
    told: dict[str, int], seats: int
) -> None:
    cast = sum(told.values())
    found = votes.appointment([votes.Round(told, cast)], seats=seats)
    assert all(told[name] * 2 > cast for name in found.elected)
    assert len(found.elected) <= seats


@given(st.dictionaries(NAMES, st.integers(0, 12), min_size=3), st.integers(1, 3))
def test_the_third_round_fills_every_seat(told: dict[str, int], seats: int) -> None:
    one = votes.Round(told, 100)
    ages = {name: float(index) for index, name in enumerate(sorted(told))}
    found = votes.appointment([one, one, one], seats=seats, ages=ages)
    assert len(found.elected) == seats
    assert min(told[name] for name in found.elected) >= max(
        (told[name] for name in told if name not in found.elected), default=0
    )


def test_the_elder_wins_a_tie_and_an_unknown_age_is_asked_for() -> None:
    tie = votes.Round({"A": 5, "B": 5}, 10)
    assert votes.appointment([tie] * 3, ages={"A": 40, "B": 50}).elected == ("B",)
    assert votes.appointment([tie] * 3).needs == "ages"
    same = votes.appointment([tie] * 3, ages={"A": 61, "B": 61})
    assert (same.elected, same.reason, same.needs) == ((), "missing", "births")
    assert votes.appointment([], candidates=["A"]).reason == "single_candidacy"
    assert votes.appointment([tie], seats=2).reason == "open"
    assert votes.appointment([votes.Round({"A": 5})], seats=2).needs == "cast"


def test_ages_and_days_of_birth_are_compared_on_one_scale() -> None:
    on = date(2026, 9, 10)
    assert (
        votes.seniority({"A": date(1965, 5, 12), "B": date(1965, 5, 11)}, on)["B"]
        > votes.seniority({"A": date(1965, 5, 12), "B": date(1965, 5, 11)}, on)["A"]
    )
    assert votes.seniority({"A": date(1940, 1, 1), "B": 30}, on) == {"A": 86.0, "B": 30.0}
    assert votes.seniority({"A": date(1940, 1, 1), "B": 30}, None) == {"B": 30.0}


PROXIES = st.lists(st.builds(proxies.Proxy, NAMES, NAMES), max_size=6)


@given(PROXIES, st.frozensets(NAMES))
def test_whoever_is_represented_is_absent_once_and_by_somebody_present(
    told: list[proxies.Proxy], present: frozenset[str]
) -> None:
    kept = proxies.represented(told, present)
    assert all(one.holder in present and one.giver not in present for one in kept)
    assert len({one.holder for one in kept}) == len({one.giver for one in kept}) == len(kept)
    assert len(kept) <= len(present)


@given(st.frozensets(NAMES), st.frozensets(NAMES))
def test_people_who_come_and_go_leave_the_room_as_it_was(room: frozenset[str], others: frozenset[str]) -> None:
    people = Crowd.of(tuple(others - room))
    crowd = Crowd.of(tuple(room))
    assert crowd
    assert people
    assert crowd.joined_by(people).without(people) == crowd


@given(st.lists(st.decimals(0, 40_000, places=2), max_size=5))
def test_a_convention_is_due_above_the_threshold_only(amounts: list[Decimal]) -> None:
    found = money.yearly_aid(amounts)
    assert found.total == sum(amounts)
    assert found.needs_convention is (found.total > 23000)


def test_a_siret_has_its_key() -> None:
    assert money.is_siret("73282932000074")
    assert not money.is_siret("73282932000073")
    assert money.is_siret("35600000000048")
    assert money.is_siret("35600000049837")
    assert not money.is_siret("٧٣٢٨٢٩٣٢٠٠٠٠٧٤")
