"""When a moment takes place, as its page asks it: hours and days that can be read, and that go together.

What was imported as it stands – an hour that no clock shows, one that comes twice and nobody said which – is shown
with a warning and never refused as long as nobody changes it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _
from wtforms.validators import ValidationError

from app.ceremonies import hours, meaning, times
from app.ceremonies.forms.fields import read_date, typed
from app.ceremonies.forms.spoken import is_part_of_day, read_spoken_hour
from app.ceremonies.models import CeremonyStatus
from app.forms import Form
from app.shared.fuzzydate import FuzzyDate

if TYPE_CHECKING:
    from datetime import date

    from wtforms import BooleanField, Field, IntegerField, SelectField, StringField

    from app.ceremonies.models import Ceremony, ProgrammeItem


class WhenForm(Form):
    """The questions on days and hours, checked alone and then together."""

    date: StringField
    day: IntegerField
    start: StringField
    end: StringField
    end_next_day: BooleanField
    approximate: BooleanField
    approximate_words: StringField
    approximate_end: BooleanField
    part_of_day: StringField
    end_date: StringField
    minutes: IntegerField
    start_until: StringField
    end_until: StringField
    all_day: BooleanField
    timezone: StringField
    end_timezone: StringField
    start_occurrence: SelectField
    end_occurrence: SelectField
    status: SelectField
    host: Ceremony
    moment: ProgrammeItem | None = None
    """The moment as it is kept, when one is changed."""
    is_later_about = False
    """Whether the hour to which it is put off was typed as « vers 15 h »."""

    def validate_start(self, field: StringField) -> None:
        """An hour as people write it; « vers 10 h » ticks its box, « matin » goes where it belongs."""
        typed_hour = field.data or ""
        if is_part_of_day(typed_hour) and not self.part_of_day.data:
            self.part_of_day.data, field.data = typed_hour, ""
            return
        found = read_spoken_hour(typed_hour)
        field.data, self.approximate.data = found.text, self.approximate.data or found.about
        self.approximate_words.data = found.words or self.approximate_words.data

    def validate_new_start(self, field: StringField) -> None:
        """An hour as people write it."""
        found = read_spoken_hour(field.data or "")
        field.data, self.is_later_about = found.text, found.about

    def validate_end(self, field: StringField) -> None:
        """An hour as people write it; midnight may end a day."""
        found = read_spoken_hour(field.data or "", end=True)
        field.data, self.approximate_end.data = found.text, self.approximate_end.data or found.about

    def validate_day(self, field: IntegerField) -> None:
        """Days are counted from one, unless a file said otherwise."""
        kept = self.moment.day if self.moment is not None else None
        if field.data is not None and field.data < 1 and field.data != kept:
            raise ValidationError(
                _("Le premier jour du programme est le jour 1. Pour la veille, écrivez sa date dans « Date ».")
            )

    def validate_date(self, field: StringField) -> None:
        """A date of any precision."""
        read_date(field.data or "")

    def validate_end_date(self, field: StringField) -> None:
        """A date of any precision, when the first day is said."""
        if read_date(field.data or "") is not None and not (self.date.data or "").strip() and self.day.data is None:
            raise ValidationError(_("Écrivez aussi le premier jour."))

    def validate_new_date(self, field: StringField) -> None:
        """A date of any precision, only where the moment is put off, or kept so."""
        when, kept = read_date(field.data or ""), self.moment
        if kept is not None and (self.status.data, field.data) == (kept.status, later_date(kept.details)):
            return
        if when is not None and self.status.data != CeremonyStatus.POSTPONED.value:
            raise ValidationError(_("Une nouvelle date ne va qu’avec « reporté ». Choisissez cet état, ou effacez-la."))

    def validate(self, extra_validators: Any = None) -> bool:  # noqa: ANN401  # WTForms' own
        """Every field alone, then the hours together: an end before its start, an hour that no clock shows."""
        if not super().validate(extra_validators):
            return False
        if not self._as_kept():
            self._check_together()
        if not self.end.errors:
            self._check_length()
        together = (self.end, self.start, self.start_occurrence, self.end_occurrence, self.minutes)
        return not any(one.errors for one in together)

    def own_dates(self) -> tuple[FuzzyDate | None, str | None]:
        """The moment's own date and its last day; dates that nobody touched stay as they were written."""
        kept = self.moment
        if (
            kept is not None
            and kept.own_date is not None
            and self._asked(self.date, self.end_date) == shown_dates(kept)
        ):
            return kept.own_date, kept.details.get("end_date")
        last = read_date(self.end_date.data or "")
        return read_date(self.date.data or ""), last.text if last else None

    def warnings(self, language: str) -> list[str]:
        """What is odd in the hours as they are kept; shown above the form."""
        if self.moment is None:
            return []
        return [*hours.occurrence_notes(self.moment, language), *filter(None, [hours.length_note(self.moment)])]

    def _as_kept(self) -> bool:
        """Whether nothing that tells when was changed: what the source states is then kept as it states it."""
        kept = self.moment
        if kept is None:
            return False
        facts = kept.details
        told = (kept.day, kept.start, kept.end, bool(facts.get("end_next_day")))
        clocks = ("timezone", "end_timezone", "start_occurrence", "end_occurrence")
        zones = tuple(facts.get(name, "") for name in clocks)
        mine = (self.day.data, self.start.data or "", self.end.data or "", bool(self.end_next_day.data))
        asked = self._asked(*(self[name] for name in clocks))
        return (told, zones, shown_dates(kept)) == (mine, asked, self._asked(self.date, self.end_date))

    @staticmethod
    def _asked(*fields: Field) -> tuple[str, ...]:
        return tuple((field.data or "").strip() for field in fields)

    def _check_together(self) -> None:
        facts = self.moment.details if self.moment is not None else {}
        told = {"start": self.start.data, "end": self.end.data, "end_next_day": self.end_next_day.data}
        told |= {"day": self.day.data, "end_day": facts.get("end_day")}
        begins, ends = self._days()
        zones = [self.timezone.data or self.host.timezone]
        zones.append(self.end_timezone.data or zones[0])
        remedy = _("cochez « La fin est le lendemain »")
        same_clock = zones[0] == zones[1]
        if fault := meaning.end_fault(told, begins, ends, same_clock=same_clock, remedy=remedy):
            self.end.errors = [*self.end.errors, f"{fault[:1].upper()}{fault[1:]}"]
        self._check_clock(begins, zones[0], self.start, self.start_occurrence)
        self._check_clock(ends or begins, zones[1], self.end, self.end_occurrence)

    def _check_length(self) -> None:
        """The hours and the length that was typed; a contradiction that was kept stays until it is another one."""
        asked = (*("start", "end", "minutes", "approximate", "approximate_end", "all_day"), "end_next_day")
        told = {name: self[name].data for name in (*asked, "start_until", "end_until")}
        begins = self.timezone.data or self.host.timezone
        facts = {**(self.moment.details if self.moment is not None else {}), **told}
        fault = meaning.length_fault(facts, self._days(), (begins, self.end_timezone.data or begins))
        if fault and (self.moment is None or fault != hours.length_note(self.moment)):
            self.minutes.errors = [*self.minutes.errors, fault]

    def _days(self) -> tuple[date | None, date | None]:
        own = read_date(self.date.data or "")
        begins = times.first_day(own.text) if own else None
        if own is None and self.day.data is not None:
            begins = times.shifted(self.host.first_day, self.day.data - 1)
        last = read_date(self.end_date.data or "")
        if last is not None:
            return begins, times.last_day(last.text)
        return begins, times.shifted(begins, 1) if self.end_next_day.data else None

    @staticmethod
    def _check_clock(day: date | None, zone: str, field: Field, occurrence: Field) -> None:
        """The hour of the start, or of the end, on the clock of its place: shown once, twice or never."""
        place, hour, which = times.place_zone(zone), field.data or "", occurrence.data or ""
        if field.errors:
            return
        if fault := meaning.clock_fault(day, hour, place, which):
            field.errors = [*field.errors, fault]
        comes_twice = day and place and hour and times.showing(day, hour, place) is times.Showing.TWICE
        if comes_twice and not which:
            sentence = _("Cette nuit-là, %(hour)s vient deux fois : on recule l’heure. Dites laquelle.", hour=hour)
            occurrence.errors = [*occurrence.errors, sentence]


def shown_dates(item: ProgrammeItem) -> tuple[str, str]:
    """The own date and the last day of a moment as its page shows them."""
    first, last = typed(item.own_date)
    return first, last or typed(kept_date(item.details.get("end_date")))[0]


def later_date(facts: dict[str, Any]) -> str:
    """The date to which something was put off, as its page shows it."""
    return typed(kept_date(facts.get("postponed_to", {}).get("date")))[0]


def kept_date(text: str | None) -> FuzzyDate | None:
    """A date as the facts of a moment keep it."""
    return FuzzyDate(text) if text else None
