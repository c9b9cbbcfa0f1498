"""What several forms of this room ask: days, hours, names, choices; each understands what a volunteer types."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import wtforms
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from app.ceremonies.meaning import is_hostile
from app.ceremonies.wording import said
from app.forms.dates import LONGEST, as_typed, parse
from app.shared.fuzzydate import BadDate, FuzzyDate, Precision
from app.shared.saying import said as said_date

if TYPE_CHECKING:
    from collections.abc import Iterable

    from wtforms import Field, StringField

    from app.ceremonies.models import Ceremony

TITLE_NEEDED = _l("Écrivez un titre, par exemple « Serment de jumelage ».")
LONGEST_DATE = LONGEST


def choices(pairs: Iterable[tuple[Any, Any]]) -> list[SelectChoice]:
    """Offer (value, label) pairs."""
    return [SelectChoice(value, label) for value, label in pairs]


class SelectField(wtforms.SelectField):
    """A list; an answer that is not in it is told what to do."""

    def pre_validate(self, form: object) -> None:
        """Accept what the list offers."""
        _choose(self, form)


class RadioField(wtforms.RadioField):
    """One of several; nothing, or an answer that is not offered, is told what to do."""

    def pre_validate(self, form: object) -> None:
        """Accept what is offered."""
        _choose(self, form)


class IntegerField(wtforms.IntegerField):
    """A whole number."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the number, or say what was typed.

        :raises ValueError: when it is none.
        """
        text = (valuelist[0] if valuelist else "").strip()
        self.data = None
        if not text:
            return
        try:
            self.data = int(text)
        except ValueError as error:
            raise ValueError(
                _("« %(text)s » n’est pas un nombre entier. Écrivez par exemple 45.", text=text[:40])
            ) from error


def _choose(field: Any, form: object) -> None:  # noqa: ANN401  # one of two kinds of field
    del form
    offered = {str(choice.value) for choice in field.choices or ()}
    if field.data is None or str(field.data) not in offered:
        raise ValidationError(
            _("Cette réponse n’est pas proposée. Choisissez-en une dans « %(label)s ».", label=field.label.text)
        )


def a_name(form: object, field: Field) -> None:
    """Refuse markup and formulas where a name is asked for."""
    del form
    if is_hostile(field.data or ""):
        raise ValidationError(
            _("« %(name)s » contient une balise ou une formule. Écrivez le nom seul.", name=str(field.data)[:60])
        )


def titled_languages(ceremony: Ceremony) -> tuple[str, str]:
    """The two languages whose titles the pages ask for; the second may be empty."""
    known = list(dict.fromkeys([*ceremony.languages, *ceremony.title])) or ["fr"]
    return known[0], known[1] if len(known) > 1 else ""


def read_date(text: str) -> FuzzyDate | None:
    """Read a date of any precision.

    :raises ValidationError: when it is none.
    """
    if not text.strip():
        return None
    try:
        return parse(text[:LONGEST_DATE])
    except BadDate as error:
        raise ValidationError(
            _(
                "« %(text)s » n’est pas une date que l’on peut lire. "
                "Écrivez par exemple 12/06/2027, juin 2027, été 2027 ou 2027.",
                text=text.strip()[:LONGEST_DATE],
            )
        ) from error


def read_days(first: str, last: str) -> FuzzyDate | None:
    """Read a date of any precision, or from one to another.

    :raises ValidationError: when a date cannot be read, or the last day precedes the first.
    """
    begins, ends = read_date(first), read_date(last)
    if begins is None:
        if ends is not None:
            raise ValidationError(_("Écrivez aussi le premier jour."))
        return None
    if ends is None or ends == begins:
        return begins
    if any("/" in one.text or one.is_set for one in (begins, ends)):
        raise ValidationError(_("Écrivez un seul jour dans chaque champ."))
    try:
        return FuzzyDate(f"{begins.text}/{ends.text}")
    except BadDate as error:
        raise ValidationError(
            _(
                "Le dernier jour (%(last)s) précède le premier (%(first)s). Corrigez l’un des deux.",
                first=said_date(begins),
                last=said_date(ends),
            )
        ) from error


def typed(when: FuzzyDate | None) -> tuple[str, str]:
    """A date as people type it, from one to another in two parts."""
    if when is None:
        return "", ""
    first, _slash, last = when.text.partition("/")
    if when.precision == Precision.OPEN:
        return when.text, ""
    return as_typed(FuzzyDate(first)), as_typed(FuzzyDate(last)) if last else ""


class DaysMixin:
    """A first and a last day."""

    first: StringField
    last: StringField

    def validate_first(self, field: StringField) -> None:
        """Dates that can be read, in their order."""
        read_days(field.data or "", self.last.data or "")

    def when(self) -> FuzzyDate | None:
        """The date, or from one day to another."""
        return read_days(self.first.data or "", self.last.data or "")


def new_titles(titles: dict[str, str], main: str, title: str, second: str, other: str | None) -> dict[str, str]:
    """The titles by language with what was typed in two of them."""
    told = {**titles, main: title.strip()}
    if main not in titles and len(titles) == 1 and said(titles) == title.strip():
        told = dict(titles)
    if second and (other or "").strip():
        told[second] = str(other).strip()
    elif second and second != main:
        told.pop(second, None)
    return told


def sent_revision(text: Any) -> int:  # noqa: ANN401  # what a browser sent
    """The revision that the form was filled on."""
    return int(text) if str(text or "").isdigit() else 0
