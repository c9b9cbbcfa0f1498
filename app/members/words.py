"""The words of the papers and letters of the room; they are French whatever the screen speaks."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from app.law.sentences import Sentences
from app.law.words import euros

if TYPE_CHECKING:
    from decimal import Decimal

say = Sentences(Path(__file__).with_name("data") / "words.toml").say


def say_amount(amount: Decimal) -> str:
    """« 15,50 € »."""
    return euros(amount)
