"""Days: clear days in every month, leap years, holidays, two clear months; properties that no date may break."""

from __future__ import annotations

from datetime import date, timedelta
from enum import Enum
from typing import TYPE_CHECKING, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.law import days
from app.law.acts import appeal_end, enforceable_on, prefect_end, third_party_end
from app.law.convocation import ordinary_notice, second_notice, urgent_notice
from app.law.days import is_working_day
from app.law.recourse import letter_effect, letter_said, recourse
from app.law.vocabulary.acts import Act, PrefectLetter

if TYPE_CHECKING:
    from app.law.convocation import Notice
    from app.law.days import LastDay

DATES = st.dates(date(1990, 1, 1), date(2090, 12, 31))
SIDES = st.sampled_from(["under", "at_least", "unsure", None])
ONE = timedelta(days=1)
SILENT = False


@pytest.mark.parametrize(
    ("year", "easter"),
    [
        (1961, date(1961, 4, 2)),
        (1999, date(1999, 4, 4)),
        (2000, date(2000, 4, 23)),
        (2008, date(2008, 3, 23)),
        (2024, date(2024, 3, 31)),
        (2026, date(2026, 4, 5)),
        (2038, date(2038, 4, 25)),
    ],
)
def test_easter_falls_where_the_calendars_say(year: int, easter: date) -> None:
    assert days.easter(year) == easter


def test_a_year_has_eleven_public_holidays_and_thirteen_in_alsace_moselle() -> None:
    assert len(days.holidays(2026)) == 11
    assert len(days.holidays(2026, alsace_moselle=True)) == 13
    assert days.holidays(2026)[date(2026, 5, 14)] == "Ascension"
    assert date(2026, 4, 3) not in days.holidays(2026)
    assert date(2026, 4, 3) in days.holidays(2026, alsace_moselle=True)
    assert date(1979, 5, 8) not in days.holidays(1979)


@pytest.mark.parametrize("month", range(1, 13))
@pytest.mark.parametrize("year", [2024, 2026, 2100])
def test_clear_days_are_counted_over_the_end_of_every_month(year: int, month: int) -> None:
    first_of_next = days.add_months(date(year, month, 1), 1)
    assert days.clear_days(first_of_next - 2 * ONE, first_of_next + 2 * ONE) == 3
    assert days.latest_sending(first_of_next + 2 * ONE, 3) == first_of_next - 2 * ONE


@given(DATES, DATES)
def test_clear_days_are_the_whole_days_between(first: date, second: date) -> None:
    sent, held = sorted((first, second))
    between = [sent + ONE * n for n in range(1, (held - sent).days)]
    assert max(days.clear_days(sent, held), 0) == len(between)


@given(DATES, st.integers(0, 12))
def test_latest_sending_and_earliest_meeting_answer_each_other(held: date, clear: int) -> None:
    sent = days.latest_sending(held, clear)
    assert days.clear_days(sent, held) == clear
    assert days.earliest_meeting(sent, clear) == held
    assert days.clear_days(sent + ONE, held) == clear - 1


@given(DATES, st.integers(-40, 40))
def test_months_keep_the_day_or_take_the_last_of_a_shorter_month(day: date, months: int) -> None:
    found = days.add_months(day, months)
    assert (found.year * 12 + found.month) - (day.year * 12 + day.month) == months
    assert found.day == day.day or (found.day < day.day and (found + ONE).day == 1)


@given(first=DATES, second=DATES, months=st.integers(1, 6), local=st.booleans())
def test_a_delay_in_months_ends_on_a_working_day_and_never_runs_backwards(
    first: date, second: date, months: int, *, local: bool
) -> None:
    first, second = sorted((first, second))
    early = days.last_day_of_months(first, months, alsace_moselle=local)
    late = days.last_day_of_months(second, months, alsace_moselle=local)
    assert early.day <= late.day
    assert days.is_working_day(early.day, alsace_moselle=local)
    assert early.raw <= early.day <= early.raw + 5 * ONE
    assert early.is_moved is (early.day != early.raw)


@pytest.mark.parametrize(
    ("event", "end"),
    [
        (date(1999, 2, 12), date(1999, 4, 13)),
        (date(2026, 9, 15), date(2026, 11, 16)),
        (date(2026, 12, 31), date(2027, 3, 1)),
        (date(2023, 12, 31), date(2024, 3, 1)),
        (date(2026, 3, 13), date(2026, 5, 15)),
        (date(2026, 9, 10), date(2026, 11, 12)),
        (date(2026, 10, 24), date(2026, 12, 28)),
    ],
    ids=["Versailles 1999", "example 18", "short month", "leap year", "Ascension", "11 November", "Christmas"],
)
def test_two_clear_months_end_where_the_judge_says(event: date, end: date) -> None:
    assert third_party_end(event).day == end
    found = prefect_end(event)
    assert found
    assert found.day == end


def test_good_friday_moves_a_delay_in_alsace_only() -> None:
    assert third_party_end(date(2026, 2, 2)).day == date(2026, 4, 3)
    assert third_party_end(date(2026, 2, 2), alsace_moselle=True).day == date(2026, 4, 7)


def test_an_incomplete_file_starts_the_prefects_delay_again() -> None:
    sent, asked, done = date(2026, 1, 12), date(2026, 2, 2), date(2026, 2, 20)
    restarted = prefect_end(sent, asked_on=asked, completed_on=done)
    assert restarted
    assert restarted.day == date(2026, 4, 21)
    assert prefect_end(sent, asked_on=asked) is None
    assert prefect_end(sent, asked_on=date(2026, 5, 1)) == prefect_end(sent)


