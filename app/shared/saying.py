"""How dates and numbers are said to the reader, in the language of the page.

Templates use the filters of the same names: ``{{ event.when | said }}``, ``{{ aid.cash | euros }}``.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from babel import Locale
from babel.dates import format_date, format_time
from babel.numbers import format_currency
from flask_babel import get_locale
from flask_babel import gettext as _

from app.shared.clock import day_of
from app.shared.datewords import say
from app.shared.fuzzydate import Precision
from app.shared.typography import unbroken

if TYPE_CHECKING:
    from decimal import Decimal
    from zoneinfo import ZoneInfo

    from app.shared.fuzzydate import FuzzyDate

_CLEAR_YEAR = 1000


def said(when: FuzzyDate | date | datetime | None) -> str:
    """Say a date as precisely as it is known: « 17 septembre 2016 », « été 2016 », « vers 1950 », « an 836 »."""
    if when is None:
        return str(_("date inconnue"))
    if isinstance(when, datetime | date):
        return _day(when)
    match when.precision:
        case Precision.DAY:
            return _day(when.earliest)
        case Precision.YEAR | Precision.ABOUT if when.text.rstrip("~").isdigit():
            return _year(when.earliest.year, about=when.precision is Precision.ABOUT)
        case Precision.RANGE if _is_between_days(when):
            return _span(when.earliest, when.latest)
        case _:
            return say(when, _locale())


def _is_between_days(when: FuzzyDate) -> bool:
    """Whether both ends are days that the source is sure of."""
    return all(end is not None and end.precision is Precision.DAY for end in (when.start, when.end))


def _here(day: date) -> date:
    """The day here of a moment as the database keeps it: 22:30 UTC is the next day in a French summer."""
    return day_of(day) if isinstance(day, datetime) and day.tzinfo is UTC else day


def _day(day: date) -> str:
    day = _here(day)
    return unbroken(_first(str(format_date(day, "long", locale=_locale())), day))


def _first(said: str, day: date) -> str:
    """« 1er octobre 2026 »: French says the first of a month as an ordinal."""
    return said.replace("1 ", "1er ", 1) if day.day == 1 and _locale() == "fr" else said


def _year(year: int, *, about: bool) -> str:
    if about:
        return str(_("vers %(year)s", year=year))
    return str(year) if year >= _CLEAR_YEAR else str(_("an %(year)s", year=year))


def full_day(day: date) -> str:
    """Say a day with its weekday: « mardi 6 avril 2027 »."""
    day = _here(day)
    return unbroken(_first(str(format_date(day, "full", locale=_locale())), day))


def hour(moment: datetime, zone: ZoneInfo | None = None) -> str:
    """Say an hour: « 18 h 30 » in French, « 6:30 PM » or « 18:30 » elsewhere."""
    local = moment.astimezone(zone) if zone is not None else moment
    if _locale() == "fr":
        return f"{local.hour}\N{NO-BREAK SPACE}h" + (f"\N{NO-BREAK SPACE}{local.minute:02d}" if local.minute else "")
    return str(format_time(local, "short", locale=_locale()))


def euros(amount: Decimal) -> str:
    """Say a sum: « 23 000 € », « €23,000 », « 23.000 € »; with cents only where there are some."""
    pattern = Locale.parse(_locale()).currency_formats["standard"].pattern.replace(".00", ".00" if amount % 1 else "")
    return str(format_currency(amount, "EUR", pattern, locale=_locale(), currency_digits=False))


def _span(first: date, last: date) -> str:
    opening = str(first.day) if (first.year, first.month) == (last.year, last.month) else _day(first)
    return str(_("du %(first)s au %(last)s", first=opening, last=_day(last)))


def _locale() -> str:
    """The reader's locale; English is British here, as the partner towns are European."""
    locale = get_locale()
    language = locale.language if locale else "fr"
    return {"en": "en_GB"}.get(language, language)
