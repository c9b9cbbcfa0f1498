"""The words of the facts in the language of the page."""

from __future__ import annotations

from flask_babel import get_locale

from app.law.words import french as set_as_french
from app.rules.vocabulary.tongues import FRENCH, in_tongue


def language() -> str:
    """The language of the page."""
    locale = get_locale()
    return locale.language if locale is not None else FRENCH


def worded(text: str) -> str:
    """A word of the vocabulary of the facts, in the language of the page."""
    said, here = in_tongue(text, language()), language()
    return set_as_french(said) if here == FRENCH else said
