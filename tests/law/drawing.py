"""Draws cases at random from the vocabulary itself, so that a new fact is tried as soon as it is declared."""

from __future__ import annotations

import dataclasses
from datetime import date
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from app.law.vocabulary.case import Case
from app.law.vocabulary.kinds import (
    INSEE,
    ByName,
    Cells,
    Count,
    Country,
    Day,
    FirstOf,
    Flag,
    Many,
    Money,
    OneOf,
    OrNo,
    PlaceCode,
    Text,
)
from app.law.vocabulary.parts import Part

if TYPE_CHECKING:
    from collections.abc import Callable

WORDS = st.sampled_from(
    ["A", "B", "C", "Voirie", "Jumelage", "fr", "de", "UA", "57", "67482", "L2311-7", "7.5", "W123"]
)
DAYS = st.dates(date(2024, 1, 1), date(2027, 12, 31)).map(date.isoformat)
CELLS = st.one_of(st.none(), st.booleans(), st.integers(-3, 40), WORDS, DAYS, st.just(""))


def _many(kind: Any) -> st.SearchStrategy[Any]:
    several = st.lists(of_kind(kind.kind), max_size=3)
    return several | of_kind(kind.kind) if kind.or_one else several


DRAWERS: dict[type, Callable[[Any], st.SearchStrategy[Any]]] = {
    Text: lambda _: WORDS,
    Flag: lambda _: st.booleans(),
    PlaceCode: lambda kind: st.sampled_from(
        ["59522", "67482", "2a004", "75056", "97411"] if kind is INSEE else ["59", "57", "2A", "75", "974"]
    ),
    Country: lambda _: st.sampled_from(["DE", "ua", "RU", "XX"]),
    Count: lambda kind: (
        st.integers(kind.least, kind.least + 30) | st.integers(kind.least, min(kind.most, kind.least + 400_000))
    ),
    Money: lambda _: st.integers(0, 60_000) | st.sampled_from(["0", "23000.01", "15000.5"]),
    Day: lambda _: DAYS,
    OrNo: lambda kind: of_kind(kind.kind) | st.just(value=False),
    OneOf: lambda kind: st.sampled_from([*kind.words]),
    Many: _many,
    FirstOf: lambda kind: st.one_of([of_kind(one) for one in kind.by_type.values()]),
    ByName: lambda kind: st.dictionaries(WORDS, of_kind(kind.kind), max_size=3),
    Cells: lambda _: st.dictionaries(
        WORDS | st.sampled_from(["VOTE_REEL", "DELIB_DATE", "montant"]), CELLS, max_size=4
    ),
    Part: lambda kind: of_class(kind.cls),
}


def of_kind(kind: Any) -> st.SearchStrategy[Any]:
    """Return what a kind of fact accepts."""
    return DRAWERS[type(kind)](kind)


def of_class(cls: type) -> st.SearchStrategy[dict[str, Any]]:
    """Return objects with some of the fields of a class, absent ones being unknown."""
    fields = {field.name: field.metadata["kind"] for field in dataclasses.fields(cls)}
    return st.lists(st.sampled_from([*fields]), max_size=7, unique=True).flatmap(
        lambda names: st.fixed_dictionaries({name: of_kind(fields[name]) for name in names})
    )


CASES = of_class(Case)
