"""Subsidies: the yearly total, the compulsory convention, the dates of reports and open data; SIRET and RNA."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from app.law import tables
from app.law.days import add_months, end_of_year

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

_LA_POSTE = "356000000"
_LA_POSTE_HEAD_OFFICE = "35600000000048"
_RNA = re.compile(r"W\d{9}")
_SIRET = re.compile(r"[0-9]{14}")


@dataclass(frozen=True)
class YearlyAid:
    """What an association receives from one authority in a year, in money and in kind at its value."""

    total: Decimal
    threshold: int

    @property
    def needs_convention(self) -> bool:
        """More than the threshold; the threshold itself needs none."""
        return self.total > self.threshold


def yearly_aid(amounts: Iterable[Decimal], *, on: date | None = None) -> YearlyAid:
    """Add the aids of a year, cash and in kind."""
    total = sum(amounts, start=Decimal(0))
    return YearlyAid(total, tables.number("seuil_convention_subvention", on))


def report_due_on(year_end: date) -> date:
    """Return the last day of the financial report: six months after the end of the year of award."""
    return add_months(year_end, tables.number("delai_cr_financier_mois", year_end))


def report_due_for(year: int) -> date:
    """The same for a civil year."""
    return report_due_on(end_of_year(year))


def open_data_due_on(signed_on: date) -> date:
    """Return the last day to put the essential data online: three months after the signature."""
    return add_months(signed_on, tables.number("delai_open_data_mois", signed_on))


def payment_due_on(notified_on: date) -> date:
    """Return the last day of the payment, unless another was agreed: sixty days from the notification."""
    return notified_on + timedelta(days=tables.number("delai_paiement_jours", notified_on))


def is_siret(text: str) -> bool:
    """Say whether 14 digits are a SIRET: the SIREN (no zeros) has a Luhn key, the whole one or La Poste's sum."""
    if not _SIRET.fullmatch(text) or not text[:9].strip("0") or not has_luhn_key(text[:9]):
        return False
    if text.startswith(_LA_POSTE) and text != _LA_POSTE_HEAD_OFFICE:
        return sum(map(int, text)) % 5 == 0
    return has_luhn_key(text)


def has_luhn_key(text: str) -> bool:
    """Say whether the last digit is the key of the others, as Luhn computes it."""
    doubled = (int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(text)))
    return sum(part // 10 + part % 10 for part in doubled) % 10 == 0


def is_rna(text: str) -> bool:
    """Say whether a text has the form of an RNA number: W and nine digits."""
    return _RNA.fullmatch(text) is not None
