"""The figures of a year as tables: the accounts in the order of the forms, with their totals."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from flask_babel import gettext as _

from app.documents.textdoc import Paragraph, Run, Table
from app.law.words import euros, french
from app.yearly.labels import HEADINGS
from app.yearly.models import CHARGES, Heading
from app.yearly.services import totals

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from app.council.models import Subsidy
    from app.documents.textdoc import Words
    from app.yearly.models import YearBook

    Compared = Callable[[Decimal | None, Decimal | None], str]

KIND = {Heading.USED_IN_KIND, Heading.GIVEN_IN_KIND}
"""Under the total in both forms: what was given in kind is no income, nor what was used of it a charge."""

_HUNDRED = Decimal(100)
_NOTHING = (None, None)


@dataclass(frozen=True)
class _Row:
    """One line of a table; a total stands out."""

    name: str
    planned: Decimal | None
    actual: Decimal | None
    is_total: bool = False

    def said(self, *cells: str) -> tuple[Words, ...]:
        """The line with its cells."""
        line = (self.name, *cells)
        return tuple((Run(one, bold=True),) for one in line) if self.is_total else line


def planned_table(book: YearBook, headings: tuple[Heading, ...]) -> Table:
    """What is planned alone, as an application asks for it."""
    rows = tuple(row.said(_euros(row.planned)) for row in _rows(book, headings))
    return Table((_("Compte"), _("Prévu")), rows, numeric=frozenset({1}))


def gap_table(book: YearBook, headings: tuple[Heading, ...]) -> Table:
    """Planned, come to, and the difference in euros."""
    return _compared(book, headings, _("Écart"), _gap)


def share_table(book: YearBook, headings: tuple[Heading, ...]) -> Table:
    """Planned, come to, and how much of the plan that is, as a financial report asks for it."""
    return _compared(book, headings, _("Part du prévu"), _part)


def _compared(book: YearBook, headings: tuple[Heading, ...], title: str, compare: Compared) -> Table:
    rows = tuple(
        row.said(_euros(row.planned), _euros(row.actual), compare(row.planned, row.actual))
        for row in _rows(book, headings)
    )
    return Table((_("Compte"), _("Prévu"), _("Réalisé"), title), rows, numeric=frozenset({1, 2, 3}))


def _rows(book: YearBook, headings: tuple[Heading, ...]) -> Iterable[_Row]:
    """The accounts of one side that have a figure, their total, then what was given in kind and the total with it.

    All accounts where none has a figure: the paper is then filled in by hand.
    """
    lines = {one: _line(book, one) for one in headings}
    is_empty = all(pair == _NOTHING for pair in lines.values())
    bare = {heading: pair for heading, pair in lines.items() if heading not in KIND}
    for heading, pair in bare.items():
        if pair != _NOTHING or is_empty:
            yield _Row(_name(heading), *pair)
    title = _("Total des charges") if headings is CHARGES else _("Total des produits")
    yield _Row(title, *_added(bare.values()), is_total=True)
    for heading in lines.keys() - bare.keys():
        if lines[heading] != _NOTHING:
            yield _Row(_name(heading), *lines[heading])
            yield _Row(_("Total avec les contributions en nature"), *_added(lines.values()), is_total=True)


def _name(heading: Heading) -> str:
    return french(str(HEADINGS[heading]))


def _line(book: YearBook, heading: Heading) -> tuple[Decimal | None, Decimal | None]:
    line = book.of(heading)
    return (line.planned, line.actual) if line is not None else (None, None)


def _added(pairs: Iterable[tuple[Decimal | None, Decimal | None]]) -> tuple[Decimal | None, Decimal | None]:
    """Both sums; one of which nothing is known is not known either."""
    plans, actuals = zip(*pairs, strict=True)
    return _sum(plans), _sum(actuals)


def _sum(amounts: Iterable[Decimal | None]) -> Decimal | None:
    known = [one for one in amounts if one is not None]
    return sum(known, Decimal(0)) if known else None


def results(book: YearBook) -> list[Paragraph]:
    """Charges, income and what is left of them, as planned and as it came to."""
    found = []
    for label, actual in ((_("Budget prévu"), False), (_("Réalisé"), True)):
        if not any((one.actual if actual else one.planned) is not None for one in book.lines):
            found.append(Paragraph(french(_("%(label)s : rien n’est noté.", label=label))))
            continue
        both = totals(book, actual=actual)
        line = _(
            "%(label)s : charges %(charges)s, produits %(income)s, résultat %(result)s.",
            label=label,
            charges=euros(both.charges),
            income=euros(both.income),
            result=euros(both.result),
        )
        found.append(Paragraph(french(line)))
    return found


def shares(book: YearBook, aids: Iterable[Subsidy], *, actual: bool, is_single: bool = False) -> list[Paragraph]:
    """What each aid of the year is of all income, which both forms ask for, and how to reckon it for another one.

    The amount by the total of accounts 70 to 79, without what was given in kind.
    """
    income = totals(book, actual=actual).income
    if income <= 0:
        told = _("La part de la subvention dans le total des produits ne se calcule pas : aucun produit n’est noté.")
        return [Paragraph(french(told), manner="note")]
    said = [
        _(
            "%(what)s (%(body)s) : %(amount)s, soit %(share)s du total des produits.",
            what=one.purpose,
            body=one.body.name,
            amount=euros(one.cash),
            share=percent(one.cash, income),
        )
        for one in aids
        if one.year == book.year and one.cash
    ]
    if not is_single:
        other = _(
            "Pour une autre subvention : son montant divisé par %(income)s, multiplié par cent.", income=euros(income)
        )
        said.append(other)
    return [Paragraph(french(one)) for one in said]


def percent(part: Decimal, whole: Decimal) -> str:
    """« 32,6 % », to one decimal place."""
    share = (part * _HUNDRED / whole).quantize(Decimal("0.1"), ROUND_HALF_UP)
    said = f"{share:f}".removesuffix(".0").replace(".", ",")
    return f"{said}\N{NO-BREAK SPACE}%"


def _euros(amount: Decimal | None) -> str:
    return "" if amount is None else euros(amount)


def _gap(planned: Decimal | None, actual: Decimal | None) -> str:
    return "" if planned is None or actual is None else euros(actual - planned)


def _part(planned: Decimal | None, actual: Decimal | None) -> str:
    return "" if not planned or actual is None else percent(actual, planned)
