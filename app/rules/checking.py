"""Checks every rule file: that it reads, that its examples come out, that its figures are not stale."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.rules.coverage import uncovered
from app.rules.evaluate import assess
from app.rules.reading import FactsError, read_facts
from app.rules.told import NoSuchPlace
from app.rules.words import nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from app.rules.loader import Catalogue
    from app.rules.model import Edition, Example

_AMOUNT = {"min": "low", "max": "high", "exact": "exact"}


def problems(catalogue: Catalogue, *, today: date) -> list[str]:
    """Everything wrong, each with its file and line."""
    found = [str(one) for one in catalogue.problems]
    for name, expires in catalogue.stale_lists:
        if today > expires:
            found.append(f"funding_rules/lists/{name}.toml:1 : liste à reconfirmer depuis le {expires.isoformat()}.")
    for edition in catalogue.editions:
        found.extend(problems_of(edition, catalogue, today=today))
    return found


def problems_of(edition: Edition, catalogue: Catalogue, *, today: date) -> Iterator[str]:
    """Everything wrong in one file, each with its line."""
    yield from _stale(edition, today)
    for example in edition.examples:
        yield from _wrong(edition, example, catalogue)
    yield from uncovered(edition, catalogue.words)
    yield from _unknown_programmes(edition, catalogue)


def _unknown_programmes(edition: Edition, catalogue: Catalogue) -> Iterable[str]:
    known = catalogue.programmes()
    for rule in edition.cumulation:
        for name in rule.programmes:
            if name not in known:
                yield f"{edition.file}:{rule.place()} : « {name} » n’est pas un programme.{nearest(name, known)}"


def _stale(edition: Edition, today: date) -> Iterable[str]:
    for one in edition.criteria:
        if any(reading.origin.is_stale(today) for reading in one.readings):
            since = one.origin.expires.isoformat()
            yield f"{edition.file}:{one.line} : « {one.id} » est à reconfirmer depuis le {since}."
    for line in edition.lines:
        if line.origin.is_stale(today):
            yield f"{edition.file}:1 : la ligne « {line.id} » du montant est à reconfirmer."


def _wrong(edition: Edition, example: Example, catalogue: Catalogue) -> Iterable[str]:
    where = f"{edition.file}:{example.line} : exemple « {example.name} »"
    try:
        assessment = assess(edition, read_facts(example.facts, catalogue.words))
    except (FactsError, NoSuchPlace) as error:
        yield f"{where} : {error}"
        return
    if example.verdict and assessment.verdict != example.verdict:
        yield f"{where} : {assessment.verdict} au lieu de {example.verdict}."
    statuses = {one.criterion.id: one.status for one in assessment.states}
    for name, wanted in example.statuses.items():
        if name not in statuses:
            yield f"{where} : la règle « {name} » n’existe pas."
        elif statuses[name] != wanted:
            yield f"{where} : « {name} » est {statuses[name]} au lieu de {wanted}."
    for name, figure in example.amount.items():
        got = getattr(assessment.amount, _AMOUNT[name]) if name in _AMOUNT else None
        if got != figure:
            yield f"{where} : montant {name} = {got} au lieu de {figure}."
