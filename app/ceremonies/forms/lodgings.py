"""Who sleeps where: a few rows, one of them always empty."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import FieldList, FormField, HiddenField, StringField
from wtforms.validators import Length, NumberRange, Optional

from app.ceremonies import lines
from app.ceremonies.forms.fields import LONGEST_DATE, IntegerField, a_name, read_date
from app.ceremonies.wording import said
from app.forms import Form
from app.forms.dates import as_typed
from app.shared.fuzzydate import FuzzyDate

_WORDS = ("where", "who", "board", "payer", "note")
_NUMBERS = ("people", "rooms", "nights")
_DATES = ("date", "end_date")


class LodgingRow(Form):
    """One place where people sleep."""

    class Meta:
        """The whole form bears the token."""

        csrf = False

    was = HiddenField()
    where = StringField(
        _l("Où"), [Optional(), Length(max=2000), a_name], description=_l("Familles d’accueil, hôtel, auberge…")
    )
    address = StringField(_l("Adresse"), [Optional(), Length(max=2000)])
    who = StringField(_l("Qui"), [Optional(), Length(max=2000), a_name])
    people = IntegerField(_l("Nombre de personnes"), [Optional(), NumberRange(0, 1_000_000)])
    rooms = IntegerField(_l("Nombre de chambres"), [Optional(), NumberRange(0, 100_000)])
    date = StringField(_l("Première nuit"), [Optional(), Length(max=LONGEST_DATE)])
    end_date = StringField(_l("Jour du départ"), [Optional(), Length(max=LONGEST_DATE)])
    nights = IntegerField(_l("Nombre de nuits"), [Optional(), NumberRange(0, 366)])
    board = StringField(_l("Repas compris"), [Optional(), Length(max=2000)])
    payer = StringField(_l("À la charge de"), [Optional(), Length(max=2000)])
    note = StringField(_l("Note"), [Optional(), Length(max=2000)])

    def validate_date(self, field: StringField) -> None:
        """A date of any precision."""
        read_date(field.data or "")

    def validate_end_date(self, field: StringField) -> None:
        """A date of any precision."""
        read_date(field.data or "")


class LodgingsField(FieldList):
    """The places where people sleep. A row that is emptied goes; what it does not ask (contacts) stays with it."""

    def __init__(self, **named: Any) -> None:  # noqa: ANN401  # as a field takes
        super().__init__(FormField(LodgingRow, label=_l("Hébergement")), _l("Hébergements"), max_entries=60, **named)

    def in_words(self) -> str:
        """The rows as two people compare them."""
        told = ((said_text for name, said_text in row.items() if name != "was" and said_text) for row in self.data)
        return "\n".join(", ".join(str(one) for one in row) for row in told)

    def kept(self, before: list[dict[str, Any]], main: str) -> list[dict[str, Any]]:
        """The lodgings as typed."""
        known = {_mark(one): one for one in before}
        rows = ((known.get(entry.form.was.data or "", {}), entry.form) for entry in self.entries)
        return [made for old, row in rows if (made := _made(old, row, main))]


def lodging_rows(lodgings: list[dict[str, Any]], main: str) -> list[dict[str, Any]]:
    """What the rows hold, an empty one last."""
    return [*(_row(one, main) for one in lodgings), {}]


def _row(one: dict[str, Any], main: str) -> dict[str, Any]:
    told: dict[str, Any] = {name: said(one.get(name), [main]) for name in _WORDS}
    told |= {name: one.get(name) for name in _NUMBERS}
    told |= {name: as_typed(FuzzyDate(one[name])) if one.get(name) else "" for name in _DATES}
    return told | {"address": one.get("address", ""), "was": _mark(one)}


def _made(old: dict[str, Any], row: LodgingRow, main: str) -> dict[str, Any]:
    told: dict[str, Any] = {name: lines.kept(old.get(name), row[name].data or "", main) for name in _WORDS}
    told |= {name: row[name].data for name in _NUMBERS}
    for name in _DATES:
        when = read_date(row[name].data or "")
        told[name] = when.text if when else ""
    told["address"] = (row.address.data or "").strip()
    if all(value in (None, "") for value in told.values()):
        return {}
    return {name: value for name, value in {**old, **told}.items() if value not in (None, "", {})}


def _mark(one: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(one, sort_keys=True).encode()).hexdigest()[:16]
