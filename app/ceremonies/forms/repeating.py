"""A moment that comes again: how often, until when, on which days not."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectMultipleField, StringField
from wtforms.validators import Length, NumberRange, Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from app.ceremonies import lines, repeats, times
from app.ceremonies.fieldnames import CODES
from app.ceremonies.forms.fields import LONGEST_DATE, IntegerField, SelectField, choices, read_date
from app.ceremonies.wording import said
from app.forms.dates import as_typed
from app.shared.fuzzydate import FuzzyDate

if TYPE_CHECKING:
    from datetime import date

REPEATS = tuple(
    f"repeat_{name}" for name in ("every", "interval", "weekdays", "until", "count", "except", "also", "note")
)
_EVERY = [
    ("", _l("ne revient pas")),
    ("day", _l("chaque jour")),
    ("week", _l("chaque semaine")),
    ("month", _l("chaque mois")),
    ("year", _l("chaque année")),
]
_BEAT = ("interval", "weekdays", "until", "count")


class DaysField(StringField):
    """Several days, with commas between; ``days`` is what was read."""

    days: tuple[str, ...] = ()

    def pre_validate(self, form: object) -> None:
        """Read each day.

        :raises ValidationError: when one is none, or is not known to the day.
        """
        del form
        found = []
        for text in filter(None, (part.strip() for part in re.split(r"[,;\n]", self.data or ""))):
            when = read_date(text)
            if when is None or times.exact_day(when.text) is None:
                raise ValidationError(
                    _(
                        "« %(text)s » n’est pas un jour précis. Écrivez-les comme 05/05/2027, 12/05/2027.",
                        text=text[:40],
                    )
                )
            found.append(when.text)
        self.days = tuple(dict.fromkeys(found))


class RepeatMixin:
    """Questions on what comes again."""

    repeat_every = SelectField(
        _l("Ce moment revient"),
        default="",
        choices=choices(_EVERY),
        description=_l("Sans dernier jour ni nombre de fois, les agendas ne montrent que la première fois."),
    )
    repeat_interval = IntegerField(
        _l("Une fois sur"),
        [Optional(), NumberRange(1, 366)],
        description=_l("2 : toutes les deux semaines, par exemple."),
    )
    repeat_weekdays = SelectMultipleField(
        _l("Quels jours de la semaine"),
        choices=choices((name, CODES[name]) for name in repeats.WEEKDAYS),
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
    )
    repeat_until = StringField(_l("Jusqu’au"), [Optional(), Length(max=LONGEST_DATE)])
    repeat_count = IntegerField(
        _l("ou nombre de fois en tout"), [Optional(), NumberRange(1, 1000)], description=_l("La première comprise.")
    )
    repeat_except = DaysField(
        _l("Sauf les jours suivants"), [Length(max=5000)], description=_l("05/05/2027, 12/05/2027…")
    )
    repeat_also = DaysField(_l("Et aussi les jours suivants"), [Length(max=5000)])
    repeat_note = StringField(_l("Comment le dire autrement"), [Optional(), Length(max=2000)])

    def validate_repeat_every(self, field: SelectField) -> None:
        """A pattern has a beat, and days of the week go with a day or a week."""
        told = [self[f"repeat_{name}"].data for name in _BEAT]  # type: ignore[index]  # a form, once mixed in
        if not field.data and any(told):
            raise ValidationError(_("Choisissez aussi à quel rythme : chaque jour, semaine, mois ou année."))
        if field.data in {"month", "year"} and self.repeat_weekdays.data:
            raise ValidationError(_("Des jours de la semaine ne vont qu’avec « chaque jour » ou « chaque semaine »."))

    def validate_repeat_until(self, field: StringField) -> None:
        """A date of any precision."""
        read_date(field.data or "")

    def check_repeats(self, first: date | None) -> None:
        """Refuse a last day that precedes the first."""
        until = read_date(self.repeat_until.data or "")
        last = times.last_day(until.text) if until else None
        if first is not None and last is not None and last < first:
            sentence = _("Ce jour précède le premier (%(first)s). Corrigez l’un des deux.", first=f"{first:%d/%m/%Y}")
            self.repeat_until.errors = [*self.repeat_until.errors, sentence]

    @staticmethod
    def repeat_values(facts: dict[str, Any], main: str) -> dict[str, Any]:
        """What the questions hold."""
        kept = facts.get("repeats", {})
        until = as_typed(FuzzyDate(kept["until"])) if kept.get("until") else ""
        return {
            "repeat_every": kept.get("every", ""),
            "repeat_interval": kept.get("interval"),
            "repeat_weekdays": list(kept.get("weekdays", [])),
            "repeat_until": until,
            "repeat_count": kept.get("count"),
            "repeat_except": _days(kept.get("except", [])),
            "repeat_also": _days(kept.get("also", [])),
            "repeat_note": said(kept.get("note"), [main]),
        }

    def repeat_facts(self, facts: dict[str, Any], main: str) -> dict[str, Any]:
        """What was answered; how a source printed it stays with it."""
        kept: dict[str, Any] = facts.get("repeats", {})
        until = read_date(self.repeat_until.data or "")
        told = {
            "every": self.repeat_every.data,
            "interval": self.repeat_interval.data,
            "weekdays": [name for name in repeats.WEEKDAYS if name in (self.repeat_weekdays.data or ())],
            "until": until.text if until else "",
            "count": self.repeat_count.data,
            "except": list(self.repeat_except.days),
            "also": list(self.repeat_also.days),
            "note": lines.kept(kept.get("note"), self.repeat_note.data or "", main),
        }
        if set(told["weekdays"]) == set(kept.get("weekdays", [])):
            told["weekdays"] = kept.get("weekdays", [])
        return {"repeats": {name: value for name, value in {**kept, **told}.items() if value not in (None, "", [], {})}}


def _days(days: list[str]) -> str:
    return ", ".join(as_typed(FuzzyDate(day)) for day in days)
