"""Dates of any precision: read as people write them, said as precisely as they are known, never more."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from flask_babel import force_locale
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.forms.dates import as_typed, parse
from app.shared.datewords import say
from app.shared.fuzzydate import BadDate, FuzzyDate, Precision, understand
from app.shared.saying import full_day, said
from app.shared.typography import NO_BREAK

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
        ("17/09/2016 - 18/09/2016", "2016-09-17/2016-09-18"),
        ("2016-09-17 – 2016-09-18", "2016-09-17/2016-09-18"),
        ("du 12 au 14 juin 2027", "2027-06-12/2027-06-14"),
        ("12-14 juin 2027", "2027-06-12/2027-06-14"),
        ("du 30 mai au 2 juin 2027", "2027-05-30/2027-06-02"),
        ("vom 12. bis 14. Juni 2027", "2027-06-12/2027-06-14"),
        ("from 12 to 14 June 2027", "2027-06-12/2027-06-14"),
        ("1962-1965", "1962/1965"),
        ("1962-63", "1962/1963"),
        ("de 1962 à 1965", "1962/1965"),
        ("mai 1962 - juin 1963", "1962-05/1963-06"),
        ("années 60", "196X"),
        ("60er Jahre", "196X"),
        ("1950 ?", "1950?"),
        ("vers 1950 ?", "1950%"),
        ("ca. 1950", "1950~"),
        ("vers le 17 septembre 2016", "2016-09-17~"),
        ("1968 ou 1969", "[1968,1969]"),
        ("1968, 1969 ou 1970", "[1968,1969,1970]"),
        ("mai 1968 ou mai 1969", "[1968-05,1969-05]"),
        ("12 ou 13 mai 1968", "[1968-05-12,1968-05-13]"),
        ("samedi 12 ou dimanche 13 juin 2027", "[2027-06-12,2027-06-13]"),
        ("12/05/1968 ou le 13/05/1969", "[1968-05-12,1969-05-13]"),
        ("May 12, 1968 or May 13, 1968", "[1968-05-12,1968-05-13]"),
        ("12. oder 13. Mai 1968", "[1968-05-12,1968-05-13]"),
        ("1968 ou 1969 ?", "[1968?,1969?]"),
        ("entre 1968 et 1970", "[1968..1970]"),
        ("between May and June 1968", "[1968-05..1968-06]"),
        ("1968 ou avant", "[..1968]"),
        ("1968 oder später", "[1968..]"),
        ("1968 et 1972", "{1968,1972}"),
        ("[1968-05,1969-05]", "[1968-05,1969-05]"),
        ("[1968..1970]", "[1968..1970]"),
        ("{1968, 1970..1972}", "{1968, 1970..1972}"),
    ],
)
def test_a_date_is_read_as_a_volunteer_writes_it(typed: str, kept: str) -> None:
    assert parse(typed).text == kept


NO_DATES = [
    *("31/02/2020", "2020-13", "hier", "", "2018/2016", "1/2/3", "9" * 400, "2016-25", "XXXX", "../.."),
    *("12-1962", "années 20", "du 14 au 12 juin 2027", "1965-1962", "du 12", "- 2016"),
    *("[1968]", "[]", "[", "[1968,1969", "[1968,1969}", "[1970..1968]", "[..1968,..1970]", "[1968..,1970]", "[..]"),
    *("[1968/1969,1970]", "[1968,,1969]", "[1968,1969]/1970", "ou 1968", "1968 ou", "1968 ou hier"),
    "[" + "1968," * 40 + "1969]",
]


@pytest.mark.parametrize("typed", NO_DATES)
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
        ("1962/1963", "1962 – 1963", "1962 – 1963", None),
        ("2001-06-01", "1er juin 2001", None, None),
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
        ("[1968,1969]", "1968 ou 1969", "1968 or 1969", "1968 oder 1969"),
        ("[1968-05,1969-05]", "mai 1968 ou mai 1969", "May 1968 or May 1969", "Mai 1968 oder Mai 1969"),
        ("[1968-05-12,1968-05-13]", "12 ou 13 mai 1968", "12 or 13 May 1968", "12. oder 13. Mai 1968"),
        ("[1968,1969,1971]", "1968, 1969 ou 1971", "1968, 1969 or 1971", None),
        ("[1968..1970]", "entre 1968 et 1970", "between 1968 and 1970", "zwischen 1968 und 1970"),
        ("[1968-05-12..1968-06-01]", "entre le 12 mai 1968 et le 1er juin 1968", None, None),
        ("[..1968]", "1968 ou avant", "1968 or before", "1968 oder früher"),
        ("[1968?,1969?]", "1968 ou 1969 (date incertaine)", "1968 or 1969 (uncertain date)", None),
        ("{1968,1972}", "1968 et 1972", "1968 and 1972", "1968 und 1972"),
        ("2016/", "dès 2016, fin non connue", "from 2016, end not known", "ab 2016, Ende nicht bekannt"),
        ("/2016-09-17", "le 17 septembre 2016 au plus tard, début non connu", None, None),
    ],
)
def test_a_date_is_said_as_precisely_as_it_is_known(
    app: Flask, text: str, french: str, english: str | None, german: str | None
) -> None:
    expected = {"fr": french, "en": english, "de": german}
    for language, words in expected.items():
        with app.test_request_context(), force_locale(language):
            if words is not None:
                assert said(FuzzyDate(text)).replace(NO_BREAK, " ") == words


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 11, 14), {"fr": "14_novembre 2026", "en": "14_November 2026", "de": "14._November 2026"}),
        (date(2026, 10, 1), {"fr": "1er_octobre 2026"}),
    ],
)
def test_the_number_of_a_day_stays_on_the_line_of_its_month(app: Flask, day: date, words: dict[str, str]) -> None:
    for language, told in words.items():
        with app.test_request_context(), force_locale(language):
            assert said(day) == told.replace("_", NO_BREAK)
            assert full_day(day).endswith(told.replace("_", NO_BREAK))


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
    texts |= {"XXXX-07-14": "yearless", "2016-XX": "about", "[1968,1969]": "one_of", "{1968,1972}": "all_of"}
    assert {text: FuzzyDate(text).precision for text in texts} == {t: Precision(p) for t, p in texts.items()}


def test_dates_of_every_precision_sort_by_the_first_day_they_can_mean() -> None:
    texts = ["../2016", "XXXX-07-14", "19XX", "199X", "2016-21", "2016-06~", "2016-09/..", "2016-24"]
    assert [FuzzyDate(text).text for text in sorted(texts, key=lambda text: FuzzyDate(text).earliest)] == texts
    assert FuzzyDate("2016/..").latest == date.max
    assert FuzzyDate("XXXX-02-29").earliest == date(4, 2, 29)


@pytest.mark.parametrize("language", ["fr", "en", "de"])
@pytest.mark.parametrize(
    "text",
    [
        "2016-09-17", "2016-09", "2016", "0836", "1950~", "1950?", "1950%", "1963-05~", "1962-22", "2016-24", "2016-34",
        "199X", "19XX", "XXXX-07-14", "2016-09-XX", "2016/..", "../2016", "1962/1963", "2016-09-17/2016-09-18",
        "2016-09-17/2017-01-02", "1950~/1960~", "2016-06?/2017", "2016/", "[1968,1969]", "[1968-05-12,1968-05-13]",
        "[1968..1970]", "[1968-22,1968-23]", "[..1968]", "[1968?,1969?]", "{1968,1972}", "[1968,1970..1972]",
        "[1968-05-12,1969-05-13,1970-01-01]", "[1968~,1969]", "{1968-05..1968-07}",
    ],
)  # fmt: skip
def test_a_field_shows_a_date_so_that_it_may_be_typed_again(app: Flask, text: str, language: str) -> None:
    with app.test_request_context(), force_locale(language):
        assert parse(as_typed(FuzzyDate(text))).text == text


def test_a_field_shows_no_code_where_there_are_words(app: Flask) -> None:
    shown = {
        "1962-22": "été 1962",
        "1963-05~": "vers mai 1963",
        "0836": "836",
        "1950?": "1950 ?",
        "1962/1963": "1962 – 1963",
        "[1968,1969]": "1968 ou 1969",
        "[1968-05-01,1968-05-02]": "1er ou 2 mai 1968",
        "[1968..1970]": "entre 1968 et 1970",
        "{1968,1972}": "1968 et 1972",
    }
    with app.test_request_context(), force_locale("fr"):
        assert {text: as_typed(FuzzyDate(text)) for text in shown} == shown


_DAYS = st.dates(min_value=date(1, 1, 1)).map(date.isoformat)
_POINTS = _DAYS.flatmap(
    lambda day: st.sampled_from([day, day[:7], day[:4], f"{day[:4]}~", f"{day[:3]}X", f"{day[:7]}?"])
)
_SPANS = (
    st.tuples(_POINTS, _POINTS)
    .map(lambda two: sorted(two, key=lambda one: (FuzzyDate(one).earliest, FuzzyDate(one).latest)))
    .filter(lambda two: FuzzyDate(two[0]).latest <= FuzzyDate(two[1]).latest)
    .map("..".join)
)
_SETS = st.tuples(
    st.sampled_from(["[]", "{}"]),
    st.lists(st.one_of(_POINTS, _SPANS), min_size=2, max_size=4),
).map(lambda made: f"{made[0][0]}{','.join(made[1])}{made[0][1]}")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
@given(text=_SETS)
def test_one_of_several_dates_is_read_and_written_the_same_and_sorts_within_them(app: Flask, text: str) -> None:
    when = FuzzyDate(text)
    points = [FuzzyDate(one) for one in text[1:-1].replace("..", ",").split(",")]
    assert str(when) == text
    assert when == FuzzyDate(str(when))
    assert when.earliest == min(one.earliest for one in points)
    assert when.latest == max(one.latest for one in points)
    assert when.day is None
    for language in ("fr", "en", "de"):
        with app.test_request_context(), force_locale(language):
            assert parse(as_typed(when)) == when
            assert said(when)


def test_a_moment_kept_in_utc_is_said_on_the_day_that_it_has_here(app: Flask) -> None:
    late, elsewhere = (
        datetime(2026, 6, 30, 22, 30, tzinfo=UTC),
        datetime(2026, 6, 30, 23, 0, tzinfo=ZoneInfo("Asia/Tokyo")),
    )
    with app.test_request_context(), force_locale("fr"):
        assert full_day(late).replace(NO_BREAK, " ") == "mercredi 1er juillet 2026"
        assert said(late).replace(NO_BREAK, " ") == "1er juillet 2026"
        assert full_day(elsewhere).replace(NO_BREAK, " ") == "mardi 30 juin 2026"


@pytest.mark.parametrize(
    ("text", "french", "german"),
    [
        ("-0599", "600 av. J.-C.", "600 v. Chr."),
        ("-0599~", "vers 600 av. J.-C.", "um 600 v. Chr."),
        ("-0599/1999", "600 av. J.-C. – 1999", "600 v. Chr. – 1999"),
    ],
)
def test_a_year_before_our_era_is_said_by_its_own_count(text: str, french: str, german: str) -> None:
    when = FuzzyDate(text)
    assert (say(when, "fr"), say(when, "de")) == (french, german)
    assert when.day is None


@pytest.mark.parametrize(
    "text", ["-0000", "-0599-03", "-0043-03-15", "-0500/-0599", "1999/-0599", "0001/-0599", "-599"]
)
def test_a_year_before_our_era_has_four_digits_no_month_and_no_end_before_it(text: str) -> None:
    assert understand(text) is None


def test_a_stroke_before_a_year_of_ours_makes_it_no_year_before_our_era() -> None:
    assert parse("-0599").text == "-0599"
    for typed in ("-2016", "– 2016", "−1950~"):
        with pytest.raises(BadDate):
            parse(typed)
