"""How long mandates last by the statutes, and which have run out. A fixed number of queries, however many bodies."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.assemblies.models import AssemblyKind, StatutesRule
from app.bodies.labels import ASSOCIATIONS
from app.bodies.models import Body, Function, Mandate
from app.bodies.queries import is_in_office
from app.bodies.services.renewal import Occasion, functions_of
from app.law.days import add_months

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import date

    from sqlalchemy.orm import Session

_MONTHS = 12
_OF_MEMBERS = (AssemblyKind.ORDINARY, AssemblyKind.EXTRAORDINARY, AssemblyKind.BOARD, AssemblyKind.OFFICE)
_OF_BOARD = (AssemblyKind.BOARD, AssemblyKind.OFFICE, AssemblyKind.ORDINARY, AssemblyKind.EXTRAORDINARY)


@dataclass(frozen=True)
class Term:
    """How many years a mandate lasts, and where the statutes say so."""

    years: int
    clause: str

    def end(self, begins: date) -> date:
        """The day on which a mandate that begins then is meant to end."""
        return add_months(begins, _MONTHS * self.years)


@dataclass(frozen=True)
class Ending:
    """The mandates of a board: the first day on which one is meant to end, and where the statutes say so."""

    body: Body
    day: date
    clause: str


def term_of(session: Session, body_id: int, kind: str, on: date) -> Term | None:
    """How long a mandate lasts that an assembly of this kind gives; None when it is not noted."""
    return _term(_terms(session, [body_id], on)[body_id], kind)


def ends_of(session: Session, body_id: int, mandates: Iterable[Mandate], *, on: date) -> dict[int, date]:
    """When mandates of a body are meant to end, by identifier, as far as they or the statutes tell."""
    terms = _terms(session, [body_id], on)[body_id]
    return {mandate.id: ending.day for mandate in mandates for ending in _ending(mandate, terms)}


def endings(session: Session, body_ids: Collection[int], *, on: date) -> list[Ending]:
    """When the boards in office are meant to end: by the day noted with the mandate, else by the statutes."""
    mandates = session.scalars(
        select(Mandate)
        .join(Mandate.body)
        .where(
            Mandate.body_id.in_(body_ids),
            Mandate.trashed_at.is_(None),
            Body.kind.in_(ASSOCIATIONS),
            Body.trashed_at.is_(None),
        )
        .options(joinedload(Mandate.body))
        .order_by(Body.folded, Body.id, Mandate.id)
    ).all()
    terms = _terms(session, {one.body_id for one in mandates}, on)
    by_body: dict[int, list[Ending]] = defaultdict(list)
    for mandate in mandates:
        if mandate.function in functions_of(mandate.body.kind, Occasion.BOARD) and is_in_office(mandate, on):
            by_body[mandate.body_id] += _ending(mandate, terms[mandate.body_id])
    return [min(found, key=lambda one: one.day) for found in by_body.values() if found]


def _ending(mandate: Mandate, terms: Mapping[str, Term]) -> Iterable[Ending]:
    kind = AssemblyKind.ORDINARY if mandate.function == Function.BOARD_MEMBER else AssemblyKind.BOARD
    term = _term(terms, kind)
    clause = term.clause if term is not None else ""
    if mandate.due_on is not None:
        yield Ending(mandate.body, mandate.due_on, clause)
    elif term is not None and mandate.since is not None and mandate.until is None:
        yield Ending(mandate.body, term.end(mandate.since.latest), clause)


def _term(terms: Mapping[str, Term], kind: str) -> Term | None:
    """What is noted for the meeting that elects, else for another: most statutes say it once."""
    kinds = _OF_BOARD if kind in {AssemblyKind.BOARD, AssemblyKind.OFFICE} else _OF_MEMBERS
    return next((terms[one] for one in kinds if one in terms), None)


def _terms(session: Session, body_ids: Collection[int], on: date) -> dict[int, dict[str, Term]]:
    """By body and kind of assembly, as the statutes stand on a day."""
    rules = session.scalars(
        select(StatutesRule)
        .where(StatutesRule.body_id.in_(body_ids), StatutesRule.since <= on, StatutesRule.trashed_at.is_(None))
        .order_by(StatutesRule.since)
    )
    standing = {(rule.body_id, rule.kind): rule for rule in rules}
    found: dict[int, dict[str, Term]] = defaultdict(dict)
    for (body_id, kind), rule in standing.items():
        if rule.mandate_years:
            found[body_id][kind] = Term(rule.mandate_years, rule.clauses.get("term", ""))
    return found
