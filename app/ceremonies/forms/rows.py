"""Things asked a row each – who sleeps where, who comes, which train –, the last row always empty.

A row carries a mark of what it was filled from, so that what it does not ask stays with it; an emptied row goes.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any, ClassVar

from wtforms import FieldList, FormField, HiddenField, StringField

from app.ceremonies import lines
from app.ceremonies.forms.fields import read_date
from app.ceremonies.wording import said
from app.forms import Form
from app.forms.dates import as_typed
from app.shared.fuzzydate import FuzzyDate

if TYPE_CHECKING:
    from wtforms import Field

Thing = dict[str, Any]
EMPTY: tuple[object, ...] = (None, "", [], {})


class DateField(StringField):
    """A date of any precision."""

    data: str | None

    def pre_validate(self, form: object) -> None:
        """Read the date."""
        del form
        read_date(self.data or "")

    @property
    def kept(self) -> str:
        """The date as it is kept."""
        when = read_date(self.data or "")
        return when.text if when else ""


class Row(Form):
    """One thing. Which of its fields hold people's own words, and which tick a box, is said once here."""

    class Meta:
        """The whole form bears the token."""

        csrf = False

    WORDS: ClassVar[frozenset[str]] = frozenset()
    was = HiddenField()

    @classmethod
    def values(cls, one: Thing, main: str) -> Thing:
        """What the row holds of a thing."""
        return {"was": mark(one)} | {name: cls._shown(name, value, main) for name, value in one.items()}

    def told(self, old: Thing, main: str) -> Thing:
        """What was typed, by the names of the format; nothing at all when the row was emptied."""
        typed = {field.short_name: self._typed(field, old, main) for field in self if field.short_name != "was"}
        return {} if all(value in EMPTY for value in typed.values()) else typed

    @classmethod
    def _shown(cls, name: str, value: Any, main: str) -> Any:  # noqa: ANN401  # any fact of the format
        if name in cls.WORDS:
            return said(value, [main])
        return as_typed(FuzzyDate(value)) if name.endswith("date") and value else value

    def _typed(self, field: Any, old: Thing, main: str) -> Any:  # noqa: ANN401  # any field, any fact
        name = field.short_name
        if name in self.WORDS:
            return lines.kept(old.get(name), field.data or "", main)
        if isinstance(field, DateField):
            return field.kept
        if field.type == "BooleanField":
            return True if field.data else (False if old.get(name) is False else None)
        return field.data.strip() if isinstance(field.data, str) else field.data


class RowsField(FieldList):
    """A row for each thing, and an empty one."""

    def __init__(self, row: type[Row], label: Any, each: Any, **named: Any) -> None:  # noqa: ANN401  # as a field takes
        super().__init__(FormField(row, label=each), label, **named)

    def in_words(self) -> str:
        """The rows as two people compare them."""
        rows = ([str(text) for name, text in row.items() if name != "was" and text] for row in self.data)
        return "\n".join(", ".join(row) for row in rows)

    def kept(self, before: list[Thing], main: str) -> list[Thing]:
        """The things as typed; all of them as they were where no row was sent, not even the empty one."""
        if not self.entries:
            return before
        known = {mark(one): one for one in before}
        made = []
        for entry in self.entries:
            old = known.get(entry.form.was.data or "", {})
            if told := entry.form.told(old, main):
                made.append({name: value for name, value in {**old, **told}.items() if value not in EMPTY})
        return made


def is_told(field: Field) -> bool:
    """Whether a question holds an answer or a fault."""
    if isinstance(field, RowsField):
        return bool(field.in_words() or field.errors)
    return bool(field.data or field.errors)


def rows(row: type[Row], things: list[Thing], main: str) -> list[Thing]:
    """What the rows hold, an empty one last."""
    return [*(row.values(one, main) for one in things), {}]


def mark(one: Thing) -> str:
    """A short mark of a thing as it was read."""
    return hashlib.sha256(json.dumps(one, sort_keys=True).encode()).hexdigest()[:16]
