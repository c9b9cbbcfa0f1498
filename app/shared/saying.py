"""How dates and numbers are said to the reader, in the language of the page.

Templates use the filters of the same names: ``{{ event.when | said }}``, ``{{ day | full_day }}``.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from babel.dates import format_date, format_skeleton, format_time
from flask_babel import get_locale
from flask_babel import gettext as _

from app.shared.fuzzydate import FuzzyDate, Precision

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from babel import Locale

_CLEAR_YEAR = 1000


def said(when: FuzzyDate | date | datetime | None) -> str:
    """Say a date as precisely as it is known: « 17 septembre 2016 », « septembre 2016 », « vers 1950 », « an 836 »."""
    if when is None:
        return _("date inconnue")
    if isinstance(when, datetime | date):
        return format_date(when, "d MMMM y", locale=_locale())
    if when.precision is Precision.RANGE:
        return _span(when.earliest, when.latest)
    if when.precision is Precision.DAY:
        return format_date(when.earliest, "d MMMM y", locale=_locale())
    if when.precision is Precision.MONTH:
        return str(format_skeleton("yMMMM", when.earliest, locale=_locale()))
    year = when.earliest.year
    if when.precision is Precision.ABOUT:
        return _("vers %(year)s", year=year)
    return str(year) if year >= _CLEAR_YEAR else _("an %(year)s", year=year)


def full_day(day: date) -> str:
    """Say a day with its weekday: « mardi 6 avril 2027 »."""
    return format_date(day, "full", locale=_locale())


def hour(moment: datetime, zone: ZoneInfo | None = None) -> str:
    """Say an hour: « 18 h 30 » in French, « 6:30 PM » or « 18:30 » elsewhere."""
    local = moment.astimezone(zone) if zone is not None else moment
    if _locale().language == "fr":
        return f"{local.hour}\N{NO-BREAK SPACE}h" + (f"\N{NO-BREAK SPACE}{local.minute:02d}" if local.minute else "")
    return format_time(local, "short", locale=_locale())


def _span(first: date, last: date) -> str:
    if (first.year, first.month) == (last.year, last.month):
        return _("du %(first)s au %(last)s", first=first.day, last=format_date(last, "d MMMM y", locale=_locale()))
    return _("du %(first)s au %(last)s", first=said(first), last=said(last))


def _locale() -> Locale:
    return get_locale() or "fr"  # type: ignore[return-value]  # Babel takes the code as well
