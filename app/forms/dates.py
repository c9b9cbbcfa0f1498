"""Dates as people type them, in French, English or German, and how a field shows one that may be typed again."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from flask_babel import get_locale

from app.shared.datewords import say, say_point
from app.shared.fuzzydate import BadDate, FuzzyDate, Precision

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST = 120
"""More signs than the longest way to write a date has."""

_MONTHS = (
    "janvier janv january jan januar jänner",
    "février fevrier févr fevr february feb februar",
    "mars march mar märz maerz mär",
    "avril avr april apr",
    "mai may",
    "juin june jun juni",
    "juillet juil july jul juli",
    "août aout august aug",
    "septembre sept september sep",
    "octobre oct october oktober okt",
    "novembre nov november",
    "décembre decembre déc dec december dezember dez",
)
"""In French, English and German, whole and shortened: people type dates as their screen writes them."""
_NAMED = {word: number for number, words in enumerate(_MONTHS, 1) for word in words.split()}
_PARTS_OF_YEAR = {
    21: "printemps spring frühling frühjahr",
    22: "été ete summer sommer",
    23: "automne autumn fall herbst",
    24: "hiver winter",
}
_SEASONS = {word: number for number, words in _PARTS_OF_YEAR.items() for word in words.split()}
_WEEKDAY = re.compile(
    r"(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche"
    r"|monday|tuesday|wednesday|thursday|friday|saturday|sunday"
    r"|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag),? (?:the |den )?"
)
_DAY_FIRST = re.compile(r"(?:(?:le |the |am )?(\d{1,2})(?:er|st|nd|rd|th|\.)?(?: of)? )?([^\W\d_]+)\.?,? (\d{3,4})")
_MONTH_FIRST = re.compile(r"([^\W\d_]+)\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{3,4})")
_ABOUT = re.compile(r"(?:vers|environ|env\.|autour de|about|around|circa|ca\.?|c\.|um|gegen)\s*(.+)|([^~]+?)\s*~")
_UNSURE = re.compile(r"(.+?)\s*(?:\?|\((?:date incertaine|uncertain date|datum unsicher)\))")
_FROM = re.compile(r"(?:du|de|des|depuis|from|vom|von) ")
_TO = re.compile(r" (?:jusqu['’]au|jusqu['’]à|au|à|to|until|bis zum|bis) |\s*-\s*")
_BARE_DAY = re.compile(r"(?:le |the )?(\d{1,2})(?:er|st|nd|rd|th|\.)?")
_BARE_YEARS = re.compile(r"(\d{2})(\d{2})-(\d{2})")
_OR = re.compile(r",? (?:ou bien|ou|or|oder) (?:(?:encore )?(?:en |le ))?")
_AND = re.compile(r",? (?:et|and|und) (?:(?:en |le ))?")
_BETWEEN = re.compile(r"(?:entre|between|zwischen) (.+?) (?:et|and|und) (.+)")
_OR_BEFORE = re.compile(r"(.+) (?:ou (?:avant|plus tôt)|or (?:before|earlier)|oder (?:früher|davor))")
_OR_AFTER = re.compile(r"(.+) (?:ou (?:après|plus tard)|or (?:after|later)|oder (?:später|danach))")
_SIXTIES = range(30, 100, 10)
"""« années 60 » are those of the last century; « années 20 » may be two."""


def parse(text: str) -> FuzzyDate:
    """Read a date as people type it in French, English or German, or as EDTF.

    Understands ``17/09/2016``, ``17 septembre 2016``, ``September 17, 2016``, ``Samstag, 17. September 2016``,
    ``09/2016``, ``septembre 2016``, ``été 2016``, ``2016``, ``836``, ``vers 1950``, ``vers juin 1950``, ``1950 ?``,
    ``années 1990``, ``années 60``, spans such as ``du 12 au 14 juin 2027``, ``17/09/2016 - 18/09/2016`` and
    ``1962-1965``, several dates such as ``1968 ou 1969``, ``12 ou 13 mai 1968``, ``entre 1968 et 1970``, ``1968 ou
    avant``, ``1968 et 1972``, and every EDTF form.

    :raises BadDate: when it is none of these, with the text as argument.
    """
    raw = re.sub("[–—‒−]", "-", " ".join(text.strip().lower().split()))
    if re.match(r"-\s*[1-9]", raw):  # « – 2016 » means until then, or nothing: never 2017 years before our era
        raise BadDate(text)
    for found in (raw.upper(), _one(raw), *_spans(raw), *_sets(raw)):
        try:
            return FuzzyDate(found)
        except BadDate:
            continue
    raise BadDate(text)


def as_typed(when: FuzzyDate | None) -> str:
    """A date as it may be typed again: 17/09/2016 where the day is known, else in the words of the screen."""
    if when is None:
        return ""
    if (day := when.day) is not None:
        return f"{day.day:02d}/{day.month:02d}/{day.year:04d}"
    for words in _in_the_words_of_the_screen(when):
        try:
            if parse(words) == when:
                return words
        except BadDate:
            continue
    return when.text


def _in_the_words_of_the_screen(when: FuzzyDate) -> Iterator[str]:
    locale = get_locale()
    language = locale.language if locale else "fr"
    if when.start is not None and when.start.mark == "?" and "/" not in when.text:
        yield f"{say_point(replace(when.start, mark=''), language)} ?"
    yield say(when, language)


def _one(raw: str) -> str:
    """The EDTF text of one date, with how sure whoever typed it is; empty when it is not understood."""
    if unsure := _UNSURE.fullmatch(raw):
        found = _one(unsure[1])
        return found.replace("~", "%") if found.endswith("~") else f"{found}?"
    if about := _ABOUT.fullmatch(raw):
        found = _typed((about[1] or about[2]).removeprefix("le ").removeprefix("the "))
        return "" if found[-1:] in {"~", "?", "%"} else f"{found}~"
    return _typed(raw)


def _spans(raw: str) -> Iterator[str]:
    """What « from … to … » may mean, at each place where it may be cut in two."""
    years = _BARE_YEARS.fullmatch(raw)
    if years and int(years[2]) + 1 == int(years[3]):  # « 1962-63 »; further apart it may be a month that is none
        yield f"{years[1]}{years[2]}/{years[1]}{years[3]}"
    span = _FROM.sub("", raw, count=1) if _FROM.match(raw) else raw
    for cut in _TO.finditer(span):
        first, last = span[: cut.start()], _one(span[cut.end() :])
        if not last or "/" in last:
            continue
        year, *rest = last.split("-")
        if bare := _BARE_DAY.fullmatch(first):  # « du 12 au 14 juin 2027 »
            if len(rest) == 2:  # noqa: PLR2004  # a month and a day
                yield f"{year}-{rest[0]}-{int(bare[1]):02d}/{last}"
        elif begun := _one(first) or _one(f"{first} {year}"):  # « du 30 mai au 2 juin 2027 »: the year is said once
            yield f"{begun}/{last}"


def _sets(raw: str) -> Iterator[str]:
    """What « … ou … », « … et … » and « entre … et … » may mean: one of several dates, or each of them."""
    if between := _BETWEEN.fullmatch(raw):
        first, last = (_bare(one) for one in between.groups())
        year = _one(last)[:4]
        yield f"[{_one(first) or _one(f'{first} {year}')}..{_one(last)}]"
    if before := _OR_BEFORE.fullmatch(raw):
        yield f"[..{_one(_bare(before[1]))}]"
    if after := _OR_AFTER.fullmatch(raw):
        yield f"[{_one(_bare(after[1]))}..]"
    for cut, signs in ((_OR, "[]"), (_AND, "{}")):
        *some, last = cut.split(raw)
        if some and (told := _listed([*some, last]) or _listed([*", ".join(some).split(", "), last])):
            yield f"{signs[0]}{','.join(told)}{signs[1]}"


def _listed(some: list[str]) -> list[str]:
    """The EDTF texts of several dates, of which the last one may say month and year for all; none if one is not clear.

    Whoever doubts at the end, « 1968 ou 1969 ? », doubts of all.
    """
    last = _one(_bare(some[-1]))
    mark = "?" if last.endswith("?") and "?" not in "".join(some[:-1]) else ""
    year, *rest = last.removesuffix("?").split("-")
    month = f"{year}-{rest[0]}" if len(rest) == 2 else ""  # noqa: PLR2004  # a month and a day
    made = []
    for one in map(_bare, some[:-1]):
        bare = _BARE_DAY.fullmatch(one)
        made.append(f"{month}-{int(bare[1]):02d}" if bare and month else _one(one) or _one(f"{one} {year}"))
    return [f"{one}{mark}" for one in made] + [last] if all(made) and last else []


def _bare(text: str) -> str:
    """A date without the word that leads to it: « le 12 mai 1968 », « en 1968 », « samedi 12 »."""
    return _WEEKDAY.sub("", re.sub(r"^(?:en |le |the |am )", "", text.strip()), count=1)


def _typed(raw: str) -> str:
    """The EDTF text of one date as typed; empty when it is not understood."""
    if match := re.fullmatch(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{3,4})", raw):
        return f"{int(match[3]):04d}-{int(match[2]):02d}-{int(match[1]):02d}"
    if match := re.fullmatch(r"(\d{1,2})[/.](\d{4})", raw):
        return f"{match[2]}-{int(match[1]):02d}"
    if re.fullmatch(r"\d{3}", raw):
        return f"{int(raw):04d}"
    if match := re.fullmatch(r"(?:les )?ann[ée]es (\d0)|(?:the )?(\d0)(?:s|er(?: jahre)?)", raw):
        decade = int(match[1] or match[2])
        return f"19{decade // 10}X" if decade in _SIXTIES else ""
    return _in_words(raw) or (raw.upper() if _is_one(raw.upper()) else "")


def _is_one(text: str) -> bool:
    """Whether this is one date in EDTF, and no span."""
    try:
        return FuzzyDate(text).precision not in {Precision.RANGE, Precision.OPEN, Precision.ONE_OF, Precision.ALL_OF}
    except BadDate:
        return False


def _in_words(text: str) -> str:
    """The EDTF text of a date with a word in it; empty when it is not understood."""
    raw = _WEEKDAY.sub("", text, count=1) if _WEEKDAY.match(text) else text
    if match := re.fullmatch(r"(?:(?:les )?ann[ée]es (\d{3})0|(?:the )?(\d{3})0(?:s|er(?: jahre)?))", raw):
        return f"{match[1] or match[2]}X"
    if (match := _MONTH_FIRST.fullmatch(raw)) and match[1] in _NAMED:
        return f"{int(match[3]):04d}-{_NAMED[match[1]]:02d}-{int(match[2]):02d}"
    if match := _DAY_FIRST.fullmatch(raw):
        month = _NAMED.get(match[2]) or (None if match[1] else _SEASONS.get(match[2]))
        if month:
            day = f"-{int(match[1]):02d}" if match[1] else ""
            return f"{int(match[3]):04d}-{month:02d}{day}"
    return ""
