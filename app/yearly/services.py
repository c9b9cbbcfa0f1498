"""Writing a year: its words, its figures, its papers."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from flask_babel import lazy_gettext as _l

from app.audit.services import record
from app.database.unit import alone_on
from app.people.naming import clean, clean_text
from app.shared.clock import day_of
from app.shared.errors import DomainError, EditConflict
from app.shared.saying import euros
from app.yearly import queries
from app.yearly.labels import HEADINGS
from app.yearly.models import CHARGES, INCOME, Heading, YearBook, YearLine

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlalchemy.orm import Session

    from app.bodies.models import Body
    from app.shared.actor import Actor

NONE = Decimal(0)


class BadYear(DomainError):
    """The year cannot be kept as it is written."""


@dataclass(frozen=True, kw_only=True)
class Words:
    """The reports."""

    moral: str = ""
    activity: str = ""
    outlook: str = ""
    revision: int = 0


@dataclass(frozen=True, kw_only=True)
class Papers:
    """The republican contract, the insurance, and who works there."""

    contract_signed_on: date | None = None
    contract_signed_by: str = ""
    informed_how: str = ""
    insurer: str = ""
    policy_number: str = ""
    insured_until: date | None = None
    covers: str = ""
    employees: int | None = None
    full_time: Decimal | None = None
    subsidised: int | None = None
    in_service: int | None = None
    seconded: int | None = None
    revision: int = 0


@dataclass(frozen=True)
class Figure:
    """What one heading was planned to be, and was."""

    planned: Decimal | None
    actual: Decimal | None
    note: str = ""


@dataclass(frozen=True)
class Totals:
    """Both sides of the budget: without, and with, what was given in kind."""

    charges: Decimal
    income: Decimal
    charges_in_kind: Decimal
    income_in_kind: Decimal

    @property
    def result(self) -> Decimal:
        """What is left, or missing."""
        return self.income - self.charges


def open_year(session: Session, body: Body, year: int, *, by: Actor, at: datetime) -> YearBook:
    """Begin a year, from the first of January to the end of December; one that is there already is given back."""
    if not 1901 <= year <= day_of(at).year + 2:  # noqa: PLR2004  # the law of associations
        raise BadYear(_l("Choisissez une année proche."), field="year")
    alone_on(session, body)
    if (found := queries.book_of(session, body.id, year)) is not None:
        return found
    book = YearBook(body_id=body.id, year=year, starts_on=date(year, 1, 1), ends_on=date(year, 12, 31), created_at=at)
    session.add(book)
    session.flush()
    book.body = body
    _tell(session, "opened", book, by, at)
    return book


def write_words(session: Session, book: YearBook, words: Words, *, by: Actor, at: datetime) -> None:
    """Write the reports.

    :raises EditConflict: when somebody else wrote them since they were read.
    """
    alone_on(session, book)
    labels = {"moral": _l("Rapport moral"), "activity": _l("Rapport d’activité"), "outlook": _l("Perspectives")}
    if book.revision != words.revision:
        raise EditConflict(
            theirs={str(label): getattr(book, name) for name, label in labels.items()},
            yours={str(label): getattr(words, name) for name, label in labels.items()},
        )
    for name in labels:
        setattr(book, name, clean_text(getattr(words, name))[:40_000])
    book.revision += 1
    _tell(session, "written", book, by, at)


def note_figures(
    session: Session, book: YearBook, figures: Mapping[Heading, Figure], *, revision: int, by: Actor, at: datetime
) -> None:
    """Note the budget and the accounts, heading by heading.

    :raises EditConflict: when somebody else noted them since they were read.
    """
    alone_on(session, book)
    if book.revision != revision:
        raise EditConflict(theirs=_told({one.heading: one for one in book.lines}), yours=_told(figures))
    for heading, figure in figures.items():
        line = book.of(heading)
        if figure.planned is None and figure.actual is None and not figure.note:
            if line is not None:
                book.lines.remove(line)
                session.delete(line)
            continue
        if line is None:
            line = YearLine(heading=heading.value)
            book.lines.append(line)
        line.planned, line.actual, line.note = figure.planned, figure.actual, clean(figure.note)[:300]
    book.revision += 1
    session.flush()
    _tell(session, "figured", book, by, at)


def note_papers(session: Session, book: YearBook, papers: Papers, *, by: Actor, at: datetime) -> None:
    """Note the republican contract, the insurance, and who works there.

    :raises EditConflict: when somebody else noted them since they were read.
    """
    alone_on(session, book)
    if book.revision != papers.revision:
        raise EditConflict(theirs={str(_l("Assurance")): book.insurer}, yours={str(_l("Assurance")): papers.insurer})
    if papers.contract_signed_on is not None and papers.contract_signed_on > day_of(at):
        raise BadYear(_l("Cette signature serait à venir : vérifiez le jour."), field="contract_signed_on")
    if (papers.subsidised or 0) > (papers.employees if papers.employees is not None else papers.subsidised or 0):
        raise BadYear(
            _l("Les emplois aidés font partie des salariés : leur nombre ne peut les dépasser."), field="subsidised"
        )
    for one in fields(Papers):
        if one.name != "revision":
            said = getattr(papers, one.name)
            setattr(book, one.name, clean_text(said) if isinstance(said, str) else said)
    book.revision += 1
    _tell(session, "papers_noted", book, by, at)


def totals(book: YearBook, *, actual: bool) -> Totals:
    """Add up a side of the year: planned, or what it came to."""
    said = {one.heading: (one.actual if actual else one.planned) or NONE for one in book.lines}
    kind = {Heading.USED_IN_KIND, Heading.GIVEN_IN_KIND}
    return Totals(
        charges=sum((said.get(one, NONE) for one in CHARGES if one not in kind), NONE),
        income=sum((said.get(one, NONE) for one in INCOME if one not in kind), NONE),
        charges_in_kind=said.get(Heading.USED_IN_KIND, NONE),
        income_in_kind=said.get(Heading.GIVEN_IN_KIND, NONE),
    )


def _told(lines: Mapping[Any, Any]) -> dict[str, str]:
    return {
        str(HEADINGS[Heading(heading)]): " / ".join(
            "–" if amount is None else euros(amount) for amount in (one.planned, one.actual)
        )
        for heading, one in lines.items()
    }


def _tell(session: Session, action: str, book: YearBook, by: Actor, at: datetime) -> None:
    record(
        session,
        f"yearly.{action}",
        by=by,
        at=at,
        body_id=book.body_id,
        subject=("year_book", book.id),
        year=book.year,
    )
