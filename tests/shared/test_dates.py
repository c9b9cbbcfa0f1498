"""Dates of any precision: read as people write them, said as precisely as they are known, never more."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from flask_babel import force_locale
from hypothesis import given
from hypothesis import strategies as st

from app.shared.fuzzydate import BadDate, FuzzyDate, Precision, parse
from app.shared.saying import said

if TYPE_CHECKING:
    from flask import Flask


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("17/09/2016", "2016-09-17"),
        ("09/2016", "2016-09"),
        ("2016", "2016"),
        ("836", "0836"),
        ("vers 1950", "1950~"),
        ("2016-09-17/2016-09-18", "2016-09-17/2016-09-18"),
        ("17 septembre 2016", "2016-09-17"),
        ("le 1er mai 1998", "1998-05-01"),
        ("vers juin 1950", "1950-06~"),
        ("été 2016", "2016-22"),
        ("années 1990", "199X"),
        ("xxxx-07-14", "XXXX-07-14"),
        ("12 June 2027", "2027-06-12"),
        ("Saturday, 12 June 2027", "2027-06-12"),
        ("June 12, 2027", "2027-06-12"),
        ("12. Juni 2027", "2027-06-12"),
        ("Samstag, 12. Juni 2027", "2027-06-12"),
        ("samedi 12 juin 2027", "2027-06-12"),
        ("März 2027", "2027-03"),
        ("about May 1950", "1950-05~"),
        ("Frühling 2016", "2016-21"),
        ("1990s", "199X"),
        ("1990er Jahre", "199X"),
        ("2016/..", "2016/.."),
    ],
)
def test_a_date_is_read_as_a_volunteer_writes_it(typed: str, kept: str) -> None:
    assert parse(typed).text == kept


@pytest.mark.parametrize(
    "typed", ["31/02/2020", "2020-13", "hier", "", "2018/2016", "1/2/3", "9" * 400, "2016-25", "XXXX", "../.."]
)
def test_what_is_no_date_is_refused(typed: str) -> None:
    with pytest.raises(BadDate):
        parse(typed)


@pytest.mark.parametrize(
    ("text", "french", "english", "german"),
    [
        ("2016-09-17", "17 septembre 2016", "17 September 2016", "17. September 2016"),
        ("2016-09", "septembre 2016", "September 2016", "September 2016"),
        ("0836", "an 836", None, None),
        ("1950~", "vers 1950", None, None),
        ("2016-09-17/2016-09-18", "du 17 au 18 septembre 2016", None, None),
        ("2016-06~", "vers juin 2016", "about June 2016", "um Juni 2016"),
        ("2016-06?", "juin 2016 (date incertaine)", "June 2016 (uncertain date)", None),
        ("2016-09-17~", "vers le 17 septembre 2016", None, None),
        ("2016-21", "printemps 2016", "spring 2016", "Frühling 2016"),
        ("2016-34", "2e trimestre 2016", "2nd quarter 2016", None),
        ("199X", "années 1990", "1990s", "1990er Jahre"),
        ("19XX", "entre 1900 et 1999", "between 1900 and 1999", None),
        ("2016/..", "dès 2016", "from 2016", "ab 2016"),
        ("../2016", "au plus tard 2016", "2016 at the latest", None),
        ("XXXX-07-14", "14 juillet, année non connue", "14 July, year not known", None),
        ("2016-09-XX", "septembre 2016, jour non connu", None, None),
    ],
)
def test_a_date_is_said_as_precisely_as_it_is_known(
    app: Flask, text: str, french: str, english: str | None, german: str | None
) -> None:
    expected = {"fr": french, "en": english, "de": german}
    for language, words in expected.items():
        with app.test_request_context(), force_locale(language):
            if words is not None:
                assert said(FuzzyDate(text)) == words


@given(st.dates(min_value=date(1, 1, 1)))
def test_a_day_sorts_where_it_stands_and_its_month_and_year_hold_it(day: date) -> None:
    exact = FuzzyDate(day.isoformat())
    assert exact.day == day == exact.earliest == exact.latest
    for shorter in (FuzzyDate(day.isoformat()[:7]), FuzzyDate(day.isoformat()[:4])):
        assert shorter.earliest <= day <= shorter.latest
        assert shorter.day is None


def test_the_precision_is_told_by_the_text_alone() -> None:
    texts = {"2016-09-17": "day", "2016-09": "month", "2016": "year", "1950~": "about", "1981/1982": "range"}
    texts |= {"2016-06?": "about", "2016-21": "season", "199X": "decade", "19XX": "century", "2016/..": "open"}
    texts |= {"XXXX-07-14": "yearless", "2016-XX": "about"}
    assert {text: FuzzyDate(text).precision for text in texts} == {t: Precision(p) for t, p in texts.items()}


def test_dates_of_every_precision_sort_by_the_first_day_they_can_mean() -> None:
    texts = ["../2016", "XXXX-07-14", "19XX", "199X", "2016-21", "2016-06~", "2016-09/..", "2016-24"]
    assert [FuzzyDate(text).text for text in sorted(texts, key=lambda text: FuzzyDate(text).earliest)] == texts
    assert FuzzyDate("2016/..").latest == date.max
    assert FuzzyDate("XXXX-02-29").earliest == date(4, 2, 29)
