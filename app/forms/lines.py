"""Lines that people may add to: the last one says that it is the last, and none of those sent is left out unsaid."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import FieldList


class LinesField(FieldList):
    """A list of lines with an end, ``most``: what is sent beyond it is refused, never cut off in silence."""

    def __init__(self, unbound_field: Any, label: Any = None, *, most: int, **named: Any) -> None:  # noqa: ANN401  # as a field takes
        super().__init__(unbound_field, label, max_entries=most, **named)
        self.most = most
        self.sent = 0

    def process(self, formdata: Any, *given: Any, **named: Any) -> None:  # noqa: ANN401  # WTForms' own
        """Count what was sent before the lines beyond the end are left out."""
        self.sent = len(set(self._extract_indices(self.name, formdata))) if formdata else 0
        super().process(formdata, *given, **named)

    def add(self, count: int = 1) -> None:
        """Add empty lines, as far as there is room; where there is none, say so."""
        room = self.most - len(self)
        for _line in range(min(count, room)):
            self.append_entry()
        if room <= 0:
            self.errors = [self._full()]

    def validate(self, form: Any, extra_validators: Any = ()) -> bool:  # noqa: ANN401  # WTForms' own
        """Refuse what goes beyond the end."""
        is_valid = super().validate(form, extra_validators)
        if self.sent > self.most:
            self.errors = [self._full()]
            return False
        return bool(is_valid)

    def _full(self) -> object:
        return _l(
            "Cette page prend %(most)s lignes au plus. Enregistrez-les, puis revenez ajouter les autres.",
            most=self.most,
        )
