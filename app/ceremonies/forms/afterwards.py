"""How it was in fact, where it was not as planned: another day, another hour, another place, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_babel import lazy_gettext as _l
from wtforms import StringField
from wtforms.validators import Length, Optional

from app.ceremonies import lines
from app.ceremonies.forms.fields import LONGEST_DATE, a_name
from app.ceremonies.forms.rows import EMPTY, DateField
from app.ceremonies.forms.spoken import read_spoken_hour
from app.ceremonies.wording import said
from app.forms.dates import as_typed
from app.shared.fuzzydate import FuzzyDate

if TYPE_CHECKING:
    Thing = dict[str, Any]

_WORDS = ("place", "reason")
ACTUAL = tuple(f"actual_{name}" for name in ("date", "start", *_WORDS))
"""The questions of ``ActualMixin``, for a form to fold away."""


class ActualMixin:
    """Questions that a ceremony and a moment share; what the page does not ask stays."""

    actual_date = DateField(_l("Jour réel"), [Optional(), Length(max=LONGEST_DATE)])
    actual_start = StringField(_l("Heure réelle"), [Optional(), Length(max=20)])
    actual_place = StringField(_l("Lieu réel"), [Optional(), Length(max=2000), a_name])
    actual_reason = StringField(
        _l("Pourquoi ce changement"), [Optional(), Length(max=2000)], description=_l("Pluie, grève, deuil…")
    )
    was_about = False
    """Whether the hour was typed as « vers 15 h »."""

    def validate_actual_start(self, field: StringField) -> None:
        """An hour as people write it."""
        found = read_spoken_hour(field.data or "")
        field.data, self.was_about = found.text, found.about

    @staticmethod
    def actual_values(facts: Thing, main: str) -> Thing:
        """What the questions hold."""
        kept: Thing = facts.get("actual", {})
        told = {f"actual_{name}": said(kept.get(name), [main]) for name in _WORDS}
        day = as_typed(FuzzyDate(kept["date"])) if kept.get("date") else ""
        return {**told, "actual_date": day, "actual_start": kept.get("start", "")}

    def actual_facts(self, facts: Thing, main: str) -> Thing:
        """What was answered."""
        kept: Thing = facts.get("actual", {})
        told: Thing = {
            name: lines.kept(kept.get(name), getattr(self, f"actual_{name}").data or "", main) for name in _WORDS
        }
        told |= {"date": self.actual_date.kept, "start": self.actual_start.data or ""}
        if told["start"] != kept.get("start", ""):
            told["approximate"] = self.was_about or None
        return {"actual": {name: value for name, value in {**kept, **told}.items() if value not in EMPTY}}
