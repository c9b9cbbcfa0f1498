"""Programmes by the names that people give them: the identifier, a title, a sigle that no other bears."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.shared.folding import fold

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from app.rules.model import Edition

OTHER = "other"
_PLACES = frozenset({"requests.programme", "fundings.programme", "other_calls.programme"})
_OTHER = "un autre programme, absent de cette liste"
_CALL = re.compile(
    r"(?:,\s*|\s+)\(?(?:(?:appel|depuis|avant|session|premières sessions|directives|anciennes directives)\b[^,]*"
    r"|\d{4}(?:\s*–\s*\d{4})?|[IVX]+)\)?$"
)
_IN_BRACKETS = re.compile(r"\s*\([^)]*\)")
_SIGLE = re.compile(r"\b[A-ZÉ]{2,}[A-Z\d]*\+?(?:/[A-Z]+)*(?: \d{1,2}\b)?|\b[A-Z][a-zé]+ \d{1,2}\b(?! ans)")


@dataclass(frozen=True)
class Names:
    """What the programmes of an installation are called (``titles``), and which one each name stands for."""

    titles: Mapping[str, str]
    called: Mapping[str, str]

    @classmethod
    def among(cls, editions: Collection[Edition]) -> Names:
        """The names that the rule files give."""
        return cls(titles(editions), names(editions))

    @classmethod
    def read(cls, text: str) -> Names:
        """The names as :meth:`text` keeps them."""
        told = json.loads(text)
        return cls(told["titles"], told["called"])

    def text(self) -> str:
        """All of them, to be kept beside an answer that was given by them."""
        told = {"titles": dict(self.titles), "called": dict(self.called)}
        return json.dumps(told, ensure_ascii=False, sort_keys=True)


def title_of(editions: Iterable[Edition]) -> str:
    """What a programme is called, whatever its call."""
    chosen = max(editions, key=lambda one: (one.automatic, one.since, one.edition))
    return without_call(chosen.title)


def without_call(title: str) -> str:
    """A title without the year or the call that ends it."""
    shorter = _CALL.sub("", title)
    return shorter if shorter == title else without_call(shorter)


def titles(editions: Collection[Edition]) -> dict[str, str]:
    """The programmes to which somebody may apply, by identifier, in the order of their titles; and « another »."""
    by_programme: dict[str, list[Edition]] = {}
    for one in editions:
        if one.kind != "contact":
            by_programme.setdefault(one.programme, []).append(one)
    known = {one.programme for one in editions}
    named = {name: title_of(several) for name, several in by_programme.items()}
    named |= {name: name for name in compared(editions) if name not in known}
    return {name: named[name] for name in sorted(named, key=lambda name: fold(named[name]))} | {OTHER: _OTHER}


def names(editions: Collection[Edition]) -> dict[str, str]:
    """Every name by which a programme is known, as :func:`bare` has it; one that two programmes bear tells neither."""
    found: dict[str, set[str]] = {bare(name): {OTHER} for name in (OTHER, "autre", "un autre programme", _OTHER)}
    for one in editions:
        for name in _names_of(one):
            found.setdefault(bare(name), set()).add(one.programme)
    known = {one.programme for one in editions}
    for name in compared(editions) - known:
        found[bare(name)] = {name}
    return {name: next(iter(several)) for name, several in found.items() if name and len(several) == 1}


def _names_of(edition: Edition) -> Iterable[str]:
    plain = without_call(edition.title)
    yield from (edition.programme, edition.id, edition.title, plain, _IN_BRACKETS.sub("", plain))
    yield from (one for one in _SIGLE.findall(edition.title) if set(one) - set("IVX"))
    if edition.call:
        yield edition.call


def compared(editions: Iterable[Edition]) -> set[str]:
    """The programmes that some rule looks for among requests and money, of which one may have no file here."""
    found: set[str] = set()
    for one in editions:
        found.update(name for rule in one.cumulation for name in rule.programmes)
        for rule in one.criteria:
            if not _PLACES.isdisjoint(rule.reads):
                found.update(_looked_for(rule.raw))
    return found - {OTHER}


def _looked_for(raw: object) -> Iterator[str]:
    if isinstance(raw, dict):
        yield from _texts(raw.get("programme"))
        yield from _texts(raw.get("values")) if raw.get("value") == "programme" else ()
        raw = [*raw.values()]
    for one in raw if isinstance(raw, list | tuple) else ():
        yield from _looked_for(one)


def _texts(raw: object) -> Iterator[str]:
    if isinstance(raw, str):
        yield raw
    several = raw.values() if isinstance(raw, dict) else raw if isinstance(raw, list | tuple) else ()
    for one in several:
        yield from _texts(one)


def bare(name: str) -> str:
    """A name without accents, capitals or spaces: « KA 210 » and « ka210 » are the same."""
    return fold(name).replace(" ", "")
