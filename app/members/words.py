"""The words of the papers and letters of the room; they are French whatever the screen speaks."""

from __future__ import annotations

import tomllib
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

from app.law.words import euros, french, full_day

_FILE = Path(__file__).with_name("data") / "words.toml"


@cache
def _words() -> dict[str, dict[str, str]]:
    return tomllib.loads(_FILE.read_text("utf-8"))


def say(where: str, what: str, /, **values: object) -> str:
    """A sentence, filled in and set as French is set."""
    return french(_words()[where][what].format(**{name: _shown(value) for name, value in values.items()}))


def say_amount(amount: Decimal) -> str:
    """« 15,50 € »."""
    return euros(amount)


def _shown(value: object) -> str:
    if isinstance(value, Decimal):
        return euros(value)
    return full_day(value) if isinstance(value, date) else str(value)