def test_an_appeal_in_time_waits_for_its_answer() -> None:
    published = date(2026, 1, 12)
    assert appeal_end(published, date(2026, 2, 2), None) is None
    answered = appeal_end(published, date(2026, 2, 2), date(2026, 3, 2))
    assert answered
    assert answered.day == date(2026, 5, 4)
    assert appeal_end(published, date(2026, 6, 2), None) == third_party_end(published)


class Law(Enum):
    """Whose holidays count."""

    GENERAL = 0
    LOCAL = 1


def _last(first: LastDay, sent: object, received: object, answered: object) -> date | None:
    found = letter_effect(first, PrefectLetter(sent, received, answered))  # type: ignore[arg-type]  # shorter to write
    return found.last.day if found.last else None


def test_a_letter_of_the_prefect_keeps_his_delay_open_until_two_months_after_its_refusal() -> None:
    first = third_party_end(date(2026, 9, 15))  # until 16 November 2026
    letter, answer = date(2026, 10, 31), date(2026, 11, 20)
    assert _last(first, None, letter, answer) == date(2027, 1, 21)
    assert _last(first, None, letter, SILENT) == date(2027, 3, 1)  # silence refuses on 31 December, then 28 February
    assert _last(first, None, date(2026, 10, 1), date(2026, 10, 2)) == date(2026, 12, 3)
    assert _last(first, None, letter, date(2027, 3, 2)) == date(2027, 3, 1)  # no second refusal after the silent one
    assert _last(first, None, letter, None) is None
    assert _last(first, date(2026, 11, 17), date(2026, 11, 19), answer) == first.day  # it went too late


def test_a_letter_sent_in_time_and_received_late_is_disputed_since_2025() -> None:
    first = third_party_end(date(2026, 9, 15))
    told = letter_effect(first, PrefectLetter(date(2026, 11, 13), date(2026, 11, 18), answered_on=False))
    assert told.is_disputed
    assert told.last
    assert told.last.day == date(2027, 3, 19)
    assert letter_effect(first, PrefectLetter(None, date(2026, 11, 18), answered_on=False)).lacks == ("sent_on",)
    before = third_party_end(date(2024, 9, 16))
    assert _last(before, date(2024, 11, 15), date(2024, 11, 20), SILENT) == before.day


@given(DATES, st.none() | DATES, st.none() | DATES, st.none() | st.just(SILENT) | DATES, st.sampled_from(Law))
def test_no_refusal_ends_a_delay_earlier_nor_on_a_day_off(
    start: date, sent: date | None, received: date | None, answered: date | Literal[False] | None, law: Law
) -> None:
    is_local = law is Law.LOCAL
    first = third_party_end(start, alsace_moselle=is_local)
    found = letter_effect(first, PrefectLetter(sent, received, answered), alsace_moselle=is_local)
    assert (found.last is None) == bool(found.lacks)
    assert letter_said(found)
    if found.last:
        assert found.last.day >= first.day
        assert is_working_day(found.last.day, alsace_moselle=is_local)
    if found.is_silent:
        assert received
        assert found.refused_on
        months = (found.refused_on.year - received.year) * 12 + found.refused_on.month - received.month
        assert months == 2
        assert found.refused_on.day <= received.day
    appeal = appeal_end(start, received or start, answered or False, alsace_moselle=is_local)
    assert appeal
    assert appeal.day >= first.day


@given(DATES, st.none() | DATES)
def test_without_a_letter_nothing_changes(sent: date, published: date | None) -> None:
    told = recourse(Act(transmitted_on=sent, published_on=published))
    assert told.prefect == prefect_end(sent)
    assert told.letter is None
    assert told.third_parties == (third_party_end(published) if published else None)


@given(DATES, DATES)
def test_an_act_binds_from_the_later_of_its_two_dates(sent: date, published: date) -> None:
    found = enforceable_on(sent, published)
    assert found == enforceable_on(published, sent)
    assert found in {sent, published}
    assert found >= sent
    assert found >= published


def _better(one: Notice, day: date, held: date) -> None:
    order = {"short": 0, "unknown": 1, "disputed": 1, "met": 2}
    assert order[one.judge(day - ONE, held)] >= order[one.judge(day, held)]


@given(side=SIDES, local=st.booleans(), first=st.booleans(), held=DATES, before=st.integers(-3, 12))
def test_sending_earlier_never_makes_a_convocation_worse(
    *, side: str | None, local: bool, first: bool, held: date, before: int
) -> None:
    day = held - before * ONE
    for one in (
        ordinary_notice(side, on=held, alsace_moselle=local, is_first=first),  # type: ignore[arg-type]
        urgent_notice(side, on=held, alsace_moselle=local),  # type: ignore[arg-type]
        second_notice(on=held, alsace_moselle=local),
    ):
        _better(one, day, held)
        assert one.judge(one.latest_sending(held), held) == "met"
        assert one.judge(one.last_possible_sending(held) + ONE, held) == "short"
        assert one.firm <= one.full


@given(DATES)
def test_weekends_and_holidays_never_change_the_delay_of_a_convocation(held: date) -> None:
    for side, clear in (("under", 3), ("at_least", 5)):
        notice = ordinary_notice(side, on=held)  # type: ignore[arg-type]
        assert notice.latest_sending(held) == held - (clear + 1) * ONE


@given(DATES, SIDES)
def test_an_emergency_is_never_longer_than_the_ordinary_delay(held: date, side: str | None) -> None:
    for local in (False, True):
        urgent = urgent_notice(side, on=held, alsace_moselle=local)  # type: ignore[arg-type]
        ordinary = ordinary_notice(side, on=held, alsace_moselle=local)  # type: ignore[arg-type]
        assert urgent.firm <= ordinary.firm
        assert urgent.full <= ordinary.full
