"""Fields that understand what people type: a day, an hour, an amount."""

from __future__ import annotations

from datetime import time
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from flask_babel import lazy_gettext as _l
from wtforms import (
    StringField,
    ValidationError,
)
from wtforms.fields.choices import SelectChoice

from app.forms.amounts import BadAmount, read_amount
from app.forms.dates import parse
from app.shared.fuzzydate import BadDate, Precision

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date


TOO_LONG = _l("C’est trop long : gardez %(max)d caractères au plus.")


WHOLE = _l("Écrivez un nombre entier.")


def choices(pairs: Iterable[tuple[Any, Any]]) -> list[SelectChoice]:
    """Offer (value, label) pairs."""
    return [SelectChoice(value=value, label=label) for value, label in pairs]


def whole(raw: str | None) -> int:
    """A number sent by the browser; 0 when it is none."""
    return int(raw) if raw and raw.isascii() and raw.isdecimal() and len(raw) < 10 else 0  # noqa: PLR2004


def read_day(raw: str | None) -> date | None:
    """A whole day as people write it.

    :raises ValidationError: when it is none.
    """
    text = " ".join((raw or "").split())
    if not text:
        return None
    try:
        found = parse(text[:40])
    except BadDate as error:
        raise ValidationError(
            _l("« %(text)s » n’est pas un jour. Écrivez-le comme 12/06/2027.", text=text[:40])
        ) from error
    if found.precision is not Precision.DAY:
        raise ValidationError(_l("Écrivez le jour entier, comme 12/06/2027."))
    return found.earliest


def typed(day: date | None) -> str:
    """A day as it is typed here."""
    return f"{day:%d/%m/%Y}" if day else ""


class DayField(StringField):
    """One whole day; ``day`` is what was read."""

    day: date | None = None

    def pre_validate(self, form: object) -> None:
        """Read it."""
        del form
        self.day = read_day(self.data)

    @property
    def sure(self) -> date:
        """The day of a field that must be filled in, once validated."""
        if self.day is None:
            raise ValueError(self.name)
        return self.day


class HourField(StringField):
    """An hour; ``hour`` is what was read."""

    hour: time | None = None

    @property
    def sure(self) -> time:
        """The hour of a field that must be filled in, once validated."""
        if self.hour is None:
            raise ValueError(self.name)
        return self.hour

    def pre_validate(self, form: object) -> None:
        """Read it.

        :raises ValidationError: when it is no hour.
        """
        del form
        text = (self.data or "").lower().replace("\N{NO-BREAK SPACE}", "").replace(" ", "").replace("h", ":")
        self.hour = None
        if not text:
            return
        hours, _colon, minutes = text.partition(":")
        try:
            self.hour = time(int(hours), int(minutes or 0))
        except (ValueError, OverflowError) as error:
            raise ValidationError(
                _l("« %(text)s » n’est pas une heure. Écrivez par exemple 18:30.", text=(self.data or "")[:20])
            ) from error


class EuroField(StringField):
    """An amount; ``amount`` is what was read, ``told`` the same, None where nothing was typed."""

    amount = Decimal(0)
    told: Decimal | None = None

    def pre_validate(self, form: object) -> None:
        """Read it.

        :raises ValidationError: when it is no amount.
        """
        del form
        self.amount, self.told = Decimal(0), None
        try:
            told = read_amount(self.data or "")
        except BadAmount as error:
            raise ValidationError(error.sentence) from error
        amount = told or Decimal(0)
        if amount < 0 or amount >= Decimal(10) ** 9:
            raise ValidationError(_l("Un montant est un nombre positif, plus petit qu’un milliard."))
        self.amount, self.told = amount, told


def euros(amount: Decimal | None) -> str:
    """An amount as it is typed."""
    return "" if not amount else f"{amount:.2f}".replace(".", ",")
