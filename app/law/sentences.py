"""The sentences of French papers, kept in a file: they are French whatever the language of the screen."""

from __future__ import annotations

import tomllib
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any

from app.law.words import euros, french, full_day, printed
from app.shared.typography import elided, unnested

if TYPE_CHECKING:
    from pathlib import Path


class Sentences:
    """The sentences of one file, by section and name; the file is read when the first of them is said."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def say(self, where: str, what: str, /, **values: object) -> str:
        """A sentence, filled in and set as French is set."""
        sentence = str(self._held[where][what])
        shown = {name: _shown(value) for name, value in values.items()}
        return printed(elided(sentence, shown).format(**unnested(sentence, shown)))

    def word(self, where: str, what: str) -> str:
        """A word, or nothing where there is none."""
        return french(self._held[where].get(what, ""))

    def listed(self, where: str, what: str) -> list[str]:
        """Several sentences that belong together."""
        return [french(text) for text in self._held[where][what]]

    @cached_property
    def _held(self) -> dict[str, dict[str, Any]]:
        return tomllib.loads(self._path.read_text("utf-8"))


def hour_said(text: str) -> str:
    """« 18:30 » as « 18 h 30 », « 18:00 » as « 18 h »."""
    hours, _colon, minutes = text.partition(":")
    rest = f"\N{NO-BREAK SPACE}{minutes}" if minutes and minutes != "00" else ""
    return f"{int(hours)}\N{NO-BREAK SPACE}h{rest}"


def _shown(value: object) -> str:
    if isinstance(value, Decimal):
        return euros(value)
    return full_day(value) if isinstance(value, date) else str(value)
