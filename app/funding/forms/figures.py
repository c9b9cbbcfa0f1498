"""Numbers and dates as people type them: « 12 mois », « 1 000 personnes », « 8 h 30 », « 19/9/26 »."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from flask_babel import gettext as _

from app.forms.amounts import BadAmount, read_amount
from app.forms.dates import parse
from app.funding.forms.wording import worded
from app.rules.units import MONEY, factor, meant_by
from app.rules.when import parse_when
from app.shared import clock
from app.shared.fuzzydate import BadDate

if TYPE_CHECKING:
    from app.rules.vocabulary.fields import Field

_CURRENCY = re.compile(r"\s*(?:euros?|CAD)\s*$", re.IGNORECASE)
_THOUSANDS = re.compile(r"-?[1-9]\d{0,2}(?:[.,]\d{3})+", re.ASCII)
_WITH_UNIT = re.compile(r"(-?[\d.,\s]*\d)\s*(\D*)", re.ASCII)
_HOURS = re.compile(
    r"(\d{1,3})\s*(?:h|heures?|hours?|std\.?|stunden?|:)\s*(\d{1,2})(?:\s*(?:min\.?|mn|minutes?))?", re.IGNORECASE
)
_MARK = re.compile(r"(\d+(?:[.,]\d+)?)\s*/\s*\d+", re.ASCII)
_PLAIN = re.compile(r"-?\d+(?:\.\d+)?", re.ASCII)
_MOST = Decimal(10) ** 12
_CALLED = {
    "jours": "j day days tag tage tagen",
    "semaines": "sem week weeks woche wochen",
    "mois": "month months monat monate monaten",
    "ans": "année années year years jahr jahre jahren",
    "heures": "h hour hours std stunde stunden",
    "minutes": "min mn minuten",
    "personnes": "pers participant participants participante participantes person persons people personen teilnehmende",
    "nuits": "night nights nacht nächte nächten",
    "km": "kms kilomètre kilomètres kilometer",
    "points": "pt pts punkt punkte",
}
"""Other words for a unit than those of the rules: shortened, and in the languages of the screens."""
_UNITS = {word: unit for unit, words in _CALLED.items() for word in words.split()}

_HOUR = re.compile(r"^(.*?\d{4})\s*(?:à|,|T|\s)\s*(\d{1,2})\s*[h:]\s*(\d{2})?\s*$", re.IGNORECASE)
_SHORT_YEAR = re.compile(r"(?<!\d)(\d{1,2}[/.\- ](?:\d{1,2}|[^\W\d_]{3,}\.?)[/.\- ])(\d{2})(?![\d/.\-]|\s*[h:])")
_AHEAD = 15  # years: a project is planned for one of these, a body may have been founded in any before


class Unreadable(ValueError):
    """What was typed is not of the kind asked for; the sentence says what to type."""


def read_number(field: Field, text: str) -> Decimal | int:
    """The number that was typed, in the unit of the fact.

    :raises Unreadable: with what to type instead.
    """
    number = _amount(text) if field.unit in MONEY else _in_its_unit(field, text)
    if field.is_whole and not isinstance(number, int):
        raise Unreadable(_("Il faut ici un nombre entier."))
    return number


def _in_its_unit(field: Field, text: str) -> Decimal | int:
    if field.unit == "minutes" and (found := _HOURS.fullmatch(text)):
        return 60 * int(found[1]) + int(found[2])
    if field.unit == "points" and (found := _MARK.fullmatch(text)):
        text = found[1]
    parts = _WITH_UNIT.fullmatch(text)
    if parts is None:
        raise _no_number(text)
    digits, word = "".join(parts[1].split()), parts[2].strip()
    by = _factor(word, field)
    if by is None:
        raise Unreadable(_wrong_unit(field, text))
    if _THOUSANDS.fullmatch(digits) and not field.is_whole:
        return _amount(digits)
    digits = re.sub(r"[.,]", "", digits) if _THOUSANDS.fullmatch(digits) else digits.replace(",", ".")
    if not _PLAIN.fullmatch(digits):
        raise _no_number(text)
    return _ordinary(Decimal(digits) * by)


def _factor(word: str, field: Field) -> Decimal | None:
    """By what a number followed by this word is multiplied; None where the word is no unit of the fact."""
    unit = meant_by(word) or _UNITS.get(word.casefold().rstrip("."), "")
    if not word or unit == field.unit:
        return Decimal(1)
    by = factor(unit, field.unit) if unit and field.unit and unit != "%" else None
    return None if by is None else Decimal(by.numerator) / Decimal(by.denominator)


def _no_number(text: str) -> Unreadable:
    return Unreadable(_("« %(text)s » n’est pas un nombre. Écrivez-le en chiffres.", text=text[:40]))


def _wrong_unit(field: Field, text: str) -> str:
    if not field.unit:
        return str(_no_number(text))
    said = {"text": text[:40], "unit": worded(field.unit)}
    return str(_("« %(text)s » ne se lit pas ici : la réponse se compte en %(unit)s. Écrivez le nombre seul.", **said))


def _amount(text: str) -> Decimal | int:
    """Money: a partner town groups its thousands with a point, an English one with a comma."""
    try:
        amount = read_amount(_CURRENCY.sub("", text))
    except BadAmount as error:
        raise Unreadable(error.sentence) from error
    if amount is None:
        raise _no_number(text)
    return _ordinary(amount)


def _ordinary(number: Decimal) -> Decimal | int:
    if not number.is_finite() or number < 0 or number >= _MOST or (number and number.adjusted() < -6):  # noqa: PLR2004
        raise Unreadable(_("Il faut ici un nombre positif ordinaire."))
    number = round(number, 6)
    return int(number) if number == number.to_integral_value() else number.normalize()


def read_when(text: str) -> str:
    """The date that was typed, as the facts keep it.

    :raises Unreadable: with what to type instead.
    """
    day, hour = _SHORT_YEAR.sub(_whole_year, text, count=1), ""
    if found := _HOUR.match(day):
        day, hour = found[1].strip(" à,"), f"T{int(found[2]):02d}:{found[3] or '00'}[Europe/Paris]"
    try:
        read_day = parse(day).text
        parse_when(read_day + hour)
    except (BadDate, ValueError, KeyError) as error:
        raise Unreadable(
            _("« %(text)s » n’est pas une date. Écrivez-la comme 12/06/2027, 06/2027 ou 2027.", text=text[:40])
        ) from error
    return read_day + hour


def _whole_year(found: re.Match[str]) -> str:
    """« 26 » is the year of that end which is not far ahead: 2026; « 85 » is 1985."""
    latest = clock.today().year + _AHEAD
    year = latest - (latest - int(found[2])) % 100
    return f"{found[1]}{year}"
