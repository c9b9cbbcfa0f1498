"""Programmes by the names that people give them: the identifier, a title, a sigle that no other bears."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from app.shared.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.rules.model import Edition

OTHER = "other"
_OTHER = "un autre programme, absent de cette liste"
_CALL = re.compile(
    r"(?:,\s*|\s+)\(?(?:(?:appel|depuis|avant|session|premières sessions|directives|anciennes directives)\b[^,]*"
    r"|\d{4}(?:\s*–\s*\d{4})?|[IVX]+)\)?$"
)
_IN_BRACKETS = re.compile(r"\s*\([^)]*\)")
_SIGLE = re.compile(r"\b[A-ZÉ]{2,}[A-Z\d]*\+?(?:/[A-Z]+)*(?: \d{1,2}\b)?|\b[A-Z][a-zé]+ \d{1,2}\b(?! ans)")


def title_of(editions: Iterable[Edition]) -> str:
    """What a programme is called, whatever its call."""
    chosen = max(editions, key=lambda one: (one.automatic, one.since, one.edition))
    return without_call(chosen.title)


def without_call(title: str) -> str:
    """A title without the year or the call that ends it."""
    shorter = _CALL.sub("", title)
    return shorter if shorter == title else without_call(shorter)


def titles(editions: Iterable[Edition]) -> dict[str, str]:
    """The programmes to which somebody may apply, by identifier, in the order of their titles; and « another »."""
    by_programme: dict[str, list[Edition]] = {}
    for one in editions:
        if one.kind != "contact":
            by_programme.setdefault(one.programme, []).append(one)
    named = {name: title_of(several) for name, several in by_programme.items()}
    return {name: named[name] for name in sorted(named, key=lambda name: fold(named[name]))} | {OTHER: _OTHER}


def names(editions: Iterable[Edition]) -> dict[str, str]:
    """Every name by which a programme is known, as :func:`bare` has it; one that two programmes bear tells neither."""
    found: dict[str, set[str]] = {bare(name): {OTHER} for name in (OTHER, "autre", "un autre programme", _OTHER)}
    for one in editions:
        for name in _names_of(one):
            found.setdefault(bare(name), set()).add(one.programme)
    return {name: next(iter(several)) for name, several in found.items() if name and len(several) == 1}


def _names_of(edition: Edition) -> Iterable[str]:
    plain = without_call(edition.title)
    yield from (edition.programme, edition.id, edition.title, plain, _IN_BRACKETS.sub("", plain))
    yield from (one for one in _SIGLE.findall(edition.title) if set(one) - set("IVX"))
    if edition.call:
        yield edition.call


def bare(name: str) -> str:
    """A name without accents, capitals or spaces: « KA 210 » and « ka210 » are the same."""
    return fold(name).replace(" ", "")
