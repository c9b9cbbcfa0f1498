"""Amounts of money, as people type them: « 1 250,50 », « 1.250,50 € », « 1500 »."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l

if TYPE_CHECKING:
    from flask_babel.speaklater import LazyString

_TWO_WAYS = re.compile(r"-?[1-9]\d{0,2}[.,]\d{3}", re.ASCII)
"""« 1.000 »: a thousand in German and for many clerks, one in English; nobody can tell."""
_GROUPED = re.compile(
    r"(?P<whole>-?[1-9]\d{0,2}(?:(?:\.\d{3})+(?=,|$)|(?:,\d{3})+(?=\.|$)))(?:[.,](?P<cents>\d{1,2}))?", re.ASCII
)
_PLAIN = re.compile(r"-?(?:\d+\.?\d*|\.\d+)", re.ASCII)
"""Figures alone: « 1e3 » and « 1_000 » are numbers for a machine."""
_CENT = Decimal("0.01")
_ENDLESS = 15  # digits; what asked for the amount says how much is too much


class BadAmount(ValueError):  # named as fuzzydate.BadDate
    """What was typed is no amount, or two; ``sentence`` asks for it again."""

    def __init__(self, sentence: LazyString) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def read_amount(raw: str) -> Decimal | None:
    """Return the amount, to the cent; None for nothing.

    :raises BadAmount: when it is none, may be read in two ways, or goes below the cent.
    """
    text = "".join(raw.split()).replace("€", "").replace("EUR", "")
    if not text:
        return None
    if _TWO_WAYS.fullmatch(text):
        digits = text.replace(",", ".")
        raise BadAmount(
            _l(
                "« %(text)s » se lit de deux façons. Écrivez %(thousands)s ou %(units)s.",
                text=raw.strip()[:40],
                thousands=grouped(digits.replace(".", "")),
                units=str(Decimal(digits).quantize(_CENT)).replace(".", ","),
            )
        )
    plain = _one_point(text)
    if not _PLAIN.fullmatch(plain):
        raise BadAmount(_l("« %(text)s » n’est pas un montant. Écrivez-le en chiffres : 1 250,50.", text=raw[:40]))
    return _to_the_cent(Decimal(plain), raw.strip()[:40])


def grouped(digits: str) -> str:
    """Whole euros as they are written: « 1 500 »."""
    return f"{int(digits):,}".replace(",", "\N{NO-BREAK SPACE}")


def _to_the_cent(amount: Decimal, said: str) -> Decimal:
    if amount.adjusted() > _ENDLESS:
        return amount
    cents = amount.quantize(_CENT)
    if cents != amount:
        raise BadAmount(
            _l(
                "« %(text)s » va au-delà du centime : un montant a deux chiffres au plus après la virgule. "
                "Écrivez-le au centime près : 1 250,50.",
                text=said,
            )
        )
    return cents


def _one_point(text: str) -> str:
    """An amount with its cents after a point: « 1.250,50 », « 1,250.50 » and « 1.250.000 » group their thousands."""
    if found := _GROUPED.fullmatch(text):
        return found["whole"].replace(".", "").replace(",", "") + "." + (found["cents"] or "0")
    return text.replace(",", ".")
