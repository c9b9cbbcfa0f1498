"""Fields that understand what a volunteer types: dates, amounts, boxes."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from babel import Locale
from flask_babel import get_locale
from flask_babel import lazy_gettext as _l
from wtforms import (
    SelectMultipleField,
    StringField,
    ValidationError,
)
from wtforms.fields.choices import SelectChoice
from wtforms.widgets import CheckboxInput, ListWidget

from app.forms.amounts import BadAmount, grouped
from app.forms.amounts import read_amount as shared_amount
from app.forms.dates import LONGEST, as_typed, parse
from app.shared.fuzzydate import BadDate, understand

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from wtforms import Field


TOO_LONG = _l("C’est trop long : gardez %(max)d caractères au plus.")


def choices_of(pairs: Iterable[tuple[str, object]]) -> list[SelectChoice]:
    """Return (value, label) pairs as the choices that WTForms takes."""
    return [SelectChoice(value=value, label=label) for value, label in pairs]


def says(*, words: int, of: int, otherwise: object) -> Callable[[object, Field], None]:
    """Refuse what says nothing: fewer than so many ``words`` that are at least ``of`` letters long."""

    def check(form: object, field: Field) -> None:
        del form
        if sum(1 for word in (field.data or "").split() if sum(map(str.isalpha, word)) >= of) < words:
            raise ValidationError(str(otherwise))

    return check


class DayField(StringField):
    """A date of any precision, as a volunteer types it; ``edtf`` is what was read."""

    edtf = ""

    def pre_validate(self, form: object) -> None:
        """Read the date.

        :raises ValidationError: when it is none.
        """
        del form
        text = " ".join((self.data or "").split())
        self.edtf = ""
        if not text:
            return
        try:
            self.edtf = parse(text[:LONGEST]).text
        except BadDate as error:
            raise ValidationError(
                _l("« %(text)s » n’est pas une date. Écrivez-la comme 12/06/2027, 06/2027 ou 2027.", text=text[:40])
            ) from error


class KeptDayField(DayField):
    """A date that may come from a file, more finely said than a form can type it; left alone, it stays."""

    def __init__(self, *words: Any, kept: str = "", **named: Any) -> None:  # noqa: ANN401  # what every field takes
        super().__init__(*words, **named)
        self._kept = kept

    def pre_validate(self, form: object) -> None:
        """Read the date, unless nobody touched it.

        :raises ValidationError: when it is none.
        """
        if self._kept and (self.data or "").strip() == typed_day(self._kept):
            self.edtf = self._kept
            return
        super().pre_validate(form)


class MoneyField(StringField):
    """An amount as people type it: « 1 250,50 »; ``amount`` is what was read."""

    amount = ""

    def _value(self) -> str:
        """Show what was typed, else what is kept as the reader writes it."""
        if self.raw_data:
            return str(self.raw_data[0])
        return typed_amount(str(self.data or ""))

    def pre_validate(self, form: object) -> None:
        """Read the amount.

        :raises ValidationError: when it is none.
        """
        del form
        self.amount = read_amount(self.data or "")


class CodesField(SelectMultipleField):
    """Boxes to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


def read_amount(raw: str) -> str:
    """Return an amount in digits; empty for nothing.

    :raises ValidationError: when it is no amount.
    """
    try:
        amount = shared_amount(raw)
    except BadAmount as error:
        raise ValidationError(error.sentence) from error
    if amount is None:
        return ""
    if amount < 0 or amount >= Decimal(10) ** 10:
        raise ValidationError(_l("Un montant est un nombre positif, plus petit que dix milliards."))
    return str(amount)


def typed_amount(kept: str) -> str:
    """An amount kept as « 1500.50 », so that it can be read and typed again: « 1 500,50 »; in English « 1500.50 »."""
    whole, point, cents = kept.partition(".")
    if not whole.isdecimal() or (get_locale() or Locale("fr")).language == "en":
        return kept
    return grouped(whole) + ("," + cents if point else "")


def read_number(raw: str | None) -> int:
    """Return a number typed by the browser; 0 when it is none."""
    return int(raw) if raw and raw.isascii() and raw.isdecimal() and len(raw) < 10 else 0  # noqa: PLR2004


def in_language(texts: Mapping[str, str], language: str) -> str:
    """The text in this language, else in French."""
    return texts.get(language) or texts.get("fr", "")


def typed_day(edtf: str) -> str:
    """An EDTF date as a French volunteer types it, so that it can be read back."""
    parts = edtf.split("-")
    if "/" in edtf or not all(part.isdigit() for part in parts):
        return as_typed(understand(edtf)) or edtf
    return "/".join(reversed(parts))
